"""Training: examples in, the weights that the package ships out.

`python -m joinedup.attribution.train EXAMPLES [FOLDER]` reads the files of examples in the folder EXAMPLES (in the
repository `bench/attribution`) and writes the weights into FOLDER, the package's own data by default. It needs
scikit-learn, which using the weights does not.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from joinedup.attribution.examples import Example, read_examples
from joinedup.attribution.jointly import in_doubt, probabilities
from joinedup.attribution.model import AGENCIES
from joinedup.attribution.roles import with_scores
from joinedup.attribution.themes import themes
from joinedup.attribution.trees import Tree, Trees, answer, packed
from joinedup.attribution.weights import ALWAYS, COUNCIL, JOINT, PolarityWeights, logistic

STRENGTH = 0.06
"""How freely weights may grow (the C of scikit-learn's logistic regression), chosen by leaving areas out."""
POLARITY_STRENGTH = 0.2
_THRESHOLD, _SELDOM = 0.45, 0.35
"""The probability from which an agency answers, and in reports on a council one that is seldom held responsible there:
all but the council and the partnership. So few are that the likelier answer is nearly always no; from 0.45 on they were
told too seldom. Chosen by leaving areas and reports out."""
THEME_STRENGTH = 0.4
"""How freely weights of themes may grow, chosen by leaving reports out, as is their threshold. They are made few (the
penalty is on their sum, not on their squares): as good as many, and told in a tenth of the time."""
THEME_THRESHOLD = 0.4
INNER = 5
"""Parts of the learning areas: what the trees learn from was scored by weights learnt from the other parts."""
GROWTH: dict[str, Any] = {
    "n_estimators": 120,
    "learning_rate": 0.06,
    "max_depth": None,
    "max_leaf_nodes": 10,
    "min_samples_leaf": 15,
    "subsample": 0.6,
    "max_features": 0.25,
    "random_state": 0,
}
"""How the trees are grown (scikit-learn's gradient boosting), chosen by leaving areas out."""
WITH_TREES = ("jtai",)
"""The families of reports where trees decide what the regression is in doubt about. In area SEND, where there are fewer
examples, they told hardly more than the regression alone."""
ENOUGH = 20
"""Examples from which a theme's own weights are learnt."""
BY_NAME = 1.3
"""The score (log odds) of a theme with fewer, where the text names it once: in three of four cases it is about it."""
_NEVER = 10.0
_NARROW = 1e-9
"""How near to the best weights of polarity is near enough: so near that any machine finds the same, but for the last of
four decimals."""
_SMALL, _FAINT, _FEW = 0.004, 0.02, 0.15
"""Weights that are kept: of agencies, whose features weigh together; of praise and concern, where smaller ones change
no figure; and of themes, of which few are wanted."""
COMMON = 0.25
"""A word in more of the statements than this is not learnt from for themes: it tells little, and costs time."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Examples as a table, made once for many fits: a row an example and class, a column a name in `names`.

    The classes are the agencies, or the themes. `truth` says of each row whether the class is among the example's
    labels. Both are numpy's (or scipy's) arrays.
    """

    examples: tuple[Example, ...]
    classes: tuple[str, ...]
    names: tuple[str, ...]
    table: Any
    truth: Any

    def rows(self, chosen: Sequence[int]) -> Any:
        """The places of the rows of some examples."""
        import numpy

        return (numpy.asarray(chosen)[:, None] * len(self.classes) + numpy.arange(len(self.classes))).ravel()


@dataclass(frozen=True, slots=True)
class Model:
    """The model of responsibility as fitted: the regression's weight of each column of the table, and any trees."""

    columns: Any
    trees: Trees | None

    def probabilities(self, prepared: Prepared, chosen: Sequence[int]) -> list[dict[str, float]]:
        """For each of some examples the probability of each agency that it is asked of."""
        scored = [
            {agency: score for agency, score in scores.items() if agency in prepared.examples[one].relational}
            for one, scores in zip(chosen, _scores(prepared, self.columns, chosen), strict=True)
        ]
        if self.trees is None:
            return _logistic(scored)
        found = []
        for one, scores in zip(chosen, scored, strict=True):
            rows = {agency: row for agency, row in prepared.examples[one].roles.items() if in_doubt(scores[agency])}
            found.append(probabilities(scores, rows, self.trees))
        return found


def prepare(
    examples: Sequence[Example], classes: Sequence[str] = AGENCIES, *, of_all_classes: bool = False
) -> Prepared:
    """Examples as a table. Lexical features have a column for each class; of relational ones, a column that all
    classes share and, for those that start with "=", one of each class's own.

    A class that an example has no relational features of is not asked of it: its row is empty and teaches nothing
    (there is no intercept). With `of_all_classes` the lexical features are asked of every class all the same.
    """
    import numpy
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    places: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for number, each in enumerate(examples):
        spoken = sorted(each.features)
        for place, one in enumerate(classes):
            asked = of_all_classes or one in each.relational
            named = [(f"{one}|{name}", 1.0) for name in spoken] if asked else []
            for name, value in each.relational.get(one, {}).items():
                named.append(("shared|" + name, value))
                if name.startswith("="):
                    named.append((f"{one}|own|{name}", value))
            rows += [number * len(classes) + place] * len(named)
            columns += [places.setdefault(name, len(places)) for name, _ in named]
            values += [value for _, value in named]
    table = csr_matrix((values, (rows, columns)), shape=(len(examples) * len(classes), len(places)))
    truth = numpy.array([one in each.label for each in examples for one in classes])
    return Prepared(tuple(examples), tuple(classes), tuple(places), table, truth)


def fit_responsible(prepared: Prepared, chosen: Sequence[int], family: str) -> Model:
    """The model of responsibility of a family of reports from some of the examples (their places): one logistic
    regression over all agencies together and, in some families, trees that learn from its scores of areas it did not
    learn from."""
    columns = _columns(prepared, chosen, STRENGTH)
    return Model(columns, _grown(prepared, chosen) if family in WITH_TREES else None)


def thresholds(family: str) -> dict[str, float]:
    """The probability from which each agency answers in a family of reports."""
    usual = AGENCIES if family != COUNCIL else ("local_authority", "partnership")
    return {agency: _THRESHOLD if agency in usual else _SELDOM for agency in AGENCIES}


def _grown(prepared: Prepared, chosen: Sequence[int]) -> Trees:
    """The trees, learnt from what the regression says of areas that it did not learn from."""
    import numpy
    from sklearn.ensemble import GradientBoostingClassifier

    groups = sorted({prepared.examples[one].group for one in chosen})
    part = {group: place % INNER for place, group in enumerate(groups)}
    rows: list[list[float]] = []
    truth: list[bool] = []
    for left_out in range(min(INNER, len(groups))):
        inside = [one for one in chosen if part[prepared.examples[one].group] != left_out]
        outside = [one for one in chosen if part[prepared.examples[one].group] == left_out]
        for one, scores in zip(outside, _scores(prepared, _columns(prepared, inside, STRENGTH), outside), strict=True):
            for place, agency in enumerate(AGENCIES):
                if in_doubt(scores[agency]):
                    rows.append(with_scores(prepared.examples[one].roles[agency], agency, scores))
                    truth.append(bool(prepared.truth[one * len(AGENCIES) + place]))
    grown: Any = GradientBoostingClassifier(**GROWTH).fit(numpy.array(rows, dtype=float), truth)
    return _trees(grown, numpy.array(rows[:1], dtype=float))


def prepare_themes(examples: Sequence[Example]) -> Prepared:
    """Examples of themes as a table, without the words that most statements have."""
    met = Counter(name for each in examples for name in each.features if "|" not in name and name != ALWAYS)
    common = {name for name, count in met.items() if count > COMMON * len(examples)}
    kept = [replace(each, features=each.features - common) for each in examples]
    return prepare(kept, [theme.key for theme in themes()], of_all_classes=True)


def fit_themes(prepared: Prepared, chosen: Sequence[int]) -> Any:
    """The model of themes from some of the examples: one logistic regression over all themes together. A theme with
    fewer than ENOUGH examples has no weights of its own: it counts where the text names it, if the shared ones do not
    speak against that."""
    columns = _columns(prepared, chosen, THEME_STRENGTH, few=True)
    place = {name: number for number, name in enumerate(prepared.names)}
    met = Counter(key for one in chosen for key in prepared.examples[one].label)
    for key in prepared.classes:
        if met[key] < ENOUGH:
            columns[[number for name, number in place.items() if name.startswith(f"{key}|")]] = 0.0
            columns[place[f"{key}|{ALWAYS}"]] = -_NEVER
            if f"{key}|own|=in" in place:
                columns[place[f"{key}|own|=in"]] = _NEVER + BY_NAME - columns[place["shared|=in"]]
    return columns.round(4)


def theme_probabilities(prepared: Prepared, columns: Any, chosen: Sequence[int]) -> list[dict[str, float]]:
    """For each of some examples each theme's probability."""
    return _logistic(_scores(prepared, columns, chosen))


def _logistic(scored: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """Scores as probabilities."""
    return [{key: logistic(score) for key, score in scores.items()} for scores in scored]


def _scores(prepared: Prepared, columns: Any, chosen: Sequence[int]) -> list[dict[str, float]]:
    """The regression's scores (log odds) of some examples, by class."""
    scored = (prepared.table[prepared.rows(chosen)] @ columns).reshape(-1, len(prepared.classes))
    return [dict(zip(prepared.classes, map(float, row), strict=True)) for row in scored]


def _columns(prepared: Prepared, chosen: Sequence[int], strength: float, *, few: bool = False) -> Any:
    """The regression's weight of each column, rounded as it is kept; small ones are 0, most of them where `few` are
    wanted."""
    import numpy

    rows = prepared.rows(chosen)
    found = _regression(strength, few=few).fit(prepared.table[rows], prepared.truth[rows]).coef_[0]
    return numpy.where(abs(found) < (_FEW if few else _SMALL), 0.0, found.round(4))


def _trees(grown: Any, row: Any) -> Trees:
    """What scikit-learn grew, as plain values; `row` is any row of the table."""

    def node(tree: Any, at: int) -> Tree:
        if tree.children_left[at] < 0:
            return answer(round(float(tree.value[at, 0, 0]) * float(grown.learning_rate), 5))
        low, high = node(tree, tree.children_left[at]), node(tree, tree.children_right[at])
        return int(tree.feature[at]), round(float(tree.threshold[at]), 5), low, high

    start = grown.decision_function(row)[0]
    start -= sum(float(each.predict(row)[0]) * grown.learning_rate for each in grown.estimators_[:, 0])
    return Trees(round(float(start), 5), tuple(node(each.tree_, 0) for each in grown.estimators_[:, 0]))


@dataclass(frozen=True, slots=True)
class Kept:
    """A regression as it is kept: each feature's weights by class, the relational weights that all classes share, and
    each class's own."""

    lexical: dict[str, dict[str, float]]
    shared: dict[str, float]
    own: dict[str, dict[str, float]]


def kept(prepared: Prepared, columns: Any) -> Kept:
    """A fitted regression as it is kept."""
    found = Kept({}, {}, {one: {} for one in prepared.classes})
    for name, weight in zip(prepared.names, map(float, columns), strict=True):
        head, _, feature = name.partition("|")
        if not weight:
            continue
        if head == "shared":
            found.shared[feature] = weight
        elif feature.startswith("own|"):
            found.own[head][feature.removeprefix("own|")] = weight
        else:
            found.lexical.setdefault(feature, {})[head] = weight
    return found


def fit_polarity(examples: Sequence[Example]) -> PolarityWeights:
    """The model of polarity from examples labelled 1 (praise) and 0 (concern)."""
    # In order, so that sums come out the same in any process.
    rows = [{**dict.fromkeys(sorted(each.features), 1.0), "|bias": 1.0} for each in examples]
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

    vectors = DictVectorizer()
    table = vectors.fit_transform(rows).tocsr()
    table.indices, table.indptr = table.indices.astype("int32"), table.indptr.astype("int32")
    model = _regression(strength, tolerance=_NARROW).fit(table, truth, sample_weight=weights)
    fitted = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): round(float(weight), 4) for name, weight in fitted if abs(weight) >= _FAINT}


