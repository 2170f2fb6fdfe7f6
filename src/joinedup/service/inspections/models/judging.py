"""From evidence to judgement: findings, what must improve, each agency's part, the judgements, and who holds them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from joinedup.service.fields import KeysField
from joinedup.service.inspections.models.evidence import Evidence
from joinedup.service.inspections.models.inspection import Inspection
from joinedup.service.versioned import Versioned


class Finding(Versioned):
    """Praise or concern, under a criterion, resting on evidence.

    `how` tells for each agency (by its key) how it contributed. `no_improvement` says why a concern asks for none.
    `example`: offered to others as good practice. `dropped` says why it no longer stands, where so.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    tendency = models.CharField(max_length=10, choices=[("praise", "Praise"), ("concern", "Concern")])
    criterion = models.CharField(max_length=60)
    judgement = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    agencies = KeysField()
    how = models.JSONField(default=dict, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="findings")
    example = models.BooleanField(default=False)
    no_improvement = models.TextField(blank=True)
    dropped = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection", "number"], name="finding_numbered_once")]

    @property
    def label(self) -> str:
        """What people call it: F3."""
        return f"F{self.number}"


class Improvement(Versioned):
    """Something that the inspection asks for, of one agency, from a concern.

    `post` is the key of the accountable post; to whom it answers, `joinedup.areas` knows and `answers_to` keeps as it
    was when written.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="improvements")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="improvements")
    number = models.PositiveIntegerField()
    words = models.TextField()
    agency = models.CharField(max_length=40, blank=True)
    post = models.CharField(max_length=60, blank=True)
    answers_to = KeysField()
    due = models.DateField(null=True, blank=True)
    priority = models.BooleanField(default=False)
    dropped = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="improvement_numbered_once")
        ]


class Contribution(Versioned):
    """One agency's part in what was found, as a narrative; a grade only where the framework has grades."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="contributions")
    agency = models.CharField(max_length=40)
    narrative = models.TextField(blank=True)
    grade = models.CharField(max_length=40, blank=True)
    not_assessed = models.TextField(blank=True, help_text="Why the agency's part was not assessed, where it was not")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "agency"], name="one_contribution_an_agency")
        ]


class Judgement(Versioned):
    """One of the framework's judgements: a narrative always, a grade only where the framework gives one.

    `explains` says how the contributions explain it, `lowered_by` (agencies) whose contribution lowered its grade
    below the best contribution's, and `departs` why the grades depart from the framework's rule, where they do.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="judgements")
    key = models.CharField(max_length=60)
    narrative = models.TextField(blank=True)
    grade = models.CharField(max_length=40, blank=True)
    explains = models.TextField(blank=True)
    lowered_by = KeysField()
    departs = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection", "key"], name="one_judgement_a_key")]


class Position(Versioned):
    """Where one inspectorate stands on one judgement, at the version of the judgement that it looked at."""

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="positions")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(
        max_length=12, choices=[("agreed", "Agreed"), ("contested", "Contested"), ("thin", "Evidence too thin")]
    )
    words = models.TextField(blank=True)
    judgement_version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["judgement", "organisation"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["judgement", "organisation"], name="one_position_an_inspectorate")
        ]
