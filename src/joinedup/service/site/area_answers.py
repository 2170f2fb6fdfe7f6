"""What an area's page tells beside grades: who must improve what now, what became of it, and each agency's part."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from joinedup import analysis
from joinedup.analysis.accountability_demands import demands
from joinedup.analysis.accountability_facts import Fact
from joinedup.analysis.accountability_filters import select, selection
from joinedup.areas import get_area
from joinedup.service.site.asked_fates import Answered, Numbers, answered, numbers
from joinedup.service.site.asked_links import fates
from joinedup.service.site.asking import Asking
from joinedup.service.site.choices import family_short, visit_title
from joinedup.service.site.explorer import Shown, shown
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.tallies import Number, asking_of_report
from joinedup.service.site.tallies import numbers as counted
from joinedup.service.site.wording import NOBODY, agency_title, agency_titles, report_address

if TYPE_CHECKING:
    from joinedup.analysis.accountability_facts import About
    from joinedup.areas import Area
    from joinedup.record import Record

MOST_AGAIN = 10
"""Things asked again that are shown; a long history has more, and says how many and where."""


@dataclass(frozen=True, slots=True)
class Now:
    """The latest report of one framework that asked for anything: what it asks of each agency."""

    about: About
    title: str
    address: str
    agencies: tuple[tuple[str, str, tuple[Shown, ...]], ...]
    number: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one report asked of each agency, and its praise and concern, in the order of the table's columns; None for
    one of which it says nothing."""

    about: About
    title: str
    address: str
    cells: tuple[tuple[str, tuple[Number, ...]] | None, ...]
    """Each agency's title, and how many statements of each sort there are."""
    predecessor: Area | None
    """The area that the report is on, where it is one whose place this area took."""


@dataclass(frozen=True, slots=True)
class AreaAnswers:
    """Everything that an area's page tells of who must improve what."""

    now: tuple[Now, ...]
    fates: Numbers
    again: tuple[Answered, ...]
    more_again: int
    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    query: str


def area_answers(record: Record, slug: str, *, as_at: dt.date | None = None) -> AreaAnswers:
    """The answers for one area; `as_at`: from the reports that could be read by that day. Raises UnknownAreaError."""
    return _area_answers(Kept(record), slug, as_at)


@lru_cache(maxsize=KEPT)
def _area_answers(kept: Kept, slug: str, as_at: dt.date | None) -> AreaAnswers:
    record, area = kept.record, get_area(slug)
    became = fates(record, slug, as_at=as_at)
    found = analysis.area_contributions(record, slug, as_at=as_at, fictional=area.fictional)
    every = (*found.inspections, *found.before_it)
    held = {part.key for one in every for part in one.agencies}
    columns = tuple(key for key in agency_titles() if key in held)
    return AreaAnswers(
        now=_now(record, slug, as_at, fictional=area.fictional),
        fates=numbers(became),
        again=answered(record, became, "asked_again", MOST_AGAIN),
        more_again=max(0, sum(one.fate == "asked_again" for one in became.things) - MOST_AGAIN),
        columns=tuple(map(agency_title, columns)),
        parts=tuple(_part(record, one, columns, slug) for one in every if one.agencies),
        query=Asking(area=slug, until=as_at).query(),
    )


def _now(record: Record, slug: str, as_at: dt.date | None, *, fictional: bool) -> tuple[Now, ...]:
    """The newest report of each framework that asks for anything."""
    newest: dict[str | None, str] = {}
    asked: defaultdict[str, list[Fact]] = defaultdict(list)
    for one in select(record, selection(area=slug, until=as_at, fictional=fictional)):  # newest report first
        newest.setdefault(one.about.framework, one.about.sha256)
        asked[one.about.sha256].append(one)
    return tuple(_of_report(list(demands(record, asked[sha256]))) for sha256 in newest.values())


def _of_report(demands: list[analysis.Demand]) -> Now:
    about = demands[0].report
    by_agency = {
        key: tuple(shown(one) for one in demands if key in ([each.agency for each in one.agencies] or [NOBODY]))
        for key in (*agency_titles(), NOBODY)
    }
    return Now(
        about=about,
        title=f"{visit_title(about.visit)}, {family_short(about.framework)}",
        address=report_address(about.sha256),
        agencies=tuple((key, agency_title(key), found) for key, found in by_agency.items() if found),
        number=len(demands),
    )


def _part(record: Record, one: analysis.Contribution, columns: tuple[str, ...], slug: str) -> Part:
    tallies = {part.key: part.tally for part in one.agencies}
    about = one.report
    asking = asking_of_report(record, about)

    def cell(key: str) -> tuple[str, tuple[Number, ...]] | None:
        if key not in tallies:
            return None
        return agency_title(key), counted(tallies[key], replace(asking, agency=key) if asking else None)

    return Part(
        about=about,
        title=f"{family_short(about.framework)} {visit_title(about.visit).lower()}",
        address=report_address(about.sha256),
        cells=tuple(map(cell, columns)),
        predecessor=get_area(about.area) if about.area and about.area != slug else None,
    )