def _regression(strength: float, *, few: bool = False, tolerance: float = 1e-4) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=strength,
        l1_ratio=float(few),
        solver="liblinear",
        fit_intercept=False,
        max_iter=300,
        random_state=0,
        tol=tolerance,
    )


def write_weights(
    folder: Path, responsible: Mapping[str, tuple[Kept, Trees | None]], polarity: PolarityWeights, about: Kept
) -> None:
    """The files of weights, the same bytes for the same weights: who is responsible by family of reports, praise or
    concern, and themes."""
    for family, (regression, trees) in responsible.items():
        _write(
            folder / f"{family}.json.gz",
            {
                "lexical": {name: [row.get(one, 0.0) for one in AGENCIES] for name, row in regression.lexical.items()},
                "shared": regression.shared,
                "own": regression.own,
                "trees": packed(trees) if trees else None,
                "thresholds": thresholds(family),
            },
        )
    _write(
        folder / "polarity.json.gz",
        {"words": polarity.words, "bias": polarity.bias},
    )
    _write(
        folder / "themes.json.gz",
        {"lexical": about.lexical, "shared": about.shared, "own": about.own, "threshold": THEME_THRESHOLD},
    )


def _write(path: Path, held: dict[str, Any]) -> None:
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: fits the models and writes their weights."""
    parser = argparse.ArgumentParser(prog="python -m joinedup.attribution.train", description=(__doc__ or "").strip())
    parser.add_argument("examples", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent / "data")
    given = parser.parse_args(arguments)
    responsible = {}
    for family in (*JOINT, COUNCIL):
        prepared = prepare(read_examples(given.examples / f"{family}.jsonl.gz"))
        model = fit_responsible(prepared, range(len(prepared.examples)), family)
        responsible[family] = kept(prepared, model.columns), model.trees
    about = prepare_themes(read_examples(given.examples / "themes.jsonl.gz"))
    columns = fit_themes(about, range(len(about.examples)))
    polarity = fit_polarity(read_examples(given.examples / "polarity.jsonl.gz"))
    write_weights(given.folder, responsible, polarity, kept(about, columns))


if __name__ == "__main__":
    main()
