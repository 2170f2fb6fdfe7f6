"""Printed words in one form, so that a heading or a grade is recognised by looking it up.

A report prints the same heading in many ways: numbered, with curly quotes, with its grade after a colon. `normalise`
takes away what carries no meaning, and nothing else; what remains is compared exactly.
"""

from __future__ import annotations

import re
from functools import cache

from joinedup.frameworks.model import Framework, Judgement, Outcome

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00ad": "", "\u200b": ""}
)
_NUMBER = re.compile(r"^\s*(?:[•▪◼■*-]\s*)?(?:\d+(?:\.\d+)*[.)]?\s+)?(?:key judgement:?\s+)?")
_COPULA = re.compile(r"\s(?:is|are)(?: that it(?: is)?)?$")
_SAID = re.compile(r"^(?:(?:is|are|that it|judged|to be)\s)+")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Lower case, plain quotes and dashes, single spaces; without what only frames a heading.

    That is a number, a bullet or "the" before it, and a stop, a colon or "is that it is" after it.
    """
    plain = _SPACE.sub(" ", text.translate(_PLAIN)).strip().lower()
    plain = _COPULA.sub("", _NUMBER.sub("", plain).strip(" .:;,-"))
    return plain.removeprefix("the ")


@cache
def _headings(framework: Framework) -> dict[str, Judgement]:
    forms: dict[str, Judgement] = {}
    for judgement in framework.judgements:
        for form in (normalise(judgement.title), *judgement.headings):
            forms[form] = judgement
    return forms


@cache
def _grades(framework: Framework) -> dict[str, str]:
    return {form: grade.key for grade in framework.grades for form in (normalise(grade.title), *grade.printed)}


def judgement_for_heading(framework: Framework, heading: str) -> Judgement | None:
    """The judgement that a printed heading names (without its grade), or None. Exact once normalised."""
    return _headings(framework).get(normalise(heading))


def grade_from_words(framework: Framework, words: str) -> str | None:
    """The grade that printed words state ("Requires improvement to be good", "is good", "Adequate" in 2009), or None.

    Only the framework's own printed forms count, so "Adequate" is a grade of 2009 and none of 2018.
    """
    return _grades(framework).get(_SAID.sub("", _bracketless(normalise(words))))


def outcome_from_words(framework: Framework, words: str) -> Outcome | None:
    """The outcome that a passage states, by the first of the framework's phrases in it; None where there is none."""
    text = normalise(words)
    found = [
        (text.find(phrase), outcome) for outcome in framework.outcomes for phrase in outcome.phrases if phrase in text
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def _bracketless(text: str) -> str:
    return _SPACE.sub(" ", text.replace("(", " ").replace(")", " ")).strip()
