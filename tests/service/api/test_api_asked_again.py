"""What an area was asked again, through the API: what its page shows, from the same links, and all of it."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from joinedup.analysis.asked_again import what_became
from joinedup.record import Record, open_record
from joinedup.service.api.operations import areas as areas_operations
from joinedup.service.site import asked_fates as asked_fates_module
from joinedup.service.site import asked_links, asked_table
from joinedup.service.site.area_answers import MOST_AGAIN, area_answers
from joinedup.service.site.asked_fates import OfReport, asked_fates
from joinedup.service.site.asked_links import Fates, Link, Said, Thing, fates, lay_out

Ask = Callable[..., Any]

FICTIONAL = ("ashmere", "brackenshire", "kelderby", "port-rowan")
ADDRESS = "areas/{}/asked-again"

pytestmark = pytest.mark.slow


@pytest.fixture
def record(demo: Path) -> Record:
    """The demonstration's record, every area's links laid out."""
    record = open_record(demo)
    lay_out(record)
    return record


def shown(page: Any) -> list[Any]:
    """Of each thing the first wording and the later ones, as the area's page has them."""
    return [
        (one.first.words, [(x.wording.words, x.how_sure) for x in one.later if x.relation == "asked_again"])
        for one in page.again
    ]


def told(answer: Any) -> list[Any]:
    """The same of an answer."""
    return [
        (
            one["asked"]["text"],
            [(x["wording"]["text"], x["how_sure"]) for x in one["later"] if x["relation"] == "asked_again"],
        )
        for one in answer["results"]
    ]


@pytest.mark.parametrize("area", FICTIONAL)
def test_it_is_what_the_page_shows(record: Record, ask: Ask, area: str) -> None:
    page = area_answers(record, area)
    again = ask(ADDRESS.format(area), fate="asked_again", page_size=200)
    assert told(again)[:MOST_AGAIN] == shown(page)
    assert again["total"] == len(page.again) + page.more_again


@pytest.mark.parametrize("area", FICTIONAL)
def test_there_are_as_many_of_each_fate_as_its_page_counts(record: Record, ask: Ask, area: str) -> None:
    numbers = {fate: number for fate, number, _ in asked_fates(record, area).numbers}
    whole = ask(ADDRESS.format(area), page_size=200)
    assert Counter(one["fate"] for one in whole["results"]) == Counter(numbers)
    assert whole["total"] == sum(numbers.values())
    for fate in (*numbers, "newly_asked"):
        assert ask(ADDRESS.format(area), fate=fate)["total"] == numbers.get(fate, 0)
    since = numbers.get("now_praised", 0) + numbers.get("dropped", 0)
    assert ask(ADDRESS.format(area), fate=["now_praised", "dropped"])["total"] == since


@pytest.mark.parametrize("area", FICTIONAL)
def test_each_fate_has_the_things_of_the_page_in_its_order(record: Record, ask: Ask, area: str) -> None:
    page = asked_fates(record, area)
    shown = {
        **{"asked_again": page.again, "now_praised": page.praised, "dropped": page.dropped},
        **{"not_looked_at": page.not_looked_at, "newly_asked": page.latest_new},
    }
    for fate, parts in shown.items():
        results = ask(ADDRESS.format(area), fate=fate, page_size=200)["results"]
        assert [one["asked"]["id"] for one in results] == [
            each.id for one in parts for each in (one.asked if isinstance(one, OfReport) else [one.first])
        ]
        assert fate != "not_looked_at" or not any(one["later"] for one in results)


def test_of_what_the_same_report_looked_at_last_what_was_asked_for_again_in_most_reports_comes_first(
    record: Record, ask: Ask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = [one["sha256"] for one in ask("reports", area="ashmere", fictional="true")["results"]][:3]
    wording = ("The ferries run late", "The lamps are out", "The ferries run late again")

    def said(report: int, text: int) -> Said:
        return Said(
            f"{sha256[report]}-{text:04d}", sha256[report], 1, wording[text], "ilacs", dt.date(2020 + report, 1, 1)
        )

    def then(relation: str, report: int) -> Link:
        return Link(relation, said(report, 2), wording[2], 0.95, "sure", ("ferries",))

    looked_at_twice = Thing(said(0, 0), (then("looked_at", 1), then("now_praised", 2)))
    asked_again_once = Thing(said(0, 1), (then("asked_again", 1), then("now_praised", 2)))
    both = Fates((looked_at_twice, asked_again_once), (), dt.date(2020, 1, 1))
    for asking in (asked_fates_module, asked_table, areas_operations):
        monkeypatch.setattr(asking, "fates", lambda *_, **__: both)
    asked_fates_module._asked_fates.cache_clear()
    expected = [wording[1], wording[0]]
    assert [one.first.words for one in asked_fates(record, "ashmere").praised] == expected
    assert [one["asked"]["text"] for one in ask(ADDRESS.format("ashmere"))["results"]] == expected
    table = client.get("/areas/ashmere/asked-again.csv").content.decode("utf-8-sig")
    assert list(dict.fromkeys(row["text"] for row in csv.DictReader(io.StringIO(table)))) == expected
    asked_fates_module._asked_fates.cache_clear()


def test_there_is_something_to_show(record: Record) -> None:
    assert any(area_answers(record, area).again for area in FICTIONAL)
    counted = {fate for area in FICTIONAL for fate, number, _ in asked_fates(record, area).numbers if number}
    assert counted >= {"asked_again", "dropped", "not_looked_at", "newly_asked"}


@pytest.mark.parametrize("area", FICTIONAL)
def test_the_pages_table_has_every_thing_with_every_later_wording(
    record: Record, ask: Ask, client: Client, area: str
) -> None:
    assert f"/areas/{area}/asked-again.csv" in client.get(f"/areas/{area}/asked-again").content.decode()
    answer = client.get(f"/areas/{area}/asked-again.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="asked-again-{area}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["fate"], row["finding"], row["later_finding"], row["how_sure"]) for row in rows] == [
        (one["fate"], one["asked"]["id"], later["wording"]["id"] if later else "", later["how_sure"] if later else "")
        for one in ask(ADDRESS.format(area), page_size=200)["results"]
        for later in one["later"] or [None]
    ]
    assert client.get(f"/areas/{area}/asked-again.csv?as_at=yesterday").status_code == 400


