"""The reference page on the themes, written from the taxonomy itself.

`docs/reference/themes.md` is what `page()` returns; a test fails when the two differ.
"""

from __future__ import annotations

from joinedup.attribution.themes import themes

_OPENING = """# Themes

These are the themes that a statement of a report can be about. A statement's words and the heading above it name
themes, and a model weighs which of them it is really about. This page is written from
`src/joinedup/attribution/data/themes.toml`. A filter takes a theme by its key or its title, in capitals or small
letters. [The explanation](../explanation/attribution.md) says how themes are found, and how well.

| key | theme | what it covers | defined in |
|---|---|---|---|"""


def page() -> str:
    """The whole page in Markdown: one row a theme, in the taxonomy's order."""
    rows = [f"| `{theme.key}` | {theme.title} | {theme.description} | {theme.source} |" for theme in themes()]
    return "\n".join([_OPENING, *rows, ""])
