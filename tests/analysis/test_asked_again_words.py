"""Wordings as weighed terms: endings, concepts, what is asked apart from what for; praise apart from concern."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.analysis.asked_again_scoring import FEATURES, chance, features, readable
from joinedup.analysis.asked_again_words import sentences, stem, terms_in, weigh, weights

WORDS = st.lists(
    st.sampled_from(
        ("quality", "timely", "supervision", "missing", "plans", "children", "return", "home", "so", "that")
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [("assessments", "assessment"), ("policies", "policy"), ("planning", "planned"), ("timely", "time")],
)
def test_forms_of_a_word_meet(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["process", "status", "basis", "car"])
def test_what_only_looks_like_an_ending_stays(word):
    assert stem(word) == word


def test_the_longest_name_is_taken():
    names = [concept.name for concept in terms_in("the child protection plan and the pathway plan of a care leaver")[1]]

    assert names == ["CHILD_PROTECTION_PLAN", "PATHWAY_PLAN", "CARE_LEAVERS"]


def test_what_a_thing_is_for_weighs_less_than_the_thing():
    wording = weigh("Improve the timeliness of strategy discussions so that supervision is well informed.")

    assert wording.narrow["STRATEGY_DISCUSSION"] == 1
    assert wording.narrow["SUPERVISION"] < 1
    assert wording.subject == "STRATEGY_DISCUSSION"


def test_a_purpose_cannot_come_first():
    """Words of purpose at the very start say what is asked."""
    assert weigh("To ensure that strategy discussions are timely.").narrow["STRATEGY_DISCUSSION"] == 1


def test_a_list_within_a_paragraph_is_cut_too():
    assert sentences("Leaders must act. This includes: ◼ plans; and ◼ reviews.") == [
        "Leaders must act.",
        "This includes:",
        "plans; and",
        "reviews.",
    ]


def test_terms_are_shown_as_words():
    assert readable(["RETURN_INTERVIEW", stem("recording")], "The recording of it") == ("return interview", "recording")


@given(WORDS, WORDS)
def test_every_number_is_a_share_and_no_wording_breaks_it(one, other):
    numbers = features(weigh(one), weigh(other))

    assert len(numbers) == len(FEATURES)
    assert all(-1e-9 <= number <= 1.3 for number in numbers)
    assert 0 <= chance(numbers) <= 1


@given(WORDS)
def test_a_wording_is_wholly_like_itself(words):
    wording = weigh(words)

    if wording.total:
        assert features(wording, wording)[1] == pytest.approx(1)


def test_the_model_knows_every_number():
    assert set(weights()["mentioned"]) == set(FEATURES)


def test_the_weights_are_words_and_numbers_only():
    """No sentence of any report is shipped: a key is one term."""
    assert all(len(term.split()) == 1 for term in weights()["terms"])
