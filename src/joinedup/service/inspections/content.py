"""All that an inspection holds, gathered in a fixed number of queries: for its rules, and for signing.

`snapshot` is what the sufficiency rules look at. `digest_of` is what inspectorates sign: the SHA-256 of everything that
was written, in one canonical form, so that any change at all gives another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Model

from joinedup.service.accounts.models import Organisation
from joinedup.service.inspections.models import ChildView, Finding, Inspection, Position
from joinedup.service.inspections.sufficiency import (
    LATER,
    ChallengeSeen,
    ChildSeen,
    ContributionSeen,
    FindingSeen,
    ImprovementSeen,
    JudgementSeen,
    PointSeen,
    PositionSeen,
    Problem,
    Snapshot,
    problems,
)

FORM = "joinedup inspection 1"
"""The form of what is signed; another form, another name, so that a digest says of what it is."""

Texts = Callable[[Inspection], Mapping[str, str]]
_texts: dict[str, Texts] = {}


def also_signed(name: str, texts: Texts) -> None:
    """Sign what another app keeps for an inspection, too: `texts` gives it as titles with their words.

    It stands in what is signed under `name`, and before the people who sign. Registering it again changes nothing.
    """
    _texts[name] = texts


def further_texts(inspection: Inspection) -> dict[str, Mapping[str, str]]:
    """What other apps keep, by the name that it was registered under; nothing where there are no words."""
    found = {name: texts(inspection) for name, texts in sorted(_texts.items())}
    return {name: texts for name, texts in found.items() if texts}


def snapshot(inspection: Inspection) -> Snapshot:
    """What the sufficiency rules look at; eleven queries, however much there is."""
    asks: dict[int, int] = {}
    improvements = inspection.improvements.filter(dropped="", finding__dropped="")
    for each in improvements:
        asks[each.finding_id] = asks.get(each.finding_id, 0) + 1
    put_right = {each.finding_id for each in improvements if each.agency}
    alone = len(inspection.in_scope) == 1
    rests = _evidence_of(inspection)
    current = {each.key: each for each in inspection.judgements.all()}
    return Snapshot(
        framework=inspection.rules,
        visit=inspection.visit,  # type: ignore[arg-type] # checked against the framework's visits at planning
        agencies=inspection.in_scope,
        inspectorates=tuple(inspectorates(inspection).items()),
        coverage=dict(
            inspection.evidence.filter(withdrawn="").order_by().values_list("criterion").annotate(pieces=Count("pk"))
        ),
        findings=tuple(
            FindingSeen(
                each.number,
                each.tendency == "concern",
                each.example,
                each.criterion,
                each.judgement,
                rests.get(each.pk, ()),
                asks.get(each.pk, 0),
                bool(each.no_improvement),
                bool(each.agencies) or alone or each.pk in put_right,
            )
            for each in inspection.findings.filter(dropped="")
        ),
        improvements=tuple(
            ImprovementSeen(each.number, bool(each.agency), bool(each.post), bool(each.answers_to), bool(each.due))
            for each in improvements
        ),
        contributions={
            each.agency: ContributionSeen(bool(each.narrative), each.grade, bool(each.not_assessed))
            for each in inspection.contributions.all()
        },
        judgements={
            key: JudgementSeen(bool(each.narrative), each.grade, tuple(each.lowered_by), bool(each.departs))
            for key, each in current.items()
        },
        positions=tuple(
            PositionSeen(
                each.judgement.key,
                each.organisation_id,
                each.stance,
                each.judgement_version == each.judgement.version,
            )
            for each in Position.objects.filter(judgement__inspection=inspection).select_related("judgement")
        ),
        children=_children(inspection),
        challenges=tuple(
            ChallengeSeen(each.number, bool(each.answer), each.closed) for each in inspection.challenges.all()
        ),
        points=tuple(
            PointSeen(each.party_id, each.party.organisation.name, each.number, bool(each.outcome))
            for each in inspection.accuracy_points.select_related("party__organisation")
        ),
        none_found=bool(inspection.no_good_practice),
    )


def missing(inspection: Inspection, event: str = "to_signing") -> tuple[Problem, ...]:
    """What is missing before an event of the inspection's life may happen; nothing for an event that asks nothing."""
    return problems(snapshot(inspection), without=LATER[event]) if event in LATER else ()


def inspectorates(inspection: Inspection) -> dict[int, str]:
    """Id -> name of each inspectorate in the inspection, the leading one first."""
    ids = [int(each) for each in inspection.inspectorates]
    names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
    return {each: names[each] for each in sorted(ids, key=lambda each: (each != inspection.lead_id, names[each]))}


