"""Finding an area, and what its page tells."""

import csv
import datetime as dt
import html
import io
import re

import pytest
from django.test import Client

from joinedup.areas import areas


def text_of(client: Client, address: str) -> str:
    """The page's words without tags, spaces joined."""
    page = client.get(address).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


class TestFinding:
    @pytest.mark.parametrize("typed", ["Barnsley", "370", "E08000038", "barnsley", " BARNSLEY  "])
    def test_an_area_that_is_named_exactly_is_gone_to_at_once(self, client: Client, typed: str) -> None:
        answer = client.get("/areas", {"q": typed})
        assert answer.status_code == 302
        assert answer["Location"] == "/areas/barnsley"

    def test_a_part_of_a_name_finds_all_that_have_it(self, client: Client) -> None:
        told = text_of(client, "/areas?q=yorkshire")
        assert "North Yorkshire" in told
        assert "East Riding of Yorkshire" in told

    def test_areas_of_one_name_are_told_apart(self, client: Client) -> None:
        told = text_of(client, "/areas?q=dorset")
        assert "Dorset (until 2019)" in told

    def test_a_slip_of_the_pen_is_met_with_what_is_near(self, client: Client) -> None:
        told = text_of(client, "/areas?q=barnslay")
        assert "No area is called “barnslay”" in told
        assert "Did you mean: Barnsley" in told

    def test_every_area_of_today_is_in_the_list(self, client: Client) -> None:
        page = client.get("/areas").content.decode()
        assert all(f'href="/areas/{area.slug}"' in page for area in areas())

    def test_too_long_a_question_is_refused_in_words(self, client: Client) -> None:
        answer = client.get("/areas", {"q": "a" * 101})
        assert answer.status_code == 400
        assert "Give a name or code of no more than 100 letters" in answer.content.decode()

    def test_signs_alone_find_nothing_and_break_nothing(self, client: Client) -> None:
        assert client.get("/areas", {"q": "'; -- %00 <b>"}).status_code == 200
        assert client.get("/areas", {"q": "\x00"}).status_code == 200


class TestTheAreaPage:
    @pytest.mark.parametrize("written", ["370", "Barnsley", "E08000016", "BARNSLEY"])
    def test_a_code_or_a_name_in_its_address_leads_to_it(self, client: Client, written: str) -> None:
        answer = client.get(f"/areas/{written}")
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/areas/barnsley")

    @pytest.mark.parametrize("page", ["", "/asked-again", "/indicators"])
    def test_by_which_it_is_led_to_on_the_same_day(self, client: Client, page: str) -> None:
        answer = client.get(f"/areas/370{page}?as_at=2018-01-01")
        assert answer["Location"] == f"/areas/barnsley{page}?as_at=2018-01-01"

    @pytest.mark.parametrize("page", ["", "/asked-again", "/asked-again.csv"])
    def test_has_one_page_and_refuses_to_be_asked_for_another(self, client: Client, page: str) -> None:
        answer = client.get(f"/areas/barnsley{page}?page=2")
        assert answer.status_code == 400
        assert "There is no parameter page; there is as_at" in answer.content.decode()

    def test_a_code_of_no_area_is_not_found(self, client: Client) -> None:
        assert client.get("/areas/999").status_code == 404

    @pytest.mark.slow
    def test_every_area_that_ever_was_has_a_page(self, client: Client) -> None:
        for area in areas(fictional=True):
            answer = client.get(f"/areas/{area.slug}")
            assert answer.status_code == 200, area.slug
            assert html.escape(area.name) in answer.content.decode()

    def test_it_tells_the_latest_grade_and_the_whole_history(self, client: Client) -> None:
        told = text_of(client, "/areas/slough")
        assert "17 Feb 2016" in told
        assert "SIF re-inspection" in told
        assert "SLAC" in told

    def test_the_bodies_that_serve_it(self, client: Client) -> None:
        told = text_of(client, "/areas/barnsley")
        assert "South Yorkshire Police" in told
        assert "E08000038" in told

    def test_an_area_that_ended_points_to_those_in_its_place(self, client: Client) -> None:
        page = client.get("/areas/northamptonshire").content.decode()
        assert 'href="/areas/north-northamptonshire"' in page
        assert 'href="/areas/west-northamptonshire"' in page
        assert "Last overall grade" in page

    def test_an_area_that_took_anothers_place_shows_its_history_under_its_own_name(self, client: Client) -> None:
        told = text_of(client, "/areas/north-northamptonshire")
        assert "Northamptonshire:" in told
        assert "do not count for this area" in told

    def test_its_neighbours_are_links(self, client: Client) -> None:
        page = client.get("/areas/barnsley").content.decode()
        near = page[page.index("Its statistical neighbours") :]
        assert len(re.findall(r'href="/areas/[a-z-]+"', near)) == 10

    def test_one_that_is_not_known_is_404_with_those_that_are_near(self, client: Client) -> None:
        answer = client.get("/areas/barnslay")
        assert answer.status_code == 404
        assert 'href="/areas/barnsley"' in answer.content.decode()


