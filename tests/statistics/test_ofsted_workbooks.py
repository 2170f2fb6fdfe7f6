"""Ofsted's outcomes workbooks: sheets and headings are found by what they say, and nothing is guessed."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from joinedup.statistics import Inspection, LayoutChangedError, NotRecognisedError, load, recognise

Sheets = dict[str, list[list[object]]]
Make = Callable[[Mapping[str, Sequence[Sequence[object]]]], Path]
STATE, IN_YEAR, HISTORY = "Inspections_as_at_31_March", "In-year_inspections", "ILACS_inspection_history"


def by_area(inspections: Sequence[Inspection]) -> dict[tuple[str, str | None], Inspection]:
    return {(one.area, one.visit): one for one in inspections}


def header(sheet: list[list[object]]) -> list[object]:
    return next(row for row in sheet if "Local authority name" in row)


def test_each_inspection_comes_once_from_the_three_sheets(outcomes: Sheets, make_ods: Make) -> None:
    path = make_ods(outcomes)
    assert recognise(path) == "ofsted-outcomes"
    loaded = load(path)
    assert loaded.as_at == dt.date(2031, 3, 31)
    assert loaded.problems == ()
    found = by_area(loaded.inspections)
    assert set(found) == {
        ("barnsley", "short"),
        ("dorset", "standard"),
        ("dorset", "focused"),
        ("bournemouth", "standard"),
    }
    barnsley = found["barnsley", "short"]
    assert (barnsley.framework, barnsley.start, barnsley.published) == (
        "ilacs",
        dt.date(2030, 5, 13),
        dt.date(2030, 7, 1),
    )
    assert barnsley.grades == {
        "overall": "outstanding",
        "leaders": "good",
        "help_and_protection": "requires_improvement",
        "in_care": "good",
        "care_leavers": "inadequate",
    }
    assert barnsley.place == f"{STATE}, row 4; {IN_YEAR}, row 3; {HISTORY}, row 5"
    assert "care_leavers" not in (found["dorset", "standard"].grades or {})
    visit = found["dorset", "focused"]
    assert (visit.theme, visit.grades) == ("Front door", {})


def test_xlsx_reads_as_ods_does(outcomes: Sheets, make_ods: Make, make_xlsx: Make) -> None:
    one, other = load(make_ods(outcomes)), load(make_xlsx(outcomes))
    assert one.inspections == other.inspections
    assert (one.kind, one.title, one.as_at, one.problems) == (other.kind, other.title, other.as_at, other.problems)


def test_order_of_sheets_and_columns_and_notes_above_do_not_matter(outcomes: Sheets, make_ods: Make) -> None:
    expected = load(make_ods(outcomes)).inspections
    turned: Sheets = {}
    for name, rows in reversed(outcomes.items()):
        head = rows.index(header(rows)) if name != "Cover" else 0
        turned[f"Sheet {name}"] = [["A note"], *rows[:head], [], *(list(reversed(row)) for row in rows[head:])]
    found = load(make_ods(turned)).inspections
    assert [(o.area, o.start, o.grades) for o in found] == [(o.area, o.start, o.grades) for o in expected]


def test_the_file_before_codes_and_status_were_added_is_read_by_name(outcomes: Sheets, make_ods: Make) -> None:
    expected = load(make_ods(outcomes)).inspections
    for name in (STATE, IN_YEAR, HISTORY):
        head = header(outcomes[name])
        for lost in ("Local authority area code", "Local authority status"):
            if lost in head:
                index = head.index(lost)
                for row in outcomes[name][outcomes[name].index(head) :]:
                    del row[index]
    found = load(make_ods(outcomes)).inspections
    assert [(o.area, o.start, o.grades) for o in found] == [(o.area, o.start, o.grades) for o in expected]


def test_a_file_without_overall_grades_is_read_without_them(outcomes: Sheets, make_ods: Make) -> None:
    for name in (STATE, IN_YEAR, HISTORY):
        head = header(outcomes[name])
        index = head.index("Overall effectiveness")
        for row in outcomes[name][outcomes[name].index(head) :]:
            del row[index]
    assert all("overall" not in (one.grades or {}) for one in load(make_ods(outcomes)).inspections)


@pytest.mark.parametrize("sheet", [STATE, IN_YEAR, HISTORY])
@pytest.mark.parametrize(
    "column",
    [
        "Local authority name",
        "Local authority area code",
        "Publication date",
        "Overall effectiveness",
        "The experiences and progress of children in care",
        "The experiences and progress of care leavers",
    ],
)
def test_a_renamed_column_is_refused_by_both_names(outcomes: Sheets, make_ods: Make, sheet: str, column: str) -> None:
    rows = outcomes[sheet]
    head = next(row for row in rows if column in row)
    head[head.index(column)] = "Something new"
    with pytest.raises(LayoutChangedError) as refused:
        load(make_ods(outcomes))
    message = str(refused.value)
    assert sheet in message
    assert "something new" in message
    assert column.removeprefix("The ").casefold()[:20] in message


@pytest.mark.parametrize("sheet", [STATE, IN_YEAR, HISTORY])
def test_a_missing_sheet_is_refused_with_the_sheets_that_are_there(
    outcomes: Sheets, make_ods: Make, sheet: str
) -> None:
    del outcomes[sheet]
    with pytest.raises(LayoutChangedError, match=r"expected one sheet with .*; found sheets 'Cover', "):
        load(make_ods(outcomes))


@pytest.mark.parametrize(
    ("cell", "value", "expected", "found"),
    [
        (6, "Excellent", "a grade", "'Excellent'"),
        (4, "soon", "a date", "'soon'"),
        (5, dt.date(1066, 10, 14), "a date", "1066"),
        (6, 3.0, "a grade", "'3.0'"),
    ],
)
def test_an_unknown_grade_or_a_date_that_is_none_is_refused_with_its_row(
    outcomes: Sheets, make_ods: Make, cell: int, value: object, expected: str, found: str
) -> None:
    outcomes[STATE][3][cell] = value
    with pytest.raises(LayoutChangedError) as refused:
        load(make_ods(outcomes))
    message = str(refused.value)
    assert f"{STATE}, row 4" in message
    assert f"expected {expected}" in message
    assert found in message
    assert "\n" not in message


def test_an_unknown_kind_of_visit_is_refused(outcomes: Sheets, make_ods: Make) -> None:
    outcomes[IN_YEAR][2][6] = "ILACS Grand Tour"
    with pytest.raises(LayoutChangedError, match="found 'ILACS Grand Tour'"):
        load(make_ods(outcomes))


def test_a_council_that_is_not_known_is_told_and_not_dropped_in_silence(outcomes: Sheets, make_ods: Make) -> None:
    outcomes[STATE].append(
        ["link", "E06009999", "Atlantis", "Sea", dt.date(2030, 1, 7), dt.date(2030, 3, 1), *["Good"] * 5]
    )
    assert load(make_ods(outcomes)).problems == ("no area is known as 'E06009999 / Atlantis': 1 row left out",)


def test_sheets_that_contradict_each_other_are_told(outcomes: Sheets, make_ods: Make) -> None:
    outcomes[HISTORY][4][8] = "Good"
    loaded = load(make_ods(outcomes))
    assert loaded.problems == (f"barnsley, ilacs of 2030-07-01: overall outstanding, but good in {HISTORY}, row 5",)


def test_another_workbook_is_not_recognised(make_ods: Make) -> None:
    path = make_ods({"Sheet1": [["Name", "Amount"], ["a", 1.0]]})
    assert recognise(path) is None
    with pytest.raises(NotRecognisedError, match="looked for: Ofsted"):
        load(path)


SLAC = [
    "Safeguarding & Looked After Children (SLAC) Inspection publication date",
    "SLAC Safeguarding Overall effectiveness (OE)",
    "SLAC Looked After Children Overall Effectiveness (OE)",
    "SLAC re-inspection of Safeguarding publication date",
    "SLAC re-inspection Safeguarding OE",
    "SLAC re-inspection of services for Children Looked After publication date",
    "SLAC re-inspection of services Children Looked After OE",
]
CPI_TLAC = [
    "Child Protection Inspections (CPI) publication date",
    "CPI Overall Effectiveness (OE)",
    "Child Protection Re-Inspection (CPRI) publication date",
    "CPRI Overall Effectiveness (OE)",
    "Targeted Looked After Children (TLAC) inspection publication date",
    "TLAC Overall Effectiveness (OE)",
]
SIF_PARTS = [
    "Overall Judgement\n(OE)",
    "children who need help and protection ",
    "children looked after and achieving permanence ",
    "CLA Sub: Adoption Performance",
    "CLA Sub: Experiences and progress of care leavers",
    "leadership, management and governance",
]
SIF = [
    "Single Inspection of LA Children's Services (SIF)  First SIF publication date",
    *(f" First SIF {part}" for part in SIF_PARTS),
    "LSCB Overall Effectiveness ",
    "Single Inspection of LA Children's Services (SIF) SIF Re-inspection publication date",
    *(f" SIF Re-inspection {part}" for part in SIF_PARTS),
]
ILACS_PARTS = [
    "inspection type",
    "publication date",
    "overall effectiveness",
    "impact of leaders",
    "experiences and progress of children who need help and protection",
]


def wide(ilacs: Sequence[str]) -> list[object]:
    return ["Web link", "Local authority name", "LA region", "LA Authority Type", *SLAC, *CPI_TLAC, *SIF, *ilacs]


def wide_row(name: str, cells: Mapping[str, object], headings: Sequence[object]) -> list[object]:
    row: list[object] = [cells.get(str(heading), "") for heading in headings]
    row[:4] = ["Ofsted Local Authority Webpage", name, "Region", "Unitary"]
    return row


@pytest.fixture
def underlying() -> Sheets:
    """Sheets of an underlying data workbook as at 31 March 2023, with its wide history."""
    day = dt.date
    first = [*(f"First ILACS framework {part}" for part in ILACS_PARTS)]
    first.append("First ILACS framework experiences and progress of children in care and care leavers")
    second = [*(f"Second ILACS framework {part}" for part in ILACS_PARTS)]
    second.append("Second ILACS framework experiences and progress of children in care")
    second.append("Second ILACS framework experiences and progress of care leavers")
    current, former = wide([*first, *second]), wide([heading.removeprefix("First ") for heading in first])
    slac, cpi, sif = SLAC[0], CPI_TLAC[0], SIF[0]
    barnsley = {
        slac: day(2012, 7, 27),
        SLAC[1]: "Inadequate",
        SLAC[2]: " -",
        SLAC[3]: day(2012, 8, 20),
        SLAC[4]: "Requires improvement to be good",
        SLAC[5]: day(2012, 8, 21),
        SLAC[6]: "Good",
        cpi: day(2012, 12, 4),
        CPI_TLAC[1]: "Inadequate",
        CPI_TLAC[2]: day(2013, 8, 16),
        CPI_TLAC[3]: "Good",
        CPI_TLAC[4]: day(2013, 8, 23),
        CPI_TLAC[5]: "Good",
        sif: day(2014, 8, 8),
        **dict.fromkeys(SIF[1:7], "Good"),
        SIF[4]: " -",
        SIF[7]: "Inadequate",
        SIF[8]: day(2016, 2, 17),
        **dict.fromkeys(SIF[9:], "Outstanding"),
        first[0]: "ILACS Short Inspection",
        first[1]: day(2018, 11, 19),
        **dict.fromkeys(first[2:], "Good"),
        second[0]: "ILACS Standard Inspection",
        second[1]: day(2023, 3, 1),
        **dict.fromkeys(second[2:], "Outstanding"),
    }
    dorset = {first[0]: "ILACS Short Inspection", first[1]: day(2021, 12, 6)} | dict.fromkeys(first[2:], "Good")
    state = ["Web link", "Local authority name", "Ofsted region", "Inspection date", "Overall effectiveness"]
    state += ["Impact of leaders", "Experiences and progress of children who need help and protection"]
    state += ["Experiences and progress of children in care", "Experiences and progress of care leavers"]
    in_year = list(state)
    in_year[3] = "Inspection/Visit date"
    in_year.insert(4, "Inspection/Visit type")
    in_year.append("Visit Theme")
    return {
        "LA_level_at_31_Mar_2023": [
            ["Children's social care data in England 2023 - LA level at 31 March 2023"],
            [],
            state,
            ["link", "Barnsley", "North East", day(2023, 1, 16), *["Outstanding"] * 5],
            ["link", "Kent", "South East", "", "", "", "", "", ""],
        ],
        "LA_level_in_year_2022-23": [
            ["Children's social care data in England 2023 - LA level in year 2022-23"],
            in_year,
            ["link", "Kent", "South East", day(2022, 6, 8), "LA Monitoring visit", *[""] * 5, "Care leavers"],
        ],
        "LA_inspections_2009-2023": [
            ["Children's social care data in England 2023 - LA inspections 2009-2023"],
            current,
            wide_row("Barnsley", barnsley, current),
            wide_row("Dorset", dorset, current),
            [],
            ["Table 11:History of inspections of local authorities that existed before the restructure"],
            former,
            wide_row("Dorset", {slac: day(2011, 10, 28), SLAC[1]: "Good", SLAC[2]: "Good"}, former),
            wide_row("Northamptonshire", {cpi: day(2013, 3, 20), CPI_TLAC[1]: "Inadequate"}, former),
        ],
    }  # fmt: skip


def test_the_wide_history_gives_each_inspection_of_each_framework(underlying: Sheets, make_ods: Make) -> None:
    path = make_ods(underlying)
    assert recognise(path) == "ofsted-underlying"
    loaded = load(path)
    assert loaded.problems == ()
    found = [(o.area, o.framework, o.visit, str(o.published), o.grades) for o in loaded.inspections]
    sif = dict.fromkeys(("overall", "help_and_protection", "looked_after", "care_leavers", "leadership"), "good")
    again = dict.fromkeys((*sif, "adoption"), "outstanding")
    ilacs = dict.fromkeys(("overall", "leaders", "help_and_protection", "in_care"), "good")
    now = dict.fromkeys((*ilacs, "care_leavers"), "outstanding")
    assert found == [
        ("barnsley", "slac", "standard", "2012-07-27", {"overall": "inadequate"}),
        ("barnsley", "slac", "reinspection", "2012-08-20", {"overall": "requires_improvement"}),
        ("barnsley", "slac", "reinspection", "2012-08-21", {"looked_after": "good"}),
        ("barnsley", "cpi", "standard", "2012-12-04", {"overall": "inadequate"}),
        ("barnsley", "cpi", "reinspection", "2013-08-16", {"overall": "good"}),
        ("barnsley", "tlac", "standard", "2013-08-23", {"overall": "good"}),
        ("barnsley", "sif", "standard", "2014-08-08", sif | {"lscb": "inadequate"}),
        ("barnsley", "sif", "reinspection", "2016-02-17", again),
        ("barnsley", "ilacs", "short", "2018-11-19", ilacs),
        ("barnsley", "ilacs", "standard", "2023-03-01", now),
        ("dorset", "ilacs", "short", "2021-12-06", ilacs),
        ("dorset-county", "slac", "standard", "2011-10-28", {"overall": "good", "looked_after": "good"}),
        ("kent", "ilacs", "monitoring", "None", {}),
        ("northamptonshire", "cpi", "standard", "2013-03-20", {"overall": "inadequate"}),
    ]


def test_the_list_of_latest_inspections_adds_its_start_to_the_wide_history(underlying: Sheets, make_ods: Make) -> None:
    latest = max(
        (o for o in load(make_ods(underlying)).inspections if o.area == "barnsley"), key=lambda o: str(o.published)
    )
    assert (latest.start, latest.published) == (dt.date(2023, 1, 16), dt.date(2023, 3, 1))
    assert latest.place == "LA_level_at_31_Mar_2023, row 4; LA_inspections_2009-2023, row 3"


def test_a_renamed_column_of_the_wide_history_is_refused(underlying: Sheets, make_ods: Make) -> None:
    rows = underlying["LA_inspections_2009-2023"]
    rows[1][rows[1].index("CPI Overall Effectiveness (OE)")] = "CPI grade"
    with pytest.raises(
        LayoutChangedError, match=r"expected a column 'cpi overall effectiveness \(oe\)'; found .*'cpi grade'"
    ):
        load(make_ods(underlying))


def test_a_grade_without_its_date_is_refused(underlying: Sheets, make_ods: Make) -> None:
    rows = underlying["LA_inspections_2009-2023"]
    rows[2][rows[1].index("CPI Overall Effectiveness (OE)") - 1] = ""
    with pytest.raises(
        LayoutChangedError, match="row 3, cpi: expected a publication date beside the grades; found none"
    ):
        load(make_ods(underlying))
