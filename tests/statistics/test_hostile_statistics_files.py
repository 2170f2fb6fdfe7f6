"""Files that are broken, or made to do harm, are refused with a reason, in bounded memory."""

import contextlib
import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from joinedup.statistics import (
    LayoutChangedError,
    NotRecognisedError,
    StatisticsError,
    load,
    recognise,
    workbook_bounds,
)

EES = "time_period,time_identifier,geographic_level,country_code,country_name,headcount\n"
ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
XLSX_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def make(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "figures.csv"
        path.write_bytes(content)
        return path

    return write


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def ods(tables: str) -> bytes:
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": (
                f"<office:document-content {ODS_SPACES}><office:body><office:spreadsheet>{tables}"
                "</office:spreadsheet></office:body></office:document-content>"
            ).encode(),
        }
    )


def ods_cell(text: str, repeat: int) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeat}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7\n%...", "a PDF"),
        (b"\x1f\x8b\x08\x00junk", "a gzip archive"),
        (b"\xff\xfet\x00i\x00m\x00e\x00", "UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"a,b\n1,2\x00\n", "a binary file"),
        (b"PAR1 and then nothing", "a Parquet file that is damaged"),
        (b"PK\x03\x04 and then nothing", "a zip archive"),
        (b"<!DOCTYPE html><html>a,b</html>", "looked for"),
        (b"name,amount\na,1\n", "looked for"),
        (EES.encode() + b"\x81\x8d\n", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_no_statistics_file_is_refused_with_the_reason(
    make: Callable[[bytes], Path], content: bytes, reason: str
) -> None:
    path = make(content)
    with pytest.raises(NotRecognisedError) as refused:
        load(path)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_spreadsheet_that_was_cut_short_or_is_none_is_refused_with_a_remedy(make: Callable[[bytes], Path]) -> None:
    whole = ods('<table:table table:name="a"><table:table-row>' + ods_cell("a", 1) + "</table:table-row></table:table>")
    broken = zipped({"xl/workbook.xml": b"no workbook", "[Content_Types].xml": b"<Types/>"})
    for content in (whole[: len(whole) // 2], broken, zipped({"note.txt": b"no table"})):
        with pytest.raises(NotRecognisedError, match="download it again"):
            load(make(content))


def test_one_endless_line_is_refused(make: Callable[[bytes], Path]) -> None:
    path = make(EES.encode() + b"2031,Reporting year,National,E92000001," + b"x" * (3 << 20))
    with pytest.raises(NotRecognisedError, match="a line longer than 1 MB"):
        load(path)


def test_an_open_quote_that_swallows_the_file_is_refused(make: Callable[[bytes], Path]) -> None:
    lines = b"2031,Reporting year,National,E92000001,England,1\n" * 100_000
    path = make(EES.encode() + b'2031,Reporting year,National,E92000001,"England,1\n' + lines)
    with pytest.raises(StatisticsError) as refused:
        load(path)
    assert len(str(refused.value)) < 700


def test_a_hostile_cell_cannot_flood_the_message(make: Callable[[bytes], Path]) -> None:
    rows = "".join(f"{year},Reporting year,National,E92000001,England,{year}.5\n" for year in range(1990, 2030))
    word = "w\u202e" * 50_000
    path = make((EES + rows + f"2031,Reporting year,National,E92000001,England,{word}\n").encode())
    with pytest.raises(LayoutChangedError) as refused:
        load(path)
    assert len(str(refused.value)) <= 600
    assert "\u202e" not in str(refused.value)


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(
    make: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_bounds, "MOST_BYTES", 8 << 20)  # the same in a second instead of twenty
    path = make(zipped({"content.xml": b"<a>" + b" " * (9 << 20) + b"</a>"}))
    assert path.stat().st_size < 1 << 16
    with pytest.raises(NotRecognisedError, match="unpacks to more than 8 MB"):
        load(path)
    assert recognise(path) is None


@pytest.mark.parametrize(
    "tables",
    [
        # one filled cell, repeated over a million rows of a thousand columns
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        + ods_cell("x", 1024)
        + "</table:table-row></table:table>",
        # a cell in the last corner, below blank rows
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048575"/>'
        '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
        + ods_cell("x", 1)
        + "</table:table-row></table:table>",
        # a number of repeats that is none
        '<table:table table:name="a"><table:table-row>' + ods_cell("x", 10**30) + "</table:table-row></table:table>",
        # many sheets, each within the bound
        "".join(
            f'<table:table table:name="{n}"><table:table-row table:number-rows-repeated="1000000">'
            + ods_cell("x", 1)
            + "</table:table-row></table:table>"
            for n in range(10)
        ),
    ],
)
def test_a_spreadsheet_of_repeated_cells_is_refused(make: Callable[[bytes], Path], tables: str) -> None:
    with pytest.raises(NotRecognisedError, match=r"spans more than 4000000 cells|MB of text"):
        load(make(ods(tables)))


def test_a_long_text_repeated_in_many_cells_is_refused(make: Callable[[bytes], Path]) -> None:
    row = ods_cell("long " * 10_000, 10_000)
    path = make(ods(f'<table:table table:name="a"><table:table-row>{row}</table:table-row></table:table>'))
    with pytest.raises(NotRecognisedError, match="more than 256 MB of text"):
        load(path)


def test_blank_rows_to_the_end_of_the_sheet_are_harmless(make: Callable[[bytes], Path]) -> None:
    """As spreadsheets are really saved: formatted, blank cells down to the last row."""
    row = ods_cell("x", 1) + '<table:table-cell table:number-columns-repeated="16383"/>'
    blank = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    path = make(ods(f'<table:table table:name="a"><table:table-row>{row}</table:table-row>{blank}</table:table>'))
    with pytest.raises(NotRecognisedError, match="looked for"):
        load(path)


@pytest.mark.parametrize(
    ("sheet", "shared", "reason"),
    [
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "",
            "spans more",
        ),
        ('<row r="1"><c r="ZZZZZZZZZZ99999999999999"><v>1</v></c></row>', "", "spans more"),
        (
            '<row r="1">' + '<c r="A1" t="s"><v>0</v></c>' * 10_000 + "</row>",
            f"<si><t>{'x' * 30_000}</t></si>",
            "MB of text",
        ),
    ],
)
def test_an_office_spreadsheet_that_would_fill_the_memory_is_refused(
    make: Callable[[bytes], Path], sheet: str, shared: str, reason: str
) -> None:
    parts = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{XLSX_SPACE}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{XLSX_SPACE}">{shared}</sst>',
        "xl/workbook.xml": f'<workbook xmlns="{XLSX_SPACE}"/>',
    }
    with pytest.raises(NotRecognisedError, match=reason):
        load(make(zipped({name: text.encode() for name, text in parts.items()})))


def test_entities_that_multiply_are_refused(make: Callable[[bytes], Path]) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "0123456789">{levels}]><a>&e11;</a>'
    with pytest.raises(NotRecognisedError, match="damaged"):
        load(make(zipped({"content.xml": bomb.encode()})))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.integers(0, 2**32))
