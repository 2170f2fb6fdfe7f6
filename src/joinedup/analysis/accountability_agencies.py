"""What agencies contributed: one body in every area it serves, and every agency in one area, inspection by inspection.

Concern and praise stand side by side. A statement praises where its list says so ("strengths") or where a paragraph
of the main text was read as praise; it is a concern likewise. A paragraph and the bullet that sums it up are two
statements, so numbers compare within a framework and not across frameworks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from joinedup.analysis.accountability_demands import PAGE, Accountability, demands
from joinedup.analysis.accountability_facts import ASKED, KINDS, About, Fact, facts
from joinedup.analysis.accountability_filters import select, selection, year_of
from joinedup.analysis.tables import Tabular
from joinedup.record.choices import NOBODY

if TYPE_CHECKING:
    from joinedup.areas import Area, Body
    from joinedup.record import Record

K = TypeVar("K", bound=Hashable)


class Tally(NamedTuple):
    """Numbers of statements: asked for (improvements and priority actions; of which `priority`), praise, concerns in
    the main text beside what was asked, and `mixed`, which are praise and concern in one and count as neither."""

    asked: int
    priority: int
    praised: int
    concerns: int
    mixed: int

    def to_json(self) -> dict[str, int]:
        """Plain values."""
        return self._asdict()


class Part(NamedTuple):
    """A tally under some key: a year, a theme or an agency."""

    key: str
    tally: Tally

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"key": self.key, **self.tally.to_json()}


@dataclass(frozen=True, slots=True)
class Served:
    """One area that a body serves or served, from `start` until the day before `end`; `part` where not all of it.

    `reports` are those published in that time that the record holds, newest first.
    """

    area: Area
    start: dt.date | None
    end: dt.date | None
    part: bool
    reports: tuple[About, ...]
    tally: Tally
    themes: tuple[Part, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        return {
            "area": self.area.slug,
            "area_name": self.area.name,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "part": self.part,
            "reports": [about.to_json() for about in self.reports],
            **self.tally.to_json(),
            "themes": [part.to_json() for part in self.themes],
        }


@dataclass(frozen=True, slots=True)
class AgencyProfile(Tabular):
    """What was asked of a body's agency, and praised, in every area it serves, while it served it.

    `asked` and `praised` are the newest statements of each. `years` are in order, `themes` most asked first.
    """

    body: Body
    areas: tuple[Served, ...]
    tally: Tally
    years: tuple[Part, ...]
    themes: tuple[Part, ...]
    asked: Accountability
    praised: Accountability

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "body": {"body": self.body.key, "name": self.body.name, "kind": self.body.kind, "agency": self.body.agency},
            **self.tally.to_json(),
            "areas": [one.to_json() for one in self.areas],
            "years": [part.to_json() for part in self.years],
            "themes": [part.to_json() for part in self.themes],
            "improvements": self.asked.to_json(),
            "strengths": self.praised.to_json(),
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return ("body", "area", "area_name", "start", "end", "part", "reports", *Tally._fields)

    def rows(self) -> list[dict[str, Any]]:
        """One row an area: when it was served, the number of reports, and its tally."""
        return [
            {
                "body": self.body.key,
                "area": one.area.slug,
                "area_name": one.area.name,
                "start": one.start,
                "end": one.end,
                "part": one.part,
                "reports": len(one.reports),
                **one.tally.to_json(),
            }
            for one in self.areas
        ]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one report asked of each agency and praised in it; `nobody` counts statements that hold none."""

    report: About
    agencies: tuple[Part, ...]
    nobody: Tally

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "report": self.report.to_json(),
            "agencies": [part.to_json() for part in self.agencies],
            "nobody": self.nobody.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Contributions(Tabular):
    """Agencies' contributions in an area over time, newest report first; `before_it` those of its predecessors."""

    area: Area
    inspections: tuple[Contribution, ...]
    before_it: tuple[Contribution, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "area": self.area.slug,
            "area_name": self.area.name,
            "inspections": [one.to_json() for one in self.inspections],
            "predecessors_inspections": [one.to_json() for one in self.before_it],
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return ("area", "report", "framework", "visit", "published", "agency", *Tally._fields)

    def rows(self) -> list[dict[str, Any]]:
        """One row a report and agency with its tally."""
        return [
            {
                "area": one.report.area,
                "report": one.report.sha256,
                "framework": one.report.framework,
                "visit": one.report.visit,
                "published": one.report.published,
                "agency": part.key,
                **part.tally.to_json(),
            }
            for one in (*self.inspections, *self.before_it)
            for part in one.agencies
        ]


def agency_profile(record: Record, body: str, *, fictional: bool = False, limit: int = PAGE) -> AgencyProfile:
    """What was asked of a police force, integrated care board, probation region or children's trust (a body's key) in
    each area it serves or served, when, about what; and what was praised.

    Reports say "the police" and seldom which force, so a body is held to what was asked of its agency in an area that
    it served on the day of publication. Areas with no report in the record are there too. `limit` is how many
    statements `asked` and `praised` hold. Raises UnknownBodyError.
    """
    from joinedup.areas import get_body

    ours = get_body(body)
    found = select(record, selection(body=body, kinds=KINDS, fictional=fictional))
    by_area = _by(found, lambda fact: [fact.about.area or ""])
    return AgencyProfile(
        body=ours,
        areas=tuple(_served(record, ours, by_area, fictional)),
        tally=_tally(found),
        years=_parts(_by(found, lambda fact: [year_of(fact.about)])),
        themes=_themes(found),
        asked=_page(record, body, found, fictional, limit, praise=False),
        praised=_page(record, body, found, fictional, limit, praise=True),
    )


def area_contributions(
    record: Record, area: str, *, as_at: dt.date | None = None, fictional: bool = False
) -> Contributions:
    """What was asked of and praised in each agency at each inspection of an area (its slug) and of its predecessors.

    `as_at` leaves out reports that could be read only later. Raises UnknownAreaError.
    """
    from joinedup.analysis.profile import all_before
    from joinedup.areas import get_area

    place = get_area(area)
    slugs = [place.slug, *all_before(place)]
    found = select(record, selection(area=slugs, kinds=KINDS, until=as_at, fictional=fictional))
    by_report = _by(found, lambda fact: [fact.about.sha256])
    every = [_contribution(found) for found in by_report.values()]
    return Contributions(
        area=place,
        inspections=tuple(one for one in every if one.report.area == place.slug),
        before_it=tuple(one for one in every if one.report.area != place.slug),
    )


def report_contribution(record: Record, report: str) -> Contribution | None:
    """What one report (its sha256) asked of each agency and praised in it; None where it states nothing."""
    found = [fact for kind in KINDS for fact in facts(record, kind).get(report, ())]
    return _contribution(found) if found else None


def _contribution(found: Sequence[Fact]) -> Contribution:
    from joinedup.areas import agencies

    by_agency = _by(found, lambda fact: fact.agencies or (NOBODY,))
    return Contribution(
        report=found[0].about,
        agencies=tuple(Part(one.key, _tally(by_agency[one.key])) for one in agencies() if one.key in by_agency),
        nobody=_tally(by_agency.get(NOBODY, ())),
    )


def _served(record: Record, body: Body, by_area: dict[str, list[Fact]], fictional: bool) -> Iterable[Served]:
    from joinedup.analysis.accountability_facts import abouts
    from joinedup.areas import areas, services_of

    dated = [about for about in abouts(record).values() if about.day and (fictional or not about.fictional)]
    for area in sorted(areas(fictional=True), key=lambda area: area.name):
        for service in services_of(area.slug):
            if service.body.key != body.key:
                continue
            start, end = service.start or dt.date.min, service.end or dt.date.max
            there = [one for one in dated if one.area == area.slug and one.day and start <= one.day < end]
            told = {one.sha256 for one in there}
            found = [fact for fact in by_area.get(area.slug, ()) if fact.about.sha256 in told]
            yield Served(
                area=area,
                start=service.start,
                end=service.end,
                part=service.part,
                reports=tuple(sorted(there, key=lambda one: (one.day or dt.date.min, one.sha256), reverse=True)),
                tally=_tally(found),
                themes=_themes(found),
            )


def _page(
    record: Record, body: str, found: Sequence[Fact], fictional: bool, limit: int, *, praise: bool
) -> Accountability:
    kinds = ("strength", "finding") if praise else ASKED
    polarity = "strength" if praise else None
    chosen = [fact for fact in found if fact.kind in kinds and polarity in (None, fact.polarity)]
    wanted = selection(body=body, kinds=kinds, polarity=polarity, fictional=fictional)
    return Accountability(wanted, len(chosen), 0, demands(record, chosen[:limit]))


def _tally(found: Iterable[Fact]) -> Tally:
    counted: Counter[str] = Counter()
    for fact in found:
        if fact.kind in ASKED:
            counted["asked"] += 1
            counted["priority"] += fact.kind == "priority_action"
        elif fact.polarity == "strength":
            counted["praised"] += 1
        elif fact.polarity == "weakness":
            counted["concerns"] += 1
        elif fact.polarity == "mixed":
            counted["mixed"] += 1
    return Tally(**{name: counted[name] for name in Tally._fields})


def _by(found: Iterable[Fact], keys: Callable[[Fact], Sequence[K]]) -> dict[K, list[Fact]]:
    grouped: defaultdict[K, list[Fact]] = defaultdict(list)
    for fact in found:
        for key in keys(fact):
            grouped[key].append(fact)
    return dict(grouped)


def _parts(grouped: dict[str, list[Fact]]) -> tuple[Part, ...]:
    return tuple(Part(key, _tally(grouped[key])) for key in sorted(grouped))


def _themes(found: Iterable[Fact]) -> tuple[Part, ...]:
    parts = _parts(_by(found, lambda fact: fact.themes))
    return tuple(sorted(parts, key=lambda part: (-part.tally.asked, -part.tally.praised, part.key)))
