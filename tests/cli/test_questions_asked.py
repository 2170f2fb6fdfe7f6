"""`outcomes`, `changes`, `area`, `areas`, `frameworks`, `record`: what they print and how they end."""

import csv
import json

import pytest

SIF = ("--framework", "sif", "--as-at", "2016-11-16")


def test_outcomes_print_the_contracts_document(run):
    ran = run("outcomes", *SIF, "--count", "inspections", "--json")

    assert ran.status == 0
    assert ran.err == ""
    wanted = {
        "framework": "sif",
        "judgement": "overall",
        "as_at": "2016-11-16",
        "count": "inspections",
        "total": 110,
        "grades": {"outstanding": 2, "good": 28, "requires_improvement": 54, "inadequate": 26},
        "percent": {"outstanding": 1.8, "good": 25.5, "requires_improvement": 49.1, "inadequate": 23.6},
    }
    assert {key: ran.json[key] for key in wanted} == wanted


@pytest.mark.parametrize("day", ["2016-11-16", "16 November 2016", "16 nov 2016", "16th November 2016"])
def test_a_day_can_be_written_as_people_do(run, day):
    assert run("outcomes", "--framework", "sif", "--as-at", day, "--json").json["as_at"] == "2016-11-16"


def test_outcomes_as_a_table_tell_the_rule(run):
    ran = run("outcomes", "--framework", "ilacs", "--as-at", "2025-03-31")

    assert ran.status == 0
    for words in ("Outstanding", "36", "Requires improvement", "31", "Total", "153", "23.5"):
        assert words in ran.out
    assert "Counted by first day on site, as Ofsted does." in ran.out
    assert "Counted by day of publication, as Ofsted does;" in run("outcomes", *SIF).out
    assert "as Ofsted" not in run("outcomes", *SIF, "--dates", "published").out


@pytest.mark.parametrize(
    "given",
    [
        ("--framework", "slac", "--framework", "cpi"),
        ("--framework", "slac,cpi"),
        ("--framework=cpi", "--framework=slac,"),
    ],
)
def test_a_framework_can_be_named_again_or_with_a_comma(run, given):
    ran = run("outcomes", *given, "--as-at", "2016-11-16", "--json")
    alone = run("outcomes", "--framework", "slac", "--as-at", "2016-11-16", "--json")

    assert ran.json == run("outcomes", "--framework", "slac,cpi", "--as-at", "2016-11-16", "--json").json | {
        "framework": ran.json["framework"]
    }
    assert ran.json["grades"] != alone.json["grades"]


def test_a_framework_that_names_nothing_is_wrong_usage(run):
    ran = run("outcomes", "--framework", "slac", "--framework", ",", "--as-at", "2016-11-16")
    empty = run("outcomes", "--framework", ",", "--as-at", "2016-11-16")

    assert (ran.status, empty.status) == (0, 2)
    assert "names nothing" in empty.err


def test_several_frameworks_with_different_rules_tell_both(run):
    ran = run("outcomes", "--framework", "sif,ilacs", "--as-at", "2019-01-01")

    assert "ilacs by first day on site; sif by day of publication" in ran.out


def test_areas_without_such_a_judgement_are_told(run):
    ran = run("outcomes", "--framework", "ilacs", "--as-at", "2026-08-31")

    assert "11 more whose latest inspection gives no such judgement" in ran.out


