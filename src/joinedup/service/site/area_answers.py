"""What an area's page tells beside grades: who must improve what now, what was asked again, and each agency's part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from joinedup import analysis
from joinedup.analysis.asked_again import Became, Pair, what_became
from joinedup.areas import get_area
from joinedup.service.site.asking import Asking
from joinedup.service.site.choices import family_short, visit_title
from joinedup.service.site.explorer import Shown, shown
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.wording import NOBODY, agency_title, agency_titles, report_address, words_address

if TYPE_CHECKING:
    from joinedup.analysis.accountability_facts import About
    from joinedup.record import Record

MOST_AGAIN = 10
"""Things asked again that are shown; a long history has more, and says how many."""


@dataclass(frozen=True, slots=True)
class Now:
    """The latest report of one framework that asked for anything: what it asks of each agency."""

    about: About
    title: str
    address: str
    agencies: tuple[tuple[str, str, tuple[Shown, ...]], ...]
    number: int


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of something asked for: its words, and where it stands."""

    words: str
    address: str
    when: str


@dataclass(frozen=True, slots=True)
class Again:
    """One thing asked for and asked for again: the first wording, and each later one with how sure the link is."""

    first: Wording
    later: tuple[tuple[Wording, str], ...]
    times: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one report asked of each agency and praised in it, in the order of the table's columns."""

    about: About
    title: str
    address: str
    cells: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class AreaAnswers:
    """Everything that an area's page tells of who must improve what."""

    now: tuple[Now, ...]
    again: tuple[Again, ...]
    more_again: int
    praised_since: int
    dropped: int
    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    query: str


def area_answers(record: Record, slug: str) -> AreaAnswers:
    """The answers for one area. Raises UnknownAreaError."""
    return _area_answers(Kept(record), slug)


@lru_cache(maxsize=KEPT)
def _area_answers(kept: Kept, slug: str) -> AreaAnswers:
    record, area = kept.record, get_area(slug)
    became = what_became(record, slug)
    again = sorted((one for one in became.things if one.fate == "asked_again"), key=_latest, reverse=True)
    found = analysis.area_contributions(record, slug, fictional=area.fictional)
    every = (*found.inspections, *found.before_it)
    held = {part.key for one in every for part in one.agencies}
    columns = tuple(key for key in agency_titles() if key in held)
    return AreaAnswers(
        now=_now(record, slug, fictional=area.fictional),
        again=tuple(map(_again, again[:MOST_AGAIN])),
        more_again=max(0, len(again) - MOST_AGAIN),
        praised_since=became.count("now_praised"),
        dropped=became.count("dropped"),
        columns=tuple(map(agency_title, columns)),
        parts=tuple(_part(one, columns) for one in every if one.agencies),
        query=Asking(area=slug).query(),
    )


def _now(record: Record, slug: str, *, fictional: bool) -> tuple[Now, ...]:
    """The newest report of each framework that asks for anything."""
    asked = analysis.accountability(record, area=slug, fictional=fictional, limit=None)
    newest: dict[str | None, str] = {}
    for one in asked.demands:  # newest report first
        newest.setdefault(one.report.framework, one.report.sha256)
    return tuple(
        _of_report([one for one in asked.demands if one.report.sha256 == sha256]) for sha256 in newest.values()
    )


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


def _latest(thing: Became) -> tuple[object, ...]:
    return (max(pair.later.day for pair in _askings(thing)), thing.times_asked_again)


def _askings(thing: Became) -> list[Pair]:
    return [pair for pair in thing.pairs if pair.relation == "asked_again"]


def _again(thing: Became) -> Again:
    first = thing.asked
    return Again(
        first=_wording(first.report, first.page, first.text, first.framework, str(first.day.year)),
        later=tuple(
            (
                _wording(
                    pair.later.report, pair.later.page, pair.later.text, pair.later.framework, str(pair.later.day.year)
                ),
                pair.how_sure,
            )
            for pair in _askings(thing)
        ),
        times=thing.times_asked_again,
    )


def _wording(report: str, page: int, text: str, framework: str | None, year: str) -> Wording:
    return Wording(text, words_address(report, page, text), f"{family_short(framework)} {year}".strip())


def _part(one: analysis.Contribution, columns: tuple[str, ...]) -> Part:
    tallies = {part.key: part.tally for part in one.agencies}
    about = one.report
    return Part(
        about=about,
        title=f"{family_short(about.framework)} {visit_title(about.visit).lower()}",
        address=report_address(about.sha256),
        cells=tuple((tallies[key].asked, tallies[key].praised) if key in tallies else None for key in columns),
    )
