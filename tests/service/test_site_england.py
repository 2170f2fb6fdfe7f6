"""The England page tells what the record knows of any day, and keeps what is typed when it is wrong."""

import csv
import html
import io
import re

import pytest
from django.test import Client, override_settings


def counts(page: str) -> dict[str, tuple[int, str]]:
    """The table of counts: grade to (areas, share)."""
    table = page[page.index("ju-counts") : page.index("</table>")]
    rows = re.findall(r"<span>([^<]+)</span></span></th><td[^>]*>(\d+)</td><td[^>]*>([^<]*)</td>", table)
    return {title: (int(number), share) for title, number, share in rows}


def squares(page: str) -> dict[str, str]:
    """What each square of England's map tells: area to its words."""
    chart = page[page.index('aria-labelledby="map-title"') :]
    chart = chart[: chart.index("</svg>")]
    told = [html.unescape(words) for words in re.findall(r'aria-label="([^"]+)"', chart)]
    return dict(words.split(": ", 1) for words in told)


class TestTheDay:
    def test_the_areas_that_the_press_counted_in_november_2016(self, client: Client) -> None:
        page = client.get("/?as_at=2016-11-16&framework=sif").content.decode()
        told = counts(page)
        assert told["Inadequate"] == (25, "22.9%")
        assert told["Requires improvement"][0] == 54
        assert told["Good"][0] == 28
        assert told["Outstanding"][0] == 2

    def test_the_state_on_31_march_2025(self, client: Client) -> None:
        told = counts(client.get("/?as_at=2025-03-31&framework=ilacs").content.decode())
        numbers = [told[grade][0] for grade in ("Outstanding", "Good", "Requires improvement", "Inadequate")]
        assert numbers == [36, 67, 31, 19]

    def test_every_area_of_the_day_has_one_square_and_the_map_agrees_with_the_counts(self, client: Client) -> None:
        page = client.get("/?as_at=2016-11-16&framework=sif").content.decode()
        told = squares(page)
        assert len(told) == 152
        assert sum(words.startswith("Inadequate") for words in told.values()) == counts(page)["Inadequate"][0]
        assert told["Slough"] == "Inadequate, SIF, published 17 February 2016", "its re-inspection, not its first"

    def test_areas_come_and_go_with_the_day(self, client: Client) -> None:
        before = squares(client.get("/?as_at=2019-03-31").content.decode())
        after = squares(client.get("/?as_at=2019-04-01").content.decode())
        assert "Bournemouth" in before
        assert "Bournemouth" not in after
        assert "Bournemouth, Christchurch and Poole" in after
        assert "Bournemouth, Christchurch and Poole" not in before

    def test_before_the_first_report_nobody_has_a_grade(self, client: Client) -> None:
        page = client.get("/?as_at=2009-01-01").content.decode()
        assert all(words.startswith("No inspection published") for words in squares(page).values())

    def test_each_square_tells_its_grade_by_a_letter_too(self, client: Client) -> None:
        page = client.get("/?as_at=2016-11-16&framework=sif").content.decode()
        letters = re.findall(r'class="ju-tile ju-tile--(\w+)".*?class="ju-tile__letter"[^>]*>([^<]+)<', page)
        assert {("good", "G"), ("ri", "RI"), ("inadequate", "I"), ("outstanding", "O")} <= set(letters)

    @pytest.mark.parametrize("typed", ["2016-11-16", "16/11/2016", "16 November 2016"])
    def test_a_day_may_be_written_as_people_write_it(self, client: Client, typed: str) -> None:
        assert "on 16 November 2016" in client.get("/", {"as_at": typed}).content.decode()


class TestChanges:
    def test_who_is_newly_inadequate_since_the_day_chosen(self, client: Client) -> None:
        page = client.get("/?as_at=2013-08-31&since=2012-07-31&framework=slac&framework=cpi").content.decode()
        left = page[page.index("No longer inadequate") :]
        left = left[: left.index("</section>")]
        assert 'class="ju-moves__number">' in left
        matrix = page[page.index("ju-matrix") :]
        last_row = re.findall(r"<td[^>]*>(\d+)</td>", matrix[: matrix.index("</table>")])[-4:]
        assert last_row[-1] == "6", "of those inadequate on 31 July 2012 only six still were"

    def test_a_year_before_is_the_default(self, client: Client) -> None:
        assert "What changed since 28 February 2015" in client.get("/?as_at=2016-02-29").content.decode()

    def test_an_area_reorganised_in_between_is_told_apart(self, client: Client) -> None:
        page = client.get("/?as_at=2020-01-01&since=2018-01-01").content.decode()
        told = page[page.index("Areas that were reorganised") :]
        assert "Bournemouth" in told[: told.index("</ul>")]


