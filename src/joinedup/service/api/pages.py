"""The pages for people: what the API offers, with examples; and its whole reference, in our own HTML."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joinedup.service.access import public
from joinedup.service.api.describe import families, shapes
from joinedup.service.api.values import LARGEST_PAGE
from joinedup.service.methods import require_safe
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.taking import takes


class Example(NamedTuple):
    """A question, and the address that answers it."""

    question: str
    query: str


EXAMPLES = (
    Example("How many areas stood at each grade on 31 March 2025?", "outcomes?as_at=2025-03-31&framework=ilacs"),
    Example("Where did each area in the North West stand that day?", "standings?as_at=2025-03-31&region=North+West"),
    Example("Who moved between July 2012 and August 2013?", "changes?from=2012-07-31&to=2013-08-31"),
    Example("Everything about Barnsley", "areas/barnsley"),
    Example("Which area bears the code 370?", "areas?q=370"),
    Example("Every inspection of Barnsley", "inspections?area=barnsley"),
    Example("What was Barnsley asked for again?", "areas/barnsley/asked-again?fate=asked_again"),
    Example("What must the police improve, and who answers for it?", "accountability?agency=police&since=2022-01-01"),
    Example("Which statements speak of strategy discussions?", "search?q=%22strategy+discussions%22"),
    Example("What is a joint targeted area inspection?", "frameworks?family=jtai"),
)


@public
@require_safe
@follows_the_record
@takes()
def guide(request: HttpRequest) -> HttpResponse:
    """What there is, with an address to try for each."""
    context = {
        "families": families(),
        "examples": EXAMPLES,
        "root": request.build_absolute_uri("/api/v1/"),
        "per_minute": settings.API_PER_MINUTE,
        "burst": settings.API_BURST,
        "largest_page": LARGEST_PAGE,
    }
    return render(request, "api/guide.html", context)


@public
@require_safe
@follows_the_record
@takes()
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, and every shape of an answer."""
    return render(request, "api/reference.html", {"families": families(), "shapes": shapes()})
