"""The list of names that must not appear: only the lead keeps it, nobody reads it, and the look goes by it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from joinedup.service.accounts.desk import Draft
from joinedup.service.accounts.models import Person
from joinedup.service.actions import RefusedError
from joinedup.service.audit.models import Entry
from joinedup.service.disclosure import look
from joinedup.service.inspections.actions.names import list_names, take_lost_names_off, take_names_off
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.name_list import ListLostError, listed_names

TODAY = dt.date(2026, 5, 11)


@pytest.fixture
def drafting(judged: Callable[..., Inspection]) -> Inspection:
    return judged()


def found(inspection: Inspection, text: str) -> list[str]:
    return [hit.words for hit in look(text, TODAY, names=listed_names(inspection)) if hit.rule == "listed_name"]


def test_what_is_listed_is_found_and_what_is_taken_off_is_not(drafting: Inspection, world: SimpleNamespace) -> None:
    names = "Jayden Okafor\n\n Zoë O’Neill \n"
    assert list_names(by=world.lead, inspection=drafting, names=names) == 2
    assert list_names(by=world.lead, inspection=drafting, names="JAYDEN OKAFOR\nKit Marlowe") == 1
    assert found(drafting, "We met jayden okafor’s aunt and Zoe ONeill.") == ["jayden okafor’s", "Zoe ONeill"]
    assert take_names_off(by=world.lead, inspection=drafting, names="jayden okafor\nnobody known") == 1
    assert found(drafting, "Jayden Okafor") == []
    assert list_names(by=world.lead, inspection=drafting, names="Jayden Okafor") == 1
    assert found(drafting, "Jayden Okafor") == ["Jayden Okafor"]


def test_a_list_is_of_its_own_inspection(judged: Callable[..., Inspection], world: SimpleNamespace) -> None:
    one, other = judged(reference="J1"), judged(reference="J2")
    for each in (one, other):
        list_names(by=world.lead, inspection=each, names="Jayden Okafor")
    digests = [set(each.listed_names.get().digests) for each in (one, other)]
    assert not digests[0] & digests[1]


def test_no_name_is_kept_neither_in_the_list_nor_in_the_audit(drafting: Inspection, world: SimpleNamespace) -> None:
    list_names(by=world.lead, inspection=drafting, names="Jayden Okafor")
    take_names_off(by=world.lead, inspection=drafting, names="Jayden Okafor")
    kept = [*drafting.listed_names.values(), *Entry.objects.values()]
    assert len(kept) > 2
    assert "jayden" not in repr(kept).lower()
    assert "okafor" not in repr(kept).lower()


@pytest.mark.parametrize("name", ["inspector", "peer", "moderator", "contact", "manager", "outsider"])
def test_only_the_lead_keeps_the_list(drafting: Inspection, world: SimpleNamespace, name: str) -> None:
    with pytest.raises(PermissionDenied):
        list_names(by=getattr(world, name), inspection=drafting, names="Jayden Okafor")


@pytest.mark.parametrize("names", ["", " \n ", "J.", "Jayden Okafor\n12"])
def test_lines_that_are_no_names_are_refused_and_nothing_is_listed(
    drafting: Inspection, world: SimpleNamespace, names: str
) -> None:
    with pytest.raises(ValidationError):
        list_names(by=world.lead, inspection=drafting, names=names)
    assert not drafting.listed_names.exists()


def test_a_list_kept_by_an_older_secret_key_is_used_and_one_kept_by_a_lost_key_stops(
    drafting: Inspection, world: SimpleNamespace, settings: Any
) -> None:
    list_names(by=world.lead, inspection=drafting, names="Jayden Okafor")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert found(drafting, "Jayden Okafor") == ["Jayden Okafor"]
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ListLostError, match="1 of the names"):
        listed_names(drafting)
    assert take_lost_names_off(by=world.lead, inspection=drafting) == 1
    assert found(drafting, "Jayden Okafor") == []


def test_the_list_stays_as_it_is_once_an_inspection_was_called_off(
    judged: Callable[..., Inspection], world: SimpleNamespace
) -> None:
    with pytest.raises(RefusedError):
        list_names(by=world.lead, inspection=judged(stage="called_off"), names="Jayden Okafor")


def test_the_page_takes_names_and_never_shows_them(
    drafting: Inspection, world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    client, address = sign_in(world.lead), reverse("child-names", args=[drafting.reference])
    assert address in client.get(reverse("children", args=[drafting.reference])).content.decode()
    answer = client.post(address, {"what": "add", "names": "Jayden Okafor"}, follow=True)
    page = answer.content.decode()
    assert "1 name put on the list." in page
    assert "1 name is on the list" in page
    assert "Okafor" not in page
    wrong = client.post(address, {"what": "add", "names": "12"})
    assert wrong.status_code == 422
    assert "Line 1: A name needs two letters or more." in wrong.content.decode()
    assert "0 names taken off" in client.post(address, {"what": "remove", "names": "Kit"}, follow=True).content.decode()
    assert sign_in(world.inspector).get(address).status_code == 403


def test_names_are_kept_in_no_draft_either(
    drafting: Inspection, world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    client, address = sign_in(world.lead), reverse("child-names", args=[drafting.reference])
    typed = json.dumps([["what", "add"], ["names", "Jayden Okafor"]])
    keep = reverse("desk-draft-keep", args=[drafting.reference])
    assert client.post(keep, {"place": address, "fields": typed}).status_code == 400
    assert not Draft.objects.exists()
    assert 'method="post" novalidate autocomplete="off" data-no-draft>' in client.get(address).content.decode()
    assert client.post(keep, {"place": address}).status_code == 200, "what was kept there goes, as everywhere"
