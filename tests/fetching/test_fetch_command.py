"""`joinedup fetch` at the command line."""

import json

import pytest

from joinedup.cli import main


@pytest.fixture
def command(councils, tmp_path, monkeypatch, capsys):
    """The command, pointed at the local site, giving (status, standard output, standard error)."""
    for name in ("REPORTS", "FILES", "GOVUK", "GOVUK_FILES", "EES"):
        monkeypatch.setenv(f"JOINEDUP_{name}_URL", councils.base)
    monkeypatch.setenv("JOINEDUP_STORE", str(tmp_path / "store"))

    def run(*arguments):
        status = main(["fetch", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.mark.slow
def test_fetches_and_says_what_to_do_next(command, tmp_path):
    status, out, err = command("--kinds", "joint,send")
    assert status == 0
    assert out == "Found 2: 2 fetched.\n"
    assert err == f"Next: joinedup ingest {tmp_path / 'store' / 'files'}\n"
    assert len(list((tmp_path / "store" / "files").rglob("*.pdf"))) == 2


@pytest.mark.slow
def test_json_is_one_document_and_failures_give_status_1(command, councils):
    councils.files["/v1/file/50000003"].plan = ["html"]
    status, out, _ = command("--kinds", "joint", "--json")
    answer = json.loads(out)
    assert status == 1
    assert answer["fetched"] == []
    assert "web page instead of a PDF" in answer["failed"][0]["reason"]


@pytest.mark.slow
def test_a_dry_run_lists_what_it_would_fetch(command):
    status, out, _ = command("--kinds", "joint,send", "--since", "1 July 2024", "--dry-run")
    assert status == 0
    assert out.splitlines()[0].startswith("2024-07-12  send  Brackenshire County Council")
    assert out.splitlines()[-1] == "Found 1: 1 to fetch."


def test_a_kind_that_there_is_none_of_is_wrong_usage(command):
    status, _, err = command("--kinds", "gossip")
    assert status == 2
    assert "There is no kind called gossip" in err


def test_an_area_that_there_is_none_of_is_told(command):
    status, _, err = command("--area", "Nowhereshire")
    assert status == 1
    assert "Nowhereshire" in err
