"""One area's page: its profile, made ready to be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from joinedup import analysis
from joinedup.analysis.accountability_facts import facts
from joinedup.analysis.corrected import corrected
from joinedup.analysis.headline_indicators import headline_indicators
from joinedup.analysis.observed import measures_counted
from joinedup.areas import Area, Body, bodies_of
from joinedup.record.schema import GRADE
from joinedup.service.site.choices import family_short, family_title, judgement_short, judgement_titles, visit_title
from joinedup.service.site.grades import GradeLook, look_of
from joinedup.service.site.indicators import Topic, topics
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.lifeline import Lifeline, lifeline
from joinedup.service.site.righted import Righted, in_words
from joinedup.service.site.wording import KIND_GROUPS

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
class Graded:
    """One grade that an inspection gave.

    `corrected`: the report of which somebody corrected the grade that is shown; empty where nobody did. Where Ofsted's
    own history has the grade, that is shown, also where a report's was corrected to another: `otherwise` is then the
    report and that other grade, in words.
    """

    title: str
    look: GradeLook
    corrected: str = ""
    otherwise: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One inspection or visit: its overall grade, and that of each other judgement that it gave."""

    day: dt.date
    published: dt.date | None
    family: str
    family_title: str
    visit: str
    theme: str | None
    overall: Graded | None
    parts: tuple[Graded, ...]
    reports: tuple[str, ...]
    predecessor: Area | None


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One judgement of a report, and what of its grade was corrected."""

    title: str
    look: GradeLook
    page: int
    righted: tuple[Righted, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report that was read, how many statements of each kind it makes, as (title, number), and what of its own
    fields was corrected."""

    read: analysis.ReportRead
    title: str
    judgements: tuple[JudgedRow, ...]
    numbers: tuple[tuple[str, int], ...]
    righted: tuple[Righted, ...]
    predecessor: Area | None


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything on an area's page. `as_at` None: as it stands today, else as it stood on that day.

    `begun`: the area is there today, or was; `ended`: it is no longer there; `ended_by_then`: nor was it on the day
    that is shown.

    `stands` is the latest overall grade as its inspection's row of the history has it. `topics` are the headline
    indicators; `measures` counts all that the record has of the area.
    """

    area: Area
    as_at: dt.date | None
    kind: str
    codes: tuple[tuple[str, str], ...]
    look: GradeLook | None
    standing: analysis.Standing | None
    standing_words: str
    stands: Graded | None
    predecessors: tuple[Area, ...]
    successors: tuple[Area, ...]
    bodies: tuple[tuple[str, tuple[Body, ...]], ...]
    history: tuple[HistoryRow, ...]
    begun: bool
    ended: bool
    ended_by_then: bool
    line: Lifeline
    reports: tuple[ReportRow, ...]
    topics: tuple[Topic, ...]
    measures: int

    @property
    def day_query(self) -> str:
        """The query string of the same day, for links to other areas and to more of this one."""
        return f"?as_at={self.as_at}" if self.as_at else ""


def area_page(record: Record, slug: str, *, today: dt.date, as_at: dt.date | None = None) -> AreaPage:
    """The page of one area, as the record knows it today or as things stood on `as_at`. Raises UnknownAreaError."""
    return _area_page(Kept(record), slug, today, as_at)


@lru_cache(maxsize=KEPT)
def _area_page(kept: Kept, slug: str, today: dt.date, as_at: dt.date | None) -> AreaPage:
    record, day = kept.record, as_at or today
    profile = analysis.area_profile(record, slug, as_at=as_at, with_indicators=False, with_items=False)
    area, standing = profile.area, profile.standing
    visited = sorted((*profile.inspections, *profile.before_it), key=lambda one: one.day, reverse=True)
    before = {each.slug: each for each in profile.predecessors}
    ended = area.end is not None and area.end <= day
    return AreaPage(
        area=area,
        as_at=as_at,
        kind=KINDS[area.kind_on(as_at) if as_at else area.kind],
        codes=_codes(area, as_at),
        look=look_of(standing.grade, inspected=standing.framework is not None) if standing else None,
        standing=standing,
        standing_words=_standing_words(standing),
        stands=_stands(record, profile),
        predecessors=profile.predecessors,
        successors=profile.successors,
        bodies=_bodies(area, day),
        history=tuple(_row(record, one, before) for one in visited),
        begun=area.start is None or area.start <= today,
        ended=area.end is not None and area.end <= today,
        ended_by_then=ended,
        line=lifeline(profile.inspections, until=area.end if area.end and ended else day),
        reports=tuple(_report(record, one, before) for one in (*profile.reports, *profile.reports_before_it)),
        topics=topics(headline_indicators(record, slug, as_at=as_at)),
        measures=measures_counted(record, slug, year=day.year),
    )


def _codes(area: Area, as_at: dt.date | None) -> tuple[tuple[str, str], ...]:
    """Each scheme's code of the area: the latest, or that of the day."""
    if as_at is None:
        found = [("DfE", area.la_code), ("ONS", area.ons_code), ("Ofsted", area.urn)]
    else:
        found = [
            ("DfE", area.code("dfe", as_at)),
            ("ONS", area.code("ons", as_at)),
            ("Ofsted", area.code("urn", as_at)),
        ]
    return tuple((title, code) for title, code in found if code)


