"""The audit's pages: what was done, one entry, and whether the chain holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from joinedup.service.access import needs
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import ACTIONS
from joinedup.service.audit.actions import keep_check
from joinedup.service.audit.chain import verify
from joinedup.service.audit.models import Check, Entry, Head
from joinedup.service.audit.showing import called, changed, thing_called, things, words_told
from joinedup.service.forms import GovForm

A_PAGE = 50
AT_ONCE_HERE = 500_000
"""More rows than that are verified by the command, not while a browser waits."""


class Filters(GovForm):
    """What the list can be narrowed to; all of it may be left open."""

    person = forms.CharField(label="Person: name or e-mail address", required=False, max_length=200)
    inspection = forms.CharField(label="Inspection: its reference", required=False, max_length=40)
    action = forms.ChoiceField(label="What was done", required=False)
    thing = forms.ChoiceField(label="To what", required=False)
    day = forms.DateField(label="On the day", required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["action"].choices = [("", "Anything"), *((name, called(name)) for name in sorted(ACTIONS))]  # type: ignore[attr-defined]
        self.fields["thing"].choices = [("", "Anything"), *((name, thing_called(name)) for name in sorted(things()))]  # type: ignore[attr-defined]


def _narrowed(asked: dict[str, Any]) -> QuerySet[Entry]:
    entries = Entry.objects.select_related("person", "on_behalf_of")
    if asked.get("person"):
        words = asked["person"]
        who = Person.objects.filter(name__icontains=words) | Person.objects.filter(email=words.strip().casefold())
        entries = entries.filter(person__in=who.values("pk"))
    if asked.get("inspection"):
        entries = entries.filter(place=asked["inspection"].strip().upper())
    for name in ("action", "thing"):
        if asked.get(name):
            entries = entries.filter(**{name: asked[name]})
    if asked.get("day"):
        start = timezone.make_aware(dt.datetime.combine(asked["day"], dt.time()))
        entries = entries.filter(at__gte=start, at__lt=start + dt.timedelta(days=1))
    return entries


@needs(Permission.AUDIT_SEE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The entries, newest first; older ones by `before`, an entry's number."""
    form = Filters(request.GET)
    valid = form.is_valid()
    entries = _narrowed(form.cleaned_data if valid else {})
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        entries = entries.filter(number__lt=int(before))
    found = list(entries.order_by("-number")[: A_PAGE + 1])
    others = request.GET.copy()
    others.pop("before", None)
    shown = {
        "here": "audit",
        "form": form,
        "rows": [(entry, called(entry.action), thing_called(entry.thing)) for entry in found[:A_PAGE]],
        "older": found[A_PAGE - 1].number if len(found) > A_PAGE else None,
        "newest": bool(before),
        "others": others.urlencode(),
        "head": Head.objects.filter(pk=1).first(),
        "check": Check.objects.first(),
    }
    return render(request, "audit/listed.html", shown, status=200 if valid else 422)


@needs(Permission.AUDIT_SEE)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: who, what, when, on whose behalf, and what changed."""
    entry = get_object_or_404(Entry.objects.select_related("person", "on_behalf_of"), pk=number)
    shown = {
        "here": "audit",
        "entry": entry,
        "what": called(entry.action),
        "thing": thing_called(entry.thing),
        "changed": changed(entry),
        "why": words_told(entry.note) if entry.note else "",
    }
    return render(request, "audit/one.html", shown)


@needs(Permission.AUDIT_SEE)
@require_POST
def verify_now(request: HttpRequest) -> HttpResponse:
    """Read the whole chain through and keep what was found."""
    head = Head.objects.filter(pk=1).first()
    if head and head.count > AT_ONCE_HERE:
        messages.warning(request, "The chain is too long to verify while you wait: run joinedup audit verify.")
        return redirect("audit")
    assert isinstance(request.user, Person)
    found = verify()
    keep_check(by=request.user, found=found)
    if found.faults:
        messages.error(request, f"The chain does not hold: {len(found.faults)} faults were found.")
    else:
        messages.success(request, f"The chain holds: {found.rows} rows were read.")
    return redirect("audit")
