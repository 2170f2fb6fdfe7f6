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


def test_a_rank_before_a_name_that_has_a_post_is_a_title() -> None:
    (person,) = read_addressees(["Chief Superintendent Daniel Noel, Commander, Fenwold Borough Command Unit"])
    assert person.name == "Chief Superintendent Daniel Noel"
    assert person.role == "Commander"


def test_two_people_on_one_line_are_told_by_their_titles() -> None:
    people = read_addressees(
        ["Mr David Small, Chief Officer, NHS Ashmere CCG Mr Anton Stein, Police and Crime Commissioner"]
    )
    assert [one.name for one in people] == ["Mr David Small", "Mr Anton Stein"]


def test_a_person_printed_twice_is_one() -> None:
    assert len(read_addressees(["Cleo Hart, Chair of Ashmere LSCB", "Cleo Hart, Chair of Ashmere LSCB"])) == 1


def test_the_address_block_of_a_letter_to_one_person() -> None:
    (person,) = read_address_block(["Mrs Ada Quill", "Director of Children’s Services", "Ashmere Council", "Town Hall"])
    assert (person.name, person.role, person.organisation) == (
        "Mrs Ada Quill",
        "Director of Children’s Services",
        "Ashmere Council",
    )
