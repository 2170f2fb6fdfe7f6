"""How inspections are counted: each rule as a history and the figures that must come of it.

Every test runs on the SQL and on the plain-Python reference.
"""

import pytest


def grades(outstanding=0, good=0, requires_improvement=0, inadequate=0):
    return {
        "outstanding": outstanding,
        "good": good,
        "requires_improvement": requires_improvement,
        "inadequate": inadequate,
    }


def test_each_area_counts_once_with_its_latest_inspection(engine, make):
    history = [
        make.inspection("slough", "sif", "2014-02-11", "inadequate"),
        make.inspection("slough", "sif", "2016-02-17", "requires_improvement", visit="reinspection"),
        make.inspection("derby", "sif", "2015-01-05", "good"),
    ]
    ask = {"inspections": history, "frameworks": ["sif"], "as_at": "2016-11-16"}

    assert engine.outcomes(**ask) == (grades(good=1, requires_improvement=1), 0)
    assert engine.outcomes(**ask, count="inspections") == (grades(good=1, requires_improvement=1, inadequate=1), 0)


def test_what_came_later_does_not_count(engine, make):
    history = [
        make.inspection("slough", "sif", "2014-02-11", "inadequate"),
        make.inspection("slough", "sif", "2016-02-17", "good"),
    ]
    ask = {"inspections": history, "frameworks": ["sif"]}

    assert engine.outcomes(**ask, as_at="2016-02-16")[0] == grades(inadequate=1)
    assert engine.outcomes(**ask, as_at="2016-02-17")[0] == grades(good=1)
    assert engine.outcomes(**ask, as_at="2014-02-10")[0] == grades()


def test_ilacs_counts_by_its_first_day_on_site(engine, make):
    history = [make.inspection("derby", "ilacs", "2025-05-20", "good", start="2025-03-10")]
    ask = {"inspections": history, "frameworks": ["ilacs"], "as_at": "2025-03-31"}

    assert engine.outcomes(**ask)[0] == grades(good=1)
    assert engine.outcomes(**ask, dates="published")[0] == grades()


def test_earlier_frameworks_count_by_publication(engine, make):
    history = [make.inspection("derby", "sif", "2016-12-20", "good", start="2016-10-10")]

    assert engine.outcomes(inspections=history, frameworks=["sif"], as_at="2016-11-16")[0] == grades()


def test_several_frameworks_are_taken_together(engine, make):
    history = [
        make.inspection("derby", "slac", "2010-06-01", "requires_improvement"),
        make.inspection("derby", "cpi", "2013-03-01", "good"),
        make.inspection("slough", "slac", "2011-06-01", "inadequate"),
    ]
    ask = {"inspections": history, "as_at": "2013-08-31"}

    assert engine.outcomes(**ask, frameworks=["slac", "cpi"])[0] == grades(good=1, inadequate=1)
    assert engine.outcomes(**ask, frameworks=["slac"])[0] == grades(requires_improvement=1, inadequate=1)


@pytest.mark.parametrize("visit", ["focused", "monitoring"])
def test_visits_that_judge_nothing_never_count(engine, make, visit):
    history = [
        make.inspection("derby", "ilacs", "2022-05-01", "good", start="2022-03-01", visit="standard"),
        make.inspection("derby", "ilacs", "2024-05-01", start="2024-03-01", visit=visit),
    ]
    ask = {"inspections": history, "frameworks": ["ilacs"], "as_at": "2024-12-31"}

    assert engine.outcomes(**ask) == (grades(good=1), 0)
    assert engine.outcomes(**ask, count="inspections") == (grades(good=1), 0)


def test_an_area_counts_only_while_it_exists(engine, make):
    history = [
        make.inspection("northamptonshire", "ilacs", "2019-07-30", "inadequate", start="2019-06-24"),
        make.inspection("north-northamptonshire", "ilacs", "2022-11-28", "requires_improvement", start="2022-10-03"),
    ]
    ask = {"inspections": history, "frameworks": ["ilacs"]}

    assert engine.outcomes(**ask, as_at="2021-03-31")[0] == grades(inadequate=1)
    assert engine.outcomes(**ask, as_at="2021-04-01")[0] == grades()
    assert engine.outcomes(**ask, as_at="2022-12-31")[0] == grades(requires_improvement=1)
    assert engine.outcomes(**ask, as_at="2022-12-31", count="inspections")[0] == grades(
        requires_improvement=1, inadequate=1
    )


def test_a_judgement_that_was_given_up_leaves_no_grade_behind(engine, make):
    """ILACS inspections that begin from April 2026 have no overall grade: the one before no longer stands."""
    history = [
        make.inspection("derby", "ilacs", "2022-05-01", "good", start="2022-03-01", leaders="good"),
        make.inspection("derby", "ilacs", "2026-07-07", start="2026-05-11", leaders="outstanding"),
    ]
    ask = {"inspections": history, "frameworks": ["ilacs"], "as_at": "2026-08-31"}

    assert engine.outcomes(**ask) == (grades(), 1)
    assert engine.outcomes(**ask, judgement="leaders") == (grades(outstanding=1), 0)
    assert engine.outcomes(**ask, count="inspections") == (grades(good=1), 1)


