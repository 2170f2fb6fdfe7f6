"""The accountability explorer: how much is asked of whom about what, each number leading to its statements."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from joinedup import analysis
from joinedup.analysis import sheet_to_check
from joinedup.analysis.accountability_facts import abouts
from joinedup.analysis.accountability_filters import NO_VERSION
from joinedup.analysis.accountability_matrix import ALL
from joinedup.analysis.filled_in import MOST_ROWS
from joinedup.areas import get_area
from joinedup.areas.bodies import get_body
from joinedup.service.site.asking import KINDS, POLARITIES, SURE_BELOW, Asking
from joinedup.service.site.choices import family_short, visit_title
from joinedup.service.site.kept import KEPT, Kept
from joinedup.service.site.records import file_name
from joinedup.service.site.wording import (
    NOBODY,
    agency_title,
    label_look,
    report_address,
    said_title,
    theme_title,
    words_address,
)
from joinedup.service.site.words import day_in_words

if TYPE_CHECKING:
    from joinedup.record import Record

PAGE = 20
"""Statements on one page of the list."""

SHADES = 5
"""Steps of darkness of the table's numbers."""

NO_PERIOD = {NOBODY: "no date", NO_VERSION: "no known version of a kind of inspection"}
"""What is told of reports that are of no year, and of no version of a framework."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the table: where it leads, and how dark it is, from 0 to SHADES."""

    number: int
    query: str
    shade: int
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its title, its own address, and its cells; the last is of all columns together."""

    title: str
    query: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The table: two of agency, theme and period. The last row is of all rows together."""

    rows_title: str
    columns_title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    total: int
    reports: int
    areas: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement of the list: its words, of whom and about what, and where to read it on the page.

    `kind` is what its label says, `look` the label's style.
    """

    demand: analysis.Demand
    address: str
    report: str
    kind: str
    look: str
    where: str
    agencies: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the statements asked for."""

    total: int
    first: int
    shown: tuple[Shown, ...]
    pages: int

    @property
    def last(self) -> int:
        """The number of the last statement shown, counted from 1."""
        return self.first + len(self.shown)


def holds_real_reports(record: Record) -> bool:
    """Whether any report of the record is of a real area."""
    return any(not about.fictional for about in abouts(record).values())


def filters(asking: Asking) -> dict[str, Any]:
    """What `joinedup.analysis` takes for this question; made-up reports are decided apart (`with_fictional`)."""
    given = {
        "area": asking.area,
        "region": asking.region,
        "agency": asking.agency,
        "theme": asking.theme,
        "framework": asking.framework,
        "period": asking.period,
        "body": asking.body,
        "polarity": asking.polarity,
        "sure_below": float(asking.sure_below or 0),
        "since": asking.since,
        "until": asking.until,
        "text": asking.text,
    }
    return {name: value or None for name, value in given.items()} | {"kinds": asking.kinds}


def with_fictional(asking: Asking, record: Record) -> bool:
    """Whether made-up reports are among the answers: where asked for, of a fictional area, or where there are none
    but those."""
    made_up = any(about.fictional for about in abouts(record).values())
    if not settings.SHOW_FICTIONAL or not made_up or asking.fictional == "off":
        return False
    if asking.fictional == "on" or (asking.area and get_area(asking.area).fictional):
        return True
    return not holds_real_reports(record)


def chosen(asking: Asking) -> list[tuple[str, str]]:
    """What is restricted, in words, each with the address without it."""
    days = {name: day_in_words(day) for name in ("since", "until") if (day := getattr(asking, name))}
    told = [
        ("agency", agency_title(asking.agency)),
        ("theme", theme_title(asking.theme)),
        ("region", asking.region),
        ("area", get_area(asking.area).name if asking.area else ""),
        ("framework", family_short(asking.framework)),
        ("kind", KINDS.get(asking.kind, "")),
        ("polarity", POLARITIES[asking.polarity]),
        ("sure_below", SURE_BELOW[asking.sure_below].lower()),
        ("since", f"since {days.get('since')}"),
        ("until", f"until {days.get('until')}"),
        ("period", NO_PERIOD.get(asking.period, asking.period)),
        ("body", get_body(asking.body).name if asking.body else ""),
        ("text", f"with exactly “{asking.text}”"),
    ]
    defaults = Asking()
    return [(words, asking.query(**{name: getattr(defaults, name)})) for name, words in told if getattr(asking, name)]


