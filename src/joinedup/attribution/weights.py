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
from typing import Any

from joinedup.attribution.errors import AttributionDataError


@dataclass(frozen=True, slots=True)
class ResponsibleWeights:
    """Who is held responsible: weights by feature. `lexical` has one weight an agency, in the order of AGENCIES."""

    lexical: Mapping[str, tuple[float, ...]]
    shared: Mapping[str, float]
    own: Mapping[str, Mapping[str, float]]
    threshold: float


@dataclass(frozen=True, slots=True)
class PolarityWeights:
    """Praise (above 0) or concern (below 0): weights by word, by pair, and by pair with one word between."""

    words: Mapping[str, float]
    pairs: Mapping[str, Mapping[str, float]]
    apart: Mapping[str, Mapping[str, float]]
    bias: float


def _load(name: str) -> dict[str, Any]:
    packed = files("joinedup.attribution").joinpath(f"data/{name}").read_bytes()
    held = json.loads(gzip.decompress(packed))
    if not isinstance(held, dict):
        raise AttributionDataError(f"{name}: holds no weights; train again (python -m joinedup.attribution.train)")
    return held


@cache
def responsible_weights() -> ResponsibleWeights:
    """The weights of the model of responsibility. Raises AttributionDataError."""
    held = _load("responsible.json.gz")
    lexical = {feature: tuple(weights) for feature, weights in held["lexical"].items()}
    return ResponsibleWeights(lexical, held["shared"], held["own"], held["threshold"])


@cache
def polarity_weights() -> PolarityWeights:
    """The weights of the model of polarity. Raises AttributionDataError."""
    held = _load("polarity.json.gz")
    return PolarityWeights(held["words"], held["pairs"], held["apart"], held["bias"])


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
    names = tuple(agencies)
    totals = [0.0] * len(names)
    for feature in lexical:
        row = weights.lexical.get(feature)
        if row is not None:
            totals = [total + weight for total, weight in zip(totals, row, strict=True)]
    shared = weights.shared
    scores: dict[str, float] = {}
    for name, total in zip(names, totals, strict=True):
        own = weights.own[name]
        for feature, value in relational[name].items():
            total += value * (shared.get(feature, 0.0) + own.get(feature, 0.0))
        scores[name] = total
    return scores
