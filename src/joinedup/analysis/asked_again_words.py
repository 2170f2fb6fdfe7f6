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
_HEAD = 7
"""So many weighed terms from its start name what a wording is about; the rest say how or why."""

_SMALL = frozenset(
    """a about across after again all also although always an and any are as at be because been before being between both
    but by can could did do does doing done down during each either ensure ensuring ensured every few for from further
    had has have having he her here hers him his how however i if in include includes including into is it its itself
    just less like make makes made making many may more most much must need needs needed no nor not now of off often on
    once one only onto or other others our out over own per same should so some such take taken takes than that the
    their them then there these they this those through to too toward towards under until up upon use used uses using
    very was we well were what when where whether which while who whom whose why will with within without would yet
    you your child children young people person family families local authority area inspector inspectors""".split()
)


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


def _stems(text: str) -> list[str]:
    text = text.lower().replace("’", "'").replace("‘", "'")
    return [stem(word) for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing of the field. `of` is "group" (of children) or "body" where it only says whose matter something is."""

    name: str
    theme: str | None
    of: str | None


@cache
def _concepts() -> dict[str, list[tuple[tuple[str, ...], Concept]]]:
    """The names of every concept as stems, under their first stem, longest first."""
    import tomllib

    text = (files("joinedup.analysis") / "asked_again_data" / "concepts.toml").read_text(encoding="utf-8")
    found: dict[str, dict[tuple[str, ...], Concept]] = {}
    for name, told in tomllib.loads(text).items():
        concept = Concept(name, told.get("theme"), told.get("of"))
        for phrase in told["phrases"]:
            stems = tuple(word for word in _stems(phrase) if word not in _ARTICLES)
            found.setdefault(stems[0], {})[stems] = concept
    return {first: sorted(names.items(), key=lambda one: -len(one[0])) for first, names in found.items()}


_ARTICLES = frozenset(("the", "a", "an", "of", "and", "or", "in", "from", "for", "to"))
_SMALL_STEMS = frozenset(stem(word) for word in _SMALL) | _SMALL


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

    `terms` are its terms with their weights (a concept is written in capitals); `head` those that it begins with;
    `total` the sum and `norm` the length of the weights; `themes`, `groups` and `bodies` what its concepts tell;
    `words` its stems, in order.
    """

    terms: Mapping[str, float]
    head: Mapping[str, float]
    total: float
    norm: float
    themes: frozenset[str]
    groups: frozenset[str]
    bodies: frozenset[str]
    words: tuple[str, ...]


def terms_in(text: str) -> tuple[list[str], list[Concept]]:
    """The terms of a text in their order, small words left out, and the concepts among them."""
    return _terms([word for word in _stems(text) if word not in _ARTICLES])


def _terms(words: Sequence[str]) -> tuple[list[str], list[Concept]]:
    names, found, met = _concepts(), [], []
    at = 0
    while at < len(words):
        for phrase, concept in names.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                found.append(concept.name.upper())
                met.append(concept)
                at += len(phrase)
                break
        else:
            if words[at] not in _SMALL_STEMS and not words[at].isdigit():
                found.append(words[at])
            at += 1
    return found, met


def weigh(text: str) -> Wording:
    """A text as a wording."""
    words = tuple(word for word in _stems(text) if word not in _ARTICLES)
    order, concepts = _terms(words)
    table, unknown = weights()["terms"], weights()["unknown"]
    found = {term: table.get(term, unknown) for term in order}
    head = {term: found[term] for term in _first(order, found)}
    return Wording(
        terms=found,
        head=head,
        total=sum(found.values()),
        norm=sum(weight * weight for weight in found.values()) ** 0.5,
        themes=frozenset(one.theme for one in concepts if one.theme),
        groups=frozenset(one.name for one in concepts if one.of == "group"),
        bodies=frozenset(one.name for one in concepts if one.of == "body"),
        words=words,
    )


def _first(order: Sequence[str], weight: Mapping[str, float]) -> Sequence[str]:
    """The first terms that weigh something: "quality", "timeliness" and the like are everywhere and weigh little."""
    heavy = [term for term in dict.fromkeys(order) if weight[term] >= weights()["light"]]
    return heavy[:_HEAD]


def sentences(text: str) -> list[str]:
    """A paragraph's sentences; a list inside it counts as sentences too."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
