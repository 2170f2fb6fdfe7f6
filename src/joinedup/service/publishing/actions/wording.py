"""Writing what readers of the report are told beside the judgements."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from joinedup.documents.errors import ContentError, TooLongError
from joinedup.documents.inspection import childrens_summary, public_summary
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import StaleError, ValidationError, action, change, create
from joinedup.service.disclosure import IDENTIFIERS
from joinedup.service.inspections.looking_over import note_identifies_no_child, require_may_leave
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.filling import from_inspection
from joinedup.service.publishing.models import Wording
from joinedup.service.publishing.wording import wording_of


@action(Permission.JUDGEMENT_WRITE)
def write_wording(
    *,
    by: Person,
    inspection: Inspection,
    seen: int,
    summary: str = "",
    for_children: str = "",
    method: str = "",
    confirmed: str = "",
) -> Wording:
    """Write the summaries and the method, as a whole; `seen` is 0 where there were none before.

    An empty text is put together from the rest when documents are made. Raises ValidationError for a summary that does
    not fit its two pages, DisclosureError for words that could identify a child.
    """
    texts = {"summary": summary.strip(), "for_children": for_children.strip(), "method": method.strip()}
    marks = require_may_leave(inspection, texts.items(), confirmed, rules=IDENTIFIERS)
    _require_that_they_fit(inspection, texts["summary"], texts["for_children"])
    there = wording_of(inspection)
    values = {**texts, "by": by, "at": timezone.now()}
    if there is None:
        made = create(Wording, inspection=inspection, **values)
    elif seen != there.version:
        raise StaleError(there)
    elif any(getattr(there, name) != words for name, words in texts.items()):
        made = change(there, seen=seen, **values)
    else:
        return there
    note_identifies_no_child(made, marks)
    return made


def _require_that_they_fit(inspection: Inspection, summary: str, for_children: str) -> None:
    """Both summaries with these texts, where the inspection is far enough on that a report can be made at all."""
    try:
        report = replace(from_inspection(inspection), summary=summary, for_children=for_children)
    except ContentError:
        return
    for name, words, make in (
        ("summary", summary, public_summary),
        ("for_children", for_children, childrens_summary),
    ):
        try:
            if words:
                make(report)
        except TooLongError as error:
            raise ValidationError({name: f"Shorten it: {error}"}) from error
