"""How a grade is shown: its word, its letter, its style class. Never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GradeLook:
    """`key` is the contract's grade, or one of our two for "none"; `css` the suffix of the style classes."""

    key: str
    title: str
    letter: str
    css: str
    rank: int
    """4 is best; 0 where there is no grade."""


NO_GRADE = "no_grade"
NOT_INSPECTED = "not_inspected"

LOOKS = {
    look.key: look
    for look in (
        GradeLook("outstanding", "Outstanding", "O", "outstanding", 4),
        GradeLook("good", "Good", "G", "good", 3),
        GradeLook("requires_improvement", "Requires improvement", "RI", "ri", 2),
        GradeLook("inadequate", "Inadequate", "I", "inadequate", 1),
        GradeLook(NO_GRADE, "No grade for this judgement", "–", "none", 0),
        GradeLook(NOT_INSPECTED, "No inspection published", "·", "missing", 0),
    )
}

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")


def look_of(grade: str | None, *, inspected: bool = True) -> GradeLook:
    """The look of a grade; without one, of "no grade" or "no inspection"."""
    return LOOKS[grade or (NO_GRADE if inspected else NOT_INSPECTED)]


def direction(before: str | None, after: str | None) -> str:
    """ "up", "down" or "same" between two grades; "same" where either is missing."""
    if before is None or after is None:
        return "same"
    step = LOOKS[after].rank - LOOKS[before].rank
    return "up" if step > 0 else "down" if step < 0 else "same"
