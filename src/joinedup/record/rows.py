"""What was read, as rows of the record's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.attribution import Attribution
from joinedup.reading.model import Box, Item, Report
from joinedup.record.adding import Addition
from joinedup.record.attributed import Attributed, items_of
from joinedup.record.due import statement_due
from joinedup.record.schema import TABLES
from joinedup.record.store import table_batches
from joinedup.record.taking import storable

if TYPE_CHECKING:
    import pyarrow as pa


def report_addition(file: Path, read: Attributed, version: str) -> Addition:
    """What a report adds to the record."""
    rows, report = report_rows(read, version), read.report
    return Addition(
        file=file,
        sha256=report.sha256,
        kind="report",
        version=version,
        tables=tuple(rows),
        count=sum(len(found) for found in rows.values()),
        rows=partial(_under, rows),
        reaches=lambda: report.published,
        problems=tuple(one.what for one in report.problems),
    )


def report_rows(read: Attributed, version: str) -> dict[str, list[dict[str, Any]]]:
    """One report's rows by table, without their load. A table that the report gives no row to is absent."""
    report = read.report
    judged = list(zip(items_of(report), read.attributions, strict=True))
    rows: dict[str, list[dict[str, Any]]] = {
        "reports": [_report(report, version)],
        "judgements": [
            {
                "report": report.sha256,
                "key": one.key,
                "title": one.title,
                "grade": one.grade,
                "page": one.page,
                "boxes": _boxes(one.boxes),
            }
            for one in report.judgements
        ],
        "findings": [_finding(report, ordinal, *each) for ordinal, each in enumerate(judged)],
        "responsibilities": [
            {
                "finding": _finding_id(report, ordinal),
                "agency": one.agency,
                "words": one.words,
                "confidence": one.confidence,
            }
            for ordinal, (_, attribution) in enumerate(judged)
            for one in attribution.agencies
        ],
        "themes": [
            {
                "finding": _finding_id(report, ordinal),
                "theme": one.key,
                "words": one.words,
                "confidence": one.confidence,
            }
            for ordinal, (_, attribution) in enumerate(judged)
            for one in attribution.themes
        ],
        "addressees": [
            {
                "report": report.sha256,
                "ordinal": ordinal,
                "name": one.name,
                "role": one.role,
                "organisation": one.organisation,
                "agency": one.agency,
            }
            for ordinal, one in enumerate(report.addressees)
        ],
    }
    return {name: found for name, found in rows.items() if found}


def _under(rows: Mapping[str, list[dict[str, Any]]], load: str) -> dict[str, list[pa.RecordBatch]]:
    return {name: table_batches(TABLES[name], [{**row, "load": load} for row in found]) for name, found in rows.items()}


def _report(report: Report, reader_version: str) -> dict[str, Any]:
    area, statement, outcome, said = report.area, report.statement, report.outcome, report.publication
    return {
        "sha256": report.sha256,
        "file": storable(report.file),
        "area": area.slug if area else None,
        "area_name": area.name if area else None,
        "la_code": area.la_code if area else None,
        "ons_code": area.ons_code if area else None,
        "framework": report.framework,
        "visit": report.visit,
        "start_date": report.start,
        "end_date": report.end,
        "published": report.published,
        "lead_inspector": report.lead_inspector,
        "inspectorates": list(report.inspectorates),
        "theme": report.theme,
        "principal_authority": statement.principal_authority if statement else None,
        "statement_due": statement.due if statement else None,
        "statement_due_computed": statement_due(report.framework, report.published),
        "outcome": outcome.key if outcome else None,
        "outcome_text": outcome.text if outcome else None,
        "outcome_page": outcome.page if outcome else None,
        "pages": report.pages,
        "sheets": [asdict(sheet) for sheet in report.sheets],
        "problems": [{"page": one.page, "what": one.what} for one in report.problems],
        "reference": said.reference if said else None,
        "version": said.version if said else None,
        "replaced": None,
        "fictional": report.fictional,
        "reader_version": reader_version,
    }


def _finding_id(report: Report, ordinal: int) -> str:
    return f"{report.sha256}-{ordinal:04d}"


def _finding(report: Report, ordinal: int, item: Item, attribution: Attribution) -> dict[str, Any]:
    return {
        "id": _finding_id(report, ordinal),
        "report": report.sha256,
        "ordinal": ordinal,
        "kind": item.kind,
        "section": item.section,
        "lead_in": item.lead_in,
        "number": item.number,
        "page": item.page,
        "text": item.text,
        "polarity": attribution.polarity.value,
        "polarity_words": attribution.polarity.words or None,
        "polarity_confidence": attribution.polarity.confidence,
        "responsible": list(item.responsible),
        "boxes": _boxes(item.boxes),
    }


def _boxes(boxes: Iterable[Box]) -> list[dict[str, Any]]:
    return [
        {"page": box.page, "left": box.left, "bottom": box.bottom, "right": box.right, "top": box.top} for box in boxes
    ]