def test_outcomes_as_csv(run, tmp_path):
    ran = run("outcomes", *SIF, "--csv", tmp_path / "table.csv")

    assert (ran.status, ran.out) == (0, "")
    with (tmp_path / "table.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[1] == {"grade": "good", "count": "28", "percent": "25.7"}


def test_a_day_before_all_inspections_finds_nothing(run):
    ran = run("outcomes", "--framework", "sif", "--as-at", "2001-01-01", "--json")

    assert (ran.status, ran.json["total"]) == (1, 0)


def test_changes_print_the_contracts_document(run):
    ran = run("changes", "--from", "2012-07-31", "--to", "2013-08-31", "--framework", "slac,cpi", "--json")
    document = ran.json

    assert ran.status == 0
    assert document["matrix"]["inadequate"] == {"requires_improvement": 10, "inadequate": 6}
    assert {"area": "Derby", "la_code": "831", "from": "requires_improvement", "to": "good"} in document["areas"]


def test_changes_as_a_table(run):
    ran = run("changes", "--from", "2012-07-31", "--to", "2013-08-31", "--framework", "slac,cpi")

    assert "Moved: 34 areas" in ran.out
    assert "Newly inadequate: Barnsley, Bexley" in ran.out
    assert "Left inadequate: Cheshire West and Chester" in ran.out


@pytest.mark.parametrize(
    "asked",
    [
        ("outcomes", "--framework", "ilacs", "--as-at", "2999-01-01"),
        ("changes", "--from", "2020-01-01", "--to", "2999-01-01"),
        ("area", "Derby", "--as-at", "2999-01-01"),
    ],
)
def test_of_a_day_that_is_still_to_come_it_is_said_that_the_answer_is_of_today(run, asked):
    told = run(*asked)

    assert told.status == 0
    assert told.err == "Note: 1 January 2999 is still to come. The answer is what is known today.\n"
    assert run(*asked, "--quiet").err == ""


def test_one_area_that_moved_is_one_area(run):
    moved = run("changes", "--framework", "sif", "--from", "2016-02-10", "--to", "2016-02-11")

    assert "Moved: 1 area\n" in moved.out


def test_an_areas_grades_stand_in_the_order_of_the_frameworks_judgements(run):
    """As the pages have them, and whatever order the files had that a record was made of."""
    [visit] = [one for one in run("area", "barnsley", "--json").json["inspections"] if one["published"] == "2023-10-27"]
    assert list(visit["grades"]) == ["overall", "leaders", "help_and_protection", "in_care", "care_leavers"]
    assert run("area", "barnsley", "--csv", "-").out.splitlines()[0].split(",")[8:13] == list(visit["grades"])


def test_an_area_that_ended_is_told_with_its_last_day_and_each_that_took_its_place(run):
    told = run("area", "Dorset", "--as-at", "2018-01-01").out

    assert "An area of its own until 31 March 2019, its last day." in told
    assert "In its place: Bournemouth, Christchurch and Poole; Dorset" in told


def test_changes_tell_of_areas_that_ended(run):
    ran = run("changes", "--from", "2023-03-01", "--to", "2025-03-31")

    assert "Cumbria (Requires improvement) ended on 1 April 2023; in its place: Cumberland (Good)" in " ".join(
        ran.out.split()
    )


@pytest.mark.parametrize("name", ["Cumberland", "942", "E06000063", "Cumberland Council"])
def test_an_area_is_found_by_any_name_or_code(run, name):
    ran = run("area", name, "--json")

    assert ran.status == 0
    assert ran.json["area"]["slug"] == "cumberland"
    assert ran.json["standing"]["grade"] == "good"
    assert {one["area"] for one in ran.json["predecessors_inspections"]} == {"cumbria"}


def test_an_area_as_a_page_to_read(run):
    ran = run("area", "Derby", "--as-at", "1 January 2014")

    assert ran.out.startswith("Derby (unitary, East Midlands, 831, E06000015)")
    assert "Overall on 1 January 2014: Good (CPI, published " in ran.out
    assert "Derbyshire Constabulary" in ran.out
    assert "slac" in ran.out
    assert "sif" not in ran.out


def test_dorset_is_the_one_of_the_day(run):
    assert run("area", "Dorset", "--as-at", "2018-01-01", "--json").json["area"]["slug"] == "dorset-county"
    assert run("area", "Dorset", "--as-at", "2020-01-01", "--json").json["area"]["slug"] == "dorset"


def test_an_areas_inspections_as_csv(run, tmp_path):
    run("area", "derby", "--csv", tmp_path / "derby.csv")
    with (tmp_path / "derby.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert {row["framework"] for row in rows} >= {"slac", "cpi", "sif", "ilacs"}
    assert next(row["overall"] for row in rows if row["framework"] == "cpi") == "good"


def test_areas_of_a_day(run):
    assert len(run("areas", "--on", "2025-03-31", "--json").json) == 153
    assert len(run("areas", "--on", "2012-08-31", "--json").json) == 152
    assert "Cumbria" in run("areas", "--on", "2012-08-31").out


def test_frameworks_are_listed_and_told(run):
    assert {one["id"] for one in run("frameworks", "--json").json} >= {"sif-2013", "ilacs-2026", "jtai-2022"}
    assert run("frameworks", "sif-2013", "--json").json["valid_from"] == "2013-11-01"
    assert "Leadership, management and governance" in run("frameworks", "sif-2013").out
    assert run("frameworks", "sif-2014").status == 1


def test_the_record_tells_what_it_was_made_of(run):
    loads = run("record", "history", "--json").json

    assert loads
    assert all(one["bundled"] for one in loads)
    assert {one["loaded_at"][-1] for one in loads} == {"Z"}, "in UTC, as corrections are told"
    assert loads[0]["file"] in run("record", "history").out


def test_searching_an_empty_record_finds_nothing(run):
    ran = run("search", "missing", "children", "--json")

    assert (ran.status, ran.json) == (1, {"total": 0, "ranked": 0, "some_words": False, "hits": []})
    assert ran.err == "Note: there is no record yet; joinedup ingest takes reports in.\n"


def test_json_is_one_document_and_nothing_else(run):
    for words in (["frameworks"], ["areas"], ["area", "derby"], ["outcomes", *SIF], ["record", "history"]):
        ran = run(*words, "--json")
        json.loads(ran.out)
        assert ran.err == ""
