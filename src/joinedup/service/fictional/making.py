"""Making the whole fictional world in an empty database, from a seed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from joinedup.areas import add_working_days
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Role
from joinedup.service.fictional.cast import AREAS, make_cast
from joinedup.service.fictional.inspecting import carry_out, publish_fictional
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.bridge import complete_waiting, put_into_record
from joinedup.service.publishing.models import Publication

SEED = 2012


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody to sign in as."""

    name: str
    email: str
    roles: str
    organisation: str


def make_world(seed: int = SEED) -> tuple[SignIn, ...]:
    """Everybody of the fictional world, and its inspections: half way through fieldwork, to be signed, and signed off.

    A world that is there already is left as it is. Raises RefusedError outside a demonstration.
    """
    if not Person.objects.filter(fictional=True).exists():
        with transaction.atomic():  # all of it or nothing, whenever it is interrupted
            cast = make_cast()
            carry_out(cast, "joined-up-1", AREAS[0], "fieldwork", seed=seed)
            carry_out(cast, "jtai-2022", AREAS[1], "signing", seed=seed + 1)
            carry_out(cast, "joined-up-1", AREAS[2], "signed_off", seed=seed + 2, fieldwork=_weeks_ago())
    return sign_ins()


def publish_world() -> None:
    """Publish what the fictional world has signed, and have the record of the settings hold all that is published.

    What it holds already stays as it is. Apart from `make_world`, because a record has no part in its transaction.
    """
    for inspection in Inspection.objects.filter(stage="signed_off", fictional=True, publications=None):
        publish_fictional(inspection, _lead_of(inspection))
    complete_waiting()
    for publication in Publication.objects.filter(state="published").select_related("inspection"):
        put_into_record(publication)


def _weeks_ago() -> dt.date:
    """A first day on site long enough ago for a report to be out."""
    return add_working_days(timezone.localdate() - dt.timedelta(weeks=9), 1)


def _lead_of(inspection: Inspection) -> Person:
    return inspection.members.select_related("person").get(part=Role.LEAD_INSPECTOR, left=None).person


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
