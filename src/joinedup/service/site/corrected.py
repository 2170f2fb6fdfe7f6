"""What was corrected, by report and by statement: asked once of a snapshot, for the pages and the API alike.

Corrections are few and are wanted with every report, so all of them are kept together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from joinedup.record import Correction, corrections
from joinedup.record.applying import GRADE
from joinedup.record.corrected import by_statement
from joinedup.service.site.kept import Kept

if TYPE_CHECKING:
    from joinedup.record import Record


@dataclass(frozen=True, slots=True)
class Corrected:
    """Every correction, oldest first: by its report (the sha256), and those that stand by their statement's id."""

    every: tuple[Correction, ...]
    by_report: dict[str, list[Correction]]
    by_statement: dict[str, list[Correction]]

    def of_grade(self, report: str, key: str) -> list[Correction]:
        """Those that stand of the grade of one judgement."""
        return [one for one in self._of_itself(report) if one.field == f"{GRADE}{key}"]

    def of_fields(self, report: str) -> list[Correction]:
        """Those that stand of the report's own fields: neither of a statement nor of a grade."""
        return [one for one in self._of_itself(report) if not one.field.startswith(GRADE)]

    def _of_itself(self, report: str) -> list[Correction]:
        return [one for one in self.by_report.get(report, ()) if one.standing == "standing" and one.words is None]


def corrected(record: Record) -> Corrected:
    """Everything that was corrected."""
    return _corrected(Kept(record))


@lru_cache(maxsize=2)
def _corrected(kept: Kept) -> Corrected:
    every = corrections(kept.record)
    reports: defaultdict[str, list[Correction]] = defaultdict(list)
    for one in every:
        reports[one.report].append(one)
    return Corrected(every, dict(reports), by_statement(every))
