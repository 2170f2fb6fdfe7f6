"""Who is held responsible in reports on one body: a council, or the safeguarding board within its report.

Guidance: Ofsted's frameworks name the council as the body inspected (SIF 2013, ILACS 2018). Where a statement names
nobody else, the body inspected answers. Where it names others, a logistic regression weighs for the council, the
partnership and each other body named how they are named and the statement's words; what readers said of such statements
taught the weights (`docs/explanation/attribution.md`). Half of all statements are of the first kind, so it is light: no
more features than tell something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from joinedup.attribution.evidence import Placed, Reading, read_statement
from joinedup.attribution.jointly import choose, explained, named
from joinedup.attribution.lexicon import ANYONE
from joinedup.attribution.mentions import Mention
from joinedup.attribution.model import Responsibility, Statement
from joinedup.attribution.names import Names
from joinedup.attribution.shown import in_one_list, is_of_others, subject
from joinedup.attribution.weights import COUNCIL, agency_scores, logistic, responsible_weights
from joinedup.attribution.words import Words

_BOARD = ("safeguarding children board", "lscb", "safeguarding board")
_ALONE = 0.99
"""How sure it is that the body inspected answers where nobody else is named (838 of 842 labelled statements)."""
_MOST = 3
_OBLIQUE = ("to", "with", "between", "of", "in")


def attribute_council(
    statement: Statement, inspected: str, names: Names, words: Words, mentions: Sequence[Mention]
) -> tuple[Responsibility, ...]:
    """The agencies that a statement of such a report holds responsible, in the order of AGENCIES; `inspected` is the
    body that the statement is on."""
    if names_nobody_else(mentions, inspected):
        return (_inspected(words, mentions, inspected, _ALONE),)
    reading = read_statement(statement, names, words, mentions)
    weights = responsible_weights(COUNCIL)
    scores = agency_scores(weights, set(words.plain), how_named(reading, inspected))
    sure = {agency: logistic(score) for agency, score in scores.items()}
    return tuple(
        _inspected(words, mentions, agency, round(sure[agency], 3))
        if agency == inspected
        else explained(reading, agency, sure[agency])
        for agency in choose(sure, weights.thresholds)
    )


def names_nobody_else(mentions: Sequence[Mention], inspected: str) -> bool:
    """Whether a statement's mentions are of the body inspected alone, or of nobody: then nothing need be weighed."""
    return all(each.agency in (inspected, ANYONE) for each in mentions)


def _inspected(words: Words, mentions: Sequence[Mention], agency: str, confidence: float) -> Responsibility:
    """The inspected body's answering, with the words for its people where these are the subject; else those that name
    it or its practice where there are any: not those that name other councils, nor what stands for a body named before
    ("they"), for that may be these."""
    mentioned = (each for each in mentions if each.agency == agency and each.tier != "referent")
    named_so = (each for each in mentioned if not is_of_others(words, each))
    mine = min(named_so, key=lambda each: each.tier == "practice", default=None)
    people = subject(words, mentions) if agency == "local_authority" else None
    if people and not (mine and in_one_list(words, people, mine)):
        return named(words, people._replace(agency=agency), confidence, "named", mentions)
    if mine is None:
        return Responsibility(agency, "", None, None, confidence, "default")
    return named(words, mine, confidence, "practice" if mine.tier == "practice" else "named", mentions)


def inspected_body(section: str | None, family: str | None, *, on_board: bool) -> str:
    """The agency that a section is on: the partnership under a safeguarding board's heading, and in a report on such
    a board alone (a review of it that was published by itself), else the council."""
    heading = (section or "").lower()
    if on_board or (family in ("sif", "slac", "cpi", "tlac") and any(name in heading for name in _BOARD)):
        return "partnership"
    return "local_authority"


def how_named(reading: Reading, inspected: str) -> dict[str, dict[str, float]]:
    """The features of each body that may answer: the council, the partnership, and whom the statement names.

    Each is there (1.0) or not, and has a weight that all agencies share and one of each agency's own.
    """
    by_name: list[Placed] = []
    mine: dict[str, list[Placed]] = {"local_authority": [], "partnership": []}
    otherwise: dict[str, list[Placed]] = {}
    for each in reading.placed:
        agency, tier = each.mention.agency, each.mention.tier
        if tier in ("practice", "referent"):
            otherwise.setdefault(agency, []).append(each)
            mine.setdefault(agency, [])
        else:
            by_name.append(each)
            mine.setdefault(agency, []).append(each)
    subject = next((each for each in reading.placed if each.mention.tier != "practice" and each.opens), None)
    common = dict.fromkeys(_common(reading, by_name, mine, subject, inspected), 1.0)
    return {
        agency: dict.fromkeys(
            (
                *common,
                *_as_named(reading, by_name, mine[agency], subject),
                *_otherwise(otherwise.get(agency, ()), named=bool(mine[agency])),
                *(("=section",) if agency in reading.section else ()),
            ),
            1.0,
        )
        for agency in mine
    }


def _common(
    reading: Reading, by_name: list[Placed], mine: Mapping[str, list[Placed]], subject: Placed | None, inspected: str
) -> tuple[str, ...]:
    """What a statement says for all alike: its kind and length, and who else is named, first, and spoken of first."""
    council, partnership = bool(mine["local_authority"]), bool(mine["partnership"])
    others = sum(map(bool, mine.values())) - council - partnership
    return (
        "=bias",
        f"=length {reading.length}",
        f"=kind {reading.kind}",
        f"=inspected {inspected}",
        f"=others {min(_MOST, others)}",
        "=partnership named" if partnership else "=partnership not named",
        "=council named" if council else "=council not named",
        f"=first {_who(by_name[0] if by_name else None)}",
        f"=subject {_who(subject)}",
    )


def _as_named(reading: Reading, by_name: list[Placed], mine: list[Placed], subject: Placed | None) -> list[str]:
    """How an agency is named, or that it is not."""
    if not mine:
        return ["=not named"]
    found = [
        "=named",
        f"=named {reading.length}",
        f"=times {min(_MOST, len(mine))}",
        f"=share {4 * len(mine) // len(by_name)}",
    ]
    if mine[0].sentence == 0:
        found.append("=in first sentence")
    if mine[0].sentence != mine[-1].sentence:
        found.append("=several sentences")
    if by_name[0] is mine[0]:
        found.append("=first mention")
    if subject is not None and subject.mention.agency == mine[0].mention.agency:
        found.append("=first subject")
    oblique = True
    for each in mine:
        found += (f"=relation {each.before}", f"=tier {each.mention.tier}")
        if each.opens:
            found.append(f"=after {each.after}")
        if each.mention.local:
            found.append("=local")
        oblique = oblique and each.before in _OBLIQUE and each.after != "POSS"
    if oblique:
        found.append("=only oblique")
    return found


def _otherwise(mine: Sequence[Placed], *, named: bool) -> list[str]:
    """What else speaks of an agency: its practice, and pronouns that stand for it."""
    found = []
    if any(each.mention.tier == "practice" for each in mine):
        found.append("=practice")
        if not named:
            found.append("=practice only")
    referents = [each for each in mine if each.mention.tier == "referent"]
    if referents:
        found.append("=referent opens" if any(each.opens for each in referents) else "=referent")
    return found


def _who(placed: Placed | None) -> str:
    if placed is None:
        return "nobody"
    return placed.mention.agency if placed.mention.agency in ("local_authority", "partnership") else "another"
