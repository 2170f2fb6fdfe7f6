"""The audit's rows, and the head of their chain."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from joinedup.service.versioned import Versioned


class Entry(models.Model):
    """One thing that one person did to one thing.

    `number` counts from 1 without a gap. `digest` covers everything in the row and the digest before it
    (`joinedup.service.audit.chain`), so that a row that was changed, taken out or put in shows. `before` and `after`
    hold the fields that changed and nothing else; `person` is empty for what the service did by itself.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    on_behalf_of = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    action = models.CharField(max_length=60)
    thing = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=40)
    place = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    from_version = models.PositiveIntegerField(null=True)
    to_version = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name_plural = "entries"
        indexes: ClassVar = [
            models.Index(fields=["place", "-number"], name="audit_place"),
            models.Index(fields=["thing", "thing_id", "-number"], name="audit_thing"),
            models.Index(fields=["person", "-number"], name="audit_person"),
            models.Index(fields=["action", "-number"], name="audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.thing} {self.thing_id}"


class Head(models.Model):
    """The chain's end: how many rows there are and the last one's digest. One row; whoever appends locks it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]


class Check(Versioned):
    """That the chain was read through: when, how many rows there were, the last one's digest, and what was wrong."""

    at = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    faults = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["-at"], name="audit_checks")]
