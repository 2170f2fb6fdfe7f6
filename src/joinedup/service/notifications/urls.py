"""The addresses of notifications and calendars."""

from django.urls import path

from joinedup.service.notifications import views

urlpatterns = [
    path("notifications", views.inbox, name="inbox"),
    path("notifications/read", views.read_all, name="inbox-read-all"),
    path("notifications/<int:number>/read", views.read, name="inbox-read"),
    path("notifications/choose", views.choose, name="inbox-choose"),
    path("notifications/calendar", views.own_calendar, name="inbox-calendar"),
    path("notifications/calendar/make", views.make_address, name="calendar-make"),
    path("notifications/calendar/stop", views.stop_address, name="calendar-stop"),
    path("calendar/<slug:secret>.ics", views.feed, name="calendar-feed"),
    path("inspections/<slug:reference>/timetable.ics", views.timetable_file, name="timetable-file"),
]
