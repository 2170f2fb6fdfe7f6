"""Periods: what is printed tells one from another, and the year is that in which the period ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.statistics import LayoutChangedError
from joinedup.statistics.periods import WHOLE_YEARS, parse_lait_period, parse_period


@pytest.mark.parametrize(
    ("time_period", "identifier", "label", "year"),
    [
        ("2025", "Reporting year", "2025", 2025),
        ("2025", "Calendar year", "2025", 2025),
        ("202425", "Academic year", "202425", 2025),
        ("202425", "Financial year", "202425", 2025),
        ("199900", "Tax year", "199900", 2000),
        ("202425", "Autumn term", "202425 Autumn term", 2024),
        ("202425", "Spring term", "202425 Spring term", 2025),
        ("202425", "Autumn and spring term", "202425 Autumn and spring term", 2025),
        ("202425", "Financial year Q3", "202425 Financial year Q3", 2024),
        ("202425", "Financial year Q4", "202425 Financial year Q4", 2025),
        ("202425", "Part 1 (April to September)", "202425 Part 1 (April to September)", 2024),
        ("2024", "Week 52", "2024 Week 52", 2024),
        ("2024", "March", "2024 March", 2024),
    ],
)
def test_the_standard_periods(time_period: str, identifier: str, label: str, year: int) -> None:
    period = parse_period(time_period, identifier)
    assert (period.label, period.year) == (label, year)


@pytest.mark.parametrize(
    ("time_period", "identifier"),
    [
        ("202426", "Academic year"),
        ("2024/25", "Academic year"),
        ("202513", "Reporting year"),
        ("25", "Reporting year"),
        ("0", "Reporting year"),
        ("", ""),
        ("2024", "Autumn term"),
        ("202425", "March"),
        ("2025", "Fortnight 3"),
    ],
)
def test_a_period_that_is_none_is_refused(time_period: str, identifier: str) -> None:
    with pytest.raises(LayoutChangedError, match=r"expected .*; found "):
        parse_period(time_period, identifier)


@given(st.integers(1900, 2098), st.sampled_from(sorted(WHOLE_YEARS)))
def test_two_years_that_follow_each_other_end_in_the_second(first: int, identifier: str) -> None:
    assert parse_period(f"{first}{(first + 1) % 100:02d}", identifier).year == first + 1


@given(st.text(max_size=10), st.text(max_size=20))
def test_any_text_is_a_period_or_refused(time_period: str, identifier: str) -> None:
    try:
        period = parse_period(time_period, identifier)
    except LayoutChangedError:
        return
    assert 1900 <= period.year <= 2100


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("2016", 2016),
        ("2014-16", 2016),
        ("2015/16", 2016),
        ("2013/14-15/16", 2016),
        ("2016-17 (OT)", 2017),
        ("2018 (Rev)", 2018),
        ("2025 (prov)", 2025),
        ("1999-00", 2000),
    ],
)
def test_periods_of_lait(printed: str, year: int) -> None:
    period = parse_lait_period(printed)
    assert period is not None
    assert (period.label, period.year) == (printed, year)


@pytest.mark.parametrize("printed", ["0", "", "16", "2016-", "2016/17-", "Spring", "2016-99"])
def test_what_is_no_period_of_lait(printed: str) -> None:
    assert parse_lait_period(printed) is None
