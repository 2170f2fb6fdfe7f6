"""Organisations that sign their people in themselves, through OpenID Connect.

Each is named in the TOML file that JOINEDUP_SIGN_IN gives:

    [[provider]]
    id = "ashmere"                                # lower-case letters, digits and hyphens; in addresses
    name = "Ashmere Council"
    server_url = "https://login.ashmere.example"  # where /.well-known/openid-configuration is
    client_id = "joinedup"
    secret_variable = "ASHMERE_CLIENT_SECRET"     # the environment variable that holds the client's secret
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_WANTED = ("id", "name", "server_url", "client_id", "secret_variable")


@dataclass(frozen=True, slots=True)
class Provider:
    """One organisation's own provider of identities."""

    id: str
    name: str
    server_url: str
    client_id: str
    secret: str


def read_providers(file: str | Path | None) -> tuple[Provider, ...]:
    """The providers of a TOML file; none where there is no file. Raises ImproperlyConfigured, saying what is wrong."""
    if not file:
        return ()
    try:
        told = tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"JOINEDUP_SIGN_IN: {file} cannot be read as TOML: {error}") from error
    rows = told.get("provider", [])
    found = tuple(_provider(row, place) for place, row in enumerate(rows, 1))
    ids = [each.id for each in found]
    if len(set(ids)) != len(ids):
        raise ImproperlyConfigured(f"JOINEDUP_SIGN_IN: two providers in {file} have the same id")
    return found


def _provider(row: dict[str, Any], place: int) -> Provider:
    where = f"JOINEDUP_SIGN_IN, provider {place}"
    missing = [name for name in _WANTED if not isinstance(row.get(name), str) or not row[name]]
    if missing or set(row) - set(_WANTED):
        raise ImproperlyConfigured(f"{where}: give {', '.join(_WANTED)} and nothing else, each as text")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
        raise ImproperlyConfigured(f"{where}: an id has lower-case letters, digits and hyphens, unlike {row['id']!r}")
    if not _is_safe(row["server_url"]):
        raise ImproperlyConfigured(f"{where}: server_url must begin with https://")
    secret = os.environ.get(row["secret_variable"], "")
    if not secret:
        raise ImproperlyConfigured(f"{where}: the environment variable {row['secret_variable']} is not set")
    return Provider(row["id"], row["name"], row["server_url"], row["client_id"], secret)


def _is_safe(address: str) -> bool:
    """HTTPS, or a provider on this very machine."""
    parts = urlsplit(address)
    try:
        here = ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        here = parts.hostname == "localhost"
    return parts.scheme == "https" or (parts.scheme == "http" and here)


def for_allauth(found: tuple[Provider, ...]) -> dict[str, Any]:
    """The providers as allauth's settings want them."""
    apps = [
        {
            "provider_id": each.id,
            "name": each.name,
            "client_id": each.client_id,
            "secret": each.secret,
            "settings": {"server_url": each.server_url, "oauth_pkce_enabled": True},
        }
        for each in found
    ]
    return {"openid_connect": {"APPS": apps}}


def providers() -> tuple[Provider, ...]:
    """The providers that are set up."""
    return tuple(settings.OWN_PROVIDERS)  # type: ignore[misc]  # set with the other live settings