def test_the_framework_in_force_when_the_inspection_began_decides(engine, make):
    """Fieldwork of March 2026, published in June, still has an overall grade."""
    history = [make.inspection("derby", "ilacs", "2026-06-05", "good", start="2026-03-02")]

    assert engine.outcomes(inspections=history, frameworks=["ilacs"], as_at="2026-06-30") == (grades(good=1), 0)


def test_a_version_applies_from_its_first_day(engine, make):
    history = [
        make.inspection("derby", "ilacs", "2026-06-05", start="2026-04-01", leaders="good"),
        make.inspection("slough", "ilacs", "2026-06-05", start="2026-03-31", leaders="good"),
    ]

    # Derby's framework gives no overall grade; Slough's does, so that an inspection without one tells nothing of it.
    assert engine.outcomes(inspections=history, frameworks=["ilacs"], as_at="2026-06-30") == (grades(), 1)


def test_a_reinspection_of_one_part_leaves_the_other_standing(engine, make):
    history = [
        make.inspection("slough", "slac", "2011-06-01", "inadequate", looked_after="requires_improvement"),
        make.inspection("slough", "slac", "2012-03-01", "requires_improvement", visit="reinspection"),
        make.inspection("derby", "slac", "2010-06-01", "good", looked_after="inadequate"),
        make.inspection("derby", "slac", "2012-05-01", visit="reinspection", looked_after="good"),
    ]
    ask = {"inspections": history, "frameworks": ["slac"], "as_at": "2012-08-31"}

    assert engine.outcomes(**ask) == (grades(good=1, requires_improvement=1), 0)
    assert engine.outcomes(**ask, judgement="looked_after") == (grades(good=1, requires_improvement=1), 0)


def test_our_own_reading_counts_where_the_official_history_is_silent(engine, make):
    ask = {"frameworks": ["ilacs"], "as_at": "2025-12-31"}
    ours = [make.report("derby", "ilacs", published="2025-07-08", start="2025-05-19", sha="a")]
    judged = [make.judgement("a", "overall", "outstanding"), make.judgement("a", "leaders", "good")]

    assert engine.outcomes(reports=ours, judgements=judged, **ask)[0] == grades(outstanding=1)


@pytest.mark.parametrize(
    ("published", "counted"),
    [("2025-07-08", 1), ("2025-08-07", 1), ("2025-08-08", 2)],
    ids=["same day", "30 days apart", "31 days apart"],
)
def test_the_official_row_wins_over_our_reading_of_the_same_inspection(engine, make, published, counted):
    official = [make.inspection("derby", "ilacs", "2025-07-08", "outstanding", start="2025-05-19")]
    ours = [make.report("derby", "ilacs", published=published, start="2025-07-20", sha="a")]
    judged = [make.judgement("a", "overall", "inadequate")]
    found, _ = engine.outcomes(
        inspections=official,
        reports=ours,
        judgements=judged,
        frameworks=["ilacs"],
        as_at="2025-12-31",
        count="inspections",
    )

    assert sum(found.values()) == counted
    assert found["outstanding"] == 1


def test_an_official_visit_does_not_hide_our_reading_of_an_inspection(engine, make):
    official = [make.inspection("derby", "ilacs", "2025-07-01", start="2025-06-20", visit="monitoring")]
    ours = [make.report("derby", "ilacs", published="2025-07-08", start="2025-05-19", sha="a")]
    judged = [make.judgement("a", "overall", "good")]
    ask = {"frameworks": ["ilacs"], "as_at": "2025-12-31"}

    assert engine.outcomes(inspections=official, reports=ours, judgements=judged, **ask)[0] == grades(good=1)


def test_a_report_without_a_day_of_publication_is_known_by_its_first_day_on_site(engine, make):
    official = [make.inspection("derby", "ilacs", "2025-07-08", "outstanding", start="2025-05-19")]
    ours = [make.report("derby", "ilacs", start="2025-05-19", sha="a")]
    judged = [make.judgement("a", "overall", "inadequate")]
    ask = {"frameworks": ["ilacs"], "as_at": "2025-12-31", "count": "inspections"}

    assert engine.outcomes(inspections=official, reports=ours, judgements=judged, **ask)[0] == grades(outstanding=1)
    assert engine.outcomes(reports=ours, judgements=judged, **ask)[0] == grades(inadequate=1)


def test_the_same_report_read_from_two_files_counts_once(engine, make):
    ours = [make.report("derby", "ilacs", published="2025-07-08", start="2025-05-19", sha=sha) for sha in "ab"]
    judged = [make.judgement(sha, "overall", "good") for sha in "ab"]
    ask = {"frameworks": ["ilacs"], "as_at": "2025-12-31", "count": "inspections"}

    assert engine.outcomes(reports=ours, judgements=judged, **ask)[0] == grades(good=1)


