"""Examples to learn from: features and labels, kept in files that hold no report's sentence.

A file is gzipped JSON lines. The first line is the vocabulary: the features' names that several statements share.
Each further line is one statement: the report's sha256, its page, the sha256 of its words, its label, and its
features as places in the vocabulary (in order of place, so that the order of the words is gone).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from joinedup.attribution.errors import AttributionDataError


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled statement. `group` is what must not be split between learning and scoring: the area's report.

    `label` is what was labelled (agencies, or 1 and 0 for praise and concern), `features` its named features;
    `relational` those of each agency, with values, and `roles` each agency's row for the trees, for the model of
    responsibility alone.
    """

    group: str
    page: int
    words: str
    label: Any
    features: frozenset[str]
    relational: dict[str, dict[str, float]]
    weight: float = 1.0
    roles: dict[str, list[float]] = field(default_factory=dict)


def hash_of_words(text: str) -> str:
    """The sha256 of a text's words: lower case, letters and digits alone, one space between."""
    return hashlib.sha256(" ".join(re.findall(r"[a-z0-9]+", text.lower())).encode()).hexdigest()


def write_examples(path: Path, examples: Sequence[Example], *, least: int) -> None:
    """Examples into a file; features that fewer than `least` of them share are left out."""
    counts: Counter[str] = Counter()
    for each in examples:
        counts.update(each.features)
        counts.update({name for features in each.relational.values() for name in features})
    vocabulary = sorted(name for name, count in counts.items() if count >= least)
    place = {name: number for number, name in enumerate(vocabulary)}
    lines = [json.dumps({"vocabulary": vocabulary}, ensure_ascii=False)]
    for each in sorted(examples, key=lambda one: (one.group, one.page, one.words)):
        lines.append(json.dumps(_packed(each, place), ensure_ascii=False, separators=(",", ":")))
    path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def _packed(each: Example, place: dict[str, int]) -> dict[str, Any]:
    return {
        "report": each.group,
        "page": each.page,
        "words": each.words,
        "label": each.label,
        "weight": each.weight,
        "features": sorted(place[name] for name in each.features if name in place),
        "relational": {
            agency: [[place[name], round(value, 4)] for name, value in sorted(features.items()) if name in place]
            for agency, features in each.relational.items()
        },
        "roles": {agency: [round(float(value), 4) for value in row] for agency, row in each.roles.items()},
    }


def read_examples(path: Path) -> list[Example]:
    """The examples of a file. Raises AttributionDataError."""
    try:
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        vocabulary = json.loads(lines[0])["vocabulary"]
        return [_unpacked(json.loads(line), vocabulary) for line in lines[1:]]
    except (OSError, EOFError, ValueError, TypeError, LookupError) as error:
        raise AttributionDataError(f"{path}: cannot be read as examples: {error}") from error


def _unpacked(row: dict[str, Any], vocabulary: Sequence[str]) -> Example:
    def features(pairs: Iterable[Sequence[Any]]) -> dict[str, float]:
        return {vocabulary[place]: value for place, value in pairs}

    return Example(
        row["report"],
        row["page"],
        row["words"],
        row["label"],
        frozenset(vocabulary[place] for place in row["features"]),
        {agency: features(pairs) for agency, pairs in row["relational"].items()},
        row["weight"],
        row["roles"],
    )
