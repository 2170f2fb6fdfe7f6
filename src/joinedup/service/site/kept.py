"""Answers kept in the process for the record's snapshot, so that a walk through pages asks the same thing once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from joinedup.record import Record

KEPT = 64
"""Answers of one kind kept in each process: about as many as a walk through all the years takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A record as part of a kept answer's key: two of the same snapshot are the same."""

    record: Record

    def __hash__(self) -> int:
        return hash(self.record.snapshot)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and other.record.snapshot == self.record.snapshot
