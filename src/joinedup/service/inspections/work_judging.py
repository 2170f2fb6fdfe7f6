"""What judging needs of somebody now: positions, answers, replies, drafts to check, signatures to give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from joinedup.service.accounts.can import roles_held
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import FOR_AN_AGENCY, GRANTS, IN_A_TEAM, Permission
from joinedup.service.inspections.content import digest_of
from joinedup.service.inspections.models import Inspection, Judgement, Member, Party, Phase, Position, SignOff
from joinedup.service.inspections.named import to_do
from joinedup.service.inspections.stages import OPEN_AT
from joinedup.service.work import Item


def needs(person: Person) -> Iterator[Item]:
    """One item for each inspection and kind of thing; at most two queries for each kind, however much there is."""
    yield from _positions(person)
    yield from _challenges(person)
    yield from _points(person)
    yield from _drafts(person)
    yield from _signatures(person)


def _mine(person: Person, permission: Permission) -> QuerySet[Inspection]:
    """The inspections in which the person has a part with the permission, at a stage at which it can be used."""
    parts = [role.value for role in GRANTS[permission] if role in IN_A_TEAM]
    member = Member.objects.filter(inspection=OuterRef("pk"), person=person, left=None, barred=False, part__in=parts)
    return Inspection.objects.filter(Exists(member), stage__in=OPEN_AT[permission])


def _positions(person: Person) -> Iterator[Item]:
    taken = Position.objects.filter(
        judgement=OuterRef("pk"), organisation=person.organisation_id, judgement_version=OuterRef("version")
    )
    waiting = Judgement.objects.filter(
        ~Exists(taken),
        inspection__in=_mine(person, Permission.POSITION_RECORD),
        inspection__inspectorates__contains=f"|{person.organisation_id}|",
    ).exclude(narrative="")
    counted = waiting.order_by().values("inspection__reference", "inspection__area").annotate(number=Count("pk"))
    for row in counted.order_by("inspection__reference"):
        yield Item(
            to_do("Say where your inspectorate stands", row["inspection__area"], row["inspection__reference"]),
            reverse("meeting", args=[row["inspection__reference"]]),
            "A judgement was written or changed since.",
            count=row["number"],
        )


def _challenges(person: Person) -> Iterator[Item]:
    for each in (
        _mine(person, Permission.CHALLENGE_ANSWER)
        .annotate(number=Count("challenges", filter=Q(challenges__closed=False, challenges__answer="")))
        .filter(number__gt=0)
    ):
        yield Item(
            to_do("Answer challenges", each.area, each.reference),
            reverse("moderation", args=[each.reference]),
            count=each.number,
        )
    for each in _mine(person, Permission.CHALLENGE).annotate(
        number=Count("challenges", filter=Q(challenges__closed=False) & ~Q(challenges__answer=""))
    ):
        yield Item(
            to_do("Moderate", each.area, each.reference),
            reverse("moderation", args=[each.reference]),
            f"{each.number} answered and waiting for you to close or challenge again." if each.number else "",
            count=max(each.number, 1),
        )


def _points(person: Person) -> Iterator[Item]:
    for each in (
        _mine(person, Permission.ACCURACY_REPLY)
        .annotate(number=Count("accuracy_points", filter=Q(accuracy_points__outcome="")))
        .filter(number__gt=0)
    ):
        yield Item(
            to_do("Reply to the agencies’ points", each.area, each.reference),
            reverse("accuracy", args=[each.reference]),
            count=each.number,
        )


def _drafts(person: Person) -> Iterator[Item]:
    if not roles_held(person) & FOR_AN_AGENCY:
        return
    own = Party.objects.filter(inspection=OuterRef("pk"), organisation=person.organisation_id)
    due = Phase.objects.filter(inspection=OuterRef("pk"), key="factual_accuracy")
    open_now = Inspection.objects.filter(
        Exists(own), stage__in=OPEN_AT[Permission.ACCURACY_POINT], notified_on__isnull=False
    )
    for each in open_now.annotate(until=due.values("end")[:1]):
        until: date | None = each.until
        yield Item(
            to_do("Check the draft on your agency", each.area, each.reference),
            reverse("accuracy", args=[each.reference]),
            "Say what is not right in it, point by point.",
            due=until,
        )


def _signatures(person: Person) -> Iterator[Item]:
    """Where an inspectorate signed a text that changed since, it is asked again; only those are looked at closely."""
    signed = SignOff.objects.filter(inspection=OuterRef("pk"), organisation=person.organisation_id)
    waiting = _mine(person, Permission.SIGN_OFF).filter(inspectorates__contains=f"|{person.organisation_id}|")
    for each in waiting.annotate(once=Exists(signed)):
        if each.once and each.signatures.filter(organisation=person.organisation_id, digest=digest_of(each)).exists():
            continue
        yield Item(
            to_do("Sign", each.area, each.reference),
            reverse("signing", args=[each.reference]),
            "The text changed after your inspectorate signed it." if each.once else "",
        )
