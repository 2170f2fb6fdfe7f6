"""Going to an organisation's own provider, and coming back."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from joinedup.service.access import public


@public
@never_cache
@require_safe
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to their organisation's own sign-in. 404 for a provider that is not set up."""
    return views.login(request, provider_id)  # type: ignore[no-any-return]


@public
@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where they come back to."""
    return views.callback(request, provider_id)  # type: ignore[no-any-return]
