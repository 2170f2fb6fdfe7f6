"""The addresses of planning: the timetable, the team, who is told, and what is asked for."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
