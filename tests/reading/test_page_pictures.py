"""A page is drawn apart, within bounds, and a box of it lies in the picture where it lies on the page."""

from __future__ import annotations

import ctypes
import io
import re
import struct
import zlib
from collections.abc import Callable

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from joinedup.reading.model import Sheet
from joinedup.reading.pdf import _read_pages
from joinedup.reading.picture import MOST_PIXELS, Frame, PictureError, picture

INK = (60.0, 100.0, 120.0, 140.0)
"""A black rectangle on the page, in points: left, bottom, right, top."""


def a_pdf(width: float = 200, height: float = 300, *, turns: int = 0, crop: tuple[float, ...] | None = None) -> bytes:
    """One page with INK on it, turned and cropped."""
    document = pdfium.PdfDocument.new()
    page = document.new_page(width, height)
    left, bottom, right, top = INK
    shape = raw.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
    raw.FPDFPageObj_SetFillColor(shape, 0, 0, 0, 255)
    raw.FPDFPath_SetDrawMode(shape, raw.FPDF_FILLMODE_ALTERNATE, ctypes.c_int(0))
    raw.FPDFPage_InsertObject(page, shape)
    page.gen_content()
    page.set_rotation(90 * turns)
    if crop:
        page.set_cropbox(*crop)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rows_of(png: bytes) -> list[list[int]]:
    """The red of each pixel, row by row, of an unfiltered picture."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    at, body = 8, b""
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        name, chunk = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(name + chunk)
        body += chunk if name == b"IDAT" else b""
        at += 12 + size
    lines = zlib.decompress(body)
    step = width * 3 + 1
    assert len(lines) == step * height
    return [list(lines[y * step + 1 : (y + 1) * step : 3]) for y in range(height)]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("crop", [None, (20.0, 40.0, 180.0, 260.0)])
def test_a_box_lies_where_its_ink_is(turns: int, crop: tuple[float, ...] | None) -> None:
    drawn = picture(a_pdf(turns=turns, crop=crop), 1, width=400)
    rows = rows_of(drawn.png)
    assert (len(rows[0]), len(rows)) == (drawn.frame.width, drawn.frame.height)
    dark = [(x, y) for y, row in enumerate(rows) for x, red in enumerate(row) if red < 128]
    left, top, width, height = drawn.frame.place(*INK)
    assert min(x for x, _ in dark) == pytest.approx(left, abs=2)
    assert max(x for x, _ in dark) == pytest.approx(left + width, abs=2)
    assert min(y for _, y in dark) == pytest.approx(top, abs=2)
    assert max(y for _, y in dark) == pytest.approx(top + height, abs=2)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("crop", [None, (20.0, 40.0, 180.0, 260.0), (10.0, 0.0, 110.3, 299.7)])
def test_what_reading_tells_of_a_page_gives_the_frame_that_it_is_drawn_in(
    turns: int, crop: tuple[float, ...] | None
) -> None:
    data = a_pdf(turns=turns, crop=crop)
    [sheet] = sheets_of(data)
    told, drawn = Frame.of((sheet.left, sheet.bottom, sheet.right, sheet.top), sheet.turns), picture(data, 1).frame
    assert (told.width, told.height) == pytest.approx((drawn.width, drawn.height), abs=1)
    assert told.place(*INK) == pytest.approx(drawn.place(*INK), abs=1)


def sheets_of(data: bytes) -> list[Sheet]:
    """What reading tells of the pages of a file without words, which is no report."""
    with pdfium.PdfDocument(data) as document:
        pages = _read_pages(document, len(document))
        return [page.sheet for page in pages if page.sheet]


@pytest.mark.parametrize(
    "box", [b"0 0 0 0", b"9 9 1e39 -1e39", b"0 0 1e-9 800", b"0 0 1 9000000", b"100 100 0 0", b"a b c d", b""]
)
def test_a_page_with_any_box_is_told_as_it_is_drawn(box: bytes) -> None:
    """A file may give its pages any box; what cannot be drawn is refused in the same words from both."""
    data = re.sub(rb"/MediaBox *\[[^]]*\]", b"/MediaBox[" + box + b"]", a_pdf())
    [sheet] = sheets_of(data)
    shown = sheet.left, sheet.bottom, sheet.right, sheet.top
    told = drawn_or_not(lambda: Frame.of(shown, sheet.turns))
    assert told == drawn_or_not(lambda: picture(data, 1).frame)


def test_of_a_page_too_narrow_to_tell_nothing_is_told() -> None:
    assert sheets_of(re.sub(rb"/MediaBox *\[[^]]*\]", b"/MediaBox[0 0 0.001 800]", a_pdf())) == []


def drawn_or_not(frame: Callable[[], Frame]) -> tuple[int, int] | str:
    try:
        return frame().width, frame().height
    except PictureError as error:
        return str(error)


def test_a_box_that_leaves_the_page_is_cut_off() -> None:
    frame = Frame(100, 200, (0.0, 0.0, 50.0, 100.0), 0)
    assert frame.place(-10, 90, 500, 500) == (0.0, 0.0, 100.0, 20.0)


def test_a_frame_told_and_read_is_the_same() -> None:
    frame = Frame(100, 200, (0.5, 0.0, 50.0, 100.0), 3)
    assert Frame.from_json(frame.to_json()) == frame


def test_a_page_of_any_size_is_drawn_with_no_more_pixels_than_allowed() -> None:
    drawn = picture(a_pdf(100, 14_000), 1)
    assert drawn.frame.width * drawn.frame.height <= MOST_PIXELS * 1.01


@pytest.mark.parametrize("data", [b"", b"<html>", b"%PDF-1.7\n%%EOF", a_pdf()[:200]])
def test_what_is_no_whole_pdf_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(PictureError, match="cannot be drawn"):
        picture(data, 1)


@pytest.mark.parametrize("page", [0, 2, -1, 10**9])
def test_so_is_a_page_that_there_is_none_of(page: int) -> None:
    with pytest.raises(PictureError, match="1 pages"):
        picture(a_pdf(), page)


def a_costly_pdf() -> bytes:
    """Forms that draw each other ten times each, twelve deep: a page that would take for ever."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/X Do\nendstream",
    ]
    for depth in range(12):
        body = b"/X Do " * 10 if depth < 11 else b"0 0 600 800 re f 0 0 m 600 800 l 5 w S " * 50
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + depth) if depth < 11 else b""
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length %d%s>>" % (len(body), inner)
        objects.append(head + b"stream\n" + body + b"\nendstream")
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(out),
    )  # fmt: skip


@pytest.mark.slow
def test_a_page_made_to_take_for_ever_is_given_up() -> None:
    with pytest.raises(PictureError, match="given up"):
        picture(a_costly_pdf(), 1, seconds=1)


def test_no_secret_of_ours_is_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from joinedup.reading.picture import _environment

    monkeypatch.setenv("JOINEDUP_SECRET_KEY", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert "secret" not in _environment().values()
