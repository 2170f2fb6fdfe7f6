"""Every indicator of an area, a topic at a time: an area has some hundreds, too many for one page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from joinedup import analysis
from joinedup.analysis.observed import measured, measures
from joinedup.service.site.indicators import OTHER, IndicatorCard, topics
from joinedup.service.site.kept import KEPT, Kept

if TYPE_CHECKING:
    from joinedup.record import Record

PAGE = 12
"""Indicators on one page."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The indicators of one topic of an area: those of one page, how many there are, and the topics beside it."""

    topic: str
    total: int
    first: int
    cards: tuple[IndicatorCard, ...]
    pages: int
    topics: tuple[tuple[str, int], ...]

    @property
    def last(self) -> int:
        """The number of the last indicator shown, counted from 1."""
        return self.first + len(self.cards)


def topics_of(record: Record, area: str, as_at: dt.date | None) -> dict[str, list[str]]:
    """The measures (keys) of an area (a slug) by topic, in the order in which topics are shown."""
    told = measures(record)
    found: dict[str, list[str]] = {}
    for key in measured(record, area, year=as_at.year if as_at else None):
        found.setdefault(told[key].topic or OTHER, []).append(key)
    return found


def area_measures(record: Record, area: str, *, as_at: dt.date | None, topic: str, page: int) -> Measures:
    """One page of a topic's indicators; an empty topic is the first."""
    return _area_measures(Kept(record), area, as_at, topic, page)


@lru_cache(maxsize=KEPT)
def _area_measures(kept: Kept, area: str, as_at: dt.date | None, topic: str, page: int) -> Measures:
    by_topic = topics_of(kept.record, area, as_at)
    topic = topic or next(iter(by_topic), "")
    keys = by_topic.get(topic, [])
    first = (page - 1) * PAGE
    chosen = keys[first : first + PAGE]
    found = analysis.indicators(kept.record, area, as_at=as_at, measures=chosen) if chosen else ()
    return Measures(
        topic=topic,
        total=len(keys),
        first=first,
        cards=tuple(card for each in topics(found) for card in each.cards),
        pages=max(1, -(-len(keys) // PAGE)),
        topics=tuple((name, len(every)) for name, every in by_topic.items()),
    )


def rows(record: Record, area: str, *, name: str, as_at: dt.date | None, topic: str) -> list[dict[str, Any]]:
    """A row for each indicator and period, in the columns of their download: of a topic; of all where it is empty."""
    keys = topics_of(record, area, as_at).get(topic, []) if topic else None
    found = analysis.indicators(record, area, as_at=as_at, measures=keys)
    return [
        {
            "area": area,
            "area_name": name,
            "measure": each.measure,
            "title": each.title,
            "breakdown": ", ".join(f"{what}: {value}" for what, value in each.dimensions) or None,
            "topic": each.topic,
            "unit": each.unit,
            "source": each.source,
            **point.to_json(),
        }
        for each in found
        for point in each.series
    ]
