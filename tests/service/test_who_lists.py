"""What a list of statements tells of each of them, wherever it stands."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client, override_settings

from joinedup.analysis import accountability_filters
from joinedup.analysis.accountability_agencies import area_contributions
from joinedup.analysis.accountability_demands import Demand, accountability
from joinedup.analysis.accountability_facts import KINDS, abouts
from joinedup.record import Record, Steps, correct, open_record, search
from joinedup.record.adding import ensure
from joinedup.record.location import locate
from joinedup.service.site import explorer
from joinedup.service.site.explorer import Cell, Grid, Row, shown
from joinedup.service.site.tallies import asking_of_report

pytestmark = pytest.mark.slow


@pytest.fixture
def record(demo: Path) -> Record:
    return open_record(demo)


@pytest.fixture
def introduced(record: Record) -> Demand:
    """A point of a list whose lead-in says what to do with all of them."""
    found = accountability(record, kinds=KINDS, fictional=True, limit=None).demands
    return next(one for one in found if one.lead_in)


def words_of(page: bytes) -> str:
    """The page's words without tags and marks, spaces joined."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?mark>", "", page.decode()))).split())


class TestALeadIn:
    """What introduces a list belongs to each of its points: without it a point may say the opposite."""

    def test_is_read_before_the_point_wherever_that_is_listed(self, client: Client, introduced: Demand) -> None:
        report, area = introduced.report.sha256[:12], introduced.report.area
        several = " ".join(introduced.text.split()[:4])
        for address in (
            f"/reports/{report}",
            f"/reports/{report}/pages/{introduced.page}",
            f"/accountability?area={area}&kind=all&text={introduced.text}",
            f"/search?area={area}&q={several}",
            f"/areas/{area}/asked-again",
        ):
            page = client.get(address)
            assert page.status_code == 200, address
            led = rf"{re.escape(introduced.lead_in or '')}.{{0,60}}?{re.escape(introduced.text)}"
            assert re.search(led, words_of(page.content)), address

    @pytest.mark.parametrize("address", ["/accountability.csv?area={}", "/areas/{}/asked-again.csv"])
    def test_has_a_column_beside_the_words(self, client: Client, introduced: Demand, address: str) -> None:
        table = client.get(address.format(introduced.report.area)).content.decode("utf-8-sig")
        rows = [row for row in csv.DictReader(io.StringIO(table)) if row["text"] == introduced.text]
        assert rows
        assert {row["lead_in"] for row in rows} == {introduced.lead_in}


NUMBER = re.compile(r'<span class="ju-(asked|praised|concerns|mixed)"><a href="([^"]+)">(\d+) ')