def _standing_words(standing: analysis.Standing | None) -> str:
    if standing is None or standing.framework is None:
        return ""
    return f"{visit_title(standing.visit)}, {family_short(standing.framework)}"


def _bodies(area: Area, day: dt.date) -> tuple[tuple[str, tuple[Body, ...]], ...]:
    """The bodies that serve the area on the day, by kind; for an area that had ended, those of its last day."""
    serving = bodies_of(area.slug, area.end - dt.timedelta(days=1) if area.end and area.end <= day else day)
    found = [(title, tuple(body for body in serving if body.kind == kind)) for kind, title in BODIES.items()]
    return tuple((title, bodies) for title, bodies in found if bodies)


def _row(record: Record, one: analysis.Visited, before: dict[str, Area]) -> HistoryRow:
    return HistoryRow(
        day=one.day,
        published=one.published,
        family=family_short(one.framework),
        family_title=family_title(one.framework),
        visit=visit_title(one.visit),
        theme=one.theme,
        overall=_graded(record, one, "overall"),
        parts=tuple(found for key in judgement_titles() if key != "overall" and (found := _graded(record, one, key))),
        reports=one.reports,
        predecessor=before.get(one.area),
    )


def _graded(record: Record, one: analysis.Visited, key: str) -> Graded | None:
    """The grade that an inspection gave for a judgement; None where it gave none, and nobody corrected one to none."""
    grade = one.grades.get(key)
    righted = next((each.report for each in one.corrections if each.field == f"{GRADE}{key}"), "")
    if grade is None and not righted:
        return None
    title, look = "Overall" if key == "overall" else judgement_short(key), look_of(grade)
    if not one.official:
        return Graded(title, look, righted)
    given = corrected(record)
    made = ((sha256, each) for sha256 in one.reports for each in given.of_grade(sha256, key))
    other = next(((sha256, in_words(each).new) for sha256, each in made if each.new != grade), None)
    return Graded(title, look, otherwise=other)


def _stands(record: Record, profile: analysis.AreaProfile) -> Graded | None:
    where = profile.standing and (profile.standing.framework, profile.standing.published)
    found = (_graded(record, one, "overall") for one in profile.inspections if (one.framework, one.published) == where)
    return next(filter(None, found), None)


def _report(record: Record, one: analysis.ReportRead, before: dict[str, Area]) -> ReportRow:
    numbers = ((title, len(facts(record, kind).get(one.sha256, ()))) for kind, title in KIND_GROUPS.items())
    return ReportRow(
        read=one,
        title=f"{visit_title(one.visit)}, {family_short(one.framework)}",
        judgements=tuple(
            JudgedRow(
                each.title,
                look_of(each.grade),
                each.page,
                tuple(map(in_words, each.corrections)),
            )
            for each in _in_order(one.judgements)
        ),
        numbers=tuple((title, number) for title, number in numbers if number),
        righted=tuple(map(in_words, one.corrections)),
        predecessor=before.get(one.area),
    )


def _in_order(judgements: Iterable[analysis.Judged]) -> list[analysis.Judged]:
    """The overall judgement first, then as its framework has them."""
    order = {key: number for number, key in enumerate(judgement_titles())}
    return sorted(judgements, key=lambda each: order.get(each.key, len(order)))
