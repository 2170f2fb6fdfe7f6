"""What publishing keeps: texts written for readers of the report, what was decided on disclosure, and publications."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from joinedup.service.disclosure import RULES
from joinedup.service.inspections.models import Inspection
from joinedup.service.versioned import Versioned


class Wording(Versioned):
    """What the team writes for readers of the report beside the judgements.

    An empty text is put together from the rest. `by` and `at`: who wrote it as it stands, and when.
    """

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="wording")
    summary = models.TextField(blank=True)
    for_children = models.TextField(blank=True)
    method = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Decision(Versioned):
    """What a person decided on words that could identify a child: that they stay, or are left out of all documents.

    `key` and `rule` are of what was found (`joinedup.service.disclosure`). The words are not kept here.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="disclosure_decisions")
    key = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    outcome = models.CharField(
        max_length=10, choices=[("stays", "Stays: it identifies no child"), ("left_out", "Left out of all documents")]
    )
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection", "key"], name="one_decision_a_hit")]

    @property
    def title(self) -> str:
        """What was found, for people."""
        return next((each.title for each in RULES if each.key == self.rule), self.rule)


class Publication(Versioned):
    """One version of a report, from 1. It is `publishing` until the public record holds it, then `published`.

    `sha256` is of its PDF, which `inspections.files` keeps; so with the summaries. A later version says what `changed`
    and `why`. `texts` holds the words that the version has in place of what was signed, by the name of the text
    (`texts.py`): in the first, texts from which words were left out; in later ones, what was corrected.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    published_on = models.DateField()
    state = models.CharField(
        max_length=12, default="publishing", choices=[("publishing", "Being published"), ("published", "Published")]
    )
    sha256 = models.CharField(max_length=64)
    summary_sha256 = models.CharField(max_length=64)
    children_sha256 = models.CharField(max_length=64)
    changed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    texts = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="publication_numbered_once")
        ]
        indexes: ClassVar = [models.Index(fields=["state"], condition=models.Q(state="publishing"), name="to_be_ended")]
