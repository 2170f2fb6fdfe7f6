"""Official statistics: what is measured, and the values as published."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query

from joinedup.analysis.observed import measure, measures, observations
from joinedup.service.access import public
from joinedup.service.api import making
from joinedup.service.api.declared import read
from joinedup.service.api.paging import paged
from joinedup.service.api.parameters import MeasuresQuestion, ObservationsQuestion
from joinedup.service.api.shapes import holdings
from joinedup.service.api.shapes.common import Page
from joinedup.service.api.values import KeyOfMeasure
from joinedup.service.site.records import current_record

TAG = "Statistics"


@read("/measures", tag=TAG, shape=Page[holdings.MeasureFacts])
@public
def list_measures(request: HttpRequest, asked: Query[MeasuresQuestion]) -> Page[holdings.MeasureFacts]:
    """Measures.

    What is counted in each series of official statistics that the record holds, by topic and title.
    """
    sought = asked.q.casefold() if asked.q else ""
    kept = [
        one
        for one in measures(current_record()).values()
        if (asked.topic is None or one.topic == asked.topic)
        and (sought in one.title.casefold() or sought in one.key.casefold())
    ]
    return paged(
        request, asked, holdings.MeasureFacts, kept, lambda one: holdings.MeasureFacts.model_validate(one.to_json())
    )


@read("/measures/{path:key}", tag=TAG, shape=holdings.MeasureFacts)
@public
def get_measure(request: HttpRequest, key: KeyOfMeasure) -> holdings.MeasureFacts:
    """One measure."""
    return holdings.MeasureFacts.model_validate(measure(current_record(), key).to_json())


@read("/observations", tag=TAG, shape=Page[holdings.Observation])
@public
def list_observations(request: HttpRequest, asked: Query[ObservationsQuestion]) -> Page[holdings.Observation]:
    """Observations.

    The values of measures by place and period, as published: a value that was withheld says why and is never nought.
    The whole table, or all of an area's, is a download of the data page.
    """
    found = observations(
        current_record(),
        measures=asked.measure,
        places={making.place(slug).slug for slug in asked.area} if asked.area else None,
        geography=asked.geography,
        since=asked.since,
        until=asked.until,
    )
    return paged(request, asked, holdings.Observation, found, lambda one: holdings.Observation(**one._asdict()))
