"""One wording as weighed terms, so that two wordings of the same thing meet.

A term is a word without its ending, or a concept of the field under any of its names ("return home interviews", "return
interviews"): `asked_again_data/concepts.toml`. What a term weighs was learnt from how rare it is in published reports
(`asked_again_data/weights.json`: words and numbers only; `bench/asked_again.py` makes it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z◼•])|\s*[◼•]\s*")
_PURPOSE = re.compile(
    r"\b(?:so that|in order (?:to|that)|to (?:ensure|enable|allow|help|support|avoid|prevent|reduce|inform|make sure|"
    r"improve|provide|demonstrate)|which (?:means|will|leads)|as a result|meaning that|"
    r"where (?:it should|appropriate))\b"
)
_LEAST_SAID = 40
"""A purpose can only follow what was asked: "Take steps to ensure that ..." begins with no purpose."""
_PURPOSE_SHARE = 0.4
_LATER_SENTENCE = 0.6
_ARTICLES = frozenset(("the", "a", "an", "of", "and", "or", "from", "for", "to"))
_HEAD = 7
"""So many weighed terms from its start name what a wording is about; the rest say how or why."""


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """A word of lower-case letters without its ending, so that its forms meet: cheap, and the same every time."""
    word = word.split("'")[0]
    if len(word) < 4 or not word.isalpha():
        return word
    return _bare_end(_noun_end(_plural(word)))


def _plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _noun_end(word: str) -> str:
    if word.endswith("iness") and len(word) > 7:
        word = word[:-5] + "y"
    if word.endswith("ment") and len(word) > 9:
        word = word[:-4]
    for ends, stays in ((("ency", "ence", "ent"), "en"), (("ancy", "ance", "ant"), "an"), (("ation", "ition"), "")):
        for end in ends:
            if word.endswith(end) and len(word) > len(end) + 3:
                return word[: -len(end)] + stays
    return word


def _bare_end(word: str) -> str:
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    for end in ("ing", "ed"):
        if word.endswith(end) and len(word) > len(end) + 3:
            word = word[: -len(end)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word.rstrip("e") if len(word) > 4 else word


def stems(text: str) -> list[str]:
    """The words without their endings, less the words that make no difference between two names of one thing."""
    text = text.lower().replace("’", "'").replace("‘", "'")
    return [stem(word) for word in _WORD.findall(text) if word not in _ARTICLES]


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing of the field.

    `of` is "group" (of children) or "body" where it only says whose matter something is; `broad` marks what runs
    through all work with children (plans, assessments), so that two wordings that share it may be on different things.
    """

    name: str
    theme: str | None
    of: str | None
    broad: bool


class _Branch:
    """Where the names of concepts lead from one stem to the next; `ends` is the concept that ends here, if any."""

    __slots__ = ("ends", "on")

    def __init__(self) -> None:
        self.on: dict[str, _Branch] = {}
        self.ends: Concept | None = None


@cache
def _small() -> frozenset[str]:
    """Words that say nothing of what a wording is on, as stems: "ensure", "children", "which"."""
    words = (files("joinedup.analysis") / "asked_again_data" / "small_words.txt").read_text(encoding="utf-8").split()
    return frozenset(stem(word) for word in words) | frozenset(words)


@cache
def _concepts() -> _Branch:
    """The names of every concept, stem by stem."""
    import tomllib

    text = (files("joinedup.analysis") / "asked_again_data" / "concepts.toml").read_text(encoding="utf-8")
    root = _Branch()
    for name, told in tomllib.loads(text).items():
        concept = Concept(name.upper(), told.get("theme"), told.get("of"), told.get("broad", False))
        for phrase in told["phrases"]:
            branch = root
            for word in stems(phrase):
                branch = branch.on.setdefault(word, _Branch())
            branch.ends = concept
    return root


