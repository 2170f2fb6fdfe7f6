"""Small PDF files made by hand, good and hostile, so that the tests need no file from outside."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import pytest

Objects = list[bytes]


def _assemble(objects: Objects, trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def _content(lines: Sequence[tuple[float, float, float, bool, str]], scaled: bool = False) -> bytes:
    out = b""
    for left, bottom, size, bold, text in lines:
        escaped = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        font = b"B" if bold else b"R"
        if scaled:
            out += b"BT /%s 1 Tf %g 0 0 %g %g %g Tm (%s) Tj ET\n" % (font, size, size, left, bottom, escaped)
        else:
            out += b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font, size, left, bottom, escaped)
    return out


def _drawn(rules: Sequence[tuple[float, float, float]]) -> bytes:
    return b"".join(b"%g %g %g 0.5 re f\n" % (left, height, right - left) for left, right, height in rules)


def _pdf(
    pages: Sequence[Sequence[tuple[float, float, float, bool, str]]],
    info: str = "",
    rules: Sequence[tuple[float, float, float]] = (),
    scaled: bool = False,
) -> bytes:
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(count))
    objects: Objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /R 3 0 R /B 4 0 R >> >> >>" % (6 + 2 * number)
        )
        objects.append(_stream(_content(lines, scaled) + _drawn(rules)))
    trailer = b""
    if info:
        objects.append(b"<< /CreationDate (D:%s) >>" % info.encode())
        trailer = b"/Info %d 0 R" % len(objects)
    return _assemble(objects, trailer)


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """A PDF of pages of lines, each (left, bottom, size, bold, text) in points; `info` the day it was made; `rules` are
    drawn on every page, each from a left to a right at a height; `scaled`: the file names the type size 1 throughout
    and scales its letters instead."""
    return _pdf


@pytest.fixture(scope="session")
def typeset() -> Callable[..., bytes]:
    """A PDF from text marked up a line each: "# " a heading, "* " a bullet, "" a gap; lines of up to 80 letters."""

    def typeset(text: str, info: str = "") -> bytes:
        pages: list[list[tuple[float, float, float, bool, str]]] = [[]]
        bottom = 770.0
        for raw in text.strip("\n").split("\n"):
            line = raw.strip()
            if line == "---" or bottom < 90:
                pages.append([])
                bottom = 770.0
            if line == "---":
                continue
            if not line:
                bottom -= 12
                continue
            left, bold = 72.0, line.startswith("# ")
            words = line.removeprefix("# ")
            if words.startswith("* "):
                words = "\u2022 " + words[2:]
            elif raw.startswith("  "):
                left = 90.0
            pages[-1].append((left, bottom, 12.0, bold, words))
            bottom -= 20 if bold else 14.5
        return _pdf(pages, info)

    return typeset


@pytest.fixture(scope="session")
def encrypted_pdf() -> bytes:
    """A PDF that asks for a password that nobody has."""
    objects: Objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
    ]
    return _assemble(
        objects, b"/Encrypt 4 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    )


@pytest.fixture(scope="session")
def scanned_pdf() -> bytes:
    """A page that holds a picture and not one letter."""
    picture = _stream(zlib.compress(b"\x80" * 100), b"/Type /XObject /Subtype /Image /Width 10 /Height 10 "
                      b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode")  # fmt: skip
    objects: Objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /XObject << /I 5 0 R >> >> >>"
        ),
        _stream(b"q 500 0 0 700 40 60 cm /I Do Q"),
        picture,
    ]
    return _assemble(objects)


@pytest.fixture(scope="session")
def many_pages_pdf() -> bytes:
    """Five thousand empty pages."""
    return _pdf([[]] * 5000)


@pytest.fixture(scope="session")
def bomb_pdf() -> bytes:
    """A file of a few kilobytes whose one page unpacks to more than a hundred million bytes of drawing instructions."""
    packer = zlib.compressobj(9)
    block = b"BT /R 1 Tf 0 0 Td (a) Tj ET\n" * 40_000
    inner = b"".join(packer.compress(block) for _ in range(150)) + packer.flush()
    content = _stream(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode]")
    objects: Objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /R 5 0 R >> >> >>"
        ),
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return _assemble(objects)
