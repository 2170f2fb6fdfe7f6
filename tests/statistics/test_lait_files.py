"""LAIT's long file and its dictionary meet under one key, whichever comes first."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from joinedup.statistics import LayoutChangedError, load, merge_measures, recognise

HEADINGS = ["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]
ROWS: list[list[str | None]] = [
    ["Low Birth", "Low birth weight", "2029", "Barnsley", "3.4000000000000004", "370", "Yorkshire and The Humber"],
    ["Low Birth", None, "2030", "Barnsley", "-", "370", "Yorkshire and The Humber"],
    ["Low Birth", None, "2030", "Dorset (Pre LG)", "-", "835", "South West"],
    ["Low Birth", None, "2030", "London (Inner)", "2.5", "987", "NA"],
    ["Low Birth", None, "2030", "Yorkshire and the Humber", "2", "982", "NA"],
    ["Low Birth", None, "2030", "England", "0", "970", "NA"],
    ["Spend", None, "2028-29 (OT)", "Barnsley", "-12.5", "370", "Yorkshire and The Humber"],
    ["Spend", None, "0", "Barnsley", "-", "370", "Yorkshire and The Humber"],
    ["Spend", None, "2029", "Atlantis", "1", "999", "NA"],
]
DICTIONARY = ["Measure_code", "Topic", "Measure", "Measure_short", "Polarity", "y_axis_name", "Description"]
MEASURES = [
    ["1", "Health", "Babies of low birth weight", "Low Birth", "Low", "% of births", "Babies under\n2,500 grams."],
    ["2", "Finance", "Spending", "Spend", "-", "NA", "NA"],
    ["2", "Other", "Spending again", "Spend", "High", "£", "Twice in the list"],
    ["3", "Finance", "Not in the data", "Absent", "High", "£", ""],
]


@pytest.fixture
def long_parquet(tmp_path: Path) -> Path:
    path = tmp_path / "any.bin"
    columns = {name: pa.array([row[index] for row in ROWS], pa.string()) for index, name in enumerate(HEADINGS)}
    columns["LA Number"] = pa.array([float(row[5] or 0) for row in ROWS])
    parquet.write_table(pa.table(columns), path, row_group_size=4)
    return path


def test_the_long_file_reads_alike_as_parquet_and_as_csv(long_parquet: Path, make_csv: Callable[..., Path]) -> None:
    text = make_csv([HEADINGS, *ROWS])
    assert recognise(long_parquet) == recognise(text) == "lait"
    one, other = load(long_parquet), load(text)
    assert list(one.observations) == list(other.observations)
    assert one.measures == other.measures
    assert one.problems == other.problems


def test_values_places_and_periods(long_parquet: Path) -> None:
    loaded = load(long_parquet)
    found = [(o.measure, o.geography, o.place, o.period, o.year, o.value, o.reason) for o in loaded.observations]
    assert found == [
        ("lait/Low Birth", "area", "barnsley", "2029", 2029, pytest.approx(3.4), None),
        ("lait/Low Birth", "area", "barnsley", "2030", 2030, None, "missing"),
        ("lait/Low Birth", "area", "dorset-county", "2030", 2030, None, "missing"),
        ("lait/Low Birth", "region", "E13000001", "2030", 2030, 2.5, None),
        ("lait/Low Birth", "region", "E12000003", "2030", 2030, 2.0, None),
        ("lait/Low Birth", "country", "E92000001", "2030", 2030, 0.0, None),
        ("lait/Spend", "area", "barnsley", "2028-29 (OT)", 2029, -12.5, None),
    ]
    assert {o.symbol for o in loaded.observations if o.value is None} == {"-"}
    assert loaded.problems == (
        "no area is known as '999 / Atlantis': 1 row left out",
        "1 rows of the period '0', which is none, left out",
    )


def test_the_dictionary_gives_polarity_topic_and_unit_in_either_order(
    long_parquet: Path, make_csv: Callable[..., Path]
) -> None:
    path = make_csv([DICTIONARY, *MEASURES])
    assert recognise(path) == "lait-dictionary"
    data, dictionary = load(long_parquet), load(path)
    measures = {measure.key: measure for measure in merge_measures([data, dictionary])}
    assert merge_measures([dictionary, data]) == merge_measures([data, dictionary])
    birth = measures["lait/Low Birth"]
    assert (birth.title, birth.polarity, birth.topic) == ("Babies of low birth weight", "low", "Health")
    assert (birth.unit, birth.description) == ("% of births", "Babies under 2,500 grams.")
    spend = measures["lait/Spend"]
    assert (spend.title, spend.polarity, spend.unit, spend.description) == ("Spending", None, None, None)


def test_without_the_dictionary_a_measure_has_the_best_name_that_the_data_give(long_parquet: Path) -> None:
    titles = {measure.key: measure.title for measure in load(long_parquet).measures}
    assert titles == {"lait/Low Birth": "Low birth weight", "lait/Spend": "Spend"}


def test_a_renamed_column_is_refused(make_csv: Callable[..., Path]) -> None:
    with pytest.raises(LayoutChangedError, match=r"expected a column 'values'; found columns .*'?figures"):
        load(make_csv([[*HEADINGS[:4], "Figures", *HEADINGS[5:]], *ROWS]))


def test_a_symbol_that_is_not_known_is_refused_before_anything_is_given(make_csv: Callable[..., Path]) -> None:
    with pytest.raises(
        LayoutChangedError, match="column 'values': expected a number or a known symbol; found '12 or so'"
    ):
        load(make_csv([HEADINGS, *ROWS, ["Spend", "", "2029", "Barnsley", "12 or so", "370", ""]]))


def test_an_unknown_polarity_is_refused(make_csv: Callable[..., Path]) -> None:
    with pytest.raises(LayoutChangedError, match="found 'Sideways'"):
        load(make_csv([DICTIONARY, ["1", "Health", "Measure", "Short", "Sideways", "%", "words"]]))
