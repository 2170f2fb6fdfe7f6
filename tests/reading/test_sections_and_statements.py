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


PARAGRAPH = "Partners of the board meet often, ask each other hard questions and write down the answers."


def test_paragraphs_under_a_heading_of_their_own_below_a_list_are_findings(typeset: Typeset) -> None:
    report = _letter(
        typeset,
        f"# What needs to improve?\n\n* The timeliness of plans.\n\n# Ashmere Partnership (AP)\n\n{PARAGRAPH}\n\n"
        "# Main findings",
    )
    assert _texts(report.improvements) == ["The timeliness of plans."]
    assert [(item.text, item.section) for item in report.findings] == [(PARAGRAPH, "Ashmere Partnership (AP)")]


def test_a_long_paragraph_set_as_a_bullets_words_are_is_a_bullet_without_its_sign(typeset: Typeset) -> None:
    signless = f"{PARAGRAPH} {PARAGRAPH}"
    report = _letter(
        typeset,
        f"# Key strengths\n\n* Health visitors see every child\n  at home in time.\n\n  {PARAGRAPH}\n  {PARAGRAPH}\n\n"
        "* Police share what they know.",
    )
    assert _texts(report.strengths) == [
        "Health visitors see every child at home in time.",
        signless,
        "Police share what they know.",
    ]


def test_what_stands_between_the_points_of_a_list_and_is_none_of_them_is_a_finding(typeset: Typeset) -> None:
    report = _letter(
        typeset,
        f"# Areas for improvement\n\n{PARAGRAPH}\n\nLeaders should ensure that:\n\n* Plans are made\n  in time.\n\n"
        "  The same holds for other places than Ashmere.",
    )
    assert _texts(report.improvements) == ["Plans are made in time."]
    assert [(item.text, item.section) for item in report.findings] == [
        (PARAGRAPH, "Areas for improvement"),
        ("The same holds for other places than Ashmere.", "Areas for improvement"),
    ]


def test_a_heading_inside_a_list_divides_it_and_the_lists_own_heading_is_told_too(typeset: Typeset) -> None:
    report = _letter(
        typeset,
        "# Areas for improvement\n\n* Plans are late.\n\n# Responses to children at the front door\n\n"
        "* Calls are answered late.",
    )
    assert [item.section for item in report.improvements] == [
        "Areas for improvement",
        "Areas for improvement › Responses to children at the front door",
    ]


def test_a_case_study_whose_title_is_set_as_the_text_is_a_box_all_the_same(typeset: Typeset) -> None:
    report = _letter(
        typeset,
        f"# Key strengths\n\n* Social workers know children well.\n\nCase study: effective practice\n\n{PARAGRAPH}",
    )
    assert _texts(report.strengths) == ["Social workers know children well."]
    assert [(item.text, item.section) for item in report.findings] == [(PARAGRAPH, "Case study: effective practice")]


def test_a_letters_heading_that_is_set_as_the_text_is_opens_its_part_all_the_same(typeset: Typeset) -> None:
    text = """
Strengths

* Schools tell others early of children about whom they worry.

Areas for improvement

* The police response is too slow for some of the children.
"""
    report = _letter(typeset, text)
    assert _texts(report.strengths) == ["Schools tell others early of children about whom they worry."]
    assert _texts(report.improvements) == ["The police response is too slow for some of the children."]


@pytest.mark.parametrize("verb", ["include:", "are:", "are as follows:"])
def test_words_that_only_lead_to_a_list_open_no_part_of_a_letter(typeset: Typeset, verb: str) -> None:
    text = f"""
# Findings

Strengths in this area {verb}

* Schools tell others early of children about whom they worry.

The police response is too slow for some of the children who wait for it.
"""
    report = _letter(typeset, text)
    assert report.strengths == ()
    assert [(item.text, item.lead_in) for item in report.findings[-2:]] == [
        ("Schools tell others early of children about whom they worry.", f"Strengths in this area {verb}"),
        ("The police response is too slow for some of the children who wait for it.", None),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "The experiences & progress of children in care: good",
        "The graded judgment for adoption performance is that it is good",
    ],
)
def test_other_spellings_of_a_heading_open_the_same(heading: str) -> None:
    assert role_of_words(heading, "report") == "chapter"


def test_numbered_paragraphs_under_a_heading_of_their_own_below_bullets_are_findings(typeset: Typeset) -> None:
    text = """
# What needs to improve?

* The speed at which health partners share what they know of a child.

# The lives of children who come from abroad

1. Children who come from abroad are seen soon and by people who speak with them.

2. They are told in their own words what will happen to them and when.
"""
    report = _sif(typeset, text)
    assert _texts(report.improvements) == ["The speed at which health partners share what they know of a child."]
    assert [item.number for item in report.findings] == ["1", "2"]


def test_a_list_goes_on_below_a_box_that_stands_no_further_in(typeset: Typeset) -> None:
    text = """
# Areas for improvement

* The police response is too slow for some of the children.

# Case study: area for improvement

A girl waited for two weeks until somebody came to see her, and nobody told her why.

# Leadership and management

* Leaders do not know how long children wait.
"""
    assert _texts(_letter(typeset, text).improvements) == [
        "The police response is too slow for some of the children.",
        "Leaders do not know how long children wait.",
    ]


