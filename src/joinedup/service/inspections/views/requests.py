"""Requests for information: what inspectors ask of the agencies, and what the agencies answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from joinedup.areas import get_agency
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import IN_A_TEAM, Permission
from joinedup.service.forms import GovForm
from joinedup.service.inspections import files
from joinedup.service.inspections.actions import requests as act
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Attachment, InformationRequest, Inspection, Party, Reply
from joinedup.service.inspections.stages import REQUEST_LIFE
from joinedup.service.inspections.views.acting import ToldReasonForm, act_page, press
from joinedup.service.live import inspection_page, version_seen

PAGE = 50


@needs(Permission.REQUEST_SEE)
def requests(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """What was asked, the first due first; to an agency's people their own."""
    person, today = person_of(request), timezone.localdate()
    found = seen_by(person, inspection).select_related("party__organisation")
    shown = request.GET.get("state", "")
    if shown == "overdue":
        found = found.filter(state="open", due__lt=today)
    elif shown in REQUEST_LIFE.titles:
        found = found.filter(state=shown)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    makes = can(person, Permission.REQUEST_MAKE, inspection) and inspection.is_open_for(Permission.REQUEST_MAKE)
    context = {
        "page": page,
        "rows": [(each, get_agency(each.party.agency).title, _overdue(each)) for each in page],
        "state": shown,
        "states": [("", "All"), ("overdue", "Overdue"), *REQUEST_LIFE.titles.items()],
        "query": f"state={shown}&" if shown else "",
        "makes": makes,
        "overdue": inspection.requests.filter(state="open", due__lt=today).count() if makes else 0,
    }
    return inspection_page(request, "inspections/requests.html", inspection, "requests", context)


class _PartiesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Party) -> str:
        return f"{obj.organisation} ({get_agency(obj.agency).title})"


