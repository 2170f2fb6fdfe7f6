"""The app as Django knows it."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Publishing."""

    name = "joinedup.service.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have its texts signed, its guards asked, drafts looked over, and tell the home page what it needs."""
        from joinedup.service.inspections.content import also_signed
        from joinedup.service.inspections.drafts import looked_over_by
        from joinedup.service.publishing import actions as _guards  # noqa: F401 loading it registers them
        from joinedup.service.publishing import waiting
        from joinedup.service.publishing.filling import leaving_of
        from joinedup.service.publishing.wording import signed_texts
        from joinedup.service.work import register

        also_signed("wording", signed_texts)
        looked_over_by("disclosure", leaving_of)
        register(waiting.needs)
