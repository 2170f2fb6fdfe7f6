"""The small parts of the pages: addresses, labels, the map's layout, charts and the band of grades."""

import datetime as dt
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.analysis import GRADES, SERIES, Visited
from joinedup.analysis.indicators import Indicator, Point, written
from joinedup.areas import areas
from joinedup.service.site.area_search import near, plain, search
from joinedup.service.site.charts import HEIGHT, WIDTH, line_chart
from joinedup.service.site.england_asking import EnglandForm, EnglandQuestion, a_year_before
from joinedup.service.site.grades import LOOKS, direction
from joinedup.service.site.indicators import period, topics
from joinedup.service.site.labels import LINE, LINES, tile_lines
from joinedup.service.site.lifeline import lifeline
from joinedup.service.site.questions import Place
from joinedup.service.site.tilemap import lay_out

TODAY = dt.date(2026, 8, 31)
days = st.dates(dt.date(2009, 1, 1), TODAY)


def asked(query: str) -> EnglandForm:
    """The form of an address's query string."""
    form = EnglandForm(QueryDict(query.removeprefix("?")), today=TODAY)
    form.is_valid()
    return form


class TestAddresses:
    def test_the_bare_address_asks_for_today_and_the_year_before(self) -> None:
        question = asked("").question
        assert question.as_at == TODAY
        assert question.since == dt.date(2025, 8, 31)
        assert question.framework == SERIES
        assert question.query() == ""

    @given(
        as_at=days.filter(lambda day: day > dt.date(2009, 1, 1)),
        before=st.integers(1, 5000),
        judgement=st.sampled_from(["overall", "help_and_protection"]),
        framework=st.sampled_from([SERIES, ("sif",), ("sif", "ilacs")]),
        sort=st.sampled_from(["area", "grade", "published"]),
        order=st.sampled_from(["asc", "desc"]),
        fictional=st.sampled_from(["on", "off"]),
    )
    def test_an_address_that_we_write_asks_for_what_it_was_written_for(
        self, as_at: dt.date, before: int, **choices: object
    ) -> None:
        since = max(dt.date(2009, 1, 1), as_at - dt.timedelta(days=before))
        question = EnglandQuestion(today=TODAY, as_at=as_at, since=since, **choices)  # type: ignore[arg-type]
        assert asked(question.query()).question == question

    @given(day=days, years=st.integers(-5, 5))
    def test_moving_the_day_moves_the_day_compared_with(self, day: dt.date, years: int) -> None:
        question = EnglandQuestion(today=TODAY, as_at=day, since=a_year_before(day))
        to = max(dt.date(2009, 1, 2), min(TODAY, day + dt.timedelta(days=365 * years)))
        moved = asked(question.query(as_at=to))
        assert moved.question.as_at == to
        assert moved.question.since == a_year_before(to)

    @settings(max_examples=60)
    @given(
        st.dictionaries(
            st.sampled_from(["as_at", "since", "judgement", "framework", "sort", "order", "fictional", "q", "\x00"]),
            st.text(max_size=60),
        )
    )
    def test_no_words_in_an_address_break_the_page(self, parameters: dict[str, str]) -> None:
        client = Client(raise_request_exception=False)
        for path in ("/", "/england.csv", "/areas"):
            assert client.get(path, parameters).status_code in (200, 302, 400)

    def test_each_problem_names_its_field(self) -> None:
        form = asked("as_at=x&order=y")
        assert [name for name, _ in form.problems()] == ["as_at", ""], "the page has no field for the order"

    def test_an_address_holds_nothing_that_is_a_default(self) -> None:
        question = EnglandQuestion(today=TODAY, as_at=dt.date(2016, 11, 16), since=dt.date(2015, 11, 16))
        assert parse_qs(question.query()[1:]) == {"as_at": ["2016-11-16"]}


