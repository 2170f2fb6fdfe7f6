"""What a request asks for, and how likely it is that two requests ask for the same thing.

Two models, learnt from labels made by reading (docs/explanation/asked-again.md). The first tells from a request's words
which matters of the field it asks to be improved ("supervision", "pathway-plans": `matters`), and which of them it asks
for before all others (`leads`). The second weighs what two requests have in common and what only one of them has: the
numbers of `asked_again_scoring.features`, each term with a weight of its own, and their matters.
`bench/asked_again.py` makes the weights (`asked_again_data/requests.json.gz`: words and numbers only).
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from joinedup.analysis.asked_again_scoring import FEATURES, features, logistic
from joinedup.analysis.asked_again_words import Wording, parts, stems, weigh

LEAST_LIKELY = 0.02
"""A matter less likely than this is not among a request's matters."""
_LEADING, _LEADS_FROM = 3, 0.2
"""So many matters lead a request at most, each at least so likely."""
_COMMON, _APART = 0.01, 0.1
"""From such a product a matter is common to two requests; from such a difference it is apart."""
_ASIDE = 0.5
"""A part of a wording that weighs less than this tells what a thing is for, and not what is asked."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request made ready to be compared: its wording, and how likely (0 to 1) each matter is among what it asks for.

    `leading` are the likeliest matters, at most three. `leads` has of each matter its share of the likelihood of being
    asked for before all others. Shares below `LEAST_LIKELY` are left out, so that they add up to 1 at most, and to far
    less where no matter stands out.
    """

    wording: Wording
    matters: Mapping[str, float]
    leading: tuple[str, ...]
    leads: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class MatterWeights:
    """What tells matters: for each mark of a request those that it speaks for or against, and each matter's start."""

    marks: Mapping[str, Mapping[str, float]]
    bias: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RequestWeights:
    """What was learnt. `matters` tells what a request asks for, `leads` what first; `rare` is how telling it is that
    two requests share a matter, `pairs` the weight of each mark of a pair."""

    matters: MatterWeights
    leads: MatterWeights
    rare: Mapping[str, float]
    pairs: Mapping[str, float]


@cache
def request_weights() -> RequestWeights:
    """The shipped weights."""
    packed = (files("joinedup.analysis") / "asked_again_data" / "requests.json.gz").read_bytes()
    told = json.loads(gzip.decompress(packed))
    return RequestWeights(_unpacked(told["matters"]), _unpacked(told["leads"]), told["rare"], told["pairs"])


def _unpacked(told: Mapping[str, Any]) -> MatterWeights:
    """Rows name a matter by its number and give its weight in hundredths, by turns; equal ones are one object here."""
    names = list(told["bias"])
    weight = {part: part / 100 for row in told["marks"].values() for part in row[1::2]}
    marks = {
        mark: {names[number]: weight[part] for number, part in zip(row[::2], row[1::2], strict=True)}
        for mark, row in told["marks"].items()
    }
    return MatterWeights(marks, told["bias"])


def marks(text: str, about: str, framework: str | None) -> set[str]:
    """What the first model goes by: words and pairs of words (apart where they say only what for), what the wording
    begins with, its concepts, the words above it, and the framework."""
    found = set()
    for part, share in parts(text):
        words = stems(part)
        aside = "p:" if share < _ASIDE else ""
        found |= {aside + word for word in words}
        found |= {f"{aside}{one}_{two}" for one, two in pairwise(words)}
    wording = weigh(text, about)
    found |= {f"h:{term}" for term in wording.head}
    found |= {f"c:{name}" for name in wording.things}
    found |= {f"n:{name}" for name in wording.narrow}
    found |= {f"a:{word}" for word in stems(about)}
    return found | {f"s:{wording.subject}", f"f:{framework}"}


@lru_cache(maxsize=20_000)
def read_request(text: str, about: str = "", framework: str | None = None) -> Request:
    """A request by the shipped weights. `about` is what stands over it, `framework` the family of its report."""
    known, given = request_weights(), marks(text, about, framework)
    return request(weigh(text, about), likely_matters(given, known.matters), likely_matters(given, known.leads))


def likely_matters(given: Iterable[str], weights: MatterWeights) -> dict[str, float]:
    """How likely each matter is, by a request's marks."""
    scores = dict(weights.bias)
    for mark in given:
        for matter, weight in weights.marks.get(mark, {}).items():
            scores[matter] += weight
    return {matter: logistic(score) for matter, score in scores.items()}


def request(wording: Wording, likely: Mapping[str, float], leads: Mapping[str, float]) -> Request:
    """A request, from its wording and how likely each matter is, and is the first."""
    matters = {matter: chance for matter, chance in likely.items() if chance >= LEAST_LIKELY}
    first = sorted(matters, key=lambda matter: (-matters[matter], matter))[:_LEADING]
    every = sum(leads.values()) or 1.0
    shares = {matter: chance / every for matter, chance in leads.items() if chance >= LEAST_LIKELY * every}
    return Request(wording, matters, tuple(matter for matter in first if matters[matter] >= _LEADS_FROM), shares)


