"""A grade that a person corrected is said to be corrected wherever the pages show it, and where a person says that
there is no value, that is said in words of the thing that there is none of."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from joinedup.record import Correction, Steps, correct, open_record
from joinedup.service.site.records import look_again
from joinedup.service.site.righted import in_words

ON = {"published": "2025-10-10", "end_date": "2025-09-05", "start_date": "2025-09-01", "area": "barnsley"}
"""An inspection of Barnsley that Ofsted's own history has not."""


@pytest.fixture
def report(demo: Path, tmp_path: Path) -> Iterator[str]:
    """A report on that inspection, in a record that a test may change."""
    copy = tmp_path / "record"
    shutil.copytree(demo, copy)
    steps = Steps().step(
        "one",
        "SELECT report FROM judgements JOIN reports ON sha256 = report WHERE key = 'overall' AND framework = 'ilacs' "
        "AND grade = 'good' AND replaced IS NULL ORDER BY report LIMIT 1",
    )
    with override_settings(RECORD=str(copy)):
        report = str(open_record(copy).ask(steps).rows[0]["report"])
        for field, new in ON.items():
            say(report, field, new)
        yield report
    look_again()


def say(report: str, field: str, new: str | None) -> None:
    from django.conf import settings

    correct(settings.RECORD, report=report, field=field, new=new, by="A Clerk", reason="It says so")
    look_again()


def words_of(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


@pytest.mark.slow
def test_england_says_so_in_the_table_on_the_map_where_areas_moved_and_in_the_file(client: Client, report: str) -> None:
    asked = {"as_at": "2025-11-01", "since": "2025-06-01"}
    before = words_of(client.get("/", asked).content)
    assert "Good corrected" not in before
    assert "Barnsley: Good, ILACS, published 10 October 2025, corrected" not in before

    say(report, "grade:overall", "inadequate")

    page = client.get("/", asked).content
    assert "Inadequate corrected ILACS" in words_of(page)
    assert "Barnsley: Inadequate, ILACS, published 10 October 2025, corrected" in html.unescape(page.decode())
    assert "Barnsley good → to inadequate (corrected)" in words_of(page)
    file = csv.DictReader(
        io.StringIO(client.get("/england.csv", {"as_at": asked["as_at"]}).content.decode("utf-8-sig"))
    )
    told = {row["area"]: row["corrected"].split("; ") for row in file if row["corrected"]}
    assert "grade:overall" in told["Barnsley"]
    assert told.keys() == {"Barnsley"}


@pytest.mark.slow
def test_a_grade_corrected_to_none_is_marked_on_the_areas_page(client: Client, report: str) -> None:
    say(report, "grade:overall", None)
    page = client.get("/areas/barnsley").content.decode()
    [history] = re.findall(r'<table class="govuk-table ju-history.*?</table>', page, re.DOTALL)
    assert re.search(rf'No grade for this judgement</strong>.*?href="#report-{report[:12]}">Corrected<', history)
    assert "read as Good , corrected to no grade" in words_of(page.encode())


@pytest.mark.parametrize(
    ("field", "none"),
    [
        ("grade:overall", "no grade"),
        ("agencies", "no agency"),
        ("themes", "no theme"),
        ("published", "no date"),
        ("lead_inspector", "none"),
    ],
)
def test_that_there_is_no_value_is_said_by_what_there_is_none_of(field: str, none: str) -> None:
    """ "Corrected to nothing" could be taken for a correction that came to nothing."""
    made = Correction("1", "a" * 64, 1, None, field, None, None, "A Clerk", dt.datetime(2026, 1, 1), "It says so")  # noqa: DTZ001
    shown = in_words(made)
    assert (shown.old, shown.new) == (none, none)
