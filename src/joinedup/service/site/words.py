"""Days and numbers as people write them."""

from __future__ import annotations

import datetime as dt


def day_in_words(value: dt.date | None) -> str:
    """16 November 2016; a dash where there is no day."""
    return f"{value.day} {value:%B %Y}" if value else "–"


def short_day_in_words(value: dt.date | None) -> str:
    """16 Nov 2016; a dash where there is no day."""
    return f"{value.day} {value:%b %Y}" if value else "–"


def number_in_words(value: int) -> str:
    """14,467: on every page and in every sentence the same."""
    return f"{value:,}"
