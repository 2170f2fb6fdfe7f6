"""What must be there before an inspection is moderated, checked by the agencies, and signed: the framework's own rules.

Pure: `problems(snapshot)` looks at plain values (`content.snapshot` gathers them) and answers with everything that is
missing, each with a reason that names the thing and the page that would satisfy it. Nothing here knows a framework by
name; which rules hold, and their numbers, stand in the framework's file. Each kind of rule has one function in
`sufficiency_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from joinedup.frameworks import Framework, Sufficiency, VisitKey


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """A finding that stands. `sources` has the kind of source of each piece of evidence that it rests on.

    `about` says whether it is known which agencies it is about: it names them, asks one to put it right, or only one is
    inspected.
    """

    number: int
    concern: bool
    example: bool
    criterion: str
    judgement: str
    sources: tuple[str, ...]
    asks: int
    asks_nothing: bool
    about: bool


@dataclass(frozen=True, slots=True)
class ImprovementSeen:
    """An improvement that is asked for, and which of what it must name it names."""

    number: int
    agency: bool
    post: bool
    answers_to: bool
    due: bool


@dataclass(frozen=True, slots=True)
class ContributionSeen:
    """What is written of one agency's part."""

    narrative: bool
    grade: str
    not_assessed: bool


@dataclass(frozen=True, slots=True)
class JudgementSeen:
    """What is written of one judgement."""

    narrative: bool
    grade: str
    lowered_by: tuple[str, ...]
    departs: bool


@dataclass(frozen=True, slots=True)
class PositionSeen:
    """Where an inspectorate (its id) stands; `current`: on the judgement as it reads now."""

    judgement: str
    inspectorate: int
    stance: str
    current: bool


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """A tracked child, and the (criterion, side) pairs under which there is a view of the help it had."""

    reference: str
    views: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ChallengeSeen:
    """A challenge of moderation."""

    number: int
    answered: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class PointSeen:
    """A point that an agency (its organisation's name) made on its draft."""

    party: int
    organisation: str
    number: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of an inspection that its rules look at.

    `agencies` are the keys of those in scope; `inspectorates` (id, name); `coverage` counts for each criterion the
    pieces of evidence that were not withdrawn.
    """

    framework: Framework
    visit: VisitKey
    agencies: tuple[str, ...] = ()
    inspectorates: tuple[tuple[int, str], ...] = ()
    coverage: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[FindingSeen, ...] = ()
    improvements: tuple[ImprovementSeen, ...] = ()
    contributions: Mapping[str, ContributionSeen] = field(default_factory=dict)
    judgements: Mapping[str, JudgementSeen] = field(default_factory=dict)
    positions: tuple[PositionSeen, ...] = ()
    children: tuple[ChildSeen, ...] = ()
    challenges: tuple[ChallengeSeen, ...] = ()
    points: tuple[PointSeen, ...] = ()
    none_found: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is missing: by which rule, why in plain words, and where it can be put right.

    `page` and `args` are an address's name and what follows the inspection's reference in it; `thing` is what it is
    about, in the words of challenges ("finding 3"), empty for the inspection as a whole.
    """

    rule: Sufficiency
    reason: str
    page: str
    args: tuple[int | str, ...] = ()
    thing: str = ""


LATER: Mapping[str, frozenset[str]] = {
    "to_moderation": frozenset({"challenges_answered", "accuracy_answered"}),
    "to_accuracy": frozenset({"accuracy_answered"}),
    "to_signing": frozenset(),
}
"""Event of an inspection's life -> the kinds of rules that need not hold yet for it: what they ask for comes later."""


def problems(snapshot: Snapshot, *, without: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Everything that is missing, in the order of the framework's rules; `without` leaves kinds of rules out."""
    from joinedup.service.inspections.sufficiency_rules import RULES

    left_out = frozenset(without)
    return tuple(
        problem
        for rule in snapshot.framework.demands(snapshot.visit)
        if rule.kind not in left_out
        for problem in RULES[rule.kind](snapshot, rule)
    )
