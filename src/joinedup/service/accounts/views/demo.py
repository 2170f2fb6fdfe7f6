"""Signing in as one of a demonstration's fictional people. Outside a demonstration it is not there."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from joinedup.service.access import public
from joinedup.service.accounts.entering import enter
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.roles import shown_roles


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The fictional people, with a button each."""
    if not settings.DEMO:
        raise Http404("This is no demonstration")
    everybody = Person.objects.filter(fictional=True, is_active=True)
    if request.method == "POST":
        number = request.POST.get("person", "")
        person = get_object_or_404(everybody, pk=number if number.isdecimal() and len(number) < 10 else 0)
        return enter(request, person, "demonstration", request.POST.get("next"))
    people = everybody.select_related("organisation").prefetch_related("roles").order_by("organisation__name", "name")
    shown = [(person, shown_roles(person)) for person in people]
    return render(request, "accounts/demo.html", {"people": shown, "fictional": True})
