"""Letters of joint targeted area inspections, 2016 to 2020 and from 2022. They give no grades.

The older letter lists key strengths and areas for improvement as long bullets under each other, with case studies in
frames; the newer opens with headline findings and short bullets. Both end with who writes a statement by which day
(SI 2015/1792: 70 working days after receipt, though letters print days that differ a little).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from joinedup.areas import add_working_days
from joinedup.documents.specimens.cast import Person, invent_names, letter_people
from joinedup.documents.specimens.draft import Draft
from joinedup.documents.specimens.setting import Style
from joinedup.documents.specimens.when import print_day, print_range
from joinedup.documents.specimens.writer import Statement, Writer

OLD_STYLE = Style(marker="■", emblem=60, number_size=9, foot_rule=False, indent=4)
NEW_STYLE = Style(marker="◼", emblem=60, number_size=11, foot_rule=False)

NEW_LETTER = dt.date(2022, 1, 1)
RESCUE = dt.date(2017, 7, 19)  # when HMIC became HMICFRS
ADDRESS = "statements@joinedup.example"


@dataclass(frozen=True, slots=True)
class Theme:
    """What a round of inspections looked into: when it ran, in which words, and whether probation was inspected."""

    first: dt.date
    last: dt.date
    words: str
    sections: frozenset[str]
    probation: bool


def _theme(first: tuple[int, int], last: tuple[int, int], words: str, sections: str, *, probation: bool) -> Theme:
    last_day = dt.date(last[0] + last[1] // 12, last[1] % 12 + 1, 1) - dt.timedelta(days=1)
    return Theme(dt.date(*first, 1), last_day, words, frozenset(sections.split()), probation)


THEMES = (
    _theme(
        (2016, 2),
        (2016, 8),
        "children at risk of sexual exploitation and children who go missing",
        "exploitation csa",
        probation=True,
    ),
    _theme((2016, 9), (2017, 4), "children living with domestic abuse", "da", probation=True),
    _theme(
        (2017, 5),
        (2018, 1),
        "children between seven and 15 years old who have been neglected",
        "neglect earlyhelp",
        probation=True,
    ),
    _theme((2018, 2), (2018, 8), "children living with domestic abuse", "da", probation=True),
    _theme((2018, 9), (2019, 5), "children who have been sexually abused in their family", "csa", probation=True),
    _theme((2019, 6), (2019, 8), "children who are exploited by criminals", "exploitation", probation=True),
    _theme((2019, 9), (2020, 3), "children aged ten to 15 with mental ill health", "mentalhealth", probation=True),
    _theme((2022, 1), (2026, 12), "identification of initial need and risk", "earlyhelp", probation=False),
    _theme((2022, 6), (2022, 8), "the criminal exploitation of children", "exploitation", probation=False),
    _theme((2022, 12), (2023, 3), "children and families who need help", "earlyhelp", probation=False),
    _theme((2023, 10), (2024, 6), "serious youth violence", "exploitation", probation=True),
    _theme((2024, 9), (2025, 8), "children who are victims of domestic abuse", "da", probation=True),
    _theme((2025, 9), (2026, 12), "child sexual abuse in the family environment", "csa", probation=True),
)


def write(draft: Draft, writer: Writer) -> None:
    """Writes the whole letter into the draft."""
    themes = [theme for theme in THEMES if theme.first <= draft.start <= theme.last]
    theme = writer.rng.choice(themes)
    draft.theme = theme.words
    draft.title = f"Joint targeted area inspection of {draft.cast.area.name}"
    draft.inspectorates = (
        ("Ofsted", "CQC", "HMICFRS", "HMI Probation") if theme.probation else ("Ofsted", "CQC", "HMICFRS")
    )
    draft.addressees = tuple(letter_people(draft.cast, writer.rng, probation=theme.probation))
    draft.add(kind="lines", lines=[print_day(draft.published)])
    draft.add(kind="lines", lines=[_address(person) for person in draft.addressees])
    sections = set(theme.sections) | {"frontdoor"}
    if draft.start < NEW_LETTER:
        _old_letter(draft, writer, theme, sections)
    else:
        _new_letter(draft, writer, theme, sections)


def _address(person: Person) -> str:
    # Printed as one reads it: “Chief Constable, Fenmarch Constabulary”; a commissioner's office is not printed.
    return (
        f"{person.name}, {person.role}, {person.organisation}"
        if person.organisation
        else f"{person.name}, {person.role}"
    )


def _old_letter(draft: Draft, writer: Writer, theme: Theme, sections: set[str]) -> None:
    area = draft.cast.area.name
    constabulary = f"HMI Constabulary ({'HMICFRS' if draft.start >= RESCUE else 'HMIC'})"
    draft.add(kind="lines", lines=["Dear local partnership"])
    draft.heading(f"Joint targeted area inspection of the multi-agency response to abuse and neglect in {area}", 3)
    note = "The inspection was carried out under section 20 of the Children Act 2004."
    dates = print_range(draft.start, draft.end).replace(" to ", " and ")
    who = f"Ofsted, the Care Quality Commission (CQC), {constabulary} and HMI Probation (HMI Prob)"
    what = f"undertook a joint inspection of the multi-agency response to abuse and neglect in {area}."
    draft.paragraph([f"Between {dates}, {who} {what}", {"note": note}])
    draft.paragraph("This letter is for all who lead services in the area. It says what we found of each and of all.")
    draft.paragraph(
        f"The inspection looked at the front door for all children. It also had a ‘deep dive’ focus on {theme.words}."
    )
    wide = sections | {"help", "lscb"}
    draft.heading("Key strengths", 3)
    strengths = [_long(writer, each) for each in writer.strengths(wide, writer.rng.randint(12, 18), "s")]
    draft.bullets("strength", strengths)
    draft.box("Case study: highly effective practice", [_study(writer, "strong")])
    draft.heading("Areas for improvement", 3)
    asks = [_long(writer, each) for each in writer.asks(wide, writer.rng.randint(16, 26), "w")]
    draft.bullets("improvement", asks)
    draft.box("Case study: area for improvement", [_study(writer, "weak")], breakable=False)
    if writer.rng.random() < 0.3:
        draft.heading("Areas for priority action", 3)
        draft.bullets("priority_action", writer.asks(sections, writer.rng.randint(1, 3), "m"))
    draft.heading("Next steps", 3)
    _statement(draft, writer, "director of children’s services", old=True)
    _signatures(draft, writer)


def _new_letter(draft: Draft, writer: Writer, theme: Theme, sections: set[str]) -> None:
    area = draft.cast.area.name
    draft.add(kind="lines", lines=[f"Dear {draft.cast.board}"])
    draft.heading(f"Joint targeted area inspection of {area}", 3)
    inspection = "joint targeted area inspection (JTAI) of the multi-agency response"
    draft.paragraph(f"This letter summarises the findings of the {inspection} to {theme.words} in {area}.")
    his = "His" if "His" in draft.cast.inspector_title else "Her"
    names = [
        "Ofsted",
        "the Care Quality Commission (CQC)",
        f"{his} Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS)",
    ]
    if theme.probation:
        names.append(f"{his} Majesty’s Inspectorate of Probation (HMIP)")
    who = f"{', '.join(names[:-1])} and {names[-1]}"
    dates = print_range(draft.start, draft.end)
    draft.paragraph(f"This inspection took place from {dates}. It was carried out by inspectors from {who}.")
    if theme.probation:
        draft.heading("Context", 3)
        draft.paragraph(f"Every agency has a part in the response to {theme.words}, and none can do well at it alone.")
    draft.heading("Headline findings", 3)
    draft.findings(writer.paragraphs({"lscb", *sections}, 2, 1))
    if writer.rng.random() < 0.3:
        draft.heading("Areas for priority action", 3)
        draft.bullets("priority_action", writer.asks(sections, writer.rng.randint(1, 2), "m"))
    draft.heading("What needs to improve?", 3)
    draft.bullets("improvement", writer.asks(sections, writer.rng.randint(5, 11), "n"))
    draft.heading("Strengths", 3)
    draft.bullets("strength", writer.strengths(sections, writer.rng.randint(5, 10), "n"))
    draft.heading("Main findings", 3)
    draft.findings(writer.paragraphs(sections, 4, 5))
    draft.box("Practice study: highly effective practice", [_study(writer, "strong")])
    draft.findings(writer.paragraphs(sections | {"lscb", "help"}, 3, 3))
    draft.box("Practice study: area for improvement", [_study(writer, "weak")], breakable=False)
    draft.heading("Next steps", 3)
    who_writes = writer.rng.choices(
        (draft.cast.council, draft.cast.commissioner, f"chair of {draft.cast.board}"), (8, 1, 1)
    )[0]
    _statement(draft, writer, who_writes, old=False)
    _signatures(draft, writer)


def _long(writer: Writer, said: Statement) -> Statement:
    return writer.follow(said, 0.8)


def _study(writer: Writer, kind: str) -> Statement:
    polarity = "strength" if kind == "strong" else "weakness"
    return Statement(writer.glue(f"study-{kind}").replace("..", "."), ("partnership",), (), polarity)


def _statement(draft: Draft, writer: Writer, who: str, *, old: bool) -> None:
    due = add_working_days(draft.published, 70 + writer.rng.choice((0, 0, 0, -1, -4, -6)))
    draft.statement = {"principal_authority": who, "due": due.isoformat()}
    the = "" if who == draft.cast.council or who == draft.cast.commissioner else "the "
    others = f"{draft.cast.police}, {draft.cast.commissioner} and the other agencies to which this letter is sent"
    if old:
        draft.paragraph(
            f"The {who} should prepare a written statement of proposed action in answer to this letter. {others} "
            "should help to write it. It should say what the partnership and, where needed, single agencies will do."
        )
    else:
        draft.paragraph(
            f"We have determined that {the}{who} is the principal authority and should prepare a written statement "
            f"of proposed action in answer to this letter. {others} should help to write it, and the safeguarding "
            "partners should see that it is carried out."
        )
    subject = f"{the}{who}"
    draft.paragraph(
        [
            f"{subject[0].upper()}{subject[1:]} should send the written statement of action to ",
            {"link": ADDRESS},
            f" by {print_day(due)}. It will be read before any later inspection of one agency or of several.",
        ]
    )


def _signatures(draft: Draft, writer: Writer) -> None:
    posts = {
        "Ofsted": "National Director, Social Care, Ofsted",
        "CQC": "Chief Inspector, Care Quality Commission",
        "HMICFRS": f"{draft.cast.inspector_title} of Constabulary",
        "HMI Probation": f"{draft.cast.inspector_title} of Probation",
    }
    draft.add(kind="lines", lines=["Yours sincerely"])
    names = invent_names(writer.rng, len(draft.inspectorates))
    rows = [[[{"bold": name}, f" {posts[body]}"]] for name, body in zip(names, draft.inspectorates, strict=True)]
    draft.add(kind="table", columns=[1], rows=rows)