class TestLabels:
    @pytest.mark.parametrize(
        ("name", "lines"),
        [
            ("Derby", ("Derby",)),
            ("Nottinghamshire", ("Notting-", "hamshire")),
            ("Kensington and Chelsea", ("Kensington", "& Chelsea")),
            ("Bournemouth, Christchurch and Poole", ("BCP",)),
            ("Southend-on-Sea", ("Southend-", "on-Sea")),
        ],
    )
    def test_names_as_people_would_divide_them(self, name: str, lines: tuple[str, ...]) -> None:
        assert tile_lines(name) == lines

    def test_every_area_has_a_label_of_its_own_that_fits(self) -> None:
        for area in areas(fictional=True):
            lines = tile_lines(area.name)
            assert 1 <= len(lines) <= LINES, area.name
            assert all(0 < len(line) <= LINE for line in lines), area.name
            assert not any(line.endswith("…") for line in lines), area.name
        today = areas(TODAY)
        assert len({tile_lines(area.name) for area in today}) == len(today)

    @given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=60))
    def test_no_word_is_too_long(self, word: str) -> None:
        assert all(len(line) <= LINE for line in tile_lines(word))


class TestTheMap:
    @pytest.mark.parametrize("year", range(2009, 2028))
    def test_no_two_areas_of_a_day_share_a_square(self, year: int) -> None:
        there = areas(dt.date(year, 12, 1), fictional=False)
        assert len({area.tile for area in there}) == len(there)

    @pytest.mark.parametrize(
        ("tiles", "corner"),
        [
            ([(0, 0), (16, 19)], "right"),
            ([(16, 0), (0, 19)], "left"),
            ([(0, 0), (16, 8)], ""),
            ([(0, 0), (12, 8), (16, 9)], ""),
            ([(0, 0), (11, 8), (16, 9)], "right"),
        ],
    )
    def test_the_counts_stand_in_a_corner_only_where_it_is_free(
        self, tiles: list[tuple[int, int]], corner: str
    ) -> None:
        assert lay_out([place(tile) for tile in tiles]).free_corner == corner

    def test_squares_lie_as_their_columns_and_rows_do(self) -> None:
        found = lay_out([place((7, 5)), place((6, 4)), place(None), place((7, 4))])
        assert [(tile.x > 0, tile.y > 0) for tile in found.tiles] == [(False, False), (True, False), (True, True)]


def place(tile: tuple[int, int] | None) -> Place:
    """An area that has a square there."""
    return Place(
        slug="x", name="X", region="", tile=tile, fictional=True, look=LOOKS["good"], framework="", visit="",
        start=None, published=None, la_code=None, ons_code=None, corrected=(), righted=False,
        address="/areas/x", in_words="X: Good",
    )  # fmt: skip


class TestCharts:
    @given(st.lists(st.none() | st.floats(0, 1e7), min_size=1, max_size=15))
    def test_every_value_lies_within_the_chart(self, values: list[float | None]) -> None:
        chart = line_chart([str(2010 + index) for index in range(len(values))], [("one", "area", values)])
        if all(value is None for value in values):
            assert chart is None
            return
        assert chart is not None
        dots = chart.lines[0].dots
        assert len(dots) == sum(value is not None for value in values)
        assert all(chart.left <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in dots)

    def test_a_higher_value_stands_higher(self) -> None:
        chart = line_chart(["2010", "2011", "2012"], [("one", "area", [10.0, 30.0, 20.0])])
        assert chart is not None
        low, high, middle = (y for _, y in chart.lines[0].dots)
        assert high < middle < low

    def test_a_line_is_broken_where_a_value_is_missing(self) -> None:
        chart = line_chart(list("abcde"), [("one", "england", [1.0, 2.0, None, 4.0, 5.0])])
        assert chart is not None
        assert len(chart.lines[0].runs) == 2

    def test_the_axis_begins_at_zero_unless_that_would_flatten_the_line(self) -> None:
        near_zero = line_chart(["a", "b"], [("one", "area", [2.0, 10.0])])
        far_from_zero = line_chart(["a", "b"], [("one", "area", [92.0, 97.0])])
        assert near_zero is not None
        assert far_from_zero is not None
        assert near_zero.up[0].text == "0"
        assert float(far_from_zero.up[0].text) > 80

    @given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=9))
    def test_the_axis_has_room_for_its_numbers(self, values: list[float]) -> None:
        chart = line_chart([str(2010 + index) for index in range(len(values))], [("one", "area", values)])
        assert chart is not None
        assert all(6 + 6.7 * len(tick.text) <= chart.left for tick in chart.up), "a digit is 6.67 of 12 wide"
        assert all(chart.left <= x <= WIDTH for x, _ in chart.lines[0].dots)

    @pytest.mark.parametrize(
        ("unit", "area", "england", "apart"),
        [
            ("number", 460.0, 81_770.0, True),
            (None, 460.0, 81_770.0, True),
            ("Rate per 10,000", 2.0, 70.0, False),
            ("% of referrals", 0.0, 21.0, False),
            (None, 61.0, 70.0, False),
            ("number", 0.0, 0.0, False),
        ],
    )
    def test_a_count_of_all_of_england_does_not_flatten_an_areas_line(
        self, unit: str | None, area: float, england: float, apart: bool
    ) -> None:
        points = tuple(Point(str(year), year, area + year % 3, None, area, 10, england) for year in (2023, 2024, 2025))
        indicator = Indicator("m", "Children", "DfE", unit, None, None, (), points)
        ((card,),) = (topic.cards for topic in topics([indicator]))
        assert ("ju-chart__line--england" not in card.chart) is apart
        assert ("not drawn" in card.chart) is apart
        assert "81,770" in card.rows or england != 81_770, "the table tells it"

    @pytest.mark.parametrize(
        ("value", "words"), [(1234.0, "1,234"), (12.34, "12.3"), (0.034, "0.03"), (0.0, "0"), (-3.5, "-3.5")]
    )
    def test_numbers_as_people_write_them(self, value: float, words: str) -> None:
        assert written(value) == words

    @pytest.mark.parametrize(
        ("printed", "words"), [("202425", "2024-25"), ("2025", "2025"), ("2014-16", "2014-16"), ("202512", "202512")]
    )
    def test_periods_as_people_write_them(self, printed: str, words: str) -> None:
        assert period(printed) == words


