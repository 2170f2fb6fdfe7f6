"""What a list of statements tells of each of them, wherever it stands."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path

import pytest
from django.test import Client

from joinedup.analysis.accountability_demands import Demand, accountability
from joinedup.analysis.accountability_facts import KINDS
from joinedup.record import Record, open_record

pytestmark = pytest.mark.slow


@pytest.fixture
def record(demo: Path) -> Record:
    return open_record(demo)


@pytest.fixture
def introduced(record: Record) -> Demand:
    """A point of a list whose lead-in says what to do with all of them."""
    found = accountability(record, kinds=KINDS, fictional=True, limit=None).demands
    return next(one for one in found if one.lead_in)


def words_of(page: bytes) -> str:
    """The page's words without tags and marks, spaces joined."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?mark>", "", page.decode()))).split())


class TestALeadIn:
    """What introduces a list belongs to each of its points: without it a point may say the opposite."""

    def test_is_read_before_the_point_wherever_that_is_listed(self, client: Client, introduced: Demand) -> None:
        report, area = introduced.report.sha256[:12], introduced.report.area
        several = " ".join(introduced.text.split()[:4])
        for address in (
            f"/reports/{report}",
            f"/reports/{report}/pages/{introduced.page}",
            f"/accountability?area={area}&kind=all&q={introduced.text}",
            f"/search?area={area}&q={several}",
            f"/areas/{area}/asked-again",
        ):
            page = client.get(address)
            assert page.status_code == 200, address
            led = rf"{re.escape(introduced.lead_in or '')}.{{0,60}}?{re.escape(introduced.text)}"
            assert re.search(led, words_of(page.content)), address

    @pytest.mark.parametrize("address", ["/accountability.csv?area={}", "/areas/{}/asked-again.csv"])
    def test_has_a_column_beside_the_words(self, client: Client, introduced: Demand, address: str) -> None:
        table = client.get(address.format(introduced.report.area)).content.decode("utf-8-sig")
        rows = [row for row in csv.DictReader(io.StringIO(table)) if row["text"] == introduced.text]
        assert rows
        assert {row["lead_in"] for row in rows} == {introduced.lead_in}
