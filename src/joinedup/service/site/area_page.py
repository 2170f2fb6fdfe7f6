"""One area's page: its profile, made ready to be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from joinedup import analysis
from joinedup.areas import Area, Body, bodies_of
from joinedup.service.site.choices import family_short, family_title, judgement_short, judgement_titles, visit_title
from joinedup.service.site.grades import GradeLook, look_of
from joinedup.service.site.indicators import Topic, topics
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.lifeline import Lifeline, lifeline

if TYPE_CHECKING:
    from joinedup.record import Record

KINDS = {
    "county": "County council",
    "unitary": "Unitary authority",
    "metropolitan": "Metropolitan borough",
    "london": "London borough",
}
BODIES = {
    "police_force": "Police force",
    "icb": "Integrated care board",
    "trust": "Children’s services run by",
    "probation_region": "Probation region",
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One inspection or visit: its overall grade, and (title, grade) of each other judgement that it gave."""

    day: dt.date
    published: dt.date | None
    family: str
    family_title: str
    visit: str
    theme: str | None
    overall: GradeLook | None
    parts: tuple[tuple[str, GradeLook], ...]
    reports: tuple[str, ...]
    predecessor: Area | None


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """The items of one kind in a report, under the page's own heading."""

    title: str
    items: tuple[analysis.Asked, ...]


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One judgement of a report."""

    title: str
    look: GradeLook
    page: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report that was read."""

    read: analysis.ReportRead
    title: str
    judgements: tuple[JudgedRow, ...]
    groups: tuple[ItemGroup, ...]
    predecessor: Area | None


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything on an area's page."""

    area: Area
    kind: str
    look: GradeLook | None
    standing: analysis.Standing | None
    standing_words: str
    predecessors: tuple[Area, ...]
    successors: tuple[Area, ...]
    bodies: tuple[tuple[str, tuple[Body, ...]], ...]
    history: tuple[HistoryRow, ...]
    line: Lifeline
    reports: tuple[ReportRow, ...]
    topics: tuple[Topic, ...]


def area_page(record: Record, slug: str, *, today: dt.date) -> AreaPage:
    """The page of one area, as the record knows it today. Raises UnknownAreaError."""
    return _area_page(Kept(record), slug, today)


@lru_cache(maxsize=KEPT)
def _area_page(kept: Kept, slug: str, today: dt.date) -> AreaPage:
    profile = analysis.area_profile(kept.record, slug)
    area, standing = profile.area, profile.standing
    visited = sorted((*profile.inspections, *profile.before_it), key=lambda one: one.day, reverse=True)
    before = {each.slug: each for each in profile.predecessors}
    ended = area.end is not None and area.end <= today
    return AreaPage(
        area=area,
        kind=KINDS[area.kind],
        look=look_of(standing.grade, inspected=standing.framework is not None) if standing else None,
        standing=standing,
        standing_words=_standing_words(standing),
        predecessors=profile.predecessors,
        successors=profile.successors,
        bodies=_bodies(area, today),
        history=tuple(_row(one, before) for one in visited),
        line=lifeline(profile.inspections, until=area.end if area.end and ended else today),
        reports=tuple(_report(one, before) for one in (*profile.reports, *profile.reports_before_it)),
        topics=topics(profile.indicators),
    )


def _standing_words(standing: analysis.Standing | None) -> str:
    if standing is None or standing.framework is None:
        return ""
    return f"{visit_title(standing.visit)}, {family_short(standing.framework)}"


def _bodies(area: Area, today: dt.date) -> tuple[tuple[str, tuple[Body, ...]], ...]:
    """The bodies that serve the area now, by kind; for an area that has ended, those of its last day."""
    day = area.end - dt.timedelta(days=1) if area.end and area.end <= today else today
    serving = bodies_of(area.slug, day)
    found = [(title, tuple(body for body in serving if body.kind == kind)) for kind, title in BODIES.items()]
    return tuple((title, bodies) for title, bodies in found if bodies)


def _row(one: analysis.Visited, before: dict[str, Area]) -> HistoryRow:
    parts = {key: one.grades[key] for key in judgement_titles() if key in one.grades}
    overall = parts.pop("overall", None)
    return HistoryRow(
        day=one.day,
        published=one.published,
        family=family_short(one.framework),
        family_title=family_title(one.framework),
        visit=visit_title(one.visit),
        theme=one.theme,
        overall=look_of(overall) if overall else None,
        parts=tuple((judgement_short(key), look_of(grade)) for key, grade in parts.items()),
        reports=one.reports,
        predecessor=before.get(one.area),
    )


def _report(one: analysis.ReportRead, before: dict[str, Area]) -> ReportRow:
    groups = (
        ItemGroup("Priority actions", one.priority_actions),
        ItemGroup("What needs to improve", one.improvements),
        ItemGroup("Strengths", one.strengths),
    )
    return ReportRow(
        read=one,
        title=f"{visit_title(one.visit)}, {family_short(one.framework)}",
        judgements=tuple(JudgedRow(each.title, look_of(each.grade), each.page) for each in _in_order(one.judgements)),
        groups=tuple(group for group in groups if group.items),
        predecessor=before.get(one.area),
    )


def _in_order(judgements: Iterable[analysis.Judged]) -> list[analysis.Judged]:
    """The overall judgement first, then as its framework has them."""
    order = {key: number for number, key in enumerate(judgement_titles())}
    return sorted(judgements, key=lambda each: order.get(each.key, len(order)))
