"""Which areas there were on a day, what became of them, and that their facts fit together."""

import datetime as dt
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.areas import UnknownAreaError, areas, bodies_of, find_area, get_area, regions, services_of
from joinedup.areas.facts import FactsError, day, entry, holds, parse_table

DAYS = st.dates(dt.date(2009, 1, 1), dt.date(2027, 12, 31))


@pytest.mark.parametrize(
    ("on", "count"),
    [
        ("2009-03-31", 150),  # before four councils took the place of Bedfordshire and Cheshire
        ("2009-04-01", 152),
        ("2019-03-31", 152),
        ("2019-04-01", 151),  # Bournemouth, Poole and Dorset became two
        ("2021-04-01", 152),  # Northamptonshire became two
        ("2023-04-01", 153),  # Cumbria became two
        ("2027-04-01", 154),  # Surrey becomes two
    ],
)
def test_how_many_areas_there_were(on: str, count: int) -> None:
    assert len(areas(dt.date.fromisoformat(on))) == count


def test_all_that_ever_were() -> None:
    assert len(areas()) == 162
    assert not any(area.fictional for area in areas())


def test_fictional_areas_come_only_when_asked_for() -> None:
    invented = areas(fictional=True)[len(areas()) :]
    assert [area.slug for area in invented] == ["ashmere", "brackenshire", "kelderby", "port-rowan"]
    assert all(area.fictional and area.region == "" for area in invented)
    assert [body.name for body in bodies_of("ashmere", kind="police_force")] == ["Fenwold Police"]


@pytest.mark.parametrize(
    ("slug", "scheme", "before", "after", "changed"),
    [
        ("barnsley", "ons", "E08000016", "E08000038", "2025-04-01"),
        ("sheffield", "ons", "E08000019", "E08000039", "2025-04-01"),
        ("north-yorkshire", "ons", "E10000023", "E06000065", "2023-04-01"),
        ("somerset", "ons", "E10000027", "E06000066", "2023-04-01"),
        ("buckinghamshire", "ons", "E10000002", "E06000060", "2020-04-01"),
        ("gateshead", "ons", "E08000020", "E08000037", "2013-04-01"),
        ("durham", "ons", "E10000010", "E06000047", "2009-04-01"),
    ],
)
def test_the_same_ground_stays_one_area_when_its_code_changes(
    slug: str, scheme: str, before: str, after: str, changed: str
) -> None:
    area, on = get_area(slug), dt.date.fromisoformat(changed)
    assert area.code(scheme, on - dt.timedelta(days=1)) == before
    assert area.code(scheme, on) == area.code(scheme) == area.ons_code == after
    assert find_area(before) == find_area(after) == area


def test_a_county_that_became_a_unitary() -> None:
    area = get_area("buckinghamshire")
    assert area.kind_on(dt.date(2020, 3, 31)) == "county"
    assert area.kind_on(dt.date(2020, 4, 1)) == area.kind == "unitary"


@given(DAYS)
def test_on_any_day_every_code_and_tile_belongs_to_one_area(on: dt.date) -> None:
    there = areas(on, fictional=True)
    codes = [area.code(scheme, on) for area in there for scheme in ("urn", "dfe", "ons")]
    known = [code for code in codes if code is not None]
    assert len(known) == len(set(known))
    tiles = [area.tile for area in there]
    assert len(tiles) == len(set(tiles))


def test_codes_of_a_scheme_follow_one_another_without_a_gap() -> None:
    for area in areas():
        for scheme in ("urn", "dfe", "ons"):
            held = [code for code in area.codes if code.scheme == scheme]
            assert all(first.end == second.start for first, second in pairwise(held)), area.slug
            assert not held or (held[0].start, held[-1].end) == (area.start, area.end), area.slug


def test_only_what_is_not_known_has_no_code() -> None:
    without = {area.slug for area in areas() if area.la_code is None or area.ons_code is None}
    assert without == {"east-surrey", "west-surrey"}
    no_urn = {area.slug for area in areas() if area.urn is None}
    assert no_urn == without | {"bedfordshire", "cheshire", "bournemouth", "dorset-county"}


def test_predecessors_end_on_the_day_that_their_successors_begin() -> None:
    ended = [area for area in areas() if area.end]
    assert len(ended) == 8
    for area in ended:
        assert area.successors
        for slug in area.successors:
            assert get_area(slug).start == area.end
            assert area.slug in get_area(slug).predecessors
    assert get_area("bournemouth-christchurch-and-poole").predecessors == ("bournemouth", "poole", "dorset-county")


def test_regions() -> None:
    assert len(regions()) == 9
    assert {area.region for area in areas()} == {region.name for region in regions()}
    assert len({area.ofsted_region for area in areas()}) == 8
    assert get_area("durham").ofsted_region == get_area("leeds").ofsted_region == "North East, Yorkshire and the Humber"


def test_companies_that_ran_services_in_september_2024() -> None:
    """Nine companies for twelve councils, as Community Care wrote on 24 September 2024."""
    on = dt.date(2024, 9, 24)
    served = {area.slug: bodies_of(area.slug, on, kind="trust") for area in areas(on)}
    assert sum(bool(bodies) for bodies in served.values()) == 12
    assert len({body.key for bodies in served.values() for body in bodies}) == 9


