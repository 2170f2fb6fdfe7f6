"""Publishing: what is in the way, the decision on words that could identify a child, the act, and corrections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from joinedup.documents.errors import ContentError
from joinedup.documents.inspection import InspectionReport
from joinedup.errors import JoinedupError
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.forms import GovForm
from joinedup.service.inspections.actions.stages import in_the_way
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.views.forming import tried
from joinedup.service.live import inspection_page
from joinedup.service.publishing import actions, bridge
from joinedup.service.publishing.filling import concerns, from_inspection
from joinedup.service.publishing.looked_over import Concern
from joinedup.service.publishing.models import Decision, Publication
from joinedup.service.publishing.texts import texts_of

WAITS = "The report is kept and will be in the public record with the next run. Nothing needs to be done again."


class DecideForm(GovForm):
    """What becomes of the words, and why."""

    outcome = forms.ChoiceField(
        label="What becomes of these words?",
        choices=[("stays", "They stay: they identify no child"), ("left_out", "Every document leaves them out")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the words"},
    )
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why"})


class CorrectForm(LookedOver, GovForm):
    """What changed and why, and every text of the report to change."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
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
@require_safe
def publishing(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Where publication stands: what is in the way, what was decided, the versions."""
    versions = list(inspection.publications.select_related("by"))
    open_now = inspection.is_open_for(Permission.PUBLISH)
    context = {
        "versions": versions,
        "waiting": [each for each in versions if each.state == "publishing"],
        "open": open_now,
        "concerns": _concerns(inspection),
        "decisions": Decision.objects.filter(inspection=inspection).select_related("by"),
        "obstacles": in_the_way(inspection, "publish") if open_now and not versions else (),
    }
    return inspection_page(request, "publishing/publishing.html", inspection, "publishing", context)


def _concerns(inspection: Inspection) -> tuple[Concern, ...]:
    try:
        return concerns(inspection)
    except (ContentError, RefusedError):  # said among what is in the way
        return ()


@needs(Permission.PUBLISH)
@require_POST
def publish(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Publish the report."""
    try:
        made = bridge.publish(by=person_of(request), inspection=inspection)
    except RefusedError as error:
        messages.warning(request, str(error))
    else:
        _tell(request, made)
    return HttpResponseRedirect(reverse("publishing", args=[inspection.reference]))


@needs(Permission.PUBLISH)
@require_POST
def complete(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Complete a publication that was interrupted, without waiting for the next run."""
    for each in inspection.publications.filter(state="publishing").select_related("inspection"):
        try:
            bridge.complete(each)
        except JoinedupError as error:
            messages.warning(request, f"The public record could not take it in: {error}")
        else:
            messages.success(request, f"Version {each.number} is published.")
    return HttpResponseRedirect(reverse("publishing", args=[inspection.reference]))


@needs(Permission.PUBLISH)
def decide(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Decide on one thing that was found; `hit` says which."""
    then = reverse("publishing", args=[inspection.reference])
    key = request.GET.get("hit", "")
    concern = next((each for each in _concerns(inspection) if each.hit.key == key), None)
    if concern is None:
        return HttpResponseRedirect(then)
    form = DecideForm(request.POST or None)
    shown: dict[str, Any] = {}
    status = 422 if form.is_bound else 200
    if form.is_valid():

        def act() -> str:
            actions.decide_disclosure(by=person_of(request), inspection=inspection, key=key, **form.cleaned_data)
            return "The decision is kept."

        gone, shown, status = tried(request, form, act, then)
        if gone:
            return gone
    context = {**shown, "form": form, "concern": concern, "title": "Decide on words that could identify a child",
               "button": "Keep the decision", "back": then}  # fmt: skip
    return inspection_page(request, "publishing/form.html", inspection, "publishing", context, status=status)


@needs(Permission.PUBLISH)
def correct(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Publish a further version with other words in some texts."""
    then = reverse("publishing", args=[inspection.reference])
    versions = list(inspection.publications.all())
    if not versions or versions[-1].state != "published":
        return HttpResponseRedirect(then)
    report = from_inspection(inspection, versions)
    form = CorrectForm(report, request.POST or None, initial={"seen": versions[-1].number})
    shown: dict[str, Any] = {}
    status = 422 if form.is_bound else 200
    if form.is_valid():
        made: list[Publication] = []

        def act() -> str:
            given = {name: form.cleaned_data[name] for name in ("seen", "changed", "why")}
            made.append(
                bridge.correct(
                    by=person_of(request), inspection=inspection, texts=form.texts, confirmed=form.confirmation, **given
                )
            )
            return _words(made[0])

        gone, shown, status = tried(request, form, act, then)
        if gone:
            return gone
    context = {**shown, "form": form, "title": "Correct the published report", "button": "Publish the new version",
               "back": then}  # fmt: skip
    return inspection_page(request, "publishing/form.html", inspection, "publishing", context, status=status)


def _words(made: Publication) -> str:
    return f"Version {made.number} is published." if made.state == "published" else WAITS


def _tell(request: HttpRequest, made: Publication) -> None:
    (messages.success if made.state == "published" else messages.warning)(request, _words(made))
