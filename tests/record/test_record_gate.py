"""The one gate: named steps, bound values, one snapshot, nothing outside the record within reach."""

from __future__ import annotations

import datetime as dt
import gc
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.errors import JoinedupError
from joinedup.record import QueryError, Record, RecordError, Steps, open_record, spilling
from joinedup.record.gate import BundledFacts
from joinedup.record.schema import TABLES


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return open_record(tmp_path / "nowhere")


def test_a_record_that_does_not_exist_answers_from_the_bundled_facts(
    record: Record, one_value: Callable[..., Any]
) -> None:
    found = one_value(record, "SELECT count(*) FROM inspections WHERE framework = $family", family="sif")
    assert found > 150
    assert one_value(record, "SELECT count(*) FROM reports") == 0


def test_looking_makes_nothing(tmp_path: Path) -> None:
    open_record(tmp_path / "nowhere").ask(Steps().step("answer", "SELECT * FROM findings"))
    assert list(tmp_path.iterdir()) == []


def test_steps_build_on_each_other_and_the_last_is_the_answer(record: Record) -> None:
    stem = Steps().step("family", "SELECT * FROM inspections WHERE framework = $family")
    counts = stem.step(
        "counts", "SELECT grades['overall'] AS grade, count(*) AS n FROM family GROUP BY grade ORDER BY n"
    )
    answer = record.ask(counts, family="cpi")
    assert answer.columns == ("grade", "n")
    assert [row["n"] for row in answer] == sorted(row["n"] for row in answer.rows)
    assert len(record.ask(stem, family="cpi")) == sum(row["n"] for row in answer)
    assert answer.sql == counts.sql
    assert answer.sql.startswith("WITH family AS (")
    assert answer.snapshot == record.snapshot


def test_the_answer_as_arrow_is_the_same_answer(record: Record) -> None:
    answer = record.ask(
        Steps().step("answer", "SELECT area, published, framework FROM inspections WHERE area = $area ORDER BY ALL"),
        area="slough",
    )
    assert answer.arrow().to_pylist() == answer.rows
    nothing = record.ask(Steps().step("answer", "SELECT * FROM findings")).arrow()
    assert nothing.column_names == list(TABLES["findings"].names)
    assert nothing.num_rows == 0


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60))
def test_a_value_is_a_value_whatever_it_holds(value: str) -> None:
    record = open_record("/nowhere/at/all")
    (row,) = record.ask(
        Steps().step("answer", "SELECT $value AS value, count(*) AS n FROM inspections WHERE area = $value"),
        value=value,
    )
    assert row["value"] == value
    assert row["n"] == 0 or value in ("york", "kent")  # two short slugs that chance might hit


@pytest.mark.parametrize(
    "attempt",
    ["x' OR 1=1 --", "'; DROP TABLE inspections; --", '" OR "1"="1', "$family", "\\' OR TRUE"],
)
def test_an_injection_is_only_an_unknown_word(record: Record, one_value: Callable[..., Any], attempt: str) -> None:
    before = one_value(record, "SELECT count(*) FROM inspections")
    assert one_value(record, "SELECT count(*) FROM inspections WHERE framework = $family", family=attempt) == 0
    assert one_value(record, "SELECT count(*) FROM inspections") == before


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "ATTACH '/etc/other.db'",
        "COPY (SELECT 1) TO '/var/tmp/joinedup-leak.csv'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
    ],
)
def test_sql_reaches_nothing_but_the_record(record: Record, sql: str) -> None:
    with pytest.raises(QueryError):
        record.ask(Steps().step("answer", sql))


def test_an_error_carries_the_sql_and_is_one_line(record: Record) -> None:
    steps = Steps().step("one", "SELECT * FROM inspections").step("two", "SELECT no_such_column FROM one")
    with pytest.raises(QueryError) as caught:
        record.ask(steps)
    assert caught.value.sql == steps.sql
    assert "no_such_column" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, JoinedupError)


def test_a_missing_or_superfluous_value_is_an_error(record: Record) -> None:
    steps = Steps().step("answer", "SELECT $one")
    with pytest.raises(QueryError):
        record.ask(steps)
    with pytest.raises(QueryError):
        record.ask(steps, one=1, two=2)


