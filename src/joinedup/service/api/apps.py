"""The app of the public API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API and the pages that describe it."""

    name = "joinedup.service.api"
    label = "api"
    verbose_name = "Public API"
