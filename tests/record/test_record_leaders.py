"""The leaders whom an area SEND report names stand in the record, and teach attribution nothing."""

from __future__ import annotations

from dataclasses import replace

from joinedup.reading.model import Addressee, Item, Report
from joinedup.record.attributed import attribute

SAID = "The Kelder Vale Group should see children sooner."
LEADER = Addressee("Bashir Noor", "Chief Executive", "Kelder Vale Group", "health")
REPORT = Report(
    "made.pdf",
    "0" * 64,
    1,
    "area-send",
    None,
    None,
    improvements=(Item("improvement", SAID, 1, "Areas for improvement"),),
)


def test_a_leaders_body_teaches_no_local_name() -> None:
    assert attribute(replace(REPORT, addressees=(LEADER,))).attributions == attribute(REPORT).attributions


def test_an_addressees_body_does() -> None:
    letter = replace(REPORT, framework="jtai", addressees=(LEADER,))
    assert [one.agency for one in attribute(letter).attributions[0].agencies] == ["health"]
