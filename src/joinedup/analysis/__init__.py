"""The questions asked of the public record, one module a question.

Every question takes an open record (`joinedup.record.open_record`) and answers with frozen dataclasses that have
`.to_json()`; those that are tables also have `.rows()`, `.arrow()` and `.frame()`.
"""

from joinedup.analysis.changes import Changes, Move, Reorganised, changes
from joinedup.analysis.indicators import Indicator, Point, indicators
from joinedup.analysis.outcomes import Outcomes, outcomes
from joinedup.analysis.profile import AreaProfile, area_profile
from joinedup.analysis.rules import GRADES, SERIES
from joinedup.analysis.standings import Standing, standing, standings
from joinedup.analysis.timeline import Event, events, timeline
from joinedup.analysis.visits import Asked, Judged, ReportRead, Visited, reports, visits

__all__ = [
    "GRADES",
    "SERIES",
    "AreaProfile",
    "Asked",
    "Changes",
    "Event",
    "Indicator",
    "Judged",
    "Move",
    "Outcomes",
    "Point",
    "Reorganised",
    "ReportRead",
    "Standing",
    "Visited",
    "area_profile",
    "changes",
    "events",
    "indicators",
    "outcomes",
    "reports",
    "standing",
    "standings",
    "timeline",
    "visits",
]
