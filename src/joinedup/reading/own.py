"""Reports that this system publishes, read back from their print.

Their form is one for every framework (`own_form.py`): headings of known sizes, labels at the left margin with their
values beside them, and numbered paragraphs. Which agencies are responsible stands in the report's own accountability
statement, so nothing is guessed. A report that names a framework that is not known is refused, as is one whose first
page lacks what every such report has.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from joinedup.areas import (
    AmbiguousAreaError,
    Area,
    UnknownAreaError,
    find_area,
    inspectorates,
    search_area_in,
)
from joinedup.frameworks import Framework, UnknownFrameworkError, get_framework
from joinedup.reading import own_form as form
from joinedup.reading.blocks import boxes_of
from joinedup.reading.dates import find_date, find_range
from joinedup.reading.layout import Page
from joinedup.reading.model import Family, Grade, Item, ItemKind, JudgementRead, Publication, Report, Statement
from joinedup.reading.own_parts import Part, Words, parts_of
from joinedup.reading.pdf import UnreadableError

T = TypeVar("T")
_FRAMEWORK_ID = re.compile(r"\(([a-z0-9-]+)\)$")
_VERSION = re.compile(r"(?P<version>\d{1,9})(?:, replacing (?P<day>.+))?")


def read_report(pages: Sequence[Page], blank: Report) -> tuple[Report, Area]:
    """A report's content, on `blank`, and its area.

    Raises:
        UnreadableError: it names a framework or an area that is not known, or its first page lacks what all have.
    """
    front, parts = parts_of(pages)
    framework = _framework(front)
    start, end = _need(find_range(_said(front, form.FIELDWORK)) or _one_day(front), form.FIELDWORK)
    read = _Reader(framework, parts)
    report = replace(
        blank,
        framework=cast(Family, framework.family),
        visit=next((each.key for each in framework.visits if each.title == _said(front, form.VISIT)), None),
        start=start,
        end=end,
        published=_need(find_date(_said(front, form.PUBLISHED)), form.PUBLISHED),
        published_source="printed",
        lead_inspector=_said(front, form.INSPECTOR) or None,
        inspectorates=_inspectorates(front),
        theme=_said(front, form.THEME) or None,
        judgements=read.judgements(),
        priority_actions=read.improvements(form.PRIORITY, "priority_action"),
        improvements=read.improvements(form.IMPROVEMENT, "improvement"),
        strengths=read.strengths(),
        findings=read.findings(),
        statement=_statement(front),
        sections=tuple(part.heading.text for part in parts),
        fictional=_is_marked(pages),
        publication=_publication(front, framework),
    )
    return report, _area(front, start)


def _said(front: Mapping[str, Words], label: str) -> str:
    return front[label].text if label in front else ""


def _need(value: T | None, label: str) -> T:
    if value is None:
        raise UnreadableError(f"a report of this system, but its first page does not say “{label}” as such reports do")
    return value


def _framework(front: Mapping[str, Words]) -> Framework:
    match = _need(_FRAMEWORK_ID.search(_said(front, form.FRAMEWORK)), form.FRAMEWORK)
    try:
        return get_framework(match[1])
    except UnknownFrameworkError as error:
        raise UnreadableError(f"the report was made under a framework that is not known here: {error}") from error


def _one_day(front: Mapping[str, Words]) -> tuple[dt.date, dt.date] | None:
    day = find_date(_said(front, form.FIELDWORK))
    return (day, day) if day else None


def _area(front: Mapping[str, Words], on: dt.date) -> Area:
    """The area by its council's code, whose name must be the one printed; by the name where there is no code."""
    name, code = _said(front, form.AREA), _said(front, form.COUNCIL_CODE)
    try:
        area = find_area(code, on=on) if code else search_area_in(name, on=on)
    except (UnknownAreaError, AmbiguousAreaError):
        area = None
    if area is None or area.name != name:
        raise UnreadableError(f"the report's area is not known here: {name!r}, council code {code or 'none'}")
    return area


def _inspectorates(front: Mapping[str, Words]) -> tuple[str, ...]:
    names = _names(_said(front, form.LEAD)) + _names(_said(front, form.OTHERS))
    known = {each.names_over_time[-1].short for each in inspectorates()}
    return tuple(name for name in names if name in known)


def _names(value: str) -> tuple[str, ...]:
    return tuple(value.split(form.BETWEEN)) if value else ()


