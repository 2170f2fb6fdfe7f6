"""Everything that a published inspection says, as plain values: the one content that every document is made from.

Whoever keeps the inspection fills an `InspectionReport` once; report, web page, letters, drafts and summaries are made
from it and nothing is typed twice. Texts are the team's own words, paragraphs parted by empty lines; how they are
printed is for `own_form.plain_words` to say. What cannot be (a judgement that the framework does not have, an
improvement from no finding) is refused with `ContentError` when the value is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from joinedup.areas import Area, get_agency, get_area, get_inspectorate
from joinedup.documents.errors import ContentError
from joinedup.errors import NotFoundError
from joinedup.frameworks import EVIDENCE_SOURCES, Framework, VisitKey, get_framework

Tendency = Literal["praise", "concern"]


def _demand(holds: bool, words: str) -> None:
    if not holds:
        raise ContentError(words)


def _agencies(keys: Iterable[str]) -> None:
    try:
        for key in keys:
            get_agency(key)
    except NotFoundError as error:
        raise ContentError(str(error)) from error


@dataclass(frozen=True, slots=True)
class About:
    """Which inspection: an area under a framework, when, and who inspects.

    `framework` is the id of a version, `area` a slug, `lead` and `others` keys of inspectorates, `theme` the theme's
    title. `lead_inspector` is the only person whom a published document names. `fictional` marks every page of every
    document.
    """

    framework: str
    area: str
    reference: str
    start: dt.date
    end: dt.date
    lead: str
    visit: VisitKey = "standard"
    others: tuple[str, ...] = ()
    lead_inspector: str | None = None
    theme: str | None = None
    fictional: bool = False

    def __post_init__(self) -> None:
        try:
            visits = [each.key for each in get_framework(self.framework).visits]
            area = get_area(self.area)
            for key in (self.lead, *self.others):
                get_inspectorate(key)
        except NotFoundError as error:
            raise ContentError(str(error)) from error
        _demand(self.visit in visits, f"{self.framework} knows no visit {self.visit!r}; it has {', '.join(visits)}")
        _demand(self.start <= self.end, "the fieldwork ends before it starts")
        _demand(self.lead not in self.others, "the lead inspectorate is not one of the others")
        _demand(len(set(self.others)) == len(self.others), "an inspectorate is named twice")
        _demand(self.fictional or not area.fictional, f"{area.name} does not exist: mark the inspection as fictional")
        _demand(bool(self.reference.strip()), "an inspection has a reference")

    @property
    def rules(self) -> Framework:
        """The framework inspected under."""
        return get_framework(self.framework)

    @property
    def place(self) -> Area:
        """The area inspected."""
        return get_area(self.area)


@dataclass(frozen=True, slots=True)
class TeamPart:
    """How many people of one body had one role in the team ("Inspector", "CQC", 3)."""

    role: str
    body: str
    people: int


@dataclass(frozen=True, slots=True)
class EvidenceBase:
    """The evidence in numbers: pieces by kind of source, agency and criterion (keys), and children followed."""

    by_source: tuple[tuple[str, int], ...] = ()
    by_agency: tuple[tuple[str, int], ...] = ()
    by_criterion: tuple[tuple[str, int], ...] = ()
    tracked: int = 0
    sampled: int = 0


@dataclass(frozen=True, slots=True)
class JudgementGiven:
    """One of the framework's judgements. `explains`: how the contributions explain it; `lowered_by`: agencies."""

    key: str
    narrative: str
    grade: str | None = None
    explains: str = ""
    lowered_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContributionGiven:
    """One agency's part. `organisations` by name; `not_assessed` says why, where its part was not assessed."""

    agency: str
    narrative: str
    organisations: tuple[str, ...] = ()
    grade: str | None = None
    not_assessed: str = ""


@dataclass(frozen=True, slots=True)
class FindingGiven:
    """Praise or concern. `agencies`: each agency's key with how it took part (which may be empty).

    `example`: offered to others as good practice. `no_improvement` says why a concern asks for nothing.
    """

    number: int
    tendency: Tendency
    criterion: str
    words: str
    agencies: tuple[tuple[str, str], ...]
    example: bool = False
    no_improvement: str = ""


@dataclass(frozen=True, slots=True)
class ImprovementAsked:
    """What one agency is asked to put right. `post` and `answers_to` (whom it answers to directly) are titles."""

    number: int
    words: str
    agency: str
    post: str
    answers_to: tuple[str, ...]
    finding: int
    due: dt.date | None = None
    priority: bool = False


@dataclass(frozen=True, slots=True)
class GoodPractice:
    """An example that others can use: what was done, by which agencies, and the finding it comes from, if any."""

    words: str
    agencies: tuple[str, ...]
    finding: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the area writes in answer: a joint action plan or a written statement, by whom and when."""

    by: str
    due: dt.date | None = None
    kind: Literal["plan", "statement"] = "plan"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a later version changed and why, and the day on which the version that it replaces was published."""

    changed: str
    why: str
    replaces: dt.date