def grid(record: Record, asking: Asking) -> Grid:
    """The table that the question asks for."""
    return _grid(Kept(record), asking, with_fictional(asking, record))


@lru_cache(maxsize=KEPT)
def _grid(kept: Kept, asking: Asking, fictional: bool) -> Grid:
    found = analysis.matrix(kept.record, **filters(asking), fictional=fictional)
    axes = {
        "agency": ("Agency", [(key, agency_title(key)) for key in found.agencies]),
        "theme": ("Theme", [(key, theme_title(key)) for key in found.themes]),
        "period": ("Year", [(key, "No date" if key == NOBODY else key) for key in found.periods]),
    }
    rows, columns = asking.show.split("-")
    rows_title, down = axes[rows]
    columns_title, across = axes[columns]
    # What has no theme or agency is often the most, and would make all else look alike.
    named = [(r, c) for r, _ in down for c, _ in across if NOBODY not in (r, c)]
    most = max((found.count(**{rows: r, columns: c}).statements for r, c in named), default=0)

    def cell(row: str, column: str, words: str) -> Cell:
        number = found.count(**{rows: row, columns: column}).statements
        plain = ALL in (row, column) or NOBODY in (row, column) or not number
        shade = 0 if plain else 1 + round((SHADES - 1) * (number / most) ** 0.5)
        chosen = {name: key for name, key in ((rows, row), (columns, column)) if key != ALL}
        return Cell(number, asking.query(**chosen), shade, words)

    ends = [*across, (ALL, "All")]
    whole = found.count()
    return Grid(
        rows_title=rows_title,
        columns_title=columns_title,
        columns=tuple((title, asking.query(**{columns: key})) for key, title in across),
        rows=tuple(
            Row(
                title,
                asking.query(**({} if key == ALL else {rows: key})),
                tuple(cell(key, column, f"{title}, {name}") for column, name in ends),
            )
            for key, title in [*down, (ALL, "All")]
        ),
        total=whole.statements,
        reports=whole.reports,
        areas=whole.areas,
    )


def statements(record: Record, asking: Asking) -> Listed:
    """The page of statements that the question asks for, newest report first."""
    return _statements(Kept(record), asking, with_fictional(asking, record))


@lru_cache(maxsize=KEPT)
def _statements(kept: Kept, asking: Asking, fictional: bool) -> Listed:
    first = (asking.page - 1) * PAGE
    found = analysis.accountability(kept.record, **filters(asking), fictional=fictional, limit=PAGE, offset=first)
    return Listed(found.total, first, tuple(map(shown, found.demands)), max(1, -(-found.total // PAGE)))


def shown(demand: analysis.Demand) -> Shown:
    """One statement made ready for a list."""
    about = demand.report
    return Shown(
        demand=demand,
        address=words_address(about.sha256, demand.page, demand.text),
        report=report_address(about.sha256),
        kind=said_title(demand.kind, demand.polarity),
        look=label_look(demand.kind, demand.polarity),
        where=f"{family_short(about.framework)} {visit_title(about.visit).lower()}".strip(),
        agencies=tuple(agency_title(each.agency) for each in demand.agencies),
        themes=tuple(theme_title(each.key) for each in demand.themes),
    )


def to_check(record: Record, asking: Asking) -> list[dict[str, Any]]:
    """The rows of the table that people check in a spreadsheet: as many as one takes, the most doubtful."""
    found = sheet_to_check.to_check(
        record, **filters(asking), fictional=with_fictional(asking, record), limit=MOST_ROWS
    )
    return [row | {"file": file_name(row["file"])} for row in sheet_to_check.rows_to_check(found.demands)]


def all_rows(record: Record, asking: Asking) -> list[dict[str, Any]]:
    """Every row of the question's statements, in the columns of their download: one for each statement and agency."""
    found = analysis.accountability(record, **filters(asking), fictional=with_fictional(asking, record), limit=None)
    return [row | {"file": file_name(row["file"])} for row in found.rows()]
