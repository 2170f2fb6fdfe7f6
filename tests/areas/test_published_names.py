"""Every name and code of a council in the published files means the right area at the right time."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from joinedup.areas import AmbiguousAreaError, UnknownAreaError, areas, find_area, regions

pytestmark = pytest.mark.corpus

TWO_COUNCILS = {"314 / 318", "940 / 941"}
"""Rows of the workforce file for two councils with one workforce: refused as naming two."""


@pytest.fixture(scope="module")
def official(shared_data: Path) -> Path:
    return shared_data / "official"


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def tables_by_council(official: Path) -> list[Path]:
    """The DfE files that give a council's two codes, its name and a period."""
    found = []
    for path in sorted(official.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        if {"old_la_code", "new_la_code", "la_name", "time_period"} <= set(header):
            found.append(path)
    return found


def test_codes_and_names_of_every_dfe_row_agree(official: Path) -> None:
    seen = defaultdict(set)
    for path in tables_by_council(official):
        for row in rows(path):
            if row["geographic_level"] == "Local authority":
                key = (row["old_la_code"], row["new_la_code"], row["la_name"], row["region_name"])
                seen[key].add(int(row["time_period"]))
    assert len(seen) > 150, "the files were read"
    for (dfe, ons, name, region), years in seen.items():
        if dfe in TWO_COUNCILS:
            with pytest.raises(AmbiguousAreaError):
                find_area(name)
            continue
        area = find_area(dfe)
        assert find_area(ons) == area, (dfe, ons)
        assert area.region == region or (region in {"Inner London", "Outer London"} and area.region == "London"), name
        # The name may be borne by another area too (Dorset): the day decides, and every row's council is one of them.
        on = dt.date(max(years), 3, 31)
        assert find_area(name, on if area.exists_on(on) else dt.date(min(years), 3, 31)) == area, (name, years)


def test_the_years_a_council_appears_in_are_years_it_existed(official: Path) -> None:
    """In the children in need series a change on 1 April shows first in the following reporting year."""
    given = defaultdict(set)
    for row in rows(official / "b1_children_in_need_2013_to_2025.csv"):
        if row["geographic_level"] == "Local authority":
            given[int(row["time_period"])].add(find_area(row["old_la_code"]).slug)
    assert sorted(given) == list(range(2013, 2026))
    for year, slugs in given.items():
        assert slugs == {area.slug for area in areas(dt.date(year, 3, 31))}, year


def test_the_local_authority_lookup(official: Path) -> None:
    for row in rows(official / "Provider_data_lookup.csv"):
        area = find_area(row["la_code"])
        assert find_area(row["urn"]) == area
        assert find_area(row["local_authority_ons_name"]) == area
        assert not row["la_code_new"] or find_area(row["la_code_new"]) == area
        for name in filter(None, row["also_known_as"].strip("[]").split(", ")):
            # "Bournemouth" and "Christchurch & Poole" are one name cut at its comma.
            assert name in {"Bournemouth", "Christchurch & Poole"} or find_area(name) == area
        assert row["rgn22nm"].casefold() == area.region.casefold()


def test_ofsted_outcomes_of_2025(official: Path) -> None:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(official / "LA_Inspection_Outcomes_as_at_31_March_2025.ods")
    seen = set()
    for sheet, region in (
        ("Inspections_as_at_31_March", 3),
        ("In-year_inspections", 3),
        ("ILACS_inspection_history", 4),
    ):
        for row in book.get_sheet_by_name(sheet).to_python()[3:]:
            area = find_area(str(row[1]))
            assert find_area(str(row[2])) in {area, *map(find_area, area.successors)}
            assert area.ofsted_region == row[region]
            seen.add(area.slug)
    assert len(seen) == 156


def test_ofsted_underlying_data_of_2023(official: Path) -> None:
    import python_calamine

    path = official / "Childrens_social_care_in_England_2023_underlying_data.ods"
    book = python_calamine.CalamineWorkbook.from_path(path)
    lines = book.get_sheet_by_name("LA_inspections_2009-2023").to_python()[5:]
    split = next(i for i, row in enumerate(lines) if str(row[0]).startswith("Table 11"))
    current = [row for row in lines[:split] if row[3]]
    ended = [row for row in lines[split + 2 :] if row[3]]
    on = dt.date(2023, 3, 31)
    assert len(current) == 152
    differs: set[str] = set()
    for row in current:
        area = find_area(str(row[1]), on)
        assert area.exists_on(on)
        assert area.ofsted_region.casefold() == str(row[2]).casefold()
        kind = {"Unitary": "unitary", "Metropolitan District": "metropolitan", "London Borough": "london"}
        differs |= {area.slug} if area.kind_on(on) != kind.get(str(row[3]), "county") else set()
    assert differs == {"buckinghamshire"}, "the file still calls it a shire county, three years on"
    assert {find_area(str(row[1]), dt.date(2019, 3, 31)).slug for row in ended} == {
        "bournemouth",
        "dorset-county",
        "poole",
        "northamptonshire",
    }


def test_the_interactive_tools_names_and_numbers(official: Path) -> None:
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(official / "bds_long_0.parquet", columns=["LA and Regions", "LA Number"])
    pairs = set(zip(*(table.column(name).to_pylist() for name in table.column_names), strict=True))
    by_number = {region.dfe_code: region.name for region in regions()}
    for name, number in pairs:
        code = f"{number:.0f}"
        if number >= 970:  # England, the regions and the halves of London
            assert code in {"970", "987", "988"} or by_number[code].casefold() == name.casefold()
            continue
        assert find_area(name).slug == find_area(code).slug
    assert len(pairs) > 160


@pytest.mark.parametrize("name", ["New_Statistical_Neighbour_Groupings_April_2021.csv", "sn_model_2025_wide.csv"])
def test_lists_of_statistical_neighbours(official: Path, name: str) -> None:
    with (official / name).open(encoding="utf-8-sig", newline="") as file:
        lines = [line[:2] for line in csv.reader(file) if line[0].strip().isdigit()]
    assert len(lines) in {152 + 4, 153}, "in 2021, four that had ended besides the 152 of the day"
    for code, called in lines:
        assert find_area(called) == find_area(code), called


def test_youth_justice_ratings(official: Path) -> None:
    """Welsh services and services for several councils together are refused; every other is an area."""
    refused = set()
    for row in rows(official / "hmi_youth_justice_inspection_ratings.csv"):
        try:
            find_area(row["la_name"])
        except (UnknownAreaError, AmbiguousAreaError):
            refused.add(row["la_name"])
    wales = {
        *("Ceredigion", "Flintshire", "Newport", "Conwy & Denbighshire - JI", "Carmarthenshire", "Bridgend", "Powys"),
        *("Blaenau Gwent and Caerphilly", "Vale of Glamorgan", "Swansea"),
    }
    assert refused == wales | {"An inspection of Tower Hamlets and City of London", "West Mercia"}


def test_inspections_since_the_last_outcomes_file(official: Path) -> None:
    for row in rows(official / "ilacs_since_2025-05-15.csv"):
        assert find_area(row["urn"]) == find_area(row["la_code"]) == find_area(row["local_authority"])


def test_reports_listed_in_the_manifest(shared_data: Path) -> None:
    for row in rows(shared_data / "reports" / "MANIFEST.csv"):
        assert find_area(row["urn"]) == find_area(row["local_authority"])
