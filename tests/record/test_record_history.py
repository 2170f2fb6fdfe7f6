"""The record over time: whole batches, what was replaced, and the record as it stood."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.reading.model import Item, Report
from joinedup.record import Record, Steps, open_record
from joinedup.record.adding import ensure
from joinedup.record.files import open_table
from joinedup.record.location import locate
from joinedup.record.schema import TABLES
from joinedup.record.store import add, table_batches
from joinedup.record.tidying import tidy

Take = Callable[..., set[str]]
Make = Callable[..., Report]
Ask = Callable[..., Any]
Rows = Callable[[Record], dict[str, list[dict[str, Any]]]]

NEW_YEAR = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def test_a_report_is_found_in_every_table_as_it_was_read(tmp_path: Path, take_in: Take, make_report: Make) -> None:
    report = make_report()
    take_in(tmp_path, report)
    record = open_record(tmp_path)
    (row,) = record.ask(Steps().step("answer", "SELECT * FROM reports"))
    assert row["area"] == "ashmere"
    assert row["inspectorates"] == ["Ofsted", "CQC"]
    assert row["statement_due"] == dt.date(2025, 7, 25)
    assert row["problems"] == [{"page": 4, "what": "a page is upside down"}]
    assert row["fictional"] is True
    findings = record.ask(Steps().step("answer", "SELECT * FROM findings ORDER BY ordinal")).rows
    assert [one["kind"] for one in findings] == ["priority_action", "improvement", "improvement"]
    assert findings[1]["boxes"] == [{"page": 2, "left": 1.0, "bottom": 2.0, "right": 3.0, "top": 4.0}]
    assert all(one["report"] == report.sha256 and one["id"].startswith(report.sha256) for one in findings)
    assert record.ask(Steps().step("answer", "SELECT * FROM judgements")).rows[0]["grade"] is None


def test_the_statement_is_due_seventy_working_days_after_the_letter(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    # From Monday 14 April 2025: Good Friday, Easter Monday and the two bank holidays of May are no working days.
    take_in(tmp_path, make_report(published=dt.date(2025, 4, 14)), make_report("other", framework="ilacs"))
    due = "SELECT statement_due_computed FROM reports WHERE framework = $family"
    assert one_value(open_record(tmp_path), due, family="jtai") == dt.date(2025, 7, 25)
    assert one_value(open_record(tmp_path), due, family="ilacs") is None


def test_the_same_again_changes_nothing(tmp_path: Path, take_in: Take, make_report: Make) -> None:
    assert len(take_in(tmp_path, make_report())) == 1
    before = open_record(tmp_path)
    assert take_in(tmp_path, make_report()) == set()
    assert open_record(tmp_path) is before


def test_a_newer_reader_replaces_what_an_older_one_read(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    take_in(tmp_path, make_report(theme="as 1.9 read it"), version="1.9", now=NEW_YEAR)
    take_in(tmp_path, make_report(theme="as 1.10 read it", improvements=()), version="1.10", now=NEW_YEAR + DAY)
    assert take_in(tmp_path, make_report(theme="as 1.9 reads it again"), version="1.9") == set()
    now = open_record(tmp_path)
    assert one_value(now, "SELECT theme FROM reports") == "as 1.10 read it"
    assert one_value(now, "SELECT count(*) FROM findings") == 1
    then = open_record(tmp_path, as_of=NEW_YEAR + DAY / 2)
    assert one_value(then, "SELECT theme FROM reports") == "as 1.9 read it"
    assert one_value(then, "SELECT count(*) FROM findings") == 3


def test_the_record_as_it_stood(tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask) -> None:
    for number in range(3):
        take_in(tmp_path, make_report(f"report {number}"), now=NEW_YEAR + number * DAY)
    count = "SELECT count(*) FROM reports"
    stood = [one_value(open_record(tmp_path, as_of=NEW_YEAR + days * DAY), count) for days in (0.5, 1.5, 2.5)]
    assert stood == [1, 2, 3]
    assert one_value(open_record(tmp_path, as_of=NEW_YEAR + DAY), count) == 2, "the moment itself counts"
    aware = (NEW_YEAR + 1.5 * DAY).astimezone(dt.timezone(dt.timedelta(hours=-11)))
    assert one_value(open_record(tmp_path, as_of=aware), count) == 2


def test_before_its_beginning_a_record_answers_from_the_bundled_facts(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    take_in(tmp_path, make_report())
    before = open_record(tmp_path, as_of=dt.datetime(2001, 1, 1, tzinfo=dt.UTC))
    assert before.snapshot == open_record(tmp_path / "nowhere").snapshot
    assert one_value(before, "SELECT count(*) FROM inspections") > 500


def test_a_snapshot_never_moves(tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask) -> None:
    take_in(tmp_path, make_report())
    before = open_record(tmp_path)
    take_in(tmp_path, make_report("another"))
    # The tables are attached only now, when the second report is in their files already.
    assert one_value(before, "SELECT count(*) FROM findings") == 3
    assert one_value(open_record(tmp_path), "SELECT count(*) FROM findings") == 6
    assert before.snapshot != open_record(tmp_path).snapshot


def test_a_record_made_anew_in_the_same_place_is_another(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    folder = tmp_path / "record"
    name = "SELECT max(file) FROM reports"
    take_in(folder, make_report("one"))
    assert one_value(open_record(folder), name) == "one.pdf"
    shutil.rmtree(folder)
    assert one_value(open_record(folder), name) is None
    take_in(folder, make_report("two"))  # as many commits as before
    assert one_value(open_record(folder), name) == "two.pdf"


def test_a_record_brought_back_from_a_copy_answers_as_the_copy_did(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    folder, copy = tmp_path / "record", tmp_path / "copy"
    name = "SELECT string_agg(file, ' ' ORDER BY file) FROM reports"
    take_in(folder, make_report("one"))
    shutil.copytree(folder, copy)
    take_in(folder, make_report("lost"))
    assert one_value(open_record(folder), name) == "lost.pdf one.pdf"
    for table in copy.iterdir():  # table by table, over what is there: what is derived stays as it is
        if table.is_dir() and table.name != "_derived":
            shutil.rmtree(folder / table.name)
            shutil.copytree(table, folder / table.name)
    assert one_value(open_record(folder), name) == "one.pdf"
    take_in(folder, make_report("two"))
    assert one_value(open_record(folder), name) == "one.pdf two.pdf"


def test_a_clock_that_was_set_back_does_not_hide_a_newer_load(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    take_in(tmp_path, make_report(theme="old"), version="1", now=NEW_YEAR)
    take_in(tmp_path, make_report(theme="new"), version="2", now=NEW_YEAR - 30 * DAY)
    assert one_value(open_record(tmp_path), "SELECT theme FROM reports") == "new"


def _begin_and_die(folder: Path, finding: str) -> None:
    """Leave what a writer leaves that is killed after some tables and before `loads`."""
    place = locate(folder)

    class Killed(Exception):
        pass

    def die() -> list[dict[str, Any]]:
        raise Killed

    from joinedup.record.store import Batch, new_batch

    batch = new_batch(dt.datetime.now(dt.UTC))
    row = {
        "id": finding,
        "report": "r",
        "ordinal": 0,
        "kind": "finding",
        "page": 1,
        "text": "half",
        "load": f"{batch}-0000",
    }
    with pytest.raises(Killed):
        add(place, Batch(batch, {"findings": table_batches(TABLES["findings"], [row])}, die))


def _stored_findings(folder: Path) -> int:
    return int(open_table(locate(folder), "findings").to_pyarrow_table(columns=["id"]).num_rows)


def test_what_a_killed_writer_left_is_never_seen_and_cleared_by_the_next(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    take_in(tmp_path, make_report())
    _begin_and_die(tmp_path, "half-written")
    assert _stored_findings(tmp_path) == 4
    assert one_value(open_record(tmp_path), "SELECT count(*) FROM findings") == 3
    take_in(tmp_path, make_report("next"))
    assert _stored_findings(tmp_path) == 6
    assert one_value(open_record(tmp_path), "SELECT count(*) FROM findings") == 6


def test_tidying_loses_nothing_not_even_what_was_replaced(
    tmp_path: Path, take_in: Take, make_report: Make, every_row: Rows
) -> None:
    for number in range(4):
        take_in(tmp_path, make_report(f"report {number}"), now=NEW_YEAR + number * DAY)
    take_in(tmp_path, make_report("report 0", theme="read anew"), version="2", now=NEW_YEAR + 9 * DAY)
    _begin_and_die(tmp_path, "half-written")
    moments = [None, NEW_YEAR + 1.5 * DAY, NEW_YEAR + 5 * DAY]
    before = [every_row(open_record(tmp_path, as_of=moment)) for moment in moments]
    done = tidy(tmp_path, keep=dt.timedelta(0))
    assert done.rows == 1
    assert done.joined > 4
    assert done.removed > 4
    assert [every_row(open_record(tmp_path, as_of=moment)) for moment in moments] == before
    assert len(open_table(locate(tmp_path), "findings").file_uris()) == 1
    assert tidy(tmp_path).rows == 0


def test_an_open_reader_notices_that_files_were_put_together(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    take_in(tmp_path, make_report())
    before = open_record(tmp_path)
    tidy(tmp_path, keep=dt.timedelta(0))
    after = open_record(tmp_path)
    assert after is not before
    assert after.snapshot == before.snapshot
    assert one_value(after, "SELECT count(*) FROM findings") == 3


def test_tidying_where_no_record_is_does_nothing(tmp_path: Path) -> None:
    assert tidy(tmp_path / "nowhere").joined == 0
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "nowhere" / "loads").exists()


def test_a_record_made_by_an_older_package_is_read_and_grows_the_new_columns(
    tmp_path: Path, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    from deltalake import DeltaTable

    place = locate(tmp_path)
    older = TABLES["addressees"]
    from joinedup.record.columns import arrow_schema

    DeltaTable.create(place.table("addressees"), schema=arrow_schema(older).remove(older.names.index("agency")))
    ensure(place)
    record = open_record(tmp_path)
    assert one_value(record, "SELECT count(agency) FROM addressees") == 0
    from joinedup.reading.model import Addressee

    take_in(tmp_path, make_report(addressees=(Addressee("A. Person", agency="police"),)))
    assert one_value(open_record(tmp_path), "SELECT agency FROM addressees") == "police"


Step = tuple[int, int, int]


@pytest.mark.slow
@settings(max_examples=12)
@given(
    steps=st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=3), min_size=1, max_size=4
    )
)
def test_any_sequence_of_readings_leaves_exactly_the_latest_of_each_report(
    steps: list[list[tuple[int, int]]], take_in: Take, make_report: Make
) -> None:
    """Whatever is read again by whichever version: of each report its newest version's rows, once, no others."""
    latest: dict[str, tuple[int, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, batch in enumerate(steps):
            for version in {version for _, version in batch}:
                reports = []
                for which in sorted({which for which, given in batch if given == version}):
                    text = f"report {which} by {version} in step {number}"
                    report = make_report(f"report {which}", improvements=(Item("improvement", text, 1),) * version)
                    reports.append(report)
                    if report.sha256 not in latest or latest[report.sha256][0] < version:
                        latest[report.sha256] = (version, text)
                take_in(folder, *reports, version=str(version))
        found = open_record(folder).ask(
            Steps().step(
                "answer",
                "SELECT r.sha256, r.reader_version, f.text, count(*) AS n "
                "FROM reports r JOIN findings f ON f.report = r.sha256 WHERE f.kind = 'improvement' GROUP BY ALL",
            )
        )
    assert {row["sha256"]: (int(row["reader_version"]), row["text"]) for row in found} == latest
    assert all(row["n"] == int(row["reader_version"]) for row in found)
    assert len(found) == len(latest)
