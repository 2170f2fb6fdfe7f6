"""One report's page and the pages of its file, made ready to be shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from joinedup.analysis.accountability_agencies import report_contribution
from joinedup.analysis.accountability_demands import Demand, Held, who_answers
from joinedup.analysis.accountability_facts import About, versions
from joinedup.analysis.accountability_posts import Answering, Decided, Named, answering, named
from joinedup.analysis.corrected import Corrected, corrected
from joinedup.analysis.whole_report import Box, JudgementRead, StatementRead, WholeReport, whole_report
from joinedup.areas import Area, get_area
from joinedup.record.schema import POST_AFTER
from joinedup.service.site.choices import family_short, judgement_titles, visit_title
from joinedup.service.site.grades import GradeLook, look_of
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.righted import Righted, in_words, value_title
from joinedup.service.site.tallies import Number, asking_of_report, numbers
from joinedup.service.site.wording import (
    KIND_GROUPS,
    NOBODY,
    SHORT_HASH,
    agency_title,
    agency_titles,
    kind_title,
    label_look,
    page_addresses,
    said_title,
    theme_title,
    words_key,
)

if TYPE_CHECKING:
    from joinedup.record import Record


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as it is shown: where it leads, what it is about, and what of it was corrected.

    `anchor` is its name within a page: its key, with a number where the report has said the same words before. `label`
    says what it is, praise or concern where its kind does not tell, and `look` is the label's style.
    """

    said: StatementRead
    key: str
    anchor: str
    address: str
    kind: str
    label: str
    look: str
    agencies: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]
    righted: tuple[Righted, ...]
    confirmed: frozenset[str]
    """The fields of which a person has confirmed what was read."""

    @property
    def keys(self) -> tuple[str, ...]:
        """By what addresses name it: its words as they are right and, where they were corrected, as they were read."""
        return (self.key, *(one.given.words for one in self.righted if one.given.words))

    @property
    def reasons(self) -> list[tuple[str, str, int | None]]:
        """What is told of it (praise or concern, agencies, themes), why, and how sure each is, in per cent; None where
        a person has confirmed it. Why is the words that decided it, with where they stand.

        What a person gave is left out: nothing of the program's decided it.
        """
        said = self.said
        tendency = value_title("polarity", said.polarity) if said.polarity else ""
        told = [
            ("polarity", tendency, said.polarity_words, said.polarity_confidence),
            *(("agencies", agency_title(one.key), one.words, one.confidence) for one in said.agencies),
            *(("themes", f"About “{theme_title(one.key)}”", one.words, one.confidence) for one in said.themes),
        ]
        return [
            (what, because(said, words), per_cent(sure))
            for field, what, words, sure in told
            if words and (sure is not None or field in self.confirmed)
        ]


def per_cent(sure: float | None) -> int | None:
    """How sure something is, in per cent; 99 at most, for nothing is certain."""
    return None if sure is None else min(99, round(100 * sure))


