"""The rules and figures that the files claim to have been observed, counted again in Ofsted's own files."""

import datetime as dt
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from joinedup.frameworks import (
    Framework,
    check_grades,
    framework_for,
    get_framework,
    grade_from_words,
    judgement_for_heading,
    normalise,
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


def test_what_came_after_each_grade_under_ilacs_is_as_the_files_note(shared_data: Path) -> None:
    book = CalamineWorkbook.from_path(shared_data / "official" / "LA_Inspection_Outcomes_as_at_31_March_2025.ods")
    runs: dict[str, list[tuple[dt.datetime, str, str]]] = {}
    for row in book.get_sheet_by_name("ILACS_inspection_history").to_python():
        if isinstance(row[5], dt.datetime):
            runs.setdefault(str(row[2]), []).append((row[5], str(row[7]).lower(), str(row[8])))
    framework = get_framework("ilacs-2023")
    kinds = {label: visit.key for visit in framework.visits for label in visit.labels}
    seen: Counter[tuple[str | None, str]] = Counter()
    for run in runs.values():
        run.sort()
        seen.update((grade_from_words(framework, earlier[2]), kinds[later[1]]) for earlier, later in pairwise(run))
    assert seen == {
        ("outstanding", "short"): 18,
        ("outstanding", "standard"): 1,
        ("good", "short"): 34,
        ("good", "standard"): 6,
        ("requires_improvement", "standard"): 41,
        ("inadequate", "standard"): 15,
    }


def test_each_joint_letter_falls_in_a_theme_by_its_date_and_words(shared_data: Path) -> None:
    letters = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(shared_data.glob("gold/jtai/*.json"))]
    assert len(letters) > 40
    for letter in letters:
        begin = dt.date.fromisoformat(letter["fieldwork_start"])
        framework = framework_for("jtai", begin)
        words = normalise(f"{letter['theme']} {letter['deep_dive'] or ''}".replace(f" in {letter['area']}", ""))
        month = begin.replace(day=1)
        themes = [
            theme
            for theme in framework.themes
            if theme.first <= month <= (theme.last or month)
            and any(phrase in words for phrase in (normalise(theme.title), *theme.phrases))
        ]
        assert len(themes) == 1, (letter["area"], words)
        always = {one.key for one in framework.inspectorates if one.joins == "always"}
        expected = always | set(themes[0].inspectorates)
        named = {name.lower().replace(" ", "_") for name in letter["inspectorates"]}
        # The first inspection after the pandemic's pause was a special one, with probation at the front door.
        assert named == expected or (letter["area"], named - expected) == ("Solihull", {"hmi_probation"})
