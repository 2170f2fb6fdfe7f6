"""The people to whom a joint inspection's letter is addressed, one entry a person.

A letter lists them one beneath another, a line or two each, as "Name, post, organisation", with commas that are now
and then forgotten. A line begins a person when it begins with a name and the line above is not left open ("Chair of");
otherwise it goes on with the one above. Some letters give name, post and organisation a line each.

The cells of a table of leaders (`joinedup.reading.leaders`) are read by the same rules, save that the body stands in a
cell of its own, so that all behind a name is the post.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from joinedup.areas import AmbiguousAreaError, UnknownAreaError, find_area
from joinedup.areas.bodies import all_bodies
from joinedup.reading.blocks import BULLETS, join_words
from joinedup.reading.model import Addressee

_TITLES = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Rev|Reverend|The Rt Hon)"
_LETTERS = (
    r"(?:[CDOMKG]BE|QPM|KPM|QAM|QFSM|[QK]C(?:\s\(Hon\))?|[KGD]?CB|CMG|DL|JP|TD|VR|R[GM]?N|FRC[A-Z]\w*|FRSA|PhD|[MB]Sc|"
    r"MBA|MP|BEM|[MLC]VO)"
)
_POST_WORDS = (
    r"(?:Acting|Temporary|Interim|Deputy|Assistant|Associate|Executive|Chief|Director|Directory|Divisional|Regional|"
    r"Corporate|Strategic|Statutory|Head|Chair|Chairperson|Independent|Designated|Named|Lead|Manager|Managing|"
    r"Commissioner|Police and Crime|Police, Fire|Police|Probation|Accountable|Officer|Principal|Service|Senior|"
    r"Operations|Operational|Group|Programme|Youth|Nurse|Commander|Safeguarding|Partnership|Area|Borough|Clinical|Superintendent|"
    r"Mayor|Leader|Place|Joint|National|Local|Cluster|Family|Children|Integrated|CEO|CE|DCS|PCC|AO|"
    r"Vice|Co-?[Cc]hair|Scrutineer|Medical|Nursing|Consultant|Headteacher|Detective|Delegated|BCU|PDU|LSC[BP]|LSP)s?"
)
_ORGANISATION_WORDS = re.compile(
    r"\b(Council|Board|Trust|NHS|CCGs?|ICB|Services?|Company|Groups?|Partnership|Division|Police|Constabulary|Authority|"
    r"Borough|Team|Care|Commissioning|Collaborative|Hospitals?|Rehabilitation|Integrated|Foundation|University|"
    r"LSC[BP]s?|YOTs?|YOS|CRC|NPS|NHSE?|Department|Office|Safeguarding|Cafcass|CAFCASS|Unit|Health|Limited|Region|Children|Families|Education)\b"
)
_CAPITAL = r"[^\W\d_a-z]"
"""An upper-case letter, of any alphabet and with any accent."""
_WORD = rf"(?:{_CAPITAL}[\w’'`.-]*|de|de la|van|von|der|den|del|della|di|da|dos|al|bin|ibn|(?:al|el|d|l)[’'-][\w’'-]+)"
_NAME = re.compile(rf"(?:{_TITLES}\.?\s+)?{_CAPITAL}[\w’'`.-]*(?:\s+{_WORD}){{1,4}}(?:,?\s+{_LETTERS})*")
_NO_FIRST_NAME = re.compile(
    r"(?:North|South|East|West|Mid|Greater|Central|Upper|Lower|Young|Adults?|Public|Lifelong|Learning|Skills|NHS)\b"
)
"""How a place or a body begins that is set as a name is ("North Fenwold", "Young People")."""
_NOTE = re.compile(r"\s*\([^()]{1,40}\)")
"""What stands in brackets behind a name ("(interim)")."""
_RANK_FIRST = re.compile(
    r"((?:T/|A/|(?:Acting|Temporary|Interim|Deputy|Assistant)\s+)*"
    r"(?:Chief Constable|(?:Detective )?(?:Chief )?Superintendent|Commissioner|"
    r"Commander|Deputy Mayor|Police(?:, Fire)? and Crime Commissioner(?=\s+\S+\s+[^\s,]+\s*(?:,|$))))\s+(?=[A-Z])"
)
_POST = re.compile(rf"\s+(?={_POST_WORDS}\b)")
_NEXT_PERSON = re.compile(rf"(?<=[\w)])\s+(?={_TITLES}\.?\s+[A-Z][\w’'-]+\s+[A-Z][\w’'-]+\s*,)")
"""Where a second person begins on the same line, told by a title."""
_DASH = re.compile(r"\s+[-–—]\s+|:\s+")
_SIGN = re.compile(
    rf"^(?:[{re.escape(BULLETS)}*–—-]\s*|\d{{1,2}}[.)]\s+)?(?:(?:[Cc][Cc]|[Tt]o|[Cc]opied to|[Cc]opy to)\b[:.]?\s*)?"
)
"""What may stand before a name: a bullet, a number, "cc:"."""
_POST_FIRST = re.compile(rf"(?P<post>{_POST_WORDS}\b[^:]*):\s+(?P<name>{_NAME.pattern})(?P<rest>,.*)?")
_POST_ALONE = re.compile(rf"{_POST_WORDS}(?:\s+{_POST_WORDS})*")
"""A post that is set as a name is ("Chief Executive")."""
_IN_BRACKETS = re.compile(rf"\s*\((?={_POST_WORDS}\b)")
_IS_OPEN = re.compile(r"(?:\b(?P<and>and)|&|\b(?:of|for|the|to|at|in|with|NHS)|\s[–—-])$")
"""How a line ends that the next one goes on with."""
_PERSONS_POST = re.compile(
    r".*\b(?:Chief|Directors?|Heads?|(?:Co-)?[Cc]hairs?|Managers?|Commissioners?|Constable|Officers?|Commander|Mayor|Leader|"
    r"Superintendent|Scrutineer|Nurse|Leads?|DCS|CEO|PCC)\b"
)
_TWO = re.compile(rf"(?P<one>{_NAME.pattern})\s+(?:and|&)\s+(?P<other>{_NAME.pattern})\s*[,–—-]\s*(?P<rest>.+)")
"""Two people who share a post."""

AGENCY_WORDS: tuple[tuple[str, str], ...] = (
    ("youth_justice", r"youth (offending|justice)|\b(YOT|YOS|YJS)\b"),
    ("probation", r"probation|rehabilitation company|\bCRC\b|\bPDU\b"),
    ("courts", r"cafcass|crown prosecution|\bcourts?\b|\bprison|\bHMP\b|\bYOI\b"),
    (
        "partnership",
        r"safeguarding (children|partnership)|\bLSC[BP]\b|scrutineer|\bMASA\b|safeguarding.*\b(board|partnership)\b",
    ),
    (
        "police",
        r"police|constab|\bmayor for policing|\bPCC\b|commissioner of the metropolitan|crime|\bcommander\b|\bBCU\b",
    ),
    (
        "health",
        r"\bNHS\b|\bCCGs?\b|\bICB\b|clinical commissioning|integrated care|nurs|hospital|\bGPs?\b|health|medical",
    ),
    ("education", r"head ?teacher|school|college|academy"),
    (
        "local_authority",
        (
            r"council|children[’']?s (social care|services|trust)|local authority|borough"
            r"|director of (people|children)|\bDCS\b"
        ),
    ),
)
"""Which agency a post belongs to, most telling words first."""
_AGENCIES = tuple((agency, re.compile(pattern, re.IGNORECASE)) for agency, pattern in AGENCY_WORDS)


def begins_a_person(line: str) -> bool:
    """Whether a line of the address begins with a person's name, or two."""
    if _RANK_FIRST.match(line) or _two(line):
        return True
    name = _name_of(line)
    if name is None or _ORGANISATION_WORDS.search(name) or _NO_FIRST_NAME.match(name) or _POST_ALONE.fullmatch(name):
        return False
    rest = line[len(name) :]
    if _IN_BRACKETS.match(rest):
        return True
    rest = _NOTE.sub("", rest, count=1)
    return bool(re.match(r"\s*,|\s+[-–—]\s|:\s", rest)) or bool(_POST.match(rest))


