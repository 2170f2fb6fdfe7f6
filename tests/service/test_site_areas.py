"""Finding an area, and what its page tells."""

import html
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
        assert "count for them alone" in told

    def test_its_neighbours_are_links(self, client: Client) -> None:
        page = client.get("/areas/barnsley").content.decode()
        near = page[page.index("Its statistical neighbours") :]
        assert len(re.findall(r'href="/areas/[a-z-]+"', near)) == 10

    def test_one_that_is_not_known_is_404_with_those_that_are_near(self, client: Client) -> None:
        answer = client.get("/areas/barnslay")
        assert answer.status_code == 404
        assert 'href="/areas/barnsley"' in answer.content.decode()


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
        assert re.search(r'<li id="item-[^"]+">[^<]+<span class="ju-page">page \d+</span></li>', page)

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
