"""The page of names that must not appear: they go in, are counted, and are never shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joinedup.service.access import needs, person_of
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import GovForm
from joinedup.service.inspections.actions import names as acts
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.name_list import lost
from joinedup.service.inspections.views.desk import no_drafts
from joinedup.service.inspections.views.forming import tried
from joinedup.service.live import inspection_page

WHAT: dict[str, tuple[str, Callable[..., int], str]] = {
    "add": ("Put on the list", acts.list_names, "put on the list"),
    "remove": ("Take off the list", acts.take_names_off, "taken off the list"),
    "lost": ("Take off those that can no longer be looked for", acts.take_lost_names_off, "taken off the list"),
}


class NamesForm(GovForm):
    """Names, and whether they go on the list or off it."""

    what = forms.ChoiceField(label="What to do", widget=forms.RadioSelect, initial="add")
    names = forms.CharField(
        label="Names, one on each line",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text="First and last names of children and of those who live with them. They are not shown again.",
    )

    def __init__(self, lost_names: int, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["names"].label = "Names, one a line"
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [(key, title) for key, (title, _, _) in WHAT.items() if key != "lost" or lost_names]


@needs(Permission.CHILD_NAMES)
@no_drafts
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Put names on the list that the look for what could identify a child goes by, or take them off."""
    lost_names = lost(inspection)
    form = NamesForm(lost_names, request.POST if request.method == "POST" else None)

    def act() -> str:
        _, action, done = WHAT[form.cleaned_data["what"]]
        given = {} if action is acts.take_lost_names_off else {"names": form.cleaned_data["names"]}
        count = action(by=person_of(request), inspection=inspection, **given)
        return f"{count} name{'' if count == 1 else 's'} {done}."

    gone, context, status = tried(request, form, act, reverse("child-names", args=[inspection.reference]))
    if gone:
        return gone
    context |= {"form": form, "count": inspection.listed_names.filter(removed=False).count(), "lost": lost_names}
    return inspection_page(request, "inspections/evidence/names.html", inspection, "children", context, status=status)
