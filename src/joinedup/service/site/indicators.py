"""An area's indicators as cards: the newest figure, a chart and its table, made once and then kept with the page.

Drawn here and not in a template, because an area has dozens, each with as many rows as there are years.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from joinedup import analysis
from joinedup.analysis.indicators import written
from joinedup.service.site.charts import AREA, draw, line_chart

REASONS = {
    "not_applicable": "not applicable",
    "unavailable": "not available",
    "suppressed": "withheld",
    "rounds_to_zero": "rounds to zero",
    "low_reliability": "not reliable",
    "missing": "missing",
}


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """One indicator. `latest` is its newest figure, None where there never was one; `beside` those to compare with."""

    title: str
    detail: str
    unit: str
    source: str
    period: str
    latest: str | None
    beside: str
    chart: SafeString
    rows: SafeString


@dataclass(frozen=True, slots=True)
class Topic:
    """The indicators of one topic."""

    title: str
    cards: tuple[IndicatorCard, ...]


def topics(indicators: Iterable[analysis.Indicator]) -> tuple[Topic, ...]:
    """The cards by topic, in the order given."""
    grouped = groupby(indicators, key=lambda each: each.topic or "Other figures")
    return tuple(Topic(title, tuple(_card(each) for each in every)) for title, every in grouped)


def period(printed: str) -> str:
    """ "202425" as people write it, 2024-25; any other period as it was printed."""
    if len(printed) == 6 and printed.isdigit() and int(printed[4:]) == (int(printed[2:4]) + 1) % 100:
        return f"{printed[:4]}-{printed[4:]}"
    return printed


def figure(value: float | None) -> str:
    """A number as people write it; a dash where there is none."""
    return "–" if value is None else written(value)


def _card(indicator: analysis.Indicator) -> IndicatorCard:
    latest = indicator.latest
    beside = [("Neighbours", latest.neighbours), ("England", latest.england)]
    return IndicatorCard(
        title=indicator.title,
        detail=", ".join(value for _, value in indicator.dimensions),
        unit=_unit(indicator.unit or ""),
        source=indicator.source,
        period=period(latest.period),
        latest=None if latest.value is None else written(latest.value),
        beside=", ".join(f"{name} {written(value)}" for name, value in beside if value is not None),
        chart=_chart(indicator),
        rows=format_html_join("", _ROW, (_row(point) for point in reversed(indicator.series))),
    )


def _unit(unit: str) -> str:
    """What follows a figure: a per cent sign stands close to it, a word apart."""
    return unit if unit.startswith("%") else f" {unit}"


def _chart(indicator: analysis.Indicator) -> SafeString:
    """The line chart; nothing where there is no value to draw."""
    series = indicator.series
    chart = line_chart(
        [period(point.period) for point in series],
        [
            ("England", "england", [point.england for point in series]),
            ("Statistical neighbours", "neighbours", [point.neighbours for point in series]),
            ("This area", AREA, [point.value for point in series]),
        ],
    )
    if chart is None:
        return SafeString("")
    return draw(chart, label=f"{indicator.title}: line chart. The table below it tells the same.")


_CELL = '<td class="govuk-table__cell govuk-table__cell--numeric">{}</td>'
_ROW = f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{{}}</th>{_CELL * 3}</tr>'


def _row(point: analysis.Point) -> tuple[str, str, str, str]:
    own = REASONS[point.reason] if point.value is None and point.reason else figure(point.value)
    return period(point.period), own, figure(point.neighbours), figure(point.england)
