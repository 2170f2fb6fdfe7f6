"""The form of the reports that this system publishes: title, headings, labels and measures, said once.

`joinedup.documents.inspection` sets reports in this form and `own.py` reads them back, so both take every word and
measure from here. There is one form for every framework. Lengths are in points.
"""

from __future__ import annotations

import re
import unicodedata

KICKER = "Joinedup inspection report"
"""Stands in bold over the title of every such report, and nowhere else: by it they are known."""
FICTIONAL = "Fictional"
"""Begins the line at the head of every page of a report that is not about a real inspection."""

MARGIN = 71.0
EDGE = 62.0
"""What stands nearer than this to a page's head or foot is furniture; the text keeps MARGIN from it."""
VALUE_INDENT = 136.0
"""From the left margin to where the value beside a label begins."""
NUMBER_INDENT = 32.0
"""From the left margin to where a numbered paragraph's words begin."""
BODY_SIZE = 11.0
SMALL_SIZE = 9.5
"""Tables and notes, which repeat or explain what stands in the text, are set in this size and not read."""
HEADING_SIZES = {24.0: 1, 17.0: 2, 13.5: 3, 12.0: 4}
KICKER_SIZE = 15.0

# Headings of the second level.
SUMMARY = "Summary"
CONTENTS = "Contents"
JUDGEMENTS = "Judgements"
CONTRIBUTIONS = "What each agency contributes"
PRAISE = "What works well"
CONCERN = "What gives cause for concern"
IMPROVEMENTS = "What must improve, and who answers for it"
PRACTICE = "Examples of good practice"
METHOD = "How the inspection was made"
NEXT = "What happens next"

# Headings of the third level; each goes before a number.
FINDING = "Finding"
IMPROVEMENT = "Improvement"
PRIORITY = "Priority action"
EXAMPLE = "Example"

# Labels of the first page.
AREA = "Area"
COUNCIL_CODE = "Council code"
FRAMEWORK = "Framework"
VISIT = "Kind of visit"
THEME = "Theme"
REFERENCE = "Reference"
FIELDWORK = "Fieldwork"
PUBLISHED = "Published"
VERSION = "Version"
CHANGED = "What changed"
WHY = "Why it changed"
LEAD = "Lead inspectorate"
OTHERS = "Other inspectorates"
INSPECTOR = "Lead inspector"
PLAN_KIND = "To be written"
PLAN_BY = "Written by"
PLAN_DUE = "Due from them"

# Labels further on.
GRADE = "Grade"
LOWERED = "Lowered by"
ORGANISATIONS = "Organisations"
NOT_ASSESSED = "Not assessed"
WORDS = "What we found"
CRITERION = "Looked at under"
AGENCIES = "Agencies"
HOW = "How each took part"
IS_EXAMPLE = "Good practice"
NO_IMPROVEMENT = "Nothing asked"
ASKED = "What must improve"
RESPONSIBLE = "Responsible"
POST = "Accountable post"
ANSWERS_TO = "Answers to"
DUE = "To be done by"
FROM = "Comes from"
WHAT = "What others can use"

LABELS = frozenset(
    (
        AREA, COUNCIL_CODE, FRAMEWORK, VISIT, THEME, REFERENCE, FIELDWORK, PUBLISHED, VERSION, CHANGED, WHY, LEAD,
        OTHERS, INSPECTOR, PLAN_KIND, PLAN_BY, PLAN_DUE, GRADE, LOWERED, ORGANISATIONS, NOT_ASSESSED, WORDS,
        CRITERION, AGENCIES, HOW, IS_EXAMPLE, NO_IMPROVEMENT, ASKED, RESPONSIBLE, POST, ANSWERS_TO, DUE, FROM, WHAT,
    )
)  # fmt: skip

LONGEST_WORD = 30
"""After every so many letters, a longer word may be broken without a sign; other words only where their own signs
allow it ("and/or", "multi-agency"): see `may_go_on`."""
SPACE = "\u2005"
"""A space that PDFium always gives; at a line's end it passes over the usual one. It is set after words that
`may_go_on`, where it would be missed."""
BETWEEN = "; "
"""Parts several names in one value; no title of an agency or inspectorate holds it."""

EXPLAINED = "How the contributions explain it"
"""Heading of the fourth level, under a judgement."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_BLANK = frozenset(("Cc", "Zs", "Zl", "Zp"))
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_PRINTABLE = (
    (0x20, 0x377), (0x37A, 0x37F), (0x384, 0x482), (0x48A, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x2027),
    (0x2030, 0x2040), (0x2044, 0x2052), (0x20A0, 0x20BF), (0x2190, 0x22FF), (0x25A0, 0x25FF),
)  # fmt: skip
"""Scripts and signs for which the typeface has letters, first and last of each run."""
INSTEAD = "□"
"""Stands for a letter that cannot be printed."""


def plain_words(text: str) -> str:
    """A text as it is printed on one line: composed letters, single spaces, nothing unseen.

    A letter for which there is no type (a pictograph, say) becomes `INSTEAD`.
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    seen = _LIGATURES.sub(lambda one: unicodedata.normalize("NFKC", one.group()), seen)
    spaced = " ".join("".join(" " if unicodedata.category(each) in _BLANK else each for each in seen).split())
    return "".join(each if _is_printable(each) else INSTEAD for each in spaced)


def may_go_on(text: str) -> bool:
    """Whether the word at a line's end may go on in the next line: after a hyphen, a stroke, or so many letters."""
    return text.endswith(("-", "/")) or len(text.rpartition(" ")[2]) % LONGEST_WORD == 0


def paragraphs(text: str) -> tuple[str, ...]:
    """A text's paragraphs as printed: parted at empty lines, none of them empty."""
    parts = re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return tuple(words for words in map(plain_words, parts) if words)


def _is_printable(letter: str) -> bool:
    code = ord(letter)
    within = any(first <= code <= last for first, last in _PRINTABLE)
    return within and unicodedata.category(letter) != "Cn"
