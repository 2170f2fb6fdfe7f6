"""Checking doubtful answers in a spreadsheet, over the web: the table out, and in again, by the operator alone."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from python_calamine import CalamineWorkbook

from joinedup.analysis import accountability
from joinedup.analysis.sheet_to_check import columns_to_check
from joinedup.record import RecordBusyError, correct, corrections, open_record
from joinedup.service import uploads
from joinedup.service.site.views import checking_table

pytestmark = pytest.mark.slow

TOKEN = "the operator's own, of more than thirty-two letters"
ADDRESS = "/accountability/check/table"


@pytest.fixture(autouse=True)
def operator() -> Iterator[None]:
    """Somebody runs the service who may correct."""
    with override_settings(OPERATOR_TOKEN=TOKEN):
        yield


@pytest.fixture
def browser() -> Client:
    """A client that forgery protection applies to."""
    return Client(enforce_csrf_checks=True)


def table(browser: Client, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"/accountability/check.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def send(browser: Client, content: bytes | None, address: str = ADDRESS, **given: str) -> Any:
    page = browser.get(address).content.decode()
    mark = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert mark
    form: dict[str, Any] = {"csrfmiddlewaretoken": mark[1], "by": "A Clerk", "reason": "I read it", "token": TOKEN}
    if content is not None:
        form["table"] = SimpleUploadedFile("check.csv", content)
    return browser.post(address, form | given)


def told(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


class TestTheTable:
    def test_has_what_the_page_for_checking_has_and_leads_to_it(self, browser: Client, place: Path) -> None:
        query = "?agency=police&kind=all"
        assert f'href="{ADDRESS}{html.escape(query)}"' in browser.get(f"/accountability/check{query}").content.decode()
        page = browser.get(ADDRESS + query).content.decode()
        assert all(f'href="/accountability/check.{each}{html.escape(query)}"' in page for each in ("csv", "xlsx"))
        kinds = ("priority_action", "improvement", "strength", "finding")
        asked: dict[str, Any] = {"agency": ["police"], "kinds": kinds, "fictional": True}
        least = accountability(open_record(place), **asked, doubtful_first=True, sure_below=1).demands
        rows = table(browser, query)
        assert [row["finding"] for row in rows] == [one.id for one in least]
        assert {row["file"] for row in rows} == {Path(one.report.file).name for one in least}

    def test_also_as_a_spreadsheet(self, browser: Client, place: Path) -> None:
        answer = browser.get("/accountability/check.xlsx")
        assert answer["Content-Disposition"] == 'attachment; filename="check.xlsx"'
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert len(rows) == len(table(browser)) + 1

    def test_every_column_is_explained_beside_it(self, browser: Client, place: Path) -> None:
        words = told(browser.get(ADDRESS).content)
        for name, meaning in columns_to_check().items():
            assert f"{name} {meaning}" in words
        assert tuple(table(browser)[0]) == tuple(columns_to_check())

    def test_wrong_filters_are_told(self, browser: Client, place: Path) -> None:
        assert browser.get("/accountability/check.csv?agency=wizards").status_code == 400
        assert browser.get(f"{ADDRESS}?agency=wizards").status_code == 400
        assert browser.get("/accountability/check.parquet").status_code == 404

    def test_nothing_of_it_where_nobody_may_correct(self, browser: Client, place: Path) -> None:
        rows = table(browser)
        with override_settings(OPERATOR_TOKEN=""):
            assert browser.get(ADDRESS).status_code == 404
            assert browser.get("/accountability/check.csv").status_code == 404
            answer = Client().post(ADDRESS, {"token": "", "table": SimpleUploadedFile("check.csv", as_csv(rows))})
            assert answer.status_code == 404
            assert [file.size for file in answer.wsgi_request.FILES.values()] == [0], "nor is anything taken in"


class TestWhatIsSent:
    def test_counts_at_once_and_what_came_of_it_is_told(self, browser: Client, place: Path) -> None:
        rows = table(browser)
        rows[0]["right"] = "yes"
        rows[1] |= {"right": "no", "right_agencies": "Courts, prosecution and prisons", "who": "B Smith", "why": "So"}
        answer = send(browser, as_csv(rows))
        assert answer.status_code == 200
        words = told(answer.content)
        assert "The table was taken in 1 found right 1 corrected 0 stood so already" in words
        assert f"{len(rows) - 2} not filled in" in words
        assert {(one.corrected_by, one.reason, one.standing) for one in corrections(open_record(place))} == {
            ("A Clerk", "I read it", "confirmed"),
            ("B Smith", "So", "standing"),
        }
        assert [row["finding"] for row in table(browser)] == [row["finding"] for row in rows[2:]]

    def test_sent_twice_it_counts_once(self, browser: Client, place: Path) -> None:
        rows = table(browser)
        rows[0]["right"] = "yes"
        send(browser, as_csv(rows))
        before = open_record(place).snapshot
        assert "0 found right 0 corrected 1 stood so already" in told(send(browser, as_csv(rows)).content)
        assert open_record(place).snapshot == before

    def test_what_is_wrong_is_shown_row_by_row_and_nothing_is_saved(self, browser: Client, place: Path) -> None:
        rows = table(browser)
        rows[0]["right"], rows[1]["right_agencies"], rows[2]["right"] = "perhaps", "wizards", "yes"
        finding = rows[2]["finding"]
        correct(place, report=finding[:64], finding=finding, field="agencies", new=["courts"], by="Another", reason="b")
        answer = send(browser, as_csv(rows))
        assert answer.status_code == 409
        words = told(answer.content)
        assert "Nothing was saved: 3 rows of the table cannot be" in words
        assert "2 right This is yes or no, not 'perhaps'." in words
        assert "3 right_agencies There is no agency 'wizards'" in words
        assert "4 agencies Meanwhile Another has corrected “Held responsible”" in words
        assert answer.content.decode().count(' value="A Clerk"') == 1, "what was typed is given back"
        assert TOKEN not in html.unescape(answer.content.decode())
        assert [one.corrected_by for one in corrections(open_record(place))] == ["Another"]

    def test_of_very_many_the_first_are_shown(self, browser: Client, place: Path, monkeypatch: Any) -> None:
        monkeypatch.setattr(checking_table, "SHOWN", 2)
        rows = [row | {"right": "perhaps"} for row in table(browser)]
        words = told(send(browser, as_csv(rows)).content)
        assert f"These are the first 2; {len(rows) - 2} more follow." in words

    @pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1]])
    def test_without_the_token_nothing_is_saved(self, browser: Client, place: Path, token: str) -> None:
        rows = [row | {"right": "yes"} for row in table(browser)]
        answer = send(browser, as_csv(rows), token=token)
        assert answer.status_code == 403
        assert "Nothing was saved" in told(answer.content)
        assert ' value="A Clerk"' in answer.content.decode()
        assert corrections(open_record(place)) == ()

    def test_nor_from_another_sites_form(self, browser: Client, place: Path) -> None:
        rows = [row | {"right": "yes"} for row in table(browser)]
        form = {"by": "A Clerk", "reason": "b", "token": TOKEN, "table": SimpleUploadedFile("a.csv", as_csv(rows))}
        assert browser.post(ADDRESS, form).status_code == 403
        assert corrections(open_record(place)) == ()

    @pytest.mark.parametrize(
        ("content", "given", "message"),
        [
            (None, {}, "Choose the table that you filled in"),
            (b"", {}, "The table is empty"),
            (b"%PDF-1.7\n", {}, "Nothing was saved. This is no CSV or XLSX file that can be read: a PDF."),
            (b"a,b\n1,2\n", {}, "Nothing was saved. There is no column 'a' in this table."),
            (b"a,b\n", {"by": "\u200b"}, "Say who checked them"),
            (b"a,b\n", {"reason": ""}, "Say how you know what is right"),
        ],
    )
    def test_a_mistake_is_told_beside_its_field(
        self, browser: Client, place: Path, content: bytes | None, given: dict[str, str], message: str
    ) -> None:
        answer = send(browser, content, **given)
        assert answer.status_code == 400
        assert told(answer.content).count(message) == 2, "in the summary and at the field"

    def test_a_record_that_cannot_be_written_is_told(
        self, browser: Client, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(*_: Any, **__: Any) -> None:
            raise RecordBusyError("Somebody else is writing.")

        monkeypatch.setattr(checking_table, "take_in", busy)
        answer = send(browser, as_csv(table(browser)))
        assert answer.status_code == 503
        assert "Nothing was saved. Somebody else is writing." in told(answer.content)


class TestTooMuch:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As much is taken as otherwise, but tests need not send as much."""
        monkeypatch.setattr(checking_table.page, "takes_a_file", 100_000)
        monkeypatch.setattr(checking_table, "LARGEST", 100_000)

    def test_of_a_file_no_more_is_taken_in_than_could_be_read(self, browser: Client, place: Path) -> None:
        answer = send(browser, b"a" * 200_000)
        assert answer.status_code == 400
        assert "must be" in told(answer.content)
        assert [file.size for file in answer.wsgi_request.FILES.values()] == [100_001]

    def test_nor_anything_of_what_is_too_much_altogether(self, browser: Client, place: Path) -> None:
        answer = send(browser, b"a" * 4_000_000)
        assert answer.status_code == 400
        assert "must be" in told(answer.content)
        assert "The table is empty" not in told(answer.content)
        assert [type(file) for file in answer.wsgi_request.FILES.values()] == [uploads.NotTakenIn]

    def test_nor_by_whoever_sends_one_to_another_page(self, browser: Client, place: Path) -> None:
        answer = browser.post("/accountability/check", {"table": SimpleUploadedFile("a.csv", b"a" * 1000)})
        assert [file.size for file in answer.wsgi_request.FILES.values()] == [0]
