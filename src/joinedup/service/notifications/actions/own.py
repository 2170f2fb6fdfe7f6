"""What people do with their own notifications: read them, choose how they are sent, take a calendar address."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.actions import ValidationError, change, create, open_action
from joinedup.service.notifications.events import Group, How
from joinedup.service.notifications.models import CalendarAddress, Notice, Preference

_OWN = "their own, and nobody else's can be named"


def mark_read(person: Person, number: int | None = None) -> int:
    """Mark one of somebody's own notices (its id) as read, or all; answers how many were not. No part of the audit."""
    mine = Notice.objects.filter(person=person, read_at=None)
    if number is not None:
        mine = mine.filter(pk=number)
    return mine.update(read_at=timezone.now())


@open_action(_OWN)
def choose_how(*, by: Person, choices: Mapping[str, str]) -> None:
    """Choose how to be sent what belongs to each group. Raises ValidationError for a group that cannot be chosen."""
    known = {each.group: each for each in Preference.objects.filter(person=by)}
    for group, how in choices.items():
        if group not in Group.values or group == Group.MUST or how not in How.values:
            raise ValidationError({group: "Choose one of the ways for each group"})
        if group in known:
            change(known[group], how=how)
        else:
            create(Preference, person=by, group=group, how=how)


@open_action(_OWN)
def make_calendar_address(*, by: Person) -> CalendarAddress:
    """A new secret address for one's calendar; the one before, where there was one, leads nowhere from now on."""
    mark, there = secrets.token_hex(16), CalendarAddress.objects.filter(person=by).first()
    if there is None:
        return create(CalendarAddress, person=by, mark=mark)
    return change(there, mark=mark, stopped=False)


@open_action(_OWN)
def stop_calendar_address(*, by: Person) -> None:
    """The secret address leads nowhere from now on."""
    end_calendar_address(by)


def end_calendar_address(person: Person) -> None:
    """Inside an action: a person's secret address leads nowhere from now on, even if they come back."""
    there = CalendarAddress.objects.filter(person=person, stopped=False).first()
    if there is not None:
        change(there, stopped=True, mark=secrets.token_hex(16))
