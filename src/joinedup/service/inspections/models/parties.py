"""The agencies inspected: that they are told, what they are asked for, and what they answer."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from joinedup.service.inspections.models.inspection import Inspection
from joinedup.service.versioned import Versioned


class Party(Versioned):
    """An organisation whose part is inspected, as one of the ten agencies (`agency`, its key)."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "organisation", "agency"], name="one_party_each")
        ]


class Notification(Versioned):
    """That an accountable post of an agency is told: what is asked of it and by when. `post` is its key."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="notifications")
    post = models.CharField(max_length=60)
    asked = models.TextField()
    due = models.DateField()
    sent_at = models.DateTimeField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class InformationRequest(Versioned):
    """Something that inspectors ask of one agency.

    `chased_at`: when it was last asked for again. `withdrawn` says why it is asked for no longer, where so.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="requests")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requests")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    due = models.DateField()
    state = models.CharField(
        max_length=12,
        default="open",
        choices=[("open", "Open"), ("answered", "Answered"), ("accepted", "Accepted"), ("withdrawn", "Withdrawn")],
    )
    chased = models.PositiveIntegerField(default=0)
    chased_at = models.DateTimeField(null=True, blank=True)
    withdrawn = models.TextField(blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["due", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection", "number"], name="request_numbered_once")]


class Reply(Versioned):
    """An agency's answer to a request, in words; its files are attachments. A later one stands beside the earlier."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="replies")
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_back = models.TextField(blank=True, help_text="Why inspectors asked again, where they did")

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name_plural = "replies"
