"""Which addresses may be fetched: the hosts of the settings and no others, and nothing inside a network.

A page's links and redirects are other people's words. A host that resolves to an internal address is refused, unless
the person who set the base address named that very host as an internal one. The name is looked up once here and once
more by the connection; a name server that gives two different answers within that moment is not defended against.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from joinedup.fetching.errors import RefusedAddressError, TemporaryError

_PORTS = {"http": 80, "https": 443}


def place_of(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address. Raises RefusedAddressError where it has none."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise RefusedAddressError(f"{address} is no address") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise RefusedAddressError(f"{address} is not fetched: only http and https addresses are")
    return parts.scheme, parts.hostname, port


def joined(address: str, link: str) -> str:
    """Where a link on a page leads; the link itself where it is no address, so that whoever follows it is told so."""
    try:
        return urljoin(address, link)
    except ValueError:
        return link


def path_of(address: str) -> str:
    """The path of an address, empty where it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def is_internal(host: str) -> bool:
    """Whether any address that the host stands for is not on the public internet. Raises TemporaryError."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise TemporaryError(f"{host} cannot be found now ({error})") from None
    return any(not ipaddress.ip_address(str(one).split("%")[0]).is_global for one in found)


class Gate:
    """Lets the addresses of the given base addresses through."""

    def __init__(self, bases: Iterable[str]) -> None:
        places = [place_of(base) for base in bases]
        self._places = set(places)
        # A base address that names an internal host in so many words is a choice; one that leads there is not.
        self._named = {host for _, host, _ in places if _is_internal_name(host)}
        self._looked_up: set[str] = set()

    def check(self, address: str) -> str:
        """The address's host. Raises RefusedAddressError for one that is not to be fetched."""
        scheme, host, port = place_of(address)
        if (scheme, host, port) not in self._places:
            raise RefusedAddressError(f"{address} is not fetched: {host} is none of the sites we fetch from")
        if host not in self._named and host not in self._looked_up:
            if is_internal(host):
                raise RefusedAddressError(f"{address} is not fetched: {host} stands for an internal address")
            self._looked_up.add(host)
        return host


def _is_internal_name(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
