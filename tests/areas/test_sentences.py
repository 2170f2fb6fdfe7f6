"""Titles of posts in sentences: one answers, several answer."""

import pytest

from joinedup.areas.sentences import answers_to_whom, listed


@pytest.mark.parametrize(
    ("names", "sentence"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_names_are_listed_with_commas_and_one_and(names, sentence):
    assert listed(names) == sentence


@pytest.mark.parametrize(
    ("post", "verb"),
    [
        ("Director of children's services", "answers"),
        ("Director of Public Prosecutions", "answers"),
        ("Lead member for children's services", "answers"),
        ("Headteacher or principal", "answers"),
        ("Police and crime commissioner", "answers"),
        ("Board of the NHS trust", "answers"),
        ("Trustees of the charity", "answer"),
        ("Designated nurse and doctor for safeguarding and for looked-after children", "answer"),
        ("Safeguarding partners: council, chief officer of police, commissioner of health", "answer"),
        ("Lead safeguarding partners: chief executive of the council, chief officer of police", "answer"),
    ],
)
def test_one_answers_and_several_answer(post, verb):
    assert answers_to_whom(post, ["X", "Y", "Z"]) == f"{verb} to X, Y and Z"


def test_nothing_is_said_of_one_who_answers_to_nobody():
    assert answers_to_whom("Parliament", ()) == ""


def test_an_article_that_opens_a_title_is_small_within_a_sentence():
    assert (
        answers_to_whom("Chief nurse", ["The board", "Theatre manager"]) == "answers to the board and Theatre manager"
    )
