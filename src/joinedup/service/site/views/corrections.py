"""Correcting what was read, for the operator of the service; and what was corrected, for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.areas import get_area
from joinedup.errors import NotFoundError, UsageError
from joinedup.record import Correction, RecordError, correct
from joinedup.record.correctable import LISTS, LONGEST
from joinedup.service.access import operator, public
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.corrected import corrected
from joinedup.service.site.correcting import correctable
from joinedup.service.site.records import current_record, look_again
from joinedup.service.site.report_page import Line, ReportPage, in_words
from joinedup.service.site.views.report import the_report
from joinedup.service.site.wording import report_address, words_key

LONGEST_NAME = 200
EVERYTHING_SHOWN = 500
"""Corrections on the page of all of them, the latest."""


class CorrectionForm(forms.Form):
    """What is right, who says so and why."""

    new = forms.CharField(required=False)  # what it can be, the record says
    by = forms.CharField(
        label="Your name and role",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Say who makes the correction",
            "max_length": f"Your name and role must be {LONGEST_NAME} characters or fewer",
        },
    )
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST["reason"],
        error_messages={
            "required": "Say why it is wrong",
            "max_length": f"Why must be {LONGEST['reason']:,} characters or fewer",
        },
    )
    token = forms.CharField(label="The operator’s token", required=False)  # compared before the view runs, and not here

    def problems(self) -> list[tuple[str, str]]:
        """(field, message) of everything wrong, in the order of the fields, then at `send` what is of none."""
        of_none = [("send", str(message)) for message in self.non_field_errors()]
        return [(name, str(message)) for name in self.fields for message in self.errors.get(name, ())] + of_none

    def typed(self) -> list[tuple[str, str]]:
        """(title, words) of everything that was typed or chosen, less the token."""
        given = [("What is right", ", ".join(self.data.getlist("new")))]  # type: ignore[attr-defined]
        given += [(str(self.fields[name].label), str(self.data.get(name, ""))) for name in ("by", "reason")]
        return [(title, words) for title, words in given if words.strip()]


@public
@require_safe
@follows_the_record
def index(request: HttpRequest) -> HttpResponse:
    """Every correction, the latest first: what was read, what is right, when and why."""
    record = current_record()
    from joinedup.analysis.accountability_facts import abouts

    known = abouts(record)
    shown = []
    for one in reversed(corrected(record).every[-EVERYTHING_SHOWN:]):
        about = known.get(one.report)
        if about is None or (about.fictional and not settings.SHOW_FICTIONAL):
            continue
        shown.append(
            (in_words(one), about, get_area(about.area).name if about.area else "", report_address(one.report))
        )
    return render(request, "site/corrections.html", {"shown": shown})


@never_cache
def refused(request: HttpRequest, given: str) -> HttpResponse:
    """The form as it was sent, less the token, which was not the operator's; nothing is corrected."""
    page = the_report(given)
    line = _line(page, request.GET.get("finding", ""))
    filled = CorrectionForm(request.POST)
    told = "This is not the operator’s token" if request.POST.get("token") else "Give the operator’s token"
    filled.add_error("token", f"{told}. Nothing was corrected")
    return _asked(request, page, line, filled, status=403)


@operator(refused)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, given: str) -> HttpResponse:
    """Everything that can be corrected of one statement (`finding`) or of the report itself, or the form for one
    `field` of it; a good form leads back to what it corrected."""
    page = the_report(given)
    line = _line(page, request.GET.get("finding", ""))
    if request.method != "POST":
        return _asked(request, page, line, CorrectionForm())
    filled = CorrectionForm(request.POST)
    field, new = request.POST.get("field", ""), request.POST.getlist("new")
    if not new and field not in LISTS:  # of boxes none may be ticked; of all else nothing is a choice of its own
        filled.add_error("new", "Choose what is right")
    if filled.is_valid():
        try:
            made = _correct(page, line, field, new, filled.cleaned_data)
        except (UsageError, NotFoundError) as error:
            filled.add_error("new", str(error))
        except RecordError as error:
            filled.add_error(None, f"Nothing was corrected. {error}")
            return _asked(request, page, line, filled, status=503)
        else:
            look_again()
            return redirect(_back(page, line, made))
    return _asked(request, page, line, filled, status=400)


def _line(page: ReportPage, key: str) -> Line | None:
    """The statement that an address names: by its words, else by those that were read where they were corrected, for
    somebody else may have corrected them since the form was opened."""
    if not key:
        return None
    found = [each for each in page.lines if key in each.keys]
    if not found:
        raise Http404("The report has no such statement")
    return next((each for each in found if each.key == key), found[0])


def _correct(page: ReportPage, line: Line | None, field: str, new: list[str], told: dict[str, str]) -> Correction:
    return correct(
        settings.RECORD,
        report=page.whole.about.sha256,
        finding=line.said.id if line else None,
        field=field,
        new=new if field in LISTS else "".join(new[:1]),
        by=told["by"],
        reason=told["reason"],
    )


def _back(page: ReportPage, line: Line | None, made: Correction) -> str:
    if line is None:
        return report_address(page.whole.about.sha256)
    key = words_key(made.new) if made.field == "text" and made.new else line.key
    return f"{report_address(page.whole.about.sha256)}/pages/{line.said.page}?finding={key}"


def _asked(
    request: HttpRequest, page: ReportPage, line: Line | None, filled: CorrectionForm, status: int = 200
) -> HttpResponse:
    """The form for the field asked for; where none is, or none that there is, the list of all."""
    every = correctable(page, line)
    thing = every.get((request.POST if filled.is_bound else request.GET).get("field", ""))
    context: dict[str, Any] = {"page": page, "line": line, "form": filled, "thing": thing}
    if thing is None:
        context["every"] = every.values()
        if filled.is_bound:
            told = [message for name, message in filled.problems() if name == "token"]
            context |= {"problems": [*told, "Choose what is wrong"], "typed": filled.typed()}
        return render(request, "site/correct.html", context, status=status)
    context["given"] = request.POST.getlist("new") if filled.is_bound else thing.stands
    context["typed"] = {name: str(filled.data.get(name, "")) for name in ("by", "reason")}
    return render(request, "site/correct_one.html", context, status=status)
