"""The words that are shown for an answer: a body's whole name as printed, and the names of the bodies a report is on.

A mention is as short as it can be told by ("Board"), and so the models see it. Who must act often shows in the whole
name only: a board of another name than the safeguarding partners' has another head.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from joinedup.attribution.grammar import JOINS, OPENERS, PREPOSITIONS, QUALIFIERS
from joinedup.attribution.lexicon import ANYONE
from joinedup.attribution.mentions import INSIDE, Mention
from joinedup.attribution.words import STOP, Words, word_set

_NO_NAME = (
    QUALIFIERS
    | PREPOSITIONS
    | STOP
    | word_set("while since when where although because if however but or also regular robust timely weekly monthly")
)
"""Words that begin a sentence with a capital and belong to no name."""
_KINDS_OF_BOARD = word_set(
    "improvement transformation justice crime violence exploitation scrutiny programme project inspection assurance "
    "performance accountability workforce commissioning governance monitoring delivery advisory"
)
"""What stands before "board" in small letters and makes it another board than the one for safeguarding."""
_COUNCILS = ("council", "authority")
_SEVERAL = word_set("authorities councils partnerships boards")
_ANOTHER = word_set(
    "another other placing host neighbouring similar comparable comparator surrounding originating each any every good"
)
_OF_PLACES = word_set("board partnership trust council group constabulary police company")
"""Bodies named after several places or matters."""
INSPECTED = ("local_authority", "partnership")
"""The agencies that a report is on as a whole: the council and the safeguarding partnership or board."""
_PEOPLE = word_set("leader manager staff worker practitioner")
"""Who in a report on a council are the council's where they open a statement: "professionals" may be anybody's."""
_SORTS = word_set(
    "senior middle frontline front-line first-line corporate political elected strategic operational executive "
    "professional current permanent skilled experienced dedicated committed qualified new newly appointed"
)
_MATTERS = word_set(
    "turnover retention recruitment morale stability sickness vacancy shortage change training development survey"
)
"""What a council has of staff: where one of these follows, staff are not who is spoken of ("staff turnover")."""
_PASSED = QUALIFIERS | _SORTS | JOINS
_PARTNERSHIP = frozenset({"partnership", "local partnership", "area partnership", "local area partnership"})


def whole(words: Words, mention: Mention, mentions: Iterable[Mention] = ()) -> tuple[int, int]:
    """From which word up to (not including) which a mention's whole name goes; `mentions` are those of its statement.

    Capitals before a body's name belong to it ("Kelder and Rowan Partnership"), the kind of board before "board", and
    the body that people are in behind them ("leaders in health").
    """
    first, last = mention.first, mention.last
    plain = words.plain
    if mention.tier == "body":
        if words.is_capital(last - 1):
            first = name_from(words, first, last, _free_from(mentions, first))
        elif plain[first:last] == ("board",) and first and plain[first - 1] in _KINDS_OF_BOARD:
            first = max(first - 1, _free_from(mentions, first))
    if mention.tier != "referent" and last < len(plain) and plain[last] in INSIDE:
        behind = next((each for each in mentions if each.first - last in (1, 2)), None)
        if behind is not None and behind.agency == mention.agency and behind.tier in ("body", "staff"):
            last = behind.last
    return first, last


def _free_from(mentions: Iterable[Mention], first: int) -> int:
    """From which word on the words before a place are no other mention's."""
    return max((each.last for each in mentions if each.last <= first), default=0)


def name_from(words: Words, first: int, last: int, free: int = 0) -> int:
    """The first word of the name that ends in a mention: capitals before it, from `free` on; an abbreviation is whole
    by itself. "And" joins places once ("Esk, Kelder and Rowan Trust"), "of" what does not open the text."""
    if not words.plain[last - 1].islower():
        return first
    joins = words.plain[last - 1] in _OF_PLACES and "and" not in words.plain[first:last]
    listed = False
    while first > free:
        before = first - 1
        if _of_a_name(words, before):
            first = before
            continue
        joined = words.plain[before]
        allowed = (joined == "and" and joins) or (joined == "of" and before > 1) or (joined == "," and listed)
        if not allowed or before == free or not _of_a_name(words, before - 1):
            break
        if joined == "and":
            joins, listed = False, True
        first = before - 1
    return first


def _of_a_name(words: Words, at: int) -> bool:
    return words.is_capital(at) and words.plain[at] not in _NO_NAME


def is_of_others(words: Words, mention: Mention) -> bool:
    """Whether a mention is of councils other than the one that a report is on ("other councils", "a neighbouring
    authority")."""
    first, last = mention.first, mention.last
    if mention.agency != "local_authority" or mention.tier != "body" or words.plain[last - 1] not in _COUNCILS:
        return False
    return words.printed(last - 1).lower() in _SEVERAL or (first > 0 and words.plain[first - 1] in _ANOTHER)


def names_inspected(words: Words, mention: Mention, mentions: Sequence[Mention]) -> str | None:
    """How a text prints the council or the partnership that the report is on, where a mention is one of these and no
    unit of it, no board of another name and no other council; else None."""
    if mention.tier != "body" or words.printed(mention.last - 1).lower() in _SEVERAL:
        return None
    first, last = whole(words, mention, mentions)
    if last > mention.last:  # "sub-groups of the partnership"
        return None
    name = words.between(first, last)
    phrase = " ".join(words.plain[first:last])
    if mention.agency == "local_authority":
        alone = first == 0 or words.plain[first - 1] not in _ANOTHER
        by_addressee = mention.local and mention.last - mention.first > 1
        return name if alone and (words.plain[last - 1] in _COUNCILS or by_addressee) else None
    if mention.agency == "partnership":
        safeguarding = "safeguarding" in phrase and words.plain[last - 1] in ("board", "partnership")
        initials = last - first == 1 and phrase.endswith(("SCB", "SCP"))
        return name if safeguarding or initials or phrase in _PARTNERSHIP else None
    return None


def subject(words: Words, mentions: Sequence[Mention]) -> Mention | None:
    """Those people of any body who open a statement's first sentence, or a clause of it, before anybody is named
    ("Leaders", "Since then, political and corporate leaders"), with what sort they are; None where nobody is so.

    In a report on one body they are its own, and a reader takes the statement to be about them: who is named behind
    them ("Leaders listen to foster carers") is not who is held to it.
    """
    plain = words.plain
    if not mentions or mentions[0].agency != ANYONE or plain[mentions[0].last - 1] not in _PEOPLE:
        return None
    each = mentions[0]
    if plain[each.last - 1] == "staff" and _MATTERS.issuperset(plain[each.last : each.last + 1] or ("",)):
        return None
    opens = first = each.first
    while opens and plain[opens - 1] in _PASSED and (plain[opens - 1] != "," or plain[opens - 2] in _SORTS):
        opens -= 1
        if plain[opens] in _SORTS:
            first = opens
    opened = opens == 0 or plain[opens - 1] == "," or plain[opens - 1] in OPENERS
    return each._replace(first=first) if opened and not words.ends(0, opens) else None


def in_one_list(words: Words, one: Mention, other: Mention) -> bool:
    """Whether a mention stands in one list with another before it ("leaders, managers and elected members")."""
    return (_PASSED | _PEOPLE).issuperset(words.plain[one.last : other.first])
