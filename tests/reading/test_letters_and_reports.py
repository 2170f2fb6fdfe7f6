"""Whole files of each family, set small, read field by field. The words are our own and the places fictional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from joinedup.reading import Refusal, Report, read_bytes, to_json
from joinedup.reading.sections import role_of_words

Typeset = Callable[..., bytes]


def _read(data: bytes) -> Report:
    answer = read_bytes(data, "some-name-that-says-nothing.pdf")
    assert not isinstance(answer, Refusal), answer.reason
    return answer


JTAI = """
24 May 2023

Ada Quill, Director of Children's Services, Ashmere Council
Bashir Noor, Chief Constable, Fenwold Police
Dee O'Shea, Executive Director of Nursing and Care, NHS Ashmere and Kelder
Integrated Care Board

Dear Ashmere Local Safeguarding Partnership

# Joint targeted area inspection of Ashmere

This letter summarises the findings of the joint targeted area inspection (JTAI) of the
multi-agency response to identification of initial need and risk in Ashmere.

This inspection took place from 6 to 10 March 2023. It was carried out by inspectors
from Ofsted, the Care Quality Commission (CQC) and His Majesty's Inspectorate of
Constabulary and Fire & Rescue Services (HMICFRS).

# Headline findings

Most children in Ashmere get help early, and partners know their area well and act on it.

# Areas for priority action

* Health leaders should make sure that every child who goes
  to hospital is asked about their safety.

# What needs to improve?

* The timeliness of the police response.

* The sharing of minutes by the local authority.

# Strengths

* Social workers know children well.

# Main findings

Police officers attend quickly when children are in danger and tell others what they know.

# Practice study: highly effective practice

* This bullet stands in a box and is no strength of the list above it, only a study.

# Next steps

We have determined that Ashmere Council is the principal authority and should prepare
a written statement of proposed action. It should send the written statement of action
to ProtectionOfChildren@ofsted.gov.uk by 5 September 2023.

