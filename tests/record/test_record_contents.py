"""How many rows a record has: counted once a snapshot, and kept where it can be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from joinedup.record import Record, open_record
from joinedup.record.contents import row_counts
from joinedup.record.derived import write

Make = Callable[..., Any]


@pytest.fixture
def record(tmp_path: Path, take_in: Make, make_report: Make) -> Record:
    take_in(tmp_path / "record", make_report("one"))
    return open_record(tmp_path / "record")


def _kept(record: Record) -> list[Path]:
    assert record.derived is not None
    return sorted(record.derived.glob("counts-*"))


def test_the_numbers_are_kept_beside_the_record(record: Record) -> None:
    counts = row_counts(record)
    assert (counts["reports"], counts["findings"]) == (1, 3)
    (kept,) = _kept(record)
    kept.write_text('{"reports": 7}')
    assert row_counts(record)["reports"] == 7


def test_numbers_that_cannot_be_read_are_counted_again(record: Record) -> None:
    counts = row_counts(record)
    (kept,) = _kept(record)
    kept.write_text('{"repo')
    assert row_counts(record) == counts


def test_numbers_that_cannot_be_kept_are_told_all_the_same(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert row_counts(record)["reports"] == 1
    assert _kept(record) == []


def test_the_numbers_of_the_record_as_it_stood_are_not_counted_anew_for_each_other(
    record: Record, tmp_path: Path, take_in: Make, make_report: Make
) -> None:
    row_counts(record)
    take_in(tmp_path / "record", make_report("two"))
    row_counts(open_record(tmp_path / "record"))
    assert len(_kept(record)) == 2


def test_what_is_written_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "folder" / "file.json"
    write(file, b"one")

    def broken(path: Path, data: bytes) -> None:
        with path.open("wb") as out:
            out.write(data[:1])
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_bytes", broken)
    with pytest.raises(OSError, match="No space"):
        write(file, b"two")
    assert file.read_bytes() == b"one"
    assert list(file.parent.iterdir()) == [file]
