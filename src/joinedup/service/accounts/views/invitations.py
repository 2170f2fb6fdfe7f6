"""Accepting an invitation."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from joinedup.service.access import public
from joinedup.service.accounts.actions import accept_invitation
from joinedup.service.accounts.entering import enter, may_enter
from joinedup.service.accounts.forms import Accept
from joinedup.service.accounts.invitations import invited
from joinedup.service.actions import StaleError

OVER = "accounts/invitation_over.html"


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, person: str, token: str) -> HttpResponse:
    """A name and a password, and one is in. Looking at the page uses nothing up: mail programs look at links too."""
    found = invited(person, token)
    if found is None or not may_enter(found):
        return render(request, OVER, {"days": settings.PASSWORD_RESET_TIMEOUT // 86_400}, status=404)
    form = Accept(request.POST if request.method == "POST" else None, person=found, initial={"name": found.name})
    if request.method != "POST":
        return render(request, "accounts/accept.html", {"form": form, "person": found})
    if not form.is_valid():
        return render(request, "accounts/accept.html", {"form": form, "person": found}, status=422)
    given = form.cleaned_data
    try:
        accept_invitation(by=found, seen=found.version, name=given["name"], password=given["new_password"])
    except StaleError as error:
        raise Http404("Somebody else used this link at the same moment") from error
    logout(request)
    return enter(request, found, "invitation")
