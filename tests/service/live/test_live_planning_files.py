"""Files are known by their bytes, kept once under their hash, and given out as downloads only."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from joinedup.service.inspections import files

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture(autouse=True)
def folder(settings: object, tmp_path: Path) -> Path:
    settings.FILES = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def packed(**parts: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return whole.getvalue()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def docx(**more: bytes) -> bytes:
    return packed(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


GOOD = [
    ("a.pdf", PDF, files.PDF),
    ("a.png", b"\x89PNG\r\n\x1a\n....", files.PNG),
    ("a.jpg", b"\xff\xd8\xff\xe0....", files.JPEG),
    ("a.docx", docx(), files.DOCX),
    ("a.xlsx", packed(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), files.XLSX),
    ("a.odt", packed(mimetype=files.ODT.encode(), **{"content.xml": b"<o/>"}), files.ODT),
    ("a.ods", packed(mimetype=files.ODS.encode(), **{"content.xml": b"<o/>"}), files.ODS),
    ("a.csv", b"child,seen\nC1,yes\n", files.CSV),
    ("a.txt", "Café – £5\r\n".encode("cp1252"), files.TEXT),
    ("a.txt", "a note".encode("utf-16"), files.TEXT),
]


@pytest.mark.parametrize(("name", "data", "kind"), GOOD, ids=[f"{name}-{kind[-12:]}" for name, _, kind in GOOD])
def test_each_accepted_kind_is_known_by_its_bytes_and_given_back_whole(name: str, data: bytes, kind: str) -> None:
    kept = files.keep(upload(name, data))
    assert (kept.name, kept.kind, kept.size) == (name, kind, len(data))
    with files.open(kept.sha256) as again:
        assert again.read() == data


BAD = [
    ("run.exe", b"MZ\x90\x00\x03\x00\x00\x00"),
    ("archive.zip", packed(readme=b"hello")),
    ("macros.docx", docx(**{"word/vbaProject.bin": b"x"})),
    ("broken.docx", docx()[:60]),
    ("many.docx", docx(**{f"word/{n}.xml": b"" for n in range(5_001)})),
    ("binary.txt", b"some\x00text"),
    ("other.odt", packed(mimetype=b"application/epub+zip", **{"content.xml": b""})),
]


@pytest.mark.parametrize(("name", "data"), BAD, ids=[name for name, _ in BAD])
def test_any_other_kind_is_refused_with_what_would_do_and_leaves_nothing(name: str, data: bytes, folder: Path) -> None:
    with pytest.raises(files.FileRefusedError, match="Save it as one of PDF"):
        files.keep(upload(name, data))
    assert list(folder.iterdir()) == []


def test_a_file_that_unpacks_to_more_than_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_ZIP_UNPACKED", 1_000)
    with pytest.raises(files.FileRefusedError):
        files.keep(upload("big.docx", docx(**{"word/big.xml": b"a" * 1_001})))


def test_too_large_and_empty_files_are_refused_and_leave_nothing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(files, "LARGEST", 2 * 1024 * 1024)
    with pytest.raises(files.FileRefusedError, match="larger than 2 MB"):
        files.keep(upload("long.txt", b"a" * (2 * 1024 * 1024 + 1)))
    with pytest.raises(files.FileRefusedError, match="empty"):
        files.keep(upload("none.txt", b""))
    assert list(folder.iterdir()) == []


def test_the_same_bytes_are_kept_once_whatever_they_are_called(folder: Path) -> None:
    first, second = files.keep(upload("one.pdf", PDF)), files.keep(upload("two.pdf", PDF))
    assert first.sha256 == second.sha256
    assert (first.name, second.name) == ("one.pdf", "two.pdf")
    assert len([each for each in folder.rglob("*") if each.is_file()]) == 1


def test_a_name_gets_the_ending_of_what_the_file_is() -> None:
    assert files.keep(upload("report.html", PDF)).name == "report.html.pdf"
    assert files.keep(upload("page.html", b"<script>alert(1)</script>")).name == "page.html.txt"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("a\r\nb\u202etxt.pdf", "a b txt.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 140 + ".pdf"),
    ],
)
def test_names_are_made_safe(given_name: str, kept: str) -> None:
    assert files.clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_no_name_leads_anywhere_or_breaks_a_header(name: str) -> None:
    clean = files.clean_name(name)
    assert clean
    assert len(clean) <= 152
    assert not set(clean) & set('/\\\r\n\0"<>')
    assert clean not in (".", "..")


@pytest.mark.django_db  # an answer that is closed looks whether the database's connections are too old
def test_a_file_is_given_out_to_be_saved_and_never_run() -> None:
    kept = files.keep(upload("Müller’s “notes”.txt", b"<script>alert(1)</script>"))
    answer = files.download(kept.sha256, kept.name, kept.kind)
    assert answer["Content-Disposition"].startswith("attachment; filename=\"M_ller_s _notes_.txt\"; filename*=UTF-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"].startswith("text/plain")
    answer.close()


@pytest.mark.parametrize("sha256", ["0" * 64, "../x", "", "A" * 64])
def test_what_is_not_kept_is_said_to_be_missing(sha256: str) -> None:
    with pytest.raises(files.FileMissingError):
        files.open(sha256)
