"""How an inspection is named where its own heading does not stand above: by its area first, and by its reference."""

from __future__ import annotations

from joinedup.areas import get_area


def to_do(what: str, area: str, reference: str) -> str:
    """The words for something to be done in an inspection: what, the name of its area (its slug), its reference."""
    return f"{what}: {get_area(area).name}, {reference}"
