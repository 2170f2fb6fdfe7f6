"""How grades combine: each rule is tried on an inspection's grades, and what departs from it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.frameworks import UnknownJudgementError, check_grades, get_framework
from joinedup.frameworks.checks import GRADES

O, G, R, I = GRADES  # noqa: E741


def departures(id_: str, **grades: str | None) -> list[str]:
    return [departure.rule.key for departure in check_grades(get_framework(id_), grades)]


def test_a_single_inspection_with_an_inadequate_key_judgement_must_be_inadequate() -> None:
    assert departures("sif-2013", overall=R, help_and_protection=I, looked_after=R, leadership=R) == [
        "inadequate_key_limits"
    ]
    assert departures("sif-2013", overall=I, help_and_protection=I, looked_after=R, leadership=R) == []


def test_an_inadequate_sub_judgement_alone_does_not_limit_a_single_inspection() -> None:
    grades = {"help_and_protection": R, "looked_after": R, "leadership": R}
    assert departures("sif-2013", overall=R, adoption=I, care_leavers=I, **grades) == []


def test_nothing_is_inadequate_overall_without_an_inadequate_part() -> None:
    assert departures("ilacs-2018", overall=I, leaders=R, help_and_protection=R, in_care=R) == ["inadequate_needs_part"]


def test_overall_stands_at_most_one_grade_above_the_worst() -> None:
    assert departures("ilacs-2023", overall=G, leaders=G, help_and_protection=G, in_care=G, care_leavers=R) == []
    assert departures("ilacs-2023", overall=O, leaders=O, help_and_protection=O, in_care=O, care_leavers=R) == [
        "one_above_worst",
        "outstanding_floor",
    ]


def test_leaders_alone_inadequate_may_leave_requires_improvement_overall() -> None:
    assert departures("ilacs-2023", overall=R, leaders=I, help_and_protection=R, in_care=R, care_leavers=R) == []


def test_without_an_overall_grade_there_is_nothing_to_combine() -> None:
    assert departures("ilacs-2026", leaders=O, help_and_protection=I, in_care=O, care_leavers=O) == []


def test_a_missing_grade_never_makes_a_departure_that_it_could_mend() -> None:
    # The Isles of Scilly have no grade for a part; an inadequate overall might be owed to just that part.
    assert departures("sif-2013", overall=I, help_and_protection=R, looked_after=None, leadership=R) == []
    assert departures("sif-2013", help_and_protection=I) == []
    assert departures("sif-2013") == []


def test_a_departure_tells_the_rule_and_what_was_found() -> None:
    grades = {"overall": R, "help_and_protection": I, "looked_after": R, "leadership": R}
    (departure,) = check_grades(get_framework("sif-2013"), grades)
    assert departure.text == (
        "A key judgement of inadequate makes the overall judgement inadequate. Here: help_and_protection inadequate, "
        "looked_after requires_improvement, leadership requires_improvement, overall requires_improvement."
    )


def test_a_judgement_or_grade_that_the_framework_lacks_is_refused() -> None:
    with pytest.raises(UnknownJudgementError, match="ilacs-2018 has no judgement 'care_leavers'"):
        departures("ilacs-2018", care_leavers=G)
    with pytest.raises(UnknownJudgementError, match="at 'adequate'"):
        departures("ilacs-2018", overall="adequate")


@given(st.tuples(*[st.sampled_from(GRADES)] * 5))
def test_rules_agree_with_a_plain_reading_of_them(given_grades: tuple[str, ...]) -> None:
    keys = ("overall", "leaders", "help_and_protection", "in_care", "care_leavers")
    overall, *parts = (GRADES.index(grade) for grade in given_grades)
    practice = parts[1:]
    expected = set()
    if max(parts) - overall > 1:
        expected.add("one_above_worst")
    if 3 in practice and overall != 3:
        expected.add("inadequate_practice_limits")
    if overall == 3 and 3 not in parts:
        expected.add("inadequate_needs_part")
    if overall == 0 and max(parts) > 1:
        expected.add("outstanding_floor")
    assert set(departures("ilacs-2023", **dict(zip(keys, given_grades, strict=True)))) == expected
