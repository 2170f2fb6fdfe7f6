"""The headings under which published reports say the same kind of thing, and what each opens.

A new layout should need a new row here and nothing more. Headings are compared as `plain` words: lower case, straight
quotes, without numbering or the page number of a table of contents.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from joinedup.reading.blocks import Block

Role = Literal[
    "opening",  # before the first known heading
    "improvements",  # what must improve, recommendations
    "priority",  # areas for priority action
    "strengths",
    "weaknesses",  # area SEND: what the partnership needs to do better
    "findings",  # main text
    "chapter",  # main text of one judgement
    "outcome",  # area SEND: the inspection outcome
    "box",  # a case or practice study set into the text
    "aside",  # about the area, the inspection, the framework: not what was found
    "end",  # next steps, signatures, the inspection team
]

LISTS: Final[frozenset[Role]] = frozenset(("improvements", "priority", "strengths"))
"""The parts that are lists of points; a heading inside one only divides it."""

Layout = Literal["letter", "report", "send"]
Row = tuple[Role, str]

_AREAS = r"((key|main|identified|the) )?area(s|\(s\))?"
_OF_WHOM = r"( (in|of|for|by|across|within) .*)?"
"""What a heading may add about where or whose."""

EVERYWHERE: tuple[Row, ...] = (
    ("aside", r"(a )?summary for children( and young people)?\b.*"),  # says again, simply, what the chapters find
    ("opening", r"dear .*"),
    ("box", r"(an? )?(good |effective )?(case|practice) (study|studies|examples?)\b.*|places and spaces\b.*"),
    ("box", r"((examples?|areas?) of )?(highly )?effective practice|examples? of good practice"),
    ("priority", rf"{_AREAS} (for|of|requiring) (priority|immediate)( and immediate)? actions?( and improvements?)?"),
    ("priority", r"priority (and immediate )?actions?|immediate and priority actions?"),
    (
        "improvements",
        rf"what (needs to|must|should) (improve|be improved|get better|be better)( and progress)?{_OF_WHOM}",
    ),
    ("improvements", r"what needs improving|improvements? (needed|required)"),
    ("improvements", rf"{_AREAS} (for|of) (further |future )?(improvement|development)s?{_OF_WHOM}"),
    (
        "improvements",
        rf"{_AREAS} ((that|which) )?(need|requir)(e|es|s|ing)? (to improve|to be improved|(further )?improvement)",
    ),
    (
        "strengths",
        rf"((key|early help|main|partnership|multi-agency|the) )*strengths?( and (good|effective) practice)?{_OF_WHOM}",
    ),
    ("strengths", rf"{_AREAS} of strengths?{_OF_WHOM}|what is working well|what works well"),
    (
        "findings",
        r"(headline|main|key|inspection|detailed) findings?( .*)?|(executive )?summary( of (key )?findings)?( .*)?",
    ),
    ("findings", r"findings|headlines"),
    ("findings", r"findings and evaluation of progress|progress since .*|areas? of progress"),
    ("findings", r"overview( of (the )?(findings|visit|progress))?"),
    ("aside", r"areas covered by (the|this) visit"),
    ("aside", r"context|background|introduction|contents|annex\b.*|appendix\b.*|glossary|record of main findings.*"),
    ("end", r"((the|conclusions? and) )?next steps( .*)?|what happens next|written statement of (proposed )?action"),
    ("end", r"(the )?inspection team|signature.*"),
)
"""What the headings of every layout open."""

OF_A_LAYOUT: dict[Layout, tuple[Row, ...]] = {
    "letter": (("improvements", r"what the (\w+ ){1,4}needs? to improve|(key )?recommendations?( for .*)?"),),
    "report": (
        ("aside", r"the lscb"),  # what its grades mean, at a report's end; the chapter on a board has a longer heading
        (
            "improvements",
            r"recommendations?( for .*)?|further improvement|(areas|priorities) for (further )?improvement",
        ),
        (
            "improvements",
            r"what does (the )?(local authority|lscb|council|local safeguarding .*board)\b.* need to improve",
        ),
        (
            "strengths",
            r"(the )?(local authority|lscb|local safeguarding children board)('s)? (has the following )?strengths",
        ),
        (
            "findings",
            r"(the )?(local authority|lscb|local safeguarding children board)( \(lscb\))?\W+summary of findings",
        ),
        ("findings", r"key strengths and weaknesses\b.*|inspection judge?ments? about the .*"),
        ("chapter", r"(the )?impact of leaders on .*|(the )?experiences? and progress of .*"),
        ("chapter", r"leadership,? management and governance.*|(the )?graded judgement\b.*"),
        (
            "chapter",
            r"(review of )?(the )?(effectiveness of )?(the )?(lscb|local safeguarding children board)\b.*",
        ),
        ("chapter", r"children who need help and protection.*|children looked after and achieving permanence.*"),
        (
            "chapter",
            r"(the )?overall effectiveness\b.*|(the )?quality of (provision|practice)\b.*|capacity (to|for) improve.*",
        ),
        ("chapter", r"(safeguarding )?outcomes\b.*|leadership and management\b.*"),
        ("chapter", r"(safeguarding|services for looked after children|adoption performance)\b.*"),
        ("chapter", r"(the )?effectiveness of the help and protection\b.*|leadership and governance\b.*"),
        ("aside", r"(information )?about (this|the) (inspection|local authority|local area|service|area|authority).*"),
        ("aside", r"information about this .*"),
        ("aside", r"(children living|child protection|children looked after|other information)\b.* area.*"),
        (
            "aside",
            r"local leadership|previous ofsted inspections|other ofsted inspections|dates? of previous inspections?.*",
        ),
        ("aside", r"profile of .*"),
        (
            "aside",
            r"what (do )?(the )?(\w+ ){0,4}(judge?ments|grades) mean.*|(the )?(\w+ )?judge?ments and what they mean.*",
        ),
    ),
    "send": (
        ("outcome", r"(the )?(inspection )?outcome( of (the|this) inspection)?"),
        ("strengths", r"what is the ((local )?area )?partnership doing (that is effective|effectively|well)"),
        ("weaknesses", r"what does the ((local )?area )?partnership need to (do better|improve)"),
        ("priority", r"responsible bod(y|ies) areas? for priority action"),
        ("findings", r"what is it like to be a child or young person with (send|special educational needs).*"),
        ("aside", r"information about (this|the) .*"),
        ("end", r"local area partnership details"),
    ),
}
"""What further headings open in letters, in reports on a council, and in area SEND reports."""

_NUMBERING = re.compile(r"^(section \d+:?\s*|\d+(\.\d+)*\.?\s+)")
_FOOTNOTE = re.compile(r"(?<=[?.:a-z])\d{1,2}$")
_CONTENTS_PAGE = re.compile(r"\s\d{1,3}$")


def plain(text: str) -> str:
    """A heading's words for comparison."""
    words = (
        text.lower().replace("’", "'").replace("‘", "'").replace("&", " and ").replace("judgment", "judgement").strip()
    )
    return _FOOTNOTE.sub("", " ".join(_NUMBERING.sub("", words).split())).strip(" .?:;*")


