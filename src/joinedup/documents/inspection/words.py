"""How a document says days, numbers and names; and how long its sentences are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from joinedup.areas import get_agency, get_inspectorate
from joinedup.documents.inspection.content import About
from joinedup.reading.own_form import plain_words

FEWEST = 5
"""Numbers of children or of pieces of evidence below this are not printed, save 0: they could point to a person."""


def day(value: dt.date) -> str:
    """A day as GOV.UK writes it: 3 March 2027."""
    return f"{value.day} {value:%B %Y}"


def days(start: dt.date, end: dt.date) -> str:
    """From one day to another."""
    return day(start) if start == end else f"{day(start)} to {day(end)}"


def count(number: int) -> str:
    """A number as it may be published: "fewer than 5" for 1 to 4, thousands parted by commas."""
    return f"fewer than {FEWEST}" if 0 < number < FEWEST else f"{number:,}"


def agency(key: str) -> str:
    """An agency's title."""
    return get_agency(key).title


def agencies(keys: Iterable[str]) -> tuple[str, ...]:
    """Agencies' titles."""
    return tuple(map(agency, keys))


def inspectorate(key: str) -> str:
    """An inspectorate's short name of today."""
    return get_inspectorate(key).names_over_time[-1].short


def inspectorates(about: About) -> tuple[str, ...]:
    """The short names of all that inspect, the lead's first."""
    return tuple(inspectorate(key) for key in (about.lead, *about.others))


_SENTENCE = re.compile(r"(?<=[.?!])['’”)]*\s+(?=[\"'‘“(]?[A-Z0-9])")


def sentences(text: str) -> tuple[str, ...]:
    """A text's sentences, as printed."""
    return tuple(_SENTENCE.split(plain_words(text)))


def first_sentence(text: str) -> str:
    """A text's first sentence, as printed."""
    return sentences(text)[0]


def long_sentences(text: str, most: int = 20) -> tuple[str, ...]:
    """The sentences with more than `most` words, for whoever writes a summary. GOV.UK's style asks for 25 at most;
    children are asked to read 20."""
    return tuple(each for each in sentences(text) if len(each.split()) > most)
