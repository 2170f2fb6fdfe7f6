"""The rules for dates of birth and exact ages.

A report is full of dates of visits, meetings and letters. What tells a birth from them is what stands beside the date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from joinedup.service.disclosure.model import Found, Looked, Strength

CHILD_AGES = (1, 25)
"""Years before today between which a date that nothing explains looks like a child's or young person's birth."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 a table of words reads best as words
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_UNITS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = re.findall(
    r"\w+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
)
_LAST_ORDINALS = {
    "thirtieth": 30,
    **{f"twenty{word}": 20 + n for n, word in enumerate(_ORDINALS[:9], 1)},
    "thirtyfirst": 31,
}
_S = r"[\s\u00a0]{1,3}"
_DAY_WORD = rf"(?:(?:twenty|thirty)[\s-]{{1,2}})?(?:{'|'.join([*_ORDINALS, 'thirtieth'])})"
_DAY = r"(?P<d>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_NUMBER_WORD = rf"(?:{'|'.join([*_TENS, *reversed(_UNITS)])})"
_YEAR = (
    rf"(?P<y>\d{{4}}|['’]\d{{2}}|two{_S}thousand(?:{_S}and)?(?:[\s-]{{1,2}}{_NUMBER_WORD}){{0,2}}"
    rf"|(?:nineteen|twenty)(?:[\s-]{{1,2}}{_NUMBER_WORD}){{1,2}})(?![^\W_])"
)
_SEP = r"[\s\u00a0]?[/.\u2010-\u2015-][\s\u00a0]?"
_DATES = (
    re.compile(rf"(?<![\d/.-])(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<y>\d{{4}}|\d{{2}})(?![\d/-])"),
    re.compile(rf"(?<![\d/.-])(?P<y>\d{{4}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<d>\d{{1,2}})(?![\d/-])"),
    re.compile(rf"\b{_DAY}{_S}(?:of{_S})?(?P<m>{_MONTH})\.?,?{_S}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_DAY}[-/ ]?(?P<m>{_MONTH})[-/ ]?(?P<y>\d{{4}}|\d{{2}})(?![^\W_])", re.IGNORECASE),
    re.compile(rf"\b(?P<d>{_DAY_WORD}){_S}(?:of{_S})?(?P<m>{_MONTH}),?{_S}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH}){_S}(?:the{_S})?(?P<d>{_DAY_WORD}),?{_S}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH}){_S}(?:the{_S})?{_DAY},?{_S}{_YEAR}", re.IGNORECASE),
)
_ONLY_BESIDE_BIRTH = (
    re.compile(rf"\b{_DAY}{_S}(?:of{_S})?(?P<m>{_MONTH})(?![^\W_])", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH}),?{_S}{_YEAR}", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<d>\d{2})[ .]?(?P<m>\d{2})[ .]?(?P<y>\d{4})(?!\d)"),
)
_BIRTH_WORD = r"(?:born|birth(?:day|date)?s?|d\.?\s?o\.?\s?b\.?)"
_BIRTH_BEFORE = re.compile(
    rf"(?<![^\W_]){_BIRTH_WORD}(?![^\W_])(?:[^\w.;!?\n]{{1,3}}[\w']{{1,12}}){{0,4}}[^\w.;!?]{{0,4}}$", re.IGNORECASE
)
_TURNED = re.compile(r"\b(?:turn(?:ed|s|ing)|aged?)\s\w{1,9}(?:\sold)?,?\s(?:on|from)\s(?:the\s)?$", re.IGNORECASE)
_BIRTH_AFTER = re.compile(rf"[^\w.;!?]{{0,4}}(?:\w{{1,10}}\s){{0,3}}{_BIRTH_WORD}(?![^\W_])", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:inspect\w*|re-?inspect\w*|visit\w*|report\w*|publi\w+|review\w*|meeting\w*|met|letter\w*|dated|plan\w*|"
    r"version|act|order|since|until|till|between|from|by|after|before|conference\w*|launch\w*|open(?:ed|s)|clos(?:ed|es)|"
    r"appoint\w*|start\w*|began|begin\w*|beg[iu]n|introduc\w*|commenc\w*|force|week|quarter|ending|end(?:ed|s)|fieldwork|"
    r"notif\w*|audit\w*|judg\w*|agreed|approv\w*|sign(?:ed|s)|updat\w*|accessed|retriev\w*|effective|join\w*|"
    r"established|set up|took|took place|held|attend\w*|evaluat\w*|figures?|data|census|as at|correct|deadline|due|"
    r"submitted|received|guidance|regulation\w*|issued|hearing|court|monitor\w*|training|event|panel|board)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 60, 40
_SENTENCE_END = re.compile(r"[.!?;]\s|\n")


def births(text: str, looked: Looked) -> Iterator[Found]:
    """A date beside a word of birth, or a full date that nothing explains, by which somebody would be 1 to 25 today.

    Dates beside words of the inspection's own business (visited, published, a meeting of) are let be.
    """
    for pattern in _DATES:
        for found in pattern.finditer(text):
            day = _day(found, looked.today)
            if day is None or day > looked.today:
                continue
            if _beside_birth(text, *found.span()):
                yield Found(*found.span(), Strength.CERTAIN)
            elif CHILD_AGES[0] <= _years(day, looked.today) <= CHILD_AGES[1] and not _explained(text, *found.span()):
                yield Found(*found.span(), Strength.LIKELY)
    for pattern in _ONLY_BESIDE_BIRTH:
        for found in pattern.finditer(text):
            if _beside_birth(text, *found.span()):
                yield Found(*found.span(), Strength.LIKELY)


def _beside_birth(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    after = text[end : end + _AFTER]
    return bool(_BIRTH_BEFORE.search(before) or _TURNED.search(before) or _BIRTH_AFTER.match(after))


def _explained(text: str, start: int, end: int) -> bool:
    """Whether a word of an inspection's business stands in the same sentence near the date."""
    before = _SENTENCE_END.split(text[max(0, start - _BEFORE) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + _AFTER], maxsplit=1)[0]
    return bool(_OFFICE.search(before) or _OFFICE.search(after))


def _years(day: dt.date, today: dt.date) -> int:
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def _day(found: re.Match[str], today: dt.date) -> dt.date | None:
    month, day = _month(found["m"]), _ordinal(found["d"])
    year = _year(found["y"], today)
    for m, d in ((month, day), (day, month)):  # the second as in America, where the first is no date
        try:
            return dt.date(year, m, d)
        except ValueError:
            continue
    return None


def _month(words: str) -> int:
    return int(words) if words.isdigit() else _MONTHS.index(words[:3].lower()) + 1


def _ordinal(words: str) -> int:
    if words.isdigit():
        return int(words)
    plain = re.sub(r"[^a-z]", "", words.lower())
    return _LAST_ORDINALS[plain] if plain in _LAST_ORDINALS else _ORDINALS.index(plain) + 1 if plain in _ORDINALS else 0


def _year(words: str, today: dt.date) -> int:
    """A year in figures, of two or four, or in words: two thousand and twelve, twenty twelve."""
    figures = words.lstrip("'’")
    if figures.isdigit():
        if len(figures) == 4:
            return int(figures)
        return int(figures) + (2000 if 2000 + int(figures) <= today.year else 1900)
    said = [each for each in re.findall(r"[a-z]+", words.lower()) if each != "and"]
    century = 2000 if said[:2] == ["two", "thousand"] else {"nineteen": 1900, "twenty": 2000}[said[0]]
    rest = said[2:] if said[:2] == ["two", "thousand"] else said[1:]
    return century + sum(_TENS[each] if each in _TENS else _UNITS.index(each) for each in rest)


_EXACT_AGE = re.compile(
    rf"\b(?P<y>\d{{1,2}}|{_NUMBER_WORD})[\s-]{{1,2}}years?(?:[\s-]old)?[\s,-]{{1,3}}(?:and\s)?"
    rf"(?:\d{{1,2}}|{_NUMBER_WORD})[\s-]{{1,2}}(?:months?|weeks?|days?)(?:[\s,-]{{1,2}}(?:and\s)?\d{{1,2}}\sdays?)?"
    rf"(?:[\s-]{{1,2}}(?:old|of\sage))?\b|\b(?:aged\s(?:just\s|only\s)?(?:\d{{1,2}}|{_NUMBER_WORD})\s(?:months?|weeks?|days?))\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"\b(?:aged?|old|boy|girl|child|baby|infant|young person|pupil|he|she|who (?:is|was))\b", re.IGNORECASE
)


def exact_ages(text: str, looked: Looked) -> Iterator[Found]:
    """An age to the month, week or day, from which with a report's date a birthday can be worked out."""
    for found in _EXACT_AGE.finditer(text):
        around = text[max(0, found.start() - 30) : found.end() + 15]
        if _OF_SOMEBODY.search(around):
            yield Found(*found.span(), Strength.LIKELY)