class TestPraiseAndConcern:
    def test_every_statement_of_a_report_says_which_it_is_as_in_the_explorer(
        self, client: Client, record: Record
    ) -> None:
        found = accountability(record, area="port-rowan", kinds=KINDS, fictional=True, limit=None).demands
        report = found[0].report.sha256
        expected = Counter(
            (shown(one).look, shown(one).kind)
            for one in found
            if one.report.sha256 == report
            for _ in one.agencies or [None]
        )
        page = client.get(f"/reports/{report[:12]}").content.decode()
        told = re.findall(r'<span class="ju-label ju-label--(?!theme)(\w+)">([^<]+)</span>', page)
        assert Counter(told) == expected
        assert {"Finding: praise", "Finding: concern"} <= {title for _, title in told}

    @pytest.mark.parametrize("slug", ["ashmere", "port-rowan"])
    def test_each_number_of_an_agency_in_a_report_leads_to_as_many_statements(
        self, client: Client, record: Record, slug: str
    ) -> None:
        area = client.get(f"/areas/{slug}").content.decode().partition('id="contributions"')[2]
        reports = {one.report.sha256[:12] for one in accountability(record, area=slug, fictional=True).demands}
        pages = [area, *(client.get(f"/reports/{report}").content.decode() for report in sorted(reports)[:2])]
        for page in pages:
            told = NUMBER.findall(page)
            assert {sort for sort, _, _ in told} >= {"asked", "praised"}
            for _, link, number in told[:: max(1, len(told) // 12)]:
                listed = words_of(client.get(html.unescape(link)).content)
                assert re.search(rf"\b{number} statements? in 1 reports? on 1 area", listed), link

    def test_what_is_praise_and_concern_in_one_is_not_passed_over(self, client: Client, record: Record) -> None:
        found = area_contributions(record, "ashmere", fictional=True)
        mixed = [part.tally.mixed for one in found.inspections for part in one.agencies if part.tally.mixed]
        page = client.get("/areas/ashmere").content.decode()
        assert sorted(int(number) for sort, _, number in NUMBER.findall(page) if sort == "mixed") == sorted(mixed)
        assert mixed

    def test_two_reports_of_one_kind_on_one_day_have_no_number_that_leads_to_both(
        self, record: Record, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        every = abouts(record)
        one = next(iter(every.values()))
        assert asking_of_report(record, one)
        twin = replace(one, sha256="f" * 64)
        monkeypatch.setattr(accountability_filters, "abouts", lambda _: {**every, twin.sha256: twin})
        assert asking_of_report(record, one) is None
        assert asking_of_report(record, replace(one, area=None)) is None


class TestACorrection:
    def test_of_a_grade_or_a_reports_own_field_is_marked_wherever_the_report_is_told_of(
        self, client: Client, record: Record, demo: Path, tmp_path: Path
    ) -> None:
        steps = Steps().step(
            "graded",
            "SELECT j.report, r.area FROM judgements AS j JOIN reports AS r ON r.sha256 = j.report "
            "WHERE j.key = 'overall' AND j.grade = 'requires_improvement' ORDER BY j.report LIMIT 1",
        )
        (row,) = record.ask(steps).rows
        place = tmp_path / "record"
        shutil.copytree(demo, place)
        given = {"report": row["report"], "by": "A", "reason": "The page says otherwise"}
        correct(place, field="grade:overall", new="good", **given)
        correct(place, field="published", new="2019-05-06", **given)
        with override_settings(RECORD=str(place)):
            for address in (f"/reports/{row['report'][:12]}", f"/areas/{row['area']}"):
                told = words_of(client.get(address).content)
                assert "read as Requires improvement , corrected to Good" in told, address
                assert "corrected to 6 May 2019" in told, address
                assert "The page says otherwise" in told, address


class TestAnAddress:
    """A parameter that is passed over gives a wrong answer that looks right (decision 0111)."""

    @pytest.mark.parametrize("address", ["/accountability", "/search", "/reports", "/areas/ashmere", "/"])
    def test_with_a_parameter_that_there_is_none_of_is_refused_by_name(
        self, client: Client, demo: Path, address: str
    ) -> None:
        answer = client.get(address, {"kinds": "strength"})
        assert answer.status_code == 400
        assert "There is no parameter kinds; there is " in words_of(answer.content)

    def test_takes_exact_words_by_the_name_that_the_command_has_for_them(self, client: Client, demo: Path) -> None:
        page = client.get("/accountability", {"text": "children who"}).content
        number = re.search(r"(\d+) statements? in", words_of(page))
        assert number
        assert "These exact words" in words_of(page)
        assert "with exactly “children who”" in words_of(page)
        assert re.search(r'href="/accountability\?[^"]*text=children', page.decode())
        older = client.get("/accountability", {"q": "children who"}, follow=True).content
        assert words_of(older) == words_of(page), "an address of when the page called them q"
        turned = words_of(client.get("/accountability", {"text": "who children"}).content)
        assert number[0] not in turned
        refused = words_of(client.get("/search", {"text": "children who"}).content)
        assert "The search takes words as q" in refused

    @pytest.mark.parametrize("address", ["/accountability?text=", "/search?q="])
    def test_holds_no_more_words_than_its_field_takes(self, client: Client, demo: Path, address: str) -> None:
        (most,) = re.findall(r'maxlength="(\d+)"', client.get(address.partition("?")[0]).content.decode())
        assert client.get(address + "x" * int(most)).status_code == 200
        assert client.get(address + "x" * (int(most) + 1)).status_code == 400


class TestAnArea:
    def test_without_a_report_is_said_to_have_none(self, client: Client, demo: Path) -> None:
        page = client.get("/accountability?area=derby").content
        assert "The record holds no report on Derby. What it has of Derby" in words_of(page)
        assert "/areas/derby" in page.decode()
        assert "Take one of the filters away" not in words_of(page)

    def test_that_does_not_exist_is_offered_only_where_the_record_holds_reports_on_it(
        self, client: Client, demo: Path, tmp_path: Path
    ) -> None:
        addresses = ("/accountability?area=Kelderbie", "/areas?q=Kelderbie")
        assert all("Kelderby" in words_of(client.get(address).content) for address in addresses)
        ensure(locate(tmp_path / "record"))
        with override_settings(RECORD=str(tmp_path / "record")):
            for address in (*addresses, "/accountability?area=Darby"):
                told = words_of(client.get(address).content).partition("Did you mean")[2][:80]
                assert "Kelderby" not in told, address


class TestFacets:
    def test_of_more_hits_than_are_put_in_order_lead_to_as_many_as_they_say_and_stand_before_the_hits(
        self, client: Client, demo: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(search, "MOST_RANKED", 20)
        page = client.get("/search", {"q": "children", "since": "2009-02-02"}).content.decode()
        facets, _, hits = page.partition('<li class="ju-said">')
        assert "newest 20 are shown, the best first" in words_of(page.encode())
        told = re.findall(r'<li><a [^>]*href="(/search\?[^"]+)">[^<]+</a> <span class="ju-quiet-inline">(\d+)<', facets)
        assert "ju-facets" not in hits
        assert len(told) > 10
        for link, number in told[::5]:
            found = words_of(client.get(html.unescape(link)).content)
            assert re.search(rf"\b{number} statements? ", found), link


def test_numbers_of_a_thousand_and_more_are_written_alike_everywhere(
    client: Client, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = Cell(14467, "?agency=police", 0, "Police, All")
    found = Grid("Agency", "Year", (), (Row("Police", "?", (cell,)),), 14467, 2300, 150)
    monkeypatch.setattr(explorer, "grid", lambda *_: found)
    page = words_of(client.get("/accountability").content)
    assert "14,467 statements in 2,300 reports on 150 areas" in page
    assert "14,467 statements: Police, All" in page
    assert not re.search(r"\d{4,} (?:rows?|statements?|indicators)\b", words_of(client.get("/data").content))


def test_the_data_page_tells_how_days_lists_and_maps_are_written(client: Client, demo: Path) -> None:
    assert "days are written 2016-11-16, and lists and maps are JSON" in words_of(client.get("/data").content)


@pytest.mark.parametrize(
    "address",
    [
        "/accountability?agency=x&theme=x&region=x&area=x&framework=x&kind=x&polarity=x&sure_below=x&since=x",
        "/accountability?until=x&period=x&body=x&show=x&fictional=x&page=x&wizard=x",
        "/accountability?text=" + "x" * 201,
        "/search?text=x&period=2020&body=police-kent&sure_below=0.9&show=theme-period&page=x&agency=x&area=x&until=x",
        "/reports?area=x&region=x&framework=x&year=x&since=x&until=x&page=x",
        "/?as_at=x&since=x&judgement=x&framework=x&sort=x&order=x&fictional=x",
        "/data?area=x&wizard=x",
        "/areas/barnsley?as_at=x&page=x",
        "/areas/barnsley/indicators?as_at=x&topic=x&page=x",
    ],
)
def test_each_mistake_is_in_the_summary_and_leads_to_its_field_where_the_page_has_one(
    client: Client, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "<title>Error: " in page
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    names = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]*)"', summary)) <= names
    asked = QueryDict(address.partition("?")[2])
    assert summary.count("<li>") == len(asked), "a message for each mistake"


@pytest.mark.parametrize(
    "address", ["/accountability?agency=police&", "/search?q=toys&kind=finding&", "/reports?year=2025&"]
)
def test_an_area_that_is_nearly_called_so_is_led_to_with_all_else_that_was_asked(
    client: Client, demo: Path, address: str
) -> None:
    page = html.unescape(client.get(f"{address}area=Ashmeer&since=&page=5").content.decode())
    (there,) = re.findall(r'href="([^"]+)">Ashmere', page)
    assert there == f"{address}area=ashmere"
    assert client.get(there).status_code == 200


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ("/reports?area=atlantis&region=London&framework=jtai", {"region": {"London"}, "framework": {"jtai"}}),
        ("/accountability?since=x&agency=police&kind=all", {"agency": {"police"}, "kind": {"all"}}),
        ("/search?q=toys&until=x&polarity=mixed", {"polarity": {"mixed"}}),
        (
            "/?as_at=x&judgement=help_and_protection&framework=sif&framework=ilacs",
            {"judgement": {"help_and_protection"}, "framework": {"sif", "ilacs"}},
        ),
    ],
)
def test_what_was_chosen_stays_chosen_beside_a_mistake_elsewhere(
    client: Client, demo: Path, address: str, chosen: dict[str, set[str]]
) -> None:
    page = client.get(address)
    assert page.status_code == 400
    for name, values in chosen.items():
        field = (
            page.content.decode()
            .partition(f'id="{name}"')[2]
            .partition("</fieldset>" if len(values) > 1 else "</select>")[0]
        )
        assert set(re.findall(r'value="([^"]+)" (?:selected|checked)', field)) == values, name


def title_of(client: Client, address: str) -> str:
    """A page's title without the service's name."""
    found = re.search("<title>(.*?) – Joinedup</title>", client.get(address).content.decode())
    assert found
    return html.unescape(found[1])


class TestATitle:
    """By which a list is told from another among a browser's tabs and in its history."""

    @pytest.mark.parametrize(
        ("address", "told"),
        [
            ("/accountability", "Who must improve what"),
            ("/accountability?agency=police&region=London", "Police; London – Who must improve what"),
            ("/accountability?text=%3Cb%3E", "with exactly “<b>” – Who must improve what"),
            ("/accountability?period=none", "no date – Who must improve what"),
            ("/accountability?period=no-version", "no known version of a kind of inspection – Who must improve what"),
            ("/search", "Search"),
            ("/search?q=toys", "“toys” – Search"),
            ("/search?q=toys&kind=finding", "“toys”; Findings of the main text – Search"),
            ("/reports", "Reports"),
            ("/reports?area=ashmere", "Ashmere – Reports"),
        ],
    )
    def test_says_what_is_chosen(self, client: Client, demo: Path, address: str, told: str) -> None:
        assert title_of(client, address) == told

    @pytest.mark.parametrize("address", ["/accountability?kind=all", "/search?q=children"])
    def test_says_the_page_from_the_second_on(self, client: Client, demo: Path, address: str) -> None:
        assert "(page" not in title_of(client, address)
        assert re.search(r" \(page 2 of \d+\)$", title_of(client, f"{address}&page=2"))
        assert "(page" not in title_of(client, f"{address}&page=900")


def test_the_search_calls_kinds_of_statement_as_the_explorer_does(client: Client, demo: Path) -> None:
    def offered(address: str) -> dict[str, str]:
        field = client.get(address).content.decode().partition('id="kind"')[2].partition("</select>")[0]
        return dict(re.findall(r'<option value="(\w+)"[^>]*>([^<]+)<', field))

    search = offered("/search")
    assert set(search) == set(KINDS)
    assert search.items() <= offered("/accountability").items()
    assert "Findings of the main text (remove this)" in words_of(client.get("/search?q=x&kind=finding").content)


def test_the_searchs_filters_are_folded_away_so_that_a_phone_shows_what_was_found(client: Client, demo: Path) -> None:
    """What is chosen of them stands above the hits all the same; where something is wrong they are open."""

    def folded(address: str) -> bool:
        return '<details class="govuk-details ju-controls__more">' in client.get(address).content.decode()

    assert folded("/search?q=children&agency=police")
    assert "Police (remove this)" in words_of(client.get("/search?q=children&agency=police").content)
    assert not folded("/search?q=children&agency=wizards")


def test_the_explorer_says_what_it_counts_where_nothing_was_chosen(client: Client, demo: Path) -> None:
    page = client.get("/accountability?agency=police").content
    assert "Counted here is what reports ask for: improvements and priority actions." in words_of(page)
    assert 'href="/accountability?agency=police&amp;kind=all">Count everything that reports say</a>' in page.decode()
    assert "Counted here" not in words_of(client.get("/accountability?kind=strength").content)


def test_an_area_without_a_report_on_a_day_is_not_said_to_have_none_yet(client: Client, demo: Path) -> None:
    """Nor are grades told of where the page shows none."""
    then = words_of(client.get("/areas/barnsley?as_at=2010-01-01").content)
    assert "The record holds no report on this area that could be read on that day. Indicators" in then
    today = words_of(client.get("/areas/barnsley").content)
    assert "yet. The inspections above come from the inspectorates’ published outcomes." in today


@pytest.mark.parametrize("page", ["", "/asked-again", "/indicators"])
def test_every_page_of_an_area_stands_among_the_areas(client: Client, demo: Path, page: str) -> None:
    shown = client.get(f"/areas/ashmere{page}").content.decode()
    assert re.search(r'<a class="govuk-service-navigation__link" href="/areas" aria-current="true">', shown)
    crumbs = shown.partition("govuk-breadcrumbs__list")[2].partition("</ol>")[0]
    assert re.findall('href="([^"]+)"', crumbs)[:2] == ["/", "/areas"]
