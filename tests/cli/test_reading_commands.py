"""`read` and `ingest` on specimens of our own: one answer a file, refusals that stop nothing, the record filled."""

import json
import sqlite3
from contextlib import closing

import pytest

from joinedup.cli.ingest import problem_lines
from joinedup.documents.specimens import Wish, make_specimen

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two specimens and a web page that was saved under a report's name."""
    folder = tmp_path_factory.mktemp("reports")
    for number, (family, year) in enumerate((("ilacs", 2022), ("jtai", 2023)), 1):
        (folder / f"{number}.pdf").write_bytes(make_specimen(family, seed=number, year=year).pdf)
    (folder / "page.pdf").write_text("<!doctype html><html><body>Not found</body></html>")
    return folder


def test_jsonl_is_one_line_a_file_in_the_order_given(run, folder):
    files = [folder / "2.pdf", folder / "page.pdf", folder / "1.pdf"]
    ran = run("read", "--jsonl", "--workers", 2, *files)
    lines = [json.loads(line) for line in ran.out.splitlines()]

    assert ran.status == 1
    assert ran.err == ""
    assert [line["file"] for line in lines] == [str(file) for file in files]
    assert [line["status"] for line in lines] == ["read", "refused", "read"]
    assert [line["framework"] for line in lines if line["status"] == "read"] == ["jtai", "ilacs"]
    assert lines[1]["reason"]


def test_each_item_says_which_words_decided_what_is_told_of_it(run, folder):
    document = json.loads(run("read", "--jsonl", folder / "2.pdf").out)

    kinds = ("priority_actions", "improvements", "strengths", "findings")
    items = [item for kind in kinds for item in document[kind]]
    assert items
    for item in items:
        assert list(dict.fromkeys(one["agency"] for one in item["why"])) == item["agencies"]
        assert [one["theme"] for one in item["themes_why"]] == item["themes"]
        told = [*item["why"], *item["themes_why"], *([] if item["polarity"] == "context" else [item["polarity_why"]])]
        assert all(one["words"] and 0 < one["confidence"] <= 1 for one in told)
    assert {item["polarity_why"]["words"] for item in document["improvements"]} <= {
        words for item in document["improvements"] for words in (item["section"], item["lead_in"])
    }


def test_all_read_is_status_0(run, folder):
    assert run("read", "--jsonl", folder / "1.pdf").status == 0


def test_json_is_one_list(run, folder):
    documents = run("read", "--json", folder).json

    assert [document["file"] for document in documents] == sorted(str(file) for file in folder.iterdir())


def test_as_a_table_with_refusals_below(run, folder):
    ran = run("read", folder)

    assert ran.status == 1
    assert "Read: 2 of 3" in ran.out
    assert f"Refused: {folder / 'page.pdf'}: " in ran.out


def test_a_file_that_is_not_there_is_refused(run, folder):
    ran = run("read", "--jsonl", folder / "missing.pdf")

    assert (ran.status, ran.json["status"]) == (1, "refused")


def test_an_empty_folder_holds_nothing_to_read(run, tmp_path):
    (tmp_path / "empty").mkdir()
    ran = run("read", "--jsonl", tmp_path / "empty")

    assert (ran.status, ran.out) == (1, "")
    assert "no file" in ran.err


def test_ingest_fills_the_record_and_again_changes_nothing(run, folder, nowhere):
    first = run("ingest", folder, "--json")
    again = run("ingest", folder, "--json")

    assert first.status == 1
    summary = json.loads(first.out.splitlines()[-1])
    assert (summary["added"], summary["unchanged"]) == (2, 0)
    assert [refused["file"] for refused in summary["refused"]] == [str(folder / "page.pdf")]
    assert summary["refused"][0]["reason"]
    assert json.loads(again.out.splitlines()[-1])["unchanged"] == 2
    assert run("ingest", folder / "1.pdf").out == "Added 0, unchanged 1, refused 0.\n"

    loads = run("record", "history", "--json").json
    assert sum(one["kind"] == "report" for one in loads) == 2
    assert run("record", "tidy").status == 0


def test_a_specimens_area_shows_what_was_read(run, folder):
    run("ingest", folder)
    read = run("read", "--json", folder / "2.pdf").json[0]
    ran = run("area", read["area"]["name"])

    assert read["improvements"]
    for item in read["improvements"]:
        assert " ".join(item["text"].split()) in " ".join(ran.out.split())


def test_what_was_read_can_be_searched(run, folder):
    run("ingest", folder)
    read = run("read", "--json", folder / "2.pdf").json[0]
    words = read["improvements"][0]["text"].split()[:4]
    found = run("search", *words, "--kind", "improvement", "--fictional", "--json").json

    assert read["improvements"][0]["text"] in [hit["text"] for hit in found["hits"]]
    assert run("search", *words, "--json").status == 1, "specimens are left out unless they are asked for"


def test_fictional_reports_change_no_figure(run, folder):
    question = ("outcomes", "--framework", "ilacs", "--as-at", "2025-03-31", "--json")
    before = run(*question).json
    run("ingest", folder)

    assert run(*question).json == before


def test_what_was_asked_again_is_laid_out_when_something_is_added(run, folder, tmp_path, nowhere):
    """A second report on an area is linked with the first at once, and not again when nothing is new."""
    area = run("read", "--json", folder / "1.pdf").json[0]["area"]["slug"]
    (tmp_path / "later.pdf").write_bytes(make_specimen("ilacs", seed=5, year=2025, wish=Wish(area=area)).pdf)
    run("ingest", folder / "1.pdf")
    links = nowhere / "_derived"
    assert list(links.glob("links-*")) == []

    run("ingest", tmp_path / "later.pdf")
    (kept,) = links.glob("links-*")
    with closing(sqlite3.connect(kept)) as base:
        assert [row[0] for row in base.execute("SELECT area FROM links")] == [area]

    kept.unlink()
    run("ingest", tmp_path / "later.pdf")
    assert list(links.glob("links-*")) == []


def test_a_problem_of_many_files_is_told_once_and_buries_no_other():
    """Most reports on councils print no day of publication: a hundred lines of that hid the one that mattered."""
    day = "the day of publication is not printed"
    many = [(f"{number}.pdf", (day,)) for number in range(4)]

    lines = list(problem_lines([*many, ("odd.pdf", (day, "page 3 could not be read"))]))

    assert lines == [
        "Added, with problems: odd.pdf: page 3 could not be read\n",
        f"Added, with the same problem, 5 files, which --json names: {day}\n",
    ]


def test_a_problem_of_few_files_is_told_file_by_file():
    assert list(problem_lines([("one.pdf", ("no title",)), ("two.csv", ("a", "b", "c", "d", "e"))])) == [
        "Added, with problems: one.pdf: no title\n",
        "Added, with problems: two.csv: a; b; c; and 2 more, which --json tells\n",
    ]
