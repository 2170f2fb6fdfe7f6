"""Who must improve what? Every statement asked about, laid at the right door.

A statement's door is found in four steps, each with what it rests on: the agencies that the words hold responsible,
the post that answers for such an agency in that place on the day of publication, the person whom the report names for
that post, and to whom the post answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Unpack

from joinedup.analysis.accountability_facts import About, Fact, Told, Words, addressees, corrected_fields, words
from joinedup.analysis.accountability_filters import Filters, Selection, select, selection
from joinedup.analysis.accountability_posts import Answering, Decided, Named, answering, named
from joinedup.analysis.statement_columns import OF_DEMANDS
from joinedup.analysis.tables import Tabular
from joinedup.record.choices import check_page

if TYPE_CHECKING:
    from joinedup.record import Record

PAGE = 50
"""How many statements one page holds, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Held:
    """One agency that a statement holds responsible: the words that decided it (None where only a person says so; not
    the statement's own where it does not name the agency), how sure (None where a person corrected or confirmed it),
    and who answers for it.

    `decided` says what told the posts, or that there is none (for a court, or a meeting of several agencies): the words
    ("words"); the agency alone ("agency"); or that it is one of these and the words do not tell which ("either").
    `named` are those of the agency to whom the letter is addressed; one who holds an answering post has its key.
    """

    agency: str
    words: str | None
    confidence: float | None
    decided: Decided
    posts: tuple[Answering, ...]
    named: tuple[Named, ...]

    def holders(self, post: str) -> tuple[Named, ...]:
        """Those named in the report who hold, act in or deputise for an answering post."""
        return tuple(person for person in self.named if person.post == post)

    def to_json(self) -> dict[str, Any]:
        """Plain values; each post with the people named for it."""
        return {
            "agency": self.agency,
            "words": self.words,
            "confidence": self.confidence,
            "decided": self.decided,
            "posts": [
                one.to_json() | {"people": [person.to_json() for person in self.holders(one.post.key)]}
                for one in self.posts
            ],
            "named": [person.to_json() for person in self.named],
        }


@dataclass(frozen=True, slots=True)
class Demand:
    """One statement in its report's own words, with whom it holds responsible and what it is about.

    `polarity_words` decided whether it is praise or concern, `polarity_confidence` is how sure that is (0 to 1);
    `corrected` are the fields of it that a person has corrected (its words, "text", among them);
    `responsible` are the bodies that the report's own table names for it, as printed (area SEND).
    """

    report: About
    id: str
    kind: str
    polarity: str | None
    polarity_words: str | None
    polarity_confidence: float | None
    text: str
    page: int
    section: str | None
    lead_in: str | None
    number: str | None
    agencies: tuple[Held, ...]
    themes: tuple[Told, ...]
    responsible: tuple[str, ...]
    corrected: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        return {
            "finding": self.id,
            "kind": self.kind,
            "polarity": self.polarity,
            "polarity_words": self.polarity_words,
            "polarity_confidence": self.polarity_confidence,
            "text": self.text,
            "page": self.page,
            "section": self.section,
            "lead_in": self.lead_in,
            "number": self.number,
            "agencies": [one.to_json() for one in self.agencies],
            "themes": [{"theme": one.key, "words": one.words, "confidence": one.confidence} for one in self.themes],
            "responsible": list(self.responsible),
            "corrected": list(self.corrected),
            "report": self.report.to_json(),
        }


COLUMNS = tuple(OF_DEMANDS)
"""The columns of the table: a row for each statement and agency."""


