"""Sentences with the titles of posts in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = re.compile(r": | (?:of|for|in) ")
_THE = re.compile(r"^The ")
"""An article that opens a title is small within a sentence."""
_TOGETHER = " nurse and doctor"
"""How the title ends of which two people hold a part each."""


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: A, B and C."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def answers_to_whom(post: str, above: Sequence[str]) -> str:
    """What stands after a post's title: "answers to A, B and C", or "answer to" where it is of several people
    ("Safeguarding partners: …", "Trustees of the charity"). Nothing for a post above which there is none."""
    head = _HEAD.split(post, maxsplit=1)[0]
    verb = "answer" if head.endswith(("s", _TOGETHER)) else "answers"
    return f"{verb} to {listed([_THE.sub('the ', name) for name in above])}" if above else ""
