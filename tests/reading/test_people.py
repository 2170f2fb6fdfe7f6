"""The people a letter is addressed to: one entry a person, however the lines are broken."""

from __future__ import annotations

import pytest

from joinedup.reading.people import read_address_block, read_addressees


def test_a_person_a_line() -> None:
    people = read_addressees(
        [
            "Ada Quill, Director of Children’s Services, Ashmere Council",
            "Bashir Noor, Chief Constable, Fenwold Police",
            "Cleo Hart, Independent Scrutineer",
        ]
    )
    assert [(one.name, one.role, one.organisation, one.agency) for one in people] == [
        ("Ada Quill", "Director of Children’s Services", "Ashmere Council", "local_authority"),
        ("Bashir Noor", "Chief Constable", "Fenwold Police", "police"),
        ("Cleo Hart", "Independent Scrutineer", None, "partnership"),
    ]


def test_a_line_that_begins_with_no_name_goes_on_with_the_one_above() -> None:
    people = read_addressees(
        [
            "Dee O’Shea, Executive Director of Nursing and Care, NHS Ashmere and Kelder",
            "Integrated Care Board",
            "Eli St-Clair OBE, Manager, Ashmere Youth Offending",
            "Team",
        ]
    )
    assert [(one.name, one.organisation) for one in people] == [
        ("Dee O’Shea", "NHS Ashmere and Kelder Integrated Care Board"),
        ("Eli St-Clair OBE", "Ashmere Youth Offending Team"),
    ]


@pytest.mark.parametrize(
    ("line", "name", "role", "organisation"),
    [
        ("John Wise Probation Director, Fenwold Company", "John Wise", "Probation Director", "Fenwold Company"),
        ("Ms Helen Hurst – Chief Officer, NHS Ashmere CCG", "Ms Helen Hurst", "Chief Officer", "NHS Ashmere CCG"),
        ("John Camp, QPM, Chief Constable of Fenwold Police", "John Camp QPM", "Chief Constable", "Fenwold Police"),
        (
            "Acting Chief Constable Jo Coldwell, Fenwold Police",
            "Jo Coldwell",
            "Acting Chief Constable",
            "Fenwold Police",
        ),
        ("Sir Paul Ennis, Chair of Ashmere LSCB", "Sir Paul Ennis", "Chair", "Ashmere LSCB"),
        ("Sue Long Designated Nurse for Safeguarding", "Sue Long", "Designated Nurse for Safeguarding", None),
    ],
)
def test_forgotten_commas_titles_and_ranks(line: str, name: str, role: str, organisation: str | None) -> None:
    (person,) = read_addressees([line])
    assert (person.name, person.role, person.organisation) == (name, role, organisation)


@pytest.mark.parametrize(
    ("said", "role", "organisation"),
    [
        ("Chief Executive, Kent, Surrey and Sussex Company", "Chief Executive", "Kent, Surrey and Sussex Company"),
        (
            "Chief Nurse, Bedfordshire, Luton and Milton Keynes ICB (BLMK ICB)",
            "Chief Nurse",
            "Bedfordshire, Luton and Milton Keynes ICB (BLMK ICB)",
        ),
        ("Chief Nurse Kent, Surrey & West Sussex ICB", "Chief Nurse", "Kent, Surrey & West Sussex ICB"),
        ("Head of Kent, Surrey and Sussex Probation Service", "Head", "Kent, Surrey and Sussex Probation Service"),
        (
            "Chief Officer for NHS Fen, Moor and Craven CCG, NHS Ash CCG",
            "Chief Officer",
            "NHS Fen, Moor and Craven CCG, NHS Ash CCG",
        ),
        (
            "Devon, Cornwall and the Isles of Scilly Police and Crime Commissioner",
            "Devon, Cornwall and the Isles of Scilly Police and Crime Commissioner",
            None,
        ),
        ("Police, Fire and Crime Commissioner", "Police, Fire and Crime Commissioner", None),
        (
            "Commander, South Unit (Kent, Surrey and Sussex Company)",
            "Commander",
            "South Unit (Kent, Surrey and Sussex Company)",
        ),
        (
            "Director for Children, Families and Education, Kent County Council",
            "Director for Children, Families and Education",
            "Kent County Council",
        ),
        ("Director, Children, Families and Education, Kent", "Director, Children, Families and Education", "Kent"),
        (
            "Director of Quality, Bath and North East Somerset Council",
            "Director of Quality",
            "Bath and North East Somerset Council",
        ),
        ("Director, Quality and Nursing, Kent CCG", "Director, Quality and Nursing", "Kent CCG"),
    ],
)
def test_a_comma_in_a_posts_or_a_bodys_own_name_parts_nothing(said: str, role: str, organisation: str | None) -> None:
    (person,) = read_addressees([f"Ada Quill, {said}"])
    assert (person.name, person.role, person.organisation) == ("Ada Quill", role, organisation)


def test_a_rank_before_a_name_that_has_a_post_is_a_title() -> None:
    (person,) = read_addressees(["Chief Superintendent Daniel Noel, Commander, Fenwold Borough Command Unit"])
    assert person.name == "Chief Superintendent Daniel Noel"
    assert person.role == "Commander"


