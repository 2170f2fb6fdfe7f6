"""Who is told of what: one table from the actions' names, and none may be missing from it.

What an action does comes from the lines that it writes for the audit, so that no action has to think of telling. An
action that nobody is told of stands in `SILENT` with the reason; a test fails for one that stands nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from joinedup.service.accounts.permissions import Permission as P
from joinedup.service.accounts.permissions import Role
from joinedup.service.audit.chain import Line
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.stages import LIFE


class About(NamedTuple):
    """What a line is about: the inspection, the agency it is told to, only these people (ids), and its number."""

    inspection: Inspection | None
    party_id: int | None = None
    people: frozenset[int] | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A line about a `thing` (a model's name), where `when` holds, tells of `event`; `about` reads it off the row,
    and may find that there is nothing to tell.

    `related` is what to fetch with the row.
    """

    event: str
    thing: str
    about: Callable[[Any], About | None]
    when: Callable[[Line], bool] = lambda line: True
    related: tuple[str, ...] = ("inspection",)


def _made(line: Line) -> bool:
    return line.before is None


def _to_agency(row: Any) -> About:
    return About(row.inspection, row.party_id, None, getattr(row, "number", None))


def _lead_and(inspection: Inspection, *people: int) -> frozenset[int]:
    leading = inspection.members.filter(left=None, part=Role.LEAD_INSPECTOR.value).values_list("person_id", flat=True)
    return frozenset((*leading, *people))


def who_asked(request: Any) -> About:
    """A request, told to who made it and to who leads."""
    return About(request.inspection, None, _lead_and(request.inspection, request.made_by_id), request.number)


def _answered(reply: Any) -> About:
    return who_asked(reply.request)


def _notified(notification: Any) -> About:
    return About(notification.party.inspection, notification.party_id)


def _held(held: Any) -> About:
    return About(None, None, frozenset({held.person_id}))


def _member(member: Any) -> About:
    return About(member.inspection, None, frozenset({member.person_id}))


def _declared(interest: Any) -> About:
    return About(interest.member.inspection)


def _decided(interest: Any) -> About:
    return About(interest.member.inspection, None, frozenset({interest.member.person_id}))


def _point_made(point: Any) -> About:
    return About(point.inspection)


def _corrected(publication: Any) -> About | None:
    return About(publication.inspection) if publication.number > 1 else None  # the first is told of as a move


def _leads_now(line: Line) -> bool:
    return (line.after or {}).get("part") == Role.LEAD_INSPECTOR.value


_REQUEST = "informationrequest"
_NOTIFIED = Rule("notified", "notification", _notified, _made, ("party__inspection",))

TOLD: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "notify_agencies": (_NOTIFIED,),
        "add_party": (_NOTIFIED,),
        "make_requests": (Rule("request_made", _REQUEST, _to_agency, _made),),
        "chase_request": (Rule("request_chased", _REQUEST, _to_agency),),
        "chase_overdue": (Rule("request_chased", _REQUEST, _to_agency),),
        "send_back": (Rule("request_sent_back", _REQUEST, _to_agency),),
        "accept_answer": (Rule("request_accepted", _REQUEST, _to_agency),),
        "withdraw_request": (Rule("request_withdrawn", _REQUEST, _to_agency),),
        "answer_request": (Rule("request_answered", "reply", _answered, _made, ("request__inspection",)),),
        "add_member": (Rule("put_in_team", "member", _member, _made),),
        "change_lead": (Rule("lead_given", "member", _member, _leads_now),),
        "declare_interest": (
            Rule(
                "interest_declared", "interest", _declared,
                lambda line: not (line.after or {}).get("nothing"), ("member__inspection",),
            ),
        ),
        "decide_interest": (
            Rule("interest_decided", "interest", _decided, related=("member__inspection",)),
        ),
        "change_scope": (Rule("scope_changed", "inspection", About, related=()),),
        "move_phase": (Rule("timetable_moved", "phase", lambda phase: About(phase.inspection)),),
        "challenge": (Rule("challenged", "challenge", _point_made, _made),),
        "challenge_again": (Rule("challenged", "challenge", _point_made, _made),),
        "answer_challenge": (Rule("challenge_answered", "challenge", _point_made),),
        "make_point": (Rule("point_made", "accuracypoint", _point_made, _made),),
        "reply_to_point": (Rule("point_answered", "accuracypoint", lambda row: About(row.inspection, row.party_id)),),
        "end_publication": (Rule("corrected", "publication", _corrected),),
        "give_role": (Rule("role_given", "roleheld", _held, _made, ()),),
        "end_role": (Rule("role_ended", "roleheld", _held, related=()),),
    }
)  # fmt: skip
"""Action -> what it tells of. Moves from stage to stage are told for every action alike (`MOVES`)."""

