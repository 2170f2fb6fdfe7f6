"""What is done in telling people: `tell` for any action, and what people do with what they were told."""

from joinedup.service.notifications.actions.own import (
    choose_how,
    make_calendar_address,
    mark_read,
    stop_calendar_address,
)
from joinedup.service.notifications.actions.telling import tell

__all__ = ["choose_how", "make_calendar_address", "mark_read", "stop_calendar_address", "tell"]
