"""The addresses of signing in, of people and organisations, and of everybody's own work."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
