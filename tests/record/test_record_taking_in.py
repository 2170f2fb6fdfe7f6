"""Taking files in: each is recognised by what it holds and answered once; the same again changes nothing."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from joinedup.documents.specimens import make_specimen
from joinedup.reading.many import expand as reading_expand
from joinedup.reading.model import Refusal, Report
from joinedup.reading.one import read
from joinedup.record import IngestSummary, RecordBusyError, RecordError, Steps, ingest, open_record
from joinedup.record.adding import add_counted, ensure
from joinedup.record.attributed import attribute
from joinedup.record.contents import row_counts
from joinedup.record.intake import _Taking
from joinedup.record.loaded import loaded_addition
from joinedup.record.location import locate
from joinedup.record.lock import writing
from joinedup.record.rows import report_addition
from joinedup.record.taking import Unopened, expand, is_known, look, version_rank
from joinedup.statistics import LayoutChangedError, Loaded, Measure
from joinedup.statistics.observations import Observations

Ask = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two fictional reports, a copy of one of them, a web page named .pdf, and a note."""
    folder = tmp_path_factory.mktemp("letters")
    for number, family in enumerate(("jtai", "ilacs")):
        (folder / f"{family}.pdf").write_bytes(make_specimen(family, seed=number, year=2024).pdf)
    (folder / "inner").mkdir()
    shutil.copy(folder / "jtai.pdf", folder / "inner" / "a copy without an ending")
    (folder / "page.pdf").write_text("<!DOCTYPE html><title>Report</title>")
    (folder / "note.txt").write_text("Remember the milk.")
    (folder / ".hidden").write_text("not looked at")
    return folder


@pytest.mark.slow
def test_every_file_is_answered_once_and_the_same_again_changes_nothing(
    letters: Path, tmp_path: Path, neighbours_file: Write, one_value: Ask
) -> None:
    told: list[tuple[int, int]] = []
    files = [letters, neighbours_file(), tmp_path / "missing.pdf"]
    first = ingest(files, tmp_path / "record", progress=lambda done, total, _: told.append((done, total)), workers=1)
    assert (first.added, first.unchanged) == (3, 1)
    assert sorted(Path(file).name for file, _ in first.refused) == ["missing.pdf", "note.txt", "page.pdf"]
    assert all(reason for _, reason in first.refused)
    assert told == [(number, 7) for number in range(1, 8)]

    before = open_record(tmp_path / "record")
    again = ingest(files, tmp_path / "record", workers=1)
    assert (again.added, again.unchanged) == (0, 4)
    assert sorted(again.refused) == sorted(first.refused)
    assert open_record(tmp_path / "record") is before

    assert one_value(before, "SELECT count(*) FROM reports WHERE fictional") == 2
    assert one_value(before, "SELECT count(*) FROM findings") > 10
    due = "SELECT count(*) FROM reports WHERE framework = 'jtai' AND statement_due_computed > published"
    assert one_value(before, due) == 1
    assert one_value(before, "SELECT problems[1] FROM loads WHERE kind = 'refused'").startswith("a web page")


def test_the_summary_has_the_contracts_shape() -> None:
    summary = IngestSummary(1, 2, (("page.pdf", "a web page"),), (("a.csv", ("one row left out",)),))
    assert summary.to_json() == {
        "added": 1,
        "unchanged": 2,
        "refused": [{"file": "page.pdf", "reason": "a web page"}],
        "problems": [{"file": "a.csv", "what": ["one row left out"]}],
        "passed_over": [],
    }


