"""The rules and figures that the files claim to have been observed, counted again in Ofsted's own files."""

import datetime as dt
from collections import Counter

import pytest

from joinedup.frameworks import (
    Framework,
    check_grades,
    framework_for,
    get_framework,
    grade_from_words,
    judgement_for_heading,
)
from joinedup.frameworks.rules import applies, holds

pytestmark = pytest.mark.corpus
Grades = dict[str, str]


def tally(framework: Framework, inspections: list[Grades], visit: str | None = None) -> None:
    """Each rule's evidence for that kind of visit is what these inspections show."""
    rank = {grade.key: place for place, grade in enumerate(framework.grades)}
    for rule in framework.rules:
        for evidence in (one for one in rule.evidence if one.visit == visit):
            tried = [grades for grades in inspections if applies(rule, grades, rank)]
            kept = [grades for grades in tried if holds(rule, grades, rank)]
            assert (len(tried), len(kept)) == (evidence.applies, evidence.held), rule.key


def graded(framework: Framework, row: dict[str, object], prefix: str) -> Grades:
    """The grades in the columns of the wide sheet whose titles begin with `prefix`, found by the titles themselves."""
    found = {}
    for title, cell in row.items():
        judgement = judgement_for_heading(framework, title) if title.startswith(prefix) else None
        grade = grade_from_words(framework, str(cell)) if judgement else None
        if judgement and grade:
            found[judgement.key] = grade
    return found


def test_rules_of_single_inspections_held_as_often_as_the_file_says(history_2009_2023: list[dict[str, object]]) -> None:
    sif = get_framework("sif-2013")
    first = [grades for row in history_2009_2023 if (grades := graded(sif, row, "First SIF"))]
    again = [grades for row in history_2009_2023 if (grades := graded(sif, row, "SIF Re-inspection"))]
    assert (len(first), len(again)) == (152, 21)
    tally(sif, first)
    tally(sif, again, "reinspection")
    assert all(not check_grades(sif, grades) for grades in [*first, *again])


def test_an_inadequate_sub_judgement_alone_left_overall_at_requires_improvement(
    history_2009_2023: list[dict[str, object]],
) -> None:
    sif = get_framework("sif-2013")
    first = [graded(sif, row, "First SIF") for row in history_2009_2023]
    for key, times in (("adoption", 1), ("care_leavers", 5)):
        spared = [one for one in first if one.get(key) == "inadequate" and one["overall"] != "inadequate"]
        assert [one["overall"] for one in spared] == ["requires_improvement"] * times


def test_counts_of_the_older_frameworks(history_2009_2023: list[dict[str, object]]) -> None:
    def count(id_: str, title: str) -> Counter[str | None]:
        framework = get_framework(id_)
        assert judgement_for_heading(framework, title) is not None
        cells = Counter(grade_from_words(framework, str(row[title])) for row in history_2009_2023)
        del cells[None]
        return cells

    assert count("slac-2009", "SLAC Safeguarding Overall effectiveness (OE)") == {
        "outstanding": 5,
        "good": 57,
        "requires_improvement": 66,
        "inadequate": 24,
    }
    assert count("cpi-2012", "CPI Overall Effectiveness (OE)") == {
        "good": 4,
        "requires_improvement": 29,
        "inadequate": 17,
    }
    assert count("tlac-2013", "TLAC Overall Effectiveness (OE)") == {"requires_improvement": 1, "inadequate": 4}
    assert count("sif-2013", "LSCB Overall Effectiveness") == {
        "outstanding": 7,
        "good": 53,
        "requires_improvement": 67,
        "inadequate": 25,
    }


@pytest.mark.parametrize("id_", ["ilacs-2018", "ilacs-2023"])
def test_rules_of_ilacs_held_as_often_as_the_file_says(id_: str, history_ilacs: list[tuple[dt.date, Grades]]) -> None:
    framework = get_framework(id_)
    inspections = [grades for begin, grades in history_ilacs if framework_for("ilacs", begin) is framework]
    tally(framework, inspections)
    assert all(not check_grades(framework, grades) for grades in inspections)


def test_every_ilacs_inspection_has_exactly_the_judgements_of_its_version(
    history_ilacs: list[tuple[dt.date, Grades]],
) -> None:
    assert len(history_ilacs) == 271
    for begin, grades in history_ilacs:
        expected = {judgement.key for judgement in framework_for("ilacs", begin).judgements}
        assert set(grades) == expected


def test_leaders_alone_inadequate_gave_requires_improvement_four_times_in_five(
    history_ilacs: list[tuple[dt.date, Grades]],
) -> None:
    alone = [
        grades["overall"]
        for _, grades in history_ilacs
        if [key for key, grade in grades.items() if grade == "inadequate" and key != "overall"] == ["leaders"]
    ]
    assert Counter(alone) == {"requires_improvement": 4, "inadequate": 1}
