"""Carrying out a fictional inspection, by the actions that people use, up to whatever stage is asked for.

It works for any framework that can be inspected under: what is done comes from the framework's own file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import cycle
from random import Random

from django.utils import timezone

from joinedup.areas import add_working_days, posts
from joinedup.frameworks import EVIDENCE_SOURCES, get_framework
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Role
from joinedup.service.fictional import sentences
from joinedup.service.fictional.cast import Cast
from joinedup.service.inspections.actions.accuracy import make_point, reply_to_point
from joinedup.service.inspections.actions.children import Seen, choose_child, record_audit, record_view
from joinedup.service.inspections.actions.evidence import Piece, add_evidence
from joinedup.service.inspections.actions.findings import ask_improvement, write_finding
from joinedup.service.inspections.actions.judging import record_position, write_contribution, write_judgement
from joinedup.service.inspections.actions.moderation import answer_challenge, challenge, close_challenge
from joinedup.service.inspections.actions.planning import plan_inspection
from joinedup.service.inspections.actions.requests import Ask, accept_answer, answer_request, make_requests
from joinedup.service.inspections.actions.signing import sign_off
from joinedup.service.inspections.actions.stages import move
from joinedup.service.inspections.actions.team import add_member, decide_interest, declare_interest
from joinedup.service.inspections.actions.telling import acknowledge, notify_agencies
from joinedup.service.inspections.content import digest_of
from joinedup.service.inspections.models import Child, Evidence, Finding, Inspection, Notification
from joinedup.service.publishing.actions import begin_publication, decide_disclosure
from joinedup.service.publishing.bridge import finish
from joinedup.service.publishing.filling import concerns

STAGES = (
    "planned",
    "notified",
    "fieldwork",
    "drafting",
    "moderation",
    "factual_accuracy",
    "signing",
    "signed_off",
    "published",
)
"""The stages that an inspection can be carried to, in order."""
HALF = 0.5
"""How much of the evidence there is half way through fieldwork."""


@dataclass(slots=True)
class _Work:
    """An inspection being carried out: who is there, and chance from the seed."""

    cast: Cast
    inspection: Inspection
    chance: Random
    team: tuple[Person, ...]

    @property
    def agencies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party.agency for party in self.inspection.parties.order_by("pk")))

    def contact(self, agency: str) -> Person:
        return self.cast.contacts[self.inspection.area, agency]

    def body(self, agency: str) -> str:
        """The name of the organisation that stands for an agency here, as sentences say it."""
        return self.contact(agency).organisation.name

    def refresh(self) -> None:
        self.inspection = Inspection.objects.get(pk=self.inspection.pk)


def carry_out(
    cast: Cast, framework: str, area: str, until: str, *, seed: int = 1, fieldwork: dt.date | None = None
) -> Inspection:
    """Plan an inspection and take it to the stage `until`; in "fieldwork" it is half way through.

    `fieldwork` is its first day on site; without one, last week's first working day.
    """
    assert until in STAGES, f"{until} is no stage that an inspection is carried to"
    work = _planned(cast, framework, area, seed, fieldwork or _last_week())
    steps = (_notified, _fieldwork, _drafted, _moderated, _checked, _accepted, _signed, _published)
    for stage, step in zip(STAGES[1:], steps, strict=True):
        if STAGES.index(until) < STAGES.index(stage):
            break
        step(work, until)
        work.refresh()
    return work.inspection


def _last_week() -> dt.date:
    """The first working day of the week before this one; from Saturday on, this week counts as the one before."""
    soon = timezone.localdate() + dt.timedelta(days=2)
    monday = soon - dt.timedelta(days=soon.weekday() + 7)
    return add_working_days(monday - dt.timedelta(days=1), 1)


def _planned(cast: Cast, framework: str, area: str, seed: int, fieldwork: dt.date) -> _Work:
    rules = get_framework(framework)
    inspection = plan_inspection(
        by=cast.manager,
        framework=framework,
        area=area,
        first_day=fieldwork,
        counts_from="fieldwork",
        visit="standard",
        theme=rules.themes[-1].key if rules.themes else "",
        scope="Children who need help and protection, and how the agencies decide together who helps.",
        no_notice=not rules.notice.working_days,
    )
    taking_part = [key for key, body in cast.inspectorates.items() if inspection.takes_part(body.pk)]
    inspectors = [cast.inspectors[key] for key in taking_part]
    add_member(by=cast.manager, inspection=inspection, person=cast.lead, part=Role.LEAD_INSPECTOR)
    for inspector in inspectors:
        add_member(by=cast.manager, inspection=inspection, person=inspector, part=Role.INSPECTOR)
    peers = [cast.sector_led] if rules.sector_led else []
    for peer in peers:
        add_member(by=cast.manager, inspection=inspection, person=peer, part=Role.SECTOR_LED)
    add_member(by=cast.manager, inspection=inspection, person=cast.moderator, part=Role.MODERATOR)
    inspection = Inspection.objects.get(pk=inspection.pk)
    team = (cast.lead, *inspectors, *peers)
    for member in (*team, cast.moderator):
        declared = declare_interest(
            by=member, inspection=inspection, nothing=member not in peers, words=_words(member, peers)
        )
        if member in peers:
            decide_interest(
                by=cast.manager,
                inspection=inspection,
                interest=declared,
                decision="no_conflict",
                reason="More than five years ago, and in another service.",
                seen=declared.version,
            )
    return _Work(cast, inspection, Random(seed), team)  # noqa: S311 chance for sentences, nothing secret


def _words(member: Person, peers: list[Person]) -> str:
    return "Worked for a neighbouring council until 2019." if member in peers else ""


def _notified(work: _Work, until: str) -> None:
    inspection = notify_agencies(by=work.cast.lead, inspection=work.inspection, gaps_known=True)
    for notification in Notification.objects.filter(party__inspection=inspection).select_related("party"):
        acknowledge(by=work.contact(notification.party.agency), inspection=inspection, notification=notification)
    parties = list(inspection.parties.order_by("pk"))
    made = make_requests(
        by=work.cast.lead,
        inspection=inspection,
        parties=parties,
        asks=[Ask("Who does what", "How your staff take part in decisions about children, on two pages at most.")],
        due=add_working_days(timezone.localdate(), 3),
    )
    half = len(made) if until != "fieldwork" else len(made) // 2
    for request in made[:half]:
        contact = work.contact(request.party.agency)
        answer_request(
            by=contact,
            inspection=inspection,
            request=request,
            words="The two pages that you asked for are what follows.",
        )
        request.refresh_from_db()
        accept_answer(by=work.cast.lead, inspection=inspection, request=request, seen=request.version)


def _fieldwork(work: _Work, until: str) -> None:
    rules = work.inspection.rules
    tracked = rules.children.tracked if rules.children else 0
    children = [
        choose_child(by=work.cast.lead, inspection=work.inspection, kind="tracked", agencies=work.agencies[:4])
        for _ in range(tracked)
    ]
    criteria = [each.key for each in rules.criteria]
    if rules.children and rules.children.joint_audit:
        for child in children:
            views = [
                Seen(key, work.chance.choice(("strong", "mixed", "mixed", "weak")), sentences.AUDITED)
                for key in criteria
            ]
            record_audit(by=work.contact(work.agencies[0]), inspection=work.inspection, child=child, views=views)
    work.inspection = move(by=work.cast.lead, inspection=work.inspection, event="start_fieldwork")
    _gather(work, children, HALF if until == "fieldwork" else 1)
    for child in children[: 2 if until == "fieldwork" else None]:
        views = [Seen(key, work.chance.choice(("strong", "mixed", "weak")), sentences.VIEWED) for key in criteria]
        record_view(by=work.team[-1], inspection=work.inspection, child=child, views=views)


def _gather(work: _Work, children: list[Child], part: float) -> None:
    """Evidence for every criterion and agency, of different kinds of source, typed by everybody in turn."""
    rules, sources, people = work.inspection.rules, cycle(EVIDENCE_SOURCES), cycle(work.team)
    wanted = [(criterion.key, agency) for criterion in rules.criteria for agency in work.agencies for _ in range(2)]
    site = [work.inspection.fieldwork_start + dt.timedelta(days=days) for days in range(4)]
    for number, (criterion, agency) in enumerate(wanted[: max(1, int(len(wanted) * part))]):
        source = next(sources)
        child = children[number % len(children)] if children and source == "tracked_child" else None
        tendency = work.chance.choice(("praise", "praise", "concern", "concern", "neutral"))
        words = sentences.piece(work.chance, source, tendency, work.body(agency), child.reference if child else "")
        add_evidence(
            by=next(people),
            inspection=work.inspection,
            piece=Piece(
                words=words,
                source=source,
                criterion=criterion,
                agencies=(agency,),
                tendency=tendency,
                child=child,
                seen_on=min(work.chance.choice(site), timezone.localdate()),
            ),
        )


def _drafted(work: _Work, until: str) -> None:
    inspection = work.inspection = move(by=work.cast.lead, inspection=work.inspection, event="end_fieldwork")
    rules = inspection.rules
    best = rules.grades[1].key if rules.grades else ""
    by_agency = {agency: list(_resting_on(inspection, agency)) for agency in work.agencies}
    for number, (agency, evidence) in enumerate(by_agency.items()):
        _finding(work, agency, evidence, concern=bool(number % 2))
        graded = best if rules.grades and any(each.graded for each in rules.judgements) else ""
        write_contribution(
            by=work.cast.lead,
            inspection=inspection,
            agency=agency,
            seen=0,
            narrative=sentences.PART.format(who=work.body(agency)),
            grade=graded,
        )
    for each in rules.judgements:
        write_judgement(
            by=work.cast.lead,
            inspection=inspection,
            key=each.key,
            seen=0,
            narrative=sentences.JUDGED,
            grade=best if each.graded and rules.grades else "",
            explains=sentences.EXPLAINED,
        )
    _agree(work)


def _resting_on(inspection: Inspection, agency: str) -> list[Evidence]:
    """Three pieces about an agency, of three kinds of source."""
    found: dict[str, Evidence] = {}
    for piece in inspection.evidence.filter(agencies__contains=f"|{agency}|").order_by("number"):
        found.setdefault(piece.source, piece)
    return list(found.values())[:3]


def _finding(work: _Work, agency: str, evidence: list[Evidence], *, concern: bool) -> Finding:
    who = work.body(agency)
    words, how = (
        (sentences.CONCERN_FOUND, sentences.HOW_CONCERN) if concern else (sentences.PRAISE_FOUND, sentences.HOW_PRAISE)
    )
    found = write_finding(
        by=work.team[-1],
        inspection=work.inspection,
        tendency="concern" if concern else "praise",
        criterion=evidence[0].criterion,
        words=work.chance.choice(words).format(who=who),
        how={agency: how.format(who=who)},
        evidence=evidence,
        example=not concern,
    )
    if concern:
        day = work.inspection.fieldwork_start
        ask_improvement(
            by=work.cast.lead,
            inspection=work.inspection,
            finding=found,
            words=work.chance.choice(sentences.ASKED).format(who=who),
            agency=agency,
            post=next(post.key for post in posts(agency, work.inspection.area, day) if post.kind == "post"),
            due=add_working_days(work.inspection.fieldwork_end, 70),
        )
    return found


def _agree(work: _Work) -> None:
    """Every inspectorate's position on every judgement as it reads now: agreed."""
    speakers = {
        person.organisation_id: person for person in work.team if work.inspection.takes_part(person.organisation_id)
    }
    for judgement in work.inspection.judgements.all():
        for person in speakers.values():
            record_position(
                by=person, inspection=work.inspection, judgement=judgement, seen=judgement.version, stance="agreed"
            )


