"""A record on an object store: the same promises over S3's own protocol (a server on this machine)."""

from __future__ import annotations

import datetime as dt
import hashlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from joinedup.record import RecordError, Steps, ingest, open_record
from joinedup.record.adding import ensure
from joinedup.record.files import open_table
from joinedup.record.location import locate
from joinedup.record.originals import keep, original
from joinedup.record.search import search
from joinedup.record.tidying import tidy

pytestmark = pytest.mark.slow

Take = Callable[..., set[str]]
Make = Callable[..., Any]
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 server in a process of its own: the table format's network calls keep this one's interpreter locked."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, "the server did not start"
            assert time.monotonic() < deadline, "the server did not answer"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def bucket(server: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An empty bucket, and the environment by which anyone would name its store."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "anything",
        "AWS_REGION": "eu-west-2",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    name = f"bucket-{abs(hash(request.node.name))}"
    urlopen(Request(f"{server}/{name}", method="PUT"), timeout=10).close()
    return f"s3://{name}"


def test_a_record_on_an_object_store_answers_as_a_local_one(
    bucket: str, tmp_path: Path, take_in: Take, make_report: Make, every_row: Ask, one_value: Ask
) -> None:
    where = f"{bucket}/the record"
    assert open_record(where).snapshot.startswith("bundled")
    for place in (where, tmp_path / "local"):
        take_in(place, make_report("one"), make_report("two"), version="1")
        take_in(place, make_report("one", theme="read anew"), version="2")
    remote, local = open_record(where), open_record(tmp_path / "local")
    without_load = [
        {name: [{k: v for k, v in row.items() if k != "load"} for row in rows] for name, rows in every_row(one).items()}
        for one in (remote, local)
    ]
    assert without_load[0] == without_load[1]
    everything = "SELECT count(*) FROM inspections"
    assert one_value(remote, everything) == one_value(local, everything) > 500
    assert [hit.text for hit in search(remote, "lamp lighters")] == [hit.text for hit in search(local, "lamp lighters")]


def test_the_same_again_changes_nothing_and_time_can_be_turned_back(
    bucket: str, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    when = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    take_in(bucket, make_report(), now=when)
    before = open_record(bucket)
    assert take_in(bucket, make_report()) == set()
    assert open_record(bucket) is before
    take_in(bucket, make_report("another"), now=when + dt.timedelta(days=2))
    count = "SELECT count(*) FROM reports"
    assert one_value(open_record(bucket), count) == 2
    assert one_value(open_record(bucket, as_of=when + dt.timedelta(days=1)), count) == 1


def test_statistics_go_to_an_object_store(bucket: str, neighbours_file: Callable[..., Path]) -> None:
    first = ingest([neighbours_file()], f"{bucket}/record")
    again = ingest([neighbours_file()], f"{bucket}/record")
    assert (first.added, again.added, again.unchanged) == (1, 0, 1)


def test_writers_at_the_same_time_lose_nothing_and_nothing_counts_twice(
    bucket: str, tmp_path: Path, one_value: Ask
) -> None:
    script = tmp_path / "writer.py"
    script.write_text(
        "import sys, datetime as dt\n"
        "from pathlib import Path\n"
        "from joinedup.reading.model import Item, Report\n"
        "from joinedup.record.adding import add_counted\n"
        "from joinedup.record.location import locate\n"
        "from joinedup.record.attributed import attribute\n"
        "from joinedup.record.rows import report_addition\n"
        "place, mine = locate(sys.argv[1]), sys.argv[2]\n"
        "for name in ('shared', *(f'{mine}{n}' for n in range(3))):\n"
        "    report = Report(name, name * 8, 1, 'ilacs', None, None, findings=(Item('finding', name, 1),))\n"
        "    add_counted(place, [report_addition(Path(name), attribute(report), '1')], dt.datetime.now(dt.UTC))\n"
    )
    ensure(locate(bucket))
    both = [subprocess.Popen([sys.executable, str(script), bucket, name]) for name in ("a", "b")]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    record = open_record(bucket)
    assert one_value(record, "SELECT count(*) FROM reports") == 7
    assert one_value(record, "SELECT count(DISTINCT sha256) FROM reports") == 7
    assert one_value(record, "SELECT count(*) FROM findings") == 7


def test_tidying_on_an_object_store_spares_what_may_be_under_way(
    bucket: str, take_in: Take, make_report: Make, one_value: Ask
) -> None:
    from joinedup.record.schema import TABLES
    from joinedup.record.store import Batch, add, new_batch, table_batches

    class Killed(Exception):
        pass

    def die() -> list[dict[str, Any]]:
        raise Killed

    take_in(bucket, make_report())
    now = dt.datetime.now(dt.UTC)
    batch = new_batch(now)
    row = {
        "id": "x",
        "report": "r",
        "ordinal": 0,
        "kind": "finding",
        "page": 1,
        "text": "half",
        "load": f"{batch}-0000",
    }
    with pytest.raises(Killed):
        add(locate(bucket), Batch(batch, {"findings": table_batches(TABLES["findings"], [row])}, die))
    assert tidy(bucket, now=now).rows == 0
    assert open_table(locate(bucket), "findings").to_pyarrow_table().num_rows == 4
    assert tidy(bucket, now=now + dt.timedelta(days=2), keep=dt.timedelta(0)).rows == 1
    assert one_value(open_record(bucket), "SELECT count(*) FROM findings") == 3


def test_a_bucket_that_is_not_there_is_told(bucket: str) -> None:
    with pytest.raises(RecordError, match="no-such-bucket"):
        ingest([], "s3://no-such-bucket/record")


def test_nothing_is_asked_of_the_store_for_what_was_copied_before(
    bucket: str, tmp_path: Path, take_in: Take, make_report: Make
) -> None:
    take_in(bucket, make_report())
    open_record(bucket).ask(Steps().step("answer", "SELECT * FROM findings"))
    copies = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("*.parquet")}
    assert copies
    take_in(bucket, make_report("another"))
    open_record(bucket).ask(Steps().step("answer", "SELECT * FROM findings"))
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("*.parquet")}
    assert copies.items() < after.items()


def test_the_files_of_reports_are_kept_beside_the_tables(bucket: str, tmp_path: Path) -> None:
    place, data = locate(bucket), b"%PDF-1.7 any bytes"
    sha256 = hashlib.sha256(data).hexdigest()
    (tmp_path / "a.pdf").write_bytes(data)
    assert original(place, sha256) is None
    assert keep(place, sha256, tmp_path / "a.pdf")
    assert keep(place, sha256, tmp_path / "gone.pdf"), "it is held, and is not asked for again"
    assert original(place, sha256) == data
