"""Children are known by reference alone; the agencies audit together, the inspectors see both sides, each by right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from joinedup.frameworks import get_framework
from joinedup.service.accounts.models import Person
from joinedup.service.actions import RefusedError, StaleError
from joinedup.service.inspections.actions.children import (
    Seen,
    change_child,
    choose_child,
    follow_again,
    record_audit,
    record_view,
    stop_following,
)
from joinedup.service.inspections.actions.evidence import Piece, add_notes
from joinedup.service.inspections.child_views import difference
from joinedup.service.inspections.looking_over import DisclosureError
from joinedup.service.inspections.models import Child, Inspection
from joinedup.service.inspections.work_evidence import needs

SignIn = Callable[[Person], Client]
Judged = Callable[..., Inspection]


@pytest.fixture
def fieldwork(judged: Judged) -> Inspection:
    return judged(stage="fieldwork")


@pytest.fixture
def child(fieldwork: Inspection, world: SimpleNamespace) -> Child:
    return choose_child(by=world.lead, inspection=fieldwork, kind="tracked", agencies=["police", "local_authority"])


def test_references_count_on_by_kind_and_are_never_used_twice(fieldwork: Inspection, world: SimpleNamespace) -> None:
    def choose(kind: str) -> Child:
        return choose_child(by=world.inspector, inspection=fieldwork, kind=kind, agencies=["police"])

    first = choose("tracked")
    assert [first.reference, choose("sampled").reference, choose("tracked").reference] == ["C1", "S1", "C2"]
    stop_following(by=world.lead, inspection=fieldwork, child=first, why="Moved away")
    assert choose("tracked").reference == "C3"
    follow_again(by=world.lead, inspection=fieldwork, child=first)
    assert Child.objects.get(pk=first.pk).dropped == ""


def test_a_child_has_no_field_for_an_identity() -> None:
    fields = {each.name for each in Child._meta.concrete_fields}
    assert fields == {"id", "version", "inspection", "reference", "kind", "agencies", "why", "dropped"}


@pytest.mark.parametrize("wrong", [{"agencies": []}, {"agencies": ["nobody"]}, {"kind": "seen once"}])
def test_a_child_needs_a_kind_and_agencies_of_the_inspection(
    fieldwork: Inspection, world: SimpleNamespace, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        choose_child(by=world.lead, inspection=fieldwork, **{"kind": "tracked", "agencies": ["police"], **wrong})


def test_why_a_child_was_chosen_is_looked_over(fieldwork: Inspection, child: Child, world: SimpleNamespace) -> None:
    with pytest.raises(DisclosureError):
        change_child(
            by=world.lead, inspection=fieldwork, child=child, seen=1, agencies=["police"], why="born 3 April 2014"
        )
    assert Child.objects.get(pk=child.pk).version == 1


@pytest.mark.parametrize("name", ["peer", "moderator", "contact", "manager", "outsider"])
def test_only_inspectors_of_the_team_choose_children(fieldwork: Inspection, world: SimpleNamespace, name: str) -> None:
    with pytest.raises(PermissionDenied):
        choose_child(by=getattr(world, name), inspection=fieldwork, kind="tracked", agencies=["police"])


def test_each_side_writes_its_own_view_and_not_the_others(
    fieldwork: Inspection, child: Child, world: SimpleNamespace
) -> None:
    seen = [Seen("help", "strong", "The plan held.")]
    record_audit(by=world.officer, inspection=fieldwork, child=child, views=seen)
    record_view(by=world.peer, inspection=fieldwork, child=child, views=[Seen("help", "weak")])
    assert dict(child.views.values_list("side", "strength")) == {"agencies": "strong", "inspectors": "weak"}
    with pytest.raises(PermissionDenied):
        record_view(by=world.officer, inspection=fieldwork, child=child, views=seen)
    with pytest.raises(PermissionDenied):
        record_audit(by=world.nurse, inspection=fieldwork, child=child, views=seen)
    with pytest.raises(StaleError):
        record_audit(by=world.contact, inspection=fieldwork, child=child, views=[Seen("help", "mixed")])
    record_audit(by=world.contact, inspection=fieldwork, child=child, views=[Seen("help", "mixed", version=1)])
    assert child.views.get(side="agencies").organisation == world.council


@pytest.mark.parametrize("wrong", [Seen("none", "strong"), Seen("help", "splendid")])
def test_a_view_is_of_a_criterion_and_has_a_strength(
    fieldwork: Inspection, child: Child, world: SimpleNamespace, wrong: Seen
) -> None:
    with pytest.raises(ValidationError):
        record_view(by=world.nurse, inspection=fieldwork, child=child, views=[Seen("practice", "weak"), wrong])
    assert not child.views.exists()


def test_the_joint_audit_is_of_tracked_children_where_the_framework_has_one(
    judged: Judged, fieldwork: Inspection, world: SimpleNamespace
) -> None:
    sampled = choose_child(by=world.lead, inspection=fieldwork, kind="sampled", agencies=["police"])
    with pytest.raises(RefusedError):
        record_audit(by=world.officer, inspection=fieldwork, child=sampled, views=[])
    other = judged("multi-agency-2012", "fieldwork", reference="J2")
    assert not get_framework("multi-agency-2012").children.joint_audit  # type: ignore[union-attr]
    tracked = choose_child(by=world.lead, inspection=other, kind="tracked", agencies=["police"])
    with pytest.raises(RefusedError):
        record_audit(by=world.officer, inspection=other, child=tracked, views=[])
    with pytest.raises(RefusedError):
        record_view(by=world.nurse, inspection=fieldwork, child=tracked, views=[])


def test_a_child_followed_no_longer_is_not_judged(fieldwork: Inspection, child: Child, world: SimpleNamespace) -> None:
    stop_following(by=world.lead, inspection=fieldwork, child=child, why="Moved away")
    with pytest.raises(RefusedError, match="Moved away"):
        record_view(by=world.nurse, inspection=fieldwork, child=child, views=[Seen("help", "weak")])


def test_differences_are_told_in_words() -> None:
    order = ["strong", "mixed", "weak"]
    for agencies, inspectors in product(order, order):
        said = difference(agencies, inspectors)
        assert ("weaker" in said) == (order.index(inspectors) > order.index(agencies))
        assert ("stronger" in said) == (order.index(inspectors) < order.index(agencies))
        assert ("alike" in said) == (agencies == inspectors)
        assert ("much" in said) == ({agencies, inspectors} == {"strong", "weak"})
    assert "not been" not in difference("not_seen", "weak")
    assert "Cannot be compared" in difference("not_seen", "weak")
    assert difference(None, "weak").startswith("The agencies have not")
    assert difference("weak", None).startswith("The inspectors have not")


def test_inspectors_see_both_sides_and_agencies_only_their_own(
    fieldwork: Inspection, child: Child, world: SimpleNamespace, sign_in: SignIn
) -> None:
    record_audit(by=world.officer, inspection=fieldwork, child=child, views=[Seen("help", "strong", "Held well")])
    record_view(by=world.nurse, inspection=fieldwork, child=child, views=[Seen("help", "weak", "Drifted for weeks")])
    for name in ("lead", "peer", "moderator"):
        page = sign_in(getattr(world, name)).get("/inspections/J1/children/C1").content.decode()
        assert "Held well" in page
        assert "Drifted for weeks" in page
        assert "The inspectors see it much weaker than the agencies do." in page
        assert "differ on 1 of 9 criteria" in page
    for name in ("officer", "contact", "director"):
        client = sign_in(getattr(world, name))
        for address in ("children/C1", "children", "children/C1/audit"):
            page = client.get(f"/inspections/J1/{address}").content.decode()
            assert "Drifted" not in page
            assert "nspectors’ view" not in page
            assert "weaker" not in page
        assert "Held well" in client.get("/inspections/J1/children/C1").content.decode()
        assert client.get("/inspections/J1/children/C1/view").status_code == 403
    assert sign_in(world.stranger).get("/inspections/J1/children/C1").status_code == 404


def test_an_agency_that_does_not_know_a_child_sees_nothing_of_the_child_until_it_does(
    fieldwork: Inspection, child: Child, world: SimpleNamespace, sign_in: SignIn
) -> None:
    elsewhere = choose_child(by=world.lead, inspection=fieldwork, kind="tracked", agencies=["police", "health"])
    record_audit(by=world.officer, inspection=fieldwork, child=elsewhere, views=[Seen("help", "strong", "Held well")])
    for name in ("contact", "director"):
        client = sign_in(getattr(world, name))
        for address in ("children/C2", "children/C2/audit"):
            assert client.get(f"/inspections/J1/{address}").status_code == 404
        assert client.post("/inspections/J1/children/C2/audit", {"help-strength": "weak"}).status_code == 404
        page = client.get("/inspections/J1/children").content.decode()
        assert "C1" in page
        assert "C2" not in page
        assert "1 tracked, 0 sampled" in client.get("/inspections/J1").content.decode()
    with pytest.raises(PermissionDenied):
        record_audit(by=world.contact, inspection=fieldwork, child=elsewhere, views=[Seen("help", "weak", version=1)])
    assert titles(world.contact) == ["Audit 1 tracked child with the other agencies: Ashmere, J1"]
    assert titles(world.officer) == ["Audit 2 tracked children with the other agencies: Ashmere, J1"]
    both = ["police", "local_authority"]
    change_child(by=world.lead, inspection=fieldwork, child=elsewhere, seen=1, agencies=both)
    assert "Held well" in sign_in(world.contact).get("/inspections/J1/children/C2").content.decode()
    record_audit(by=world.contact, inspection=fieldwork, child=elsewhere, views=[Seen("help", "weak", version=1)])
    assert titles(world.contact) == ["Audit 2 tracked children with the other agencies: Ashmere, J1"]


def test_the_audit_is_filled_in_on_one_page_and_keeps_what_was_typed(
    fieldwork: Inspection, child: Child, world: SimpleNamespace, sign_in: SignIn
) -> None:
    client = sign_in(world.contact)
    address = "/inspections/J1/children/C1/audit"
    wrong = client.post(address, {"help-words": "Typed without a strength"})
    assert wrong.status_code == 422
    assert "Typed without a strength" in wrong.content.decode()
    sent = {"help-strength": "mixed", "help-words": "Late, then good", "practice-strength": "strong"}
    assert client.post(address, sent).status_code == 302
    assert child.views.filter(side="agencies").count() == 2
    stale = sign_in(world.officer).post(address, {"help-strength": "weak", "help-words": "Mine"})
    assert stale.status_code == 409
    assert "Late, then good" in stale.content.decode()
    assert ">Mine</textarea>" in stale.content.decode().replace("\n", "")
    flagged = client.post(address, {**sent, "help-words": "see a@b.org", "help-version": "1"})
    assert flagged.status_code == 422
    assert "this identifies no child" in flagged.content.decode()


def test_the_page_says_the_next_reference_and_chooses_by_it(
    fieldwork: Inspection, child: Child, world: SimpleNamespace, sign_in: SignIn
) -> None:
    client = sign_in(world.inspector)
    assert (
        "The next tracked child is C2, the next sampled one S1."
        in client.get("/inspections/J1/children/add").content.decode()
    )
    assert client.post("/inspections/J1/children/add", {"kind": "sampled"}).status_code == 422
    sent = {"kind": "sampled", "agencies": ["police"], "why": ""}
    assert client.post("/inspections/J1/children/add", sent).status_code == 302
    assert client.post("/inspections/J1/children/S1/stop", {"why": "Chosen twice"}).status_code == 302
    assert "Chosen twice" in client.get("/inspections/J1/children/S1").content.decode()
    assert client.post("/inspections/J1/children/S1/again").status_code == 302
    edited = client.post("/inspections/J1/children/S1/change", {"agencies": ["health"], "why": "", "seen": "3"})
    assert edited.status_code == 302
    assert fieldwork.children.get(reference="S1").agencies == ("health",)
    assert client.get("/inspections/J1/children/S9").status_code == 404


def titles(person: Person) -> list[str]:
    return [item.title for item in needs(person)]


def test_the_home_page_says_whose_turn_it_is_until_it_is_done(
    fieldwork: Inspection, child: Child, world: SimpleNamespace
) -> None:
    assert titles(world.contact) == ["Audit 1 tracked child with the other agencies: Ashmere, J1"]
    assert titles(world.nurse) == [
        "Fill in the inspectors’ view of 1 tracked child: Ashmere, J1",
        "Gather evidence for 9 criteria that are thin: Ashmere, J1",
    ]
    for name in ("outsider", "stranger", "manager", "auditor", "moderator"):
        assert titles(getattr(world, name)) == []
    every = [Seen(each.key, "mixed") for each in fieldwork.rules.criteria]
    record_audit(by=world.officer, inspection=fieldwork, child=child, views=every)
    record_view(by=world.peer, inspection=fieldwork, child=child, views=every)
    pieces = [
        Piece(words="Seen.", source="interview", criterion=each.key, agencies=("police",))
        for each in fieldwork.rules.criteria[1:]
        for _ in range(2)
    ]
    add_notes(by=world.nurse, inspection=fieldwork, pieces=pieces)
    assert titles(world.contact) == []
    assert titles(world.nurse) == ["Gather evidence for 1 criterion that is thin: Ashmere, J1"]
