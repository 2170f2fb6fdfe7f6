"""What every page knows: today, and which part of the navigation it stands in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

NAVIGATION = (
    ("england", "England"),
    ("accountability", "Who must improve what"),
    ("areas", "Areas"),
    ("agencies", "Agencies"),
    ("search", "Search"),
    ("data", "Data and API"),
    ("about", "About"),
)
BELONGS = {
    "area": "areas",
    "area-asked-again": "areas",
    "area-indicators": "areas",
    "area-same": "areas",
    "agency": "agencies",
    "reports": "search",
    "report": "accountability",
    "report-page": "accountability",
    "check": "accountability",
    "check-filled-in": "accountability",
    "correct": "accountability",
    "licence": "about",
    "api": "data",
    "api-reference": "data",
}


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the navigation with the current part marked."""
    match = request.resolver_match
    here = match.url_name if match else None
    part = BELONGS.get(here or "", here)
    return {"navigation": [(name, title, part == name, here == name) for name, title in NAVIGATION]}
