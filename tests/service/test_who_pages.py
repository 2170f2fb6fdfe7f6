"""Reports, the explorer, agencies and search: what they show, where each number leads, and what is typed wrongly."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import os
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from joinedup import analysis
from joinedup.analysis.accountability_demands import who_answers
from joinedup.analysis.accountability_facts import Told, abouts
from joinedup.analysis.asked_again import what_became
from joinedup.analysis.whole_report import WholeReport, whole_report
from joinedup.attribution import get_theme, themes
from joinedup.reading.picture import Frame, PictureError
from joinedup.record import Record, Steps, correct, open_record
from joinedup.record.choices import POLARITY_TITLES
from joinedup.record.originals import FOLDER
from joinedup.service.site import pictures, report_page
from joinedup.service.site.explorer import shown
from joinedup.service.site.pictures import page_frame
from joinedup.service.site.report_page import because
from joinedup.service.site.templatetags.who import demand
from joinedup.service.site.views import search as search_page
from joinedup.service.site.wording import agency_title, theme_title, words_address, words_key

pytestmark = pytest.mark.slow


@pytest.fixture
def record(demo: Path) -> Record:
    return open_record(demo)


@pytest.fixture
def letter(record: Record) -> str:
    """The sha256 of a joint inspection's letter that asks the police for something."""
    steps = Steps().step(
        "asked",
        "SELECT f.report FROM findings AS f JOIN reports AS r ON r.sha256 = f.report "
        "JOIN responsibilities AS p ON p.finding = f.id "
        "WHERE r.framework = 'jtai' AND p.agency = 'police' AND f.kind = 'improvement' ORDER BY f.id LIMIT 1",
    )
    return str(record.ask(steps).rows[0]["report"])


SLUGS = ("ashmere", "brackenshire", "kelderby", "port-rowan")


def words_of(page: bytes | str) -> str:
    """The page's words without tags, spaces joined."""
    text = page.decode() if isinstance(page, bytes) else page
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def links_of(page: bytes) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page.decode())]


