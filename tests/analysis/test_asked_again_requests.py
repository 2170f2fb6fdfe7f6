"""What a request asks for, and whether two ask for the same thing. Wordings are of our own making."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.analysis.asked_again_requests import (
    MatterWeights,
    chance_same,
    likely_matters,
    marks,
    pair_marks,
    read_request,
    request,
    request_weights,
)
from joinedup.analysis.asked_again_words import weigh

WORDS = st.lists(
    st.sampled_from(
        ("quality", "supervision", "missing", "plans", "oversight", "return", "home", "so", "that", "police")
    )
).map(" ".join)
MATTERS = st.dictionaries(st.sampled_from(("supervision", "drift", "missing", "training")), st.floats(0.02, 1))


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("The quality and regularity of social workers' supervision.", "supervision"),
        ("The timeliness of return home interviews when children go missing.", "missing"),
        ("Increase the number of foster carers.", "foster-carers"),
        ("The quality of pathway plans.", "pathway-plans"),
        ("Ensure that strategy meetings are held on time.", "strategy-discussions"),
    ],
)
def test_what_a_request_asks_for_leads_it(words, matter):
    assert read_request(words).leading[0] == matter


def test_what_a_thing_is_for_is_not_asked_for():
    asked = read_request("Make sure that all social workers have regular supervision so that pathway plans are good.")

    assert asked.matters["supervision"] > 0.5
    assert asked.matters.get("pathway-plans", 0.0) < asked.matters["supervision"]


def test_words_of_purpose_are_marked_apart():
    found = marks("Hold every strategy meeting within two working days so that reviews are timely.", "", "ilacs")

    assert "p:review" in found
    assert "review" not in found
    assert "f:ilacs" in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The quality of assessments and plans.", "Improve assessments so that all needs are understood."),
        ("Management oversight and supervision of social workers.", "Ensure that staff have reflective supervision."),
        ("The sufficiency of local homes for children in care.", "The availability of suitable placements."),
    ],
)
def test_broad_words_that_are_asked_for_in_both_are_the_same_thing(one, other):
    assert chance_same(read_request(one), read_request(other)) >= 0.45


def test_requests_with_nothing_in_common_have_no_likelihood():
    one = request(weigh("The quality of life-story work."), {"life-story": 0.9}, {"life-story": 0.8})
    other = request(weigh("Joint commissioning."), {"commissioning": 0.9}, {"commissioning": 0.8})

    assert chance_same(one, other) == 0
    assert chance_same(one, one) > 0.5


def test_a_matter_speaks_through_its_marks_alone():
    weights = MatterWeights({"one": {"drift": 2.0}, "two": {"drift": -1.0}}, {"drift": -1.0})

    assert likely_matters(["one", "two", "three"], weights) == {"drift": pytest.approx(0.5)}
    assert likely_matters([], weights) == {"drift": pytest.approx(1 / (1 + math.e))}


def test_what_is_asked_for_first_is_told_by_shares():
    found = request(weigh("Drift."), {"drift": 0.9, "visits": 0.8}, {"drift": 0.6, "visits": 0.2, "missing": 0.001})

    assert found.leads == {"drift": pytest.approx(0.6 / 0.801), "visits": pytest.approx(0.2 / 0.801)}
    assert request(weigh("Drift."), {}, {}).leads == {}


def test_two_that_ask_for_the_same_first_are_nearer_than_two_that_name_it_among_others():
    def asking(first, then):
        return request(weigh("Drift and visits."), {"drift": 0.9, "visits": 0.9}, {first: 0.7, then: 0.1})

    alike = pair_marks(asking("drift", "visits"), asking("drift", "visits"), {"drift": 0.5, "visits": 0.5})
    apart = pair_marks(asking("drift", "visits"), asking("visits", "drift"), {"drift": 0.5, "visits": 0.5})
    assert alike["%lead"] == pytest.approx(1)
    assert alike["%lead"] > apart["%lead"]
    assert alike["%lead_of_both"] > apart["%lead_of_both"]
    assert alike["%lead_of_earlier"] == pytest.approx(apart["%lead_of_earlier"]), "the other names it too"


@given(WORDS, WORDS, MATTERS, MATTERS)
def test_every_mark_of_a_pair_has_a_value_and_no_words_break_it(one, other, ours, theirs):
    earlier, later = request(weigh(one), ours, theirs), request(weigh(other), theirs, ours)
    found = pair_marks(earlier, later, dict.fromkeys(("supervision", "drift", "missing", "training"), 0.5))

    # 0 to 1, but for what one covers of the other: its words may weigh less there (a purpose, a later sentence).
    assert all(-1e-9 <= value <= 1 / math.sqrt(0.4 * 0.6) for value in found.values())
    assert 0 <= chance_same(earlier, later) <= 1


@given(WORDS, MATTERS)
def test_a_request_has_nothing_apart_from_itself(words, matters):
    itself = request(weigh(words), matters, matters)
    found = pair_marks(itself, itself, dict.fromkeys(matters, 0.5))

    assert not [mark for mark in found if mark[0] in "-~"]
    assert not matters or found["%cosine"] == pytest.approx(1)
    assert not matters or 0.9 < found["%lead"] <= 1 + 1e-9  # shares too small to keep are missing


def test_the_weights_are_words_and_numbers_only():
    """No sentence of any report is shipped: a mark is one word or two in a row, or a concept; of a pair, of one or two
    terms or matters."""
    weights = request_weights()
    both = (weights.matters, weights.leads)
    plain = [mark.rpartition(":")[2] for each in both for mark in each.marks]

    assert all(len(mark.split("_")) <= 2 for mark in plain if not mark.isupper())
    assert all(" " not in mark for mark in (*weights.matters.marks, *weights.leads.marks, *weights.pairs))
    assert all(len(re.split(r"[|&]", mark)) <= 2 for mark in weights.pairs)
    for each in both:
        assert set(weights.rare) == set(each.bias)
        assert {matter for row in each.marks.values() for matter in row} <= set(each.bias)
