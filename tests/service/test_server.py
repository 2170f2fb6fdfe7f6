"""The service starts where it is told, refuses what is unsafe, and the demonstration works twice in a row."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from joinedup.errors import UsageError
from joinedup.service.server import Plan, PortTakenError, address_of, listen, serve


def outside() -> dict[str, str]:
    """The environment without what the tests set in it."""
    ours = ("JOINEDUP_", "DJANGO_", "DATABASE_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def run(*words: str, cache: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, without what the tests set."""
    return subprocess.run(
        [sys.executable, "-m", "joinedup", *words],
        env={**outside(), "XDG_CACHE_HOME": str(cache), **environment},
        capture_output=True,
        text=True,
        timeout=900,  # how fast it is is measured elsewhere; a busy machine takes its time
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
class TestHeadRequests:
    """They have the head that GET has, and no body reaches the server, which would write a warning about it."""

    @pytest.mark.parametrize(
        "address",
        [
            "/areas",
            "/health",
            "/robots.txt",
            "/nothing-here",
            "/accountability?agency=polise",
            "/reports.csv",
            "/data/inspections.csv",
            "/api/v1/areas",
            "/api/v1/areas/atlantis",
            "/static/site/joinedup.css",
        ],
    )
    def test_nothing_but_the_head_reaches_the_server(self, demo: Path, address: str) -> None:
        status, headers, body = self.asked("GET", address)
        assert body
        assert self.asked("HEAD", address) == (status, headers, b"")

    def asked(self, method: str, address: str) -> tuple[str, dict[str, str], bytes]:
        """Status, headers (less what differs from one request to the next) and body, as the server gets them."""
        from joinedup.service.wsgi import application

        told: list[Any] = []
        path, _, query = address.partition("?")
        environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        setup_testing_defaults(environ)
        parts = application(environ, lambda *start: told.append(start))
        try:
            body = b"".join(parts)
        finally:
            parts.close()
        status, headers = told[0][:2]
        return status, {name: value for name, value in headers if not name.startswith("RateLimit")}, body


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
class TestTheLiveServicesDatabase:
    def test_serving_is_refused_until_the_tables_are_made(self, tmp_path: Path) -> None:
        live = {"DATABASE_URL": f"sqlite:///{tmp_path / 'live.sqlite3'}", "JOINEDUP_SECRET_KEY": "k" * 50}
        refused = run("serve", "--port", "0", cache=tmp_path, **live)
        assert refused.returncode == 1
        assert "run joinedup service migrate" in refused.stderr
        assert "Joinedup is at" not in refused.stderr
        assert run("service", "migrate", cache=tmp_path, **live).returncode == 0
        assert answers_until_stopped(tmp_path, **live) == 0

    def test_a_database_that_does_not_answer_is_told_in_one_line(self, tmp_path: Path) -> None:
        address = f"sqlite:///{tmp_path / 'no-folder' / 'live.sqlite3'}"
        refused = run("serve", "--port", "0", cache=tmp_path, DATABASE_URL=address, JOINEDUP_SECRET_KEY="k" * 50)
        assert refused.returncode == 1
        assert "the live service's database does not answer" in refused.stderr
        assert len(refused.stderr.splitlines()) == 1

    @pytest.mark.parametrize("words", [(), ("--no-fictional",)])
    def test_a_demonstration_has_its_own_and_leaves_that_one_alone(
        self, demo_cache: Path, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        other = tmp_path / "live.sqlite3"
        answer = run("demo", "--check", "--port", "0", *words, cache=demo_cache, DATABASE_URL=f"sqlite:///{other}")
        assert answer.returncode == 0, answer.stderr
        assert not other.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("JOINEDUP_OPERATOR_TOKEN", "short", "JOINEDUP_OPERATOR_TOKEN must have 32 letters or more"),
        ("JOINEDUP_DEBUG", "yes", 'JOINEDUP_DEBUG must be "1" or "0"'),
    ],
)
def test_serve_tells_what_is_wrong_with_the_settings_in_one_line(
    tmp_path: Path, name: str, value: str, words: str
) -> None:
    refused = run("serve", "--port", "0", "--record", str(tmp_path / "none"), cache=tmp_path, **{name: value})
    assert refused.returncode == 2
    assert words in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.slow
def test_serve_answers_until_it_is_stopped(tmp_path: Path) -> None:
    assert answers_until_stopped(tmp_path) == 0


def answers_until_stopped(tmp_path: Path, **environment: str) -> int:
    """Start the service, ask it how it is, stop it; its exit status."""
    with subprocess.Popen(
        [sys.executable, "-m", "joinedup", "serve", "--port", "0", "--json", "--record", str(tmp_path / "none")],
        env={**outside(), **environment},
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
    assert time.monotonic() - started < 30
    return process.returncode
