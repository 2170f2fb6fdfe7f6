"""Who is held responsible in reports on one body: a council, or the safeguarding board within its report.

The body inspected answers, unless another agency is itself what a clause speaks of ("Health visitors are …", "referrals
from schools …"). Guidance: Ofsted's frameworks name the council as the body inspected (SIF 2013, ILACS 2018).
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from joinedup.attribution.evidence import place
from joinedup.attribution.grammar import Sentence, take_apart
from joinedup.attribution.jointly import named
from joinedup.attribution.lexicon import ANYONE
from joinedup.attribution.mentions import Mention
from joinedup.attribution.model import AGENCIES, Responsibility, Statement
from joinedup.attribution.words import Words

_BOARD = ("safeguarding children board", "lscb", "safeguarding board")
_INSPECTED, _NAMED = 0.85, 0.7
_SPEAKS = frozenset(("AUX", "WORD", "ADV", "REL", "ING"))
_ASKS = ("improvement", "priority_action")
"""What the inspected body answers for, whoever else is spoken of: it is whom the report asks."""


def attribute_council(
    statement: Statement, family: str | None, words: Words, mentions: Sequence[Mention]
) -> tuple[Responsibility, ...]:
    """The agencies that a statement of such a report holds responsible, in the order of AGENCIES."""
    inspected = inspected_body(statement.section, family)
    # Of a council's report the partnership is a part; under a board's heading, what the council does is told apart.
    at_home = (
        {inspected, ANYONE} if inspected == "partnership" else {inspected, "partnership", "local_authority", ANYONE}
    )
    if all(each.agency in at_home for each in mentions):  # mostly so, and then nothing more need be read
        return (_inspected(words, mentions, inspected, _INSPECTED),)
    sentence = take_apart(words, mentions)
    found = [named(words, each, _NAMED, "named") for each in _spoken_of(sentence, at_home)]
    if not found or statement.kind in _ASKS or _speaks_of(sentence, inspected):
        found.append(_inspected(words, mentions, inspected, _INSPECTED - 0.1 * bool(found)))
    return tuple(sorted(found, key=lambda each: AGENCIES.index(each.agency)))


def _inspected(words: Words, mentions: Sequence[Mention], agency: str, confidence: float) -> Responsibility:
    """The inspected body's answering, with the words that name it or its practice where there are any."""
    mine = sorted((each for each in mentions if each.agency == agency), key=lambda each: each.tier == "practice")
    if not mine:
        return Responsibility(agency, "", None, None, confidence, "default")
    return named(words, mine[0], confidence, "practice" if mine[0].tier == "practice" else "named")


def inspected_body(section: str | None, family: str | None) -> str:
    """The agency that a section is on: the partnership under a safeguarding board's heading, else the council."""
    heading = (section or "").lower()
    if family in ("sif", "slac", "cpi", "tlac") and any(name in heading for name in _BOARD):
        return "partnership"
    return "local_authority"


def _spoken_of(sentence: Sentence, at_home: Set[str]) -> list[Mention]:
    """The first mention of each other agency of which a clause speaks."""
    found: dict[str, Mention] = {}
    for at, each in sentence.mentions.items():
        if each.agency not in at_home and each.agency not in found and _is_spoken_of(sentence, at, each):
            found[each.agency] = each
    return list(found.values())


def _is_spoken_of(sentence: Sentence, at: int, mention: Mention) -> bool:
    """Whether a clause is on this mention: it opens one and a verb follows, or the thing spoken of is by or from it."""
    if mention.tier not in ("body", "staff"):
        return False
    each = place(sentence, at, mention)
    return (each.opens and each.after in _SPEAKS) or (each.before in ("by", "from") and each.sentence == 0)


def _speaks_of(sentence: Sentence, agency: str) -> bool:
    return any(
        each.tier == "practice" or place(sentence, at, each).opens
        for at, each in sentence.mentions.items()
        if each.agency == agency
    )
