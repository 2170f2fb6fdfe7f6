"""What the record's tests share: reports made by hand, small statistics files of real layouts, a record's content."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from joinedup.reading.model import AreaRef, Box, Item, JudgementRead, Problem, Report, Statement
from joinedup.record import Record, Steps
from joinedup.record.adding import add_counted, ensure
from joinedup.record.attributed import attribute
from joinedup.record.location import locate
from joinedup.record.rows import report_addition

MONDAY = dt.date(2025, 3, 3)


def _report(name: str = "one", **changes: Any) -> Report:
    """A joint inspection's letter on a fictional area; the file's content is its name."""
    values: dict[str, Any] = {
        "file": f"{name}.pdf",
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "pages": 9,
        "framework": "jtai",
        "visit": None,
        "area": AreaRef("Ashmere", "ashmere", "X01", "X06000001"),
        "start": MONDAY,
        "end": MONDAY + dt.timedelta(days=4),
        "published": dt.date(2025, 4, 14),
        "inspectorates": ("Ofsted", "CQC"),
        "judgements": (JudgementRead("overall", "Overall effectiveness", None, 1),),
        "priority_actions": (Item("priority_action", f"The lamp lighters of {name} must act now.", 2),),
        "improvements": (
            Item(
                "improvement",
                f"How quickly messages about {name} are answered.",
                2,
                boxes=(Box(2, 1.0, 2.0, 3.0, 4.0),),
            ),
            Item("improvement", "The boats' timetable.", 3),
        ),
        "statement": Statement("Ashmere Council", dt.date(2025, 7, 25), 8),
        "problems": (Problem("a page is upside down", 4),),
        "fictional": True,
    }
    return Report(**{**values, **changes})


@pytest.fixture(scope="session")
def make_report() -> Callable[..., Report]:
    """Make a report: `make_report(name, **fields)`; two with one name are the same file."""
    return _report


@pytest.fixture(scope="session")
def take_in() -> Callable[..., set[str]]:
    """Take reports into a record as `ingest` does once they are read: `take_in(folder, reports, version=, now=)`."""

    def take(
        folder: Path | str,
        *reports: Report,
        version: str = "1",
        now: dt.datetime | None = None,
    ) -> set[str]:
        place = locate(folder)
        ensure(place)
        additions = [report_addition(Path(one.file), attribute(one), version) for one in reports]
        return add_counted(place, additions, now or dt.datetime.now(dt.UTC))

    return take


@pytest.fixture(scope="session")
def every_row() -> Callable[[Record], dict[str, list[dict[str, Any]]]]:
    """Everything that a record's readings of reports hold, by table, in a fixed order."""

    def rows(record: Record) -> dict[str, list[dict[str, Any]]]:
        questions = {
            "reports": "SELECT * FROM reports ORDER BY sha256",
            "judgements": "SELECT * FROM judgements ORDER BY report, key",
            "findings": "SELECT * FROM findings ORDER BY id",
            "addressees": "SELECT * FROM addressees ORDER BY report, ordinal",
        }
        return {name: record.ask(Steps().step("all_rows", sql)).rows for name, sql in questions.items()}

    return rows


@pytest.fixture(scope="session")
def one_value() -> Callable[..., Any]:
    """The one value that a question gives: `one_value(record, sql, **values)`."""

    def value(record: Record, sql: str, **values: Any) -> Any:
        (row,) = record.ask(Steps().step("answer", sql), **values).rows
        (only,) = row.values()
        return only

    return value


@pytest.fixture
def neighbours_file(tmp_path: Path) -> Callable[..., Path]:
    """A small file of statistical neighbours in the layout of 2025: `neighbours_file(name, nearest_of_barnsley)`."""

    def write(name: str = "neighbours.csv", nearest: str = "372") -> Path:
        others = ("372", "384", "357", "371", "332", "894", "840", "390", "807", "394", "391")
        others = [nearest, *(code for code in others if code != nearest)][:10]
        heading = ",".join(f"SN_{n},SN_{n}P" for n in range(1, 11))
        cells = ",".join(f"{code},Very close" for code in others)
        path = tmp_path / "statistics" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"old_la_code,la_name,region_ind,region_name,{heading}\n370,Barnsley,9,Yorkshire and The Humber,{cells}\n"
        )
        return path

    return write


@pytest.fixture
def inspections_file(tmp_path: Path) -> Callable[..., Path]:
    """A small list of inspections as the reports give them: `inspections_file(name, grade)`."""

    def write(name: str = "list.csv", grade: str = "Good", published: str = "2027-02-01") -> Path:
        path = tmp_path / "statistics" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            "urn,la_code,local_authority,inspection_type,inspection_start,inspection_end,publication_date,"
            "overall_effectiveness,impact_of_leaders,help_and_protection,children_in_care,care_leavers\n"
            f"80426,370,barnsley,standard,2027-01-04,2027-01-15,{published},{','.join([grade] * 5)}\n"
        )
        return path

    return write


@pytest.fixture(scope="module")
def made_once(
    tmp_path_factory: pytest.TempPathFactory, take_in: Callable[..., Any], make_report: Callable[..., Any]
) -> Path:
    """A record with one report, which nobody changes."""
    folder = tmp_path_factory.mktemp("made") / "record"
    take_in(folder, make_report())
    return folder


@pytest.fixture
def place(tmp_path: Path, made_once: Path) -> Path:
    """A copy of what `made_once` has made (a record with one report, unless a module makes its own), for one test."""
    shutil.copytree(made_once, tmp_path / "record")
    return tmp_path / "record"


@pytest.fixture
def sha256(make_report: Callable[..., Any]) -> str:
    return str(make_report().sha256)