@pytest.mark.parametrize("name", ["inspections", "Upper", "two words", "a;b", "", "one"])
def test_a_step_takes_no_name_that_is_taken_or_no_word(name: str) -> None:
    with pytest.raises(QueryError):
        Steps().step("one", "SELECT 1").step(name, "SELECT 2")


def test_no_steps_are_no_question(record: Record) -> None:
    with pytest.raises(QueryError):
        record.ask(Steps())


def test_only_the_tables_that_are_named_are_attached(record: Record) -> None:
    assert Steps().step("answer", "SELECT count(*) FROM Inspections JOIN loads USING (load)").tables == (
        "inspections",
        "loads",
    )


def test_many_threads_ask_one_record(record: Record) -> None:
    steps = Steps().step(
        "answer",
        "SELECT count(*) AS n FROM inspections, neighbours WHERE inspections.area = $area AND neighbours.area = $area",
    )
    areas = ["barnsley", "derby", "slough", "kent"] * 6
    found: dict[int, int] = {}

    def ask(number: int, area: str) -> None:
        found[number] = record.ask(steps, area=area).rows[0]["n"]

    threads = [threading.Thread(target=ask, args=(number, area)) for number, area in enumerate(areas)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = [record.ask(steps, area=area).rows[0]["n"] for area in areas]
    assert [found[number] for number in range(len(areas))] == alone
    assert all(alone)


def test_a_large_answer_comes_in_parts(record: Record, one_value: Callable[..., Any]) -> None:
    parts = list(record.stream(Steps().step("answer", "SELECT area FROM inspections"), size=100))
    assert max(map(len, parts)) == 100
    assert sum(map(len, parts)) == one_value(record, "SELECT count(*) FROM inspections")


@pytest.mark.parametrize("address", ["ftp://host/record", "s3://", "http://host/record"])
def test_a_place_that_no_record_can_be_at_is_told(address: str) -> None:
    with pytest.raises(RecordError, match=r"record|bucket"):
        open_record(address)


def test_a_file_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a record")
    with pytest.raises(RecordError, match="is a file"):
        open_record(tmp_path / "file")


def test_the_record_is_where_the_environment_says(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    take_in: Callable[..., set[str]],
    make_report: Callable[..., Any],
    one_value: Callable[..., Any],
) -> None:
    take_in(tmp_path / "set by environment", make_report())
    monkeypatch.setenv("JOINEDUP_RECORD", str(tmp_path / "set by environment"))
    assert one_value(open_record(), "SELECT count(*) FROM reports") == 1
    monkeypatch.delenv("JOINEDUP_RECORD")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert one_value(open_record(), "SELECT count(*) FROM reports") == 0
    take_in(tmp_path / "data" / "joinedup" / "record", make_report("another"))
    assert one_value(open_record(), "SELECT max(file) FROM reports") == "another.pdf"


def test_a_moment_is_in_utc(
    tmp_path: Path, take_in: Callable[..., set[str]], make_report: Callable[..., Any], one_value: Callable[..., Any]
) -> None:
    noon = dt.datetime(2040, 6, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    take_in(tmp_path, make_report(), now=noon)
    told = one_value(open_record(tmp_path), "SELECT loaded_at FROM loads WHERE kind = 'report'")
    assert told == dt.datetime(2040, 6, 1, 11)  # noqa: DTZ001 - UTC, without its zone


def test_what_does_not_fit_into_memory_goes_to_a_private_folder_that_goes_with_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_value: Callable[..., Any]
) -> None:
    temporary, standing = tmp_path / "temporary", tmp_path / "standing"
    temporary.mkdir()
    standing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(spilling, "_ours", {})
    monkeypatch.chdir(standing)
    one, two = Record(BundledFacts()), Record(BundledFacts())
    places = [Path(one_value(each, "SELECT current_setting('temp_directory')")) for each in (one, two)]
    (private,) = {place.parent for place in places}
    assert private.parent == temporary
    assert private.stat().st_mode & 0o077 == 0
    assert places[0] != places[1]
    large = one_value(
        one,
        "SELECT count(*) FROM (SELECT hash(n)::VARCHAR || repeat('x', 60) AS word FROM range(3000000) AS r(n) "
        "ORDER BY word)",
    )
    assert large == 3_000_000
    assert list(standing.iterdir()) == []
    del one, two, large
    gc.collect()
    assert [path.name for path in private.iterdir()] == [spilling.LOCK]