def _name_of(line: str) -> str | None:
    """The name a line begins with, up to its comma, dash, bracket or first word of a post."""
    head = re.split(r"\s\((?!Hon\))", _DASH.split(line.split(",")[0], maxsplit=1)[0], maxsplit=1)[0].rstrip()
    post = re.match(rf"(?P<name>.*?\S){_POST.pattern}", head)
    if post and len(post["name"].split()) >= 2:
        head = post["name"]
    match = _NAME.fullmatch(head)
    return match.group() if match else None


def _two(line: str) -> re.Match[str] | None:
    """The two names that a line begins with, where two people share what is said behind."""
    found = _TWO.match(line)
    if not found or not re.match(_POST_WORDS, found["rest"]):
        return None
    is_no_name = any(
        _ORGANISATION_WORDS.search(name) or _POST.search(f" {name}") for name in found.group("one", "other")
    )
    return None if is_no_name else found


def is_bare(line: str, following: str) -> bool:
    """Whether a line is a name and nothing else, with the post on the next one."""
    return _is_name(line) and bool(re.match(rf"{_POST_WORDS}\b", following)) and not begins_a_person(following)


def _is_name(line: str) -> bool:
    """Whether a line is a person's name and nothing else."""
    name = _name_of(line)
    if name is None or name != line.rstrip(" ,") or _ORGANISATION_WORDS.search(name) or _NO_FIRST_NAME.match(name):
        return False
    return not re.match(rf"{_POST_WORDS}\b", name)