def test_two_people_on_one_line_are_told_by_their_titles() -> None:
    people = read_addressees(
        ["Mr David Small, Chief Officer, NHS Ashmere CCG Mr Anton Stein, Police and Crime Commissioner"]
    )
    assert [one.name for one in people] == ["Mr David Small", "Mr Anton Stein"]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Ada Quill, Accountable Officer for Ashmere, Kelder and", "North Fenwold, East Kelder and West Ashmere CCGs"),
        ("Ada Quill, Accountable Officer, NHS Ashmere CCG, NHS", "Kelder Dales, Fenwold and Rowan CCG"),
        ("Ada Quill, Accountable Officer, NHS Ashmere CCG,", "Kelder Dales, Fenwold and Rowan CCG"),
        ("Ada Quill, Strategic Director for Children and", "Young People, Ashmere Council"),
        ("Ada Quill, Police and Crime Commissioner for", "Kelder Dales, Fenwold"),
    ],
)
def test_a_place_that_is_set_as_a_name_is_goes_on_with_a_line_left_open(above: str, line: str) -> None:
    assert [one.name for one in read_addressees([above, line])] == ["Ada Quill"]


def test_a_person_after_a_line_that_ends_with_and_is_a_person() -> None:
    people = read_addressees(["Ada Quill, Chief Executive, Ashmere Council and", "Bo Reed, Chief Constable, Fenwold"])
    assert [one.name for one in people] == ["Ada Quill", "Bo Reed"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Élise Knott, Head of Youth Justice, Ashmere", ["Élise Knott"]),
        ("Kwame Ó Briain, Chief Nurse", ["Kwame Ó Briain"]),
        ("Abd al-Rahman Reed, Chief Executive", ["Abd al-Rahman Reed"]),
        ("Bo Reed (interim), Director of Children’s Services", ["Bo Reed"]),
        ("Bo Reed CMG KC (Hon), Police and Crime Commissioner", ["Bo Reed CMG KC (Hon)"]),
        ("Bo Reed: Independent Chair, Ashmere Safeguarding Children Board", ["Bo Reed"]),
        ("T/Chief Constable Bo Reed, Fenwold Police", ["Bo Reed"]),
        ("Police and Crime Commissioner Bo Reed", ["Bo Reed"]),
        ("■ Bo Reed, Chief Constable, Fenwold Police", ["Bo Reed"]),
        ("cc: Bo Reed, Chief Constable, Fenwold Police", ["Bo Reed"]),
        ("2. Bo Reed, Chief Constable, Fenwold Police", ["Bo Reed"]),
        ("Bo Reed (Chief Constable, Fenwold Police)", ["Bo Reed"]),
        ("Chief Constable: Bo Reed", ["Bo Reed"]),
        ("Bo Reed, Chief Constable, Fenwold / Cy Stone, Chair, Ashmere LSCB", ["Bo Reed", "Cy Stone"]),
        ("Bo Reed and Cy Stone, Joint Directors of Children’s Services, Ashmere Council", ["Bo Reed", "Cy Stone"]),
        ("Bo Reed, Chief Constable, Fenwold Police; Cy Stone, Chair, Ashmere LSCB", ["Bo Reed", "Cy Stone"]),
    ],
)
def test_a_line_is_a_persons_however_name_and_post_are_set(line: str, names: list[str]) -> None:
    people = read_addressees(["Ada Quill, Chief Executive, Ashmere Council", line])
    assert [one.name for one in people] == ["Ada Quill", *names]


def test_name_post_and_organisation_on_lines_of_their_own() -> None:
    people = read_addressees(
        [
            "Ada Quill",
            "Director of Children’s Services",
            "Ashmere Council",
            "Bo Reed",
            "Chief Constable",
            "Fenwold Police",
        ]
    )
    assert [(one.name, one.role, one.organisation) for one in people] == [
        ("Ada Quill", "Director of Children’s Services", "Ashmere Council"),
        ("Bo Reed", "Chief Constable", "Fenwold Police"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Ada Quill", "Chief Executive, Ashmere Council"],
        ["Ada Quill,", "Chief Executive, Ashmere Council"],
        ["Chief Executive: Ada Quill, Ashmere Council"],
    ],
)
def test_a_post_that_is_set_as_a_name_is_is_nobodys(lines: list[str]) -> None:
    people = read_addressees([*lines, "Bo Reed, Chief Constable, Fenwold Police"])
    assert [(one.name, one.role, one.organisation) for one in people] == [
        ("Ada Quill", "Chief Executive", "Ashmere Council"),
        ("Bo Reed", "Chief Constable", "Fenwold Police"),
    ]


def test_no_lines_name_nobody() -> None:
    assert read_addressees([]) == ()


def test_a_person_printed_twice_is_one() -> None:
    assert len(read_addressees(["Cleo Hart, Chair of Ashmere LSCB", "Cleo Hart, Chair of Ashmere LSCB"])) == 1


def test_the_address_block_of_a_letter_to_one_person() -> None:
    (person,) = read_address_block(["Mrs Ada Quill", "Director of Children’s Services", "Ashmere Council", "Town Hall"])
    assert (person.name, person.role, person.organisation) == (
        "Mrs Ada Quill",
        "Director of Children’s Services",
        "Ashmere Council",
    )
