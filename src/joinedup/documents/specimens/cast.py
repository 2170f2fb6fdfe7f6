"""Who is who in the four fictional areas, as it would have been in a given year.

Names of bodies follow what real ones were called at the time: a health commissioner is a primary care trust until
March 2013, a clinical commissioning group until June 2022 and an integrated care board since; safeguarding boards gave
way to partnerships in 2019; probation was done by trusts, then by the National Probation Service beside community
rehabilitation companies (2014 to 2021), then by the Probation Service. All the people are made up.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import NamedTuple

from joinedup.areas import Area, bodies_of, get_area

SLUGS = ("ashmere", "brackenshire", "kelderby", "port-rowan")

CCGS = dt.date(2013, 4, 1)
ICBS = dt.date(2022, 7, 1)
PARTNERSHIPS = dt.date(2019, 9, 29)
SPLIT_PROBATION = dt.date(2014, 6, 1)
ONE_PROBATION = dt.date(2021, 6, 26)
KING = dt.date(2022, 9, 9)

_FIRST = (
    "Amara", "Alan", "Bridget", "Callum", "Carys", "Davinder", "Dorothy", "Edwin", "Farah", "Fergus", "Gwen", "Harold",
    "Imogen", "Jaswinder", "Judith", "Kofi", "Leonie", "Malcolm", "Nadia", "Niall", "Olwen", "Patrick", "Priya",
    "Rosalind", "Samir", "Sheila", "Tobias", "Una", "Vincent", "Winifred", "Yusuf", "Zoe",
)  # fmt: skip
_LAST = (
    "Abara", "Aldous", "Bannerby", "Birkwith", "Chaudhrey", "Coldbeck", "Dewsnip", "Eastoft", "Fellgate",
    "Garside-Lowe", "Hathersby", "Inskip-Moor", "Kettlethorpe", "Langrick", "Mowthorpe", "Nunnerley", "Okonjo-Reed",
    "Pattle", "Quarmby-Hill", "Ravensby", "Scarfield", "Tattersby", "Uppleby", "Varleywood", "Wetherly", "Yarrowby",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Home:
    """What the areas room does not hold of a fictional area: its council's name, its NHS trust and where it sits."""

    council: str
    trust: str
    address: tuple[str, ...]
    site: str


