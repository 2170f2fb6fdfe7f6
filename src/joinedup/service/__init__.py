"""The web service: a Django project that shows the public record as pages.

Cheap to import: Django is imported when a server starts, by `joinedup.service.server`.
"""

__all__: list[str] = []
