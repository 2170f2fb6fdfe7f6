"""How likely it is that a sentence is on the thing that a request asks for.

A small logistic model: numbers from the wordings, each with a learnt weight. The numbers are plain: what share of the
weighed terms is common, how rare the rarest common term is, whether the two begin with the same thing, belong to the
same theme, speak of the same children and the same body.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from joinedup.analysis.asked_again_words import Wording, stem, weigh, weights

T = TypeVar("T")

LEAST_ALIKE = 0.05
"""Wordings less alike than this (cosine) are never on the same thing."""
_ALIKE_WITHOUT = 0.12
"""Nor are those less alike than this that share no telling concept; they need not be weighed at all."""
_NEAREST = 6
_SHARED_SHOWN = 6
_LETTERS = re.compile(r"[a-z]+(?:'[a-z]+)?")

FEATURES = (
    "one",
    "cosine",
    "covers_earlier",
    "covers_later",
    "heads",
    "rarest",
    "second_rarest",
    "concepts",
    "concepts_of_shorter",
    "themes",
    "other_children",
    "send_against_other",
    "board_against_other",
    "longer",
    "narrow",
    "narrow_alone",
    "narrow_of_all",
    "narrow_rare",
    "narrow_two",
    "narrow_missed",
    "same_subject",
    "subject_of_earlier_in_later",
    "subject_of_later_in_earlier",
    "earlier_begins_in_later",
    "later_begins_in_earlier",
)
"""The names of the numbers, in the order of the weights."""
COSINE = FEATURES.index("cosine")


def shared(earlier: Wording, later: Wording) -> tuple[str, ...]:
    """The heaviest terms that both have, heaviest first."""
    both = [term for term in earlier.terms if term in later.terms]
    return tuple(sorted(both, key=lambda term: (-earlier.terms[term], term))[:_SHARED_SHOWN])


def features(earlier: Wording, later: Wording) -> tuple[float, ...]:
    """The numbers of one pair (`FEATURES`): 0 to 1, and up to 2 for what one covers of the other where its words weigh
    less there."""
    both = [term for term in earlier.terms if term in later.terms]
    common = sorted((math.sqrt(earlier.terms[term] * later.terms[term]) for term in both), reverse=True)
    total = sum(common)
    squares = sum(weight * weight for weight in common)
    ours, theirs = earlier.things, later.things
    meet = sum(math.sqrt(weight * theirs[term]) for term, weight in ours.items() if term in theirs)
    less = min(sum(ours.values()), sum(theirs.values()))
    union = sum({**ours, **theirs}.values())
    return (
        1.0,
        _share(squares, earlier.norm * later.norm),
        _share(total, earlier.total),
        _share(total, later.total),
        _heads(earlier.head, later.head),
        common[0] / 8 if common else 0.0,
        common[1] / 8 if len(common) > 1 else 0.0,
        _share(meet, union),
        _share(meet, less),
        _jaccard(earlier.themes, later.themes),
        float(bool(earlier.groups and later.groups and not earlier.groups & later.groups)),
        float(("SEND" in earlier.groups) != ("SEND" in later.groups)),
        float(("BOARD" in earlier.bodies) != ("BOARD" in later.bodies)),
        min(1.0, math.log1p(max(len(earlier.terms), len(later.terms))) / 5),
        *_narrow(earlier, later),
        float(earlier.subject is not None and earlier.subject == later.subject),
        float(earlier.subject in later.terms),
        float(later.subject in earlier.terms),
        _begins(earlier.head, later.terms),
        _begins(later.head, earlier.terms),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _jaccard(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _narrow(earlier: Wording, later: Wording) -> tuple[float, float, float, float, float, float]:
    """The telling concepts that both have.

    How prominent the most prominent is; what share that is of the shorter's telling concepts; what share the common
    ones are of all; how rare and prominent the best is; the second's prominence; whether both tell and share none.
    """
    ours, theirs = earlier.narrow, later.narrow
    both = {name: weight * theirs[name] for name, weight in ours.items() if name in theirs}
    ranked = sorted(both.values(), reverse=True)
    most = ranked[0] if ranked else 0.0
    alone = most / min(len(ours), len(theirs)) if both else 0.0
    every = sum(ours.values()) + sum(theirs.values()) - sum(both.values())
    rare = max((math.sqrt(earlier.terms[name] * later.terms[name]) for name in both), default=0.0) / 8
    second = ranked[1] if len(ranked) > 1 else 0.0
    return most, alone, _share(sum(both.values()), every), rare, second, float(bool(ours and theirs and not both))


def _heads(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """What both begin with, against the lighter of the two beginnings."""
    return _share(
        sum(min(weight, theirs[term]) for term, weight in ours.items() if term in theirs),
        min(sum(ours.values()), sum(theirs.values())),
    )


def _begins(head: Mapping[str, float], terms: Mapping[str, float]) -> float:
    """What one begins with, as far as the other has it anywhere."""
    return _share(sum(weight for term, weight in head.items() if term in terms), sum(head.values()))


def chance(numbers: Sequence[float]) -> float:
    """How likely (0 to 1) a sentence is on the thing that a request asks for, by the shipped model."""
    known: Mapping[str, float] = weights()["mentioned"]
    return logistic(sum(known[name] * number for name, number in zip(FEATURES, numbers, strict=True)))


def logistic(value: float) -> float:
    """1 / (1 + e^-value), without overflow."""
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0


def readable(terms: Sequence[str], text: str) -> tuple[str, ...]:
    """Terms as a reader knows them: a concept's name, or the word of `text` that the term was made of."""
    words = {stem(word): word for word in reversed(_LETTERS.findall(text.lower()))}
    return tuple(term.lower().replace("_", " ") if term.isupper() else words.get(term, term) for term in terms)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """One wording found: what it belongs to, its words, how alike (cosine), how sure, and the terms in common."""

    what: T
    words: str
    score: float
    sure: float
    shared: tuple[str, ...]


