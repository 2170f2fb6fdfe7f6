"""Exit statuses and errors: one line on standard error, a traceback only with -v; interruptions are quiet."""

import io
import json
import os
import signal
import subprocess
import sys
from importlib import import_module

import pytest

from joinedup import __version__
from joinedup.cli import output
from joinedup.cli import run as running
from joinedup.cli.commands import COMMANDS
from joinedup.reading import READER_VERSION
from joinedup.record.attributed import ATTRIBUTION_VERSION

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
        (["outcomes", *SIF, "--as-of", "0001-01-01T00:00:00+14:00"], 2, "--as-of is before or after every day"),
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


@pytest.mark.parametrize("words", [("chnages",), ("record", "tidi"), ("area", "Barnsly")])
def test_what_may_have_been_meant_is_asked_once(run, words):
    ran = run(*words)

    assert ran.err.lower().count("did you mean") == 1
    assert "?." not in ran.err


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


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_no_terminal_knows_too_few_signs_for_an_answer(monkeypatch, encoding):
    """Read, an answer has the nearest signs there are; as JSON it is the same document whatever they are."""
    said = "A child’s café – “Zoë’s” ›lamps‹ … 王 \udcff \U0001f56f"

    def printed(write):
        made = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
        monkeypatch.setattr(sys, "stdout", made)
        monkeypatch.setattr(running, "application", lambda names: lambda **_: write())
        assert running.main(["areas"]) == 0
        made.flush()
        return made.buffer.getvalue().decode(encoding)

    assert json.loads(printed(lambda: output.print_json({"said": said}))) == {"said": said}
    to_read = printed(lambda: output.print_text(said))
    assert {
        "ascii": "A child's cafe - \"Zoe's\" >lamps< ... ? ? ?\n",
        "latin-1": "A child's café - \"Zoë's\" >lamps< ... ? ? ?\n",
        "cp1252": "A child’s café – “Zoë’s” ›lamps‹ … ? ? ?\n",
        "utf-8": "A child’s café – “Zoë’s” ›lamps‹ … 王 ? \U0001f56f\n",
    }[encoding] == to_read


@pytest.mark.slow
def test_ctrl_c_ends_it_quietly(tmp_path):
    """Interrupted while it waits for a question that never comes: the web service, asked for nothing."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--json", "--record", str(tmp_path)],
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()  # it says where it is once it listens
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert b"Traceback" not in err
    assert process.returncode in (0, 130)


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

    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "[]")


def test_a_record_that_was_named_and_is_not_there_is_told_on_standard_error(run, nowhere, tmp_path, monkeypatch):
    default = run("outcomes", *SIF, "--json")
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "mistyped", tmp_path / "empty"):
        named = run("outcomes", *SIF, "--json", "--record", place)
        assert (named.status, named.out) == (0, default.out)
        assert named.err.splitlines() == [
            f"Note: there is no record at {place}. The answer is from the facts that come with the package."
        ]
        assert run("outcomes", *SIF, "--json", "--record", place, "--quiet").err == ""
    monkeypatch.setenv("JOINEDUP_RECORD", str(nowhere))
    assert str(nowhere) in run("outcomes", *SIF).err
    assert default.err == ""


def test_a_moment_before_anything_was_taken_in_is_told(run, nowhere, tmp_path):
    (tmp_path / "nothing").mkdir()
    run("ingest", tmp_path / "nothing", "--record", nowhere)
    then = run("outcomes", *SIF, "--as-of", "2001-01-01")

    assert then.status == 0
    assert then.err.startswith("Note: the record held nothing yet on 2001-01-01.")
    assert run("outcomes", *SIF).err == ""


def test_a_store_that_cannot_be_reached_is_told_in_one_line(tmp_path):
    """Without credentials the library looks for those of the machine first, and logs that there are none."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "RUST_", "JOINEDUP_"))}
    place = {
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
    }
    command = [*COMMAND, "outcomes", *SIF, "--record", "s3://no-such-bucket/record"]

    def told(**more):
        ran = subprocess.run(command, capture_output=True, text=True, check=False, env=kept | place | more, timeout=60)
        assert ran.returncode == 1
        return [line.split(" at ")[0] for line in ran.stderr.splitlines()]

    assert told() == ["joinedup: The record"]
    assert len(told(RUST_LOG="warn")) > 1, "whoever asks for the library's log gets it"


def test_a_file_whose_name_is_no_text_is_answered_in_json(run, tmp_path):
    file = tmp_path / os.fsdecode(b"z\xff.pdf")
    file.write_text("<!doctype html>")
    ran = run("read", "--jsonl", file)

    assert (ran.status, ran.err) == (1, "")
    ran.out.encode("utf-8", "strict")
    assert "z" in ran.json["file"]


@pytest.mark.parametrize(
    "words",
    [
        ["search", "police", "--area", "kent", "--area", "derby"],
        ["outcomes", "--as-at", "x", "--as-at=y"],
        ["record", "history", "--as-of", "2020-01-01", "--as-of", "2021-01-01"],
        ["service", "run-due", "--address", "http://a", "--address", "http://b"],
    ],
)
def test_an_option_that_takes_one_value_is_refused_when_given_twice(run, words):
    ran = run(*words)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("joinedup: --a")
    assert "was given more than once" in ran.err


def test_the_version_is_that_of_the_program_its_reader_and_its_attribution(run):
    ran = run("--version")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"joinedup {__version__} (reader {READER_VERSION}, attribution {ATTRIBUTION_VERSION})\n"


def test_the_list_of_commands_says_whole_what_each_is_for(run):
    printed = " ".join(run("--help").out.split())

    for name in COMMANDS:
        module = import_module(f"joinedup.cli.{name}")
        first = module.app.info.help if hasattr(module, "app") else module.command.__doc__.partition("\n\n")[0]
        assert f" {name} {' '.join(first.split())}" in printed, name
