"""Who leads a local area partnership: the table of two columns near the end of an area SEND report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from joinedup.reading import read
from joinedup.reading.document import Document
from joinedup.reading.leaders import leaders
from joinedup.reading.pdf import open_pages
from joinedup.reading.people import read_leaders

MakePdf = Callable[..., bytes]
Row = tuple[Sequence[str], Sequence[str]]
LEFT, RIGHT, EDGE, END = 62.0, 289.0, 57.0, 509.0
COUNCIL, BOARD = "Ashmere Borough Council", "NHS Fenwold Integrated Care Board"
HEAD: Row = (["Local authority"], ["Integrated care board"])
SITES: Row = (["www.ashmere.example"], ["www.fenwold.example"])
ADDRESSES: Row = (["Guildhall", "Mere Street"], ["Fenwold House", "North Walk"])
TITLE = (57.0, 700.0, 18.0, True, "Area SEND inspection of Ashmere Local Area Partnership")
HEADING = (57.0, 740.0, 14.0, True, "Local area partnership details")


def table(rows: Sequence[Row], top: float = 715.0) -> tuple[list[Any], list[Any], float]:
    """The lines and rules of a table, cells side by side on one height, and where it ends."""
    lines: list[Any] = []
    rules = [(EDGE, RIGHT - 6, top), (RIGHT - 6, END, top)]
    for row in rows:
        for left, cell in zip((LEFT, RIGHT), row, strict=True):
            lines += [(left, top - 12 - 14.5 * at, 12.0, row is HEAD, text) for at, text in enumerate(cell) if text]
        top -= 14.5 * max(map(len, row)) + 1
        rules += [(EDGE, RIGHT - 6, top), (RIGHT - 6, END, top)]
    lines.sort(key=lambda line: (-line[1], line[0]))
    return lines, rules, top


def told(pdf: bytes) -> list[tuple[str, str | None, str | None, str | None]]:
    people = leaders(Document(open_pages(pdf), "send"))
    return [(one.name, one.role, one.organisation, one.agency) for one in people]


@pytest.fixture
def read_table(make_pdf: MakePdf) -> Callable[..., list[tuple[str, str | None, str | None, str | None]]]:
    """Who is named by a table of such rows, with the inspectors' table below it."""

    def read_table(*rows: Row, ruled: bool = True, more_rules: Sequence[Any] = ()) -> list[Any]:
        lines, rules, top = table([HEAD, *rows])
        below = [
            (57.0, top - 40, 14.0, True, "Information about this inspection"),
            (57.0, top - 60, 12.0, True, "Inspection team"),
        ]
        team, more, _ = table(
            [(["Ofsted"], ["Care Quality Commission"]), (["Vera Tripp, HMI"], ["Wim Ashe, CQC"])], top - 80
        )
        drawn = [*rules, *more, *more_rules] if ruled else []
        return told(make_pdf([[TITLE], [HEADING, *lines, *below, *team]], rules=drawn))

    return read_table


def test_each_column_names_its_leader(read_table: Any) -> None:
    people = (["Ada Quill, Director of Children’s", "Services (interim)"], ["Bashir Noor, Chief Executive Officer"])
    assert read_table(([COUNCIL], [BOARD]), people, SITES, ADDRESSES) == [
        ("Ada Quill", "Director of Children’s Services (interim)", COUNCIL, "local_authority"),
        ("Bashir Noor", "Chief Executive Officer", BOARD, "health"),
    ]


def test_a_name_above_its_post_and_a_body_over_two_lines(read_table: Any) -> None:
    bodies = ([COUNCIL], ["NHS Fenwold and", "Kelder Vale"])
    people = (
        ["Ada Quill", "Executive Director of People"],
        ["Bashir Noor", "Chief Executive of the Integrated", "Care Board"],
    )
    assert read_table(bodies, people, SITES) == [
        ("Ada Quill", "Executive Director of People", COUNCIL, "local_authority"),
        ("Bashir Noor", "Chief Executive of the Integrated Care Board", "NHS Fenwold and Kelder Vale", "health"),
    ]


def test_posts_in_a_row_below_the_names(read_table: Any) -> None:
    names, posts = (["Ada Quill"], ["Bashir Noor"]), (["Director of People"], ["Chief Executive"])
    assert [one[:2] for one in read_table(([COUNCIL], [BOARD]), names, posts, SITES)] == [
        ("Ada Quill", "Director of People"),
        ("Bashir Noor", "Chief Executive"),
    ]


def test_names_without_posts(read_table: Any) -> None:
    people = (["Ada Quill"], ["Bashir Noor", "Cleo Hart"])
    assert read_table(([COUNCIL], [BOARD]), people, SITES, ADDRESSES) == [
        ("Ada Quill", None, COUNCIL, "local_authority"),
        ("Bashir Noor", None, BOARD, "health"),
        ("Cleo Hart", None, BOARD, "health"),
    ]


def test_each_of_several_people_belongs_to_the_body_that_their_post_names(read_table: Any) -> None:
    bodies = ([COUNCIL], ["Fenwold ICB and Kelder Vale ICB"])
    people = (
        ["Ada Quill, Director of People"],
        ["Bashir Noor", "Acting CEO Fenwold ICB", "", "Cleo Hart", "Chief Executive of NHS Kelder", "Vale ICB"],
    )
    assert read_table(bodies, people, SITES)[1:] == [
        ("Bashir Noor", "Acting CEO", "Fenwold ICB", "health"),
        ("Cleo Hart", "Chief Executive", "NHS Kelder Vale ICB", "health"),
    ]


