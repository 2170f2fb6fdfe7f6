"""What somebody was told, how they are sent it, and their calendars."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.service.access import needs, person_of, public, signed_in
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.views.acting import press
from joinedup.service.live import attempt
from joinedup.service.notifications import actions as act
from joinedup.service.notifications.calendars import calendar
from joinedup.service.notifications.entries import Day, days_of
from joinedup.service.notifications.events import EVENTS, Group
from joinedup.service.notifications.forms import ChoicesForm
from joinedup.service.notifications.inbox import page_of
from joinedup.service.notifications.models import CalendarAddress
from joinedup.service.notifications.secret import secret_of, whose


@signed_in
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What this person was told, newest first."""
    page, rows = page_of(person_of(request), request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"here": "inbox", "page": page, "rows": rows})


@signed_in
@require_POST
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Mark one as read."""
    act.mark_read(person_of(request), number)
    return HttpResponseRedirect(reverse("inbox"))


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    if act.mark_read(person_of(request)):
        messages.success(request, "All are marked as read.")
    return HttpResponseRedirect(reverse("inbox"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose how to be sent what one is told."""
    person = person_of(request)
    form = ChoicesForm(person, request.POST or None)
    refused: RefusedError | None = None
    if request.method == "POST" and form.is_valid():
        done, refused = attempt(
            request, form, lambda: act.choose_how(by=person, choices=form.cleaned_data), "Your choices are kept.",
            reverse("inbox"),
        )  # fmt: skip
        if done:
            return done
    must = [each.title for each in EVENTS.values() if each.group is Group.MUST]
    context = {"here": "inbox", "form": form, "refused": refused, "must": must, "email": person.email}
    return render(request, "notifications/choose.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def own_calendar(request: HttpRequest) -> HttpResponse:
    """The secret address of one's own calendar, where there is one."""
    there = CalendarAddress.objects.filter(person=person_of(request), stopped=False).first()
    path = reverse("calendar-feed", args=[secret_of(there)]) if there else ""
    address = request.build_absolute_uri(path) if there else ""
    return render(request, "notifications/calendar.html", {"here": "inbox", "address": address})


@signed_in
@require_POST
def make_address(request: HttpRequest) -> HttpResponse:
    """Take a new secret address."""
    return press(
        request, lambda: act.make_calendar_address(by=person_of(request)),
        "This is your calendar’s address now. If you had another one, it shows nothing any more.",
        reverse("inbox-calendar"),
    )  # fmt: skip


@signed_in
@require_POST
def stop_address(request: HttpRequest) -> HttpResponse:
    """Have no secret address any more."""
    act.stop_calendar_address(by=person_of(request))
    messages.success(request, "Your calendar’s address shows nothing any more.")
    return HttpResponseRedirect(reverse("inbox-calendar"))


@public  # whoever has the secret; it shows what the person whose it is may see
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody's calendar, for programs that subscribed to it."""
    person = whose(secret)
    if person is None:
        raise Http404("There is no such calendar")
    return _file(request, person, None, "Joinedup")


@needs(Permission.INSPECTION_SEE)
@require_safe
def timetable_file(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """One inspection's days as a calendar file."""
    response = _file(request, person_of(request), inspection, f"Joinedup {inspection.reference}")
    response["Content-Disposition"] = f'attachment; filename="{inspection.reference}.ics"'
    return response


def _file(request: HttpRequest, person: Person, inspection: Inspection | None, name: str) -> HttpResponse:
    def url_of(day: Day) -> str:
        return request.build_absolute_uri(reverse(day.page, args=[day.reference]))

    body = calendar(name, days_of(person, inspection), url_of)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=etag, response=response) or response
