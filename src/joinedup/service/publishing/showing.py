"""Documents ready to be sent: marked as drafts until the report is published, as PDF, Word or part of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from django.http import HttpResponse

from joinedup.documents.inspection import (
    Document,
    InspectionReport,
    childrens_summary,
    public_summary,
    published_report,
    to_html,
)
from joinedup.service.inspections import files
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.filling import from_inspection
from joinedup.service.publishing.models import Publication

DRAFT = "Draft – not for publication"
MAKERS: dict[str, Callable[[InspectionReport], Document]] = {
    "report": published_report,
    "summary": public_summary,
    "children": childrens_summary,
}
"""The documents that are published, by the name that stands in their addresses."""
KEPT = 32


def as_it_stands(inspection: Inspection, what: str) -> Document:
    """A document of the latest version; before the first, a draft of what is written so far, and marked so.

    Raises ContentError where no document can be made of it, TooLongError where a summary does not fit.
    """
    versions = [each for each in inspection.publications.all() if each.state == "published"]
    document = MAKERS[what](from_inspection(inspection, versions))
    if versions:
        return document
    return replace(document, mark=f"{DRAFT}. {document.mark or ''}".strip())


@lru_cache(maxsize=KEPT)
def published_html(publication: int, sha256: str, what: str) -> str:
    """A published document as a fragment of a page. A version never changes, so it is made once in each process."""
    found = Publication.objects.select_related("inspection").get(pk=publication, sha256=sha256)
    versions = list(found.inspection.publications.filter(number__lte=found.number))
    return to_html(MAKERS[what](from_inspection(found.inspection, versions)))


def file_of(publication: Publication, what: str) -> str:
    """The SHA-256 of a version's file."""
    return {
        "report": publication.sha256,
        "summary": publication.summary_sha256,
        "children": publication.children_sha256,
    }[what]


def kept_file(publication: Publication, what: str) -> bytes:
    """The bytes of a version's file, as they were published."""
    with files.open(file_of(publication, what)) as kept:
        return kept.read()


def sent(content: bytes, name: str, kind: str, *, private: bool = True) -> HttpResponse:
    """A file as an answer; a private one is kept by no cache."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"inline; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store" if private else "public, max-age=3600"
    return response
