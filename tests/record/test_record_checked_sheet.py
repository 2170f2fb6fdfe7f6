"""Doubtful answers as a table that people fill in: written out, changed as people and their programs change it, and
taken in again, whole or not at all."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.analysis import accountability, filled_in
from joinedup.analysis.filled_in import NotFilledInError, read_rows
from joinedup.analysis.sheet_checked import BY_READING, TakenIn, several, take_in
from joinedup.analysis.sheet_to_check import TO_FILL_IN, columns_to_check, rows_to_check, to_check
from joinedup.areas import agencies
from joinedup.documents.spreadsheets import safe_cell, write_to_fill_in
from joinedup.errors import UsageError
from joinedup.reading.model import Item
from joinedup.record import correct, corrections, open_record

Rows = list[dict[str, Any]]

TEXTS = (
    "The police and the council should share what they know of missing children.",
    "- Health visitors must see every new baby.",
    "=The council and schools should agree who leads.",
)
COLUMNS = columns_to_check()


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, take_in: Callable[..., Any], make_report: Any) -> Path:
    """A record with one report, which nobody changes."""
    folder = tmp_path_factory.mktemp("made") / "record"
    items = tuple(Item("improvement", text, 2) for text in TEXTS)
    take_in(folder, make_report("sheet", priority_actions=(), improvements=items))
    return folder


@pytest.fixture(params=["csv", "xlsx"])
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rows_of(place: Path) -> Rows:
    """The rows as they are written, by their statements' words as TEXTS has them."""
    rows = rows_to_check(to_check(open_record(place), fictional=True).demands)
    return sorted(rows, key=lambda row: TEXTS.index(row["text"]))


def written(folder: Path, rows: Rows, ending: str = "csv") -> Path:
    path = folder / f"filled.{ending}"
    with path.open("wb") as file:
        write_to_fill_in(file, ending, rows, COLUMNS)
    return path


def taken(place: Path, path: Path, **more: Any) -> TakenIn:
    return take_in(place, path, **{"by": "A Clerk"} | more)


def wrong(found: TakenIn) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.what) for one in found.wrong]