@cache
def weights() -> Mapping[str, Any]:
    """What was learnt: `terms` (term to weight), `unknown` (the weight of any other) and the two models' numbers."""
    import json

    text = (files("joinedup.analysis") / "asked_again_data" / "weights.json").read_text(encoding="utf-8")
    told: Mapping[str, Any] = json.loads(text)
    return told


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording, weighed.

    `terms` are its terms with their weights (a concept is written in capitals), less where a term stands only in what
    the thing is for ("so that ...") or after the first sentence; `head` those that it begins with; `total` the sum and
    `norm` the length of the weights. `things` are the concepts among its terms, `narrow` the telling ones with how
    prominent each is (0 to 1), `subject` the first; `themes`, `groups` and `bodies` what the concepts tell.
    """

    terms: Mapping[str, float]
    head: Mapping[str, float]
    total: float
    norm: float
    narrow: Mapping[str, float]
    things: Mapping[str, float]
    themes: frozenset[str]
    groups: frozenset[str]
    bodies: frozenset[str]
    subject: str | None


def terms_in(text: str) -> tuple[list[str], list[Concept]]:
    """The terms of a text in their order, small words left out, and the concepts among them."""
    root, small, found, met = _concepts(), _small(), [], []
    words = stems(text)
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word in root.on:
            concept, end = _longest(root.on[word], words, at)
            if concept is not None:
                found.append(concept.name)
                met.append(concept)
                at = end
                continue
        if word not in small and not word.isdigit():
            found.append(word)
    return found, met


def _longest(branch: _Branch, words: Sequence[str], at: int) -> tuple[Concept | None, int]:
    """The concept with the longest name that goes on from a branch, and where it ends."""
    concept, end = branch.ends, at
    while at < len(words) and words[at] in branch.on:
        branch = branch.on[words[at]]
        at += 1
        if branch.ends is not None:
            concept, end = branch.ends, at
    return concept, end


@lru_cache(maxsize=2_000)
def _whose(about: str) -> tuple[Concept, ...]:
    """The bodies and groups of children that a heading names."""
    return tuple(one for one in terms_in(about)[1] if one.of)


@lru_cache(maxsize=20_000)
def weigh(text: str, about: str = "") -> Wording:
    """A text as a wording. `about` is what stands over it (its section): it tells whose matter it is, no more."""
    table, unknown, light = weights()["terms"], weights()["unknown"], weights()["light"]
    prominent: dict[str, float] = {}
    concepts: dict[str, Concept] = {}
    for part, share in parts(text):
        order, met = terms_in(part)
        concepts.update((one.name, one) for one in met)
        for term in order:
            prominent.setdefault(term, share)
    plain = {term: table.get(term, unknown) for term in prominent}
    found = {term: weight * prominent[term] for term, weight in plain.items()}
    heavy = [term for term in plain if plain[term] >= light]
    over = _whose(about)
    return Wording(
        terms=found,
        head={term: found[term] for term in heavy[:_HEAD]},
        total=sum(found.values()),
        norm=sum(weight * weight for weight in found.values()) ** 0.5,
        narrow={name: prominent[name] for name, one in concepts.items() if not (one.broad or one.of)},
        things={name: found[name] for name in concepts},
        themes=frozenset(one.theme for one in concepts.values() if one.theme),
        groups=frozenset(one.name for one in (*concepts.values(), *over) if one.of == "group"),
        bodies=frozenset(one.name for one in (*concepts.values(), *over) if one.of == "body"),
        subject=next((name for name, one in concepts.items() if not one.of), None),
    )


def parts(text: str) -> list[tuple[str, float]]:
    """A wording cut where it stops saying what is asked and says what for, each part with its share of the weight."""
    found = []
    for number, sentence in enumerate(sentences(text)):
        share = 1.0 if number == 0 else _LATER_SENTENCE
        cut = next((m.start() for m in _PURPOSE.finditer(sentence) if m.start() >= _LEAST_SAID), len(sentence))
        found.append((sentence[:cut], share))
        if cut < len(sentence):
            found.append((sentence[cut:], share * _PURPOSE_SHARE))
    return found


def sentences(text: str) -> list[str]:
    """A paragraph's sentences; a list inside it counts as sentences too."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
