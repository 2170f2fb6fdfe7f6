"""Making the fictional organisations and people of a demonstration, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from joinedup.service.accounts.models import Organisation, Person, RoleHeld
from joinedup.service.accounts.permissions import Role
from joinedup.service.actions import RefusedError, create, open_action


@open_action("only in a demonstration, which keeps a database of its own")
def add_fictional_organisation(*, by: None, kind: str, name: str, key: str, areas: list[str]) -> Organisation:
    """An organisation that does not exist."""
    _only_in_a_demonstration()
    return create(Organisation, kind=kind, name=name, key=key, areas=areas, fictional=True)


@open_action("only in a demonstration, which keeps a database of its own")
def add_fictional_person(
    *, by: None, organisation: Organisation, email: str, name: str, roles: Iterable[tuple[Role, str]]
) -> Person:
    """Somebody who does not exist and has no password; `roles` are roles with the post's key, or an empty text."""
    _only_in_a_demonstration()
    person = create(
        Person, organisation=organisation, email=email, name=name, password=make_password(None), fictional=True
    )
    for role, post in roles:
        create(RoleHeld, person=person, role=role, post=post, start=timezone.localdate())
    return person


def _only_in_a_demonstration() -> None:
    if not settings.DEMO:
        raise RefusedError("Fictional people are made in a demonstration only.")