def said(place: Path) -> dict[str, tuple[str | None, bool]]:
    """What was said of each statement, by its words: what is right, and whether that was confirmed."""
    texts = {one.id: one.text for one in accountability(open_record(place), fictional=True).demands}
    return {texts[one.statements[0]]: (one.new, one.confirmed) for one in corrections(open_record(place))}


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A spreadsheet with one of its parts changed."""
    other = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            made.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return other


class TestWhatIsWritten:
    def test_what_nobody_has_spoken_for_the_most_doubtful_first(self, place: Path) -> None:
        found = to_check(open_record(place), fictional=True)
        least = accountability(open_record(place), fictional=True, doubtful_first=True, sure_below=1).demands
        assert found.demands == least
        first, *others = least
        correct(place, report=first.report.sha256, finding=first.id, field="agencies", confirm=True, by="A", reason="b")
        assert [one.id for one in to_check(open_record(place), fictional=True).demands] == [one.id for one in others]

    def test_a_row_a_statement_with_what_the_program_says_and_cells_to_fill_in(self, place: Path) -> None:
        for row, one in zip(rows_of(place), TEXTS, strict=True):
            assert tuple(row) == tuple(COLUMNS)
            assert (row["text"], row["area_name"], row["page"]) == (one, "Ashmere", 2)
            assert row["agencies"]
            assert 0 < row["sure"] < 1
            assert [row[name] for name in TO_FILL_IN] == [None] * 4

    def test_no_text_is_a_formula_and_every_text_comes_back(self, place: Path, tmp_path: Path, ending: str) -> None:
        path = written(tmp_path, rows_of(place), ending)
        if ending == "csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(tuple("=+-@"))]
        else:
            assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
        assert [row.cells["text"] for row in read_rows(path, COLUMNS, ())] == list(TEXTS)

    def test_excel_takes_the_csv_for_utf_8(self, place: Path, tmp_path: Path) -> None:
        assert written(tmp_path, rows_of(place)).read_bytes().startswith(b"\xef\xbb\xbf")

    def test_a_spreadsheet_explains_its_columns_and_names_the_agencies(self, place: Path, tmp_path: Path) -> None:
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(str(written(tmp_path, rows_of(place), "xlsx")))
        assert book.sheet_names[1:] == ["Columns"]
        meanings = dict(book.get_sheet_by_index(1).to_python()[1:])
        assert tuple(meanings) == tuple(COLUMNS)
        assert all(f"{one.title} ({one.key})" in meanings["right_agencies"] for one in agencies())

    def test_no_more_than_can_be_taken_in_again(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("joinedup.analysis.sheet_to_check.MOST_ROWS", 2)
        with pytest.raises(UsageError, match="3 statements are more than the 2"):
            to_check(open_record(place), fictional=True)
        assert len(to_check(open_record(place), fictional=True, limit=2).demands) == 2


class TestWhatIsTakenIn:
    def test_what_is_right_is_confirmed_what_is_not_corrected_and_the_rest_left_alone(
        self, place: Path, tmp_path: Path, ending: str
    ) -> None:
        rows = rows_of(place)
        rows[0]["right"] = "yes"
        rows[1] |= {"right": "no", "right_agencies": "Health; courts", "why": "It names both", "who": "B Smith"}
        found = taken(place, written(tmp_path, rows, ending))
        assert (found.confirmed, found.corrected, found.unchanged, found.passed_over) == (1, 1, 0, 1)
        assert (found.wrong, found.kept) == ((), True)
        assert said(place) == {TEXTS[0]: (rows[0]["agencies"], True), TEXTS[1]: ("courts; health", False)}
        assert {(one.corrected_by, one.reason) for one in corrections(open_record(place))} == {
            ("A Clerk", BY_READING),
            ("B Smith", "It names both"),
        }

    def test_the_same_again_changes_nothing_and_one_row_more_only_that(
        self, place: Path, tmp_path: Path, ending: str
    ) -> None:
        rows = rows_of(place)
        rows[0]["right"] = "yes"
        rows[1]["right_agencies"] = "none"
        path = written(tmp_path, rows, ending)
        taken(place, path)
        before = open_record(place).snapshot
        again = taken(place, path)
        assert (again.confirmed, again.corrected, again.unchanged, again.passed_over) == (0, 0, 2, 1)
        assert open_record(place).snapshot == before
        rows[2]["right"] = "yes"
        more = taken(place, written(tmp_path, rows, ending))
        assert (more.confirmed, more.corrected, more.unchanged, more.passed_over) == (1, 0, 2, 0)

    def test_what_is_only_looked_at_changes_nothing(self, place: Path, tmp_path: Path) -> None:
        rows = rows_of(place)
        rows[0]["right"], rows[1]["right_agencies"] = "yes", "courts"
        before = open_record(place).snapshot
        found = taken(place, written(tmp_path, rows), keep=False)
        assert (found.confirmed, found.corrected, found.kept) == (1, 1, False)
        assert open_record(place).snapshot == before

    def test_a_report_that_was_read_again_is_known_by_the_words(
        self, place: Path, tmp_path: Path, make_report: Any, request: pytest.FixtureRequest
    ) -> None:
        rows = rows_of(place)
        rows[1]["right_agencies"] = "courts"
        path = written(tmp_path, rows)
        items = tuple(Item("improvement", text, 2) for text in ("What an older reader did not find.", *TEXTS))
        newer = make_report("sheet", priority_actions=(), improvements=items)
        request.getfixturevalue("take_in")(place, newer, version="2")
        assert taken(place, path).corrected == 1
        assert said(place) == {TEXTS[1]: ("courts", False)}

    def test_also_where_somebody_has_corrected_the_words(self, place: Path, tmp_path: Path) -> None:
        rows = rows_of(place)
        rows[1]["right_agencies"] = "courts"
        path, finding = written(tmp_path, rows), rows[1]["finding"]
        correct(place, report=finding[:64], finding=finding, field="text", new="Nurses must.", by="A", reason="b")
        assert taken(place, path).corrected == 1

    def test_two_people_who_say_the_same_say_it_once(self, place: Path, tmp_path: Path) -> None:
        rows = rows_of(place)
        rows[0]["right"], rows[1]["right_agencies"] = "yes", "courts"
        path = written(tmp_path, rows)
        taken(place, path)
        assert taken(place, path, by="B Smith").unchanged == 2
        assert {one.corrected_by for one in corrections(open_record(place))} == {"A Clerk"}


class TestWhatIsWrong:
    """Every row that is wrong is named by its number, its column and in plain words, and nothing is kept."""

    @pytest.mark.parametrize(
        ("given", "column", "what"),
        [
            ({"right_agencies": "wizards"}, "right_agencies", "There is no agency 'wizards'. There is: Council"),
            ({"right_agencies": "police, wizards"}, "right_agencies", "There is no agency 'wizards'"),
            ({"right": "perhaps"}, "right", "This is yes or no, not 'perhaps'."),
            ({"right": "no"}, "right_agencies", "Say which agencies are right, or none."),
            ({"right": "yes", "right_agencies": "courts"}, "right_agencies", "The row says yes, and these are other"),
            ({"right": "no", "right_agencies": "AS IT IS"}, "right_agencies", "The row says no, and these are the"),
            ({"right": "yes", "why": "x" * 1001}, "why", "This has more than 1,000 letters."),
            ({"right": "yes", "who": "x" * 201}, "who", "This has more than 200 letters."),
            (
                {"right": "yes", "text": "Quite other words."},
                "mark",
                "This row's finding, text and agencies are not as",
            ),
            ({"agencies": "courts"}, "mark", "This row's finding, text and agencies are not as they were written"),
            ({"right": "yes", "finding": "0" * 64 + "-0001"}, "mark", "This row's finding, text and agencies are not"),
            ({"right": "yes", "mark": ""}, "mark", "This row's finding, text and agencies are not as they were"),
        ],
    )
    def test_in_the_row_itself(
        self, place: Path, tmp_path: Path, given: dict[str, str], column: str, what: str, ending: str
    ) -> None:
        rows = rows_of(place)
        rows[0]["right"] = "yes"
        rows[1] |= {name: rows[1]["agencies"] if value == "AS IT IS" else value for name, value in given.items()}
        before = open_record(place).snapshot
        found = taken(place, written(tmp_path, rows, ending))
        ((row, where, told),) = wrong(found)
        assert (row, where) == (3, column)
        assert told.startswith(what)
        assert (found.confirmed, found.kept) == (0, False)
        assert open_record(place).snapshot == before

    def test_nobody_is_named(self, place: Path, tmp_path: Path) -> None:
        rows = rows_of(place)
        rows[0] |= {"right": "yes", "who": "\u200b"}
        rows[1] |= {"right": "yes", "who": "B Smith"}
        path = written(tmp_path, rows)
        ((row, column, told),) = wrong(taken(place, path, by=""))
        assert (row, column, told[:16]) == (2, "who", "Nobody is named.")

    def test_all_of_them_are_named_at_once_whatever_is_wrong_with_each(self, place: Path, tmp_path: Path) -> None:
        rows = rows_of(place)
        correct(
            place, report=rows[0]["finding"][:64], finding=rows[0]["finding"], field="agencies", new=["housing"],
            by="Another", reason="Read it too",
        )  # fmt: skip
        rows[0]["right"], rows[1]["right"], rows[2]["right_agencies"] = "yes", "perhaps", "wizards"
        found = taken(place, written(tmp_path, rows))
        assert [one[:2] for one in wrong(found)] == [(2, "agencies"), (3, "right"), (4, "right_agencies")]
        assert wrong(found)[0][2] == "Meanwhile Another has corrected “Held responsible”: it is now Housing."
        assert found.wrong[1].words == TEXTS[1]

    def test_somebody_else_has_confirmed_it_since(self, place: Path, tmp_path: Path) -> None:
        rows = rows_of(place)
        finding = rows[0]["finding"]
        correct(place, report=finding[:64], finding=finding, field="agencies", confirm=True, by="Another", reason="b")
        rows[0]["right_agencies"] = "courts"
        ((_, column, told),) = wrong(taken(place, written(tmp_path, rows)))
        assert (column, told[:28]) == ("agencies", "Meanwhile Another has confir")

    def test_two_rows_on_one_statement(self, place: Path, tmp_path: Path) -> None:
        rows = rows_of(place)
        rows[0]["right"] = "yes"
        found = taken(place, written(tmp_path, [*rows, rows[0] | {"who": "B Smith"}]))
        told = "2 rows are on this statement. Leave one of them."
        assert wrong(found) == [(2, "finding", told), (5, "finding", told)]

    def test_a_statement_that_the_record_no_longer_has(
        self, place: Path, tmp_path: Path, make_report: Any, request: pytest.FixtureRequest
    ) -> None:
        rows = rows_of(place)
        rows[0]["right"] = rows[1]["right"] = "yes"
        path = written(tmp_path, rows)
        items = (Item("improvement", TEXTS[0], 2), Item("improvement", "Something else.", 2))
        newer = make_report("sheet", priority_actions=(), improvements=items)
        request.getfixturevalue("take_in")(place, newer, version="2")
        ((row, column, told),) = wrong(taken(place, path))
        assert (row, column, told[:41]) == (3, "finding", "The words of this statement have changed ")

    def test_a_statement_of_a_report_that_it_never_had(
        self, place: Path, tmp_path: Path, make_report: Any, request: pytest.FixtureRequest
    ) -> None:
        request.getfixturevalue("take_in")(tmp_path / "other", make_report())
        rows = rows_of(place)
        rows[0]["right"] = "yes"
        ((_, column, told),) = wrong(taken(tmp_path / "other", written(tmp_path, rows)))
        assert (column, told[:39]) == ("finding", "The record holds no report that begins ")

    @pytest.mark.parametrize("column", TO_FILL_IN)
    def test_a_formula(self, place: Path, tmp_path: Path, column: str, ending: str) -> None:
        rows = rows_of(place)
        rows[0]["right"] = "yes"
        path = tmp_path / f"formula.{ending}"
        cells = [list(COLUMNS), *([row[name] for name in COLUMNS] for row in rows)]
        at = list(COLUMNS).index(column)
        cells[2][at] = '=IF(A1="x","yes","yes")'
        if ending == "csv":
            with path.open("w", newline="") as file:
                csv.writer(file).writerows(cells)
        else:
            with xlsxwriter.Workbook(path, {"strings_to_formulas": True}) as book:
                book.add_worksheet("Mine").write(0, 0, "=1+1")
                sheet = book.add_worksheet("To check")
                for number, row in enumerate(cells):
                    for place_, cell in enumerate(row):
                        if place_ == at and number == 2:
                            sheet.write_formula(number, place_, cell, None, "yes")
                        elif cell is not None:
                            sheet.write_string(number, place_, str(cell))
        expected = [(3, column, "This is a formula. Write what it comes to.")]
        assert wrong(taken(place, path)) == expected
        if ending == "xlsx":  # other programs name the parts of the file by whole addresses
            rels, whole = "xl/_rels/workbook.xml.rels", b'Target="/xl/worksheets'
            other = changed(path, rels, lambda old: old.replace(b'Target="worksheets', whole))
            assert wrong(taken(place, other)) == expected

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda rows: [{"a": 1}], "There is no column 'a' in this table. There is: area_name, "),
            (lambda rows: [row | {"notes": ""} for row in rows], "There is no column 'notes'"),
            (
                lambda rows: [{n: v for n, v in row.items() if n != "why"} for row in rows],
                "The table has no column why",
            ),
            (
                lambda rows: [row | {"Right Agencies": ""} for row in rows],
                "The table has the column right_agencies twice",
            ),
            (
                lambda rows: [row | {"": "x"} for row in rows],
                "Row 2 has 'x' in its cell 19, a column without a heading",
            ),
        ],
    )
    def test_a_column(
        self, place: Path, tmp_path: Path, change: Callable[[Rows], Rows], told: str, ending: str
    ) -> None:
        rows = change(rows_of(place))
        path = tmp_path / f"wrong.{ending}"
        with path.open("wb") as file:
            write_to_fill_in(file, ending, rows, dict.fromkeys(rows[0], ""))
        with pytest.raises(NotFilledInError, match=re.escape(told)):
            taken(place, path)


class TestWhatSpreadsheetProgramsDo:
    def again(self, tmp_path: Path, place: Path, **how: Any) -> Path:
        """The table saved as CSV by some program, filled in."""
        rows = rows_of(place)
        rows[0]["right"], rows[1]["right_agencies"] = how.pop("yes", "yes"), how.pop("agencies", "Health, Police")
        encoding, end = how.pop("encoding", "utf-8"), how.pop("lineterminator", "\r\n")
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator=end, **how)
        writer.writerow(COLUMNS)
        writer.writerows([safe_cell(row[name]) for name in COLUMNS] for row in rows)
        path = tmp_path / "saved.csv"
        path.write_bytes(text.getvalue().encode(encoding, "replace"))
        return path

    @pytest.mark.parametrize(
        "how",
        [
            {},
            {"encoding": "utf-8-sig"},
            {"encoding": "cp1252"},
            {"delimiter": ";"},
            {"delimiter": "\t"},
            {"lineterminator": "\n"},
            {"lineterminator": "\r"},
            {"quoting": csv.QUOTE_ALL, "delimiter": ";", "encoding": "utf-8-sig"},
            {"agencies": "police\u00a0;\u00a0HEALTH\u00a0"},
            {"agencies": "health;police;"},
            *({"yes": each} for each in ("Yes", "y", "TRUE", "\u00a0yes ", "1")),
        ],
    )
    def test_a_csv_file_is_understood(self, place: Path, tmp_path: Path, how: dict[str, Any]) -> None:
        found = taken(place, self.again(tmp_path, place, **how))
        assert (found.confirmed, found.corrected, found.wrong) == (1, 1, ())
        assert said(place)[TEXTS[1]] == ("health; police", False)

    @pytest.mark.parametrize("yes", [True, "TRUE", 1, 1.0, "\u00a0Y"])
    def test_a_spreadsheet_of_theirs_is_understood(self, place: Path, tmp_path: Path, yes: Any) -> None:
        rows = rows_of(place)
        rows[0]["right"] = yes
        path = tmp_path / "theirs.xlsx"
        kept = [name for name in COLUMNS if name not in ("area_name", "sure")]
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("My counts").write_formula(0, 0, "=1+1")
            sheet = book.add_worksheet("Tabelle1")
            sheet.write_row(0, 0, [name.replace("_", " ").upper() for name in reversed(kept)])
            for number, row in enumerate(rows):
                for at, name in enumerate(reversed(kept)):
                    value = row[name]
                    if value is not None:
                        (sheet.write_string if isinstance(value, str) else sheet.write)(2 * number + 2, at, value)
        found = taken(place, path)
        assert (found.confirmed, found.passed_over, found.wrong) == (1, 2, ())

    def test_rows_are_counted_as_they_count_them(self, place: Path, tmp_path: Path) -> None:
        rows = rows_of(place)
        rows[2]["right"] = "perhaps"
        lines = written(tmp_path, rows).read_text("utf-8-sig").splitlines(keepends=True)
        path = tmp_path / "spaced.csv"
        path.write_text("".join([*lines[:2], ",,,\n", "\n", *lines[2:]]), newline="")
        assert [one[:2] for one in wrong(taken(place, path))] == [(6, "right")]

    @pytest.mark.parametrize(
        ("given", "keys"),
        [
            ("none", []),
            ("None", []),
            ("council; Courts, prosecution and prisons", ["courts", "local_authority"]),
            ("Courts, prosecution and prisons, police", ["courts", "police"]),
            ("police, Courts, prosecution and prisons , Health", ["courts", "health", "police"]),
            ("Youth justice,youth_justice", ["youth_justice"]),
        ],
    )
    def test_agencies_are_named_by_key_or_title_though_one_has_a_comma(self, given: str, keys: list[str]) -> None:
        assert several(given) == keys


class TestWhatIsNoSuchTable:
    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "an empty file"),
            (b"\xef\xbb\xbf", "The table has no column text"),
            (b"\n\n", "The table has no column text"),
            (b"%PDF-1.7\n", "a PDF"),
            (b"PK\x03\x04 and no more", "a spreadsheet that is damaged"),
            (b"\xd0\xcf\x11\xe0", "an old Office file"),
            (b"\xff\xfet\x00", "text in UTF-16"),
            (b"text,agencies\x00", "a binary file"),
            (b"text," + b"x" * (1 << 21), "a line longer than 1 MB"),
            (b'text,"' + b"x\n" * 100_000, "This is no CSV file that can be read: field larger than field limit"),
        ],
    )
    def test_is_told_in_plain_words(self, place: Path, tmp_path: Path, content: bytes, told: str) -> None:
        path = tmp_path / "wrong.csv"
        path.write_bytes(content)
        with pytest.raises(NotFilledInError, match=told):
            taken(place, path)

    def test_nor_what_is_not_there(self, place: Path, tmp_path: Path) -> None:
        with pytest.raises(NotFilledInError, match="The file cannot be read: No such file"):
            taken(place, tmp_path / "missing.csv")

    def test_nor_too_many_rows(self, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
        path = written(tmp_path, rows_of(place), ending)
        monkeypatch.setattr(filled_in, "MOST_ROWS", 2)
        with pytest.raises(NotFilledInError, match="more than 2 rows"):
            taken(place, path)

    def test_nor_too_large_a_file(self, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = written(tmp_path, rows_of(place))
        monkeypatch.setattr(filled_in, "LARGEST", 100)
        with pytest.raises(NotFilledInError, match="larger than"):
            taken(place, path)

    @pytest.mark.parametrize(
        ("part", "change", "told"),
        [
            (
                "xl/worksheets/sheet1.xml",
                lambda old: old.replace(b"A1:", b"A1:ZZ") + b" " * (65 << 20),
                "more than 64 MB",
            ),
            ("xl/sharedStrings.xml", lambda old: old[:-20], "damaged"),
            ("xl/workbook.xml", lambda old: old.replace(b"rId1", b"rId99"), "cannot be read|damaged|without a sheet"),
            ("xl/worksheets/sheet1.xml", lambda old: old.replace(b'r="R4"', b'r="XFD1048576"'), "spans more than"),
            (
                "xl/worksheets/sheet1.xml",
                lambda old: old.replace(
                    b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'
                ),
                "declarations that none needs|cannot be read",
            ),
        ],
    )
    def test_nor_what_would_swell_or_reach_elsewhere(
        self, place: Path, tmp_path: Path, part: str, change: Callable[[bytes], bytes], told: str
    ) -> None:
        path = changed(written(tmp_path, rows_of(place), "xlsx"), part, change)
        with pytest.raises(NotFilledInError, match=told):
            taken(place, path)

    def test_nor_a_zip_of_something_else(self, place: Path, tmp_path: Path) -> None:
        path = tmp_path / "other.xlsx"
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("content.xml", "<a/>")
        with pytest.raises(NotFilledInError, match="no XLSX file"):
            taken(place, path)


LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=40).filter(
    lambda text: not re.search(r"_x[0-9A-Fa-f]{4}_", text) and not text.lstrip().startswith("'")
)


@given(cells=st.fixed_dictionaries(dict.fromkeys(TO_FILL_IN, LINES)), ending=st.sampled_from(["csv", "xlsx"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_into_a_cell_comes_back(tmp_path: Path, cells: dict[str, str], ending: str) -> None:
    row = dict.fromkeys(COLUMNS) | {"finding": "x", **cells}
    (found,) = read_rows(written(tmp_path, [row], ending), COLUMNS, ())
    for name, text in cells.items():
        shown = " ".join("".join(each if each.isprintable() else " " for each in text).split())
        assert found.cells[name] == shown
    assert found.formulas == ()


ANSWERS = st.one_of(
    st.none(), st.just("yes"), st.sets(st.sampled_from([one.key for one in agencies()]), max_size=3).map(frozenset)
)


@given(answers=st.lists(ANSWERS, min_size=3, max_size=3), ending=st.sampled_from(["csv", "xlsx"]), titles=st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.slow
def test_whatever_is_said_of_the_statements_stands_then(
    tmp_path_factory: pytest.TempPathFactory, made_once: Path, answers: list[Any], ending: str, titles: bool
) -> None:
    folder = tmp_path_factory.mktemp("round")
    place = folder / "record"
    shutil.copytree(made_once, place)
    rows = rows_of(place)
    called = {one.key: one.title if titles else one.key for one in agencies()}
    expected = {}
    for row, answer in zip(rows, answers, strict=True):
        if answer is None:
            continue
        if answer == "yes":
            row["right"] = "yes"
        else:
            row["right_agencies"] = "; ".join(called[key] for key in answer) or "none"
        right = row["agencies"] if answer == "yes" else "; ".join(sorted(answer)) or None
        expected[row["text"]] = (right, right == row["agencies"])
    found = taken(place, written(folder, rows, ending))
    assert found.wrong == ()
    assert said(place) == expected