def test_a_damaged_file_is_refused_and_never_crashes(make: Callable[[bytes], Path], junk: bytes, seed: int) -> None:
    """Junk, and sound files with bytes changed: either a result or a refusal, whatever it is."""
    sound = [
        EES.encode() + b"2031,Reporting year,National,E92000001,England,5\n" * 5,
        ods('<table:table table:name="a"><table:table-row>' + ods_cell("x", 2) + "</table:table-row></table:table>"),
        _parquet(),
    ]
    chance = random.Random(seed)
    damaged = bytearray(chance.choice(sound))
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    for content in (junk, EES.encode() + junk, bytes(damaged)):
        path = make(content)
        recognise(path)
        with contextlib.suppress(StatisticsError):
            list(load(path).observations)


def _parquet() -> bytes:
    names = ["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]
    row = ["Short", "Long", "2030", "Barnsley", "1", "370", ""]
    stream = io.BytesIO()
    parquet.write_table(pa.table({name: [cell] * 3 for name, cell in zip(names, row, strict=True)}), stream)
    return stream.getvalue()


def test_the_name_of_a_file_says_nothing(make: Callable[[bytes], Path], tmp_path: Path) -> None:
    path = make(EES.encode() + b"2031,Reporting year,National,E92000001,England,5\n")
    for name in ("report.pdf", "table.ods", "bds_long_0.parquet", "no-extension"):
        other = tmp_path / name
        os.replace(path, other)
        path = other
        assert recognise(path) == "ees"
        assert len(load(path).observations) == 1
