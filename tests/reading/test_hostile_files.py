"""A file that is no report is refused with a reason that a person understands; it never stops the rest."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.reading import Refusal, Report, read, read_bytes, read_many, to_json
from joinedup.reading.many import TOGETHER, in_batches

LETTER = """
14 March 2023

Ada Quill, Director of Children's Services, Ashmere Council

Dear Ashmere Safeguarding Children Partnership

# Joint targeted area inspection of Ashmere

This inspection took place from 6 to 10 February 2023. It was carried out by
inspectors from Ofsted and the Care Quality Commission (CQC).

# What needs to improve?

* The timeliness of the police response to organized crime.

# Next steps

We have determined that Ashmere Council is the principal authority and should
prepare a written statement by 20 June 2023.
"""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<!DOCTYPE html><html><body>Page not found</body></html>", "web page"),
        (b"\n<html><head></head></html>", "web page"),
        (b"PK\x03\x04rest of a zip", "zip or Office file"),
        (b"just some text", "not a PDF"),
        (b"\x00\x01\x02\x03" * 400, "not a PDF"),
        (b"%PDF-1.7\nnothing that a PDF holds", "cut short"),
        (b"%PDF-1.7\nnothing that a PDF holds\n%%EOF", "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused_with_its_reason(data: bytes, words: str) -> None:
    answer = read_bytes(data, "x.pdf")
    assert isinstance(answer, Refusal)
    assert words in answer.reason


@pytest.mark.parametrize("scaled", [False, True])
def test_letters_of_no_size_stop_nothing(make_pdf: Callable[..., bytes], scaled: bool) -> None:
    title = (72, 760, 14, True, "Joint targeted area inspection of Ashmere")
    page = [title, *((72, 560 - 14 * row, 0.03, False, "Words that nobody can see. " * 9) for row in range(20))]
    assert isinstance(read_bytes(make_pdf([page, page], scaled=scaled), "x.pdf"), Report | Refusal)


@pytest.mark.parametrize("half", ["D800", "DC00"])
def test_half_a_letter_of_two_halves_is_left_out_and_stops_nothing(typeset: Callable[..., bytes], half: str) -> None:
    read = read_bytes(_with_letters(typeset(LETTER), {"z": half}), "x.pdf")
    whole = read_bytes(typeset(LETTER.replace("z", "")), "x.pdf")
    assert isinstance(read, Report)
    assert isinstance(whole, Report)
    assert [item.text for item in read.improvements] == [item.text for item in whole.improvements]
    assert str(to_json(read)).encode()


def _with_letters(data: bytes, letters: dict[str, str]) -> bytes:
    """A file whose own table says of some letters which they are (UTF-16, in hexadecimal)."""
    pairs = " ".join(f"<{ord(letter):02X}> <{says}>" for letter, says in letters.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> "
        f"endcodespacerange {len(letters)} beginbfchar {pairs} endbfchar endcmap"
    )
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.Resources.Font.R.ToUnicode = pdf.make_stream(table.encode())
        pdf.save(changed)
    return changed.getvalue()


def test_an_encrypted_file_is_refused(encrypted_pdf: bytes) -> None:
    answer = read_bytes(encrypted_pdf, "x.pdf")
    assert isinstance(answer, Refusal)
    assert "password" in answer.reason


def test_a_scan_without_text_is_refused(scanned_pdf: bytes) -> None:
    answer = read_bytes(scanned_pdf, "x.pdf")
    assert isinstance(answer, Refusal)
    assert "no text" in answer.reason


def test_a_scanned_page_among_others_is_told(typeset: Callable[..., bytes], scanned_pdf: bytes) -> None:
    document = pdfium.PdfDocument(typeset(LETTER))
    document.import_pages(pdfium.PdfDocument(scanned_pdf))
    out = io.BytesIO()
    document.save(out)
    answer = read_bytes(out.getvalue(), "x.pdf")
    assert isinstance(answer, Report)
    assert [problem.page for problem in answer.problems if "picture" in problem.what] == [2]


def test_a_report_of_which_nothing_but_the_title_can_be_told_says_so(typeset: Callable[..., bytes]) -> None:
    answer = read_bytes(typeset(LETTER.partition("# What needs")[0]), "x.pdf")
    assert isinstance(answer, Report)
    assert any("no statement could be read" in problem.what for problem in answer.problems)


def test_thousands_of_pages_are_refused_at_once(many_pages_pdf: bytes) -> None:
    answer = read_bytes(many_pages_pdf, "x.pdf")
    assert isinstance(answer, Refusal)
    assert "5,000 pages" in answer.reason


def test_a_file_cut_short_is_refused_or_read_with_what_is_left(typeset: Callable[..., bytes]) -> None:
    whole = typeset(LETTER)
    answer = read_bytes(whole[: len(whole) // 3], "x.pdf")
    assert isinstance(answer, Refusal)
    assert "cut short" in answer.reason


def _on_its_side(data: bytes, *, letters_too: bool) -> bytes:
    """A PDF whose pages are shown turned by a quarter; with its letters turned the other way they show upright."""
    document = pdfium.PdfDocument(data)
    for page in document:
        if letters_too:
            for shape in page.get_objects():
                raw.FPDFPageObj_Transform(shape.raw, 0, 1, -1, 0, 842, 0)
            page.set_mediabox(0, 0, 842, 595)
            page.gen_content()
        page.set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_page_shown_on_its_side_is_read_as_if_it_stood_upright(typeset: Callable[..., bytes]) -> None:
    upright, turned = (
        read_bytes(data, "x.pdf") for data in (typeset(LETTER), _on_its_side(typeset(LETTER), letters_too=False))
    )
    assert isinstance(upright, Report)
    assert isinstance(turned, Report)
    assert (turned.improvements, turned.addressees, turned.statement, turned.problems) == (
        upright.improvements, upright.addressees, upright.statement, ()
    )  # fmt: skip
    assert [sheet.turns for sheet in turned.sheets] == [1]


def test_letters_that_lie_on_their_side_in_the_file_are_read_with_a_warning(typeset: Callable[..., bytes]) -> None:
    answer = read_bytes(_on_its_side(typeset(LETTER), letters_too=True), "x.pdf")
    assert isinstance(answer, Report)
    assert [problem.page for problem in answer.problems if "on their side" in problem.what] == [1]


def test_a_pdf_that_is_no_inspection_report_is_refused(typeset: Callable[..., bytes]) -> None:
    answer = read_bytes(typeset("# Minutes of the parish council\n\nThe meeting opened at seven."), "x.pdf")
    assert isinstance(answer, Refusal)
    assert "no inspection report" in answer.reason


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    answer = read(tmp_path / "nothing.pdf")
    assert isinstance(answer, Refusal)
    assert "cannot be opened" in answer.reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with pipes and devices")
def test_a_device_a_pipe_and_a_folder_are_refused_and_not_read(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.pdf", tmp_path / "link.pdf"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    for path in (pipe, link, tmp_path):
        answer = read(path)
        assert isinstance(answer, Refusal)
        assert "no ordinary file" in answer.reason


def test_a_refusal_prints_the_contracts_shape() -> None:
    answer = read_bytes(b"", "given/name.pdf")
    printed = to_json(answer)
    assert printed["status"] == "refused"
    assert printed["file"] == "given/name.pdf"
    assert printed["reason"]


@pytest.mark.slow
def test_a_file_that_bursts_its_reader_is_given_up_and_the_rest_is_read(
    tmp_path: Path, typeset: Callable[..., bytes], bomb_pdf: bytes, many_pages_pdf: bytes
) -> None:
    good = typeset(LETTER)
    files = []
    for number, data in enumerate([good, bomb_pdf, good, many_pages_pdf, good]):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(data)
    told: list[tuple[int, int, str]] = []
    answers = list(read_many(files, workers=2, seconds=2.0, progress=lambda *now: told.append(now)))
    assert [answer.file for answer in answers] == [str(file) for file in files]
    assert [type(answer) for answer in answers] == [Report, Refusal, Report, Refusal, Report]
    assert isinstance(answers[1], Refusal)
    assert "given up" in answers[1].reason
    assert [done for done, _, _ in told] == [1, 2, 3, 4, 5]


@pytest.mark.slow
def test_of_a_batch_only_the_file_that_bursts_its_reader_is_given_up(
    tmp_path: Path, typeset: Callable[..., bytes], bomb_pdf: bytes
) -> None:
    good = typeset(LETTER)
    files = []
    for number in range(20):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(bomb_pdf if number in (3, 11) else good)
    assert max(map(len, in_batches(list(map(str, files)), 1))) > 3
    answers = list(read_many(files, workers=1, seconds=2.0))
    assert [answer.file for answer in answers] == [str(file) for file in files]
    assert [number for number, answer in enumerate(answers) if isinstance(answer, Refusal)] == [3, 11]


THEN = """
import sys
from making import made
from joinedup.reading import read_many