@dataclass(frozen=True, slots=True)
class Accountability(Tabular):
    """The statements asked for, newest report or most doubtful first: `total` altogether, of which these begin at
    `offset`."""

    selection: Selection
    total: int
    offset: int
    demands: tuple[Demand, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "filters": self.selection.to_json(),
            "total": self.total,
            "offset": self.offset,
            "rows": [one.to_json() for one in self.demands],
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return COLUMNS

    def rows(self) -> list[dict[str, Any]]:
        """One row for each statement and agency, in COLUMNS; a statement that holds nobody has one with no agency."""
        return [row for one in self.demands for row in _rows(one)]


def accountability(
    record: Record,
    *,
    limit: int | None = PAGE,
    offset: int = 0,
    doubtful_first: bool = False,
    **filters: Unpack[Filters],
) -> Accountability:
    """Who must improve what: the statements that pass the filters, newest report first; or with `doubtful_first` those
    first of which it is least likely that all their agencies are right, for whoever checks them.

    Areas are slugs (`joinedup.areas.find_area` finds one by any name), regions names or codes, agencies and frameworks
    their keys, themes their keys or titles in any case; a filter takes one value or several, and "none" as an agency, a
    theme or a period finds statements without one. `period` is a year or a framework's version ("jtai-2022"; none
    known: "no-version"), and of years and versions together a report has one of each. `body` is a body's key
    ("police-kent": what was asked of its agency in the areas it served, while it did). `since` and `until` are days
    from which a report could be read. `kinds` may also be strength and finding. `sure_below` (0 to 1)
    keeps what holds agencies responsible, but none as surely as that. `limit` None gives all. Raises
    UsageError for a value that there is none of, UnknownAreaError, UnknownBodyError and UnknownThemeError likewise.
    """
    check_page(limit, offset)
    wanted = selection(**filters)
    found = select(record, wanted)
    if doubtful_first:
        found.sort(key=attrgetter("sure_of_all"))  # what is as sure stays newest first
    page = found[offset:] if limit is None else found[offset : offset + limit]
    return Accountability(wanted, len(found), offset, demands(record, page))


def demands(record: Record, chosen: list[Fact]) -> tuple[Demand, ...]:
    """Statements with their words and with those who answer for them, in the order given."""
    worded = words(record, chosen)
    letters = addressees(record)
    people: dict[str, tuple[Named, ...]] = {}
    changed = corrected_fields(record)
    found = []
    for fact in chosen:
        about = fact.about
        if about.sha256 not in people:
            people[about.sha256] = named(
                letters.get(about.sha256, ()), about.area, about.day, about.start, framework=about.framework
            )
        found.append(_demand(fact, worded[fact.id], people[about.sha256], changed.get(fact.id, ())))
    return tuple(found)


def _demand(fact: Fact, told: Words, people: tuple[Named, ...], corrected: tuple[str, ...]) -> Demand:
    return Demand(
        report=fact.about,
        id=fact.id,
        kind=fact.kind,
        polarity=fact.polarity,
        polarity_words=told.polarity_words,
        polarity_confidence=told.polarity_confidence,
        text=told.text,
        page=told.page,
        section=told.section,
        lead_in=told.lead_in,
        number=told.number,
        agencies=tuple(who_answers(each, fact.about, people, told.text) for each in told.agencies),
        themes=told.themes,
        responsible=told.responsible,
        corrected=corrected,
    )


def who_answers(told: Told, about: About, people: tuple[Named, ...], text: str) -> Held:
    """Who answers for an agency that a statement of a report (its `text`) holds responsible; `people` are the letter's
    addressees, or the leaders whom the report names.

    Every list, table and page tells a statement's posts by this.
    """
    decided, answerers = answering(
        told.key, about.area, about.day, words=told.words, framework=about.framework, text=text
    )
    keys = {one.post.key for one in answerers}
    ours = tuple(person for person in people if person.agency == told.key or person.post in keys)
    return Held(told.key, told.words, told.confidence, decided, answerers, ours)


def _rows(demand: Demand) -> list[dict[str, Any]]:
    about = demand.report
    shared: dict[str, Any] = {
        "area": about.area,
        "area_name": about.area_name,
        "region": _region(about.area),
        "framework": about.framework,
        "visit": about.visit,
        "published": about.published,
        "kind": demand.kind,
        "polarity": demand.polarity,
        "themes": "; ".join(one.key for one in demand.themes) or None,
        "section": demand.section,
        "lead_in": demand.lead_in,
        "text": demand.text,
        "corrected": "; ".join(demand.corrected) or None,
        "page": demand.page,
        "file": about.file,
        "report": about.sha256,
        "finding": demand.id,
    }
    every = (shared | _agency_cells(held) for held in demand.agencies or (None,))
    return [{name: row[name] for name in COLUMNS} for row in every]


def _agency_cells(held: Held | None) -> dict[str, Any]:
    if held is None:
        return dict.fromkeys(("agency", "words", "confidence", "decided", "posts", "bodies", "people", "answers_to"))
    above = dict.fromkeys(post.title for one in held.posts for post in one.answers_to)
    people = (person for one in held.posts for person in held.holders(one.post.key))
    return {
        "agency": held.agency,
        "words": held.words,
        "confidence": held.confidence,
        "decided": held.decided,
        "posts": (" or " if held.decided == "either" else "; ").join(one.post.title for one in held.posts) or None,
        "bodies": "; ".join(name for one in held.posts for _, name in one.bodies) or None,
        "people": "; ".join(", ".join(filter(None, (one.name, one.role, one.organisation))) for one in people) or None,
        "answers_to": "; ".join(above) or None,
    }


def _region(area: str | None) -> str | None:
    from joinedup.areas import get_area

    return (get_area(area).region or None) if area else None
