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


@pytest.fixture(scope="module")
def untouched():
    return [json.loads(line) for line in (LABELS / "asked_again_untouched.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def untouched_rows():
    with (LABELS / "asked_again_untouched_features.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_at_least_sixty_pairs_of_inspections_were_read_whole(untouched):
    """Each names two reports; what was judged the same stands below by report, page and hash, and never a sentence."""
    pairs = {(one["area"], *one["reports"]) for one in untouched if one.get("read") == "pair"}
    links = [one for one in untouched if "label" in one]

    assert len(pairs) >= 60
    assert len({area for area, _, _ in pairs}) >= 30
    assert {one["label"] for one in links} == {"asked_again"}
    for one in links:
        assert (one["area"], one["earlier"]["report"], one["later"]["report"]) in pairs
        assert set(one["earlier"]) == set(one["later"]) == KEYS
        assert len(one["earlier"]["words"]) == len(one["later"]["words"]) == 16


def test_pairs_never_judged_before_are_told_from_those_judged(told, untouched, untouched_rows):
    def of(side):
        return side["report"], side["page"], side["words"]

    before = {(of(one["earlier"]), of(one["later"])) for one in told if "later" in one}
    lists = {of(one["earlier"]) for one in told if one.get("read") == "list"}
    links = {(of(one["earlier"]), of(one["later"])) for one in untouched if "label" in one}
    judged = {link for link in links if link in before or link[0] in lists}

    found = [row for row in untouched_rows if row["label"] == "asked_again"]
    assert len(found) == len(links)
    assert sum("judged" in row["drawn"].split() for row in found) == len(judged)


def test_the_two_readers_agree_on_what_both_judged(told, untouched):
    """The second read whole lists without the first's labels; a pair left unlinked there was judged different."""

    def of(label):
        return tuple(
            (label[side]["report"], label[side]["page"], label[side]["words"]) for side in ("earlier", "later")
        )

    pairs = {tuple(one["reports"]) for one in untouched if "reports" in one}
    second = {of(one) for one in untouched if "label" in one}
    both = [
        (one["label"] == "asked_again", of(one) in second)
        for one in told
        if one.get("label") in ("asked_again", "different")
        and one.get("drawn") != "sentence"
        and (one["earlier"]["report"], one["later"]["report"]) in pairs
    ]

    assert len(both) >= 80
    assert sum(first == again for first, again in both) / len(both) >= 0.95


def test_links_shown_on_untouched_lists_are_mostly_right(untouched_rows):
    """What is reached, not the goal (0.85 at 0.70, not met): three links in four are right, one in three is found."""
    shown = [
        row["label"] == "asked_again"
        for row in untouched_rows
        if chance("asked", (1.0, *(float(row[name]) for name in FEATURES[1:]))) >= weights()["least"]["asked"]
    ]
    real = sum(row["label"] == "asked_again" for row in untouched_rows)

    assert sum(shown) / len(shown) >= 0.7
    assert sum(shown) / real >= 0.33
