"""What can be chosen on the pages, taken from the framework files: kinds of inspection and their graded judgements."""

from __future__ import annotations

from functools import cache

from joinedup.analysis import SERIES
from joinedup.frameworks import Framework, frameworks

DEFAULT_FAMILIES = SERIES
"""The kinds of inspection of a council's services for children, each area's latest counting."""

FAMILY_TITLES = {
    "slac": "Safeguarding and looked after children (2009 to 2012)",
    "cpi": "Protection of children (2012 to 2013)",
    "tlac": "Looked after children, targeted (2013)",
    "sif": "Single inspection framework (2013 to 2018)",
    "ilacs": "Local authority children's services, ILACS (2018 onwards)",
    "jtai": "Joint targeted area inspection (2016 onwards)",
    "area-send": "Area SEND (2023 onwards)",
    "youth-justice": "Youth justice service (2018 onwards)",
    "multi-agency": "Multi-agency inspection (proposed in 2012)",
    "joined-up": "Joined-up inspection",
}

FAMILY_SHORT = {
    "area-send": "Area SEND",
    "youth-justice": "Youth justice",
    "multi-agency": "Multi-agency",
    "joined-up": "Joined-up",
}

VISIT_TITLES = {
    "standard": "Standard inspection",
    "short": "Short inspection",
    "focused": "Focused visit",
    "monitoring": "Monitoring visit",
    "reinspection": "Re-inspection",
}


JUDGEMENT_SHORT = {
    "leaders": "Leaders",
    "help_and_protection": "Help and protection",
    "in_care": "Children in care",
    "care_leavers": "Care leavers",
    "looked_after": "Looked after children",
    "adoption": "Adoption",
    "leadership": "Leadership",
    "lscb": "Safeguarding board",
}


def judgement_short(key: str) -> str:
    """A judgement's title in a few words, for tables."""
    return JUDGEMENT_SHORT.get(key) or judgement_titles()[key]


def family_title(family: str) -> str:
    """What a kind of inspection is called in full."""
    return FAMILY_TITLES.get(family, family)


def family_short(family: str | None) -> str:
    """Its usual abbreviation: SIF, ILACS, Area SEND."""
    return FAMILY_SHORT.get(family or "", (family or "").upper())


def visit_title(visit: str | None) -> str:
    """What a visit is called; "Inspection" where the framework knows one sort only."""
    return VISIT_TITLES.get(visit or "", "Inspection")


@cache
def graded() -> tuple[Framework, ...]:
    """The framework versions that were in force at some time and give grades, oldest first."""
    return tuple(
        each
        for each in frameworks()
        if each.status != "proposed" and each.valid_from and any(one.graded for one in each.judgements)
    )


def families() -> list[tuple[str, str]]:
    """(family, title) of the kinds of inspection that can be counted, oldest first."""
    return [(family, family_title(family)) for family in dict.fromkeys(each.family for each in graded())]


@cache
def judgement_titles() -> dict[str, str]:
    """Title of every judgement key that any of them grades, the overall one first, in its newest framework's words."""
    titles: dict[str, str] = {}
    for framework in reversed(graded()):
        for judgement in framework.judgements:
            if judgement.graded:
                titles.setdefault(judgement.key, judgement.title)
    return {"overall": titles.pop("overall"), **titles}


def judgements() -> list[tuple[str, str]]:
    """(key, title) of the judgements that can be shown."""
    return list(judgement_titles().items())


def judgement_families(judgement: str) -> frozenset[str]:
    """The families that ever graded this judgement."""
    return frozenset(
        each.family for each in graded() if any(one.key == judgement and one.graded for one in each.judgements)
    )
