"""Lays out the map of tiles and writes src/joinedup/areas/data/tiles.csv: `python scripts/lay_out_tiles.py`.

One square tile an area, north up. Each area starts from where its middle really is (longitude and latitude in
areas.csv). Crowded areas push one another apart until each has room for a tile, and then the areas are given the cells
of a grid so that the squares of the distances they must move add up to the least. The layout is the same at every run.

Areas that never exist on the same day may share a tile: a predecessor whose successor stands at the same place takes
its tile (SHARED). Poole has one of its own until 2019, West Surrey from 2027.

Needs scipy, which the package itself does not: `pip install scipy` where it is missing.
"""

import csv
import math
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

DATA = Path(__file__).resolve().parents[1] / "src" / "joinedup" / "areas" / "data"
SHARED = {
    "bedfordshire": "central-bedfordshire",
    "bournemouth": "bournemouth-christchurch-and-poole",
    "cheshire": "cheshire-east",
    "cumbria": "cumberland",
    "dorset-county": "dorset",
    "northamptonshire": "west-northamptonshire",
    "east-surrey": "surrey",
}
TILE = 0.3  # degrees of latitude that a tile stands for: about England's area divided among its councils
ROOM = 1.0  # how far apart two areas must be, in tiles, before the grid is laid over them
STEPS = 4000
BLOCK = (7, 5)  # London's columns and rows; two of its 35 corners stay empty
NEAR = 6  # how many of the areas nearest to one should lie in their real directions from it
APART, MOVED = 0.2, 0.05  # what a tile between neighbours, and a move from the first layout, weigh beside a direction
REACH = 7.0  # how far out, in tiles, the country gives way to London


def lay_out(places: dict[str, tuple[float, float]], london: set[str]) -> dict[str, tuple[int, int]]:
    """A (column, row) for each place (longitude, latitude), row 0 in the north; London in one block."""
    middle = math.cos(math.radians(52.8))
    points = {slug: np.array((x * middle / TILE, -y / TILE)) for slug, (x, y) in places.items()}
    centre = np.mean([points[slug] for slug in london], axis=0)
    rest = sorted(set(points) - london)
    spread = push_apart(np.array([give_way(points[slug], centre) for slug in rest]))
    low = np.floor(np.minimum(spread.min(axis=0), centre)).astype(int)
    spread, centre = spread - low, centre - low
    block = london_block({slug: points[slug] for slug in london}, np.round(centre).astype(int))
    width, height = np.ceil(spread.max(axis=0)).astype(int) + 2
    taken = set(block.values())
    cells = [(x, y) for x in range(width) for y in range(height) if (x, y) not in taken]
    tiles = block | dict(zip(rest, assign(spread, cells), strict=True))
    return settle(tiles, points, london, set(cells))


def settle(tiles, points, london, cells):
    """Lets areas change places, or move to an empty cell, while that makes neighbours lie as they really do.

    What is wrong with a layout is, for each area and each of the NEAR areas really nearest to it, how far the direction
    is off and how far the two are apart; and how far the area was moved from the first layout.
    """
    tiles, first = dict(tiles), dict(tiles)
    held = {cell: slug for slug, cell in tiles.items()}
    slugs = sorted(tiles)
    nearest = {a: sorted(slugs, key=lambda b: math.dist(points[a], points[b]))[1 : NEAR + 1] for a in slugs}
    listed_by = {a: [b for b in slugs if a in nearest[b]] for a in slugs}

    def wrong(a, b):
        real = points[b] - points[a]
        x, y = tiles[b][0] - tiles[a][0], tiles[b][1] - tiles[a][1]
        far = math.hypot(x, y)
        return 1 - (real[0] * x + real[1] * y) / (far * math.hypot(*real)) + APART * max(0.0, far - 1.5)

    def cost(moved):
        pairs = {(a, b) for a in moved for b in nearest[a]} | {(b, a) for a in moved for b in listed_by[a]}
        return sum(wrong(a, b) for a, b in sorted(pairs)) + sum(
            MOVED * math.dist(tiles[a], first[a]) ** 2 for a in moved
        )

    def allowed(a, cell):
        if cell in held:
            return (a in london) == (held[cell] in london)
        return cell in cells and a not in london

    def put(placing):
        for slug in placing:
            held.pop(tiles[slug], None)
        tiles.update(placing)
        held.update({cell: slug for slug, cell in placing.items()})

    def better(a, cell):
        """Moves an area to a cell, whoever stands there taking its place, if that is better."""
        old = {a: tiles[a]} | ({held[cell]: cell} if cell in held else {})
        new = {a: cell} | ({held[cell]: tiles[a]} if cell in held else {})
        before = cost(list(old))
        put(new)
        if cost(list(old)) < before - 1e-9:
            return True
        put(old)
        return False

    steps = [(x, y) for x in range(-2, 3) for y in range(-2, 3) if (x, y) != (0, 0)]
    while any(
        better(a, cell) for a in slugs for x, y in steps if allowed(a, cell := (tiles[a][0] + x, tiles[a][1] + y))
    ):
        pass  # each round ends at the first change that helps; the layout is done when none does
    return tiles


