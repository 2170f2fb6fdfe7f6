"""The addresses of children, evidence and coverage."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