def _statement(front: Mapping[str, Words]) -> Statement | None:
    if form.PLAN_BY not in front:
        return None
    by = front[form.PLAN_BY]
    return Statement(by.text, find_date(_said(front, form.PLAN_DUE)), by.page)


def _publication(front: Mapping[str, Words], framework: Framework) -> Publication:
    match = _need(_VERSION.fullmatch(_said(front, form.VERSION)), form.VERSION)
    return Publication(
        framework=framework.id,
        reference=_said(front, form.REFERENCE),
        version=int(match["version"]),
        replaces=find_date(match["day"]) if match["day"] else None,
        changed=_said(front, form.CHANGED) or None,
        why=_said(front, form.WHY) or None,
    )


def _is_marked(pages: Sequence[Page]) -> bool:
    """Whether the head of the first page says that the report is fictional."""
    first = pages[0]
    heads = (line.text for line in first.lines if line.bottom > first.height - form.EDGE)
    return any(text.startswith(form.FICTIONAL) for text in heads)


class _Reader:
    """Turns a report's parts into what it says."""

    def __init__(self, framework: Framework, parts: Sequence[Part]) -> None:
        self._framework = framework
        self._parts = parts

    def _under(self, chapter: str) -> list[Part]:
        return [part for part in self._parts if part.chapter.text == chapter]

    def judgements(self) -> tuple[JudgementRead, ...]:
        """Each judgement with its grade, where it has one, and its narrative."""
        keys = {form.plain_words(each.title): each.key for each in self._framework.judgements}
        grades = {form.plain_words(each.title): each.key for each in self._framework.grades}
        found = []
        for part in self._under(form.JUDGEMENTS):
            if part.heading.text not in keys:
                continue
            grade = part.facts.get(form.GRADE)
            found.append(
                JudgementRead(
                    key=keys[part.heading.text],
                    title=part.heading.text,
                    grade=cast(Grade, grades[grade.text]) if grade and grade.text in grades else None,
                    page=part.heading.page,
                    boxes=boxes_of(part.heading.lines + (grade.lines if grade else ())),
                    narrative="\n\n".join(words.text for _, words in part.numbered[: part.stated]) or None,
                )
            )
        return tuple(found)

    def improvements(self, title: str, kind: ItemKind) -> tuple[Item, ...]:
        """The entries of the accountability statement that stand under one kind of heading."""
        return self._items(form.IMPROVEMENTS, title, kind, form.ASKED, form.RESPONSIBLE)

    def strengths(self) -> tuple[Item, ...]:
        """What works well, then the examples of good practice."""
        praise = self._items(form.PRAISE, form.FINDING, "strength", form.WORDS, form.AGENCIES)
        return praise + self._items(form.PRACTICE, form.EXAMPLE, "strength", form.WHAT, form.AGENCIES)

    def findings(self) -> tuple[Item, ...]:
        """The paragraphs of judgements and contributions, and what gives cause for concern."""
        judged = self._narrative(form.JUDGEMENTS, lambda part: ())
        parts = self._narrative(form.CONTRIBUTIONS, lambda part: (part.heading.text,))
        return judged + parts + self._items(form.CONCERN, form.FINDING, "finding", form.WORDS, form.AGENCIES)

    def _items(self, chapter: str, title: str, kind: ItemKind, words: str, agencies: str) -> tuple[Item, ...]:
        found = []
        for part in self._under(chapter):
            name, _, number = part.heading.text.rpartition(" ")
            if name == title and words in part.facts:
                said = part.facts[words]
                responsible = _names(part.facts[agencies].text) if agencies in part.facts else ()
                post = part.facts[form.POST].text if form.POST in part.facts else None
                found.append(replace(_item(kind, said, chapter, number, responsible), post=post))
        return tuple(found)

    def _narrative(self, chapter: str, responsible: Callable[[Part], tuple[str, ...]]) -> tuple[Item, ...]:
        return tuple(
            _item("finding", words, f"{chapter} › {part.heading.text}", number, responsible(part))
            for part in self._under(chapter)
            for number, words in part.numbered
        )


def _item(kind: ItemKind, words: Words, section: str, number: str, responsible: tuple[str, ...]) -> Item:
    return Item(
        kind=kind,
        text=words.text,
        page=words.page,
        section=section,
        number=number,
        responsible=responsible,
        boxes=boxes_of(words.lines),
    )
