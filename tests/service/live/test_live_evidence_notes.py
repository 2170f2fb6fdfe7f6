"""Pasted notes are told apart and understood without losing a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.service.inspections.history import parts
from joinedup.service.inspections.notes import Note, Vocabulary, parse, read, split, write

VOCABULARY = Vocabulary(
    {"help": "Children get the help that they need", "practice": "Work with children has a purpose"},
    {"interview": "Interview", "data": "Data"},
    {"police": "Police", "health": "Health services", "housing": "Housing"},
    {"C1": "C1", "S2": "S2"},
)
MARKED = st.sampled_from(
    ["+ ", "- ", "-", "[help]", "[police; C1]", "[nothing]", "[", "]", ";", "\n", "\n\n", " ", "x", "[]"]
)
TYPED = st.lists(st.one_of(MARKED, st.text(max_size=8))).map("".join)


def test_a_blank_line_parts_two_notes_and_a_line_alone_does_not() -> None:
    assert split("one\nstill one\n \n\ntwo\r\n\r\nthree\n") == ("one\nstill one", "two", "three")
    assert split(" \n\n\t\n") == ()


def test_marks_before_the_words_name_criterion_source_agencies_child_and_praise_or_concern() -> None:
    note = read("- [help; Interview; police; health services; c1] Nobody told the school.", VOCABULARY)
    assert note == Note("Nobody told the school.", "help", "interview", ("police", "health"), "concern", "C1")
    assert read("+[data; +; children get] Most plans are seen.", VOCABULARY) == Note(
        "Most plans are seen.", "help", "data", (), "praise"
    )


@pytest.mark.parametrize("mark", ["unknown", "h", "help; practice", "C1; S2", ""])
def test_brackets_that_are_not_understood_or_say_two_things_stay_in_the_words(mark: str) -> None:
    note = read(f"[{mark}] words", VOCABULARY)
    if mark:
        assert note.words == f"[{mark}] words"
        assert note.not_understood
    else:
        assert note == Note("words")


def test_a_sign_needs_a_space_so_that_a_figure_keeps_its_minus() -> None:
    assert read("-5 per cent since March", VOCABULARY) == Note("-5 per cent since March")
    assert read("- five fewer", VOCABULARY) == Note("five fewer", tendency="concern")


@given(TYPED)
def test_any_text_comes_back_from_notes_with_every_word(text: str) -> None:
    notes = parse(text, VOCABULARY)
    assert parse("\n\n".join(write(note) for note in notes), VOCABULARY) == notes
    for typed, note in zip(split(text), notes, strict=True):
        assert typed.endswith(note.words)
        head = typed[: len(typed) - len(note.words)]
        assert read(f"{head}x", VOCABULARY).words == "x"  # what went before the words is marks and nothing else


@given(st.text())
def test_splitting_loses_nothing_but_space(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(st.text(max_size=200), st.text(max_size=200))
def test_what_stayed_and_went_is_the_text_before_and_what_stayed_and_came_the_text_after(old: str, new: str) -> None:
    found = parts(old, new)
    assert "".join(part.words for part in found if part.how != "new") == old
    assert "".join(part.words for part in found if part.how != "gone") == new
