"""Local areas over time: councils, their codes and names, who serves them, who answers to whom, and working days.

Each name is fetched from its module when it is first asked for, so that counting working days does not load the posts.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from joinedup.areas.agency import (
        Agency,
        Inspectorate,
        UnknownAgencyError,
        agencies,
        get_agency,
        get_inspectorate,
        inspectorates,
        inspectorates_named_in,
    )
    from joinedup.areas.bodies import Body, Service, UnknownBodyError, bodies_of, get_body, services_of
    from joinedup.areas.facts import FactsError
    from joinedup.areas.likeness import UnknownEditionError, editions, neighbours
    from joinedup.areas.lookup import areas_named_in, find_area, search_area_in
    from joinedup.areas.model import AmbiguousAreaError, Area, Code, DeliveryBody, Region, UnknownAreaError
    from joinedup.areas.places import areas, get_area, regions
    from joinedup.areas.post import Post, UnknownPostError, answers_to, chain, get_post, posts
    from joinedup.areas.working_days import add_working_days, bank_holidays, is_working_day, working_days_between

__all__ = [
    "Agency",
    "AmbiguousAreaError",
    "Area",
    "Body",
    "Code",
    "DeliveryBody",
    "FactsError",
    "Inspectorate",
    "Post",
    "Region",
    "Service",
    "UnknownAgencyError",
    "UnknownAreaError",
    "UnknownBodyError",
    "UnknownEditionError",
    "UnknownPostError",
    "add_working_days",
    "agencies",
    "answers_to",
    "areas",
    "areas_named_in",
    "bank_holidays",
    "bodies_of",
    "chain",
    "editions",
    "find_area",
    "get_agency",
    "get_area",
    "get_body",
    "get_inspectorate",
    "get_post",
    "inspectorates",
    "inspectorates_named_in",
    "is_working_day",
    "neighbours",
    "posts",
    "regions",
    "search_area_in",
    "services_of",
    "working_days_between",
]

_HOMES = {
    "agency": "Agency Inspectorate UnknownAgencyError agencies get_agency get_inspectorate inspectorates "
    "inspectorates_named_in",
    "bodies": "Body Service UnknownBodyError bodies_of get_body services_of",
    "facts": "FactsError",
    "likeness": "UnknownEditionError editions neighbours",
    "lookup": "areas_named_in find_area search_area_in",
    "model": "AmbiguousAreaError Area Code DeliveryBody Region UnknownAreaError",
    "places": "areas get_area regions",
    "post": "Post UnknownPostError answers_to chain get_post posts",
    "working_days": "add_working_days bank_holidays is_working_day working_days_between",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