def chance_same(earlier: Request, later: Request, weights: RequestWeights | None = None) -> float:
    """How likely (0 to 1) the later request asks for the same thing. Nothing in common, no likelihood."""
    if not _meet(earlier, later):
        return 0.0
    known = weights or request_weights()
    found = pair_marks(earlier, later, known.rare)
    return logistic(sum(known.pairs.get(mark, 0.0) * value for mark, value in found.items()))


def _meet(earlier: Request, later: Request) -> bool:
    """Whether two requests have a matter or a telling concept in common; of others hardly any ask for the same."""
    ours, theirs = earlier.matters, later.matters
    if any(chance * theirs[matter] >= _COMMON for matter, chance in ours.items() if matter in theirs):
        return True
    return not earlier.wording.narrow.keys().isdisjoint(later.wording.narrow)


def pair_marks(earlier: Request, later: Request, rare: Mapping[str, float]) -> dict[str, float]:
    """What the second model goes by: marks of a pair, each with its value (0 to about 1).

    "=name" are the plain numbers, "%name" shares of matters (with "lead" of what each asks for first); "+term" is
    common, "-term" only one has, "^term" both begin with; "#matter" is common, "~matter" apart; "term|term" and
    "matter&matter" stand where one begins with, or is led by, the one and the other by the other.
    """
    ours, theirs = earlier.wording, later.wording
    found = {f"={name}": number for name, number in zip(FEATURES, features(ours, theirs), strict=True)}
    found.update(_matters_of(earlier.matters, later.matters, rare))
    found.update(_leads_of(earlier, later))
    most = max(ours.terms.values(), default=1.0), max(theirs.terms.values(), default=1.0)
    for one, other in ((ours, theirs), (theirs, ours)):
        for term, weight in one.terms.items():
            if term not in other.terms:
                found[f"-{term}"] = weight / one.total
    for term, weight in ours.terms.items():
        if term in theirs.terms:
            found[f"+{term}"] = min(weight / most[0], theirs.terms[term] / most[1])
    found.update((f"^{term}", 1.0) for term in ours.head if term in theirs.head)
    found.update((mark, 1.0) for mark in _crossed(_concepts(ours), _concepts(theirs), "|"))
    found.update((mark, 1.0) for mark in _crossed(earlier.leading, later.leading, "&"))
    return found


def _concepts(wording: Wording) -> list[str]:
    return [term for term in wording.head if term.isupper()]


def _crossed(ours: Iterable[str], theirs: Iterable[str], sign: str) -> Iterable[str]:
    other = list(theirs)
    return (sign.join(sorted((one, two))) for one in ours for two in other if one != two)


def _leads_of(earlier: Request, later: Request) -> dict[str, float]:
    """Whether both ask for the same matter first, and whether what one asks for first is among the other's matters."""
    ours, theirs = earlier.leads, later.leads
    both = [(share, theirs[matter]) for matter, share in ours.items() if matter in theirs]
    return {
        "%lead": sum(math.sqrt(one * two) for one, two in both),
        "%lead_of_both": sum(one * two for one, two in both),
        "%lead_of_earlier": sum(share * later.matters.get(matter, 0.0) for matter, share in ours.items()),
        "%lead_of_later": sum(share * earlier.matters.get(matter, 0.0) for matter, share in theirs.items()),
    }


def _matters_of(ours: Mapping[str, float], theirs: Mapping[str, float], rare: Mapping[str, float]) -> dict[str, float]:
    both = {matter: (chance, theirs[matter]) for matter, chance in ours.items() if matter in theirs}
    found = {f"~{matter}": abs(ours.get(matter, 0.0) - theirs.get(matter, 0.0)) for matter in {**ours, **theirs}}
    found = {mark: apart for mark, apart in found.items() if apart >= _APART}
    none, best, most, product, lesser, plain = 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for matter, (one, two) in both.items():
        root = math.sqrt(one * two)
        none *= 1 - one * two
        best = max(best, root * rare[matter])
        most = max(most, root)
        product += one * two * rare[matter]
        lesser += min(one, two) * rare[matter]
        plain += min(one, two)
        if one * two >= _COMMON:
            found[f"#{matter}"] = root
    weight = [sum(chance * rare[matter] for matter, chance in side.items()) for side in (ours, theirs)]
    length = [sum(chance * chance * rare[matter] for matter, chance in side.items()) for side in (ours, theirs)]
    found["%any"] = 1 - none
    found["%cosine"] = product / (math.sqrt(length[0] * length[1]) or 1.0)
    found["%of_all"] = lesser / ((weight[0] + weight[1] - lesser) or 1.0)
    found["%of_lesser"] = lesser / (min(weight) or 1.0)
    found["%best"], found["%most"], found["%sum"] = best, most, plain / 3
    return found