def read_addressees(lines: Iterable[str]) -> tuple[Addressee, ...]:
    """Everyone named in the lines between a letter's date and its "Dear"."""
    people = [person for entry in _entries(lines) for person in _people_of(entry)]
    return tuple(dict.fromkeys(people))


def _entries(lines: Iterable[str]) -> list[list[str]]:
    """The lines of each person."""
    parts = [words for line in lines for words in _parts(line)]
    entries: list[list[str]] = []
    for words, following in pairwise([*parts, ""]):
        if not entries or _begins_another(entries[-1][-1], words, following):
            entries.append([words])
        else:
            entries[-1].append(words)
    return entries


_NOBODY = re.compile(
    r"(?:Dear|Not?|Post|Position|Vacan(?:t|cy)|Currently|To [Bb]e|Details)\b|(?:Sirs?|Madam)\b(?! [A-Z])"
)
"""How a cell begins that names nobody ("To Be Confirmed", "Dear Sir"), though it is set as a name is."""
_POST_AND_BODY = re.compile(
    r"(?P<post>(?:(?:Acting|Interim|Deputy|Joint)\s+)*(?:Chief Executive(?: Officer)?|CEO|Accountable Officer)"
    r"|.+(?=,\s|\sat\s))(?:,|\sof|\sfor|\sat)?\s+(?:the\s+)?"
    r"(?P<body>(?!Integrated Care)[A-Z].*\b(?:ICB|Integrated Care Board|Council))"
)
"""A post with the name of the body behind it, where a table names that once more or several bodies above."""


def read_leaders(lines: Sequence[str], body: str | None, agency: str | None) -> tuple[Addressee, ...]:
    """Everyone named in one cell of a table of who leads, each with the post in its own words.

    Args:
        lines: the cell's lines.
        body: the body that the table sets above them; a person's own words, where they name one, go before it.
        agency: the body's, where the table tells; else the words do.
    """
    alone = all(map(_is_name, lines))  # names without posts
    people = [person for entry in ([[line] for line in lines] if alone else _entries(lines)) for person in _told(entry)]
    return tuple(
        Addressee(name, post, at or body, agency or _with_agency(name, post, at or body).agency)
        for name, post, at in people
    )


