"""The reference page on the themes, written from the taxonomy itself.

`docs/reference/themes.md` is what `page()` returns; a test fails when the two differ.
"""

from __future__ import annotations

from joinedup.attribution.themes import themes

_OPENING = """# Themes

What a statement of a report can be about. Its words and the heading above it name themes; which of them it is really
about is weighed. The taxonomy is `src/joinedup/attribution/data/themes.toml`; this page is written from it. A filter
takes a theme by its key or its title, in any case. How themes are told, and how well, is in
[the explanation](../explanation/attribution.md).

| key | theme | what it covers | defined in |
|---|---|---|---|"""


def page() -> str:
    """The whole page in Markdown: one row a theme, in the taxonomy's order."""
    rows = [f"| `{theme.key}` | {theme.title} | {theme.description} | {theme.source} |" for theme in themes()]
    return "\n".join([_OPENING, *rows, ""])
