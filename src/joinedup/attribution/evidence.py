"""What a statement shows for and against each agency's being held responsible, as named features.

Two sorts. *Lexical* features are the statement's words and pairs of words, with mentions put by their agency's name:
each agency has its own weight for each. *Relational* features say how the agency itself is mentioned (as the subject,
"by" it, its possessive, in the first sentence, alone or in a list, only "to" or "with" it …), or that it is not while
others are: their weights are shared by all agencies, so that what is learnt of one holds for the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from joinedup.attribution.grammar import Sentence, relation_before, take_apart, word_after
from joinedup.attribution.lexicon import ANYONE
from joinedup.attribution.mentions import Mention
from joinedup.attribution.model import AGENCIES, Statement
from joinedup.attribution.names import Names
from joinedup.attribution.words import STOP, Words

_OBLIQUE = frozenset(("to", "with", "between", "of", "in"))


class Placed(NamedTuple):
    """A mention with its place and what grammar says of it."""

    at: int
    mention: Mention
    sentence: int
    before: str
    after: str

    @property
    def opens(self) -> bool:
        """Whether it opens a sentence or a clause: it is what is spoken of."""
        return self.before in ("START", "CLAUSE")


class Reading(NamedTuple):
    """A statement read once for all agencies."""

    sentence: Sentence
    placed: tuple[Placed, ...]
    section: frozenset[str]
    lead_in: frozenset[str]
    kind: str
    length: str
    sentences: int

    def of(self, agency: str, *, referents: bool = False) -> list[Placed]:
        """The named mentions of an agency, or only those by a pronoun or the like."""
        return [
            each
            for each in self.placed
            if each.mention.agency == agency
            and each.mention.tier != "practice"
            and (each.mention.tier == "referent") == referents
        ]


def read_statement(statement: Statement, names: Names, words: Words, mentions: Sequence[Mention]) -> Reading:
    """A statement taken apart, with whom its heading and its lead-in name."""
    sentence = take_apart(words, mentions)
    placed = tuple([place(sentence, at, each) for at, each in sentence.mentions.items() if each.agency != ANYONE])
    count = len(words)
    return Reading(
        sentence,
        placed,
        named_in(statement.section or "", names, practice=True),
        named_in(statement.lead_in or "", names, practice=False),
        "improvement" if statement.kind == "priority_action" else statement.kind,
        "short" if count < 28 else "middle" if count < 68 else "long",
        sentence.sentence[-1] + 1 if sentence.sentence else 1,
    )


def place(sentence: Sentence, at: int, mention: Mention) -> Placed:
    """A mention with its relations; practice, which nobody does or has, has none."""
    if mention.tier == "practice":
        return Placed(at, mention, sentence.sentence[at], "", "")
    return Placed(at, mention, sentence.sentence[at], relation_before(sentence.elements, at), word_after(sentence, at))


def named_in(text: str, names: Names, *, practice: bool) -> frozenset[str]:
    """The agencies that a heading or a lead-in names, and (`practice`) those whose practice it does."""
    return frozenset(
        mention.agency
        for mention in names.mentions_in(text)
        if mention.agency != ANYONE and (practice or mention.tier != "practice")
    )


def lexical(reading: Reading) -> set[str]:
    """The words of a statement and pairs of them, mentions put by their agency; those of its first sentence; and the
    words that its mentions are made of."""
    sentence = reading.sentence
    mentions = sentence.mentions
    symbols = [
        f"{mentions[at].agency}.{mentions[at].tier}" if word is None else word
        for at, word in enumerate(sentence.elements)
    ]
    found = {symbol for symbol in symbols if symbol not in STOP and len(symbol) > 1}
    plain = sentence.words.plain
    found.update(
        "raw " + word
        for each in mentions.values()
        for word in plain[each.first : each.last]
        if len(word) > 2 and word not in STOP
    )
    found.update(f"{one} {two}" for one, two in pairwise(symbols) if one not in STOP or two not in STOP)
    found.update(
        "first " + symbol
        for symbol, number in zip(symbols, sentence.sentence, strict=True)
        if number == 0 and symbol not in STOP
    )
    found.add("kind " + reading.kind)
    return found


def relational(reading: Reading) -> Iterator[tuple[str, dict[str, float]]]:
    """Each agency with its features; a name that starts with "=" has a weight of each agency's own as well."""
    counts = Counter(
        each.mention.agency for each in reading.placed if each.mention.tier not in ("practice", "referent")
    )
    singles = {agency for agency in counts if agency != "partnership"}
    named = [each for each in reading.placed if each.mention.tier != "practice"]
    opening = next((each.mention.agency for each in named if each.opens), None)
    first = named[0].mention.agency if named else None
    common = dict.fromkeys(("=bias", f"=bias {reading.length}", f"=kind {reading.kind}"), 1.0)
    _absent(absent := dict(common), reading, counts, singles)
    _surroundings(nowhere := dict(absent), reading, "", False)
    somewhere = {each.mention.agency for each in reading.placed} | reading.section | reading.lead_in
    for agency in AGENCIES:
        if agency not in somewhere:  # as most are, all with the same features
            yield agency, nowhere
            continue
        mine = reading.of(agency)
        found = dict(common if mine else absent)
        if mine:
            _mentioned(found, reading, agency, mine, counts, singles)
            _flag(found, first == agency, "=first mention", f"=first mention {reading.length}")
            _flag(found, opening == agency, "=first subject")
        _surroundings(found, reading, agency, bool(mine))
        yield agency, found


