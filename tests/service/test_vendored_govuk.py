"""The parts of GOV.UK Frontend that came with `make vendor`: whole, licensed, and without what is GOV.UK's alone."""

import hashlib
import json
import runpy
from pathlib import Path

import joinedup.service.site

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(joinedup.service.site.__file__).parent / "static" / "govuk"


def test_every_file_is_as_the_script_wrote_it() -> None:
    record = json.loads((FOLDER / "version.json").read_text())
    assert set(record["sha256"]) == {path.name for path in FOLDER.iterdir()} - {"version.json"}
    for name, digest in record["sha256"].items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name


def test_the_versions_are_those_that_the_script_would_take() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "vendor_govuk.py"))
    assert json.loads((FOLDER / "version.json").read_text())["versions"] == script["VERSIONS"]


def test_nothing_in_the_styles_belongs_to_govuk_alone() -> None:
    styles = (FOLDER / "govuk.css").read_text()
    for word in ("GDS Transport", "@font-face", "crown", "url("):
        assert word not in styles


def test_its_licence_is_there() -> None:
    assert "MIT License" in (FOLDER / "LICENSE.txt").read_text()
