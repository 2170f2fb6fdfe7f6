"""An area's indicators as cards: the newest figure, a chart and its table, made once and then kept with the page.

Drawn here and not in a template, because an area has dozens, each with as many rows as there are years.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape
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


OTHER = "Other figures"
"""The topic of measures whose publisher gives none."""


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

    def html(self, level: int) -> SafeString:
        """The card, its heading of a level of 2 to 6. Not a template: an area has dozens."""
        title, detail = escape(self.title), escape(self.detail)
        newest = (
            f"<strong>{escape(self.latest)}</strong>{escape(self.unit)}, {escape(self.period)}"
            if self.latest
            else f"No figure for {escape(self.period)}"
        )
        quiet = f'<span class="ju-quiet">{detail}</span>' if detail else ""
        return SafeString(
            f'<section class="ju-indicator"><h{level} class="govuk-heading-s">{title}{quiet}</h{level}>'
            f'<p class="ju-indicator__latest">{newest}<span class="ju-quiet">{escape(self.beside)}</span></p>'
            f"{self.chart}"
            '<details class="govuk-details ju-indicator__table"><summary class="govuk-details__summary">'
            '<span class="govuk-details__summary-text">Table<span class="govuk-visually-hidden"> of '
            f"{title} {detail}</span></span></summary>"
            f'<div class="govuk-details__text"><table class="govuk-table">'
            f'<caption class="govuk-visually-hidden">{title}{f" {detail}" if detail else ""}</caption>{_HEAD}'
            f'<tbody class="govuk-table__body">{self.rows}</tbody></table>'
            f'<p class="govuk-body-s">{escape(self.source)}</p></div></details></section>'
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """The indicators of one topic."""

    title: str
    cards: tuple[IndicatorCard, ...]


def topics(indicators: Iterable[analysis.Indicator]) -> tuple[Topic, ...]:
    """The cards by topic, in the order given."""
    grouped = groupby(indicators, key=lambda each: each.topic or OTHER)
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
        rows=SafeString("".join(map(_row, reversed(indicator.series)))),
    )


def _unit(unit: str) -> str:
    """What follows a figure: a per cent sign stands close to it, a word apart."""
    return unit if unit.startswith("%") else f" {unit}"


FLATTENS = 10
"""So many times an area's number makes its line lie flat beside it."""

_SHARES = ("%", "rate", "per ", "average", "score")


def total_of_england(indicator: analysis.Indicator) -> bool:
    """Whether England's figures are a count of the whole country, beside which an area's line would lie flat.

    Publishers do not say which measures are counts. They are told by England's being always many times the area's and
    its neighbours', and by a unit that is neither a share nor a rate.
    """
    if (indicator.unit or "").casefold().startswith(_SHARES):
        return False
    beside = [
        (point.england, [each for each in (point.value, point.neighbours) if each is not None])
        for point in indicator.series
        if point.england is not None
    ]
    compared = [(england, max(others)) for england, others in beside if others]
    return any(most for _, most in compared) and all(england >= FLATTENS * max(most, 1) for england, most in compared)


def _chart(indicator: analysis.Indicator) -> SafeString:
    """The line chart; nothing where there is no value to draw. A count of all of England is left out of it, and said
    to be."""
    series, apart = indicator.series, total_of_england(indicator)
    england = ("England", "england", [point.england for point in series])
    chart = line_chart(
        [period(point.period) for point in series],
        [
            *(() if apart else (england,)),
            ("Statistical neighbours", "neighbours", [point.neighbours for point in series]),
            ("This area", AREA, [point.value for point in series]),
        ],
    )
    if chart is None:
        return SafeString("")
    drawn = draw(chart, label=f"{indicator.title}: line chart. The table below it tells the same.")
    return SafeString(f"{drawn}{_APART}") if apart else drawn


_APART = '<p class="ju-indicator__apart">England’s number is of the whole country, and is not drawn</p>'


_NUMERIC = ("Area", "Neighbours", "England")
_HEAD = (
    '<thead class="govuk-table__head"><tr class="govuk-table__row">'
    '<th scope="col" class="govuk-table__header">Period</th>'
    + "".join(
        f'<th scope="col" class="govuk-table__header govuk-table__header--numeric">{name}</th>' for name in _NUMERIC
    )
    + "</tr></thead>"
)
_CELL = '<td class="govuk-table__cell govuk-table__cell--numeric">'


def _row(point: analysis.Point) -> str:
    own = REASONS[point.reason] if point.value is None and point.reason else figure(point.value)
    return (
        f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{escape(period(point.period))}</th>'
        f"{_CELL}{own}</td>{_CELL}{figure(point.neighbours)}</td>{_CELL}{figure(point.england)}</td></tr>"
    )
