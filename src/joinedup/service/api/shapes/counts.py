"""Shapes of where areas stand, how many at each grade, and who moved."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from joinedup.service.api.shapes.common import Corrected, Shape


class AreaStanding(Shape):
    """One area on one day."""

    area: str
    """Its slug."""
    name: str
    la_code: str | None
    ons_code: str | None
    region: str
    ofsted_region: str
    tile: tuple[int, int]
    """(column, row) of its square on the map of tiles."""
    grade: str | None
    """null where it was never judged, or where its latest inspection gives no such judgement (framework is set)."""
    framework: str | None
    visit: str | None
    start: dt.date | None
    """First day on site."""
    published: dt.date | None
    day: dt.date | None
    """The day by which the inspection counts."""
    fictional: bool
    corrections: list[Corrected]
    """What was corrected of the grade, or of what else is told here of the inspection; nothing where it comes from the
    official history."""


class Outcomes(Shape):
    """How many areas, or inspections, stood at each grade on a day."""

    framework: str | list[str]
    judgement: str
    as_at: dt.date
    count: str
    total: int
    """The sum of the grades."""
    grades: dict[str, int]
    percent: dict[str, float]
    """Shares of the total, to one decimal."""
    no_grade: int
    """How many whose latest inspection gives no such judgement."""
    not_inspected: int | None
    """How many areas that none of the frameworks had inspected; null where inspections are counted."""
    counted_by: dict[str, str]
    """For each framework by which day it counts: inspection_start or publication."""


class Move(Shape):
    """One area's grade on the first day and on the second."""

    area: str
    """Its name."""
    slug: str
    la_code: str | None
    before: str | None = Field(alias="from")
    after: str | None = Field(alias="to")


class Reorganised(Shape):
    """An area that ended between the two days, with those that took its place."""

    area: str
    """Its name."""
    slug: str
    la_code: str | None
    ended: dt.date
    before: str | None = Field(alias="from")
    successors: list[Move]


class MoveCorrected(Shape):
    """What was corrected of one area's two grades, and of what else is told of their inspections."""

    area: str
    """Its name."""
    slug: str
    la_code: str | None
    before: list[Corrected] = Field(alias="from")
    after: list[Corrected] = Field(alias="to")


class Changes(Shape):
    """Who moved from which grade to which between two days."""

    start: dt.date = Field(alias="from")
    end: dt.date = Field(alias="to")
    framework: list[str]
    judgement: str
    areas: list[Move]
    """The areas whose grade differs; those judged for the first time come from null."""
    matrix: dict[str, dict[str, int]]
    """How many areas went from one grade to another; the key null stands for no grade."""
    newly_inadequate: list[Move]
    left_inadequate: list[Move]
    reorganised: list[Reorganised]
    corrections: list[MoveCorrected]
    """The areas of whose grades a person corrected something, those that stayed too; none where the grades come from
    the official history."""


class Dates(Shape):
    """First and last day of fieldwork."""

    start: dt.date | None
    end: dt.date | None


class Inspection(Shape):
    """One inspection or visit."""

    area: str
    area_name: str
    framework: str
    visit: str | None
    inspection: Dates
    published: dt.date | None
    counted_on: dt.date
    """The day by which it counts."""
    theme: str | None
    grades: dict[str, str]
    """Judgement to grade."""
    official: bool
    """Whether Ofsted's own history has it."""
    reports: list[str]
    """The record's reports on it (their sha256)."""
    fictional: bool
    corrections: list[Corrected]
    """What was corrected of its grades, or of what else is told here; nothing where it comes from the official
    history."""


class Event(Shape):
    """One thing that happened to an area."""

    day: dt.date
    kind: str
    """began, ended, delivery_body_began, delivery_body_ended, inspection or statement_due."""
    area: str
    framework: str | None
    visit: str | None
    theme: str | None
    grade: str | None
    name: str | None
    reports: list[str]
    corrections: list[Corrected]
    """What of this was corrected."""
