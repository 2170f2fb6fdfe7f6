"""Small line charts as plain shapes for an SVG: an area, its statistical neighbours and England, year by year.

Drawn by hand rather than by a charting library, because a library takes a tenth of a second a chart and an area has
dozens (docs/decisions/0062). Units are those of the view box; the templates give the shapes their classes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 130
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 10, 24
FROM_ZERO = 0.5
"""Where the lowest value is below this share of the highest, the axis begins at zero."""
SMALLEST_SPAN = 1e-6
"""No statistic differs by less; keeps the axis apart from what numbers cannot hold."""

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One series: the runs of its line (broken where a value is missing), and its single points as (x, y)."""

    name: str
    css: str
    runs: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart's template draws."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def line_chart(periods: Sequence[str], series: Sequence[tuple[str, str, Values]]) -> Chart | None:
    """A chart of (name, style, values) over the same periods; None where there is nothing to draw."""
    known = [value for _, _, values in series for value in values if value is not None]
    if not known:
        return None
    low, high = _range(min(known), max(known))
    floor = HEIGHT - BOTTOM

    def x(index: int) -> float:
        room = WIDTH - LEFT - RIGHT
        return round(LEFT + (room * index / (len(periods) - 1) if len(periods) > 1 else room / 2), 1)

    def y(value: float) -> float:
        return round(floor - (floor - TOP) * (value - low) / (high - low), 1)

    ends = sorted({0, len(periods) - 1})
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        bottom=floor,
        lines=tuple(_line(name, css, values, x, y) for name, css, values in series),
        across=tuple(Tick(x(index), periods[index]) for index in ends),
        up=(Tick(y(low), number(low)), Tick(y(high), number(high))),
    )


def number(value: float) -> str:
    """A value as people write it: 1,234 or 12.3."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2f}"


def _range(low: float, high: float) -> tuple[float, float]:
    """Round ends that hold the values; from zero unless that would flatten them."""
    if 0 <= low < FROM_ZERO * high:
        low = 0
    step = _round_step(max((high - low) or abs(high) or 1.0, SMALLEST_SPAN))
    bottom, top = step * (low // step), step * -(-high // step)
    return (bottom, top) if top > bottom else (bottom, bottom + step)


def _round_step(span: float) -> float:
    """1, 2 or 5 times a power of ten, about a quarter of the span."""
    power = 1.0
    while power * 10 <= span / 4:
        power *= 10
    while power > span / 4:
        power /= 10
    return next(power * times for times in (5, 2, 1) if power * times <= span / 4)


def _line(name: str, css: str, values: Values, x: Callable[[int], float], y: Callable[[float], float]) -> Line:
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x(index), y(value)))
    return Line(
        name=name,
        css=css,
        runs=tuple(" ".join(f"{left},{top}" for left, top in run) for run in runs if len(run) > 1),
        dots=tuple(point for run in runs for point in run if len(run) == 1 or css == "area"),
    )
