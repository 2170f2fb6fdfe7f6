"""The agencies: the ten among whom responsibility is divided, and each body in all the areas that it serves."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from joinedup import analysis
from joinedup.areas import UnknownBodyError, agencies, get_body
from joinedup.areas.bodies import KINDS, Body, all_bodies, services
from joinedup.areas.facts import holds
from joinedup.service.access import public
from joinedup.service.site.asking import Asking
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.explorer import holds_real_reports, shown
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.records import current_record
from joinedup.service.site.wording import theme_title

KIND_TITLES = {
    "police_force": "Police forces",
    "icb": "Integrated care boards",
    "probation_region": "Probation regions",
    "trust": "Children’s services trusts",
    "nps_division": "Divisions of the National Probation Service",
    "crc": "Community rehabilitation companies",
}
KIND_TITLE = {
    "police_force": "Police force",
    "icb": "Integrated care board",
    "probation_region": "Probation region",
    "trust": "Children’s services trust",
    "nps_division": "Division of the National Probation Service",
    "crc": "Community rehabilitation company",
}
assert set(KIND_TITLES) == set(KIND_TITLE) == set(KINDS)

LATEST = 10
"""Statements of each sort shown on a body's page; the explorer has the rest."""

MOST_THEMES = 12


@public
@require_safe
@follows_the_record
def index(request: HttpRequest) -> HttpResponse:
    """The ten agencies and every body, those of today first."""
    real = _real_bodies()
    today = timezone.localdate()
    now = [body for body in real if holds(body.start, body.end, today)]
    context = {
        "agencies": [(one, Asking(agency=one.key).query()) for one in agencies()],
        "kinds": [
            (title, kind, _by_name(body for body in now if body.kind == kind)) for kind, title in KIND_TITLES.items()
        ],
        "gone": [
            (title, kind, _by_name(body for body in real if body.kind == kind and body not in now))
            for kind, title in KIND_TITLES.items()
        ],
    }
    return render(request, "site/agencies.html", context)


@public
@require_safe
@follows_the_record
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One body's page: what was asked of it, and praised, in every area that it serves."""
    try:
        body = get_body(slug)
    except UnknownBodyError as error:
        raise Http404(str(error)) from error
    return render(request, "site/agency.html", _page(Kept(current_record()), body.key, timezone.localdate()))


@lru_cache(maxsize=KEPT)
def _page(kept: Kept, key: str, today: dt.date) -> dict[str, Any]:
    record = kept.record
    fictional = not holds_real_reports(record)
    profile = analysis.agency_profile(record, key, fictional=fictional, limit=LATEST)
    most = max((part.tally.asked + part.tally.praised for part in profile.years), default=0)
    return {
        "body": profile.body,
        "kind": KIND_TITLE[profile.body.kind],
        "serving": [one for one in profile.areas if holds(one.start, one.end, today)],
        "served": [one for one in profile.areas if not holds(one.start, one.end, today)],
        "tally": profile.tally,
        "years": [(part, _bar(part.tally.asked, most), _bar(part.tally.praised, most)) for part in profile.years],
        "themes": [
            (theme_title(part.key), part.tally, Asking(body=key, theme=part.key).query())
            for part in profile.themes[:MOST_THEMES]
            if part.tally.asked
        ],
        "asked": [shown(one) for one in profile.asked.demands],
        "praised": [shown(one) for one in profile.praised.demands],
        "all_asked": Asking(body=key).query(),
        "all_praised": Asking(body=key, kind="strength").query(),
    }


def _bar(number: int, most: int) -> float:
    """A bar's length of a hundred."""
    return round(100 * number / most, 1) if most else 0.0


def _by_name(bodies: Any) -> list[Body]:
    return sorted(bodies, key=lambda body: body.name)


@lru_cache(maxsize=1)
def _real_bodies() -> tuple[Body, ...]:
    """The bodies that serve or served some area that exists."""
    from joinedup.areas import areas

    real = {area.slug for area in areas()}
    serving = {one.body.key for slug, every in services().items() if slug in real for one in every}
    return tuple(body for body in all_bodies().values() if body.key in serving)
