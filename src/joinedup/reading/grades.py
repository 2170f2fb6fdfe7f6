"""The grades that a report prints, each with its judgement's key, page and place.

Reports state a grade beside or after the judgement's name: in a table on the first page, in a chapter's heading, in a
sentence ("The Local Safeguarding Children Board requires improvement"). The names and the grades' printed forms stand
in the framework's file; here is only how they are looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar, cast

from joinedup.frameworks import Framework, Judgement, normalise
from joinedup.reading.blocks import boxes_of
from joinedup.reading.layout import Line
from joinedup.reading.model import Grade, JudgementRead

T = TypeVar("T")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\ufffe": "-", "&": "and"})
_SPELT = (("judgment", "judgement"), ("experience and progress", "experiences and progress"))
"""Spellings that vary from report to report."""
_SAYS = (
    r"(?:\s*\([^)]{0,12}\))?(?:\s+(?:in|of|for)\s+(?:[\w', -]|(?<=\bst)\.){2,90}?)?"
    r"(?:[^\w.]+(?:is|are|be|as|was|judged|judgement|grade[ds]?|that|it|to|not yet|overall))*"
)
"""What may stand between a judgement's name and its grade: never the end of a sentence (that of "St." is none)."""


@dataclass(frozen=True)
class Flow:
    """Lines as one plain lower-case text that knows which line each letter came from."""

    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Flow:
        """The lines one after another, a space between."""
        starts: list[int] = []
        text = ""
        for line in lines:
            starts.append(len(text))
            words = line.text.translate(_PLAIN).lower()
            for spelling, usual in _SPELT:
                words = words.replace(spelling, usual)
            text += words + " "
        return cls(tuple(lines), text, tuple(starts))

    def lines_of(self, start: int, end: int) -> tuple[Line, ...]:
        """The lines that the letters from `start` to `end` stand on."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, max(start, end - 1)) - 1
        return self.lines[first : last + 1]


@dataclass(frozen=True)
class Found:
    """One grade as found: the judgement, the grade and the lines on which both stand."""

    judgement: Judgement
    grade: Grade
    lines: tuple[Line, ...]

    def read(self) -> JudgementRead:
        """As it goes into a report."""
        page = self.lines[0].page
        return JudgementRead(self.judgement.key, self.judgement.title, self.grade, page, boxes_of(self.lines))


def _plain(words: str) -> str:
    """A form's bare words: "care-leavers", "care leavers:" and a form broken over two lines are one."""
    return " ".join(re.findall(r"\w+", words))


def _loose(words: str) -> str:
    """A printed form as a pattern that line ends, hyphens and double spaces do not break."""
    return r"\W+".join(re.escape(word) for word in re.findall(r"[\w']+", words))


SENTENCES = {
    "overall": ("children's services", "overall judgement", "local authority", "services for children"),
    "looked_after": ("looked after children and achieving permanence",),
    "care_leavers": ("care leavers",),
    "lscb": (
        "lscb",
        "safeguarding children board",
        "local safeguarding children's board",
        "local children's safeguarding board",
        "safeguarding children board's effectiveness",
    ),
}
"""Names that stand for a judgement only on a report's first page ("Children's services in Kent are good")."""


@cache
def _pattern(framework: Framework, first_page: bool) -> tuple[re.Pattern[str], dict[str, Judgement], dict[str, Grade]]:
    judgements = {
        normalise(form): judgement
        for judgement in framework.judgements
        for form in (
            judgement.title,
            *judgement.headings,
            *(SENTENCES.get(judgement.key, ()) if first_page else ()),
        )
    }
    grades = {
        normalise(form): cast("Grade", grade.key)
        for grade in framework.grades
        for form in (grade.title, *grade.printed)
    }
    names = "|".join(_loose(form) for form in sorted(judgements, key=len, reverse=True))
    printed = "|".join(_loose(form) for form in sorted(grades, key=len, reverse=True))
    pattern = re.compile(rf"\b(?P<name>{names})\b{_SAYS}[^\w.]+(?:grade\W+\d\W+)?(?P<grade>{printed})\b")
    return pattern, _by_words(judgements), _by_words(grades)


def _by_words(forms: dict[str, T]) -> dict[str, T]:
    return {_plain(form): value for form, value in forms.items()}


def find_grades(lines: Sequence[Line], framework: Framework, first_page: bool = False) -> Iterator[Found]:
    """Every judgement's name that is followed by a grade, in order of reading.

    On the first page a sentence about the services as a whole counts as the overall judgement.
    """
    flow = Flow.of(lines)
    pattern, judgements, grades = _pattern(framework, first_page)
    for match in pattern.finditer(flow.text):
        judgement, grade = judgements[_plain(match["name"])], grades[_plain(match["grade"])]
        yield Found(judgement, grade, flow.lines_of(match.start(), match.end()))
