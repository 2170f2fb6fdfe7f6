"""The questions asked of the public record, one module a question.

Every question takes an open record (`joinedup.record.open_record`) and answers with frozen dataclasses that have
`.to_json()`; those that are tables also have `.rows()`, `.arrow()` and `.frame()`.

The questions of accountability are fetched when they are first asked for: they load the posts and bodies, which the
others do not need.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from joinedup.analysis.changes import Changes, Move, Reorganised, changes
from joinedup.analysis.indicators import Indicator, Point, indicators
from joinedup.analysis.outcomes import Outcomes, outcomes
from joinedup.analysis.profile import AreaProfile, area_profile
from joinedup.analysis.rules import GRADES, SERIES
from joinedup.analysis.standings import Standing, standing, standings
from joinedup.analysis.timeline import Event, events, timeline
from joinedup.analysis.visits import Asked, Judged, ReportRead, Visited, reports, visits

if TYPE_CHECKING:
    from joinedup.analysis.accountability_agencies import (
        AgencyProfile,
        Contribution,
        Contributions,
        Tally,
        agency_profile,
        area_contributions,
    )
    from joinedup.analysis.accountability_demands import Accountability, Demand, Held, accountability
    from joinedup.analysis.accountability_matrix import Matrix, matrix
    from joinedup.analysis.accountability_posts import Answering, Named, answering

__all__ = [
    "GRADES",
    "SERIES",
    "Accountability",
    "AgencyProfile",
    "Answering",
    "AreaProfile",
    "Asked",
    "Changes",
    "Contribution",
    "Contributions",
    "Demand",
    "Event",
    "Held",
    "Indicator",
    "Judged",
    "Matrix",
    "Move",
    "Named",
    "Outcomes",
    "Point",
    "Reorganised",
    "ReportRead",
    "Standing",
    "Tally",
    "Visited",
    "accountability",
    "agency_profile",
    "answering",
    "area_contributions",
    "area_profile",
    "changes",
    "events",
    "indicators",
    "matrix",
    "outcomes",
    "reports",
    "standing",
    "standings",
    "timeline",
    "visits",
]

_HOMES = {
    "accountability_demands": "Accountability Demand Held accountability",
    "accountability_agencies": "AgencyProfile Contribution Contributions Tally agency_profile area_contributions",
    "accountability_matrix": "Matrix matrix",
    "accountability_posts": "Answering Named answering",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
