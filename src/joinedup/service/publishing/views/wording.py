"""The summaries and the method: as they stand, and writing them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from joinedup.documents.inspection import long_sentences
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import GovForm
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.views.forming import both_wordings, tried
from joinedup.service.live import inspection_page
from joinedup.service.publishing import actions
from joinedup.service.publishing.wording import TITLES, usual_method, wording_of

LONGEST = {"summary": 25, "for_children": 20}
"""Words in a sentence, beyond which the page says so: GOV.UK's style for the public, shorter for children."""


class WordingForm(LookedOver, GovForm):
    """The three texts; each may stay empty."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    summary = forms.CharField(
        label=TITLES["summary"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Plain English, two pages at most with what is added to it. If you leave it empty, it is put together"
        " from the judgements.",
    )
    for_children = forms.CharField(
        label=TITLES["for_children"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Short sentences, written to the children of the area. If left empty, it says how much was found.",
    )
    method = forms.CharField(
        label=TITLES["method"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="If you leave it empty, the usual words for the framework are used. The numbers are added.",
    )


@needs(Permission.DRAFT_SEE)
@require_safe
def wording(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """What readers of the report are told beside the judgements, and which sentences are long."""
    written = wording_of(inspection)
    texts = [
        {
            "title": title,
            "words": getattr(written, name) if written else "",
            "usual": usual_method(inspection) if name == "method" else "",
            "long": long_sentences(getattr(written, name), LONGEST[name]) if written and name in LONGEST else (),
            "most": LONGEST.get(name),
        }
        for name, title in TITLES.items()
    ]
    may = can(request.user, Permission.JUDGEMENT_WRITE, inspection) and inspection.is_open_for(
        Permission.JUDGEMENT_WRITE
    )
    context = {"texts": texts, "written": written, "may_write": may}
    return inspection_page(request, "publishing/wording.html", inspection, "wording", context)


@needs(Permission.JUDGEMENT_WRITE)
def change(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Write the texts, with the team's eyes on whether they fit and identify nobody."""
    written = wording_of(inspection)
    start = {name: getattr(written, name) for name in TITLES} if written else {}
    form = WordingForm(request.POST or None, initial={**start, "seen": written.version if written else 0})
    then = reverse("wording", args=[inspection.reference])

    def act() -> str:
        given = {name: form.cleaned_data[name] for name in ("seen", *TITLES)}
        actions.write_wording(by=person_of(request), inspection=inspection, confirmed=form.confirmation, **given)
        return "The summaries and the method are saved."

    gone, shown, status = tried(request, form, act, then)
    if gone:
        return gone
    if "newer" in shown:
        shown |= both_wordings(request, form, shown["newer"], then)
    context = {**shown, "form": form, "title": "Write the summaries and the method", "button": "Save", "back": then}
    return inspection_page(request, "publishing/form.html", inspection, "wording", context, status=status)
