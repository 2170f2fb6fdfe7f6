"""Why a statistics file is refused, in one line for the person who has to act."""

from __future__ import annotations

from joinedup.errors import JoinedupError


class StatisticsError(JoinedupError):
    """A statistics file that cannot be taken in."""


class NotRecognisedError(StatisticsError):
    """No loader knows this file. The message says what it seems to be and what was looked for."""


class LayoutChangedError(StatisticsError):
    """A file of a kind that we know, but not laid out as we know it: what was expected, what was found, and where.

    Nothing of such a file is taken in: a renamed column read as an absent one would lose figures in silence.
    """

    def __init__(self, expected: str, found: str, *, where: str = "") -> None:
        place = f"{where}: " if where else ""
        super().__init__(one_line(f"{place}expected {expected}; found {found}"))


def one_line(text: str, limit: int = 600) -> str:
    """Text on one line, cut at `limit` characters, so that a hostile cell cannot flood a message."""
    flat = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
