"""What an inspection framework is, as plain values: the shape of every file in `files/`.

A field here is a key in the TOML file, and nothing else may stand there (`strict.py` reads one from the other). Where
a table repeats (`[[judgements]]`) the field is a tuple. Every table of facts names its `sources`, keys of
`[[sources]]` in the same file, so that a reader can see how far each fact can be trusted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from joinedup.frameworks.live import PHASES, Children, Sufficiency, Team, VisitKey

Status = Literal["in force", "ended", "proposed", "ours"]
"""`proposed`: an inspectorate proposed it and it never ran. `ours`: written for this system, adopted by nobody yet, so
no published report was ever made under it."""
CountedBy = Literal["inspection_start", "publication"]
"""By which date of an inspection a count "on a day" takes it in."""
Confidence = Literal["law", "framework", "observed", "secondary", "memory", "ours"]
"""How a fact is known: legislation; the inspectorates' own document or page; what their published reports and
outcomes files show; somebody else's page about it (press, a council's guide); memory, still to be checked. What is
`ours` is no fact about anybody's practice but a choice of our own, with its reason in docs/decisions."""
Scope = Literal["always", "by_theme", "where_relevant"]
Unit = Literal["working_days", "calendar_days", "months"]
Anchor = Literal["notification", "fieldwork_start", "fieldwork_end", "report", "publication", "visit", "statement"]
"""The day from which an offset counts; it is day 0. `report`: the day its subject receives it. `visit`: the last
inspection or visit. `statement`: the day the plan or statement was due."""
FollowUpKind = Literal["publish", "statement", "plan", "visit", "inspection"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. `url` is missing only where it was observed in published files, is memory or ours."""

    key: str
    title: str
    confidence: Confidence
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade. The file lists grades best first. `printed`: every form met in print, normalised."""

    key: str
    title: str
    printed: tuple[str, ...]
    sources: tuple[str, ...]
    means: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement that an inspection gives.

    `title` is as printed; `headings` are the other forms met in print, normalised (`words.normalise`). `parent` is the
    judgement of which this one is a part. `optional`: some inspections leave it out, and `note` says when.
    """

    key: str
    title: str
    sources: tuple[str, ...]
    headings: tuple[str, ...] = ()
    graded: bool = True
    parent: str | None = None
    optional: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One head under which inspectors evaluate. `graded`: reports print a grade for it too; no series keeps it."""

    key: str
    title: str
    sources: tuple[str, ...]
    judgement: str | None = None
    graded: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the outcomes that a framework gives instead of grades. `phrases`: words that state it, normalised."""

    key: str
    title: str
    phrases: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyScope:
    """An agency (by its key) whose part is inspected, and whether always."""

    key: str
    scope: Scope
    sources: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class InspectorateScope:
    """An inspectorate (by its key) that takes part, and whether always."""

    key: str
    role: Literal["lead", "member"]
    joins: Scope
    sources: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One kind of inspection or visit. `labels`: its names in the official files; `graded`: it gives grades."""

    key: VisitKey
    title: str
    graded: bool
    sources: tuple[str, ...]
    labels: tuple[str, ...] = ()
    team: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before inspectors arrive their coming is announced; 0 working days is none."""

    working_days: int
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One phase of the timetable: from `start` to `end` units after `anchor`, both days included.

    `visit` is missing where it holds for every kind. `approximate`: a usual figure, not a fixed one.
    """

    key: str
    title: str
    anchor: Anchor
    start: int
    unit: Unit
    sources: tuple[str, ...]
    end: int | None = None
    visit: VisitKey | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Any, or all, of some judgements stand at a grade, at it or better, or at it or worse."""

    judgements: tuple[str, ...]
    which: Literal["any", "all"]
    stands: Literal["at", "at_or_better", "at_or_worse"]
    grade: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A judgement stands at most `steps` grades above the worst of others."""

    judgement: str
    of: tuple[str, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """In how many published inspections the rule could be tried, and held. `visit`: only those of that kind."""

    applies: int
    held: int
    sources: tuple[str, ...]
    visit: VisitKey | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """How grades combine: either `when` … `then`, or a `ceiling`."""

    key: str
    text: str
    sources: tuple[str, ...]
    when: Clause | None = None
    then: Clause | None = None
    ceiling: Ceiling | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class After:
    """What brings a follow-up about: everything given must hold; nothing given means every inspection."""

    visits: tuple[VisitKey, ...] = ()
    judgement: str | None = None
    grades: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    priority_action: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """By when, as a number only: `joinedup.areas` knows which days are working days."""

    amount: int
    unit: Unit
    anchor: Anchor
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What follows an inspection, who owes it, and by when. `by`: an agency's or inspectorate's key, or words."""

    key: str
    title: str
    kind: FollowUpKind
    by: str
    after: After
    sources: tuple[str, ...]
    within: Within | None = None
    visit: VisitKey | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme or deep dive of a joint inspection, with the inspections seen so far.

    `first` and `last` are the first and last month (its first day) in which fieldwork on it is known to have begun;
    `last` is missing while the series runs. `phrases`: words that name it in print, normalised. `inspectorates` and
    `agencies` are those that the theme adds.
    """

    key: str
    title: str
    first: dt.date
    phrases: tuple[str, ...]
    sources: tuple[str, ...]
    last: dt.date | None = None
    kind: Literal["front_door", "deep_dive", "thematic"] = "thematic"
    inspectorates: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of a focused or monitoring visit. `labels`: its names in the official files."""

    key: str
    title: str
    sources: tuple[str, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing that no other table holds."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """One inspection framework, in one version.

    Each is loaded once, so it is equal only to itself, and what is derived from it is quick to look up.

    `id` is the file's name: `family`, or `family-version`. An inspection belongs to the version in whose
    `valid_from`…`valid_to` (both included) its first day of fieldwork lies; a framework that was only proposed has
    neither date, nor has one of ours. `based_on` names the sources of the title and dates. `counted_by` follows
    Ofsted's own series where there is one, and is our choice elsewhere. What the live service alone needs stands last
    (`team`, `children`, `sufficiency`; see `live.py`).
    """

    id: str
    family: str
    version: str
    title: str
    status: Status
    counted_by: CountedBy
    based_on: tuple[str, ...]
    sources: tuple[Source, ...]
    agencies: tuple[AgencyScope, ...]
    inspectorates: tuple[InspectorateScope, ...]
    visits: tuple[Visit, ...]
    notice: Notice
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    grades: tuple[Grade, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    timetable: tuple[Step, ...] = ()
    rules: tuple[Rule, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    themes: tuple[Theme, ...] = ()
    topics: tuple[Topic, ...] = ()
    notes: tuple[Note, ...] = ()
    team: Team | None = None
    children: Children | None = None
    sufficiency: tuple[Sufficiency, ...] = ()

    @property
    def runnable(self) -> bool:
        """Whether an inspection can be planned under it: it says what must be there before anybody signs."""
        return bool(self.sufficiency)

    def demands(self, visit: VisitKey) -> tuple[Sufficiency, ...]:
        """The sufficiency rules that hold for one kind of visit; none where that kind cannot be run live."""
        return tuple(rule for rule in self.sufficiency if not rule.visits or visit in rule.visits)

    @property
    def sector_led(self) -> bool:
        """Whether sector-led members may sit beside inspectors; not, where the file has no `[team]`."""
        return self.team is not None and self.team.sector_led

    @property
    def lead(self) -> InspectorateScope:
        """The one inspectorate that leads."""
        return next(inspectorate for inspectorate in self.inspectorates if inspectorate.role == "lead")

    def phases(self, visit: VisitKey) -> tuple[Step, ...]:
        """The steps of the timetable for one kind of visit, those of `live.PHASES` first and in that order.

        A step for that visit alone stands in place of one of the same key for all.
        """
        chosen = {step.key: step for step in self.timetable if step.visit is None}
        chosen |= {step.key: step for step in self.timetable if step.visit == visit}
        order: list[str] = [*PHASES, *(key for key in chosen if key not in PHASES)]
        return tuple(chosen[key] for key in order if key in chosen)

    def covers(self, day: dt.date) -> bool:
        """Whether an inspection whose fieldwork began on `day` was made under this version."""
        if self.valid_from is None:
            return False
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def judgement(self, key: str) -> Judgement:
        """The judgement with that key; KeyError where there is none."""
        for judgement in self.judgements:
            if judgement.key == key:
                return judgement
        raise KeyError(key)

    def source(self, key: str) -> Source:
        """The source with that key; KeyError where there is none."""
        for source in self.sources:
            if source.key == key:
                return source
        raise KeyError(key)