class Index(Generic[T]):
    """Wordings to be searched for those on the same thing as another, through the telling terms that they have."""

    def __init__(self, wordings: Sequence[tuple[T, str]], *, about: Callable[[T], str]) -> None:
        self._wordings = [(what, words, weigh(words, about(what))) for what, words in wordings]
        self._having: dict[str, list[tuple[int, float]]] = {}
        light = weights()["light"]
        for number, (_, _, wording) in enumerate(self._wordings):
            for term, weight in wording.terms.items():
                if term.isupper() or weight >= light:
                    self._having.setdefault(term, []).append((number, weight))

    def search(self, text: str, about: str, *, least: float) -> list[Hit[T]]:
        """The wordings that are on the same thing with a likelihood of at least `least`, surest first."""
        sought = weigh(text, about)
        hits = []
        for number in self._near(sought):
            what, words, wording = self._wordings[number]
            numbers = features(sought, wording)
            sure = chance(numbers)
            if sure >= least:
                hits.append(Hit(what, words, numbers[COSINE], sure, shared(sought, wording)))
        return sorted(hits, key=lambda hit: -hit.sure)

    def _near(self, sought: Wording) -> list[int]:
        """The wordings most alike by their telling terms: the rest cannot be on the same thing and are not weighed."""
        alike: dict[int, float] = {}
        for term, weight in sought.terms.items():
            for number, other in self._having.get(term, ()):
                alike[number] = alike.get(number, 0.0) + weight * other
        near = []
        for number, product in alike.items():
            theirs = self._wordings[number][2]
            cosine = _share(product, sought.norm * theirs.norm)
            if cosine >= _ALIKE_WITHOUT or (
                cosine >= LEAST_ALIKE and not sought.narrow.keys().isdisjoint(theirs.narrow)
            ):
                near.append((cosine, number))
        return [number for _, number in sorted(near, key=lambda one: (-one[0], one[1]))[:_NEAREST]]
