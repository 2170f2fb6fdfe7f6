"""The people to whom a joint inspection's letter is addressed, one entry a person.

A letter lists them one beneath another, a line or two each, as "Name, post, organisation", with commas that are now
and then forgotten. A line begins a person when it begins with a name; otherwise it goes on with the one above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from joinedup.reading.blocks import join_words
from joinedup.reading.model import Addressee

_TITLES = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Rev|Reverend|The Rt Hon)"
_LETTERS = r"(?:[CDOM]BE|KBE|DBE|QPM|KPM|QAM|QFSM|QC|KC|CB|KCB|DL|JP|TD|RN|FRCN|FRCP\w*|PhD|MP|BEM|MVO|LVO)"
_POST_WORDS = (
    r"(?:Acting|Temporary|Interim|Deputy|Assistant|Associate|Executive|Chief|Director|Directory|Divisional|Regional|"
    r"Corporate|Strategic|Statutory|Head|Chair|Chairperson|Independent|Designated|Named|Lead|Manager|Managing|"
    r"Commissioner|Police and Crime|Police, Fire|Police|Probation|Accountable|Officer|Principal|Service|Senior|"
    r"Operations|Operational|Group|Programme|Youth|Nurse|Commander|Safeguarding|Partnership|Area|Borough|Clinical|Superintendent|"
    r"Mayor|Leader|Place|Joint|National|Local|Cluster|Family|Children|Integrated|CEO|CE|DCS|PCC|AO)"
)
_ORGANISATION_WORDS = re.compile(
    r"\b(Council|Board|Trust|NHS|CCGs?|ICB|Services?|Company|Groups?|Partnership|Division|Police|Constabulary|Authority|"
    r"Borough|Team|Care|Commissioning|Collaborative|Hospitals?|Rehabilitation|Integrated|Foundation|University|"
    r"LSC[BP]s?|YOTs?|YOS|CRC|NPS|NHSE?|Department|Office|Safeguarding|Cafcass|CAFCASS|Unit|Health|Limited|Region|Children|Families|Education)\b"
)
_WORD = r"(?:[A-Z][\w’'`.-]*|de|de la|van|von|der|del|al|bin|O’\w+|D’\w+|Mc\w+)"
_NAME = re.compile(rf"(?:{_TITLES}\.?\s+)?[A-Z][\w’'`.-]*(?:\s+{_WORD}){{1,4}}(?:,?\s+{_LETTERS})*")
_RANK_FIRST = re.compile(
    r"((?:(?:Acting|Temporary|Interim|Deputy|Assistant)\s+)*"
    r"(?:Chief Constable|Chief Superintendent|Detective Chief Superintendent|Superintendent|Commissioner|"
    r"Commander|Deputy Mayor))\s+(?=[A-Z])"
)
_POST = re.compile(rf"\s+(?={_POST_WORDS}\b)")
_NEXT_PERSON = re.compile(rf"(?<=[\w)])\s+(?={_TITLES}\.?\s+[A-Z][\w’'-]+\s+[A-Z][\w’'-]+\s*,)")
"""Where a second person begins on the same line, told by a title."""
_DASH = re.compile(r"\s+[-–—]\s+")

AGENCY_WORDS: tuple[tuple[str, str], ...] = (
    ("youth_justice", r"youth (offending|justice)|\b(YOT|YOS|YJS)\b"),
    ("probation", r"probation|rehabilitation company|\bCRC\b"),
    ("courts", r"cafcass|crown prosecution|\bcourts?\b|\bprison|\bHMP\b|\bYOI\b"),
    (
        "partnership",
        r"safeguarding (children|partnership)|\bLSC[BP]\b|scrutineer|\bMASA\b|safeguarding.*\b(board|partnership)\b",
    ),
    ("police", r"police|constab|\bmayor for policing|\bPCC\b|commissioner of the metropolitan|crime"),
    (
        "health",
        r"\bNHS\b|\bCCGs?\b|\bICB\b|clinical commissioning|integrated care|nurs|hospital|\bGPs?\b|health|medical",
    ),
    ("education", r"head ?teacher|school|college|academy"),
    (
        "local_authority",
        r"council|children[’']?s (social care|services)|local authority|borough|director of (people|children)",
    ),
)
"""Which agency a post belongs to, most telling words first."""
_AGENCIES = tuple((agency, re.compile(pattern, re.IGNORECASE)) for agency, pattern in AGENCY_WORDS)


def begins_a_person(line: str) -> bool:
    """Whether a line of the address begins with a person's name."""
    if _RANK_FIRST.match(line):
        return True
    name = _name_of(line)
    if name is None or _ORGANISATION_WORDS.search(name):
        return False
    rest = line[len(name) :]
    return bool(re.match(r"\s*,|\s+[-–—]\s", rest)) or bool(_POST.match(rest))


