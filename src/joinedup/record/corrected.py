"""What was corrected: every correction, with how it stands, as the table `corrections` has it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinedup.record.steps import Steps

if TYPE_CHECKING:
    from joinedup.record.gate import Record


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction, as the table `corrections` has it."""

    id: str
    report: str
    page: int | None
    words: str | None
    field: str
    old: str | None
    new: str | None
    corrected_by: str
    corrected_at: dt.datetime
    reason: str
    confirmed: bool = False
    statements: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    standing: str = "standing"

    @property
    def of(self) -> tuple[str, int | None, str | None, str]:
        """What it is of (report, page, words, field): a later one of the same replaces it."""
        return self.report, self.page, self.words, self.field

    def to_json(self) -> dict[str, Any]:
        """Plain values; the moment as ISO text in UTC."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {
            "corrected_at": self.corrected_at.isoformat(timespec="seconds") + "Z",
            "statements": list(self.statements),
            "later": list(self.later),
        }


def corrections(record: Record, *, report: str | None = None) -> tuple[Correction, ...]:
    """Every correction, oldest first, replaced and lost ones included; `report` restricts to one (its sha256, or how
    that begins, in any case)."""
    steps = Steps().step(
        "given",
        "SELECT * FROM corrections WHERE $report IS NULL OR starts_with(report, lower($report)) "
        "ORDER BY corrected_at, id",
    )
    rows = record.ask(steps, report=report).rows
    return tuple(map(_correction, rows))


def _correction(row: dict[str, Any]) -> Correction:
    several = {name: tuple(row[name] or ()) for name in ("statements", "later")}
    return Correction(**{**{name: row[name] for name in Correction.__slots__}, **several})


def by_statement(given: Iterable[Correction], standings: Sequence[str] = ("standing",)) -> dict[str, list[Correction]]:
    """The corrections that stand, or stand in one of these ways, by the id of each statement that they are of."""
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for one in given:
        for statement in one.statements if one.standing in standings else ():
            found[statement].append(one)
    return dict(found)


def replaced(record: Record, made: Correction) -> Correction | None:
    """The correction whose place one has taken, whether it stood or was taken back; None where it is the first."""
    alike = [one for one in corrections(record, report=made.report) if one.of == made.of]
    place = next(number for number, one in enumerate(alike) if one.id == made.id)
    return alike[place - 1] if place else None
