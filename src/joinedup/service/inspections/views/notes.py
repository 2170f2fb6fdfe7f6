"""Several notes at once: pasted into one box, shown as they were understood, corrected, and saved together, once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.permissions import Permission
from joinedup.service.inspections.actions.evidence import add_notes
from joinedup.service.inspections.evidence_forms import MOST_NOTES, NotesForm, Offered, PieceForm
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.notes import Note, parse
from joinedup.service.inspections.views.forming import tried
from joinedup.service.live import inspection_page

PARTS = "inspections/evidence/"


class NoteForm(PieceForm):
    """One note as it was understood, in the preview. `leave` takes it out."""

    leave = forms.BooleanField(label="Leave this note out", required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in ("words", "source", "criterion"):
            self.fields[name].widget.attrs.pop("accesskey", None)
        self.fields["words"].help_text = ""
        self.fields["leave"].label = "Leave this note out"

    def full_clean(self) -> None:
        """A note that is left out may be as wrong as it likes."""
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("leave"):
            self.errors.clear()


class TogetherForm(LookedOver):
    """What all notes of a preview share: how many there are."""

    many = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_NOTES)


@needs(Permission.EVIDENCE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The box; then the preview; then all saved together. Nothing is saved before the preview is confirmed."""
    offered = Offered(inspection)
    if request.method == "POST" and "many" in request.POST:
        return _save(request, inspection, offered)
    form = NotesForm(offered, request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        found = parse(form.cleaned_data["text"], offered.vocabulary)
        if 1 <= len(found) <= MOST_NOTES:
            together = TogetherForm(initial={"many": len(found)})
            shown = [
                NoteForm(offered, initial=_initial(note, form.cleaned_data), prefix=str(number))
                for number, note in enumerate(found, start=1)
            ]
            return _preview(request, inspection, together, shown, {"unclear": _unclear(found)}, 200)
        form.add_error("text", f"There are {len(found)} notes. Bring from 1 to {MOST_NOTES} at once.")
    context = {
        "form": form,
        "most": MOST_NOTES,
        "marks": [("Criterion", offered.criteria), ("Kind of source", offered.sources), ("Agency", offered.agencies)],
    }
    return inspection_page(request, PARTS + "notes.html", inspection, "evidence", context, status=status)


def _initial(note: Note, shared: dict[str, Any]) -> dict[str, Any]:
    """A note's own marks, and what holds for all where it has none."""
    return {
        "words": note.words,
        "criterion": note.criterion or shared["criterion"],
        "source": note.source or shared["source"],
        "agencies": note.agencies or shared["agencies"],
        "tendency": note.tendency or "neutral",
        "child": note.child,
        "seen_on": shared["seen_on"],
    }


def _unclear(found: tuple[Note, ...]) -> list[tuple[int, str]]:
    return [(number, mark) for number, note in enumerate(found, start=1) for mark in note.not_understood]


def _save(request: HttpRequest, inspection: Inspection, offered: Offered) -> HttpResponse:
    together = TogetherForm(request.POST)
    if not together.is_valid():
        form = NotesForm(offered)
        context = {"form": form, "most": MOST_NOTES, "refused": "The notes did not arrive whole. Paste them again."}
        return inspection_page(request, PARTS + "notes.html", inspection, "evidence", context, status=422)
    many = together.cleaned_data["many"]
    shown = [NoteForm(offered, request.POST, prefix=str(number)) for number in range(1, many + 1)]
    valid = [form.is_valid() for form in shown]
    if not all(valid):
        return _preview(request, inspection, together, shown, {}, 422)
    wanted = [form.piece for form in shown if not form.cleaned_data["leave"]]

    def act() -> str:
        added = add_notes(
            by=person_of(request), inspection=inspection, pieces=wanted, confirmed=together.confirmation,
        )  # fmt: skip
        return f"{added[0].label} to {added[-1].label} are saved." if len(added) > 1 else f"{added[0].label} is saved."

    gone, context, status = tried(request, together, act, reverse("evidence", args=[inspection.reference]))
    return gone or _preview(request, inspection, together, shown, context, status)


def _preview(
    request: HttpRequest,
    inspection: Inspection,
    together: TogetherForm,
    shown: list[NoteForm],
    context: dict[str, Any],
    status: int,
) -> HttpResponse:
    problems = [
        (number, form[name].id_for_label, error)
        for number, form in enumerate(shown, start=1)
        for name, errors in form.errors.items()
        for error in errors
    ]
    context = {**context, "together": together, "notes": shown, "problems": problems}
    return inspection_page(request, PARTS + "preview.html", inspection, "evidence", context, status=status)
