"""What children and evidence need of somebody now: views and audits to fill in, criteria that are thin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from joinedup.service.accounts.can import roles_held
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import FOR_AN_AGENCY, GRANTS, IN_A_TEAM, Permission
from joinedup.service.inspections.actions.children import joint_audit
from joinedup.service.inspections.coverage import need_of
from joinedup.service.inspections.models import Child, Evidence, Inspection, Member, Party
from joinedup.service.inspections.named import to_do
from joinedup.service.inspections.stages import OPEN_AT
from joinedup.service.work import Item


def needs(person: Person) -> Iterator[Item]:
    """One item for each inspection and kind of thing; one query for each kind, however much there is."""
    yield from _views(person)
    yield from _audits(person)
    yield from _thin(person)


def _in_team(person: Person, permission: Permission) -> QuerySet[Inspection]:
    parts = [role.value for role in GRANTS[permission] if role in IN_A_TEAM]
    member = Member.objects.filter(inspection=OuterRef("pk"), person=person, left=None, barred=False, part__in=parts)
    return Inspection.objects.filter(Exists(member), stage__in=OPEN_AT[permission])


def _views(person: Person) -> Iterator[Item]:
    """For the team: tracked children whose help the inspectors have not judged under every criterion."""
    for inspection, children in _unfinished(_in_team(person, Permission.CHILD_VIEW), "inspectors"):
        what = f"Fill in the inspectors’ view of {children} tracked {_children(children)}"
        yield Item(
            to_do(what, inspection.area, inspection.reference),
            reverse("children", args=[inspection.reference]),
            "Not every criterion has a view yet.",
            due=inspection.fieldwork_end,
            count=children,
        )


def _audits(person: Person) -> Iterator[Item]:
    """For agencies: tracked children whose joint audit is not finished."""
    if not roles_held(person) & FOR_AN_AGENCY & GRANTS[Permission.CHILD_AUDIT].keys():
        return
    told = Party.objects.filter(inspection=OuterRef("pk"), organisation=person.organisation_id)
    mine = Inspection.objects.filter(
        Exists(told), notified_on__isnull=False, stage__in=OPEN_AT[Permission.CHILD_AUDIT]
    )  # fmt: skip
    known: dict[int, set[str]] = {}
    for pk, agency in Party.objects.filter(organisation=person.organisation_id).values_list("inspection", "agency"):
        known.setdefault(pk, set()).add(agency)
    for inspection, children in _unfinished(mine, "agencies", known):
        if joint_audit(inspection):
            what = f"Audit {children} tracked {_children(children)} with the other agencies"
            yield Item(
                to_do(what, inspection.area, inspection.reference),
                reverse("children", args=[inspection.reference]),
                "The agencies say together, criterion by criterion, how strong the help was.",
                due=inspection.fieldwork_start,
                count=children,
            )


def _children(count: int) -> str:
    return "child" if count == 1 else "children"


def _unfinished(
    inspections: QuerySet[Inspection], side: str, known: Mapping[int, set[str]] | None = None
) -> Iterator[tuple[Inspection, int]]:
    """Inspections with how many tracked children are not seen by a side under every criterion, one query for all.

    `known`: inspection -> agencies, to count the children whom one of them knows alone.
    """
    tracked = Child.objects.filter(inspection__in=inspections, kind="tracked", dropped="")
    seen = tracked.order_by().annotate(seen=Count("views", filter=Q(views__side=side)))
    by_inspection: dict[int, list[int]] = {}
    for pk, agencies, count in seen.values_list("inspection_id", "agencies", "seen"):
        if known is None or known.get(pk, set()).intersection(agencies):
            by_inspection.setdefault(pk, []).append(count)
    if by_inspection:
        for inspection in inspections.filter(pk__in=by_inspection).order_by("reference"):
            criteria = len(inspection.rules.criteria)
            if short := sum(count < criteria for count in by_inspection[inspection.pk]):
                yield inspection, short


def _thin(person: Person) -> Iterator[Item]:
    """For the team: criteria with less evidence than the framework asks for, once fieldwork has begun."""
    mine = {each.pk: each for each in _in_team(person, Permission.EVIDENCE_WRITE).exclude(stage="notified")}
    counted = Evidence.objects.filter(inspection__in=mine, withdrawn="").order_by()
    there: dict[int, dict[str, int]] = {}
    for pk, criterion, pieces in counted.values_list("inspection_id", "criterion").annotate(pieces=Count("pk")):
        there.setdefault(pk, {})[criterion] = pieces
    for pk, inspection in mine.items():
        need, have = need_of(inspection).criterion_pieces, there.get(pk, {})
        if short := sum(have.get(each.key, 0) < need for each in inspection.rules.criteria):
            what = f"Gather evidence for {short} {'criterion that is' if short == 1 else 'criteria that are'} thin"
            yield Item(
                to_do(what, inspection.area, inspection.reference),
                reverse("coverage", args=[inspection.reference]),
                f"Each criterion needs at least {need}.",
                due=inspection.fieldwork_end,
                count=short,
            )
