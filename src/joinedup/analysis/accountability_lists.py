"""Who stands with some words in one list of a statement: "midwives" with "health visitors"."""

from __future__ import annotations

import re
from functools import lru_cache

_NO_ITEM = (
    r"(?:a|an|and|are|as|at|been|between|but|by|did|do|does|for|from|had|has|have|how|in|including|into|is|of|on|or|such|that|"
    r"their|they|this|to|was|were|when|where|which|who|will|with|within|without)\b"
)
"""Words that stand in no item of a list of people and services, or before the first."""
_ITEM = rf"(?:(?!{_NO_ITEM})[\w’'&-]+ ){{0,3}}(?!{_NO_ITEM})[\w’'&-]+"
_JOINED = r"(?:,| and|, and| or) "
_BEFORE = re.compile(rf"({_ITEM}){_JOINED}(?:the |its |other |elected |adult )?$", re.IGNORECASE)
_BEHIND = re.compile(rf"^{_JOINED}({_ITEM})", re.IGNORECASE)
_LONGEST = 200
"""Letters before and behind the words in which their list is looked for."""


@lru_cache(maxsize=16384)
def listed_with(words: str, text: str) -> tuple[str, ...]:
    """What stands before and behind some words of a text in one list with them, up to four words each."""
    found: list[str] = []
    for place in re.finditer(re.escape(words), text):
        before, behind = text[max(0, place.start() - _LONGEST) : place.start()], text[place.end() :][:_LONGEST]
        while item := _BEFORE.search(before):
            found.append(item[1])
            before = before[: item.start()]
        while item := _BEHIND.match(behind):
            found.append(item[1])
            behind = behind[item.end() :]
    return tuple(found)
