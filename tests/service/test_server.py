"""The service starts where it is told, refuses what is unsafe, and the demonstration works twice in a row."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from joinedup.errors import UsageError
from joinedup.service.server import Plan, PortTakenError, address_of, listen, serve


def run(*words: str, cache: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, without what the tests set."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("JOINEDUP_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "joinedup", *words],
        env={**inherited, "XDG_CACHE_HOME": str(cache), **environment},
        capture_output=True,
        text=True,
        timeout=240,
    )


class TestListening:
    def test_a_port_that_is_taken_is_told_with_the_remedy(self) -> None:
        with listen("127.0.0.1", 0) as taken, pytest.raises(PortTakenError, match="choose another with --port"):
            listen("127.0.0.1", taken.getsockname()[1])

    def test_or_a_free_one_is_taken_instead(self) -> None:
        with listen("127.0.0.1", 0) as taken:
            port = taken.getsockname()[1]
            with listen("127.0.0.1", port, or_any=True) as other:
                assert other.getsockname()[1] != port

    def test_the_address_is_one_for_a_browser(self) -> None:
        with listen("127.0.0.1", 0) as bound:
            assert address_of(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}/"


class TestSafety:
    def test_an_open_address_needs_a_key_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("JOINEDUP_SECRET_KEY")
        with listen("0.0.0.0", 0) as bound, pytest.raises(UsageError, match="JOINEDUP_SECRET_KEY"):
            serve(bound, Plan(), lambda address, stop: None)

    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("JOINEDUP_SECRET_KEY", "", "JOINEDUP_SECRET_KEY is not set"),
            ("JOINEDUP_DEBUG", "yes", 'JOINEDUP_DEBUG must be "1" or "0"'),
            ("JOINEDUP_AS_OF", "last week", "JOINEDUP_AS_OF must be a date and time"),
        ],
    )
    def test_settings_that_are_wrong_are_told_by_name(self, name: str, value: str, words: str) -> None:
        answer = subprocess.run(
            [sys.executable, "-c", "import joinedup.service.settings"],
            env={**os.environ, "JOINEDUP_SECRET_KEY": "enough", name: value},
            capture_output=True,
            text=True,
        )
        assert answer.returncode != 0
        assert words in answer.stderr


@pytest.mark.slow
class TestTheDemonstration:
    def test_it_works_and_a_second_time_quickly(self, demo_cache: Path) -> None:
        for turn in ("first", "second"):
            answer = run("demo", "--check", "--port", "0", cache=demo_cache)
            assert answer.returncode == 0, answer.stderr
            assert "Joinedup is at http://127.0.0.1:" in answer.stderr
            assert "/demo/sign-in" in answer.stderr
            assert answer.stderr.rstrip().endswith("ok")
            assert turn == "first" or "Making" not in answer.stderr, "it was made the first time"

    def test_it_can_do_without_fictional_reports(self, tmp_path: Path) -> None:
        answer = run("demo", "--check", "--no-fictional", "--port", "0", cache=tmp_path)
        assert answer.returncode == 0, answer.stderr
        assert not list(tmp_path.rglob("*.pdf"))

    def test_a_port_in_use_is_told_and_another_taken(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            answer = run("demo", "--check", "--no-fictional", "--port", str(port), cache=tmp_path)
        assert answer.returncode == 0, answer.stderr
        assert f"Port {port} is in use; taking " in answer.stderr


@pytest.mark.slow
def test_serve_answers_until_it_is_stopped(tmp_path: Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("JOINEDUP_", "DJANGO_"))}
    with subprocess.Popen(
        [sys.executable, "-m", "joinedup", "serve", "--port", "0", "--json", "--record", str(tmp_path / "none")],
        env=inherited,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split('"')[3]
        try:
            with urllib.request.urlopen(address + "health", timeout=60) as answer:
                assert answer.read().startswith(b"ok bundled-")
        finally:
            started = time.monotonic()
            process.terminate()
            process.wait(timeout=60)
    assert process.returncode == 0
    assert time.monotonic() - started < 30
