"""Parameters that several questions share, and the words that tell by which date an answer was counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

Frameworks = Annotated[
    list[str] | None,
    typer.Option(
        "--framework",
        metavar="F[,F…]",
        help="Framework families, taken together: slac, cpi, tlac, sif, ilacs; may be given again.",
    ),
]
Judgement = Annotated[str, typer.Option("--judgement", metavar="KEY", help="Which judgement.")]
Dates = Annotated[
    str,
    typer.Option(
        "--dates",
        metavar="official|published",
        help="Count by the date that the official series counts by, or all by publication.",
    ),
]
Polarity = Annotated[
    str | None,
    typer.Option(
        "--polarity",
        metavar="P",
        help="Only praise (or strength), concern (weakness), praise and concern in one (mixed) or context.",
    ),
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only published from that day.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Only published by that day.")]
Fictional = Annotated[
    bool, typer.Option("--fictional", help="Also in specimens of our own making, which are left out otherwise.")
]

_RULES = {"inspection_start": "first day on site", "publication": "day of publication"}


def counting_rule(counted_by: Mapping[str, str], dates: str) -> str:
    """How inspections were placed in time, in words: "counted by first day on site, as Ofsted does"."""
    suffix = ", as Ofsted does" if dates == "official" else ""
    rules = sorted(set(counted_by.values()))
    if len(rules) == 1:
        return f"counted by {_RULES[rules[0]]}{suffix}"
    parts = [
        f"{', '.join(family for family, by in counted_by.items() if by == rule)} by {_RULES[rule]}" for rule in rules
    ]
    return f"counted {'; '.join(parts)}{suffix}"
