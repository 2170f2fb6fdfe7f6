"""The app as Django knows it."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspections."""

    name = "joinedup.service.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"
