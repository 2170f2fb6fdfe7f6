"""A report's statements judged: the agencies each holds responsible, praise or concern, and themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from joinedup.attribution.councils import attribute_council
from joinedup.attribution.evidence import read_statement
from joinedup.attribution.jointly import attribute_jointly
from joinedup.attribution.mentions import find_mentions
from joinedup.attribution.model import Attribution, Responsibility, Statement
from joinedup.attribution.names import NO_NAMES, Names, learn_names
from joinedup.attribution.polarity import judge_polarity
from joinedup.attribution.themes import find_themes
from joinedup.attribution.words import cut

JOINT = "jtai"
"""The family of reports on all agencies together: whom a statement holds responsible is for the model to tell."""


def attribute(statement: Statement, *, family: str | None = None, names: Names = NO_NAMES) -> Attribution:
    """One statement judged. `family` is the report's framework, `names` the local names that its texts taught."""
    words = cut(statement.text)
    polarity = judge_polarity(statement, words)
    agencies: tuple[Responsibility, ...] = ()
    if polarity.value != "context" or statement.kind != "finding":
        mentions = find_mentions(words, names.table)
        if family == JOINT and not statement.responsible:
            agencies = attribute_jointly(read_statement(statement, names, words, mentions))
        else:
            agencies = attribute_council(statement, family, names, words, mentions)
    return Attribution(agencies, polarity, find_themes(statement, words))


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
    return tuple(attribute(each, family=family, names=names) for each in statements)
