"""Bringing files to a piece of evidence."""

from __future__ import annotations

from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, action, create
from joinedup.service.inspections.files import Kept
from joinedup.service.inspections.models import Attachment, Evidence, Inspection


@action(Permission.EVIDENCE_WRITE)
def attach_file(*, by: Person, inspection: Inspection, evidence: Evidence, kept: Kept) -> Attachment:
    """Let a file that is kept go with a piece of evidence; the same file again is the same attachment."""
    if evidence.inspection_id != inspection.pk:
        raise RefusedError("This evidence belongs to another inspection.")
    there = evidence.attachments.filter(sha256=kept.sha256).first()
    return there or create(
        Attachment, inspection=inspection, evidence=evidence, sha256=kept.sha256, name=kept.name, kind=kept.kind,
        size=kept.size, by=by, at=timezone.now(),
    )  # fmt: skip
