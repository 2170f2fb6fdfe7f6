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
        help="One or more framework families, taken together: slac, cpi, tlac, sif, ilacs.",
    ),
]
Judgement = Annotated[str, typer.Option("--judgement", metavar="KEY", help="Which judgement, by its key.")]
Dates = Annotated[
    str,
    typer.Option(
        "--dates",
        metavar="official|published",
        help="Count each inspection by the date that Ofsted's own series uses, or every one by its publication.",
    ),
]
Polarity = Annotated[
    str | None,
    typer.Option(
        "--polarity",
        metavar="P",
        help="Only praise (strength), concern (weakness), both in one (mixed), or neither (context).",
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only reports published on or after that day.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only reports published on or before that day.")
]
Fictional = Annotated[
    bool, typer.Option("--fictional", help="Include fictional reports, which are left out otherwise.")
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
