"""A PDF file as pages of lines, each with its words, place, size and weight.

PDFium does the work: the text of a page is taken in one call, and only the first and last letter of each line are
asked for their place and type, so that knowing the layout costs little more than taking the bare text.

This module may be given anything that the wild holds under the name of a PDF. What it cannot open it refuses with
`UnreadableError`, whose message a person understands.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from joinedup.errors import JoinedupError
from joinedup.reading.layout import Line, Page, Rule
from joinedup.reading.model import Sheet

MOST_PAGES = 400
"""No published report of these kinds comes near it (the longest at hand has 60); more is no report."""

MOST_BYTES = 100 * 1024 * 1024
MOST_LETTERS_ON_A_PAGE = 60_000
"""A dense page of print holds about 5,000."""


class UnreadableError(JoinedupError):
    """The file is no PDF that can be read; the message says why."""


def load(path: str | Path) -> bytes:
    """A file's bytes.

    Raises:
        UnreadableError: it is not there, no ordinary file (a folder, a device, a pipe), or larger than any report.
    """
    try:
        about = Path(path).stat()
        if stat.S_ISDIR(about.st_mode):
            os.scandir(path).close()  # tells why it may not be looked into
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableError("cannot be opened: it is no ordinary file")
        if about.st_size > MOST_BYTES:
            raise UnreadableError(f"the file is larger than {MOST_BYTES // 1024 // 1024} MB, no report is")
        return Path(path).read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be opened: {error.strerror or error}") from error


def check_bytes(data: bytes) -> None:
    """Refuse what is plainly no PDF, by its first bytes (a PDF may have up to a kilobyte before its mark).

    Raises:
        UnreadableError: with the reason.
    """
    head = data[:2048]
    if not data.strip():
        raise UnreadableError("the file is empty")
    if b"%PDF-" in head[:1029]:
        if len(data) > MOST_BYTES:
            raise UnreadableError(f"the file is larger than {MOST_BYTES // 1024 // 1024} MB, no report is")
        return
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<!--", b"<script")) or b"<html" in start:
        raise UnreadableError("a web page saved as .pdf, not a PDF: download the report itself again")
    if head.startswith(b"PK\x03\x04"):
        raise UnreadableError("a zip or Office file, not a PDF: save the report as PDF")
    raise UnreadableError("not a PDF: the mark %PDF that every PDF begins with is missing")


def open_pages(data: bytes) -> tuple[Page, ...]:
    """Every page of a PDF with its lines.

    Args:
        data: the whole file.

    Raises:
        UnreadableError: not a PDF, encrypted, cut short, too many pages, or nothing but pictures of text.
    """
    check_bytes(data)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableError(_why_not_opened(error, data)) from error
    with contextlib.closing(document):
        count = len(document)
        if count == 0:
            raise UnreadableError("the PDF has no pages")
        if count > MOST_PAGES:
            raise UnreadableError(f"the PDF has {count:,} pages; no inspection report has more than {MOST_PAGES}")
        pages = tuple(_read_pages(document, count))
    if not any(page.lines for page in pages):
        raise UnreadableError("the pages hold pictures but no text (a scan): run text recognition (OCR) on it first")
    return pages


def _why_not_opened(error: pdfium.PdfiumError, data: bytes) -> str:
    code = getattr(error, "err_code", None)
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) or "assword" in str(error):
        return "the PDF is encrypted and asks for a password: save a copy without one"
    if b"%%EOF" not in data[-2048:]:
        return "the PDF is cut short (its end is missing): download it again"
    return "the PDF is damaged and cannot be opened: download it again"


def _read_pages(document: Any, count: int) -> Iterator[Page]:
    """Every page; from the first table head that `TABLE_HEAD` knows on, lines are also parted at columns, from the
    title that `RULED` knows on, the rules of tables are told, and from `LEADERS` to `AFTER_LEADERS`, cells."""
    columns = ruled = leaders = False
    for index in range(count):
        page = _read_page(document, index, columns, ruled, leaders)
        if not columns and any(TABLE_HEAD.match(line.text) for line in page.lines):
            columns = True
            page = _read_page(document, index, columns, ruled, leaders)
        if ruled and not leaders and any(LEADERS.fullmatch(line.text) for line in page.lines):
            leaders = True
            page = _read_page(document, index, columns, ruled, leaders)
        if leaders and any(AFTER_LEADERS.match(line.text) for line in page.lines):
            leaders = False
        ruled = ruled or (index < TITLE_PAGES and any(RULED.match(line.text) for line in page.lines))
        yield page


TABLE_HEAD = re.compile(r"Responsible bod(y|ies)\b", re.IGNORECASE)
"""Announces a table whose cells may stand so close that PDFium takes two of them for one line."""
RULED = re.compile(r"Area SEND\b", re.IGNORECASE)
"""The title of reports whose tables have rows that nothing but the rules between them parts. Other reports have no
such tables, and are spared the looking."""
LEADERS = re.compile(r"(?:Local )?Area Partnership(?:[’']s)? details:?", re.IGNORECASE)
"""Stands above the table of who leads the council's services for children and the commissioner of health."""
AFTER_LEADERS = re.compile(r"Information about th|Inspection team\b", re.IGNORECASE)
"""What stands below that table; the second is above the table of the inspectors."""
TITLE_PAGES = 3
"""A title stands on one of the first so many pages, and the tables on later ones."""