MOVES: Mapping[str, str] = MappingProxyType(
    {
        "notify": "agencies_told",
        "start_fieldwork": "",
        "end_fieldwork": "",
        "back_to_fieldwork": "",
        "to_moderation": "to_moderate",
        "back_to_drafting": "taken_back",
        "to_accuracy": "draft_ready",
        "redraft": "taken_back",
        "to_signing": "ready_to_sign",
        "reopen": "taken_back",
        "all_signed": "signed_off",
        "publish": "published",
        "call_off": "called_off",
    }
)
"""Event of an inspection's life -> what is told of it; empty: everybody whom it concerns is there when it happens."""

_OWN = "who does it is the one whom it concerns"
_SIGNS_IN = "it is their own signing in"
_BY_MOVE = "what it moves is told of for every action alike"
_TO_COME_IN = "their link is sent to them by who invites, and they cannot sign in before"
_NOT_THERE = "who is let go cannot sign in to read it"
_ADMINISTERS = "administrators see it on their own pages"
_RECORD = "it keeps something for the record"

SILENT: Mapping[str, str] = MappingProxyType(
    {
        "plan_inspection": "nobody is in it yet",
        "add_inspectorate": "its programme managers see it in their list; its inspectors are told when put in the team",
        "move": _BY_MOVE,
        "call_off": _BY_MOVE,
        "sign_off": "the last signature is told of, as a move; the others stand on the page of signing",
        "leave_team": "who has left may know of nothing new in it",
        "acknowledge": "the lead sees on the page who has read what",
        "take_file": _RECORD,
        "close_challenge": "a challenge that is closed asks nothing of anybody",
        "invite_person": _TO_COME_IN,
        "renew_invitation": _TO_COME_IN,
        "accept_invitation": _OWN,
        "first_service_administrator": _TO_COME_IN,
        "deactivate_person": _NOT_THERE,
        "reactivate_person": _TO_COME_IN,
        "add_organisation": _ADMINISTERS,
        "change_organisation": _ADMINISTERS,
        "add_fictional_organisation": "only in a demonstration",
        "add_fictional_person": "only in a demonstration",
        "keep_check": "auditors see it among what needs them",
        "list_names": _RECORD,
        "take_names_off": _RECORD,
        "take_lost_names_off": _RECORD,
        "decide_disclosure": _RECORD,
        "begin_publication": "what is published is told of when that is done, as a move",
        "begin_correction": "what is corrected is told of when that is done",
        "signed_in": _SIGNS_IN,
        "sign_in_failed": _SIGNS_IN,
        "signed_out": _SIGNS_IN,
        "session_ended": _SIGNS_IN,
        "change_password": _SIGNS_IN,
        "set_up_second_factor": _SIGNS_IN,
        "make_recovery_codes": _SIGNS_IN,
        "know_at_provider": _SIGNS_IN,
        "choose_how": _OWN,
        "make_calendar_address": _OWN,
        "stop_calendar_address": _OWN,
    }
)
"""Action -> why nobody is told of it, beside those that `WRITING` covers."""

WRITING = frozenset(
    {
        P.CHILD_CHOOSE, P.CHILD_AUDIT, P.CHILD_VIEW, P.EVIDENCE_WRITE, P.FINDING_WRITE, P.CONTRIBUTION_WRITE,
        P.JUDGEMENT_WRITE, P.POSITION_RECORD,
    }
)  # fmt: skip
"""Permissions to write what people write all day; nobody is told of each time: the lists show what is new."""


def is_silent(action: str, needs: P | str) -> bool:
    """Whether nobody is told of an action, for a reason that is given here. `needs`: as in `actions.ACTIONS`."""
    return action in SILENT or needs in WRITING


def event_of_move(line: Line) -> str:
    """What a line tells of as a move of an inspection from stage to stage; empty where it is none, or not told."""
    before, after = (line.before or {}).get("stage"), (line.after or {}).get("stage")
    if line.thing != "inspection" or not before or not after:
        return ""
    return next((MOVES[row.event] for row in LIFE.rows if (row.state, row.then) == (before, after)), "")
