"""Accountability over all the published reports: nothing lost, every door found, fast enough for a page."""

import datetime as dt
import random
import re
import shutil
from collections import Counter

import pyarrow as pa
import pytest

import joinedup.analysis as ja
from joinedup.record import Steps, open_record
from joinedup.record.columns import arrow_schema
from joinedup.record.location import locate
from joinedup.record.schema import TABLES
from joinedup.record.store import Batch, add, new_batch

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

# Where a record was made without attribution, key words stand in for it: the doors are under test here, not the words.
KEY_WORDS = {
    "police": r"[Pp]olice|[Cc]onstab",
    "health": r"[Hh]ealth|[Nn]urs|[Hh]ospital",
    "education": r"[Ss]chool",
    "probation": r"[Pp]robation|\bCRC\b",
    "youth_justice": r"[Yy]outh (offending|justice)|\bYOT\b",
    "courts": r"[Cc]ourt|C[Aa][Ff]C[Aa][Ss][Ss]",
    "housing": r"[Hh]ousing",
    "voluntary": r"[Vv]oluntary",
    "partnership": r"[Pp]artner|LSCB|[Bb]oard",
}
ABOUT = {"missing_children": "missing", "neglect": "neglect", "domestic_abuse": "domestic", "early_help": "early help"}


def labelled(record, load):
    agencies, themes = [], []
    for row in record.ask(Steps().step("stated", "SELECT id, text FROM findings")).rows:
        held = [(key, found[0]) for key, words in KEY_WORDS.items() if (found := re.search(words, row["text"]))]
        for agency, words in held or [("local_authority", None)]:
            agencies.append({"finding": row["id"], "agency": agency, "words": words, "confidence": 0.5, "load": load})
        for theme, words in ABOUT.items():
            if words in row["text"]:
                themes.append({"finding": row["id"], "theme": theme, "words": words, "confidence": 0.5, "load": load})
    return {"responsibilities": agencies, "themes": themes}


@pytest.fixture(scope="module")
def record(corpus_record, tmp_path_factory):
    """The corpus with every statement attributed."""
    as_read = open_record(corpus_record)
    if as_read.ask(Steps().step("told", "SELECT count(*) AS told FROM responsibilities")).rows[0]["told"]:
        return as_read
    folder = tmp_path_factory.mktemp("attributed") / "record"
    shutil.copytree(corpus_record, folder, ignore=shutil.ignore_patterns("_derived"))
    now = dt.datetime.now(dt.UTC)
    batch = new_batch(now)
    rows = labelled(as_read, f"{batch}-0000")
    load = {
        "load": f"{batch}-0000", "batch": batch, "sha256": "key words", "file": "key words", "kind": "report",
        "bundled": False, "tables": list(rows), "rows": 1, "reader_version": "1", "loaded_at": now, "problems": [],
    }  # fmt: skip
    batches = {
        name: pa.Table.from_pylist(found, arrow_schema(TABLES[name])).to_batches() for name, found in rows.items()
    }
    add(locate(folder), Batch(batch, batches, lambda: [load]))
    return open_record(folder)


def one(record, sql):
    (row,) = record.ask(Steps().step("answer", sql)).rows
    return next(iter(row.values()))


def test_nothing_that_is_asked_for_is_lost(record):
    asked = one(record, "SELECT count(*) FROM findings WHERE kind IN ('improvement', 'priority_action')")
    every = ja.accountability(record, limit=None)

    assert asked > 1500
    assert every.total == len({demand.id for demand in every.demands}) == asked
    assert ja.accountability(record, kinds="finding", limit=0).total == one(
        record, "SELECT count(*) FROM findings WHERE kind = 'finding'"
    )


def test_every_agency_held_responsible_in_a_known_place_and_day_has_a_post_save_a_court_or_a_meeting_of_many(record):
    without = Counter()
    for demand in ja.accountability(record, limit=None).demands:
        if demand.report.area is None or demand.report.day is None:
            continue
        for held in demand.agencies:
            if not held.posts and not (held.agency in ("courts", "partnership") and held.decided == "words"):
                without[held.agency] += 1
            for post in held.posts:
                assert {"parliament", "electorate"} & {above.key for above in post.chain}
                assert post.answers_to
    assert not without


def test_most_letters_name_the_chief_of_police_and_the_director_of_childrens_services(record):
    letters = {}
    for demand in ja.accountability(record, framework="jtai", limit=None).demands:
        known = letters.setdefault(demand.report.sha256, {})
        for held in demand.agencies:
            known.setdefault(held.agency, [person.post for person in held.named if person.post])
    heads = ("chief_constable", "commissioner_metropolitan")
    police = [any(post in heads for post in known["police"]) for known in letters.values() if "police" in known]
    council = [
        "director_of_childrens_services" in known["local_authority"]
        for known in letters.values()
        if "local_authority" in known
    ]
    assert len(police) > 25
    assert sum(police) / len(police) > 0.9
    assert sum(council) / len(council) > 0.9


def test_the_numbers_of_the_matrix_are_those_of_the_statements_behind_them(record):
    counted = ja.matrix(record)
    cells = sorted(counted.counts)

    assert counted.count().statements == ja.accountability(record, limit=0).total
    for cell in random.Random(7).sample(cells, 100):
        assert ja.accountability(record, **counted.filters(*cell), limit=0).total == counted.counts[cell].statements


def test_a_force_is_asked_what_its_areas_were_asked(record):
    profile = ja.agency_profile(record, "police-greater-manchester")
    by_area = {one.area.slug: one.tally.asked for one in profile.areas}

    assert len(by_area) == 10
    assert sum(by_area.values()) == profile.tally.asked == profile.asked.total
    for area, asked in by_area.items():
        assert asked == ja.accountability(record, area=area, agency="police", limit=0).total


def _areas(record):
    return record.ask(
        Steps().step("read", "SELECT DISTINCT area FROM reports WHERE area IS NOT NULL ORDER BY area")
    ).rows
