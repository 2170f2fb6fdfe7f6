"""Tables as files: what a spreadsheet shows is what stood in the table, and never a formula."""

import csv
import datetime as dt
import io
import zipfile

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from joinedup.documents.spreadsheets import WRITERS, write_csv, write_parquet, write_xlsx

DANGEROUS = ("=1+1", "+44", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.org")')
COLUMNS = ("words", "page", "sure", "day", "nothing")


def row(words, **more):
    return {"words": words, "page": 3, "sure": 0.5, "day": dt.date(2024, 5, 1), "nothing": None} | more


def made(write, rows, columns=COLUMNS):
    file = io.BytesIO()
    write(file, rows, columns)
    return file


def as_csv(rows):
    return list(csv.DictReader(io.StringIO(made(write_csv, rows).getvalue().decode("utf-8"), newline="")))


@pytest.mark.parametrize("words", DANGEROUS)
def test_csv_marks_as_text_what_a_spreadsheet_would_take_for_a_formula(words):
    (found,) = as_csv([row(words)])

    assert found["words"] == "'" + words


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_no_text_begins_a_csv_cell_with_a_sign_of_a_formula(words):
    (found,) = as_csv([row(words)])

    assert not found["words"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert found["words"].removeprefix("'") == words.removeprefix("'")


def test_numbers_stay_numbers_in_csv():
    (found,) = as_csv([row("plain", page=-3, sure=-0.5)])

    assert (found["page"], found["sure"], found["day"], found["nothing"]) == ("-3", "-0.5", "2024-05-01", "")


@pytest.mark.parametrize("words", DANGEROUS)
def test_xlsx_holds_texts_and_no_formula(words):
    file = made(write_xlsx, [row(words)])
    with zipfile.ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode("utf-8")

    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    (header, found) = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()
    assert tuple(header) == COLUMNS
    assert found[0].replace("_x000D_", "\r") == words


def test_xlsx_keeps_numbers_and_days():
    file = made(write_xlsx, [row("plain", page=-3), row("a" * 40_000)])
    _, first, second = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()

    assert first == ["plain", -3, 0.5, dt.date(2024, 5, 1), ""]
    assert len(second[0]) == 32_767


def test_parquet_keeps_every_value_and_its_type():
    table = pyarrow.parquet.read_table(io.BytesIO(made(write_parquet, [row("=1+1"), row(None)]).getvalue()))

    assert table.to_pylist() == [row("=1+1"), row(None)]
    assert [str(field.type) for field in table.schema] == ["string", "int64", "double", "date32[day]", "string"]


def test_parquets_columns_have_their_types_whatever_the_rows_hold():
    columns = ("text", "published", "page", "confidence")
    full = {"text": "plain", "published": dt.date(2024, 5, 1), "page": 3, "confidence": 0.5}
    types = {
        tuple(str(field.type) for field in pyarrow.parquet.read_schema(io.BytesIO(table.getvalue())))
        for table in (made(write_parquet, rows, columns) for rows in ([full], [dict.fromkeys(columns)], []))
    }

    assert types == {("string", "date32[day]", "int64", "double")}


@pytest.mark.parametrize("kind", list(WRITERS))
def test_a_table_without_rows_still_has_its_columns(kind):
    file = made(WRITERS[kind], [])

    if kind == "csv":
        assert file.getvalue().decode() == ",".join(COLUMNS) + "\r\n"
    elif kind == "parquet":
        assert tuple(pyarrow.parquet.read_table(io.BytesIO(file.getvalue())).column_names) == COLUMNS
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()
        assert [tuple(one) for one in rows] == [COLUMNS]
