"""One report whole: everything that was read from it, each with its page and its place on the page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from joinedup.analysis.accountability_facts import About, Told, abouts, addressees
from joinedup.analysis.remembering import once
from joinedup.errors import NotFoundError

if TYPE_CHECKING:
    from joinedup.record import Record

REMEMBERED = 32
"""How many reports are kept with a record: whoever reads one asks for it again and again."""

_REPORT = """
    SELECT area_name AS area_as_printed, la_code, ons_code, lead_inspector, inspectorates, principal_authority,
        statement_due, statement_due_computed, outcome, outcome_text, outcome_page, pages, sheets, problems,
        reader_version
    FROM reports WHERE sha256 = $report
"""

_JUDGEMENTS = "SELECT key, title, grade, page, boxes FROM judgements WHERE report = $report ORDER BY page, key"

_STATED = """
    SELECT id, kind, section, lead_in, number, page, text, polarity, polarity_words, polarity_confidence, responsible,
        boxes
    FROM findings WHERE report = $report ORDER BY ordinal
"""

# Plain readings, put together here: the engine plans joins of the same for longer than it works on them. A
# statement's id begins with its report's sha256.
_AGENCIES = """
    SELECT finding, agency AS key, words, confidence FROM responsibilities
    WHERE starts_with(finding, $report) ORDER BY finding, agency
"""

_THEMES = """
    SELECT finding, theme AS key, words, confidence FROM themes
    WHERE starts_with(finding, $report) ORDER BY finding, theme
"""


class UnknownReportError(NotFoundError):
    """The record holds no report of that sha256."""


class Box(NamedTuple):
    """A place on a page, in PDF points from its lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class Sheet(NamedTuple):
    """What is shown of a page, in PDF points from its lower left corner, and by how many quarter turns clockwise."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    turns: int


@dataclass(frozen=True, slots=True)
class JudgementRead:
    """One judgement as printed, and where."""

    key: str
    title: str
    grade: str | None
    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class StatementRead:
    """One statement in the report's own words, where it stands, whom it holds responsible and what it is about; with
    the words that decided its polarity and how sure that is (0 to 1)."""

    id: str
    kind: str
    section: str | None
    lead_in: str | None
    number: str | None
    page: int
    text: str
    polarity: str | None
    polarity_words: str | None
    polarity_confidence: float | None
    responsible: tuple[str, ...]
    boxes: tuple[Box, ...]
    agencies: tuple[Told, ...]
    themes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class WholeReport:
    """One report. `addressees` are rows of name, role, organisation, agency; `sheets` has the pages whose shape is
    known; `problems` the (page, what) of what was odd in it; `statement_due` the day as printed and
    `statement_due_computed` the same by the rule."""

    about: About
    area_as_printed: str | None
    la_code: str | None
    ons_code: str | None
    lead_inspector: str | None
    inspectorates: tuple[str, ...]
    principal_authority: str | None
    statement_due: dt.date | None
    statement_due_computed: dt.date | None
    outcome: str | None
    outcome_text: str | None
    outcome_page: int | None
    pages: int
    sheets: tuple[Sheet, ...]
    problems: tuple[tuple[int | None, str], ...]
    reader_version: str
    judgements: tuple[JudgementRead, ...]
    statements: tuple[StatementRead, ...]
    addressees: tuple[Mapping[str, Any], ...]


def whole_report(record: Record, sha256: str) -> WholeReport:
    """The report with that sha256. Raises UnknownReportError."""
    about = abouts(record).get(sha256)
    if about is None:
        raise UnknownReportError("The record holds no report with that sha256.")
    return once(record, ("whole report", sha256), lambda: _ask(record, about), most=REMEMBERED)


def _ask(record: Record, about: About) -> WholeReport:
    from joinedup.record import Steps

    sha256 = about.sha256
    [row] = record.ask(Steps().step("report", _REPORT), report=sha256).rows
    judged = record.ask(Steps().step("judged", _JUDGEMENTS), report=sha256).rows
    said = record.ask(Steps().step("stated", _STATED), report=sha256).rows
    agencies, themes = (_told(record, question, sha256) for question in (_AGENCIES, _THEMES))
    return WholeReport(
        about=about,
        judgements=tuple(JudgementRead(**{**one, "boxes": _boxes(one["boxes"])}) for one in judged),
        statements=tuple(_statement(one, agencies[one["id"]], themes[one["id"]]) for one in said),
        addressees=tuple(addressees(record).get(sha256, ())),
        sheets=tuple(Sheet(**one) for one in row.pop("sheets") or ()),
        problems=tuple((one["page"], one["what"]) for one in row.pop("problems") or ()),
        inspectorates=tuple(row.pop("inspectorates") or ()),
        **row,
    )


def _told(record: Record, question: str, sha256: str) -> defaultdict[str, list[Told]]:
    from joinedup.record import Steps

    found: defaultdict[str, list[Told]] = defaultdict(list)
    for row in record.ask(Steps().step("told", question), report=sha256).rows:
        found[row["finding"]].append(Told(row["key"], row["words"], row["confidence"]))
    return found


def _statement(row: dict[str, Any], agencies: list[Told], themes: list[Told]) -> StatementRead:
    row["responsible"] = tuple(row["responsible"] or ())
    row["boxes"] = _boxes(row["boxes"])
    return StatementRead(**row, agencies=tuple(agencies), themes=tuple(themes))


def _boxes(found: list[dict[str, Any]] | None) -> tuple[Box, ...]:
    return tuple(Box(**one) for one in found or ())
