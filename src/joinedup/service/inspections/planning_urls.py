"""The addresses of planning: the timetable, the team, who is told, and what is asked for."""

from django.urls import path

from joinedup.service.inspections.views import planning, requests, team, telling

urlpatterns = [
    path("", planning.inspections, name="inspections"),
    path("/<slug:reference>", planning.overview, name="inspection"),
    path("/<slug:reference>/timetable", planning.timetable, name="timetable"),
    path("/<slug:reference>/team", team.team, name="team"),
    path("/<slug:reference>/notification", telling.notifications, name="notifications"),
    path("/<slug:reference>/requests", requests.requests, name="requests"),
]
