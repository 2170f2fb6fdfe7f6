"""How much one client may ask for: a bucket of tokens each, refilled steadily, kept in this process's memory.

Every process that serves keeps its own buckets, so a service with four of them lets through up to four times as much;
what is kept out is the client that never pauses. Limits and the number of trusted proxies are settings.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

CLIENTS = 20_000
"""Clients that are remembered, the latest seen; a client forgotten begins with a full bucket."""

DOWNLOAD_COST = 10
"""Requests that one download of a table counts as."""

NETWORK_BITS = 64
"""An IPv6 client is its network: one household or server is given at least so many addresses."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether a request may pass. `wait`: seconds until it may; `reset`: until the bucket is full again."""

    allowed: bool
    limit: int
    remaining: int
    wait: int
    reset: int


class Buckets:
    """The buckets of every client. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, *, cost: int, per_minute: int, most: int) -> Taken:
        """Take `cost` tokens from the client's bucket, which holds `most` and gains `per_minute`; none if too few."""
        now = self._clock()
        rate = per_minute / 60
        with self._lock:
            level, at = self._levels.pop(client, (float(most), now))
            level = min(float(most), level + (now - at) * rate)
            allowed = level >= cost
            level -= cost if allowed else 0
            self._levels[client] = (level, now)
            while len(self._levels) > CLIENTS:
                self._levels.popitem(last=False)
        wait = 0 if allowed else max(1, math.ceil((cost - level) / rate))
        return Taken(allowed, most, int(level), wait, math.ceil((most - level) / rate))


_buckets = Buckets()


def take(request: HttpRequest, *, cost: int = 1) -> Taken | None:
    """What the limit says of this request; None where the service has none."""
    if not settings.API_PER_MINUTE:
        return None
    most = max(settings.API_BURST, DOWNLOAD_COST)
    return _buckets.take(client_of(request), cost=cost, per_minute=settings.API_PER_MINUTE, most=most)


def headers(taken: Taken) -> dict[str, str]:
    """The limit told to the client, in the RateLimit fields that draft 06 of the IETF's HTTPAPI group gives."""
    told = {
        "RateLimit-Limit": str(taken.limit),
        "RateLimit-Remaining": str(taken.remaining),
        "RateLimit-Reset": str(taken.reset),
    }
    return told if taken.allowed else {**told, "Retry-After": str(taken.wait)}


def client_of(request: HttpRequest) -> str:
    """The client's address: the one that connected, or that the outermost of our own proxies says had connected to it.

    Each proxy adds, on the right, the address that connected to it; what stands further left anybody can have written.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(told) >= settings.PROXIES:
            connected = told[-settings.PROXIES]
    return _network(connected)


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, NETWORK_BITS), strict=False))
    return str(parsed)
