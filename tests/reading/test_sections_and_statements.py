"""What counts as said, and under which headings it stands. The words are our own and the places fictional."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from joinedup.reading import Item, Refusal, Report, read_bytes
from joinedup.reading.sections import role_of_words

Typeset = Callable[..., bytes]


def _read(data: bytes) -> Report:
    answer = read_bytes(data, "some-name-that-says-nothing.pdf")
    assert not isinstance(answer, Refusal), answer.reason
    return answer


def _texts(items: tuple[Item, ...]) -> list[str]:
    return [item.text for item in items]


SIF = """
# Ashmere Council

# Inspection of services for children in need of help and protection, children looked after and care leavers

# Inspection date: 2 June 2015 to 25 June 2015

# Children's services in Ashmere require improvement
---
{text}
"""
LETTER = """
24 May 2017

Ada Quill, Director of Children's Services, Ashmere Council
Bashir Noor, Chief Constable, Fenwold Police

{dear}

# Joint targeted area inspection of the multi-agency response to neglect in Ashmere

Between 3 and 7 April 2017, Ofsted, the Care Quality Commission (CQC) and HMI Constabulary
undertook a joint inspection of the multi-agency response to neglect in Ashmere.

{text}
"""


def _sif(typeset: Typeset, text: str) -> Report:
    return _read(typeset(SIF.format(text=text)))


def _letter(typeset: Typeset, text: str, dear: str = "Dear local partnership") -> Report:
    return _read(typeset(LETTER.format(text=text, dear=dear)))


LONG = """
7. Plans for children in Ashmere say what is to change and by when, and those who work with
   children look at them again with the family every month, so that each knows what the
   others have promised and what is still to do
"""


@pytest.mark.parametrize(
    ("paragraph", "is_said"),
    [
        ("7. Too many plans for children in Ashmere are late. (Recommendation)", True),
        ("7. Too many plans for children in Ashmere are late (Recommendation).", True),
        ("7. Too many plans for children in Ashmere are late (recommendations)", True),
        (LONG, True),
        ("The Local Safeguarding Children Board of Ashmere (LSCB)", False),
        ("The timeliness of plans for children in Ashmere", False),
        ("Late plans.", False),
    ],
)
def test_a_paragraph_says_something_where_it_ends_as_a_sentence_or_is_longer_than_a_label(
    typeset: Typeset, paragraph: str, is_said: bool
) -> None:
    report = _sif(typeset, f"# Inspection findings\n\n{paragraph}\n\n# Information about this inspection")
    assert len(report.findings) == is_said


@pytest.mark.parametrize("dear", ["Dear local partnership", "# Dear local partnership"])
def test_what_a_letter_says_before_its_lists_is_found_however_its_greeting_is_set(typeset: Typeset, dear: str) -> None:
    text = """
This joint targeted area inspection (JTAI) included an evaluation of the front door, and how
children are heard there. Inspectors also considered how leaders in Ashmere work together.

Partners in Ashmere know their children well, and since the spring they have met each week to
ask what each of them can do about neglect, which has brought help sooner to many families:

* neighbours and schools now know whom they can telephone

# Key strengths

* Social workers know children well.
"""
    report = _letter(typeset, text, dear)
    assert [text.split()[0] for text in _texts(report.findings)] == ["Partners", "neighbours"]
    assert _texts(report.strengths) == ["Social workers know children well."]
