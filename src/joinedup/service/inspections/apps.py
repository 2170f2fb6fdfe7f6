"""The app as Django knows it."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspections."""

    name = "joinedup.service.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the home page what inspections need of people."""
        from joinedup.service.inspections import work_evidence, work_judging, work_planning
        from joinedup.service.work import register

        register(work_planning.needs)
        register(work_evidence.needs)
        register(work_judging.needs)
