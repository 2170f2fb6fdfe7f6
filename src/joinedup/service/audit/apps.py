"""The app as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit."""

    name = "joinedup.service.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the home page what the audit has for people."""
        from joinedup.service.audit import waiting  # noqa: F401
