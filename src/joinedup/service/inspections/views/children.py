"""The children who are followed: chosen by reference, and seen by the agencies and by the inspectors side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.areas import get_agency
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import GovForm
from joinedup.service.inspections.actions import children as acts
from joinedup.service.inspections.child_forms import ChangeChildForm, ChildForm, StopForm, ViewForm
from joinedup.service.inspections.child_views import compare
from joinedup.service.inspections.models import Child, ChildView, Inspection
from joinedup.service.inspections.stale import Change, Clash, Row, as_it_was, changes_since, fields_apart
from joinedup.service.inspections.views.forming import both_wordings, tried
from joinedup.service.live import inspection_page

PARTS = "inspections/evidence/"


def _child(request: HttpRequest, inspection: Inspection, name: str) -> Child:
    return get_object_or_404(acts.children_for(person_of(request), inspection), reference=name)


def _inside(request: HttpRequest, inspection: Inspection) -> bool:
    """Whether the person is of those who may see what the inspectors think."""
    return can(person_of(request), Permission.EVIDENCE_SEE, inspection)


def _may(request: HttpRequest, inspection: Inspection, permission: Permission) -> bool:
    return inspection.is_open_for(permission) and can(person_of(request), permission, inspection)


@needs(Permission.CHILD_SEE)
@require_safe
def children(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Every child who is followed, with how far each side has come; an agency sees the children whom it knows."""
    inside = _inside(request, inspection)
    rows = acts.children_for(person_of(request), inspection).annotate(
        audited=Count("views", filter=Q(views__side="agencies")),
        viewed=Count("views", filter=Q(views__side="inspectors")),
    )
    context = {
        "children": [(child, [get_agency(key).title for key in child.agencies]) for child in rows],
        "criteria": len(inspection.rules.criteria),
        "asks": inspection.rules.children,
        "inside": inside,
        "joint_audit": acts.joint_audit(inspection),
        "may_choose": _may(request, inspection, Permission.CHILD_CHOOSE),
        "may_list": _may(request, inspection, Permission.CHILD_NAMES),
        "may_audit": _may(request, inspection, Permission.CHILD_AUDIT) and acts.joint_audit(inspection),
        "may_view": _may(request, inspection, Permission.CHILD_VIEW),
    }
    return inspection_page(request, PARTS + "children.html", inspection, "children", context)


@needs(Permission.CHILD_SEE)
@require_safe
def child(request: HttpRequest, inspection: Inspection, name: str) -> HttpResponse:
    """One child: both views beside each other; an agency sees its side alone."""
    found = _child(request, inspection, name)
    inside = _inside(request, inspection)
    views = found.views.select_related("by", "organisation")
    rows = compare(inspection.rules.criteria, views if inside else views.filter(side="agencies"))
    context = {
        "child": found,
        "agencies": [get_agency(key).title for key in found.agencies],
        "rows": rows,
        "differing": sum(row.differs for row in rows),
        "inside": inside,
        "joint_audit": acts.joint_audit(inspection) and found.kind == "tracked",
        "may_choose": _may(request, inspection, Permission.CHILD_CHOOSE),
        "may_audit": _may(request, inspection, Permission.CHILD_AUDIT),
        "may_view": _may(request, inspection, Permission.CHILD_VIEW),
        "stop": StopForm(),
    }
    return inspection_page(request, PARTS + "child.html", inspection, "children", context)


