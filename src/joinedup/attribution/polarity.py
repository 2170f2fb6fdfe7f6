"""Praise or concern: what a statement of the main text is, told by its words, sentence by sentence.

Every word, pair of words and pair with one word between has a weight learnt from items that stand under "strengths"
and "what needs to improve"; a sentence's weights add up to praise or concern. Where both are heard, the statement is
mixed; where hardly either is, it is context. An item keeps what its list says it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from joinedup.attribution.model import Polarity, Praise, Statement
from joinedup.attribution.weights import PolarityWeights, logistic, polarity_weights
from joinedup.attribution.words import Words, cut

_HEADINGS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"do better|needs? to improve|for (priority action|improvement)|weaknesses"), -1.5),
    (re.compile(r"effective practice|key strengths|^strengths"), 1.5),
)
"""What a heading adds: some say of themselves whether what stands under them is praise."""
_NOT_FINDINGS = re.compile(
    r"open government licence|www\.|@ofsted|large print or braille|regulates and inspects|our monthly newsletter"
)
_MIXED, _CONTEXT = 0.55, 0.35
"""The lesser of praise and concern as a share of the greater from which a statement is mixed; the sum of both below
which it is context (chosen on the tuning half of the labelled findings)."""


def features(plain: Sequence[str]) -> Iterator[str]:
    """The features of one sentence's plain words: each word, pair ("a b"), and pair with one between ("a _ b")."""
    marked = ["^", *plain]
    for at, word in enumerate(marked):
        if at:
            yield word
            yield f"{marked[at - 1]} {word}"
        if at > 1:
            yield f"{marked[at - 2]} _ {word}"


def sentences(words: Words) -> Iterator[list[int]]:
    """Each sentence as the places of its words, marks left out (commas stay)."""
    places: list[int] = []
    number = 0
    for at, word in enumerate(words.plain):
        if words.sentence[at] != number:
            number = words.sentence[at]
            if places:
                yield places
            places = []
        if word[0].isalnum() or word == ",":
            places.append(at)
    if places:
        yield places


class Feature(NamedTuple):
    """A feature that has a weight, with its first and its last word."""

    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What the weights hear in a text: praise and concern by sentence, and each feature once."""

    praise: float
    concern: float
    features: tuple[Feature, ...]

    @property
    def score(self) -> float:
        """Praise less concern, each feature counted once however often it stands."""
        return sum(feature.weight for feature in self.features)


def judge_polarity(statement: Statement, words: Words | None = None) -> Praise:
    """Praise or concern of a statement, with the words that weigh most for it; `words` where it is cut already."""
    if statement.kind == "finding" and _NOT_FINDINGS.search(statement.text.lower()):
        return Praise("context", "", 0.99)
    weights = polarity_weights()
    words = words or cut(statement.text)
    heard = listen(weights, words)
    score = heard.score + weights.bias + heading_weight(statement.section)
    value, confidence = _decided(statement, heard, score)
    return Praise(value, _telling(words, heard, value), round(confidence, 3))


def _telling(words: Words, heard: Heard, value: Polarity) -> str:
    """The words that weigh most for an answer; for a mixed statement, those of concern."""
    if value == "context" or not heard.features:
        return ""
    best = (max if value == "strength" else min)(heard.features)
    return words.between(best.start, best.end + 1)


def heading_weight(section: str | None) -> float:
    """What the heading above a statement adds to its score."""
    heading = (section or "").lower()
    return next((weight for pattern, weight in _HEADINGS if pattern.search(heading)), 0.0)


def score_text(weights: PolarityWeights, text: str) -> float:
    """A text's score by its words alone: praise above 0, concern below."""
    return listen(weights, cut(text)).score + weights.bias


def listen(weights: PolarityWeights, words: Words) -> Heard:
    """What a text's sentences say."""
    praise = concern = 0.0
    seen: dict[tuple[str, str, str], Feature] = {}
    for places in sentences(words):
        total = _add_sentence(weights, words.plain, places, seen)
        praise += max(0.0, total)
        concern += max(0.0, -total)
    return Heard(praise, concern, tuple(seen.values()))


_NOTHING: dict[str, float] = {}


def _add_sentence(
    weights: PolarityWeights, plain: Sequence[str], places: Sequence[int], seen: dict[tuple[str, str, str], Feature]
) -> float:
    """The sum of one sentence's weights; its features into `seen`."""
    words, pairs, apart = weights.words, weights.pairs, weights.apart
    total = 0.0
    one, two, first, second = "", "^", places[0], places[0]
    for place in places:
        word = plain[place]
        weight = words.get(word)
        if weight:
            total += weight
            seen["", "", word] = Feature(weight, place, place)
        weight = pairs.get(two, _NOTHING).get(word)
        if weight:
            total += weight
            seen["", two, word] = Feature(weight, second, place)
        weight = apart.get(one, _NOTHING).get(word)
        if weight:
            total += weight
            seen[one, "_", word] = Feature(weight, first, place)
        one, two, first, second = two, word, second, place
    return total


def _decided(statement: Statement, heard: Heard, score: float) -> tuple[Polarity, float]:
    if statement.kind != "finding":
        return ("strength" if statement.kind == "strength" else "weakness"), 0.98
    lesser, greater = sorted((heard.praise, heard.concern))
    if greater < _CONTEXT:
        return "context", 0.6
    if lesser > _MIXED * greater:
        return "mixed", 0.4 + 0.5 * lesser / greater
    sure = logistic(score)
    return ("strength", sure) if score >= 0 else ("weakness", 1 - sure)
