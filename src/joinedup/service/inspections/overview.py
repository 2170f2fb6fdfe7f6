"""What the overview of an inspection tells: where it stands, what can happen next, what is in the way, and how much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from joinedup.areas import get_agency
from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Organisation, Person
from joinedup.service.accounts.permissions import IN_A_TEAM, Permission
from joinedup.service.inspections.actions.children import children_for
from joinedup.service.inspections.actions.stages import Obstacle, in_the_way
from joinedup.service.inspections.interests import Standing, standing, team_of
from joinedup.service.inspections.models import Inspection, Phase
from joinedup.service.inspections.stages import LIFE
from joinedup.service.inspections.standing import agencies_missing, inspectorates_missing
from joinedup.service.lifecycle import Row

_OWN_PAGES = {"notify": "notify", "call_off": "call-off", "all_signed": "signing", "publish": "publishing"}
"""Events that are brought about on a page of their own, with its name."""


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can happen next: where it is done ("" where this person may not), and what is in its way."""

    row: Row
    url: str
    obstacles: tuple[Obstacle, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is in the way and the person may do it."""
        return bool(self.url) and not self.obstacles


@dataclass(frozen=True, slots=True)
class Day:
    """A phase beside today: `when` says whether it is over, going on or to come."""

    phase: Phase
    when: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is in a section: the name of its address, its title and the words."""

    section: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency in scope, the organisations that stand for it, and bodies known to, where no organisation does."""

    key: str
    title: str
    organisations: tuple[str, ...]
    known: tuple[str, ...] = ()


def days(inspection: Inspection, today: dt.date) -> list[Day]:
    """The timetable beside today."""
    return [
        Day(each, "over" if each.end < today else "now" if each.start <= today else "to come")
        for each in inspection.phases.all()
    ]


def moves(inspection: Inspection, person: Person) -> list[Move]:
    """What can happen next, going on before going back, calling off last."""
    found = []
    for row in LIFE.leaving(inspection.stage):
        name = _OWN_PAGES.get(row.event, "stage-move")
        args = [inspection.reference] + ([row.event] if name == "stage-move" else [])
        url = reverse(name, args=args) if can(person, row.permission, inspection) else ""
        found.append(Move(row, url, in_the_way(inspection, row.event)))
    return found


def in_scope(inspection: Inspection) -> list[Agency]:
    """The agencies in scope with who stands for each; gaps are there, too."""
    there: dict[str, list[str]] = {}
    for party in inspection.parties.select_related("organisation"):
        there.setdefault(party.agency, []).append(party.organisation.name)
    gaps = {key: bodies for key, _, bodies in agencies_missing(inspection, there)}
    keys = [key for key in (each.key for each in inspection.rules.agencies) if key in there or key in gaps]
    return [Agency(key, get_agency(key).title, tuple(there.get(key, ())), tuple(gaps.get(key, ()))) for key in keys]


def inspecting(inspection: Inspection) -> tuple[list[Organisation], list[tuple[str, str]]]:
    """The inspectorates that take part, the lead first; and (key, title) of those that should and do not."""
    found = list(Organisation.objects.filter(pk__in=[int(each) for each in inspection.inspectorates]))
    found.sort(key=lambda each: (each.pk != inspection.lead_id, each.name))
    return found, inspectorates_missing(inspection, {each.key: each for each in found})


def tallies(inspection: Inspection, person: Person) -> list[Tally]:
    """How much there is in each section that the person may see; a fixed number of queries."""
    own = None if inspection.roles_of(person) & IN_A_TEAM else person.organisation_id
    counts: list[tuple[str, str, Permission, Callable[[], str]]] = [
        ("team", "Team", Permission.TEAM_SEE, lambda: _team(inspection)),
        ("notifications", "Notification", Permission.REQUEST_SEE, lambda: _notified(inspection, own)),
        ("requests", "Requests for information", Permission.REQUEST_SEE, lambda: _requests(inspection, own)),
        ("children", "Children", Permission.CHILD_SEE, lambda: _children(inspection, person)),
        ("evidence", "Evidence", Permission.EVIDENCE_SEE, lambda: _evidence(inspection)),
        ("findings", "Findings", Permission.DRAFT_SEE, lambda: _findings(inspection)),
        ("moderation", "Moderation", Permission.DRAFT_SEE, lambda: _challenges(inspection)),
    ]
    return [Tally(name, title, say()) for name, title, permission, say in counts if can(person, permission, inspection)]


def _team(inspection: Inspection) -> str:
    found = [standing(member) for member in team_of(inspection)]
    waiting = sum(each in (Standing.UNDECLARED, Standing.UNDECIDED) for each in found)
    return _said(len(found), "member") + (f", {waiting} not cleared yet" if waiting else "")


def _notified(inspection: Inspection, own: int | None) -> str:
    of = Q(parties__organisation=own) if own else Q()
    found = Inspection.objects.filter(of, pk=inspection.pk).aggregate(
        sent=Count("parties__notifications"), seen=Count("parties__notifications__seen_by")
    )
    return f"{_said(found['sent'], 'post')} told, {found['seen']} acknowledged"


def _requests(inspection: Inspection, own: int | None) -> str:
    found = inspection.requests.filter(Q(party__organisation=own) if own else Q()).aggregate(
        open=Count("pk", filter=Q(state="open")),
        overdue=Count("pk", filter=Q(state="open", due__lt=timezone.localdate())),
        answered=Count("pk", filter=Q(state="answered")),
    )
    return f"{found['open']} open, {found['overdue']} of them overdue; {found['answered']} answered and to be looked at"


def _children(inspection: Inspection, person: Person) -> str:
    found = (
        children_for(person, inspection)
        .filter(dropped="")
        .aggregate(tracked=Count("pk", filter=Q(kind="tracked")), sampled=Count("pk", filter=Q(kind="sampled")))
    )
    return f"{found['tracked']} tracked, {found['sampled']} sampled"


def _evidence(inspection: Inspection) -> str:
    number = inspection.evidence.filter(withdrawn="").count()
    return f"{number:,} piece{'' if number == 1 else 's'} of evidence"


def _findings(inspection: Inspection) -> str:
    found = inspection.findings.filter(dropped="").aggregate(
        praise=Count("pk", filter=Q(tendency="praise")), concern=Count("pk", filter=Q(tendency="concern"))
    )
    return f"{found['praise']} of praise, {found['concern']} of concern"


def _challenges(inspection: Inspection) -> str:
    return f"{_said(inspection.challenges.filter(closed=False).count(), 'challenge')} open"


def _said(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
