"""The API answers what the analysis answers, in its own shapes."""

import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from joinedup import analysis
from joinedup.areas import areas, bodies_of
from joinedup.attribution import get_theme
from joinedup.record import open_record, search
from joinedup.record.search import FACETS
from joinedup.service.api.operations import statements

Ask = Callable[..., Any]


class TestAreas:
    def test_an_area_is_found_by_any_code_it_ever_had(self, ask: Ask) -> None:
        for code in ("370", "E08000038", "E08000016", "80426"):
            assert [area["slug"] for area in ask("areas", q=code)["results"]] == ["barnsley"]

    def test_those_of_a_day_are_those_that_existed(self, ask: Ask) -> None:
        day = dt.date(2019, 3, 31)
        assert ask("areas", on="2019-03-31")["total"] == len(areas(day))
        slugs = {area["slug"] for area in ask("areas", on="2019-03-31", page_size=200)["results"]}
        assert "dorset-county" in slugs
        assert "dorset" not in slugs

    def test_one_area_on_a_day(self, ask: Ask) -> None:
        now, then = ask("areas/barnsley"), ask("areas/barnsley", as_at="2013-01-01")
        assert now["standing"]["grade"] != then["standing"]["grade"] == "inadequate"
        assert {code["scheme"] for code in now["codes"]} == {"urn", "dfe", "ons"}
        assert {one["body"] for one in then["served_by"]} == {
            body.key for body in bodies_of("barnsley", dt.date(2013, 1, 1))
        }
        assert len(now["neighbours"]) == 10

    def test_one_that_did_not_exist_that_day_stands_nowhere(self, ask: Ask) -> None:
        assert ask("areas/dorset", as_at="2018-01-01")["standing"] is None

    def test_its_timeline_is_in_order(self, ask: Ask) -> None:
        days = [event["day"] for event in ask("areas/barnsley/timeline")]
        assert days == sorted(days)
        assert days

    def test_its_indicators_of_a_year_are_those_that_had_begun(self, ask: Ask) -> None:
        page = ask("areas/barnsley/indicators", as_at="2014-06-01", page_size=200)
        whole = analysis.indicators(open_record(), "barnsley", as_at=dt.date(2014, 6, 1))
        assert [one["measure"] for one in page["results"]] == [one.measure for one in whole]
        assert 0 < page["total"] < ask("areas/barnsley/indicators")["total"]

    def test_its_indicators_stand_beside_england(self, ask: Ask) -> None:
        page = ask("areas/barnsley/indicators", page_size=200)
        whole = analysis.indicators(open_record(), "barnsley")
        assert [one["measure"] for one in page["results"]] == [one.measure for one in whole]
        assert page["total"] == len(whole)
        points = [point for one in page["results"] for point in one["series"]]
        assert any(point["england"] is not None for point in points)
        assert all((point["value"] is None) != (point["reason"] is None) for point in points)


class TestGrades:
    def test_the_press_figures_of_november_2016(self, ask: Ask) -> None:
        found = ask("outcomes", framework="sif", as_at="2016-11-16", count="inspections")
        assert found["grades"] == {"outstanding": 2, "good": 28, "requires_improvement": 54, "inadequate": 26}
        assert found["total"] == 110

    def test_several_frameworks_are_taken_together(self, ask: Ask) -> None:
        found = ask("outcomes", framework=["slac", "sif"], as_at="2015-03-31")
        expected = analysis.outcomes(open_record(), frameworks=["slac", "sif"], as_at=dt.date(2015, 3, 31))
        assert found == expected.to_json()

    def test_changes_have_the_contracts_shape_and_slugs(self, ask: Ask) -> None:
        found = ask("changes", **{"from": "2012-07-31", "to": "2013-08-31", "framework": ["slac", "cpi"]})
        derby = next(move for move in found["areas"] if move["slug"] == "derby")
        assert derby["area"] == "Derby"
        assert (derby["from"], derby["to"]) == ("requires_improvement", "good")
        assert {move["slug"] for move in found["left_inadequate"]} <= {move["slug"] for move in found["areas"]}

    def test_what_was_reorganised_stands_apart(self, ask: Ask) -> None:
        found = ask("changes", **{"from": "2019-01-01", "to": "2019-12-31"})
        [dorset] = [one for one in found["reorganised"] if one["slug"] == "dorset-county"]
        assert "dorset" in {one["slug"] for one in dorset["successors"]}

    def test_standings_are_of_every_area_of_the_day(self, ask: Ask) -> None:
        found = ask("standings", as_at="2016-11-16", page_size=200)
        assert found["total"] == len(areas(dt.date(2016, 11, 16)))
        there = ask("standings", as_at="2016-11-16", region="North East")["results"]
        assert there == [one for one in found["results"] if one["region"] == "North East"]

    def test_inspections_are_newest_first_and_filtered(self, ask: Ask) -> None:
        found = ask("inspections", framework="sif", since="2014-01-01", until="2014-12-31", page_size=200)["results"]
        days = [one["counted_on"] for one in found]
        assert days == sorted(days, reverse=True)
        assert {one["framework"] for one in found} == {"sif"}
        assert {day[:4] for day in days} == {"2014"}


