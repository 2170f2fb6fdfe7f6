"""Letters of focused visits and monitoring visits to one council, 2018 to now. They give no grades."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from joinedup.documents.specimens.cast import Person, invent_names
from joinedup.documents.specimens.draft import Draft
from joinedup.documents.specimens.setting import Style
from joinedup.documents.specimens.when import print_day, print_range
from joinedup.documents.specimens.writer import Statement, Writer

STYLE = Style(marker="◼", emblem=56, number_size=11, foot_rule=False)

THEMES = {
    "contacts and referrals at the front door": {"help", "frontdoor"},
    "children in need and children subject to a child protection plan": {"help"},
    "children in care": {"care"},
    "planning and achieving permanence": {"care", "adoption"},
    "care leavers": {"leavers"},
    "children vulnerable to extra-familial risk": {"help", "exploitation"},
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def write_focused(draft: Draft, writer: Writer, theme: str | None = None) -> None:
    """Writes the letter of a focused visit into the draft; its theme is one of THEMES."""
    theme = theme or writer.rng.choice(sorted(THEMES))
    draft.theme = theme
    draft.title = f"Focused visit to {draft.cast.area.name} children’s services"
    inspectors = _opening(draft, writer)
    draft.paragraph(
        f"This letter summarises the findings of the focused visit to {draft.cast.area.name} children’s services on "
        f"{_days(draft)}. {draft.cast.inspector_title}s for this visit were {' and '.join(inspectors)}."
    )
    draft.paragraph(
        f"Inspectors looked at the local authority’s arrangements for {theme}. {writer.glue('focused-intro')}"
    )
    draft.paragraph("The visit followed the framework for inspecting local authority children’s services (ILACS).")
    sections = THEMES[theme]
    draft.heading("Headline findings", 3)
    draft.findings(writer.paragraphs(sections, 1, 1) + writer.paragraphs({"leaders"}, 1, 0))
    if writer.rng.random() < 0.25:
        draft.heading("Area for priority action", 3)
        draft.bullets("priority_action", writer.asks(sections, writer.rng.randint(1, 2), "m"))
    draft.heading("What needs to improve in this area of social work practice", 3)
    draft.bullets("improvement", writer.asks(sections | {"leaders"}, writer.rng.randint(2, 5), "n"))
    draft.heading("Main findings", 3)
    draft.findings(writer.paragraphs(sections, 4, 3) + writer.paragraphs({"leaders"}, 1, 2))
    draft.findings([Statement("Ofsted will take this visit into account when it plans the next one.")])
    _closing(draft, inspectors[0])


def write_monitoring(draft: Draft, writer: Writer, theme: str | None = None, *, judged: dt.date | None = None) -> None:
    """Writes the letter of a monitoring visit, with when the council was judged inadequate."""
    theme = theme or writer.rng.choice(sorted(THEMES))
    draft.theme = theme
    draft.title = f"Monitoring visit to {draft.cast.area.name} children’s services"
    inspectors = _opening(draft, writer)
    since = judged or draft.start - dt.timedelta(days=writer.rng.randint(260, 600))
    visit = writer.rng.choice(_ORDINALS)
    draft.paragraph(
        f"This letter summarises the findings of the monitoring visit to {draft.cast.area.name} children’s services on "
        f"{_days(draft)}. This was the {visit} monitoring visit since the local authority was judged inadequate in "
        f"{since:%B %Y}. {draft.cast.inspector_title}s for this visit were {' and '.join(inspectors)}."
    )
    draft.heading("Areas covered by the visit", 3)
    draft.paragraph(
        f"Inspectors reviewed the local authority’s arrangements for {theme}. {writer.glue('monitoring-intro')}"
    )
    sections = THEMES[theme]
    draft.heading("Headline findings", 3)
    draft.findings(writer.paragraphs(sections | {"leaders"}, 2, 1))
    draft.heading("Findings and evaluation of progress", 3)
    draft.findings(writer.paragraphs(sections, 3, 4) + writer.paragraphs({"leaders"}, 1, 2))
    draft.findings([Statement("This letter is published, as it is not the first of its series.")])
    _closing(draft, inspectors[0])


def _days(draft: Draft) -> str:
    if (draft.end - draft.start).days == 1 and draft.start.month == draft.end.month:
        return f"{draft.start.day} and {print_day(draft.end)}"
    return print_range(draft.start, draft.end)


def _opening(draft: Draft, writer: Writer) -> list[str]:
    cast = draft.cast
    director, *inspectors = invent_names(writer.rng, 3)
    draft.lead_inspector = inspectors[0]
    draft.style = replace(draft.style, size=writer.rng.choice((12.5, 13)))
    draft.add(kind="lines", lines=[print_day(draft.published)])
    post = "Director of Children’s Services"
    draft.addressees = (Person(director, post, cast.council, "local_authority"),)
    draft.add(kind="lines", lines=[director, post, cast.council, *cast.home.address])
    draft.add(kind="lines", lines=[f"Dear {director.split()[0]}"])
    draft.heading(draft.title, 3)
    return inspectors


def _closing(draft: Draft, inspector: str) -> None:
    draft.add(kind="lines", lines=["Yours sincerely"])
    draft.add(kind="lines", lines=[inspector, draft.cast.inspector_title])
