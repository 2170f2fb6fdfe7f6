"""Mixes of grades that hang together, as the frameworks' own rules and the published record have them.

Overall is inadequate exactly where a key judgement is (adoption and, in the single inspection framework, care leavers
are parts of a key judgement and do not decide alone: Ofsted's outcomes, 2014 to 2017); otherwise most key judgements
bear the overall grade and the rest stand one away from it.
"""

from __future__ import annotations

import random

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")

USUAL = {"outstanding": 2, "good": 9, "requires_improvement": 8, "inadequate": 4}
"""How often each overall grade is drawn, out of all of these together."""

WORDS = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires_improvement": "Requires improvement",
    "inadequate": "Inadequate",
}
LONG_WORDS = {**WORDS, "requires_improvement": "Requires improvement to be good"}
OLD_WORDS = {**WORDS, "requires_improvement": "Adequate"}
OLD_NUMBERS = {"outstanding": 1, "good": 2, "requires_improvement": 3, "inadequate": 4}


def draw_overall(rng: random.Random) -> str:
    """An overall grade, in the proportions that are usual."""
    return rng.choices(GRADES, [USUAL[grade] for grade in GRADES])[0]


def draw_mix(overall: str, keys: tuple[str, ...], rng: random.Random) -> dict[str, str]:
    """Grades of the key judgements that go with an overall grade."""
    grades = dict.fromkeys(keys, overall)
    place = GRADES.index(overall)
    odd = rng.choice(keys[1:])
    if overall == "inadequate":
        # at least the first stays inadequate; the others may stand higher
        for key in keys[1:]:
            grades[key] = rng.choice(("inadequate", "requires_improvement"))
    elif overall == "requires_improvement":
        grades[odd] = rng.choice(("good", "requires_improvement"))
    else:
        grades[odd] = rng.choice((overall, GRADES[place + 1]))
    return grades


def draw_part(grade: str, rng: random.Random) -> str:
    """The grade of a part of a key judgement: its own or one away from it, for better or worse."""
    place = GRADES.index(grade)
    near = [GRADES[other] for other in (place - 1, place, place, place + 1) if 0 <= other < len(GRADES)]
    return rng.choice(near)
