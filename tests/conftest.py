"""What every test may ask for."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published reports and statistics; the test skips where it is absent."""
    place = Path(os.environ.get("JOINEDUP_SHARED", ROOT.parent / "shared")) / "data"
    if not place.is_dir():
        pytest.skip(f"needs the published reports and statistics, and {place} is not there (set JOINEDUP_SHARED)")
    return place
