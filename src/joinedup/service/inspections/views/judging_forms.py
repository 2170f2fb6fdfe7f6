"""How a form of judging meets its action: shown, refused with what was typed kept, or done and gone on from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from joinedup.service.access import person_of
from joinedup.service.accounts.actions.desk import forget_draft
from joinedup.service.actions import StaleError
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.stale import Shown, Values, clash
from joinedup.service.live import attempt, inspection_page
from joinedup.service.versioned import Versioned

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
    """Show a form, or try `act` with what it holds and go on to `then`.

    Refused, it comes back with what was typed: 422 for errors in fields, 409 where the inspection or somebody else's
    change stands against it; `stale.clash` then tells what both say, with the help of `shown` and `values`.
    `only_show`: the form was sent to look for something and not to save.
    """
    page: dict[str, Any] = {"title": title, "form": form, "save": save, "back": back or then, **(context or {})}
    if request.method != "POST" or only_show:
        return inspection_page(request, template, inspection, section, page)
    if not form.is_valid():
        return inspection_page(request, template, inspection, section, page, status=422)
    stale: list[Versioned] = []

    def tried() -> None:
        try:
            act(form.cleaned_data)
        except StaleError as error:
            stale.append(error.thing)
            raise

    gone, refused = attempt(request, form, tried, done, then)
    if gone:
        forget_draft(by=person_of(request), place=request.path)
        return gone
    if stale:
        seen = form.cleaned_data["seen"]
        page |= {"clash": clash(form, stale[0], seen, values=values, shown=shown), "keep_theirs": then}
        _see_anew(form, stale[0])
    return inspection_page(
        request,
        template,
        inspection,
        section,
        {**page, "refused": refused},
        status=409 if refused and not form.errors else 422,
    )


def _see_anew(form: forms.Form, thing: Versioned) -> None:
    """The person is shown the thing as it is now; saving again is then a choice between both."""
    data = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    data["seen"] = str(thing.version)
    form.data = data


def gone_to(url: str) -> HttpResponseRedirect:
    """Go on to an address."""
    return HttpResponseRedirect(url)
