"""How likely it is that two wordings are on the same thing, and whether a wording praises.

Both are small logistic models: numbers from the wordings, each with a learnt weight. The numbers are plain: what
share of the weighed terms is common, how rare the rarest common term is, whether the two begin with the same thing,
belong to the same theme, speak of the same children and the same body.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from joinedup.analysis.asked_again_words import Wording, weights

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
    "letters",
    "other_children",
    "send_against_other",
    "board_against_other",
    "longer",
    "narrow",
    "narrow_alone",
    "narrow_of_all",
    "narrow_missed",
    "same_subject",
    "subject_of_earlier_in_later",
    "subject_of_later_in_earlier",
    "earlier_begins_in_later",
    "later_begins_in_earlier",
)
"""The names of the numbers, in the order of the weights."""


def shared(earlier: Wording, later: Wording) -> list[str]:
    """The terms that both have, heaviest first."""
    both = [term for term in earlier.terms if term in later.terms]
    return sorted(both, key=lambda term: (-earlier.terms[term], term))


def features(earlier: Wording, later: Wording) -> tuple[float, ...]:
    """The numbers of one pair (`FEATURES`); each lies between 0 and about 1."""
    both = shared(earlier, later)
    common = sorted((math.sqrt(earlier.terms[term] * later.terms[term]) for term in both), reverse=True)
    total = sum(common)
    squares = sum(weight * weight for weight in common)
    ours, theirs = _concepts(earlier), _concepts(later)
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
        _letters(earlier, later),
        float(bool(earlier.groups and later.groups and not earlier.groups & later.groups)),
        float(("send" in earlier.groups) != ("send" in later.groups)),
        float(("board" in earlier.bodies) != ("board" in later.bodies)),
        min(1.0, math.log1p(max(len(earlier.terms), len(later.terms))) / 5),
        *_narrow(earlier.narrow, later.narrow),
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


def _concepts(wording: Wording) -> dict[str, float]:
    return {term: weight for term, weight in wording.terms.items() if term.isupper()}


def _narrow(ours: Mapping[str, float], theirs: Mapping[str, float]) -> tuple[float, float, float, float]:
    """The most prominent telling concept that both have; what share it is of the shorter's telling concepts; what
    share the common ones are of all; whether both have telling concepts and share none.
    """
    both = {name: weight * theirs[name] for name, weight in ours.items() if name in theirs}
    most = max(both.values(), default=0.0)
    alone = most / min(len(ours), len(theirs)) if both else 0.0
    every = sum(ours.values()) + sum(theirs.values()) - sum(both.values())
    return most, alone, _share(sum(both.values()), every), float(bool(ours and theirs and not both))


def _heads(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """What both begin with, against the lighter of the two beginnings."""
    return _share(
        sum(weight for term, weight in ours.items() if term in theirs),
        min(sum(ours.values()), sum(theirs.values())),
    )


def _begins(head: Mapping[str, float], terms: Mapping[str, float]) -> float:
    """What one begins with, as far as the other has it anywhere."""
    return _share(sum(weight for term, weight in head.items() if term in terms), sum(head.values()))


def _letters(ours: Wording, theirs: Wording) -> float:
    """How alike the heaviest words are letter by letter, for words of one root that stemming keeps apart."""
    first, second = _trigrams(ours), _trigrams(theirs)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _trigrams(wording: Wording) -> set[str]:
    return {f" {term.lower()} "[at : at + 3] for term in wording.head for at in range(len(term))}


def chance(model: str, numbers: Sequence[float]) -> float:
    """The likelihood (0 to 1) by one of the shipped models: "asked" or "mentioned"."""
    known: Mapping[str, float] = weights()[model]
    return logistic(sum(known[name] * number for name, number in zip(FEATURES, numbers, strict=True)))


def logistic(value: float) -> float:
    """1 / (1 + e^-value), without overflow."""
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0
