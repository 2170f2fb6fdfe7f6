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
from joinedup.attribution.themes import themes
from joinedup.attribution.trees import Trees, unpacked


@dataclass(frozen=True, slots=True)
class ResponsibleWeights:
    """Who is held responsible: weights by feature. `lexical` has one weight an agency, in the order of AGENCIES.

    `relational` has each agency's weights: those that all share, and its own added to them. `trees` then weigh the
    scores against the parts that bodies play; an agency answers whose probability is the `threshold` or more.
    """

    lexical: Mapping[str, tuple[float, ...]]
    relational: Mapping[str, Mapping[str, float]]
    trees: Trees
    threshold: float


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
    or more.
    """

    bias: tuple[tuple[int, float], ...]
    lexical: Mapping[str, tuple[tuple[int, float], ...]]
    relational: tuple[Mapping[str, float], ...]
    least: float


def _load(name: str) -> dict[str, Any]:
    packed = files("joinedup.attribution").joinpath(f"data/{name}").read_bytes()
    held = json.loads(gzip.decompress(packed), parse_float=cache(float))
    if not isinstance(held, dict):
        raise AttributionDataError(f"{name}: holds no weights; train again (python -m joinedup.attribution.train)")
    return held


@cache
def responsible_weights() -> ResponsibleWeights:
    """The weights of the model of responsibility. Raises AttributionDataError."""
    held = _load("responsible.json.gz")
    lexical = {feature: tuple(weights) for feature, weights in held["lexical"].items()}
    return ResponsibleWeights(lexical, merged(held["shared"], held["own"]), unpacked(held["trees"]), held["threshold"])


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
        intern(feature): tuple((places[key], weight) for key, weight in row.items() if key in places)
        for feature, row in held["lexical"].items()
    }
    own = merged(held["shared"], {key: held["own"].get(key, {}) for key in places})
    threshold = held["threshold"]
    bias = lexical.pop(ALWAYS, ())  # it is in every statement, and is not the word "any"
    return ThemeWeights(bias, lexical, tuple(own[key] for key in places), math.log(threshold / (1 - threshold)))


def _interned(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights by words that are the very objects that `words.cut` gives, so that looking one up compares no letters."""
    return {intern(word): weight for word, weight in weights.items()}


def logistic(score: float) -> float:
    """A score as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def agency_scores(
    weights: ResponsibleWeights,
    agencies: Iterable[str],
    lexical: Iterable[str],
    relational: Mapping[str, Mapping[str, float]],
) -> dict[str, float]:
    """Each agency's score (log odds of being held responsible) from a statement's features."""
    known = weights.lexical
    rows = [row for row in map(known.get, lexical) if row is not None]
    totals = [sum(column) for column in zip(*rows, strict=True)] if rows else None
    scores: dict[str, float] = {}
    for number, name in enumerate(agencies):
        merged = weights.relational[name]
        scores[name] = (totals[number] if totals else 0.0) + sum(
            value * merged[feature] for feature, value in relational[name].items() if feature in merged
        )
    return scores
