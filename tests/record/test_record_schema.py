"""One declaration of the tables: what is stored, what a query sees and what the documents say all agree with it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from joinedup.attribution.jointly import BETWEEN
from joinedup.record.columns import KIND_WORDS, SQL_TYPES, arrow_schema, empty_select
from joinedup.record.export import exported
from joinedup.record.reference import as_markdown
from joinedup.record.schema import POST_AFTER, TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "record.md"


def test_the_reference_page_is_what_the_schema_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(), "docs/reference/record.md is old: run `make docs`"


@pytest.mark.parametrize("name", TABLES)
def test_what_is_written_is_what_a_query_sees(name: str) -> None:
    table = TABLES[name]
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE empty AS {empty_select(table)}")
        engine.register("written", arrow_schema(table).empty_table())
        declared = {row[0]: row[1] for row in engine.execute("DESCRIBE empty").fetchall()}
        written = {row[0]: row[1] for row in engine.execute("DESCRIBE SELECT * FROM written").fetchall()}
    moments = {column.name for column in table.columns if column.kind == "moment"}
    assert {k: v for k, v in declared.items() if k not in moments} == {
        k: v for k, v in written.items() if k not in moments
    }
    assert {written[name] for name in moments} <= {"TIMESTAMP WITH TIME ZONE"}  # a query sees UTC without the zone


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_told_in_words_and_its_key_is_never_empty(name: str) -> None:
    table = TABLES[name]
    needed = {column.name for column in table.columns if column.needed}
    assert set(table.key) <= needed
    assert "load" in needed
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning and not column.meaning.endswith(".") for column in table.columns)


def test_every_kind_of_column_has_a_type_and_words() -> None:
    used = {column.kind for table in TABLES.values() for column in table.columns}
    assert used == set(SQL_TYPES) == set(KIND_WORDS)


def test_columns_that_may_be_empty_may_be_empty_in_what_is_written() -> None:
    for table in TABLES.values():
        schema: pa.Schema = arrow_schema(table)
        assert [not field.nullable for field in schema] == [column.needed for column in table.columns]


def test_what_is_given_out_leaves_out_who_made_a_correction_and_nothing_else() -> None:
    for name, table in TABLES.items():
        given = {column.name for column in exported(name)}
        assert set(table.names) - given == ({"corrected_by"} if name == "corrections" else set())
    assert {column.name for column in TABLES["corrections"].columns if column.withheld} == {"corrected_by"}


def test_the_reference_page_says_what_is_withheld() -> None:
    (line,) = [line for line in as_markdown().splitlines() if line.startswith("| `corrected_by`")]
    assert "*withheld*" in line


def test_the_parts_of_what_decided_an_agency_are_parted_as_attribution_parts_them() -> None:
    assert POST_AFTER == BETWEEN
