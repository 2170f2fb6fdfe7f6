"""`joinedup accountability` and `joinedup search` on a record with a few statements: documents, tables, filters."""

import csv
import datetime as dt
import json
import shlex
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from python_calamine import CalamineWorkbook

from joinedup.analysis import search_table
from joinedup.analysis.accountability_demands import COLUMNS
from joinedup.attribution import Attribution, Praise
from joinedup.cli import search
from joinedup.reading.model import Addressee, AreaRef, Item, JudgementRead, Report
from joinedup.record import search as index
from joinedup.record.adding import add_counted, ensure
from joinedup.record.attributed import Attributed, items_of
from joinedup.record.columns import arrow_schema
from joinedup.record.location import locate
from joinedup.record.rows import report_addition
from joinedup.record.schema import TABLES
from joinedup.record.store import Batch, add, new_batch

LETTER, REPORT = "a" * 64, "b" * 64


def letter():
    return Report(
        file="letter.pdf",
        sha256=LETTER,
        pages=9,
        framework="jtai",
        visit=None,
        area=AreaRef("Salford", "salford", "355", "E08000006"),
        start=dt.date(2023, 3, 6),
        published=dt.date(2023, 5, 5),
        addressees=(Addressee("A Person", "Chief Constable", "Greater Manchester Police", "police"),),
        priority_actions=(Item("priority_action", "=Police must look for missing children at once.", 2),),
        improvements=(
            Item("improvement", "The sharing of lamps between the police and nurses.", 3),
            Item("improvement", "How the lamps are counted.", 3),
        ),
        strengths=(Item("strength", "Lamps are lit on time.", 4),),
        findings=(
            Item("finding", "Nurses know where the wicks are.", 5),
            Item("finding", "Nobody counts the wicks.", 5),
        ),
    )


def report():
    return Report(
        file="report.pdf",
        sha256=REPORT,
        pages=9,
        framework="ilacs",
        visit="standard",
        area=AreaRef("Derby", "derby", "831", "E06000015"),
        start=dt.date(2022, 3, 21),
        published=dt.date(2022, 5, 10),
        improvements=(Item("improvement", "Lamps for children in care.", 1),),
    )


def attribute(place, told):
    """Rows of `responsibilities` and `themes`, in a load of their own."""
    batch = new_batch(dt.datetime.now(dt.UTC))
    load = f"{batch}-0000"
    rows = {
        "responsibilities": [
            {"finding": finding, "agency": agency, "words": agency, "confidence": 0.9, "load": load}
            for finding, agencies, _ in told
            for agency in agencies
        ],
        "themes": [
            {"finding": finding, "theme": theme, "words": theme, "confidence": 0.9, "load": load}
            for finding, _, themes in told
            for theme in themes
        ],
    }
    loads = [
        {
            "load": load,
            "batch": batch,
            "sha256": "c" * 64,
            "file": "labels",
            "kind": "report",
            "bundled": False,
            "tables": list(rows),
            "rows": 1,
            "reader_version": "1",
            "loaded_at": dt.datetime.now(dt.UTC),
            "problems": [],
        }
    ]
    batches = {
        name: pa.Table.from_pylist(found, arrow_schema(TABLES[name])).to_batches() for name, found in rows.items()
    }
    add(place, Batch(batch, batches, lambda: loads))


