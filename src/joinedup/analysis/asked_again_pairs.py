"""Pairs of an earlier thing asked for and a later statement on the same thing, between the reports on one area.

Two wordings are compared, but where a person has said whether they are on the same thing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from joinedup.analysis.asked_again_fates import Relation
from joinedup.analysis.asked_again_requests import Request, chance_same, read_request
from joinedup.analysis.asked_again_said import Said
from joinedup.analysis.asked_again_scoring import COSINE, Hit, Index, features, readable, shared
from joinedup.analysis.asked_again_words import sentences, weights
from joinedup.attribution import praises
from joinedup.record.schema import ASKS

BY_PERSON = "a person says so"
"""In place of how sure the program is."""

_PRAISES_SHOWN = 2
"""So many praising sentences of one later report are shown for one thing; more would say the same."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one report: `day` is the first day of its inspection (or the nearest day that it prints).

    `kind` is improvement, priority_action, strength or finding; `polarity` strength, weakness, mixed or context where
    that is known.
    """

    id: str
    report: str
    day: dt.date
    kind: str
    text: str
    page: int
    framework: str | None = None
    section: str | None = None
    lead_in: str | None = None
    polarity: str | None = None

    @property
    def asks(self) -> bool:
        """Whether it asks for something."""
        return self.kind in ASKS

    @property
    def about(self) -> str:
        """What stands over it and tells whose matter it is, less the list's own heading ("Areas for improvement")."""
        over = (self.section or "").rpartition("›")[0]
        send = "special educational needs" if self.framework == "area-send" else ""
        return f"{over} {self.lead_in or ''} {send}"


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier thing asked for and a later statement on the same thing.

    `words` are those of the later statement that decided (a sentence of a paragraph, or all of it); `score` is how
    alike the two are (cosine of weighed terms, 0 to 1), `sure` how likely they are on the same thing (0 to 1), and
    `shared` the words and things that both name, the most telling first. `by_person`: a person says that they are.
    """

    relation: Relation
    earlier: Statement
    later: Statement
    words: str
    score: float
    sure: float
    shared: tuple[str, ...]
    by_person: bool = False

    @property
    def how_sure(self) -> str:
        """`sure` in words, or that a person says so."""
        if self.by_person:
            return BY_PERSON
        return "sure" if self.sure >= 0.9 else "fairly sure" if self.sure >= 0.7 else "likely"


def between(earlier: Sequence[Statement], later: Sequence[Statement], spoken: Said) -> Iterable[Pair]:
    """The pairs between everything asked before and one later report."""
    asks = [(one, _request(one)) for one in later if one.asks]
    told = [(one, words) for one in later if not one.asks for words in sentences(one.text)]
    mentions = Index(told, about=_about)
    least = weights()["least"]
    for one in earlier:
        answers = spoken.get(one.id, {})
        given = [_by_person(one, each) for each in later if answers.get(each.id)]
        again = [pair for pair in _again(one, asks, least) if pair.later.id not in answers]
        hits = mentions.search(one.text, one.about, least=least)
        on_it = [_on_it(one, hit) for hit in hits if hit.what.id not in answers]
        praised = [pair for pair in on_it if pair.relation == "now_praised"]
        room = max(0, _PRAISES_SHOWN - sum(pair.relation == "now_praised" for pair in given))
        yield from given
        yield from again
        yield from praised[:room]
        if not (given or again or praised):
            yield from on_it[:1]


def _request(one: Statement) -> Request:
    return read_request(one.text, one.about, one.framework)


def _about(one: Statement) -> str:
    return one.about


def _again(earlier: Statement, asks: Iterable[tuple[Statement, Request]], least: float) -> Iterator[Pair]:
    """The pairs with the later requests that ask for the same thing, surest first."""
    ours = _request(earlier)
    likely = [(chance_same(ours, theirs), later, theirs) for later, theirs in asks]
    for sure, later, theirs in sorted(likely, key=lambda each: -each[0]):
        if sure >= least:
            yield _asking(earlier, ours, later, theirs, sure)


def _asking(earlier: Statement, ours: Request, later: Statement, theirs: Request, sure: float) -> Pair:
    alike = features(ours.wording, theirs.wording)[COSINE]
    names = readable(shared(ours.wording, theirs.wording), earlier.text)
    return Pair("asked_again", earlier, later, later.text, alike, sure, names)


def _on_it(earlier: Statement, hit: Hit[Statement]) -> Pair:
    """The pair with a sentence that praises or looks at the thing."""
    relation: Relation = "now_praised" if _praised(hit.what, hit.words) else "looked_at"
    names = readable(hit.shared, earlier.text)
    return Pair(relation, earlier, hit.what, hit.words, hit.score, hit.sure, names)


def _by_person(earlier: Statement, later: Statement) -> Pair:
    """The pair that a person says is one: by its sentence most like what was asked, where any is like it."""
    if later.asks:
        pair = _asking(earlier, _request(earlier), later, _request(later), 1.0)
    else:
        told = [(later, words) for words in sentences(later.text)]
        hits = Index(told, about=_about).search(earlier.text, earlier.about, least=0.0)
        pair = _on_it(earlier, hits[0] if hits else Hit(later, later.text.strip(), 0.0, 1.0, ()))
    return replace(pair, sure=1.0, by_person=True)


def _praised(statement: Statement, words: str) -> bool:
    """A strength praises; so does a statement of one sentence that is known to. A sentence of a paragraph is told by
    its own words, as any statement is: a paragraph that praises on the whole may have one of concern on this thing."""
    if statement.kind == "strength":
        return True
    if statement.polarity in ("strength", "weakness") and words == statement.text.strip():
        return statement.polarity == "strength"
    return praises(words)
