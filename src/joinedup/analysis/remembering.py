"""What was once asked of a record need not be asked again: a record is one snapshot and never changes.

Only small whole answers are remembered (the history of inspections, not the words of reports), and only for as long
as the record itself is open.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from joinedup.record import Record

T = TypeVar("T")

_answers: WeakKeyDictionary[Record, dict[Hashable, Any]] = WeakKeyDictionary()


def once(record: Record, question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to `question`, asked the first time only. `question` must tell all that the answer depends on."""
    known: dict[Hashable, T] = _answers.setdefault(record, {})
    if question not in known:
        known[question] = ask()
    return known[question]
