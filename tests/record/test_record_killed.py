"""Killed at any moment, the record holds all or nothing of every file, and the next run completes it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "bench" / "kill.py"


@pytest.fixture(scope="module")
def kill() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kill", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_killed_at_random_moments_a_record_is_whole(kill: ModuleType, tmp_path: Path) -> None:
    files = kill.specimens(tmp_path / "specimens")
    result = kill.run(files, tmp_path, times=8, seed=7)
    assert result["broken"] == []
    assert result["files"] == 21
    assert result["moments"].get("at work", 0) >= 4, "the kills came too late to show anything"
    assert result["moments"].get("some files", 0) >= 1, "the kills came too early to show anything"


def test_what_is_there_in_part_would_be_seen(kill: ModuleType) -> None:
    whole = {"a": {"reports": 1, "findings": 5, "loads": 1}, "b": {"neighbours": 10, "loads": 1}}
    assert kill.compare({}, whole) == []
    assert kill.compare({"a": whole["a"]}, whole) == []
    assert kill.compare({"a": {"reports": 1, "findings": 4, "loads": 1}}, whole)
    assert kill.compare({"a": {"reports": 2, "findings": 10, "loads": 2}}, whole)
    assert kill.compare({"stranger": {"loads": 1}}, whole)
