"""An area's history as one band: its overall grade from each inspection to the next, and the visits between.

Units are those of the SVG's view box. The table beneath tells the same and more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.analysis import Visited
from joinedup.service.site.choices import DEFAULT_FAMILIES, family_short, visit_title
from joinedup.service.site.grades import GradeLook, look_of

WIDTH, HEIGHT = 1000, 104
BAND_TOP, BAND_HEIGHT = 8, 40
FIRST_YEAR = 2009
ROOM_FOR_A_LETTER = 10
"""Width of a letter of the grade's word; a band too short for the word shows the grade's letter."""


@dataclass(frozen=True, slots=True)
class Band:
    """The time in which one grade was the latest."""

    x: float
    width: float
    look: GradeLook
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A visit that gave no overall grade."""

    x: float
    title: str


@dataclass(frozen=True, slots=True)
class YearTick:
    """The first of January of a year; not every one has its number written."""

    x: float
    year: int
    written: bool


@dataclass(frozen=True, slots=True)
class Lifeline:
    """What the template draws."""

    width: int
    height: int
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    years: tuple[YearTick, ...]


def lifeline(inspections: Sequence[Visited], *, until: dt.date) -> Lifeline:
    """The band of one area's own inspections (in any order), up to `until`: today, or the day the area ended."""
    first, last = dt.date(FIRST_YEAR, 1, 1), dt.date(until.year + 1, 1, 1)
    span = (last - first).days

    def x(day: dt.date) -> float:
        return round(WIDTH * min(max((day - first).days / span, 0.0), 1.0), 1)

    judging = sorted((one for one in inspections if judges_overall(one)), key=lambda one: one.day)
    ends = [*(one.day for one in judging[1:]), until][: len(judging)]
    return Lifeline(
        width=WIDTH,
        height=HEIGHT,
        bands=tuple(_band(x(one.day), x(end), one) for one, end in zip(judging, ends, strict=True)),
        marks=tuple(
            Mark(x(one.day), f"{family_short(one.framework)} {visit_title(one.visit).lower()}")
            for one in inspections
            if not judges_overall(one)
        ),
        years=tuple(
            YearTick(x(dt.date(year, 1, 1)), year, (year - FIRST_YEAR) % 3 == 0)
            for year in range(FIRST_YEAR, until.year + 1)
        ),
    )


def judges_overall(one: Visited) -> bool:
    """Whether an inspection sets the area's overall grade, or ended its having one (ILACS from April 2026)."""
    if one.framework not in DEFAULT_FAMILIES:
        return False
    return "overall" in one.grades or (one.framework == "ilacs" and one.visit in ("standard", "short"))


def _band(start: float, end: float, one: Visited) -> Band:
    look = look_of(one.grades.get("overall"))
    width = round(max(end - start, 3.0), 1)
    fits = look.rank and width >= ROOM_FOR_A_LETTER * (len(look.title) + 2)
    return Band(start, width, look, look.title if fits else look.letter)
