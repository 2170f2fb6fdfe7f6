"""Checking whom statements hold responsible, for the operator of the service: the most doubtful first."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from joinedup.analysis.sheet_checked import BY_READING
from joinedup.record import RecordError
from joinedup.service.access import operator
from joinedup.service.methods import require_form
from joinedup.service.site import checking, explorer
from joinedup.service.site.asking import Asking, AskingForm
from joinedup.service.site.checking import Entry
from joinedup.service.site.person_form import CheckerForm
from joinedup.service.site.records import current_record, look_again
from joinedup.service.site.turning import page_status, turns
from joinedup.service.site.wording import agency_titles


class CheckingForm(CheckerForm):
    """Who checked the statements, and how; `stopped` are those that were sent and not saved."""

    stopped: Sequence[Entry] = ()

    def problems(self) -> list[tuple[str, str]]:
        """(where, message) of everything wrong: first each statement that was not saved."""
        return [(one.anchor, one.wrong) for one in self.stopped if one.wrong] + super().problems()


@never_cache
def refused(request: HttpRequest) -> HttpResponse:
    """The form as it was sent, less the token, which was not the operator's; nothing is saved."""
    asked = AskingForm(request.GET)
    asking = asked.asking if asked.is_valid() else Asking()
    filled = CheckingForm(request.POST)
    filled.refuse("Nothing was saved")
    return _page(request, asking, filled, checking.sent(current_record(), request.POST), status=403)


@operator(refused)
@never_cache
@require_form
def page(request: HttpRequest) -> HttpResponse:
    """The statements that the explorer's filters leave and nobody has spoken for, the least sure first. What is sent
    is saved statement by statement; what could not be is shown again."""
    asked = AskingForm(request.GET)
    if not asked.is_valid():
        return render(request, "site/check.html", {"asked": asked}, status=400)
    asking = asked.asking
    if request.method != "POST":
        return _page(request, asking, CheckingForm())
    look_again()  # what is saved is said of what stands now, not of what stood some seconds ago
    filled, entries = CheckingForm(request.POST), checking.sent(current_record(), request.POST)
    if gone := len(request.POST.getlist("of")) - len(entries):
        filled.add_error(None, f"Nothing was saved: {gone} of the statements are read otherwise since you began")
    elif not any(one.checked for one in entries):
        filled.add_error(None, "Say which statements you have checked")
    if not filled.is_valid():
        return _page(request, asking, filled, entries, status=400)
    told = filled.cleaned_data
    try:
        filled.stopped = checking.keep(entries, told["by"], told["reason"])
    except RecordError as error:
        filled.add_error(None, f"Nothing was saved. {error}")
        return _page(request, asking, filled, entries, status=503)
    look_again()
    if filled.stopped:
        return _page(request, asking, filled, filled.stopped, status=409)
    pages = checking.doubtful(current_record(), asking).pages  # the last one may be gone with what was on it
    return redirect(reverse("check") + asking.query(page=min(asking.page, pages)))


def _page(
    request: HttpRequest,
    asking: Asking,
    filled: CheckingForm,
    entries: Sequence[Entry] = (),
    status: int | None = None,
) -> HttpResponse:
    """The page: of what was sent, or, where nothing of that is read so any more, of what the filters leave."""
    found = checking.doubtful(current_record(), asking)
    typed = {name: str(filled.data.get(name, "")) for name in ("by", "reason")}
    context = {
        "form": filled,
        "found": found,
        "entries": entries or found.entries,
        "agencies": agency_titles().items(),
        "chosen": explorer.chosen(asking),
        "query": asking.query(page=1),
        "turns": turns(asking, found.pages),
        "typed": typed if filled.is_bound else {"by": "", "reason": BY_READING},
    }
    return render(request, "site/check.html", context, status=status or page_status(asking, found.pages))
