"""Reports' statements judged: the agencies each holds responsible, praise or concern, and themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from joinedup.attribution.about import judge_themes
from joinedup.attribution.councils import attribute_council, inspected_body
from joinedup.attribution.evidence import Reading, read_statement
from joinedup.attribution.jointly import asked_alone, attribute_jointly, from_lead_in, from_table
from joinedup.attribution.mentions import Mention, find_mentions
from joinedup.attribution.model import Attribution, ReportTexts, Responsibility, Statement
from joinedup.attribution.names import NO_NAMES, Names, learn_names
from joinedup.attribution.polarity import judge_polarity
from joinedup.attribution.shown import INSPECTED, names_inspected
from joinedup.attribution.weights import JOINT
from joinedup.attribution.words import Words, cut


class _Named(NamedTuple):
    """Statements with their report's framework, the local names that they are read with, and whether the report is on
    a safeguarding board alone."""

    statements: Sequence[Statement]
    family: str | None
    names: Names
    on_board: bool = False


def attribute(statement: Statement, *, family: str | None = None, names: Names = NO_NAMES) -> Attribution:
    """One statement judged. `family` is the report's framework, `names` the local names that its texts taught."""
    return _attributed([_Named([statement], family, names)])[0][0]


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
    return attribute_reports([ReportTexts(statements, family, organisations)])[0]


def attribute_reports(reports: Iterable[ReportTexts]) -> list[tuple[Attribution, ...]]:
    """The same of some reports, each by its own names: the same answers as one by one, in less time."""
    return _attributed(
        [
            _Named(
                each.statements,
                each.family,
                learn_names((one.text for one in each.statements), each.organisations, each.family),
                each.on_board,
            )
            for each in reports
        ]
    )


def _attributed(reports: Sequence[_Named]) -> list[tuple[Attribution, ...]]:
    """Statements judged. Each question is put to all of them before the next is asked: what answers it then stays in
    the processor's caches (`docs/decisions/0195`)."""
    cuts = [[cut(one.text) for one in each.statements] for each in reports]
    praises = [list(map(judge_polarity, each.statements, words)) for each, words in zip(reports, cuts, strict=True)]
    themes = [
        [judge_themes(one, its, each.family) for one, its in zip(each.statements, words, strict=True)]
        for each, words in zip(reports, cuts, strict=True)
    ]
    mentions = [
        [
            find_mentions(its, each.names.table) if one.kind != "finding" or told.value != "context" else None
            for one, its, told in zip(each.statements, words, praise, strict=True)
        ]
        for each, words, praise in zip(reports, cuts, praises, strict=True)
    ]
    responsible = [_held(*each) for each in zip(reports, cuts, mentions, strict=True)]
    return [tuple(map(Attribution, *each)) for each in zip(responsible, praises, themes, strict=True)]


def _held(
    report: _Named, cuts: Sequence[Words], mentions: Sequence[Sequence[Mention] | None]
) -> list[tuple[Responsibility, ...]]:
    """The agencies that each statement of a report holds responsible, each with words."""
    printed = _printed(cuts, mentions)
    found = _responsible(*report, cuts, mentions)
    return [
        _worded(agencies, one, report.names, printed) for one, agencies in zip(report.statements, found, strict=True)
    ]


def _responsible(
    statements: Sequence[Statement],
    family: str | None,
    names: Names,
    on_board: bool,
    cuts: Sequence[Words],
    mentions: Sequence[Sequence[Mention] | None],
) -> list[tuple[Responsibility, ...]]:
    """The agencies that each statement holds responsible, some without words yet; nobody where it has no mentions
    (None), as context that holds nobody to anything."""
    found: list[tuple[Responsibility, ...]] = [()] * len(statements)
    jointly: dict[int, Reading] = {}
    for at, (each, words, named) in enumerate(zip(statements, cuts, mentions, strict=True)):
        if named is None:
            continue
        told = from_table(each.responsible) or (from_lead_in(each, names, named) if family in JOINT else ())
        if told:
            found[at] = told
        elif family in JOINT:
            jointly[at] = read_statement(each, names, words, named)
        else:
            inspected = inspected_body(each.section, family, on_board=on_board)
            found[at] = asked_alone(each, words, named, attribute_council(each, inspected, names, words, named))
    if family in JOINT:
        for at, agencies in zip(jointly, attribute_jointly([*jointly.values()], family), strict=True):
            found[at] = asked_alone(statements[at], cuts[at], mentions[at] or (), agencies)
    return found


def _printed(cuts: Sequence[Words], mentions: Sequence[Sequence[Mention] | None]) -> dict[str, str]:
    """The council and the partnership that a report is on, as it first names each."""
    printed: dict[str, str] = {}
    sought = set(INSPECTED)
    for words, found in zip(cuts, mentions, strict=True):
        for each in found or ():
            if each.agency in sought and (name := names_inspected(words, each, found or ())):
                printed[each.agency] = name
                sought.remove(each.agency)
        if not sought:
            break
    return printed


def _worded(
    agencies: tuple[Responsibility, ...], statement: Statement, names: Names, printed: Mapping[str, str]
) -> tuple[Responsibility, ...]:
    """The same with words for every agency that nothing in the statement itself told, and with what the letters of a
    board, a partnership or a service of health stand for behind them."""
    if all(one.words and one.words not in names.spelt for one in agencies):
        return agencies
    return tuple(
        one._replace(words=f"{one.words} ({names.spelt[one.words]})")
        if one.words in names.spelt
        else one
        if one.words
        else _by_default(one, statement, names, printed)
        for one in agencies
    )


def _by_default(one: Responsibility, statement: Statement, names: Names, printed: Mapping[str, str]) -> Responsibility:
    """An answer that the statement's place gives, with the words there: the heading or lead-in that names the agency,
    the council or partnership that the report is on as it prints it (none of its units, which the statement does not
    name either), the title of the list, or the statement, which names nobody else."""
    around = [text for text in (statement.section, statement.lead_in) if text and text.strip()]
    naming = (text for text in around if any(each.agency == one.agency for each in names.mentions_in(text)))
    words = next(naming, None) or printed.get(one.agency) or next(iter(around), None)
    if words is not None:
        return one._replace(words=words)
    return one._replace(words=statement.text, start=0, end=len(statement.text))