@cache
def _table(layout: Layout) -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((role, re.compile(pattern)) for role, pattern in (*EVERYWHERE, *OF_A_LAYOUT[layout]))


@lru_cache(maxsize=8192)
def role_of_words(text: str, layout: Layout) -> Role | None:
    """What a heading opens; None for a heading that only divides the part it stands in."""
    words = plain(text)
    for role, pattern in _table(layout):
        if pattern.fullmatch(words):
            return role
    return None


def role_of(block: Block, layout: Layout) -> Role | None:
    """What a heading block opens, by its whole text or (where two headings run together) its first line."""
    if _CONTENTS_PAGE.search(block.text):
        return None  # a line of the table of contents
    return role_of_words(block.text, layout) or role_of_words(block.lines[0].text, layout)


_GRADE = r"(outstanding|good|adequate|requires improvement( to be good)?|inadequate)"
_CELL = re.compile(rf"(key )?judge?ments?( (judge?ment )?grades?)?|(judge?ment )?grades?|(grade \d )?\(?{_GRADE}\)?")


def is_cell(block: Block) -> bool:
    """Whether a heading is a cell of a table of judgements, which stands over no text.

    "Judgement Grade", "Good", "Grade 3 (Adequate)".
    """
    return _CELL.fullmatch(plain(block.text)) is not None


_BOX_TITLE = re.compile(r"(case|practice) (study|example)( \d+)?(:.{0,60})?")
_GRADED = re.compile(rf".*\b{_GRADE}")


def set_as_text(block: Block, layout: Layout) -> bool:
    """Whether a paragraph is a heading by its words, though it is set as the text is: a case study's title, or a row
    of a table that opens the chapter on a judgement ("The experiences and progress of ... Requires improvement")."""
    if block.kind != "paragraph" or block.number or len(block.text) > _LONGEST:
        return False
    if _BOX_TITLE.fullmatch(plain(block.text)):
        return not block.text.endswith(".")
    return _GRADED.fullmatch(block.text.lower()) is not None and role_of_words(block.text, layout) == "chapter"


def divides_a_letter(block: Block, layout: Layout) -> bool:
    """Whether a line of a letter opens one of its parts by its words alone: a heading may be in italics, underlined or
    in another colour, which nothing tells here."""
    if layout != "letter" or block.kind != "paragraph" or block.number or len(block.lines) > 1:
        return False
    is_label = len(block.text) <= _LONGEST_PART and not _LEADS_TO_A_LIST.search(block.text)
    return is_label and role_of_words(block.text, layout) in (*LISTS, "findings", "end")


_LEADS_TO_A_LIST = re.compile(r"[.,]$|\b(includes?|included|including|are|is|were|was|follows|following):$")
"""How a short sentence ends, or one that only leads to a list ("Strengths in this area include:"): no heading."""
_LONGEST_PART = 60
"""Letters of the longest heading of a letter's part."""
_LONGEST = 130
"""Letters of the longest such heading."""
