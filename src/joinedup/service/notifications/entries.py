"""What stands in somebody's calendar: the phases of inspections that they may know, and what is due from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.audit.models import Entry
from joinedup.service.inspections.models import InformationRequest, Inspection, Notification, Phase
from joinedup.service.notifications.audience import Here, places

INSIDE = frozenset({"drafting", "moderation"})
"""Phases that concern those who write the report and those who plan the inspection, and no agency."""
KEPT = dt.timedelta(days=366)
"""How long after the end of fieldwork an inspection stays in calendars."""


@dataclass(frozen=True, slots=True)
class Day:
    """One entry: from a day to a day, both included.

    `uid` stays the same for the same thing, and `sequence` never falls; `changed` is when it was last changed. `page`
    is the name of the page where more is said.
    """

    uid: str
    start: dt.date
    end: dt.date
    title: str
    sequence: int
    changed: dt.datetime
    reference: str
    page: str
    cancelled: bool = False


def days_of(person: Person, inspection: Inspection | None = None) -> list[Day]:
    """What the person may know of one inspection, or of all that are not long past; queries do not grow."""
    here = _seen(person, inspection)
    rows = [*_phases(person, here), *_asked(here), *_requests(person, here)]
    changed = _changed(row for row, *_ in rows)
    days = [_day(row, of, title, page, changed) for row, of, title, page in rows]
    return sorted(days, key=lambda day: (day.start, day.end, day.uid))


Known = Mapping[Inspection, Here]
Row = tuple[Phase | Notification | InformationRequest, Inspection, str, str]


def _seen(person: Person, one: Inspection | None) -> Known:
    seen = Inspection.objects.visible_to(person)
    recent = seen.filter(fieldwork_end__gte=timezone.localdate() - KEPT) if one is None else seen.filter(pk=one.pk)
    inspections = {each.pk: each for each in recent}
    here = places(person, inspections)
    return {inspections[pk]: each for pk, each in here.items() if can(person, Permission.INSPECTION_SEE, each)}


def _phases(person: Person, known: Known) -> Iterator[Row]:
    by_pk = {each.pk: each for each in known}
    for phase in Phase.objects.filter(inspection__in=by_pk):
        of = by_pk[phase.inspection_id]
        inside = any(can(person, each, known[of]) for each in (Permission.DRAFT_SEE, Permission.INSPECTION_PLAN))
        if inside or phase.key not in INSIDE:
            yield phase, of, phase.title, "timetable"


def _asked(known: Known) -> Iterator[Row]:
    """What notifications ask of the person's own agency; one entry where several of its posts were told the same."""
    parties = {party: of for of, here in known.items() for party in here.parties}
    met = set()
    for each in Notification.objects.filter(party__in=parties).order_by("pk"):
        if (each.party_id, each.due) not in met:
            met.add((each.party_id, each.due))
            yield each, parties[each.party_id], "what the notification asks is due", "notifications"


def _requests(person: Person, known: Known) -> Iterator[Row]:
    """Requests that are open: those to the person's own agency, and those that the person made."""
    by_pk = {each.pk: each for each in known}
    parties = [party for here in known.values() for party in here.parties]
    mine = Q(party__in=parties) | Q(made_by=person)
    for each in InformationRequest.objects.filter(mine, inspection__in=by_pk, state="open"):
        of = by_pk[each.inspection_id]
        if can(person, Permission.REQUEST_SEE, known[of]):
            yield each, of, f"answer to request {each.number} is due", "requests"


def _changed(rows: Iterable[Phase | Notification | InformationRequest]) -> dict[tuple[str, str], dt.datetime]:
    """(kind, id) -> when the row was last changed, as the audit has it."""
    ids: dict[str, list[str]] = {}
    for row in rows:
        ids.setdefault(row._meta.model_name or "", []).append(str(row.pk))
    found = Q(pk__in=())
    for kind, pks in ids.items():
        found |= Q(thing=kind, thing_id__in=pks)
    told = Entry.objects.filter(found).order_by().values_list("thing", "thing_id").annotate(Max("at"))
    return {(thing, pk): at for thing, pk, at in told}


def _day(
    row: Phase | Notification | InformationRequest,
    of: Inspection,
    title: str,
    page: str,
    changed: Mapping[tuple[str, str], dt.datetime],
) -> Day:
    kind, off = row._meta.model_name or "", of.stage == "called_off"
    start, end = (row.start, row.end) if isinstance(row, Phase) else (row.due, row.due)
    return Day(
        uid=f"{salted_hmac('joinedup.calendar.entry', f'{kind} {row.pk}').hexdigest()[:32]}@joinedup",
        start=start,
        end=end,
        title=title,
        sequence=row.version - 1 + (of.version if off else 0),  # calling off is the last thing that happens to it
        changed=changed.get((kind, str(row.pk))) or dt.datetime.combine(of.fieldwork_start, dt.time(), dt.UTC),
        reference=of.reference,
        page=page,
        cancelled=off,
    )
