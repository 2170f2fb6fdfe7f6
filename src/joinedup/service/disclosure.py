"""A look over words for what could identify a child: numbers, dates, addresses. A person decides what becomes of it.

Each rule has a name and finds places in a text; it knows nothing of who wrote it or where it goes. The look misses
names, and takes some harmless numbers for telephone numbers: it asks a person to look again, and proves nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

CHILD_AGES = (1, 25)
"""Years before today between which a written date looks like a child's or young person's date of birth."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text that a rule found: from letter `start` until (not with) `end`, which are `words`."""

    rule: str
    title: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule. `title` says to a person what was found."""

    key: str
    title: str
    find: Callable[[str, dt.date], Iterable[Place]]


_NHS = re.compile(r"(?<!\d)(?<!\d[ -])\d{3}([ -]?)\d{3}\1\d{4}(?![ -]?\d)")


def _nhs_numbers(text: str, today: dt.date) -> Iterator[Place]:
    """Ten digits whose last is the check digit by the eleven's remainder (NHS Data Dictionary)."""
    for found in _NHS.finditer(text):
        digits = [int(each) for each in found[0] if each.isdigit()]
        check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
        if check % 11 == digits[9] and check != 10 and any(digits):
            yield found.span()


_UPN = re.compile(r"\b([A-HJ-NP-RT-Z])(\d{11})([\dA-HJ-NP-RT-Z])\b", re.IGNORECASE)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _upns(text: str, today: dt.date) -> Iterator[Place]:
    """A check letter and twelve digits, the last of them a letter in a temporary number (DfE's guide to UPNs)."""
    for found in _UPN.finditer(text):
        letter, eleven, last = found[1].upper(), found[2], found[3].upper()
        digits = [*map(int, eleven), int(last) if last.isdigit() else _UPN_LETTERS.index(last)]
        total = sum(weight * digit for weight, digit in enumerate(digits, start=2))
        if last.isalpha() or _UPN_LETTERS[total % 23] == letter:
            yield found.span()


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 a table of words reads best as words
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = (
    re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4}|\d{2})(?![\d/-])"),
    re.compile(r"(?<![\d/.-])(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d/-])"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE
    ),
    re.compile(rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
)
_BIRTH = re.compile(r"\b(?:born|birth\w*|d\.?\s?o\.?\s?b)\b\W*(?:\w+\W+){0,2}$", re.IGNORECASE)


def _births(text: str, today: dt.date) -> Iterator[Place]:
    """A full date by which somebody would be a child or young person today, or one that follows a word of birth."""
    for pattern in _DATES:
        for found in pattern.finditer(text):
            day = _day(found, today)
            if day is None or day > today:
                continue
            years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
            if CHILD_AGES[0] <= years <= CHILD_AGES[1] or _BIRTH.search(text, 0, found.start()):
                yield found.span()


def _day(found: re.Match[str], today: dt.date) -> dt.date | None:
    month = found["m"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    year = int(found["y"])
    if len(found["y"]) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    try:
        return dt.date(year, number, int(found["d"]))
    except ValueError:
        return None


_AREAS = frozenset(
    re.findall(
        r"\w+",
        "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN "
        "EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML "
        "N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD "
        "TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE",
    )
)
_POSTCODE = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]?\s?(\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)")


def _postcodes(text: str, today: dt.date) -> Iterator[Place]:
    """The form of a postcode in one of the postal areas; "S1 2nd" is a reference and an ordinal, not one."""
    for found in _POSTCODE.finditer(text):
        if found[1].upper() in _AREAS and not _ORDINAL.fullmatch(found[2]):
            yield found.span()


_TELEPHONE = re.compile(r"(?<![\w+])(?:\+44\s?(?:\(0\)\s?)?|\(?0)(?=[1-9])(?:\d[\s()-]{0,2}){8,9}\d(?!\d)")


def _telephones(text: str, today: dt.date) -> Iterator[Place]:
    """Nine or ten digits after 0 or +44."""
    return (found.span() for found in _TELEPHONE.finditer(text))


_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def _emails(text: str, today: dt.date) -> Iterator[Place]:
    return (found.span() for found in _EMAIL.finditer(text))


RULES = (
    Rule("nhs_number", "an NHS number", _nhs_numbers),
    Rule("upn", "a unique pupil number", _upns),
    Rule("birth", "a date that could be a date of birth", _births),
    Rule("postcode", "a postcode", _postcodes),
    Rule("telephone", "a telephone number", _telephones),
    Rule("email", "an e-mail address", _emails),
)


def look(text: str, today: dt.date) -> tuple[Mark, ...]:
    """What in a text could identify a child, in the order of the text. `today` is what ages are counted from."""
    marks = [
        Mark(rule.key, rule.title, start, end, text[start:end])
        for rule in RULES
        for start, end in rule.find(text, today)
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.rule)))


def fingerprint(marks: Iterable[Mark]) -> str:
    """A short digest of what was found, so that a person's "yes" counts for just that; empty where nothing was."""
    found = sorted({(mark.rule, mark.words) for mark in marks})
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16] if found else ""