@needs(Permission.CHILD_CHOOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Choose one more child; its reference is the next of its kind."""
    form = ChildForm(inspection, request.POST if request.method == "POST" else None)

    def act() -> str:
        given = {name: form.cleaned_data[name] for name in ("kind", "agencies", "why")}
        chosen = acts.choose_child(by=person_of(request), inspection=inspection, confirmed=form.confirmation, **given)
        return f"{chosen.reference} is followed now."

    gone, context, status = tried(request, form, act, reverse("children", args=[inspection.reference]))
    if gone:
        return gone
    context["next"] = {kind: acts.next_reference(inspection, kind) for kind in acts.LETTERS}
    context |= {"form": form, "heading": "Follow a child", "button": "Follow this child"}
    return inspection_page(request, PARTS + "child_form.html", inspection, "children", context, status=status)


@needs(Permission.CHILD_CHOOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, inspection: Inspection, name: str) -> HttpResponse:
    """Put right which agencies know a child, or why the child was chosen."""
    found = _child(request, inspection, name)
    initial = {"agencies": found.agencies, "why": found.why, "seen": found.version}
    form = ChangeChildForm(inspection, request.POST if request.method == "POST" else None, initial=initial)
    then = reverse("child", args=[inspection.reference, found.reference])

    def act() -> str:
        given = {name: form.cleaned_data[name] for name in ("agencies", "why", "seen")}
        acts.change_child(
            by=person_of(request), inspection=inspection, child=found, confirmed=form.confirmation, **given
        )
        return f"{found.reference} was changed."

    gone, context, status = tried(request, form, act, then)
    if gone:
        return gone
    if "newer" in context:
        context |= both_wordings(request, form, context["newer"], then)
    context |= {"form": form, "heading": f"Change {found.reference}", "button": "Save", "child": found}
    return inspection_page(request, PARTS + "child_form.html", inspection, "children", context, status=status)


@needs(Permission.CHILD_CHOOSE)
@require_POST
def stop(request: HttpRequest, inspection: Inspection, name: str) -> HttpResponse:
    """Follow a child no longer."""
    found = _child(request, inspection, name)
    form = StopForm(request.POST)

    def act() -> str:
        acts.stop_following(
            by=person_of(request), inspection=inspection, child=found, why=form.cleaned_data["why"],
            confirmed=form.confirmation,
        )  # fmt: skip
        return f"{found.reference} is followed no longer."

    gone, context, status = tried(request, form, act, reverse("child", args=[inspection.reference, found.reference]))
    if gone:
        return gone
    context |= {
        "form": form,
        "heading": f"Stop following {found.reference}",
        "button": "Stop following",
        "child": found,
    }
    return inspection_page(request, PARTS + "child_form.html", inspection, "children", context, status=status)


@needs(Permission.CHILD_CHOOSE)
@require_POST
def again(request: HttpRequest, inspection: Inspection, name: str) -> HttpResponse:
    """Follow a child again."""
    found = _child(request, inspection, name)

    def act() -> str:
        acts.follow_again(by=person_of(request), inspection=inspection, child=found)
        return f"{found.reference} is followed again."

    gone, context, status = tried(
        request, GovForm({}), act, reverse("child", args=[inspection.reference, found.reference])
    )
    if gone:
        return gone
    context |= {"heading": found.reference, "child": found}
    return inspection_page(request, PARTS + "child_form.html", inspection, "children", context, status=status)


@needs(Permission.CHILD_AUDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest, inspection: Inspection, name: str) -> HttpResponse:
    """The agencies' joint audit of a tracked child."""
    return _side(request, inspection, name, "agencies", "The agencies’ joint audit", acts.record_audit)


@needs(Permission.CHILD_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, inspection: Inspection, name: str) -> HttpResponse:
    """How the inspectors see a child's help."""
    return _side(request, inspection, name, "inspectors", "The inspectors’ view", acts.record_view)


def _side(
    request: HttpRequest, inspection: Inspection, name: str, side: str, heading: str, action: Callable[..., Any]
) -> HttpResponse:
    found = _child(request, inspection, name)
    held = {view.criterion: view for view in found.views.filter(side=side)}
    form = ViewForm(inspection, held, request.POST if request.method == "POST" else None)
    then = reverse("child", args=[inspection.reference, found.reference])

    def act() -> str:
        action(by=person_of(request), inspection=inspection, child=found, views=form.views, confirmed=form.confirmation)
        return f"{heading} of {found.reference} is saved."

    gone, context, status = tried(request, form, act, then)
    if gone:
        return gone
    rows = [(each, form[f"{each.key}-strength"], form[f"{each.key}-words"]) for each in form.criteria]
    context |= {"form": form, "child": found, "heading": heading, "side": side, "rows": rows}
    if "newer" in context:
        context |= _both(request, form, {view.criterion: view for view in found.views.filter(side=side)})
        context["keep_theirs"] = then
    return inspection_page(request, PARTS + "child_side.html", inspection, "children", context, status=status)


def _both(request: HttpRequest, form: ViewForm, held: dict[str, ChildView]) -> dict[str, Any]:
    """What the page shows where others saved first: each criterion by itself, for each has a version of its own.

    Saving again then counts as having seen theirs.
    """
    rows: list[Row] = []
    changes: set[Change] = set()
    form.data = again = request.POST.copy()
    for key, view in held.items():
        seen = form.cleaned_data.get(f"{key}-version") or 0
        if seen != view.version:
            was = _filled(key, as_it_was(view, seen)) if seen else None
            rows += fields_apart(form, was, _filled(key, view))
            changes |= set(changes_since(view, seen))
            again[f"{key}-version"] = str(view.version)
    return {"clash": Clash(tuple(rows), tuple(sorted(changes, key=lambda each: each.at, reverse=True)))}


def _filled(key: str, view: ChildView) -> dict[str, Any]:
    return {f"{key}-strength": view.strength, f"{key}-words": view.words}
