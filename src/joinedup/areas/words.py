"""Folds text so that names can be compared: "&" is "and", apostrophes vanish, every other sign parts words."""

from __future__ import annotations


class _Fold(dict[int, str | None]):
    """A table for str.translate that fills itself: letters and digits stay."""

    def __missing__(self, code: int) -> str:
        kept = self[code] = chr(code) if chr(code).isalnum() else " "
        return kept


_FOLD = _Fold({ord("&"): " and ", ord("'"): None, ord("\u2019"): None, ord("\u2018"): None})


def fold(text: str) -> str:
    """The text with signs folded, its case kept: "St. Helens" and "St Helens" have the same words."""
    return text.translate(_FOLD)
