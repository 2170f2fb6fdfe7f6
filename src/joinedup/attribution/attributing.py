"""A report's statements judged: the agencies each holds responsible, praise or concern, and themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from joinedup.attribution.councils import attribute_council
from joinedup.attribution.evidence import read_statement
from joinedup.attribution.jointly import attribute_jointly
from joinedup.attribution.mentions import find_mentions
from joinedup.attribution.model import Attribution, Responsibility, Statement
from joinedup.attribution.names import NO_NAMES, Names, learn_names
from joinedup.attribution.polarity import judge_polarity
from joinedup.attribution.themes import find_themes
from joinedup.attribution.words import Words, cut

JOINT = "jtai"
"""The family of reports on all agencies together: whom a statement holds responsible is for the model to tell."""


def attribute(statement: Statement, *, family: str | None = None, names: Names = NO_NAMES) -> Attribution:
    """One statement judged. `family` is the report's framework, `names` the local names that its texts taught."""
    printed: dict[str, str] = {}
    return _worded(_judged(statement, family, names, printed), statement, names, printed)


def attribute_report(
    statements: Sequence[Statement],
    *,
    family: str | None = None,
    organisations: Iterable[tuple[str, str | None]] = (),
) -> tuple[Attribution, ...]:
    """A whole report's statements judged, in the order given.

    `organisations` are the bodies of its addressees, each with the agency that the post belongs to where it is known;
    they and first mentions with an abbreviation teach the local names that every statement is then read with.
    """
    names = learn_names((each.text for each in statements), organisations)
    printed: dict[str, str] = {}
    judged = [_judged(each, family, names, printed) for each in statements]
    return tuple(_worded(one, each, names, printed) for one, each in zip(judged, statements, strict=True))


def _judged(statement: Statement, family: str | None, names: Names, printed: dict[str, str]) -> Attribution:
    """One statement judged; `printed` gets the first name of each agency that is met, as printed."""
    words = cut(statement.text)
    polarity = judge_polarity(statement, words)
    agencies: tuple[Responsibility, ...] = ()
    if polarity.value != "context" or statement.kind != "finding":
        mentions = find_mentions(words, names.table)
        for each in mentions:
            if each.agency not in printed and each.tier == "body":
                printed[each.agency] = words.between(_name_from(words, each.first), each.last)
        if family == JOINT and not statement.responsible:
            agencies = attribute_jointly(read_statement(statement, names, words, mentions))
        else:
            agencies = attribute_council(statement, family, words, mentions)
    return Attribution(agencies, polarity, find_themes(statement, words))


def _name_from(words: Words, first: int) -> int:
    """The first word of the name that ends in a mention: capitals before it belong to it ("Kelderby Council")."""
    while first > 0 and words.is_capital(first - 1) and words.plain[first - 1] != "the":
        first -= 1
    return first


def _worded(judged: Attribution, statement: Statement, names: Names, printed: Mapping[str, str]) -> Attribution:
    """The same with words for every agency that nothing in the statement itself told."""
    if all(one.words for one in judged.agencies):
        return judged
    return replace(
        judged,
        agencies=tuple(one if one.words else _by_default(one, statement, names, printed) for one in judged.agencies),
    )


def _by_default(one: Responsibility, statement: Statement, names: Names, printed: Mapping[str, str]) -> Responsibility:
    """An answer that the statement's place gives, with the words there: the heading or lead-in that names the agency,
    the body inspected as the report prints it, the title of the list, or the statement, which names nobody else."""
    around = [text for text in (statement.section, statement.lead_in) if text and text.strip()]
    naming = (text for text in around if any(each.agency == one.agency for each in names.mentions_in(text)))
    words = next(naming, None) or printed.get(one.agency) or next(iter(around), None)
    if words is not None:
        return replace(one, words=words)
    return replace(one, words=statement.text, start=0, end=len(statement.text))
