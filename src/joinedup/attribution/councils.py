"""Who is held responsible in reports on one body: councils, safeguarding boards within them, and SEND partnerships.

The body inspected answers, unless the report's own table names others, or another agency is itself what a clause
speaks of ("Health visitors are …", "referrals from schools …"). Guidance: Ofsted's frameworks name the council (SIF
2013, ILACS 2018) or the local area partnership (area SEND 2023) as the body inspected.
"""

from __future__ import annotations

from joinedup.attribution.evidence import Placed, Reading
from joinedup.attribution.jointly import named
from joinedup.attribution.model import AGENCIES, Responsibility, Rule, Statement
from joinedup.attribution.names import agency_of

DEFAULT = {"area-send": "partnership"}
"""The body that a family of reports is on, where it is not the council."""
_BOARD = ("safeguarding children board", "lscb", "safeguarding board")
_INSPECTED, _NAMED, _TABLE = 0.85, 0.7, 0.97
_SPEAKS = frozenset(("AUX", "WORD", "ADV", "REL", "ING"))
_LEADERS = ("leader", "partner")


def attribute_council(reading: Reading, statement: Statement, family: str | None) -> tuple[Responsibility, ...]:
    """The agencies that a statement of such a report holds responsible, in the order of AGENCIES."""
    if statement.responsible:
        told = from_table(statement.responsible)
        if told:
            return told
    inspected = inspected_body(statement.section, family)
    others = _others(reading, inspected)
    found = list(others.values())
    if not others or statement.kind != "finding" or _speaks_of(reading, inspected):
        mine = reading.of(inspected) or [each for each in reading.placed if each.mention.agency == inspected]
        if mine:
            rule: Rule = "named" if mine[0].mention.tier != "practice" else "practice"
            found.append(named(reading, mine[0], _INSPECTED, rule))
        else:
            found.append(Responsibility(inspected, "", None, None, _INSPECTED - 0.1 * bool(others), "default"))
    return tuple(sorted(found, key=lambda each: AGENCIES.index(each.agency)))


def inspected_body(section: str | None, family: str | None) -> str:
    """The agency that a section is on: the partnership under a safeguarding board's heading, else the family's."""
    heading = (section or "").lower()
    if family in ("sif", "slac", "cpi", "tlac") and any(name in heading for name in _BOARD):
        return "partnership"
    return DEFAULT.get(family or "", "local_authority")


def from_table(responsible: tuple[str, ...]) -> tuple[Responsibility, ...]:
    """The bodies that the report's own table names, each once; unknown names ("Leaders") are the partnership's."""
    found: dict[str, Responsibility] = {}
    for name in responsible:
        told = agency_of(name)
        agency = told[0] if told else "partnership" if any(word in name.lower() for word in _LEADERS) else None
        if agency in AGENCIES and agency is not None:
            found.setdefault(agency, Responsibility(agency, name, None, None, _TABLE, "table"))
    return tuple(found.values())


def _others(reading: Reading, inspected: str) -> dict[str, Responsibility]:
    """Other agencies of which a clause speaks, each once."""
    found: dict[str, Responsibility] = {}
    for each in reading.placed:
        agency = each.mention.agency
        if agency not in (inspected, "partnership", "local_authority") and _is_spoken_of(each):
            found.setdefault(agency, named(reading, each, _NAMED, "named"))
    return found


def _is_spoken_of(each: Placed) -> bool:
    """Whether a clause is on this mention: it opens one and a verb follows, or the thing spoken of is by or from it."""
    if each.mention.tier not in ("body", "staff"):
        return False
    return (each.opens and each.after in _SPEAKS) or (each.before in ("by", "from") and each.sentence == 0)


def _speaks_of(reading: Reading, agency: str) -> bool:
    return any(
        each.opens or each.mention.tier == "practice" for each in reading.placed if each.mention.agency == agency
    )
