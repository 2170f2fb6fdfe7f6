"""Praise or concern: what a statement of the main text is, told by its words, sentence by sentence.

Every word, pair of words and pair with one word between has a weight, learnt from items that stand under "strengths"
and "what needs to improve" and from labelled sentences; a sentence's weights add up to praise or concern. Where both
are heard, the statement is mixed; where neither is and no word judges, it is context. An item is what its list says it
is, whatever its own words sound like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log1p
from typing import NamedTuple

from joinedup.attribution.judging import (
    CONCERN,
    FINDING_FAULT,
    JUDGING,
    PRAISE,
    PRAISING,
    TURNING,
    judging_words,
)
from joinedup.attribution.model import Polarity, Praise, Statement
from joinedup.attribution.weights import PolarityWeights, logistic, polarity_weights
from joinedup.attribution.words import ENDS, MARKS, STOP, Words, cut

_HEADINGS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"do better|needs? to improve|for (priority action|improvement)|weaknesses"), -1.5),
    (re.compile(r"effective practice|key strengths|^strengths"), 1.5),
)
"""What a heading adds: some say of themselves whether what stands under them is praise."""
_OUTRIGHT: dict[str, Polarity] = {"what gives cause for concern": "weakness"}
"""Headings of reports that this system publishes, under which its own sorting into praise and concern is printed."""
_MIXED = 0.35
"""The lesser of praise and concern as a share of the greater from which a statement is mixed (chosen on the tuning half
of the labelled findings)."""
_LEVEL = 0.3
"""The greater of praise and concern below which neither outweighs the other."""
_SILENT = STOP - {"not"} | {","}
"""Words that every text has, and the comma: what ends in one is not learnt from. Most of it is chance, and it costs
time."""
_TURNS = frozenset(("but", "although", "though", "while", "whilst", "however", "yet", "despite"))
"""Words at which a sentence turns from praise to concern, or from concern to praise."""
_SURE = (-0.48, 2.47, -4.13, -0.67)
"""How sure praise or concern is (log odds of being right): always, for how clear the score is, and against it for how
much of the other is heard too and where no word judges. Learnt from the tuning half, and from the labelled sentences as
weights tell them that were learnt from other reports."""
_BOTH = 0.80
"""How sure it is that a finding is mixed: 26 of 34 so called on the tuning half, and 31 of 37 on the other."""
_EVEN = 0.6
"""How sure it is what a statement is in which neither outweighs the other: a guess, for there are few."""
_LISTED = 0.98
"""How sure it is that an item is what its list says: not measured."""


def features(plain: Sequence[str]) -> Iterator[str]:
    """The features of one sentence's plain words: each word, pair ("a b"), and pair with one between ("a _ b"); none
    that ends in a word that every text has."""
    marked = ["^", *plain]
    for at, word in enumerate(marked):
        if not at or word in _SILENT:
            continue
        yield word
        yield f"{marked[at - 1]} {word}"
        if at > 1:
            yield f"{marked[at - 2]} _ {word}"


def sentences(words: Words) -> Iterator[list[str]]:
    """Each sentence's plain words, marks left out (commas stay)."""
    sentence: list[str] = []
    for word in words.plain:
        if word in ENDS:
            if sentence:
                yield sentence
            sentence = []
        elif word not in MARKS:
            sentence.append(word)
    if sentence:
        yield sentence


class Heard(NamedTuple):
    """What the weights hear in a text: praise and concern (sums of its sentences'), and what each word adds."""

    praise: float
    concern: float
    words: list[float]

    @property
    def score(self) -> float:
        """Praise less concern."""
        return self.praise - self.concern


def judge_polarity(statement: Statement, words: Words | None = None) -> Praise:
    """Praise or concern of a statement, with the words that decided it: those of its own that judge and weigh most (for
    concern, where it is mixed), or the title of its list. `words` where it is cut already."""
    title = statement.section or ""
    if statement.kind != "finding":
        value: Polarity = "strength" if statement.kind == "strength" else "weakness"
        return Praise(value, statement.lead_in or title, _LISTED)
    outright = _OUTRIGHT.get(title.lower())
    if outright is not None:
        return Praise(outright, title, _LISTED)
    words = words or cut(statement.text)
    if _defines_grades(statement.section):
        return Praise("context", "", 0.99)
    weights = polarity_weights()
    heard = listen(weights, words)
    score = heard.score + weights.bias + heading_weight(statement.section)
    value, confidence = _decided(heard, score, words)
    side = {"strength": PRAISE, "weakness": CONCERN, "mixed": CONCERN}.get(value)
    reason = "" if side is None else judging_words(words, heard.words, side)
    return Praise(value, reason, round(confidence, 3))


def praises(sentence: str) -> bool:
    """Whether one sentence praises, by its own words; a guess does not count."""
    told = judge_polarity(Statement(sentence))
    return told.value == "strength" and told.confidence > _EVEN


@lru_cache(maxsize=4096)
def _defines_grades(section: str | None) -> bool:
    """Whether a section says what each grade means, and finds nothing."""
    return "judgements mean" in (section or "").lower()


@lru_cache(maxsize=4096)
def heading_weight(section: str | None) -> float:
    """What the heading above a statement adds to its score."""
    heading = (section or "").lower()
    return next((weight for pattern, weight in _HEADINGS if pattern.search(heading)), 0.0)


def score_text(weights: PolarityWeights, text: str) -> float:
    """A text's score by its words alone: praise above 0, concern below."""
    return listen(weights, cut(text)).score + weights.bias


def listen(weights: PolarityWeights, words: Words) -> Heard:
    """What a text's sentences say."""
    known = weights.words
    praise = concern = total = 0.0
    added: list[float] = []
    one, two = "", "^"
    for word in words.plain:
        if word in known:
            weight, pairs, apart = known[word]
            if two in pairs:  # half of all words end no known pair, and asking first costs less than `get`
                weight += pairs[two]
            if one in apart:
                weight += apart[one]
            if weight > 0 and two in TURNING and word in PRAISING:
                weight = -weight
            total += weight
            added.append(weight)
        else:
            added.append(0.0)
            if word in MARKS:
                if word in ENDS:
                    if total > 0:
                        praise += total
                    else:
                        concern -= total
                    one, two, total = "", "^", 0.0
                continue
        one, two = two, word
    return Heard(praise + max(0.0, total), concern + max(0.0, -total), added)


def _decided(heard: Heard, score: float, words: Words) -> tuple[Polarity, float]:
    lesser, greater = sorted((heard.praise, heard.concern))
    if greater < _LEVEL:
        return _even(score, words), _EVEN
    if lesser > _MIXED * greater:
        return "mixed", _BOTH
    always, clear, both, silent = _SURE
    sure = always + clear * log1p(abs(score)) + both * log1p(lesser) + silent * JUDGING.isdisjoint(words.plain)
    return ("strength" if score >= 0 else "weakness"), logistic(sure)


def _even(score: float, words: Words) -> Polarity:
    """What a statement is in which neither praise nor concern outweighs the other in any sentence: context where no
    word judges (of 78 labelled sentences like that 60 are); mixed where it turns from one to the other; else concern if
    a word finds fault."""
    if JUDGING.isdisjoint(words.plain):
        return "context"
    if not _TURNS.isdisjoint(words.plain):
        return "mixed"
    return "weakness" if score < 0 or not FINDING_FAULT.isdisjoint(words.plain) else "strength"
