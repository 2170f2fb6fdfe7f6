"""What somebody was told, the e-mails that wait to be sent, and what each person chose."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from joinedup.service.notifications.events import How, get_event
from joinedup.service.versioned import Versioned


class Mail(models.Model):
    """One e-mail to one person, written when it is sent: what they may know is asked then.

    `state`: "waiting" (not before `next_try`), "sending" (`claim` is the run that has it, since `claimed_at`), "sent",
    "not_sent" (`why` says the reason). `day` is the day of a digest; empty for an e-mail about one thing.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(null=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    next_try = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try"], condition=models.Q(state__in=("waiting", "sending")), name="mail_to_send"
            ),
        ]


class Notice(models.Model):
    """That something happened, told to one person.

    `event` is a key of `events.EVENTS`. `party` is there where it is told to somebody as one of that agency's people.
    `number` names the one thing that it is about (a request); `count` says how many things happened at once. `once`
    is the mark of what is told to a person only once. `how` is how the person wished to be sent it at that time.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=40)
    inspection = models.ForeignKey("inspections.Inspection", null=True, on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("inspections.Party", null=True, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(null=True)
    count = models.PositiveIntegerField(default=1)
    due = models.DateField(null=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, choices=How.choices)
    mail = models.ForeignKey(Mail, null=True, on_delete=models.SET_NULL, related_name="notices")
    once = models.CharField(max_length=80, null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "once"], name="told_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at", "-id"], name="notices_of"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="notices_unread"),
            models.Index(fields=["at"], condition=models.Q(how="daily", mail=None), name="notices_for_digest"),
            models.Index(fields=["once"], condition=models.Q(once__isnull=False), name="notices_once"),
        ]

    @property
    def title(self) -> str:
        """What happened, for the person."""
        event = get_event(self.event)
        return event.title if self.count == 1 else event.many.format(count=self.count)


class Preference(Versioned):
    """How somebody wishes to be sent what belongs to a group of events; where there is none, the group's usual way."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=20)
    how = models.CharField(max_length=10, choices=How.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "group"], name="one_choice_a_group")]


class CalendarAddress(Versioned):
    """That somebody has a secret address for their calendar. `mark` goes into the secret: another one ends the old.

    The secret itself is kept nowhere (`secret.py`).
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=32)
    stopped = models.BooleanField(default=False)


class Job(models.Model):
    """One piece of scheduled work; whoever does it locks its row."""

    name = models.CharField(max_length=20, primary_key=True)
