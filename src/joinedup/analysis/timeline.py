"""What happened to an area, in order: one list of dated events for a page or a chart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from joinedup.analysis.corrected import OF_VISITS, in_plain
from joinedup.analysis.profile import AreaProfile, area_profile
from joinedup.record.schema import GRADE

if TYPE_CHECKING:
    from joinedup.record import Correction, Record

_OF_INSPECTIONS = (*OF_VISITS, f"{GRADE}overall")
_OF_STATEMENTS = ("area", "framework", "published", "theme", "principal_authority", "statement_due")
"""The fields of a report that tell of the statement which it asks for; the day by the rule comes from publication."""

EventKind = Literal["began", "ended", "delivery_body_began", "delivery_body_ended", "inspection", "statement_due"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on one day. `area` is the slug it happened to (a predecessor's for what was before the area).

    For an inspection `framework`, `visit`, `theme` and `grade` (its overall grade) tell which; `name` is a delivery
    body's name, or who owes a statement; `reports` the record's reports on it; `corrections` what of all this was
    corrected.
    """

    day: dt.date
    kind: EventKind
    area: str
    framework: str | None = None
    visit: str | None = None
    theme: str | None = None
    grade: str | None = None
    name: str | None = None
    reports: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values; the day as ISO text."""
        return {
            "day": self.day.isoformat(),
            "kind": self.kind,
            "area": self.area,
            "framework": self.framework,
            "visit": self.visit,
            "theme": self.theme,
            "grade": self.grade,
            "name": self.name,
            "reports": list(self.reports),
            "corrections": in_plain(self.corrections),
        }


def timeline(record: Record, area: str, *, as_at: dt.date | None = None) -> tuple[Event, ...]:
    """The events of an area (a slug) and its predecessors up to `as_at`, oldest first.

    Statements that joint inspections ask for are among them also where they were not due yet on `as_at`.
    """
    return events(area_profile(record, area, as_at=as_at, with_indicators=False, with_items=False))


def events(profile: AreaProfile) -> tuple[Event, ...]:
    """The events that a profile tells of, oldest first."""
    found = [*_beginnings_and_ends(profile), *_inspections(profile)]
    kept = [event for event in found if profile.as_at is None or event.day <= profile.as_at]
    return tuple(sorted([*kept, *_statements(profile)], key=lambda event: (event.day, event.kind)))


def _beginnings_and_ends(profile: AreaProfile) -> list[Event]:
    found: list[Event] = []
    for area in (profile.area, *profile.predecessors):
        days: list[tuple[EventKind, dt.date | None, str | None]] = [
            ("began", area.start, None),
            ("ended", area.end, None),
        ]
        for body in area.delivery_bodies:
            days += [("delivery_body_began", body.start, body.name), ("delivery_body_ended", body.end, body.name)]
        found += [Event(day, kind, area.slug, name=name) for kind, day, name in days if day]
    return found


def _inspections(profile: AreaProfile) -> list[Event]:
    return [
        Event(
            day=one.day,
            kind="inspection",
            area=one.area,
            framework=one.framework,
            visit=one.visit,
            theme=one.theme,
            grade=one.grades.get("overall"),
            reports=one.reports,
            corrections=tuple(given for given in one.corrections if given.field in _OF_INSPECTIONS),
        )
        for one in (*profile.inspections, *profile.before_it)
    ]


def _statements(profile: AreaProfile) -> list[Event]:
    return [
        Event(
            day=due,
            kind="statement_due",
            area=one.area,
            framework=one.framework,
            theme=one.theme,
            name=one.principal_authority,
            reports=(one.sha256,),
            corrections=tuple(given for given in one.corrections if given.field in _OF_STATEMENTS),
        )
        for one in (*profile.reports, *profile.reports_before_it)
        if (due := one.statement_due or one.statement_due_computed)
    ]
