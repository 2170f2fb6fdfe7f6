"""A record that has lost something is never tidied or added to as if it had not: what is lost is told, and what is left
stays as it is."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from joinedup.errors import JoinedupError
from joinedup.reading.model import Report
from joinedup.record import open_record, tidying
from joinedup.record.adding import ensure
from joinedup.record.errors import DamagedRecordError
from joinedup.record.location import locate
from joinedup.record.schema import TABLES
from joinedup.record.stored import stored_loads
from joinedup.record.tidying import tidy

Take = Callable[..., set[str]]
Make = Callable[..., Report]
Ask = Callable[..., object]

NEW_YEAR = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
WHAT_TO_DO = "Nothing was changed. Bring it back from a copy, or take the files that it was made of into a new record."


@pytest.fixture
def place(tmp_path: Path, take_in: Take, make_report: Make) -> Path:
    """A record of two reports, taken in one after the other."""
    for number, name in enumerate(("first", "second")):
        take_in(tmp_path, make_report(name), now=NEW_YEAR + dt.timedelta(days=number))
    return tmp_path


def a_file(place: Path, table: str) -> Path:
    return min((place / table).glob("*.parquet"))


def everything(place: Path) -> dict[str, bytes]:
    there = (file for file in place.rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in there if "_derived" not in file.parts and file.name != ".lock"}


def lose_a_table(place: Path) -> str:
    shutil.rmtree(place / "findings")
    return "the table findings is gone"


def lose_several(place: Path) -> str:
    shutil.rmtree(place / "findings")
    shutil.rmtree(place / "reports")
    return "the tables findings and reports are gone"


def lose_what_makes_rows_count(place: Path) -> str:
    shutil.rmtree(place / "loads")
    return "the table loads is gone"


def lose_a_file(place: Path) -> str:
    a_file(place, "findings").unlink()
    return "a file of the table findings cannot be read"


def spoil_a_file(place: Path) -> str:
    file = a_file(place, "findings")
    file.write_bytes(file.read_bytes()[:100])
    return "a file of the table findings cannot be read"


def take_a_table_from_an_older_copy(place: Path) -> str:
    max((place / "findings" / "_delta_log").glob("*.json")).unlink()
    return "it has lost rows of "


@pytest.mark.parametrize(
    "harm",
    [
        lose_a_table,
        lose_several,
        lose_what_makes_rows_count,
        lose_a_file,
        spoil_a_file,
        take_a_table_from_an_older_copy,
    ],
)
def test_tidying_refuses_says_what_is_lost_and_touches_nothing(place: Path, harm: Callable[[Path], str]) -> None:
    lost = harm(place)
    before = everything(place)
    with pytest.raises(DamagedRecordError) as told:
        tidy(place, keep=dt.timedelta(0))
    assert lost in str(told.value)
    assert str(told.value).endswith(WHAT_TO_DO)
    assert everything(place) == before


def test_it_says_how_many_rows_of_which_file_are_there(place: Path) -> None:
    take_a_table_from_an_older_copy(place)
    with pytest.raises(DamagedRecordError, match=r"lost rows of \S+ \(\d+ of \d+ rows are there\)\."):
        tidy(place)


@pytest.mark.parametrize("harm", [lose_a_table, lose_what_makes_rows_count])
def test_nor_does_taking_in_put_an_empty_table_in_the_place_of_one_that_had_rows(
    place: Path, harm: Callable[[Path], str]
) -> None:
    lost = harm(place)
    before = everything(place)
    with pytest.raises(DamagedRecordError, match=lost):
        ensure(locate(place))
    assert everything(place) == before


def test_but_a_record_without_the_newest_entry_of_loads_looks_as_if_its_writer_had_been_killed(
    place: Path, one_value: Ask, take_in: Take, make_report: Make
) -> None:
    """The one loss that cannot be told; the file can be taken in again."""
    max((place / "loads" / "_delta_log").glob("*.json")).unlink()
    assert tidy(place).rows > 0
    assert one_value(open_record(place), "SELECT count(*) FROM reports") == 1
    assert take_in(place, make_report("second"), now=NEW_YEAR + dt.timedelta(days=1))
    assert one_value(open_record(place), "SELECT count(*) FROM reports") == 2


def test_a_table_that_never_had_rows_is_made_again(place: Path, one_value: Ask) -> None:
    """As the one is that a newer version of the package brings."""
    shutil.rmtree(place / "corrections")
    ensure(locate(place))
    assert {name for name in TABLES if (place / name).is_dir()} == set(TABLES)
    assert one_value(open_record(place), "SELECT count(*) FROM reports") == 2


def test_nor_is_a_record_damaged_that_a_newer_version_of_the_package_wrote_in_a_table_of_its_own(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = stored_loads(locate(place))
    later = [row | {"tables": [*(row["tables"] or ()), "weather"], "rows": row["rows"] + 1} for row in every]
    monkeypatch.setattr(tidying, "stored_loads", lambda place: later)
    assert tidy(place).rows == 0


def test_nor_is_a_record_damaged_whose_making_was_broken_off(place: Path, tmp_path: Path) -> None:
    half = tmp_path / "half"
    ensure(locate(half / "whole"))
    shutil.copytree(half / "whole" / "corrections", half / "made" / "corrections")
    assert tidy(half / "made").joined == 0
    ensure(locate(half / "made"))


@pytest.mark.parametrize("table", ["findings", "loads"])
def test_reading_a_record_whose_file_is_gone_says_so_in_words(place: Path, one_value: Ask, table: str) -> None:
    a_file(place, table).unlink()
    with pytest.raises(JoinedupError, match="The record"):
        one_value(open_record(place), "SELECT count(*) FROM findings")
    if table == "loads":
        with pytest.raises(DamagedRecordError, match=r"cannot be read \(loads\)"):
            ensure(locate(place))