def unattributed(report):
    """A report of whose statements nothing is said yet but whether they praise: the test says it."""
    praised = ("Lamps are lit on time.", "Nurses know where the wicks are.")
    told = (Praise("strength" if item.text in praised else "weakness", "", 0.0) for item in items_of(report))
    return Attributed(report, tuple(Attribution((), praise, ()) for praise in told))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A record of two reports with their statements attributed."""
    folder = tmp_path_factory.mktemp("accountability") / "record"
    place = locate(folder)
    ensure(place)
    add_counted(
        place,
        [report_addition(Path(one.file), unattributed(one), "1") for one in (letter(), report())],
        dt.datetime.now(dt.UTC),
    )
    attribute(
        place,
        [
            (f"{LETTER}-0000", ("police",), ("missing_children",)),
            (f"{LETTER}-0001", ("health", "police"), ()),
            (f"{LETTER}-0003", ("police",), ()),
            (f"{LETTER}-0005", ("partnership",), ()),
            (f"{REPORT}-0000", ("local_authority",), ("corporate_parenting",)),
        ],
    )
    return folder


@pytest.fixture
def ask(run, filled):
    return lambda *words: run(*words, "--record", filled)


def found(ran):
    return [row["finding"][0] + row["finding"][-1] for row in ran.json["rows"]]


def test_who_must_improve_what_as_a_document(ask):
    ran = ask("accountability", "--json")

    assert (ran.status, ran.err, ran.json["total"]) == (0, "", 4)
    assert found(ran) == ["a0", "a1", "a2", "b0"]
    first = ran.json["rows"][0]
    assert (first["page"], first["kind"], first["report"]["area_name"]) == (2, "priority_action", "Salford")
    (held,) = first["agencies"]
    assert held["posts"][0]["people"][0]["name"] == "A Person"
    assert [above["post"] for above in held["posts"][0]["answers_to"]] == ["mayor_of_greater_manchester"]
    assert ran.json["rows"][2]["agencies"] == []


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("--area", "Salford"), ["a0", "a1", "a2"]),
        (("--area", "E06000015", "--area", "salford"), ["a0", "a1", "a2", "b0"]),
        (("--region", "north west"), ["a0", "a1", "a2"]),
        (("--agency", "police"), ["a0", "a1"]),
        (("--agency", "health,local_authority"), ["a1", "b0"]),
        (("--agency", "none"), ["a2"]),
        (("--agency", "Council"), ["b0"]),
        (("--agency", "HEALTH,Council"), ["a1", "b0"]),
        (("--agency", "courts, prosecution and prisons", "--agency", "council"), ["b0"]),
        (("--kind", "priority action"), ["a0"]),
        (("--kind", "Priority Action,strength"), ["a0", "a3"]),
        (("--kind", "finding", "--polarity", "Praise"), ["a4"]),
        (("--theme", "missing children"), ["a0"]),
        (("--theme", "Missing-Children", "--theme", "corporate_parenting"), ["a0", "b0"]),
        (("--theme", "none", "--agency", "police"), ["a1"]),
        (("--framework", "ilacs"), ["b0"]),
        (("--body", "police-greater-manchester"), ["a0", "a1"]),
        (("--body", "police-greater-manchester", "--agency", "health"), ["a1"]),
        (("--sure-below", "0.95"), ["a0", "a1", "b0"]),
        (("--sure-below", "0.9"), []),
        (("--kind", "strength"), ["a3"]),
        (("--kind", "improvement,strength,finding", "--polarity", "strength"), ["a3", "a4"]),
        (("--kind", "finding", "--polarity", "weakness"), ["a5"]),
        (("--polarity", "weakness", "--framework", "ilacs"), ["b0"]),
        (("--period", "2022"), ["b0"]),
        (("--period", "2022,2023"), ["a0", "a1", "a2", "b0"]),
        (("--period", "ilacs-2018", "--period", "2023"), []),
        (("--since", "1 January 2023"), ["a0", "a1", "a2"]),
        (("--until", "2022-12-31"), ["b0"]),
        (("--text", "LAMPS"), ["a1", "a2", "b0"]),
        (("--limit", "1", "--offset", "1"), ["a1"]),
    ],
)
def test_filters(ask, words, kept):
    assert found(ask("accountability", *words, "--json")) == kept


def test_to_read_it_tells_the_posts_and_to_whom_they_answer(ask):
    out = " ".join(ask("accountability", "--area", "salford").out.split())

    assert "1 to 3 of 3" in out
    assert "Salford: jtai, 5 May 2023 (letter.pdf)" in out
    assert "PRIORITY: =Police must look" in out
    assert "Chief constable (Greater Manchester Police; A Person), who answers to Mayor of Greater Manchester" in out
    assert "No agency is held responsible." in out


def test_praise_and_concern_are_called_what_the_pages_call_them():
    from joinedup.cli.accountability import _TENDENCIES
    from joinedup.service.site.wording import said_title

    for polarity, words in _TENDENCIES.items():
        assert said_title("finding", polarity).partition(": ")[2].capitalize() + ": " == words


def test_what_a_person_corrected_is_marked_in_every_form(run, tmp_path):
    place = locate(tmp_path / "record")
    ensure(place)
    add_counted(place, [report_addition(Path("letter.pdf"), unattributed(letter()), "1")], dt.datetime.now(dt.UTC))
    given = ("--record", tmp_path / "record")
    run(
        "correct", LETTER, *given, "--field", "text", "--new", "How the lamps are told.", "--by", "A Clerk",
        "--words", "How the lamps are counted.", "--reason", "Misread",
    )  # fmt: skip

    demands = run("accountability", "--json", *given).json["rows"]
    assert {one["text"]: one["corrected"] for one in demands if one["corrected"]} == {
        "How the lamps are told.": ["text"]
    }
    assert "- How the lamps are told. (p. 3; corrected: text)" in run("accountability", *given).out
    run("accountability", "--csv", tmp_path / "all.csv", *given)
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8-sig") as file:
        told = {row["text"]: row["corrected"] for row in csv.DictReader(file)}
    assert told["How the lamps are told."] == "text"
    assert set(told.values()) == {"", "text"}
    assert "How the ›lamps‹ are told. (corrected: text)" in " ".join(run("search", "lamps", *given).out.split())
    hits = run("search", "lamps", "--json", *given).json["hits"]
    assert {hit["text"]: hit["corrected"] for hit in hits if hit["corrected"]} == {"How the lamps are told.": ["text"]}
    run("search", "lamps", "--csv", tmp_path / "hits.csv", *given)
    assert {row["corrected"] for row in hits_in(tmp_path / "hits.csv")} == {"", "text"}


def test_an_area_tells_as_what_a_corrected_grade_was_read_in_every_form(run, tmp_path):
    place = locate(tmp_path / "record")
    ensure(place)
    day = dt.date(2019, 3, 4)
    judged = tuple(JudgementRead(key, key, "good", 1) for key in ("overall", "leaders", "in_care"))
    read = replace(report(), start=day, published=day, judgements=judged)
    add_counted(place, [report_addition(Path("report.pdf"), unattributed(read), "1")], dt.datetime.now(dt.UTC))
    given = ("--record", tmp_path / "record")

    def correct(field, new, *of):
        said = ("--field", field, "--new", new, "--by", "A Clerk", "--reason", "Misprinted", *of)
        assert run("correct", REPORT, *said, *given).status == 0

    correct("grade:overall", "inadequate")
    correct("grade:leaders", "requires_improvement")
    correct("lead_inspector", "A. N. Other")
    correct("section", "Lamps", "--words", "Lamps for children in care.")

    on = ("--as-at", "2019-04-01", *given)
    told = run("area", "Derby", *on)
    words = " ".join(told.out.split())
    assert "Overall on 1 April 2019: Inadequate (ILACS, published 4 March 2019; corrected: read as Good)" in words
    assert words.count("corrected: read as") == 3, "at the top, and twice in the table"
    assert "report.pdf; corrected: lead_inspector, grade:leaders, grade:overall)" in words
    assert "- Lamps for children in care. (p. 1; corrected: section)" in words

    known = run("area", "Derby", "--json", *on).json
    of_overall = {"field": "grade:overall", "old": "good", "new": "inadequate", "reason": "Misprinted"}
    of_leaders = {"field": "grade:leaders", "old": "good", "new": "requires_improvement", "reason": "Misprinted"}
    [visit] = [one for one in known["inspections"] if one["corrections"]]
    [about] = known["reports"]
    for one in (known["standing"], visit, about, *about["judgements"], *about["improvements"]):
        assert all(made.pop("corrected_at").endswith("Z") for made in one["corrections"])
    assert known["standing"]["corrections"] == [of_overall]
    assert visit["corrections"] == [of_overall, of_leaders]
    by_key = {one["key"]: one["corrections"] for one in about["judgements"]}
    assert by_key == {"overall": [of_overall], "leaders": [of_leaders], "in_care": []}
    assert [one["field"] for one in about["corrections"]] == ["lead_inspector"]
    assert [one["field"] for one in about["improvements"][0]["corrections"]] == ["section"]
    assert "A Clerk" not in told.out + json.dumps(known)

    run("area", "Derby", "--csv", tmp_path / "area.csv", *on)
    assert {row["corrected"] for row in hits_in(tmp_path / "area.csv")} == {"", "grade:overall; grade:leaders"}


def test_a_grade_that_was_corrected_to_none_is_told_with_what_was_read(run, tmp_path):
    place = locate(tmp_path / "record")
    ensure(place)
    day = dt.date(2019, 3, 4)
    judged = tuple(JudgementRead(key, key, "good", 1) for key in ("overall", "leaders"))
    read = replace(report(), start=day, published=day, judgements=judged)
    add_counted(place, [report_addition(Path("report.pdf"), unattributed(read), "1")], dt.datetime.now(dt.UTC))
    given = ("--record", tmp_path / "record")
    said = ("--field", "grade:leaders", "--by", "A Clerk", "--reason", "It gives none")
    assert run("correct", REPORT, *said, *given).status == 0

    told = " ".join(run("area", "Derby", "--as-at", "2019-04-01", *given).out.split())

    assert "leaders: – (corrected: read as good)" in told


def test_changes_tell_as_what_a_corrected_grade_was_read_in_every_form(run, tmp_path):
    place = locate(tmp_path / "record")
    ensure(place)
    day = dt.date(2019, 3, 4)
    read = replace(report(), start=day, published=day, judgements=(JudgementRead("overall", "overall", "good", 1),))
    add_counted(place, [report_addition(Path("report.pdf"), unattributed(read), "1")], dt.datetime.now(dt.UTC))
    given = ("--record", tmp_path / "record")
    moved = ("changes", "--from", "2019-03-01", "--to", "2019-04-01", *given)
    assert "orrected" not in run(*moved).out
    assert run(*moved, "--json").json["corrections"] == []
    said = ("--field", "grade:overall", "--new", "inadequate", "--by", "A Clerk", "--reason", "Misprinted")
    assert run("correct", REPORT, *said, *given).status == 0

    told = " ".join(run(*moved).out.split())
    assert "Derby Good Inadequate (corrected: read as Good)" in told
    assert told.count("orrected") == 1, "who moved is told in one place"

    known = run(*moved, "--json").json
    [about] = known["corrections"]
    assert (about["area"], about["la_code"], about["from"]) == ("Derby", "831", [])
    [made] = about["to"]
    assert made.pop("corrected_at").endswith("Z")
    assert made == {"field": "grade:overall", "old": "good", "new": "inadequate", "reason": "Misprinted"}
    assert {"area": "Derby", "la_code": "831", "from": "good", "to": "inadequate"} in known["areas"], (
        "as in the contract"
    )
    assert "A Clerk" not in told + json.dumps(known)

    run(*moved, "--csv", tmp_path / "moved.csv")
    corrected = {row["name"]: row["corrected"] for row in hits_in(tmp_path / "moved.csv")}
    assert corrected.pop("Derby") == "to grade:overall"
    assert set(corrected.values()) <= {""}


def test_changes_tell_of_a_corrected_grade_of_an_area_that_did_not_move_too(run, tmp_path):
    """It is counted among those that stayed."""
    place = locate(tmp_path / "record")
    ensure(place)
    day = dt.date(2019, 3, 4)
    read = replace(report(), start=day, published=day, judgements=(JudgementRead("overall", "overall", "good", 1),))
    add_counted(place, [report_addition(Path("report.pdf"), unattributed(read), "1")], dt.datetime.now(dt.UTC))
    given = ("--record", tmp_path / "record")
    said = ("--field", "grade:overall", "--new", "inadequate", "--by", "A Clerk", "--reason", "Misprinted")
    assert run("correct", REPORT, *said, *given).status == 0

    told = " ".join(run("changes", "--from", "2019-04-01", "--to", "2019-05-01", *given).out.split())

    both = "Inadequate (corrected: read as Good)"
    assert f"Corrected by a person: Derby, from {both} to {both}" in told


def test_an_area_tells_what_was_asked_for_again_with_both_wordings(run, tmp_path):
    place = locate(tmp_path / "record")
    ensure(place)
    later = replace(
        report(),
        file="later.pdf",
        sha256="d" * 64,
        start=dt.date(2024, 5, 13),
        published=dt.date(2024, 7, 1),
        improvements=(Item("improvement", "The quality and frequency of supervision for social workers.", 2),),
    )
    first = replace(
        report(),
        improvements=(
            Item("improvement", "The frequency and quality of social workers' supervision.", 1),
            Item("improvement", "Lamps for children in care.", 1),
        ),
    )
    additions = [report_addition(Path(one.file), unattributed(one), "1") for one in (first, later)]
    add_counted(place, additions, dt.datetime.now(dt.UTC))

    [thing] = [
        one
        for one in run("area", "Derby", "--json", "--record", tmp_path / "record").json["asked_again"]["things"]
        if one["fate"] == "asked_again"
    ]
    out = " ".join(run("area", "Derby", "--record", tmp_path / "record").out.split())

    assert thing["asked"]["text"] == first.improvements[0].text
    assert [pair["later"]["text"] for pair in thing["pairs"]] == [later.improvements[0].text]
    assert f"- {first.improvements[0].text} (ILACS, inspected 21 March 2022, p. 1) again, sure: " in out
    assert f"sure: {later.improvements[0].text} (ILACS, inspected 13 May 2024, p. 2)" in out
    before = run("area", "Derby", "--json", "--as-at", "2024-01-01", "--record", tmp_path / "record").json
    assert before["asked_again"]["things"] == []


def test_an_area_tells_points_behind_their_lead_in_and_what_was_looked_at_last_first(run, tmp_path):
    place = locate(tmp_path / "record")
    ensure(place)
    lead_in = "Leaders must put right that:"
    wordings = {
        dt.date(2022, 3, 21): ("Supervision of social workers is not frequent.", "Lamps for care leavers go unlit."),
        dt.date(2023, 3, 21): ("Supervision of social workers is not frequent.",),
        dt.date(2024, 5, 13): ("Lamps for care leavers go unlit.",),
    }
    reports = [
        replace(
            report(),
            file=f"{day}.pdf",
            sha256=str(day.year)[-1] * 64,
            start=day,
            published=day,
            improvements=tuple(Item("improvement", words, 1, lead_in=lead_in) for words in said),
        )
        for day, said in wordings.items()
    ]
    additions = [report_addition(Path(one.file), unattributed(one), "1") for one in reports]
    add_counted(place, additions, dt.datetime.now(dt.UTC))

    out = " ".join(run("area", "Derby", "--record", tmp_path / "record").out.split())
    listed, _, again = out.partition("Asked for again")

    assert listed.count(f"- {lead_in} ") == 4
    assert again.count(f"- {lead_in} ") == again.count(f"sure: {lead_in} ") == 2
    assert again.index("- Leaders must put right that: Lamps") < again.index("- Leaders must put right that: Super")


def test_to_read_it_says_that_no_post_answers_for_a_court(run, tmp_path):
    place = locate(tmp_path / "record")
    ensure(place)
    add_counted(place, [report_addition(Path("letter.pdf"), unattributed(letter()), "1")], dt.datetime.now(dt.UTC))
    attribute(place, [(f"{LETTER}-0001", ("courts",), ())])

    out = run("accountability", "--agency", "courts", "--record", tmp_path / "record").out

    assert ": no post answers for it" in " ".join(out.split())


def test_to_read_it_tells_praise_from_concern_in_the_main_text(ask):
    out = " ".join(ask("accountability", "--kind", "finding").out.split())

    assert "- Praise: Nurses know where the wicks" in out
    assert "- Concern: Nobody counts" in out


def test_to_read_several_who_answer_together_answer_to_several(ask):
    out = " ".join(ask("accountability", "--kind", "finding", "--agency", "partnership").out.split())

    assert "commissioner of health, who answer to Chief executive of the council, Chief constable and Chief " in out


def test_counts_by_agency_theme_and_year(ask):
    ran = ask("accountability", "--count-by", "year", "--json")

    assert ran.json["periods"] == ["2022", "2023"]
    cells = {(one["agency"], one["theme"], one["period"]): one["statements"] for one in ran.json["cells"]}
    assert (cells["police", "all", "all"], cells["police", "missing_children", "2023"]) == (2, 1)
    assert cells["all", "all", "all"] == 4
    assert "ilacs-2018" in ask("accountability", "--count-by", "cycle").out


def test_every_table_has_a_row_for_each_statement_and_agency(ask, tmp_path):
    files = {kind: tmp_path / f"table.{kind}" for kind in ("csv", "xlsx", "parquet")}
    ran = ask("accountability", *(word for kind, path in files.items() for word in (f"--{kind}", path)))

    assert (ran.status, ran.out) == (0, "")
    with files["csv"].open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["finding"][-1], row["agency"]) for row in rows[:4]] == [
        ("0", "police"), ("1", "health"), ("1", "police"), ("2", ""),
    ]  # fmt: skip
    assert rows[0]["text"].startswith("'=Police")
    assert [(row["kind"], row["polarity"]) for row in rows[:2]] == [
        ("priority_action", "weakness"), ("improvement", "weakness"),
    ]  # fmt: skip
    assert tuple(rows[0]) == COLUMNS
    told = {name: rows[0][name] for name in ("words", "decided", "posts", "people", "answers_to")}
    assert told == {
        "words": "police",
        "decided": "agency",
        "posts": "Chief constable",
        "people": "A Person, Chief Constable, Greater Manchester Police",
        "answers_to": "Mayor of Greater Manchester",
    }
    sheet = CalamineWorkbook.from_path(files["xlsx"]).get_sheet_by_index(0).to_python()
    assert len(sheet) == len(rows) + 1
    assert sheet[1][sheet[0].index("text")].startswith("=Police")
    table = pyarrow.parquet.read_table(files["parquet"])
    assert table.column("published").to_pylist()[0] == dt.date(2023, 5, 5)
    assert table.num_rows == len(rows)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--agency", "wizards"), 2),
        (("--kind", "wish"), 2),
        (("--polarity", "good"), 2),
        (("--period", "the nineties"), 2),
        (("--sure-below", "1.5"), 2),
        (("--sure-below", "surely"), 2),
        (("--region", "Mercia"), 2),
        (("--count-by", "week"), 2),
        (("--count-by", "year", "--limit", "3"), 2),
        (("--framework", "foo"), 2),
        (("--theme", "nonsense"), 2),
        (("--xlsx", "-"), 2),
        (("--parquet", "-"), 2),
        (("--csv", "-", "--json"), 2),
        (("--area", "Mercia"), 2),
        (("--body", "police-mercia"), 2),
        (("--area", "kent"), 1),
        (("--csv", "/nowhere/table.csv"), 1),
    ],
)
def test_what_cannot_be_answered_ends_with_one_line_at_most(ask, words, status):
    ran = ask("accountability", *words)

    assert ran.status == status
    assert len(ran.err.splitlines()) <= 1


@pytest.mark.parametrize(
    "words",
    [
        ("--agency", "polise"),
        ("--framework", "foo"),
        ("--region", "Narnia"),
        ("--kind", "wish"),
        ("--polarity", "good"),
        ("--theme", "foo"),
        ("--area", "Narnia"),
    ],
)
def test_a_filter_of_what_there_is_none_of_is_wrong_usage_whichever_it_is(ask, words):
    for command in (("accountability",), ("search", "lamps")):
        ran = ask(*command, *words)
        assert (ran.status, ran.out) == (2, "")
        assert len(ran.err.splitlines()) == 1
        assert words[1] in ran.err
    assert (ask("search", "zebras", "--area", "Salford").status, ask("area", "Narnia").status) == (1, 1)


@pytest.mark.parametrize("option", ["--area", "--region", "--agency", "--theme", "--framework", "--since", "--until"])
@pytest.mark.parametrize("command", [("accountability",), ("search", "lamps")])
def test_a_filter_that_was_given_and_is_empty_is_refused_and_not_passed_over(ask, command, option):
    ran = ask(*command, option, "")  # as a script gives it whose variable was never set
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_so_are_empty_words_and_empty_days_of_other_commands(ask):
    for words in (("accountability", "--text", " "), ("area", "Salford", "--as-at", ""), ("areas", "--on", "")):
        ran = ask(*words)
        assert (ran.status, ran.out) == (2, ""), words
    assert ask("accountability", "--as-of", "").status == 2


def test_what_was_found_and_is_not_shown_is_counted_and_why_is_said(ask, monkeypatch):
    for words, why in ((("--limit", "0"), "--limit 0 shows none"), (("--offset", "9"), "--offset 9 lies beyond")):
        ran = ask("accountability", *words)
        assert (ran.status, ran.out.startswith("4 were found; "), why in ran.out) == (0, True, True)
        assert ask("accountability", *words, "--json").status == 0
    none = ask("search", "lamps", "--limit", "0")
    assert (none.status, none.out) == (0, "4 were found; --limit 0 shows none.\n")
    beyond = ask("search", "lamps", "--offset", "4")
    assert (beyond.status, beyond.out) == (0, "4 were found; --offset 4 lies beyond.\n")
    monkeypatch.setattr(index, "MOST_RANKED", 3)
    assert "of which the newest 3 are put in order; --offset 3 lies" in ask("search", "lamps", "--offset", "3").out
    for words in (("accountability", "--text", "zebras"), ("search", "zebras")):
        assert (ask(*words).status, ask(*words).out) == (1, "Nothing was found.\n")


@pytest.mark.parametrize("words", [("accountability",), ("accountability", "--count-by", "year"), ("search", "lamps")])
def test_days_in_the_wrong_order_are_told_and_not_answered_with_nothing(ask, words):
    ran = ask(*words, "--since", "2025-01-01", "--until", "2024-01-01")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "joinedup: The days are in the wrong order: 2025-01-01 is after 2024-01-01.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("accountability",),
        ("accountability", "--count-by", "year"),
        ("search", "lamps"),
        ("correct", LETTER, "--field", "theme", "--new", "lamps", "--by", "A Clerk", "--reason", "Misread"),
        ("record", "corrections"),
        ("record", "tidy"),
    ],
)
def test_a_record_that_was_named_and_is_not_there_is_no_answer(run, tmp_path, monkeypatch, words):
    mistyped = tmp_path / "mistyped"
    for more in ((), ("--json",), ("--quiet",)):
        ran = run(*words, *more, "--record", mistyped)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith(f"joinedup: There is no record at {mistyped}: ")
        assert len(ran.err.splitlines()) == 1
    monkeypatch.setenv("JOINEDUP_RECORD", str(mistyped))
    assert run(*words).err.startswith(f"joinedup: There is no record at {mistyped}: ")


def test_before_anything_was_taken_in_nothing_was_found(ask):
    ran = ask("accountability", "--as-of", "2001-01-01")
    assert (ran.status, ran.out) == (1, "Nothing was found.\n")
    assert "held nothing yet on 2001-01-01" in ran.err


def test_search_marks_what_it_found_and_counts_by_everything(ask):
    ran = ask("search", "lamps", "--facets", "--json")

    assert ran.json["total"] == 4
    for hit in ran.json["hits"]:
        assert {hit["text"][start:end].lower() for start, end in hit["marks"]} == {"lamps"}
    facets = {name: {one["value"]: one["count"] for one in values} for name, values in ran.json["facets"].items()}
    assert facets["kind"] == {"improvement": 3, "strength": 1}
    assert facets["agency"] == {"police": 2, "health": 1, "local_authority": 1}
    assert facets["year"] == {"2023": 3, "2022": 1}


@pytest.mark.parametrize(
    ("words", "total"),
    [
        (("--area", "Derby"), 1),
        (("--region", "north west"), 3),
        (("--region", "London"), 0),
        (("--agency", "police"), 2),
        (("--agency", "none"), 1),
        (("--agency", "council"), 1),
        (("--kind", "Strength"), 1),
        (("--polarity", "praise"), 1),
        (("--framework", "JTAI"), 3),
        (("--theme", "children in care and corporate parenting"), 1),
        (("--theme", "CORPORATE_PARENTING"), 1),
        (("--theme", "none"), 3),
        (("--framework", "jtai"), 3),
        (("--kind", "strength"), 1),
        (("--polarity", "strength"), 1),
        (("--polarity", "weakness"), 3),
        (("--polarity", "mixed"), 0),
        (("--since", "2023-01-01"), 3),
        (("--until", "2022-12-31"), 1),
    ],
)
def test_searches_filters(ask, words, total):
    assert ask("search", "lamps", *words, "--json").json["total"] == total


def test_facets_count_what_was_found_also_where_nothing_holds_all_the_words(ask):
    ran = ask("search", "lamps", "zebras", "--facets", "--json", "--limit", "1")

    assert ran.json["total"] == 4
    assert sum(one["count"] for one in ran.json["facets"]["kind"]) == 4
    assert sum(one["count"] for one in ran.json["facets"]["area"]) == 4
    assert ask("search", "zebras", "--facets", "--json").json["facets"]["kind"] == []


def test_search_says_when_nothing_holds_all_the_words(ask):
    said = "No statement has all of these words; these have some of them."
    assert said in ask("search", "lamps", "zebras").out
    assert said not in ask("search", "lamps", "lit").out
    assert said not in ask("search", "zebras", "dragons").out
    assert ask("search", "lamps", "zebras", "--json").json["some_words"] is True
    assert ask("search", "lamps", "lit", "--json").json["some_words"] is False


def test_a_hit_says_whether_it_is_praise_or_concern(ask, tmp_path):
    told = {"Nurses know where the wicks are.": "strength", "Nobody counts the wicks.": "weakness"}
    ask("search", "wicks", "--csv", tmp_path / "hits.csv")
    with (tmp_path / "hits.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert {row["text"]: row["polarity"] for row in rows} == told
    assert {hit["text"]: hit["polarity"] for hit in ask("search", "wicks", "--json").json["hits"]} == told


def test_an_area_has_its_slug_and_its_name_in_every_table(ask, tmp_path):
    ask("accountability", "--csv", tmp_path / "demands.csv")
    ask("search", "lamps", "--csv", tmp_path / "hits.csv")
    hits = ask("search", "lamps", "--json").json["hits"]

    for rows in (hits_in(tmp_path / "demands.csv"), hits_in(tmp_path / "hits.csv"), hits):
        assert {(row["area"], row["area_name"]) for row in rows} == {("salford", "Salford"), ("derby", "Derby")}
    assert tuple(hits_in(tmp_path / "hits.csv")[0]) == search_table.COLUMNS
    assert set(hits[0]) == {*search_table.COLUMNS, "marks"}


def test_every_column_of_a_commands_table_is_described_on_the_reference_page(ask, tmp_path):
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "commands.md"
    sections = page.read_text(encoding="utf-8").split("\n## ")
    for command in (("accountability",), ("accountability", "--count-by", "year"), ("search", "lamps")):
        ask(*command, "--csv", tmp_path / "table.csv")
        [section] = [one for one in sections if one.startswith(f"joinedup {command[0]}\n")]
        for column in hits_in(tmp_path / "table.csv")[0]:
            assert f"\n| `{column}` | " in section, (command, column)


def test_search_to_read_and_as_a_table(ask, tmp_path):
    assert "›Lamps‹ are ›lit‹ on time." in ask("search", "lamps", "lit").out
    ask("search", "lamps", "--xlsx", tmp_path / "hits.xlsx", "--csv", tmp_path / "hits.csv")
    assert len(hits_in(tmp_path / "hits.csv")) == 4
    assert (tmp_path / "hits.xlsx").stat().st_size > 0


def test_search_to_read_has_a_point_behind_the_words_that_introduce_its_list(run, tmp_path):
    """Without them it may say the opposite of what was found."""
    place = locate(tmp_path / "record")
    ensure(place)
    lead_in = "The partnership must make sure that:"
    point = Item("improvement", "lamps are lit on time.", 3, lead_in=lead_in)
    letters = [report_addition(Path("letter.pdf"), unattributed(replace(letter(), improvements=(point,))), "1")]
    add_counted(place, letters, dt.datetime.now(dt.UTC))

    out = " ".join(run("search", "lamps", "time", "--record", tmp_path / "record").out.split())

    assert f"{lead_in} ›lamps‹ are lit on ›time‹." in out
    assert f"{lead_in} ›Lamps‹" not in out, "a strength that stands in no list of its own"


def test_search_writes_every_hit_to_a_file_and_twenty_to_read(ask, tmp_path, monkeypatch):
    monkeypatch.setattr(search, "SHOWN", 2)
    every, some = tmp_path / "every.csv", tmp_path / "some.csv"

    assert len(ask("search", "lamps", "--json").json["hits"]) == 2
    assert ask("search", "lamps", "--csv", every, "--parquet", tmp_path / "every.parquet").err == ""
    assert len(hits_in(every)) == pyarrow.parquet.read_table(tmp_path / "every.parquet").num_rows == 4
    ask("search", "lamps", "--csv", some, "--limit", "3")
    assert len(hits_in(some)) == 3


def test_search_says_when_a_file_has_the_newest_hits_alone(ask, tmp_path, monkeypatch):
    monkeypatch.setattr(index, "MOST_RANKED", 3)
    ran = ask("search", "lamps", "--csv", tmp_path / "hits.csv")

    said = "Of 4 hits the newest 3 were put in order and written: more words, or a filter, find the others."
    assert ran.err.splitlines() == [said]
    assert len(hits_in(tmp_path / "hits.csv")) == 3
    assert ask("search", "lamps", "--csv", tmp_path / "hits.csv", "--limit", "2").err == ""
    assert ask("search", "lamps", "--csv", tmp_path / "hits.csv", "--quiet").err == ""


def hits_in(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("nothing", ["", "  ", "!?", '""'])
def test_a_search_for_no_words_asks_for_some(ask, nothing):
    ran = ask("search", nothing)

    assert (ran.status, ran.out) == (2, "")
    assert "give at least one word" in ran.err


def test_search_refuses_what_there_is_none_of(ask):
    ran = ask("search", "lamps", "--agency", "wizards")

    assert ran.status == 2
    assert "Council (local_authority)" in ran.err
    assert ask("search", "lamps", "--region", "Mercia").status == 2
    assert ask("search", "lamps", "--polarity", "good").status == 2


@pytest.mark.parametrize(
    "command", [("accountability",), ("accountability", "--count-by", "year"), ("search", "lamps")]
)
def test_a_theme_that_there_is_none_of_is_told_with_those_near_or_with_all(ask, command):
    unlike, near = ask(*command, "--theme", "nonsense"), ask(*command, "--theme", "missing childern")

    assert (unlike.status, unlike.out) == (near.status, near.out) == (2, "")
    assert "no theme 'nonsense'; there is: child_sexual_exploitation, " in unlike.err
    assert "did you mean 'Missing children'" in near.err


def test_tables_to_read_call_themes_by_their_titles(ask):
    counted = ask("accountability", "--count-by", "year").out
    facets = ask("search", "lamps", "--facets").out

    assert "Children in care and corporate parenting" in counted
    assert "No theme" in counted
    assert "Corporate parenting" not in counted
    assert "theme: Children in care and corporate parenting (1)" in facets
    assert "agency: Police (2); Health (1); Council (1)" in facets
    assert "area: Salford (3); Derby (1)" in facets


@pytest.mark.parametrize(
    "words",
    [
        ("accountability",),
        ("accountability", "--count-by", "year"),
        ("search", "lamps"),
        ("changes", "--from", "2012-07-31", "--to", "2013-08-31", "--framework", "slac"),
        ("record", "history"),
    ],
)
def test_a_dash_in_place_of_a_file_is_standard_output(ask, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    printed = ask(*words, "--csv", "-")
    ask(*words, "--csv", "table.csv")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.encode() == Path("table.csv").read_bytes()
    assert len(list(csv.DictReader(printed.out.splitlines()))) >= 2
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_a_choice_that_there_is_none_of_names_its_option(ask):
    told = ask("accountability", "--count-by", "month").err

    assert told == "joinedup: --count-by is 'month'; it can be: year, cycle.\n"


def test_the_recipes_of_the_page_run(ask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "find-who-must-improve-what.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("    joinedup ")]

    assert len(commands) >= 7
    for command in commands:
        ran = ask(*command)
        assert (ran.status, ran.err) in ((0, ""), (1, "")), command
    assert "PRIORITY: =Police must look for missing children" in ask(*commands[0]).out


def test_the_counts_of_the_page_in_python_are_not_nothing(filled, monkeypatch):
    monkeypatch.setenv("JOINEDUP_RECORD", str(filled))
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "find-who-must-improve-what.md"
    recipe = page.read_text(encoding="utf-8").partition("    import datetime as dt\n")[2].partition("\n##")[0]
    *steps, count, statements = ["import datetime as dt", *filter(None, map(str.strip, recipe.splitlines()))]
    known = {}
    exec("\n".join(steps), known)

    assert eval(count, known).statements == eval(statements, known).total == 1
