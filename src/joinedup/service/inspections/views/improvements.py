"""What a concern asks for, of whom, by when; or why it asks for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from joinedup.areas import answers_to, posts
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import SeenForm, WhyForm
from joinedup.service.inspections.actions import findings as actions
from joinedup.service.inspections.findings_shown import read_improvement
from joinedup.service.inspections.models import Finding, Improvement, Inspection
from joinedup.service.inspections.scope import agency_titles
from joinedup.service.inspections.views.findings import find
from joinedup.service.inspections.views.judging_forms import form_page, here


class ImprovementForm(SeenForm):
    """What is asked, of which post, by when. The posts are those of the area on the first day of fieldwork."""

    later = ("agency", "post", "due")
    words = forms.CharField(
        label="What must improve",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what must improve"},
    )
    agency = forms.ChoiceField(
        label="Responsible agency",
        required=False,
        help_text="You can give the agency, the post and the day later. All are needed before signing.",
    )
    post = forms.ChoiceField(
        label="Accountable post",
        required=False,
        help_text="A post says which agency it is. To whom each post answers is shown below the form.",
    )
    due = forms.DateField(label="By when", required=False)
    priority = forms.BooleanField(label="It is urgent: a priority action", required=False)

    def __init__(
        self, inspection: Inspection, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial={"seen": 0, **initial})
        day, area = inspection.fieldwork_start, inspection.area
        titles = agency_titles(inspection.in_scope)
        self.held = [(title, posts(key, area, day)) for key, title in titles]
        self.answering = [
            (title, [(post.title, [above.title for above in answers_to(post, area, day)]) for post in held])
            for title, held in self.held
        ]
        agency, post = self.fields["agency"], self.fields["post"]
        assert isinstance(agency, forms.ChoiceField)
        assert isinstance(post, forms.ChoiceField)
        agency.choices = [("", "Not said yet"), *titles]
        post.choices = [
            ("", "Not said yet"),
            *((title, [(each.key, each.title) for each in held]) for title, held in self.held),
        ]


_NAMES = ("words", "agency", "post", "due", "priority")


@needs(Permission.DRAFT_SEE)
def improvement(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """An improvement is shown with the concern that it comes from."""
    it = _find(inspection, number)
    return HttpResponseRedirect(f"{here('finding', inspection, it.finding.number)}#improvement-{number}")


@needs(Permission.FINDING_WRITE)
def new(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Ask for something from a concern."""
    concern = find(inspection, number)
    start = {"agency": concern.agencies[0] if len(concern.agencies) == 1 else ""}
    form = ImprovementForm(inspection, request.POST or None, initial=start)
    return _page(
        request,
        inspection,
        concern,
        form,
        lambda data: actions.ask_improvement(
            by=person_of(request), inspection=inspection, finding=concern, **{name: data[name] for name in _NAMES}
        ),
        f"Ask for an improvement from finding {number}",
    )


@needs(Permission.FINDING_WRITE)
def edit(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Change what is asked, of whom and by when."""
    it = _find(inspection, number)
    start = {"seen": it.version, **{name: getattr(it, name) for name in _NAMES}}
    form = ImprovementForm(inspection, request.POST or None, initial=start)
    return _page(
        request,
        inspection,
        it.finding,
        form,
        lambda data: actions.change_improvement(
            by=person_of(request),
            inspection=inspection,
            improvement=it,
            seen=data["seen"],
            **{name: data[name] for name in _NAMES},
        ),
        f"Change improvement {number}",
    )


@needs(Permission.FINDING_WRITE)
def drop(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Ask for it no longer, with the reason."""
    it = _find(inspection, number)
    return form_page(
        request,
        inspection,
        "findings",
        WhyForm(request.POST or None, initial={"seen": it.version}),
        lambda data: actions.drop_improvement(
            by=person_of(request), inspection=inspection, improvement=it, seen=data["seen"], why=data["why"]
        ),
        title=f"Drop improvement {number}",
        done=f"Improvement {number} is dropped.",
        then=here("finding", inspection, it.finding.number),
        save="Drop the improvement",
        context={"intro": it.words},
        shown=_stands,
    )


@needs(Permission.FINDING_WRITE)
def asks_nothing(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Say why a concern asks for nothing."""
    concern = find(inspection, number)
    form = WhyForm(request.POST or None, initial={"seen": concern.version, "why": concern.no_improvement})
    form.fields["why"].label = "Why nobody is asked to improve anything"
    form.fields["why"].required = False
    return form_page(
        request,
        inspection,
        "findings",
        form,
        lambda data: actions.ask_nothing(
            by=person_of(request), inspection=inspection, finding=concern, seen=data["seen"], why=data["why"]
        ),
        title=f"Finding {number} asks for nothing",
        done="The reason is kept.",
        then=here("finding", inspection, number),
        context={"intro": concern.words},
        shown=lambda thing: [("Finding", thing.words)],
        values=lambda thing: {"why": thing.no_improvement},
    )


def _page(
    request: HttpRequest, inspection: Inspection, concern: Finding, form: ImprovementForm, act: Any, title: str
) -> HttpResponse:
    return form_page(
        request,
        inspection,
        "findings",
        form,
        act,
        title=title,
        done="The improvement is saved.",
        then=here("finding", inspection, concern.number),
        template="inspections/judging/improvement_form.html",
        context={"intro": concern.words},
        shown=_stands,
    )


def _find(inspection: Inspection, number: int) -> Improvement:
    it = inspection.improvements.select_related("finding").filter(number=number).first()
    if it is None:
        raise Http404("There is no such improvement")
    return it


def _stands(thing: Improvement) -> list[tuple[str, str]]:
    it = read_improvement(thing)
    return [
        ("What must improve", thing.words),
        ("Agency", it.agency),
        ("Post", it.post),
        ("By when", str(thing.due or "")),
        ("Dropped", thing.dropped),
    ]
