"""What planning needs of somebody now: declarations, a lead, notification, requests; an item for each inspection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from joinedup.service.accounts.can import roles_held
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import FOR_AN_AGENCY, IN_A_TEAM, Permission, Role
from joinedup.service.fields import holding
from joinedup.service.inspections.models import InformationRequest, Inspection, Interest, Member, Notification, Phase
from joinedup.service.inspections.named import to_do
from joinedup.service.inspections.stages import OPEN_AT, UNFINISHED
from joinedup.service.work import Item

MOST = 20
"""Inspections for each kind of thing; somebody who has more opens the list of inspections."""


def needs(person: Person) -> Iterable[Item]:
    """What the person has to do for inspections being planned, notified and asked about; at most seven queries."""
    roles = roles_held(person)
    if Role.PROGRAMME_MANAGER in roles:
        yield from _for_a_manager(person)
    if roles & IN_A_TEAM:
        yield from _for_a_member(person)
    if roles & FOR_AN_AGENCY:
        yield from _for_an_agency(person)


def _for_a_manager(person: Person) -> Iterator[Item]:
    theirs = Q(holding("inspectorates", str(person.organisation_id)), stage__in=UNFINISHED)
    leading = Member.objects.filter(inspection=OuterRef("pk"), left=None, barred=False, part=Role.LEAD_INSPECTOR)
    for each in Inspection.objects.filter(theirs).exclude(Exists(leading))[:MOST]:
        title = to_do("Choose a lead inspector", each.area, each.reference)
        yield Item(title, _url("team", each.reference), "Nobody leads it")
    latest = Interest.objects.filter(member=OuterRef("pk")).order_by("-declared_at", "-pk")
    waiting = (
        Member.objects.filter(left=None, barred=False, inspection__in=Inspection.objects.filter(theirs))
        .exclude(person=person)
        .annotate(decision=Subquery(latest.values("decision")[:1]), nothing=Subquery(latest.values("nothing")[:1]))
        .filter(decision="", nothing=False)
    )
    for reference, area, count, _ in _by_inspection(waiting, "inspection"):
        title = to_do("Decide on declared interests", area, reference)
        yield Item(title, _url("team", reference), count=count)


def _for_a_member(person: Person) -> Iterator[Item]:
    mine = Member.objects.filter(person=person, left=None, barred=False, inspection__stage__in=UNFINISHED)
    undeclared = mine.exclude(Exists(Interest.objects.filter(member=OuterRef("pk"))))
    for reference, area, _count, _due in _by_inspection(undeclared, "inspection"):
        title = to_do("Declare your interests", area, reference)
        yield Item(title, _url("declare", reference), "Fieldwork waits for it")
    inspecting = mine.filter(part__in=[Role.LEAD_INSPECTOR, Role.INSPECTOR])
    leading = mine.filter(part=Role.LEAD_INSPECTOR, inspection__stage="planned")
    day = Phase.objects.filter(inspection=OuterRef("inspection"), key="notification").values("start")[:1]
    for each in leading.annotate(day=Subquery(day)).filter(day__lte=timezone.localdate()).select_related("inspection"):
        title = to_do("Notify the agencies", each.inspection.area, each.inspection.reference)
        yield Item(title, _url("notify", each.inspection.reference), due=each.day)
    requests = InformationRequest.objects.filter(
        inspection__in=inspecting.values("inspection"), inspection__stage__in=OPEN_AT[Permission.REQUEST_MAKE]
    )
    overdue = requests.filter(state="open", due__lt=timezone.localdate())
    for reference, area, count, due in _by_inspection(overdue, "inspection", Min("due")):
        url = f"{_url('requests', reference)}?state=overdue"
        yield Item(to_do("Chase overdue requests", area, reference), url, due=due, count=count)
    for reference, area, count, _ in _by_inspection(requests.filter(state="answered"), "inspection"):
        url = f"{_url('requests', reference)}?state=answered"
        yield Item(to_do("Look at answers to requests", area, reference), url, count=count)


def _for_an_agency(person: Person) -> Iterator[Item]:
    own = Q(
        party__organisation=person.organisation_id,
        party__inspection__notified_on__isnull=False,
        party__inspection__stage__in=OPEN_AT[Permission.REQUEST_ANSWER],
    )
    unread = Notification.objects.filter(own, seen_by=None)
    for reference, area, count, _ in _by_inspection(unread, "party__inspection"):
        url = _url("notifications", reference)
        yield Item(to_do("Read the notification of the inspection", area, reference), url, count=count)
    asked = InformationRequest.objects.filter(own, state="open")
    for reference, area, count, due in _by_inspection(asked, "party__inspection", Min("due")):
        url = f"{_url('requests', reference)}?state=open"
        yield Item(to_do("Answer requests for information", area, reference), url, due=due, count=count)


def _by_inspection(rows: QuerySet, to: str, due: Min | None = None) -> Iterator[tuple[str, str, int, dt.date | None]]:
    """(reference, area, count and earliest day) of each inspection that rows belong to."""
    sums = {"count": Count("pk"), **({"due": due} if due else {})}
    names = (f"{to}__reference", f"{to}__area")
    for row in rows.order_by().values(*names).annotate(**sums).order_by(names[0])[:MOST]:
        yield row[names[0]], row[names[1]], row["count"], row.get("due")


def _url(name: str, reference: str) -> str:
    return reverse(name, args=[reference])