def test_labels_in_the_cells_are_left_out(read_table: Any) -> None:
    bodies = (["Name of authority:", COUNCIL], [f"Name of ICB: {BOARD}"])
    people = (
        ["Name of lead person:", "Ada Quill, Director of People"],
        ["Name of lead:", "Bashir Noor (Chief Executive)"],
    )
    assert read_table(bodies, people, SITES) == [
        ("Ada Quill", "Director of People", COUNCIL, "local_authority"),
        ("Bashir Noor", "Chief Executive", BOARD, "health"),
    ]


def test_a_cell_that_fills_its_column_is_parted_from_the_next(read_table: Any) -> None:
    wide = "Ada Quill, Director of Children’s Services"  # ends ten points before the next cell, in type of twelve
    read = read_table(([COUNCIL], [BOARD]), ([wide], ["Bashir Noor, Chief Executive"]), SITES)
    assert [one[0] for one in read] == ["Ada Quill", "Bashir Noor"]


@pytest.mark.parametrize("nobody", ["", "Dear Sir", "Sir or Madam", "Post Vacant", "To Be Confirmed", "Vacant"])
def test_a_cell_that_names_nobody(read_table: Any, nobody: str) -> None:
    assert [
        one[0] for one in read_table(([COUNCIL], [BOARD]), ([nobody], ["Bashir Noor, Chief Executive"]), SITES)
    ] == ["Bashir Noor"]


def test_an_empty_body_is_none(read_table: Any) -> None:
    people = (["Ada Quill, Director of People"], ["Bashir Noor, Chief Executive"])
    assert [one[2:] for one in read_table(([COUNCIL], [""]), people, SITES)] == [
        (COUNCIL, "local_authority"),
        (None, "health"),
    ]


def test_an_underline_parts_no_rows(read_table: Any) -> None:
    people = (["Ada Quill", "Director of People"], ["Bashir Noor, Chief Executive"])
    underline = (LEFT, LEFT + 50.5, 670.0)  # below the name
    assert read_table(([COUNCIL], [BOARD]), people, SITES, more_rules=[underline])[0][:2] == (
        "Ada Quill",
        "Director of People",
    )


def test_a_table_without_rules_names_nobody(read_table: Any) -> None:
    people = (["Ada Quill, Director of People"], ["Bashir Noor, Chief Executive"])
    assert read_table(([COUNCIL], [BOARD]), people, SITES, ruled=False) == []


@pytest.mark.parametrize("head_again", [False, True])
def test_a_table_that_goes_on_overleaf(make_pdf: MakePdf, head_again: bool) -> None:
    people = (["Ada Quill, Director of Children’s", "Services"], ["Bashir Noor, Chief", "Executive"])
    begun, rules, _ = table(
        [HEAD, ([COUNCIL], [BOARD]), (["Ada Quill, Director of Children’s"], ["Bashir Noor, Chief"])]
    )
    rest = [([cell[1]], [other[1]]) for cell, other in [people]]
    overleaf, _, _ = table([*([HEAD] if head_again else []), *rest, SITES])
    foot = (57.0, 40.0, 9.0, False, "Inspection report: Ashmere Local Area Partnership")
    pages = [[TITLE, foot], [HEADING, *begun, foot], [*overleaf, foot]]
    assert told(make_pdf(pages, rules=rules)) == [
        ("Ada Quill", "Director of Children’s Services", COUNCIL, "local_authority"),
        ("Bashir Noor", "Chief Executive", BOARD, "health"),
    ]


def test_a_report_without_the_table_names_nobody_and_the_inspectors_are_no_leaders(make_pdf: MakePdf) -> None:
    team, rules, _ = table([(["Ofsted"], ["Care Quality Commission"]), (["Vera Tripp, HMI"], ["Wim Ashe, CQC"])], 600.0)
    heading = (57.0, 640.0, 14.0, True, "Inspection team")
    assert told(make_pdf([[TITLE], [heading, *team]], rules=rules)) == []
    assert told(make_pdf([[TITLE], [HEADING, heading, *team]], rules=rules)) == []


def test_a_table_whose_head_names_no_partner_is_another(make_pdf: MakePdf) -> None:
    inspectors = [(["Vera Tripp, HMI"], ["Wim Ashe, CQC"]), (["Xan Moor, HMI"], ["Yves Clay, CQC"])]
    team, rules, _ = table([(["Ofsted"], ["Care Quality Commission"]), *inspectors])
    assert told(make_pdf([[TITLE], [HEADING, *team]], rules=rules)) == []


def test_the_columns_own_head_goes_before_the_words_of_a_post() -> None:
    (person,) = read_leaders(["Ada Quill, Director of Health and Nursing"], COUNCIL, "local_authority")
    assert person.agency == "local_authority"
    (person,) = read_leaders(["Ada Quill, Chief Nurse"], None, None)
    assert person.agency == "health"


@pytest.mark.corpus
@pytest.mark.slow
def test_every_published_report_names_the_leaders_of_both(shared_data: Any) -> None:
    """Whether they are the right ones was told by reading all of them (see docs/explanation/reading.md)."""
    for path in sorted((shared_data / "reports" / "area-send").glob("*.pdf")):
        people = read(path).addressees  # type: ignore[union-attr]
        assert {one.agency for one in people} == {"local_authority", "health"}, path.name
        assert all(one.organisation for one in people), path.name
