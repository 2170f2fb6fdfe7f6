"""Which roles fit which organisation, and who may give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from django.utils import timezone

from joinedup.areas import Post, UnknownPostError, get_post, posts
from joinedup.service.accounts.can import roles_held
from joinedup.service.accounts.models import Organisation, OrganisationKind, Person, RoleHeld
from joinedup.service.accounts.permissions import Role

FITTING: Mapping[OrganisationKind, tuple[Role, ...]] = MappingProxyType(
    {
        OrganisationKind.INSPECTORATE: (
            Role.LEAD_INSPECTOR,
            Role.INSPECTOR,
            Role.MODERATOR,
            Role.PROGRAMME_MANAGER,
        ),
        OrganisationKind.AGENCY: (
            Role.AGENCY_CONTACT,
            Role.POST_HOLDER,
            Role.SECTOR_LED,
            Role.PLAN_COORDINATOR,
        ),
        OrganisationKind.PARTNERSHIP: (Role.PLAN_COORDINATOR,),
        OrganisationKind.OMBUDSMAN: (Role.OMBUDSMAN_INVESTIGATOR,),
        OrganisationKind.ADVISER: (Role.ADVISER,),
        OrganisationKind.OPERATOR: (),
    }
)
"""What people of each kind of organisation can be; their own administrator may give these."""
BY_THE_SERVICE = (Role.ADMINISTRATOR, Role.AUDITOR)
"""What only a service administrator may make of somebody, in any organisation."""


def roles_to_give(giver: Person, organisation: Organisation) -> tuple[Role, ...]:
    """The roles that a person may give in an organisation, if they may manage its people at all."""
    fitting = FITTING[OrganisationKind(organisation.kind)]
    if Role.SERVICE_ADMINISTRATOR not in roles_held(giver):
        return fitting
    own = (Role.SERVICE_ADMINISTRATOR,) if organisation.kind == OrganisationKind.OPERATOR else ()
    return (*fitting, *BY_THE_SERVICE, *own)


def posts_of(organisation: Organisation, on: dt.date | None = None) -> tuple[Post, ...]:
    """The accountable posts that an agency's people can hold on a day (today)."""
    if organisation.kind != OrganisationKind.AGENCY or not organisation.key:
        return ()
    return tuple(post for post in posts(organisation.key, on=on or timezone.localdate()) if post.kind == "post")


def title_of(held: RoleHeld) -> str:
    """A role as people read it, with the post where it is one."""
    label = Role(held.role).label
    if not held.post:
        return str(label)
    try:
        return f"{label}: {get_post(held.post).title}"
    except UnknownPostError:
        return f"{label}: {held.post}"


def shown_roles(person: Person) -> list[str]:
    """The roles that a person holds today, as people read them."""
    today = timezone.localdate()
    return [title_of(held) for held in person.roles.all() if held.holds(today)]
