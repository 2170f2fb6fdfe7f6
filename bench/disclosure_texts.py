"""Texts in the manner of inspection reports, half of them with something planted that could identify a child.

Made from a seed: sentences of our own, invented names and numbers. The half that is held out is made from other
sentences, other traps and other ways of putting things in than the half that the rules were tuned on.
"""

# ruff: noqa: E501 a sentence is read more easily in one line

from __future__ import annotations

import datetime as dt
import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

TODAY = dt.date(2026, 9, 14)
TEXTS = 500

LISTED = (
    "Jayden Okonkwo-Bell",
    "Zoë O’Farrelly",
    "Anne-Marie Castellane",
    "Mohammed Al-Rashidi",
    "Will Underhay",
    "Grace Pennifold",
    "Hope Adeyemi-Clarke",
    "Kacper Wiśniewski",
    "Shanice Tremblett",
    "Siân Llewellyn Mawdsley",
    "Tyrese Fothergale",
    "Rose Van der Meerwijk",
    "Ioana Brătescu",
    "Mark Illingby",
    "Ngọc Ánh Trương",
    "Björk Sæmundson",
)
"""The inspection's list, invented."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A text; what is planted in it (rule, start, end), if anything."""

    words: str
    planted: tuple[tuple[str, int, int], ...]


