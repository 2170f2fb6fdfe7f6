"""Moderation: what was questioned, what was answered, and what stands open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import GovForm, SeenForm
from joinedup.service.inspections.about import thing_named, things
from joinedup.service.inspections.actions import moderation as actions
from joinedup.service.inspections.models import Challenge, Inspection
from joinedup.service.inspections.views.judging_forms import form_page, here
from joinedup.service.live import inspection_page


def _text(label: str, message: str) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": message})


class ChallengeForm(GovForm):
    """A challenge: about what, and what is questioned."""

    about = forms.ChoiceField(label="About", error_messages={"required": "Choose what it is about"})
    words = _text("What you question", "Write what you question")

    def __init__(
        self, inspection: Inspection, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [("", "Choose"), *((each.about, each.title) for each in things(inspection))]


class AnswerForm(SeenForm):
    """An answer to a challenge."""

    answer = _text("Answer", "Write the answer")


class AgainForm(SeenForm):
    """What is still questioned."""

    words = _text("What you still question", "Write what you still question")


@needs(Permission.DRAFT_SEE)
def moderation(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Every challenge with its answer, the open ones first."""
    rows = [
        {"it": each, "thing": thing_named(inspection, each.about)}
        for each in inspection.challenges.select_related("by", "answered_by").order_by("closed", "number")
    ]
    context = {
        "rows": rows,
        "open": sum(not row["it"].closed for row in rows),  # type: ignore[attr-defined]
        "may_challenge": _may(request, inspection, Permission.CHALLENGE),
        "may_answer": _may(request, inspection, Permission.CHALLENGE_ANSWER),
    }
    return inspection_page(request, "inspections/judging/moderation.html", inspection, "moderation", context)


@needs(Permission.CHALLENGE)
def new(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Question something."""
    form = ChallengeForm(inspection, request.POST or None, initial={"about": request.GET.get("about", "")})
    return form_page(
        request,
        inspection,
        "moderation",
        form,
        lambda data: actions.challenge(by=person_of(request), inspection=inspection, **data),
        title="Challenge",
        done="The challenge stands, and the team is asked to answer it.",
        then=here("moderation", inspection),
        save="Challenge",
    )


@needs(Permission.CHALLENGE_ANSWER)
def answer(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Answer a challenge."""
    it = _find(inspection, number)
    form = AnswerForm(request.POST or None, initial={"seen": it.version, "answer": it.answer})
    return _about(
        request, inspection, it, form, actions.answer_challenge,
        title=f"Answer challenge {number}", save="Save the answer", done=f"Challenge {number} is answered.",
    )  # fmt: skip


@needs(Permission.CHALLENGE)
def close(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Be content with the answer."""
    it = _find(inspection, number)
    form = SeenForm(request.POST or None, initial={"seen": it.version})
    return _about(
        request, inspection, it, form, actions.close_challenge,
        title=f"Close challenge {number}", save="Close the challenge", done=f"Challenge {number} is closed.",
    )  # fmt: skip


@needs(Permission.CHALLENGE)
def again(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Not be content with the answer."""
    it = _find(inspection, number)
    form = AgainForm(request.POST or None, initial={"seen": it.version})
    return _about(
        request, inspection, it, form, actions.challenge_again,
        title=f"Challenge again after challenge {number}", save="Challenge again",
        done="The new challenge stands; the earlier one is kept with its answer.",
    )  # fmt: skip


def _about(
    request: HttpRequest,
    inspection: Inspection,
    it: Challenge,
    form: SeenForm,
    act: Callable[..., Any],
    *,
    title: str,
    save: str,
    done: str,
) -> HttpResponse:
    """A page with a challenge and a form on it, whose fields are what `act` takes beside the challenge itself."""
    return form_page(
        request,
        inspection,
        "moderation",
        form,
        lambda data: act(by=person_of(request), inspection=inspection, challenge=it, **data),
        then=here("moderation", inspection),
        template="inspections/judging/exchange_form.html",
        context={"it": it, "thing": thing_named(inspection, it.about), "reply": it.answer},
        shown=lambda thing: [("Challenge", thing.words), ("Answer", thing.answer)],
        title=title,
        save=save,
        done=done,
    )


def _find(inspection: Inspection, number: int) -> Challenge:
    it = inspection.challenges.select_related("by", "answered_by").filter(number=number).first()
    if it is None:
        raise Http404("There is no such challenge")
    return it


def _may(request: HttpRequest, inspection: Inspection, permission: Permission) -> bool:
    return can(request.user, permission, inspection) and inspection.is_open_for(permission)