class TestStatistics:
    def test_observations_of_a_measure_are_those_of_its_areas(self, ask: Ask) -> None:
        measure = ask("measures", page_size=1)["results"][0]
        assert ask(f"measures/{measure['key']}") == measure
        whole = ask("observations", measure=measure["key"], page_size=200)
        ours = ask("observations", measure=measure["key"], area="barnsley", page_size=200)
        assert 0 < ours["total"] < whole["total"]
        assert {one["place"] for one in ours["results"]} == {"barnsley"}
        years = [one["year"] for one in ours["results"]]
        late = ask("observations", measure=measure["key"], area="barnsley", since=max(years), page_size=200)
        assert late["total"] == years.count(max(years))

    def test_the_whole_table_is_not_a_list(self, client: Client) -> None:
        assert client.get("/api/v1/observations").status_code == 422


class TestWhatThereIs:
    def test_frameworks_are_answered_as_their_files_have_them(self, ask: Ask) -> None:
        assert {one["id"] for one in ask("frameworks", on="2015-01-01")["results"]} >= {"sif-2013"}
        one = ask("frameworks/sif-2013")
        assert "leadership" in {judgement["key"] for judgement in one["judgements"]}
        assert one["sources"]

    def test_agencies_have_posts_and_those_who_inspect_them(self, ask: Ask) -> None:
        found = {one["key"]: one for one in ask("agencies")["results"]}
        assert len(found) == 10
        assert "hmicfrs" in {one["inspectorate"] for one in found["police"]["inspected_by"]}
        assert found["police"]["posts"]
        assert ask("inspectorates")["total"] >= 6

    def test_bodies_are_found_by_the_area_they_serve(self, ask: Ask) -> None:
        found = ask("bodies", area="barnsley", agency="police")["results"]
        assert [one["key"] for one in found] == ["police-south-yorkshire"]
        served = {one["area"] for one in ask("bodies/police-south-yorkshire")["areas"]}
        assert served >= {"barnsley", "doncaster", "rotherham", "sheffield"}

    def test_the_record_tells_what_it_holds(self, ask: Ask) -> None:
        found = ask("record")
        assert found["snapshot"] == open_record().snapshot
        assert found["tables"]["inspections"] > 800
        assert found["sources"]
        tables = ask("tables")["results"]
        assert {one["name"]: one["rows"] for one in tables} == found["tables"]


