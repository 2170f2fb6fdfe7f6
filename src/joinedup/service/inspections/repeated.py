"""What a person has saved with the same words in the same place is not saved a second time: they are led to the first.

A form that is sent twice is known by its mark (`joinedup.service.sent_once`). Whoever goes back in the browser gets the
page anew, with a new mark, and their words may still stand in it. The actions ask here, with the inspection locked, so
that of two forms at the same moment the second finds what the first has made.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from joinedup.service.actions import RefusedError
from joinedup.service.inspections.models import (
    AccuracyPoint,
    Challenge,
    Evidence,
    Finding,
    Improvement,
    InformationRequest,
    Reply,
)

_SAID = "You have already saved these words here: {}. They were not saved again. Change them to save something else."


class RepeatedError(RefusedError):
    """The same words are in the same place already. `title` says as what, and `url` is the page that shows it."""

    def __init__(self, title: str, url: str) -> None:
        super().__init__(_SAID.format(title))
        self.title, self.url = title, url

    @property
    def linked(self) -> SafeString:
        """The message for a page: it leads to what is there."""
        return format_html(_SAID, format_html('<a class="govuk-link" href="{}">{}</a>', self.url, self.title))


def require_new(same: QuerySet[Any]) -> None:
    """Raise RepeatedError where there are such rows: the person's own, in the same place, with the same words.

    What was dropped, withdrawn or answered does not stand any more, and the caller leaves it out: the same may be
    asked again.
    """
    there = same.first()
    if there is not None:
        raise RepeatedError(*_shown(there))


def _shown(thing: Any) -> tuple[str, str]:
    """What a thing is called, and the page that shows it."""
    match thing:
        case Evidence():
            return thing.label, _page("evidence-piece", thing, thing.number)
        case Finding():
            return f"finding {thing.number}", _page("finding", thing, thing.number)
        case Improvement():
            return f"improvement {thing.number}", _page("improvement", thing, thing.number)
        case InformationRequest():
            return f"request {thing.number}", _page("request", thing, thing.number)
        case Reply():
            return f"an answer to request {thing.request.number}", _page("request", thing.request, thing.request.number)
        case Challenge():
            return f"challenge {thing.number}", f"{_page('moderation', thing)}#challenge-{thing.number}"
        case AccuracyPoint():
            return f"point {thing.number}", f"{_page('accuracy-draft', thing, thing.party_id)}#point-{thing.number}"
    raise AssertionError(f"nothing says where a {type(thing).__name__} is shown")


def _page(name: str, thing: Any, *args: object) -> str:
    return reverse(name, args=[thing.inspection.reference, *args])
