"""The agencies: the ten among whom responsibility is divided, and each body in all the areas that it serves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from joinedup import analysis
from joinedup.analysis.accountability_agencies import AgencyProfile, Served, Tally
from joinedup.areas import UnknownBodyError, agencies, areas, get_body
from joinedup.areas.bodies import KINDS, Body, all_bodies, services
from joinedup.areas.facts import holds
from joinedup.service.access import public
from joinedup.service.methods import require_safe
from joinedup.service.site.asking import Asking
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.explorer import shown, with_fictional
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.records import current_record
from joinedup.service.site.taking import takes
from joinedup.service.site.tallies import Number, numbers
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

SORTS = ("asked", "praised", "concerns")
"""What the tables have columns for."""


@public
@require_safe
@follows_the_record
@takes()
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
@takes()
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One body's page: what was asked of it, praised and of concern in every area that it serves."""
    try:
        body = get_body(slug)
    except UnknownBodyError as error:
        raise Http404(str(error)) from error
    record, today = current_record(), timezone.localdate()
    fictional = with_fictional(Asking(body=body.key), record)
    return render(request, "site/agency.html", _page(Kept(record), body.key, today, fictional))


@lru_cache(maxsize=KEPT)
def _page(kept: Kept, key: str, today: dt.date, fictional: bool) -> dict[str, Any]:
    profile = analysis.agency_profile(kept.record, key, fictional=fictional, limit=LATEST)
    everywhere = Asking(body=key)
    serving = [(one, _numbers(one.tally, _there(profile, one))) for one in profile.areas]
    years = [(part.key, _numbers(part.tally, replace(everywhere, period=part.key))) for part in profile.years]
    most = max((number.counted for _, numbers in years for number in numbers), default=0)
    return {
        "body": profile.body,
        "kind": KIND_TITLE[profile.body.kind],
        "serving": [(one, numbers) for one, numbers in serving if holds(one.start, one.end, today)],
        "served": [(one, numbers) for one, numbers in serving if not holds(one.start, one.end, today)],
        "numbers": _numbers(profile.tally, everywhere),
        "priority": (profile.tally.priority, replace(everywhere, kind="priority_action").query()),
        "years": [(year, [(one, _bar(one.counted, most)) for one in numbers]) for year, numbers in years],
        "everything": replace(everywhere, kind="all").query(),
        "themes": [
            (theme_title(part.key), part.tally, replace(everywhere, theme=part.key).query())
            for part in profile.themes[:MOST_THEMES]
            if part.tally.asked
        ],
        "asked": [shown(one) for one in profile.asked.demands],
        "praised": [shown(one) for one in profile.praised.demands],
    }


def _numbers(tally: Tally, asking: Asking) -> tuple[Number, ...]:
    """The numbers of a tally that are shown; `asking` is for what they have in common."""
    return tuple(one for one in numbers(tally, asking) if one.sort in SORTS)


def _there(profile: AgencyProfile, served: Served) -> Asking:
    """What reports say of a body in one area; of which of its times there, where it served the area twice."""
    asking = Asking(body=profile.body.key, area=served.area.slug)
    if [one.area for one in profile.areas].count(served.area) == 1:
        return asking
    return replace(asking, since=served.start, until=served.end and served.end - dt.timedelta(days=1))


def _bar(number: int, most: int) -> float:
    """A bar's length of a hundred."""
    return round(100 * number / most, 1) if most else 0.0


def _by_name(bodies: Any) -> list[Body]:
    return sorted(bodies, key=lambda body: body.name)


@lru_cache(maxsize=1)
def _real_bodies() -> tuple[Body, ...]:
    """The bodies that serve or served some area that exists."""
    real = {area.slug for area in areas()}
    serving = {one.body.key for slug, every in services().items() if slug in real for one in every}
    return tuple(body for body in all_bodies().values() if body.key in serving)
