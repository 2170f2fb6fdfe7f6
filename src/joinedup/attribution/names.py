"""The local names of bodies: learnt from a report's addressees and from first mentions with an abbreviation.

"Harrow Safeguarding Children Partnership (HSCP)" teaches that HSCP is the partnership for the rest of that report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from joinedup.attribution.lexicon import ANYONE, Table, Tier, entry, lexicon, with_own
from joinedup.attribution.mentions import Mention, find_mentions
from joinedup.attribution.words import cut, word_set

_ABBREVIATION = re.compile(r"\(\s*(?:the\s+)?[‘'’\"“]?([A-Z][A-Za-z&0-9]{1,9}?)s?[’'\"”]?\s*\)")
_BOARD = re.compile(r"\b[A-Z]{1,4}SC[BP]\b")
"""A safeguarding children board or partnership by its initials, wherever it is spelt out."""
_BODY = re.compile(
    r"council|authority|police|constabulary|force|trust|nhs|board|group|partnership|service|commissioner|probation|"
    r"collaborative|alliance|team|unit|mps",
    re.IGNORECASE,
)
"""What an addressee's organisation must say to be a body's name; else it is a place's, which names nobody."""
_ON_POLICE = ("jtai", "multi-agency", "joined-up")
"""The frameworks whose reports are on the police too."""
_ON_HEALTH = (*_ON_POLICE, "area-send", "slac")
"""The frameworks whose reports are on health too; all others' are on a council alone."""
_ON_COUNCILS = (
    entry("trust", "local_authority", "body", local=True),
    entry("strategic leader", ANYONE, "staff"),
    entry("strategic leadership", ANYONE, "body"),
)
"""What words name in reports on a council alone: a children's trust, whose work is the council's, and leaders who are
the council's where nobody else is named, and elsewhere the partnership's."""
_BEFORE = 120
"""Letters before an abbreviation in which the name that it stands for is looked for."""
_SMALL = frozenset({"of", "and", "the", "for", "in", "to", "a", "&", "with", "at", "on", "s"})
_ANYBODY = word_set(
    "service agency organisation staff worker practitioner professional manager officer hub panel leader partner board"
)
"""Heads of names that tell no agency by themselves: the words before them do, if any."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a report is read with, as a table that `find_mentions` takes: empty where it taught none.

    `spelt`: what the letters of a service of health, or of a board or partnership, stand for, where it is not the one
    for safeguarding.
    """

    table: Table
    spelt: Mapping[str, str] = field(default_factory=dict)
    _read: dict[str, tuple[Mention, ...]] = field(default_factory=dict, compare=False, repr=False)

    def mentions_in(self, heading: str) -> tuple[Mention, ...]:
        """The mentions in a heading or lead-in, which many statements of a report share: read once."""
        found = self._read.get(heading)
        if found is None:
            found = self._read[heading] = find_mentions(cut(heading), self.table)
        return found


NO_NAMES = Names({})


def learn_names(
    texts: Iterable[str], organisations: Iterable[tuple[str, str | None]] = (), family: str | None = None
) -> Names:
    """The local names that a report's texts teach; `organisations` are its addressees' bodies with their agency,
    `family` its framework: where nothing before tells, "officers" are the police's where these are inspected, and "the
    trust" and "strategic leaders" the council's where it is inspected alone."""
    learnt: dict[str, tuple[str, Tier]] = {}
    spelt: dict[str, str] = {}
    for text in texts:
        _learn_abbreviations(text, learnt, spelt)
    entries = [entry(short, agency, tier, local=True) for short, (agency, tier) in learnt.items()]
    if family in _ON_POLICE:
        entries.append(entry("officer", ANYONE, "staff", least="police"))
    for organisation, agency in organisations:
        if agency and " " in organisation and _BODY.search(organisation):
            told = agency_of(organisation)  # the name's own words go before the post of the person addressed
            entries.append(entry(organisation, told[0] if told else agency, "body", local=True))
    if family not in _ON_HEALTH:
        entries += _ON_COUNCILS
    return Names(with_own(entries) if entries else {}, spelt)


def _learn_abbreviations(text: str, learnt: dict[str, tuple[str, Tier]], spelt: dict[str, str]) -> None:
    """Add what a text's abbreviations stand for: those that it spells out, and safeguarding boards' initials."""
    if "(" in text:
        for match in _ABBREVIATION.finditer(text):
            short = match.group(1)
            if short not in lexicon() and short not in learnt:
                name = _spelt_out(text[max(0, match.start() - _BEFORE) : match.start()].split(), short)
                told = agency_of(name) if name else None
                if name and told is not None:
                    learnt[short] = told
                    if _tells_who_answers(name, told[0]):
                        spelt[short] = name
    if "SC" in text:
        for short in _BOARD.findall(text):
            if short not in lexicon():
                learnt.setdefault(short, ("partnership", "body"))


def _tells_who_answers(name: str, agency: str) -> bool:
    """Whether it takes a name in full to tell who answers: of a board or partnership of another kind than the one for
    safeguarding, and of a service of health, of which the council commissions some."""
    low = name.lower()
    if agency == "health":
        return low.endswith(("service", "services"))
    return agency == "partnership" and low.endswith(("board", "partnership")) and "safeguarding" not in low


def agency_of(name: str) -> tuple[str, Tier] | None:
    """The agency and kind of body that a name's own last words tell, or None for what is no body's name."""
    words = cut(name)
    mentions = find_mentions(words, {})
    if not mentions or mentions[-1].last < len(words):
        return None
    last = mentions[-1]
    if last.agency == ANYONE or (last.first == len(words) - 1 and words.plain[-1] in _ANYBODY):
        before = mentions[-2].agency if len(mentions) > 1 else ANYONE
        if before == ANYONE and words.plain[-1] == "board":
            return last.agency, last.tier
        return None if before == ANYONE else (before, last.tier)
    return last.agency, last.tier


def _spelt_out(words: list[str], short: str) -> str | None:
    """The last words of a text that an abbreviation stands for: as few as its capitals need, in order."""
    letters = [letter.lower() for letter in short if letter.isupper()]
    at = len(words)
    while letters and at > 0:
        at -= 1
        parts = [part for part in re.split(r"[-/]", words[at].strip("‘’'\",").lower()) if part]
        while parts and letters and parts[-1].startswith(letters[-1]):
            letters.pop()
            parts.pop()
        if parts and letters and words[at].lower() not in _SMALL and len(words) - at > len(short) + 3:
            return None
    return None if letters else " ".join(words[at:])
