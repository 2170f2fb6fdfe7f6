"""A picture of one page of a report, drawn by PDFium in a process of its own.

A PDF from the wild may be made to burst whatever draws it. So it is drawn where nothing else is: a new interpreter
with bounded memory and processor time, no secrets in its environment, and only a pipe in and a pipe out. The file
comes in on standard input; the picture goes out as one line of JSON and a PNG.
"""

from __future__ import annotations

import json
import math
import os
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass
from typing import Any

from joinedup.errors import JoinedupError

WIDTH = 1000
"""Pixels across: sharp enough to read on a phone and on a desk, and some 100 kilobytes for a page of text."""

MOST_PIXELS = 4_000_000
"""A page of any shape is drawn with no more than this; an A4 page of WIDTH has 1.4 million."""

MEMORY = 1024**3
"""Bytes of address space that drawing may use."""

SECONDS = 10
"""Of processor time, and again of waiting, that drawing may take. The slowest page at hand takes half a second."""

VERSION = 1
"""Raised when pictures come out otherwise, so that those that were kept are drawn anew."""


class PictureError(JoinedupError):
    """The page could not be drawn; the message says why."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a picture lies over its page: the picture's size in pixels; the part of the page that is shown, in points
    of the page's own space (left, bottom, right, top); the quarter turns clockwise by which it is shown."""

    width: int
    height: int
    shown: tuple[float, float, float, float]
    turns: int

    @classmethod
    def of(cls, shown: tuple[float, float, float, float], turns: int, *, width: int = WIDTH) -> Frame:
        """The frame that a page of this shape is drawn in, its size to a pixel. Raises PictureError where it cannot be
        drawn."""
        left, bottom, right, top = shown
        across, down = (top - bottom, right - left) if turns % 2 else (right - left, top - bottom)
        scale = _scale((across, down), width)
        return cls(math.ceil(across * scale), math.ceil(down * scale), shown, turns)

    def place(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Where a box of the page lies in the picture: left, top, width, height in pixels; cut off at its edges."""
        west, south, east, north = self.shown
        across, up = east - west, north - south
        x0, x1 = (left - west) / across, (right - west) / across
        y0, y1 = (north - top) / up, (north - bottom) / up
        for _ in range(self.turns):
            x0, x1, y0, y1 = 1 - y1, 1 - y0, x0, x1
        x0, x1, y0, y1 = (min(max(each, 0.0), 1.0) for each in (x0, x1, y0, y1))
        return x0 * self.width, y0 * self.height, (x1 - x0) * self.width, (y1 - y0) * self.height

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"width": self.width, "height": self.height, "shown": list(self.shown), "turns": self.turns}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Frame:
        """The frame that `to_json` told of."""
        left, bottom, right, top = map(float, given["shown"])
        return cls(int(given["width"]), int(given["height"]), (left, bottom, right, top), int(given["turns"]))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, and how it lies over the page."""

    frame: Frame
    png: bytes


def picture(data: bytes, page: int, *, width: int = WIDTH, seconds: int = SECONDS) -> Picture:
    """Draw a page (from 1) of a PDF file. Raises PictureError where that takes too much, or there is no such page."""
    # By its place, not as a module: that would load all that reads reports, and take twice the time.
    command = [sys.executable, "-I", __file__, str(page), str(width), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with numbers
            command, input=data, capture_output=True, timeout=2 * seconds, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired:
        raise PictureError("drawing the page takes more time than any page does, so it was given up") from None
    head, _, png = done.stdout.partition(b"\n")
    if done.returncode or not head.startswith(b"{"):
        told = done.stdout.decode(errors="replace") if done.returncode == _TOLD else ""
        raise PictureError(told or "drawing the page takes more memory or time than any page does, so it was given up")
    return Picture(Frame.from_json(json.loads(head)), png)


_TOLD = 3
"""The exit status with which the process says in words why it could not draw."""


def _environment() -> dict[str, str]:
    """What an interpreter needs to start, and nothing else of ours."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}


def _bound(seconds: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _scale(size: tuple[float, float], width: int) -> float:
    """Pixels a point, for a page of this size in points. Raises PictureError where it cannot be drawn."""
    across, down = size
    if not (across > 0 and down > 0):
        raise PictureError("the page has no size")
    scale = min(width / across, math.sqrt(MOST_PIXELS / (across * down)))
    if min(across, down) * scale < 1:
        raise PictureError("the page is too narrow to be drawn")
    return scale


def _draw(data: bytes, number: int, width: int) -> Picture:
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(data) as document:
            if not 1 <= number <= len(document):
                raise PictureError(f"the file has {len(document)} pages, and none with the number {number}")
            page = document[number - 1]
            scale = _scale(page.get_size(), width)
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False, may_draw_forms=False)
            frame = Frame(bitmap.width, bitmap.height, tuple(page.get_bbox()), page.get_rotation() // 90)
            return Picture(frame, _png(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, bitmap.buffer))
    except pdfium.PdfiumError as error:
        raise PictureError(f"the file cannot be drawn: {error}") from error


def _png(width: int, height: int, stride: int, channels: int, pixels: Any) -> bytes:
    """Rows of red, green, blue (and what is left out) as PNG (ISO/IEC 15948), every row unfiltered: pages are flat."""
    view = bytes(pixels)
    rows = bytearray()
    for row in range(height):
        line = view[row * stride : row * stride + width * channels]
        if channels == 4:
            kept = bytearray(width * 3)
            for colour in range(3):
                kept[colour::3] = line[colour::4]
            line = bytes(kept)
        elif channels == 1:
            line = bytes(each for grey in line for each in (grey, grey, grey))
        rows += b"\0" + line

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(rows), 6))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def main(arguments: list[str]) -> int:
    """Draw the page that the arguments number, of the file on standard input, to standard output."""
    number, width, seconds = map(int, arguments)
    data = sys.stdin.buffer.read()
    _bound(seconds)
    try:
        drawn = _draw(data, number, width)
    except PictureError as error:
        sys.stdout.write(str(error))
        return _TOLD
    sys.stdout.buffer.write(json.dumps(drawn.frame.to_json()).encode() + b"\n" + drawn.png)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
