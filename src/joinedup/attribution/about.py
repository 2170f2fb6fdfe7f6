"""What a statement is about: of the taxonomy's themes, those that a reader would look for it under.

Words name many themes in passing: a third of the themes that a statement names, it is not about. So each theme is
weighed by how the statement names it (how often, how early, beside how many others, in the heading alone) with weights
that all themes share, and by the statement's words with weights of the theme's own. Readers' labels taught the weights
(`docs/explanation/attribution.md`); a theme that nobody has labelled yet goes by the shared ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from joinedup.attribution.model import Statement, Theme
from joinedup.attribution.themes import named, themes
from joinedup.attribution.weights import ALWAYS, UNITS, logistic, theme_weights
from joinedup.attribution.words import Words, cut, telling

Span = tuple[int, int]
How = tuple[int, int, bool, int]
"""How a statement names a theme: how many themes it names (to 8); how often this one (to 4; 0 where the heading alone
names it); whether in its first sentence; and 0 the heading does not name it, 1 it does, 2 it does and the statement
names no theme."""


def judge_themes(statement: Statement, words: Words, family: str | None) -> tuple[Theme, ...]:
    """The themes that a statement is about, in the taxonomy's order, each with the words that speak for it.

    `words` are the statement's; `family` is its report's framework.
    """
    known = theme_weights()
    place, heading = _place(statement.section, statement.lead_in, family)
    scores = place.copy()
    for word in known.words.intersection(words.plain):
        for number, weight in known.lexical[word]:
            scores[number] += weight
    spans, hows = named_how(words, heading)
    for number, how in hows.items():
        scores[number] += _RELATIONAL[number, how]
    return tuple(
        [
            _told(number, scores[number], statement, words, spans.get(number), heading)
            for number in choose(scores, hows, known.least)
        ]
    )


def choose(scores: Sequence[float], named: Iterable[int], least: float) -> list[int]:
    """The themes whose score is `least` or more; or else the likeliest of those that the statement or its heading
    names, if there is one: "This is not consistent" is about what its heading is about."""
    chosen = [number for number, score in enumerate(scores) if score >= least]
    return chosen or sorted(named, key=lambda number: -scores[number])[:1]


@lru_cache(maxsize=4096)
def _place(section: str | None, lead_in: str | None, family: str | None) -> tuple[list[int], Mapping[int, Span]]:
    """What a statement's place says of each theme, and where its heading names one; many stand in one place."""
    known = theme_weights()
    scores = [0] * len(themes())
    for number, weight in known.bias:
        scores[number] += weight
    for feature in place_features(section, lead_in, family):
        for number, weight in known.lexical.get(feature, ()):
            scores[number] += weight
    return scores, in_heading(section)


class _Relational(dict[tuple[int, How], int]):
    """What it says for a theme that a statement names it so, each worked out once."""

    def __missing__(self, key: tuple[int, How]) -> int:
        number, how = key
        known = theme_weights().relational[number]
        said = self[key] = sum(known.get(name, 0) for name in relational(how))
        return said


_RELATIONAL = _Relational()


def lexical(statement: Statement, words: Words, family: str | None) -> set[str]:
    """The features whose weights are each theme's own: the statement's words and its place."""
    return telling(words) | place_features(statement.section, statement.lead_in, family)


def place_features(section: str | None, lead_in: str | None, family: str | None) -> set[str]:
    """A statement's place as features: the words of its heading and of its lead-in, and the framework."""
    around = {"section": section or "", "lead-in": lead_in or ""}
    words = {f"{where}|{word}" for where, text in around.items() for word in telling(cut(text))}
    return {ALWAYS, f"family|{family}", *words}


def in_heading(section: str | None) -> dict[int, Span]:
    """The numbers of the themes that a heading names, with where it does first."""
    return dict(reversed(named(cut(section)))) if section else {}


def named_how(words: Words, heading: Iterable[int]) -> tuple[dict[int, Span], dict[int, How]]:
    """Where a statement first names each theme that it names; and how it names each that it or its heading names."""
    end = words.text.find(". ")
    spans: dict[int, Span] = {}
    times: dict[int, int] = {}
    for number, span in named(words):
        if number in times:
            times[number] += 1
        else:
            times[number], spans[number] = 1, span
    crowd = min(len(times), 8)
    hows = {
        number: (crowd, min(times[number], 4), end < 0 or start <= end, int(number in heading))
        for number, (start, _) in spans.items()
    }
    for number in heading:
        if number not in hows:
            hows[number] = (crowd, 0, False, 1 if crowd else 2)
    return spans, hows


def relational(how: How) -> list[str]:
    """The features of how a theme is named: those that begin with "=" have a weight of the theme's own beside the one
    that all themes share."""
    crowd, times, soon, heading = how
    if not times:
        return ["=section", "=section, not in", *["=section alone"] * (heading == 2)]
    return [
        "=in",
        f"crowd {crowd}",
        f"times {times}" if times > 1 else "=times 1",
        *["=first sentence"] * soon,
        *["=section", "section, in"] * heading,
    ]


def _told(
    number: int, score: int, statement: Statement, words: Words, span: Span | None, heading: Mapping[int, Span]
) -> Theme:
    """A theme with the words that speak for it: those that name it (`span`), or the heading's that do, or else the word
    that weighs most; or else its place, of which the framework alone may tell."""
    key, sure, section = themes()[number].key, round(logistic(score / UNITS), 3), statement.section or ""
    if span is None and number in heading:
        return Theme(key, section[slice(*heading[number])], None, None, sure)
    span = span or _weightiest(number, words)
    if span is None:
        return Theme(key, section or statement.lead_in or statement.text, None, None, sure)
    start, end = span
    return Theme(key, words.text[start:end], start, end, sure)


def _weightiest(number: int, words: Words) -> Span | None:
    """Where the word stands that weighs most for a theme; None where none does."""
    rows = theme_weights().lexical
    best, at = 0, -1
    for place, word in enumerate(words.plain):
        for theme, weight in rows.get(word, ()):
            if theme == number and weight > best:
                best, at = weight, place
    if at < 0:
        return None
    start = words.start(at)
    return start, start + len(words.printed(at))
