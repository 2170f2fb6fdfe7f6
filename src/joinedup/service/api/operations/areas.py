"""Areas: which there are, everything about one, what happened to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Query

from joinedup import analysis
from joinedup.analysis.observed import measured
from joinedup.areas import Area, areas, neighbours, services_of
from joinedup.areas.facts import holds
from joinedup.service.access import public
from joinedup.service.api import making
from joinedup.service.api.declared import read
from joinedup.service.api.paging import page_of, paged
from joinedup.service.api.parameters import (
    AreasQuestion,
    AskedAgainQuestion,
    IndicatorsQuestion,
    OnADay,
)
from joinedup.service.api.shapes import answering, counts, holdings, places
from joinedup.service.api.shapes.common import Page
from joinedup.service.api.values import SlugOfArea
from joinedup.service.site.area_search import search
from joinedup.service.site.asked_fates import each_fate
from joinedup.service.site.asked_links import fates
from joinedup.service.site.records import current_record

TAG = "Areas"


@read("/areas", tag=TAG, shape=Page[places.Area])
@public
def list_areas(request: HttpRequest, asked: Query[AreasQuestion]) -> Page[places.Area]:
    """Areas.

    Every council area that was ever inspected since 2009, in the order of names, or those that existed on one
    day. It can be found by any name or code it ever had.
    """
    fictional = making.shown(asked.fictional)
    found = search(asked.q, fictional=fictional) if asked.q else sorted(areas(fictional=fictional), key=_by_name)
    kept = [
        area
        for area in found
        if (asked.on is None or area.exists_on(asked.on))
        and (asked.region is None or area.region in asked.region)
        and (asked.kind is None or area.kind in asked.kind)
    ]
    return paged(request, asked, places.Area, kept, lambda area: places.Area(**_facts(area)))


@read("/areas/{slug}", tag=TAG, shape=places.AreaDetail)
@public
def get_area(request: HttpRequest, slug: SlugOfArea, asked: Query[OnADay]) -> places.AreaDetail:
    """One area.

    Its codes, what it came from and became, who serves it, its statistical neighbours and where it stands; on any
    day. Its inspections, reports and statements are lists of their own, which can be asked for one area.
    """
    area = making.place(slug)
    day = asked.as_at
    told = analysis.area_profile(current_record(), slug, as_at=day, with_indicators=False, with_items=False)
    services = [one for one in services_of(slug) if day is None or holds(one.start, one.end, day)]
    return places.AreaDetail(
        **_facts(area),
        as_at=day,
        aliases=list(area.aliases),
        codes=[places.AreaCode(**code._asdict()) for code in area.codes],
        predecessors=list(area.predecessors),
        successors=list(area.successors),
        delivery_bodies=[
            places.DeliveryBody(name=body.name, start=body.start, end=body.end) for body in area.delivery_bodies
        ],
        served_by=[
            places.ServedBy(
                body=one.body.key,
                kind=one.body.kind,
                agency=one.body.agency,
                name=one.body.name_on(day),
                start=one.start,
                end=one.end,
                part=one.part,
            )
            for one in services
        ],
        neighbours=[
            places.Neighbour(area=other.slug, name=other.name, closeness=closeness or None)
            for other, closeness in neighbours(area)
        ],
        standing=counts.AreaStanding.model_validate(told.standing.to_json()) if told.standing else None,
    )


@read("/areas/{slug}/timeline", tag=TAG, shape=list[counts.Event])
@public
def get_area_timeline(request: HttpRequest, slug: SlugOfArea, asked: Query[OnADay]) -> list[counts.Event]:
    """What happened to an area.

    Its dated events and its predecessors', oldest first: beginnings and ends, inspections, statements due.
    """
    making.place(slug)
    events = analysis.timeline(current_record(), slug, as_at=asked.as_at)
    return [counts.Event.model_validate(event.to_json()) for event in events]


@read("/areas/{slug}/contributions", tag=TAG, shape=answering.Contributions)
@public
def get_area_contributions(request: HttpRequest, slug: SlugOfArea) -> answering.Contributions:
    """Agencies' contributions in an area.

    What each report asked of each agency and praised in it, newest first; predecessors' reports apart.
    """
    area = making.place(slug)
    found = analysis.area_contributions(current_record(), slug, fictional=area.fictional)
    return answering.Contributions(
        area=slug,
        area_name=area.name,
        inspections=[_contribution(one) for one in found.inspections],
        predecessors_inspections=[_contribution(one) for one in found.before_it],
    )


@read("/areas/{slug}/asked-again", tag=TAG, shape=Page[answering.AskedAgain])
@public
def list_area_asked_again(
    request: HttpRequest, slug: SlugOfArea, asked: Query[AskedAgainQuestion]
) -> Page[answering.AskedAgain]:
    """What became of what an area was asked for.

    Each thing that a report asked for, what became of it, and what later reports say on it: both wordings and how sure
    it is that they are on the same thing. What was looked at last comes first, and of that what was asked for again in
    most reports; then, by report and the newest first, what no later report speaks of and what the latest report asks
    for anew. On a day: by the reports that could be read.
    """
    making.place(slug)
    record = current_record()
    every = each_fate(record, fates(record, slug, as_at=asked.as_at))
    found = [one for one in every if asked.fate is None or one[0] in asked.fate]
    return paged(request, asked, answering.AskedAgain, found, lambda one: making.asked_again(*one))


@read("/areas/{slug}/indicators", tag=TAG, shape=Page[holdings.Indicator])
@public
def list_area_indicators(
    request: HttpRequest, slug: SlugOfArea, asked: Query[IndicatorsQuestion]
) -> Page[holdings.Indicator]:
    """Indicators of an area.

    Official statistics of an area over time, beside the median of its statistical neighbours and England.
    """
    making.place(slug)
    record = current_record()
    there = measured(record, slug, year=asked.as_at.year if asked.as_at else None)
    keys = [key for key in there if asked.measure is None or key in asked.measure]
    # Only the page's own series are put together: there may be hundreds.
    page = keys[asked.start : asked.start + asked.page_size]
    found = analysis.indicators(record, slug, as_at=asked.as_at, measures=page) if page else ()
    results = [holdings.Indicator.model_validate(one.to_json()) for one in found]
    return page_of(request, asked, holdings.Indicator, results, len(keys))


def _by_name(area: Area) -> tuple[str, dt.date]:
    return area.name, area.start or dt.date.min


def _facts(area: Area) -> dict[str, Any]:
    return {name: getattr(area, name) for name in places.Area.model_fields}


def _contribution(found: analysis.Contribution) -> answering.Contribution:
    return answering.Contribution(
        report=making.brief(found.report),
        agencies=[answering.Part.model_validate(part.to_json()) for part in found.agencies],
        nobody=answering.Tallied.model_validate(found.nobody.to_json()),
    )