@pytest.mark.slow
class TestReports:
    """Over the demonstration's record, whose reports are all fictional."""

    def test_what_is_fictional_is_given_only_when_asked_for(self, demo: Path, ask: Ask, client: Client) -> None:
        for address in ("reports", "findings", "accountability", "areas?q=ashmere"):
            joint = "&" if "?" in address else "?"
            assert ask(address)["total"] == 0
            assert ask(f"{address}{joint}fictional=true")["total"] > 0
        assert ask("search", q="children")["total"] == 0
        assert ask("search", q="children", fictional="true")["total"] > 0
        with override_settings(SHOW_FICTIONAL=False):
            assert ask("findings", fictional="true")["total"] == 0
            assert client.get("/api/v1/areas/ashmere").status_code == 404
            assert ask("bodies", fictional="true")["total"] == ask("bodies")["total"]

    def test_what_is_doubtful_can_be_asked_for(self, demo: Path, ask: Ask, client: Client) -> None:
        found = ask("findings", fictional="true", sure_below="0.9", page_size=200)
        assert 0 < found["total"] < ask("findings", fictional="true")["total"]
        assert all(agency["confidence"] < 0.9 for one in found["results"] for agency in one["agencies"])
        kinds = ["priority_action", "improvement", "strength", "finding"]
        assert ask("accountability/matrix", fictional="true", sure_below="0.9", kind=kinds)["total"] == found["total"]
        for wrong in ("0", "1.1", "high", "nan", "inf", " 1"):
            assert client.get("/api/v1/findings", {"sure_below": wrong}).status_code == 422, wrong

    def test_and_what_is_least_likely_to_be_all_right_comes_first_where_that_is_asked(
        self, demo: Path, ask: Ask
    ) -> None:
        found = ask("findings", fictional="true", sure_below="1", doubtful_first="true", page_size=200)["results"]
        sure = [math.prod(agency["confidence"] for agency in one["agencies"]) for one in found]
        assert sure == sorted(sure)
        asked = ask("accountability", fictional="true", doubtful_first="true", page_size=1)["results"]
        assert asked != ask("accountability", fictional="true", page_size=1)["results"]

    def test_a_report_has_its_words_and_their_place(self, demo: Path, ask: Ask) -> None:
        [first, *_] = ask("reports", area="ashmere", fictional="true")["results"]
        report = ask(f"reports/{first['sha256']}")
        assert ask(f"reports/{first['sha256'][:12]}") == report, "as the pages' addresses name it"
        assert ask(f"reports/{first['sha256'].upper()}") == report, "as some programs print a hash"
        assert "/" not in report["file"]
        assert report["fictional"] is True
        assert all(one["boxes"] for one in report["judgements"])
        said = [one for one in report["statements"] if one["kind"] == "improvement"] or report["statements"]
        one = ask(f"findings/{said[0]['id']}")
        assert one["text"] == said[0]["text"]
        assert all(1 <= box["page"] <= report["pages"] and box["left"] < box["right"] for box in one["boxes"])
        assert one["report"]["sha256"] == report["sha256"]

    def test_a_fictional_report_is_not_there_where_they_are_switched_off(
        self, demo: Path, ask: Ask, client: Client
    ) -> None:
        sha256 = ask("reports", fictional="true")["results"][0]["sha256"]
        with override_settings(SHOW_FICTIONAL=False):
            assert client.get(f"/api/v1/reports/{sha256}").status_code == 404

    def test_findings_pass_every_filter_given(self, demo: Path, ask: Ask) -> None:
        every = ask("findings", fictional="true", page_size=200)
        strengths = ask("findings", fictional="true", kind="strength", page_size=200)
        assert {one["kind"] for one in strengths["results"]} == {"strength"}
        assert 0 < strengths["total"] < every["total"]
        word = strengths["results"][0]["text"].split()[3]
        holding = ask("findings", fictional="true", kind="strength", text=word, page_size=200)["results"]
        assert holding
        assert all(word.lower() in one["text"].lower() for one in holding)
        days = [one["report"]["published"] for one in every["results"] if one["report"]["published"]]
        since = sorted(days)[len(days) // 2]
        late = ask("findings", fictional="true", since=since, page_size=200)["results"]
        assert late
        assert all(one["report"]["published"] >= since for one in late if one["report"]["published"])

    def test_accountability_is_what_was_asked_for(self, demo: Path, ask: Ask) -> None:
        found = ask("accountability", fictional="true", page_size=200)
        assert {one["kind"] for one in found["results"]} <= {"improvement", "priority_action"}
        matrix = ask("accountability/matrix", fictional="true")
        assert matrix["total"] == found["total"]

    def test_a_theme_is_taken_by_its_key_and_by_its_title(self, demo: Path, ask: Ask) -> None:
        held = ask("accountability/matrix", fictional="true")["themes"]
        theme = next(key for key in held if "_" in key)
        for name in (theme.upper(), get_theme(theme).title):
            for address in ("findings", "accountability", "accountability/matrix"):
                by_key = ask(address, fictional="true", theme=theme)
                assert by_key["total"] > 0
                assert ask(address, fictional="true", theme=name)["total"] == by_key["total"]
            by_key = ask("search", q="children", fictional="true", theme=theme)
            assert ask("search", q="children", fictional="true", theme=name)["total"] == by_key["total"]

    def test_the_search_marks_what_it_found(self, demo: Path, ask: Ask) -> None:
        for hit in ask("search", q="children", fictional="true", page_size=20)["results"]:
            assert all(hit["text"][start:end].lower().startswith("child") for start, end in hit["marks"])

    @pytest.mark.parametrize("words", ["!!", '""', "_ *"])
    def test_the_search_refuses_what_has_no_word_in_it_as_the_command_does(self, client: Client, words: str) -> None:
        answer = client.get("/api/v1/search", {"q": words})
        assert answer.status_code == 422
        (wrong,) = answer.json()["errors"]
        assert wrong["parameter"] == "q"
        assert "give at least one word, of letters or digits" in wrong["message"]

    def test_the_search_takes_regions(self, demo: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        placed = {"ashmere": "London", "kelderby": "South West"}  # fictional areas are in no region
        monkeypatch.setattr(
            statements, "areas_of_region", lambda name: [a for a, there in placed.items() if there == name]
        )

        def found(*regions: str) -> set[str]:
            hits = ask("search", q="children", fictional="true", region=regions, page_size=200)["results"]
            return {hit["area"] for hit in hits}

        assert found("London") == {"ashmere"}
        assert found("London", "South West") == {"ashmere", "kelderby"}
        assert found("North East") == set()

    @pytest.mark.parametrize("region", ["South West", "south-west", "E12000009"])
    def test_a_region_is_called_by_its_name_in_any_case_or_by_its_code(self, demo: Path, ask: Ask, region: str) -> None:
        told = ask("areas", region=region, page_size=200)["results"]
        assert {area["region"] for area in told} == {"South West"}

    def test_the_search_tells_praise_from_concern(self, demo: Path, ask: Ask) -> None:
        for polarity in ("strength", "weakness"):
            found = ask("search", q="children", fictional="true", polarity=polarity, page_size=200)
            assert found["total"] > 0
            assert {hit["polarity"] for hit in found["results"]} == {polarity}

    def test_the_search_finds_what_holds_nobody(self, demo: Path, ask: Ask) -> None:
        every = ask("search", q="visit", fictional="true")
        nobody = ask("search", q="visit", fictional="true", agency="none", page_size=200)
        assert 0 < nobody["total"] < every["total"]
        assert not any(hit["agencies"] for hit in nobody["results"])

    def test_the_search_counts_its_hits_by_everything(self, demo: Path, ask: Ask) -> None:
        found = ask("search", q="children", fictional="true", page_size=1)
        facets = {name: {one["value"]: one["count"] for one in ones} for name, ones in found["facets"].items()}
        assert facets.keys() == set(FACETS)
        assert sum(facets["kind"].values()) == found["total"] == found["ranked"]
        agency, number = next(iter(facets["agency"].items()))
        assert number == max(facets["agency"].values())
        assert ask("search", q="children", fictional="true", agency=agency)["total"] == number

    def test_of_very_many_hits_it_says_how_many_were_put_in_order(
        self, demo: Path, ask: Ask, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        total = ask("search", q="children", fictional="true")["total"]
        monkeypatch.setattr(search, "MOST_RANKED", 3)
        first = ask("search", q="children", fictional="true", page_size=2)
        assert (first["total"], first["ranked"]) == (total, 3)
        assert sum(one["count"] for one in first["facets"]["kind"]) == total
        last = client.get(first["next"]).json()
        assert (len(last["results"]), last["next"]) == (1, None)

    def test_the_search_says_when_nothing_holds_all_the_words(self, demo: Path, ask: Ask) -> None:
        assert ask("search", q="children", fictional="true")["some_words"] is False
        found = ask("search", q="children unicorns", fictional="true")
        assert found["some_words"] is True
        assert found["total"] > 0

    def test_contributions_are_of_the_areas_own_reports(self, demo: Path, ask: Ask) -> None:
        found = ask("areas/ashmere/contributions")
        assert {one["report"]["area"] for one in found["inspections"]} == {"ashmere"}
