"""veraPDF's own engine holds every kind of document that leaves the service against PDF/UA-1, and finds nothing."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from joinedup.documents.inspection import example_documents, example_report, published_report, to_pdf
from joinedup.frameworks import frameworks

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "pdf_ua.py"
RULES = 106
"""Rules of veraPDF's profile that a machine can check."""

pytestmark = pytest.mark.slow


def checked(files: dict[str, bytes], place: Path) -> dict[str, dict[str, Any]]:
    """What the engine says of each file, by its name."""
    for name, content in files.items():
        (place / name).write_bytes(content)
    command = [sys.executable, str(SCRIPT), *(str(place / name) for name in files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = {one["file"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert told.keys() == files.keys(), done.stderr
    assert done.returncode == (0 if all(one["compliant"] for one in told.values()) else 1)
    return told


def test_verapdf_accepts_every_kind_of_document_and_a_report_under_every_framework(tmp_path: Path) -> None:
    files = {f"{name}.pdf": to_pdf(each) for name, each in example_documents().items()}
    runnable = [each.id for each in frameworks() if each.runnable]
    files |= {f"{each}.pdf": to_pdf(published_report(example_report(each))) for each in runnable}
    files["forty pages.pdf"] = to_pdf(published_report(example_report(findings=114)))
    told = checked(files, tmp_path)
    assert {name: one["broken"] for name, one in told.items() if not one["compliant"]} == {}
    assert {one["rules"] for one in told.values()} == {RULES}
    assert all(one["checks"] > 1000 for one in told.values())


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def without_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as told:
        del told["dc:title"]


def without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]
    pdf.Root.MarkInfo["/Marked"] = False


def test_verapdf_refuses_a_document_that_lacks_what_a_screen_reader_needs(tmp_path: Path) -> None:
    whole = to_pdf(published_report(example_report()))
    files = {}
    for spoil in (without_language, without_title, without_tags):
        with pikepdf.open(io.BytesIO(whole)) as pdf:
            spoil(pdf)
            pdf.save(kept := io.BytesIO())
        files[f"{spoil.__name__}.pdf"] = kept.getvalue()
    told = checked(files, tmp_path)
    assert [one["compliant"] for one in told.values()] == [False, False, False]
    assert all(one["broken"] for one in told.values())
