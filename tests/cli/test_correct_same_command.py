"""`joinedup correct --field same`: whether a later statement is on the same thing, on two reports of our own making."""

import dataclasses
import datetime as dt

import pytest

from joinedup.analysis.asked_again import what_became
from joinedup.documents.inspection import example_report, published_report, to_pdf
from joinedup.record import corrections, ingest, open_record

pytestmark = pytest.mark.slow


@pytest.fixture
def place(tmp_path):
    """A report, and a later one on the same area that asks for the same things."""
    first = example_report()
    start = first.about.start + dt.timedelta(days=700)
    later = dataclasses.replace(first.about, reference="KEL-2028-1", start=start, end=start + dt.timedelta(days=4))
    second = dataclasses.replace(first, about=later, published=start + dt.timedelta(days=60))
    for name, report in {"one": first, "two": second}.items():
        (tmp_path / f"{name}.pdf").write_bytes(to_pdf(published_report(report)))
    ingest([tmp_path / "one.pdf", tmp_path / "two.pdf"], tmp_path / "record", workers=1)
    return tmp_path / "record"


def first_pair(place):
    return what_became(open_record(place), "kelderby").pairs[0]


def say(run, place, pair, *more, later=None):
    return run(
        "correct", pair.earlier.report[:12], "--record", place, "--field", "same", "--finding", pair.earlier.id,
        "--later", later or pair.later.id, "--by", "A Clerk", "--reason", "I read both", *more,
    )  # fmt: skip


def test_a_pair_that_is_none_is_told_with_both_wordings_and_goes_from_what_the_area_prints(run, place):
    pair = first_pair(place)
    told = say(run, place, pair, "--new", "no")
    assert told.status == 0
    assert told.out.startswith("Corrected On the same thing of ")
    assert told.out.count(pair.earlier.text[:40]) + told.out.count(pair.later.text[:40]) >= 2
    assert told.out.rstrip().endswith("yes -> no.")
    (listed,) = run("record", "corrections", "--record", place, "--json").json
    assert (listed["statements"], listed["later"]) == ([pair.earlier.id], [pair.later.id])
    assert (pair.earlier.id, pair.later.id) not in {
        (thing["asked"]["id"], each["later"]["id"])
        for thing in run("area", "kelderby", "--record", place, "--json").json["asked_again"]["things"]
        for each in thing["pairs"]
    }


def test_the_later_is_named_by_its_report_and_words_too_and_the_area_prints_that_a_person_says_so(run, place):
    pair = first_pair(place)
    assert say(run, place, pair, "--confirm", later=f"{pair.later.report}:{pair.later.text}").status == 0
    assert corrections(open_record(place))[0].confirmed
    assert "again, a person says so: " in run("area", "kelderby", "--record", place).out


def test_it_is_taken_back(run, place):
    pair = first_pair(place)
    say(run, place, pair, "--new", "no")
    told = say(run, place, pair, "--withdraw")
    assert (told.status, told.out.startswith("Taken back: On the same thing of ")) == (0, True)
    assert first_pair(place) == pair


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--field", "same", "--new", "no"], "Name the earlier statement by --words or --finding"),
        (["--field", "same", "--new", "no", "--finding", "ID"], "and the later one by --later"),
        (["--field", "same", "--new", "no", "--later", "LATER"], "Name the earlier statement"),
        (["--field", "same", "--finding", "ID", "--later", "LATER"], "is yes or no"),
        (
            ["--field", "same", "--finding", "ID", "--later", "LATER", "--new", "maybe"],
            "There is no same 'maybe'. There is: yes; no.",
        ),
        (["--field", "same", "--finding", "ID", "--later", "3", "--new", "no"], "is not named by '3'"),
        (["--field", "kind", "--finding", "ID", "--later", "LATER", "--new", "strength"], "with --field same alone"),
        (["--field", "same:aaaaaaaaaaaa:bbbbbbbbbbbbbbbb", "--finding", "ID", "--new", "no"], "named with --later"),
    ],
)
def test_a_mistake_is_told_and_changes_nothing(run, place, words, why):
    pair = first_pair(place)
    given = {"ID": pair.earlier.id, "LATER": pair.later.id}
    told = run(
        "correct", pair.earlier.report, "--record", place, *(given.get(word, word) for word in words),
        "--by", "A Clerk", "--reason", "It says so",
    )  # fmt: skip
    assert told.status == 2
    assert why in told.err
    assert corrections(open_record(place)) == ()
