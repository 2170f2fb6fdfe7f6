"""A report as the contract prints it: one JSON object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from joinedup.reading.model import Box, Item, JudgementRead, Publication, Refusal, Report


def to_json(answer: Report | Refusal) -> dict[str, Any]:
    """A report or refusal in the shape of the contract ("One report"); dates as ISO, boxes as lists of numbers."""
    if isinstance(answer, Refusal):
        return {
            "file": answer.file,
            "sha256": answer.sha256,
            "pages": answer.pages,
            "status": "refused",
            "reason": answer.reason,
        }
    return {
        "file": answer.file,
        "sha256": answer.sha256,
        "pages": answer.pages,
        "status": "read",
        "reason": None,
        "framework": answer.framework,
        "visit": answer.visit,
        "area": _area(answer),
        "inspection": {"start": _day(answer.start), "end": _day(answer.end)},
        "published": _day(answer.published),
        "published_source": answer.published_source,
        "lead_inspector": answer.lead_inspector,
        "inspectorates": list(answer.inspectorates),
        "theme": answer.theme,
        "addressees": [
            {"name": one.name, "role": one.role, "organisation": one.organisation, "agency": one.agency}
            for one in answer.addressees
        ],
        "judgements": [_judgement(one) for one in answer.judgements],
        "outcome": answer.outcome
        and {
            "key": answer.outcome.key,
            "text": answer.outcome.text,
            "page": answer.outcome.page,
            "boxes": _boxes(answer.outcome.boxes),
        },
        "priority_actions": _items(answer.priority_actions),
        "improvements": _items(answer.improvements),
        "strengths": _items(answer.strengths),
        "findings": _items(answer.findings),
        "statement": answer.statement
        and {
            "principal_authority": answer.statement.principal_authority,
            "due": _day(answer.statement.due),
            "page": answer.statement.page,
        },
        "fictional": answer.fictional,
        "problems": [{"page": one.page, "what": one.what} for one in answer.problems],
        **_publication(answer.publication),
    }


def _judgement(one: JudgementRead) -> dict[str, Any]:
    shape = {"key": one.key, "title": one.title, "grade": one.grade, "page": one.page, "boxes": _boxes(one.boxes)}
    return shape if one.narrative is None else {**shape, "narrative": one.narrative}


def _publication(one: Publication | None) -> dict[str, Any]:
    """What only reports that this system publishes have; nothing for others."""
    if one is None:
        return {}
    return {
        "publication": {
            "framework": one.framework,
            "reference": one.reference,
            "version": one.version,
            "replaces": _day(one.replaces),
            "changed": one.changed,
            "why": one.why,
        }
    }


def _area(report: Report) -> dict[str, str | None] | None:
    area = report.area
    return (
        None
        if area is None
        else {"name": area.name, "slug": area.slug, "la_code": area.la_code, "ons_code": area.ons_code}
    )


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _boxes(boxes: Iterable[Box]) -> list[list[float]]:
    """Each as page, left, bottom, right, top (PDF points from the lower left corner)."""
    return [[box.page, box.left, box.bottom, box.right, box.top] for box in boxes]


def _items(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [
        {
            "text": item.text,
            "page": item.page,
            "section": item.section,
            "lead_in": item.lead_in,
            "number": item.number,
            "responsible": list(item.responsible),
            "agencies": [],
            "boxes": _boxes(item.boxes),
        }
        for item in items
    ]
