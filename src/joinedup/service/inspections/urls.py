"""The addresses of inspections, in the order of an inspection's life."""

from django.urls import include, path

urlpatterns = [
    path("", include("joinedup.service.inspections.planning_urls")),
    path("", include("joinedup.service.inspections.evidence_urls")),
    path("", include("joinedup.service.inspections.judging_urls")),
    path("", include("joinedup.service.inspections.desk_urls")),
]