def test_delivery_bodies_have_the_dates_on_which_they_served_the_area() -> None:
    slough = get_area("slough").delivery_bodies
    assert [(body.name, body.start, body.end) for body in slough] == [
        ("Slough Children's Services Trust", dt.date(2015, 10, 1), dt.date(2021, 4, 1)),
        ("Slough Children First", dt.date(2021, 4, 1), None),
    ]


@given(st.dates(dt.date(2022, 7, 1), dt.date(2027, 12, 31)))
def test_every_area_has_one_police_force_and_its_health_and_probation(on: dt.date) -> None:
    for area in areas(on, fictional=True):
        assert len(bodies_of(area.slug, on, kind="police_force")) == 1
        assert bodies_of(area.slug, on, kind="icb")
        assert len(bodies_of(area.slug, on, kind="probation_region")) == 1


def test_there_were_39_forces_42_boards_and_11_probation_regions_in_england() -> None:
    on = dt.date(2023, 6, 1)
    for kind, count in (("police_force", 39), ("icb", 42), ("probation_region", 11)):
        assert len({body.key for area in areas(on) for body in bodies_of(area.slug, on, kind=kind)}) == count
    before = dt.date(2018, 6, 1)
    assert len({body.key for area in areas(before) for body in bodies_of(area.slug, before, kind="crc")}) == 20


def test_a_body_that_serves_only_a_part_of_an_area_says_so() -> None:
    on = dt.date(2023, 6, 1)
    parts = {service.body.name for service in services_of("essex") if service.part and holds(*service[1:3], on)}
    assert parts == {
        "NHS Hertfordshire and West Essex Integrated Care Board",
        "NHS Mid and South Essex Integrated Care Board",
        "NHS Suffolk and North East Essex Integrated Care Board",
    }
    assert not any(service.part for service in services_of("leeds"))


def test_the_map_looks_like_england() -> None:
    tile = {area.slug: area.tile for area in areas(dt.date(2024, 1, 1))}
    west, east = min(column for column, _ in tile.values()), max(column for column, _ in tile.values())
    south = max(row for _, row in tile.values())
    assert tile["northumberland"][1] == 0
    assert tile["isles-of-scilly"][0] == west
    assert tile["cornwall"] == (tile["isles-of-scilly"][0] + 1, tile["isles-of-scilly"][1])
    assert tile["cornwall"][1] >= south - 1
    assert max(tile["norfolk"][0], tile["suffolk"][0], tile["kent"][0]) >= east - 1
    for north, below in (
        ("leeds", "sheffield"),
        ("birmingham", "bristol"),
        ("york", "leicester"),
        ("oxfordshire", "dorset"),
    ):
        assert tile[north][1] < tile[below][1]
    for left, right in (
        ("liverpool", "manchester"),
        ("herefordshire", "norfolk"),
        ("devon", "kent"),
        ("bristol", "slough"),
    ):
        assert tile[left][0] < tile[right][0]


def test_london_is_one_block_on_the_map() -> None:
    london = {area.tile for area in areas(dt.date(2024, 1, 1)) if area.kind == "london"}
    columns, rows = {column for column, _ in london}, {row for _, row in london}
    assert len(london) == 33
    assert (len(columns), len(rows)) == (7, 5)
    corners = {(column, row) for column in columns for row in rows} - london
    assert len(corners) == 2
    assert {column for column, _ in corners} == {min(columns)}


def test_an_unknown_slug_names_its_neighbours() -> None:
    with pytest.raises(UnknownAreaError, match="did you mean barnsley"):
        get_area("barnsly")


def test_a_damaged_table_is_refused_with_the_place() -> None:
    with pytest.raises(FactsError, match=r"codes\.csv, line 1: expected the columns area, code; found area"):
        list(parse_table("codes.csv", "area\nleeds\n", ("area", "code")))
    with pytest.raises(FactsError, match=r"codes\.csv, line 3: expected 2 cells, found 1"):
        list(parse_table("codes.csv", "area,code\nleeds,383\nkent\n", ("area", "code")))
    with pytest.raises(FactsError, match=r"line 9: '1 April' is no date"):
        day("1 April", "areas.csv, line 9")
    with pytest.raises(FactsError, match=r"entry 2: expected key, title; found key, titel"):
        entry({"key": "a", "titel": "b"}, "agencies.toml, entry 2", required=("key", "title"))


def test_importing_the_room_reads_no_facts_and_no_heavy_library() -> None:
    code = (
        "import sys, joinedup.areas; from joinedup.areas.places import all_areas; "
        "heavy = {'duckdb', 'django', 'pyarrow', 'difflib', 'tomllib'}; "
        "print(all_areas.cache_info().currsize, *heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]


def test_every_public_name_is_found_in_its_module() -> None:
    import joinedup.areas as room

    assert all(getattr(room, name) is not None for name in room.__all__)
    with pytest.raises(AttributeError, match="no attribute 'councils'"):
        room.councils  # noqa: B018


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2016-12-01", "Hampshire Constabulary"),
        ("2022-11-15", "Hampshire Constabulary"),
        ("2022-11-16", "Hampshire and Isle of Wight Constabulary"),
    ],
)
def test_a_body_has_the_name_that_it_had_on_the_day(day: str, name: str) -> None:
    (force,) = bodies_of("hampshire", dt.date.fromisoformat(day), kind="police_force")
    assert force.name_on(dt.date.fromisoformat(day)) == name
    assert force.name_on(None) == force.name == "Hampshire and Isle of Wight Constabulary"
