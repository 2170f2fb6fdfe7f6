"""What was corrected, by report and by statement: asked once of a record, for every answer that shows what is right.

Corrections are few and are wanted with every report, so all of them are kept together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinedup.analysis.remembering import once
from joinedup.record.schema import CONFIRMED, GRADE, SAME, SPOKEN

if TYPE_CHECKING:
    from joinedup.record import Correction, Record

OF_VISITS = ("area", "framework", "visit", "start_date", "end_date", "published", "theme")
"""The fields of a report that tell of the inspection or visit which it is on, beside the grades."""

SHOWN = ("field", "old", "new", "corrected_at", "reason")
"""What is told of a correction beside the thing that it is of."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Every correction, oldest first: by its report (the sha256), and those that stand by their statement's id, apart
    from those by which somebody confirmed what was read. `of_links` are those of whether a later statement is on the
    same thing, which tell of two statements and not of one; with those that confirm what the program tells."""

    every: tuple[Correction, ...]
    by_report: dict[str, list[Correction]]
    by_statement: dict[str, list[Correction]]
    of_links: dict[str, list[Correction]]
    confirmed: dict[str, list[Correction]]

    def of_grade(self, report: str, key: str) -> list[Correction]:
        """Those that stand of the grade of one judgement."""
        return [one for one in self._of_itself(report) if one.field == f"{GRADE}{key}"]

    def of_fields(self, report: str) -> list[Correction]:
        """Those that stand of the report's own fields: neither of a statement nor of a grade."""
        return [one for one in self._of_itself(report) if not one.field.startswith(GRADE)]

    def of_visit(self, report: str) -> list[Correction]:
        """Those that stand of what a report tells of its inspection or visit: its grades and OF_VISITS."""
        return [one for one in self._of_itself(report) if one.field.startswith(GRADE) or one.field in OF_VISITS]

    def _of_itself(self, report: str) -> list[Correction]:
        return [one for one in self.by_report.get(report, ()) if one.standing == "standing" and one.words is None]


def corrected(record: Record) -> Corrected:
    """Everything that was corrected."""
    from joinedup.record.corrected import by_statement, corrections

    def ask() -> Corrected:
        every = corrections(record)
        reports: defaultdict[str, list[Correction]] = defaultdict(list)
        for one in every:
            reports[one.report].append(one)
        links = [one for one in every if one.field.startswith(SAME)]
        own = [one for one in every if not one.field.startswith(SAME)]
        confirmed = by_statement(own, (CONFIRMED,))
        return Corrected(every, dict(reports), by_statement(own), by_statement(links, SPOKEN), confirmed)

    return once(record, "corrected", ask)


def in_plain(given: Iterable[Correction]) -> list[dict[str, Any]]:
    """Corrections as plain values, as an answer has them beside what is right: the field, what was read (`old`), what
    is right (`new`), when (UTC, as ISO text) and why. Who says so is not given out."""
    every = (one.to_json() for one in given)
    return [{name: one[name] for name in SHOWN} for one in every]
