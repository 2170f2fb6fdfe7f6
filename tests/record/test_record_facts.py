"""The facts that come with the package: what was printed of them, that each has its source, and how they are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from joinedup.areas import areas, regions
from joinedup.frameworks import frameworks
from joinedup.record import Record, Steps, open_record
from joinedup.record.facts import FOLDER
from joinedup.record.headlines import HEADLINES

Ask = Callable[..., Any]

GRADED = ("slac", "cpi", "tlac", "sif", "ilacs")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return open_record(tmp_path / "nowhere")


def _rows(record: Record, sql: str, **values: Any) -> list[dict[str, Any]]:
    return record.ask(Steps().step("answer", sql), **values).rows


def test_the_press_printed_these_figures_of_november_2016(record: Record) -> None:
    found = _rows(
        record,
        "SELECT grades['overall'] AS grade, count(*) AS n, count(DISTINCT area) AS areas FROM inspections "
        "WHERE framework = 'sif' AND published <= $day GROUP BY grade",
        day=dt.date(2016, 11, 16),
    )
    assert {row["grade"]: (row["n"], row["areas"]) for row in found} == {
        "inadequate": (26, 25),  # Slough, twice
        "requires_improvement": (54, 54),
        "good": (28, 28),
        "outstanding": (2, 2),
    }


@pytest.mark.parametrize(
    ("framework", "least"), [("slac", 152), ("cpi", 50), ("tlac", 5), ("sif", 170), ("ilacs", 400)]
)
def test_every_framework_of_the_series_is_there(record: Record, one_value: Ask, framework: str, least: int) -> None:
    assert one_value(record, "SELECT count(*) FROM inspections WHERE framework = $name", name=framework) >= least


def test_no_inspection_stands_twice(record: Record) -> None:
    twice = "SELECT id FROM inspections GROUP BY id HAVING count(*) > 1"
    assert _rows(record, twice) == []
    alike = (
        "SELECT area, framework, visit, published FROM inspections WHERE published IS NOT NULL "
        "GROUP BY ALL HAVING count(*) > 1"
    )
    assert _rows(record, alike) == []


def test_every_fact_is_of_a_known_area_and_a_known_judgement(record: Record) -> None:
    known = {area.slug for area in areas()}
    for table, column in (("inspections", "area"), ("neighbours", "area"), ("neighbours", "neighbour")):
        named = {row["place"] for row in _rows(record, f"SELECT DISTINCT {column} AS place FROM {table}")}
        assert named <= known, (table, column)
    keys = {judgement.key for framework in frameworks() for judgement in framework.judgements}
    sql = "SELECT DISTINCT unnest(map_keys(grades)) AS key FROM inspections WHERE list_contains($families, framework)"
    assert {row["key"] for row in _rows(record, sql, families=list(GRADED))} <= keys
    sql = "SELECT DISTINCT unnest(map_values(grades)) AS grade FROM inspections"
    grades = {"outstanding", "good", "requires_improvement", "inadequate"}
    assert {row["grade"] for row in _rows(record, sql)} == grades


@pytest.mark.parametrize("table", ["inspections", "neighbours", "measures", "observations"])
def test_every_fact_has_its_source(record: Record, one_value: Ask, table: str) -> None:
    assert one_value(record, f"SELECT count(*) FROM {table}") > 0
    sql = f"SELECT count(*) FROM {table} ANTI JOIN loads USING (load)"
    assert one_value(record, sql) == 0
    sql = f"SELECT bool_and(bundled AND file <> '' AND title <> '') FROM loads SEMI JOIN {table} USING (load)"
    assert one_value(record, sql) is True


def test_a_load_says_how_many_rows_it_brought(record: Record) -> None:
    counted: dict[str, int] = {}
    for table in ("inspections", "neighbours", "measures", "observations"):
        for row in _rows(record, f"SELECT load, count(*) AS n FROM {table} GROUP BY load"):
            counted[row["load"]] = counted.get(row["load"], 0) + row["n"]
    assert {row["load"]: row["rows"] for row in _rows(record, "SELECT load, rows FROM loads")} == counted


def test_each_area_has_ten_neighbours_in_each_edition(record: Record) -> None:
    found = _rows(record, "SELECT edition, area, list(rank ORDER BY rank) AS ranks FROM neighbours GROUP BY ALL")
    assert {row["edition"] for row in found} == {"2021", "2025"}
    assert all(row["ranks"] == list(range(1, 11)) for row in found)


def test_the_headline_measures_are_told_for_areas_regions_and_england(record: Record) -> None:
    measures = {row["key"] for row in _rows(record, "SELECT key FROM measures")}
    assert measures == set(HEADLINES)
    found = _rows(
        record,
        "SELECT measure, count(DISTINCT place) FILTER (geography = 'area') AS areas, "
        "count(DISTINCT place) FILTER (geography = 'region') AS regions, "
        "count(DISTINCT place) FILTER (geography = 'country') AS countries, max(year) AS newest "
        "FROM observations GROUP BY measure",
    )
    assert len(found) == len(HEADLINES)
    for row in found:
        assert row["areas"] >= 150, row
        assert row["regions"] >= 9, row
        assert row["countries"] == 1, row
        assert row["newest"] >= 2024, row


def test_an_observation_has_a_value_or_the_reason_why_not(record: Record, one_value: Ask) -> None:
    assert one_value(record, "SELECT count(*) FROM observations WHERE (value IS NULL) = (reason IS NULL)") == 0
    twice = "SELECT measure, geography, place, period FROM observations GROUP BY ALL HAVING count(*) > 1"
    assert _rows(record, twice) == []
    told = _rows(record, "SELECT DISTINCT place FROM observations WHERE geography = 'region'")
    places = {row["place"] for row in told}
    assert {region.code for region in regions()} <= places


def test_the_facts_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


def test_no_sentence_is_bundled(record: Record, one_value: Ask) -> None:
    assert one_value(record, "SELECT count(*) FROM measures WHERE description IS NOT NULL") == 0
    for table in ("reports", "findings", "judgements"):
        assert one_value(record, f"SELECT count(*) FROM {table}") == 0


@pytest.mark.corpus
@pytest.mark.slow
def test_the_bundled_facts_are_what_the_loaders_make_of_the_official_files(shared_data: Path, tmp_path: Path) -> None:
    from joinedup.record.bundle import bundle

    bundle(shared_data / "official", tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert made.keys() == kept.keys()
    old = [name for name in made if made[name] != kept[name]]
    assert old == [], "run: python -m joinedup.record.bundle FOLDER"
