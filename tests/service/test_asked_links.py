"""What areas were asked again is kept beside the record: laid out ahead, made anew only where reports changed."""

import shutil
from pathlib import Path

import pytest

from joinedup.analysis.asked_again import digests, what_became
from joinedup.documents.specimens import make_specimen
from joinedup.record import Record, ingest, open_record
from joinedup.service.site import asked_links
from joinedup.service.site.asked_links import MOMENTS, fates, lay_out

FICTIONAL = ("ashmere", "brackenshire", "kelderby", "port-rowan")


@pytest.fixture
def place(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration's record from which nothing has been derived."""
    shutil.copytree(demo, tmp_path / "record", ignore=shutil.ignore_patterns("links-*"))
    asked_links._asked.cache_clear()  # what this process remembers is of the same snapshot
    return tmp_path / "record"


def kept(record: Record) -> list[Path]:
    assert record.derived is not None
    return sorted(record.derived.glob("links-*"))


def shown(record: Record, area: str) -> list[object]:
    return [
        (
            one.asked.text,
            one.asked.page,
            one.fate,
            [(link.relation, link.later.text, link.words, link.how_sure) for link in one.links],
        )
        for one in fates(record, area).things
    ]


def asked(record: Record, area: str) -> list[object]:
    return [
        (
            one.asked.text,
            one.asked.page,
            one.fate,
            [(pair.relation, pair.later.text, pair.words, pair.how_sure) for pair in one.pairs],
        )
        for one in what_became(record, area).things
    ]


def test_what_is_laid_out_is_what_the_question_answers(place: Path) -> None:
    record = open_record(place)
    assert lay_out(record) == len(digests(record)) == len(FICTIONAL)
    found = {area: shown(record, area) for area in FICTIONAL}
    assert found == {area: asked(record, area) for area in FICTIONAL}
    assert any(found.values())


def test_a_page_links_nothing_that_was_laid_out(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = open_record(place)
    expected = {area: asked(record, area) for area in FICTIONAL}
    lay_out(record)
    monkeypatch.delattr(asked_links, "what_became")
    assert {area: shown(record, area) for area in FICTIONAL} == expected


def test_an_area_that_was_not_laid_out_is_when_it_is_visited(place: Path) -> None:
    record = open_record(place)
    assert shown(record, "kelderby") == asked(record, "kelderby")
    assert lay_out(record) == len(FICTIONAL) - 1
    assert lay_out(record) == 0


@pytest.mark.parametrize("newer", ["the form in which links are kept", "attribution"])
def test_what_an_older_program_kept_is_not_read(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, newer: str
) -> None:
    record = open_record(place)
    assert record.derived is not None
    now = asked_links._path(record.derived)
    other = tmp_path / "asked_links.py"
    other.write_text("# kept in another form", encoding="utf-8")
    asked_links._version.cache_clear()
    with monkeypatch.context() as changed:
        if newer == "attribution":
            changed.setattr(asked_links, "ATTRIBUTION_VERSION", "another")
        else:
            changed.setattr(asked_links, "__file__", str(other))
        then = asked_links._path(record.derived)
        asked_links._version.cache_clear()
    assert then != now
    assert asked_links._path(record.derived) == now


def test_taking_in_a_report_leaves_the_other_areas_as_they_are(place: Path, tmp_path: Path) -> None:
    lay_out(open_record(place))
    before = digests(open_record(place))
    (tmp_path / "new.pdf").write_bytes(make_specimen("ilacs", seed=77, year=2026).pdf)
    assert ingest([tmp_path / "new.pdf"], place, workers=1).added == 1
    record = open_record(place)
    after = digests(record)
    (changed,) = (area for area in after if after[area] != before.get(area))
    assert lay_out(record) == 1
    assert len(kept(record)) == 1
    assert {area: shown(record, area) for area in FICTIONAL} == {area: asked(record, area) for area in FICTIONAL}
    assert changed in FICTIONAL


def test_an_earlier_moment_is_kept_too_but_not_every_one(place: Path) -> None:
    record = open_record(place)
    lay_out(record)
    (path,) = kept(record)
    told = asked_links._read(path, "ashmere", digests(record)["ashmere"])
    assert told is not None
    for number in range(MOMENTS - 1):
        asked_links._write(path, "ashmere", str(number), told)
    assert lay_out(record) == 0
    asked_links._write(path, "ashmere", "one more", told)
    assert asked_links._read(path, "ashmere", digests(record)["ashmere"]) is None
    assert lay_out(record) == 1
    assert asked_links._read(path, "kelderby", digests(record)["kelderby"]) is not None
