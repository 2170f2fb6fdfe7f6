"""One body in all its areas; every agency in one area, inspection by inspection."""

import datetime as dt

import pytest

import joinedup.analysis as ja
from joinedup.areas import UnknownAreaError, UnknownBodyError

SALFORD, BOLTON, OLD, KENT, CUMBRIA, CUMBERLAND, FICTION = (letter * 64 for letter in "abcdef0")


@pytest.fixture
def record(make):
    def letter(sha, area, published, start, **more):
        return make.report(area, "jtai", published=published, start=start, visit=None, sha=sha, **more)

    statements = [
        make.finding(SALFORD, 0, "priority_action"),
        make.finding(SALFORD, 1),
        make.finding(SALFORD, 2, "strength"),
        make.finding(SALFORD, 3, "finding", polarity="strength"),
        make.finding(SALFORD, 4, "finding", polarity="weakness"),
        make.finding(SALFORD, 5, "finding", polarity="context"),
        make.finding(SALFORD, 6),
        make.finding(SALFORD, 7, "finding", polarity="mixed"),
        make.finding(BOLTON, 0),
        make.finding(OLD, 0),
        make.finding(KENT, 0),
        make.finding(CUMBRIA, 0),
        make.finding(CUMBERLAND, 0),
        make.finding(FICTION, 0),
    ]
    police = [(SALFORD, number) for number in (*range(6), 7)] + [(sha, 0) for sha in (BOLTON, OLD, KENT, FICTION)]
    others = [(SALFORD, 1, "health"), (CUMBRIA, 0, "health"), (CUMBERLAND, 0, "partnership")]
    return make.record(
        reports=[
            letter(SALFORD, "salford", "2023-05-05", "2023-03-06"),
            letter(BOLTON, "bolton", "2022-10-10", "2022-09-05"),
            letter(OLD, "salford", "2016-10-28", "2016-09-05"),
            letter(KENT, "kent", "2023-05-05", "2023-03-06"),
            letter(CUMBRIA, "cumbria", "2022-05-05", "2022-03-06"),
            letter(CUMBERLAND, "cumberland", "2024-05-05", "2024-03-06"),
            letter(FICTION, "ashmere", "2024-05-05", "2024-03-06", fictional=True),
        ],
        findings=statements,
        responsibilities=[make.responsibility(sha, number, "police") for sha, number in police]
        + [make.responsibility(*each) for each in others],
        themes=[
            make.about(SALFORD, 1, "missing_children"),
            make.about(BOLTON, 0, "missing_children"),
            make.about(SALFORD, 2, "neglect"),
        ],
    )


def test_a_force_is_told_by_every_area_that_it_serves(record):
    profile = ja.agency_profile(record, "police-greater-manchester")
    by_area = {one.area.slug: one for one in profile.areas}

    assert len(by_area) == 10
    assert by_area["salford"].tally == (3, 1, 2, 1, 1)
    assert by_area["bolton"].tally == (1, 0, 0, 0, 0)
    assert by_area["wigan"].tally == (0, 0, 0, 0, 0)
    assert [about.sha256 for about in by_area["salford"].reports] == [SALFORD, OLD]
    assert profile.tally == (4, 1, 2, 1, 1)
    assert "kent" not in by_area


def test_its_years_are_in_order_and_its_themes_most_asked_first(record):
    profile = ja.agency_profile(record, "police-greater-manchester")

    assert [(part.key, part.tally.asked, part.tally.praised) for part in profile.years] == [
        ("2016", 1, 0),
        ("2022", 1, 0),
        ("2023", 2, 2),
    ]
    assert [(part.key, part.tally.asked) for part in profile.themes] == [("missing_children", 2), ("neglect", 0)]


def test_its_statements_are_those_of_the_question_by_body(record):
    profile = ja.agency_profile(record, "police-greater-manchester", limit=2)
    asked = ja.accountability(record, body="police-greater-manchester")

    assert (profile.asked.total, len(profile.asked.demands)) == (asked.total, 2) == (4, 2)
    assert profile.asked.demands == asked.demands[:2]
    assert [one.id for one in profile.praised.demands] == [f"{SALFORD}-0002", f"{SALFORD}-0003"]


def test_a_body_answers_only_for_the_time_in_which_it_served(record):
    board = ja.agency_profile(record, "icb-greater-manchester")
    company = ja.accountability(record, body="crc-cheshire-and-greater-manchester")

    assert board.tally.asked == 1
    assert [about.sha256 for one in board.areas for about in one.reports] == [BOLTON, SALFORD]  # none of 2016
    assert company.total == 0


def test_fictional_areas_are_told_only_when_asked_for(record):
    assert ja.agency_profile(record, "police-fenwold").tally.asked == 0
    assert ja.agency_profile(record, "police-fenwold", fictional=True).tally.asked == 1


def test_a_profile_is_a_table_of_its_areas(record):
    rows = ja.agency_profile(record, "police-greater-manchester").rows()

    assert {row["area"]: row["asked"] for row in rows if row["asked"]} == {"bolton": 1, "salford": 3}
    with pytest.raises(UnknownBodyError):
        ja.agency_profile(record, "police-mercia")


def test_an_areas_inspections_tell_each_agencys_part_newest_first(record):
    contributions = ja.area_contributions(record, "salford")

    assert [one.report.sha256 for one in contributions.inspections] == [SALFORD, OLD]
    newest = {part.key: tuple(part.tally) for part in contributions.inspections[0].agencies}
    assert newest == {"health": (1, 0, 0, 0, 0), "police": (2, 1, 2, 1, 1)}
    assert contributions.inspections[0].nobody == (1, 0, 0, 0, 0)


def test_what_was_before_an_area_stands_apart(record):
    contributions = ja.area_contributions(record, "cumberland")

    assert [one.report.sha256 for one in contributions.inspections] == [CUMBERLAND]
    assert [one.report.sha256 for one in contributions.before_it] == [CUMBRIA]
    assert [(row["area"], row["agency"]) for row in contributions.rows()] == [
        ("cumberland", "partnership"),
        ("cumbria", "health"),
    ]
    with pytest.raises(UnknownAreaError):
        ja.area_contributions(record, "mercia")


def test_documents_hold_plain_values(record):
    import json

    for answer in (
        ja.agency_profile(record, "police-greater-manchester"),
        ja.area_contributions(record, "salford"),
        ja.matrix(record),
        ja.accountability(record, since=dt.date(2020, 1, 1)),
    ):
        assert json.loads(json.dumps(answer.to_json())) == answer.to_json()
