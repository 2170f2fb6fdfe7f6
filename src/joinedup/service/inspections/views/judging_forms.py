"""How a form of judging meets its action, and the addresses of an inspection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.stale import Shown, Values
from joinedup.service.inspections.views.acting import act_page

TEMPLATE = "inspections/judging/form.html"


def here(name: str, inspection: Inspection, *args: Any) -> str:
    """An address in an inspection."""
    return reverse(name, args=[inspection.reference, *args])


def form_page(
    request: HttpRequest,
    inspection: Inspection,
    section: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    done: str,
    then: str,
    save: str = "Save",
    back: str = "",
    template: str = TEMPLATE,
    context: dict[str, Any] | None = None,
    shown: Shown | None = None,
    values: Callable[[Any], Values] | None = None,
    only_show: bool = False,
) -> HttpResponse:
    """`act_page` as judging has it: `act` gets what the form holds, `back` is where to go without saving."""
    return act_page(
        request,
        inspection,
        section,
        form,
        lambda: act(form.cleaned_data),
        title=title,
        button=save,
        done=done,
        then=then,
        context={"back": back or then, **(context or {})},
        template=template,
        now=shown,
        values=values,
        only_show=only_show,
    )
