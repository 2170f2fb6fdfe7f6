"""A report read and attributed: each statement with the agencies it holds responsible, praise or concern, and themes.

Reading and attribution stand beside each other and know nothing of one another; here they meet. `attribute_all` is
given to `reading.read_many` as what to do with a batch of reports, so that both are done in the process that has them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from joinedup.attribution import Attribution, Praise, ReportTexts, Statement, Theme, attribute_reports
from joinedup.reading import READER_VERSION, Item, Refusal, Report
from joinedup.reading import to_json as read_to_json
from joinedup.record.schema import POST_AFTER
from joinedup.record.settling import settle

ATTRIBUTION_VERSION = "21"
"""Goes up whenever what is attributed may change."""

VERSION = f"{READER_VERSION}.{ATTRIBUTION_VERSION}"
"""The version of both together, by which the record knows which reports to read again."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """A report and, for each of its items in the order of `items_of`, what is attributed."""

    report: Report
    attributions: tuple[Attribution, ...]


def items_of(report: Report) -> tuple[Item, ...]:
    """All items of a report: priority actions, improvements, strengths, then findings."""
    return report.priority_actions + report.improvements + report.strengths + report.findings


def attribute(report: Report) -> Attributed:
    """A report with its day of publication settled and each of its items attributed."""
    (attributed,) = attribute_all([report])
    return attributed


def attribute_all(reports: Sequence[Report]) -> list[Attributed]:
    """The same of some reports, together in less time than one by one."""
    return [
        Attributed(settle(report), tuple(map(_with_post, items_of(report), told)))
        for report, told in zip(reports, attribute_reports(map(texts_of, reports)), strict=True)
    ]


def texts_of(report: Report) -> ReportTexts:
    """What of a report attribution looks at.

    The bodies of a letter's addressees teach it local names. Those of an area SEND report's leaders do not: the model
    for these reports was learnt, and measured, on statements read without them.
    """
    people = () if report.framework == "area-send" else report.addressees
    return ReportTexts(
        [Statement(item.text, item.kind, item.section, item.lead_in, item.responsible) for item in items_of(report)],
        report.framework,
        [(one.organisation, one.agency) for one in people if one.organisation],
        on_board={one.key for one in report.judgements} == {"lscb"},
    )


def _with_post(item: Item, told: Attribution) -> Attribution:
    """With the accountable post among the words that decided, where the report's own statement names one."""
    if item.post is None:
        return told
    agencies = tuple(one._replace(words=f"{one.words}{POST_AFTER}{item.post}") for one in told.agencies)
    return told._replace(agencies=agencies)


def as_lines(reports: Sequence[Report]) -> list[str]:
    """Reports, attributed, as a line of JSON each. Made where they were read, so that little travels between
    processes."""
    return [json.dumps(to_json(one), ensure_ascii=False) for one in attribute_all(reports)]


def to_json(answer: Attributed | Refusal) -> dict[str, Any]:
    """A report or refusal in the shape of the contract, with agencies, polarity and themes of each item; `why`,
    `polarity_why` and `themes_why` have the words that decided each and how sure it is."""
    if isinstance(answer, Refusal):
        return read_to_json(answer)
    printed = read_to_json(answer.report)
    attributions = iter(answer.attributions)
    for kind in ("priority_actions", "improvements", "strengths", "findings"):
        for item in printed[kind]:
            attribution = next(attributions)
            item["agencies"] = list(dict.fromkeys(one.agency for one in attribution.agencies))
            item["polarity"] = attribution.polarity.value
            item["themes"] = [one.key.replace("_", " ") for one in attribution.themes]
            item["why"] = [
                {"agency": one.agency, "words": one.words, "confidence": round(one.confidence, 2), "rule": one.rule}
                for one in attribution.agencies
            ]
            item["polarity_why"] = _why(attribution.polarity)
            item["themes_why"] = [{"theme": one.key.replace("_", " "), **_why(one)} for one in attribution.themes]
    return printed


def _why(told: Praise | Theme) -> dict[str, Any]:
    return {"words": told.words or None, "confidence": round(told.confidence, 2)}
