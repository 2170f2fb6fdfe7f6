"""The fictional world: every framework to inspect under can be carried from planning to the last signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import override_settings

from joinedup.frameworks import frameworks
from joinedup.service.accounts.models import Organisation, Person
from joinedup.service.accounts.permissions import Role
from joinedup.service.actions import RefusedError
from joinedup.service.audit.chain import verify
from joinedup.service.fictional import carry_out, make_cast, make_world
from joinedup.service.inspections.models import Evidence, Inspection

RUNNABLE = [each.id for each in frameworks() if each.runnable]


@pytest.fixture
def demonstration(db: None) -> Iterator[None]:
    """The settings of a demonstration."""
    with override_settings(DEMO=True):
        yield


def test_there_are_frameworks_to_carry_out() -> None:
    assert len(RUNNABLE) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("framework", RUNNABLE)
def test_an_inspection_under_every_framework_reaches_the_last_signature(framework: str, demonstration: None) -> None:
    inspection = carry_out(make_cast(), framework, "ashmere", "signed_off", fieldwork=date(2026, 9, 7))
    assert inspection.stage == "signed_off"
    assert inspection.signatures.count() == len(inspection.inspectorates)
    assert inspection.fictional
    assert verify().faults == ()


@pytest.mark.slow
def test_the_world_has_somebody_of_every_role_and_three_inspections(demonstration: None) -> None:
    told = make_world()
    roles = {role for each in told for role in each.roles.split(", ")}
    assert roles == {role.label for role in Role}
    assert sorted(Inspection.objects.values_list("stage", flat=True)) == ["fieldwork", "signed_off", "signing"]
    assert Evidence.objects.count() > 100
    assert Evidence.objects.filter(words__contains="Ashmere Council ").exists(), "a body is called by its name"
    assert not Evidence.objects.filter(words__regex=r"\b(of|in) (Council|Health|Police|Housing)\b").exists()
    again = make_world()
    assert again == told
    assert Inspection.objects.count() == 3


@pytest.mark.slow
def test_the_same_seed_makes_the_same_world(demonstration: None) -> None:
    words = []
    for _ in range(2):
        inspection = carry_out(make_cast() if not words else _nobody_and_again(), "jtai-2022", "ashmere", "fieldwork")
        words.append(list(inspection.evidence.order_by("number").values_list("words", flat=True)))
    assert words[0] == words[1]


def _nobody_and_again() -> object:
    """A second cast beside the first would have the same names: the first steps aside."""
    for organisation in Organisation.objects.all():
        Organisation.objects.filter(pk=organisation.pk).update(name=f"Old {organisation.name}", kind="adviser")
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(email=f"old.{person.email}")
    return make_cast()


@pytest.mark.django_db
def test_nobody_fictional_is_made_outside_a_demonstration() -> None:
    with pytest.raises(RefusedError):
        make_cast()
    assert not Person.objects.exists()