Yours sincerely
"""


def test_a_joint_inspections_letter(typeset: Typeset) -> None:
    report = _read(typeset(JTAI))
    assert (report.framework, report.visit) == ("jtai", None)
    assert report.area is not None
    assert report.area.slug == "ashmere"
    assert report.fictional
    assert (report.start, report.end) == (dt.date(2023, 3, 6), dt.date(2023, 3, 10))
    assert (report.published, report.published_source) == (dt.date(2023, 5, 24), "printed")
    assert report.inspectorates == ("Ofsted", "CQC", "HMICFRS")
    assert report.theme == "identification of initial need and risk"
    assert [one.name for one in report.addressees] == ["Ada Quill", "Bashir Noor", "Dee O'Shea"]
    assert report.addressees[2].organisation == "NHS Ashmere and Kelder Integrated Care Board"
    assert [item.text for item in report.priority_actions] == [
        "Health leaders should make sure that every child who goes to hospital is asked about their safety."
    ]
    assert [item.text for item in report.improvements] == [
        "The timeliness of the police response.",
        "The sharing of minutes by the local authority.",
    ]
    assert [item.text for item in report.strengths] == ["Social workers know children well."]
    assert "Main findings" in {item.section for item in report.findings}
    assert report.statement is not None
    assert report.statement.principal_authority == "Ashmere Council"
    assert report.statement.due == dt.date(2023, 9, 5)
    assert report.problems == ()


def test_every_item_knows_its_page_and_place(typeset: Typeset) -> None:
    report = _read(typeset(JTAI))
    for item in (*report.priority_actions, *report.improvements, *report.strengths, *report.findings):
        assert item.boxes
        assert item.boxes[0].page == item.page
        for box in item.boxes:
            assert 0 < box.left < box.right < 595
            assert 0 < box.bottom < box.top < 842


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("families in Ashmere who need help.", "families who need help"),
        ("families in the Borough of Ashmere, Fenwold.", "families"),
        ("families who need help.", "families who need help"),
    ],
)
def test_a_joint_inspections_theme_is_told_wherever_the_sentence_names_the_area(
    typeset: Typeset, words: str, theme: str
) -> None:
    report = _read(typeset(JTAI.replace("identification of initial need and risk in Ashmere.", words)))
    assert report.theme == theme


def test_what_stands_in_brackets_behind_the_principal_authority_is_no_part_of_its_name(typeset: Typeset) -> None:
    name = "Ashmere Council is"
    long = f"the chair of Ashmere Partnership (on behalf of its members,\n{'each of them by name, ' * 14}\n) is"
    statement = _read(typeset(JTAI.replace(name, long))).statement
    assert statement is not None
    assert statement.principal_authority == "chair of Ashmere Partnership"


@pytest.mark.parametrize(
    "words",
    [
        "no later than 5 September 2023",
        "on or before Tuesday, 5th September 2023",
        "by 5pm on Tuesday 5 September 2023",
        "by 05.09.2023",
        "not later than close of business on 5 September 2023",
    ],
)
def test_the_day_by_which_the_statement_is_due_is_told_in_many_ways(typeset: Typeset, words: str) -> None:
    statement = _read(typeset(JTAI.replace("by 5 September 2023", words))).statement
    assert statement is not None
    assert statement.due == dt.date(2023, 9, 5)


@pytest.mark.parametrize(
    "words",
    [
        "Ashmere Council has been identified as the principal authority and should prepare",
        "The principal authority is Ashmere Council, which should prepare",
        "Ashmere Council must now produce",
    ],
)
def test_the_principal_authority_is_named_in_many_ways(typeset: Typeset, words: str) -> None:
    text = JTAI.replace("We have determined that Ashmere Council is the principal authority and should prepare", words)
    statement = _read(typeset(text)).statement
    assert statement is not None
    assert statement.principal_authority == "Ashmere Council"


@pytest.mark.parametrize("duty", ["is required to prepare", "is to be agreed and should prepare", "should prepare"])
def test_what_the_principal_authority_is_to_do_is_not_its_name(typeset: Typeset, duty: str) -> None:
    words = f"The principal authority {duty}"
    text = JTAI.replace("We have determined that Ashmere Council is the principal authority and should prepare", words)
    statement = _read(typeset(text)).statement
    assert statement is not None
    assert statement.principal_authority is None


def test_the_statement_is_told_under_whatever_heading_it_stands(typeset: Typeset) -> None:
    statement = _read(typeset(JTAI.replace("# Next steps", "# Responding to this letter"))).statement
    assert statement is not None
    assert (statement.principal_authority, statement.due) == ("Ashmere Council", dt.date(2023, 9, 5))


@pytest.mark.parametrize(
    "title",
    [
        "Joint targeted area inspection (JTAI) of Ashmere",
        "Joint targeted area inspection: Ashmere",
        "Joint targeted area inspection of Ashmere’s services",
        "Joint targeted area inspection of the local safeguarding partnership",
    ],
)
def test_a_joint_inspections_area_is_told_from_its_title_or_else_from_the_letter(typeset: Typeset, title: str) -> None:
    report = _read(typeset(JTAI.replace("Joint targeted area inspection of Ashmere", title)))
    assert report.framework == "jtai"
    assert report.area is not None
    assert report.area.slug == "ashmere"


def test_a_letters_day_may_stand_below_those_whom_it_is_addressed_to(typeset: Typeset) -> None:
    above, _, rest = JTAI.removeprefix("\n24 May 2023\n").partition("Dear")
    report = _read(typeset(f"{above}\n24 May 2023\n\nDear{rest}"))
    assert report.published == dt.date(2023, 5, 24)
    assert [one.name for one in report.addressees] == ["Ada Quill", "Bashir Noor", "Dee O'Shea"]


def test_a_letter_may_have_a_cover(typeset: Typeset) -> None:
    cover = "# Joint targeted area inspection of Ashmere\n\n6 to 10 March 2023\n---"
    bare, covered = _read(typeset(JTAI)), _read(typeset(cover + JTAI))
    assert covered.published == bare.published
    assert covered.addressees == bare.addressees
    assert [item.text for item in covered.improvements] == [item.text for item in bare.improvements]


def test_people_listed_with_bullets_are_addressees_and_no_findings(typeset: Typeset) -> None:
    bare, listed = _read(typeset(JTAI)), _read(typeset(JTAI.replace("Ada Quill", "* Ada Quill", 1)))
    assert listed.addressees == bare.addressees
    assert [item.text for item in listed.findings] == [item.text for item in bare.findings]


ILACS = """
# Inspection of Kelderby local authority children's services

