"""What every test may ask for."""

import fcntl
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No property fails because the machine was busy.
settings.register_profile("untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published reports and statistics; the test skips where it is absent."""
    place = Path(os.environ.get("JOINEDUP_SHARED", ROOT.parent / "shared")) / "data"
    if not place.is_dir():
        pytest.skip(f"needs the published reports and statistics, and {place} is not there (set JOINEDUP_SHARED)")
    return place


@pytest.fixture(scope="session")
def corpus_record(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record of all the published reports, made once a session. Do not write to it: copy it."""
    from joinedup.record import ingest

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "corpus-record"
    with (shared / "corpus-record.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # other processes of the session wait for the one that makes it
        ingest([shared_data / "reports"], folder)
    return folder