def _flag(found: dict[str, float], holds: bool, *names: str) -> None:
    if holds:
        found.update(dict.fromkeys(names, 1.0))


def _mentioned(
    found: dict[str, float], reading: Reading, agency: str, mine: list[Placed], counts: Counter[str], singles: set[str]
) -> None:
    """How an agency that is named is named."""
    share = counts[agency] / sum(counts.values())
    sentences = {each.sentence for each in mine}
    found["=share"] = share
    names = [
        "=has",
        f"=has {reading.length}",
        f"=times {min(3, len(mine))}",
        f"=share {int(share * 4)}",
        f"=singles {min(4, len(singles))}",
    ]
    if agency != "partnership" and len(singles) == 1:
        names += ["=only single", f"=only single {reading.length}"]
    _flag(found, True, *names)
    _flag(found, not singles, "=no single")
    _flag(found, mine[0].sentence == 0, "=in first sentence")
    _flag(found, len(sentences) > 1, "=several sentences")
    if reading.sentences > 1:
        found["=share of sentences"] = len(sentences) / reading.sentences
    oblique = all(each.before in _OBLIQUE and each.after != "POSS" for each in mine)
    _flag(found, oblique, "=only oblique")
    for each in mine:
        _flag(found, each.mention.local, "=local")
        _flag(found, True, *_around(reading, each, agency))


def _around(reading: Reading, each: Placed, agency: str) -> Iterator[str]:
    """What stands round one mention, others' mentions put by whether they are the agency's own."""
    yield f"=relation {each.before}"
    yield f"after {each.after}"
    yield f"tier {each.mention.tier}"
    yield f"pair {each.before} {each.after}"
    if each.sentence == 0:
        yield f"pair in first {each.before} {each.after}"
        yield f"relation in first {each.before}"
    sentence = reading.sentence
    around = {
        step: _relative(sentence, each.at + step, agency)
        for step in (-3, -2, -1, 1, 2, 3)
        if 0 <= each.at + step < len(sentence.elements)
    }
    for step, symbol in around.items():
        yield f"{step} {symbol}"
    if -2 in around:
        yield f"-2-1 {around[-2]} {around[-1]}"
    if 2 in around:
        yield f"12 {around[1]} {around[2]}"


def _relative(sentence: Sentence, at: int, agency: str) -> str:
    """An element as seen from an agency."""
    word = sentence.elements[at]
    if word is not None:
        return word
    mention = sentence.mentions[at]
    names = {agency: "SELF", "partnership": "PARTNERSHIP", ANYONE: "ANYONE"}
    return f"{names.get(mention.agency, 'OTHER')}.{mention.tier}"


def _absent(found: dict[str, float], reading: Reading, counts: Counter[str], singles: set[str]) -> None:
    """That an agency is not named, and who is."""
    _flag(found, bool(singles), "=absent, others named")
    _flag(found, not singles, "=absent, nobody named", f"=nobody named {reading.length}")
    _flag(found, counts["partnership"] > 0, "=absent, partnership named")
    _flag(found, 0 < len(singles) < 3, "=absent, named " + "+".join(sorted(singles)))


def _surroundings(found: dict[str, float], reading: Reading, agency: str, named: bool) -> None:
    """Its practice, pronouns that stand for it, its heading and its lead-in."""
    practice = any(each.mention.agency == agency and each.mention.tier == "practice" for each in reading.placed)
    _flag(found, practice, "=practice", f"=practice {reading.length}")
    _flag(found, practice and not named, "=practice only")
    referents = reading.of(agency, referents=True)
    if referents:
        opens = any(each.opens for each in referents)
        _flag(found, True, f"=referent {min(3, len(referents))}", f"=referent {'opens' if opens else 'within'}")
    for where, agencies in (("section", reading.section), ("lead-in", reading.lead_in)):
        _flag(found, agency in agencies, f"={where}")
        _flag(found, bool(agencies) and agency not in agencies, f"={where} other")
