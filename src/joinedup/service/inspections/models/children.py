"""The children whose experiences are followed, by the inspection's own references, and how each side sees them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from joinedup.service.fields import KeysField
from joinedup.service.inspections.models.inspection import Inspection
from joinedup.service.versioned import Versioned


class Child(Versioned):
    """A tracked or sampled child: a reference (C1, S1), the agencies that know the child, and no name."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="children")
    reference = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=[("tracked", "Tracked"), ("sampled", "Sampled")])
    agencies = KeysField()
    why = models.TextField(blank=True)
    dropped = models.TextField(blank=True, help_text="Why the child is followed no longer, where so")

    class Meta:
        ordering: ClassVar = ["kind", "pk"]
        verbose_name_plural = "children"
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection", "reference"], name="child_once")]


class ChildView(Versioned):
    """How one side sees the help that a child had, under one criterion.

    `side` is "agencies" (their own audit together) or "inspectors". `strength` runs from "strong" to "weak".
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="views")
    criterion = models.CharField(max_length=60)
    side = models.CharField(max_length=12, choices=[("agencies", "The agencies"), ("inspectors", "The inspectors")])
    strength = models.CharField(
        max_length=12,
        choices=[("strong", "Strong"), ("mixed", "Mixed"), ("weak", "Weak"), ("not_seen", "Could not be judged")],
    )
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["criterion", "side"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["child", "criterion", "side"], name="one_view_a_side")]


class ListedName(Versioned):
    """A name that must not appear in what leaves the team, as keyed digests alone (`service.disclosure.listed`).

    `whole` is the digest of the whole name, `digests` those by which it is looked for, `kept_by` a digest that tells
    by which of the service's secrets. What is taken off the list stays, marked as `removed`.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="listed_names")
    whole = models.CharField(max_length=16)
    digests = KeysField()
    kept_by = models.CharField(max_length=16)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection", "whole"], name="name_listed_once")]
