"""What is said of a statement: whom it holds responsible, whether it praises, what it is about, and which words tell.

Plain values in and out, so that this room knows nothing of how a report is read. Offsets count characters of the
statement's own text, from 0; `end` is the first character after the words. A confidence is a probability from 0 to 1,
as the model that decided gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Polarity = Literal["strength", "weakness", "mixed", "context"]
Kind = Literal["improvement", "priority_action", "strength", "finding"]
Rule = Literal["table", "named", "practice", "default"]

AGENCIES = (
    "local_authority",
    "education",
    "health",
    "police",
    "probation",
    "youth_justice",
    "courts",
    "housing",
    "voluntary",
    "partnership",
)
"""The agencies' keys, those of the contract and of `joinedup.areas`."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement to be judged, with where it stands.

    `section` is the heading (or headings, joined by " › ") above it, `lead_in` the words that introduce its list,
    `responsible` the bodies that the report's own table names for it, as printed.
    """

    text: str
    kind: Kind = "finding"
    section: str | None = None
    lead_in: str | None = None
    responsible: tuple[str, ...] = ()


class ReportTexts(NamedTuple):
    """What of a report is judged: its statements, its framework, the bodies of its addressees, each with the agency
    that the post belongs to, where it is known, and whether it is on a safeguarding board alone and on no council."""

    statements: Sequence[Statement]
    family: str | None = None
    organisations: Iterable[tuple[str, str | None]] = ()
    on_board: bool = False


class Responsibility(NamedTuple):
    """One agency held responsible. `words` decided it; `start` and `end` place them in the statement.

    `rule` says how they did: the report's own "table"; a body "named"; "practice" that only one agency does; or
    the "default": the statement itself names nobody of the agency, and the words are the heading or the lead-in that
    names it, the name of the council or partnership that the report is on as the report first prints it, or the list's
    title. Where the words stand outside the statement, `start` and `end` are None. What a board's own letters stand for
    is told behind them in brackets, and the other of two probation services after "; "; `start` and `end` place what is
    before.
    """

    agency: str
    words: str
    start: int | None
    end: int | None
    confidence: float
    rule: Rule


class Praise(NamedTuple):
    """Praise or concern: the words that told it and how sure it is.

    `words` are the statement's own that weigh most, of an item the title of its list, which decides it; context has
    none.
    """

    value: Polarity
    words: str
    confidence: float


class Theme(NamedTuple):
    """One theme of the taxonomy (its key), the words that speak for it and how sure it is."""

    key: str
    words: str
    start: int | None
    end: int | None
    confidence: float


class Attribution(NamedTuple):
    """All that is said of one statement. `agencies` is empty for context that holds nobody to anything."""

    agencies: tuple[Responsibility, ...]
    polarity: Praise
    themes: tuple[Theme, ...]