class TestTheDay:
    """The page shows what was known on the day that its address names."""

    def test_it_moves_the_grade_and_the_history(self, client: Client) -> None:
        then, now = (text_of(client, f"/areas/slough{query}") for query in ("?as_at=2014-06-01", ""))
        assert "on 1 June 2014" in then
        assert "17 Feb 2016" in now
        assert "17 Feb 2016" not in then

    def test_it_moves_the_indicators(self, client: Client) -> None:
        page = client.get("/areas/barnsley?as_at=2016-05-05").content.decode()
        cards = page.split('<section class="ju-indicator">')[1:]
        assert cards
        years = {int(year) for card in cards for year in re.findall(r'class="govuk-table__header">(\d{4})', card)}
        assert max(years) <= 2016

    def test_an_area_that_had_ended_by_then_says_so(self, client: Client) -> None:
        assert "does not exist on the day shown" in text_of(client, "/areas/cumbria?as_at=2024-01-01")
        assert "does not exist on the day shown" not in text_of(client, "/areas/cumbria?as_at=2014-01-01")

    def test_links_to_other_areas_keep_it(self, client: Client) -> None:
        page = client.get("/areas/north-northamptonshire?as_at=2023-01-01").content.decode()
        assert 'href="/areas/northamptonshire?as_at=2023-01-01"' in page

    def test_the_map_of_a_day_leads_to_areas_on_that_day(self, client: Client) -> None:
        assert 'href="/areas/barnsley?as_at=2014-06-01"' in client.get("/?as_at=2014-06-01").content.decode()
        assert 'href="/areas/barnsley"' in client.get("/").content.decode()

    @pytest.mark.parametrize("typed", ["yesterday", "2008-12-31", "2999-01-01", "2016-02-30"])
    def test_a_day_that_is_none_is_told_beside_its_field(self, client: Client, typed: str) -> None:
        answer = client.get("/areas/barnsley", {"as_at": typed})
        assert answer.status_code == 400
        assert 'id="as_at-error"' in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode()


class TestEveryIndicator:
    """The area's page has the headlines; a page of its own has all, a topic at a time, and a CSV."""

    def test_the_area_page_leads_there(self, client: Client) -> None:
        page = client.get("/areas/barnsley?as_at=2020-01-01").content.decode()
        assert re.search(r'href="/areas/barnsley/indicators\?as_at=2020-01-01">All \d+ indicators of Barnsley', page)

    def test_every_topic_is_a_page_with_its_indicators(self, client: Client) -> None:
        first = client.get("/areas/barnsley/indicators").content.decode()
        topics = re.findall(r'href="(/areas/barnsley/indicators\?topic=[^"]+)"', first)
        assert len(topics) > 3
        for address in topics:
            answer = client.get(html.unescape(address))
            assert answer.status_code == 200
            assert '<section class="ju-indicator"><h3' in answer.content.decode()

    @pytest.mark.parametrize("address", ["/areas/barnsley", "/areas/barnsley/indicators"])
    def test_every_table_has_a_caption_of_its_own(self, client: Client, address: str) -> None:
        """Screen readers list a page's tables by their captions."""
        page = client.get(address).content.decode()
        tables = re.findall(r"<table[^>]*>\s*(?:<caption[^>]*>([^<]+))?", page)
        assert tables
        assert all(tables)
        assert len(set(tables)) == len(tables)

    def test_the_csv_has_every_indicator_or_those_of_a_topic(self, client: Client) -> None:
        rows = list(
            csv.DictReader(io.StringIO(client.get("/areas/barnsley/indicators.csv").content.decode("utf-8-sig")))
        )
        told = re.search(r"All (\d+) indicators", text_of(client, "/areas/barnsley"))
        assert told
        assert len({row["measure"] for row in rows}) == int(told[1])
        some = client.get("/areas/barnsley/indicators.csv", {"topic": rows[0]["topic"], "as_at": "2018-01-01"})
        few = list(csv.DictReader(io.StringIO(some.content.decode("utf-8-sig"))))
        assert {row["topic"] for row in few} == {rows[0]["topic"]}
        assert max(int(row["year"]) for row in few) <= 2018

    @pytest.mark.parametrize("query", ["topic=no-such", "page=0", "page=x", "as_at=x"])
    def test_what_is_asked_wrongly_is_told(self, client: Client, query: str) -> None:
        assert client.get(f"/areas/barnsley/indicators?{query}").status_code == 400
        assert client.get(f"/areas/barnsley/indicators.csv?{query}").status_code == 400

    def test_an_area_without_statistics_says_so(self, client: Client) -> None:
        assert "no official statistics" in text_of(client, "/areas/ashmere/indicators")

    def test_another_name_of_the_area_leads_to_it(self, client: Client) -> None:
        assert client.get("/areas/370/indicators")["Location"] == "/areas/barnsley/indicators"


