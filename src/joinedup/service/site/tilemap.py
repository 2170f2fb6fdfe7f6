"""The tile map: one square an area, laid out from the positions that the areas hold as facts, and drawn as SVG.

Units are those of the SVG's view box. A square shows the area's short name and the letter of its grade; its link
tells all of it in words. Drawn here and not in a template, because a template takes ten times as long over 150 of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from joinedup.service.site.labels import tile_lines
from joinedup.service.site.questions import Place

SIZE = 60
GAP = 3
STEP = SIZE + GAP
LETTER_Y = 17
LINE_HEIGHT = 11
NAME_MIDDLE = 40
MARGIN = 2
"""Room around the squares for the mark of the keyboard's focus."""
CORNER_COLUMNS, CORNER_ROWS = 5, 9
"""How many squares must be free in an upper corner for the table of counts to stand there."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One square: its upper left corner, the middle of it, where the letter stands, and the area."""

    x: int
    y: int
    middle: float
    letter_y: int
    place: Place


@dataclass(frozen=True, slots=True)
class TileMap:
    """All squares, row by row from the top as the keyboard goes through them."""

    width: int
    height: int
    tiles: tuple[Tile, ...]

    @property
    def free_corner(self) -> str:
        """The upper corner where nothing stands, "right" or "left" (the sea, on England's map), or "" for neither."""
        depth, room = CORNER_ROWS * STEP, CORNER_COLUMNS * STEP
        upper = [tile.x for tile in self.tiles if tile.y < depth]
        if not any(x + STEP > self.width + GAP - room for x in upper):
            return "right"
        return "left" if not any(x < room for x in upper) else ""


def lay_out(places: Iterable[Place]) -> TileMap:
    """The map of these places; the view box holds just them. A place without a square is left to the table."""
    found = [(place.tile, place) for place in places if place.tile is not None]
    if not found:
        return TileMap(0, 0, ())
    left = min(column for (column, _), _ in found)
    top = min(row for (_, row), _ in found)
    tiles = tuple(
        _tile(place, (column - left) * STEP, (row - top) * STEP)
        for (column, row), place in sorted(found, key=lambda each: (each[0][1], each[0][0]))
    )
    return TileMap(
        width=max(tile.x for tile in tiles) + SIZE,
        height=max(tile.y for tile in tiles) + SIZE,
        tiles=tiles,
    )


def _tile(place: Place, x: int, y: int) -> Tile:
    return Tile(x, y, x + SIZE / 2, y + LETTER_Y, place)


def draw(layout: TileMap, *, title: str, identity: str) -> SafeString:
    """The map as SVG; `identity` tells two maps of one page apart."""
    tiles = format_html_join(
        "\n",
        '<a href="{}" class="ju-tile ju-tile--{}" aria-label="{}"><title>{}</title>'
        '{}<text class="ju-tile__letter" x="{}" y="{}">{}</text></a>',
        (
            (
                tile.place.address,
                tile.place.look.css,
                words := conditional_escape(tile.place.in_words),
                words,
                _square(tile.x, tile.y, tile.place.name),
                tile.middle,
                tile.letter_y,
                tile.place.look.letter,
            )
            for tile in layout.tiles
        ),
    )
    return format_html(
        '<svg class="ju-map" viewBox="{} {} {} {}" role="group" aria-labelledby="{}-title">'
        '<title id="{}-title">{}</title>\n{}\n</svg>',
        -MARGIN,
        -MARGIN,
        layout.width + 2 * MARGIN,
        layout.height + 2 * MARGIN,
        identity,
        identity,
        title,
        tiles,
    )


@lru_cache(maxsize=1024)
def _square(x: int, y: int, name: str) -> SafeString:
    """The square and the name in it: the same on every day, so kept."""
    words = tile_lines(name)
    first = y + NAME_MIDDLE - (len(words) - 1) * LINE_HEIGHT / 2 + 3
    lines = ((x + SIZE / 2, first + number * LINE_HEIGHT, word) for number, word in enumerate(words))
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}"/>{}',
        x,
        y,
        SIZE,
        SIZE,
        format_html_join("", '<text class="ju-tile__name" x="{}" y="{}">{}</text>', lines),
    )
