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
    """The place of a record that was never made, where one is looked for if no other place is named."""
    return tmp_path / "data" / "joinedup" / "record"


@pytest.fixture
def run(capsys, monkeypatch, nowhere):
    """Runs a command line on the bundled facts alone."""
    monkeypatch.delenv("JOINEDUP_RECORD", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(nowhere.parents[1]))

    def run(*words):
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return run
