"""What became of each thing that inspections of an area asked for: asked again, praised since, dropped, not looked at.

`link` does the linking over plain statements; `what_became` and `asked_again` read an area's statements from the
record. An earlier improvement or priority action is paired with statements of later reports on the same area, of any
framework: with what they ask for (asked again), and with the sentences of their strengths and main text that are on
the same thing (praised, or looked at and neither praised nor asked). What a person says of two statements goes before
that. How two wordings are compared, and how well that works, is told in `docs/explanation/asked-again.md`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from joinedup.analysis.asked_again_fates import Fate, answerable, fate, times_asked_again
from joinedup.analysis.asked_again_pairs import Pair, Statement, between
from joinedup.analysis.asked_again_said import NOTHING_SAID, SAID, Said, said
from joinedup.analysis.remembering import once
from joinedup.analysis.tables import Tabular
from joinedup.record.choices import check_days

if TYPE_CHECKING:
    from joinedup.record import Record

REMEMBERED = 24
"""What became of so many areas' things is kept with a record: there is an answer for every day."""

# A statement's columns stand in the order of Statement's fields.
_STATEMENTS = """
    SELECT r.area, f.id, f.report, coalesce(r.start_date, r.end_date, r.published) AS day, f.kind, f.text, f.page,
        r.framework, f.section, f.lead_in, f.polarity, f.ordinal
    FROM findings AS f JOIN reports AS r ON r.sha256 = f.report
    WHERE r.area IS NOT NULL AND coalesce(r.start_date, r.end_date, r.published) IS NOT NULL
        AND ($as_at IS NULL OR coalesce(r.published, r.end_date, r.start_date) <= $as_at)
        AND coalesce(r.replaced > $as_at, r.replaced IS NULL)
"""
_OF_AREAS = """
    SELECT * EXCLUDE (ordinal) FROM every WHERE list_contains($areas, area) ORDER BY area, day, report, ordinal
"""
_BESIDE = "SELECT * EXCLUDE (ordinal) FROM every WHERE area IN (SELECT area FROM every WHERE id = $id) ORDER BY ordinal"
# Every statement has an id of its own, so that no two rows are equal and take each other's place in the sum.
_DIGESTS = """
    SELECT area, CAST(sum(mark) AS VARCHAR) AS digest FROM (
        SELECT area, report, hash(every) AS mark FROM every
        UNION ALL
        SELECT e.area, NULL, hash(said) FROM said JOIN every AS e ON e.id = said.earlier
    ) GROUP BY area HAVING count(DISTINCT report) > 1
"""


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one thing asked for. `fate` is as the latest report has it that looked at the thing at all."""

    asked: Statement
    fate: Fate
    pairs: tuple[Pair, ...]

    @property
    def times_asked_again(self) -> int:
        """In how many later reports it was asked for again."""
        return times_asked_again(self.pairs)


@dataclass(frozen=True, slots=True)
class WhatBecame(Tabular):
    """Every thing asked for in an area's reports that a later report could answer, oldest first.

    `newly_asked` are the things that a later report asked for and no earlier one had. `asked` is everything asked for,
    that of the latest report too; `reports` the SHA-256 and the day of each report that says anything, oldest first.
    """

    things: tuple[Became, ...]
    newly_asked: tuple[Statement, ...]
    asked: tuple[Statement, ...]
    reports: tuple[tuple[str, dt.date], ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair, in the order of the things."""
        return tuple(pair for thing in self.things for pair in thing.pairs)

    def count(self, fate: Fate) -> int:
        """How many things had this fate."""
        return sum(thing.fate == fate for thing in self.things)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return _COLUMNS

    def rows(self) -> list[dict[str, Any]]:
        """One row a pair, and one for each thing without any."""
        return [_row(thing, pair) for thing in self.things for pair in thing.pairs or (None,)]

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        return {
            "things": [
                {
                    "asked": _statement(thing.asked),
                    "fate": thing.fate,
                    "times_asked_again": thing.times_asked_again,
                    "pairs": [_pair(pair) for pair in thing.pairs],
                }
                for thing in self.things
            ],
            "newly_asked": [_statement(one) for one in self.newly_asked],
        }


def asked_again(record: Record, area: str, *, as_at: dt.date | None = None) -> tuple[Pair, ...]:
    """Every pair of `area` (a slug) that asks again or praises, of reports that could be read by `as_at`."""
    return tuple(pair for pair in what_became(record, area, as_at=as_at).pairs if pair.relation != "looked_at")


def what_became(record: Record, area: str, *, as_at: dt.date | None = None) -> WhatBecame:
    """What became of each thing that the record's reports on `area` (a slug) asked for.

    Reports on the area's predecessors are not joined to it. `as_at` leaves out reports published later. A report that
    prints no day at all cannot be put in order and is left out. Raises UnknownAreaError.
    """
    from joinedup.areas import get_area

    check_days(as_at=as_at)
    area = get_area(area).slug
    asked = ("what_became", area, as_at)

    def ask() -> WhatBecame:
        return dict(each_became(record, [area], as_at=as_at)).get(area) or link(())

    return once(record, asked, ask, most=REMEMBERED)


