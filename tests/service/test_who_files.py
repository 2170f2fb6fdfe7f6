"""What a search found and what is said of a body, as files: the same rows, with the columns of every such table."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from joinedup.analysis import accountability
from joinedup.analysis.accountability_facts import abouts
from joinedup.analysis.statement_columns import OF_DEMANDS, OF_HITS, OF_WHAT_BECAME
from joinedup.areas import bodies_of
from joinedup.record import open_record
from joinedup.record import search as record_search
from joinedup.service.access import Audience, audience_of
from joinedup.service.site.downloads import DOWNLOADS, Download
from joinedup.service.site.views import search as search_page

pytestmark = pytest.mark.slow


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def files_of(page: bytes) -> dict[str, str]:
    """The address of each download of a page, by what its link says."""
    found = re.findall(
        r'<a class="govuk-link" href="([^"]+)">(CSV|XLSX|Parquet)<span[^>]*> of these statements</span></a>',
        page.decode(),
    )
    return {title: html.unescape(address) for address, title in found}


class TestASearch:
    QUERIES = ("q=children", "q=children&agency=police&kind=finding", "q=%22children+who%22", "q=children+unicorns")

    @pytest.mark.parametrize("query", QUERIES)
    def test_its_files_hold_what_the_page_found_in_its_order(self, client: Client, demo: Path, query: str) -> None:
        page = client.get(f"/search?{query}")
        told = re.search(r"([\d,]+) statements?", page.content.decode())
        assert told
        files = files_of(page.content)
        answer = client.get(files["CSV"])
        rows = rows_of(answer.content)
        assert answer["Content-Disposition"] == 'attachment; filename="search.csv"'
        assert f"Download all {told[1]}:" in page.content.decode()
        assert len(rows) == int(told[1].replace(",", ""))
        assert tuple(rows[0]) == tuple(OF_HITS)
        shown = re.findall(r"/reports/(\w{12})/pages/(\d+)\?finding=", page.content.decode())
        assert shown == [(row["report"][:12], row["page"]) for row in rows[:20]]

    def test_every_kind_of_file_has_the_same_rows(self, client: Client, demo: Path) -> None:
        import pyarrow.parquet
        import python_calamine

        files = files_of(client.get("/search?q=children&kind=strength").content)
        found = [row["finding"] for row in rows_of(client.get(files["CSV"]).content)]
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(client.get(files["XLSX"]).content))
        header, *lines = book.get_sheet_by_index(0).to_python()
        held = pyarrow.parquet.read_table(io.BytesIO(client.get(files["Parquet"]).content)).to_pylist()
        assert found
        assert [line[header.index("finding")] for line in lines] == found
        assert [row["finding"] for row in held] == found

    def test_of_very_many_it_is_said_that_the_newest_are_had(
        self, client: Client, demo: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(record_search, "MOST_RANKED", 30)
        monkeypatch.setattr(search_page, "MOST_RANKED", 30)
        page = client.get("/search?q=children&until=2099-12-31")  # an answer that no other test has had kept
        assert "Download the newest 30:" in page.content.decode()
        assert len(rows_of(client.get(files_of(page.content)["CSV"]).content)) == 30

    def test_what_is_asked_wrongly_is_told(self, client: Client, demo: Path) -> None:
        for query, words in (
            ("", b"There is nothing to search for"),
            ("?q=***", b"There is nothing to search for"),
            ("?q=children&agency=wizards", b"Choose one of the agencies"),
            ("?q=children&show=theme-period", b"The search has no table to show"),
        ):
            answer = client.get(f"/search.csv{query}")
            assert answer.status_code == 400
            assert answer.content.startswith(words)
        assert client.get("/search.json?q=children").status_code == 404

    def test_where_nothing_is_found_there_is_only_the_header(self, client: Client, demo: Path) -> None:
        assert not files_of(client.get("/search?q=unicorns").content)
        assert client.get("/search.csv?q=unicorns").content.decode().strip() == ",".join(OF_HITS)


class TestABody:
    def test_every_statement_on_it_can_be_had(self, client: Client, demo: Path) -> None:
        (force,) = bodies_of("ashmere", kind="police_force")
        page = client.get(f"/agencies/{force.key}")
        rows = rows_of(client.get(files_of(page.content)["CSV"]).content)
        every = accountability(open_record(demo), body=force.key, kinds=None, fictional=True, limit=None)
        assert tuple(rows[0]) == tuple(OF_DEMANDS)
        assert {row["finding"] for row in rows} == {one.id for one in every.demands}
        assert client.get(files_of(page.content)["XLSX"]).content[:2] == b"PK"

    def test_of_which_no_report_speaks_has_no_files(self, client: Client, demo: Path) -> None:
        assert not files_of(client.get("/agencies/police-kent").content)


def test_what_became_of_what_was_asked_for_has_the_columns_that_are_told(client: Client, demo: Path) -> None:
    rows = rows_of(client.get("/areas/ashmere/asked-again.csv").content)
    assert tuple(rows[0]) == tuple(OF_WHAT_BECAME)
    days = {about.sha256: str(about.start) for about in abouts(open_record(demo)).values()}
    assert {row["report"] for row in rows} <= {row["report"] for row in rows if row["day"] == days[row["report"]]}


FETCHED = {
    "england-csv": "/england.csv",
    "reports-csv": "/reports.csv",
    "accountability-table": "/accountability.csv",
    "search-table": "/search.csv?q=children",
    "area-asked-again-csv": "/areas/barnsley/asked-again.csv",
    "area-indicators-csv": "/areas/barnsley/indicators.csv",
}
"""An address of each download of a page, by the name of its address."""


def table_addresses(resolver: URLResolver) -> Iterator[str]:
    """The names of the public addresses that lead to a table as a file."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from table_addresses(one)
        elif re.search("csv|xlsx|parquet", str(one.pattern)) and audience_of(one.callback) is Audience.PUBLIC:
            yield str(one.name)  # the operator's is explained on the operator's page


