"""The evidence base as CSV, a row a piece, sent while it is read from the database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from joinedup.service.inspections.evidence_shown import Titles
from joinedup.service.inspections.models import Evidence, Inspection

COLUMNS = (
    "evidence", "day", "words", "source", "criterion", "agencies", "praise_or_concern", "child", "added_by",
    "organisation", "added_at", "withdrawn", "has_files",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 1_000


class _Echo:
    """Gives back what is written to it, so that the csv module makes lines one at a time."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def plain(value: str) -> str:
    """A cell that a spreadsheet shows and does not reckon: what could begin a formula gets an apostrophe before it."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def as_csv(inspection: Inspection, rows: QuerySet[Evidence]) -> StreamingHttpResponse:
    """The rows as a CSV download, in UTF-8 with the mark that spreadsheets know it by."""
    name = f"{inspection.reference}-evidence.csv"
    return StreamingHttpResponse(
        _lines(inspection, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _lines(inspection: Inspection, rows: QuerySet[Evidence]) -> Iterator[str]:
    writer, titles = csv.writer(_Echo()), Titles(inspection)
    yield "\ufeff" + str(writer.writerow(COLUMNS))
    for each in rows.iterator(_AT_ONCE):
        yield str(writer.writerow(_row(titles, each)))


def _row(titles: Titles, each: Any) -> list[str]:
    line = titles.line(each)
    cells = (
        each.label, each.seen_on.isoformat(), each.words, line.source, line.criterion, "; ".join(line.agencies),
        line.tendency, each.child.reference if each.child else "", each.by.name, each.organisation.name,
        each.at.isoformat(timespec="seconds"), each.withdrawn, "yes" if each.attached else "no",
    )  # fmt: skip
    return [plain(cell) for cell in cells]
