"""The last step of every way in: who may come in at all, and the session that begins."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from joinedup.service.accounts.actions import signed_in
from joinedup.service.accounts.models import Person
from joinedup.service.api.limits import client_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def by_password(request: HttpRequest, email: str, password: str) -> Person | None:
    """Whom the address and password belong to, if they may come in by them. The time taken tells nothing apart."""
    person = authenticate(request, email=email, password=password)
    if not isinstance(person, Person) or person.organisation.sign_in or not may_enter(person):
        return None
    return person


def may_enter(person: Person) -> bool:
    """Whether the person may come in by any way: active, and real unless this is a demonstration."""
    return person.is_active and (settings.DEMO or not person.fictional)


def enter(request: HttpRequest, person: Person, way: str, then: str | None = None) -> HttpResponseRedirect:
    """Begin the person's session, write it down, and go where they wanted to go."""
    login(request, person, backend=BACKEND)
    request.session["started"] = request.session["seen"] = time.time()
    signed_in(by=person, way=way, client=client_of(request))
    return HttpResponseRedirect(safe(request, then))


def safe(request: HttpRequest, then: Any) -> str:
    """An address of ours to go to, whatever was asked for."""
    asked = str(then or "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") else "/work"
