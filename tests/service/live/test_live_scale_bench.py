"""The measurement of the live service at scale runs on the tables of today, which it fills by statements of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

BENCH = Path(__file__).resolve().parents[3] / "bench" / "live_scale.py"


def test_it_fills_the_tables_and_every_page_answers_as_it_should() -> None:
    """A page that answers otherwise ends it, and so does a column that is there no more."""
    ran = subprocess.run([sys.executable, BENCH, "2000"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    assert told["evidence"] >= 2000
    assert set(told["pages"]) == {"evidence list", "overview", "coverage", "save evidence"}
    assert all(page["median_ms"] > 0 for page in told["pages"].values())
