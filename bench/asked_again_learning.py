"""Learning what `joinedup.analysis.asked_again` goes by, from labels made by reading and from the reports themselves.

Two steps, so that the second needs no reports:

1. `gather(shared)` reads the published reports once, counts how rare each term is, finds the labelled statements again
   by their hashes, and writes `tests/analysis/labels/asked_again_features.csv`: numbers only.
2. `train()` fits on that file the model that tells which sentences are on the thing that a request asks for.

Whether two requests ask for the same thing is learnt in `asked_again_judging.py`.

Nothing random: areas are dealt into folds in the order of a hash of their names.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measuring import ROOT

import joinedup.analysis.asked_again_scoring as scoring
import joinedup.analysis.asked_again_words as wordings
from joinedup.analysis.asked_again_pairs import Statement
from joinedup.attribution import praises

LABELS = ROOT / "tests/analysis/labels/asked_again.jsonl"
FEATURES = ROOT / "tests/analysis/labels/asked_again_features.csv"
UNTOUCHED = LABELS.with_name("asked_again_untouched.jsonl")
WEIGHTS = ROOT / "src/joinedup/analysis/asked_again_data/weights.json"
FOLDS = 10
RIDGE = 0.3
OTHERS = 0.25
"""What a pair of requests counts beside a request and a sentence: both can be on the same thing alike."""
LIGHT = 3.0
"""Terms that weigh less than this are everywhere and never begin a wording."""


@dataclass(frozen=True)
class Example:
    """One judged pair. `group` is the earlier statement with the later report; `drawn` the ways it came to be read."""

    area: str
    model: str
    drawn: str
    group: str
    label: str
    praises: bool
    numbers: tuple[float, ...]

    @property
    def true(self) -> bool:
        """Whether the two are on the same thing."""
        return self.label != "different"


def words_hash(text: str) -> str:
    """The words of a statement, without their punctuation and case, as a hash."""
    return hashlib.sha256(" ".join(re.findall(r"[a-z0-9]+", text.lower())).encode()).hexdigest()[:16]


def read(shared: Path) -> dict[str, list[Statement]]:
    """Every statement of every published report that can be put in order, by area."""
    from joinedup.reading import expand, read_many

    return by_area(read_many(expand([shared / "data" / "reports"])))


def by_area(reports: Iterable[Any]) -> dict[str, list[Statement]]:
    """The statements of reports, by area. Refusals, and reports without a day or an area, are passed over."""
    from joinedup.reading.model import Report

    found: defaultdict[str, list[Statement]] = defaultdict(list)
    for report in reports:
        if not isinstance(report, Report) or report.area is None or report.area.slug is None:
            continue
        day = report.start or report.end or report.published
        if day is None:
            continue
        items = (*report.priority_actions, *report.improvements, *report.strengths, *report.findings)
        found[report.area.slug] += [
            Statement(
                id=f"{report.sha256[:16]}-{number}",
                report=report.sha256,
                day=day,
                kind=item.kind,
                text=item.text,
                page=item.page,
                framework=report.framework,
                section=item.section,
                lead_in=item.lead_in,
            )
            for number, item in enumerate(items)
        ]
    return dict(found)


def gather(statements: dict[str, list[Statement]]) -> None:
    """Learn terms from the reports, and write the labelled pairs as numbers."""
    known: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    every = [one for ones in statements.values() for one in ones]
    known["terms"], known["unknown"] = _terms(every)
    known["light"] = LIGHT
    _write_weights(known)
    wordings.weights.cache_clear()
    _write_examples(_examples(statements, read_labels(LABELS)), FEATURES)


def read_labels(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of labels."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _write_examples(found: Iterable[Example], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("area", "model", "drawn", "group", "label", "praises", *scoring.FEATURES[1:]))
        for one in sorted(found, key=lambda one: (one.area, one.model, one.group, one.numbers)):
            numbers = (f"{number:.3g}" for number in one.numbers[1:])
            table.writerow((one.area, one.model, one.drawn, one.group, one.label, int(one.praises), *numbers))


def _terms(statements: Sequence[Statement]) -> tuple[dict[str, float], float]:
    """How much each term weighs: the mean of its rarity among things asked for and among all other sentences."""
    among = ([one.text for one in statements if one.asks], [])
    among[1].extend(words for one in statements if not one.asks for words in wordings.sentences(one.text))
    counts = [Counter(term for text in texts for term in set(wordings.terms_in(text)[0])) for texts in among]
    found = {}
    for term in sorted(counts[0].keys() | counts[1].keys()):
        if counts[0][term] + counts[1][term] >= 4:
            rare = [math.log((len(texts) + 1) / (count[term] + 1)) for texts, count in zip(among, counts, strict=True)]
            found[term] = round(sum(rare) / 2, 2)
    return found, round(0.9 * max(found.values()), 2)


def _examples(statements: dict[str, list[Statement]], labels: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Every judged pair that is alike at all. What was read whole gives the pairs that were judged different too."""
    told_of: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for label in labels:
        told_of[label["area"]].append(label)
    for area, told in told_of.items():
        yield from _of_area(area, told, statements.get(area, []))


