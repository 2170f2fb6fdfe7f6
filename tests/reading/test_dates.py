"""Dates as reports print them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.reading.dates import find_date, find_deadline, find_range


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("18 July 2022", dt.date(2022, 7, 18)),
        ("Report published: 01 December 2017", dt.date(2017, 12, 1)),
        ("on Monday 3rd of June 2013, the", dt.date(2013, 6, 3)),
        ("25/11/2016", dt.date(2016, 11, 25)),
        ("31 February 2020, no: 1 March 2020", dt.date(2020, 3, 1)),
        ("18July2022", dt.date(2022, 7, 18)),
        ("June 2013", None),
        ("45 July 2022", None),
        ("12 Auguſt 2022 or 3 Aprıl 2022, no: 1 May 2022", dt.date(2022, 5, 1)),
    ],
)
def test_one_day(text: str, day: dt.date | None) -> None:
    assert find_date(text) == day


def test_a_deadline_may_have_a_year_of_two_digits() -> None:
    assert find_deadline("12 November 18.") == dt.date(2018, 11, 12)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("from 23 to 27 May 2022", "2022-05-23", "2022-05-27"),
        ("Between 14 and 18 October 2019, Ofsted", "2019-10-14", "2019-10-18"),
        ("2 June 2014 – 25 June 2014", "2014-06-02", "2014-06-25"),
        ("15-19 July 2013", "2013-07-15", "2013-07-19"),
        ("14 April – 8 May 2015", "2015-04-14", "2015-05-08"),
        ("26 November 2018 to 7 December 2018", "2018-11-26", "2018-12-07"),
        ("12/09/2016 to 06/10/2016", "2016-09-12", "2016-10-06"),
        ("12 December to 4 January 2019", "2018-12-12", "2019-01-04"),
        ("5 and 6 June 2023", "2023-06-05", "2023-06-06"),
        ("20 June 2017 ─ 13 July 2017", "2017-06-20", "2017-07-13"),
        ("on 14, 15 and 16 June 2022", "2022-06-14", "2022-06-16"),
        ("14 & 15 June 2022", "2022-06-14", "2022-06-15"),
        ("from 9 through to 13 December 2024", "2024-12-09", "2024-12-13"),
        ("from 9 December up to the 13th of December, 2024", "2024-12-09", "2024-12-13"),
        ("from 9 to 13December 2024", "2024-12-09", "2024-12-13"),
        ("11 to 15 September and 25 to 29 September 2023", "2023-09-11", "2023-09-29"),
        ("11 to 15 and 25 to 29 September 2023", "2023-09-11", "2023-09-29"),
        ("16 to 19 December 2024, and 6 to 10 January 2025", "2024-12-16", "2025-01-10"),
    ],
)
def test_a_range_of_days(text: str, start: str, end: str) -> None:
    assert find_range(text) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))


def test_a_year_that_is_not_printed_is_that_of_the_letter_or_the_year_before() -> None:
    words = "Between 16 May and 20 May, Ofsted"
    assert find_range(words, dt.date(2016, 6, 29)) == (dt.date(2016, 5, 16), dt.date(2016, 5, 20))
    assert find_range("Between 5 and 9 December, Ofsted", dt.date(2017, 2, 1)) == (
        dt.date(2016, 12, 5),
        dt.date(2016, 12, 9),
    )
    assert find_range(words) is None


def test_two_dates_that_stand_together_are_no_range() -> None:
    assert find_range("19 March 2018 and 24 March 2020") is None


DAYS = st.dates(dt.date(2009, 4, 1), dt.date(2027, 12, 31))


def _words(day: dt.date, year: bool = True, month: bool = True) -> str:
    return f"{day.day}" + (f" {day:%B}" if month else "") + (f" {day.year}" if year else "")


@given(DAYS)
def test_every_day_is_read_back(day: dt.date) -> None:
    assert find_date(f"Published: {_words(day)}.") == day
    assert find_date(f"{day:%d/%m/%Y}") == day


@given(DAYS, st.integers(0, 40), st.sampled_from([" to ", " and ", " – ", "-", " until "]), st.booleans())
def test_every_range_is_read_back(start: dt.date, days: int, joint: str, short: bool) -> None:
    end = start + dt.timedelta(days=days)
    same_year, same_month = start.year == end.year, (start.year, start.month) == (end.year, end.month)
    first = _words(start, year=not (short and same_year), month=not (short and same_month))
    assert find_range(f"took place from {first}{joint}{_words(end)}. It was") == (start, end)


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    find_date(text)
    find_deadline(text)
    find_range(text, dt.date(2020, 2, 29))
