"""May this person do this, here? One function answers, from the table of permissions and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from joinedup.service.accounts.permissions import FOR_AN_AGENCY, GRANTS, IN_A_TEAM, Permission, Reach, Role

if TYPE_CHECKING:
    from joinedup.service.accounts.models import Person


@runtime_checkable
class Place(Protocol):
    """Something in which people have parts and organisations take part: an inspection."""

    def roles_of(self, person: Person) -> frozenset[Role]:
        """The roles that the person has in it by being in its team or in an agency that it has told."""

    def takes_part(self, organisation_id: int) -> bool:
        """Whether the organisation is one of those that inspect."""


def roles_held(person: Person) -> frozenset[Role]:
    """The roles that a person holds today; asked of the database once for each person object."""
    known = person.__dict__.get("_roles_held")
    if known is None:
        today = timezone.localdate()
        known = frozenset(Role(held.role) for held in person.roles.all() if held.holds(today))
        person.__dict__["_roles_held"] = known
    return known


def can(person: Person | AnonymousUser, permission: Permission, thing: Any = None) -> bool:
    """Whether the person may, with that thing.

    `thing` is an inspection, an organisation (or anything that has one), or None for the service as a whole; a
    permission that reaches an organisation or an inspection is then granted if there could be a thing it holds for.
    """
    if isinstance(person, AnonymousUser) or not person.is_active:
        return False
    return any(_reaches(person, role, reach, thing) for role, reach in GRANTS[permission].items())


def require(person: Person | AnonymousUser, permission: Permission, thing: Any = None) -> None:
    """Raise PermissionDenied unless the person may."""
    if not can(person, permission, thing):
        raise PermissionDenied(f"not allowed: {permission.value.replace('_', ' ')}")


def _reaches(person: Person, role: Role, reach: Reach, thing: Any) -> bool:
    if isinstance(thing, Place) and role in IN_A_TEAM | FOR_AN_AGENCY:
        return role in thing.roles_of(person)
    if role not in roles_held(person):
        return False
    match reach:
        case Reach.ANY:
            return True
        case Reach.ORGANISATION:
            return _of_own_organisation(person, thing)
        case Reach.PART:
            return thing is None


def _of_own_organisation(person: Person, thing: Any) -> bool:
    if thing is None:
        return True
    if isinstance(thing, Place):
        return thing.takes_part(person.organisation_id)
    return person.organisation_id == getattr(thing, "organisation_id", getattr(thing, "pk", None))
