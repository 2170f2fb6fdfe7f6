"""The smaller files: a list of inspections, statistical neighbours, youth justice ratings, a look-up of codes."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from joinedup.statistics import LayoutChangedError, load, recognise

Make = Callable[..., Path]
LIST = [
    "urn",
    "la_code",
    "local_authority",
    "inspection_type",
    "inspection_start",
    "inspection_end",
    "publication_date",
    "overall_effectiveness",
    "impact_of_leaders",
    "help_and_protection",
    "children_in_care",
    "care_leavers",
]
BEFORE = ["80426", "370", "barnsley", "short", "2026-02-02", "2026-02-06", "2026-03-20", *["Good"] * 5]
AFTER = ["80426", "370", "barnsley", "standard", "2026-05-11", "2026-05-22", "2026-07-01", "", *["Outstanding"] * 4]


def test_a_list_of_inspections_keeps_a_blank_overall_grade_absent(make_csv: Make) -> None:
    path = make_csv([LIST, BEFORE, AFTER])
    assert recognise(path) == "inspections-list"
    loaded = load(path)
    assert loaded.as_at == dt.date(2026, 7, 1)
    graded, ungraded = loaded.inspections
    assert (graded.area, graded.visit, graded.start, graded.end) == (
        "barnsley",
        "short",
        dt.date(2026, 2, 2),
        dt.date(2026, 2, 6),
    )
    assert (graded.grades or {})["overall"] == "good"
    assert ungraded.grades == dict.fromkeys(
        ("leaders", "help_and_protection", "in_care", "care_leavers"), "outstanding"
    )


@pytest.mark.parametrize(
    ("column", "cell", "found"),
    [
        ("inspection_type", "surprise", "'surprise'"),
        ("inspection_start", "2026-02-30", "'2026-02-30'"),
        ("publication_date", "", "none"),
        ("publication_date", "2026-01-01", "2026-01-01"),
        ("children_in_care", "Fine", "'Fine'"),
    ],
)
def test_a_list_with_a_wrong_cell_is_refused_with_its_line(make_csv: Make, column: str, cell: str, found: str) -> None:
    wrong = list(BEFORE)
    wrong[LIST.index(column)] = cell
    with pytest.raises(LayoutChangedError, match=r"line 3.*expected .*; found ") as refused:
        load(make_csv([LIST, AFTER, wrong]))
    assert found in str(refused.value)


def test_a_list_with_a_renamed_column_is_refused(make_csv: Make) -> None:
    headings = [name.replace("care_leavers", "leavers_of_care") for name in LIST]
    with pytest.raises(LayoutChangedError, match=r"expected a column care_leavers; found columns .*leavers_of_care"):
        load(make_csv([headings, BEFORE]))


WIDE = ["old_la_code", "la_name", "region_ind", "region_name", "SN_1", "SN_1P", "SN_2", "SN_2P"]
APRIL = ["LA num", "LA Name", "LA number", "GOInd", "GOReg", "SN1", "SNP", "SN2", "SNP"]
FIVE = [f"SN_{n}{p}" for n in range(3, 6) for p in ("", "P")]
FIVE_APRIL = [name for n in range(3, 6) for name in (f"SN{n}", "SNP")]


def neighbours_row(code: str, name: str, *first: str) -> list[str]:
    return [code, name, "9", "Yorkshire", *first, *["372", "Not Close", "373", "Not Close ", "380", "not close"]]


def test_neighbours_in_the_layout_of_2025(make_csv: Make) -> None:
    path = make_csv(
        [[*WIDE, *FIVE], neighbours_row("370", "Barnsley", "371", "Extremely  close", "384", "Close ")],
        encoding="utf-8-sig",
    )
    assert recognise(path) == "statistical-neighbours"
    loaded = load(path)
    (found,) = loaded.neighbours
    assert (found.area, found.edition) == ("barnsley", "2025")
    assert found.neighbours[:3] == (
        ("doncaster", "extremely close"),
        ("wakefield", "close"),
        ("rotherham", "not close"),
    )


def test_neighbours_in_the_layout_of_april_2021_with_former_councils_below(make_csv: Make) -> None:
    def april(code: str, name: str, *cells: str) -> list[str]:
        rest = ["372", "Not Close", "373", "Not Close", "380", "Not Close", ""]
        return [code, name, code, "9", "Yorkshire", *cells, *rest]

    loaded = load(
        make_csv(
            [
                [*APRIL, *FIVE_APRIL, ""],
                april("370", "Barnsley", "371", "Very Close", "835", "Somewhat close"),
                [""] * 16,
                ["", "Old SNs:", *[""] * 14],
                april("835", "Dorset (Pre LG)", "370", "Close", "371", "Close"),
                april("999", "Atlantis", "370", "Close", "371", "Close"),
            ]
        )
    )
    assert [(one.area, one.edition) for one in loaded.neighbours] == [("barnsley", "2021"), ("dorset-county", "2021")]
    assert loaded.neighbours[0].neighbours[:2] == (("doncaster", "very close"), ("dorset-county", "somewhat close"))
    assert loaded.problems == ("no area is known as '999 / Atlantis': 1 row left out",)


def test_a_label_that_is_not_known_is_refused(make_csv: Make) -> None:
    with pytest.raises(LayoutChangedError, match=r"line 2: expected extremely close or .*; found 'Adjacent'"):
        load(make_csv([[*WIDE, *FIVE], neighbours_row("370", "Barnsley", "371", "Adjacent", "384", "Close")]))


def test_a_neighbour_without_its_column_of_labels_is_refused(make_csv: Make) -> None:
    headings = [name.replace("SN_2P", "closeness") for name in [*WIDE, *FIVE]]
    with pytest.raises(LayoutChangedError, match="expected a column of labels after 'sn_2'; found 'closeness'"):
        load(make_csv([headings, neighbours_row("370", "Barnsley", "371", "Close", "384", "Close")]))


RATINGS = [
    "la_name",
    "la_ref",
    "score_%",
    "overall_rating",
    "publication_date",
    "report_url",
    "staff",
    "partnerships_and_services",
    "information_and_facilities",
    "assessment",
    "planning",
    "reviewing",
    "implementation_and_delivery",
    "resettlement_policy_and_provision",
    "governance_and_leadership",
    "outofcourt_disposal_policy_and_provision",
    "policy_and_provision",
    "joint_working",
]


def rating(name: str, overall: str = "Requires Improvement", score: str = "44.4") -> list[str]:
    return [name, "ref", score, overall, "18/02/25", "", "Good", "", "", "Inadequate", *[""] * 8]


def test_a_youth_justice_service_is_inspected_in_each_of_its_councils(make_csv: Make) -> None:
    path = make_csv(
        [
            RATINGS,
            rating("Barnsley - JI"),
            rating("An inspection of Tower Hamlets and City of London"),
            rating("West Mercia"),
            rating("Northamptonshire"),
        ]
    )
    assert recognise(path) == "youth-justice-ratings"
    loaded = load(path)
    assert loaded.problems == ()
    assert [(one.area, one.place) for one in loaded.inspections] == [
        ("barnsley", "line 2"),
        ("tower-hamlets", "line 3"),
        ("city-of-london", "line 3"),
        ("herefordshire", "line 4"),
        ("shropshire", "line 4"),
        ("telford-and-wrekin", "line 4"),
        ("worcestershire", "line 4"),
        ("north-northamptonshire", "line 5"),
        ("west-northamptonshire", "line 5"),
    ]
    first = loaded.inspections[0]
    assert (first.framework, first.published) == ("youth-justice", dt.date(2025, 2, 18))
    assert first.grades == {"overall": "requires_improvement", "staff": "good", "assessment": "inadequate"}
    score = next(iter(loaded.observations))
    assert (score.measure, score.place, score.value, score.year) == ("youth-justice/score", "barnsley", 44.4, 2025)
    assert len(loaded.observations) == 9


def test_services_in_wales_and_unknown_names_are_listed(make_csv: Make) -> None:
    loaded = load(make_csv([RATINGS, rating("Conwy & Denbighshire - JI"), rating("Atlantis"), rating("Kent")]))
    assert [one.area for one in loaded.inspections] == ["kent"]
    assert loaded.problems == (
        "line 2: 'Conwy & Denbighshire - JI' is in Wales: left out",
        "line 3: no area is known as 'Atlantis': left out",
    )


def test_a_footnote_in_place_of_a_grade_is_told_and_a_new_grade_is_refused(make_csv: Make) -> None:
    loaded = load(make_csv([RATINGS, rating("Kent", "1 This standard does not count towards the rating.")]))
    assert "overall" not in (loaded.inspections[0].grades or {})
    assert loaded.problems == ("line 2: overall_rating holds a note and no grade: left out",)
    with pytest.raises(LayoutChangedError, match=r"line 2, overall_rating: expected a grade .*; found 'Superb'"):
        load(make_csv([RATINGS, rating("Kent", "Superb")]))


CODES = ["urn", "la_code", "la_code_new", "local_authority_ons_name", "region_code"]


def test_a_look_up_of_codes_is_checked_against_the_areas_and_gives_no_rows(make_csv: Make) -> None:
    path = make_csv(
        [
            CODES,
            ["80426", "370", "E08000016", "Barnsley", "YH"],
            ["80426", "886", "", "Barnsley", "YH"],
            ["1", "370", "", "Barnsley", "YH"],
        ]
    )
    assert recognise(path) == "area-codes"
    loaded = load(path)
    assert loaded.inspections == loaded.measures == ()
    assert len(loaded.observations) == 0
    assert loaded.problems == (
        (
            "line 3: codes of different areas: urn 80426 is barnsley, la_code 886 is kent, "
            "local_authority_ons_name Barnsley is barnsley"
        ),
        "line 4: not known: urn 1",
    )
