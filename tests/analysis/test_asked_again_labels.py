"""The labels that the linking is learnt from and measured on, and what the shipped models make of them."""

import importlib
import json
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from joinedup.analysis.asked_again_requests import chance_same, request_weights
from joinedup.analysis.asked_again_words import weights

LABELS = Path(__file__).with_name("labels")
BENCH = Path(__file__).parents[2] / "bench"
KEYS = {"report", "page", "words"}


@pytest.fixture(scope="module")
def told():
    return [json.loads(line) for line in (LABELS / "asked_again.jsonl").read_text().splitlines()]


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


@pytest.fixture(scope="module")
def judging():
    """The script of bench that learns from the labels, imported as its neighbours do."""
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(BENCH))
        before = set(sys.modules)
        yield importlib.import_module("asked_again_judging")
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(BENCH)):
                del sys.modules[name]


@pytest.fixture(scope="module")
def shown(judging):
    """Whether the shipped models show a pair of requests."""
    read = judging.read_by(request_weights(), judging.kept())
    least = weights()["least"]
    return lambda pair: chance_same(read[pair.earlier], read[pair.later]) >= least


def test_the_shipped_models_are_those_of_the_labels(judging, shown):
    """The models have learnt from these pairs; on areas left out they reach 0.87 and 0.88 (bench/asked_again.py)."""
    pairs = [pair for pair in judging.judged(judging.LABELS) if "pair" in pair.drawn]
    found = [pair.same for pair in pairs if shown(pair)]

    assert sum(found) / len(found) >= 0.87
    assert sum(found) / sum(pair.same for pair in pairs) >= 0.93


@pytest.mark.parametrize(("name", "many"), [("MATTERS", 2300), ("SENTENCES", 4000)])
def test_requests_and_sentences_are_told_by_report_page_and_a_hash(judging, name, many):
    """No words of a report are kept."""
    lines = [json.loads(line) for line in getattr(judging, name).read_text().splitlines()]

    assert len(lines) >= many
    assert all(set(line) == {*KEYS, "matters"} and line["matters"] for line in lines)
    assert all(len(line["report"]) == len(line["words"]) == 16 for line in lines)
    assert len({(line["report"], line["page"], line["words"]) for line in lines}) == len(lines)


def test_a_request_that_was_written_has_its_framework_and_matters_that_others_have(judging):
    lines = [json.loads(line) for line in judging.WRITTEN.read_text().splitlines()]
    known = {matter for matters in judging.told().values() for matter in matters}

    assert len(lines) >= 7000
    assert all(set(line) == {"framework", "text", "matters"} for line in lines)
    assert {line["framework"] for line in lines} == {"sif", "ilacs", "jtai", "area-send"}
    assert {matter for line in lines for matter in line["matters"]} <= known
    assert len({line["text"] for line in lines}) == len(lines)


def test_what_an_area_is_judged_by_has_learnt_nothing_of_it(judging, monkeypatch):
    """Lessons of the areas left out are left out; those that stand in no report never are."""
    given = []
    monkeypatch.setattr(judging, "_fit_each", lambda table, names, truth: given.append(truth))
    judging.fit_matters(without=3)

    lessons = judging.lessons()
    chosen = [one for one in lessons if not one.area or judging.fold_of(one.area) != 3]
    among, first = (truth["supervision"] for truth in given)
    assert among == ["supervision" in one.matters for one in chosen]
    assert first == [one.matters[0] == "supervision" for one in chosen]
    assert len(lessons) - len(chosen) > 300
    assert sum(not one.area for one in lessons) > 7000
    assert len(lessons) > 13_000


def test_no_two_requests_of_one_area_were_judged_in_a_group(judging):
    """The groups are learnt from, so they must not hold what linking is measured on."""
    kept = judging.kept()
    pairs = judging.groups()

    assert len(pairs) > 30_000
    assert all(kept[pair.earlier].area != kept[pair.later].area for pair in pairs)


def test_no_label_of_the_second_reader_is_learnt_from(judging):
    """Of the pairs in the lists that were read whole, only those that the first reader judged too are learnt from."""
    learnt = {(pair.earlier, pair.later) for pair in judging.learnt_from()}
    found = judging.judged(judging.UNTOUCHED)

    assert not [pair for pair in found if "judged" not in pair.drawn.split() and (pair.earlier, pair.later) in learnt]


@pytest.fixture(scope="module")
def untouched():
    return [json.loads(line) for line in (LABELS / "asked_again_untouched.jsonl").read_text().splitlines()]


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


def test_pairs_never_judged_before_are_told_from_those_judged(told, untouched, judging):
    def of(side):
        return side["report"], side["page"], side["words"]

    before = {(of(one["earlier"]), of(one["later"])) for one in told if "later" in one}
    lists = {of(one["earlier"]) for one in told if one.get("read") == "list"}
    links = {(of(one["earlier"]), of(one["later"])) for one in untouched if "label" in one}
    judged = {link for link in links if link in before or link[0] in lists}

    found = [pair for pair in judging.judged(judging.UNTOUCHED) if pair.same]
    assert {(pair.earlier, pair.later) for pair in found} == links
    assert {(pair.earlier, pair.later) for pair in found if "judged" in pair.drawn.split()} == judged


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


def test_links_shown_on_untouched_lists_are_mostly_right(judging, shown):
    """The goal (0.85 at 0.70) is not met. The models have seen these requests, though not these labels: on areas left
    out four links in five are right, and six in ten are found (bench/asked_again.py)."""
    pairs = judging.judged(judging.UNTOUCHED)
    found = [pair.same for pair in pairs if shown(pair)]

    assert sum(found) / len(found) >= 0.78
    assert sum(found) / sum(pair.same for pair in pairs) >= 0.58


def test_three_readers_of_the_same_lists_agree(untouched):
    """Two more read the second reader's lists whole, without any links and without each other's."""

    def of(one):
        return tuple((one[side]["report"], one[side]["page"], one[side]["words"]) for side in ("earlier", "later"))

    links = {"second": {of(one) for one in untouched if "label" in one}}
    for line in (LABELS / "asked_again_readers.jsonl").read_text().splitlines():
        one = json.loads(line)
        links.setdefault(one["reader"], set()).add(of(one))

    assert set(links) == {"second", "third", "fourth"}
    for first, other in combinations(links.values(), 2):
        assert 2 * len(first & other) / (len(first) + len(other)) >= 0.94


def test_no_kept_request_can_be_read_back(judging):
    """Terms stand in the order of the alphabet, and those of few requests are numbers."""
    kept = judging.kept().values()
    counted = Counter(term for one in kept for term in one.wording.terms)

    assert all(list(one.wording.terms) == sorted(one.wording.terms) for one in kept)
    assert all(list(one.wording.head) == sorted(one.wording.head) for one in kept)
    assert all(count >= 5 or term.isupper() or term[1:].isdigit() for term, count in counted.items())
