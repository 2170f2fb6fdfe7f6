"""The home page of everybody who has signed in: what needs them now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.service.access import signed_in
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.roles import shown_roles
from joinedup.service.work import items_for


@signed_in
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What needs this person now, most urgent first."""
    person = request.user
    assert isinstance(person, Person)
    return render(
        request, "accounts/work.html", {"here": "work", "items": items_for(person), "roles": shown_roles(person)}
    )