def _read_page(document: Any, index: int, columns: bool, ruled: bool, leaders: bool) -> Page:
    try:
        page = document[index]
        sheet = _sheet(page, index + 1)
        text_page = page.get_textpage()
        is_turned = page.get_rotation() != 0 and _turned(text_page)
        if page.get_rotation() and not is_turned:
            # Letters stand upright in the page's own space, though the page is shown on its side.
            text_page.close()
            page.set_rotation(0)
            text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return Page(index + 1, 0.0, 0.0, ())  # one broken page; its absence is reported by `lost_pages`
    try:
        lines = tuple(_lines(text_page, index + 1, _COLUMNS_APART if columns else None))
        cells = tuple(_lines(text_page, index + 1, _CELLS_APART)) if leaders else ()
        width, height = page.get_size()
        rules = tuple(_rules(page)) if ruled else ()
        is_picture = not lines and _holds_a_picture(page)
    finally:
        text_page.close()
        page.close()
    return Page(index + 1, width, height, lines, sheet, rules, cells, is_turned, is_picture)


def _holds_a_picture(page: Any) -> bool:
    drawn = (raw.FPDFPage_GetObject(page, one) for one in range(min(raw.FPDFPage_CountObjects(page), MOST_DRAWN)))
    return any(raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_IMAGE for one in drawn)


def _turned(text_page: Any) -> bool:
    """Whether the middle letter of a page is not set upright in the page's own space."""
    angle: float = raw.FPDFText_GetCharAngle(text_page.raw, text_page.count_chars() // 2)
    return angle >= 0 and math.cos(angle) < _UPRIGHT


_UPRIGHT = 0.9
"""Cosine of the angle up to which a letter stands upright, as a leaning scan's do."""


MOST_DRAWN = 20_000
"""Things drawn on a page that are looked at; a page of print with tables holds a few hundred."""
_THIN = 2.0
"""A rule is no higher than this, in points, whether it is drawn as a line or as a flat rectangle."""
_LONG = 50.0
"""And no shorter than this."""


def _rules(page: Any) -> Iterator[Rule]:
    """The rules drawn straight onto a page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for number in range(min(raw.FPDFPage_CountObjects(page), MOST_DRAWN)):
        drawn = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            continue
        if top.value - bottom.value <= _THIN and right.value - left.value >= _LONG:
            yield Rule(left.value, right.value, (bottom.value + top.value) / 2)


def _sheet(page: Any, number: int) -> Sheet | None:
    left, bottom, right, top = (round(side, 2) for side in page.get_bbox())
    # A file may give a page any numbers as its box, none at all among them.
    if not (0 < right - left < math.inf and 0 < top - bottom < math.inf):
        return None
    return Sheet(number, left, bottom, right, top, page.get_rotation() // 90)


_BREAK = re.compile(r"[\r\n]+|(?<=\ufffe)")
"""Where a line ends: at a break, or after PDFium's sign (U+FFFE) for a hyphen at a line's end, which hides one."""
_MARK_FIRST = re.compile(r"\d{1,2}\s+(?=\S)")
_MARKED = re.compile(r"\d(?<=[A-Za-z.,:;?!'’”)\]]\d)\d?(?=$|[\s.,:;’”)])")
"""Where a footnote's mark may stand, set straight after a word. (The digit first: few letters need a look then.)"""
_SIGN = re.compile(r"[^\w\s]\s+(?=\S)")
"""A bullet's sign, which may be of another font and size than the words that it marks."""
_LOWEST, _HIGHEST = 0.5, 1.6
"""How high a letter's box is, by its type size. Where it is not, the file sets its type at another scale."""
_STRAY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff\ufffd]")


_COLUMNS_APART = 1.0
_CELLS_APART = 0.7
"""How wide a gap parts a line, by the type's height. A word processor's cells keep 10.8 points between their words,
where these fill the left one, and the type is of 12; between words there is a third of the type's height."""


