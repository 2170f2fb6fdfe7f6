"""The lives of an inspection and of what it asks for: their states, what leads where, and what may be done when."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from joinedup.service.accounts.permissions import Permission as P
from joinedup.service.lifecycle import LifeCycle, Row

STAGES = {
    "planned": "Planned",
    "notified": "Notified",
    "fieldwork": "Fieldwork",
    "drafting": "Drafting",
    "moderation": "Moderation",
    "factual_accuracy": "Factual accuracy",
    "signing": "Ready for sign-off",
    "signed_off": "Signed off",
    "published": "Published",
    "called_off": "Called off",
}
"""Stage -> its name for people. Following up comes after publishing."""

UNFINISHED = ("planned", "notified", "fieldwork", "drafting", "moderation", "factual_accuracy", "signing")
CAN_BE_CALLED_OFF = (*UNFINISHED, "signed_off")
"""Every stage until the report is published: from then on a correction puts right what was wrong."""

LIFE = LifeCycle(
    STAGES,
    (
        Row("planned", "notify", "notified", P.NOTIFY, "Notify the agencies"),
        Row("notified", "start_fieldwork", "fieldwork", P.STAGE_MOVE, "Start fieldwork"),
        Row("fieldwork", "end_fieldwork", "drafting", P.STAGE_MOVE, "End fieldwork and start drafting"),
        Row("drafting", "back_to_fieldwork", "fieldwork", P.STAGE_MOVE, "Go back to fieldwork"),
        Row("drafting", "to_moderation", "moderation", P.STAGE_MOVE, "Send to moderation"),
        Row("moderation", "back_to_drafting", "drafting", P.STAGE_MOVE, "Take back to drafting"),
        Row("moderation", "to_accuracy", "factual_accuracy", P.STAGE_MOVE, "Send to the agencies for factual accuracy"),
        Row("factual_accuracy", "to_signing", "signing", P.STAGE_MOVE, "Close the factual-accuracy round"),
        Row("factual_accuracy", "redraft", "drafting", P.STAGE_MOVE, "Take back to drafting"),
        Row("signing", "reopen", "drafting", P.STAGE_MOVE, "Take back to drafting"),
        Row("signing", "all_signed", "signed_off", P.SIGN_OFF, "Signed off by every inspectorate"),
        Row("signed_off", "publish", "published", P.PUBLISH, "Publish the report"),
        *(Row(stage, "call_off", "called_off", P.CALL_OFF, "Call off the inspection") for stage in CAN_BE_CALLED_OFF),
    ),
)

NEEDS_A_REASON = frozenset({"back_to_fieldwork", "back_to_drafting", "redraft", "reopen", "call_off"})
"""Events that undo something: whoever brings one about says why, and the audit keeps it."""

REQUEST_LIFE = LifeCycle(
    {"open": "Open", "answered": "Answered", "accepted": "Accepted", "withdrawn": "Withdrawn"},
    (
        Row("open", "answer", "answered", P.REQUEST_ANSWER, "Answer"),
        Row("open", "chase", "open", P.REQUEST_MAKE, "Chase"),
        Row("open", "withdraw", "withdrawn", P.REQUEST_MAKE, "Withdraw"),
        Row("answered", "answer", "answered", P.REQUEST_ANSWER, "Answer again"),
        Row("answered", "accept", "accepted", P.REQUEST_MAKE, "Accept the answer"),
        Row("answered", "send_back", "open", P.REQUEST_MAKE, "Send back"),
        Row("answered", "withdraw", "withdrawn", P.REQUEST_MAKE, "Withdraw"),
    ),
)

_ALWAYS = frozenset(STAGES)
_UNFINISHED = frozenset(UNFINISHED)
_FIELD = frozenset({"fieldwork", "drafting"})
_WRITING = frozenset({"fieldwork", "drafting", "moderation", "factual_accuracy"})

OPEN_AT: Mapping[P, frozenset[str]] = MappingProxyType(
    {
        P.INSPECTION_PLAN: _UNFINISHED,
        P.SCOPE_CHANGE: frozenset({"planned", "notified"}),
        P.INSPECTION_SEE: _ALWAYS,
        P.TEAM_SEE: _ALWAYS,
        P.TEAM_MANAGE: _UNFINISHED,
        P.INTEREST_DECLARE: _UNFINISHED,
        P.INTEREST_DECIDE: _UNFINISHED,
        P.STAGE_MOVE: _UNFINISHED,
        P.CALL_OFF: frozenset(CAN_BE_CALLED_OFF),
        P.NOTIFY: frozenset({"planned"}),
        P.REQUEST_SEE: _ALWAYS,
        P.REQUEST_MAKE: frozenset({"notified", "fieldwork", "drafting"}),
        P.REQUEST_ANSWER: frozenset({"notified", "fieldwork", "drafting"}),
        P.CHILD_SEE: _ALWAYS,
        P.CHILD_CHOOSE: frozenset({"notified", "fieldwork"}),
        P.CHILD_AUDIT: frozenset({"notified", "fieldwork"}),
        P.CHILD_VIEW: _FIELD,
        P.CHILD_NAMES: _ALWAYS - {"called_off"},
        P.EVIDENCE_SEE: _ALWAYS,
        P.EVIDENCE_WRITE: frozenset({"notified", "fieldwork", "drafting"}),
        P.DRAFT_SEE: _ALWAYS,
        P.FINDING_WRITE: _WRITING,
        P.CONTRIBUTION_WRITE: _WRITING,
        P.JUDGEMENT_WRITE: _WRITING,
        P.POSITION_RECORD: _WRITING,
        P.CHALLENGE: frozenset({"moderation"}),
        P.CHALLENGE_ANSWER: frozenset({"moderation"}),
        P.ACCURACY_SEE: frozenset({"factual_accuracy", "signing", "signed_off", "published"}),
        P.ACCURACY_POINT: frozenset({"factual_accuracy"}),
        P.ACCURACY_REPLY: frozenset({"factual_accuracy"}),
        P.DISCLOSURE_DECIDE: _ALWAYS - {"planned", "notified", "fieldwork", "called_off"},
        P.SIGN_OFF: frozenset({"signing"}),
        P.PUBLISH: frozenset({"signed_off", "published"}),
    }
)
"""Permission -> the stages of an inspection at which it can be used, by whoever has it."""