Inspection dates: 3 to {end} {month} {year}

Lead inspector: Maud Finch, His Majesty's Inspector

# Judgement Grade

The impact of leaders on {practice} with children and families
Good
The experiences and progress of children who need help and protection
Requires improvement to be good
{care}
{overall}

Services for children in Kelderby have got better since the last inspection, because leaders
listened to children and to those who work with them, and changed what did not work well. At
the last inspection in 2017 the overall effectiveness of services was judged inadequate.
---
# What needs to improve?

* The quality of plans for children in need.

# The experiences and progress of children who need help and protection: requires improvement to be good

1. Children wait too long for an assessment in some parts of Kelderby.

2. Strategy discussions are timely and most agencies attend them.
"""
FOUR = "The experiences and progress of children in care and care leavers\nGood"
FIVE = (
    "The experiences and progress of children in care\nGood\nThe experiences and progress of care leavers\nOutstanding"
)


def _ilacs(year: int, end: int = 14, month: str = "June", care: str = FIVE, overall: str = "", words: str = "") -> str:
    return ILACS.format(year=year, end=end, month=month, care=care, overall=overall, practice=words)


IMPRINT = """
The Office for Standards in Education, Children's Services and Skills (Ofsted) regulates and inspects many
services, and says here on the last page of each report what they are.

Whoever wants this report in large print or in Braille is told here whom to telephone.

# Kelderby House, 1 Kelderby Street
"""


def test_the_publishers_notes_at_the_end_are_no_findings(typeset: Typeset) -> None:
    report = _ilacs(2024)
    assert _read(typeset(report + IMPRINT)).findings == _read(typeset(report)).findings


@pytest.mark.parametrize(
    "note",
    [
        "If you would like a copy of this document in a different format, ring the number below on any day.",
        "You may reuse this information (not including logos) free of charge in any format that you like.",
        "This publication is available at the address that stands on the cover of the printed report.",
        "Interested in our work? You can have news of it every month by giving us your address.",
    ],
)
def test_each_of_the_publishers_notes_ends_what_was_found(typeset: Typeset, note: str) -> None:
    report = _ilacs(2024)
    ended = f"{report}\n{note}\n\nWhat stands below a note of the publisher is the publisher's, too.\n"
    assert _read(typeset(ended)).findings == _read(typeset(report)).findings


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("What the inspection judgements mean", "aside"),
        ("What the inspection judgments mean: the LSCB", "aside"),
        ("The LSCB", "aside"),
        ("The effectiveness of the LSCB is good", "chapter"),
        ("The Local Safeguarding Children Board (LSCB): requires improvement", "chapter"),
    ],
)
def test_what_grades_mean_is_no_finding_and_a_chapter_on_the_board_is(heading: str, role: str) -> None:
    assert role_of_words(heading, "report") == role


def test_nor_are_those_behind_the_title(typeset: Typeset) -> None:
    notes = "Website: www.ashmere.example This document may be reproduced in whole or in part by anybody.\n"
    report = _ilacs(2024)
    assert notes.strip() not in [item.text for item in _read(typeset(notes + report)).findings]
    assert _read(typeset(notes + report)).improvements == _read(typeset(report)).improvements


@pytest.mark.parametrize(
    ("text", "grades", "visit"),
    [
        (
            _ilacs(2019, care=FOUR, overall="Overall effectiveness Good", words="social work practice"),
            {"overall": "good", "leaders": "good", "help_and_protection": "requires_improvement", "in_care": "good"},
            "standard",
        ),
        (
            _ilacs(2024, end=7, overall="Overall effectiveness Good", words="social work practice"),
            {
                "overall": "good",
                "leaders": "good",
                "help_and_protection": "requires_improvement",
                "in_care": "good",
                "care_leavers": "outstanding",
            },
            "short",
        ),
        (
            _ilacs(2026, words="practice"),
            {
                "leaders": "good",
                "help_and_protection": "requires_improvement",
                "in_care": "good",
                "care_leavers": "outstanding",
            },
            "standard",
        ),
    ],
)
def test_the_judgements_of_ilacs_by_the_day_of_the_inspection(
    typeset: Typeset, text: str, grades: dict[str, str], visit: str
) -> None:
    report = _read(typeset(text))
    assert (report.framework, report.visit) == ("ilacs", visit)
    assert report.area is not None
    assert report.area.slug == "kelderby"
    assert {one.key: one.grade for one in report.judgements} == grades
    assert {one.page for one in report.judgements} == {1}
    assert report.lead_inspector == "Maud Finch"
    assert [item.text for item in report.improvements] == ["The quality of plans for children in need."]
    assert {item.number for item in report.findings if item.page == 2} >= {"1", "2"}


def test_a_hyphen_within_a_judgements_name_or_a_grade_changes_nothing(typeset: Typeset) -> None:
    text = _ilacs(2024, overall="Overall effectiveness Good", words="social work practice")
    hyphened = text.replace("progress of care leavers", "progress of care-leavers").replace(
        "Requires improvement to be good", "Requires-improvement to-be-good"
    )
    assert {one.key: one.grade for one in _read(typeset(hyphened)).judgements} == {
        one.key: one.grade for one in _read(typeset(text)).judgements
    }


def test_the_day_a_file_was_made_stands_for_a_day_of_publication_that_is_not_printed(typeset: Typeset) -> None:
    report = _read(typeset(_ilacs(2024, overall="Overall effectiveness Good", words="practice"), info="20240719101500"))
    assert (report.published, report.published_source) == (dt.date(2024, 7, 19), "file")
    assert any("not printed" in problem.what for problem in report.problems)


def test_a_file_made_long_after_is_no_witness_of_the_day_of_publication(typeset: Typeset) -> None:
    report = _read(typeset(_ilacs(2024, overall="Overall effectiveness Good", words="practice"), info="20260101101500"))
    assert report.published is None
    assert any("publication" in problem.what for problem in report.problems)


def test_a_cover_without_words_before_the_title_page_changes_nothing(typeset: Typeset) -> None:
    text = _ilacs(2024, words="practice")
    bare, covered = _read(typeset(text)), _read(typeset(f"---\n{text}"))
    assert covered.area == bare.area
    assert (covered.start, covered.end) == (bare.start, bare.end)
    assert {one.key: one.grade for one in covered.judgements} == {one.key: one.grade for one in bare.judgements}
    assert [item.text for item in covered.findings] == [item.text for item in bare.findings]


def test_chapters_begin_on_the_first_page_too_where_two_are_printed_on_one(typeset: Typeset) -> None:
    report = _read(typeset(_ilacs(2024, words="practice").replace("---\n", "")))
    assert [item.text for item in report.improvements] == ["The quality of plans for children in need."]
    assert {item.number for item in report.findings} >= {"1", "2"}


SIF = """
Brackenshire County Council

