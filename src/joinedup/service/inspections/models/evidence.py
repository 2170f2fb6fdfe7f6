"""The evidence base: what was seen, read, heard or counted, every wording of it kept, and the files that go with it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from joinedup.service.fields import KeysField
from joinedup.service.inspections.models.children import Child
from joinedup.service.inspections.models.inspection import Inspection
from joinedup.service.inspections.models.parties import Reply
from joinedup.service.versioned import Versioned

TENDENCIES = [("praise", "Praise"), ("concern", "Concern"), ("neutral", "Neither")]


class Evidence(Versioned):
    """One piece of evidence as it stands now; `EvidenceRevision` keeps how it stood before.

    `source` is one of the kinds of source that `joinedup.frameworks` names, `criterion` one of the framework's.
    `withdrawn` says why it no longer counts, where so.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField()
    words = models.TextField()
    source = models.CharField(max_length=30)
    criterion = models.CharField(max_length=60)
    agencies = KeysField()
    tendency = models.CharField(max_length=10, choices=TENDENCIES, default="neutral")
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    seen_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name_plural = "evidence"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="evidence_numbered_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["inspection", "criterion", "-number"], name="evidence_criterion"),
            models.Index(fields=["inspection", "source", "-number"], name="evidence_source"),
            models.Index(fields=["inspection", "by", "-number"], name="evidence_by"),
            models.Index(  # all that counting asks for, so that it reads no rows
                fields=["inspection", "criterion", "source", "tendency", "agencies"],
                condition=models.Q(withdrawn=""),
                name="evidence_counted",
            ),
        ]

    @property
    def label(self) -> str:
        """What people call it: E12."""
        return f"E{self.number}"


class EvidenceRevision(models.Model):
    """How a piece of evidence stood before it was changed. Rows are added and never altered."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    words = models.TextField()
    source = models.CharField(max_length=30)
    criterion = models.CharField(max_length=60)
    agencies = KeysField()
    tendency = models.CharField(max_length=10)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField()
    withdrawn = models.TextField(blank=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["evidence", "version"], name="one_revision_a_version")]


class Attachment(Versioned):
    """A file that came with a piece of evidence or with an agency's reply; its bytes are kept by their hash.

    `kind` is what the bytes were found to be, whatever the name says; `size` is in bytes.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="attachments")
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="attachments")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.PROTECT, related_name="attachments")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(evidence=None) ^ models.Q(reply=None), name="attached_to_one_thing"
            )
        ]
