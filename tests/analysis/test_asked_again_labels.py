"""The labels that the linking is learnt from and measured on, and what the shipped models make of them."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from joinedup.analysis.asked_again_scoring import FEATURES, chance
from joinedup.analysis.asked_again_words import weights

LABELS = Path(__file__).with_name("labels")
KEYS = {"report", "page", "words"}


@pytest.fixture(scope="module")
def told():
    return [json.loads(line) for line in (LABELS / "asked_again.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def rows():
    with (LABELS / "asked_again_features.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_no_label_holds_a_sentence(told):
    """A statement is told by its report, its page and a hash of its words."""
    for label in told:
        for side in ("earlier", "later"):
            if side in label:
                assert set(label[side]) == KEYS
                assert len(label[side]["report"]) == len(label[side]["words"]) == 16
        assert set(label) <= {"area", "earlier", "later", "label", "drawn", "read", "reports"}


def test_the_labels_are_of_many_areas_and_of_every_kind(told):
    drawn = [label for label in told if label.get("drawn") == "pair"]

    assert len(drawn) >= 60
    assert len({label["area"] for label in drawn}) >= 25
    assert {label["label"] for label in told if "label" in label} == {
        "asked_again",
        "now_praised",
        "looked_at",
        "different",
    }


def test_recall_is_measured_on_lists_read_whole(told):
    read = Counter(label["read"] for label in told if "read" in label)

    assert read["area"] >= 10
    assert read["list"] + read["report"] >= 40


def test_the_shipped_models_are_those_of_the_labels(rows):
    """What was fitted on these numbers must tell them apart at least as well as on areas it never saw."""
    drawn = [row for row in rows if "pair" in row["drawn"]]
    shown, real = [], 0
    for row in drawn:
        numbers = (1.0, *(float(row[name]) for name in FEATURES[1:]))
        true = row["label"] == "asked_again"
        real += true
        if chance("asked", numbers) >= weights()["least"]["asked"]:
            shown.append(true)

    assert sum(shown) / len(shown) >= 0.85
    assert sum(shown) / real >= 0.70
