"""What the live service needs of a framework, beside what reports under it look like.

A framework with `[[sufficiency]]` rules can be inspected under: they say what must be there before anybody signs, each
with the plain reason that a person is shown. The words for where evidence comes from, and for the phases of an
inspection, stand here too, so that every framework and the service share one name for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

VisitKey = Literal["standard", "short", "focused", "monitoring", "reinspection"]
EvidenceSource = Literal[
    "tracked_child", "sampled_case", "practice_observed", "interview", "document", "data", "voice"
]  # fmt: skip
EVIDENCE_SOURCES: Mapping[EvidenceSource, str] = {
    "tracked_child": "Tracked child",
    "sampled_case": "Sampled case",
    "practice_observed": "Practice observed",
    "interview": "Interview",
    "document": "Document",
    "data": "Data",
    "voice": "Child's or family's voice",
}
"""Each kind of source that a piece of evidence can have, with its title, in the order in which forms list them."""

Phase = Literal["notification", "audit", "fieldwork", "drafting", "moderation", "factual_accuracy", "publication"]
PHASES: tuple[Phase, ...] = get_args(Phase)
"""The phases of an inspection that the live service plans, in their order; keys of steps of the timetable."""

SufficiencyKind = Literal[
    "finding_evidence", "finding_attributed", "agency_assessed", "concern_improved", "improvement_accountable",
    "grade_explained", "narrative_given", "combination_explained", "children_tracked", "criteria_covered",
    "good_practice_sought", "positions_agreed", "challenges_answered", "accuracy_answered",
]  # fmt: skip
"""What a sufficiency rule demands:

- `finding_evidence`: each finding rests on at least `pieces` pieces of evidence from at least `kinds` kinds of source;
- `finding_attributed`: each finding names the agencies that it is about, or asks one to put it right, unless only one
  is inspected;
- `agency_assessed`: each agency in scope has a narrative of its contribution;
- `concern_improved`: each concern becomes an improvement, or says why not;
- `improvement_accountable`: each improvement names the responsible agency, the accountable post, to whom that post
  answers, and by when;
- `grade_explained`: a grade below that of the best contribution says whose contribution lowered it;
- `narrative_given`: each judgement has a narrative, and a grade where it is graded;
- `combination_explained`: grades that depart from the framework's rules on how they combine say why;
- `children_tracked`: at least `amount` tracked children, each with the inspectors' view, and with the agencies' joint
  audit where the framework has one;
- `criteria_covered`: each criterion has at least `pieces` pieces of evidence;
- `good_practice_sought`: at least `amount` examples of good practice, or a statement that none was found;
- `positions_agreed`: each inspectorate in the inspection has recorded its position on each judgement, and none
  contests one;
- `challenges_answered`: every challenge made in moderation is answered and closed;
- `accuracy_answered`: every point that an agency made on its draft is answered.
"""


@dataclass(frozen=True, slots=True)
class Team:
    """Who may be in the team. `sector_led`: people from other areas' services sit beside inspectors, as members."""

    sector_led: bool
    sources: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Children:
    """How many children the team follows: at least `tracked` in depth, at least `sampled` more in part.

    `joint_audit`: the agencies themselves audit the tracked children together, criterion by criterion.
    """

    tracked: int
    joint_audit: bool
    sources: tuple[str, ...]
    sampled: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """One thing that must be there before sign-off. `text`: the reason shown to a person when it is not there.

    Which of `pieces`, `kinds` and `amount` a rule has goes by its `kind`; each number stands in `text` too. `visits`:
    it holds for those kinds of visit alone; for every kind where it is left out.
    """

    key: str
    kind: SufficiencyKind
    text: str
    sources: tuple[str, ...]
    pieces: int | None = None
    kinds: int | None = None
    amount: int | None = None
    visits: tuple[VisitKey, ...] = ()
