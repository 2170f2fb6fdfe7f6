"""Small line charts as plain shapes for an SVG: an area, its statistical neighbours and England, year by year.

Drawn by hand rather than by a charting library, because a library takes a tenth of a second a chart and an area has
dozens (docs/decisions/0062). Units are those of the view box; colours come from the style sheet, by class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from joinedup.analysis.indicators import written

WIDTH, HEIGHT = 320, 130
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 10, 24
"""Room around the lines; on the left at least, for the axis takes what its numbers need."""
LETTER, BESIDE = 7, 6
"""Width of a letter of an axis' numbers, and the room between them and the axis."""
FROM_ZERO = 0.5
"""Where the lowest value is below this share of the highest, the axis begins at zero."""
SMALLEST_SPAN = 1e-6
"""No statistic differs by less; keeps the axis apart from what numbers cannot hold."""

AREA = "area"
"""The style of the line that the chart is about; it alone has a dot at each value."""

Values = Sequence[float | None]
Run = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One series: the runs of its line as points (x, y), broken where a value is missing, and the points to dot."""

    name: str
    css: str
    runs: tuple[Run, ...]
    dots: Run


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
    left = max(LEFT, BESIDE + LETTER * max(len(written(low)), len(written(high))))

    def x(index: int) -> float:
        room = WIDTH - left - RIGHT
        return round(left + (room * index / (len(periods) - 1) if len(periods) > 1 else room / 2), 1)

    def y(value: float) -> float:
        return round(floor - (floor - TOP) * (value - low) / (high - low), 1)

    ends = sorted({0, len(periods) - 1})
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=left,
        right=WIDTH - RIGHT,
        bottom=floor,
        lines=tuple(_line(name, css, values, x, y) for name, css, values in series),
        across=tuple(Tick(x(index), periods[index]) for index in ends),
        up=(Tick(y(low), written(low)), Tick(y(high), written(high))),
    )


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
        runs=tuple(tuple(run) for run in runs if len(run) > 1),
        dots=tuple(point for run in runs for point in run if len(run) == 1 or css == AREA),
    )


def draw(chart: Chart, *, label: str) -> SafeString:
    """The chart as SVG; `label` says what it shows to those who do not see it."""
    up = "".join(
        f'<line class="ju-chart__grid" x1="{chart.left}" y1="{tick.at}" x2="{chart.right}" y2="{tick.at}"/>'
        f'<text class="ju-chart__up" x="{chart.left - BESIDE}" y="{tick.at + 4}">{escape(tick.text)}</text>'
        for tick in chart.up
    )
    across = "".join(
        f'<text class="ju-chart__across ju-chart__across--{"last" if number else "first"}" x="{tick.at}" '
        f'y="{chart.height - 6}">{escape(tick.text)}</text>'
        for number, tick in enumerate(chart.across)
    )
    lines = "".join(
        f'<path class="ju-chart__line ju-chart__line--{line.css}" d="{_path(line.runs)}"/>'
        f'<path class="ju-chart__dot ju-chart__dot--{line.css}" d="{_points(line.dots)}"/>'
        for line in chart.lines
    )
    return SafeString(
        f'<svg class="ju-chart" viewBox="0 0 {chart.width} {chart.height}" role="img" aria-label="{escape(label)}">'
        f"{up}{across}{lines}</svg>"
    )


def _path(runs: Iterable[Run]) -> str:
    """All runs as one path: a library's worth of single shapes would take longer to write than to draw."""
    return "".join("M" + "L".join(f"{x},{y}" for x, y in run) for run in runs)


def _points(dots: Run) -> str:
    """All dots as one path of lines without length, which round ends make round."""
    return "".join(f"M{x},{y}h0" for x, y in dots)
