"""Saying whether a later statement is on the same thing as what an area was asked for, for the operator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from joinedup.areas import Area
from joinedup.errors import NotFoundError, UsageError
from joinedup.record import RecordError
from joinedup.record.correcting import ChangedMeanwhileError
from joinedup.service.access import operator
from joinedup.service.methods import require_form
from joinedup.service.site import same
from joinedup.service.site.asked_fates import same_address
from joinedup.service.site.person_form import PersonForm
from joinedup.service.site.records import current_record, look_again
from joinedup.service.site.same import Asked, Two
from joinedup.service.site.views.areas import the_area

LONGEST = 500
"""Letters of the words that are sought."""


class SameForm(PersonForm):
    """Whether both are on the same thing, who says so and why."""

    new = forms.ChoiceField(
        choices=(("yes", "Yes"), ("no", "No")),
        error_messages={"required": "Say whether both are on the same thing"},
    )
    field_order = ("new",)

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.fields["by"].error_messages["required"] = "Say who you are"
        self.fields["reason"].error_messages["required"] = "Say how you know"
        if "withdraw" in self.data:
            self.fields["new"].required = False


class FindForm(forms.Form):
    """Some words of the later statement, or its page's address."""

    words = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": "Give some words of the later statement, or the address of its page",
            "max_length": f"The words must be {LONGEST} characters or fewer",
        },
    )

    def problems(self) -> list[tuple[str, str]]:
        """(field, message) of everything wrong."""
        return [("words", str(message)) for message in self.errors.get("words", ())]


@never_cache
def refused(request: HttpRequest, slug: str) -> HttpResponse:
    """The form as it was sent, less the token, which was not the operator's; nothing is kept."""
    area, asked = _asked(request, slug)
    if "later" not in request.GET:
        return _find(request, area, asked, status=403)
    filled = SameForm(request.POST)
    filled.refuse("Nothing was saved")
    return _form(request, area, _two(request, area, asked), filled, status=403)


@operator(refused)
@never_cache
@require_form
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for one thing asked for and one later statement; where none is named, the search for it."""
    if request.method == "POST":
        look_again()  # what is said is said of what stands now, not of what stood some seconds ago
    area, asked = _asked(request, slug)
    if "later" not in request.GET:
        return _find(request, area, asked)
    two = _two(request, area, asked)
    if request.method != "POST":
        return _form(request, area, two, SameForm())
    filled = SameForm(request.POST)
    if not filled.is_valid():
        return _form(request, area, two, filled, status=400)
    told = filled.cleaned_data
    new = None if "withdraw" in request.POST else told["new"]
    try:
        same.say(two, new, request.POST.get("seen", two.stands), told["by"], told["reason"])
    except ChangedMeanwhileError as error:
        look_again()
        filled.add_error("new", f"{error} Send the form again if yours is right all the same")
        return _form(request, area, _two(request, area, asked), filled, status=409)
    except (UsageError, NotFoundError) as error:
        filled.add_error("new", str(error))
    except RecordError as error:
        filled.add_error(None, f"Nothing was saved. {error}")
        return _form(request, area, two, filled, status=503)
    else:
        look_again()
        return redirect("area-asked-again", slug=area.slug)
    return _form(request, area, two, filled, status=400)


def _asked(request: HttpRequest, slug: str) -> tuple[Area, Asked]:
    area = the_area(slug)
    found = same.find_asked(current_record(), area.slug, request.GET.get("asked", ""))
    if found is None:
        raise Http404("The area was asked for no such thing")
    return area, found


def _two(request: HttpRequest, area: Area, asked: Asked) -> Two:
    found = same.find_two(current_record(), area.slug, asked, request.GET.get("later", ""))
    if found is None:
        raise Http404("No later report on the area has such a statement")
    return found


def _find(request: HttpRequest, area: Area, asked: Asked, status: int = 200) -> HttpResponse:
    record, filled = current_record(), FindForm(request.GET if "words" in request.GET else None)
    first, found = same.shown(record, asked.statement), []
    if filled.is_valid():
        words = filled.cleaned_data["words"]
        found = same.with_words(asked, words)
        if len(found) == 1:
            return redirect(same_address(area.slug, first, same.shown(record, found[0]).named))
        if not found:
            filled.add_error("words", f"No later statement on {area.name} has these words: “{words}”")
        elif len(found) > same.MOST:
            filled.add_error(
                "words", f"{len(found)} later statements on {area.name} have these words: give more of them"
            )
    offered = [same.shown(record, one) for one in found] if not filled.errors else []
    context = {
        "area": area,
        "form": filled,
        "first": first,
        "named": request.GET.get("asked", ""),
        "words": request.GET.get("words", ""),
        "offered": [(one, same_address(area.slug, first, one.named)) for one in offered],
    }
    return render(request, "site/same_find.html", context, status=400 if filled.errors else status)


def _form(request: HttpRequest, area: Area, two: Two, filled: SameForm, status: int = 200) -> HttpResponse:
    record = current_record()
    # A form that was only refused is still of what it showed; one that was told what stands now has shown that.
    still = filled.is_bound and status != 409
    context = {
        "area": area,
        "two": two,
        "form": filled,
        "first": same.shown(record, two.earlier),
        "later": same.shown(record, two.later),
        "seen": request.POST.get("seen", two.stands) if still else two.stands,
        "given": str(filled.data.get("new", "")),
        "typed": {name: str(filled.data.get(name, "")) for name in ("by", "reason")},
    }
    return render(request, "site/same.html", context, status=status)
