"""The texts that the team writes for readers of the report, and the words that stand where it has written none."""

from __future__ import annotations

from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.models import Wording

TITLES = {
    "summary": "Summary for the public",
    "for_children": "Summary for children and young people",
    "method": "How the inspection was made",
}
"""The texts of a `Wording` by the name of their field."""


def wording_of(inspection: Inspection) -> Wording | None:
    """What was written; None before anything was. Asked of the database anew."""
    return Wording.objects.filter(inspection=inspection).select_related("by").first()


def signed_texts(inspection: Inspection) -> dict[str, str]:
    """What is signed with the rest: each text that was written, under its title."""
    written = wording_of(inspection)
    texts = {title: getattr(written, name) for name, title in TITLES.items()} if written else {}
    return {title: words for title, words in texts.items() if words}


def usual_method(inspection: Inspection) -> str:
    """How an inspection under the framework is made, in words that its file gives and this system's own."""
    rules = inspection.rules
    said = [f"The inspection was made under the framework “{rules.title}”.", rules.notice.words]
    if rules.children:
        said.append(
            "Inspectors followed the experiences of children from start to finish, and looked at what every agency"
            " that knows them did."
        )
    if rules.sector_led:
        said.append("People who do such work in other areas were part of the team.")
    agreed = (
        "Every judgement rests on findings, and every finding on evidence of more than one kind. Each agency read what"
        " the draft says of it and could say what was not right. Every inspectorate that took part has signed the"
        " report."
    )
    return f"{' '.join(said)}\n\n{agreed}"
