"""The questions that the pages ask of the record, each answered by `joinedup.analysis` and made ready to be shown.

Answers are kept for the record's snapshot, so that moving about between pages does not ask the same thing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

from joinedup import analysis
from joinedup.record.schema import GRADE
from joinedup.service.site.choices import family_short, visit_title
from joinedup.service.site.grades import GRADES, NO_GRADE, NOT_INSPECTED, GradeLook, direction, look_of
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.words import day_in_words

if TYPE_CHECKING:
    from joinedup.record import Correction, Record


@dataclass(frozen=True, slots=True)
class Place:
    """One area on the day shown: what its tile and its row of the table tell."""

    slug: str
    name: str
    region: str
    tile: tuple[int, int] | None
    fictional: bool
    look: GradeLook
    framework: str
    visit: str
    start: dt.date | None
    published: dt.date | None
    la_code: str | None
    ons_code: str | None
    corrected: tuple[str, ...]
    """The fields that a person corrected: the grade, or what else is told of its inspection."""
    righted: bool
    """Whether the grade is among them."""
    address: str
    """Of the area's page."""
    in_words: str
    """Everything that the tile tells, for those who hear it or point at it."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many areas stand at one grade, and their share of all that have one (None for those that have none)."""

    look: GradeLook
    number: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One area whose grade changed, from which to which, whether that is "up", "down" or the "same" level, and whether
    a person corrected one of the two grades."""

    address: str
    name: str
    before: GradeLook
    after: GradeLook
    direction: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class Crossing:
    """How many areas went from one grade (the row's) to each grade (the columns')."""

    look: GradeLook
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """An area that ended between the two days, and those that took its place."""

    name: str
    address: str
    ended: dt.date
    before: GradeLook
    successors: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class England:
    """Everything on the England page for one day and choice."""

    places: tuple[Place, ...]
    fictional: tuple[Place, ...]
    counts: tuple[Count, ...]
    others: tuple[Count, ...]
    total: int
    moved: tuple[Moved, ...]
    newly_inadequate: tuple[Moved, ...]
    left_inadequate: tuple[Moved, ...]
    matrix: tuple[Crossing, ...]
    gone: tuple[Gone, ...]

    @property
    def improved(self) -> tuple[Moved, ...]:
        """Areas with a better grade than before."""
        return tuple(move for move in self.moved if move.direction == "up")

    @property
    def declined(self) -> tuple[Moved, ...]:
        """Areas with a worse grade than before."""
        return tuple(move for move in self.moved if move.direction == "down")

    @property
    def first(self) -> tuple[Moved, ...]:
        """Areas graded now that were not before."""
        return tuple(move for move in self.moved if move.before.rank == 0 and move.after.rank > 0)


def england(
    record: Record,
    *,
    as_at: dt.date,
    since: dt.date,
    families: tuple[str, ...],
    judgement: str,
    fictional: bool,
    today: dt.date | None = None,
) -> England:
    """The state on `as_at` and what changed since `since`, as `joinedup.analysis` counts it.

    Fictional areas stand apart and are in none of the figures. Areas' addresses lead to the same day, save where that
    is `today`, which is what they show without one.
    """
    return _england(Kept(record), as_at, since, families, judgement, fictional, as_at != today)


@lru_cache(maxsize=KEPT)
def _england(
    kept: Kept,
    as_at: dt.date,
    since: dt.date,
    families: tuple[str, ...],
    judgement: str,
    fictional: bool,
    dated: bool,
) -> England:
    record, day = kept.record, f"?as_at={as_at}" if dated else ""
    standings = analysis.standings(record, as_at=as_at, frameworks=families, judgement=judgement, fictional=fictional)
    outcomes = analysis.outcomes(record, frameworks=families, as_at=as_at, judgement=judgement)
    changes = analysis.changes(record, start=since, end=as_at, frameworks=families, judgement=judgement)
    places = tuple(_place(standing, day) for standing in standings)
    return England(
        places=tuple(place for place in places if not place.fictional),
        fictional=tuple(place for place in places if place.fictional),
        counts=tuple(Count(look_of(key), outcomes.grades[key], outcomes.percent[key]) for key in GRADES),
        others=(
            Count(look_of(NO_GRADE), outcomes.no_grade, None),
            Count(look_of(NOT_INSPECTED), outcomes.not_inspected or 0, None),
        ),
        total=outcomes.total,
        moved=_moves(changes.areas, day),
        newly_inadequate=_moves(changes.newly_inadequate, day),
        left_inadequate=_moves(changes.left_inadequate, day),
        matrix=_matrix(changes.matrix),
        gone=tuple(
            Gone(
                one.name,
                reverse("area", args=[one.area]) + day,
                one.ended,
                look_of(one.before),
                _moves(one.successors, day),
            )
            for one in changes.reorganised
        ),
    )


def _place(standing: analysis.Standing, day: str) -> Place:
    inspected = standing.framework is not None
    look = look_of(standing.grade, inspected=inspected)
    family = family_short(standing.framework)
    words = f"{standing.name}: {look.title}"
    if inspected:
        words += f", {family}, published {day_in_words(standing.published)}"
    righted = _grade_corrected(standing.corrections)
    if righted:
        words += ", corrected"
    return Place(
        slug=standing.area,
        name=standing.name,
        region=standing.region,
        tile=standing.tile,
        fictional=standing.fictional,
        look=look,
        framework=family,
        visit=visit_title(standing.visit) if standing.visit else "",
        start=standing.start,
        published=standing.published,
        la_code=standing.la_code,
        ons_code=standing.ons_code,
        corrected=tuple(one.field for one in standing.corrections),
        righted=righted,
        address=reverse("area", args=[standing.area]) + day,
        in_words=words,
    )


def _grade_corrected(given: Iterable[Correction]) -> bool:
    """Whether a grade is among what was corrected."""
    return any(one.field.startswith(GRADE) for one in given)


def _moves(moves: Iterable[analysis.Move], day: str) -> tuple[Moved, ...]:
    return tuple(
        Moved(
            reverse("area", args=[move.area]) + day,
            move.name,
            look_of(move.before),
            look_of(move.after),
            direction(move.before, move.after),
            _grade_corrected((*move.corrected_before, *move.corrected_after)),
        )
        for move in moves
    )


def _matrix(matrix: Mapping[str | None, Mapping[str | None, int]]) -> tuple[Crossing, ...]:
    """Four rows by four columns, in the order of the grades; areas without a grade on either day are left out."""
    return tuple(Crossing(look_of(was), tuple(matrix.get(was, {}).get(now, 0) for now in GRADES)) for was in GRADES)