HOMES: dict[str, Home] = {
    "ashmere": Home(
        "Ashmere Borough Council",
        "Ashmere and Brackenshire NHS Foundation Trust",
        ("Guildhall", "Mere Street", "Ashmere"),
        "ashmere.example",
    ),
    "brackenshire": Home(
        "Brackenshire County Council",
        "Ashmere and Brackenshire NHS Foundation Trust",
        ("Shire Hall", "Castle Green", "Brackenford"),
        "brackenshire.example",
    ),
    "kelderby": Home(
        "Kelderby Metropolitan Borough Council",
        "Kelderby Hospitals NHS Trust",
        ("Town Hall", "Mill Bank", "Kelderby"),
        "kelderby.example",
    ),
    "port-rowan": Home(
        "Port Rowan City Council",
        "Port Rowan Community Health NHS Trust",
        ("Harbour House", "Quayside", "Port Rowan"),
        "portrowan.example",
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up, with the post they hold."""

    name: str
    role: str
    organisation: str | None
    agency: str | None


class LongName(NamedTuple):
    """A name in full, its letters, and how it is called once both have been said."""

    full: str
    letters: str
    after: str


@dataclass(frozen=True, slots=True)
class Cast:
    """An area's bodies as they were called on a day, and what the sentences' slots stand for."""

    area: Area
    home: Home
    on: dt.date
    police: str
    commissioner: str
    board: str
    board_short: str
    probation: str
    probation_region: str
    youth_justice: str

    @property
    def council(self) -> str:
        return self.home.council

    @property
    def inspector_title(self) -> str:
        """What an inspector of the day was called."""
        return "His Majesty’s Inspector" if self.on >= KING else "Her Majesty’s Inspector"

    def slots(self) -> dict[str, str]:
        """The words that stand in a sentence's braces, save numbers."""
        return {
            "area": self.area.name,
            "council": self.council,
            "police": self.police,
            "trust": self.home.trust,
            "probation": self.probation,
            "yjs": self.youth_justice,
        }

    def long_names(self) -> dict[str, LongName]:
        """The slots for names that a report spells out once and shortens from there on."""
        short = "PCT" if self.on < CCGS else "CCG" if self.on < ICBS else "ICB"
        return {
            "commissioner": LongName(self.commissioner, short, f"the {short}"),
            "board": LongName(self.board, self.board_short, self.board_short),
            "hub": LongName("multi-agency safeguarding hub", "MASH", "MASH"),
        }


def cast_of(slug: str, on: dt.date) -> Cast:
    """The bodies of a fictional area on a day. Raises UnknownAreaError for a slug that is none."""
    area = get_area(slug)
    home = HOMES[area.slug]
    kind = "Safeguarding Children Partnership" if on >= PARTNERSHIPS else "Safeguarding Children Board"
    board = f"{area.name} {kind}"
    region = bodies_of(area.slug, kind="probation_region")[0].name.rpartition(", ")[2]
    return Cast(
        area=area,
        home=home,
        on=on,
        police=bodies_of(area.slug, kind="police_force")[0].name,
        commissioner=_commissioner(area, on),
        board=board,
        board_short="".join(word[0] for word in board.split()),
        probation=_probation(region, on),
        probation_region=region,
        youth_justice=f"{area.name} Youth Justice Service" if on.year >= 2020 else f"{area.name} Youth Offending Team",
    )


def _commissioner(area: Area, on: dt.date) -> str:
    if on < CCGS:
        return f"NHS {area.name} Primary Care Trust"
    if on < ICBS:
        return f"NHS {area.name} Clinical Commissioning Group"
    return bodies_of(area.slug, on, kind="icb")[0].name


def _probation(region: str, on: dt.date) -> str:
    """The region's probation body; `region` is as the areas room calls it ("Fenwold region")."""
    if on < SPLIT_PROBATION:
        return f"{region.removesuffix(' region')} Probation Trust"
    if on < ONE_PROBATION:
        return f"{region.removesuffix(' region')} Community Rehabilitation Company"
    return f"the Probation Service in the {region}"


def invent_name(rng: random.Random) -> str:
    """A made-up person's name."""
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def invent_names(rng: random.Random, count: int) -> list[str]:
    """Made-up names, no two of them alike."""
    firsts, lasts = rng.sample(_FIRST, count), rng.sample(_LAST, count)
    return [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]


def letter_people(cast: Cast, rng: random.Random, *, probation: bool) -> list[Person]:
    """The people to whom a joint inspection's letter is addressed, in the usual order."""
    home, on = cast.home, cast.on
    short = cast.police.removesuffix(" Police")
    posts: list[tuple[str, str | None, str]] = [
        ("Director of Children’s Services", home.council, "local_authority"),
        ("Chief Executive" if on >= ICBS else "Accountable Officer", cast.commissioner, "health"),
        ("Chief Constable", cast.police, "police"),
        ("Police and Crime Commissioner", f"{short} Police and Crime Commissioner’s Office", "police"),
    ]
    if on >= ICBS:
        posts.insert(0, ("Chief Executive", home.council, "local_authority"))
    if probation:
        if on >= ONE_PROBATION:
            posts.append(("Regional Probation Director", cast.probation_region, "probation"))
        else:
            posts.append(("Chief Executive", cast.probation, "probation"))
        posts.append(("Head of Service", cast.youth_justice, "youth_justice"))
    chair = "Independent Scrutineer" if on >= PARTNERSHIPS else "Independent Chair"
    posts.append((chair, cast.board, "partnership"))
    names = invent_names(rng, len(posts))
    return [Person(name, *post) for name, post in zip(names, posts, strict=True)]