def because(said: StatementRead | Demand, words: str) -> str:
    """Why something is told of a statement, as a sentence goes on: the words that decided it and, where they do not
    stand in the statement itself, where they do."""
    first = _one_line(words.split(POST_AFTER)[0])
    letters = first.partition(" (")[0]  # what they stand for is told behind them in brackets
    if first in map(_one_line, said.responsible):
        return f"because the report’s own list names “{words}”"
    if first in _one_line(said.text) or letters in _one_line(said.text):
        return f"because of the words “{words}”"
    if said.section and first in _one_line(said.section):
        return f"because of the heading “{words}”"
    if said.lead_in and first in _one_line(said.lead_in):
        return f"because the list’s introduction says “{words}”"
    return f"which the report is on and names as “{words}”"


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one kind."""

    kind: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """The statements for which the same posts answer: each post with the people named for it in the report.

    Without posts, none answers for them where `decided` is "words", and none is known otherwise.
    """

    decided: Decided
    answers: tuple[tuple[Answering, tuple[Named, ...]], ...]
    groups: tuple[Group, ...]

    @property
    def titles(self) -> str:
        """The titles of its posts, or that there is none."""
        between = " or " if self.decided == "either" else "; "
        return between.join(one.post.title for one, _ in self.answers) or "no post"


@dataclass(frozen=True, slots=True)
class AgencyPart:
    """What a report says of one agency, by who answers for it; where its own head does for some, those come first.

    `numbers` are how many statements it has of each sort.
    """

    key: str
    title: str
    numbers: tuple[Number, ...]
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement with its grade's look and its place."""

    read: JudgementRead
    look: GradeLook
    righted: tuple[Righted, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report that was corrected and published again; `here`: the one that is shown."""

    about: About
    id: str
    here: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything on a report's page. `lines` are all its statements, in its order."""

    whole: WholeReport
    id: str
    title: str
    area: Area | None
    judgements: tuple[Judged, ...]
    parts: tuple[AgencyPart, ...]
    lines: tuple[Line, ...]
    people: tuple[Named, ...]
    righted: tuple[Righted, ...]
    lost: tuple[Righted, ...]
    versions: tuple[Version, ...]
    """Where the report was corrected and published again: every version, first to last."""

    @property
    def stands(self) -> Version | None:
        """The version that stands, where it is another than this."""
        return self.versions[-1] if self.versions and not self.versions[-1].here else None

    @property
    def pages(self) -> range:
        """The numbers of the file's pages."""
        return range(1, self.whole.pages + 1)


def report_page(record: Record, sha256: str) -> ReportPage:
    """The page of one report. Raises UnknownReportError."""
    return _report_page(Kept(record), sha256)


@lru_cache(maxsize=KEPT)
def _report_page(kept: Kept, sha256: str) -> ReportPage:
    whole = whole_report(kept.record, sha256)
    given = corrected(kept.record)
    about = whole.about
    lines = _lines(whole, given)
    people = named(whole.addressees, about.area, about.day, about.start, framework=about.framework)
    return ReportPage(
        whole=whole,
        id=sha256[:SHORT_HASH],
        title=f"{visit_title(about.visit)}, {family_short(about.framework)}" if about.framework else "Report",
        area=get_area(about.area) if about.area else None,
        judgements=tuple(
            Judged(each, look_of(each.grade), tuple(map(in_words, given.of_grade(sha256, each.key))))
            for each in _in_order(whole.judgements)
        ),
        parts=_parts(kept.record, whole, lines, people),
        lines=lines,
        people=people,
        righted=tuple(map(in_words, given.of_fields(sha256))),
        lost=tuple(in_words(one) for one in given.by_report.get(sha256, ()) if one.standing == "lost"),
        versions=_versions(kept.record, about),
    )


def _versions(record: Record, about: About) -> tuple[Version, ...]:
    every = versions(record, about)
    if len(every) < 2:
        return ()
    return tuple(Version(one, one.sha256[:SHORT_HASH], one.sha256 == about.sha256) for one in every)


def _lines(whole: WholeReport, given: Corrected) -> tuple[Line, ...]:
    addresses = page_addresses(whole.about.sha256)
    met: Counter[str] = Counter()

    def anchor(key: str) -> str:
        met[key] += 1
        return key if met[key] == 1 else f"{key}-{met[key]}"

    return tuple(
        Line(
            said=said,
            key=(key := words_key(said.text)),
            anchor=anchor(key),
            address=addresses(said.page, key),
            kind=kind_title(said.kind),
            label=said_title(said.kind, said.polarity),
            look=label_look(said.kind, said.polarity),
            agencies=tuple(agency_title(each.key) for each in said.agencies),
            themes=tuple((each.key, theme_title(each.key)) for each in said.themes),
            righted=tuple(map(in_words, given.by_statement.get(said.id, ()))),
            confirmed=frozenset(one.field for one in given.confirmed.get(said.id, ())),
        )
        for said in whole.statements
    )


def _parts(
    record: Record, whole: WholeReport, lines: Iterable[Line], people: tuple[Named, ...]
) -> tuple[AgencyPart, ...]:
    """The statements under each agency that they hold responsible: one that holds two stands under both."""
    held: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for key in [each.key for each in line.said.agencies] or [NOBODY]:
            held[key].append(line)
    told, asking = report_contribution(record, whole.about.sha256), asking_of_report(record, whole.about)
    tallies = {part.key: part.tally for part in told.agencies} | {NOBODY: told.nobody} if told else {}
    return tuple(
        AgencyPart(
            key=key,
            title=agency_title(key),
            numbers=numbers(tallies[key], replace(asking, agency=key) if asking else None),
            doors=_doors(whole.about, key, held[key], people)
            if key != NOBODY
            else (Door("agency", (), _groups(held[key])),),
        )
        for key in (*agency_titles(), NOBODY)
        if key in held
    )


def _doors(about: About, key: str, lines: Iterable[Line], people: tuple[Named, ...]) -> tuple[Door, ...]:
    behind: dict[tuple[str, ...], tuple[Held, list[Line]]] = {}
    for line in lines:
        told = next(each for each in line.said.agencies if each.key == key)
        held = who_answers(told, about, people, line.said.text)
        behind.setdefault(_keys(held.posts), (held, []))[1].append(line)
    _, head = answering(key, about.area, about.day, framework=about.framework)
    return tuple(
        Door(held.decided, tuple((one, held.holders(one.post.key)) for one in held.posts), _groups(ours))
        for posts, (held, ours) in sorted(behind.items(), key=lambda door: door[0] != _keys(head))
    )


def _keys(answers: Iterable[Answering]) -> tuple[str, ...]:
    return tuple(one.post.key for one in answers)


def _groups(lines: list[Line]) -> tuple[Group, ...]:
    groups = (
        Group(kind, title, tuple(line for line in lines if line.said.kind == kind))
        for kind, title in KIND_GROUPS.items()
    )
    return tuple(group for group in groups if group.lines)


def _in_order(judgements: Iterable[JudgementRead]) -> list[JudgementRead]:
    order = {key: number for number, key in enumerate(judgement_titles())}
    return sorted(judgements, key=lambda each: order.get(each.key, len(order)))


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked on a page: its words, its boxes on that page, and the pages on which it stands."""

    words: str
    boxes: tuple[Box, ...]
    pages: tuple[int, ...]
    line: Line | None
    judgement: Judged | None


def marked(page: ReportPage, number: int, *, finding: str | None, judgement: str | None) -> Marked | None:
    """The statement (by its words' key) or judgement that an address asks to be marked; None where it is not there.

    A statement whose text was corrected is also found by the words that were read.
    """
    if judgement is not None:
        found = next((each for each in page.judgements if each.read.key == judgement), None)
        return _marked(f"{found.read.title}: {found.look.title}", found.read, number, None, found) if found else None
    alike = [line for line in page.lines if finding in line.keys]
    line = next((each for each in alike if number in _pages(each.said)), alike[0] if alike else None)
    return _marked(line.said.text, line.said, number, line, None) if line else None


def _marked(
    words: str, read: StatementRead | JudgementRead, number: int, line: Line | None, judgement: Judged | None
) -> Marked:
    return Marked(words, tuple(box for box in read.boxes if box.page == number), _pages(read), line, judgement)


def _pages(read: StatementRead | JudgementRead) -> tuple[int, ...]:
    return tuple(sorted({read.page, *(box.page for box in read.boxes)}))


def on_page(page: ReportPage, number: int) -> tuple[Line, ...]:
    """The statements that stand, in part at least, on a page of the file, in the order in which they stand there."""
    there = [line for line in page.lines if number in _pages(line.said)]
    return tuple(
        sorted(there, key=lambda line: -max((b.top for b in line.said.boxes if b.page == number), default=0.0))
    )
