"""How much was asked of whom, about what and when: agency × theme × period, each number with the filters that drill to
its statements.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Unpack

from joinedup.analysis.accountability_facts import About, Fact, facts
from joinedup.analysis.accountability_filters import (
    NO_VERSION,
    Filters,
    Selection,
    cycle_of,
    reports_of,
    select,
    selection,
    year_of,
    years_and_versions,
)
from joinedup.analysis.remembering import once
from joinedup.analysis.rules import check_choice
from joinedup.analysis.tables import Tabular
from joinedup.record.choices import NOBODY, agency_key, theme_key

if TYPE_CHECKING:
    from joinedup.record import Record

Periods = Literal["year", "cycle"]

ALL = "all"
"""In a cell's place: whatever the agency, theme or period."""


class Cell(NamedTuple):
    """Which agency, theme and period; each may be ALL, or NOBODY (NO_VERSION) for statements without one."""

    agency: str
    theme: str
    period: str


class Count(NamedTuple):
    """How many statements, how many of them priority actions, in how many reports and areas."""

    statements: int
    priority: int
    reports: int
    areas: int


NOTHING = Count(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Matrix(Tabular):
    """The counts of the cells that are not empty, margins (ALL) included.

    A statement that holds two agencies responsible counts under each of them and once under ALL, so the margins are
    no sums. Axes are in order: agencies as they are always shown, themes by number, periods by time; NOBODY last. So
    are the cells, along the axes, with the margins last.
    """

    selection: Selection
    by: Periods
    agencies: tuple[str, ...]
    themes: tuple[str, ...]
    periods: tuple[str, ...]
    counts: Mapping[Cell, Count]

    def count(self, agency: str = ALL, theme: str = ALL, period: str = ALL) -> Count:
        """One cell's count; without an axis, its margin. Agency and theme are taken by key or title.

        Raises UsageError and UnknownThemeError for an agency or a theme that there is none of.
        """
        who = agency if agency == ALL else agency_key(agency)
        return self.counts.get(Cell(who, self._theme(theme), period), NOTHING)

    def filters(self, agency: str = ALL, theme: str = ALL, period: str = ALL) -> Filters:
        """What `accountability` takes to give the statements of a cell, named as for `count`."""
        ours = self.selection
        return {
            "area": ours.areas,
            "region": ours.regions,
            "agency": ours.agencies if agency == ALL else agency,
            "theme": ours.themes if theme == ALL else self._theme(theme),
            "framework": ours.frameworks,
            "period": ours.periods if period == ALL else self._with(period),
            "body": ours.body,
            "kinds": ours.kinds,
            "polarity": ours.polarity,
            "sure_below": ours.sure_below,
            "since": ours.since,
            "until": ours.until,
            "text": ours.text,
            "fictional": ours.fictional,
        }

    def _with(self, period: str) -> tuple[str, ...]:
        """A cell's period, and the selection's own of the other kind, which restrict every cell."""
        years, versions = years_and_versions(self.selection.periods or ())
        return (period, *(versions if self.by == "year" else years))

    def _theme(self, given: str) -> str:
        return given if given == ALL or given in self.themes else theme_key(given)

    def to_json(self) -> dict[str, Any]:
        """Plain values: the axes, and a cell for each count that is not 0."""
        return {
            "filters": self.selection.to_json(),
            "by": self.by,
            "total": self.count().statements,
            "agencies": list(self.agencies),
            "themes": list(self.themes),
            "periods": list(self.periods),
            "cells": [cell._asdict() | count._asdict() for cell, count in self.counts.items()],
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return (*Cell._fields, *Count._fields)

    def rows(self) -> list[dict[str, Any]]:
        """One row a cell without margins: `agency`, `theme`, `period` and its counts."""
        return [cell._asdict() | count._asdict() for cell, count in self.counts.items() if ALL not in cell]


def matrix(record: Record, *, by: Periods = "year", **filters: Unpack[Filters]) -> Matrix:
    """How many statements hold each agency responsible, by theme and by period: `by` year of publication, or framework
    "cycle" (a framework's version by the first day of fieldwork). The filters are those of `accountability`; where they
    name agencies or themes, only those are on the axes. Raises as `accountability` does.
    """
    check_choice("by", by, ("year", "cycle"))
    wanted = selection(**filters)
    tallied = _tallied(_stated(record, wanted), by)
    axes = (
        _agencies_in_order({cell.agency for cell in tallied}),
        _most_first(tallied),
        _periods_in_order({cell.period for cell in tallied}, by),
    )
    counts = {cell: tallied[cell].count() for cell in _along(axes, tallied)}
    return Matrix(wanted, by, *axes, counts)


_Stated = Mapping[tuple[str, str], tuple[int, int]]
"""How many statements of a report, and how many priority actions among them, by agency and theme."""
_MOST_REMEMBERED = 8
"""Of how many choices of kinds and polarity what each report states is remembered."""


class _Tally:
    __slots__ = ("priority", "reports", "statements")

    def __init__(self) -> None:
        self.statements = self.priority = 0
        self.reports: list[About] = []

    def add(self, statements: int, priority: int, reports: Iterable[About]) -> None:
        self.statements += statements
        self.priority += priority
        self.reports += reports

    def count(self) -> Count:
        areas = {about.area for about in self.reports} - {None}
        return Count(self.statements, self.priority, len(self.reports), len(areas))


def _stated(record: Record, wanted: Selection) -> Iterable[tuple[About, _Stated]]:
    """The reports that pass, each with what it states that passes. Where nothing restricts which statements of a
    report pass but their kind, that was counted for every report once."""
    if (wanted.agencies, wanted.themes, wanted.body, wanted.sure_below, wanted.text) != (None,) * 5:
        found: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in select(record, wanted):
            found[fact.about.sha256].append(fact)
        agencies, themes = _asked_for(wanted.agencies), _asked_for(wanted.themes)
        return [(these[0].about, _stated_in(these, agencies, themes)) for these in found.values()]
    question = ("stated", wanted.kinds, wanted.polarity)
    whole = once(record, question, lambda: _stated_in_each(record, wanted), most=_MOST_REMEMBERED)
    return [(about, whole[about.sha256]) for about in reports_of(record, wanted) if about.sha256 in whole]


def _stated_in_each(record: Record, wanted: Selection) -> dict[str, _Stated]:
    """What each report states of the kinds and the polarity that are wanted, by its sha256."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for kind in wanted.kinds:
        for sha256, these in facts(record, kind).items():
            found[sha256] += [fact for fact in these if wanted.polarity in (None, fact.polarity)]
    return {sha256: _stated_in(these, None, None) for sha256, these in found.items() if these}


def _stated_in(found: Iterable[Fact], agencies: Collection[str] | None, themes: Collection[str] | None) -> _Stated:
    """How many statements, and how many priority actions, stand at each agency and theme, margins included."""
    alike = Counter((fact.kind == "priority_action", fact.agencies, fact.themes) for fact in found)
    stated: defaultdict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (priority, held, about), number in alike.items():
        for place in product(_kept(held, agencies), _kept(about, themes)):
            statements, urgent = stated[place]
            stated[place] = statements + number, urgent + number * priority
    return dict(stated)


def _tallied(reports: Iterable[tuple[About, _Stated]], by: Periods) -> dict[Cell, _Tally]:
    """What reports state put in the cells of their period and of all."""
    period_of = year_of if by == "year" else cycle_of
    periods: defaultdict[str, defaultdict[tuple[str, str], _Tally]] = defaultdict(lambda: defaultdict(_Tally))
    for report, stated in reports:
        places = periods[period_of(report)]
        for place, (statements, priority) in stated.items():
            places[place].add(statements, priority, (report,))
    whole: defaultdict[tuple[str, str], _Tally] = defaultdict(_Tally)
    for places in periods.values():
        for place, tally in places.items():
            whole[place].add(tally.statements, tally.priority, tally.reports)
    periods[ALL] = whole
    return {Cell(*place, period): tally for period, places in periods.items() for place, tally in places.items()}


def _asked_for(given: tuple[str, ...] | None) -> Collection[str] | None:
    return None if given is None else frozenset(given)


def _kept(found: tuple[str, ...], wanted: Collection[str] | None) -> tuple[str, ...]:
    """A statement's places on an axis: the margin, and those of its own that were asked for."""
    if not found:
        return ALL, NOBODY
    return (ALL, *(each for each in found if wanted is None or each in wanted))


def _along(axes: Iterable[tuple[str, ...]], cells: Iterable[Cell]) -> list[Cell]:
    """The cells in the order of the axes, the last axis the fastest: the same question has the same answer, whatever
    order a record gives its rows in."""
    places = [{key: number for number, key in enumerate((*axis, ALL))} for axis in axes]

    def place(cell: Cell) -> list[tuple[int, str]]:
        # What another version of the program stored may stand on no axis of ours: it comes last.
        return [(known.get(key, len(known)), key) for known, key in zip(places, cell, strict=True)]

    return sorted(cells, key=place)


def _agencies_in_order(found: set[str]) -> tuple[str, ...]:
    return tuple(key for key in _agency_keys() if key in found)


@cache
def _agency_keys() -> tuple[str, ...]:
    """The agencies in the order in which they are always shown, and NOBODY."""
    from joinedup.areas import agencies

    return (*(agency.key for agency in agencies()), NOBODY)


def _most_first(tallied: Mapping[Cell, _Tally]) -> tuple[str, ...]:
    sums = {cell.theme: tally.statements for cell, tally in tallied.items() if (cell.agency, cell.period) == (ALL, ALL)}
    return tuple(sorted(sums.keys() - {ALL}, key=lambda theme: (theme == NOBODY, -sums[theme], theme)))


def _periods_in_order(found: set[str], by: Periods) -> tuple[str, ...]:
    from joinedup import frameworks

    named = sorted(found - {ALL, NOBODY}) if by == "year" else [f.id for f in frameworks.frameworks() if f.id in found]
    return (*named, *(none for none in (NOBODY, NO_VERSION) if none in found))
