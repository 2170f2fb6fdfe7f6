"""What the tests of the frameworks share: a file to spoil, and the official history of grades."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from joinedup.frameworks.files import FOLDER

GRADES = {
    "Outstanding": "outstanding",
    "Good": "good",
    "Requires improvement to be good": "requires_improvement",
    "Inadequate": "inadequate",
}


@pytest.fixture
def spoil(tmp_path: Path) -> Callable[..., Path]:
    """A copy of one framework's file with one passage changed."""

    def make(id_: str, old: str, new: str) -> Path:
        text = (FOLDER / f"{id_}.toml").read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {id_}.toml"
        path = tmp_path / f"{id_}.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return make


@pytest.fixture(scope="session")
def history_2009_2023(shared_data: Path) -> list[dict[str, object]]:
    """Rows of Ofsted's wide sheet of every inspection 2009-2023, by column title; both of its tables."""
    book = CalamineWorkbook.from_path(
        shared_data / "official" / "Childrens_social_care_in_England_2023_underlying_data.ods"
    )
    rows = book.get_sheet_by_name("LA_inspections_2009-2023").to_python()
    titles = [" ".join(str(cell).split()) for cell in next(row for row in rows if row[0] == "Web link")]
    return [
        dict(zip(titles, row, strict=True)) for row in rows if str(row[0]).startswith("Ofsted Local Authority Webpage")
    ]


@pytest.fixture(scope="session")
def history_ilacs(shared_data: Path) -> list[tuple[dt.date, dict[str, str]]]:
    """First day and grades of each short and standard inspection 2018-2025 in Ofsted's outcomes file."""
    book = CalamineWorkbook.from_path(shared_data / "official" / "LA_Inspection_Outcomes_as_at_31_March_2025.ods")
    rows = book.get_sheet_by_name("ILACS_inspection_history").to_python()
    columns = {"overall": 8, "leaders": 9, "help_and_protection": 10, "in_care": 11, "care_leavers": 12}
    found = []
    for row in rows:
        begin = row[5]
        if isinstance(begin, dt.datetime):
            grades = {key: GRADES[str(row[at])] for key, at in columns.items() if row[at] in GRADES}
            found.append((begin.date(), grades))
    return found
