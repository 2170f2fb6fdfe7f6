"""Praise or concern: what a statement of the main text is, told by its words, sentence by sentence.

Every word, pair of words and pair with one word between has a weight learnt from items that stand under "strengths"
and "what needs to improve"; a sentence's weights add up to praise or concern. Where both are heard, the statement is
mixed; where hardly either is, it is context. An item is what its list says it is, whatever its own words sound like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log1p
from typing import NamedTuple

from joinedup.attribution.model import Polarity, Praise, Statement
from joinedup.attribution.weights import PolarityWeights, logistic, polarity_weights
from joinedup.attribution.words import ENDS, MARKS, Words, cut

_HEADINGS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"do better|needs? to improve|for (priority action|improvement)|weaknesses"), -1.5),
    (re.compile(r"effective practice|key strengths|^strengths"), 1.5),
)
"""What a heading adds: some say of themselves whether what stands under them is praise."""
_OUTRIGHT: dict[str, Polarity] = {"what gives cause for concern": "weakness"}
"""Headings of reports that this system publishes, under which its own sorting into praise and concern is printed."""
_NOT_FINDINGS = {
    "licence": "Open Government Licence",
    "www": "www.",
    "ofsted": "@ofsted",
    "braille": "large print or Braille",
    "regulate": "regulates and inspects",
    "newsletter": "monthly newsletter",
}
"""What only a report's last page prints, which says nothing of what was found, by a plain word of it: without one of
these words a statement needs no closer look."""
_MIXED, _CONTEXT = 0.8, 0.2
"""The lesser of praise and concern as a share of the greater from which a statement is mixed; the sum of both below
which it is context (chosen on the tuning half of the labelled findings)."""
_SURE = (0.80, 1.19, -2.39)
"""How sure praise or concern is (log odds of being right): always, for how clear the score is, and against it for how
much of the other is heard too. Learnt from the tuning half; nearly all that goes wrong is mixed."""
_LISTED = 0.98
"""How sure it is that an item is what its list says: not measured."""


def features(plain: Sequence[str]) -> Iterator[str]:
    """The features of one sentence's plain words: each word, pair ("a b"), and pair with one between ("a _ b")."""
    marked = ["^", *plain]
    for at, word in enumerate(marked):
        if at:
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
    """What the weights hear in a text: praise and concern (sums of its sentences'), and the words of most weight.

    `praised` and `worried` are the first and the last word of what weighs most for each, or None.
    """

    praise: float
    concern: float
    praised: tuple[int, int] | None
    worried: tuple[int, int] | None

    @property
    def score(self) -> float:
        """Praise less concern."""
        return self.praise - self.concern


def judge_polarity(statement: Statement, words: Words | None = None) -> Praise:
    """Praise or concern of a statement, with the words that decided it: those of its own that weigh most, or the title
    of its list. `words` where it is cut already."""
    title = statement.section or ""
    if statement.kind != "finding":
        value: Polarity = "strength" if statement.kind == "strength" else "weakness"
        return Praise(value, statement.lead_in or title, _LISTED)
    outright = _OUTRIGHT.get(title.lower())
    if outright is not None:
        return Praise(outright, title, _LISTED)
    words = words or cut(statement.text)
    if _is_last_page(words):
        return Praise("context", "", 0.99)
    weights = polarity_weights()
    heard = listen(weights, words)
    score = heard.score + weights.bias + heading_weight(statement.section)
    value, confidence = _decided(heard, score)
    return Praise(value, _telling(words, heard, value), round(confidence, 3))


def _is_last_page(words: Words) -> bool:
    signs = _NOT_FINDINGS.keys()
    return not signs.isdisjoint(words.plain) and any(each in words.text for each in _NOT_FINDINGS.values())


def _telling(words: Words, heard: Heard, value: Polarity) -> str:
    """The words that weigh most for an answer; for a mixed statement, those of concern."""
    place = heard.praised if value == "strength" else heard.worried
    return "" if value == "context" or place is None else words.between(place[0], place[1] + 1)


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
    praise = concern = total = best = worst = 0.0
    praised = worried = None
    one, two, second = "", "^", 0
    for place, word in enumerate(words.plain):
        if word in known:
            weight, pairs, apart = known[word]
            pair = 0.0
            if two in pairs:  # half of all words end no known pair, and asking first costs less than `get`
                pair = pairs[two]
                weight += pair
            if one in apart:
                weight += apart[one]
            total += weight
            if weight > best:
                best, praised = weight, (second if pair > 0 else place, place)
            elif weight < worst:
                worst, worried = weight, (second if pair < 0 else place, place)
        elif word in MARKS:
            if word in ENDS:
                praise, concern = praise + max(0.0, total), concern + max(0.0, -total)
                one, two, second, total = "", "^", place + 1, 0.0
            continue
        one, two, second = two, word, place
    return Heard(praise + max(0.0, total), concern + max(0.0, -total), praised, worried)


def _decided(heard: Heard, score: float) -> tuple[Polarity, float]:
    lesser, greater = sorted((heard.praise, heard.concern))
    if greater < _CONTEXT:
        return "context", 0.6
    if lesser > _MIXED * greater:
        return "mixed", 0.4 + 0.5 * lesser / greater
    always, clear, both = _SURE
    sure = logistic(always + clear * log1p(abs(score)) + both * log1p(lesser))
    return ("strength" if score >= 0 else "weakness"), sure
