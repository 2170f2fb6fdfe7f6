"""Who there is in the fictional world: inspectorates' people, agencies of three areas, and those who look on."""

from __future__ import annotations

from dataclasses import dataclass

from joinedup.areas import get_area
from joinedup.service.accounts.actions.fictional import add_fictional_organisation, add_fictional_person
from joinedup.service.accounts.models import Organisation, OrganisationKind, Person
from joinedup.service.accounts.permissions import Role

AREAS = ("ashmere", "port-rowan", "brackenshire")
"""Where the inspections are. Sector-led members come from elsewhere."""

Roles = tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the fictional world. Inspectorates by key; contacts by (area, agency key)."""

    manager: Person
    lead: Person
    moderator: Person
    inspectors: dict[str, Person]
    inspectorates: dict[str, Organisation]
    contacts: dict[tuple[str, str], Person]
    sector_led: Person
    others: tuple[Person, ...]

    @property
    def everybody(self) -> tuple[Person, ...]:
        """All of them, in the order in which they are shown."""
        team = (self.manager, self.lead, *self.inspectors.values(), self.sector_led, self.moderator)
        return tuple(dict.fromkeys((*team, *self.contacts.values(), *self.others)))


def _only(*roles: Role) -> Roles:
    return tuple((role, "") for role in roles)


_INSPECTORATES = (
    ("ofsted", "Ofsted", "Ivo Castell"),
    ("cqc", "Care Quality Commission", "Nora Field"),
    ("hmicfrs", "HM Inspectorate of Constabulary and Fire & Rescue Services", "Paul Strand"),
    ("hmi_probation", "HM Inspectorate of Probation", "Ruth Amadi"),
    ("hmi_prisons", "HM Inspectorate of Prisons", "Gil Orme"),
)

_SERVES_BOTH = (
    ("police", "Fenwold Police", "Olu Grant", "chief_constable", "Ines Pell"),
    ("health", "NHS Fenwold and Brackenshire Integrated Care Board", "Hana Brook", "icb_chief_executive", "Jon Tarn"),
    ("probation", "Probation Service, Fenwold region", "Rob Ashdown", "regional_probation_director", "Lil Ward"),
    ("courts", "Fenwold courts, prosecution and prisons", "Carla Stone", "chief_crown_prosecutor", "Max Thorn"),
)
"""Agency, organisation, its contact, and its accountable post with who holds it."""

_OF_ONE_AREA = (
    ("local_authority", "{area} Council", "director_of_childrens_services"),
    ("education", "{area} Schools Forum", "school_leader"),
    ("youth_justice", "{area} Youth Justice Service", "head_of_youth_justice"),
    ("housing", "{area} Homes", "director_of_housing"),
    ("voluntary", "{area} Voluntary Action", "charity_chief_executive"),
)

_NAMES = {
    "ashmere": ("Connie Vale", "Ed Lyle", "Yusuf Dale", "Hugh Birch", "Vera Moon", "Pia Wren", "Dora Kent"),
    "port-rowan": ("Cal Rook", "Ena Moss", "Yara Pike", "Huw Lark", "Vic Shaw", "Piers Holt", "Dev Marsh"),
    "brackenshire": ("Cora Fell", "Ewan Tarr", "Yan Holme", "Hetty Crag", "Vince Lowe", "Poppy Garth", "Dale Thwaite"),
}


def make_cast() -> Cast:
    """Make all organisations and people. Raises RefusedError outside a demonstration."""
    inspectorates, inspectors = {}, {}
    for key, name, inspector in _INSPECTORATES:
        body = add_fictional_organisation(by=None, kind=OrganisationKind.INSPECTORATE, name=name, key=key, areas=[])
        inspectorates[key] = body
        inspectors[key] = _person(body, inspector, _only(Role.INSPECTOR))
    leads = inspectorates["ofsted"]
    contacts: dict[tuple[str, str], Person] = {}
    others: list[Person] = []
    for agency, name, contact, post, holder in _SERVES_BOTH:
        body = _agency(name, agency, AREAS)
        found = _person(body, contact, _only(Role.AGENCY_CONTACT))
        contacts.update({(area, agency): found for area in AREAS})
        others.append(_person(body, holder, ((Role.POST_HOLDER, post),)))
    for area in AREAS:
        _of_one_area(area, contacts, others)
    elsewhere = _agency("Kelderby Council", "local_authority", ("kelderby",))
    return Cast(
        manager=_person(leads, "Mara Whitlock", _only(Role.PROGRAMME_MANAGER)),
        lead=_person(leads, "Lena Harcourt", _only(Role.LEAD_INSPECTOR, Role.INSPECTOR)),
        moderator=_person(leads, "Moira Dunne", _only(Role.MODERATOR)),
        inspectors=inspectors,
        inspectorates=inspectorates,
        contacts=contacts,
        sector_led=_person(elsewhere, "Petra Holm", _only(Role.SECTOR_LED)),
        others=(*others, *_onlookers()),
    )


def _of_one_area(area: str, contacts: dict[tuple[str, str], Person], others: list[Person]) -> None:
    place, names = get_area(area).name, _NAMES[area]
    for (agency, name, post), contact in zip(_OF_ONE_AREA, names, strict=False):
        body = _agency(name.format(area=place), agency, (area,))
        contacts[area, agency] = _person(body, contact, _only(Role.AGENCY_CONTACT))
        if agency == "local_authority":
            others.append(_person(body, names[-1], ((Role.POST_HOLDER, post),)))
            others.append(_person(body, f"Addy {place.split()[0]}", _only(Role.ADMINISTRATOR)))
    body = add_fictional_organisation(
        by=None,
        kind=OrganisationKind.PARTNERSHIP,
        name=f"{place} Safeguarding Children Partnership",
        key="",
        areas=[area],
    )
    contacts[area, "partnership"] = _person(body, names[-2], _only(Role.AGENCY_CONTACT, Role.PLAN_COORDINATOR))


def _onlookers() -> tuple[Person, ...]:
    """People of the roles that have no part in an inspection."""
    ombudsman = _other(OrganisationKind.OMBUDSMAN, "Fictional Ombudsman")
    adviser = _other(OrganisationKind.ADVISER, "Fenwold Improvement Advisers")
    operator = _other(OrganisationKind.OPERATOR, "Joinedup demonstration")
    return (
        _person(ombudsman, "Omar Quill", _only(Role.OMBUDSMAN_INVESTIGATOR)),
        _person(adviser, "Asa Reed", _only(Role.ADVISER)),
        _person(operator, "Sara Lind", _only(Role.SERVICE_ADMINISTRATOR)),
        _person(operator, "Aud Berg", _only(Role.AUDITOR)),
    )


def _agency(name: str, key: str, areas: tuple[str, ...]) -> Organisation:
    return add_fictional_organisation(by=None, kind=OrganisationKind.AGENCY, name=name, key=key, areas=list(areas))


def _other(kind: OrganisationKind, name: str) -> Organisation:
    return add_fictional_organisation(by=None, kind=kind, name=name, key="", areas=[])


def _person(organisation: Organisation, name: str, roles: Roles) -> Person:
    email = f"{name.lower().replace(' ', '.')}@demo.invalid"
    return add_fictional_person(by=None, organisation=organisation, email=email, name=name, roles=roles)
