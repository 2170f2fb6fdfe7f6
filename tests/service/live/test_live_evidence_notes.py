"""Pasted notes are told apart and understood without losing a word; what could identify a child is found."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.service.disclosure import RULES, fingerprint, look
from joinedup.service.inspections.history import parts
from joinedup.service.inspections.notes import Note, Vocabulary, parse, read, split, write

TODAY = dt.date(2026, 5, 11)
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


def nhs_number(nine: str) -> str:
    """Nine digits with their check digit (eleven less the weighted sum's remainder); empty where there is none."""
    check = 11 - sum((10 - place) * int(digit) for place, digit in enumerate(nine)) % 11
    return "" if check == 10 else nine + str(check % 11)


def keys(text: str) -> set[str]:
    return {mark.rule for mark in look(text, TODAY)}


@given(st.from_regex(r"\A[1-9][0-9]{8}\Z"), st.sampled_from(["", " ", "-"]))
def test_an_nhs_number_is_known_by_its_check_digit_however_it_is_grouped(nine: str, gap: str) -> None:
    number = nhs_number(nine)
    if number:
        grouped = gap.join([number[:3], number[3:6], number[6:]])
        assert "nhs_number" in keys(f"seen as {grouped}.")
        wrong = f"{number[:9]}{(int(number[9]) + 1) % 10}"
        assert "nhs_number" not in keys(wrong)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("943 476 5919", "nhs_number"),
        ("UPN A801200001001", ""),  # its check letter would be another
        ("H801200001001 is on roll", "upn"),
        ("x80120000100a", "upn"),  # a temporary number ends in a letter
        ("born 3/4/12", "birth"),
        ("03.04.2012", "birth"),
        ("2012-04-03", "birth"),
        ("3rd of April 2012", "birth"),
        ("April 3, 2012", "birth"),
        ("the meeting of 3 April 2026", ""),  # nobody is a month old and followed by that date
        ("d.o.b. 3 April 2026", "birth"),
        ("date of birth: 3 April 1980", "birth"),
        ("since 3 April 1980", ""),
        ("11 May 2025", "birth"),  # one year old today
        ("12 May 2025", ""),
        ("12 May 2000", "birth"),  # the last day of being twenty-five
        ("11 May 2000", ""),
        ("31/02/2012", ""),
        ("12 May 2027", ""),
        ("lives at M1 1AE", "postcode"),
        ("sw1a1aa", "postcode"),
        ("C1 1AA is no area", ""),
        ("S1 2nd visit", ""),
        ("020 7946 0958", "telephone"),
        ("+44 7700 900123", "telephone"),
        ("07700900123", "telephone"),
        ("0 of 120 children", ""),
        ("a.b+c@nhs.example.org", "email"),
        ("at 10 @ home", ""),
        ("C1 told us that S2 had gone, 12 of 40 plans, 2025/26, section 47", ""),
    ],
)
def test_each_rule_at_its_edges(text: str, rule: str) -> None:
    assert keys(text) == ({rule} if rule else set())


@given(st.text())
def test_every_mark_is_a_place_in_the_text(text: str) -> None:
    for mark in look(text, TODAY):
        assert text[mark.start : mark.end] == mark.words
        assert mark.rule in {rule.key for rule in RULES}


def test_a_confirmation_counts_for_just_what_was_found() -> None:
    first, same = look("ring 020 7946 0958", TODAY), look("020 7946 0958 rang", TODAY)
    more = look("020 7946 0958 and a@b.org", TODAY)
    assert fingerprint(first) == fingerprint(same) != fingerprint(more)
    assert fingerprint(()) == ""
