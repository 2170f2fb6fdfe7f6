"""robots.txt: what a site asks programs not to fetch, and how fast (RFC 9309, with the customary Crawl-delay)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.robotparser import RobotFileParser

LONGEST_DELAY = 60.0
"""Seconds between requests beyond which a Crawl-delay is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of one site's robots.txt, and the delay in seconds that it asks of us."""

    lines: tuple[str, ...]
    delay: float | None = None

    def allow(self, agent: str, address: str) -> bool:
        """Whether the address may be fetched."""
        return _parser(self.lines).can_fetch(agent, address)


@lru_cache(maxsize=16)
def _parser(lines: tuple[str, ...]) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(lines)
    return parser


def read_rules(text: str, agent: str) -> Rules:
    """The rules that a robots.txt gives; a web page served in its place gives none."""
    if "<html" in text[:500].lower():
        return Rules(())
    lines = tuple(line for line in text.splitlines() if _can_be_read(line))
    delay = _parser(lines).crawl_delay(agent)
    return Rules(lines, min(float(delay), LONGEST_DELAY) if delay else None)


def _can_be_read(line: str) -> bool:
    """Whether the standard library's reader can take the line: one bad number or path would cost all the rules."""
    try:
        RobotFileParser().parse(["User-agent: *", line])
    except ValueError:
        return False
    return True
