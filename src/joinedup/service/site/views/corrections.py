"""Correcting what was read, for the operator of the service; and what was corrected, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from joinedup.analysis.accountability_facts import About, abouts
from joinedup.analysis.corrected import corrected
from joinedup.areas import get_area
from joinedup.errors import NotFoundError, UsageError
from joinedup.record import Correction, Record, RecordError, Steps, correct
from joinedup.record.correctable import LISTS
from joinedup.record.correcting import NOT_SAID, ChangedMeanwhileError
from joinedup.record.schema import CONFIRMED
from joinedup.service.access import operator, public
from joinedup.service.methods import require_form, require_safe
from joinedup.service.site.caching import follows_the_record
from joinedup.service.site.correcting import correctable
from joinedup.service.site.person_form import PersonForm
from joinedup.service.site.records import current_record, look_again
from joinedup.service.site.report_page import Line, ReportPage
from joinedup.service.site.righted import Righted, in_words, with_later
from joinedup.service.site.taking import takes
from joinedup.service.site.views.report import the_report
from joinedup.service.site.wording import report_address, words_address, words_key

PAGE = 50
"""Corrections on one page of the list."""


class CorrectionForm(PersonForm):
    """What is right, who says so and why."""

    new = forms.CharField(required=False)  # what it can be, the record says
    field_order = ("new",)

    def typed(self) -> list[tuple[str, str]]:
        """(title, words) of everything that was typed or chosen, less the token."""
        given = [("What is right", "; ".join(self.data.getlist("new")))]  # type: ignore[attr-defined]
        given += [(str(self.fields[name].label), str(self.data.get(name, ""))) for name in ("by", "reason")]
        return [(title, words) for title, words in given if words.strip()]


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction as it is listed. `words` (with what introduces their list) and `address`: of the statement where
    it stands now, marked; of a field of the report, and of a statement that is no longer read, the words are empty and
    the address is the report's."""

    righted: Righted
    about: About
    area: str
    lead_in: str
    words: str
    address: str


@public
@require_safe
@follows_the_record
@takes("page")
def index(request: HttpRequest) -> HttpResponse:
    """Every correction, the latest first: of which statement, what was read, what is right, when and why; and how many
    answers were confirmed, which are not listed."""
    record = current_record()
    known = abouts(record)
    given_out = [
        one
        for one in reversed(corrected(record).every)
        if one.report in known and (settings.SHOW_FICTIONAL or not known[one.report].fictional)
    ]
    every = [one for one in given_out if not one.confirmed]
    given, pages = request.GET.get("page", "1"), max(1, -(-len(every) // PAGE))
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    if not 1 <= number <= pages:
        raise Http404("There is no such page of corrections")
    first = (number - 1) * PAGE
    shown = _entries(record, every[first : first + PAGE])
    context = {
        "shown": shown, "total": len(every), "confirmed": sum(one.standing == CONFIRMED for one in given_out),
        "first": first + 1, "last": first + len(shown), "number": number,
        "earlier": number + 1 if number < pages else None, "later": number - 1 if number > 1 else None,
    }  # fmt: skip
    return render(request, "site/corrections.html", context)


def _entries(record: Record, given: list[Correction]) -> list[Entry]:
    steps = Steps().step("said", "SELECT id, page, lead_in, text FROM findings WHERE id IN (SELECT unnest($ids))")
    ids = [each for one in given for each in one.statements]
    said = {row["id"]: row for row in record.ask(steps, ids=ids).rows}
    known, found = abouts(record), []
    for one in given:
        about = known[one.report]
        row = next((said[each] for each in one.statements if each in said), None)
        words, lead_in = (row["text"], row["lead_in"] or "") if row else ("", "")
        address = words_address(one.report, row["page"], words) if row else report_address(one.report)
        area = get_area(about.area).name if about.area else ""
        found.append(Entry(with_later(record, one), about, area, lead_in, words, address))
    return found


@never_cache
def refused(request: HttpRequest, given: str) -> HttpResponse:
    """The form as it was sent, less the token, which was not the operator's; nothing is corrected."""
    page = the_report(given)
    line = _line(page, request.GET.get("finding", ""))
    filled = CorrectionForm(request.POST)
    filled.refuse("Nothing was corrected")
    return _asked(request, page, line, filled, status=403)


@operator(refused)
@never_cache
@require_form
def form(request: HttpRequest, given: str) -> HttpResponse:
    """Everything that can be corrected of one statement (`finding`) or of the report itself, or the form for one
    `field` of it; a good form leads back to what it corrected."""
    if request.method == "POST":
        look_again()  # what is corrected is what stands now, not what stood some seconds ago
    page = the_report(given)
    line = _line(page, request.GET.get("finding", ""))
    if request.method != "POST":
        return _asked(request, page, line, CorrectionForm())
    filled = CorrectionForm(request.POST)
    field, new = request.POST.get("field", ""), request.POST.getlist("new")
    if (
        not new and field not in LISTS and "withdraw" not in request.POST
    ):  # of boxes none may be ticked; of all else nothing is a choice of its own
        filled.add_error("new", "Choose what is right")
    if filled.is_valid():
        try:
            made = _correct(page, line, request, filled.cleaned_data)
        except ChangedMeanwhileError as error:
            look_again()
            page = the_report(given)
            line = next((each for each in page.lines if line and each.said.id == line.said.id), line)
            filled.add_error("new", _meanwhile(error))
            return _asked(request, page, line, filled, status=409)
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


def _correct(page: ReportPage, line: Line | None, request: HttpRequest, told: dict[str, str]) -> Correction:
    field, new = request.POST.get("field", ""), request.POST.getlist("new")
    withdraw = "withdraw" in request.POST
    return correct(
        settings.RECORD,
        report=page.whole.about.sha256,
        finding=line.said.id if line else None,
        field=field,
        new=None if withdraw else new if field in LISTS else "".join(new[:1]),
        withdraw=withdraw,
        seen=request.POST.get("seen", NOT_SAID),
        by=told["by"],
        reason=told["reason"],
    )


def _meanwhile(error: ChangedMeanwhileError) -> str:
    """What is told where what was seen does not stand any more. Who corrected it is told to the operator alone."""
    latest = error.latest
    if latest is None:
        return (
            "This has been read anew since you opened the form. Look at what stands now, and send it again if need be"
        )
    shown = in_words(latest)
    return (
        f"{latest.corrected_by} corrected this since you opened the form, from {shown.old} to {shown.new} "
        f"({latest.reason}). Send the form again if yours is right all the same"
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
    # A form that was only refused is still of what it showed; one that was told what stands now has shown that.
    still = filled.is_bound and status != 409
    context["seen"] = request.POST.get("seen", thing.seen) if still else thing.seen
    context["typed"] = {name: str(filled.data.get(name, "")) for name in ("by", "reason")}
    return render(request, "site/correct_one.html", context, status=status)
