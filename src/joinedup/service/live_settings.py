"""The settings that only the live service needs: its database, sessions, and how people sign in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from joinedup.service.accounts.own_providers import for_allauth, read_providers

APPS: list[str] = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",  # its templates of widgets, for the renderer of forms
    "joinedup.service.accounts",
    "joinedup.service.audit",
    "joinedup.service.inspections",
    "joinedup.service.notifications",
    "joinedup.service.publishing",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]


def middleware(public: list[str]) -> list[str]:
    """The public site's middleware with sessions and people, put before what asks who may see a view."""
    place = public.index("joinedup.service.access.RequireDeclaredAudience")
    live = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "joinedup.service.accounts.guard.Guard",
    ]
    return [*public[:place], *live, *public[place:], "joinedup.service.sent_once.SentBefore"]


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database address; SQLite is set up for several writers and to keep what it acknowledged.

    Raises ImproperlyConfigured for an address that is neither PostgreSQL's nor SQLite's.
    """
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, dj_database_url.UnknownSchemeError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not an address of a database: {error}") from error
    engine = config["ENGINE"].rpartition(".")[2]
    if engine == "sqlite3":
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    elif engine != "postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///")
    return config


def files(folder: str | None, config: dict[str, Any]) -> Path:
    """Where files are kept. Raises ImproperlyConfigured where neither the environment nor the database's place says."""
    if folder:
        return Path(folder)
    if config["ENGINE"].endswith("sqlite3"):
        return Path(config["NAME"]).resolve().parent / "files"
    raise ImproperlyConfigured("set JOINEDUP_FILES to a folder that keeps the files of inspections")


def email(address: str | None) -> dict[str, Any]:
    """Django's settings for an address to send e-mail through: smtp://user:password@host:port?from=name@example.org.

    smtp:// turns to an encrypted connection before anything is said (STARTTLS), smtps:// begins with one; neither is
    needed to this very machine. Raises ImproperlyConfigured for any other address.
    """
    if not address:
        return {"EMAIL_HOST_IS_SET": False, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(address)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or "@" not in sender:
        raise ImproperlyConfigured(
            "JOINEDUP_EMAIL_URL must be like smtp://user:password@host:587?from=joinedup@example.org"
        )
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_HOST_IS_SET": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and parts.hostname not in ("localhost", "127.0.0.1", "::1"),
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender,
    }


_PROVIDERS = read_providers(os.environ.get("JOINEDUP_SIGN_IN"))

SETTINGS: dict[str, Any] = {
    "AUTH_USER_MODEL": "accounts.Person",
    "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
    "PASSWORD_HASHERS": [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ],
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,  # correcting a long report sends a field for each of its texts
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",  # coming back from an organisation's own sign-in is a visit from another site
    "SESSION_COOKIE_AGE": 12 * 3600,
    "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
    "FORM_RENDERER": "joinedup.service.forms.Renderer",
    "LOGIN_URL": "/sign-in",
    "LOGIN_REDIRECT_URL": "/work",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],  # nobody signs up; allauth checks that it fits
    "ACCOUNT_EMAIL_VERIFICATION": "none",  # only the invited come in, through a link sent to their address
    "ACCOUNT_RATE_LIMITS": False,  # counted in the database instead, for all processes (accounts/attempts.py)
    "AUTH_PASSWORD_VALIDATORS": [
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        {
            "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
            "OPTIONS": {"user_attributes": ("name", "email")},
        },
    ],
    "PASSWORD_RESET_TIMEOUT": 7 * 86_400,  # an invitation's life
    "MFA_ADAPTER": "joinedup.service.accounts.second_factor.SecondFactor",
    "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Joinedup",
    "MFA_TOTP_TOLERANCE": 1,  # half a minute early or late: clocks differ
    "OWN_PROVIDERS": _PROVIDERS,
    "SOCIALACCOUNT_PROVIDERS": for_allauth(_PROVIDERS),
    "SOCIALACCOUNT_ADAPTER": "joinedup.service.accounts.provider_adapter.OwnProviders",
    "SOCIALACCOUNT_LOGIN_ON_GET": True,  # our policy lets forms go nowhere else, and coming back is guarded by a state
    "SOCIALACCOUNT_STORE_TOKENS": False,
    **email(os.environ.get("JOINEDUP_EMAIL_URL")),
}
