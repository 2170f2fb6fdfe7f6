"""Training: examples in, the weights that the package ships out.

`python -m joinedup.attribution.train RESPONSIBLE POLARITY [FOLDER]` reads two files of examples (kept in the
repository under `bench/attribution`) and writes the weights into FOLDER, the package's own data by default. It needs
scikit-learn, which using the weights does not.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joinedup.attribution.examples import Example, read_examples
from joinedup.attribution.model import AGENCIES
from joinedup.attribution.weights import PolarityWeights, ResponsibleWeights, merged

STRENGTH = 0.06
"""How freely weights may grow (the C of scikit-learn's logistic regression), chosen by leaving areas out."""
POLARITY_STRENGTH = 0.2
THRESHOLD = 0.45
_SMALL = 0.004
"""Weights nearer to nothing than this are left out of the files."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The model of responsibility as it is kept: the relational weights shared by all agencies, and each one's own."""

    lexical: dict[str, tuple[float, ...]]
    shared: dict[str, float]
    own: dict[str, dict[str, float]]
    threshold: float

    def weights(self) -> ResponsibleWeights:
        """As it is used."""
        return ResponsibleWeights(self.lexical, merged(self.shared, self.own), self.threshold)


def design(examples: Sequence[Example]) -> tuple[list[dict[str, float]], list[bool]]:
    """One row an example and agency: the features as the model sees them, and whether the agency is responsible."""
    rows: list[dict[str, float]] = []
    truth: list[bool] = []
    for each in examples:
        for agency in AGENCIES:
            row = {f"{agency}|{name}": 1.0 for name in each.features}
            for name, value in each.relational[agency].items():
                row["shared|" + name] = value
                if name.startswith("="):
                    row[f"{agency}|own|{name}"] = value
            rows.append(row)
            truth.append(agency in each.label)
    return rows, truth


def fit_responsible(examples: Sequence[Example], threshold: float = THRESHOLD) -> Fitted:
    """The model of responsibility from examples: one logistic regression over all agencies together."""
    rows, truth = design(examples)
    weights = _fit(rows, truth, [1.0] * len(rows), STRENGTH)
    lexical: dict[str, list[float]] = {}
    shared: dict[str, float] = {}
    own: dict[str, dict[str, float]] = {agency: {} for agency in AGENCIES}
    for name, weight in weights.items():
        head, _, feature = name.partition("|")
        if head == "shared":
            shared[feature] = weight
        elif feature.startswith("own|"):
            own[head][feature.removeprefix("own|")] = weight
        else:
            lexical.setdefault(feature, [0.0] * len(AGENCIES))[AGENCIES.index(head)] = weight
    return Fitted({name: tuple(row) for name, row in lexical.items()}, shared, own, threshold)


def fit_polarity(examples: Sequence[Example]) -> PolarityWeights:
    """The model of polarity from examples labelled 1 (praise) and 0 (concern)."""
    rows = [{**dict.fromkeys(each.features, 1.0), "|bias": 1.0} for each in examples]
    truth = [bool(each.label) for each in examples]
    weights = _fit(rows, truth, [each.weight for each in examples], POLARITY_STRENGTH)
    bias = weights.pop("|bias", 0.0)
    words: dict[str, tuple[float, dict[str, float], dict[str, float]]] = {}
    for name, weight in weights.items():
        *before, last = name.split(" ")
        alone, pairs, apart = words.get(last, (0.0, {}, {}))
        if len(before) == 2:
            apart[before[0]] = weight
        elif before:
            pairs[before[0]] = weight
        else:
            alone = weight
        words[last] = (alone, pairs, apart)
    return PolarityWeights(words, bias)


def _fit(
    rows: Sequence[dict[str, float]], truth: Sequence[bool], weights: Sequence[float], strength: float
) -> dict[str, float]:
    """Logistic regression without an intercept (a bias is among the features): each feature's weight."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer()
    table = vectors.fit_transform(rows).tocsr()
    table.indices, table.indptr = table.indices.astype("int32"), table.indptr.astype("int32")
    model: Any = LogisticRegression(
        C=strength, solver="liblinear", fit_intercept=False, max_iter=300, random_state=0
    ).fit(table, truth, sample_weight=weights)
    fitted = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 4) for name, weight in fitted if abs(weight) >= _SMALL}


def write_weights(folder: Path, responsible: Fitted, polarity: PolarityWeights) -> None:
    """The two files of weights, the same bytes for the same weights."""
    _write(
        folder / "responsible.json.gz",
        {
            "lexical": responsible.lexical,
            "shared": responsible.shared,
            "own": responsible.own,
            "threshold": responsible.threshold,
        },
    )
    _write(
        folder / "polarity.json.gz",
        {"words": polarity.words, "bias": polarity.bias},
    )


def _write(path: Path, held: dict[str, Any]) -> None:
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: fits both models and writes their weights."""
    parser = argparse.ArgumentParser(prog="python -m joinedup.attribution.train", description=(__doc__ or "").strip())
    parser.add_argument("responsible", type=Path)
    parser.add_argument("polarity", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent / "data")
    given = parser.parse_args(arguments)
    responsible = fit_responsible(read_examples(given.responsible))
    polarity = fit_polarity(read_examples(given.polarity))
    write_weights(given.folder, responsible, polarity)


if __name__ == "__main__":
    main()