# Inspection of services for children in need of help and
# protection, children looked after and care leavers

# Inspection date: 2 June 2014 to 25 June 2014
# Report published: 8 August 2014

# {sentence}

# 1. Children who need help and protection Requires improvement
# 2. Children looked after and achieving permanence Good
2.1 Adoption performance Outstanding
2.2 Experiences and progress of care leavers Inadequate
# 3. Leadership, management and governance Requires improvement
---
# Recommendations

1. Make sure that plans for children are clear and that
   families know what they say.

2. Ask children what they think of their plans.

# Priority and immediate action

The inspection did not find any areas for priority and immediate action.

# The Local Safeguarding Children Board (LSCB) is good

The board asks hard questions of all its partners, and they answer them in good time.

# Information about this inspection

Lead inspector: Maud Finch
"""


@pytest.mark.parametrize(
    ("sentence", "overall"),
    [
        ("Children's services in Brackenshire require improvement", "requires_improvement"),
        ("Children's services in Brackenshire are inadequate", "inadequate"),
        ("The overall judgement is that children's services are good", "good"),
        ("The overall judgement is requires improvement", "requires_improvement"),
        ("The overall judgement is requires-improvement", "requires_improvement"),
        ("Overall – judgement: requires – improvement", "requires_improvement"),
        ("Children's services in Brackenshire County are outstanding", "outstanding"),
    ],
)
def test_a_single_inspection_framework_report(typeset: Typeset, sentence: str, overall: str) -> None:
    report = _read(typeset(SIF.format(sentence=sentence)))
    assert {one.key: one.grade for one in report.judgements} == {
        "overall": overall,
        "help_and_protection": "requires_improvement",
        "looked_after": "good",
        "adoption": "outstanding",
        "care_leavers": "inadequate",
        "leadership": "requires_improvement",
        "lscb": "good",
    }
    assert (report.start, report.end, report.published) == (
        dt.date(2014, 6, 2),
        dt.date(2014, 6, 25),
        dt.date(2014, 8, 8),
    )
    assert [item.number for item in report.improvements] == ["1", "2"]
    assert report.priority_actions == ()


@pytest.mark.parametrize(
    ("printed", "key", "grade"),
    [
        ("The LSCB is outstanding", "lscb", "outstanding"),
        ("Brackenshire Safeguarding Children Board (BSCB) is outstanding", "lscb", "outstanding"),
        ("The Local Safeguarding Children’s Board is outstanding", "lscb", "outstanding"),
        ("1. Children who need help & protection Good", "help_and_protection", "good"),
        ("2. Looked after children & achieving permanence Inadequate", "looked_after", "inadequate"),
        ("2.2 The experience and progress of care leavers Good", "care_leavers", "good"),
        ("2.2 Care leavers Good", "care_leavers", "good"),
        ("The graded judgment for adoption performance is that it is good", "adoption", "good"),
    ],
)
def test_a_judgements_name_is_printed_in_many_ways(typeset: Typeset, printed: str, key: str, grade: str) -> None:
    text = SIF.format(sentence=f"The overall judgement is good\n\n# {printed}")
    assert {one.key: one.grade for one in _read(typeset(text)).judgements}[key] == grade


@pytest.mark.parametrize(
    "told",
    ["This is told of care leavers. Good work was seen.", "Care leavers in St. Ashmere are few. Good work was seen."],
)
def test_a_grade_does_not_stand_in_the_next_sentence(typeset: Typeset, told: str) -> None:
    report = _read(typeset(SIF.format(sentence=f"The overall judgement is requires improvement\n\n{told}")))
    assert {one.key: one.grade for one in report.judgements}["care_leavers"] == "inadequate"


def test_the_point_in_a_places_name_ends_no_sentence(typeset: Typeset) -> None:
    report = _read(typeset(SIF.format(sentence="Children’s services in St. Ashmere are good")))
    assert {one.key: one.grade for one in report.judgements}["overall"] == "good"


@pytest.mark.parametrize("words", ["Publication date: 8 August 2014", "Date of publication: 8 August 2014"])
def test_the_day_of_publication_is_told_in_many_ways(typeset: Typeset, words: str) -> None:
    text = SIF.format(sentence="The overall judgement is good").replace("Report published: 8 August 2014", words)
    assert _read(typeset(text)).published == dt.date(2014, 8, 8)


VISIT = """
12 July 2022

