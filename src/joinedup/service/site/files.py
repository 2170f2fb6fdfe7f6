"""An answer as a file that a browser keeps: CSV, XLSX or Parquet, each by the page's own parameters."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from joinedup.service.site.address_form import AddressForm

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
"""The media type of each kind of file, by the ending of its name."""


def as_file(name: str, ending: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> HttpResponse:
    """The rows as a file of that kind, called by that name."""
    from joinedup.documents.spreadsheets import WRITERS

    made = io.BytesIO()
    WRITERS[ending](made, rows, columns)
    response = HttpResponse(made.getvalue(), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def refused(form: AddressForm) -> HttpResponse:
    """What is wrong with the address of a file, in plain text, a line each."""
    return refused_in_words("\n".join(message for _, message in form.problems()))


def refused_in_words(words: str) -> HttpResponse:
    """The same of what no field says."""
    return HttpResponse(words + "\n", status=400, content_type="text/plain; charset=utf-8")
