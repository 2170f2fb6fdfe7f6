"""Checking many doubtful answers in a spreadsheet, for the operator of the service: the table out, and in again."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from joinedup.analysis.filled_in import LARGEST, MOST_ROWS, NotFilledInError
from joinedup.analysis.sheet_checked import BY_READING, TakenIn, take_in
from joinedup.analysis.sheet_to_check import columns_to_check
from joinedup.documents.spreadsheets import write_to_fill_in
from joinedup.record import RecordError
from joinedup.service.access import operator
from joinedup.service.methods import require_form, require_safe
from joinedup.service.site import explorer, files
from joinedup.service.site.asking import Asking, AskingForm
from joinedup.service.site.person_form import CheckerForm
from joinedup.service.site.records import current_record, look_again
from joinedup.service.uploads import NotTakenIn, takes_a_file

SHOWN = 100
"""How many rows that are wrong are shown."""
_TOO_LARGE = f"The table must be {LARGEST >> 20} MB or smaller"


class TableForm(CheckerForm):
    """A table that was filled in, and who says what rows say that name nobody."""

    field_order = ("table", "by", "reason", "token")
    table = forms.FileField(
        error_messages={"required": "Choose the table that you filled in", "empty": "The table is empty"}
    )

    def clean_table(self) -> UploadedFile:
        """The file, if it is not too large, of which no more was taken in."""
        given: UploadedFile = self.cleaned_data["table"]
        if (given.size or 0) > LARGEST:
            raise forms.ValidationError(_TOO_LARGE)
        return given


def _form(request: HttpRequest) -> TableForm:
    form = TableForm(request.POST, request.FILES)
    if isinstance(request.FILES.get("table"), NotTakenIn):
        form.errors.pop("table", None)
        form.add_error("table", _TOO_LARGE)
    return form


def not_to_fetch(request: HttpRequest, ending: str) -> HttpResponse:
    """A table is only fetched: nothing can be sent to it."""
    return files.plain_text("Nothing was saved.", 403)


@operator(not_to_fetch)
@never_cache
@require_safe
def table(request: HttpRequest, ending: str) -> HttpResponse:
    """What the filters leave and nobody has spoken for, to fill in, as CSV or XLSX."""
    form = AskingForm(request.GET).for_file()
    if not form.is_valid():
        return files.refused(form)
    made = io.BytesIO()
    write_to_fill_in(made, ending, explorer.to_check(current_record(), form.asking), columns_to_check())
    name = f"check.{ending}"
    return HttpResponse(made.getvalue(), content_type=files.TYPES[ending], headers=files.as_file(name))


@never_cache
def refused(request: HttpRequest) -> HttpResponse:
    """The form as it was sent, less the file and the token, which was not the operator's; nothing is saved."""
    form = TableForm(request.POST, request.FILES)
    form.refuse("Nothing was saved")
    return _page(request, form, status=403)


@takes_a_file(LARGEST)
@operator(refused)
@never_cache
@require_form
def page(request: HttpRequest) -> HttpResponse:
    """Where the table is fetched and sent. What it says is kept whole, or what is wrong is shown row by row: then
    nothing was. A table sent twice changes nothing the second time."""
    if request.method != "POST":
        return _page(request, TableForm())
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        found = _taken_in(form)
    except NotFilledInError as error:
        form.add_error("table", f"Nothing was saved. {error}")
        return _page(request, form, status=400)
    except RecordError as error:
        form.add_error(None, f"Nothing was saved. {error}")
        return _page(request, form, status=503)
    look_again()
    return _page(request, form, found, status=409 if found.wrong else 200)


def _taken_in(form: TableForm) -> TakenIn:
    told = form.cleaned_data
    with TemporaryDirectory(prefix="joinedup-table-") as folder:
        path = Path(folder) / "table"
        with path.open("wb") as file:
            for part in told["table"].chunks():
                file.write(part)
        return take_in(settings.RECORD, path, by=told["by"], reason=told["reason"])


def _page(
    request: HttpRequest, form: TableForm, found: TakenIn | None = None, status: int | None = None
) -> HttpResponse:
    asked = AskingForm(request.GET)
    if not asked.is_valid():
        return render(request, "site/check_table.html", {"asked": asked}, status=400)
    asking: Asking = asked.asking
    typed = {name: str(form.data.get(name, "")) for name in ("by", "reason")}
    context = {
        "form": form,
        "query": asking.query(page=1),
        "chosen": explorer.chosen(asking),
        "typed": typed if form.is_bound else {"by": "", "reason": BY_READING},
        "columns": columns_to_check().items(),
        "most": {"rows": MOST_ROWS, "megabytes": LARGEST >> 20},
        "found": found,
        "wrong": found.wrong[:SHOWN] if found else (),
        "rows_wrong": len({one.row for one in found.wrong}) if found else 0,
        "more": max(0, len(found.wrong) - SHOWN) if found else 0,
    }
    return render(request, "site/check_table.html", context, status=status)
