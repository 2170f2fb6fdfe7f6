"""Small official files of our own figures, made in the layouts of the real ones."""

import csv
import datetime as dt
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

Rows = Sequence[Sequence[object]]
MakeWorkbook = Callable[[Mapping[str, Rows]], Path]

STATE = [
    "Web link",
    "Local authority area code",
    "Local authority name",
    "Ofsted region",
    "Inspection date",
    "Publication date",
    "Overall effectiveness",
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
]
GOOD, RI = "Good", "Requires improvement to be good"


def _in_year() -> list[str]:
    headings = [*STATE, "Visit Theme"]
    headings[3], headings[4] = "Region", "Inspection/Visit date"
    headings.insert(6, "Inspection/Visit type")
    return headings


def _history() -> list[str]:
    headings = list(STATE)
    headings.insert(3, "Local authority status")
    headings.insert(7, "Inspection type")
    return headings


@pytest.fixture
def outcomes() -> dict[str, list[list[object]]]:
    """The sheets of an outcomes workbook as at 31 March 2031: Barnsley, Dorset, a former council, two visits."""
    link = "Ofsted Local Authority Webpage"
    day = dt.date
    barnsley = [link, "E08000016", "Barnsley"]
    dorset = [link, "E06000059", "Dorset"]
    return {
        "Cover": [["Local authority inspection outcomes as at 31 March 2031", ""], ["Section", "Detail"]],
        "Inspections_as_at_31_March": [
            ["Local authority inspection judgements as at 31 March 2031"],
            ["This worksheet contains one table."],
            list(STATE),
            [*barnsley, "North East", day(2030, 5, 13), day(2030, 7, 1), "Outstanding", GOOD, RI, GOOD, "Inadequate"],
            [*dorset, "South West", day(2028, 9, 4), day(2028, 10, 20), GOOD, GOOD, GOOD, RI, ""],
        ],
        "In-year_inspections": [
            ["Local authority in-year inspection activity 2030-31"],
            _in_year(),
            [
                *barnsley,
                "North East",
                day(2030, 5, 13),
                day(2030, 7, 1),
                "ILACS Short Inspection",
                "Outstanding",
                GOOD,
                RI,
                GOOD,
                "Inadequate",
                "",
            ],
            [
                *dorset,
                "South West",
                day(2030, 11, 5),
                day(2030, 12, 9),
                "ILACS Focused Visit",
                "",
                "",
                "",
                "",
                "",
                "Front door",
            ],
        ],
        "ILACS_inspection_history": [
            ["ILACS inspection history from 2018-2031"],
            ["A note."],
            [],
            _history(),
            [
                *barnsley,
                "Current",
                "North East",
                day(2030, 5, 13),
                day(2030, 7, 1),
                "ILACS Short Inspection",
                "Outstanding",
                GOOD,
                RI,
                GOOD,
                "Inadequate",
            ],
            [
                *dorset,
                "Current",
                "South West",
                day(2028, 9, 4),
                day(2028, 10, 20),
                "ILACS Standard Inspection",
                GOOD,
                GOOD,
                GOOD,
                RI,
                "",
            ],
            [
                link,
                "E06000028",
                "Bournemouth",
                "No longer exists",
                "South West",
                day(2018, 7, 16),
                day(2018, 8, 24),
                "ILACS Standard Inspection",
                RI,
                "Inadequate",
                RI,
                RI,
                "",
            ],
        ],
    }


@pytest.fixture
def make_ods(tmp_path: Path) -> MakeWorkbook:
    """Writes sheets as an OpenDocument spreadsheet."""

    def make(sheets: Mapping[str, Rows]) -> Path:
        tables = "".join(
            f"<table:table table:name={quoteattr(name)}>"
            + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
            + "</table:table>"
            for name, rows in sheets.items()
        )
        return write_ods(tmp_path / "workbook.dat", tables)

    return make


def write_ods(path: Path, tables: str) -> Path:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    spaces = " ".join(f'xmlns:{key}="{value}"' for key, value in names.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _ods_cell(cell: object) -> str:
    if cell == "" or cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell:%Y-%m-%d}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


@pytest.fixture
def make_xlsx(tmp_path: Path) -> MakeWorkbook:
    """Writes sheets as an Office Open XML spreadsheet."""

    def make(sheets: Mapping[str, Rows]) -> Path:
        path = tmp_path / "workbook.bin"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006"
        numbers = range(1, len(sheets) + 1)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="{package}/content-types">'
                '<Default Extension="xml" ContentType="application/xml"/></Types>',
            )
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{package}/relationships">'
                f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            )
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                + "".join(
                    f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
                    for n, name in zip(numbers, sheets, strict=True)
                )
                + "</sheets></workbook>",
            )
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                f'<Relationships xmlns="{package}/relationships">'
                + "".join(
                    f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                    for n in numbers
                )
                + f'<Relationship Id="rId99" Type="{office}/styles" Target="styles.xml"/></Relationships>',
            )
            archive.writestr(
                "xl/styles.xml",
                f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
            )
            for n, rows in zip(numbers, sheets.values(), strict=True):
                cells = "".join(
                    f'<row r="{r}">{"".join(_xlsx_cell(f"{_letter(c)}{r}", cell) for c, cell in enumerate(row))}</row>'
                    for r, row in enumerate(rows, 1)
                )
                archive.writestr(
                    f"xl/worksheets/sheet{n}.xml",
                    f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
                )
        return path

    return make


def _letter(index: int) -> str:
    return ("" if index < 26 else chr(64 + index // 26)) + chr(65 + index % 26)


def _xlsx_cell(place: str, cell: object) -> str:
    if cell == "" or cell is None:
        return ""
    if isinstance(cell, dt.date):
        return f'<c r="{place}" s="1"><v>{(cell - dt.date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'


@pytest.fixture
def make_csv(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows of cells as comma-separated values, in any encoding, under a name that tells nothing."""

    def make(rows: Rows, *, encoding: str = "utf-8", newline: str = "\r\n") -> Path:
        path = tmp_path / "figures.txt"
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, lineterminator=newline).writerows(rows)
        return path

    return make


@pytest.fixture
def official(shared_data: Path) -> Path:
    """The folder of official statistics as published."""
    return shared_data / "official"
