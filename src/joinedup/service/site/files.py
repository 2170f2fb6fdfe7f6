"""Tables as files to fetch, and what is wrong with a file's address in plain text: who fetches one reads no page."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from joinedup.service.site.address_form import AddressForm, ListForm
from joinedup.service.site.area_search import full_name
from joinedup.service.site.downloads import Download

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def table_file(name: str, rows: Sequence[Mapping[str, Any]], download: Download) -> HttpResponse:
    """The rows of a download as a file of that name, whose ending says in which format."""
    from joinedup.documents.spreadsheets import WRITERS

    ending = name.rpartition(".")[2]
    made = io.BytesIO()
    WRITERS[ending](made, rows, tuple(download.columns))
    return HttpResponse(made.getvalue(), content_type=TYPES[ending], headers=as_file(name))


def as_file(name: str) -> dict[str, str]:
    """The header by which a browser keeps an answer as a file of that name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def refused(form: AddressForm) -> HttpResponse:
    """Everything that is wrong with a file's address."""
    told = [message for _, message in form.problems()]
    if isinstance(form, ListForm) and form.near:
        told.append(f"Did you mean: {', '.join(map(full_name, form.near))}?")
    return plain_text("\n".join(told), 400)


def plain_text(words: str, status: int, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Why there is no file, in plain text."""
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
