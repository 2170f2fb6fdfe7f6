"""How many notices somebody has not read, for the menu of every page."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import AnonymousUser

from joinedup.service.accounts.models import Person
from joinedup.service.notifications.inbox import MOST, unread

register = template.Library()


@register.simple_tag
def unread_notices(user: Person | AnonymousUser) -> str:
    """The count as text, "" for none, "99+" for many."""
    count = unread(user) if isinstance(user, Person) else 0
    return f"{MOST}+" if count > MOST else str(count or "")
