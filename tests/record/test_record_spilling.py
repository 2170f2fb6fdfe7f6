"""The folder for what does not fit into memory: private, one a process, and never left behind for good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from joinedup.record.spilling import PREFIX, clear_left_over, spill_folder

MAKES_ONE = """
import os, signal, sys
from joinedup.record.spilling import spill_folder
print(spill_folder().parent, flush=True)
if sys.argv[1] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _ended(how: str, place: Path) -> Path:
    command = [sys.executable, "-c", MAKES_ONE, how]
    run = subprocess.run(command, capture_output=True, text=True, env={"TMPDIR": str(place)}, check=False)
    return Path(run.stdout.strip())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_process_that_ends_takes_its_folder_away(tmp_path: Path) -> None:
    assert _ended("well", tmp_path).name.startswith(PREFIX)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_taken_away_by_the_next(place: Path) -> None:
    left = _ended("killed", place)
    assert left.is_dir()
    clear_left_over()
    assert not left.exists()


def test_a_folder_in_use_is_left_alone(place: Path) -> None:
    ours = spill_folder()
    clear_left_over()
    assert ours.parent.is_dir()
    assert spill_folder().parent == ours.parent
    assert spill_folder() != ours
