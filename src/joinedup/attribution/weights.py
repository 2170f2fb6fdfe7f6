"""The weights that training wrote, and the arithmetic that uses them: sums and one logistic curve, nothing more.

`python -m joinedup.attribution.train` writes the files; `docs/explanation/attribution.md` says from what. Scoring in
plain Python keeps the package light and its answers the same on every machine.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from sys import intern
from typing import Any

from joinedup.attribution.errors import AttributionDataError
from joinedup.attribution.model import AGENCIES
from joinedup.attribution.themes import themes
from joinedup.attribution.trees import Trees, unpacked

JOINT = ("jtai", "area-send")
"""The families of reports on several agencies together, where a model tells who is held responsible: each has weights
of its own, because the same words hold others responsible in them."""
COUNCIL = "council"
"""The reports on one body, a council or its safeguarding board: a model of theirs, asked where others are named too."""


@dataclass(frozen=True, slots=True)
class ResponsibleWeights:
    """Who is held responsible: weights by feature, one an agency in the order of AGENCIES, side by side in one whole
    number.

    `lexical` has those of the statement's words. `relational` has those of how an agency is named, where that holds or
    does not: the weight that all agencies share, with each one's own added; `measured` the same of what is a share.
    `trees` then weigh the scores against the parts that bodies play, in the families where they help; an agency answers
    whose probability is its one of `thresholds` or more.
    """

    lexical: Mapping[str, int]
    relational: Mapping[str, int]
    measured: Mapping[str, int]
    trees: Trees | None
    thresholds: Mapping[str, float]


MEASURED = ("=share", "=share of sentences")
"""The relational features that are numbers from 0 to 1; all others hold (1.0) or are not there."""
UNITS = 10_000
"""Whole numbers to one of log odds: weights are kept with four decimals."""
_BITS = 32
_MASK, _HALF = (1 << _BITS) - 1, 1 << (_BITS - 1)
_LENT = sum(_HALF << (_BITS * place) for place in range(len(AGENCIES)))
"""Half of its range added to each weight of a whole number, so that one below 0 borrows nothing from the next."""


@dataclass(frozen=True, slots=True)
class PolarityWeights:
    """Praise (above 0) or concern (below 0), by a feature's last word: one look finds all that a word may end.

    `words` has for each word its own weight, the weights of its pairs by the word before it, and those of its pairs
    by the word before that.
    """

    words: Mapping[str, tuple[float, Mapping[str, float], Mapping[str, float]]]
    bias: float


ALWAYS = "any"
"""The feature of themes that every statement has: how often a theme is met at all."""


@dataclass(frozen=True, slots=True)
class ThemeWeights:
    """What a statement is about: weights of features, themes by their place in the taxonomy.

    `lexical` has for each feature the themes that it speaks for or against; `relational` each theme's weights, those
    that all share with its own added, and `bias` what each has from the start. A theme counts whose score is `least`
    or more. `words` are the features that are words of the statement.

    All are whole numbers, UNITS to one of log odds, so that their sums are exact in whatever order they are added.
    """

    bias: tuple[tuple[int, int], ...]
    lexical: Mapping[str, tuple[tuple[int, int], ...]]
    words: frozenset[str]
    relational: tuple[Mapping[str, int], ...]
    least: float


def _load(name: str) -> dict[str, Any]:
    packed = files("joinedup.attribution").joinpath(f"data/{name}").read_bytes()
    held = json.loads(gzip.decompress(packed), parse_float=cache(float))
    if not isinstance(held, dict):
        raise AttributionDataError(f"{name}: holds no weights; train again (python -m joinedup.attribution.train)")
    return held


@cache
def responsible_weights(family: str) -> ResponsibleWeights:
    """The weights of the model of responsibility of a family of JOINT, or of COUNCIL. Raises AttributionDataError."""
    held = _load(f"{family}.json.gz")
    lexical = {intern(feature): side_by_side(weights) for feature, weights in held["lexical"].items()}
    agencies = merged(held["shared"], {agency: held["own"].get(agency, {}) for agency in AGENCIES})
    names = dict.fromkeys(name for known in agencies.values() for name in known)
    relational = {name: side_by_side(known.get(name, 0.0) for known in agencies.values()) for name in names}
    measured = {name: relational.pop(name) for name in MEASURED if name in relational}
    trees = unpacked(held["trees"]) if held["trees"] else None
    return ResponsibleWeights(lexical, relational, measured, trees, held["thresholds"])


def merged(shared: Mapping[str, float], own: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Each agency's (or theme's) relational weights: the shared ones with its own added."""
    return {
        agency: {name: shared.get(name, 0.0) + mine.get(name, 0.0) for name in {*shared, *mine}}
        for agency, mine in own.items()
    }


@cache
def polarity_weights() -> PolarityWeights:
    """The weights of the model of polarity. Raises AttributionDataError."""
    held = _load("polarity.json.gz")
    words = {
        intern(word): (own, _interned(pairs), _interned(apart)) for word, (own, pairs, apart) in held["words"].items()
    }
    return PolarityWeights(words, held["bias"])


@cache
def theme_weights() -> ThemeWeights:
    """The weights of the model of themes. Raises AttributionDataError."""
    held = _load("themes.json.gz")
    places = {theme.key: number for number, theme in enumerate(themes())}
    lexical = {
        intern(feature): tuple((places[key], round(weight * UNITS)) for key, weight in row.items() if key in places)
        for feature, row in held["lexical"].items()
    }
    own = merged(held["shared"], {key: held["own"].get(key, {}) for key in places})
    relational = tuple({name: round(weight * UNITS) for name, weight in own[key].items()} for key in places)
    threshold = held["threshold"]
    bias = lexical.pop(ALWAYS, ())  # it is in every statement, and is not the word "any"
    words = frozenset(feature for feature in lexical if "|" not in feature)
    return ThemeWeights(bias, lexical, words, relational, math.log(threshold / (1 - threshold)) * UNITS)


def _interned(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights by words that are the very objects that `words.cut` gives, so that looking one up compares no letters."""
    return {intern(word): weight for word, weight in weights.items()}


def logistic(score: float) -> float:
    """A score as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def agency_scores(
    weights: ResponsibleWeights, lexical: Iterable[str], relational: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """The score (log odds of being held responsible), from a statement's features, of each agency that `relational`
    has, in the order of AGENCIES. Agencies whose features are one object are added up once."""
    spoken = sum(filter(None, map(weights.lexical.get, lexical)))
    told: dict[int, int] = {}
    scores: dict[str, float] = {}
    for number, agency in enumerate(AGENCIES):
        found = relational.get(agency)
        if found is None:
            continue
        if id(found) not in told:
            told[id(found)] = spoken + sum(filter(None, map(weights.relational.get, found)))
        score = one_of(told[id(found)], number)
        for name, row in weights.measured.items():
            if name in found:
                score += found[name] * one_of(row, number)
        scores[agency] = score
    return scores


def side_by_side(weights: Iterable[float]) -> int:
    """Weights (of up to four decimals, their sums within 200,000) in one whole number, each in 32 bits of its own:
    adding such numbers adds all their weights at once, and exactly."""
    return sum(round(weight * UNITS) << (_BITS * place) for place, weight in enumerate(weights))


def one_of(together: int, place: int) -> float:
    """One of the weights that such a number, or a sum of such numbers, holds."""
    return (((together + _LENT >> _BITS * place) & _MASK) - _HALF) / UNITS
