"""The tile map: one square an area, laid out from the positions that the areas hold as facts.

Units are those of the SVG's view box. A square shows the area's short name and the letter of its grade; its link
tells all of it in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.service.site.labels import tile_lines
from joinedup.service.site.questions import Place

SIZE = 60
GAP = 3
STEP = SIZE + GAP
LETTER_Y = 17
LINE_HEIGHT = 11
NAME_MIDDLE = 40
MARGIN = 2
"""As in the template's view box."""


@dataclass(frozen=True, slots=True)
class NameLine:
    """One line of a tile's name and where its baseline stands."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One square: its corner, the middle of it, and what stands in it."""

    x: int
    y: int
    middle: float
    letter_y: int
    lines: tuple[NameLine, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class TileMap:
    """All squares, row by row from the top as the keyboard goes through them."""

    width: int
    height: int
    size: int
    tiles: tuple[Tile, ...]

    @property
    def view_width(self) -> int:
        """The view box's width, with room around it for the mark of the keyboard's focus."""
        return self.width + 2 * MARGIN

    @property
    def view_height(self) -> int:
        """The view box's height, likewise."""
        return self.height + 2 * MARGIN


def lay_out(places: Iterable[Place]) -> TileMap:
    """The map of these places; the view box holds just them."""
    found = sorted(places, key=lambda place: (place.tile[1], place.tile[0]))
    if not found:
        return TileMap(0, 0, SIZE, ())
    left = min(place.tile[0] for place in found)
    top = min(place.tile[1] for place in found)
    tiles = tuple(_tile(place, left, top) for place in found)
    return TileMap(
        width=max(tile.x for tile in tiles) + SIZE,
        height=max(tile.y for tile in tiles) + SIZE,
        size=SIZE,
        tiles=tiles,
    )


def _tile(place: Place, left: int, top: int) -> Tile:
    column, row = place.tile
    x, y = (column - left) * STEP, (row - top) * STEP
    words = tile_lines(place.name)
    first = y + NAME_MIDDLE - (len(words) - 1) * LINE_HEIGHT / 2 + 3
    lines = tuple(NameLine(first + number * LINE_HEIGHT, word) for number, word in enumerate(words))
    return Tile(x, y, x + SIZE / 2, y + LETTER_Y, lines, place)
