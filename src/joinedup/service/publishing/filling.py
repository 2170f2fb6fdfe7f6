"""The one place that fills a document's content from the database, in a fixed number of queries.

While an inspection is being written some of it is not there yet; what is not finished (a judgement without a narrative,
an improvement without a post) is left out, so that a draft can be looked at at any stage.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Count
from django.utils import timezone

from joinedup.areas import answers_to, get_post
from joinedup.documents.inspection import (
    About,
    ContributionGiven,
    Correction,
    EvidenceBase,
    FindingGiven,
    GoodPractice,
    ImprovementAsked,
    InspectionReport,
    JudgementGiven,
    NotificationGiven,
    TeamPart,
)
from joinedup.frameworks import EVIDENCE_SOURCES
from joinedup.service.accounts.models import Organisation
from joinedup.service.accounts.permissions import Role
from joinedup.service.inspections.drafts import Leaving
from joinedup.service.inspections.models import Finding, Improvement, Inspection, Member, Notification
from joinedup.service.inspections.name_list import ListLostError, listed_names
from joinedup.service.publishing.looked_over import WITHHELD, Concern, as_agencies_read, left_out, undecided
from joinedup.service.publishing.models import Publication
from joinedup.service.publishing.planned import plan_of
from joinedup.service.publishing.texts import texts_of, with_texts
from joinedup.service.publishing.wording import usual_method, wording_of


def from_inspection(inspection: Inspection, versions: Sequence[Publication] = ()) -> InspectionReport:
    """Everything that the inspection's documents say.

    With `versions`, those of its publications up to one, the report is that one with every correction so far; without,
    it is as it stands today, without what was decided to leave out. Raises ContentError where what stands in the
    database cannot be published.
    """
    if not versions:
        return with_texts(as_written(inspection, _draft_day(inspection)), texts_left_out(inspection))
    report = as_written(inspection, versions[-1].published_on)
    for each in versions:
        report = with_texts(report, each.texts)
    if len(versions) == 1:
        return report
    last, before = versions[-1], versions[-2]
    return replace(report, version=last.number, correction=Correction(last.changed, last.why, before.published_on))


def _draft_day(inspection: Inspection) -> dt.date:
    """The day that a draft carries: today, and no day before the fieldwork is over."""
    return max(timezone.localdate(), inspection.fieldwork_end)


def concerns(inspection: Inspection) -> tuple[Concern, ...]:
    """Words of the report that could identify a child and that nobody has decided on.

    Raises ContentError where there is no report yet, RefusedError where the list of names can be looked for no longer.
    """
    decided = inspection.disclosure_decisions.values_list("key", flat=True)
    return undecided(as_written(inspection, _draft_day(inspection)), set(decided), listed_names(inspection))


def for_agencies(inspection: Inspection) -> InspectionReport:
    """The report as agencies may read it before it is published: see `leaving_of`. Raises ContentError."""
    report, leaves = as_written(inspection, _draft_day(inspection)), leaving_of(inspection)
    return with_texts(report, {each.name: leaves(each.place, each.words) for each in texts_of(report)})


def leaving_of(inspection: Inspection) -> Leaving:
    """How words read outside the team: without what is to be left out, and without what nobody has decided on.

    Where the list of names can be looked for no longer, nothing is read until the names were given again.
    """
    try:
        names = listed_names(inspection)
    except ListLostError:
        return lambda place, words: WITHHELD if words.strip() else words
    outcomes = dict(inspection.disclosure_decisions.values_list("key", "outcome"))
    return lambda place, words: as_agencies_read(place, words, outcomes, names)


def texts_left_out(inspection: Inspection) -> dict[str, str]:
    """The texts that change by what was decided to leave out. Raises what `concerns` raises."""
    keys = set(inspection.disclosure_decisions.filter(outcome="left_out").values_list("key", flat=True))
    if not keys:
        return {}
    return left_out(as_written(inspection, _draft_day(inspection)), keys, listed_names(inspection))


def as_written(inspection: Inspection, day: dt.date) -> InspectionReport:
    """The report as the team wrote it, dated `day`: nothing left out, nothing corrected. Raises ContentError."""
    written = wording_of(inspection)
    team = list(inspection.members.filter(left=None, barred=False).select_related("person", "organisation"))
    bodies: dict[str, list[str]] = {}
    for party in inspection.parties.select_related("organisation"):
        bodies.setdefault(party.agency, []).append(party.organisation.name)
    asked = _improvements(inspection)
    judged = _judgements(inspection)
    findings = _findings(inspection, asked)
    return InspectionReport(
        about=about_of(inspection, team),
        published=day,
        judgements=judged,
        contributions=_contributions(inspection, bodies),
        findings=tuple(given for _, given in findings),
        improvements=asked,
        good_practice=tuple(
            GoodPractice(each.words, tuple(key for key, _ in given.agencies), each.number)
            for each, given in findings
            if each.example
        ),
        no_good_practice=inspection.no_good_practice,
        method=written.method if written and written.method else usual_method(inspection),
        evidence=_evidence(inspection),
        team=_parts(team),
        plan=plan_of(inspection, judged, asked, bodies, day),
        summary=written.summary if written else "",
        for_children=written.for_children if written else "",
    )


def about_of(inspection: Inspection, team: Sequence[Member] = ()) -> About:
    """Which inspection it is; the lead inspector is named from the team given."""
    rules, theme = inspection.rules, inspection.theme
    ids = [int(each) for each in inspection.inspectorates]
    keys = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "key"))
    lead = keys.get(inspection.lead_id, rules.lead.key)
    order = [each.key for each in rules.inspectorates]
    others = sorted({key for key in keys.values() if key and key != lead}, key=lambda key: (key not in order, key))
    return About(
        framework=inspection.framework,
        area=inspection.area,
        reference=inspection.reference,
        start=inspection.fieldwork_start,
        end=inspection.fieldwork_end,
        lead=lead,
        visit=inspection.visit,  # type: ignore[arg-type] # checked against the framework's visits at planning
        others=tuple(others),
        lead_inspector=next((each.person.name for each in team if each.part == Role.LEAD_INSPECTOR), None),
        theme=next((each.title for each in rules.themes if each.key == theme), theme) or None,
        fictional=inspection.fictional or inspection.place.fictional,
    )


def letter_of(notification: Notification) -> NotificationGiven:
    """What the letter to one accountable post says."""
    party = notification.party
    inspection, post = party.inspection, get_post(notification.post)
    sent = timezone.localdate(notification.sent_at)
    return NotificationGiven(
        about=about_of(inspection),
        day=sent,
        post=post.title,
        organisation=party.organisation.name,
        agency=party.agency,
        asked=tuple(line.strip() for line in notification.asked.splitlines() if line.strip()),
        due=max(notification.due, sent),
        answers_to=tuple(each.title for each in answers_to(post, inspection.area, inspection.fieldwork_start)),
    )


def _judgements(inspection: Inspection) -> tuple[JudgementGiven, ...]:
    written = {each.key: each for each in inspection.judgements.all()}
    return tuple(
        JudgementGiven(each.key, it.narrative, it.grade or None, it.explains, tuple(it.lowered_by))
        for each in inspection.rules.judgements
        if (it := written.get(each.key)) and it.narrative
    )


def _contributions(inspection: Inspection, bodies: dict[str, list[str]]) -> tuple[ContributionGiven, ...]:
    written = {each.agency: each for each in inspection.contributions.all()}
    return tuple(
        ContributionGiven(key, it.narrative, tuple(bodies.get(key, ())), it.grade or None, it.not_assessed)
        for key in inspection.in_scope
        if (it := written.get(key)) and (it.narrative or it.not_assessed)
    )


def _findings(inspection: Inspection, asked: Sequence[ImprovementAsked]) -> tuple[tuple[Finding, FindingGiven], ...]:
    """The findings with the agencies that they are about.

    One that names none is about those that are asked to put it right, or the only one inspected; without any it is not
    finished.
    """
    only = inspection.in_scope if len(inspection.in_scope) == 1 else ()
    found = []
    for each in inspection.findings.filter(dropped=""):
        putting_right = tuple(dict.fromkeys(one.agency for one in asked if one.finding == each.number))
        if about := tuple(each.agencies) or putting_right or only:
            found.append((each, _finding(each, about)))
    return tuple(found)


def _finding(each: Finding, about: Sequence[str]) -> FindingGiven:
    return FindingGiven(
        each.number,
        "praise" if each.tendency == "praise" else "concern",
        each.criterion,
        each.words,
        tuple((key, each.how.get(key, "")) for key in about),
        each.example,
        each.no_improvement,
    )


def _improvements(inspection: Inspection) -> tuple[ImprovementAsked, ...]:
    standing = inspection.improvements.filter(dropped="", finding__dropped="").select_related("finding")
    return tuple(_improvement(each) for each in standing if each.agency and each.post)


def _improvement(each: Improvement) -> ImprovementAsked:
    return ImprovementAsked(
        each.number,
        each.words,
        each.agency,
        get_post(each.post).title,
        tuple(get_post(key).title for key in each.answers_to),
        each.finding.number,
        each.due,
        each.priority,
    )


def _evidence(inspection: Inspection) -> EvidenceBase:
    """What there is, counted by the database; agencies by the few sets of them that there are."""
    standing = inspection.evidence.filter(withdrawn="").order_by()
    counts = list(standing.values_list("source", "criterion", "agencies").annotate(pieces=Count("pk")))
    sources: Counter[str] = Counter()
    criteria: Counter[str] = Counter()
    agencies: Counter[str] = Counter()
    for source, criterion, keys, pieces in counts:
        sources[source] += pieces
        criteria[criterion] += pieces
        for key in keys:
            agencies[key] += pieces
    kinds = Counter(inspection.children.filter(dropped="").values_list("kind", flat=True))
    in_scope = [*inspection.in_scope, *sorted(agencies.keys() - set(inspection.in_scope))]
    return EvidenceBase(
        tuple((key, sources[key]) for key in EVIDENCE_SOURCES if sources[key]),
        tuple((key, agencies[key]) for key in in_scope if agencies[key]),
        tuple((each.key, criteria[each.key]) for each in inspection.rules.criteria if criteria[each.key]),
        kinds["tracked"],
        kinds["sampled"],
    )


def _parts(team: Sequence[Member]) -> tuple[TeamPart, ...]:
    """Who was in the team: by part, and in each by the body that they come from."""
    counted = Counter((each.part, each.organisation.name) for each in team)
    order = [role.value for role in Role]
    return tuple(
        TeamPart(Role(part).label, name, people)
        for (part, name), people in sorted(counted.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )
