"""The team: who is in it, who leads, what each declares, and whom a conflict of interest keeps out."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from joinedup.service.accounts.can import can, roles_held
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import IN_A_TEAM, Permission, Role
from joinedup.service.actions import RefusedError, ValidationError, action, change, create
from joinedup.service.inspections.actions.belonging import require_of
from joinedup.service.inspections.actions.stages import Obstacle, guard
from joinedup.service.inspections.interests import Standing, standing, team_of
from joinedup.service.inspections.models import Inspection, Interest, Member


@action(Permission.TEAM_MANAGE)
def add_member(*, by: Person, inspection: Inspection, person: Person, part: str) -> Member:
    """Put somebody in the team. `part` is one of the roles held in a team.

    Raises RefusedError, saying why, for somebody who may not be in it in that part; whom a conflict of interest kept
    out before they left is brought back by those alone who decide on interests, and not by themselves.
    """
    role = _role(part)
    refused = why_not(inspection, person, role)
    if refused:
        raise RefusedError(refused)
    if inspection.members.filter(person=person, left=None).exists():
        raise RefusedError(f"{person} is in the team already.")
    kept_out = inspection.members.filter(person=person, barred=True).exists()
    if kept_out and by.pk == person.pk:
        raise RefusedError("A conflict of interest kept you out. Only another programme manager can bring you back.")
    if kept_out and not can(by, Permission.INTEREST_DECIDE, inspection):
        raise RefusedError(f"A conflict of interest kept {person} out. Only a programme manager can bring them back.")
    if role == Role.LEAD_INSPECTOR and _lead(inspection):
        raise RefusedError("The team has a lead inspector. Add them as an inspector, and then change the lead.")
    return create(
        Member,
        inspection=inspection,
        person=person,
        organisation=person.organisation,
        part=role.value,
        joined=timezone.now(),
    )


@action(Permission.TEAM_MANAGE)
def change_lead(*, by: Person, inspection: Inspection, member: Member) -> Member:
    """Let an inspector of the team lead; whoever led until now stays as an inspector.

    A moderator does not: they question what the lead writes.
    """
    _require_in_team(inspection, member)
    if member.part not in (Role.INSPECTOR, Role.LEAD_INSPECTOR):
        raise RefusedError(f"{member.person} is not in the team as an inspector. An inspector of the team can lead it.")
    refused = why_not(inspection, member.person, Role.LEAD_INSPECTOR)
    if refused:
        raise RefusedError(refused)
    if member.barred:
        raise RefusedError(f"{member.person} is kept out by a conflict of interest and cannot lead.")
    now = _lead(inspection)
    if now == member:
        raise RefusedError(f"{member.person} leads already.")
    if now:
        change(now, part=Role.INSPECTOR.value)
    return change(member, part=Role.LEAD_INSPECTOR.value)


@action(Permission.TEAM_MANAGE)
def leave_team(*, by: Person, inspection: Inspection, member: Member, note: str) -> Member:
    """Let somebody leave the team, and say why. What they wrote stays, under their name."""
    _require_in_team(inspection, member)
    if not note.strip():
        raise ValidationError({"note": "Say why they leave the team"})
    if member.part == Role.LEAD_INSPECTOR:
        raise RefusedError("The lead inspector cannot leave. Make somebody else lead first.")
    return change(member, left=timezone.now(), left_why=note.strip())


@action(Permission.INTEREST_DECLARE)
def declare_interest(*, by: Person, inspection: Inspection, nothing: bool, words: str = "") -> Interest:
    """Declare, for oneself: nothing, or an interest in words. A later declaration stands in place of an earlier."""
    member = inspection.members.filter(person=by, left=None).first()
    if member is None:
        raise PermissionDenied("only a member of the team declares")
    if nothing and words.strip():
        raise ValidationError({"words": "Either declare nothing, or describe the interest"})
    if not nothing and not words.strip():
        raise ValidationError({"words": "Describe the interest: what, with whom, and when"})
    return create(Interest, member=member, nothing=nothing, words=words.strip(), declared_at=timezone.now())


@action(Permission.INTEREST_DECIDE)
def decide_interest(
    *, by: Person, inspection: Inspection, interest: Interest, decision: str, reason: str, seen: int
) -> Interest:
    """Decide whether what a member declared is a conflict. A conflict keeps the member out; the reason is kept."""
    member = interest.member
    _require_in_team(inspection, member)
    if member.person_id == by.pk:
        raise PermissionDenied("nobody decides on their own declaration")
    if member.interests.order_by("declared_at", "pk").last() != interest:
        raise RefusedError(f"{member.person} has declared anew since. Decide on the latest declaration.")
    if decision not in ("conflict", "no_conflict"):
        raise ValidationError({"decision": "Say whether it is a conflict"})
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason; it is kept with the decision"})
    decided = change(
        interest, seen=seen, decision=decision, reason=reason.strip(), decided_by=by, decided_at=timezone.now()
    )
    change(member, barred=decision == "conflict")
    return decided


def why_not(inspection: Inspection, person: Person, role: Role) -> str:
    """Why somebody may not have a part in the team; empty where they may."""
    organisation = person.organisation
    if not person.is_active:
        return f"{person} can no longer sign in."
    if inspection.parties.filter(organisation=organisation).exists():
        return f"{organisation} is inspected, so nobody from it can be in the team."
    if role not in roles_held(person):
        return f"{person} does not hold the role {role.label.lower()}. An administrator of {organisation} can give it."
    if role == Role.SECTOR_LED:
        if not inspection.rules.sector_led:
            return "The framework has no sector-led members."
        if inspection.area in organisation.areas:
            return f"{organisation} serves the area that is inspected, so nobody from it can be in the team."
        return ""
    if not inspection.takes_part(organisation.pk):
        return f"{organisation} does not take part in this inspection."
    if role == Role.LEAD_INSPECTOR and organisation.pk != inspection.lead_id:
        return f"The lead inspector comes from {inspection.lead}, which leads the inspection."
    return ""


@guard("notify")
def _somebody_leads(inspection: Inspection) -> Iterable[Obstacle]:
    lead = _lead(inspection)
    if lead is None or lead.barred:
        yield Obstacle("The team has no lead inspector.", "team")


@guard("start_fieldwork")
def _everybody_is_cleared(inspection: Inspection) -> Iterable[Obstacle]:
    members = list(team_of(inspection))
    if not any(member.part == Role.LEAD_INSPECTOR and not member.barred for member in members):
        yield Obstacle("The team has no lead inspector.", "team")
    for member in members:
        match standing(member):
            case Standing.UNDECLARED:
                yield Obstacle(f"{member.person} has not declared whether they have an interest.", "team")
            case Standing.UNDECIDED:
                yield Obstacle(f"The interest that {member.person} declared is not decided yet.", "team")


def _role(part: str) -> Role:
    if part not in {role.value for role in IN_A_TEAM}:
        raise ValidationError({"part": "Choose the part that they take in the team"})
    return Role(part)


def _lead(inspection: Inspection) -> Member | None:
    return inspection.members.filter(left=None, part=Role.LEAD_INSPECTOR).select_related("person").first()


def _require_in_team(inspection: Inspection, member: Member) -> None:
    require_of(inspection, member)
    if member.left is not None:
        raise RefusedError(f"{member.person} has left the team.")