def _told(entry: list[str]) -> Iterator[tuple[str, str | None, str | None]]:
    """Name, post and, where it is named, body of those of an entry of a table."""
    first, *further = entry
    words = f"{first.rstrip(' ,')}, {join_words(further)}" if _is_name(first) else join_words(entry)
    if _NOBODY.match(words) or not (_is_name(first) or begins_a_person(words)):
        return
    two = _two(words)
    for one in (f"{two['one']}, {two['rest']}", f"{two['other']}, {two['rest']}") if two else (words,):
        name, rest = _name_and_rest(one)
        rest = rest.rstrip(". ")
        own = _POST_AND_BODY.fullmatch(rest)
        yield (name, own["post"], own["body"]) if own else (name, rest or None, None)


def _parts(line: str) -> Iterator[str]:
    """A line's words, parted where a second person begins on it."""
    for words in _NEXT_PERSON.split(line):
        start = 0
        for stop in (
            *(mark.end() for mark in re.finditer(r"(?:;|\s/)\s+", words) if begins_a_person(words[mark.end() :])),
            None,
        ):
            part = _SIGN.sub("", words[start:stop].strip(" []").rstrip(";/ "))
            part = _POST_FIRST.sub(r"\g<name>, \g<post>\g<rest>", part) if _POST_FIRST.fullmatch(part) else part
            if part:
                yield part
            start = stop or 0


def _begins_another(above: str, line: str, following: str) -> bool:
    """Whether a line begins a person, and does not go on with the line above though it looks like it."""
    if not begins_a_person(line):
        return is_bare(line, following) and not _IS_OPEN.search(above)
    said = line[len(_name_of(line) or "") :].strip(" ,–—-:")
    is_open = _IS_OPEN.search(above)
    if is_open:
        return bool(is_open["and"] and (_RANK_FIRST.match(line) or _PERSONS_POST.match(said.split(",")[0])))
    return not above.endswith(",") or not said or bool(re.search(rf"\b{_POST_WORDS}\b", said))


def _people_of(entry: list[str]) -> Iterator[Addressee]:
    """Whom the lines of one entry name."""
    first, *further = entry
    if further and is_bare(first, further[0]):
        entry = [", ".join(line.rstrip(" ,") for line in entry)]
    words = join_words(entry)
    if not begins_a_person(words):
        return
    two = _two(words)
    for one in (f"{two['one']}, {two['rest']}", f"{two['other']}, {two['rest']}") if two else (words,):
        yield _addressee(one)


def _addressee(entry: str) -> Addressee:
    rank = _RANK_FIRST.match(entry)
    if rank:
        name, _, rest = (part.strip() for part in entry[rank.end() :].partition(","))
        if not re.match(rf"{_POST_WORDS}\b", rest) or not _split_post(rest)[1]:
            return _with_agency(name, rank.group(1), rest or None)  # the rank is the post
        name = f"{rank.group(1)} {name}"
        return _with_agency(name, *_split_post(rest))
    name, rest = _name_and_rest(entry)
    role, organisation = _split_post(rest)
    return _with_agency(name, role, organisation)


def _name_and_rest(entry: str) -> tuple[str, str]:
    """The name that an entry begins with, with its letters, and what stands behind it."""
    name = _name_of(entry) or entry
    rest = entry[len(name) :].strip(" ,–—-:")
    rest = (
        rest.strip("()") if _IN_BRACKETS.match(rest) and rest.endswith(")") else re.sub(r"^(\([^()]*\)),", r"\1", rest)
    )
    letters = re.match(rf"(?:{_LETTERS}(?:,\s*|\s+|$))+", rest)
    if letters:
        name, rest = f"{name} {letters.group().replace(',', '').strip()}", rest[letters.end() :]
    return name, rest.strip()


