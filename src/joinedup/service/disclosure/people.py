"""The rules for words that point to one child without a number or a name: small counts, and "the only … child"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from joinedup.service.disclosure.model import Found, Looked, Strength

FEW = 10
"""The greatest whole of which a small part ("one of six") can be told apart by those who know the group."""

_WORDS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)  # noqa: SIM905
}
_COUNT = r"(?P<n>[1-4]|one|two|three|four|a single)"
"""The counts that are small: official statistics on children hide those below five."""
_CHILDREN = (
    r"(?:child(?:ren)?|boys?|girls?|bab(?:y|ies)|infants?|toddlers?|pupils?|teenagers?|adolescents?|siblings|twins|"
    r"brothers|sisters|famil(?:y|ies)|young\s(?:people|person|m[ae]n|wom[ae]n)|care\s(?:leavers?|experienced)|"
    r"(?:[3-9]|1\d|\w{3,9})-year-olds?)"
)
_NOT_THEMSELVES = (
    r"(?![’'\w-])(?!\s(?:protection|in\sneed\s(?:plan|team|service)|welfare|sexual|exploitation|practice|services?|plans?|"
    r"death|safeguarding|hubs?|centres?|courts?|homes?|help|support|networks?|safety|houses?|group\sconference|"
    r"impact|health|mental|and\sfamil\w+\s(?:hubs?|services?|teams?|courts?))\b)"
)
_SORT = r"(?:(?!(?:of|in|or|and|to|per|out|months?|years?|weeks?|days?|hours?|times?)\b)[^\W\d_][\w’'-]{0,20}\s){0,3}"
_SMALL = re.compile(
    rf"(?<![\w.,/£$€:+%-]){_COUNT}\s"
    rf"(?:(?:out\s)?of\s(?:the\s|these\s|those\s|all\s)?(?P<all>\d{{1,3}}|{'|'.join(_WORDS)})?\s?)?"
    rf"{_SORT}{_CHILDREN}{_NOT_THEMSELVES}",
    re.IGNORECASE,
)
_NOT_A_COUNT = re.compile(
    r"(?:\b(?:year|years|stage|stages|level|levels|tier|tiers|band|section|sections|part|grade|phase|step|point|points|"
    r"group|aged?|figure|table|page|paragraph|chapter|type|category|theme|day|week|month|term|"
    r"article|regulation|schedule|appendix|annex|outcome|standard|priority|question|number|no|than|least|most|"
    r"to|about|around|approximately|over|under|every|any|each|not|almost|nearly|maximum of|minimum of|hundred|"
    r"thousand|million|hundred and|thousand and|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|per cent of)|"
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten))\sin|\d,?)[\s-]$",
    re.IGNORECASE,
)


def small_numbers(text: str, looked: Looked) -> Iterator[Found]:
    """One to four children, boys, girls, families; or so many of a group.

    What is not exact ("fewer than four", "at least one"), a rate ("one in four"), and a number that is a name (Year 4
    pupils, section 3) are let be. One child by itself is a hint; so is a part of a large group.
    """
    for found in _SMALL.finditer(text):
        if _NOT_A_COUNT.search(text[max(0, found.start() - 20) : found.start()]):
            continue
        count = _WORDS.get(found["n"].lower(), 1) if not found["n"].isdigit() else int(found["n"])
        yield Found(*found.span(), _how_small(count, found["all"]))


def _how_small(count: int, of_all: str | None) -> Strength:
    if of_all is None:
        return Strength.HINT if count == 1 else Strength.LIKELY
    whole = int(of_all) if of_all.isdigit() else _WORDS[of_all.lower()]
    return Strength.LIKELY if whole <= FEW else Strength.HINT


_ONLY = re.compile(
    rf"\b(?P<only>(?:the|their|its|his|her|our)\s(?:only|sole|youngest|oldest|eldest))\s(?P<sort>{_SORT}){_CHILDREN}"
    rf"{_NOT_THEMSELVES}|\b(?:the\s)?only\sone\s(?:of|in|at|from)\s",
    re.IGNORECASE,
)
_IN_A_PLACE = re.compile(r"\s(?:at|in|from|of|on|with|who|to|living|placed|attending)\b", re.IGNORECASE)


def only_ones(text: str, looked: Looked) -> Iterator[Found]:
    """Words that say that there is just one such child ("the only deaf child at …"). Always a hint."""
    for found in _ONLY.finditer(text):
        if found["only"] is None or found["sort"] or _IN_A_PLACE.match(text, found.end()):
            yield Found(*found.span(), Strength.HINT)
