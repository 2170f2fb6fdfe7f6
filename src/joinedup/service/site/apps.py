"""The app of the public pages."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """England, the areas, and the pages about this site."""

    name = "joinedup.service.site"
    label = "site"
    verbose_name = "Public pages"
