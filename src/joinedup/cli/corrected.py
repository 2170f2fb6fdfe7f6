"""What somebody corrected, in the few words that stand behind it in a printed answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from joinedup.cli.output import grade_words
from joinedup.record.schema import GRADE

if TYPE_CHECKING:
    from joinedup.record import Correction


def grade_and_read(grade: str | None, given: Iterable[Correction], key: str) -> str:
    """The grade of one judgement in words; of one that somebody corrected also as what it was read."""
    words, was = grade_words(grade), read_as(given, key)
    return f"{words} ({was})" if was else words


def read_as(given: Iterable[Correction], key: str) -> str:
    """As what a judgement's grade was read that somebody corrected: "corrected: read as Good"; empty otherwise."""
    found = (one.old for one in given if one.field == f"{GRADE}{key}")
    return next((f"corrected: read as {grade_words(old) if old else 'no grade'}" for old in found), "")


def fields(given: Iterable[Correction]) -> str:
    """Which fields of a thing somebody corrected, to stand behind where it is from; empty where none is."""
    named = ", ".join(one.field for one in given)
    return f"; corrected: {named}" if named else ""