def test_a_heading_within_a_box_that_stands_further_in_does_not_end_it(typeset: Typeset) -> None:
    text = """
# Areas for improvement

1. The police response is too slow for some of the children.

  # Case study: area for improvement

  A girl waited for two weeks until somebody came to see her.

  # What would have helped her

  1. Somebody who told her why she was waiting for so long.
"""
    assert _texts(_letter(typeset, text).improvements) == ["The police response is too slow for some of the children."]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Outcome of the inspection", "outcome"),
        ("What is the partnership doing well?", "strengths"),
        ("What does the partnership need to do better?", "weaknesses"),
        ("What does the area partnership need to improve?", "weaknesses"),
        ("Responsible body Areas for priority action", "priority"),
    ],
)
def test_what_headings_of_an_area_send_report_open(heading: str, role: str) -> None:
    assert role_of_words(heading, "send") == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Area(s) for improvement", "improvements"),
        ("Key areas for improvement across the partnership", "improvements"),
        ("Areas requiring improvement", "improvements"),
        ("Areas that need to improve", "improvements"),
        ("What needs to improve in Ashmere?", "improvements"),
        ("What the partnership needs to improve", "improvements"),
        ("Area(s) for priority action", "priority"),
        ("Strengths of the partnership", "strengths"),
        ("Key areas of strength", "strengths"),
        ("What is working well?", "strengths"),
        ("Detailed findings", "findings"),
        ("Next steps and written statement of action", "end"),
        ("Recommendations", "improvements"),
        ("Areas requiring priority action", "priority"),
        ("Case study: area for improvement", "box"),
        ("Good practice example", "box"),
        ("Areas of highly effective practice", "box"),
        ("Good practice in schools", None),
        ("Leaders’ plans for improvement", None),
        ("Key strengths and weaknesses", None),
    ],
)
def test_what_headings_of_a_letter_open(heading: str, role: str | None) -> None:
    assert role_of_words(heading, "letter") == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Key strengths and weaknesses of the LSCB", "findings"),
        ("Key strengths and weaknesses of the Local Safeguarding Children Board", "findings"),
        ("What the local authority inspection judgements mean", "aside"),
        ("The inspection judgements and what they mean", "aside"),
        ("Inspection judgements about the local authority", "findings"),
        ("Summary for children and young people", "aside"),
        ("Summary of findings", "findings"),
        ("Executive summary", "findings"),
        ("Priorities for further improvement", "improvements"),
    ],
)
def test_what_headings_of_a_report_open(heading: str, role: str) -> None:
    assert role_of_words(heading, "report") == role


@pytest.mark.parametrize(
    "words",
    [
        "No areas were identified for immediate improvement.",
        "No areas for priority and immediate action were identified.",
        "There are no priority and immediate actions or recommendations.",
    ],
)
def test_that_nothing_is_urgent_is_no_priority_action(typeset: Typeset, words: str) -> None:
    assert _sif(typeset, f"# Priority and immediate action\n\n1. {words}").priority_actions == ()


def test_lettered_points_belong_to_the_point_that_breaks_off_before_them(typeset: Typeset) -> None:
    text = """
# Areas for improvement

1. Look more closely at the help for children where

   (i) they live with friends

   (ii) they have moved to Ashmere.

2. Write shorter plans.
"""
    assert _texts(_sif(typeset, text).improvements) == [
        "Look more closely at the help for children where (i) they live with friends (ii) they have moved to Ashmere.",
        "Write shorter plans.",
    ]


def test_bold_words_in_the_midst_of_a_sentence_are_no_heading(typeset: Typeset) -> None:
    text = (
        "# Inspection findings\n\n1. Leaders see to it that families\n# have one social worker for years.\n\n2. "
        + PARAGRAPH
    )
    findings = _sif(typeset, text).findings
    assert _texts(findings) == ["Leaders see to it that families have one social worker for years.", PARAGRAPH]
    assert {item.section for item in findings} == {"Inspection findings"}


def test_the_simple_summary_for_children_repeats_what_was_found_and_is_left_out(typeset: Typeset) -> None:
    summary = f"# Summary for children and young people\n\n* {PARAGRAPH}"
    text = f"{summary}\n\n# Inspection findings\n\n1. Plans for children are clear to families in Ashmere."
    assert _texts(_sif(typeset, text).findings) == ["Plans for children are clear to families in Ashmere."]


TABLE = """
# Inspection judgements about the local authority

# Key judgement Judgement grade

The experiences and progress of children who need help and protection Good

# Summary

Children of Ashmere who need help get it in good time from people whom they trust.

# Key judgement Judgement grade

Leadership, management and governance Requires improvement

# Summary

Leaders of Ashmere do not yet know enough of what children say about their plans.
"""


def test_a_row_of_a_table_of_judgements_opens_a_chapter_however_it_is_set(typeset: Typeset) -> None:
    assert [item.section for item in _sif(typeset, TABLE).findings] == [
        "The experiences and progress of children who need help and protection Good › Summary",
        "Leadership, management and governance Requires improvement › Summary",
    ]


def test_cells_of_the_title_pages_table_are_no_headings(typeset: Typeset) -> None:
    text = """
# Inspection of Kelderby local authority children's services

Inspection dates: 3 to 14 June 2019

# Judgement Grade

The impact of leaders on social work practice with children and families
# Good

Services for children in Kelderby have got better since the last inspection, because leaders
listened to children and to those who work with them, and changed what did not work well.
"""
    assert [item.section for item in _read(typeset(text)).findings] == [None]


def test_a_grade_with_its_number_stands_over_no_text(typeset: Typeset) -> None:
    report = _sif(typeset, f"# Capacity to improve\n\n# Grade 3 (Adequate)\n\n{PARAGRAPH}")
    assert [item.section for item in report.findings if item.text == PARAGRAPH] == ["Capacity to improve"]
