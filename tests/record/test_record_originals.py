"""The file that a report was read from is kept with it: once, whole, by its content."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from joinedup.documents.specimens import make_specimens
from joinedup.record import Steps, ingest, open_record
from joinedup.record.location import Location, locate
from joinedup.record.originals import FOLDER, is_held, keep, original

DATA = b"%PDF-1.7 not one that anybody could read"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def place(tmp_path: Path) -> Location:
    (tmp_path / "record").mkdir()
    return locate(tmp_path / "record")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a report.pdf"
    path.write_bytes(DATA)
    return path


class TestKeeping:
    def test_what_is_kept_is_what_was_given(self, place: Location, file: Path) -> None:
        assert not is_held(place, SHA256)
        assert original(place, SHA256) is None
        assert keep(place, SHA256, file)
        assert is_held(place, SHA256)
        assert original(place, SHA256) == DATA

    def test_once_whatever_it_is_called(self, place: Location, file: Path) -> None:
        other = file.with_name("the same.pdf")
        other.write_bytes(DATA)
        assert keep(place, SHA256, file)
        assert keep(place, SHA256, other)
        assert [one.name for one in (place.folder / FOLDER).iterdir()] == [f"{SHA256}.pdf"]

    def test_a_file_that_has_changed_or_gone_since_is_not(self, place: Location, file: Path) -> None:
        file.write_bytes(DATA + b" changed")
        assert not keep(place, SHA256, file)
        file.unlink()
        assert not keep(place, SHA256, file)
        assert original(place, SHA256) is None

    def test_one_that_was_damaged_on_disk_is_not_given(self, place: Location, file: Path) -> None:
        keep(place, SHA256, file)
        (place.folder / FOLDER / f"{SHA256}.pdf").write_bytes(b"other")
        assert original(place, SHA256) is None

    @pytest.mark.parametrize("name", ["", "../loads/secret", "0" * 63, "A" * 64, "0" * 64 + "\n"])
    def test_nothing_but_a_hash_becomes_a_part_of_a_path(self, place: Location, file: Path, name: str) -> None:
        with pytest.raises(ValueError, match="not a SHA-256"):
            original(place, name)
        with pytest.raises(ValueError, match="not a SHA-256"):
            keep(place, name, file)

    def test_several_at_once_leave_one_whole_file(self, place: Location, file: Path) -> None:
        threads = [threading.Thread(target=keep, args=(place, SHA256, file)) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert [one.name for one in (place.folder / FOLDER).iterdir()] == [f"{SHA256}.pdf"]
        assert original(place, SHA256) == DATA


@pytest.mark.slow
def test_taking_reports_in_keeps_their_files_and_taking_them_in_again_brings_what_was_missing(tmp_path: Path) -> None:
    (first, second, *_) = make_specimens(tmp_path / "reports")
    place = tmp_path / "record"
    assert ingest([first, second], place, workers=1).added == 2
    record = open_record(place)
    kept = {row["sha256"] for row in record.ask(Steps().step("read", "SELECT sha256 FROM reports")).rows}
    for path in (first, second):
        data = Path(path).read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        assert sha256 in kept
        assert record.original(sha256) == data
    (gone,) = [one for one in (place / FOLDER).iterdir() if one.stem == sha256]
    gone.unlink()
    assert record.original(sha256) is None
    assert ingest([first, second], place, workers=1).unchanged == 2
    assert record.original(sha256) == data


def test_the_bundled_facts_have_none(tmp_path: Path) -> None:
    assert open_record(tmp_path / "none").original(SHA256) is None
