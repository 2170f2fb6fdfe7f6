"""`joinedup correct` and `joinedup record corrections`, on a report of our own making."""

import csv
import datetime as dt
import hashlib
import re

import pytest

from joinedup.documents.specimens import make_specimens
from joinedup.record import Steps, ingest, open_record
from joinedup.record.applying import REPORT_FIELDS
from joinedup.record.correctable import FIELDS
from joinedup.record.schema import GRADE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("correct")
    (first, *_) = make_specimens(folder / "reports")
    assert ingest([first], folder / "record", workers=1).added == 1
    return folder / "record"


@pytest.fixture(scope="module")
def statement(place):
    steps = Steps().step("one", "SELECT id, report, number, text FROM findings ORDER BY ordinal DESC LIMIT 1")
    return open_record(place).ask(steps).rows[0]


def test_a_statement_named_by_its_words_is_corrected_and_listed(run, place, statement):
    report, words = statement["report"], statement["text"].upper().replace(" ", "  ")
    told = run(
        "correct", report[:12], "--record", place, "--field", "agencies", "--new", "police", "--new", "courts",
        "--words", words, "--by", "A Clerk", "--reason", "It says so", "--json",
    )  # fmt: skip
    assert told.status == 0
    assert told.json["new"] == "courts; police"
    assert told.json["statements"] == [statement["id"]]
    (listed,) = [
        one for one in run("record", "corrections", "--record", place, "--json").json if one["id"] == told.json["id"]
    ]
    assert listed == told.json
    assert dt.datetime.fromisoformat(listed["corrected_at"].removesuffix("Z"))
    letters = re.sub(r"[^A-Za-z0-9]", "", statement["text"]).lower()
    assert listed["words"] == hashlib.sha256(letters.encode()).hexdigest()[:16]


def test_or_by_its_id_and_said_in_one_line_with_its_words_and_what_it_replaces(run, place, statement):
    def say(new, who):
        return run(
            "correct", statement["report"], "--record", place, "--field", "polarity", "--new", new,
            "--finding", statement["id"], "--by", who, "--reason", "Both",
        )  # fmt: skip

    told = say("mixed", "A Clerk")
    assert told.status == 0
    assert told.out.count("\n") == 1
    assert told.out.startswith("Corrected Praise or concern of ")
    assert f"“{statement['number'] + ' ' if statement['number'] else ''}{statement['text'][:50]}" in told.out
    assert told.out.rstrip().endswith("-> praise and concern.")
    again = say("context", "Another")
    replaced = r"-> context\. This replaces what A Clerk gave on \d{4}-\d\d-\d\d: praise and concern\.$"
    assert re.search(replaced, again.out.rstrip())


def test_of_several_themes_each_title_stands_apart_from_the_next_though_one_has_a_comma(run, place, statement):
    told = run(
        "correct", statement["report"], "--record", place, "--field", "themes", "--new", "neglect", "--new",
        "criminal_exploitation", "--finding", statement["id"], "--by", "A Clerk", "--reason", "It says so",
    )  # fmt: skip
    assert "-> Criminal exploitation, gangs and serious youth violence; Neglect." in told.out


def test_a_day_is_written_as_for_every_command(run, place, statement):
    given = ("correct", statement["report"], "--record", place, "--field", "published", "--by", "A", "--reason", "b")
    before = open_record(place).ask(Steps().step("one", "SELECT published FROM reports")).rows[0]["published"]
    day = before + dt.timedelta(days=1)
    assert run(*given, "--new", f"{day.day} {day:%B %Y}", "--json").json["new"] == day.isoformat()
    refused = run(*given, "--new", "the day before")
    assert refused.status == 2
    assert refused.err.startswith("joinedup: --new is not a day that we can read: 'the day before'.")


def test_an_outcome_that_only_a_person_says_stands_on_no_page(run, place, statement):
    given = ("correct", statement["report"], "--record", place, "--by", "A", "--reason", "b")
    assert run(*given, "--field", "area", "--new", "Salford").status == 0
    assert run(*given, "--field", "outcome", "--new", "positive").status == 0
    told = run("area", "Salford", "--record", place).out
    assert "  Outcome: Typically positive experiences\n" in told
    assert "None" not in told