def each_became(
    record: Record, areas: Iterable[str], *, as_at: dt.date | None = None
) -> Iterator[tuple[str, WhatBecame]]:
    """`what_became` of several areas, one after the other; those without any statement are left out."""
    from joinedup.record import Steps

    steps = Steps().step("every", _STATEMENTS).step("found", _OF_AREAS)
    rows = chain.from_iterable(record.stream(steps, areas=list(areas), as_at=as_at))
    spoken = said(record)
    for area, told in groupby(rows, key=itemgetter(0)):
        yield area, link((Statement(*row[1:]) for row in told), spoken)


def beside(record: Record, statement: str) -> tuple[Statement, ...]:
    """Every statement on the area on which one (its id) is, with it; none where it is on no area."""
    from joinedup.record import Steps

    steps = Steps().step("every", _STATEMENTS).step("found", _BESIDE)
    rows = chain.from_iterable(record.stream(steps, id=statement, as_at=None))
    return tuple(Statement(*row[1:]) for row in rows)


def digests(record: Record) -> Mapping[str, str]:
    """For each area (slug) with two reports or more, a digest of all that `what_became` answers from.

    Where it is the same in two snapshots, so is the answer; the other areas' statements are none of its business.
    """

    def ask() -> dict[str, str]:
        from joinedup.record import Steps

        steps = Steps().step("every", _STATEMENTS).step("said", SAID).step("found", _DIGESTS)
        return {row["area"]: row["digest"] for row in record.ask(steps, as_at=None).rows}

    return once(record, "asked_again_digests", ask)


def link(statements: Iterable[Statement], spoken: Said = NOTHING_SAID) -> WhatBecame:
    """Pair what was asked for with later statements on the same thing.

    `statements` are of one area, in any order. Only a report of a later day can answer an earlier one. `spoken` is what
    people say of two statements, which no comparing of words decides then.
    """
    reports = _in_order(statements)
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for at, later in enumerate(reports[1:], start=1):
        earlier = [one for report in reports[:at] if report[0].day < later[0].day for one in report if one.asks]
        if earlier:
            for pair in between(earlier, later, spoken):
                found[pair.earlier.id].append(pair)
    last = max((report[0].day for report in reports), default=dt.date.min)
    every = [one for report in reports for one in report if one.asks]
    things, newly_asked = answerable([(one, found[one.id]) for one in every], last)
    return WhatBecame(
        things=tuple(Became(one, fate(pairs), tuple(pairs)) for one, pairs in things),
        newly_asked=tuple(newly_asked),
        asked=tuple(every),
        reports=tuple((report[0].report, report[0].day) for report in reports),
    )


def _in_order(statements: Iterable[Statement]) -> list[list[Statement]]:
    grouped: defaultdict[tuple[dt.date, str], list[Statement]] = defaultdict(list)
    for one in statements:
        grouped[one.day, one.report].append(one)
    return [grouped[key] for key in sorted(grouped)]


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "id": one.id,
        "report": one.report,
        "day": one.day.isoformat(),
        "framework": one.framework,
        "kind": one.kind,
        "lead_in": one.lead_in,
        "text": one.text,
        "page": one.page,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "relation": pair.relation,
        "later": _statement(pair.later),
        "words": pair.words,
        "score": round(pair.score, 3),
        "sure": round(pair.sure, 3),
        "how_sure": pair.how_sure,
        "shared": list(pair.shared),
    }


_COLUMNS = (
    "asked_id", "asked_report", "asked_day", "asked_page", "asked_lead_in", "asked_text", "fate", "relation",
    "later_id", "later_report", "later_day", "later_page", "later_lead_in", "later_words", "score", "sure", "how_sure",
    "shared",
)  # fmt: skip


def _row(thing: Became, pair: Pair | None) -> dict[str, Any]:
    asked = thing.asked
    return {
        "asked_id": asked.id,
        "asked_report": asked.report,
        "asked_day": asked.day,
        "asked_page": asked.page,
        "asked_lead_in": asked.lead_in,
        "asked_text": asked.text,
        "fate": thing.fate,
        "relation": pair.relation if pair else None,
        "later_id": pair.later.id if pair else None,
        "later_report": pair.later.report if pair else None,
        "later_day": pair.later.day if pair else None,
        "later_page": pair.later.page if pair else None,
        "later_lead_in": pair.later.lead_in if pair else None,
        "later_words": pair.words if pair else None,
        "score": round(pair.score, 3) if pair else None,
        "sure": round(pair.sure, 3) if pair else None,
        "how_sure": pair.how_sure if pair else None,
        "shared": ", ".join(pair.shared) if pair else None,
    }
