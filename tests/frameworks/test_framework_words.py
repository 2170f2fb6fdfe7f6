"""Printed headings and grades are recognised in the forms in which reports and official files print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.frameworks import (
    Framework,
    frameworks,
    get_framework,
    grade_from_words,
    judgement_for_heading,
    normalise,
    outcome_from_words,
)


@pytest.mark.parametrize("one", frameworks(), ids=lambda one: one.id)
def test_every_judgement_is_found_by_its_own_title_and_by_each_heading(one: Framework) -> None:
    for judgement in one.judgements:
        for form in (judgement.title, judgement.title.upper(), f"2.1 {judgement.title}:", *judgement.headings):
            assert judgement_for_heading(one, form) is judgement


@pytest.mark.parametrize(
    ("id_", "heading", "key"),
    [
        ("sif-2013", "2.1 Adoption performance", "adoption"),
        ("sif-2013", "3. Leadership, management and governance", "leadership"),
        (
            "sif-2013",
            "Key judgement: The experiences and progress of children looked after and achieving permanence",
            "looked_after",
        ),
        ("sif-2013", "The graded judgement for adoption performance is that it is", "adoption"),
        ("sif-2013", "The graded judgment for the experiences and progress of care leavers is that it", "care_leavers"),
        ("sif-2013", "The effectiveness of the Local Safeguarding Children Board (LSCB) is", "lscb"),
        ("sif-2013", "The overall judgement is that children’s services are", "overall"),
        ("sif-2013", "First SIF CLA Sub: Adoption Performance", "adoption"),
        ("ilacs-2018", "The experiences and progress of children in care and care\n leavers", "in_care"),
        ("ilacs-2018", "The impact of leaders on social work practice with children and families is", "leaders"),
        ("ilacs-2023", "The experiences and progress of children care leavers", "care_leavers"),
        ("ilacs-2026", "The impact of leaders on practice with children and families", "leaders"),
        ("ilacs-2026", "The impact of leaders on social work practice with children and families", "leaders"),
        ("slac-2009", "SLAC Safeguarding Overall effectiveness (OE)", "overall"),
        ("slac-2009", "SLAC Looked After Children Overall Effectiveness (OE)", "looked_after"),
        ("tlac-2013", "Overall effectiveness of services for looked after children and young people", "overall"),
    ],
)
def test_headings_as_printed(id_: str, heading: str, key: str) -> None:
    found = judgement_for_heading(get_framework(id_), heading)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("id_", "heading"),
    [
        ("ilacs-2026", "Overall effectiveness"),
        ("ilacs-2018", "The experiences and progress of care leavers"),
        ("sif-2013", "Executive summary"),
        ("sif-2013", "The last inspection of services for children looked after"),
        ("jtai-2022", "Headline findings"),
        ("sif-2013", ""),
    ],
)
def test_what_is_no_judgement_of_the_framework_is_none(id_: str, heading: str) -> None:
    assert judgement_for_heading(get_framework(id_), heading) is None


@pytest.mark.parametrize(
    ("id_", "words", "grade"),
    [
        ("ilacs-2023", "Requires improvement to be good", "requires_improvement"),
        ("ilacs-2023", "requires improvement", "requires_improvement"),
        ("ilacs-2023", " Good. ", "good"),
        ("ilacs-2023", "is inadequate", "inadequate"),
        ("ilacs-2023", "are Outstanding", "outstanding"),
        ("sif-2013", "require improvement to be good", "requires_improvement"),
        ("sif-2013", "is that it requires improvement", "requires_improvement"),
        ("sif-2013", "Requires \n improvement", "requires_improvement"),
        ("slac-2009", "Adequate", "requires_improvement"),
        ("slac-2009", "Grade 3 (Adequate)", "requires_improvement"),
        ("tlac-2013", "Inadequate Grade 4", "inadequate"),
        ("slac-2009", "Requires improvement to be good", "requires_improvement"),
        ("sif-2013", "Adequate", None),
        ("ilacs-2018", "adequate", None),
        ("ilacs-2018", "not judged", None),
        ("ilacs-2018", "-", None),
        ("ilacs-2018", "good enough", None),
        ("jtai-2022", "Good", None),
    ],
)
def test_grades_as_printed(id_: str, words: str, grade: str | None) -> None:
    assert grade_from_words(get_framework(id_), words) == grade


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("These arrangements typically lead to positive experiences and\n outcomes for children", "positive"),
        ("The local area partnership’s arrangements lead to inconsistent experiences and outcomes", "inconsistent"),
        ("There are widespread and/or systemic failings leading to significant concerns", "systemic"),
    ],
)
def test_outcomes_are_told_from_the_sentence_that_states_them(words: str, key: str) -> None:
    found = outcome_from_words(get_framework("area-send-2023"), words)
    assert found is not None
    assert found.key == key


def test_the_first_outcome_in_a_passage_counts() -> None:
    passage = "They lead to inconsistent experiences and outcomes. Few see widespread and/or systemic failings."
    found = outcome_from_words(get_framework("area-send-2023"), passage)
    assert found is not None
    assert found.key == "inconsistent"
    assert outcome_from_words(get_framework("area-send-2023"), "Children achieve well.") is None


@given(st.text())
def test_what_is_normalised_has_no_capitals_and_no_stray_spaces(text: str) -> None:
    once = normalise(text)
    assert once == once.strip()
    assert "  " not in once
    assert once == once.lower()


@given(st.sampled_from(frameworks()), st.text(max_size=60))
def test_any_text_is_answered_with_a_judgement_or_none(one: Framework, text: str) -> None:
    found = judgement_for_heading(one, text)
    assert found is None or found in one.judgements
    grade = grade_from_words(one, text)
    assert grade is None or grade in {known.key for known in one.grades}
