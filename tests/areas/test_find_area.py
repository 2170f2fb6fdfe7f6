"""How an area is found by code, name, former name and the spellings met in the wild."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.areas import (
    AmbiguousAreaError,
    UnknownAreaError,
    areas,
    areas_named_in,
    find_area,
    get_area,
    search_area_in,
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Kingston upon Hull, City of", "kingston-upon-hull"),
        ("Hull City Council", "kingston-upon-hull"),
        ("Durham", "durham"),
        ("County Durham", "durham"),
        ("Telford & Wrekin", "telford-and-wrekin"),
        ("London corporation", "city-of-london"),
        ("City of London", "city-of-london"),
        ("St. Helens", "st-helens"),
        ("St Helens Borough Council", "st-helens"),
        ("Bristol, City of", "bristol"),
        ("Herefordshire, County of", "herefordshire"),
        ("Windsor & Maidenhead", "windsor-and-maidenhead"),
        ("Southend on Sea", "southend-on-sea"),
        ("Bournemouth, Christchurch & Poole", "bournemouth-christchurch-and-poole"),
        ("Bournemouth (Pre LG)", "bournemouth"),
        ("B&NES", "bath-and-north-east-somerset"),
        ("London Borough of Richmond upon Thames", "richmond-upon-thames"),
        ("Royal Borough of Greenwich", "greenwich"),
        ("City of Bradford Metropolitan District Council", "bradford"),
        ("Council of the Isles of Scilly", "isles-of-scilly"),
        ("Rutland County Council", "rutland"),
        ("Borough of Poole", "poole"),
        ("Hackney - JI", "hackney"),
        ("kingston-upon-thames", "kingston-upon-thames"),
        ("  SURREY  ", "surrey"),
    ],
)
def test_spellings_met_in_the_wild(text: str, slug: str) -> None:
    assert find_area(text).slug == slug


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("370", "barnsley"),
        ("80426", "barnsley"),
        ("E08000016", "barnsley"),
        ("e08000038", "barnsley"),
        ("E10000002", "buckinghamshire"),
        ("E06000060", "buckinghamshire"),
        ("835", "dorset-county"),
        ("838", "dorset"),
        ("2532283", "dorset"),
        ("E10000006", "cumbria"),
        ("X01", "ashmere"),
    ],
)
def test_any_code_an_area_ever_had_finds_it(code: str, slug: str) -> None:
    assert find_area(code).slug == slug


def test_the_day_decides_between_two_areas_of_one_name() -> None:
    assert find_area("Dorset", dt.date(2019, 3, 31)).slug == "dorset-county"
    assert find_area("Dorset", dt.date(2019, 4, 1)).slug == "dorset"
    assert find_area("Dorset").slug == "dorset", "without a day, the one that came after"


def test_a_day_only_breaks_ties_and_never_hides_a_former_area() -> None:
    assert find_area("Cumbria", dt.date(2025, 1, 1)).slug == "cumbria"


def test_a_name_that_two_areas_share_on_the_same_day_is_refused() -> None:
    with pytest.raises(AmbiguousAreaError, match="Kingston upon Hull or Kingston upon Thames"):
        find_area("Kingston")


@pytest.mark.parametrize("text", ["314 / 318", "Kingston upon Thames / Richmond upon Thames"])
def test_a_row_for_two_areas_together_is_refused_with_both_names(text: str) -> None:
    with pytest.raises(AmbiguousAreaError, match="Kingston upon Thames, Richmond upon Thames"):
        find_area(text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Barnsly", "Barnsley"),
        ("Kent Police", "Kent"),
        ("Wolverhamton", "Wolverhampton"),
        ("West Surry", "West Surrey"),
    ],
)
def test_what_is_not_known_names_what_is_near(text: str, near: str) -> None:
    with pytest.raises(UnknownAreaError, match=f"did you mean {near}"):
        find_area(text)


@pytest.mark.parametrize("text", ["", "   ", "England", "London", "Council", "999", "E06000000", "Greater Manchester"])
def test_what_is_no_area_is_refused(text: str) -> None:
    with pytest.raises(UnknownAreaError):
        find_area(text)


@pytest.mark.parametrize(
    ("phrase", "slug"),
    [
        ("Metropolitan Borough of Barnsley\nCouncil", "barnsley"),
        ("London Borough of Hammersmith & Fulham", "hammersmith-and-fulham"),
        ("Royal Borough of Windsor and Maidenhead", "windsor-and-maidenhead"),
        ("City of York Council", "york"),
        ("Sheffield City Council", "sheffield"),
        ("Inspection of North Yorkshire local authority children’s services", "north-yorkshire"),
        ("East Riding of Yorkshire", "east-riding-of-yorkshire"),
        ("JOINT TARGETED AREA INSPECTION OF CHESHIRE WEST AND CHESTER", "cheshire-west-and-chester"),
        ("the local area partnership of Cheshire East", "cheshire-east"),
        ("Area SEND inspection of Westmorland and Furness Local Area Partnership", "westmorland-and-furness"),
        ("the Isles of Scilly", "isles-of-scilly"),
        ("City of London Corporation", "city-of-london"),
        ("Cornwall Council", "cornwall"),
        ("North East Lincolnshire", "north-east-lincolnshire"),
        ("Nottinghamshire", "nottinghamshire"),
        ("NHS Derby and Derbyshire ICB in Derby", "derby"),
        ("Inspection of Reading", "reading"),
    ],
)
def test_the_area_that_a_phrase_names(phrase: str, slug: str) -> None:
    found = search_area_in(phrase)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize(
    "phrase",
    [
        "Greater Manchester Police",
        "Kent and Medway Integrated Care Board",
        "Devon and Cornwall Police",
        "Newcastle-under-Lyme",
        "children reading and writing",
        "His Majesty’s Inspectorate of Probation",
        "",
    ],
)
def test_a_phrase_that_names_no_area(phrase: str) -> None:
    assert search_area_in(phrase) is None


def test_areas_that_exist_on_the_day_go_first_in_a_phrase() -> None:
    day = dt.date(2023, 5, 1)
    assert search_area_in("East Surrey Hospital", day).slug == "surrey"
    assert search_area_in("formerly Cumbria, now Cumberland", day).slug == "cumberland"
    assert search_area_in("the former Cumbria", day).slug == "cumbria"
    assert search_area_in("Dorset Council", dt.date(2018, 5, 1)).slug == "dorset-county"


def test_every_area_named_in_a_phrase_in_order() -> None:
    named = areas_named_in("Tower Hamlets; City of London; Tower Hamlets; Kent")
    assert [area.slug for area in named] == ["tower-hamlets", "city-of-london", "kent"]


@given(st.sampled_from(areas()), st.sampled_from(["{}", "  {} ", "The {} Council", "London Borough of {}"]))
def test_every_name_finds_its_area_however_dressed(area, dress: str) -> None:
    text = dress.format(area.name)
    on = area.end - dt.timedelta(days=1) if area.end else area.start
    assert find_area(text, on) == area
    assert find_area(text.upper(), on) == area
    assert search_area_in(f"Inspection of {text}, 2 to 6 March", on) == area


@given(st.text())
def test_no_text_breaks_the_search(text: str) -> None:
    search_area_in(text)
    with contextlib.suppress(UnknownAreaError, AmbiguousAreaError):
        find_area(text)


@pytest.mark.parametrize("find", [find_area, get_area])
def test_who_may_mean_an_area_that_exists_is_offered_no_other(find):
    with pytest.raises(UnknownAreaError, match=r"did you mean .*[Dd]erby") as told:
        find("darby")
    assert "elderby" not in str(told.value)
