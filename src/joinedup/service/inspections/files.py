"""Files that people bring: looked at by their bytes, kept under their SHA-256, and given out as downloads only.

Nothing is believed of an upload: not its name, not the kind that the browser says, not its length. A file is written
beside its place, flushed to the disk and renamed, so that what is there under a hash is always the whole of it; the
same file twice is kept once.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse

from joinedup.errors import NotFoundError
from joinedup.service.actions import RefusedError
from joinedup.service.uploads import NotTakenIn

LARGEST = 25 * 1024 * 1024
"""Bytes of one file."""
_AT_ONCE = 64 * 1024
_ZIP_MEMBERS = 5_000
_ZIP_UNPACKED = 500 * 1024 * 1024
_MIMETYPE_LONGEST = 100

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
TEXT = "text/plain"

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    PDF: ("PDF", (".pdf",)),
    PNG: ("PNG picture", (".png",)),
    JPEG: ("JPEG picture", (".jpg", ".jpeg")),
    DOCX: ("Word document", (".docx",)),
    XLSX: ("Excel workbook", (".xlsx",)),
    ODT: ("OpenDocument text", (".odt",)),
    ODS: ("OpenDocument spreadsheet", (".ods",)),
    CSV: ("CSV table", (".csv",)),
    TEXT: ("Plain text", (".txt", ".md", ".log")),
}
"""Kind -> what people call it, and the endings that a name of that kind may have, the usual one first."""

ACCEPTED = ", ".join(f"{ending[1:].upper()}" for _, (ending, *_rest) in KINDS.values())
"""The kinds for a sentence: PDF, PNG, JPG and so on."""

_MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_OFFICE = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX))
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_BYTE_ORDERS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Upload(Protocol):
    """What a form gives for a file (Django's `UploadedFile` is one)."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The bytes, a part at a time."""


class FileRefusedError(RefusedError):
    """A file that cannot be kept; the message says why and what would do."""


class FileMissingError(NotFoundError):
    """No file is kept under that hash."""


class _SeveralFiles(forms.ClearableFileInput):
    """A field of a page in which several files can be chosen."""

    allow_multiple_selected = True


class OneFileField(forms.FileField):
    """A field of a form for a file. What it is, `keep` looks at."""

    def to_python(self, data: Any) -> Any:
        """The upload. Raises ValidationError where more came than one request may bring."""
        if isinstance(data, NotTakenIn):
            raise ValidationError(self.too_much())
        return super().to_python(data)

    def too_much(self) -> str:
        """What is said where more came than one request may bring."""
        most = min(LARGEST, settings.UPLOAD_AT_ONCE)
        return f"The file is larger than {most // 1024 // 1024} MB. Send it in smaller parts."


class FilesField(OneFileField):
    """A field of a form for several files, perhaps none."""

    widget = _SeveralFiles(attrs={"class": "govuk-file-upload"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The uploads, as a list."""
        given = data if isinstance(data, list | tuple) else [data]
        return [each for each in (super(FilesField, self).clean(one, initial) for one in given) if each]

    def too_much(self) -> str:
        """The same of several files: fewer of them may do."""
        return f"The files are larger than {at_once()} together. Choose fewer, and send the others after."


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept: its hash, its name made safe, its kind (one of `KINDS`) and its size in bytes."""

    sha256: str
    name: str
    kind: str
    size: int


def at_once() -> str:
    """How much all files of one request may be together, for a sentence: 100 MB."""
    return f"{settings.UPLOAD_AT_ONCE // 1024 // 1024} MB"


def keep(upload: Upload) -> Kept:
    """Keep a file. Raises FileRefusedError for one too large, empty, or of a kind that is not accepted."""
    name = clean_name(upload.name or "")
    folder = Path(settings.FILES)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as file:
        beside = Path(file.name)
        try:
            digest, size = _take_in(upload, file, name)
            kind = _kind_of(file, name)
            file.flush()
            os.fsync(file.fileno())
            place = _place(digest)
            if place.exists():
                beside.unlink()
            else:
                place.parent.mkdir(exist_ok=True)
                beside.replace(place)
                _flush_folder(place.parent)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    return Kept(digest, _with_ending(name, kind), kind, size)


def open(sha256: str) -> IO[bytes]:  # noqa: A001 it is always called as `files.open`
    """The bytes kept under a hash. Raises FileMissingError."""
    try:
        return _place(sha256).open("rb")
    except FileNotFoundError:
        raise FileMissingError(f"no file is kept under {sha256}") from None


def download(sha256: str, name: str, kind: str) -> FileResponse:
    """A kept file as an answer that a browser saves and never shows or runs. The caller asks who may have it."""
    response = FileResponse(open(sha256), content_type="text/plain; charset=utf-8" if kind in (TEXT, CSV) else kind)
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def clean_name(name: str) -> str:
    """A file's own name without folders, controls, or what systems treat specially; at most 150 letters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(" " if unicodedata.category(each)[0] in "CZ" or each in '<>:"|?*' else each for each in name)
    words = " ".join(kept.split()).strip(". ")
    stem, dot, ending = words.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = words, ""
    return f"{stem[:140].strip()}{'.' + ending if ending else ''}" or "file"


def _take_in(upload: Upload, file: IO[bytes], name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for part in upload.chunks(_AT_ONCE):
        size += len(part)
        if size > LARGEST:
            raise FileRefusedError(f"{name} is larger than {LARGEST // 1024 // 1024} MB. Send it in smaller parts.")
        digest.update(part)
        file.write(part)
    if not size:
        raise FileRefusedError(f"{name} is empty. Choose the file again.")
    return digest.hexdigest(), size


def _kind_of(file: Any, name: str) -> str:
    file.flush()
    with Path(file.name).open("rb") as read:
        start = read.read(16)
        kind = next((kind for magic, kind in _MAGIC if start.startswith(magic)), None)
        if kind is None and start.startswith(b"PK\x03\x04"):
            kind = _kind_of_zip(read)
        elif kind is None:
            kind = _kind_of_text(read, name)
    if kind is None:
        raise FileRefusedError(f"{name} is of a kind that cannot be kept. Save it as one of {ACCEPTED}.")
    return kind


def _kind_of_zip(file: IO[bytes]) -> str | None:
    """An office document's kind; None for any other archive, for one with macros, and for one too big to unpack."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if len(members) > _ZIP_MEMBERS or sum(member.file_size for member in members) > _ZIP_UNPACKED:
                return None
            if any(each.rsplit("/", 1)[-1].casefold() == "vbaproject.bin" for each in names):
                return None
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _OFFICE if part in names), None)
            if "mimetype" in names and "content.xml" in names:
                with archive.open("mimetype") as said:
                    told = said.read(_MIMETYPE_LONGEST).decode("ascii", "replace").strip()
                return told if told in (ODT, ODS) else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return None  # damaged, encrypted, or packed in a way that office documents are not
    return None


def _kind_of_text(file: IO[bytes], name: str) -> str | None:
    file.seek(0)
    data = file.read()
    order = next((encoding for mark, encoding in _BYTE_ORDERS if data.startswith(mark)), None)
    for encoding in (order,) if order else ("utf-8", "cp1252"):
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(words) else (CSV if name.casefold().endswith(".csv") else TEXT)
    return None


def _with_ending(name: str, kind: str) -> str:
    endings = KINDS[kind][1]
    return name if name.casefold().endswith(endings) else name + endings[0]


def _place(sha256: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise FileMissingError("that is not a hash of a file")
    return Path(settings.FILES) / sha256[:2] / sha256


def _flush_folder(folder: Path) -> None:
    """Make the rename last through a crash; systems without folders that can be opened do so by themselves."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
