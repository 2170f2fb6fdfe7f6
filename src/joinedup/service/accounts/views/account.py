"""One's own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.service.access import signed_in
from joinedup.service.accounts import actions
from joinedup.service.accounts.actions.attempts import forget, take
from joinedup.service.accounts.attempts import ABOUT_ONE_PERSON, key_of
from joinedup.service.accounts.forms import NewPassword
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.roles import shown_roles
from joinedup.service.accounts.second_factor import is_set_up, recovery_codes
from joinedup.service.accounts.views.sign_in import TOO_MANY


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and how one signs in."""
    person = request.user
    assert isinstance(person, Person)
    shown = {
        "here": "account",
        "roles": shown_roles(person),
        "second_factor": is_set_up(person),
        "codes_left": len(recovery_codes(person)),
    }
    return render(request, "accounts/account.html", shown)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password. Sessions elsewhere end by it."""
    person = request.user
    assert isinstance(person, Person)
    if not person.has_usable_password():
        raise Http404("Whoever signs in through their organisation has no password here")
    form = NewPassword(request.POST if request.method == "POST" else None, person=person)
    if request.method != "POST":
        return render(request, "accounts/password.html", {"form": form})
    refused, about = "", key_of("password", person.email)
    if form.is_valid():
        if not take(about, ABOUT_ONE_PERSON):
            refused = TOO_MANY
        elif not person.check_password(form.cleaned_data["old_password"]):
            form.add_error("old_password", "That is not your present password")
        else:
            forget(about)
            changed = actions.change_password(by=person, password=form.cleaned_data["new_password"])
            update_session_auth_hash(request, changed)
            messages.success(request, "Your password has been changed. You were signed out everywhere else.")
            return redirect("account")
    return render(request, "accounts/password.html", {"form": form, "refused": refused}, status=422)
