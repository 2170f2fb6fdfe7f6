"""Whether a file is what its address promised, told from its first bytes: sites answer with web pages, too."""

from __future__ import annotations

from pathlib import Path

from joinedup.fetching.errors import UnexpectedContentError

_START = 4096
_ZIP = b"PK\x03\x04"
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


def check_content(path: Path, suffix: str, address: str) -> None:
    """Raises UnexpectedContentError where the file is not of the kind that its suffix says."""
    with path.open("rb") as file:
        start = file.read(_START)
    if not start:
        raise UnexpectedContentError(f"{address} gave an empty file")
    if not _FITS[suffix](start):
        came = "a web page" if _is_web_page(start) else "something else"
        raise UnexpectedContentError(f"{address} gave {came} instead of {_NAMES[suffix]}")


def _is_pdf(start: bytes) -> bool:
    # A PDF may have a few stray bytes before its first line (ISO 32000, implementation note 13).
    return b"%PDF-" in start[:1024]


def _is_csv(start: bytes) -> bool:
    return not _is_web_page(start) and b"\x00" not in start and b"," in start.splitlines()[0]


def _is_web_page(start: bytes) -> bool:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:256].lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<!--"))


_FITS = {
    "pdf": _is_pdf,
    "ods": lambda start: start.startswith(_ZIP) and _ODS in start,
    "xlsx": lambda start: start.startswith(_ZIP),
    "csv": _is_csv,
}
_NAMES = {"pdf": "a PDF file", "ods": "an ODS spreadsheet", "xlsx": "an XLSX spreadsheet", "csv": "a CSV table"}