Mrs Ada Quill
Director of Children's Services
Port Rowan Council

Dear Mrs Quill

# {title} Port Rowan children's services

This letter summarises the findings of the {kind} to Port Rowan children's services
on 14 and 15 June 2022. His Majesty's Inspectors for this visit were Maud Finch and Theo Ash.

Inspectors looked at the local authority's arrangements for the front door.

# Headline findings

Since the last inspection leaders have put enough people at the front door for children to be safe.

# What needs to improve in this area of social work practice?

* The quality of recording.
"""


@pytest.mark.parametrize(
    ("title", "kind", "visit"),
    [
        ("Focused visit to", "focused visit", "focused"),
        ("Monitoring visit to", "monitoring visit", "monitoring"),
    ],
)
def test_letters_of_visits(typeset: Typeset, title: str, kind: str, visit: str) -> None:
    report = _read(typeset(VISIT.format(title=title, kind=kind)))
    assert (report.framework, report.visit) == ("ilacs", visit)
    assert report.area is not None
    assert report.area.slug == "port-rowan"
    assert (report.start, report.end) == (dt.date(2022, 6, 14), dt.date(2022, 6, 15))
    assert report.published == dt.date(2022, 7, 12)
    assert report.theme == "the front door"
    assert [one.name for one in report.addressees] == ["Mrs Ada Quill"]
    assert [item.text for item in report.improvements] == ["The quality of recording."]
    assert report.judgements == ()


@pytest.mark.parametrize(
    "title",
    ["Focused visit", "Focused visit to children’s services", "Focused visit to Port Rowan’s children’s services"],
)
def test_a_visits_council_is_told_from_its_title_or_else_from_the_address(typeset: Typeset, title: str) -> None:
    head = "Store Street, Manchester\n\n"  # the publisher's own
    text = VISIT.format(title="Focused visit to", kind="focused visit")
    text = text.replace("Focused visit to Port Rowan children's services", title).replace(
        "to Port Rowan children", "to the children"
    )
    report = _read(typeset(head + text))
    assert report.area is not None
    assert report.area.slug == "port-rowan"


@pytest.mark.parametrize(
    ("council", "door"), [("Port Rowan Council", "the front door"), ("The council", "the front door of Port Rowan")]
)
def test_a_visits_council_is_never_told_from_the_publishers_own_address(
    typeset: Typeset, council: str, door: str
) -> None:
    text = VISIT.format(title="Focused visit to", kind="focused visit").replace("Mrs Ada Quill\n", "")
    text = text.replace("Port Rowan children's services", "children's services")
    text = text.replace("Port Rowan Council", council).replace("the front door", door)
    report = _read(typeset(f"Store Street\nManchester\n\n{text}"))
    assert report.area is not None
    assert report.area.slug == "port-rowan"


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("Inspectors reviewed the progress made in fostering, with a particular focus on visits.", "fostering"),
        ("Inspectors reviewed the progress made in the following areas:", None),
    ],
)
def test_what_a_visit_looked_at(typeset: Typeset, words: str, theme: str | None) -> None:
    text = VISIT.format(title="Monitoring visit to", kind="monitoring visit")
    text = text.replace("Inspectors looked at the local authority's arrangements for the front door.", words)
    assert _read(typeset(text)).theme == theme


def test_strengths_told_in_paragraphs_are_strengths(typeset: Typeset) -> None:
    text = VISIT.format(title="Focused visit to", kind="focused visit")
    strength = "Social workers know the children well and write down what they say."
    report = _read(typeset(text.replace("# What needs", f"# Areas of strength\n\n{strength}\n\n# What needs")))
    assert [item.text for item in report.strengths] == [strength]


MONITORING = """
8 December 2016

