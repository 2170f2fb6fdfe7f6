"""Filters and indicators of a tidy file are told apart by what the columns hold."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.statistics import LayoutChangedError
from joinedup.statistics.ees_columns import Profile, filters_are_missing, first_split, is_label, settle

SYMBOLS = st.sampled_from(["z", "x", "c", "low", "k", "u", ":", "~"])
BLANKS = st.sampled_from(["", " ", "NA", "-"])
NUMBERS = st.one_of(st.integers(-1000, 10**6).map(str), st.floats(0, 100).map(lambda number: f"{number:.2f}"))
WORDS = st.sampled_from(["Total", "Female", "Ages 5 to 10", "State-funded primary", "10 or more"])


def profile(cells: Sequence[str]) -> Profile:
    seen = Profile()
    for cell in cells:
        seen.add(cell)
    return seen


@given(st.lists(st.one_of(WORDS, BLANKS, SYMBOLS), min_size=1).filter(lambda cells: not profile(cells).blank))
def test_a_column_of_words_is_a_filter(cells: list[str]) -> None:
    seen = profile(cells)
    split, doubtful = first_split({"column": seen})
    assert (split.filters == ("column",)) == bool(seen.words)
    assert not doubtful


@given(st.lists(st.one_of(NUMBERS, SYMBOLS, BLANKS), min_size=1).filter(lambda cells: not profile(cells).blank))
def test_a_column_of_numbers_and_symbols_is_an_indicator_at_first(cells: list[str]) -> None:
    split, doubtful = first_split({"column": profile(cells)})
    assert split.indicators == ("column",)
    assert set(doubtful) <= {"column"}


@given(st.lists(BLANKS))
def test_a_blank_column_is_neither(cells: list[str]) -> None:
    split, doubtful = first_split({"column": profile(cells)})
    assert split.filters == split.indicators == doubtful == ()


def test_only_columns_of_few_whole_numbers_are_in_doubt() -> None:
    columns = {
        "ages": profile(["10", "11", "12"]),
        "rate": profile(["10.5", "11", "12"]),
        "change": profile(["-1", "2"]),
        "count": profile([str(number) for number in range(1000)]),
    }
    _, doubtful = first_split(columns)
    assert doubtful == ("ages",)


def test_a_column_named_as_a_label_is_a_filter_without_need() -> None:
    split, _ = first_split({"age": profile(["16"]), "headcount": profile(["16"])})
    assert split.filters == ("age",)
    assert split.indicators == ("headcount",)


def test_a_word_among_figures_refuses_the_file_and_is_named() -> None:
    columns = {"headcount": profile(["10", "12.5", "13", "14", "15", "16", "withheld"])}
    split, _ = first_split(columns)
    with pytest.raises(LayoutChangedError, match=r"column 'headcount': expected numbers .*; found 'withheld'"):
        settle(split, (), columns)


def test_a_mixed_column_that_rows_need_is_a_filter() -> None:
    columns = {"single_years": profile(["10", "11", "Total"]), "headcount": profile(["1", "2", "3"])}
    split, doubtful = first_split(columns)
    assert "single_years" in doubtful
    settled = settle(split, ("single_years",), columns)
    assert settled.filters == ("single_years",)
    assert settled.indicators == ("headcount",)


def test_a_few_doubled_rows_are_not_a_missing_filter() -> None:
    assert not filters_are_missing(1000, 990)
    assert filters_are_missing(1000, 250)
    assert not filters_are_missing(0, 0)


def test_labels_repeat_from_group_to_group_and_figures_do_not() -> None:
    assert is_label(rows=400, groups=100, values=4)
    assert not is_label(rows=400, groups=100, values=390)
    assert not is_label(rows=400, groups=100, values=1)