class TestIndicators:
    def test_each_has_its_figures_as_a_table_too(self, client: Client) -> None:
        page = client.get("/areas/barnsley").content.decode()
        cards = page.split('<section class="ju-indicator">')[1:]
        assert cards, "the bundled facts have indicators of every area"
        for card in cards:
            assert "<table" in card
            assert "Neighbours" in card
            assert "England" in card

    def test_a_value_that_was_withheld_says_so_and_is_not_zero(self, client: Client) -> None:
        told = text_of(client, "/areas/isles-of-scilly")
        assert any(words in told for words in ("withheld", "not available", "not applicable", "No figure for"))


@pytest.mark.slow
class TestReportsRead:
    def test_what_needs_to_improve_stands_with_its_page(self, client: Client, demo: object) -> None:
        page = client.get("/areas/ashmere").content.decode()
        assert "This area does not exist" in page
        assert "What needs to improve" in page
        assert re.search(
            r'<a class="govuk-link" href="/reports/\w{12}/pages/\d+\?finding=[^"]+">Read it on page \d+', page
        )

    def test_the_history_links_to_what_each_report_says(self, client: Client, demo: object) -> None:
        page = client.get("/areas/ashmere").content.decode()
        targets = re.findall(r'href="#(report-[0-9a-f]{12})"', page)
        assert targets
        assert all(f'id="{target}"' in page for target in targets)

    def test_a_joint_inspection_tells_who_owes_the_statement(self, client: Client, demo: object) -> None:
        told = " ".join(
            text_of(client, f"/areas/{slug}") for slug in ("ashmere", "brackenshire", "kelderby", "port-rowan")
        )
        assert "Written statement of proposed action" in told
        assert "JTAI" in told


@pytest.mark.parametrize(
    ("address", "today", "ends", "grade"),
    [
        ("northamptonshire", dt.date(2026, 1, 5), "Northamptonshire ended on 1 April 2021.", "Last overall grade"),
        ("northamptonshire?as_at=2020-01-01", dt.date(2026, 1, 5), "ended on 1 April 2021.", "Latest overall grade"),
        ("surrey", dt.date(2027, 3, 31), "Surrey will end on 1 April 2027.", "Latest overall grade"),
        ("surrey", dt.date(2027, 4, 1), "Surrey ended on 1 April 2027.", "Last overall grade"),
    ],
)
def test_that_an_area_ended_is_told_from_that_it_will_end(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str, today: dt.date, ends: str, grade: str
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)
    page = client.get(f"/areas/{address}").content.decode()
    assert ends in page
    assert f">{grade}</h2>" in page


@pytest.mark.parametrize(
    ("today", "begins"), [(dt.date(2027, 3, 31), "From 1 April 2027."), (dt.date(2027, 4, 1), "Since 1 April 2027.")]
)
def test_that_an_area_began_is_told_from_that_it_will_begin(
    client: Client, monkeypatch: pytest.MonkeyPatch, today: dt.date, begins: str
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)
    assert f"{begins} Before it:" in text_of(client, "/areas/east-surrey")