def _lines(text_page: Any, number: int, apart: float | None) -> Iterator[Line]:
    """The lines of a page; parted at gaps as wide as `apart` says (by the type's height) where that is given."""
    count = text_page.count_chars()
    if count <= 0:
        return
    count = min(count, MOST_LETTERS_ON_A_PAGE)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "replace")
    probe = _Probe(text_page.raw, stray=_STRAY.search(text) is not None)
    start = 0
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for first, last in ((start, end),) if apart is None else probe.cells(text, start, end, apart):
            words = text[first:last]
            kept = words.strip()
            if kept:
                begin = first + len(words) - len(words.lstrip())
                line = probe.line(kept, number, begin, begin + len(kept) - 1, spaced=words[-1].isspace())
                if line.text:
                    yield line
        start = gap.end() if gap else end


_BOLD = 600
"""The weight from which a font is bold (regular is 400, bold 700)."""


_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})*[.)]?\s+(?=\S)")


class _Probe:
    """Asks PDFium for the place and type of single letters, with its out-parameters made once."""

    def __init__(self, text_page: Any, *, stray: bool) -> None:
        """`text_page` is PDFium's own handle; `stray`: whether the page has signs that no line is to keep."""
        self._page = text_page
        self._stray = stray
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def _place(self, index: int) -> tuple[float, float, float, float]:
        raw.FPDFText_GetLooseCharBox(self._page, index, self._rect)
        rect = self._rect
        return rect.left, rect.bottom, rect.right, rect.top

    def _size(self, index: int) -> float:
        """A letter's type size as printed, in points: the size that the file names, by the scale at which it sets it.
        Most files scale nothing; some name the size 1 and leave all to the scale."""
        size: float = raw.FPDFText_GetFontSize(self._page, index)
        if raw.FPDFText_GetMatrix(self._page, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return size

    def line(self, text: str, number: int, first: int, last: int, *, spaced: bool) -> Line:
        raised = _MARK_FIRST.match(text)
        if raised and self._small(first, first + raised.end()):
            text, first = text[raised.end() :], first + raised.end()
        left, bottom, _, top = self._place(first)
        _, other_bottom, right, other_top = self._place(last)
        sign = _SIGN.match(text)
        word = first + sign.end() if sign else first
        size = raw.FPDFText_GetFontSize(self._page, first)
        if not _LOWEST * size < top - bottom < _HIGHEST * size:
            size = self._size(word)
            _, bottom, _, top = self._place(word)
        elif sign:
            size = raw.FPDFText_GetFontSize(self._page, word)
        words = _MARKED.sub(lambda mark: self._unless_small(mark, first, size), text) if size else text
        words = words.replace("\u00a0", " ")
        bold = self._bold(word)
        return Line(
            text=(_STRAY.sub("", words) if self._stray else words).strip(),
            page=number,
            left=left,
            right=max(left, right),
            bottom=min(bottom, other_bottom),
            top=max(top, other_top),
            size=round(size, 1),
            bold=bold,
            all_bold=(bold or self._bold_behind_number(text, first)) and self._bold(last),
            spaced=spaced,
        )

    def _bold(self, index: int) -> bool:
        """Whether a letter is bold: by its font's weight or its name. Where a file does not tell the weight, PDFium
        takes it from the width of the font's stems, which many writers of PDF give as the same for every font."""
        if raw.FPDFText_GetFontWeight(self._page, index) >= _BOLD:
            return True
        raw.FPDFText_GetFontInfo(self._page, index, self._name, len(self._name), self._flags)
        return b"bold" in self._name.value.lower()

    def _bold_behind_number(self, text: str, first: int) -> bool:
        """Whether a line begins with a number that is not bold before words that are ("3. *Leadership*")."""
        number = _NUMBER.match(text)
        return number is not None and self._bold(first + number.end())

    def cells(self, text: str, start: int, end: int, apart: float) -> Iterator[tuple[int, int]]:
        """Part a line where the gap between two words is wider than the type is high, as between columns, or than
        another share of its height."""
        begin = start
        for gap in re.finditer(r"(?<=\S)\s+(?=\S)", text[start:end]):
            before, after = start + gap.start() - 1, start + gap.end()
            if self._place(after)[0] - self._place(before)[2] > apart * self._size(before):
                yield begin, start + gap.start()
                begin = after
        yield begin, end

    def _small(self, index: int, other: int) -> bool:
        """Whether a letter is set much smaller than another."""
        return self._size(index) < 0.8 * self._size(other)

    def _unless_small(self, mark: re.Match[str], first: int, size: float) -> str:
        small = self._size(first + mark.start()) < 0.8 * size
        return "" if small else mark.group()
