"""What was once asked of a record need not be asked again: a record is one snapshot and never changes.

An answer is remembered for as long as the record itself is open. Where there are as many questions as there are days,
areas or reports to ask about, only the latest answers are (`most`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from joinedup.record import Record

T = TypeVar("T")

_answers: WeakKeyDictionary[Record, dict[Hashable, Any]] = WeakKeyDictionary()
_lock = Lock()


def once(record: Record, question: Hashable, ask: Callable[[], T], *, most: int | None = None) -> T:
    """The answer to `question`, asked the first time only. `question` must tell all that the answer depends on.

    `most`: how many answers to questions of the same kind (a tuple's first word) are kept, the latest asked first.
    """
    known: dict[Hashable, Any] = _answers.setdefault(record, {})
    with _lock:
        if question in known:
            # Taken out and put back at the end, so that the first is the one longest unasked.
            answer: T = known.pop(question)
            known[question] = answer
            return answer
    answer = ask()
    with _lock:
        known[question] = answer
        if most is not None:
            alike = [other for other in known if _kind(other) == _kind(question)]
            for oldest in alike[: max(0, len(alike) - most)]:
                del known[oldest]
    return answer


def _kind(question: Hashable) -> Hashable:
    return question[0] if isinstance(question, tuple) else question
