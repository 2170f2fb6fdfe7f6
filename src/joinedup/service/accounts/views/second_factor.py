"""Setting up the second factor, and recovery codes."""

from __future__ import annotations

import time
from io import BytesIO

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.service.access import signed_in
from joinedup.service.accounts import actions
from joinedup.service.accounts.actions.attempts import forget, take
from joinedup.service.accounts.attempts import ABOUT_ONE_PERSON, key_of
from joinedup.service.accounts.forms import Code
from joinedup.service.accounts.guard import before_second_factor
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.second_factor import SecondFactor, accepts, fits, is_set_up, recovery_codes
from joinedup.service.accounts.views.sign_in import TOO_MANY, WRONG_CODE

NOT_THE_CODE = "That is not the code that the app shows now. Check that your device's clock is right, and try again."
SHOWN_FOR = 600
"""Seconds for which new recovery codes can be seen again."""


@signed_in
@before_second_factor
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Lead somebody through setting up an app that makes codes."""
    person = request.user
    assert isinstance(person, Person)
    if is_set_up(person):
        return redirect("account")
    secret = request.session.setdefault("second_factor_secret", generate_totp_secret())
    form = Code(request.POST if request.method == "POST" else None)
    shown = {"form": form, "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))}
    if request.method != "POST":
        return render(request, "accounts/second_factor.html", shown)
    if not form.is_valid():
        return render(request, "accounts/second_factor.html", shown, status=422)
    if not fits(secret, form.cleaned_data["code"]):
        return render(request, "accounts/second_factor.html", {**shown, "refused": NOT_THE_CODE}, status=422)
    actions.set_up_second_factor(by=person, secret=secret)
    del request.session["second_factor_secret"]
    return _show_codes(request)


def _show_codes(request: HttpRequest) -> HttpResponse:
    request.session["show_codes_until"] = time.time() + SHOWN_FOR
    return redirect("recovery-codes")


@signed_in
@before_second_factor
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The secret as a QR code, for an app to photograph."""
    secret = request.session.get("second_factor_secret")
    assert isinstance(request.user, Person)
    if not secret or is_set_up(request.user):
        raise Http404("There is nothing to set up")
    import qrcode  # type: ignore[import-untyped]
    from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]

    drawn = BytesIO()
    address = SecondFactor().build_totp_url(request.user, secret)
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes_page(request: HttpRequest) -> HttpResponse:
    """The recovery codes, just after they were made; else how many are left, and how to make new ones."""
    person = request.user
    assert isinstance(person, Person)
    if not is_set_up(person):
        raise Http404("There is no second factor that could be recovered")
    codes = recovery_codes(person)
    shown = {"codes": codes if request.session.get("show_codes_until", 0) > time.time() else [], "left": len(codes)}
    form = Code(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "accounts/recovery_codes.html", {**shown, "form": form})
    refused, about = "", key_of("code", person.pk)
    if form.is_valid():
        if not take(about, ABOUT_ONE_PERSON):
            refused = TOO_MANY
        elif not accepts(person, form.cleaned_data["code"]):
            refused = WRONG_CODE
        else:
            forget(about)
            actions.make_recovery_codes(by=person)
            return _show_codes(request)
    return render(request, "accounts/recovery_codes.html", {**shown, "form": form, "refused": refused}, status=422)
