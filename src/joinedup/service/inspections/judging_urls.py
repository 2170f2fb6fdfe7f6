"""The addresses of findings, judgements and all that follows until every inspectorate has signed."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
