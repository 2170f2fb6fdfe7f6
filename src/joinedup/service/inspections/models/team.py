"""The team: people from several inspectorates and from other areas, one of whom leads; and what they declare."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from joinedup.service.accounts.permissions import IN_A_TEAM
from joinedup.service.inspections.models.inspection import Inspection
from joinedup.service.versioned import Versioned


class Member(Versioned):
    """A person's part in an inspection's team. `barred`: kept out by a conflict of interest. `left`: until when."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="parts")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=[(role.value, role.label) for role in sorted(IN_A_TEAM)])
    joined = models.DateTimeField()
    left = models.DateTimeField(null=True, blank=True)
    left_why = models.TextField(blank=True)
    barred = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["joined", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inspection", "person"], condition=models.Q(left=None), name="one_part_each"
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=models.Q(left=None, part="lead_inspector"),
                name="one_lead_inspector",
            ),
        ]


class Interest(Versioned):
    """What a member declares: nothing to declare, or an interest, and what was decided about it.

    `decision` is empty until a programme manager decides; a conflict keeps the member out.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="interests")
    nothing = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    decision = models.CharField(
        max_length=20, blank=True, choices=[("no_conflict", "No conflict"), ("conflict", "Conflict: kept out")]
    )
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["declared_at", "pk"]