_POST_OF_BODY = re.compile(
    r"(?P<post>Chief Constable|[A-Z][\w ]*?(?:Chair|Officer|Head|Manager|Commissioner)|Chair|Head)"
    r"\s+(?:of|for|at)\s+(?P<body>.+)"
)
_WORD_OF_PLACE = rf"(?!{_POST_WORDS}\b){_CAPITAL}[\w’'-]*"
_PLACE = rf"{_WORD_OF_PLACE}(?:\s+(?:(?:and|&|of)\s+)?{_WORD_OF_PLACE})*"
_BODY_OF_PLACES = re.compile(
    rf"(?P<first>{_PLACE})(?:,\s+{_PLACE})*?,\s+{_WORD_OF_PLACE}(?:\s+{_WORD_OF_PLACE})*,?\s+(?:and|&)\s+"
    rf"(?:the\s+)?{_CAPITAL}.*"
)
"""A body named after several places ("Kent, Surrey and Sussex Company"), up to the end."""
_LONGEST = 300
_OF_BODY = re.compile(r"[\s,–—-]+(?:(?:of|for|at)(?:\s+the)?\s*)?$")
"""What stands between a post and its body."""
_COMMA = re.compile(
    r",(?!\s+Fire and\b)(?![^()]{0,200}\))"
    r"(?!(?<=Children,)\s+(?:Families|Young People|Adults|Learning|Schools|Education|Communities)\s+(?:and|&)\s)"
)
"""A comma that parts a post from a body, or two bodies: none of a post's own name, and none in brackets."""


def _body_of_places(rest: str) -> tuple[str, str] | None:
    """What stands before a body that is named after several places, and the body; None where there is none such.

    The first place must be one that is known, or the NHS, whose bodies' names begin with it: a post's matters are set
    in the same way ("Director of Quality, Bath and North East Somerset Council").
    """
    if "," not in rest or len(rest) > _LONGEST:
        return None
    for start in (word.start() for word in re.finditer(r"(?<!\S)\w", rest)):
        if rest.count("(", 0, start) > rest.count(")", 0, start):
            continue
        found = _BODY_OF_PLACES.match(rest, start)
        if found and _begins_with_a_place(found["first"].split()):
            is_body = _ORGANISATION_WORDS.search(found.group())
            return (rest[:start], found.group()) if is_body else None
    return None


def _begins_with_a_place(words: list[str]) -> bool:
    return words[0] == "NHS" or any(_is_place(" ".join(words[:count])) for count in range(1, len(words) + 1))


@lru_cache(maxsize=1024)
def _is_place(name: str) -> bool:
    """Whether a name is an area's or that of what a police force serves ("Bedfordshire")."""
    if any(body.name.startswith(f"{name} ") for body in all_bodies().values() if body.kind == "police_force"):
        return True
    try:
        return bool(find_area(name))
    except (AmbiguousAreaError, UnknownAreaError):
        return False


def _split_post(rest: str) -> tuple[str | None, str | None]:
    """A post and the body it belongs to: "Chief Constable of Essex Police", "Chair, Durham LSCB"."""
    if not rest:
        return None, None
    listed = _body_of_places(rest)
    if listed:
        before, body = listed
        if _PERSONS_POST.fullmatch(body):  # "Devon, Cornwall and the Isles of Scilly Police and Crime Commissioner"
            return rest, None
        return _OF_BODY.sub("", before) or None, body
    parts = [part.strip() for part in _COMMA.split(rest)]
    at = _POST_OF_BODY.fullmatch(rest)
    if at and len(parts) == 1 and _ORGANISATION_WORDS.search(at["body"]):
        return at["post"], at["body"].removeprefix("the ")
    for cut in range(1, len(parts)):
        body = ", ".join(parts[cut:])
        is_post = re.match(rf"{_POST_WORDS}\b.*(Director|Officer|Manager)|Children, ", parts[cut])
        if _ORGANISATION_WORDS.search(parts[cut]) and not is_post:
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
