"""Any data file of Explore Education Statistics, from small ones of our own figures."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.statistics import LayoutChangedError, Loaded, Observation, load, recognise

TIME = ["time_period", "time_identifier", "geographic_level", "country_code", "country_name"]
PLACES = ["region_code", "region_name", "old_la_code", "new_la_code", "la_name"]
ENGLAND = ["National", "E92000001", "England", "", "", "", "", ""]
NORTH_EAST = ["Regional", "E92000001", "England", "E12000001", "North East", "", "", ""]
BARNSLEY = [
    "Local authority",
    "E92000001",
    "England",
    "E12000003",
    "Yorkshire and The Humber",
    "370",
    "E08000016",
    "Barnsley",
]
KENT = ["Local authority", "E92000001", "England", "E12000008", "South East", "886", "E10000016", "Kent"]

Make = Callable[..., Path]


def row(place: list[str], *cells: object, period: str = "2031", identifier: str = "Reporting year") -> list[object]:
    return [period, identifier, *place, *cells]


def found(loaded: Loaded) -> dict[tuple[str, str, str], Observation]:
    """(title of the measure, place, period) -> observation."""
    titles = {measure.key: measure.title for measure in loaded.measures}
    return {(titles[one.measure], one.place, one.period): one for one in loaded.observations}


def test_counts_and_rates_of_a_plain_file(make_csv: Make) -> None:
    path = make_csv(
        [
            [*TIME, *PLACES, "group", "children_count", "children_percent"],
            row(ENGLAND, "Total", "1,200", "100%"),
            row(NORTH_EAST, "Total", "c", "50%"),
            row(BARNSLEY, "Total", "12", "low"),
            row(BARNSLEY, "Boys", "0", ""),
        ],
        encoding="utf-8-sig",
    )
    assert recognise(path) == "ees"
    loaded = load(path)
    assert loaded.problems == ()
    values = found(loaded)
    assert len(values) == len(loaded.observations) == 8
    assert values["Children count", "E92000001", "2031"].value == 1200
    assert values["Children percent", "E12000001", "2031"].value == 50
    hidden = values["Children count", "E12000001", "2031"]
    assert (hidden.geography, hidden.value, hidden.reason, hidden.symbol) == ("region", None, "suppressed", "c")
    assert values["Children percent", "barnsley", "2031"].reason == "rounds_to_zero"
    zero = values["Children count: Boys", "barnsley", "2031"]
    assert (zero.geography, zero.value, zero.reason) == ("area", 0.0, None)
    assert values["Children percent: Boys", "barnsley", "2031"].reason == "missing"
    units = {measure.title: measure.unit for measure in loaded.measures}
    assert units["Children count"] == "number"
    assert units["Children percent"] == "%"


def test_a_series_keeps_its_key_in_the_next_release(make_csv: Make) -> None:
    headings = [*TIME, *PLACES, "group", "children_count"]
    first = load(make_csv([headings, row(KENT, "Total", 5), row(KENT, "5 and over", 4)]))
    shuffled = [*headings[:10], "children_count", "group"]
    second = load(
        make_csv(
            [
                shuffled,
                row(KENT, 6, "Total", period="2032"),
                row(KENT, 3, "5 and over", period="2032"),
                row(KENT, 1, "5 and under", period="2032"),
            ]
        )
    )
    keys = {measure.key for measure in first.measures}
    later = {measure.key for measure in second.measures}
    assert len(keys) == 2
    assert len(later) == 3
    assert keys < later


def test_other_columns_make_another_series(make_csv: Make) -> None:
    one = load(make_csv([[*TIME, *PLACES, "group", "children_count"], row(KENT, "Total", 5)]))
    other = load(make_csv([[*TIME, *PLACES, "phase", "children_count"], row(KENT, "Total", 5)]))
    assert {m.key for m in one.measures}.isdisjoint(m.key for m in other.measures)


def test_levels_below_the_council_are_left_out_with_a_count(make_csv: Make) -> None:
    path = make_csv(
        [
            [*TIME, *PLACES, "lad_code", "lad_name", "school_urn", "ward_code", "headcount"],
            row(KENT, "", "", "", "", 10),
            row(["Local authority district", *KENT[1:]], "E07000105", "Ashford", "", "", 1),
            row(["School", *KENT[1:]], "", "", "118000", "", 2),
            row(["School", *KENT[1:]], "", "", "118001", "", 3),
            row(["Ward", *KENT[1:]], "", "", "", "E05000001", 4),
        ]
    )
    loaded = load(path)
    assert [one.value for one in loaded.observations] == [10]
    assert loaded.problems == (
        "1 rows at geographic level 'Local authority district' left out",
        "2 rows at geographic level 'School' left out",
        "1 rows at geographic level 'Ward' left out",
    )


def test_a_file_of_schools_alone_gives_nothing_and_says_so(make_csv: Make) -> None:
    loaded = load(make_csv([[*TIME, *PLACES, "school_urn", "headcount"], row(["School", *KENT[1:]], "118000", 2)]))
    assert loaded.measures == ()
    assert list(loaded.observations) == []
    assert loaded.problems == ("1 rows at geographic level 'School' left out",)


def test_a_column_that_tells_of_the_place_alone_is_no_filter(make_csv: Make) -> None:
    def council(code: int) -> list[str]:
        return ["Local authority", "E92000001", "England", "", "", str(code), "", ""]

    rows = [
        row(council(code), "London borough" if code < 305 else "Other", group, code, period=str(year))
        for code in range(301, 314)
        for group in ("Boys", "Girls")
        for year in (2030, 2031)
    ]
    loaded = load(make_csv([[*TIME, *PLACES, "la_type", "group", "headcount"], *rows]))
    assert {measure.dimensions for measure in loaded.measures} == {(("group", "Boys"),), (("group", "Girls"),)}
    assert loaded.problems == ("column 'la_type' says something of the place alone: not read",)
    assert len(loaded.observations) == 52


def test_a_blank_column_is_told_and_one_without_a_heading_is_none(make_csv: Make) -> None:
    loaded = load(make_csv([["", *TIME, *PLACES, "rate", "headcount", ""], ["1", *row(KENT, "", 5), ""]]))
    assert [one.value for one in loaded.observations] == [5]
    assert loaded.problems == ("column 'rate' is blank: not read",)


def test_a_council_is_told_by_whatever_code_or_name_there_is(make_csv: Make) -> None:
    def council(old: str, new: str, name: str) -> list[str]:
        return ["Local authority", "E92000001", "England", "", "", old, new, name]

    loaded = load(
        make_csv(
            [
                [*TIME, *PLACES, "headcount"],
                row(council("", "E10000016", "x"), 1, period="2011"),
                row(council("886.0", "z", "Kent"), 2, period="2012"),
                row(council("x", "", "Dorset"), 3, period="2018"),
                row(council("z", "x", "Dorset"), 4, period="2021"),
                row(council("999", "E06999999", "Atlantis"), 5, period="2021"),
                row(council("999", "E06999999", "Atlantis"), 6, period="2022"),
            ]
        )
    )
    assert [(one.place, one.value) for one in loaded.observations] == [
        ("kent", 1),
        ("kent", 2),
        ("dorset-county", 3),
        ("dorset", 4),
    ]
    assert loaded.problems == ("no area is known as 'E06999999 / 999 / Atlantis': 2 rows left out",)


def test_single_years_of_age_are_a_filter_because_rows_need_them(make_csv: Make) -> None:
    rows: list[list[object]] = [[*TIME, *PLACES, "years_old", "headcount"]]
    for year in range(2020, 2030):
        for place in (ENGLAND, BARNSLEY, KENT):
            rows.extend(row(place, age, 100 * year + age, period=str(year)) for age in (10, 11, 12))
    loaded = load(make_csv(rows))
    assert {measure.dimensions for measure in loaded.measures} == {(("years_old", str(age)),) for age in (10, 11, 12)}
    assert len(loaded.observations) == 90


def test_ages_with_a_total_among_them_are_a_filter(make_csv: Make) -> None:
    rows: list[list[object]] = [[*TIME, *PLACES, "years_old", "headcount"]]
    for place in (ENGLAND, BARNSLEY, KENT):
        rows.extend(row(place, age, 7) for age in ("5", "6", "7", "Total"))
    loaded = load(make_csv(rows))
    assert len(loaded.measures) == 4
    assert "Headcount" in {measure.title for measure in loaded.measures}


def test_whole_numbers_that_rows_do_not_need_are_figures(make_csv: Make) -> None:
    loaded = load(
        make_csv([[*TIME, *PLACES, "starters", "leavers"], row(ENGLAND, 10, 12), row(BARNSLEY, 1, 2), row(KENT, 1, 3)])
    )
    assert {measure.title for measure in loaded.measures} == {"Starters", "Leavers"}


def test_a_doubled_row_counts_once_and_a_contradiction_is_told(make_csv: Make) -> None:
    rows: list[list[object]] = [[*TIME, *PLACES, "group", "headcount"]]
    rows.extend(row(KENT, "Total", year, period=str(year)) for year in range(2010, 2030))
    rows.append(row(KENT, "Total", 2010, period="2010"))
    rows.append(row(KENT, "Total", 1, period="2011"))
    loaded = load(make_csv(rows))
    assert [one.value for one in loaded.observations] == list(range(2010, 2030))
    assert len(loaded.observations) == 20
    told = " ".join(loaded.problems)
    assert "1 rows stand in the file a second time" in told
    assert "1 rows give other figures" in told


def test_terms_and_quarters_do_not_fall_together(make_csv: Make) -> None:
    headings = [*TIME, *PLACES, "absence_rate"]
    loaded = load(
        make_csv(
            [
                headings,
                row(KENT, 4.1, period="202930", identifier="Autumn term"),
                row(KENT, 4.2, period="202930", identifier="Spring term"),
            ]
        )
    )
    assert [(one.period, one.year, one.value) for one in loaded.observations] == [
        ("202930 Autumn term", 2029, 4.1),
        ("202930 Spring term", 2030, 4.2),
    ]


def test_an_excel_file_in_windows_1252_is_read(make_csv: Make) -> None:
    loaded = load(make_csv([[*TIME, *PLACES, "group", "headcount"], row(KENT, "Café – noon", 5)], encoding="cp1252"))
    assert loaded.measures[0].dimensions == (("group", "Café – noon"),)


@pytest.mark.parametrize(
    ("headings", "cells", "message"),
    [
        (["time_period", "identifier", *TIME[2:]], ["2031", "Reporting year", *ENGLAND[:3], "5"], "time_identifier"),
        (TIME, ["203132x", "Reporting year", *ENGLAND[:3], "5"], "'203132x'"),
        (TIME, ["2031", "Moon year", *ENGLAND[:3], "5"], "'Moon year'"),
        (TIME, ["2031", "Reporting year", "Continental", "E92000001", "England", "5"], "Continental"),
    ],
)
def test_a_changed_layout_is_refused_with_what_was_found(
    make_csv: Make, headings: list[str], cells: list[str], message: str
) -> None:
    with pytest.raises(LayoutChangedError, match=r"expected .*; found ") as refused:
        load(make_csv([[*headings, "headcount"], cells]))
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_unknown_symbol_refuses_the_file(make_csv: Make) -> None:
    rows = [row(KENT, f"{year / 7:.3f}", period=str(year)) for year in range(2010, 2030)]
    rows.append(row(KENT, "qq", period="2031"))
    with pytest.raises(LayoutChangedError, match=r"column 'rate': expected numbers .*; found 'qq'"):
        load(make_csv([[*TIME, *PLACES, "rate"], *rows]))


def test_a_file_with_headings_alone_is_refused(make_csv: Make) -> None:
    with pytest.raises(LayoutChangedError, match="no rows"):
        load(make_csv([[*TIME, *PLACES, "headcount"]]))


def test_a_row_with_a_cell_too_many_is_refused(make_csv: Make) -> None:
    with pytest.raises(LayoutChangedError, match="as many cells as there are headings"):
        load(make_csv([[*TIME, *PLACES, "headcount"], [*row(KENT, 1), "extra"]]))


def test_a_file_changed_while_it_is_read_is_noticed(make_csv: Make) -> None:
    path = make_csv([[*TIME, *PLACES, "headcount"], row(KENT, 1)])
    loaded = load(path)
    path.write_bytes(path.read_bytes() + b"\r\n")
    with pytest.raises(LayoutChangedError, match="changed since"):
        list(loaded.observations)


def test_observations_stream_as_batches_of_one_schema(make_csv: Make) -> None:
    loaded = load(make_csv([[*TIME, *PLACES, "a_count", "b_count"], row(KENT, 1, "c"), row(BARNSLEY, 2, 3)]))
    table = loaded.observations.reader().read_all()
    names = ["measure", "geography", "place", "period", "year", "value", "reason", "symbol"]
    assert table.schema.names == names
    assert table.num_rows == len(loaded.observations) == 4
    assert [Observation(**item) for item in table.to_pylist()] == list(loaded.observations)


FIGURES = st.one_of(
    st.integers(0, 10**6).map(str), st.sampled_from(["z", "x", "c", "low", "k", "u", ":", "~", "", "1,024", "7.5%"])
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["Total", "Boys", "Girls"]), st.integers(2010, 2030), st.sampled_from(["kent", "barnsley"])
        ),
        st.tuples(FIGURES, FIGURES),
        min_size=1,
        max_size=30,
    )
)
def test_every_cell_of_a_tidy_file_comes_out_once(
    make_csv: Make, cells: dict[tuple[str, int, str], tuple[str, str]]
) -> None:
    places = {"kent": KENT, "barnsley": BARNSLEY}
    rows = [row(places[place], group, *pair, period=str(year)) for (group, year, place), pair in cells.items()]
    path = make_csv([[*TIME, *PLACES, "group", "children_count", "other_count"], *rows, row(KENT, "Spare", 0.5, 0.5)])
    loaded = load(path)
    dimensions = {measure.key: (measure.key.split("/")[2], dict(measure.dimensions)) for measure in loaded.measures}
    seen = {}
    for one in loaded.observations:
        name, filters = dimensions[one.measure]
        seen[filters["group"], one.year, one.place, name] = one
    assert len(seen) == 2 * len(cells) + 2
    for (group, year, place), pair in cells.items():
        for name, text in zip(("children-count", "other-count"), pair, strict=True):
            one = seen[group, year, place, name]
            assert (one.value is None) == (one.reason is not None)
            assert one.symbol in (None, text)
            if text.isdecimal():
                assert one.value == float(text)


def test_reporting_years_place_a_council_by_its_last_day() -> None:
    """The rule by which a name that two councils bore is told (Dorset): on 31 March 2019 it was the county's."""
    from joinedup.areas import find_area

    assert find_area("Dorset", on=dt.date(2019, 3, 31)).slug == "dorset-county"
    assert find_area("Dorset", on=dt.date(2020, 3, 31)).slug == "dorset"


def test_one_bad_cell_is_named_where_it_leaves_no_column_of_figures(make_csv: Make) -> None:
    path = make_csv([[*TIME, *PLACES, "headcount"], row(ENGLAND, "1"), row(KENT, "2"), row(BARNSLEY, "=cmd")])
    with pytest.raises(LayoutChangedError, match=r"column 'headcount': expected numbers and known symbols.*'=cmd'"):
        load(path)


def test_rows_that_contradict_each_other_are_the_cause_that_is_told(make_csv: Make) -> None:
    path = make_csv([[*TIME, *PLACES, "headcount"], row(ENGLAND, "1"), row(BARNSLEY, "7"), row(BARNSLEY, "9")])
    with pytest.raises(LayoutChangedError, match="1 of 3 rows that give other figures for what an earlier row told"):
        load(path)


def test_codes_of_two_areas_in_one_row_are_a_problem(make_csv: Make) -> None:
    doncasters = [*BARNSLEY[:5], "371", *BARNSLEY[6:]]
    path = make_csv([[*TIME, *PLACES, "headcount"], row(doncasters, "1"), row(doncasters, "2", period="2032")])
    assert load(path).problems == (
        "E08000016 is the code of barnsley and 371 of doncaster, in one row: taken as barnsley",
    )