def test_what_was_left_out_of_a_file_is_told_once_when_it_is_added(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(
        "time_period,time_identifier,geographic_level,country_code,country_name,old_la_code,la_name,headcount\n"
        "2031,Reporting year,Local authority,E92000001,England,370,Barnsley,7\n"
        "2031,Reporting year,Local authority,E92000001,England,999,Nowhere,8\n"
    )
    first = ingest([file], tmp_path / "record")
    assert [(Path(name).name, what) for name, what in first.problems] == [
        ("figures.csv", ("no area is known as '999 / Nowhere': 1 row left out",))
    ]
    assert ingest([file], tmp_path / "record").problems == ()


def test_a_statistics_file_brings_its_rows_under_its_load(
    tmp_path: Path, neighbours_file: Write, one_value: Ask
) -> None:
    ingest([neighbours_file(nearest="391")], tmp_path / "record")
    record = open_record(tmp_path / "record")
    nearest = "SELECT neighbour FROM neighbours WHERE area = 'barnsley' AND edition = $edition AND rank = 1"
    (edition,) = {
        row["edition"]
        for row in record.ask(
            Steps().step("answer", "SELECT edition FROM neighbours JOIN loads USING (load) WHERE NOT bundled")
        )
    }
    assert one_value(record, nearest, edition=edition) == "newcastle-upon-tyne"
    ranks = "SELECT count(*) FROM neighbours WHERE area = 'barnsley' AND edition = $edition"
    assert one_value(record, ranks, edition=edition) == 10, "the file's ten stand in place of the bundled ten"
    others = "SELECT count(DISTINCT area) FROM neighbours WHERE edition = $edition"
    assert one_value(record, others, edition=edition) > 150, "what the file does not tell of stays as it was"


def test_a_newer_official_list_joins_the_bundled_history(
    tmp_path: Path, inspections_file: Write, one_value: Ask
) -> None:
    folder = tmp_path / "record"
    bundled = one_value(open_record(folder), "SELECT count(*) FROM inspections")
    ingest([inspections_file("one.csv", "Good")], folder)
    assert one_value(open_record(folder), "SELECT count(*) FROM inspections") == bundled + 1
    newest = "SELECT arg_max(grades['overall'], published) FROM inspections WHERE area = 'barnsley'"
    assert one_value(open_record(folder), newest) == "good"

    ingest([inspections_file("two.csv", "Outstanding", published="2027-02-01")], folder)
    record = open_record(folder)
    assert one_value(record, "SELECT count(*) FROM inspections") == bundled + 1, "an inspection never stands twice"
    assert one_value(record, "SELECT count(DISTINCT id) FROM inspections") == bundled + 1
    untouched = "SELECT count(*) FROM inspections JOIN loads USING (load) WHERE bundled"
    assert one_value(record, untouched) == bundled


def _observed(value: float, symbol: str | None = None, year: int = 2030) -> Loaded:
    import pyarrow as pa

    from joinedup.statistics.observations import schema

    rows = [
        {
            "measure": "a/measure",
            "geography": "area",
            "place": place,
            "period": "2024",
            "year": year if place == "derby" else 2024,
            "value": value if place == "barnsley" else None,
            "reason": None if place == "barnsley" else "suppressed",
            "symbol": symbol,
        }
        for place in ("barnsley", "derby")
    ]
    batch = pa.RecordBatch.from_pylist(rows, schema=schema())
    return Loaded(
        kind="ees",
        title="A release",
        measures=(Measure("a/measure", "A measure", "A publisher"),),
        observations=Observations(2, lambda: iter([batch])),
    )


@pytest.mark.parametrize("order", [(2030, 2031), (2031, 2030)])
def test_of_two_releases_the_one_that_reaches_further_counts(
    tmp_path: Path, one_value: Ask, order: tuple[int, int]
) -> None:
    place = locate(tmp_path / "record")
    ensure(place)
    for year in order:
        release = loaded_addition(Path(f"{year}.csv"), f"hash of {year}", _observed(float(year), year=year), "1")
        add_counted(place, [release], dt.datetime.now(dt.UTC))
    record = open_record(tmp_path / "record")
    value = "SELECT value FROM observations WHERE measure = 'a/measure' AND place = $place"
    assert one_value(record, value, place="barnsley") == 2031.0
    assert one_value(record, "SELECT count(*) FROM measures WHERE key = 'a/measure'") == 1
    reason = "SELECT reason FROM observations WHERE measure = 'a/measure' AND place = $place AND year = $year"
    assert one_value(record, reason, place="derby", year=2031) == "suppressed"
    assert one_value(record, "SELECT max(reaches) FROM loads WHERE kind = 'ees'") == dt.date(2031, 12, 31)


@pytest.mark.parametrize("figures_first", [True, False])
def test_a_measure_is_told_by_the_file_that_says_most_of_it(
    tmp_path: Path, one_value: Ask, figures_first: bool
) -> None:
    place = locate(tmp_path / "record")
    ensure(place)
    figures = loaded_addition(Path("long.csv"), "figures", _observed(1.0, year=2035), "1")
    told = Measure("a/measure", "A measure in plain words", "A publisher", unit="%", polarity="low", topic="Care")
    dictionary = loaded_addition(Path("dictionary.csv"), "words", Loaded("ees", "Words", measures=(told,)), "1")
    for one in (figures, dictionary) if figures_first else (dictionary, figures):
        add_counted(place, [one], dt.datetime.now(dt.UTC))
    record = open_record(tmp_path / "record")
    assert one_value(record, "SELECT title FROM measures WHERE key = 'a/measure'") == "A measure in plain words"
    assert one_value(record, "SELECT count(*) FROM observations WHERE measure = 'a/measure'") == 2


def test_a_file_that_changes_while_it_is_taken_in_is_refused_whole(tmp_path: Path, one_value: Ask) -> None:
    def batches() -> Any:
        yield from _observed(1.0).observations.batches()
        raise LayoutChangedError("the file as it was", "a file changed since")

    place = locate(tmp_path / "record")
    ensure(place)
    broken = Loaded(kind="ees", title="", observations=Observations(3, batches))
    with pytest.raises(LayoutChangedError, match="changed since"):
        add_counted(place, [loaded_addition(Path("a.csv"), "hash", broken, "1")], dt.datetime.now(dt.UTC))
    assert one_value(open_record(tmp_path / "record"), "SELECT count(*) FROM loads WHERE NOT bundled") == 0
    sound = loaded_addition(Path("a.csv"), "hash", _observed(1.0), "1")
    assert add_counted(place, [sound], dt.datetime.now(dt.UTC)) == {"hash"}


def test_folders_are_looked_through_and_hidden_files_left_alone(letters: Path) -> None:
    names = [path.name for path in expand([letters, letters / "note.txt"])]
    assert names == ["ilacs.pdf", "a copy without an ending", "jtai.pdf", "note.txt", "page.pdf", "note.txt"]


def test_a_record_in_a_folder_is_passed_over_whole_and_told_in_one_line(letters: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(letters, folder / "letters")
    first = ingest([folder / "letters"], folder / "record", workers=1)
    again = ingest([folder], folder / "record", workers=1)
    assert first.passed_over == ()
    assert again.passed_over == (str(folder / "record"),)
    assert again.unchanged == first.added + first.unchanged
    assert again.refused == first.refused
    assert ingest([folder / "record"], tmp_path / "other").passed_over == (str(folder / "record"),)


def test_a_report_is_told_by_what_it_holds_or_calls_itself(letters: Path) -> None:
    programs = {path.name: getattr(look(path), "program", None) for path in expand([letters])}
    assert programs == {
        "ilacs.pdf": "reading",
        "a copy without an ending": "reading",
        "jtai.pdf": "reading",
        "page.pdf": "reading",
        "note.txt": "statistics",
    }


@pytest.mark.slow
def test_a_name_that_is_no_text_stops_nothing(letters: Path, tmp_path: Path, one_value: Ask) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    shutil.copy(letters / "jtai.pdf", os.fsencode(folder) + b"/z\xff.pdf")
    shutil.copy(letters / "ilacs.pdf", folder)
    (folder / os.fsdecode(b"page\xfe.pdf")).write_text("<!DOCTYPE html><title>Report</title>")
    summary = ingest([folder], tmp_path / "record", workers=1)
    assert summary.added == 2
    assert [Path(file).name for file, _ in summary.refused] == ["page\\xfe.pdf"]
    record = open_record(tmp_path / "record")
    names = "SELECT list(split(file, '/')[-1] ORDER BY file) FROM reports"
    assert one_value(record, names) == ["ilacs.pdf", "z\\xff.pdf"]
    assert one_value(record, "SELECT count(*) FROM loads WHERE file LIKE '%z\\xff.pdf'") == 1


def test_a_value_that_cannot_be_stored_costs_its_own_file_alone(
    tmp_path: Path, make_report: Callable[..., Report], one_value: Ask
) -> None:
    place = locate(tmp_path / "record")
    ensure(place)
    reports = [
        make_report(name, lead_inspector="\ud800" if name == "bad" else "A. Name") for name in ["one", "bad", "two"]
    ]
    taking = _Taking(place, [Path(one.file) for one in reports], None)
    taking._add([report_addition(Path(one.file), attribute(one), "1") for one in reports])
    summary = taking.summary()
    assert summary.added == 2
    assert [file for file, _ in summary.refused] == ["bad.pdf"]
    assert "cannot be stored" in summary.refused[0][1]
    assert one_value(open_record(tmp_path / "record"), "SELECT count(*) FROM reports") == 2


def test_what_is_no_regular_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "endless").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "not there")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "not there")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "round.pdf").symlink_to(tmp_path / "round.pdf")
    (tmp_path / "real.csv").write_text("a,b")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    expected = {
        "gone.pdf": "it is a link to nothing",
        "link.csv": None,
        "pipe.pdf": "it is not a file but a folder, a device or a pipe",
        "real.csv": None,
        "round.pdf": "it cannot be opened: Too many levels of symbolic links",
    }
    found = {path.name: getattr(look(path), "reason", None) for path in expand([tmp_path])}
    assert found == expected
    endless = look(tmp_path / "endless")
    assert isinstance(endless, Unopened)
    assert "a device" in endless.reason


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file and a folder that may not be looked into."""
    (tmp_path / "given" / "closed").mkdir(parents=True)
    (tmp_path / "given" / "open.pdf").write_text("<!DOCTYPE html>")
    real = os.scandir

    def scan(path: str | Path) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scan)
    return tmp_path / "given"


def test_a_folder_that_may_not_be_looked_into_is_refused_and_not_passed_over(closed: Path) -> None:
    assert {path.name for path in expand([closed])} == {"closed", "open.pdf"}
    assert look(closed / "closed") == Unopened(closed / "closed", "it cannot be opened: Permission denied")


def test_reading_refuses_it_too(closed: Path) -> None:
    (closed / "gone.pdf").symlink_to(closed / "not there")
    files = reading_expand([closed])
    assert [path.name for path in files] == ["closed", "gone.pdf", "open.pdf"]
    refused = [read(path) for path in files]
    assert all(isinstance(one, Refusal) for one in refused)
    assert "cannot be opened: Permission denied" in str(refused[0])


def test_versions_are_told_by_their_numbers() -> None:
    assert version_rank("1.10") > version_rank("1.9")
    assert version_rank("2") > version_rank("1.99")
    assert not is_known("a", "1", {})


def test_a_writer_waits_for_another_and_says_so_when_it_gives_up(tmp_path: Path) -> None:
    place = locate(tmp_path)
    with writing(place):
        holder = "from joinedup.record.lock import writing; from joinedup.record.location import Location\n"
        holder += f"with writing(Location({str(tmp_path)!r}), 0.2): pass"
        done = subprocess.run([sys.executable, "-c", holder], capture_output=True, text=True, check=False)
    assert "RecordBusyError: Another process is writing" in done.stderr
    with writing(place, 0.2):
        pass
    assert issubclass(RecordBusyError, RecordError)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, neighbours_file: Write) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordError, match="file"):
        ingest([neighbours_file()], tmp_path / "file" / "record")


@pytest.mark.parametrize("name", ["a[1]", "a^b", "a|b", "a\\b", "a%20b", "a#b", "a?b", "a*b", "a\nb", "a\udce9"])
def test_a_folder_whose_name_means_more_to_the_table_format_is_refused_in_one_line(
    tmp_path: Path, neighbours_file: Write, name: str
) -> None:
    with pytest.raises(RecordError, match="cannot be kept in") as told:
        ingest([neighbours_file()], tmp_path / name)
    assert "\n" not in str(told.value)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["a b", "ä", "100% ours", "Kinder's {1}"])
def test_other_names_will_do(tmp_path: Path, neighbours_file: Write, name: str) -> None:
    ingest([neighbours_file()], tmp_path / name)
    assert row_counts(open_record(tmp_path / name))["neighbours"]


@pytest.mark.slow
def test_two_processes_take_the_same_files_in_and_none_counts_twice(
    letters: Path, tmp_path: Path, neighbours_file: Write
) -> None:
    command = (
        "import sys\nfrom joinedup.record import ingest\n"
        "if __name__ == '__main__':\n"
        "    done = ingest(sys.argv[2:], sys.argv[1], workers=1)\n"
        "    print(done.added, done.unchanged, len(done.refused))"
    )
    script = tmp_path / "both.py"
    script.write_text(command)
    arguments = [sys.executable, str(script), str(tmp_path / "record"), str(letters), str(neighbours_file())]
    both = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [tuple(map(int, one.communicate(timeout=120)[0].split())) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sum(added for added, _, _ in answers) == 3
    assert {refused for _, _, refused in answers} == {2}
    assert {added + unchanged for added, unchanged, _ in answers} == {4}
    found = open_record(tmp_path / "record").ask(
        Steps().step("answer", "SELECT sha256, count(*) AS n FROM loads WHERE NOT bundled GROUP BY sha256")
    )
    assert [row["n"] for row in found] == [1, 1, 1, 1]
