"""The first person from the command line, and the page of permissions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from joinedup.service.accounts.reference import page

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_of_permissions_is_the_table() -> None:
    assert (ROOT / "docs/reference/permissions.md").read_text(encoding="utf-8") == page(), "run make docs"


@pytest.mark.slow
def test_the_first_service_administrator_gets_a_link(tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'live.sqlite3'}"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "joinedup", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    add = ("people", "add-service-administrator", "Ada@Example.org", "Ada", "--json")
    early = run(*add)
    assert early.returncode == 1
    assert "joinedup service migrate" in early.stderr
    assert run("service", "migrate").returncode == 0
    told = json.loads(run(*add).stdout)
    assert told["email"] == "ada@example.org"
    assert told["link"].startswith("http://127.0.0.1:8000/invitation/")
    assert run(*add).returncode == 2, "the address is somebody's already"
    del environment["DATABASE_URL"]
    assert "set DATABASE_URL" in run(*add).stderr
