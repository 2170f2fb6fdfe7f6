"""Every inspection and visit of an area, and the reports on them that the record holds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from joinedup.analysis.corrected import Corrected, corrected, in_plain
from joinedup.analysis.history import known, linked
from joinedup.analysis.remembering import once
from joinedup.analysis.rules import counted_by, judgement_places
from joinedup.record.choices import check_days

if TYPE_CHECKING:
    from joinedup.record import Correction, Record

_VISITS = """
    SELECT k.id, k.area, k.framework, k.visit, k.start_date, k.end_date, k.published, k.theme, k.grades, k.official,
        l.reports
    FROM known AS k LEFT JOIN links AS l ON l.id = k.id
"""

_REPORTS = """
    SELECT sha256, file, area, framework, visit, start_date, end_date, published, lead_inspector, inspectorates, theme,
        principal_authority, statement_due, statement_due_computed, outcome, outcome_text, outcome_page, replaced,
        fictional
    FROM reports WHERE area IS NOT NULL
    ORDER BY coalesce(published, end_date, start_date) DESC NULLS LAST, sha256
"""

_JUDGEMENTS = """
    SELECT report, key, title, grade, page FROM judgements ORDER BY report, page, key
"""

_ITEMS = """
    SELECT report, id, kind, text, page, section, lead_in, responsible FROM findings
    WHERE report IN (SELECT unnest($reports)) AND kind IN ('improvement', 'priority_action', 'strength')
    ORDER BY report, ordinal
