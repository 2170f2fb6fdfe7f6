"""The grade words of official files, as the contract's four grades."""

from __future__ import annotations

from joinedup.statistics.errors import LayoutChangedError

_WORDS = {
    "outstanding": "outstanding",
    "good": "good",
    "requires improvement": "requires_improvement",
    "requires improvement to be good": "requires_improvement",
    # The word before November 2013; Ofsted's own series counts it as "requires improvement" (2023 underlying data).
    "adequate": "requires_improvement",
    "inadequate": "inadequate",
}
_NO_JUDGEMENT = {"", "-", "–", "n/a", "na", "not judged", "not applicable", "null", "none"}


def read_grade(text: object, *, where: str) -> str | None:
    """The grade, or None where the file gives no judgement (blank, "-"). An unknown word: LayoutChangedError."""
    words = " ".join(str(text or "").split()).casefold()
    if words in _NO_JUDGEMENT:
        return None
    try:
        return _WORDS[words]
    except KeyError:
        raise LayoutChangedError(
            "a grade (Outstanding, Good, Requires improvement, Adequate, Inadequate) or no judgement",
            f"'{text}'",
            where=where,
        ) from None
