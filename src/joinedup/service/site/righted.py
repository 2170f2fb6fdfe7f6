"""What was corrected, in words: what was read and what is right, as people write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from joinedup.areas import areas
from joinedup.record import Correction, Record, Steps
from joinedup.record.applying import APART
from joinedup.record.choices import POLARITY_TITLES
from joinedup.record.correctable import DAYS, LISTS, TITLES, none_of
from joinedup.record.schema import GRADE, SAME
from joinedup.service.site.area_search import full_name
from joinedup.service.site.choices import family_title, judgement_titles, visit_title
from joinedup.service.site.grades import look_of
from joinedup.service.site.wording import agency_title, kind_title, shortened, theme_title
from joinedup.service.site.words import day_in_words

_TITLES: Mapping[str, Callable[[str], str]] = {
    "agencies": agency_title, "themes": theme_title, "kind": kind_title, "framework": family_title,
    "visit": visit_title, "outcome": str.capitalize,
    "polarity": lambda key: POLARITY_TITLES.get(key, key).capitalize(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Righted:
    """One thing that was corrected: what was read and what is right, in words, with who says so."""

    title: str
    old: str
    new: str
    given: Correction


def in_words(one: Correction) -> Righted:
    """A correction as it is shown."""
    if one.field.startswith(SAME):
        title = f"{TITLES[SAME]} as a later statement"
    else:
        title = TITLES.get(one.field) or f"Grade: {judgement_titles().get(one.field.partition(':')[2], one.field)}"
    return Righted(title, _shown(one.field, one.old), _shown(one.field, one.new), one)


def with_later(record: Record, one: Correction) -> Righted:
    """A correction as it is shown; of what is on the same thing, with how the later statement begins."""
    shown = in_words(one)
    return replace(shown, title=f"{shown.title}, “{shortened(later_words(record, one))}”") if one.later else shown


def later_words(record: Record, one: Correction) -> str:
    """The words of the later statement that a correction of what is on the same thing names; there must be one."""
    steps = Steps().step("said", "SELECT text FROM findings WHERE id = $id")
    return str(record.ask(steps, id=one.later[0]).rows[0]["text"])


def _shown(field: str, value: str | None) -> str:
    """A value as people write it; where there is none, that there is none."""
    if value is None:
        return none_of(field)
    several = value.split(APART) if field in LISTS else [value]
    return "; ".join(value_title(field, each) for each in several)  # a title may have a comma in it


def value_title(field: str, value: str) -> str:
    """One value of a field that can be corrected, as people write it; the value itself where it has no other name."""
    if field.startswith(GRADE):
        return look_of(value).title
    if field in DAYS:
        return day_in_words(dt.date.fromisoformat(value))
    if field == "area":
        return next((full_name(each) for each in areas(fictional=True) if each.slug == value), value)
    return _TITLES[field](value) if field in _TITLES else value
