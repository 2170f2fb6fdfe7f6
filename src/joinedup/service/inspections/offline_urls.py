"""The addresses at the service's root that working without a connection needs: a worker reaches what lies below it."""

from django.urls import path

from joinedup.service.inspections.views import offline

urlpatterns = [
    path("worker.js", offline.worker, name="worker"),
    path("offline", offline.shell, name="offline"),
    path("offline/key", offline.key, name="offline-key"),
]
