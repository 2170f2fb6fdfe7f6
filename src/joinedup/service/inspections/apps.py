"""The app as Django knows it."""

import pkgutil
from importlib import import_module

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspections."""

    name = "joinedup.service.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every module `work_…` tell the home page what it has for somebody."""
        package = import_module(self.name)
        for module in pkgutil.iter_modules(package.__path__):
            if module.name.startswith("work_"):
                import_module(f"{self.name}.{module.name}")