def test_every_table_that_the_site_has_to_download_is_explained(client: Client) -> None:
    """Those of the record itself are, column by column, because the page shows them as they are declared."""
    every = set(table_addresses(get_resolver("joinedup.service.site.urls")))
    assert every == {"data-csv", "data-parquet"} | {each.file for each in DOWNLOADS}
    assert FETCHED.keys() == {each.file for each in DOWNLOADS}


@pytest.mark.parametrize("download", DOWNLOADS, ids=lambda each: each.file)
def test_the_data_page_says_what_every_column_of_a_download_means(
    client: Client, demo: Path, download: Download
) -> None:
    page = html.unescape(client.get("/data").content.decode())
    told = page.partition(f'id="answer-{download.file}"')[2].partition("</section>")[0]
    assert f'href="{reverse(download.view)}"' in told
    header = client.get(FETCHED[download.file]).content.decode("utf-8-sig").splitlines()[0]
    explained = dict(re.findall(r"<code>(\w+)</code></th><td[^>]*>(.+?)</td>", told))
    assert header.split(",") == list(explained)
    assert explained == {name: html.unescape(meaning) for name, meaning in download.columns.items()}


def test_yes_and_no_are_written_alike_in_every_file(client: Client, demo: Path) -> None:
    for file in ("/england.csv?fictional=on", "/reports.csv", "/data/reports.csv?fictional=true"):
        answer = client.get(file)
        rows = rows_of(answer.getvalue() if answer.streaming else answer.content)
        assert {row["fictional"] for row in rows} <= {"true", "false"}, file
        assert "true" in {row["fictional"] for row in rows}, file


class TestWhatIsOfThePageAlone:
    """A file is whole: what chooses a page of a list, or what else of a page is shown, would be passed over in it."""

    @pytest.mark.parametrize(
        "address",
        [
            "/reports.csv?page=2",
            "/search.csv?q=children&page=2",
            "/search.parquet?q=children&page=1",
            "/accountability.csv?page=2",
            "/accountability.xlsx?show=theme-period",
            "/areas/barnsley/indicators.csv?page=2",
            "/areas/barnsley/asked-again.csv?page=2",
            "/england.csv?since=2020-01-01",
            "/data/reports.csv?page=2",
        ],
    )
    def test_is_refused_by_its_file_as_any_parameter_that_there_is_none_of(
        self, client: Client, demo: Path, address: str
    ) -> None:
        answer = client.get(address)
        name = address.rpartition("=")[0].rpartition("&")[2].rpartition("?")[2]
        assert answer.status_code == 400
        assert f"There is no parameter {name}; there is " in answer.content.decode()

    @pytest.mark.parametrize(
        "page",
        [
            "/reports?page=2",
            "/search?q=children&page=2",
            "/accountability?agency=police&show=theme-period&page=2",
            "/areas/barnsley/indicators?page=2",
            "/?as_at=2016-11-16&since=2012-01-01&sort=grade",
        ],
    )
    def test_and_the_pages_own_links_to_it_leave_it_out(self, client: Client, demo: Path, page: str) -> None:
        links = re.findall(r'href="(/[^"]*\.csv[^"]*)"', client.get(page).content.decode())
        assert links
        for address in links:
            assert client.get(html.unescape(address)).status_code == 200, address
