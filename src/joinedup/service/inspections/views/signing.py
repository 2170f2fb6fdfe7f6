"""What is missing before sign-off, and signing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import GovForm
from joinedup.service.inspections.actions import signing as actions
from joinedup.service.inspections.content import digest_of, inspectorates, missing
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.sufficiency import LATER, Problem
from joinedup.service.inspections.views.judging_forms import form_page, here
from joinedup.service.inspections.whole_text import whole_text
from joinedup.service.live import inspection_page


class SignForm(GovForm):
    """A signature: on which text, and that it was read."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(
        label="We have read the whole text and sign it",
        error_messages={"required": "Say that you have read it"},
    )


@needs(Permission.DRAFT_SEE)
def sufficiency(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Every rule of the framework, met or with all that is missing, each linked to where it can be put right."""
    found: dict[str, list[tuple[Problem, str]]] = {}
    for each in missing(inspection):
        url = reverse(each.page, args=[inspection.reference, *each.args])
        found.setdefault(each.rule.key, []).append((each, url))
    rules = [
        {"rule": rule, "problems": found.get(rule.key, []), "later": rule.kind in LATER["to_moderation"]}
        for rule in inspection.rules.demands(inspection.visit)  # type: ignore[arg-type] # checked at planning
    ]
    context = {"rules": rules, "count": sum(map(len, found.values())), "met": len(rules) - len(found)}
    return inspection_page(request, "inspections/judging/sufficiency.html", inspection, "sufficiency", context)


@needs(Permission.DRAFT_SEE)
def signing(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Which inspectorate has signed this text, which signed an earlier one, and what is in the way."""
    digest = digest_of(inspection)
    signatures = list(inspection.signatures.select_related("organisation", "by"))
    counting = {each.organisation_id: each for each in signatures if each.digest == digest}
    person = person_of(request)
    open_now = inspection.is_open_for(Permission.SIGN_OFF)
    lacking = missing(inspection)
    context = {
        "digest": digest,
        "rows": [(name, counting.get(key)) for key, name in inspectorates(inspection).items()],
        "earlier": [each for each in signatures if each.digest != digest],
        "lacking": [(each, reverse(each.page, args=[inspection.reference, *each.args])) for each in lacking],
        "open": open_now,
        "may_sign": open_now
        and not lacking
        and can(person, Permission.SIGN_OFF, inspection)
        and inspection.takes_part(person.organisation_id)
        and person.organisation_id not in counting,
    }
    return inspection_page(request, "inspections/judging/signing.html", inspection, "signing", context)


@needs(Permission.SIGN_OFF)
def sign(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Read what is signed, and sign it for one's own inspectorate.

    Where the text changed since it was read, the page shows it as it stands, to be read and signed anew.
    """
    person = person_of(request)
    now = digest_of(inspection)  # before the text is read from the database: no later text passes for this one
    form = SignForm(request.POST or None, initial={"digest": now})

    def act(data: dict[str, Any]) -> None:
        try:
            actions.sign_off(by=person, inspection=inspection, digest=data["digest"])
        except actions.AnotherTextError:
            form.data = {"digest": now}
            raise

    return form_page(
        request,
        inspection,
        "signing",
        form,
        act,
        title=f"Sign for {person.organisation.name}",
        done=f"{person.organisation.name} has signed.",
        then=here("signing", inspection),
        save="Sign",
        template="inspections/judging/sign_form.html",
        context={"whole": whole_text(inspection)},
    )
