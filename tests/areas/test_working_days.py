"""England's working days: SI 2007/462 leaves out Saturday, Sunday, Christmas Day, Good Friday and bank holidays."""

import datetime as dt

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.areas import add_working_days, bank_holidays, is_working_day, working_days_between
from joinedup.errors import UsageError

DAYS = st.dates(dt.date(2009, 1, 1), dt.date(2028, 12, 31))


@pytest.mark.parametrize("year", range(2009, 2029))
def test_bank_holidays_of_every_year_agree_with_an_independent_calendar(year: int) -> None:
    theirs = {day for day in holidays.country_holidays("GB", subdiv="ENG", years=year) if day.weekday() < 5}
    assert bank_holidays(year) == theirs


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (dt.date(2011, 4, 29), "royal wedding"),
        (dt.date(2012, 6, 4), "spring bank holiday moved for the Diamond Jubilee"),
        (dt.date(2012, 6, 5), "Diamond Jubilee"),
        (dt.date(2020, 5, 8), "early May bank holiday moved to VE Day"),
        (dt.date(2022, 6, 2), "spring bank holiday moved for the Platinum Jubilee"),
        (dt.date(2022, 6, 3), "Platinum Jubilee"),
        (dt.date(2022, 9, 19), "state funeral"),
        (dt.date(2023, 5, 8), "coronation"),
        (dt.date(2021, 12, 28), "Boxing Day, from a Sunday"),
        (dt.date(2022, 12, 27), "Christmas Day, from a Sunday"),
        (dt.date(2024, 3, 29), "Good Friday"),
    ],
)
def test_days_off(day: dt.date, why: str) -> None:
    assert not is_working_day(day), why


@pytest.mark.parametrize("day", [dt.date(2012, 5, 28), dt.date(2020, 5, 4), dt.date(2022, 5, 30)])
def test_a_bank_holiday_that_was_moved_away_is_a_working_day(day: dt.date) -> None:
    assert is_working_day(day)


def test_counting_starts_on_the_day_after() -> None:
    assert add_working_days(dt.date(2022, 7, 18), 70) == dt.date(2022, 10, 26), (
        "August and the state funeral lie between"
    )
    assert add_working_days(dt.date(2024, 3, 28), 1) == dt.date(2024, 4, 2), "over Easter"
    assert add_working_days(dt.date(2024, 4, 2), -1) == dt.date(2024, 3, 28)
    assert add_working_days(dt.date(2024, 3, 30), 0) == dt.date(2024, 3, 30)


@given(DAYS, st.integers(0, 120))
def test_adding_lands_on_a_working_day_that_is_that_far_away(day: dt.date, count: int) -> None:
    later = add_working_days(day, count)
    assert working_days_between(day, later) == count
    assert count == 0 or is_working_day(later)


@given(DAYS, DAYS, DAYS)
def test_between_adds_up(first: dt.date, second: dt.date, third: dt.date) -> None:
    whole = working_days_between(first, third)
    assert working_days_between(first, second) + working_days_between(second, third) == whole
    assert working_days_between(third, first) == -whole


def test_years_before_the_table_of_moved_days_are_refused() -> None:
    with pytest.raises(UsageError, match="2007"):
        is_working_day(dt.date(1999, 12, 31))
