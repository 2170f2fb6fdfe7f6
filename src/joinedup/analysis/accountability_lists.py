"""Who stands with some words in one list of a statement: "midwives" with "health visitors"."""

from __future__ import annotations

import re
from functools import lru_cache

_NO_ITEM = (
    r"(?:a|an|are|as|at|been|between|but|by|did|do|does|for|from|had|has|have|how|in|including|into|is|of|on|such|that|"
    r"their|they|this|to|was|were|when|where|which|who|will|with|within|without)\b"
)
"""Words that stand in no item of a list of people and services, or before the first."""
_ITEM = rf"(?:(?!{_NO_ITEM})[\w’'&-]+ ){{0,3}}(?!{_NO_ITEM})[\w’'&-]+"
_JOINED = r"(?:,| and|, and| or) "
_BEFORE = re.compile(rf"({_ITEM}){_JOINED}(?:the |its |other |elected |adult )?$", re.IGNORECASE)
_BEHIND = re.compile(rf"^{_JOINED}({_ITEM})", re.IGNORECASE)


@lru_cache(maxsize=16384)
def listed_with(words: str, text: str) -> tuple[str, ...]:
    """What stands directly before and behind some words of a text in one list with them, up to four words each."""
    places = [place.span() for place in re.finditer(re.escape(words), text)]
    found = [_BEFORE.search(text[max(0, first - 80) : first]) for first, _ in places]
    found += [_BEHIND.search(text[last : last + 80]) for _, last in places]
    return tuple(one[1] for one in found if one)
