"""A report that was corrected and published again counts once: by the version that stood on the day that is asked for.

Both versions stay in the record.
"""

import dataclasses
import datetime as dt

import pytest

import joinedup.analysis as ja
from joinedup.analysis.accountability_facts import abouts, versions
from joinedup.analysis.asked_again import asked_again
from joinedup.documents.inspection import example_report, published_report, to_pdf
from joinedup.record import Record, Steps, ingest, open_record
from joinedup.record.search import Filters, search

NEW_WORDS = "Ring the family of every child within three working days of a missed visit."
FICTIONAL = Filters(fictional=True)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Three versions of one report, and a report of another inspection of the same area and framework."""
    place = tmp_path_factory.mktemp("corrected")
    again = example_report(version=2)
    assert again.correction
    first = dataclasses.replace(example_report(), published=again.correction.replaces)
    asked = dataclasses.replace(again.improvements[0], words=NEW_WORDS)
    second = dataclasses.replace(again, improvements=(asked, *again.improvements[1:]))
    third = dataclasses.replace(second, version=3, published=second.published + dt.timedelta(days=30))
    start = first.about.start + dt.timedelta(days=700)
    later = dataclasses.replace(first.about, reference="KEL-2028-1", start=start, end=start + dt.timedelta(days=4))
    other = dataclasses.replace(first, about=later, published=start + dt.timedelta(days=60))
    for name, report in {"one": first, "two": second, "three": third, "other": other}.items():
        (place / f"{name}.pdf").write_bytes(to_pdf(published_report(report)))
    # The newest first: what counts does not go by the order in which files come.
    for name in ("three", "one", "other", "two"):
        ingest([place / f"{name}.pdf"], place / "record", workers=1)
    return open_record(place / "record")


@pytest.fixture(scope="module")
def days(record: Record) -> list[dt.date]:
    """When each version was published."""
    every = versions(record, next(one for one in abouts(record).values() if one.version == 2))
    return [one.published for one in every if one.published]


def asked(record: Record, **filters: object) -> list[str]:
    return [one.text for one in ja.accountability(record, fictional=True, limit=None, **filters).demands]


def test_the_record_keeps_every_version_and_tells_which_was_replaced_when(record: Record, days: list[dt.date]) -> None:
    found = record.ask(
        Steps().step("a", "SELECT reference, version, replaced FROM reports ORDER BY reference, version")
    ).rows
    assert [tuple(row.values()) for row in found] == [
        (found[0]["reference"], 1, days[1]),
        (found[0]["reference"], 2, days[2]),
        (found[0]["reference"], 3, None),
        ("KEL-2028-1", 1, None),
    ]


def test_what_was_asked_for_is_counted_once(record: Record, days: list[dt.date]) -> None:
    of_one = len(example_report().improvements)
    assert len(asked(record)) == 2 * of_one
    assert asked(record).count(NEW_WORDS) == 1


def test_on_an_earlier_day_the_version_of_that_day_counts(record: Record, days: list[dt.date]) -> None:
    before = asked(record, until=days[1] - dt.timedelta(days=1))
    assert len(before) == len(example_report().improvements)
    assert NEW_WORDS not in before
    assert asked(record, until=days[1]).count(NEW_WORDS) == 1


def test_search_finds_the_words_of_the_version_that_stands(record: Record) -> None:
    hits = search(record, '"missed visit"', FICTIONAL)
    assert [hit.text for hit in hits.hits] == [NEW_WORDS]
    assert {hit.report for hit in search(record, "children", FICTIONAL, limit=500).hits} == {
        sha256 for sha256, about in abouts(record).items() if about.stands()
    }


def test_an_areas_page_has_one_report_of_one_inspection(record: Record, days: list[dt.date]) -> None:
    profile = ja.area_profile(record, "kelderby")
    assert [one.replaced for one in profile.reports] == [None, None]
    assert len(profile.inspections) == 2
    assert sorted(one.published for one in profile.inspections if one.published)[0] == days[0]
    then = ja.area_profile(record, "kelderby", as_at=days[0])
    assert [one.published for one in then.reports] == [days[0]]


def test_a_version_is_no_later_report_that_asks_again(record: Record) -> None:
    known = abouts(record)
    pairs = asked_again(record, "kelderby")
    assert pairs
    assert {(known[pair.earlier.report].version, known[pair.later.report].reference) for pair in pairs} == {
        (3, "KEL-2028-1")
    }