def texts(held_out: bool, seed: int = 20260914) -> Iterator[Planted]:
    """Half of the texts: those for tuning, or those held out. Every second one has something planted."""
    draw = random.Random(f"{seed}{held_out}")
    half = int(held_out)
    for number in range(TEXTS // 2):
        plain = [_sentence(draw, half) for _ in range(draw.randint(2, 5))]
        plain += [draw.choice(TRAPS[half])(draw) for _ in range(draw.choice([0, 1, 1, 2]))]
        draw.shuffle(plain)
        kinds = draw.choices(list(PLANTS), WEIGHTS, k=draw.choice([1, 1, 1, 2])) if number % 2 else []
        yield _with(draw, plain, [(kind, *_plant(draw, kind, half)) for kind in kinds])


def _with(draw: random.Random, plain: list[str], plants: list[tuple[str, str, str, str]]) -> Planted:
    """The sentences as one text, with each plant's own (before, planted, after) somewhere among them."""
    pieces: list[tuple[str, str, str, str]] = [("", sentence, "", "") for sentence in plain]
    for plant in plants:
        pieces.insert(draw.randint(0, len(pieces)), plant)
    words, planted = "", []
    for kind, before, inside, after in pieces:
        words += (" " if words else "") + before
        if kind:
            planted.append((kind, len(words), len(words) + len(inside)))
        words += inside + after
    return Planted(words, tuple(planted))


def _plant(draw: random.Random, kind: str, half: int) -> tuple[str, str, str]:
    before, _, after = draw.choice(CARRIERS[kind][half]).partition("*")
    return before, PLANTS[kind](draw, half), after


def _sentence(draw: random.Random, half: int) -> str:
    pattern = draw.choice(PROSE[half])
    return pattern.format(
        agency=draw.choice(AGENCIES), quality=draw.choice(QUALITIES), work=draw.choice(WORK),
        place=draw.choice(PLACES), number=draw.randint(11, 480), percent=draw.randint(5, 99),
    )  # fmt: skip


AGENCIES = ("the local authority", "the police", "health visitors", "the probation service", "the integrated care board",
    "youth justice workers", "school leaders", "the hospital trust", "social workers", "early help workers")  # fmt: skip
QUALITIES = ("timely", "uneven", "well planned", "too slow", "thoughtful", "variable", "not yet good enough", "secure")
WORK = ("assessment", "supervision", "the sharing of information", "the response to neglect", "planning", "support",
    "decision-making at the front door", "the quality of referrals", "the oversight of managers")  # fmt: skip
PLACES = ("Ashmere", "Brackenshire", "Kelderby", "Port Rowan")

PROSE = (
    (
        "Across {place}, {work} is {quality}.",
        "Leaders in {agency} know that {work} is {quality} and will need to change it.",
        "Inspectors looked at {number} records and found that {work} was {quality}.",
        "In {percent}% of the cases that were sampled, {agency} had acted by the next working day.",
        "Children told us that they may wait too long before {agency} comes.",
        "We hope that {agency} will keep this up; {work} has been {quality} since the spring.",
        "Most families in {place} speak well of {agency}.",
        "There is a mark of care in how {agency} writes about children’s lives.",
        "Strategy meetings are held quickly, but {agency} does not always attend.",
        "Some children wait while {agency} and others agree who pays.",
    ),
    (
        "{work} by {agency} is {quality}, and leaders can say why.",
        "The partnership’s own audit of {number} plans came to the same view: {work} is {quality}.",
        "Where {agency} listens to children, {work} is {quality}.",
        "Too many children in {place} move school when {agency} finds them a home.",
        "By the end of the fieldwork {percent} per cent of visits had been written up.",
        "Managers grace this work with time, and will go on doing so as long as they can.",
        "A rose garden at the family centre, made by young people, shows what {agency} values.",
        "Parents say that {agency} explains things in plain words.",
        "The plans that we read name what must change, for whom, and when.",
        "Staff turnover in {agency} has fallen from {percent} to 4 per cent.",
    ),
)


def _number(draw: random.Random, digits: int) -> str:
    return "".join(draw.choices(string.digits, k=digits))


def _not_nhs(draw: random.Random) -> str:
    while True:
        number = draw.choice("123456789") + _number(draw, 9)
        if _nhs(number[:9]) != number:
            return number


TRAPS: tuple[tuple[Callable[[random.Random], str], ...], ...] = (
    (
        lambda draw: f"The serious case is kept under reference {_not_nhs(draw)}.",
        lambda draw: f"See case CR/{_number(draw, 4)}/{_number(draw, 6)} and ISBN 978-1-{_number(draw, 6)}-{_number(draw, 2)}-5.",
        lambda draw: f"Nationally, 1 in {draw.randint(3, 9)} children lives in such a home.",
        lambda draw: f"The budget rose to £0{_number(draw, 10)} over the term of the plan.",
        lambda draw: f"The {draw.choice(['NN4', 'M1', 'SW1A', 'LS6'])} district has more referrals than any other.",
        lambda draw: f"Questions go to {draw.choice(['enquiries', 'safeguarding', 'info'])}@ashmere.gov.uk.",
        lambda draw: f"The last inspection took place on {draw.randint(1, 28)} March {draw.randint(2018, 2024)}.",
        lambda draw: f"The report was published on {draw.randint(1, 28)}/0{draw.randint(1, 9)}/{draw.randint(2018, 2024)}.",
        lambda draw: f"Fewer than {draw.choice(['three', 'four'])} children wait longer than that.",
        lambda draw: f"Year {draw.randint(1, 4)} pupils and those in Key Stage {draw.randint(1, 4)} do less well.",
        lambda draw: "Under section 20 of the Children Act 1989 parents had agreed; section 47 enquiries followed.",
        lambda draw: f"In 2021 2022 and 2023 the share was {draw.randint(20, 40)}.{draw.randint(1, 9)}%, then 12.5%.",
        lambda draw: f"There are {draw.choice(['two', 'three'])} children’s homes and {draw.choice(['two', 'four'])} family hubs.",
        lambda draw: "Hayden Brooks, the director, and Mason Whitlock, the chair, meet each month.",
        lambda draw: f"The urn is 1{_number(draw, 5)} and the company number 0{_number(draw, 7)}.",
        lambda draw: f"After {draw.randint(2, 4)} years and {draw.randint(2, 9)} months of drift, this has changed.",
    ),
    (
        lambda draw: f"The unit price, £{draw.randint(1, 9)},{_number(draw, 3)},{_number(draw, 3)},{_number(draw, 3)}, was agreed.",
        lambda draw: f"ISBN 0-{_number(draw, 3)}-{_number(draw, 5)}-{_number(draw, 1)} is on the reading list.",
        lambda draw: f"Incident {_number(draw, 3)}-{_number(draw, 8)} was looked into by the police.",
        lambda draw: f"Of every ten referrals, {draw.choice(['one', 'two', 'three'])} in ten children came back.",
        lambda draw: f"Homes in {draw.choice(['B23', 'E8', 'CF10', 'YO24'])} and nearby have a shared duty desk.",
        lambda draw: f"The plan dated {draw.randint(1, 28)} June {draw.randint(2019, 2024)} is still in use.",
        lambda draw: f"Leaders met on {draw.randint(1, 28)}.0{draw.randint(1, 9)}.{draw.randint(2020, 2025)} to agree it.",
        lambda draw: f"At least {draw.choice(['one', 'two'])} children in each class wait for a plan.",
        lambda draw: f"Tier {draw.randint(2, 4)} services see {draw.randint(21, 94)} children a month.",
        lambda draw: f"The strategy for 2022 to 2025 costs 0.{_number(draw, 2)} per cent of 07{_number(draw, 3)} units.",
        lambda draw: "Write to the front door at mash@kelderby.gov.uk or frontdoor@portrowan.gov.uk.",
        lambda draw: f"The review began on {draw.randint(1, 28)} October {draw.randint(2015, 2023)} and ended in May.",
        lambda draw: f"Version {draw.randint(1, 4)}.{draw.randint(0, 9)}.{_number(draw, 4)} of the record system went live in 2022.",
        lambda draw: f"{draw.choice(['Two', 'Three'])} child protection conferences were late; 104 children were seen.",
        lambda draw: "Dr Priya Ramanathan leads the board; Carl Underwood chairs the panel.",
        lambda draw: "Grace periods are short, and hope is not a plan.",
        lambda draw: f"Ask for Jo Tennick (jo.tennick@brackenshire.gov.uk), file {_not_nhs(draw)}.",
    ),
)  # fmt: skip


def _nhs(nine: str) -> str:
    check = 11 - sum((10 - place) * int(digit) for place, digit in enumerate(nine)) % 11
    return "" if check == 10 else nine + str(check % 11)


def _nhs_number(draw: random.Random, half: int) -> str:
    number = ""
    while not number:
        number = _nhs(draw.choice("4679") + _number(draw, 8))
    gap = draw.choice((["", " ", "-", " "], ["", "\u00a0", "–", " - ", "any"])[half])
    if gap == "any":
        return "".join(each + draw.choice(["", "", " ", "-"]) for each in number[:9]) + number[9]
    return gap.join((number[:3], number[3:6], number[6:]))


def _upn(draw: random.Random, half: int) -> str:
    eleven, last = _number(draw, 11), draw.choice([*string.digits, *string.digits, *"ABCDEFGH"])
    values = [*map(int, eleven), int(last) if last.isdigit() else "ABCDEFGHJKLMNPQRTUVWXYZ".index(last)]
    letter = "ABCDEFGHJKLMNPQRTUVWXYZ"[sum(weight * value for weight, value in enumerate(values, start=2)) % 23]
    number = letter + eleven + last
    spaced = f"{number[0]} {number[1:4]} {number[4:8]} {number[8:]}", "-".join((number[:4], number[4:8], number[8:]))
    return draw.choice([number, number.lower(), spaced[half]])


_MONTHS = ("January February March April May June July August September October November December").split()  # noqa: SIM905
_DAYS = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth").split()  # noqa: SIM905
_TEENS = {2010: "ten", 2011: "eleven", 2012: "twelve", 2013: "thirteen", 2014: "fourteen", 2015: "fifteen"}


def _birth(draw: random.Random, half: int) -> str:
    day, month, year = draw.randint(1, 12), draw.randint(1, 12), draw.choice(list(_TEENS))
    name = _MONTHS[month - 1]
    return draw.choice(
        (
            [f"{day}/{month}/{year}", f"{day} {name} {year}", f"{year}-{month:02}-{day:02}", f"{day:02}.{month:02}.{year % 100}"],
            [f"the {_DAYS[day - 1]} of {name} two thousand and {_TEENS[year]}", f"{name} {day}, {year}",
             f"{day} {name[:3]} ’{year % 100}", f"{day}-{month}-{year}", f"{day}th of {name} {year}"],
        )[half]
    )  # fmt: skip


def _postcode(draw: random.Random, half: int) -> str:
    code = f"{draw.choice(['NN', 'M', 'LS', 'B', 'SW', 'YO', 'CF'])}{draw.randint(1, 19)}"
    inward = f"{draw.randint(0, 9)}{draw.choice('ABDEFGH')}{draw.choice('JLNPQRSTUW')}"
    whole = draw.choice([f"{code} {inward}", f"{code}{inward}"])
    return draw.choice([whole, whole, whole.lower()] if half else [whole])


def _telephone(draw: random.Random, half: int) -> str:
    mobile, end = f"7{_number(draw, 3)}", _number(draw, 6)
    local = f"01{draw.choice('23456')}{_number(draw, 2)} {_number(draw, 6)}"
    return draw.choice(
        (
            [f"0{mobile} {end}", f"0{mobile}{end}", local],
            [f"+44 {mobile} {end}", f"+44(0){mobile}-{end[:3]}-{end[3:]}", f"({local[:5]}) {local[6:]}", f"020 7{_number(draw, 3)} {end[:4]}"],
        )[half]
    )  # fmt: skip


def _email(draw: random.Random, half: int) -> str:
    who = draw.choice(["kay.tee", "mum_of_2", "tr.family", "d-l.rivers", "skater2012"])
    return who + draw.choice(
        (["@example.com", "@mail.example.co.uk"], ["@example.net", " (at) example.org", "@EXAMPLE.COM"])[half]
    )


def _name(draw: random.Random, half: int) -> str:
    name = draw.choice(LISTED)
    first, _, rest = name.partition(" ")
    said = draw.choice([name, name, first, rest, f"{rest}, {first}"])
    if half and said not in (first, rest) and draw.random() < 0.3:
        at = draw.randint(2, len(first) - 1)
        said = said.replace(first, first[:at] + first[at + 1 :])  # a letter left out of the first of two names
    if said in (name, f"{rest}, {first}"):
        said = draw.choice([said, said, said.upper(), said.lower(), said.replace("-", " "), said.replace(" ", "  ")])
    plain = str.maketrans("ëśńâăáọươæö’", "esnaaaouoaoo'"[:12])
    return draw.choice([said, said, said.translate(plain)]) + draw.choice(["", "", "’s", "'s"])


def _small(draw: random.Random, half: int) -> str:
    count, all_ = draw.choice(["one", "two", "three"]), draw.choice(["four", "five", "six"])
    return draw.choice(
        (
            [f"{count} of {all_} children", f"{draw.randint(2, 4)} children", f"{draw.choice(['two', 'three', 'four'])} boys"],
            [f"{count} out of the {all_} girls", f"{draw.choice(['two', 'three'])} young people", f"{draw.randint(2, 4)} very young children",
             f"{count} of the {draw.randint(4, 9)} pupils"],
        )[half]
    )  # fmt: skip


def _only(draw: random.Random, half: int) -> str:
    sort = draw.choice((["deaf", "Traveller", "autistic"], ["Welsh-speaking", "unaccompanied", "blind"])[half])
    who = draw.choice(["child", "boy", "girl", "pupil"])
    return draw.choice(([f"the only {sort} {who}"], [f"the only {sort} {who}", f"the youngest {who}"])[half])


def _age(draw: random.Random, half: int) -> str:
    years, months = draw.randint(2, 16), draw.randint(2, 11)
    return (f"aged {years} years and {months} months", f"{years} years {months} months old")[half]


PLANTS: dict[str, Callable[[random.Random, int], str]] = {
    "nhs_number": _nhs_number,
    "upn": _upn,
    "birth": _birth,
    "postcode": _postcode,
    "telephone": _telephone,
    "email": _email,
    "listed_name": _name,
    "exact_age": _age,
    "small_number": _small,
    "only_one": _only,
}

WEIGHTS = (2, 2, 1, 1, 1, 1, 3, 1, 1, 1)
"""How often each is planted: more often what must never be missed."""

CARRIERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "nhs_number": (
        (
            "The record for NHS number * had gaps.",
            "One chronology (*) stopped in May.",
            "Health staff wrote * on the form.",
        ),
        ("In the 2024 audit * stood at the top.", "The letter quotes * twice.", "Her file, *, was not shared."),
    ),
    "upn": (
        ("The school’s list shows * as absent.", "UPN: * was off roll."),
        ("Attendance for * fell.", "A pupil (*) had no plan."),
    ),
    "birth": (
        ("He was born on * in the town.", "The form gives DOB * and no more.", "Child C3 (*) has moved home twice."),
        ("Her date of birth, *, was wrong on the plan.", "The twins, born *, live apart.", "C7, *, has a new worker."),
    ),
    "postcode": (
        ("The family at * had asked for help.", "The home (*) was unsafe."),
        ("They had moved to * without a plan.", "Officers went to the flat in * at night."),
    ),
    "telephone": (
        ("His mother, on *, could not be reached.", "The note says to ring *."),
        ("Calls to * were not answered.", "The carer’s number is *, says the plan."),
    ),
    "email": (
        ("The aunt wrote from * in June.", "Messages to * came back."),
        ("A parent (*) complained.", "The plan was sent to * by mistake."),
    ),
    "listed_name": (
        ("Social workers saw * at home.", "The plan for * was late.", "We read what * had written."),
        ("Staff at the school know * well.", "It took a year before * was heard.", "The worker had met * once."),
    ),
    "exact_age": (
        ("A boy, *, was placed far away.", "The girl, *, had no school."),
        ("She was * when the order was made.", "The child, *, had been seen once."),
    ),
    "small_number": (
        ("We met * at the unit.", "In this home * had gone missing."),
        ("Inspectors followed * who had left care.", "Records show that * had no health plan."),
    ),
    "only_one": (
        ("She is * at the school.", "He was * in the village."),
        ("As * in the home she was alone.", "Workers knew him as * on the estate."),
    ),
}
"""Rule -> the sentences that carry what is planted, in place of the star: those for tuning, and those held out."""
