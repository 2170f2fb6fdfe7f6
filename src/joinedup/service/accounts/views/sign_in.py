"""Signing in with a password and a code, and signing out."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.service.access import public, signed_in
from joinedup.service.accounts import actions
from joinedup.service.accounts.actions.attempts import forget, give_back, take
from joinedup.service.accounts.attempts import ABOUT_ONE_PERSON, FROM_ONE_PLACE, key_of
from joinedup.service.accounts.entering import by_password, enter, may_enter, safe
from joinedup.service.accounts.forms import Code, SignIn
from joinedup.service.accounts.guard import before_second_factor
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.own_providers import providers
from joinedup.service.accounts.second_factor import accepts, is_set_up
from joinedup.service.api.limits import client_of

WRONG = "The e-mail address or the password is not right. Check both and try again."
WRONG_CODE = "That code is not right, or was used before. Wait for the next one, or use a recovery code."
TOO_MANY = (
    "There were too many attempts to sign in. Wait 15 minutes and try again, or ask your organisation's administrator."
)
TIME_FOR_CODE = 600
"""Seconds between the password and the code."""


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in at. The same words for a wrong password and for somebody unknown."""
    then = safe(request, request.GET.get("next") or request.POST.get("next"))
    if request.method != "POST":
        return redirect(then) if request.user.is_authenticated else _page(request, SignIn(), then)
    form = SignIn(request.POST)
    if not form.is_valid():
        return _page(request, form, then, status=422)
    email = form.cleaned_data["email"].strip().casefold()
    here, about = key_of("client", client_of(request)), key_of("password", email)
    if not (take(here, FROM_ONE_PLACE) and take(about, ABOUT_ONE_PERSON)):
        return _page(request, form, then, status=429, refused=TOO_MANY)
    person = by_password(request, email, form.cleaned_data["password"])
    if person is None:
        known = Person.objects.filter(email=email).first()
        actions.sign_in_failed(by=None, person=known, why="address or password", client=client_of(request))
        return _page(request, form, then, status=422, refused=WRONG)
    forget(about)
    give_back(here)
    if not is_set_up(person):
        return enter(request, person, "password", then)
    request.session.cycle_key()
    request.session["signing_in"] = {"person": person.pk, "at": time.time(), "then": then, "as": _as_now(person)}
    return redirect("sign-in-code")


def _page(request: HttpRequest, form: SignIn, then: str, *, status: int = 200, refused: str = "") -> HttpResponse:
    shown = {"form": form, "then": then, "refused": refused, "providers": providers(), "demo": settings.DEMO}
    return render(request, "accounts/sign_in.html", shown, status=status)


def _as_now(person: Person) -> str:
    """Changes when the person's password does: a sign-in that was begun before then cannot be ended."""
    return person.get_session_auth_hash()


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: the code of the second factor."""
    person = _half_way(request)
    if person is None:
        request.session.pop("signing_in", None)
        return redirect("sign-in")
    if request.method != "POST":
        return render(request, "accounts/code.html", {"form": Code()})
    form = Code(request.POST)
    if not form.is_valid():
        return render(request, "accounts/code.html", {"form": form}, status=422)
    about = key_of("code", person.pk)
    if not take(about, ABOUT_ONE_PERSON):
        return render(request, "accounts/code.html", {"form": form, "refused": TOO_MANY}, status=429)
    way = accepts(person, form.cleaned_data["code"])
    if not way:
        actions.sign_in_failed(by=None, person=person, why="code", client=client_of(request))
        return render(request, "accounts/code.html", {"form": form, "refused": WRONG_CODE}, status=422)
    forget(about)
    return enter(request, person, f"password and {way}", request.session.pop("signing_in")["then"])


def _half_way(request: HttpRequest) -> Person | None:
    """Who gave the right password a moment ago in this session."""
    begun = request.session.get("signing_in")
    if not begun or time.time() - begun["at"] > TIME_FOR_CODE:
        return None
    person = Person.objects.select_related("organisation").filter(pk=begun["person"]).first()
    return person if person and may_enter(person) and _as_now(person) == begun["as"] else None


@signed_in
@before_second_factor
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    assert isinstance(request.user, Person)
    actions.signed_out(by=request.user)
    logout(request)
    messages.success(request, "You have signed out.")
    return redirect("sign-in")
