"""Who is held responsible in reports on one body: a council, or the safeguarding board within its report.

Guidance: Ofsted's frameworks name the council as the body inspected (SIF 2013, ILACS 2018). Where a statement names
nobody else, the body inspected answers. Where it names others, a logistic regression weighs for the council, the
partnership and each other body named how they are named and the statement's words; what readers said of such statements
taught the weights (`docs/explanation/attribution.md`). Half of all statements are of the first kind, so it is light: no
more features than tell something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from joinedup.attribution.evidence import Placed, Reading, read_statement
from joinedup.attribution.jointly import choose, explained, named
from joinedup.attribution.lexicon import ANYONE
from joinedup.attribution.mentions import Mention
from joinedup.attribution.model import AGENCIES, Responsibility, Statement
from joinedup.attribution.names import Names
from joinedup.attribution.weights import COUNCIL, agency_scores, logistic, responsible_weights
from joinedup.attribution.words import Words

_BOARD = ("safeguarding children board", "lscb", "safeguarding board")
_ALONE = 0.99
"""How sure it is that the body inspected answers where nobody else is named (664 of 665 labelled statements)."""
_MOST = 3
_OBLIQUE = ("to", "with", "between", "of", "in")


def attribute_council(
    statement: Statement, family: str | None, names: Names, words: Words, mentions: Sequence[Mention]
) -> tuple[Responsibility, ...]:
    """The agencies that a statement of such a report holds responsible, in the order of AGENCIES."""
    inspected = inspected_body(statement.section, family)
    if names_nobody_else(mentions, inspected):
        return (_inspected(words, mentions, inspected, _ALONE),)
    reading = read_statement(statement, names, words, mentions)
    weights = responsible_weights(COUNCIL)
    spoken = set(words.plain)
    scores = agency_scores(weights, spoken, how_named(reading, inspected))
    sure = {agency: logistic(score) for agency, score in scores.items()}
    return tuple(
        _inspected(words, mentions, agency, round(sure[agency], 3))
        if agency == inspected
        else explained(reading, weights, spoken, agency, sure[agency])
        for agency in choose(sure, weights.threshold)
    )


def names_nobody_else(mentions: Sequence[Mention], inspected: str) -> bool:
    """Whether a statement's mentions are of the body inspected alone, or of nobody: then nothing need be weighed."""
    return all(each.agency in (inspected, ANYONE) for each in mentions)


def _inspected(words: Words, mentions: Sequence[Mention], agency: str, confidence: float) -> Responsibility:
    """The inspected body's answering, with the words that name it or its practice where there are any."""
    mine = sorted((each for each in mentions if each.agency == agency), key=lambda each: each.tier == "practice")
    if not mine:
        return Responsibility(agency, "", None, None, confidence, "default")
    return named(words, mine[0], confidence, "practice" if mine[0].tier == "practice" else "named")


def inspected_body(section: str | None, family: str | None) -> str:
    """The agency that a section is on: the partnership under a safeguarding board's heading, else the council."""
    heading = (section or "").lower()
    if family in ("sif", "slac", "cpi", "tlac") and any(name in heading for name in _BOARD):
        return "partnership"
    return "local_authority"


def how_named(reading: Reading, inspected: str) -> dict[str, dict[str, float]]:
    """The features of each body that may answer: the council, the partnership, and whom the statement names.

    Each is there (1.0) or not, and has a weight that all agencies share and one of each agency's own.
    """
    by_name = [each for each in reading.placed if each.mention.tier not in ("practice", "referent")]
    common = dict.fromkeys(_common(reading, by_name, inspected), 1.0)
    asked = {"local_authority", "partnership"} | {each.mention.agency for each in reading.placed}
    return {
        agency: common
        | dict.fromkeys(_as_named(reading, by_name, agency), 1.0)
        | dict.fromkeys(_otherwise(reading, agency), 1.0)
        for agency in AGENCIES
        if agency in asked
    }


def _common(reading: Reading, by_name: Sequence[Placed], inspected: str) -> Iterator[str]:
    """What a statement says for all alike: its kind and length, and who else is named, first, and spoken of first."""
    agencies = {each.mention.agency for each in by_name}
    yield "=bias"
    yield f"=length {reading.length}"
    yield f"=kind {reading.kind}"
    yield f"=inspected {inspected}"
    yield f"=others {min(_MOST, len(agencies - {'local_authority', 'partnership'}))}"
    yield "=partnership named" if "partnership" in agencies else "=partnership not named"
    yield "=council named" if "local_authority" in agencies else "=council not named"
    yield f"=first {_who(by_name[0] if by_name else None)}"
    yield f"=subject {_who(_subject(reading))}"


def _as_named(reading: Reading, by_name: Sequence[Placed], agency: str) -> Iterator[str]:
    """How an agency is named, or that it is not."""
    mine = [each for each in by_name if each.mention.agency == agency]
    if not mine:
        yield "=not named"
        return
    yield "=named"
    yield f"=named {reading.length}"
    yield f"=times {min(_MOST, len(mine))}"
    yield f"=share {4 * len(mine) // len(by_name)}"
    subject = _subject(reading)
    yield from (
        name
        for name, holds in (
            ("=in first sentence", mine[0].sentence == 0),
            ("=several sentences", mine[0].sentence != mine[-1].sentence),
            ("=only oblique", all(each.before in _OBLIQUE and each.after != "POSS" for each in mine)),
            ("=local", any(each.mention.local for each in mine)),
            ("=first mention", by_name[0] is mine[0]),
            ("=first subject", subject is not None and subject.mention.agency == agency),
        )
        if holds
    )
    for each in mine:
        yield f"=relation {each.before}"
        yield f"=tier {each.mention.tier}"
        if each.opens:
            yield f"=after {each.after}"


def _otherwise(reading: Reading, agency: str) -> Iterator[str]:
    """What else speaks of an agency: its practice, pronouns that stand for it, the heading."""
    mine = [each for each in reading.placed if each.mention.agency == agency]
    tiers = {each.mention.tier for each in mine}
    if "practice" in tiers:
        yield "=practice"
        if tiers <= {"practice", "referent"}:
            yield "=practice only"
    if "referent" in tiers:
        yield "=referent opens" if any(each.opens and each.mention.tier == "referent" for each in mine) else "=referent"
    if agency in reading.section:
        yield "=section"


def _subject(reading: Reading) -> Placed | None:
    """The first mention that opens a sentence or a clause."""
    return next((each for each in reading.placed if each.mention.tier != "practice" and each.opens), None)


def _who(placed: Placed | None) -> str:
    if placed is None:
        return "nobody"
    return placed.mention.agency if placed.mention.agency in ("local_authority", "partnership") else "another"
