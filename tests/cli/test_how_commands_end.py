"""Exit statuses and errors: one line on standard error, a traceback only with -v; interruptions are quiet."""

import os
import signal
import subprocess
import sys
import time

import pytest

from joinedup.cli import run as running

COMMAND = [sys.executable, "-m", "joinedup"]
SIF = ("--framework", "sif", "--as-at", "2016-11-16")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["outcomes", "--framework", "sof", "--as-at", "2016-11-16"], 2, "sif"),
        (["outcomes", "--framework", "sif", "--as-at", "2016-02-30"], 2, "16 November 2016"),
        (["outcomes", "--framework", "sif", "--as-at", "soon"], 2, "--as-at"),
        (["outcomes", "--framework", "sif"], 2, "--as-at"),
        (["outcomes", "--as-at", "2016-11-16"], 2, "--framework"),
        (["outcomes", "--framework", ",", "--as-at", "2016-11-16"], 2, "--framework"),
        (["outcomes", *SIF, "--judgement", "leaders"], 2, "leadership"),
        (["outcomes", *SIF, "--count", "heads"], 2, "inspections"),
        (["outcomes", *SIF, "--as-of", "yesterday"], 2, "--as-of"),
        (["outcomes", "--frobnicate"], 2, "--frobnicate"),
        (["changes", "--from", "2016-01-02", "--to", "2016-01-01"], 2, "wrong order"),
        (["changes", "--from", "2016-01-02"], 2, "--to"),
        (["area"], 2, "NAME-OR-CODE"),
        (["area", "Derbyy"], 1, "Derby"),
        (["area", "999"], 1, "999"),
        (["outcomes", *SIF, "--csv", "/nowhere/at/all.csv"], 1, "/nowhere/at/all.csv"),
        (["outcomes", *SIF, "--record", "ftp://host/record"], 1, "ftp"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_an_error_is_one_line_that_helps(run, words, status, told):
    ran = run(*words)

    assert ran.status == status
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("joinedup: ")
    assert told in ran.err


def test_v_shows_the_traceback(run):
    ran = run("area", "Derbyy", "-v")

    assert ran.status == 1
    assert "Traceback" in ran.err
    assert ran.err.splitlines()[-1].startswith("joinedup: ")


def test_what_nobody_expected_is_told_in_one_line_too(run, monkeypatch):
    def broken(names):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(running, "application", broken)
    ran = run("areas")

    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "ZeroDivisionError" in ran.err


@pytest.mark.slow
def test_a_reader_that_has_gone_ends_it_quietly(tmp_path):
    for words in (["areas"], ["areas", "--json"]):
        process = subprocess.Popen(
            [*COMMAND, *words, "--record", str(tmp_path / "none")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 141)
        process.stderr.close()


@pytest.mark.slow
def test_ctrl_c_ends_it_quietly(tmp_path):
    """Interrupted while it waits for a file that never comes to an end."""
    pipe = tmp_path / "endless.pdf"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [*COMMAND, "ingest", str(pipe), "--record", str(tmp_path / "record")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    writer = None
    while writer is None and time.monotonic() < deadline:
        try:
            writer = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.05)
    assert writer is not None, "the pipe was never opened for reading"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    os.close(writer)

    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.slow
def test_a_question_loads_only_what_it_needs(tmp_path):
    """The cold start stays short: no table formats, no readers, no web framework, no data frames."""
    heavy = ("django", "deltalake", "pyarrow", "polars", "pandas", "numpy", "pypdfium2", "rich", "httpx", "distributed")
    words = ["outcomes", *SIF, "--json", "--record", str(tmp_path / "none")]
    code = (
        f"import sys; from joinedup.cli import main; status = main({words!r}); "
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)

    assert (done.returncode, done.stderr.strip()) == (0, "[]")
