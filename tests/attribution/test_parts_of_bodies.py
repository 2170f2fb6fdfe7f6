"""The parts that bodies play, and the trees that weigh them. Every sentence here is invented."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.attribution import AGENCIES, NO_NAMES, Statement
from joinedup.attribution.evidence import read_statement
from joinedup.attribution.jointly import choose, in_doubt, probabilities
from joinedup.attribution.mentions import find_mentions
from joinedup.attribution.roles import roles, with_scores
from joinedup.attribution.trees import Trees, answer, packed, unpacked
from joinedup.attribution.weights import responsible_weights
from joinedup.attribution.words import cut

LEAVES = st.floats(-5, 5).map(answer)
TREES = st.recursive(LEAVES, lambda below: st.tuples(st.integers(0, 3), st.floats(-5, 5), below, below), max_leaves=8)


def rows(text, kind="improvement"):
    words = cut(text)
    return roles(read_statement(Statement(text, kind=kind), NO_NAMES, words, find_mentions(words, {})), AGENCIES)


def test_a_tree_is_asked_from_its_root():
    tree = (0, 1.5, answer(-1.0), (1, 0.0, answer(2.0), answer(3.0)))
    trees = Trees(0.5, (tree, answer(10.0)))
    assert [trees.score(row) for row in ([1.5, 9.0], [2.0, 0.0], [2.0, 1.0])] == [9.5, 12.5, 13.5]


@given(st.lists(TREES, max_size=4), st.lists(st.floats(-5, 5), min_size=4, max_size=4))
def test_trees_come_back_from_json_as_they_were(grown, row):
    trees = Trees(0.25, tuple(grown))
    again = unpacked(json.loads(json.dumps(packed(trees))))
    assert again == trees
    assert again.score(row) == trees.score(row)


@given(st.text(max_size=200), st.sampled_from(["improvement", "strength"]))
def test_every_text_gives_rows_that_the_trees_can_be_asked_about(text, kind):
    scores = dict.fromkeys(AGENCIES, 0.0)
    score = responsible_weights("jtai").trees.score
    found = [with_scores(row, agency, scores) for agency, row in rows(text, kind).items()]
    assert len({len(row) for row in found}) == 1
    assert all(isinstance(score(row), float) for row in found)


def test_the_same_part_has_the_same_row_whoever_plays_it():
    police, probation = (
        rows("Police share plans with schools.")["police"],
        rows("Probation share plans with schools.")["probation"],
    )
    assert police[1:] == probation[1:]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Police share plans.", "Plans are shared with police."),
        ("Police share plans. Schools do not.", "Although police share plans, schools do not."),
        ("Police, health and schools share plans.", "Plans are shared, including by police, health and schools."),
        ("Police share plans.", "Schools share plans. For example, police share plans."),
    ],
    ids=["spoken of or not", "conceded", "in a list after including", "in an example"],
)
def test_another_part_has_another_row(one, other):
    assert rows(one)["police"] != rows(other)["police"]


def test_what_the_regression_is_sure_of_the_trees_are_not_asked():
    assert [in_doubt(score) for score in (-5.0, 0.0, 5.0)] == [False, True, False]
    scores = dict.fromkeys(AGENCIES, -5.0) | {"police": 5.0, "health": 0.0}
    sure = probabilities(scores, {"health": [0.0]}, Trees(-2.0, ()))
    assert sure["police"] > 0.99
    assert sure["health"] == pytest.approx(0.1192, abs=1e-4)
    assert choose(sure, dict.fromkeys(AGENCIES, 0.45)) == ["police"]


def test_where_nobody_is_likely_the_likeliest_answers():
    assert choose({"police": 0.1, "health": 0.2}, dict.fromkeys(AGENCIES, 0.45)) == ["health"]
