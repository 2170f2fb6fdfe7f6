"""The files of a piece of evidence: brought, and given out to those who may see evidence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import GovForm
from joinedup.service.inspections import files
from joinedup.service.inspections.actions.evidence_files import attach_file
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.views.evidence import PARTS, piece_of
from joinedup.service.inspections.views.forming import tried
from joinedup.service.live import inspection_page


class FileForm(GovForm):
    """One file."""

    file = files.OneFileField(
        label="File",
        help_text=f"{files.ACCEPTED}. At most {files.LARGEST // 1024 // 1024} MB. Take out names of children first.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose it again."},
    )


@needs(Permission.EVIDENCE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Bring a file to a piece of evidence."""
    found = piece_of(inspection, number)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()

    def act() -> str:
        inspection.require_open(Permission.EVIDENCE_WRITE)
        kept = files.keep(form.cleaned_data["file"])
        attach_file(by=person_of(request), inspection=inspection, evidence=found, kept=kept)
        return f"{kept.name} is kept with {found.label}."

    gone, shown, status = tried(request, form, act, reverse("evidence-piece", args=[inspection.reference, number]))
    if gone:
        return gone
    context = {**shown, "form": form, "piece": found}
    return inspection_page(request, PARTS + "attach.html", inspection, "evidence", context, status=status)


@needs(Permission.EVIDENCE_SEE)
@require_safe
def file(request: HttpRequest, inspection: Inspection, number: int, pk: int) -> HttpResponseBase:
    """A file of a piece of evidence, as a download."""
    attached = get_object_or_404(piece_of(inspection, number).attachments.all(), pk=pk)
    return files.download(attached.sha256, attached.name, attached.kind)
