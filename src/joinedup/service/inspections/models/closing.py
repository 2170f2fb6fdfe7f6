"""From draft to signature: challenges of moderation, agencies' points on accuracy, and who signed what."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from joinedup.service.inspections.models.inspection import Inspection
from joinedup.service.inspections.models.parties import Party
from joinedup.service.versioned import Versioned


class Challenge(Versioned):
    """What a moderator questions. `about` is what it is about, as a kind and number or key: "finding 3"."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="challenges")
    number = models.PositiveIntegerField()
    about = models.CharField(max_length=100)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="challenge_numbered_once")
        ]


class AccuracyPoint(Versioned):
    """What an agency says is not right in its own draft, and what the inspectors answer."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="accuracy_points")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="accuracy_points")
    number = models.PositiveIntegerField()
    about = models.CharField(max_length=100)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(
        max_length=10,
        blank=True,
        choices=[("accepted", "Accepted"), ("partly", "Accepted in part"), ("not", "Not accepted")],
    )
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["party", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["party", "number"], name="point_numbered_once")]


class SignOff(Versioned):
    """That an inspectorate signed. `digest` is of all that it signed; a signature on another text does not count."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "organisation", "digest"], name="one_signature_each")
        ]
