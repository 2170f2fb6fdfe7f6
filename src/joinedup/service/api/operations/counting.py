"""Grades: where every area stands on a day, how many at each grade, who moved, and the inspections behind it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from joinedup import analysis
from joinedup.areas import areas
from joinedup.record.choices import check_days
from joinedup.service.access import public
from joinedup.service.api import making
from joinedup.service.api.declared import read
from joinedup.service.api.paging import paged
from joinedup.service.api.parameters import (
    ChangesQuestion,
    InspectionsQuestion,
    OutcomesQuestion,
    StandingsQuestion,
)
from joinedup.service.api.shapes import counts
from joinedup.service.api.shapes.common import Page
from joinedup.service.site.records import current_record

TAG = "Grades"


@read("/standings", tag=TAG, shape=Page[counts.AreaStanding])
@public
def list_standings(request: HttpRequest, asked: Query[StandingsQuestion]) -> Page[counts.AreaStanding]:
    """Where areas stand.

    Every area that existed on the day with its latest grade: what the map is coloured by.
    """
    found = analysis.standings(
        current_record(),
        as_at=asked.as_at or timezone.localdate(),
        frameworks=asked.framework,
        judgement=asked.judgement,
        dates=asked.dates,
        fictional=making.shown(asked.fictional),
    )
    kept = [one for one in found if asked.region is None or one.region in asked.region]
    return paged(
        request, asked, counts.AreaStanding, kept, lambda one: counts.AreaStanding.model_validate(one.to_json())
    )


@read("/outcomes", tag=TAG, shape=counts.Outcomes)
@public
def get_outcomes(request: HttpRequest, asked: Query[OutcomesQuestion]) -> counts.Outcomes:
    """How many stand at each grade.

    On a day, by the rules of Ofsted's own series; several frameworks are taken together, each area's latest counting.
    Without a framework those of that series: slac, cpi, sif, ilacs.
    """
    found = analysis.outcomes(
        current_record(),
        frameworks=asked.framework or analysis.SERIES,
        as_at=asked.as_at or timezone.localdate(),
        count=asked.count,
        judgement=asked.judgement,
        dates=asked.dates,
    )
    return counts.Outcomes.model_validate(found.to_json())


@read("/changes", tag=TAG, shape=counts.Changes)
@public
def get_changes(request: HttpRequest, asked: Query[ChangesQuestion]) -> counts.Changes:
    """Who moved between two days.

    From which grade to which, who is newly inadequate, who left it, and who was reorganised in between.
    """
    found = analysis.changes(
        current_record(),
        start=asked.start,
        end=asked.end or timezone.localdate(),
        frameworks=asked.framework,
        judgement=asked.judgement,
        dates=asked.dates,
    )
    told = {"newly_inadequate": found.newly_inadequate, "left_inadequate": found.left_inadequate, "areas": found.areas}
    return counts.Changes.model_validate(
        found.to_json()
        | {name: [making.move(one) for one in moves] for name, moves in told.items()}
        | {"reorganised": [making.reorganised(one) for one in found.reorganised]}
        | {"corrections": [making.move_corrected(one) for one in found.corrected]}
    )


@read("/inspections", tag=TAG, shape=Page[counts.Inspection])
@public
def list_inspections(request: HttpRequest, asked: Query[InspectionsQuestion]) -> Page[counts.Inspection]:
    """Inspections and visits.

    Every one that the official history or a report tells of, newest first, with its grades.
    """
    check_days(since=asked.since, until=asked.until)
    slugs = [making.place(slug).slug for slug in asked.area] if asked.area else None
    there = {
        area.slug
        for area in areas(fictional=making.shown(asked.fictional))
        if (slugs is None or area.slug in slugs) and (asked.region is None or area.region in asked.region)
    }
    kept = [
        one
        for one in analysis.visits(current_record(), sorted(there), as_at=asked.until)
        if (asked.framework is None or one.framework in asked.framework)
        and (asked.visit is None or one.visit in asked.visit)
        and (asked.since is None or one.day >= asked.since)
    ]
    return paged(request, asked, counts.Inspection, kept, making.inspection)