def test_the_help_names_each_field_that_can_be_corrected(run):
    told = run("correct", "--help").out
    assert [field for field in (*FIELDS, *REPORT_FIELDS, GRADE) if field not in told] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--field", "agencies", "--new", "police"], "of a statement: name it by its id or by some of its words."),
        (["--field", "published", "--new", "2015-08-03", "--finding"], "of the report itself: name no statement."),
        (["--field", "grade:overall", "--new", "good", "--finding"], "of the report itself: name no statement."),
    ],
)
def test_what_is_of_the_other_is_told_to_be_that(run, place, statement, words, told):
    given = [*words, statement["id"]] if words[-1] == "--finding" else words
    ran = run("correct", statement["report"], "--record", place, *given, "--by", "A", "--reason", "b")
    assert ran.status == 2
    assert ran.err.rstrip().endswith(told)


def test_and_taken_back(run, place, statement):
    given = ("correct", statement["report"], "--record", place, "--field", "section", "--finding", statement["id"])
    who = ("--by", "A Clerk", "--reason", "b")
    assert run(*given, "--new", "Lamps", *who).status == 0
    told = run(*given, "--withdraw", *who)
    assert told.status == 0
    assert told.out.startswith("Taken back: Heading of ")
    (last, *_) = reversed(run("record", "corrections", "--record", place, "--json").json)
    assert last["standing"] == "withdrawn"


def test_and_what_is_right_confirmed_then_the_next_most_doubtful_comes_first(run, place):
    def least():
        asked = ("accountability", "--record", place, "--fictional", "--sure-below", "1", "--doubtful-first")
        return run(*asked, "--limit", "1", "--json").json["rows"][0]

    first = least()
    given = (
        "correct",
        first["report"]["sha256"],
        "--record",
        place,
        "--field",
        "agencies",
        "--finding",
        first["finding"],
    )
    told = run(*given, "--confirm", "--by", "A Clerk", "--reason", "I read it")
    assert told.status == 0
    assert told.out.startswith("Confirmed Held responsible of ")
    assert least()["finding"] != first["finding"]
    again = run(*given, "--confirm", "--by", "B", "--reason", "c")
    assert (again.status, "A Clerk has said already" in again.err) == (2, True)
    (last, *_) = reversed(run("record", "corrections", "--record", place, "--json").json)
    assert (last["standing"], last["confirmed"], last["old"]) == ("confirmed", True, last["new"])


def test_the_list_as_a_file(run, place, tmp_path):
    assert run("record", "corrections", "--record", place, "--csv", tmp_path / "all.csv").status in (0, 1)
    assert (tmp_path / "all.csv").read_text().startswith("corrected_at,report,page,words,field,old,new")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--field", "agencies", "--new", "wizards", "--finding", "0"], 2),
        (["--field", "kind", "--new", "strength", "--finding", "0", "--words", "x"], 2),
        (["--field", "kind", "--new", "strength", "--new", "finding", "--finding", "0"], 2),
        (["--field", "kind", "--new", "strength", "--words", "none of its words at all"], 1),
        (["--field", "kind", "--new", "strength", "--words", "e"], 2),
        (["--field", "kind", "--new", "strength", "--finding", "9999"], 2),
        (["--field", "area", "--new", "No Such Place"], 2),
        (["--field", "published", "--new", "1850-01-01"], 2),
        (["--field", "kind", "--new", "strength", "--withdraw", "--finding", "0"], 2),
        (["--field", "agencies", "--new", "police", "--confirm", "--words", "x"], 2),
        (["--field", "agencies", "--withdraw", "--confirm", "--words", "x"], 2),
        (["--field", "polarity", "--new", "mixed", "--finding", "0"], 2),
    ],
)
def test_a_mistake_is_told_in_one_line_and_changes_nothing(run, place, statement, words, status):
    before = open_record(place).snapshot
    told = run("correct", statement["report"], "--record", place, *words, "--by", "A", "--reason", "b")
    assert told.status == status
    assert told.err.startswith("joinedup: ")
    assert told.err.count("\n") == 1
    assert open_record(place).snapshot == before


