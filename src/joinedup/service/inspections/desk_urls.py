"""The addresses that forms ask while they are open, and those of notes that waited for the connection."""

from django.urls import path

from joinedup.service.inspections.views import desk, offline

urlpatterns = [
    path("/<slug:reference>/desk/here", desk.here, name="desk-here"),
    path("/<slug:reference>/desk/draft", desk.draft, name="desk-draft"),
    path("/<slug:reference>/desk/draft/keep", desk.draft_keep, name="desk-draft-keep"),
    path("/<slug:reference>/evidence/waiting", offline.waiting, name="evidence-waiting"),
]