"""


@dataclass(frozen=True, slots=True)
class Visited:
    """One inspection or visit. `day` is the day by which it counts; `official` whether Ofsted's own history has it.

    `reports` are the record's reports on it (their sha256); `corrections` are those of what is told here, where one of
    these tells it and not the official history.
    """

    area: str
    framework: str
    visit: str | None
    start: dt.date | None
    end: dt.date | None
    published: dt.date | None
    day: dt.date
    theme: str | None
    grades: Mapping[str, str]
    official: bool
    reports: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        return {
            "area": self.area,
            "framework": self.framework,
            "visit": self.visit,
            "inspection": {"start": iso(self.start), "end": iso(self.end)},
            "published": iso(self.published),
            "counted_on": iso(self.day),
            "theme": self.theme,
            "grades": dict(self.grades),
            "official": self.official,
            "reports": list(self.reports),
            "corrections": in_plain(self.corrections),
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement as a report prints it, with its page and what of its grade was corrected."""

    key: str
    title: str
    grade: str | None
    page: int
    corrections: tuple[Correction, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract's shape of a judgement, with its corrections."""
        return {
            "key": self.key,
            "title": self.title,
            "grade": self.grade,
            "page": self.page,
            "corrections": in_plain(self.corrections),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """One improvement, priority action or strength in a report's own words, with its page and what was corrected."""

    id: str
    kind: str
    text: str
    page: int
    section: str | None
    lead_in: str | None
    responsible: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values. `id` is the finding's in the record."""
        return {
            "id": self.id,
            "text": self.text,
            "page": self.page,
            "section": self.section,
            "lead_in": self.lead_in,
            "responsible": list(self.responsible),
            "corrections": in_plain(self.corrections),
        }


@dataclass(frozen=True, slots=True)
class ReportRead:
    """One report that the record holds, with its judgements and items.

    `statement_due` is the day as printed, `statement_due_computed` the same by the rule; `outcome` an area SEND
    report's (key, sentence, page). `corrections` are those of the report's own fields; of a grade and of an item these
    have their own.
    """

    sha256: str
    file: str
    area: str
    framework: str | None
    visit: str | None
    start: dt.date | None
    end: dt.date | None
    published: dt.date | None
    lead_inspector: str | None
    inspectorates: tuple[str, ...]
    theme: str | None
    judgements: tuple[Judged, ...] = ()
    outcome: tuple[str, str | None, int | None] | None = None
    improvements: tuple[Asked, ...] = ()
    priority_actions: tuple[Asked, ...] = ()
    strengths: tuple[Asked, ...] = ()
    principal_authority: str | None = None
    statement_due: dt.date | None = None
    statement_due_computed: dt.date | None = None
    replaced: dt.date | None = None
    """The day on which a corrected version took its place."""
    fictional: bool = False
    corrections: tuple[Correction, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The day from which it could be read: its publication, or the nearest day that it prints."""
        return self.published or self.end or self.start

    def to_json(self) -> dict[str, Any]:
        """As in the contract's report, with `id` of each item and with corrections; dates as ISO text."""
        outcome = self.outcome
        return {
            "sha256": self.sha256,
            "file": self.file,
            "area": self.area,
            "framework": self.framework,
            "visit": self.visit,
            "inspection": {"start": iso(self.start), "end": iso(self.end)},
            "published": iso(self.published),
            "lead_inspector": self.lead_inspector,
            "inspectorates": list(self.inspectorates),
            "theme": self.theme,
            "judgements": [one.to_json() for one in self.judgements],
            "outcome": {"key": outcome[0], "text": outcome[1], "page": outcome[2]} if outcome else None,
            "priority_actions": [one.to_json() for one in self.priority_actions],
            "improvements": [one.to_json() for one in self.improvements],
            "strengths": [one.to_json() for one in self.strengths],
            "statement": {
                "principal_authority": self.principal_authority,
                "due": iso(self.statement_due),
                "due_computed": iso(self.statement_due_computed),
            },
            "replaced": iso(self.replaced),
            "fictional": self.fictional,
            "corrections": in_plain(self.corrections),
        }


def iso(day: dt.date | None) -> str | None:
    """A date as ISO text, or None."""
    return day.isoformat() if day else None


def visits(record: Record, areas: str | Sequence[str], *, as_at: dt.date | None = None) -> tuple[Visited, ...]:
    """Every inspection and visit of an area or several (slugs) that counts by `as_at`, latest first.

    Raises UnknownAreaError.
    """
    check_days(as_at=as_at)
    areas = _known(areas)
    every = once(record, ("visits",), lambda: _all_visits(record))
    kept = [one for area in areas for one in every.get(area, ()) if as_at is None or one.day <= as_at]
    return tuple(sorted(kept, key=lambda one: (one.day, one.published or one.day, one.framework), reverse=True))


def _known(areas: str | Sequence[str]) -> tuple[str, ...]:
    """The slugs of one area or several. Raises UnknownAreaError."""
    from joinedup.areas import get_area

    return tuple(get_area(slug).slug for slug in ([areas] if isinstance(areas, str) else areas))


def _all_visits(record: Record) -> dict[str, list[Visited]]:
    steps = known().step("links", linked()).step("visited", _VISITS)
    given = corrected(record)
    found: defaultdict[str, list[Visited]] = defaultdict(list)
    for row in record.ask(steps).rows:
        found[row["area"]].append(_visited(row, given))
    return dict(found)


def reports(
    record: Record, areas: str | Sequence[str], *, as_at: dt.date | None = None, with_items: bool = True
) -> tuple[ReportRead, ...]:
    """The record's reports on an area or several (slugs) that could be read by `as_at`, latest first.

    Of one that was corrected by then, the newest version. One that prints no day at all is always there, last.
    `with_items` False leaves out what they ask for and praise. Raises UnknownAreaError.
    """
    from joinedup.record import Steps

    check_days(as_at=as_at)
    areas = _known(areas)
    known = once(record, "reports read", lambda: _all_reports(record))
    chosen = [
        one
        for one in known
        if one.area in areas
        and (as_at is None or one.day is None or one.day <= as_at)
        and (one.replaced is None or (as_at is not None and as_at < one.replaced))
    ]
    if not chosen or not with_items:
        return tuple(chosen)
    rows = record.ask(Steps().step("found", _ITEMS), reports=[one.sha256 for one in chosen]).rows
    items, given = _by_report(rows), corrected(record)
    return tuple(_with_items(one, items[one.sha256], given) for one in chosen)


def _all_reports(record: Record) -> tuple[ReportRead, ...]:
    """Every report on an area, latest first, without what it asks for and praises: those are words, and many."""
    from joinedup.record import Steps

    rows = record.ask(Steps().step("found", _REPORTS)).rows
    judgements = _by_report(record.ask(Steps().step("judged", _JUDGEMENTS)).rows)
    given = corrected(record)
    return tuple(_report(row, judgements[row["sha256"]], given) for row in rows)


def _visited(row: Mapping[str, Any], given: Corrected) -> Visited:
    start, published = row["start_date"], row["published"]
    by_start = counted_by(row["framework"], "official") == "inspection_start"
    return Visited(
        area=row["area"],
        framework=row["framework"],
        visit=row["visit"],
        start=start,
        end=row["end_date"],
        published=published,
        day=(start or published) if by_start else (published or start),
        theme=row["theme"],
        grades=_in_order(row["framework"], row["grades"] or {}),
        official=row["official"],
        reports=tuple(row["reports"] or ()),
        # What our own reading tells goes by the report that speaks for the inspection.
        corrections=() if row["official"] else tuple(given.of_visit(row["id"])),
    )


def _in_order(family: str, grades: Mapping[str, str]) -> dict[str, str]:
    """The same grades in the order of the family's judgements, whatever order a file or a table had them in."""
    places = judgement_places(family)
    return dict(sorted(grades.items(), key=lambda one: (places.get(one[0], len(places)), one[0])))


def _by_report(rows: Sequence[Mapping[str, Any]]) -> defaultdict[str, list[Mapping[str, Any]]]:
    grouped: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["report"]].append(row)
    return grouped


def _with_items(one: ReportRead, items: Sequence[Mapping[str, Any]], given: Corrected) -> ReportRead:
    of_kind: defaultdict[str, list[Asked]] = defaultdict(list)
    for item in items:
        asked = Asked(
            id=item["id"],
            kind=item["kind"],
            text=item["text"],
            page=item["page"],
            section=item["section"],
            lead_in=item["lead_in"],
            responsible=tuple(item["responsible"] or ()),
            corrections=tuple(given.by_statement.get(item["id"], ())),
        )
        of_kind[asked.kind].append(asked)
    return replace(
        one,
        improvements=tuple(of_kind["improvement"]),
        priority_actions=tuple(of_kind["priority_action"]),
        strengths=tuple(of_kind["strength"]),
    )


def _report(row: Mapping[str, Any], judgements: Sequence[Mapping[str, Any]], given: Corrected) -> ReportRead:
    return ReportRead(
        sha256=row["sha256"],
        file=row["file"],
        area=row["area"],
        framework=row["framework"],
        visit=row["visit"],
        start=row["start_date"],
        end=row["end_date"],
        published=row["published"],
        lead_inspector=row["lead_inspector"],
        inspectorates=tuple(row["inspectorates"] or ()),
        theme=row["theme"],
        judgements=tuple(
            Judged(j["key"], j["title"], j["grade"], j["page"], tuple(given.of_grade(row["sha256"], j["key"])))
            for j in judgements
        ),
        outcome=(row["outcome"], row["outcome_text"], row["outcome_page"]) if row["outcome"] else None,
        principal_authority=row["principal_authority"],
        statement_due=row["statement_due"],
        statement_due_computed=row["statement_due_computed"],
        replaced=row["replaced"],
        fictional=row["fictional"],
        corrections=tuple(given.of_fields(row["sha256"])),
    )