@pytest.mark.parametrize("area", FICTIONAL)
def test_each_pair_has_the_words_that_decided_the_likelihood_and_what_both_name(
    record: Record, ask: Ask, client: Client, area: str
) -> None:
    found = {
        (thing.asked.id, pair.later.id): (pair.words, round(pair.sure, 3), list(pair.shared))
        for thing in what_became(record, area).things
        for pair in thing.pairs
    }
    results = ask(ADDRESS.format(area), page_size=200)["results"]
    answered = {
        (one["asked"]["id"], later["wording"]["id"]): (later["words"], later["sure"], later["shared"])
        for one in results
        for later in one["later"]
    }
    content = client.get(f"/areas/{area}/asked-again.csv").content.decode("utf-8-sig")
    written = {
        (row["finding"], row["later_finding"]): (row["later_words"], float(row["sure"]), row["shared"])
        for row in csv.DictReader(io.StringIO(content))
        if row["later_finding"]
    }
    assert answered == found
    assert written == {key: (words, sure, ", ".join(shared)) for key, (words, sure, shared) in found.items()}


def test_what_decided_is_a_sentence_where_the_later_wording_is_a_paragraph(record: Record, ask: Ask) -> None:
    pairs = [
        later
        for area in FICTIONAL
        for one in ask(ADDRESS.format(area), page_size=200)["results"]
        for later in one["later"]
    ]
    assert all(0 <= one["sure"] <= 1 and one["words"] for one in pairs)
    assert any(one["words"] != one["wording"]["text"] and one["words"] in one["wording"]["text"] for one in pairs)


def test_each_wording_says_where_it_stands(record: Record, ask: Ask) -> None:
    for area in FICTIONAL:
        for thing in ask(ADDRESS.format(area), page_size=200)["results"]:
            assert bool(thing["later"]) == (thing["fate"] not in ("not_looked_at", "newly_asked"))
            for wording in (thing["asked"], *(one["wording"] for one in thing["later"])):
                report = ask(f"reports/{wording['report']}")
                assert ask(f"findings/{wording['id']}")["text"] == wording["text"]
                assert report["framework"] == wording["framework"]
                assert 1 <= wording["page"] <= report["pages"]
                assert any(wording["text"] == one["text"] for one in report["statements"])
            assert all(one["wording"]["day"] > thing["asked"]["day"] for one in thing["later"])


def test_on_a_day_only_reports_that_could_be_read(record: Record, ask: Ask) -> None:
    area = max(FICTIONAL, key=lambda each: len(fates(record, each).linked))
    days = sorted(one["published"] for one in ask("reports", area=area, fictional="true", page_size=200)["results"])
    for day in (days[len(days) // 2], days[0]):
        expected = asked_fates(record, area, as_at=dt.date.fromisoformat(day)).numbers
        assert ask(ADDRESS.format(area), as_at=day)["total"] == sum(number for _, number, _ in expected)
    assert ask(ADDRESS.format(area), as_at=days[0])["total"] == 0 < len(fates(record, area).linked)


def test_it_comes_in_pages_what_was_looked_at_last_first(record: Record, ask: Ask, client: Client) -> None:
    area = max(FICTIONAL, key=lambda each: len(fates(record, each).linked))
    whole = ask(ADDRESS.format(area), page_size=200)
    page = ask(ADDRESS.format(area), page_size=1)
    assert (page["total"], page["results"]) == (whole["total"], whole["results"][:1])
    assert client.get(page["next"]).json()["results"] == whole["results"][1:2]
    linked = [thing for thing in whole["results"] if thing["later"]]
    assert whole["results"][: len(linked)] == linked
    latest = [max(one["wording"]["day"] for one in thing["later"]) for thing in linked]
    assert latest == sorted(latest, reverse=True)


def test_nothing_is_linked_that_was_laid_out(record: Record, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(asked_links, "what_became")
    asked_links._asked.cache_clear()
    assert sum(ask(ADDRESS.format(area))["total"] for area in FICTIONAL) > 0


def test_an_area_that_was_asked_nothing_has_an_empty_list(record: Record, ask: Ask) -> None:
    assert ask(ADDRESS.format("barnsley"))["results"] == []


def test_mistakes_and_tags_are_as_everywhere(record: Record, client: Client) -> None:
    assert client.get("/api/v1/areas/nowhere/asked-again").status_code == 404
    assert client.get("/api/v1/areas/ashmere/asked-again?fate=forgotten").status_code == 422
    assert client.get("/api/v1/areas/ashmere/asked-again?as_at=yesterday").status_code == 422
    with override_settings(SHOW_FICTIONAL=False):
        assert client.get("/api/v1/areas/ashmere/asked-again").status_code == 404
    tag = client.get("/api/v1/areas/ashmere/asked-again")["ETag"]
    assert client.get("/api/v1/areas/ashmere/asked-again", headers={"if-none-match": tag}).status_code == 304
