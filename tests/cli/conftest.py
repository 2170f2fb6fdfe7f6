"""The command line run in this process, and a record that is not there (so the bundled facts answer)."""

import json
from dataclasses import dataclass

import pytest

from joinedup.cli import main


@dataclass(frozen=True)
class Ran:
    """How one command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def nowhere(tmp_path):
    """The place of a record that was never made."""
    return tmp_path / "record"


@pytest.fixture
def run(capsys, monkeypatch, nowhere):
    """Runs a command line on the bundled facts alone."""
    monkeypatch.setenv("JOINEDUP_RECORD", str(nowhere))

    def run(*words):
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return run