def _name_of(line: str) -> str | None:
    """The name a line begins with, up to its comma, dash or first word of a post."""
    head = _DASH.split(line.split(",")[0], maxsplit=1)[0].rstrip()
    post = re.match(rf"(?P<name>.*?\S){_POST.pattern}", head)
    if post and len(post["name"].split()) >= 2:
        head = post["name"]
    match = _NAME.fullmatch(head)
    return match.group() if match else None


def read_addressees(lines: Iterable[str]) -> tuple[Addressee, ...]:
    """Everyone named in the lines between a letter's date and its "Dear"."""
    entries: list[str] = []
    for line in lines:
        for words in (part.strip(" []") for part in _NEXT_PERSON.split(line)):
            if not words:
                continue
            if begins_a_person(words) or not entries:
                entries.append(words)
            else:
                entries[-1] = join_words([entries[-1], words])
    people = (_addressee(entry) for entry in entries if begins_a_person(entry))
    return tuple(dict.fromkeys(people))


def _addressee(entry: str) -> Addressee:
    rank = _RANK_FIRST.match(entry)
    if rank:
        name, _, rest = (part.strip() for part in entry[rank.end() :].partition(","))
        if not re.match(rf"{_POST_WORDS}\b", rest) or not _split_post(rest)[1]:
            return _with_agency(name, rank.group(1), rest or None)  # the rank is the post
        name = f"{rank.group(1)} {name}"
        return _with_agency(name, *_split_post(rest))
    name = _name_of(entry) or entry
    rest = entry[len(name) :].strip(" ,–—-")
    letters = re.match(rf"(?:{_LETTERS}(?:,\s*|\s+|$))+", rest)
    if letters:
        name, rest = f"{name} {letters.group().replace(',', '').strip()}", rest[letters.end() :]
    role, organisation = _split_post(rest.strip())
    return _with_agency(name, role, organisation)


_POST_OF_BODY = re.compile(
    r"(?P<post>Chief Constable|[A-Z][\w ]*?(?:Chair|Officer|Head|Manager|Commissioner)|Chair|Head)"
    r"\s+(?:of|for|at)\s+(?P<body>.+)"
)


def _split_post(rest: str) -> tuple[str | None, str | None]:
    """A post and the body it belongs to: "Chief Constable of Essex Police", "Chair, Durham LSCB"."""
    if not rest:
        return None, None
    parts = [part.strip() for part in rest.split(",")]
    at = _POST_OF_BODY.fullmatch(rest)
    if at and len(parts) == 1 and _ORGANISATION_WORDS.search(at["body"]):
        return at["post"], at["body"].removeprefix("the ")
    for cut in range(1, len(parts)):
        body = ", ".join(parts[cut:])
        if _ORGANISATION_WORDS.search(parts[cut]) and not re.match(
            rf"{_POST_WORDS}\b.*(Director|Officer|Manager)", parts[cut]
        ):
            return ", ".join(parts[:cut]), body
    if len(parts) > 1:
        return ", ".join(parts[:-1]), parts[-1]
    if _ORGANISATION_WORDS.search(rest) and not re.search(_POST_WORDS, rest):
        return None, rest
    return rest, None


def _with_agency(name: str, role: str | None, organisation: str | None) -> Addressee:
    words = f"{role or ''} {organisation or ''}"
    agency = next((key for key, pattern in _AGENCIES if pattern.search(words)), None)
    return Addressee(name.strip(), role, organisation, agency)


def read_address_block(lines: Iterable[str]) -> tuple[Addressee, ...]:
    """The one person of a letter's address block: name, post and council on lines of their own."""
    kept = [line.strip(" ,") for line in lines if line.strip(" ,")]
    for number, line in enumerate(kept):
        name = _NAME.fullmatch(line)
        following = kept[number + 1] if number + 1 < len(kept) else ""
        if name and not _ORGANISATION_WORDS.search(line) and re.match(rf"{_POST_WORDS}\b", following):
            organisation = kept[number + 2] if number + 2 < len(kept) else None
            return (_with_agency(line, following, organisation),)
    return read_addressees(kept)
