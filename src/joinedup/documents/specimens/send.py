"""Reports of area SEND inspections since 2023: one of three outcomes, and who must do what in a table of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from joinedup.documents.specimens.cast import Person, invent_names
from joinedup.documents.specimens.draft import Draft
from joinedup.documents.specimens.setting import Style
from joinedup.documents.specimens.when import print_range
from joinedup.documents.specimens.writer import Statement, Writer

STYLE = Style(marker="■", emblem=70, size=12, number_size=13, foot_size=9, first_head="Local area partnership report")

OUTCOMES = ("positive", "inconsistent", "inconsistent", "systemic")
_SAYS = {
    "positive": (
        "This local area partnership’s arrangements for children and young people with special educational needs "
        "and/or disabilities (SEND) typically lead to positive experiences and outcomes. It knows what is left to do."
    ),
    "inconsistent": (
        "This local area partnership’s arrangements for children and young people with special educational needs "
        "and/or disabilities (SEND) lead to inconsistent experiences and outcomes. That must change."
    ),
    "systemic": (
        "There are widespread and/or systemic failings in what this local area partnership does for children and "
        "young people with special educational needs and/or disabilities (SEND). They must be put right urgently."
    ),
}
_NEXT = {
    "positive": "The next full area SEND inspection will be within approximately five years.",
    "inconsistent": "The next full area SEND inspection will be within approximately three years.",
    "systemic": "A monitoring inspection will follow within approximately 18 months, a full one within three years.",
}
_PLAN = "HMCI requires the local area partnership to prepare and submit a priority action plan (area SEND)."
_STRATEGY = "The partnership is asked to update and publish its strategic plan in the light of this report."
_SUB = (
    "how long children wait for their first appointment with each therapy",
    "how many plans were finished in time",
    "how many children are on reduced timetables, and for how long",
    "what young people say of the help that they had",
    "how many young people with SEND are in work at 19",
)


def write(draft: Draft, writer: Writer, outcome: str | None = None) -> None:
    """Writes the whole report into the draft."""
    cast, rng = draft.cast, writer.rng
    key = outcome or rng.choice(OUTCOMES)
    draft.title = f"Area SEND inspection of {cast.area.name} Local Area Partnership"
    draft.inspectorates = ("Ofsted", "CQC")
    dates = print_range(draft.start, draft.end)
    draft.style = replace(
        draft.style, foot=(f"Area SEND inspection report: {cast.area.name} Local Area Partnership, {dates}",)
    )
    draft.heading(draft.title, 1)
    before = draft.start - dt.timedelta(days=7 * rng.randint(200, 290))
    previous = print_range(before, before + dt.timedelta(days=4))
    draft.add(kind="lines", lines=[f"Inspection dates: {dates}", f"Dates of previous inspection: {previous}"])
    place = draft.outcome(key, _SAYS[key])
    last = _PLAN if key == "systemic" else _STRATEGY
    paragraphs = [{"text": _SAYS[key], "id": place}, {"text": _NEXT[key]}, {"text": last}]
    draft.add(kind="box", title="Inspection outcome", paragraphs=paragraphs)
    draft.heading("Information about the local area partnership")
    for _ in range(2):
        draft.paragraph(writer.glue("context-send"))
    draft.add(kind="break")
    draft.heading("What is it like to be a child or young person with SEND in this area?")
    draft.findings([_experience(writer) for _ in range(rng.randint(3, 5))])
    strong = {"positive": 8, "inconsistent": 6, "systemic": 4}[key]
    draft.heading("What is the area partnership doing that is effective?")
    draft.bullets("strength", [writer.follow(each, 0.8) for each in writer.strengths({"send"}, strong, "s")])
    _tasks(draft, writer, key)
    _details(draft, writer)


def _experience(writer: Writer) -> Statement:
    lines = [Statement(writer.glue("send-experience")) for _ in range(writer.rng.randint(1, 2))]
    return writer.join(*lines)


def _tasks(draft: Draft, writer: Writer, key: str) -> None:
    """What must be done, drawn before what falls short is told, so that what is asked again is asked as a task."""
    urgent = writer.asks({"send"}, writer.rng.randint(2, 4), "m") if key == "systemic" else []
    tasks = writer.asks({"send"}, writer.rng.randint(3, 5), "m")
    if writer.rng.random() < 0.5:
        tasks.append(_with_sub(writer))
    draft.heading("What does the area partnership need to do better?")
    weak = {"positive": 3, "inconsistent": 5, "systemic": 7}[key]
    draft.bullets("finding", [writer.follow(each, 0.8) for each in writer.asks({"send"}, weak, "w")])
    if urgent:
        draft.heading("Areas for priority action")
        draft.table_of(
            "priority_action",
            urgent,
            "Areas for priority action",
            [_bodies(draft, each) for each in urgent],
            "Responsible body",
        )
    draft.heading("Areas for improvement")
    draft.table_of("improvement", tasks, "Areas for improvement")


def _with_sub(writer: Writer) -> Statement:
    topics = writer.rng.sample(_SUB, 3)
    sub = (*(f"{topic};" for topic in topics[:-1]), f"{topics[-1]}.")
    return Statement(
        "Leaders across the partnership should tell families, once a term and in plain words:",
        ("partnership",),
        ("performance data",),
        "weakness",
        sub=sub,
    )


def _bodies(draft: Draft, said: Statement) -> list[str]:
    council, health = draft.cast.council, draft.cast.commissioner
    if said.agencies == ("health",):
        return [health]
    if "health" in said.agencies or "partnership" in said.agencies:
        return [council, health]
    return [council]


def _details(draft: Draft, writer: Writer) -> None:
    cast = draft.cast
    director, chief, lead, second, third, fourth = invent_names(writer.rng, 6)
    draft.lead_inspector = lead
    draft.addressees = (
        Person(director, "Director of Children’s Services", cast.council, "local_authority"),
        Person(chief, "Chief Executive", cast.commissioner, "health"),
    )
    draft.add(kind="break")
    draft.heading("Local area partnership details")
    health = cast.commissioner.removeprefix("NHS ").removesuffix(" Integrated Care Board")
    health_site = f"www.{health.lower().replace(' ', '')}.icb.example"
    rows = [
        [cast.council, cast.commissioner],
        [f"{leader.name}, {leader.role}" for leader in draft.addressees],
        [f"www.{cast.home.site}", health_site],
        [", ".join(cast.home.address), f"{health} House"],
    ]
    draft.add(kind="table", columns=[1, 1], head=["Local authority", "Integrated care board"], rows=rows)
    draft.heading("Information about this inspection", 3)
    draft.paragraph(
        "The Secretary of State for Education asked for it, under section 20(1)(a) of the Children Act 2004."
    )
    draft.heading("Inspection team", 3)
    team = [
        [f"{lead}, Ofsted Lead Inspector", f"{third}, CQC Lead Inspector"],
        [f"{second}, Ofsted HMI", f"{fourth}, CQC Inspector"],
    ]
    draft.add(kind="table", columns=[1.3, 1], head=["Ofsted", "Care Quality Commission"], rows=team)
