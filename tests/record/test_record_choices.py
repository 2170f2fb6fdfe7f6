"""What people type is taken by key or title, whatever the case and the signs, and one way by everything that asks."""

import pytest

from joinedup.areas import get_area
from joinedup.errors import UsageError
from joinedup.record.choices import areas_of_region, kind_key, region_name


@pytest.mark.parametrize("given", ["Yorkshire and The Humber", "yorkshire & the humber", "E12000003", "e12000003"])
def test_a_region_is_named_by_its_name_or_its_code(given: str) -> None:
    assert region_name(given) == "Yorkshire and The Humber"


def test_a_region_has_the_areas_that_it_had_before_a_change_too() -> None:
    found = areas_of_region("south west")
    assert {"dorset", "cornwall"} <= set(found)
    assert {get_area(slug).region for slug in found} == {"South West"}
    assert any(get_area(slug).end for slug in found)


def test_what_there_is_none_of_is_refused_with_all_that_there_is() -> None:
    with pytest.raises(UsageError, match=r"^There is no region 'Mercia'. There is: North East \(E12000001\); "):
        areas_of_region("Mercia")
    with pytest.raises(UsageError, match=r"^There is no kind ''. There is: Priority action \(priority_action\); "):
        kind_key("")
