"""An area's profile: its own history and its predecessors', reports with items, indicators; all moved by a day."""

import datetime as dt
import json

import pytest

import joinedup.analysis as ja
from joinedup.areas import UnknownAreaError


@pytest.fixture
def record(make):
    letter = make.report("cumberland", "jtai", published="2024-06-05", start="2024-04-15", visit=None, sha="a" * 64)
    letter |= {
        "theme": "serious youth violence",
        "statement_due": dt.date(2024, 9, 13),
        "principal_authority": "Council",
    }
    return make.record(
        inspections=[
            make.inspection("cumbria", "sif", "2015-05-13", "inadequate", leadership="inadequate"),
            make.inspection("cumbria", "ilacs", "2022-11-15", "requires_improvement", start="2022-09-20"),
            make.inspection("cumberland", "ilacs", "2024-11-26", "good", start="2024-10-07", visit="standard"),
        ],
        reports=[
            letter,
            make.report("cumberland", "ilacs", published="2024-11-26", start="2024-10-07", sha="b" * 64),
            make.report("cumbria", "ilacs", published="2022-11-15", start="2022-09-20", sha="c" * 64),
        ],
        judgements=[
            make.judgement("a" * 64, "overall", None),
            make.judgement("b" * 64, "overall", "good", page=1),
        ],
        findings=[
            item("a" * 64, 0, "improvement", "Plans name who must act.", page=2, section="What needs to improve"),
            item("a" * 64, 1, "strength", "Partners know their children.", page=3),
            item("a" * 64, 2, "finding", "A paragraph of the main text.", page=4),
            item("b" * 64, 0, "improvement", "Visits happen on time.", page=1),
        ],
    )


def item(report, ordinal, kind, text, *, page, section=None):
    return {
        "id": f"{report}-{ordinal}",
        "report": report,
        "ordinal": ordinal,
        "kind": kind,
        "section": section,
        "page": page,
        "text": text,
        "load": "test",
    }


def test_its_own_history_and_its_predecessors_stand_apart(record):
    profile = ja.area_profile(record, "cumberland")

    assert [(one.framework, one.official) for one in profile.inspections] == [("ilacs", True), ("jtai", False)]
    assert [(one.area, one.framework) for one in profile.before_it] == [("cumbria", "ilacs"), ("cumbria", "sif")]
    assert [area.name for area in profile.predecessors] == ["Cumbria"]
    assert profile.standing.grade == "good"


def test_a_judgement_without_a_grade_is_no_grade(record):
    letter = ja.area_profile(record, "cumberland").inspections[1]

    assert (letter.framework, dict(letter.grades)) == ("jtai", {})


def test_an_inspection_names_the_reports_on_it(record):
    profile = ja.area_profile(record, "cumberland")

    assert [one.reports for one in profile.inspections] == [("b" * 64,), ("a" * 64,)]
    assert profile.before_it[0].reports == ("c" * 64,)
    assert profile.before_it[1].reports == ()


def test_monitoring_visits_follow_each_other_closely(make):
    """A visit in March that only we have read is not the one in June that the official history has."""
    record = make.record(
        inspections=[make.inspection("derby", "ilacs", "2024-07-10", start="2024-06-11", visit="monitoring")],
        reports=[
            make.report("derby", "ilacs", published="2024-04-16", start="2024-03-12", visit="monitoring", sha="a"),
            make.report("derby", "ilacs", published="2024-07-10", start="2024-06-11", visit="monitoring", sha="b"),
        ],
    )

    assert [(str(one.start), one.official, one.reports) for one in ja.visits(record, ["derby"])] == [
        ("2024-06-11", True, ("b",)),
        ("2024-03-12", False, ("a",)),
    ]


def test_families_without_a_framework_file_count_by_publication(make):
    youth = make.inspection("derby", "youth-justice", "2024-07-10", "good", start="2024-03-01")
    record = make.record(inspections=[youth])
    profile = ja.area_profile(record, "derby")

    assert [str(one.day) for one in profile.inspections] == ["2024-07-10"]
    assert profile.standing.grade is None


