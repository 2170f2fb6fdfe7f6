"""Several notes pasted into one box, told apart by blank lines, with light marks at a note's start.

A note may begin with + (praise) or - (concern), and with marks in square brackets between semicolons: a criterion, a
kind of source, agencies and a child, each by its key, its title, or the beginning of its title that no other has; for
example "- [help; interview; police; C2] The officer told us ...". Brackets that hold anything else are the note's
own words. Nothing that was typed is lost: what is not a mark that was understood stands in the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from joinedup.frameworks import normalise

SIGNS = {"+": "praise", "-": "concern"}
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
_HEAD = re.compile(r"(?P<sign>[+-](?=\s|\[))?\s*(?:\[(?P<marks>[^\][]*)\])?\s*")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What marks can name in one inspection, key -> title: criteria, kinds of source, agencies, children."""

    criteria: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """One note as understood. Empty: not said. `not_understood` are brackets left in the words, for the person."""

    words: str
    criterion: str = ""
    source: str = ""
    agencies: tuple[str, ...] = ()
    tendency: str = ""
    child: str = ""
    not_understood: tuple[str, ...] = ()


def split(text: str) -> tuple[str, ...]:
    """The notes of a text, without the blank lines between them. Their own lines stay as they are."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(note.strip() for note in _BLANK.split(f"\n{lines}\n") if note.strip())


def parse(text: str, vocabulary: Vocabulary) -> tuple[Note, ...]:
    """The notes of a text with their marks understood."""
    return tuple(read(note, vocabulary) for note in split(text))


def read(note: str, vocabulary: Vocabulary) -> Note:
    """One note with its marks understood, as far as they are."""
    head = _HEAD.match(note)
    assert head is not None, "the pattern matches the empty beginning too"
    tendency = SIGNS.get(head["sign"] or "", "")
    if head["marks"] is None:
        return Note(note[head.end() :] if tendency else note, tendency=tendency)
    found: dict[str, list[str]] = {}
    unknown: list[str] = []
    for mark in filter(None, (mark.strip() for mark in head["marks"].split(";"))):
        kind, key = _meant(mark, vocabulary)
        unknown += [] if kind else [mark]
        found.setdefault(kind, []).append(key)
    twice = any(len(set(keys)) > 1 for kind, keys in found.items() if kind not in ("agencies", ""))
    sign = found.get("tendency", [tendency])[0]
    if unknown or twice or (tendency and sign != tendency):
        said = tuple(unknown) or (head["marks"].strip(),)
        return Note(note[head.start("marks") - 1 :], tendency=tendency, not_understood=said)
    return Note(
        note[head.end() :],
        criterion=found.get("criteria", [""])[0],
        source=found.get("sources", [""])[0],
        agencies=tuple(dict.fromkeys(found.get("agencies", ()))),
        tendency=sign,
        child=found.get("children", [""])[0],
    )


def write(note: Note) -> str:
    """A note as a person could have typed it; `read` makes the same note of it, given the same vocabulary."""
    marks = [mark for mark in (note.criterion, note.source, *note.agencies, note.child) if mark]
    sign = next((sign for sign, tendency in SIGNS.items() if tendency == note.tendency), "")
    head = _HEAD.match(note.words)
    like_marks = head is not None and (head["sign"] or (head["marks"] is not None and not note.not_understood))
    bracket = f"[{'; '.join(marks)}]" if marks or like_marks or not note.words else ""
    return " ".join(part for part in (sign, bracket, note.words) if part)


def _meant(mark: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """What a mark names: ("agencies", "police"); ("", "") where it names nothing, or more than one thing."""
    if mark in SIGNS:
        return "tendency", SIGNS[mark]
    kinds = {
        "criteria": vocabulary.criteria,
        "sources": vocabulary.sources,
        "agencies": vocabulary.agencies,
        "children": vocabulary.children,
    }
    for kind, titles in kinds.items():
        if key := next((key for key in titles if key.casefold() == mark.casefold()), None):
            return kind, key
    wanted = normalise(mark)
    every = [(kind, key, normalise(title)) for kind, titles in kinds.items() for key, title in titles.items()]
    same = [(kind, key) for kind, key, title in every if title == wanted]
    begun = same or [(kind, key) for kind, key, title in every if wanted and title.startswith(wanted)]
    return begun[0] if len(begun) == 1 else ("", "")
