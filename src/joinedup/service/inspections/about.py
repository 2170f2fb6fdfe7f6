"""What a challenge or a point can be about: "finding 3", "contribution police", "judgement leadership"."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse

from joinedup.areas import get_agency
from joinedup.service.inspections.models import Inspection


class Thing(NamedTuple):
    """A thing that something is about: how it is kept, its words for people, and the page that shows it."""

    about: str
    title: str
    url: str


def things(inspection: Inspection) -> tuple[Thing, ...]:
    """Everything in an inspection that can be questioned; one query."""
    found = [
        thing_named(inspection, f"finding {number}")
        for number in inspection.findings.filter(dropped="").values_list("number", flat=True)
    ]
    found += [thing_named(inspection, f"contribution {agency}") for agency in inspection.in_scope]
    found += [thing_named(inspection, f"judgement {each.key}") for each in inspection.rules.judgements]
    return tuple(found)


def can_be_about(inspection: Inspection, about: str) -> bool:
    """Whether there is such a thing in the inspection."""
    return any(about == each.about for each in things(inspection))


def thing_named(inspection: Inspection, about: str) -> Thing:
    """The thing that `about` names, which was checked when it was kept."""
    kind, _, name = about.partition(" ")
    match kind:
        case "finding":
            return Thing(about, f"Finding {name}", reverse("finding", args=[inspection.reference, int(name)]))
        case "improvement":
            return Thing(about, f"Improvement {name}", reverse("improvement", args=[inspection.reference, int(name)]))
        case "contribution":
            title = f"Contribution: {get_agency(name).title}"
            return Thing(about, title, f"{reverse('contributions', args=[inspection.reference])}#{name}")
        case _:
            title = inspection.rules.judgement(name).title
            return Thing(about, f"Judgement: {title}", f"{reverse('judgements', args=[inspection.reference])}#{name}")