def _moderated(work: _Work, until: str) -> None:
    inspection = work.inspection = move(by=work.cast.lead, inspection=work.inspection, event="to_moderation")
    asked = challenge(
        by=work.cast.moderator,
        inspection=inspection,
        about=f"finding {inspection.findings.order_by('number')[0].number}",
        words="Is this true of all the children that you followed, or of one of them?",
    )
    if until == "moderation":
        return
    answered = answer_challenge(
        by=work.cast.lead,
        inspection=inspection,
        challenge=asked,
        seen=asked.version,
        answer="Of four of the five; the evidence behind it says which.",
    )
    close_challenge(by=work.cast.moderator, inspection=inspection, challenge=answered, seen=answered.version)


def _checked(work: _Work, until: str) -> None:
    _decide_on_all(work.inspection, work.cast.lead)
    inspection = work.inspection = move(by=work.cast.lead, inspection=work.inspection, event="to_accuracy")
    party = inspection.parties.order_by("pk")[0]
    point = make_point(
        by=work.contact(party.agency),
        inspection=inspection,
        party=party,
        about=f"contribution {party.agency}",
        words="Our part began in the spring, not in the summer.",
    )
    if until == "factual_accuracy":
        return
    reply_to_point(
        by=work.cast.lead,
        inspection=inspection,
        point=point,
        seen=point.version,
        outcome="not",
        reply="The draft names no season; nothing needs to change.",
    )


def _accepted(work: _Work, until: str) -> None:
    _decide_on_all(work.inspection, work.cast.lead)
    work.inspection = move(by=work.cast.lead, inspection=work.inspection, event="to_signing")


def _signed(work: _Work, until: str) -> None:
    digest = digest_of(work.inspection)
    signed: set[int] = set()
    for person in work.team:
        if work.inspection.takes_part(person.organisation_id) and person.organisation_id not in signed:
            signed.add(person.organisation_id)
            work.refresh()
            sign_off(by=person, inspection=work.inspection, digest=digest)


def _published(work: _Work, until: str) -> None:
    publish_fictional(work.inspection, work.cast.lead)


def publish_fictional(inspection: Inspection, lead: Person) -> None:
    """Decide on whatever the last look found, and publish into the public record of the settings."""
    _decide_on_all(inspection, lead)
    finish(begin_publication(by=lead, inspection=inspection))


def _decide_on_all(inspection: Inspection, lead: Person) -> None:
    """Decide on whatever could identify a child."""
    for each in concerns(inspection):
        decide_disclosure(
            by=lead,
            inspection=inspection,
            key=each.hit.key,
            outcome="stays",
            why="Nobody in a made-up area can be identified.",
        )
