"""What lies on a person's desk: forms that they have begun or sent, and the pages that they have open now.

None of it is a part of what the service keeps of an inspection, and none is written into the audit: a draft is nobody's
but its writer's until it is saved, and goes then; of a form that was sent there is where it led; who has a page open is
forgotten after a minute.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models

HERE_FOR = dt.timedelta(seconds=60)
"""How long somebody counts as being on a page after they were last heard of there."""
DRAFTS_FOR = dt.timedelta(days=30)
"""How long a draft waits for its writer."""
SENT_FOR = dt.timedelta(days=90)
"""How long a form that was sent is known again: longer than any note waits in a browser for a connection."""
LONGEST_DRAFT = 200_000
"""Letters of a draft, as it is kept."""


class Draft(models.Model):
    """What a person has typed into the form at an address and not saved: pairs of field and value, in their order."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=200)
    fields = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "place"], name="one_draft_a_form")]

    def __str__(self) -> str:
        return self.place


class Sent(models.Model):
    """That a person has sent a form, what was said of it, and where it led: sent again, it leads there again.

    `mark` is two keyed digests, of the form's own mark and of all that it held (`joinedup.service.sent_once`).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    done = models.TextField(blank=True)
    then = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "mark"], name="sent_once")]

    def __str__(self) -> str:
        return self.mark


class Presence(models.Model):
    """That a person had the page at an address before them at a moment."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "person"], name="present_once_a_page")]
        indexes: ClassVar = [models.Index(fields=["at"], name="present_until")]

    def __str__(self) -> str:
        return self.place
