"""Good manners towards a host: a gap between requests, waits that it asks for, and leaving it when it is in trouble.

The clock and the sleep are given, so that tests need not wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Lets one request at a time to a host through, at least `gap` seconds after the one before it."""

    def __init__(
        self,
        gap: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap = gap
        self._clock = clock
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._gaps: dict[str, float] = {}

    def slow_down(self, host: str, gap: float) -> None:
        """From now on at least this long between requests to the host; never less than the usual gap."""
        self._gaps[host] = max(gap, self._gap)

    def wait(self, host: str) -> None:
        """Sleep until the host may be asked again, and take the turn."""
        ahead = self._free_at.get(host, float("-inf")) - self._clock()
        if ahead > 0:
            self._sleep(ahead)
        self._free_at[host] = self._clock() + self._gaps.get(host, self._gap)

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing of the host for so long (it said so, or it is in trouble)."""
        self._free_at[host] = max(self._free_at.get(host, float("-inf")), self._clock() + seconds)


class Trouble:
    """Counts the addresses of each host that failed one after the other."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count: dict[str, int] = {}

    def failed(self, host: str) -> None:
        """One more address failed for good."""
        self._count[host] = self._count.get(host, 0) + 1

    def worked(self, host: str) -> None:
        """The host answered: begin counting again."""
        self._count[host] = 0

    def left(self, host: str) -> bool:
        """Whether so many failed that the rest of the host is left for another run."""
        return self._count.get(host, 0) >= self._limit