def _of_area(area: str, told: Sequence[dict[str, Any]], statements: Sequence[Statement]) -> Iterator[Example]:
    asks = {statement_ref(one, one.text): one for one in statements if one.asks}
    sentences = {
        statement_ref(one, words): (one, words)
        for one in statements
        if not one.asks
        for words in wordings.sentences(one.text)
    }
    judged = {(ref_of(label["earlier"]), ref_of(label["later"])): label["label"] for label in told if "later" in label}
    ways: defaultdict[tuple[Any, Any], set[str]] = defaultdict(set)
    for label in told:
        for pair in pairs_read(label, asks, sentences):
            ways[pair].add(label.get("drawn") or label["read"])
    for (first, second), how in ways.items():
        earlier = asks.get(first)
        later, words = sentences.get(second) or ((asks[second], asks[second].text) if second in asks else (None, ""))
        if earlier is None or later is None:
            continue
        numbers = scoring.features(wordings.weigh(earlier.text, earlier.about), wordings.weigh(words, later.about))
        label_ = judged.get((first, second), "different")
        if numbers[1] >= scoring.LEAST_ALIKE or label_ != "different":
            model = "asked" if later.asks else "mentioned"
            group = f"{words_hash(''.join(map(str, first)))[:8]}-{second[0][:6]}"
            yield Example(area, model, " ".join(sorted(how)), group, label_, praises(words), numbers)


def pairs_read(label: dict[str, Any], asks: Mapping[Any, Any], sentences: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """The pairs that one line of the labels says were read. `asks` are requests with their `day`."""
    if "drawn" in label:
        return [(ref_of(label["earlier"]), ref_of(label["later"]))]
    if label.get("read") == "area":
        return [(a, b) for a, one in asks.items() for b, other in asks.items() if one.day < other.day]
    if label.get("read") == "list":
        first = ref_of(label["earlier"])
        return [(first, b) for b, other in asks.items() if first in asks and asks[first].day < other.day]
    if label.get("read") == "pair":
        first, second = label["reports"]
        return [(a, b) for a in asks if a[0] == first for b in asks if b[0] == second]
    if label.get("read") == "report":
        first = ref_of(label["earlier"])
        return [(first, key) for key in sentences if key[0] in label["reports"]]
    return []


def statement_ref(one: Statement, words: str) -> tuple[str, int, str]:
    """How labels name a statement, or one sentence of it: its report, its page and a hash of the words."""
    return one.report[:16], one.page, words_hash(words)


def ref_of(told: dict[str, Any]) -> tuple[str, int, str]:
    """The same, as a label has it."""
    return told["report"], told["page"], told["words"]


def examples(path: Path = FEATURES) -> list[Example]:
    """The labelled pairs as numbers, as they stand in the repository."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [
            Example(
                row[0], row[1], row[2], row[3], row[4], row[5] == "1", (1.0, *(float(number) for number in row[6:]))
            )
            for row in rows
        ]


def fold_of(area: str) -> int:
    """The fold that an area is dealt into, the same every time."""
    return int(hashlib.sha256(area.encode()).hexdigest(), 16) % FOLDS


def cross_validated(every: Sequence[Example]) -> list[float]:
    """For each example how likely a sentence is on the thing asked for, by a model that saw nothing of its fold."""
    found = [0.0] * len(every)
    for fold in range(FOLDS):
        model = fit([one for one in every if fold_of(one.area) != fold])
        for number, one in enumerate(every):
            if fold_of(one.area) == fold and one.numbers[1] >= scoring.LEAST_ALIKE:
                found[number] = scoring.logistic(sum(a * b for a, b in zip(model, one.numbers, strict=True)))
    return found


def fit(every: Sequence[Example]) -> list[float]:
    """Logistic regression by Newton's method with a ridge, on the pairs that are alike at all."""
    seen = [one for one in every if one.numbers[1] >= scoring.LEAST_ALIKE]
    size = len(scoring.FEATURES)
    model = [0.0] * size
    for _ in range(8):
        slope = [-RIDGE * value for value in model]
        bend = [[RIDGE if a == b else 0.0 for b in range(size)] for a in range(size)]
        for one in seen:
            parts = [(at, number) for at, number in enumerate(one.numbers) if number]
            chance = scoring.logistic(sum(model[at] * number for at, number in parts))
            counts = 1.0 if one.model == "mentioned" else OTHERS
            short, spread = counts * (one.true - chance), counts * chance * (1 - chance)
            for at, number in parts:
                slope[at] += short * number
                row, scaled = bend[at], spread * number
                for other, value in parts:
                    row[other] += scaled * value
        model = [value + step for value, step in zip(model, _solve(bend, slope), strict=True)]
    return model


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss's elimination; the matrix is symmetric and, by the ridge, positive definite."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            rows[below] = [value - factor * top for value, top in zip(rows[below], rows[at], strict=True)]
    found = [0.0] * size
    for at in reversed(range(size)):
        rest = sum(rows[at][other] * found[other] for other in range(at + 1, size))
        found[at] = (rows[at][size] - rest) / rows[at][at]
    return found


def train(least: float) -> None:
    """Fit the model on every label and write it, with the likelihood from which a pair is shown."""
    known: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    known["mentioned"] = {
        feature: round(value, 3) for feature, value in zip(scoring.FEATURES, fit(examples()), strict=True)
    }
    known["least"] = least
    _write_weights(known)
    wordings.weights.cache_clear()


def _write_weights(known: dict[str, Any]) -> None:
    WEIGHTS.write_text(json.dumps(known, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
