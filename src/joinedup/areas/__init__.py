"""Local areas over time: councils, their codes and names, who serves them, who answers to whom, and working days."""

from joinedup.areas.bodies import Body, Service, UnknownBodyError, bodies_of, get_body
from joinedup.areas.facts import FactsError
from joinedup.areas.lookup import areas_named_in, find_area, search_area_in
from joinedup.areas.model import AmbiguousAreaError, Area, Code, DeliveryBody, Region, UnknownAreaError
from joinedup.areas.places import areas, get_area, regions
from joinedup.areas.working_days import add_working_days, bank_holidays, is_working_day, working_days_between

__all__ = [
    "AmbiguousAreaError",
    "Area",
    "Body",
    "Code",
    "DeliveryBody",
    "FactsError",
    "Region",
    "Service",
    "UnknownAreaError",
    "UnknownBodyError",
    "add_working_days",
    "areas",
    "areas_named_in",
    "bank_holidays",
    "bodies_of",
    "find_area",
    "get_area",
    "get_body",
    "is_working_day",
    "regions",
    "search_area_in",
    "working_days_between",
]