if __name__ == "__main__":
    for answer in read_many(sys.argv[1:], then=made, workers=1):
        print(answer if isinstance(answer, str) else f"refused: {answer.reason}")
"""
MADE = """
def made(reports):
    if any("Brackenshire" in item.text for report in reports for item in report.improvements):
        raise MemoryError
    return [f"made of {len(reports)}" for _ in reports]
"""


@pytest.mark.slow
def test_what_is_made_of_a_batch_is_given_up_for_the_report_alone_that_is_too_much(
    tmp_path: Path, typeset: Callable[..., bytes]
) -> None:
    (tmp_path / "making.py").write_text(MADE)
    (tmp_path / "run.py").write_text(THEN)
    files = []
    for number in range(8):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(typeset(LETTER.replace("the police", "Brackenshire Police") if number == 2 else LETTER))
    ran = subprocess.run(
        [sys.executable, "run.py", *map(str, files)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    answers = ran.stdout.splitlines()
    assert [answer.startswith("refused: reading it takes more memory") for answer in answers] == [
        number == 2 for number in range(8)
    ]
    assert "made of 2" in answers


@given(files=st.lists(st.text(), max_size=400), workers=st.integers(1, 64))
def test_batches_have_every_file_once_in_order_and_grow_no_larger(files: list[str], workers: int) -> None:
    batches = list(in_batches(files, workers))
    assert [file for batch in batches for file in batch] == files
    sizes = list(map(len, batches))
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes, default=0) <= TOGETHER


@settings(max_examples=60)
@given(data=st.binary(max_size=4000), mark=st.booleans())
def test_no_bytes_whatever_raise(data: bytes, mark: bool) -> None:
    answer = read_bytes(b"%PDF-1.4\n" + data if mark else data, "x.pdf")
    assert isinstance(answer, Refusal)
    assert answer.reason


@settings(max_examples=40)
@given(data=st.data())
def test_a_good_file_with_some_bytes_changed_never_raises(data: st.DataObject, typeset: Callable[..., bytes]) -> None:
    changed = bytearray(typeset(LETTER))
    for _ in range(data.draw(st.integers(1, 12))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(read_bytes(bytes(changed), "x.pdf"), Report | Refusal)
