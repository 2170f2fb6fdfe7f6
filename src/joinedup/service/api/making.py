"""Answers of `joinedup.analysis` put into the API's shapes."""

from __future__ import annotations

from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from django.conf import settings

from joinedup.areas import Area, UnknownAreaError, get_area
from joinedup.service.api.shapes import answering, counts, reports

if TYPE_CHECKING:
    from joinedup.analysis import Demand as Demanded
    from joinedup.analysis import Move as Moved
    from joinedup.analysis import Reorganised, Visited
    from joinedup.analysis.accountability_facts import About
    from joinedup.analysis.whole_report import StatementRead


def place(slug: str) -> Area:
    """The area with that slug. Raises UnknownAreaError, also for a fictional one where they are switched off."""
    area = get_area(slug)
    if area.fictional and not settings.SHOW_FICTIONAL:
        raise UnknownAreaError("Fictional areas are switched off here.")
    return area


def shown(fictional: bool) -> bool:
    """Whether what is fictional is shown: where it was asked for and is not switched off."""
    return fictional and settings.SHOW_FICTIONAL


def file_name(path: str) -> str:
    """The last part of a path: the folders of the machine that read the file are nobody's business."""
    return PureWindowsPath(PurePath(path).name).name


def brief(about: About) -> reports.ReportBrief:
    """A report in a list."""
    return reports.ReportBrief.model_validate(about.to_json() | {"file": file_name(about.file)})


def _stated(demand: Demanded) -> dict[str, Any]:
    return {
        "id": demand.id,
        "kind": demand.kind,
        "polarity": demand.polarity,
        "section": demand.section,
        "lead_in": demand.lead_in,
        "number": demand.number,
        "page": demand.page,
        "text": demand.text,
        "themes": themes(demand.themes),
        "responsible": list(demand.responsible),
        "report": brief(demand.report),
    }


def statement(demand: Demanded) -> reports.Statement:
    """A statement with whom it holds responsible."""
    agencies = [
        reports.ToldAgency(agency=one.agency, words=one.words, confidence=one.confidence) for one in demand.agencies
    ]
    return reports.Statement(**_stated(demand), agencies=agencies)


def demand(found: Demanded) -> answering.Demand:
    """A statement with those who answer for it."""
    return answering.Demand(
        **_stated(found), agencies=[answering.HeldAgency.model_validate(one.to_json()) for one in found.agencies]
    )


def themes(told: Any) -> list[reports.ToldTheme]:
    """The themes that a statement was told to be about."""
    return [reports.ToldTheme(theme=one.key, words=one.words, confidence=one.confidence) for one in told]


def placed(found: StatementRead) -> dict[str, Any]:
    """The fields of a statement with its place on the page."""
    return {
        "id": found.id,
        "kind": found.kind,
        "polarity": found.polarity,
        "section": found.section,
        "lead_in": found.lead_in,
        "number": found.number,
        "page": found.page,
        "text": found.text,
        "themes": themes(found.themes),
        "responsible": list(found.responsible),
        "agencies": [
            reports.ToldAgency(agency=one.key, words=one.words, confidence=one.confidence) for one in found.agencies
        ],
        "boxes": [reports.Box(**box._asdict()) for box in found.boxes],
    }


def move(found: Moved) -> counts.Move:
    """One area that moved."""
    return counts.Move.model_validate(found.to_json() | {"slug": found.area})


def reorganised(found: Reorganised) -> counts.Reorganised:
    """An area that ended."""
    return counts.Reorganised.model_validate(
        found.to_json() | {"slug": found.area, "successors": [move(one) for one in found.successors]}
    )


def inspection(found: Visited) -> counts.Inspection:
    """One inspection or visit."""
    area = get_area(found.area)
    return counts.Inspection.model_validate(found.to_json() | {"area_name": area.name, "fictional": area.fictional})
