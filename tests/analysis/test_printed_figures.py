"""Figures that the inspectorate and the press printed, from the bundled facts alone."""

import datetime as dt

import pytest

import joinedup.analysis as ja
from joinedup.record import open_record


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    return open_record(tmp_path_factory.mktemp("no") / "record")


def counts(answer):
    g = answer.grades
    return g["inadequate"], g["requires_improvement"], g["good"], g["outstanding"]


def test_single_inspections_by_16_november_2016(bundled):
    """Press, November 2016: of 110, 23.6% inadequate, 49.1% requiring improvement, 25.5% good, two outstanding."""
    day = dt.date(2016, 11, 16)
    inspections = ja.outcomes(bundled, frameworks=["sif"], as_at=day, count="inspections")
    areas = ja.outcomes(bundled, frameworks=["sif"], as_at=day)

    assert counts(inspections) == (26, 54, 28, 2)
    assert inspections.percent == {
        "outstanding": 1.8,
        "good": 25.5,
        "requires_improvement": 49.1,
        "inadequate": 23.6,
    }
    assert counts(areas) == (25, 54, 28, 2)


def test_first_cycle_of_safeguarding_inspections(bundled):
    answer = ja.outcomes(bundled, frameworks=["slac"], as_at=dt.date(2012, 8, 31))

    assert answer.total == 152
    assert answer.grades["inadequate"] == 17
    assert answer.grades["good"] + answer.grades["outstanding"] == 62


def test_after_the_child_protection_inspections(bundled):
    answer = ja.outcomes(bundled, frameworks=["slac", "cpi"], as_at=dt.date(2013, 8, 31))
    moved = ja.changes(bundled, start=dt.date(2012, 7, 31), end=dt.date(2013, 8, 31), frameworks=["slac", "cpi"])

    assert (answer.total, answer.grades["inadequate"]) == (152, 20)
    assert moved.matrix["inadequate"] == {"inadequate": 6, "requires_improvement": 10}
    assert [m.name for m in moved.areas if m.before and m.after == "good"] == [
        "Derby",
        "Gateshead",
        "Greenwich",
        "Redbridge",
    ]
    assert len(moved.newly_inadequate) == answer.grades["inadequate"] - 6


def test_state_of_the_nation_on_31_march_2025(bundled):
    answer = ja.outcomes(bundled, frameworks=["ilacs"], as_at=dt.date(2025, 3, 31))

    assert counts(answer) == (19, 31, 67, 36)
    assert (answer.total, answer.no_grade, answer.not_inspected) == (153, 0, 0)


def test_the_map_and_the_count_tell_the_same(bundled):
    day = dt.date(2025, 3, 31)
    stand = ja.standings(bundled, as_at=day)

    assert len(stand) == 153
    assert sum(one.grade == "outstanding" for one in stand) == 36
    assert [one.name for one in stand] == sorted(one.name for one in stand)


@pytest.mark.parametrize("day", [dt.date(2010, 1, 1), dt.date(2017, 6, 30), dt.date(2023, 4, 1), dt.date(2026, 8, 31)])
def test_nobody_is_lost(bundled, day):
    """Every area that existed is graded, without a grade, or not inspected: each in one of the three."""
    answer = ja.outcomes(bundled, frameworks=ja.SERIES, as_at=day)
    stand = ja.standings(bundled, as_at=day)

    assert answer.total + answer.no_grade + answer.not_inspected == len(stand)
    assert answer.total == sum(one.grade is not None for one in stand)
    assert answer.no_grade == sum(one.grade is None and one.framework is not None for one in stand)


def test_no_overall_grade_for_fieldwork_from_april_2026(bundled):
    stand = {one.name: one for one in ja.standings(bundled, as_at=dt.date(2026, 8, 31))}

    assert [stand[name].grade for name in ("Brent", "Somerset")] == [None, None]
    assert [stand[name].framework for name in ("Brent", "Somerset")] == ["ilacs", "ilacs"]
    assert all(stand[name].grade for name in ("Bradford", "Coventry", "Wolverhampton"))