@dataclass(frozen=True, slots=True)
class InspectionReport:
    """A whole inspection as it is published.

    `summary` and `for_children` are texts that the team wrote for those readers; where they are empty, the summaries
    are put together from the rest. `version` counts from 1; each later one has its `correction`.
    """

    about: About
    published: dt.date
    judgements: tuple[JudgementGiven, ...]
    contributions: tuple[ContributionGiven, ...]
    findings: tuple[FindingGiven, ...] = ()
    improvements: tuple[ImprovementAsked, ...] = ()
    good_practice: tuple[GoodPractice, ...] = ()
    no_good_practice: str = ""
    method: str = ""
    evidence: EvidenceBase = EvidenceBase()
    team: tuple[TeamPart, ...] = ()
    plan: Plan | None = None
    summary: str = ""
    for_children: str = ""
    version: int = 1
    correction: Correction | None = None

    def __post_init__(self) -> None:
        _demand(self.published >= self.about.end, "a report is published after the fieldwork")
        _demand(self.version >= 1, "versions count from 1")
        _demand((self.version > 1) == (self.correction is not None), "a later version, and no first, has a correction")
        self._check_judgements()
        self._check_contributions()
        self._check_findings()
        self._check_improvements()
        self._check_evidence()

    def _check_judgements(self) -> None:
        known = {each.key: each for each in self.about.rules.judgements}
        grades = {grade.key for grade in self.about.rules.grades}
        keys = [each.key for each in self.judgements]
        _demand(len(set(keys)) == len(keys), "a judgement is given twice")
        for each in self.judgements:
            _demand(each.key in known, f"{self.about.framework} has no judgement {each.key!r}")
            _demand(bool(each.narrative.strip()), f"the judgement {each.key!r} has no narrative")
            allowed = grades if known[each.key].graded else set()
            _demand(each.grade is None or each.grade in allowed, f"{each.key!r} takes no grade {each.grade!r}")
            _agencies(each.lowered_by)

    def _check_contributions(self) -> None:
        keys = [each.agency for each in self.contributions]
        grades = {grade.key for grade in self.about.rules.grades}
        _agencies(keys)
        _demand(len(set(keys)) == len(keys), "an agency's contribution is given twice")
        for each in self.contributions:
            told = each.narrative.strip() or each.not_assessed.strip()
            _demand(bool(told), f"the contribution of {each.agency} is neither told nor said not to be assessed")
            _demand(each.grade is None or each.grade in grades, f"{each.agency} takes no grade {each.grade!r}")

    def _check_findings(self) -> None:
        numbers = [each.number for each in self.findings]
        _demand(len(set(numbers)) == len(numbers), "two findings have one number")
        criteria = {each.key for each in self.about.rules.criteria}
        for each in self.findings:
            keys = [key for key, _ in each.agencies]
            _demand(bool(each.words.strip()), f"finding {each.number} has no words")
            _demand(each.criterion in criteria, f"{self.about.framework} has no criterion {each.criterion!r}")
            _demand(bool(keys) and len(set(keys)) == len(keys), f"finding {each.number} names each agency once")
            _agencies(keys)
        for practice in self.good_practice:
            _demand(bool(practice.agencies and practice.words.strip()), "good practice has words and an agency")
            _agencies(practice.agencies)
            _demand(practice.finding in (None, *numbers), "good practice comes from a finding that there is")

    def _check_improvements(self) -> None:
        numbers = [each.number for each in self.improvements]
        _demand(len(set(numbers)) == len(numbers), "two improvements have one number")
        findings = {each.number for each in self.findings}
        for each in self.improvements:
            _demand(each.finding in findings, f"improvement {each.number} comes from no finding")
            _demand(bool(each.words.strip() and each.post.strip()), f"improvement {each.number} has words and a post")
            _agencies((each.agency,))

    def _check_evidence(self) -> None:
        criteria = {each.key for each in self.about.rules.criteria}
        unknown = [key for key, _ in self.evidence.by_source if key not in EVIDENCE_SOURCES]
        unknown += [key for key, _ in self.evidence.by_criterion if key not in criteria]
        _demand(not unknown, f"the evidence is counted by what is not known: {', '.join(unknown)}")
        _agencies(key for key, _ in self.evidence.by_agency)


@dataclass(frozen=True, slots=True)
class NotificationGiven:
    """What one accountable post is told before an inspection: what is asked of it and by when.

    `post` is a title, `organisation` its body's name, `answers_to` titles, `asked` one entry a thing. `contact` says
    how to reach the lead inspectorate.
    """

    about: About
    day: dt.date
    post: str
    organisation: str
    agency: str
    asked: tuple[str, ...]
    due: dt.date
    answers_to: tuple[str, ...] = ()
    contact: str = ""

    def __post_init__(self) -> None:
        _agencies((self.agency,))
        _demand(bool(self.asked), "a notification asks for something")
        _demand(self.due >= self.day, "what is asked for is due after the letter")