class TestTheTable:
    def test_it_can_be_sorted_and_says_how_it_is(self, client: Client) -> None:
        page = client.get("/?as_at=2016-11-16&framework=sif&sort=grade").content.decode()
        table = page[page.index("ju-areas") :]
        assert 'aria-sort="ascending"' in table
        grades = re.findall(r'class="ju-grade ju-grade--(\w+)"', table)
        order = ["outstanding", "good", "ri", "inadequate", "none", "missing"]
        assert grades == sorted(grades, key=order.index)

    def test_the_other_way_round(self, client: Client) -> None:
        def names(order: str) -> list[str]:
            page = client.get(f"/?as_at=2016-11-16&order={order}", follow=True).content.decode()
            return re.findall(r'scope="row"[^>]*><a class="govuk-link" href="/areas/[^"]+">([^<]+)', page)

        assert names("asc") == list(reversed(names("desc")))
        assert names("asc")[0] == "Barking and Dagenham"

    def test_as_csv_by_the_same_parameters(self, client: Client) -> None:
        answer = client.get("/england.csv?as_at=2016-11-16&framework=sif&sort=grade")
        assert answer["Content-Type"].startswith("text/csv")
        assert 'filename="england-2016-11-16.csv"' in answer["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        real = [row for row in rows if row["fictional"] == "false"]
        assert len(real) == 152
        assert [row["grade"] for row in real].count("inadequate") == 25
        assert {row["as_at"] for row in rows} == {"2016-11-16"}
        slough = next(row for row in rows if row["area"] == "Slough")
        assert slough["la_code"] == "871"
        assert slough["framework"] == "SIF"

    def test_the_address_keeps_every_choice_when_the_table_is_sorted(self, client: Client) -> None:
        asked = "as_at=2016-11-16&since=2015-01-01&judgement=help_and_protection&framework=sif"
        page = client.get("/?" + asked).content.decode()
        links = re.findall(r'class="govuk-link ju-sort[^"]*" href="([^"]+)"', page)
        for link in links:
            for part in asked.split("&"):
                assert part in html.unescape(link)


class TestMovingThroughTheYears:
    def test_a_link_for_every_year_since_2009(self, client: Client) -> None:
        page = client.get("/?as_at=2016-11-16&framework=sif").content.decode()
        years = re.findall(r'class="ju-years__link[^"]*" href="([^"]+)"[^>]*>(\d{4})<', page)
        assert [int(year) for _, year in years][:3] == [2009, 2010, 2011]
        to_2012 = next(html.unescape(link) for link, year in years if year == "2012")
        assert "as_at=2012-11-16" in to_2012
        assert "framework=sif" in to_2012
        assert "on 16 November 2012" in client.get(to_2012).content.decode()

    def test_every_step_leads_to_a_page(self, client: Client) -> None:
        page = client.get("/?as_at=2012-02-29").content.decode()
        for link in re.findall(r'<nav class="ju-years".*?</nav>', page, re.DOTALL)[0].split('href="')[1:]:
            assert client.get(html.unescape(link.split('"')[0])).status_code == 200


class TestMistakes:
    @pytest.mark.parametrize(
        ("query", "field", "words"),
        [
            ("as_at=2031-99-99", "as_at", "Day must be a real date"),
            ("as_at=1999-01-01", "as_at", "Day must be between 1 January 2009 and today"),
            ("as_at=2999-01-01", "as_at", "Day must be between 1 January 2009 and today"),
            ("since=yesterday", "since", "Compare with must be a real date"),
            ("as_at=2016-01-01&since=2017-01-01", "since", "Compare with a day before the day shown"),
            ("judgement=beauty", "judgement", "Choose one of the judgements"),
            ("framework=mot", "framework", "Choose one or more of the kinds of inspection"),
            ("framework=ilacs&judgement=adoption", "judgement", "None of the inspections chosen gives a grade for"),
            ("sort=colour", "", "The table can be sorted by"),
            ("order=up", "", "The order of the table"),
            ("fictional=maybe", "", "Fictional areas are on or off"),
        ],
    )
    def test_it_is_told_in_words_beside_the_field_and_at_the_top(
        self, client: Client, query: str, field: str, words: str
    ) -> None:
        answer = client.get("/?" + query)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 400
        assert "There is a problem" in page
        assert (f'<a href="#{field}">{words}' if field else f"<li>{words}") in page
        assert "<title>Error: " in page

    def test_what_was_typed_is_given_back(self, client: Client) -> None:
        page = client.get("/?as_at=16+Brumaire&since=2015-01-01").content.decode()
        assert 'value="16 Brumaire"' in page
        assert 'value="2015-01-01"' in page

    def test_hostile_words_are_given_back_as_words(self, client: Client) -> None:
        page = client.get("/", {"as_at": '"><script>alert(1)</script>'}).content.decode()
        assert "<script>alert" not in page
        assert "&quot;&gt;&lt;script&gt;" in page

    def test_very_long_words_are_cut(self, client: Client) -> None:
        answer = client.get("/", {"as_at": "9" * 5000})
        assert answer.status_code == 400
        assert "9" * 201 not in answer.content.decode()

    def test_the_csv_says_what_is_wrong_in_plain_text(self, client: Client) -> None:
        answer = client.get("/england.csv?as_at=2031-99-99")
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/plain")
        assert "must be a real date" in answer.content.decode()


@pytest.mark.slow
class TestFictionalAreas:
    def test_they_stand_apart_and_count_for_nothing(self, client: Client, demo: object) -> None:
        shown = client.get("/?as_at=2025-03-31&framework=ilacs").content.decode()
        assert counts(shown)["Inadequate"][0] == 19
        assert "Ashmere" not in squares(shown)
        apart = shown[shown.index('id="fictional-heading"') :]
        assert "Ashmere: Outstanding" in apart

    def test_the_file_has_what_the_table_has_and_them_only_where_they_are_asked_for(
        self, client: Client, demo: object
    ) -> None:
        def listed(query: str) -> list[dict[str, str]]:
            return list(csv.DictReader(io.StringIO(client.get(f"/england.csv{query}").content.decode())))

        assert {row["fictional"] for row in listed("")} == {"false"}
        assert "Ashmere" in {row["area"] for row in listed("?fictional=on") if row["fictional"] == "true"}

    def test_where_the_record_holds_no_report_on_them_they_are_offered_nowhere(self, client: Client) -> None:
        for address in ("/", "/areas", "/accountability", "/data", "/england.csv?fictional=on"):
            page = client.get(address).content.decode()
            assert "Ashmere" not in page, address
            assert "made-up" not in page, address

    def test_nor_is_a_record_without_reports_said_to_hold_made_up_ones(self, client: Client) -> None:
        page = client.get("/accountability?fictional=on").content.decode()
        assert "No report has been read into this record yet." in page
        assert "ade-up reports" not in page

    def test_one_link_leaves_them_out(self, client: Client, demo: object) -> None:
        page = client.get("/?fictional=off").content.decode()
        assert "Ashmere" not in page
        assert "Show the fictional areas" in page

    def test_a_setting_leaves_them_out_for_good(self, client: Client, demo: object) -> None:
        with override_settings(SHOW_FICTIONAL=False):
            assert "Ashmere" not in client.get("/").content.decode()
            assert "fictional=" not in client.get("/").content.decode()
            assert client.get("/areas/ashmere").status_code == 404
            assert "Ashmere" not in client.get("/areas").content.decode()


def test_an_area_that_was_never_inspected_had_no_grade_and_not_none_for_a_judgement(client: Client) -> None:
    """An inspection that gives no such grade is another thing than none."""
    page = client.get("/?as_at=2016-11-16&framework=sif").content.decode()
    moved = re.findall(r'<span class="ju-moves__words">(.*?)<', page)
    assert "no grade " in moved
    assert {words for words in moved if words.startswith("no grade")} == {"no grade "}
