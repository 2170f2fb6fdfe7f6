"""Correcting a published report: every text with new words, and whose correction came in between, if one did."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from joinedup.documents.inspection import InspectionReport
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import GovForm
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.stale import Change, Clash, Row
from joinedup.service.inspections.views.forming import tried
from joinedup.service.live import inspection_page
from joinedup.service.publishing.actions import begin_correction
from joinedup.service.publishing.filling import from_inspection
from joinedup.service.publishing.models import Publication
from joinedup.service.publishing.texts import texts_of
from joinedup.service.publishing.views.publication import finish


class CorrectForm(LookedOver, GovForm):
    """What changed and why, and every text of the report to change."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    changed = forms.CharField(
        label="What changed",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The public reads this on the first page of the new version.",
        error_messages={"required": "Say what changed"},
    )
    why = forms.CharField(
        label="Why it changed", widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": "Say why"}
    )

    def __init__(self, report: InspectionReport, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        for text in texts_of(report):
            self.fields[f"text.{text.name}"] = forms.CharField(
                label=text.title,
                initial=text.words,
                widget=forms.Textarea(attrs={"rows": 4, "class": "govuk-textarea"}),
                error_messages={"required": "This text cannot be empty"},
            )

    @property
    def texts(self) -> dict[str, str]:
        """The new texts by name; line ends as they are kept."""
        return {
            name.removeprefix("text."): value.replace("\r\n", "\n")
            for name, value in self.cleaned_data.items()
            if name.startswith("text.")
        }


@needs(Permission.PUBLISH)
def correct(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Publish a further version with other words in some texts."""
    then = reverse("publishing", args=[inspection.reference])
    versions = list(inspection.publications.all())
    if not versions or (versions[-1].state != "published" and request.method != "POST"):
        return HttpResponseRedirect(then)
    report = from_inspection(inspection, versions)
    form = CorrectForm(report, request.POST or None, initial={"seen": versions[-1].number})
    begun: list[Publication] = []

    def act() -> str:
        given = {name: form.cleaned_data[name] for name in ("seen", "changed", "why")}
        begun.append(
            begin_correction(
                by=person_of(request), inspection=inspection, texts=form.texts, confirmed=form.confirmation, **given
            )
        )
        return ""

    gone, shown, status = tried(request, form, act, then)
    if begun:
        finish(request, begun[0])
    if gone:
        return gone
    if "newer" in shown:
        shown |= {"clash": _clash(form, inspection, request.POST.copy()), "keep_theirs": then}
    context = {**shown, "form": form, "title": "Correct the published report", "button": "Publish the new version",
               "back": then}  # fmt: skip
    return inspection_page(request, "publishing/form.html", inspection, "publishing", context, status=status)


def _clash(form: CorrectForm, inspection: Inspection, typed: QueryDict) -> Clash:
    """Whose corrections the person had not seen, and each text that is not the same in all: before, now, as typed.

    A text that the person left as it was gets the newer words in the form; what they typed stays, to be saved again.
    """
    versions = list(inspection.publications.select_related("by__organisation"))
    seen = form.cleaned_data["seen"]
    began = {each.name: each.words.strip() for each in texts_of(from_inspection(inspection, versions[:seen]))}
    rows = []
    for text in texts_of(from_inspection(inspection, versions)):
        was, now, mine = began.get(text.name, ""), text.words.strip(), form.texts.get(text.name, text.words).strip()
        if mine != was:
            rows.append(Row(text.title, was, now, mine))
        elif now != was:
            rows.append(Row(text.title, was, now))
            typed[f"text.{text.name}"] = now
    typed["seen"] = str(versions[-1].number)
    form.data = typed
    changes = [
        Change(each.by.name, each.by.organisation.name, each.at, f"version {each.number}. {each.changed} {each.why}")
        for each in reversed(versions[seen:])
    ]
    return Clash(tuple(rows), tuple(changes))
