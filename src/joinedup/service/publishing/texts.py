"""The texts of a report by name: to look over before they leave, and to correct.

A name says where a text stands: `summary`, `judgement.KEY.narrative`, `finding.3.how.AGENCY`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from joinedup.areas import get_agency
from joinedup.documents.inspection import InspectionReport


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a report: its name, where it stands in words, and the text itself."""

    name: str
    title: str
    words: str

    @property
    def place(self) -> str:
        """The kind of place that it stands in, by which decisions on what was found go."""
        return self.name.partition(".")[0]


def texts_of(report: InspectionReport) -> tuple[Text, ...]:
    """Every text that people wrote, in the order of the report; empty ones are left out."""
    return tuple(text for text in _texts(report) if text.words.strip())


def _texts(report: InspectionReport) -> Iterator[Text]:
    rules = report.about.rules
    yield Text("summary", "Summary for the public", report.summary)
    yield Text("for_children", "Summary for children and young people", report.for_children)
    for judged in report.judgements:
        title = rules.judgement(judged.key).title
        yield Text(f"judgement.{judged.key}.narrative", f"{title}: narrative", judged.narrative)
        yield Text(f"judgement.{judged.key}.explains", f"{title}: how contributions explain it", judged.explains)
    for part in report.contributions:
        title = get_agency(part.agency).title
        yield Text(f"contribution.{part.agency}.narrative", f"{title}: contribution", part.narrative)
        yield Text(f"contribution.{part.agency}.not_assessed", f"{title}: why not assessed", part.not_assessed)
    for finding in report.findings:
        yield Text(f"finding.{finding.number}.words", f"Finding F{finding.number}", finding.words)
        for key, how in finding.agencies:
            title = f"Finding F{finding.number}: {get_agency(key).title}"
            yield Text(f"finding.{finding.number}.how.{key}", title, how)
        title = f"Finding F{finding.number}: why nothing is asked"
        yield Text(f"finding.{finding.number}.no_improvement", title, finding.no_improvement)
    for asked in report.improvements:
        yield Text(f"improvement.{asked.number}.words", f"Improvement {asked.number}", asked.words)
    yield Text("no_good_practice", "Why there is no good practice", report.no_good_practice)
    yield Text("method", "How the inspection was made", report.method)


def with_texts(report: InspectionReport, texts: Mapping[str, str]) -> InspectionReport:
    """The report with other words in some of its texts; a name that it has not changes nothing.

    Raises ContentError where a text that must be there is made empty.
    """
    findings = tuple(
        replace(
            each,
            words=texts.get(f"finding.{each.number}.words", each.words),
            agencies=tuple((key, texts.get(f"finding.{each.number}.how.{key}", how)) for key, how in each.agencies),
            no_improvement=texts.get(f"finding.{each.number}.no_improvement", each.no_improvement),
        )
        for each in report.findings
    )
    words = {each.number: each.words for each in findings}
    return replace(
        report,
        summary=texts.get("summary", report.summary),
        for_children=texts.get("for_children", report.for_children),
        no_good_practice=texts.get("no_good_practice", report.no_good_practice),
        method=texts.get("method", report.method),
        judgements=tuple(
            replace(
                each,
                narrative=texts.get(f"judgement.{each.key}.narrative", each.narrative),
                explains=texts.get(f"judgement.{each.key}.explains", each.explains),
            )
            for each in report.judgements
        ),
        contributions=tuple(
            replace(
                each,
                narrative=texts.get(f"contribution.{each.agency}.narrative", each.narrative),
                not_assessed=texts.get(f"contribution.{each.agency}.not_assessed", each.not_assessed),
            )
            for each in report.contributions
        ),
        findings=findings,
        improvements=tuple(
            replace(each, words=texts.get(f"improvement.{each.number}.words", each.words))
            for each in report.improvements
        ),
        good_practice=tuple(
            replace(each, words=words.get(each.finding, each.words) if each.finding else each.words)
            for each in report.good_practice
        ),
    )
