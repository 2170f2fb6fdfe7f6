"""Which organisations can stand for an inspectorate or an agency of a framework, and which are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from joinedup.areas import bodies_of, get_agency, get_inspectorate
from joinedup.frameworks import Framework
from joinedup.service.accounts.models import Organisation, OrganisationKind
from joinedup.service.inspections.models import Inspection


def serving(agencies: Iterable[str], area: str) -> QuerySet[Organisation]:
    """The organisations that are one of the agencies (keys) and serve the area (its slug).

    A safeguarding partnership is known by its kind, which has the key of its agency.
    """
    keys = list(agencies)
    kinds = [kind for kind in (OrganisationKind.PARTNERSHIP,) if kind.value in keys]
    whose = Q(kind=OrganisationKind.AGENCY, key__in=keys) | Q(kind__in=kinds)
    return Organisation.objects.annotate(served=Cast("areas", TextField())).filter(whose, served__contains=f'"{area}"')


def agency_of(organisation: Organisation) -> str:
    """The key of the agency that an organisation is."""
    return organisation.kind if organisation.kind == OrganisationKind.PARTNERSHIP else organisation.key


def parties_for(agencies: Iterable[str], area: str) -> dict[str, list[Organisation]]:
    """Agency key -> the organisations that serve the area, perhaps none; in the order given. One query."""
    found: dict[str, list[Organisation]] = {key: [] for key in agencies}
    for organisation in serving(found, area):
        found[agency_of(organisation)].append(organisation)
    return found


def inspectorates_for(keys: Iterable[str], own: Organisation | None = None) -> dict[str, Organisation]:
    """Inspectorate key -> the organisation that is that inspectorate; keys without one are left out. One query.

    Where several have the same key, `own` counts before others, and then the first by name.
    """
    found: dict[str, Organisation] = {}
    for each in Organisation.objects.filter(kind=OrganisationKind.INSPECTORATE, key__in=list(keys)):
        if each == own or each.key not in found:
            found[each.key] = each
    return found


def agencies_chosen(rules: Framework, theme: str, chosen: Iterable[str]) -> tuple[str, ...]:
    """Keys of the agencies in scope: those always there, those that the theme adds, and those chosen beside them."""
    added = {key for each in rules.themes if each.key == theme for key in each.agencies} | set(chosen)
    return tuple(each.key for each in rules.agencies if each.scope == "always" or each.key in added)


def inspectorates_chosen(rules: Framework, theme: str, chosen: Iterable[str]) -> tuple[str, ...]:
    """Keys of the inspectorates that take part: those always there, the theme's, and those chosen beside them."""
    added = {key for each in rules.themes if each.key == theme for key in each.inspectorates} | set(chosen)
    return tuple(each.key for each in rules.inspectorates if each.joins == "always" or each.key in added)


def agencies_missing(inspection: Inspection, there: Iterable[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """(key, title, names of bodies known to serve the area) of agencies in scope for which no organisation stands.

    `there` are the keys of the agencies of its parties.
    """
    have = set(there)
    bodies = bodies_of(inspection.area, inspection.fieldwork_start)
    return [
        (key, get_agency(key).title, tuple(body.name for body in bodies if body.agency == key))
        for key in inspection.in_scope
        if key not in have
    ]


def inspectorates_missing(inspection: Inspection, there: Mapping[str, Organisation]) -> list[tuple[str, str]]:
    """(key, title) of inspectorates that the framework always has, or the theme adds, and that do not take part."""
    wanted = inspectorates_chosen(inspection.rules, inspection.theme, ())
    return [(key, get_inspectorate(key).title) for key in wanted if key not in there]