def visit(day: dt.date, grade: str | None, visited: str = "standard", family: str = "ilacs") -> Visited:
    """One inspection on a day."""
    return Visited(
        area="x", framework=family, visit=visited, start=day, end=day, published=day, day=day, theme=None,
        grades={"overall": grade} if grade else {}, official=True,
    )  # fmt: skip


class TestTheBand:
    def test_each_grade_lasts_to_the_next_inspection_and_the_last_to_today(self) -> None:
        found = lifeline(
            [visit(dt.date(2018, 1, 1), "good"), visit(dt.date(2012, 1, 1), "inadequate", family="slac")], until=TODAY
        )
        first, second = found.bands
        assert (first.look.key, second.look.key) == ("inadequate", "good")
        assert first.x + first.width == pytest.approx(second.x, abs=0.2)
        assert second.x + second.width < found.width

    def test_visits_without_an_overall_grade_are_marks(self) -> None:
        found = lifeline([visit(dt.date(2018, 1, 1), "good"), visit(dt.date(2019, 5, 1), None, "focused")], until=TODAY)
        assert len(found.bands) == 1
        assert [mark.title for mark in found.marks] == ["ILACS focused visit"]

    def test_an_inspection_of_2026_ends_the_overall_grade(self) -> None:
        found = lifeline([visit(dt.date(2022, 1, 1), "good"), visit(dt.date(2026, 5, 1), None)], until=TODAY)
        assert [band.look.rank for band in found.bands] == [3, 0]

    def test_without_any_inspection_there_is_nothing(self) -> None:
        assert lifeline([], until=TODAY).bands == ()


class TestGrades:
    def test_no_two_look_alike(self) -> None:
        assert len({look.letter for look in LOOKS.values()}) == len(LOOKS)
        assert len({look.css for look in LOOKS.values()}) == len(LOOKS)

    def test_they_are_ranked_best_first(self) -> None:
        ranks = [LOOKS[grade].rank for grade in GRADES]
        assert all(better > worse for better, worse in pairwise(ranks))
        assert direction("inadequate", "good") == "up"
        assert direction("outstanding", "good") == "down"
        assert direction(None, "good") == "same"


class TestSearch:
    def test_signs_and_case_make_no_difference(self) -> None:
        assert plain("Stockton-on-Tees & Co") == plain("stockton ON tees and  co")

    def test_names_that_begin_so_come_first(self) -> None:
        found = [area.name for area in search("west", fictional=False)]
        assert found[0].startswith("West")

    def test_fictional_areas_only_where_wanted(self) -> None:
        assert search("ashmere", fictional=False) == ()
        assert [area.slug for area in search("ashmere", fictional=True)] == ["ashmere"]

    def test_near_gives_five_at_most_and_nothing_for_nonsense(self) -> None:
        assert len(near("shire")) <= 5
        assert near("qqqqqqqq") == ()