def give_way(point: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Moves a point out from London by as much as the block is larger than London is; far away, not at all."""
    gap = point - centre
    distance = float(np.hypot(*gap))
    edge = min(side / 2 / abs(part) for side, part in zip(BLOCK, gap / distance, strict=True) if part)
    return centre + gap / distance * (distance + edge * math.exp(-distance / REACH))


def push_apart(points: np.ndarray) -> np.ndarray:
    """Moves points that stand closer than ROOM away from each other, a little at a time."""
    points = points.copy()
    for _ in range(STEPS):
        gaps = points[:, None, :] - points[None, :, :]
        distance = np.hypot(gaps[..., 0], gaps[..., 1])
        np.fill_diagonal(distance, np.inf)
        lack = np.clip(ROOM - distance, 0, None)
        if lack.max() < 0.02:
            break
        points += (gaps / distance[..., None] * lack[..., None]).sum(axis=1) * 0.2
    return points


def london_block(points: dict[str, np.ndarray], centre: np.ndarray) -> dict[str, tuple[int, int]]:
    """London's boroughs in a block around `centre`, each near where it stands among the others."""
    columns, rows = BLOCK
    left, top = centre - np.array(BLOCK) // 2
    corners = {(left, top), (left, top + rows - 1)}
    cells = [(left + x, top + y) for x in range(columns) for y in range(rows) if (left + x, top + y) not in corners]
    slugs = sorted(points)
    place = np.array([points[slug] for slug in slugs])
    # Each axis is stretched to the block by rank, as the inner boroughs are much smaller than the outer.
    rank = place.argsort(axis=0).argsort(axis=0) / (len(slugs) - 1)
    stretched = np.array((left, top)) + rank * (np.array(BLOCK) - 1)
    return dict(zip(slugs, assign(stretched, cells), strict=True))


def assign(points: np.ndarray, cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A cell for each point so that the squares of the distances add up to the least."""
    cost = ((points[:, None, :] - np.array(cells)[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(cost)
    return [(int(cells[cell][0]), int(cells[cell][1])) for cell in chosen]


def main() -> None:
    with (DATA / "areas.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    real = {row["slug"]: (float(row["longitude"]), float(row["latitude"])) for row in rows if not row["fictional"]}
    london = {row["slug"] for row in rows if row["kind"] == "london"}
    tiles = lay_out({slug: place for slug, place in real.items() if slug not in SHARED}, london)
    west, north = (min(tile[axis] for tile in tiles.values()) for axis in (0, 1))
    tiles = {slug: (column - west, row - north) for slug, (column, row) in tiles.items()}
    tiles |= {slug: tiles[other] for slug, other in SHARED.items()}
    # The fictional ones stand together in the sea off the north-east coast, clear of everything.
    east = max(column for column, _ in tiles.values())
    fictional = [row["slug"] for row in rows if row["fictional"]]
    tiles |= {slug: (east - 1 + i % 2, i // 2) for i, slug in enumerate(fictional)}
    with (DATA / "tiles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("area", "column", "row"))
        writer.writerows((row["slug"], *tiles[row["slug"]]) for row in rows)
    show(tiles)


def show(tiles: dict[str, tuple[int, int]]) -> None:
    """Prints the map, four letters a tile, to look at."""
    width = max(column for column, _ in tiles.values()) + 1
    height = max(row for _, row in tiles.values()) + 1
    grid = [["    "] * width for _ in range(height)]
    for slug, (column, row) in tiles.items():
        if slug not in SHARED:
            grid[row][column] = abbreviation(slug)
    for line in grid:
        print(" ".join(line).rstrip())


def abbreviation(slug: str) -> str:
    parts = [part for part in slug.split("-") if part not in {"and", "of", "upon", "on", "with"}]
    return (parts[0][:4] if len(parts) == 1 else parts[0][:2] + parts[1][:2]).ljust(4)


if __name__ == "__main__":
    main()
