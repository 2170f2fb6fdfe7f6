"""The days of an inspection follow from its framework, in working days, from either end, and hang together."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.areas import add_working_days, is_working_day, working_days_between
from joinedup.frameworks import Framework, VisitKey, frameworks, get_framework
from joinedup.service.inspections.timetable import Planned, Span, TimetableError, out_of_order, plan

RUNNABLE = [(each, visit.key) for each in frameworks() if each.runnable for visit in each.visits]
WORKING_DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2035, 12, 31)).filter(is_working_day)


def by_key(days: tuple[Planned, ...]) -> dict[str, Planned]:
    return {each.key: each for each in days}


def test_a_known_case_by_hand() -> None:
    """Ten working days' notice from 30 November 2026, over Christmas and the New Year."""
    days = by_key(plan(get_framework("joined-up-1"), "standard", notification=dt.date(2026, 11, 30)))
    assert (days["notification"].start, days["notification"].end) == (dt.date(2026, 11, 30), dt.date(2026, 12, 4))
    assert (days["fieldwork"].start, days["fieldwork"].end) == (dt.date(2026, 12, 14), dt.date(2026, 12, 29))
    assert days["drafting"].start == dt.date(2026, 12, 30)
    assert days["publication"].start == dt.date(2027, 2, 17)


@given(st.sampled_from(RUNNABLE), WORKING_DAYS)
def test_every_phase_is_on_working_days_in_the_order_of_an_inspections_life(
    which: tuple[Framework, VisitKey], day: dt.date
) -> None:
    days = plan(*which, fieldwork=day)
    assert by_key(days)["fieldwork"].start == day
    assert all(is_working_day(each.start) and is_working_day(each.end) for each in days)
    assert all(each.start <= each.end for each in days)
    assert out_of_order((each.key, Span(each.start, each.end)) for each in days) is None


@given(st.sampled_from(RUNNABLE), WORKING_DAYS)
def test_notice_is_what_the_framework_gives_whichever_day_was_known(
    which: tuple[Framework, VisitKey], day: dt.date
) -> None:
    told = by_key(plan(*which, notification=day))
    notice = working_days_between(day, told["fieldwork"].start)
    assert notice == which[0].notice.working_days
    again = by_key(plan(*which, fieldwork=told["fieldwork"].start))
    assert again == told


@given(st.sampled_from(RUNNABLE), WORKING_DAYS, st.integers(0, 30), st.integers(0, 30))
def test_what_hangs_on_fieldwork_moves_with_it_and_nothing_else_does(
    which: tuple[Framework, VisitKey], day: dt.date, later: int, length: int
) -> None:
    before = by_key(plan(*which, notification=day))
    start = add_working_days(before["fieldwork"].start, later)
    fixed = {"fieldwork": Span(start, add_working_days(start, length))}
    after = by_key(plan(*which, notification=day, fixed=fixed))
    assert (after["fieldwork"].start, after["fieldwork"].end) == fixed["fieldwork"]
    for step in which[0].phases(which[1]):
        if step.key in after and step.anchor == "notification" and step.key != "fieldwork":
            assert after[step.key] == before[step.key]
        if step.key in after and step.anchor == "fieldwork_end" and step.unit == "working_days":
            assert after[step.key].start == add_working_days(after["fieldwork"].end, step.start)


@given(st.sampled_from(RUNNABLE), WORKING_DAYS, st.data())
def test_a_phase_fixed_by_hand_stays_where_it_was_put(
    which: tuple[Framework, VisitKey], day: dt.date, data: st.DataObject
) -> None:
    days = plan(*which, fieldwork=day)
    key = data.draw(st.sampled_from([each.key for each in days]))
    start = data.draw(WORKING_DAYS)
    assume(dt.date(2023, 2, 1) < start)
    fixed = {key: Span(start, add_working_days(start, 3))}
    found = by_key(plan(*which, fieldwork=day, fixed=fixed))[key]
    assert (found.start, found.end) == fixed[key]


@given(st.dates(dt.date(2023, 1, 1), dt.date(2035, 12, 31)).filter(lambda day: not is_working_day(day)))
def test_a_day_that_is_no_working_day_is_refused_with_the_next_that_is(day: dt.date) -> None:
    following = add_working_days(day, 1)
    with pytest.raises(TimetableError, match=f"The next working day is {following.day} {following:%B %Y}"):
        plan(get_framework("joined-up-1"), "standard", fieldwork=day)


def test_just_one_first_day_is_given_and_a_span_ends_after_it_starts() -> None:
    rules, day = get_framework("joined-up-1"), dt.date(2026, 11, 30)
    with pytest.raises(TimetableError, match="Give either"):
        plan(rules, "standard")
    with pytest.raises(TimetableError, match="Give either"):
        plan(rules, "standard", notification=day, fieldwork=day)
    with pytest.raises(TimetableError, match="on or after the first day"):
        plan(rules, "standard", fieldwork=day, fixed={"drafting": Span(day, add_working_days(day, -1))})


@pytest.mark.parametrize("year", [2006, 2101])
def test_a_year_out_of_reach_is_refused(year: int) -> None:
    with pytest.raises(TimetableError, match="is not a year"):
        plan(get_framework("joined-up-1"), "standard", fieldwork=dt.date(year, 3, 1))
