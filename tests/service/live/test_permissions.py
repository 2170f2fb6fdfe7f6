"""Who may do what comes from one table, and what the table does not grant is refused."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import GRANTS, Permission, Role


def test_every_permission_is_granted_to_somebody_by_the_table() -> None:
    assert set(GRANTS) == set(Permission)
    assert all(GRANTS[permission] for permission in Permission)


@pytest.mark.django_db
@pytest.mark.parametrize("permission", list(Permission), ids=lambda permission: permission.value)
def test_nobody_who_has_not_signed_in_may_do_anything(permission: Permission) -> None:
    assert not can(AnonymousUser(), permission)


def test_a_role_that_ended_gives_nothing(world: SimpleNamespace) -> None:
    assert can(world.auditor, Permission.AUDIT_SEE)
    held = world.auditor.roles.get(role=Role.AUDITOR)
    held.end = held.start
    held.save()
    world.auditor.__dict__.pop("_roles_held")
    assert not can(world.auditor, Permission.AUDIT_SEE)


def test_an_administrator_manages_the_people_of_their_own_organisation_alone(world: SimpleNamespace) -> None:
    assert can(world.administrator, Permission.PEOPLE_MANAGE, world.council)
    assert not can(world.administrator, Permission.PEOPLE_MANAGE, world.police)
    assert can(world.service_administrator, Permission.PEOPLE_MANAGE, world.police)
