"""Sets a specimen's blocks as a PDF with Typst, by layout.typ, and tells on which page each marked item begins.

Typst works from its own bundled fonts and needs neither network nor the system's. The same blocks give the same
bytes: the document's date is the day before publication, as published reports carry the day on which they were made.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Style:
    """How one family's pages look. Sizes are in points, the side margin in centimetres."""

    colour: str = "#1d4e89"
    foot: tuple[str, ...] = ()
    foot_size: float = 8
    foot_weight: str = "regular"
    foot_rule: bool = True
    number: str = "foot"  # "foot", or "head" where the running head carries it
    number_size: float = 14
    running_head: str | None = None
    head_from: int = 3
    first_head: str | None = None
    emblem: float = 64
    margin: float = 2.5
    size: float = 13
    marker: str = "◼"
    indent: float = 0
    title_size: float = 21
    title_weight: str = "regular"


_WHERE = "query(<item>).map(mark => (mark.value, mark.location().page()))"
_END = "end"  # the mark after the last block, by which the pages are counted


def set_pages(
    title: str, published: dt.date, style: Style, blocks: Sequence[dict[str, Any]]
) -> tuple[bytes, int, dict[str, int]]:
    """The PDF, the number of its pages, and the page (from 1) on which each marked item begins."""
    import typst

    made = published - dt.timedelta(days=1)
    report = {"title": title, "date": [made.year, made.month, made.day], "style": asdict(style), "blocks": list(blocks)}
    with resources.as_file(resources.files(__package__).joinpath("layout.typ")) as layout:
        fonts = typst.Fonts(include_system_fonts=False)
        compiler = typst.Compiler(layout, font_paths=fonts, sys_inputs={"report": json.dumps(report)})
        pdf = compiler.compile(format="pdf")
        where: dict[str, int] = dict(json.loads(compiler.eval(_WHERE)))
    pages = where.pop(_END)
    assert isinstance(pdf, bytes)  # Typst gives a list only for formats with one file a page
    return pdf, pages, where