def _evidence_of(inspection: Inspection) -> dict[int, tuple[str, ...]]:
    """Finding -> the kind of source of each piece of evidence that counts for it."""
    found: dict[int, list[str]] = {}
    rows = Finding.evidence.through.objects.filter(finding__inspection=inspection, evidence__withdrawn="")
    for finding, source in rows.values_list("finding_id", "evidence__source"):
        found.setdefault(finding, []).append(source)
    return {finding: tuple(sources) for finding, sources in found.items()}


def _children(inspection: Inspection) -> tuple[ChildSeen, ...]:
    views: dict[int, set[tuple[str, str]]] = {}
    seen = ChildView.objects.filter(child__inspection=inspection)
    for child, criterion, side in seen.values_list("child_id", "criterion", "side"):
        views.setdefault(child, set()).add((criterion, side))
    tracked = inspection.children.filter(kind="tracked", dropped="")
    return tuple(ChildSeen(each.reference, frozenset(views.get(each.pk, ()))) for each in tracked)


def digest_of(inspection: Inspection) -> str:
    """The SHA-256 of the inspection's content; the same as long as nothing that was written changes."""
    return hashlib.sha256(canonical(content(inspection))).hexdigest()


def canonical(value: Any) -> bytes:
    """JSON in one form: keys in order, no spaces, UTF-8."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content(inspection: Inspection) -> dict[str, Any]:
    """All that was written, as plain values named by number and key; what was dropped or withdrawn with its reason.

    Who typed it and when stands in the audit and is not signed; neither are the agencies' replies to requests, which
    count through the evidence made of them.
    """
    pieces = inspection.evidence.order_by("number").select_related(None)
    numbers = dict(pieces.values_list("pk", "number"))
    rests: dict[int, list[int]] = {}
    for finding, piece in Finding.evidence.through.objects.filter(finding__inspection=inspection).values_list(
        "finding_id", "evidence_id"
    ):
        rests.setdefault(finding, []).append(numbers[piece])
    findings = list(inspection.findings.order_by("number"))
    by_pk = {each.pk: each.number for each in findings}
    return {
        "form": FORM,
        "inspection": _row(
            inspection,
            "reference area framework visit theme scope no_notice fieldwork_start fieldwork_end no_good_practice",
        ),
        "inspectorates": sorted(inspectorates(inspection).values()),
        "agencies": inspection.in_scope,
        "children": _views(inspection),
        "evidence": _evidence(pieces),
        "findings": [
            {
                **_row(each, "number tendency criterion judgement words agencies how example no_improvement dropped"),
                "evidence": sorted(rests.get(each.pk, [])),
            }
            for each in findings
        ],
        "improvements": [
            {
                **_row(each, "number words agency post answers_to due priority dropped"),
                "finding": by_pk[each.finding_id],
            }
            for each in inspection.improvements.order_by("number")
        ],
        "contributions": _rows(inspection.contributions.order_by("agency"), "agency narrative grade not_assessed"),
        "judgements": _rows(inspection.judgements.order_by("key"), "key narrative grade explains lowered_by departs"),
        "positions": [
            {**_row(each, "stance words"), "judgement": each.judgement.key, "inspectorate": each.organisation.name}
            for each in Position.objects.filter(judgement__inspection=inspection)
            .select_related("judgement", "organisation")
            .order_by("judgement__key", "organisation__name")
        ],
        "challenges": _rows(inspection.challenges.order_by("number"), "number about words answer closed"),
        "points": [
            {
                **_row(each, "number about words outcome reply"),
                "agency": each.party.agency,
                "organisation": each.party.organisation.name,
            }
            for each in inspection.accuracy_points.select_related("party__organisation").order_by("party", "number")
        ],
        **further_texts(inspection),
    }


def _evidence(pieces: Any) -> list[Mapping[str, Any]]:
    names = ("number", "words", "source", "criterion", "agencies", "tendency", "child__reference", "seen_on")
    return list(pieces.values(*names, "withdrawn"))


def _views(inspection: Inspection) -> list[dict[str, Any]]:
    views: dict[int, list[dict[str, Any]]] = {}
    for each in ChildView.objects.filter(child__inspection=inspection).order_by("criterion", "side"):
        views.setdefault(each.child_id, []).append(_row(each, "criterion side strength words"))
    return [
        {**_row(each, "reference kind agencies why dropped"), "views": views.get(each.pk, [])}
        for each in inspection.children.order_by("reference")
    ]


def _row(thing: Model, names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names.split()}


def _rows(things: Iterable[Model], names: str) -> list[dict[str, Any]]:
    return [_row(each, names) for each in things]
