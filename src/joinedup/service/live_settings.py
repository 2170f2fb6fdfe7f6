"""The settings that only the live service needs: its database, sessions, and how people sign in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "joinedup.service.accounts",
    "joinedup.service.audit",
    "joinedup.service.inspections",
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
    ]
    return [*public[:place], *live, *public[place:]]


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


SETTINGS: dict[str, Any] = {
    "AUTH_USER_MODEL": "accounts.Person",
    "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
    "PASSWORD_HASHERS": [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ],
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
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",  # only the invited come in, through a link sent to their address
    "ACCOUNT_RATE_LIMITS": {"login_failed": "10/m/ip,5/5m/key"},
    "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Joinedup",
}
