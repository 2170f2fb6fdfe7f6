"""The team meeting: every judgement with where each inspectorate stands, at a glance, and what it rests on."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import SeenForm
from joinedup.service.inspections.actions import judging as actions
from joinedup.service.inspections.meeting import judgements_met
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.scope import grade_titles
from joinedup.service.inspections.views.judging_forms import form_page, here
from joinedup.service.live import inspection_page


class PositionForm(SeenForm):
    """Where one's own inspectorate stands."""

    stance = forms.ChoiceField(
        label="Where we stand",
        choices=[
            ("agreed", "Agreed"),
            ("contested", "Contested: we do not agree"),
            ("thin", "The evidence is too thin to say"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say where your inspectorate stands"},
    )
    words = forms.CharField(
        label="Why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed unless you agree.",
    )


@needs(Permission.DRAFT_SEE)
def meeting(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Every judgement, agreed, contested or thin, with the positions and findings under it."""
    may = can(request.user, Permission.POSITION_RECORD, inspection)
    context = {
        "rows": judgements_met(inspection),
        "may_record": may
        and inspection.is_open_for(Permission.POSITION_RECORD)
        and inspection.takes_part(person_of(request).organisation_id),
    }
    return inspection_page(request, "inspections/judging/meeting.html", inspection, "meeting", context)


@needs(Permission.POSITION_RECORD)
def position(request: HttpRequest, inspection: Inspection, key: str) -> HttpResponse:
    """Record where one's own inspectorate stands on a judgement as it reads now."""
    by_key = {each.key: each for each in inspection.rules.judgements}
    it = inspection.judgements.filter(key=key).first()
    if key not in by_key or it is None:
        raise Http404("There is no such judgement yet")
    person = person_of(request)
    mine = it.positions.filter(organisation=person.organisation_id).first()
    start = {"stance": mine.stance, "words": mine.words} if mine else {}
    grades = grade_titles(inspection)
    return form_page(
        request,
        inspection,
        "meeting",
        PositionForm(request.POST or None, initial={**start, "seen": it.version}),
        lambda data: actions.record_position(by=person, inspection=inspection, judgement=it, **data),
        title=f"Where {person.organisation.name} stands: {by_key[key].title}",
        done=f"The position of {person.organisation.name} on {by_key[key].title} is recorded.",
        then=f"{here('meeting', inspection)}#{key}",
        template="inspections/judging/position_form.html",
        context={"it": it, "grade": grades.get(it.grade, "")},
        shown=lambda thing: [("Narrative", thing.narrative), ("Grade", grades.get(thing.grade, ""))],
    )