class TestATableThatPeopleHaveFilledIn:
    @pytest.fixture
    def table(self, run, place, tmp_path):
        """A table of two statements to check, and its rows."""
        path = tmp_path / "check.csv"
        told = run("accountability", "--record", place, "--fictional", "--for-checking", path, "--limit", 2)
        assert (told.status, told.out) == (0, "")
        assert re.match(r"2 statements of \d+ to check, in .*check\.csv\. .*joinedup correct --from .* --by ", told.err)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))

        def fill(*given):
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(row | more for row, more in zip(rows, given, strict=True))
            return path

        return fill

    def test_is_taken_in_and_what_came_of_it_told(self, run, place, table):
        path = table({"right": "yes"}, {"right": "no", "right_agencies": "Courts, prosecution and prisons; housing"})
        given = ("correct", "--record", place, "--from", path, "--by", "A Clerk")
        dry = run(*given, "--dry-run")
        assert dry.out == (
            "Nothing was kept. It would be: confirmed 1, corrected 1, as they stood already 0, not filled in 0.\n"
        )
        told = run(*given)
        assert (told.status, told.out) == (
            0,
            "Confirmed 1, corrected 1, as they stood already 0, not filled in 0.\n",
        )
        again = run(*given, "--json")
        assert (again.status, again.json) == (
            0,
            {"confirmed": 0, "corrected": 0, "unchanged": 2, "passed_over": 0, "wrong": [], "kept": True},
        )

    def test_is_refused_whole_with_each_row_that_is_wrong(self, run, place, table):
        path = table({"right": "perhaps"}, {"right_agencies": "wizards"})
        before = open_record(place).snapshot
        told = run("correct", "--record", place, "--from", path, "--by", "A Clerk")
        assert told.status == 1
        first, *rows = told.out.splitlines()
        assert first == f"Nothing was kept: 2 rows of {path} cannot be."
        assert rows[0].startswith("Row 2, right: This is yes or no, not 'perhaps'. “")
        assert rows[1].startswith("Row 3, right_agencies: There is no agency 'wizards'. There is: Council")
        assert open_record(place).snapshot == before
        told = run("correct", "--record", place, "--from", path, "--by", "A Clerk", "--json")
        assert (told.status, [one["row"] for one in told.json["wrong"]], told.json["kept"]) == (1, [2, 3], False)

    @pytest.mark.parametrize(
        ("words", "status", "message"),
        [
            (["--from", "missing.csv"], 1, "The file cannot be read: No such file"),
            (["--from", "a.csv", "--new", "police"], 2, "--from takes what is right from the table: leave out"),
            (["--from", "a.csv", "0123456789ab"], 2, "--from takes what is right from the table: leave out"),
            (["--dry-run", "0123456789ab"], 2, "--dry-run is for --from alone"),
            (["0123456789ab", "--field", "kind"], 2, "Give REPORT, --field, --by and --reason for one thing, or"),
            ([], 2, "Give REPORT, --field, --by and --reason for one thing, or a table with --from"),
        ],
    )
    def test_or_wrong_use_in_one_line(self, run, place, words, status, message):
        told = run("correct", "--record", place, *words)
        assert (told.status, told.out) == (status, "")
        assert told.err.startswith(f"joinedup: {message}")
        assert told.err.count("\n") == 1

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["--for-checking", "check.ods"], "--for-checking check.ods ends neither in .csv nor in .xlsx"),
            (["--for-checking", "a.csv", "--count-by", "year"], "--for-checking writes a table of its own"),
            (["--for-checking", "a.csv", "--xlsx", "b.xlsx"], "--for-checking writes a table of its own"),
        ],
    )
    def test_nor_is_one_written_in_another_way(self, run, place, words, message):
        told = run("accountability", "--record", place, *words)
        assert (told.status, told.err.startswith(f"joinedup: {message}")) == (2, True)
