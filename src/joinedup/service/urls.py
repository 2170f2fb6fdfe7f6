"""The project's addresses: each app brings its own; those of the live service are there where it is."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [path("", include("joinedup.service.site.urls")), path("", include("joinedup.service.api.urls"))]
if settings.LIVE:
    urlpatterns += [
        path("", include("joinedup.service.accounts.urls")),
        path("audit", include("joinedup.service.audit.urls")),
        path("inspections", include("joinedup.service.inspections.urls")),
        path("", include("joinedup.service.notifications.urls")),
        path("", include("joinedup.service.publishing.urls")),
    ]

handler400 = "joinedup.service.site.views.errors.bad_request"
handler403 = "joinedup.service.site.views.errors.forbidden"
handler404 = "joinedup.service.site.views.errors.not_found"
handler500 = "joinedup.service.site.views.errors.server_error"
