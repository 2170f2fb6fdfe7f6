"""The reference page on what must be there before sign-off, written from the frameworks' files.

`docs/reference/sufficiency.md` is what `page()` returns; a test fails when the two differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from joinedup.frameworks import Framework, SufficiencyKind
from joinedup.service.inspections.sufficiency import LATER

_TRIED: Mapping[SufficiencyKind, str] = {
    "finding_evidence": "Each finding that stands, on its evidence that was not withdrawn.",
    "finding_attributed": (
        "Each finding that stands: the agencies that it names, or the agency of an improvement that it asks for. Where "
        "only one agency is inspected, it is about that one."
    ),
    "agency_assessed": (
        "Each agency in scope. A reason why its part was not assessed is enough only for an agency that the framework "
        "does not always look at."
    ),
    "concern_improved": "Each concern that stands: an improvement not dropped, or the reason why it asks for nothing.",
    "improvement_accountable": (
        "Each improvement not dropped. To whom the post answers is kept as it was on the first day of fieldwork."
    ),
    "grade_explained": "Each graded judgement, against the best grade among the contributions.",
    "narrative_given": (
        "Each judgement; one that some inspections leave out, only once it is begun. A grade where the judgement and "
        "the kind of visit have one."
    ),
    "combination_explained": "Each rule on how grades combine; the judgement that the rule binds says why it departs.",
    "children_tracked": (
        "Tracked children not dropped: enough of them, and for each a view under every criterion from each side that "
        "the framework asks. “Could not be judged” is a view."
    ),
    "criteria_covered": "Each criterion, on evidence that was not withdrawn.",
    "good_practice_sought": "Findings that stand and are offered as examples, or what the team says of its search.",
    "positions_agreed": (
        "Each inspectorate on each judgement. A position counts on the text that it was taken on and no other; both "
        "“contested” and “evidence too thin” stand in the way."
    ),
    "challenges_answered": "Each challenge: answered by the team, and closed by a moderator.",
    "accuracy_answered": "Each point that an agency made on its draft.",
}
_OPENING = (
    "Each framework has its own rules. The page “What is missing” of an inspection lists the rules that are not met "
    "yet, with a link to where each thing can be put right. See also [judge and sign](../how-to/judge-and-sign.md)."
)
_EVENTS = {
    "to_moderation": "sending it to moderation",
    "to_accuracy": "sending it to the agencies",
    "to_signing": "signing",
}


def page(frameworks: Sequence[Framework]) -> str:
    """The whole page in Markdown: when the rules hold, then each kind with the frameworks that have it."""
    runnable = [one for one in frameworks if one.runnable]
    lines = [
        "# What must be there before sign-off",
        "",
        "<!-- Written by `make docs` from src/joinedup/frameworks/files; do not edit here. -->",
        "",
        _OPENING,
        "",
        "| Before | these need not hold yet |",
        "| --- | --- |",
    ]
    for event, kinds in LATER.items():
        later = ", ".join(f"`{kind}`" for kind in sorted(kinds))
        lines.append(f"| {_EVENTS[event]} | {later or 'none: all must hold'} |")
    for kind, tried in _TRIED.items():
        lines += ["", f"## {kind}", "", tried, ""]
        held = [(one, rule) for one in runnable for rule in one.sufficiency if rule.kind == kind]
        lines += [f"- {one.id}: {rule.text}{_visits(rule.visits)}" for one, rule in held] or [
            "No framework has it yet."
        ]
    return "\n".join(lines) + "\n"


def _visits(visits: Sequence[str]) -> str:
    return f" Visits: {', '.join(visits)}." if visits else ""
