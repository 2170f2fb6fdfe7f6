"""What happens when somebody comes back from their organisation's own provider."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from joinedup.service.accounts.actions import know_at_provider, sign_in_failed
from joinedup.service.accounts.entering import enter, may_enter
from joinedup.service.accounts.models import Person
from joinedup.service.api.limits import client_of

NOT_KNOWN = (
    "Your organisation has signed you in, but this service does not know you by that address. "
    "Ask your organisation's administrator to invite you."
)
ANOTHER = (
    "Your organisation has signed you in as somebody else than the person who used this address here before. "
    "Ask your organisation's administrator to renew your invitation."
)
NOT_DONE = "Your organisation's sign-in did not finish. Try again; if it happens again, tell your administrator."


class OwnProviders(DefaultSocialAccountAdapter):
    """Nobody is made known by a provider: whoever comes must have been invited, by an organisation that uses it."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Let the person in whom the provider vouches for, or say why not. allauth goes no further."""
        provider = sociallogin.account.provider
        addresses = {each.email.strip().casefold() for each in sociallogin.email_addresses if each.verified}
        person = (
            Person.objects.select_related("organisation")
            .filter(email__in=addresses, organisation__sign_in=provider)
            .first()
        )
        if person is None or not may_enter(person):
            _refuse(request, person, provider, NOT_KNOWN)
        subject = sociallogin.account.uid
        bound = SocialAccount.objects.filter(provider=provider).filter(user=person).first()
        other = SocialAccount.objects.filter(provider=provider, uid=subject).exclude(user=person).exists()
        if other or (bound and bound.uid != subject):
            _refuse(request, person, provider, ANOTHER)
        if bound is None:
            know_at_provider(by=person, provider=provider, subject=subject)
        raise ImmediateHttpResponse(enter(request, person, f"provider {provider}", sociallogin.state.get("next")))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        """The provider refused, or what came back was not what was asked for."""
        _refuse(request, None, getattr(provider, "sub_id", "unknown"), NOT_DONE)


def _refuse(request: HttpRequest, person: Person | None, provider: str, why: str) -> NoReturn:
    sign_in_failed(by=None, person=person, why=f"provider {provider}", client=client_of(request))
    raise ImmediateHttpResponse(render(request, "accounts/not_let_in.html", {"why": why}, status=403))
