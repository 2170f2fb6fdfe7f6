"""Local areas over time: councils, their codes and names, who serves them, who answers to whom, and working days."""

from joinedup.areas.agencies import (
    Agency,
    Inspectorate,
    UnknownAgencyError,
    agencies,
    get_agency,
    get_inspectorate,
    inspectorates,
    inspectorates_named_in,
)
from joinedup.areas.bodies import Body, Service, UnknownBodyError, bodies_of, get_body
from joinedup.areas.facts import FactsError
from joinedup.areas.lookup import areas_named_in, find_area, search_area_in
from joinedup.areas.model import AmbiguousAreaError, Area, Code, DeliveryBody, Region, UnknownAreaError
from joinedup.areas.neighbours import UnknownEditionError, editions, neighbours
from joinedup.areas.places import areas, get_area, regions
from joinedup.areas.posts import Post, UnknownPostError, answers_to, chain, get_post, posts
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
    "working_days_between",
]