def test_reports_carry_judgements_and_items_with_pages(record):
    latest, letter = ja.area_profile(record, "cumberland").reports

    assert [(one.key, one.grade, one.page) for one in latest.judgements] == [("overall", "good", 1)]
    assert [(one.text, one.page, one.section) for one in letter.improvements] == [
        ("Plans name who must act.", 2, "What needs to improve")
    ]
    assert [one.text for one in letter.strengths] == ["Partners know their children."]
    assert letter.statement_due == dt.date(2024, 9, 13)


@pytest.mark.parametrize(
    ("day", "own", "reports", "grade"),
    [
        ("2023-04-01", 0, 0, None),
        ("2024-06-05", 1, 1, None),
        ("2024-10-07", 2, 1, "good"),
        ("2024-11-26", 2, 2, "good"),
    ],
)
def test_a_day_moves_everything(record, day, own, reports, grade):
    """On site from 7 October the inspection counts, as in the official series; its report is there on publication."""
    profile = ja.area_profile(record, "cumberland", as_at=dt.date.fromisoformat(day))

    assert len(profile.inspections) == own
    assert len(profile.reports) == reports
    assert profile.standing.grade == grade


def test_an_area_that_ended_stands_where_it_last_stood(record):
    assert ja.area_profile(record, "cumbria").standing.grade == "requires_improvement"
    assert ja.area_profile(record, "cumbria", as_at=dt.date(2024, 1, 1)).standing is None
    assert [a.name for a in ja.area_profile(record, "cumbria").successors] == ["Cumberland", "Westmorland and Furness"]


def test_the_codes_are_those_of_the_day(record):
    facts = {
        year: ja.area_profile(record, "buckinghamshire", as_at=dt.date(year, 6, 1)).to_json()["area"]
        for year in (2019, 2021)
    }

    assert facts[2019]["ons_code"] == "E10000002"
    assert facts[2021]["ons_code"] == "E06000060"
    assert facts[2019]["kind"] == "county"


def test_the_bodies_that_serve_it_are_named(record):
    served = ja.area_profile(record, "derby", as_at=dt.date(2024, 1, 1)).to_json()["area"]["served_by"]

    assert {one["kind"] for one in served} >= {"police_force", "icb", "probation_region"}


def test_an_unknown_area_is_not_found(record):
    with pytest.raises(UnknownAreaError, match="derby"):
        ja.area_profile(record, "derbyy")


def test_it_is_all_plain_json(record):
    document = json.loads(json.dumps(ja.area_profile(record, "cumberland").to_json()))

    assert document["inspections"][0]["grades"] == {"overall": "good"}
    assert document["predecessors"] == [{"area": "cumbria", "name": "Cumbria", "ended": "2023-04-01"}]
    assert document["reports"][1]["statement"]["due"] == "2024-09-13"


def test_the_timeline_tells_it_in_order(record):
    told = [(str(event.day), event.kind, event.area) for event in ja.timeline(record, "cumberland")]

    assert told == [
        ("2015-05-13", "inspection", "cumbria"),
        ("2022-09-20", "inspection", "cumbria"),
        ("2023-04-01", "began", "cumberland"),
        ("2023-04-01", "ended", "cumbria"),
        ("2024-06-05", "inspection", "cumberland"),
        ("2024-09-13", "statement_due", "cumberland"),
        ("2024-10-07", "inspection", "cumberland"),
    ]


def test_a_statement_that_is_not_due_yet_is_on_the_timeline(record):
    told = ja.timeline(record, "cumberland", as_at=dt.date(2024, 7, 1))

    assert (told[-1].kind, told[-1].name) == ("statement_due", "Council")


@pytest.mark.parametrize("day", ["2012-01-01", "2026-06-01"])
def test_the_standing_has_the_codes_of_the_day_that_was_asked_about(record, day):
    told = ja.area_profile(record, "barnsley", as_at=dt.date.fromisoformat(day)).to_json()
    on_the_map = {one.area: one for one in ja.standings(record, as_at=dt.date.fromisoformat(day))}["barnsley"]

    assert told["standing"]["ons_code"] == told["area"]["ons_code"] == on_the_map.ons_code
    assert told["standing"]["la_code"] == told["area"]["la_code"] == on_the_map.la_code == "370"
    assert on_the_map.ons_code == {"2012-01-01": "E08000016", "2026-06-01": "E08000038"}[day]
