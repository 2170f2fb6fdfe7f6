"""Making the whole fictional world in an empty database, from a seed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from joinedup.service.accounts.models import Person
from joinedup.service.fictional.cast import AREAS, make_cast
from joinedup.service.fictional.inspecting import carry_out

SEED = 2012


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody to sign in as."""

    name: str
    email: str
    roles: str
    organisation: str


def make_world(seed: int = SEED) -> tuple[SignIn, ...]:
    """Everybody of the fictional world, and its two inspections: one half way through fieldwork, one to be signed.

    A world that is there already is left as it is. Raises RefusedError outside a demonstration.
    """
    if not Person.objects.filter(fictional=True).exists():
        with transaction.atomic():  # all of it or nothing, whenever it is interrupted
            cast = make_cast()
            carry_out(cast, "joined-up-1", AREAS[0], "fieldwork", seed=seed)
            carry_out(cast, "jtai-2022", AREAS[1], "signing", seed=seed + 1)
    return sign_ins()


def sign_ins() -> tuple[SignIn, ...]:
    """The fictional people, in the order in which they were made."""
    everybody = Person.objects.filter(fictional=True).select_related("organisation").prefetch_related("roles")
    return tuple(
        SignIn(
            person.name,
            person.email,
            ", ".join(held.get_role_display() for held in person.roles.all()),
            person.organisation.name,
        )
        for person in everybody.order_by("pk")
    )
