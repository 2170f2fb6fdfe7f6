"""The project's addresses: each app brings its own."""

from django.urls import include, path

urlpatterns = [path("", include("joinedup.service.site.urls")), path("", include("joinedup.service.api.urls"))]

handler400 = "joinedup.service.site.views.errors.bad_request"
handler403 = "joinedup.service.site.views.errors.forbidden"
handler404 = "joinedup.service.site.views.errors.not_found"
handler500 = "joinedup.service.site.views.errors.server_error"