class _MakeForm(LookedOver, GovForm):
    parties = _PartiesField(Party.objects.none(), label="Which agencies?", widget=forms.CheckboxSelectMultiple)
    asks = forms.CharField(
        label="What do you ask for?",
        help_text=(
            "One request in each paragraph: its first line is the title, the other lines say more. Leave an empty line "
            "between two requests. Each agency gets each of them."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
    )
    due = forms.DateField(label="By when?")

    def __init__(self, inspection: Inspection, *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["parties"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = inspection.parties.select_related("organisation")

    def typed(self) -> dict[str, str]:
        """What was asked for, as it was typed."""
        return {"asks": "\n".join(words for ask in self.cleaned_data["asks"] for words in ask)}

    def clean_asks(self) -> list[act.Ask]:
        """Each paragraph as a title and what follows it."""
        asks, lines = [], [line.strip() for line in self.cleaned_data["asks"].splitlines()]
        while lines:
            end = lines.index("") if "" in lines else len(lines)
            paragraph, lines = lines[:end], lines[end + 1 :]
            if paragraph:
                asks.append(act.Ask(paragraph[0], "\n".join(paragraph[1:])))
        if any(len(ask.title) > 200 for ask in asks):
            raise forms.ValidationError("The first line of each request must have at most 200 letters")
        return asks


@needs(Permission.REQUEST_MAKE)
def request_make(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Ask several agencies for several things at once."""
    form = _MakeForm(inspection, request.POST or None)
    return act_page(
        request, inspection, "requests", form,
        lambda: act.make_requests(
            by=person_of(request), inspection=inspection, **form.cleaned_data, confirmed=form.confirmation
        ),
        title="Ask for information", button="Ask", done="The agencies are asked.",
        then=reverse("requests", args=[inspection.reference]),
    )  # fmt: skip


@needs(Permission.REQUEST_SEE)
def request_one(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """One request with its answers."""
    person = person_of(request)
    replies = Prefetch("replies", Reply.objects.select_related("by__organisation").prefetch_related("attachments"))
    found = seen_by(person, inspection).select_related("party__organisation", "made_by").prefetch_related(replies)
    asked = get_object_or_404(found, number=number)
    events = {
        row.event: row.title
        for row in REQUEST_LIFE.leaving(asked.state)
        if can(person, row.permission, inspection) and inspection.is_open_for(row.permission)
    }
    context = {
        "asked": asked,
        "agency": get_agency(asked.party.agency).title,
        "overdue": _overdue(asked),
        "events": events,
        "own": asked.party.organisation_id == person.organisation_id,
    }
    return inspection_page(request, "inspections/request.html", inspection, "requests", context)


class _AnswerForm(GovForm):
    words = forms.CharField(label="Answer", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    uploads = files.FilesField(label="Files", required=False)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["uploads"].help_text = (
            f"{files.ACCEPTED}, up to {files.LARGEST // 1024 // 1024} MB each and {files.at_once()} together. "
            "Do not send names of children."
        )


@needs(Permission.REQUEST_ANSWER)
def request_answer(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Answer a request of one's own agency."""
    person = person_of(request)
    asked = get_object_or_404(
        inspection.requests.filter(party__organisation=person.organisation_id).select_related("party"), number=number
    )
    form = _AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form.is_bound = True
    can_be = inspection.is_open_for(Permission.REQUEST_ANSWER) and any(
        row.event == "answer" for row in REQUEST_LIFE.leaving(asked.state)
    )
    none = (
        f"It cannot be answered now: the request is {asked.get_state_display().lower()}, and {inspection.reference} is "
        f"at the stage {inspection.get_stage_display().lower()}."
    )
    return act_page(
        request, inspection, "requests", form,
        lambda: act.answer_request(by=person, inspection=inspection, request=asked, **form.cleaned_data),
        title=f"Answer: {asked.title}", button="Send the answer", done="The inspectors have your answer.",
        then=reverse("request", args=[inspection.reference, number]),
        context={"quoted": asked.words, "none": "" if can_be else none},
    )  # fmt: skip


@needs(Permission.REQUEST_MAKE)
@require_POST
def request_accept(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Be content with an answer."""
    asked = _any(inspection, number)
    return press(
        request,
        lambda: act.accept_answer(
            by=person_of(request), inspection=inspection, request=asked, seen=version_seen(request)
        ),
        "The answer is accepted.", reverse("request", args=[inspection.reference, number]),
    )  # fmt: skip


@needs(Permission.REQUEST_MAKE)
@require_POST
def request_chase(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Ask for the same again."""
    asked = _any(inspection, number)
    return press(
        request, lambda: act.chase_request(by=person_of(request), inspection=inspection, request=asked),
        f"{asked.party.organisation} is asked again.", reverse("request", args=[inspection.reference, number]),
    )  # fmt: skip


@needs(Permission.REQUEST_MAKE)
@require_POST
def requests_chase(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Chase everything that is overdue."""
    return press(
        request, lambda: act.chase_overdue(by=person_of(request), inspection=inspection),
        "Every request that is overdue has been chased.", reverse("requests", args=[inspection.reference]),
    )  # fmt: skip


@needs(Permission.REQUEST_MAKE)
def request_send_back(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Send an answer back with what is missing."""
    return _with_reason(request, inspection, number, act.send_back, "Send back", "The agency is asked again.")


@needs(Permission.REQUEST_MAKE)
def request_withdraw(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Ask for it no longer."""
    return _with_reason(request, inspection, number, act.withdraw_request, "Withdraw", "The request is withdrawn.")


@needs(Permission.REQUEST_SEE)
@require_GET
def reply_file(request: HttpRequest, inspection: Inspection, attachment: int) -> HttpResponseBase:
    """A file that came with an answer, to be saved; to an agency's people those of their own answers."""
    person = person_of(request)
    found = Attachment.objects.filter(reply__request__in=seen_by(person, inspection))
    taken = act.take_file(by=person, inspection=inspection, attachment=get_object_or_404(found, pk=attachment))
    return files.download(taken.sha256, taken.name, taken.kind)


def seen_by(person: Person, inspection: Inspection) -> QuerySet[InformationRequest]:
    """The requests that somebody may know of: all for the team, their own organisation's for anybody else."""
    if inspection.roles_of(person) & IN_A_TEAM:
        return inspection.requests.all()
    return inspection.requests.filter(party__organisation=person.organisation_id)


def _with_reason(
    request: HttpRequest, inspection: Inspection, number: int, act_on: Any, title: str, done: str
) -> HttpResponse:
    asked = _any(inspection, number)
    form = ToldReasonForm(request.POST or None, initial={"seen": asked.version})
    return act_page(
        request, inspection, "requests", form,
        lambda: act_on(
            by=person_of(request), inspection=inspection, request=asked, seen=form.cleaned_data["seen"],
            note=form.cleaned_data["why"], confirmed=form.confirmation,
        ),
        title=f"{title}: {asked.title}", button=title, done=done,
        then=reverse("request", args=[inspection.reference, number]),
        now=lambda it: [("State", it.get_state_display())],
    )  # fmt: skip


def _any(inspection: Inspection, number: int) -> InformationRequest:
    return get_object_or_404(inspection.requests.select_related("party__organisation"), number=number)


def _overdue(asked: InformationRequest) -> bool:
    return asked.state == "open" and asked.due < timezone.localdate()