def test_a_report_that_was_issued_again_counts_once_as_it_was_printed_last(engine, make):
    ours = [
        make.report("derby", "ilacs", published="2025-07-08", start="2025-05-19", sha="a"),
        make.report("derby", "ilacs", published="2025-11-20", start="2025-05-19", sha="b"),
    ]
    judged = [make.judgement("a", "overall", "good"), make.judgement("b", "overall", "outstanding")]
    ask = {"frameworks": ["ilacs"], "as_at": "2025-12-31", "count": "inspections"}

    for order in (ours, ours[::-1]):
        assert engine.outcomes(reports=order, judgements=judged, **ask)[0] == grades(outstanding=1)


def test_of_two_readings_the_one_with_grades_speaks(engine, make):
    ours = [
        make.report("derby", "ilacs", published="2025-07-08", start="2025-05-19", sha="a"),
        make.report("derby", "ilacs", published="2025-07-08", start="2025-05-19", sha="b"),
    ]
    ask = {"frameworks": ["ilacs"], "as_at": "2025-12-31", "count": "inspections"}

    for graded in "ab":
        judged = [make.judgement(graded, "overall", "good")]
        assert engine.outcomes(reports=ours, judgements=judged, **ask)[0] == grades(good=1)


def test_two_inspections_of_one_area_stay_two(engine, make):
    ours = [
        make.report("derby", "ilacs", published="2022-07-08", start="2022-05-19", sha="a"),
        make.report("derby", "ilacs", published="2025-07-08", start="2025-05-19", sha="b"),
    ]
    judged = [make.judgement(sha, "overall", "good") for sha in "ab"]
    ask = {"frameworks": ["ilacs"], "as_at": "2025-12-31", "count": "inspections"}

    assert engine.outcomes(reports=ours, judgements=judged, **ask)[0] == grades(good=2)


def test_a_reading_without_its_first_day_or_without_a_grade_counts_for_nothing(engine, make):
    ours = [
        make.report("derby", "ilacs", published="2026-07-08", sha="a"),
        make.report("slough", "ilacs", published="2026-07-08", start="2026-05-19", sha="b"),
    ]
    judged = [make.judgement("a", "leaders", "good"), make.judgement("b", "leaders", None)]

    for count in ("areas", "inspections"):
        ask = {"frameworks": ["ilacs"], "as_at": "2026-12-31", "count": count}
        assert engine.outcomes(reports=ours, judgements=judged, **ask) == (grades(), 0)


@pytest.mark.parametrize(
    ("on_site", "counted"),
    [("2014-02-18", 1), ("2013-09-25", 1), ("2013-09-24", 2), ("2014-05-24", 2)],
    ids=["usual", "240 days before", "241 days before", "after it"],
)
def test_an_official_publication_soon_after_the_fieldwork_is_of_the_same_inspection(engine, make, on_site, counted):
    """However far off the estimated day of publication is of a report that prints none."""
    official = [make.inspection("bradford", "sif", "2014-05-23", "requires_improvement")]
    ours = [make.report("bradford", "sif", published="2014-09-30", start=on_site, sha="a")]
    judged = [make.judgement("a", "overall", "good")]
    ask = {"frameworks": ["sif"], "as_at": "2015-12-31", "count": "inspections"}
    found, _ = engine.outcomes(inspections=official, reports=ours, judgements=judged, **ask)

    assert sum(found.values()) == counted


@pytest.mark.parametrize("count", ["areas", "inspections"])
def test_fictional_areas_never_count(engine, make, count):
    ours = [make.report("ashmere", "ilacs", published="2025-07-08", start="2025-05-19", sha="a", fictional=True)]
    judged = [make.judgement("a", "overall", "good")]
    ask = {"frameworks": ["ilacs"], "as_at": "2025-12-31", "count": count}

    assert engine.outcomes(reports=ours, judgements=judged, **ask) == (grades(), 0)


def test_changes_are_counted_over_the_areas_that_were_there_on_both_days(engine, make):
    history = [
        make.inspection("derby", "slac", "2010-06-01", "inadequate"),
        make.inspection("derby", "cpi", "2013-03-01", "good"),
        make.inspection("slough", "slac", "2011-06-01", "inadequate"),
        make.inspection("kent", "slac", "2012-08-15", "requires_improvement"),
    ]
    ask = {"inspections": history, "start": "2012-07-31", "end": "2013-08-31", "frameworks": ["slac", "cpi"]}

    assert engine.matrix(**ask) == {
        ("inadequate", "good"): 1,
        ("inadequate", "inadequate"): 1,
        (None, "requires_improvement"): 1,
    }


def test_a_grade_that_is_given_up_is_no_move_to_another(engine, make):
    history = [
        make.inspection("derby", "ilacs", "2022-05-01", "inadequate", start="2022-03-01"),
        make.inspection("derby", "ilacs", "2026-07-07", start="2026-05-11", leaders="good"),
    ]
    ask = {"inspections": history, "start": "2025-03-31", "end": "2026-08-31", "frameworks": ["ilacs"]}

    assert engine.matrix(**ask) == {("inadequate", None): 1}