class TestAReport:
    @pytest.mark.parametrize(
        ("framework", "called", "not_called"),
        [("jtai", "Addressed to", "Leaders it names"), ("area-send", "Leaders it names", "Addressed to")],
    )
    def test_whom_it_names_are_called_what_they_are(
        self, client: Client, record: Record, framework: str, called: str, not_called: str
    ) -> None:
        """An area SEND report is addressed to nobody."""
        found = "SELECT a.report, a.name FROM addressees AS a JOIN reports AS r ON r.sha256 = a.report "
        steps = Steps().step("named", f"{found} WHERE r.framework = '{framework}' ORDER BY a.report, a.ordinal LIMIT 1")
        ((row,)) = record.ask(steps).rows
        words = words_of(client.get(f"/reports/{row['report'][:12]}").content)
        assert f"{called} {row['name']}" in words
        assert not_called not in words

    def test_every_statement_stands_under_every_agency_it_holds(
        self, client: Client, record: Record, letter: str
    ) -> None:
        page = client.get(f"/reports/{letter[:12]}")
        assert page.status_code == 200
        found = analysis.accountability(record, kinds=("improvement",), fictional=True, limit=None)
        asked = [one for one in found.demands if one.report.sha256 == letter]
        assert asked
        for one in asked:
            for held in one.agencies:
                assert f'id="s-{words_key(one.text)}-{held.agency}"' in page.content.decode()
        assert "Answers for it:" in words_of(page.content)

    def test_each_statement_stands_under_the_posts_that_answer_for_it_everywhere_else(
        self, client: Client, record: Record
    ) -> None:
        kinds = ("priority_action", "improvement", "strength", "finding")
        told = analysis.accountability(record, kinds=kinds, fictional=True, limit=None).demands
        several = 0
        for sha256 in {one.report.sha256 for one in told}:
            page = client.get(f"/reports/{sha256[:12]}").content.decode()
            shown: dict[str, list[str]] = {}
            for part in page.split('<article class="ju-part"')[1:]:
                doors = part.split('<div class="ju-door">')[1:]
                several += len(doors) > 1
                for door in doors:
                    titles = re.findall(r"<strong>(.+?)</strong>", door.partition("<ul")[0])
                    shown |= {key: list(map(html.unescape, titles)) for key in re.findall(r'id="(s-.+?)"', door)}
            for one in told:
                for held in one.agencies if one.report.sha256 == sha256 else ():
                    name = f"s-{words_key(one.text)}-{held.agency}"
                    assert shown[name] == [each.post.title for each in held.posts], (name, held.words)
        assert several, "some agency has statements that another post answers for than its head"

    def test_a_statement_for_which_no_post_answers_says_so(
        self, client: Client, demo: Path, letter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def of_a_meeting(record: Record, sha256: str) -> WholeReport:
            whole = whole_report(record, sha256)
            held = (Told("partnership", "MARAC", 0.9),)
            return replace(whole, statements=tuple(replace(one, agencies=held) for one in whole.statements))

        place = tmp_path / "record"  # a record of its own, for a report's page is kept with its record
        shutil.copytree(demo, place)
        correct(place, field="published", report=letter, new="2024-01-01", by="A", reason="A slip")
        monkeypatch.setattr(report_page, "whole_report", of_a_meeting)
        with override_settings(RECORD=str(place)):
            told = words_of(client.get(f"/reports/{letter[:12]}").content)
        assert "No post answers for it" in told
        assert "Answers for it" not in told

    def test_every_statement_leads_to_its_words_marked_on_its_page(
        self, client: Client, record: Record, letter: str
    ) -> None:
        page = client.get(f"/reports/{letter[:12]}")
        links = sorted({link for link in links_of(page.content) if "?finding=" in link})
        assert len(links) > 10
        for link in links[:6]:
            sheet = client.get(link.partition("#")[0])
            assert sheet.status_code == 200
            assert b'<g class="ju-sheet__mark" id="mark"><rect' in sheet.content
            (label,) = re.findall(r'role="img" aria-label="([^"]+)"', sheet.content.decode())
            assert "with these words marked: " in label

    def test_a_marked_statement_says_which_words_decided_what_is_told_of_it_and_how_sure_that_is(
        self, client: Client, record: Record, letter: str
    ) -> None:
        for one in whole_report(record, letter).statements:
            told = [
                (POLARITY_TITLES[one.polarity or ""].capitalize(), one.polarity_words, one.polarity_confidence),
                *((agency_title(each.key), each.words, each.confidence) for each in one.agencies),
                *((f"About “{theme_title(each.key)}”", each.words, each.confidence) for each in one.themes),
            ]
            assert one.agencies or one.polarity == "context"
            page = words_of(
                client.get(f"/reports/{letter[:12]}/pages/{one.page}?finding={words_key(one.text)}").content
            )
            for what, words, sure in told:
                if words:
                    plain = " ".join(words.split())
                    assert f"{what}, {because(one, plain)} ({min(99, round(100 * sure))}% sure)" in page
                else:
                    assert (what, one.polarity) == ("Context", "context")

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ("plans", "because of the words “plans”"),
            ("SKP (Safer Kelder Partnership)", "because of the words “SKP (Safer Kelder Partnership)”"),
            ("What must change", "because of the heading “What must change”"),
            ("Kelder Police", "because the list’s introduction says “Kelder Police”"),
            ("Kelder Trust; Chief executive", "because the report’s own list names “Kelder Trust; Chief executive”"),
            ("local authority", "which the report is on and names as “local authority”"),
        ],
    )
    def test_a_reader_is_told_where_the_words_stand_that_decided_whom_a_statement_holds_responsible(
        self, record: Record, letter: str, words: str, why: str
    ) -> None:
        said = replace(
            whole_report(record, letter).statements[0],
            text="The SKP has\nno plans.", section="What must change", lead_in="Kelder Police should improve:",
            responsible=("Kelder Trust",),
        )  # fmt: skip
        assert because(said, words) == why

    def test_the_marks_lie_on_ink(self, client: Client, letter: str) -> None:
        """A rectangle that is marked holds dark pixels of the picture; the margin beside it does not."""
        import struct
        import zlib

        page = client.get(f"/reports/{letter[:12]}")
        link = next(link for link in links_of(page.content) if "?finding=" in link).partition("#")[0]
        sheet = client.get(link).content.decode()
        found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>', sheet)
        marks = [tuple(map(float, one)) for one in found if float(one[2]) > 50]
        (address,) = re.findall(r'<image href="([^"]+)"', sheet)
        png = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
        width, height = struct.unpack(">II", png[16:24])
        body, at = b"", 8
        while at < len(png):
            (size,) = struct.unpack(">I", png[at : at + 4])
            body += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
            at += 12 + size
        lines = zlib.decompress(body)

        def darkest(x0: float, y0: float, x1: float, y1: float) -> int:
            step = width * 3 + 1
            rows = range(max(0, int(y0)), min(height, int(y1)))
            return min(
                min(lines[y * step + 1 + max(0, int(x0)) * 3 : y * step + 1 + min(width, int(x1)) * 3]) for y in rows
            )

        x, y, across, down = marks[0]
        assert darkest(x, y, x + across, y + down) < 128
        assert darkest(5, y, 40, y + down) > 200

    def test_judgements_lead_to_where_they_stand(self, client: Client, record: Record) -> None:
        steps = Steps().step(
            "judged", "SELECT report, key FROM judgements WHERE len(boxes) > 0 ORDER BY report LIMIT 1"
        )
        (row,) = record.ask(steps).rows
        page = client.get(f"/reports/{row['report'][:12]}")
        link = next(link for link in links_of(page.content) if f"?judgement={row['key']}" in link)
        assert b'id="mark"' in client.get(link.partition("#")[0]).content

    def test_the_next_page_and_the_one_before(self, client: Client, letter: str) -> None:
        first = links_of(client.get(f"/reports/{letter[:12]}/pages/1").content)
        assert f"/reports/{letter[:12]}/pages/2" in first
        assert f"/reports/{letter[:12]}/pages/0" not in first
        assert f"/reports/{letter[:12]}/pages/1" in links_of(client.get(f"/reports/{letter[:12]}/pages/2").content)

    def test_a_page_waits_for_no_picture(self, client: Client, demo: Path, letter: str) -> None:
        """Its words are marked by what reading told of its shape; the picture is drawn when it is asked for."""
        folder = demo / "_derived" / "pictures"
        for kept in folder.glob(f"{letter}-*"):
            kept.unlink()
        link = next(link for link in links_of(client.get(f"/reports/{letter[:12]}").content) if "?finding=" in link)
        told = client.get(link.partition("#")[0]).content.decode()
        assert 'id="mark"><rect' in told
        assert not list(folder.glob(f"{letter}-*"))
        (address,) = re.findall(r'<image href="([^"]+)"', told)
        drawn: Any = client.get(address)
        assert b"".join(drawn.streaming_content).startswith(b"\x89PNG")
        assert client.get(link.partition("#")[0]).content.decode() == told

    def test_where_an_older_reader_did_not_tell_of_it_the_picture_does(self, record: Record, letter: str) -> None:
        sheet = whole_report(record, letter).sheets[0]
        told, drawn = page_frame(record, letter, 1, sheet), page_frame(record, letter, 1, None)
        assert told is not None
        assert drawn is not None
        assert told.place(50, 50, 200, 200) == pytest.approx(drawn.place(50, 50, 200, 200), abs=1)

    def test_a_page_that_could_not_be_drawn_says_why(
        self, client: Client, demo: Path, letter: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def not_to_be_drawn(data: bytes, page: int) -> None:
            raise PictureError("drawing the page takes for ever")

        folder = demo / "_derived" / "pictures"
        for kept in folder.glob(f"{letter}-2-*"):
            kept.unlink()
        monkeypatch.setattr(pictures, "picture", not_to_be_drawn)
        try:
            assert client.get(f"/reports/{letter[:12]}/pages/2.png").status_code == 404
            assert "takes for ever" in words_of(client.get(f"/reports/{letter[:12]}/pages/2").content)
        finally:
            for kept in folder.glob(f"{letter}-2-*"):
                kept.unlink()

    def test_a_page_that_could_not_be_drawn_is_tried_again_on_another_day(
        self, client: Client, demo: Path, letter: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def no_time(data: bytes, page: int) -> None:
            raise PictureError("the machine had no time")

        folder = demo / "_derived" / "pictures"
        for kept in folder.glob(f"{letter}-2-*"):
            kept.unlink()
        with monkeypatch.context() as busy:
            busy.setattr(pictures, "picture", no_time)
            assert client.get(f"/reports/{letter[:12]}/pages/2.png").status_code == 404
        assert client.get(f"/reports/{letter[:12]}/pages/2.png").status_code == 404
        without = client.get(f"/reports/{letter[:12]}/pages/2")
        assert "the machine had no time" in words_of(without.content)
        assert ("ETag" in without, without["Cache-Control"]) == (False, "no-store"), "nobody is told that it stays so"
        (told,) = folder.glob(f"{letter}-2-*.json")
        os.utime(told, (0, 0))
        assert "ETag" in client.get(f"/reports/{letter[:12]}/pages/2")
        drawn: Any = client.get(f"/reports/{letter[:12]}/pages/2.png")
        assert b"".join(drawn.streaming_content).startswith(b"\x89PNG")

    def test_a_picture_that_another_process_took_away_is_asked_for_again(
        self, client: Client, demo: Path, letter: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone = pictures.Kept(Frame(1, 1, (0, 0, 1, 1), 0), demo / "gone.png")
        monkeypatch.setattr("joinedup.service.site.views.report.page_picture", lambda *_: gone)
        answer = client.get(f"/reports/{letter[:12]}/pages/1.png")
        assert (answer.status_code, answer["Retry-After"]) == (503, "1")

    def test_a_picture_may_be_kept_for_ever_and_is_drawn_once(self, client: Client, demo: Path, letter: str) -> None:
        answer: Any = client.get(f"/reports/{letter[:12]}/pages/1.png")
        assert answer["Content-Type"] == "image/png"
        assert "immutable" in answer["Cache-Control"]
        first = b"".join(answer.streaming_content)
        (kept,) = (demo / "_derived" / "pictures").glob(f"{letter}-1-*.png")
        before = kept.stat().st_mtime_ns
        again: Any = client.get(f"/reports/{letter[:12]}/pages/1.png")
        assert b"".join(again.streaming_content) == first
        assert kept.stat().st_mtime_ns == before

    def test_without_the_file_the_words_and_the_page_are_told(self, client: Client, demo: Path, record: Record) -> None:
        steps = Steps().step("last", "SELECT sha256 FROM reports ORDER BY sha256 DESC LIMIT 1")
        sha256 = record.ask(steps).rows[0]["sha256"]
        file = demo / FOLDER / f"{sha256}.pdf"
        hidden = file.rename(file.with_suffix(".hidden"))
        try:
            page = client.get(f"/reports/{sha256[:12]}")
            link = next(link for link in links_of(page.content) if "?finding=" in link).partition("#")[0]
            number = re.search(r"pages/(\d+)", link)
            assert number
            told = words_of(client.get(link).content)
            assert "does not hold the file" in told
            assert f"stand on page {number[1]}" in told
            assert client.get(f"/reports/{sha256[:12]}/pages/{number[1]}.png").status_code == 404
        finally:
            hidden.rename(file)

    def test_words_that_are_no_longer_read_are_told_and_the_page_is_shown(self, client: Client, letter: str) -> None:
        answer = client.get(f"/reports/{letter[:12]}/pages/1?finding=0123456789abcdef")
        assert answer.status_code == 404
        assert "The program no longer reads the words that this address names" in words_of(answer.content)

    @pytest.mark.parametrize(
        "end", ["", "/pages/0", "/pages/999", "/pages/x", "/pages/1.gif", "/pages/99999999999999999999", "/correct"]
    )
    def test_what_is_not_there(self, client: Client, letter: str, end: str) -> None:
        for start in ("/reports/" + "0" * 12, "/reports/nothing", "/reports/" + letter[:11]) + (
            (f"/reports/{letter[:12]}",) if end else ()
        ):
            assert client.get(start + end).status_code == 404

    def test_nor_is_a_made_up_report_where_those_are_switched_off(self, client: Client, letter: str) -> None:
        with override_settings(SHOW_FICTIONAL=False):
            for end in ("", "/pages/1", "/pages/1.png"):
                assert client.get(f"/reports/{letter[:12]}{end}").status_code == 404


class TestWhatIsGivenOutOfAFile:
    """Its name, and not the folders of the machine that took it in."""

    @pytest.fixture
    def folders(self, record: Record) -> set[bytes]:
        return {str(Path(about.file).parent).encode() for about in abouts(record).values()} - {b"."}

    @pytest.mark.parametrize(
        "address",
        [
            "/accountability.csv",
            "/accountability.parquet",
            "/search.csv?q=children",
            "/reports.csv",
            "/api/v1/accountability?fictional=true",
            "/api/v1/reports?fictional=true",
            "/api/v1/areas/ashmere/contributions",
            "/areas/ashmere/asked-again.csv",
            "/data/reports.csv?fictional=true",
            "/data/loads.csv?fictional=true",
            "/accountability",
            "/reports",
            "/areas/ashmere",
            "/corrections",
            "/search?q=children",
        ],
    )
    def test_no_page_and_no_download_tells_the_folder(self, client: Client, folders: set[bytes], address: str) -> None:
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200
        assert folders
        assert not [folder for folder in folders if folder in content]

    @pytest.mark.parametrize("address", ["/accountability.csv", "/reports.csv"])
    def test_the_name_is_there(self, client: Client, record: Record, address: str) -> None:
        rows = list(csv.DictReader(io.StringIO(client.get(address).content.decode())))
        files = {about.sha256: Path(about.file).name for about in abouts(record).values()}
        assert rows
        assert all(row["file"] == files[row["report"]] for row in rows)

    def test_nor_does_the_spreadsheet(self, client: Client, record: Record) -> None:
        import python_calamine

        content = io.BytesIO(client.get("/accountability.xlsx").content)
        header, *rows = python_calamine.CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
        assert {row[header.index("file")] for row in rows} <= {Path(a.file).name for a in abouts(record).values()}


class TestTheExplorer:
    @pytest.mark.parametrize("of_a_body", [False, True])
    def test_every_number_leads_to_as_many_statements(self, client: Client, demo: Path, of_a_body: bool) -> None:
        from joinedup.areas import bodies_of

        (force,) = bodies_of("ashmere", kind="police_force")
        chosen = {"body": force.key, "kind": "all"} if of_a_body else {}
        for show in ("theme-agency", "theme-period", "agency-period"):
            page = client.get("/accountability", {"show": show} | chosen, follow=True)
            cells = re.findall(
                r'<a href="([^"]+)#statements">(\d+)<span class="govuk-visually-hidden"> statements?:',
                page.content.decode(),
            )
            assert len(cells) > 10
            for link, number in cells[:: max(1, len(cells) // 6)]:
                told = words_of(client.get(html.unescape(link)).content)
                assert re.search(rf"\b{number} statements? in \d+ reports? on", told), link

    def test_one_statement_is_told_of_as_one(self, client: Client, demo: Path) -> None:
        page = client.get("/accountability").content.decode()
        numbers = re.findall(r'>(\d+)<span class="govuk-visually-hidden"> (statements?):', page)
        assert {("1", "statement")} <= set(numbers)
        assert {word for number, word in numbers if number != "1"} == {"statements"}
        assert ("1", "statements") not in numbers

    @pytest.mark.parametrize("polarity", POLARITY_TITLES)
    def test_praise_and_concern_are_filtered_on_the_page_in_its_links_and_in_its_files(
        self, client: Client, record: Record, polarity: str
    ) -> None:
        query = {"kind": "finding", "polarity": polarity}
        counted = analysis.accountability(record, kinds=("finding",), polarity=polarity, fictional=True, limit=0).total
        page = client.get("/accountability", query).content
        title = POLARITY_TITLES[polarity].capitalize()
        assert f"{title} (remove this)" in words_of(page)
        assert f'<option value="{polarity}" selected>{title}</option>' in page.decode()
        rows = list(csv.DictReader(io.StringIO(client.get("/accountability.csv", query).content.decode())))
        assert len({row["finding"] for row in rows}) == counted
        assert not counted or f"{counted} statement" in words_of(page)
        assert {row["polarity"] for row in rows} == ({polarity} if counted else set())
        links = [link for link in links_of(page) if link.startswith("/accountability") and "#statements" in link]
        assert all(f"polarity={polarity}" in link for link in links)
        assert bool(links) == bool(counted)

    def test_praise_is_looked_for_in_everything_where_what_was_asked_for_has_none(
        self, client: Client, demo: Path
    ) -> None:
        page = client.get("/accountability", {"polarity": "strength"}).content
        assert "No statement fits all of this" in words_of(page)
        (everything,) = [link for link in links_of(page) if "kind=all" in link]
        assert "No statement fits" not in words_of(client.get(everything).content)

    def test_a_statement_of_the_main_text_says_whether_it_is_praise_or_concern(
        self, client: Client, demo: Path
    ) -> None:
        for polarity, title in (("strength", "praise"), ("weakness", "concern")):
            page = client.get("/accountability", {"kind": "finding", "polarity": polarity}).content.decode()
            assert set(re.findall(r'class="ju-label ju-label--(\w+)">(Finding[^<]*)<', page)) == {
                (polarity, f"Finding: {title}")
            }
        asked = client.get("/accountability").content.decode()
        assert set(re.findall(r">((?:Improvement|Priority action)[^<]*)</span>", asked)) <= {
            "Improvement", "Priority action",
        }  # fmt: skip

    def test_the_files_hold_what_the_page_counts(self, client: Client, demo: Path) -> None:
        query = {"agency": "police"}
        number = re.search(r"(\d+) statements? in", words_of(client.get("/accountability", query).content))
        assert number
        answer = client.get("/accountability.csv", query)
        assert answer["Content-Type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert len({row["finding"] for row in rows}) == int(number[1])
        assert "police" in {row["agency"] for row in rows}
        book = client.get("/accountability.xlsx", query)
        assert book.content[:2] == b"PK"
        import python_calamine

        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
        assert len(sheet.to_python()) == len(rows) + 1
        import pyarrow.parquet

        parquet = client.get("/accountability.parquet", query)
        assert parquet["Content-Type"] == "application/vnd.apache.parquet"
        held = pyarrow.parquet.read_table(io.BytesIO(parquet.content)).to_pylist()
        assert [(row["finding"], row["agency"]) for row in held] == [(row["finding"], row["agency"]) for row in rows]

    def test_what_is_doubtful_is_filtered_on_the_page_in_its_links_and_in_its_files(
        self, client: Client, demo: Path, record: Record
    ) -> None:
        query = {"kind": "all", "sure_below": "0.9"}
        kinds = ("priority_action", "improvement", "strength", "finding")
        counted = analysis.accountability(record, kinds=kinds, sure_below=0.9, fictional=True, limit=0).total
        page = client.get("/accountability", query).content
        assert counted
        assert f"{counted} statement" in words_of(page)
        assert "less than 90% sure (remove this)" in words_of(page)
        links = [link for link in links_of(page) if link.startswith("/accountability") and "#statements" in link]
        assert links
        assert all("sure_below=0.9" in link for link in links)
        rows = list(csv.DictReader(io.StringIO(client.get("/accountability.csv", query).content.decode())))
        assert len({row["finding"] for row in rows}) == counted
        assert client.get("/accountability?sure_below=0.31").status_code == 400

    def test_what_holds_nobody_is_context_and_the_page_says_so(
        self, client: Client, demo: Path, record: Record
    ) -> None:
        every = analysis.accountability(
            record, agency="none", kinds=("improvement", "priority_action", "finding"), fictional=True, limit=None
        )
        assert {(one.kind, one.polarity) for one in every.demands} <= {("finding", "context")}
        told = words_of(client.get("/accountability", {"agency": "none", "kind": "finding"}).content)
        assert "These statements only set a context, or a person corrected them to hold nobody responsible" in told
        assert "No agency (remove this)" in told
        assert "only set a context" not in words_of(client.get("/accountability").content)

    def test_an_area_is_taken_by_any_name(self, client: Client, demo: Path) -> None:
        told = words_of(client.get("/accountability", {"area": "X01"}).content)
        assert "Ashmere" in told

    @pytest.mark.parametrize("address", ["/accountability?", "/search?q=children&"])
    def test_agencies_and_regions_are_taken_as_people_write_them(
        self, client: Client, demo: Path, address: str
    ) -> None:
        asked = client.get(f"{address}agency=police&region=North+West").content.decode()
        assert '<option value="North West" selected>' in asked
        for agency, region in (("Police", "north-west"), ("POLICE", "E12000002")):
            assert client.get(f"{address}agency={agency}&region={region}").content.decode() == asked

    def test_a_filter_can_be_taken_away_by_itself(self, client: Client, demo: Path) -> None:
        page = client.get("/accountability", {"agency": "police", "kind": "strength"})
        assert {"/accountability?kind=strength", "/accountability?agency=police"} <= set(links_of(page.content))

    @pytest.mark.parametrize(
        "query",
        [
            {"agency": "wizards"},
            {"theme": "no such theme"},
            {"theme": "mising children"},
            {"agency": ["police", "health"]},
            {"since": ["2022-01-01", "2023-01-01"]},
            {"page": ["1", "2"]},
            {"region": "Wales"},
            {"area": "Atlantis"},
            {"area": "' OR 1=1 --"},
            {"framework": "youth-justice"},
            {"kind": "<script>"},
            {"polarity": "good"},
            {"polarity": ["strength", "weakness"]},
            {"since": "yesterday"},
            {"since": "2024-01-01", "until": "2023-01-01"},
            {"since": "0001-01-01"},
            {"period": "the nineties"},
            {"body": "police-atlantis"},
            {"show": "agency-agency"},
            {"page": "0"},
            {"page": "-1"},
            {"page": "99999999999999999999999"},
            {"q": "x" * 201},
            {"kinds": "strength"},
            {"by": "cycle"},
        ],
    )
    def test_a_mistake_is_told_beside_its_field_with_what_was_typed(
        self, client: Client, demo: Path, query: dict[str, str | list[str]]
    ) -> None:
        for address in ("/accountability", "/search"):
            page = client.get(address, query)
            assert page.status_code == 400, address
            assert "There is a problem" in words_of(page.content)
            assert b"<script>" not in page.content
        for ending in ("csv", "xlsx"):
            assert client.get(f"/accountability.{ending}", query).status_code == 400

    def test_a_second_value_where_one_is_meant_is_refused(self, client: Client, demo: Path) -> None:
        told = words_of(client.get("/accountability?agency=police&agency=health").content)
        assert "Agency can be given once only" in told
        assert client.get("/accountability.csv?agency=police&agency=health").content.startswith(b"Agency can be given")

    def test_a_theme_is_taken_by_its_key_and_by_its_title(self, client: Client, demo: Path) -> None:
        every = client.get("/accountability?kind=all").content.decode()
        keys = {html.unescape(key) for key in re.findall(r"[?&;]theme=(\w+)", every)} - {"none"}
        assert len(keys) > 3
        for key in sorted(keys)[:4]:
            by_key = client.get("/accountability.csv", {"kind": "all", "theme": key}).content
            assert by_key.count(b"\n") > 1
            title = get_theme(key).title
            for name in (title, title.upper(), key.replace("_", "-")):
                assert client.get("/accountability.csv", {"kind": "all", "theme": name}).content == by_key
                found = client.get("/search", {"q": "children", "theme": name})
                assert found.content == client.get("/search", {"q": "children", "theme": key}).content

    def test_what_is_near_a_theme_that_there_is_none_of_is_told(self, client: Client, demo: Path) -> None:
        for address in ("/accountability", "/search"):
            told = words_of(client.get(address, {"theme": "mising children"}).content)
            assert "Choose one of the themes in the list; did you mean: Missing children" in told

    @pytest.mark.parametrize("address", ["/accountability", "/search", "/"])
    def test_themes_are_called_by_their_titles(self, client: Client, demo: Path, address: str) -> None:
        page = client.get(address).content.decode()
        offered = page.partition('name="theme"')[2].partition("</select>")[0]
        told = {key: html.unescape(title) for key, title in re.findall(r'<option value="(\w+)"[^>]*>([^<]+)<', offered)}
        assert told == {theme.key: theme.title for theme in themes()} | {"none": "No theme"}

    def test_no_statement_of_a_theme_or_agency_is_nothing_by_mistake(self, client: Client, demo: Path) -> None:
        for what, sought in (("theme", "children"), ("agency", "Ofsted visit")):
            found = words_of(client.get("/search", {"q": sought, what: "none"}).content)
            assert re.search(r"\d+ statements?", found), what

    def test_nothing_found_says_so(self, client: Client, demo: Path) -> None:
        told = words_of(client.get("/accountability", {"text": "zzzz qqqq"}).content)
        assert "No statement fits all of this" in told

    def test_made_up_reports_are_told_apart(self, client: Client, demo: Path) -> None:
        assert "made-up reports only" in words_of(client.get("/accountability").content)
        with override_settings(SHOW_FICTIONAL=False):
            assert "No statement fits all of this" in words_of(client.get("/accountability").content)

    def test_what_a_report_says_is_never_markup(self, client: Client, demo: Path, tmp_path: Path) -> None:
        place = tmp_path / "record"
        shutil.copytree(demo, place)
        steps = Steps().step("first", "SELECT id, report FROM findings WHERE kind = 'improvement' ORDER BY id LIMIT 1")
        (row,) = open_record(place).ask(steps).rows
        evil = "<img src=x onerror=alert(1)> “&amp;” boats"
        given = {"report": row["report"], "finding": row["id"], "by": "<b>A</b>", "reason": "<i>b</i>"}
        correct(place, field="text", new=evil, **given)
        addresses = (
            "/accountability?text=onerror",
            "/search?q=onerror",
            f"/reports/{row['report'][:12]}",
            "/corrections",
        )
        with override_settings(RECORD=str(place)):
            for address in addresses:
                page = client.get(address).content.decode()
                assert "onerror" in page, address
                assert "<img" not in page, address
                assert "<b>A" not in page, address

    def test_a_post_that_answers_for_two_agencies_is_told_once(self, record: Record) -> None:
        (asked,) = analysis.accountability(record, framework="area-send", fictional=True, limit=1).demands
        held = tuple(
            who_answers(Told(key, None, 0.9), asked.report, (), asked.text) for key in ("health", "partnership")
        )
        board = "Chief executive of the integrated care board"
        assert [[post.post.title for post in one.posts] for one in held] == [
            [board],
            ["Director of children's services", board],
        ]
        told = words_of(demand(shown(replace(asked, agencies=held))))
        assert told.count(board) == told.count("Director of children's services") == 1


class TestAgencies:
    def test_the_list_has_the_ten_and_every_body_of_today(self, client: Client, demo: Path) -> None:
        links = set(links_of(client.get("/agencies").content))
        assert {"/accountability?agency=police", "/agencies/police-kent"} <= links
        assert len([link for link in links if link.startswith("/agencies/")]) > 100

    def test_a_body_shows_what_was_asked_in_its_areas(self, client: Client, demo: Path, record: Record) -> None:
        from joinedup.areas import bodies_of

        (force,) = bodies_of("ashmere", kind="police_force")
        profile = analysis.agency_profile(record, force.key, fictional=True)
        page = client.get(f"/agencies/{force.key}")
        told = words_of(page.content)
        assert f"{profile.tally.asked} asked for" in told
        assert profile.asked.demands[0].text in told
        assert "Ashmere" in told

    def test_every_number_of_a_body_leads_to_a_list_of_as_many(self, client: Client, demo: Path) -> None:
        from joinedup.areas import bodies_of

        told = Counter[str]()
        for body in {one.key: one for area in SLUGS for one in bodies_of(area)}.values():
            page = client.get(f"/agencies/{body.key}").content.decode()
            links = re.findall(r'<a [^>]*href="(/accountability\?[^"]+)"[^>]*>(?:<strong>)?(\d+)', page)
            links += re.findall(r'href="(/accountability\?[^"]+)">[^<]+</a> <span class="ju-quiet-inline">(\d+)<', page)
            for link, number in links:
                listed = words_of(client.get(html.unescape(link)).content)
                assert re.search(rf"\b{number} statements? in \d+ reports? on", listed), (link, number)
                told[re.sub(r".*polarity=(\w+).*", r"\1", link) if "polarity" in link else "asked"] += 1
        assert set(told) == {"asked", "strength", "weakness"}

    def test_concerns_stand_beside_praise_and_it_is_said_what_counts(
        self, client: Client, demo: Path, record: Record
    ) -> None:
        from joinedup.areas import bodies_of

        (force,) = bodies_of("ashmere", kind="police_force")
        tally = analysis.agency_profile(record, force.key, fictional=True).tally
        told = words_of(client.get(f"/agencies/{force.key}").content)
        assert tally.concerns
        assert f"{tally.praised} praised {tally.concerns} concern" in told
        assert "Concerns are paragraphs of the main text that were read as concern" in told

    @pytest.mark.parametrize("slug", ["police-atlantis", "ashmere", "x" * 300])
    def test_one_that_there_is_none_of(self, client: Client, demo: Path, slug: str) -> None:
        assert client.get(f"/agencies/{slug}").status_code == 404


class TestSearch:
    def test_what_was_found_is_marked_and_leads_to_its_page(self, client: Client, demo: Path) -> None:
        page = client.get("/search", {"q": "children"})
        assert b"<mark>" in page.content
        link = next(link for link in links_of(page.content) if "?finding=" in link)
        assert b'id="mark"' in client.get(link.partition("#")[0]).content

    def test_every_facet_leads_to_as_many(self, client: Client, demo: Path) -> None:
        page = client.get("/search", {"q": "children"}).content.decode()
        side = page.partition("ju-facets")[2]
        values = re.findall(r'href="(/search\?[^"#]+)#found">[^<]+</a> <span class="ju-quiet-inline">(\d+)<', side)
        assert len(values) > 8
        for link, number in values[::3]:
            told = words_of(client.get(html.unescape(link)).content)
            assert re.search(rf"\b{number} statements?\b", told), link

    def test_a_facet_says_how_many_values_it_has_beside_those_with_most_hits(
        self, client: Client, demo: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = client.get("/search", {"q": "children"}).content.decode()
        agencies = page.partition(">Agency</h3>")[2].partition("</section>")[0]
        number = agencies.count("<li><a")
        assert number > 3
        monkeypatch.setattr(search_page, "MOST_VALUES", 3)
        unasked = {"q": "children", "until": "2099-12-30"}  # an answer that no other test has had kept
        fewer = client.get("/search", unasked).content.decode()
        agencies = fewer.partition(">Agency</h3>")[2].partition("</section>")[0]
        assert agencies.count("<li><a") == 3
        more = re.search(r">and (\d+) more<", agencies)
        assert more
        assert 3 + int(more[1]) >= number

    def test_a_hit_of_the_main_text_says_whether_it_is_praise_or_concern_and_can_be_asked_for_by_it(
        self, client: Client, demo: Path
    ) -> None:
        for polarity, title in (("strength", "praise"), ("weakness", "concern")):
            query = {"q": "children", "kind": "finding", "polarity": polarity}
            page = client.get("/search", query).content.decode()
            labels = re.findall(r'class="ju-label ju-label--(\w+)">(Finding[^<]*)<', page)
            assert set(labels) == {(polarity, f"Finding: {title}")}
            assert f"{title.capitalize()} (remove this)" in words_of(page)

    def test_hits_that_hold_only_some_of_the_words_are_told_as_such(self, client: Client, demo: Path) -> None:
        said = "has all of these words; these have some of them."
        assert said not in words_of(client.get("/search", {"q": "children"}).content)
        assert f"No statement {said}" in words_of(client.get("/search", {"q": "children unicorns"}).content)
        filtered = words_of(client.get("/search", {"q": "children unicorns", "kind": "strength"}).content)
        assert f"No statement that the filters leave {said}" in filtered
        nothing = words_of(client.get("/search", {"q": "unicorns dragons"}).content)
        assert "Nothing was found" in nothing
        assert said not in nothing

    @pytest.mark.parametrize(
        "words",
        ['"', "'", "*", "NOT", "a AND", "(", "children OR", "text:", "-", "\\", "%00", "\x00",
         "<script>alert(1)</script>", "NEAR(a b)", "{marks}: x",
         "émigré", "孩子", "\u202e", "a" * 200, "* * *", '"unclosed phrase'],
    )  # fmt: skip
    def test_whatever_is_typed_is_only_words(self, client: Client, demo: Path, words: str) -> None:
        page = client.get("/search", {"q": words}, follow=True)
        assert page.status_code in (200, 400)
        assert b"<script>alert" not in page.content

    @pytest.mark.parametrize("signs", ["***", '""', "(", "\\ -", "%"])
    def test_signs_without_a_word_are_told_of_as_by_the_command_and_the_api(
        self, client: Client, demo: Path, signs: str
    ) -> None:
        page = client.get("/search", {"q": signs})
        assert page.status_code == 400
        told = words_of(page.content)
        assert told.count("There is nothing to search for: give at least one word, of letters or digits") == 2
        assert "Nothing was found" not in told
        assert f'value="{html.escape(signs)}"' in page.content.decode()

    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ({"period": "2016"}, "does not go by periods"),
            ({"body": "police-kent"}, "does not go by bodies"),
            ({"sure_below": "0.9"}, "does not go by how sure"),
            ({"show": "theme-period"}, "has no table to show"),
        ],
    )
    def test_what_it_does_not_go_by_is_refused_and_not_shown_as_chosen(
        self, client: Client, demo: Path, query: dict[str, str], told: str
    ) -> None:
        page = client.get("/search", {"q": "children", **query})
        assert page.status_code == 400
        assert told in words_of(page.content)
        assert not [link for link in links_of(page.content) if next(iter(query)) + "=" in link]

    def test_the_next_page_goes_on_where_this_one_ends(self, client: Client, demo: Path) -> None:
        first = client.get("/search", {"q": "children"}).content
        second = client.get("/search", {"q": "children", "page": "2"}).content
        told = [set(re.findall(r"finding=([0-9a-f]{16})", page.decode())) for page in (first, second)]
        assert told[0]
        assert told[1]
        assert "21 to" in words_of(second)


class TestAnArea:
    def test_who_must_improve_what_and_each_agencys_part(self, client: Client, demo: Path, record: Record) -> None:
        told = words_of(client.get("/areas/ashmere").content)
        assert "Who must improve what" in told
        newest = analysis.accountability(record, area="ashmere", fictional=True, limit=1).demands[0]
        assert newest.text in told
        assert "Each agency’s part over time" in told

    def test_each_agencys_part_is_what_was_asked_praised_and_of_concern(
        self, client: Client, demo: Path, record: Record
    ) -> None:
        page = client.get("/areas/ashmere").content.decode()
        shown = page.partition('id="contributions"')[2].partition("</section>")[0]
        sorts = {"asked": "asked for", "praised": "praised", "concerns": "concerns?", "mixed": "praise and concern"}
        told = {name: re.findall(rf'"ju-{name}"><a [^>]+>(\d+) {word}<', shown) for name, word in sorts.items()}
        found = analysis.area_contributions(record, "ashmere", fictional=True)
        tallies = [part.tally for one in (*found.inspections, *found.before_it) for part in one.agencies]
        for name, numbers in told.items():
            assert sorted(map(int, numbers)) == sorted(filter(None, (getattr(each, name) for each in tallies)))
            assert numbers
        assert "Concerns are paragraphs of the main text that were read as concern" in words_of(shown)

    def test_a_report_on_the_area_before_it_bears_that_areas_name(
        self, client: Client, demo: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = analysis.area_contributions(open_record(demo), "ashmere", fictional=True)
        newest, *older = found.inspections
        before = tuple(replace(one, report=replace(one.report, area="cumbria")) for one in older)
        of_two = replace(found, inspections=(newest,), before_it=before)
        monkeypatch.setattr(analysis, "area_contributions", lambda *_, **__: of_two)
        page = client.get("/areas/ashmere?as_at=2026-01-02").content.decode()
        shown = page.partition('id="contributions"')[2].partition("</section>")[0]
        rows = [words_of(row) for row in re.findall(r'<th scope="row".*?</th>', shown)]
        assert [row.startswith("Cumbria: ") for row in rows] == [False] + [True] * len(before)
        assert before

    def test_what_was_asked_again_shows_both_wordings(self, client: Client, demo: Path, record: Record) -> None:
        for slug in ("ashmere", "brackenshire", "kelderby", "port-rowan"):
            again = [one for one in what_became(record, slug).things if one.fate == "asked_again"]
            page = client.get(f"/areas/{slug}")
            told = words_of(page.content)
            assert ("Asked for again" in told) == bool(again)
            for thing in again[:1]:
                assert thing.asked.text in told


class TestWhatBecame:
    @pytest.fixture(params=SLUGS)
    def slug(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    def test_every_pair_is_shown_with_both_wordings_how_sure_it_is_and_a_link_to_each(
        self, client: Client, record: Record, slug: str
    ) -> None:
        page = client.get(f"/areas/{slug}/asked-again")
        links = set(links_of(page.content))
        shown = [words_of(each) for each in re.findall(r'<li class="ju-again__thing">.*?</li>', page.content.decode())]
        for thing in what_became(record, slug).things:
            told = [each for each in shown if " ".join(thing.asked.text.split()) in each]
            assert told
            for one in (thing.asked, *(pair.later for pair in thing.pairs)):
                assert words_address(one.report, one.page, one.text) in links
            for pair in thing.pairs:
                both = [each for each in told if " ".join(pair.words.split()) in each]
                assert any(f"on the same thing: {pair.how_sure}" in each for each in both)

    def test_a_report_is_called_by_the_year_in_which_it_was_published(
        self, client: Client, demo: Path, record: Record, tmp_path: Path, slug: str
    ) -> None:
        """As everywhere else: it may be another year than that of the inspection."""
        place, later = tmp_path / "record", {}
        shutil.copytree(demo, place)
        asked = what_became(record, slug).things
        for sha256 in {one.asked.report for one in asked}:
            published = abouts(record)[sha256].published
            assert published
            later[sha256] = published.replace(year=published.year + 1, day=min(published.day, 28))
            correct(place, field="published", report=sha256, new=later[sha256].isoformat(), by="A", reason="A slip")
        with override_settings(RECORD=str(place)):
            shown = client.get(f"/areas/{slug}/asked-again").content.decode()
        for one in asked:
            things = [words_of(each) for each in re.findall(r'<p class="ju-said__words">.*?</p>', shown)]
            told = [each for each in things if " ".join(one.asked.text.split()) in each]
            assert told
            assert any(re.match(rf"(?:\S+ ){{1,2}}{later[one.asked.report].year} ", each) for each in told)

    def test_the_area_counts_each_fate_and_every_number_leads_to_its_things(
        self, client: Client, record: Record, slug: str
    ) -> None:
        became = what_became(record, slug)
        latest = max(one.day for one in became.asked)
        expected = {fate: became.count(fate) for fate in ("asked_again", "now_praised", "dropped", "not_looked_at")}
        expected = {fate: number for fate, number in expected.items() if number}
        expected["newly_asked"] = sum(one.day == latest for one in became.newly_asked)
        area, own = client.get(f"/areas/{slug}").content.decode(), client.get(f"/areas/{slug}/asked-again").content
        numbers = re.findall(rf'href="/areas/{slug}/asked-again#(\w+)"><strong>(\d+)</strong>', area)
        assert {fate: int(number) for fate, number in numbers} == expected
        assert all(f'id="{fate}"'.encode() in own for fate in expected)

    def test_it_says_that_its_numbers_are_about_words(self, client: Client, demo: Path) -> None:
        told = words_of(client.get("/areas/ashmere/asked-again").content)
        assert "This tells what reports say, not what was done" in told
        assert "That does not mean that nobody looked" in told
        assert "It misses much and is sometimes wrong" in words_of(client.get("/areas/ashmere").content)

    def test_what_was_asked_for_anew_is_told(self, client: Client, record: Record, slug: str) -> None:
        page = client.get(f"/areas/{slug}/asked-again").content
        told = words_of(page.partition(b'aria-labelledby="newly_asked"')[2])
        for one in what_became(record, slug).newly_asked:
            assert " ".join(one.text.split()) in told

    def test_it_is_as_it_was_known_on_a_day(self, client: Client, record: Record) -> None:
        days = sorted({about.day for about in abouts(record).values() if about.area == "ashmere" and about.day})
        for day in days[:3]:
            page = client.get("/areas/ashmere/asked-again", {"as_at": str(day)})
            asked = what_became(record, "ashmere", as_at=day)
            assert (b'id="newly_asked"' in page.content) == bool(asked.things)
            assert f"/areas/ashmere?as_at={day}" in links_of(page.content)
        shown = client.get("/areas/ashmere", {"as_at": str(days[-2])}).content
        assert f"/areas/ashmere/asked-again?as_at={days[-2]}#newly_asked" in links_of(shown)

    def test_what_is_asked_wrongly_is_told(self, client: Client, demo: Path) -> None:
        page = client.get("/areas/ashmere/asked-again", {"as_at": "yesterday"})
        assert page.status_code == 400
        assert "Day must be a real date" in words_of(page.content)
        assert client.get("/areas/atlantis/asked-again").status_code == 404
        assert client.get("/areas/X01/asked-again")["Location"] == "/areas/ashmere/asked-again"
        assert "no two reports" in words_of(client.get("/areas/barnsley/asked-again").content)


def test_the_first_page_leads_to_what_was_asked_in_one_step(client: Client, demo: Path) -> None:
    page = client.get("/").content.decode()
    form = page.partition('class="ju-ask"')[2].partition("</form>")[0]
    assert re.findall(r'<select [^>]*name="(\w+)"', form) == ["agency", "theme", "region", "since"]
    assert '<option value="police">' in form
    assert '<option value="2022-01-01">' in form
    sent = {"agency": "police", "theme": "", "region": "", "since": "2022-01-01"}
    answer = client.get("/accountability", sent, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [("/accountability?agency=police&since=2022-01-01", 302)]


@pytest.mark.parametrize("area", ["ashmere", "brackenshire", "kelderby", "port-rowan"])
def test_what_was_asked_again_by_a_day_is_what_the_question_itself_answers(record: Record, area: str) -> None:
    from joinedup.service.site.asked_links import fates

    days = sorted({about.day for about in abouts(record).values() if about.area == area and about.day})
    for day in (*days, None):
        asked = what_became(record, area, as_at=day)
        kept = fates(record, area, as_at=day)
        assert [(one.asked.id, one.fate) for one in kept.things] == [(one.asked.id, one.fate) for one in asked.things]
        assert [[(link.relation, link.later.text, link.how_sure) for link in one.links] for one in kept.things] == [
            [(pair.relation, pair.later.text, pair.how_sure) for pair in one.pairs] for one in asked.things
        ]
        assert [one.id for one in kept.newly_asked] == [one.id for one in asked.newly_asked]
        assert kept.latest == max((one.day for one in asked.asked), default=dt.date.min)


def test_the_same_words_twice_in_a_report_have_two_names_on_its_page(client: Client, record: Record) -> None:
    for (report,) in {(row["report"],) for row in record.ask(Steps().step("all", "SELECT report FROM findings")).rows}:
        page = client.get(f"/reports/{report[:12]}").content.decode()
        names = re.findall(r' id="([^"]+)"', page)
        assert len(names) == len(set(names))


class TestTheListOfReports:
    def test_every_report_is_in_it_newest_first(self, client: Client, record: Record) -> None:
        page = client.get("/reports")
        steps = Steps().step(
            "all", "SELECT sha256 FROM reports ORDER BY coalesce(published, end_date) DESC, sha256 DESC"
        )
        known = [row["sha256"][:12] for row in record.ask(steps).rows]
        listed = [
            link.removeprefix("/reports/") for link in links_of(page.content) if re.fullmatch(r"/reports/\w{12}", link)
        ]
        assert listed == known[:50]

    @pytest.mark.parametrize("query", ["area=ashmere", "framework=jtai", "year=2025", "area=ashmere&framework=ilacs"])
    def test_its_filters_leave_what_they_say_and_the_csv_has_the_same(
        self, client: Client, record: Record, query: str
    ) -> None:
        page = client.get(f"/reports?{query}")
        rows = list(csv.DictReader(io.StringIO(client.get(f"/reports.csv?{query}").content.decode("utf-8-sig"))))
        wanted = dict(part.split("=") for part in query.split("&"))
        every = list(csv.DictReader(io.StringIO(client.get("/reports.csv").content.decode("utf-8-sig"))))
        year = wanted.pop("year", "")
        kept = [row for row in every if row["published"].startswith(year) and wanted.items() <= row.items()]
        assert rows == kept
        assert f"{len(rows)} report" in words_of(page.content) or not rows

    @pytest.mark.parametrize("page", ["/reports", "/accountability", "/search"])
    def test_an_area_that_is_nearly_called_so_is_told_as_on_every_list(self, client: Client, page: str) -> None:
        answer = client.get(page, {"area": "Barnsly"})
        assert answer.status_code == 400
        told = words_of(answer.content)
        assert "No one area is called that" in told
        assert "Did you mean: Barnsley" in told
        assert told.lower().count("did you mean") == 1
        assert answer.content.index(b"Did you mean") < answer.content.index(b"<form class"), "seen before the form"
        assert b'class="govuk-input ju-input-area govuk-input--error" id="area"' in answer.content

    @pytest.mark.parametrize("file", ["/reports.csv", "/accountability.csv", "/search.csv"])
    def test_and_in_the_refusal_of_the_lists_file(self, client: Client, file: str) -> None:
        answer = client.get(file, {"area": "Barnsly"})
        assert answer.status_code == 400
        assert "No one area is called that\nDid you mean: Barnsley" in answer.content.decode()

    def test_its_days_leave_what_was_published_between_them_both_inclusive(
        self, client: Client, record: Record
    ) -> None:
        def listed(query: str = "") -> list[dict[str, str]]:
            return list(csv.DictReader(io.StringIO(client.get(f"/reports.csv{query}").content.decode("utf-8-sig"))))

        every = listed()
        days = sorted({row["published"] for row in every if row["published"]})
        since, until = days[len(days) // 3], days[2 * len(days) // 3]
        kept = [row for row in every if since <= row["published"] <= until]
        assert listed(f"?since={since}&until={until}") == kept
        assert 0 < len(kept) < len(every)
        assert listed(f"?since={since}") == [row for row in every if row["published"] >= since]
        page = client.get(f"/reports?since={since}&until={until}").content
        assert f"{len(kept)} report" in words_of(page)
        assert f'name="since" type="date" value="{since}"' in page.decode()
        assert f"/reports?since={since}" in links_of(page), "each can be taken away"

    def test_days_in_the_wrong_order_are_told(self, client: Client, demo: Path) -> None:
        told = words_of(client.get("/reports?since=2024-01-01&until=2023-01-01").content)
        assert "Published to must not be before Published from" in told

    @pytest.mark.parametrize(
        "address", ["/reports?", "/accountability?", "/search?q=children&", "/areas/derby/indicators?"]
    )
    def test_a_page_past_the_last_says_so_and_is_not_found(self, client: Client, demo: Path, address: str) -> None:
        past = client.get(f"{address}page=900")
        assert "There is no such page" in words_of(past.content)
        assert past.status_code == 404
        assert client.get(f"{address}page=1", follow=True).status_code == 200

    @pytest.mark.parametrize(
        "query", ["area=atlantis", "year=1066", "framework=x", "region=x", "page=0", "since=x", "until=1999-01-01"]
    )
    def test_what_is_asked_wrongly_is_told(self, client: Client, demo: Path, query: str) -> None:
        assert client.get(f"/reports?{query}").status_code == 400
        assert client.get(f"/reports.csv?{query}").status_code == 400

    def test_a_record_without_reports_says_so(self, client: Client) -> None:
        assert "No report has been read" in words_of(client.get("/reports").content)

    def test_it_is_found_from_every_page(self, client: Client) -> None:
        assert "/reports" in links_of(client.get("/about").content)