Mr Bashir Noor
Director of Children's Services
Kelderby Council

Dear Bashir

# Monitoring visit of Kelderby local authority children's services

This letter summarises the findings of the monitoring visit to Kelderby children's services
on 8 and 9 November 2016. The inspectors were Maud Finch HMI and Theo Ash HMI.

# Areas covered by the visit

Inspectors reviewed the progress made in the area of fostering, with a particular focus on:

* how foster carers are found and how well they are trained.

# Overview

Leaders have made steady progress since the first visit but too many children still wait.

# Findings and evaluation of progress

Foster carers are found sooner than they were and are trained before a child comes to them.

I am copying this letter to the ministry that looks after councils such as Kelderby.

Yours sincerely
"""


def test_an_older_letter_of_a_monitoring_visit(typeset: Typeset) -> None:
    report = _read(typeset(MONITORING))
    assert (report.framework, report.visit) == ("sif", "monitoring")
    assert (report.start, report.end) == (dt.date(2016, 11, 8), dt.date(2016, 11, 9))
    assert report.lead_inspector == "Maud Finch"
    assert report.theme == "fostering"
    assert [(item.section, item.text) for item in report.findings] == [
        ("Overview", "Leaders have made steady progress since the first visit but too many children still wait."),
        (
            "Findings and evaluation of progress",
            "Foster carers are found sooner than they were and are trained before a child comes to them.",
        ),
    ]


SEND = """
# Area SEND inspection of Ashmere Local Area Partnership

Inspection dates: 18 to 22 November 2024

# Inspection outcome

{outcome}

# What is it like to be a child or young person with SEND in this area?

Children and young people wait longer than they should, and families say so plainly.

# What is the area partnership doing that is effective?

* The partnership listens to young people.

# What does the area partnership need to do better?

* Waiting times for speech and language therapy are too long for many children.

# Areas for improvement

The local area partnership should shorten waiting times.

Leaders across the partnership should plan together for adulthood.

