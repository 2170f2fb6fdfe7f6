"""Every PDF is accessible in ways that can be looked into, beyond what the setter itself refuses (ISO 14289-1)."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest

from joinedup.documents.inspection import (
    Document,
    example_documents,
    example_notification,
    example_report,
    notification_letter,
    page_count,
    published_report,
    to_pdf,
)
from joinedup.documents.inspection.blocks import Facts, Heading, Paragraph
from joinedup.reading import own_form

DAY = dt.date(2026, 12, 7)
DOCUMENTS = example_documents()


@pytest.fixture(scope="module", params=DOCUMENTS, ids=list(DOCUMENTS))
def made(request: pytest.FixtureRequest) -> tuple[Document, bytes]:
    document = DOCUMENTS[request.param]
    return document, to_pdf(document)


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree below a node, in reading order."""
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def tags(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [str(each.S) for each in elements(file.Root.StructTreeRoot)]


def test_it_says_that_it_is_tagged_in_which_language_and_under_which_title(made: tuple[Document, bytes]) -> None:
    document, pdf = made
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "en-GB"
        assert "/StructTreeRoot" in file.Root
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as about:
            assert about["dc:title"] == document.title
            assert about["pdfuaid:part"] == "1"


def test_its_headings_begin_with_the_title_and_skip_no_level(made: tuple[Document, bytes]) -> None:
    levels = [int(tag[2:]) for tag in tags(made[1]) if re.fullmatch(r"/H[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_heads_and_every_picture_has_words(made: tuple[Document, bytes]) -> None:
    with pikepdf.open(io.BytesIO(made[1])) as file:
        for each in elements(file.Root.StructTreeRoot):
            if str(each.S) == "/Table":
                inside = [str(one.S) for one in elements(each)]
                assert "/TH" in inside
                assert inside.index("/TH") < inside.index("/TD")
            if str(each.S) == "/Figure":
                assert str(each.get("/Alt", ""))


def test_everything_drawn_is_tagged_or_marked_as_furniture(made: tuple[Document, bytes]) -> None:
    with pikepdf.open(io.BytesIO(made[1])) as file:
        for page in file.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name in ("BDC", "BMC"):
                    assert str(operands[0]) != "/Artifact" or depth == 0
                    depth += 1
                elif name == "EMC":
                    depth -= 1
                elif name in ("Tj", "TJ", "'", '"', "Do"):
                    assert depth > 0, "text outside any mark"
            assert depth == 0


def words_in_order(document: Document) -> list[str]:
    """The document's headings, paragraphs and values, in order, without spaces."""
    found = [document.kicker, document.title]
    for block in document.blocks:
        match block:
            case Heading(_, text, _) | Paragraph(text, _, _):
                found.append(text)
            case Facts(rows):
                found += [part for label, value in rows for part in (label, *value)]
    return [re.sub(r"\W", "", text) for text in found]


def test_its_text_stands_in_the_order_in_which_it_is_to_be_read(made: tuple[Document, bytes]) -> None:
    document, pdf = made
    with pypdfium2.PdfDocument(pdf) as file:
        texts = [page.get_textpage().get_text_range() for page in file]
    furniture = re.compile(rf"Page \d+ of \d+|{re.escape(document.short)}(?=\s+Page \d)")
    said = re.sub(r"\W", "", "".join(furniture.sub("", text).replace(document.mark or "\0", "") for text in texts))
    place = 0
    for words in words_in_order(document):
        found = said.find(words, place)
        assert found >= 0, words
        place = found + len(words)


def test_every_page_is_numbered_and_says_that_it_is_fictional(made: tuple[Document, bytes]) -> None:
    with pypdfium2.PdfDocument(made[1]) as file:
        count = len(file)
        for number, page in enumerate(file, 1):
            text = page.get_textpage().get_text_range()
            assert f"Page {number} of {count}" in text
            assert own_form.FICTIONAL in text


def test_a_report_of_a_real_inspection_bears_no_mark() -> None:
    report = example_report("jtai-2022")
    real = replace(report, about=replace(report.about, area="barnsley", fictional=False))
    with pypdfium2.PdfDocument(to_pdf(published_report(real))) as file:
        assert all(own_form.FICTIONAL not in page.get_textpage().get_text_range() for page in file)


def test_the_report_has_an_outline_of_its_parts() -> None:
    document = DOCUMENTS["report"]
    parts = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2 and b.text != own_form.CONTENTS]
    with pypdfium2.PdfDocument(to_pdf(document)) as file:
        assert [mark.get_title() for mark in file.get_toc()] == parts


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_pdf(DOCUMENTS["report"]) == to_pdf(DOCUMENTS["report"])


def test_many_threads_may_ask_for_documents_at_once() -> None:
    letters = [replace(example_notification(), organisation=f"Body {number}") for number in range(12)]
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda letter: to_pdf(notification_letter(letter)), letters))
    assert made == [to_pdf(notification_letter(letter)) for letter in letters]


def test_every_letter_that_counts_as_printable_can_be_set() -> None:
    letters = "".join(chr(code) for code in range(0x20, 0x2600))
    printed = own_form.plain_words(letters)
    assert len(printed) > 1500
    blocks = (Paragraph(" ".join(own_form.plain_words(letters[at : at + 60]) for at in range(0, len(letters), 60))),)
    assert to_pdf(Document("Letters", "Test", "Letters", DAY, blocks)).startswith(b"%PDF")


def test_what_cannot_be_printed_is_shown_to_be_missing() -> None:
    assert own_form.plain_words("a \U0001f600 \u4e2d\ufe0f\u200bb\u00ad") == "a □ □b"
    assert own_form.plain_words("e\u0301 \ufb01\tx\u00a0y") == "é fi x y"


@pytest.mark.slow
def test_a_report_of_many_findings_has_forty_pages() -> None:
    assert page_count(to_pdf(published_report(example_report(findings=114)))) >= 40
