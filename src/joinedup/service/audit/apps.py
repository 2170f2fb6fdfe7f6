"""The app as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit."""

    name = "joinedup.service.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