# Local area partnership details
"""


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("arrangements typically lead to positive experiences and outcomes for children", "positive"),
        ("arrangements lead to inconsistent experiences and outcomes for children", "inconsistent"),
        ("There are widespread and/or systemic failings leading to significant concerns", "systemic"),
    ],
)
def test_an_area_send_report_has_one_of_three_outcomes(typeset: Typeset, sentence: str, key: str) -> None:
    report = _read(typeset(SEND.format(outcome=f"The local area partnership's {sentence}.")))
    assert report.framework == "area-send"
    assert report.outcome is not None
    assert report.outcome.key == key
    assert [item.text for item in report.improvements] == [
        "The local area partnership should shorten waiting times.",
        "Leaders across the partnership should plan together for adulthood.",
    ]
    assert [item.text for item in report.strengths] == ["The partnership listens to young people."]
    assert any(item.section == "What does the area partnership need to do better?" for item in report.findings)


@pytest.mark.parametrize(
    "team",
    [
        "Maud Finch HMI, Lead inspector",
        "Maud Finch, His Majesty’s Inspector, lead inspector",
        "Maud Finch, Ofsted Lead HMI",
        "Lead inspector: Maud Finch HMI",
    ],
)
def test_the_lead_inspectors_name_is_told_without_the_title(typeset: Typeset, team: str) -> None:
    text = SEND.format(outcome="Arrangements lead to inconsistent experiences and outcomes.")
    assert _read(typeset(f"{text}\n# Inspection team\n\n{team}\n")).lead_inspector == "Maud Finch"


def test_the_printed_number_of_a_row_is_its_number_and_no_word_of_it(typeset: Typeset) -> None:
    numbered = SEND.replace("The local area partnership should", "1. The local area partnership should")
    numbered = numbered.replace("Leaders across", "2. Leaders across")
    report = _read(typeset(numbered.format(outcome="Arrangements lead to inconsistent experiences and outcomes.")))
    assert [(item.number, item.text) for item in report.improvements] == [
        ("1", "The local area partnership should shorten waiting times."),
        ("2", "Leaders across the partnership should plan together for adulthood."),
    ]


def test_the_table_of_priority_actions_is_read_row_by_row(make_pdf: Callable[..., bytes]) -> None:
    def row(top: float, left: list[str], right: list[str]) -> list[tuple[float, float, float, bool, str]]:
        cells = [(62.0, top - 14.5 * number, 12.0, False, text) for number, text in enumerate(left)]
        return cells + [(224.0, top - 14.5 * number, 12.0, False, text) for number, text in enumerate(right)]

    first = [
        (57.0, 780.0, 14.0, True, "Area SEND inspection of Ashmere Local Area Partnership"),
        (57.0, 750.0, 12.0, True, "Inspection dates: 18 to 22 November 2024"),
        (57.0, 700.0, 14.0, True, "Areas for priority action"),
        (62.0, 670.0, 12.0, True, "Responsible body"),
        (224.0, 670.0, 12.0, True, "Areas for priority action"),
        *row(
            650, ["Ashmere Council and NHS", "Ashmere and Kelder ICB"], ["Leaders should agree who", "pays for what."]
        ),
        *row(590, ["Ashmere Council"], ["The council should answer", "every parent's letter."]),
        (57.0, 500.0, 14.0, True, "Areas for improvement"),
        (62.0, 470.0, 12.0, False, "Leaders should write a plan."),
    ]
    report = _read(make_pdf([first]))
    assert [(item.responsible, item.text) for item in report.priority_actions] == [
        (("Ashmere Council", "NHS Ashmere and Kelder ICB"), "Leaders should agree who pays for what."),
        (("Ashmere Council",), "The council should answer every parent's letter."),
    ]


def _areas_for_improvement(
    make_pdf: Callable[..., bytes], rows: list[list[str]], *, gap: float, ruled: bool
) -> list[str]:
    """What is read of a table of one column whose rows stand `gap` points further apart than lines do."""
    title = [
        (57.0, 700.0, 14.0, True, "Area SEND inspection of Ashmere Local Area Partnership"),
        (57.0, 670.0, 12.0, True, "Inspection dates: 18 to 22 November 2024"),
    ]
    table = [(57.0, 760.0, 14.0, True, "Areas for improvement")]
    rules, height = [(57.0, 529.0, 750.0)], 735.0
    for row in rows:
        for text in row:
            table.append((62.0, height, 12.0, False, text))
            height -= 14.5
        rules.append((57.0, 529.0, height + 10.5))
        height -= gap
    drawn = [*rules, (57.0, 468.0, 39.0)] if ruled else []
    return [item.text for item in _read(make_pdf([title, table], rules=drawn)).improvements]


_ROWS = [
    ["Leaders should shorten waiting times for all the children and young people", "of Ashmere. They should say how."],
    ["Health leaders should see children sooner:", "\u2022 at the front door", "\u2022 and after school."],
    ["The partnership should plan for adulthood together."],
]


def test_rules_part_the_rows_of_a_table_that_no_wider_gap_parts(make_pdf: Callable[..., bytes]) -> None:
    assert _areas_for_improvement(make_pdf, _ROWS, gap=0.5, ruled=True) == [
        "Leaders should shorten waiting times for all the children and young people of Ashmere. They should say how.",
        "Health leaders should see children sooner: \u2022 at the front door \u2022 and after school.",
        "The partnership should plan for adulthood together.",
    ]


def test_a_wider_gap_within_a_ruled_row_parts_nothing(make_pdf: Callable[..., bytes]) -> None:
    (first, *_), _, last = _ROWS
    row = [first.replace(" and young people", "."), "", *last]
    assert len(_areas_for_improvement(make_pdf, [row], gap=0.5, ruled=True)) == 1
    assert len(_areas_for_improvement(make_pdf, [row], gap=0.5, ruled=False)) == 2


def test_the_contracts_shape(typeset: Typeset) -> None:
    printed = to_json(_read(typeset(JTAI)))
    assert printed["status"] == "read"
    assert printed["reason"] is None
    assert printed["inspection"] == {"start": "2023-03-06", "end": "2023-03-10"}
    assert printed["area"]["name"] == "Ashmere"
    assert set(printed) >= {
        "file", "sha256", "pages", "framework", "visit", "published", "lead_inspector", "inspectorates", "theme",
        "addressees", "judgements", "outcome", "priority_actions", "improvements", "strengths", "findings",
        "statement", "problems",
    }  # fmt: skip
    assert all({"text", "page", "agencies"} <= set(item) for item in printed["improvements"])


@pytest.mark.parametrize(
    "text",
    [
        "# Cabinet minutes\n\nThe cabinet spoke of the inspection of Ashmere children's services in May.",
        "# Joint targeted area inspections: guidance for inspectors\n\n# Recommendations\n\n* Write clearly.",
        "# Framework for the inspection of local authority children's services\n\nThis handbook tells how to inspect.",
        "Joint local area SEND inspection in Ashmere\n\nDear Ada\n\nBetween 5 and 9 March 2018 we came to Ashmere.",
    ],
)
def test_what_only_speaks_of_inspections_is_no_report(typeset: Typeset, text: str) -> None:
    answer = read_bytes(typeset(text, info="20260101101500"), "x.pdf")
    assert isinstance(answer, Refusal)
    assert "no inspection report" in answer.reason


def test_a_review_of_a_safeguarding_board_published_by_itself(typeset: Typeset) -> None:
    text = """
# Ashmere Safeguarding Children Board

# Review of the effectiveness of the Local Safeguarding Children Board

# Inspection date: 15 June 2015 to 17 June 2015
# Report published: 3 August 2015

# The Local Safeguarding Children Board requires improvement
"""
    report = _read(typeset(text))
    assert (report.framework, report.area and report.area.slug) == ("sif", "ashmere")
    assert [(one.key, one.grade) for one in report.judgements] == [("lscb", "requires_improvement")]


def test_a_monitoring_visit_before_2018_belongs_to_the_framework_that_it_followed(typeset: Typeset) -> None:
    text = VISIT.format(title="Monitoring visit to", kind="monitoring visit").replace("2022", "2017")
    assert _read(typeset(text)).framework == "sif"


def test_a_monitoring_inspection_of_an_area_send_partnership(typeset: Typeset) -> None:
    text = SEND.format(outcome="The partnership has taken effective action.").replace(
        "Area SEND", "Area SEND monitoring"
    )
    report = _read(typeset(text))
    assert (report.framework, report.visit) == ("area-send", "monitoring")
