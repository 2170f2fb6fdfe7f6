"""Learning what `joinedup.analysis.asked_again_requests` goes by, from labels made by reading.

`tests/analysis/labels` has three sorts of labels: what words ask for, or are on (a line each: requests in
`asked_again_matters.jsonl`, sentences of the main text in `asked_again_sentences.jsonl`, and requests written for this,
which stand in no report, in `asked_again_written.jsonl`); which of a dozen later requests ask for the same as one
earlier (`asked_again_groups.jsonl`, requests told by their line in the first file, from 0; the two never of one area);
and the pairs and lists of the same area that linking is measured on (`asked_again.jsonl`,
`asked_again_untouched.jsonl`; no label of the last is learnt from).

`gather` reads the published reports and keeps the marks of each request and sentence, and each request's weighed terms,
in the order of the alphabet, those of few by a number (`bench/asked_again`): so learning and measuring need no reports,
and no sentence of theirs is kept. Nothing is random: areas are dealt into folds by a hash of their names.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import asked_again_learning as learning
from asked_again_learning import FOLDS, LABELS, UNTOUCHED, fold_of
from measuring import ROOT

from joinedup.analysis import asked_again_requests as requests
from joinedup.analysis.asked_again_pairs import Statement
from joinedup.analysis.asked_again_requests import MatterWeights, Request, RequestWeights
from joinedup.analysis.asked_again_scoring import COSINE, LEAST_ALIKE, features
from joinedup.analysis.asked_again_words import Wording, sentences, weigh

MATTERS = LABELS.with_name("asked_again_matters.jsonl")
SENTENCES = LABELS.with_name("asked_again_sentences.jsonl")
WRITTEN = LABELS.with_name("asked_again_written.jsonl")
GROUPS = LABELS.with_name("asked_again_groups.jsonl")
KEPT = ROOT / "bench/asked_again/requests.jsonl.gz"
KEPT_SENTENCES = KEPT.with_name("sentences.jsonl.gz")
WEIGHTS = ROOT / "src/joinedup/analysis/asked_again_data/requests.json.gz"
OFTEN = 5
"""A mark of fewer lessons is not learnt from, nor a matter of fewer requests, nor a mark of fewer pairs."""
STRENGTH = 0.3
"""How freely weights may grow (the C of scikit-learn's logistic regression), in both models."""
SMALL = 0.05
"""A weight of the first model below this counts as none; most are."""
BESIDE = 0.6
"""What a mark of a pair counts beside the plain numbers while learning: there are thousands of marks."""
PLAIN = ("=", "%")
FEW = "?"
"""Before the number of a term that is kept by a number. Nothing is learnt of such a term."""
SHOWN = 0.2
"""From this likelihood a matter counts as told, where that is measured."""
GROUP = "!group"
"""The mark of a pair that was read in a group, where far more are the same than in lists; nowhere else is it set."""

Ref = tuple[str, int, str]
"""A report, a page and a hash of the words."""


@dataclass(frozen=True)
class Kept:
    """A request as it is kept: whose, when, its marks and its wording."""

    ref: Ref
    area: str
    day: str
    marks: frozenset[str]
    wording: Wording


@dataclass(frozen=True)
class Lesson:
    """The marks of some words with the matters that they ask for, or are on, the most important first. `area` is empty
    where they stand in no report."""

    area: str
    marks: frozenset[str]
    matters: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two requests and whether they ask for the same. `drawn` are the ways in which the pair came to be read."""

    earlier: Ref
    later: Ref
    same: bool
    drawn: str
    area: str


def gather(statements: Mapping[str, Sequence[Statement]]) -> None:
    """Keep every labelled request that the reports still have, by its marks and its weighed terms, and the marks of
    every labelled sentence."""
    asked = {
        learning.statement_ref(one, one.text): (area, one)
        for area, ones in statements.items()
        for one in ones
        if one.asks
    }
    every = {ref: asked[ref] for ref in told() if ref in asked}
    marks = {ref: requests.marks(one.text, one.about, one.framework) for ref, (_, one) in every.items()}
    spoken = dict(_said(statements))
    said = [found for _, found in spoken.values()]
    counted = Counter(mark for found in (*marks.values(), *said, *(one.marks for one in _written())) for mark in found)
    names = _names(weigh(one.text, one.about) for _, one in every.values())

    def often(found: Iterable[str]) -> list[str]:
        return sorted(mark for mark in found if counted[mark] >= OFTEN)

    KEPT.parent.mkdir(exist_ok=True)
    _write_lines(
        KEPT,
        (
            {
                "ref": ref,
                "area": area,
                "day": one.day.isoformat(),
                "marks": often(marks[ref]),
                "wording": _plain(one, names),
            }
            for ref, (area, one) in every.items()
        ),
    )
    in_order = ((ref, spoken[ref]) for ref in _told(SENTENCES) if ref in spoken)
    _write_lines(KEPT_SENTENCES, ({"ref": ref, "area": area, "marks": often(found)} for ref, (area, found) in in_order))


def _said(statements: Mapping[str, Sequence[Statement]]) -> Iterable[tuple[Ref, tuple[str, set[str]]]]:
    """The marks of every labelled sentence that the reports still have, with its area."""
    for area, ones in statements.items():
        for one in ones:
            if not one.asks:
                for words in sentences(one.text):
                    ref = learning.statement_ref(one, words)
                    if ref in _told(SENTENCES):
                        yield ref, (area, requests.marks(words, one.about, one.framework))


def _write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    with path.open("wb") as packed, gzip.GzipFile("", "wb", fileobj=packed, mtime=0) as file:
        for line in lines:
            file.write((json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode())


def _names(wordings: Iterable[Wording]) -> dict[str, str]:
    """What each term is kept as: itself, or a number where few requests have it."""
    counted = Counter(term for wording in wordings for term in wording.terms)
    few = sorted(term for term, count in counted.items() if count < OFTEN and not term.isupper())
    return {term: term for term in counted} | {term: f"{FEW}{number}" for number, term in enumerate(few)}


def _plain(one: Statement, names: Mapping[str, str]) -> dict[str, Any]:
    wording = weigh(one.text, one.about)
    return {
        "terms": {name: round(weight, 3) for name, weight in sorted((names[at], w) for at, w in wording.terms.items())},
        "head": sorted(names[term] for term in wording.head),
        "narrow": dict(sorted(wording.narrow.items())),
        "things": sorted(wording.things),
        "themes": sorted(wording.themes),
        "groups": sorted(wording.groups),
        "bodies": sorted(wording.bodies),
        "subject": wording.subject,
    }


def _wording(told: Mapping[str, Any]) -> Wording:
    terms = told["terms"]
    return Wording(
        terms=terms,
        head={term: terms[term] for term in told["head"]},
        total=sum(terms.values()),
        norm=sum(weight * weight for weight in terms.values()) ** 0.5,
        narrow=told["narrow"],
        things={name: terms[name] for name in told["things"]},
        themes=frozenset(told["themes"]),
        groups=frozenset(told["groups"]),
        bodies=frozenset(told["bodies"]),
        subject=told["subject"],
    )


def told() -> dict[Ref, tuple[str, ...]]:
    """What each labelled request asks for, in the order of the labels."""
    return _told(MATTERS)


@cache
def _told(path: Path) -> dict[Ref, tuple[str, ...]]:
    return {learning.ref_of(line): tuple(line["matters"]) for line in learning.read_labels(path)}


@cache
def lessons() -> tuple[Lesson, ...]:
    """All that the first model learns from: requests, sentences of the main text, and requests written for this."""
    found = [Lesson(one.area, one.marks, told()[ref]) for ref, one in kept().items()]
    with gzip.open(KEPT_SENTENCES, "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            ref = (line["ref"][0], line["ref"][1], line["ref"][2])
            found.append(Lesson(line["area"], frozenset(line["marks"]), _told(SENTENCES)[ref]))
    return (*found, *_written())


def _written() -> list[Lesson]:
    return [
        Lesson("", frozenset(requests.marks(line["text"], "", line["framework"])), tuple(line["matters"]))
        for line in learning.read_labels(WRITTEN)
    ]


@cache
def kept() -> dict[Ref, Kept]:
    """The requests that were gathered."""
    found = {}
    with gzip.open(KEPT, "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            ref = (line["ref"][0], line["ref"][1], line["ref"][2])
            found[ref] = Kept(ref, line["area"], line["day"], frozenset(line["marks"]), _wording(line["wording"]))
    return found


def groups() -> list[Pair]:
    """The pairs judged in groups; those that could be argued either way are left out."""
    order = list(told())
    found = []
    for line in learning.read_labels(GROUPS):
        for name in ("same", "different"):
            for other in line[name]:
                earlier, later = order[line["earlier"]], order[other]
                if earlier in kept() and later in kept():
                    found.append(Pair(earlier, later, name == "same", GROUP, ""))
    return found


def judged(path: Path) -> list[Pair]:
    """The pairs of requests of the same area that a file of labels says were read.

    Of the second reader's, those that the first had judged too are drawn "judged" as well.
    """
    by_area: defaultdict[str, dict[Ref, Kept]] = defaultdict(dict)
    for ref, one in kept().items():
        by_area[one.area][ref] = one
    lines: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in learning.read_labels(path):
        lines[line["area"]].append(line)
    before = {pair[:2] for pair in _told_pairs(LABELS)}
    lists = {learning.ref_of(line["earlier"]) for line in learning.read_labels(LABELS) if line.get("read") == "list"}
    same = {pair[:2] for pair in _told_pairs(path) if pair[2] == "asked_again"}
    found = []
    for area, these in lines.items():
        asks = by_area[area]
        ways: defaultdict[tuple[Ref, Ref], set[str]] = defaultdict(set)
        for line in these:
            for pair in learning.pairs_read(line, asks, {}):
                if pair[0] in asks and pair[1] in asks:
                    ways[pair].add(line.get("drawn") or line["read"])
                    if path == UNTOUCHED and (pair in before or pair[0] in lists):
                        ways[pair].add("judged")
        found += [Pair(*pair, pair in same, " ".join(sorted(how)), area) for pair, how in ways.items()]
    return found


@cache
def _told_pairs(path: Path) -> frozenset[tuple[Ref, Ref, str]]:
    return frozenset(
        (learning.ref_of(line["earlier"]), learning.ref_of(line["later"]), line["label"])
        for line in learning.read_labels(path)
        if "label" in line
    )


# --- the first model: what a request asks for


def fit_matters(without: int | None = None) -> RequestWeights:
    """The first model, from all lessons but those of a fold of areas: two logistic regressions a matter, whether it is
    asked for and whether it is the first that is. How rare a matter is, and which there are, is counted over all
    requests. It has no weights of pairs yet."""
    from sklearn.feature_extraction.text import CountVectorizer

    count = Counter(matter for ref in kept() for matter in told()[ref])
    rare = {matter: math.log(len(kept()) / count[matter]) / 7 for matter in sorted(count) if count[matter] >= OFTEN}
    rare.pop("other", None)
    chosen = [one for one in lessons() if not one.area or fold_of(one.area) != without]
    counted = CountVectorizer(analyzer=sorted, binary=True, min_df=OFTEN)
    table = counted.fit_transform([one.marks for one in chosen])
    names = [str(name) for name in counted.get_feature_names_out()]
    among = {matter: [matter in one.matters for one in chosen] for matter in rare}
    first = {matter: [one.matters[:1] == (matter,) for one in chosen] for matter in rare}
    return RequestWeights(
        _fit_each(table, names, among),
        _fit_each(table, names, first),
        {name: round(one, 3) for name, one in rare.items()},
        {},
    )


def _fit_each(table: Any, names: Sequence[str], truth: Mapping[str, Sequence[bool]]) -> MatterWeights:
    """A logistic regression for each matter."""
    from sklearn.linear_model import LogisticRegression

    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    bias = {}
    for matter, true in truth.items():
        model = LogisticRegression(C=STRENGTH, solver="liblinear").fit(table, true)
        bias[matter] = round(float(model.intercept_[0]), 3)
        for at in abs(model.coef_[0]).argsort():
            if abs(weight := float(model.coef_[0][at])) >= SMALL:
                weights[names[at]][matter] = round(weight, 2)
    return MatterWeights(dict(weights), bias)


def read_by(model: RequestWeights, refs: Iterable[Ref]) -> dict[Ref, Request]:
    """Requests as a model reads them."""
    return {
        ref: requests.request(
            kept()[ref].wording,
            requests.likely_matters(kept()[ref].marks, model.matters),
            requests.likely_matters(kept()[ref].marks, model.leads),
        )
        for ref in refs
    }


@cache
def unseen() -> tuple[dict[Ref, Request], dict[str, float]]:
    """Every request as read by a model that saw nothing of its fold of areas; and how telling each matter is."""
    found: dict[Ref, Request] = {}
    rare: dict[str, float] = {}
    for fold in range(FOLDS):
        model = fit_matters(without=fold)
        rare = dict(model.rare)
        found |= read_by(model, [ref for ref, one in kept().items() if fold_of(one.area) == fold])
    return found, rare


def told_matters() -> tuple[float, float]:
    """Precision and recall of the matters from the likelihood SHOWN on, over unseen areas."""
    found, _ = unseen()
    right = shown = real = 0
    for ref, one in found.items():
        ours = {matter for matter, chance in one.matters.items() if chance >= SHOWN}
        theirs = set(told()[ref]) - {"other"}
        right, shown, real = right + len(ours & theirs), shown + len(ours), real + len(theirs)
    return right / shown, right / real


# --- the second model: whether two requests ask for the same


def learnt_from() -> list[Pair]:
    """The pairs that the second model learns from: the groups, and the first reader's own that are alike at all."""
    return groups() + [
        pair
        for pair in judged(LABELS)
        if features(kept()[pair.earlier].wording, kept()[pair.later].wording)[COSINE] >= LEAST_ALIKE
    ]


def _values(pair: Pair, read: Mapping[Ref, Request], rare: Mapping[str, float]) -> dict[str, float]:
    found = requests.pair_marks(read[pair.earlier], read[pair.later], rare)
    scaled = {mark: value if mark.startswith(PLAIN) else value * BESIDE for mark, value in found.items()}
    scaled.pop("=one")
    scaled = {mark: value for mark, value in scaled.items() if mark[1:2] != FEW}
    return {**scaled, GROUP: 1.0} if pair.drawn == GROUP else scaled


class Table:
    """Pairs as numbers, once for all folds."""

    def __init__(self, pairs: Sequence[Pair], read: Mapping[Ref, Request], rare: Mapping[str, float]) -> None:
        from sklearn.feature_extraction import DictVectorizer

        self.pairs = pairs
        self.folds = [(fold_of(kept()[pair.earlier].area), fold_of(kept()[pair.later].area)) for pair in pairs]
        self._names = DictVectorizer()
        table = self._names.fit_transform([_values(pair, read, rare) for pair in pairs]).tocsr()
        self._often = [at for at, count in enumerate(table.count_nonzero(axis=0)) if count >= OFTEN]
        self.rows = table[:, self._often]

    def fit(self, without: int | None = None) -> dict[str, float]:
        """The weights of the marks, learnt from all pairs with no area in a fold."""
        from sklearn.linear_model import LogisticRegression

        chosen = [at for at, folds in enumerate(self.folds) if without not in folds]
        model = LogisticRegression(C=STRENGTH, max_iter=1_000).fit(
            self.rows[chosen], [self.pairs[at].same for at in chosen]
        )
        names = self._names.get_feature_names_out()
        found = {
            str(names[at]): float(weight) * (1.0 if names[at].startswith(PLAIN) else BESIDE)
            for at, weight in zip(self._often, model.coef_[0], strict=True)
        }
        found.pop(GROUP, None)
        return {"=one": round(float(model.intercept_[0]), 3)} | {
            name: round(weight, 3) for name, weight in found.items() if round(weight, 3)
        }


_NOTHING = MatterWeights({}, {})


def cross_validated(scored: Sequence[Pair]) -> list[float]:
    """How likely each pair is, by models that saw nothing of its area's fold."""
    read, rare = unseen()
    table = Table(learnt_from(), read, rare)
    found = [0.0] * len(scored)
    for fold in range(FOLDS):
        model = RequestWeights(_NOTHING, _NOTHING, rare, table.fit(without=fold))
        for at, pair in enumerate(scored):
            if fold_of(pair.area) == fold:
                found[at] = requests.chance_same(read[pair.earlier], read[pair.later], model)
    return found


def train() -> None:
    """Fit both models on every label and write them. The second learns from requests as read by models that had not
    seen them: so it learns how far matters can be trusted."""
    read, rare = unseen()
    pairs = Table(learnt_from(), read, rare).fit()
    first = fit_matters()
    known = {
        "matters": _packed(first.matters),
        "leads": _packed(first.leads),
        "rare": first.rare,
        "pairs": dict(sorted(pairs.items())),
    }
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    WEIGHTS.write_bytes(gzip.compress(text.encode(), mtime=0))
    requests.request_weights.cache_clear()
    requests.read_request.cache_clear()


def _packed(weights: MatterWeights) -> dict[str, Any]:
    number = {matter: at for at, matter in enumerate(weights.bias)}
    rows = {
        mark: [part for matter, weight in sorted(row.items()) for part in (number[matter], round(100 * weight))]
        for mark, row in sorted(weights.marks.items())
    }
    return {"marks": rows, "bias": weights.bias}
