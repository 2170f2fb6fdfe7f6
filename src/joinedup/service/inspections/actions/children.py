"""Choosing the children who are followed, and how the agencies and the inspectors each see the help they had."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import IN_A_TEAM, Permission
from joinedup.service.actions import RefusedError, action, change, create, note_down
from joinedup.service.fields import holding
from joinedup.service.inspections.looking_over import note_identifies_no_child, require_looked_over, require_may_leave
from joinedup.service.inspections.models import Child, ChildView, Inspection
from joinedup.service.versioned import Versioned

LETTERS = {"tracked": "C", "sampled": "S"}
"""What a child's reference begins with, by how the child is followed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How one side sees a child's help under one criterion; `version` of the view that it replaces, 0 for none."""

    criterion: str
    strength: str
    words: str = ""
    version: int = 0


@action(Permission.CHILD_CHOOSE)
def choose_child(
    *, by: Person, inspection: Inspection, kind: str, agencies: Collection[str], why: str = "", confirmed: str = ""
) -> Child:
    """Follow one more child, under the next reference of its kind (C1, C2; S1, S2). No reference is used twice."""
    _check_agencies(inspection, agencies)
    if kind not in LETTERS:
        raise ValidationError({"kind": "Choose whether the child is tracked or sampled."})
    marks = require_looked_over([why], confirmed)
    child = create(
        Child,
        inspection=inspection,
        reference=next_reference(inspection, kind),
        kind=kind,
        agencies=tuple(agencies),
        why=why,
    )
    note_confirmed(child, [mark.rule for mark in marks])
    return child


def next_reference(inspection: Inspection, kind: str) -> str:
    """The reference that the next child of a kind gets."""
    return f"{LETTERS[kind]}{inspection.children.filter(kind=kind).count() + 1}"


@action(Permission.CHILD_CHOOSE)
def change_child(
    *,
    by: Person,
    inspection: Inspection,
    child: Child,
    seen: int,
    agencies: Collection[str],
    why: str = "",
    confirmed: str = "",
) -> Child:
    """Put right which agencies know the child, or why the child was chosen."""
    _check_belongs(inspection, child)
    _check_agencies(inspection, agencies)
    marks = require_looked_over([why], confirmed)
    change(child, seen=seen, agencies=tuple(agencies), why=why)
    note_confirmed(child, [mark.rule for mark in marks])
    return child


@action(Permission.CHILD_CHOOSE)
def stop_following(*, by: Person, inspection: Inspection, child: Child, why: str, confirmed: str = "") -> Child:
    """Follow a child no longer, for a reason, which agencies read; what was written about the child stays."""
    _check_belongs(inspection, child)
    if not why.strip():
        raise ValidationError({"why": "Say why this child is followed no longer."})
    marks = require_may_leave(inspection, [("child", why)], confirmed)
    note_identifies_no_child(change(child, dropped=why), marks)
    return child


@action(Permission.CHILD_CHOOSE)
def follow_again(*, by: Person, inspection: Inspection, child: Child) -> Child:
    """Follow a child again who was left out."""
    _check_belongs(inspection, child)
    return change(child, dropped="")


@action(Permission.CHILD_AUDIT)
def record_audit(
    *, by: Person, inspection: Inspection, child: Child, views: Iterable[Seen], confirmed: str = ""
) -> list[ChildView]:
    """What the agencies together make of a tracked child's help, criterion by criterion.

    Raises PermissionDenied for somebody of an agency that is not among those that know the child.
    """
    if not children_for(by, inspection).filter(pk=child.pk).exists():
        raise PermissionDenied("an agency audits the children whom it knows")
    if not joint_audit(inspection):
        raise RefusedError("The framework of this inspection has no joint audit by the agencies.")
    if child.kind != "tracked":
        raise RefusedError(f"The agencies audit tracked children together; {child.reference} is sampled.")
    return _record(by, inspection, child, "agencies", views, confirmed)


@action(Permission.CHILD_VIEW)
def record_view(
    *, by: Person, inspection: Inspection, child: Child, views: Iterable[Seen], confirmed: str = ""
) -> list[ChildView]:
    """How the inspectors see a child's help, criterion by criterion."""
    return _record(by, inspection, child, "inspectors", views, confirmed)


def children_for(person: Person, inspection: Inspection) -> QuerySet[Child]:
    """The children of whom a person may know: people of the team of all, an agency's people of those it knows."""
    if inspection.roles_of(person) & IN_A_TEAM:
        return inspection.children.all()
    own = inspection.parties.filter(organisation=person.organisation_id).values_list("agency", flat=True)
    known = Q(pk__in=())
    for agency in own:
        known |= holding("agencies", agency)
    return inspection.children.filter(known)


def joint_audit(inspection: Inspection) -> bool:
    """Whether the agencies audit the tracked children together, by the inspection's framework."""
    children = inspection.rules.children
    return children is not None and children.joint_audit


def known_agencies(inspection: Inspection) -> tuple[str, ...]:
    """The keys of agencies that can be named: those inspected here first, then the others in the framework's scope."""
    parties = inspection.parties.order_by("pk").values_list("agency", flat=True)
    return tuple(dict.fromkeys([*parties, *(each.key for each in inspection.rules.agencies)]))


def note_confirmed(thing: Versioned, rules: Collection[str]) -> None:
    """Write down which kinds of thing the person said identify no child."""
    if rules:
        note_down(thing, {"confirmed": sorted(set(rules))})


def _record(
    by: Person, inspection: Inspection, child: Child, side: str, views: Iterable[Seen], confirmed: str
) -> list[ChildView]:
    _check_belongs(inspection, child)
    if child.dropped:
        raise RefusedError(f"{child.reference} is followed no longer: {child.dropped}")
    views = list(views)
    criteria = {each.key for each in inspection.rules.criteria}
    if unknown := [view.criterion for view in views if view.criterion not in criteria]:
        raise ValidationError(f"The framework has no criterion {unknown[0]}.")
    marks = require_looked_over([view.words for view in views], confirmed)
    held = {view.criterion: view for view in child.views.filter(side=side)}
    written = [_put(by, child, side, view, held.get(view.criterion)) for view in views]
    note_confirmed(child, [mark.rule for mark in marks])
    return written


def _put(by: Person, child: Child, side: str, given: Seen, held: ChildView | None) -> ChildView:
    if held is None:
        return create(
            ChildView, child=child, criterion=given.criterion, side=side, strength=given.strength, words=given.words,
            by=by, organisation_id=by.organisation_id, at=timezone.now(),
        )  # fmt: skip
    if (held.strength, held.words) == (given.strength, given.words):
        return held
    return change(
        held, seen=given.version, strength=given.strength, words=given.words, by=by, organisation=by.organisation,
        at=timezone.now(),
    )  # fmt: skip


def _check_belongs(inspection: Inspection, child: Child) -> None:
    if child.inspection_id != inspection.pk:
        raise RefusedError("This child is followed in another inspection.")


def _check_agencies(inspection: Inspection, agencies: Collection[str]) -> None:
    if not agencies:
        raise ValidationError({"agencies": "Choose the agencies that know the child."})
    if unknown := set(agencies) - set(known_agencies(inspection)):
        raise ValidationError({"agencies": f"Not an agency that this inspection looks at: {min(unknown)}."})
