"""Who may know: all who have a permission in an inspection, and what one person may know of many notices.

Both answer as `can()` does, for many at once; a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from joinedup.service.accounts.can import can, roles_held
from joinedup.service.accounts.models import Person, RoleHeld, held_now
from joinedup.service.accounts.permissions import FOR_AN_AGENCY, GRANTS, IN_A_TEAM, Permission, Reach, Role
from joinedup.service.inspections.models import Inspection, Member, Party
from joinedup.service.notifications.events import get_event
from joinedup.service.notifications.models import Notice


def holders(permission: Permission, inspection: Inspection, party_id: int | None = None) -> QuerySet[Person]:
    """Everybody who has the permission in the inspection now; with `party_id`, those of that agency alone."""
    grants = GRANTS[permission]
    parties = Party.objects.filter(inspection=inspection)
    parties = parties.filter(pk=party_id) if party_id is not None else parties
    found = Q(pk__in=())
    if inspection.told and (roles := grants.keys() & FOR_AN_AGENCY):
        found |= Q(organisation__in=parties.values("organisation"), pk__in=_holding(roles))
    if party_id is None:
        team = Member.objects.filter(inspection=inspection, left=None, barred=False)
        found |= Q(pk__in=team.filter(part__in=grants.keys() & IN_A_TEAM).values("person"))
        taking_part = Q(organisation__in=[int(pk) for pk in inspection.inspectorates])
        for reach, whose in ((Reach.ORGANISATION, taking_part), (Reach.ANY, Q())):
            roles = {role for role, far in grants.items() if far is reach} - IN_A_TEAM - FOR_AN_AGENCY
            found |= whose & Q(pk__in=_holding(roles))
    return Person.objects.filter(found, is_active=True)


def _holding(roles: Iterable[Role]) -> QuerySet[RoleHeld, Any]:
    return RoleHeld.objects.filter(held_now(), role__in=list(roles)).values("person")


@dataclass(frozen=True, slots=True)
class Here:
    """One person's place in one inspection, as `can()` asks for it. `parties`: ids of their own agency's parts."""

    roles: frozenset[Role]
    inspectorates: tuple[str, ...]
    parties: frozenset[int]

    def roles_of(self, person: Person) -> frozenset[Role]:
        """The roles that the person has in it."""
        return self.roles

    def takes_part(self, organisation_id: int) -> bool:
        """Whether the organisation is one of those that inspect."""
        return str(organisation_id) in self.inspectorates


def places(person: Person, inspections: Iterable[int]) -> dict[int, Here]:
    """Inspection id -> the person's place in it, for those of which they may know; four queries at most."""
    found = list(Inspection.objects.visible_to(person).filter(pk__in=set(inspections)))
    if not found:
        return {}
    parts: dict[int, set[Role]] = {each.pk: set() for each in found}
    members = Member.objects.filter(inspection__in=found, person=person, left=None, barred=False)
    for pk, part in members.values_list("inspection", "part"):
        parts[pk].add(Role(part))
    own: dict[int, set[int]] = {each.pk: set() for each in found}
    acting = roles_held(person) & FOR_AN_AGENCY
    if acting:
        parties = Party.objects.filter(inspection__in=found, organisation=person.organisation_id)
        for pk, party in parties.values_list("inspection", "pk"):
            own[pk].add(party)
    return {
        each.pk: Here(
            frozenset(parts[each.pk] | (acting if each.told and own[each.pk] else frozenset())),
            tuple(each.inspectorates),
            frozenset(own[each.pk]),
        )
        for each in found
    }


def known(person: Person, notices: Iterable[Notice]) -> list[Notice]:
    """Those of a person's notices that they may still know of, by what they may see now; queries do not grow."""
    told = list(notices)
    if not person.is_active:
        return []
    here = places(person, (each.inspection_id for each in told if each.inspection_id is not None))
    return [each for each in told if _may_know(person, each, here)]


def _may_know(person: Person, notice: Notice, places: Mapping[int, Here]) -> bool:
    if notice.inspection_id is None:
        return True
    here = places.get(notice.inspection_id)
    if here is None or (notice.party_id is not None and notice.party_id not in here.parties):
        return False
    permission = get_event(notice.event).permission
    return permission is None or can(person, permission, here)
