"""Who may do what: every permission of the live service, and the one table that grants them.

`GRANTS` is what a person reads to know who may do what, what `can()` answers from, and what the test of every address
as every role takes its expected answers from. What it does not grant is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType

from django.db import models


class Role(models.TextChoices):
    """What a person does. A person may hold several; those of `IN_A_TEAM` are held in one inspection at a time."""

    LEAD_INSPECTOR = "lead_inspector", "Lead inspector"
    INSPECTOR = "inspector", "Inspector"
    SECTOR_LED = "sector_led", "Sector-led member"
    MODERATOR = "moderator", "Moderator"
    AGENCY_CONTACT = "agency_contact", "Agency contact"
    POST_HOLDER = "post_holder", "Accountable post-holder"
    PLAN_COORDINATOR = "plan_coordinator", "Plan coordinator"
    OMBUDSMAN_INVESTIGATOR = "ombudsman_investigator", "Ombudsman investigator"
    PROGRAMME_MANAGER = "programme_manager", "Programme manager"
    ADVISER = "adviser", "Adviser"
    ADMINISTRATOR = "administrator", "Administrator"
    SERVICE_ADMINISTRATOR = "service_administrator", "Service administrator"
    AUDITOR = "auditor", "Auditor"


IN_A_TEAM = frozenset({Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.SECTOR_LED, Role.MODERATOR})
"""Held by being a member of an inspection's team, and only there."""
FOR_AN_AGENCY = frozenset({Role.AGENCY_CONTACT, Role.POST_HOLDER})
"""Held in an inspection by belonging to an agency that it looks at, from the day the agency was notified."""


class Reach(Enum):
    """How far a role's permission goes."""

    PART = "in an inspection in which they have that role"
    ORGANISATION = "where their own organisation takes part, or in their own organisation"
    ANY = "everywhere"


class Permission(StrEnum):
    """Everything that anybody may do in the live service."""

    PEOPLE_MANAGE = "people_manage"
    ORGANISATIONS_MANAGE = "organisations_manage"
    AUDIT_SEE = "audit_see"

    INSPECTION_PLAN = "inspection_plan"
    SCOPE_CHANGE = "scope_change"
    INSPECTION_SEE = "inspection_see"
    TEAM_SEE = "team_see"
    TEAM_MANAGE = "team_manage"
    INTEREST_DECLARE = "interest_declare"
    INTEREST_DECIDE = "interest_decide"
    STAGE_MOVE = "stage_move"
    CALL_OFF = "call_off"
    NOTIFY = "notify"

    REQUEST_SEE = "request_see"
    REQUEST_MAKE = "request_make"
    REQUEST_ANSWER = "request_answer"

    CHILD_SEE = "child_see"
    CHILD_CHOOSE = "child_choose"
    CHILD_AUDIT = "child_audit"
    CHILD_VIEW = "child_view"
    CHILD_NAMES = "child_names"

    EVIDENCE_SEE = "evidence_see"
    EVIDENCE_WRITE = "evidence_write"

    DRAFT_SEE = "draft_see"
    FINDING_WRITE = "finding_write"
    CONTRIBUTION_WRITE = "contribution_write"
    JUDGEMENT_WRITE = "judgement_write"
    POSITION_RECORD = "position_record"

    CHALLENGE = "challenge"
    CHALLENGE_ANSWER = "challenge_answer"
    ACCURACY_SEE = "accuracy_see"
    ACCURACY_POINT = "accuracy_point"
    ACCURACY_REPLY = "accuracy_reply"
    DISCLOSURE_DECIDE = "disclosure_decide"
    SIGN_OFF = "sign_off"
    PUBLISH = "publish"


def _in_part(*roles: Role) -> dict[Role, Reach]:
    return dict.fromkeys(roles, Reach.PART)


_LEAD = _in_part(Role.LEAD_INSPECTOR)
_INSPECTORS = _in_part(Role.LEAD_INSPECTOR, Role.INSPECTOR)
_TEAM = _in_part(Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.SECTOR_LED)
_ROOM = _TEAM | _in_part(Role.MODERATOR)
_AGENCY = _in_part(Role.AGENCY_CONTACT, Role.POST_HOLDER)
_MANAGER = {Role.PROGRAMME_MANAGER: Reach.ORGANISATION}

GRANTS: Mapping[Permission, Mapping[Role, Reach]] = MappingProxyType(
    {
        Permission.PEOPLE_MANAGE: {
            Role.ADMINISTRATOR: Reach.ORGANISATION,
            Role.SERVICE_ADMINISTRATOR: Reach.ANY,
        },
        Permission.ORGANISATIONS_MANAGE: {Role.SERVICE_ADMINISTRATOR: Reach.ANY},
        Permission.AUDIT_SEE: {Role.AUDITOR: Reach.ANY},
        Permission.INSPECTION_PLAN: _MANAGER,
        Permission.SCOPE_CHANGE: _MANAGER,
        Permission.INSPECTION_SEE: _ROOM | _AGENCY | _MANAGER,
        Permission.TEAM_SEE: _ROOM | _MANAGER,
        Permission.TEAM_MANAGE: _LEAD | _MANAGER,
        Permission.INTEREST_DECLARE: _ROOM,
        Permission.INTEREST_DECIDE: _MANAGER,
        Permission.STAGE_MOVE: _LEAD,
        Permission.CALL_OFF: _LEAD | _MANAGER,
        Permission.NOTIFY: _LEAD,
        Permission.REQUEST_SEE: _ROOM | _AGENCY,
        Permission.REQUEST_MAKE: _INSPECTORS,
        Permission.REQUEST_ANSWER: _AGENCY,
        Permission.CHILD_SEE: _ROOM | _AGENCY,
        Permission.CHILD_CHOOSE: _INSPECTORS,
        Permission.CHILD_AUDIT: _AGENCY,
        Permission.CHILD_VIEW: _TEAM,
        Permission.CHILD_NAMES: _LEAD,
        Permission.EVIDENCE_SEE: _ROOM,
        Permission.EVIDENCE_WRITE: _TEAM,
        Permission.DRAFT_SEE: _ROOM,
        Permission.FINDING_WRITE: _TEAM,
        Permission.CONTRIBUTION_WRITE: _INSPECTORS,
        Permission.JUDGEMENT_WRITE: _INSPECTORS,
        Permission.POSITION_RECORD: _INSPECTORS,
        Permission.CHALLENGE: _in_part(Role.MODERATOR),
        Permission.CHALLENGE_ANSWER: _INSPECTORS,
        Permission.ACCURACY_SEE: _ROOM | _AGENCY,
        Permission.ACCURACY_POINT: _AGENCY,
        Permission.ACCURACY_REPLY: _INSPECTORS,
        Permission.DISCLOSURE_DECIDE: _LEAD,
        Permission.SIGN_OFF: _INSPECTORS,
        Permission.PUBLISH: _LEAD,
    }
)
"""Permission -> the roles that have it, and how far it goes for each. Nobody else may."""
