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
from joinedup.attribution import themes
from joinedup.errors import NotFoundError, UsageError
from joinedup.record import Correction, correct
from joinedup.record.applying import APART, GRADE, REPORT_FIELDS
from joinedup.record.correcting import FIELDS, LISTS, LONGEST
from joinedup.service.access import operator, public
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.corrected import corrected
from joinedup.service.site.records import current_record, look_again
from joinedup.service.site.report_page import FIELD_TITLES, Line, ReportPage, in_words
from joinedup.service.site.views.report import the_report
from joinedup.service.site.wording import agency_title, agency_titles, report_address, theme_title, words_key

LONGEST_NAME = 200
EVERYTHING_SHOWN = 500
"""Corrections on the page of all of them, the latest."""


class CorrectionForm(forms.Form):
    """What is wrong, what is right, who says so and why."""

    field = forms.ChoiceField(label="What is wrong", error_messages={"required": "Choose what is wrong"})
    new = forms.CharField(label="What is right", required=False, max_length=LONGEST["text"])
    by = forms.CharField(
        label="Your name and role", max_length=LONGEST_NAME, error_messages={"required": "Say who makes the correction"}
    )
    reason = forms.CharField(
        label="Why", max_length=LONGEST["reason"], error_messages={"required": "Say why it is wrong"}
    )
    token = forms.CharField(label="The operator’s token", required=False)  # compared before the view runs, and not here

    def __init__(self, choices: list[tuple[str, str]], *given: Any) -> None:
        super().__init__(*given)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def problems(self) -> list[tuple[str, str]]:
        """(field, message) of everything wrong, in the order of the fields."""
        return [(name, str(message)) for name in self.fields for message in self.errors.get(name, ())]


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
    filled = CorrectionForm(_choices(page, line), request.POST)
    told = "This is not the operator’s token" if request.POST.get("token") else "Give the operator’s token"
    filled.add_error("token", f"{told}. Nothing was corrected")
    return _shown(request, page, line, filled, filled.data.get("field", ""), status=403)


@operator(refused)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, given: str) -> HttpResponse:
    """The form for one statement (`finding`) or for the report itself; a good one leads back to what it corrected."""
    page = the_report(given)
    line = _line(page, request.GET.get("finding", ""))
    choices = _choices(page, line)
    if request.method != "POST":
        asked = request.GET.get("field", "")
        filled = CorrectionForm(choices)
        return _shown(request, page, line, filled, asked if asked in dict(choices) else "")
    filled = CorrectionForm(choices, request.POST)
    if filled.is_valid():
        try:
            made = _correct(page, line, filled.cleaned_data)
        except (UsageError, NotFoundError) as error:
            filled.add_error("new", str(error))
        else:
            look_again()
            return redirect(_back(page, line, made))
    return _shown(request, page, line, filled, filled.data.get("field", ""), status=400)


def _line(page: ReportPage, key: str) -> Line | None:
    if not key:
        return None
    line = next((each for each in page.lines if each.key == key), None)
    if line is None:
        raise Http404("The report has no such statement")
    return line


def _correct(page: ReportPage, line: Line | None, values: dict[str, str]) -> Correction:
    return correct(
        settings.RECORD,
        report=page.whole.about.sha256,
        finding=line.said.id if line else None,
        field=values["field"],
        new=values["new"],
        by=values["by"],
        reason=values["reason"],
    )


def _back(page: ReportPage, line: Line | None, made: Correction) -> str:
    if line is None:
        return report_address(page.whole.about.sha256)
    key = words_key(made.new) if made.field == "text" and made.new else line.key
    return f"{report_address(page.whole.about.sha256)}/pages/{line.said.page}?finding={key}"


def _choices(page: ReportPage, line: Line | None) -> list[tuple[str, str]]:
    if line is not None:
        return [(name, FIELD_TITLES[name]) for name in ("agencies", "themes", *(x for x in FIELDS if x not in LISTS))]
    grades = [(f"{GRADE}{each.read.key}", f"Grade: {each.read.title}") for each in page.judgements]
    return [*grades, *((name, FIELD_TITLES[name]) for name in REPORT_FIELDS)]


def _stands(page: ReportPage, line: Line | None) -> list[tuple[str, str]]:
    """What stands now of each thing that can be corrected, as it would be typed."""
    if line is not None:
        said = line.said
        now = {
            "agencies": APART.join(agency_title(each.key) for each in said.agencies),
            "themes": APART.join(theme_title(each.key) for each in said.themes),
            "kind": said.kind, "polarity": said.polarity, "section": said.section, "text": said.text,
        }  # fmt: skip
        return [(FIELD_TITLES[name], now[name] or "nothing") for name in FIELDS]
    whole, about = page.whole, page.whole.about
    told = {
        "area": about.area, "framework": about.framework, "visit": about.visit, "start_date": about.start,
        "end_date": about.end, "published": about.published, "lead_inspector": whole.lead_inspector,
        "theme": about.theme, "principal_authority": whole.principal_authority,
        "statement_due": whole.statement_due, "outcome": whole.outcome,
    }  # fmt: skip
    grades = [(f"Grade: {each.read.title}", each.read.grade or "nothing") for each in page.judgements]
    return [*grades, *((FIELD_TITLES[name], str(told[name] or "nothing")) for name in REPORT_FIELDS)]


def _shown(
    request: HttpRequest, page: ReportPage, line: Line | None, filled: CorrectionForm, field: str, status: int = 200
) -> HttpResponse:
    context = {
        "page": page,
        "line": line,
        "form": filled,
        "field": field,
        "typed": {name: str(filled.data.get(name, "")) for name in ("new", "by", "reason")},
        "choices": _choices(page, line),
        "stands": _stands(page, line),
        "agencies": APART.join(agency_titles().values()),
        "themes": APART.join(theme.title for theme in themes()),
    }
    return render(request, "site/correct.html", context, status=status)
