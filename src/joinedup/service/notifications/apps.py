"""The app as Django knows it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling people."""

    name = "joinedup.service.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of every act, and end calendars' addresses with the other ways in."""
        from joinedup.service.accounts.actions.people import also_ends
        from joinedup.service.actions import before_an_act_is_done
        from joinedup.service.notifications.actions.own import end_calendar_address
        from joinedup.service.notifications.actions.telling import hear

        before_an_act_is_done(hear)
        also_ends(end_calendar_address)
