"""The addresses of the audit."""

from django.urls import path

from joinedup.service.audit import views

urlpatterns = [
    path("", views.listed, name="audit"),
    path("/<int:number>", views.one, name="audit-entry"),
    path("/verify", views.verify_now, name="audit-verify"),
]
