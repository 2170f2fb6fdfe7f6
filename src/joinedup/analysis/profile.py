"""Everything that is known of one area, on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinedup.analysis.indicators import Indicator, indicators
from joinedup.analysis.standings import Standing, standing
from joinedup.analysis.tables import Tabular
from joinedup.analysis.visits import ReportRead, Visited, iso, reports, visits

if TYPE_CHECKING:
    from joinedup.areas import Area
    from joinedup.record import Record

_VISIT = ("area", "framework", "visit", "start", "end", "published", "theme", "corrected")
"""The columns of the table of inspections and visits before those of the grades."""

_ALWAYS = dt.date(9999, 12, 30)
"""The day asked of when no day is given: after everything that the record knows."""


@dataclass(frozen=True, slots=True)
class AreaProfile(Tabular):
    """An area's facts, where it stands, and its history, latest first.

    `inspections` are the area's own and `before_it` those of its predecessors, up to the day each of them ended; so
    are `reports` and `reports_before_it`. `standing` is None where the area did not exist on the day. `as_at` None is
    everything that the record knows.
    """

    area: Area
    as_at: dt.date | None
    standing: Standing | None
    predecessors: tuple[Area, ...]
    successors: tuple[Area, ...]
    inspections: tuple[Visited, ...]
    before_it: tuple[Visited, ...]
    reports: tuple[ReportRead, ...]
    reports_before_it: tuple[ReportRead, ...]
    indicators: tuple[Indicator, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text. Predecessors' inspections and reports stand apart."""
        return {
            "area": _facts(self.area, self.as_at),
            "as_at": iso(self.as_at),
            "standing": self.standing.to_json() if self.standing else None,
            "predecessors": [{"area": a.slug, "name": a.name, "ended": iso(a.end)} for a in self.predecessors],
            "successors": [{"area": a.slug, "name": a.name, "began": iso(a.start)} for a in self.successors],
            "inspections": [one.to_json() for one in self.inspections],
            "predecessors_inspections": [one.to_json() for one in self.before_it],
            "reports": [one.to_json() for one in self.reports],
            "predecessors_reports": [one.to_json() for one in self.reports_before_it],
            "indicators": [one.to_json() for one in self.indicators],
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table: the inspection or visit, and each judgement of which any of them has a grade."""
        every = (*self.inspections, *self.before_it)
        return (*_VISIT, *dict.fromkeys(key for one in every for key in one.grades))

    def rows(self) -> list[dict[str, Any]]:
        """One row an inspection or visit, predecessors' too, with its grades in a column each; `corrected` names what a
        person has corrected of it ("; " between several)."""
        keys = self.columns[len(_VISIT) :]
        return [
            {
                "area": one.area,
                "framework": one.framework,
                "visit": one.visit,
                "start": one.start,
                "end": one.end,
                "published": one.published,
                "theme": one.theme,
                "corrected": "; ".join(given.field for given in one.corrections) or None,
                **{key: one.grades.get(key) for key in keys},
            }
            for one in (*self.inspections, *self.before_it)
        ]


def area_profile(
    record: Record,
    area: str,
    *,
    as_at: dt.date | None = None,
    with_indicators: bool = True,
    with_items: bool = True,
) -> AreaProfile:
    """What the record and the tables of areas know of `area` (a slug; `joinedup.areas.find_area` finds it by any name).

    `as_at` moves all of it to that day: inspections that count by then, reports that could be read, statistics of
    periods up to that year. `with_indicators` and `with_items` False leave out the statistics, and what reports ask
    for and praise, for who does not need them. Raises UnknownAreaError where there is no such area.
    """
    from joinedup.areas import get_area

    place = get_area(area)
    before = tuple(get_area(slug) for slug in all_before(place))
    slugs = [place.slug, *(a.slug for a in before)]
    every = visits(record, slugs, as_at=as_at)
    read = reports(record, slugs, as_at=as_at, with_items=with_items)
    day = as_at or (place.end - dt.timedelta(days=1) if place.end else _ALWAYS)
    return AreaProfile(
        area=place,
        as_at=as_at,
        standing=standing(record, place.slug, as_at=day) if place.exists_on(day) else None,
        predecessors=before,
        successors=tuple(get_area(slug) for slug in place.successors),
        inspections=tuple(one for one in every if one.area == place.slug),
        before_it=tuple(one for one in every if one.area != place.slug),
        reports=tuple(one for one in read if one.area == place.slug),
        reports_before_it=tuple(one for one in read if one.area != place.slug),
        indicators=indicators(record, place.slug, as_at=as_at) if with_indicators else (),
    )


def all_before(area: Area) -> Sequence[str]:
    """The areas that it took the place of, and those that they did, nearest first."""
    from joinedup.areas import get_area

    found: dict[str, None] = {}
    ahead = list(area.predecessors)
    while ahead:
        slug = ahead.pop(0)
        if slug not in found:
            found[slug] = None
            ahead += get_area(slug).predecessors
    return list(found)


def _facts(area: Area, as_at: dt.date | None) -> dict[str, Any]:
    from joinedup.areas import bodies_of

    return {
        "slug": area.slug,
        "name": area.name,
        "kind": area.kind_on(as_at) if as_at else area.kind,
        "la_code": area.code("dfe", as_at) if as_at else area.la_code,
        "ons_code": area.code("ons", as_at) if as_at else area.ons_code,
        "urn": area.code("urn", as_at) if as_at else area.urn,
        "region": area.region,
        "ofsted_region": area.ofsted_region,
        "start": iso(area.start),
        "end": iso(area.end),
        "codes": [
            {"scheme": code.scheme, "code": code.code, "start": iso(code.start), "end": iso(code.end)}
            for code in area.codes
        ],
        "delivery_bodies": [
            {"name": body.name, "start": iso(body.start), "end": iso(body.end)} for body in area.delivery_bodies
        ],
        "served_by": [
            {"kind": body.kind, "name": body.name_on(as_at), "start": iso(body.start), "end": iso(body.end)}
            for body in bodies_of(area.slug, as_at)
        ],
        "fictional": area.fictional,
    }
