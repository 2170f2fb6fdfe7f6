"""What people can be told: every event, its words, who may know of it, where it leads, and the group it is chosen by.

No title holds a word that somebody wrote: titles go out by e-mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models

from joinedup.service.accounts.permissions import Permission as P


class How(models.TextChoices):
    """How somebody is sent what they are told; in the service they see it in any case."""

    NOW = "now", "By e-mail at once"
    DAILY = "daily", "In one e-mail a day"
    NONE = "none", "Not by e-mail"


class Group(models.TextChoices):
    """What people choose by."""

    MUST = "must", "What you must know"
    REQUESTS = "requests", "Requests for information"
    TEAM = "team", "Roles, teams and timetables"
    DRAFT = "draft", "Drafting and moderation"
    ACCURACY = "accuracy", "Factual accuracy"
    OUTCOME = "outcome", "Sign-off and publication"


USUAL: Mapping[Group, How] = MappingProxyType(
    {
        Group.MUST: How.NOW,
        Group.REQUESTS: How.NOW,
        Group.TEAM: How.NOW,
        Group.DRAFT: How.DAILY,
        Group.ACCURACY: How.NOW,
        Group.OUTCOME: How.NOW,
    }
)
"""How each group is sent to somebody who chose nothing. What belongs to `MUST` cannot be chosen."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that can be told.

    `permission` is what somebody needs in the inspection to be told, when it happens and when it is sent; None: it is
    told to a named person. `section` is the name of the page where it leads; empty where there is none to see.
    """

    key: str
    group: Group
    title: str
    permission: P | None = None
    section: str = ""
    many: str = ""


def _event(
    key: str, group: Group, title: str, permission: P | None = None, section: str = "", many: str = ""
) -> tuple[str, Event]:
    return key, Event(key, group, title, permission, section, many or title)


_G = Group
EVENTS: Mapping[str, Event] = MappingProxyType(
    dict(
        (
            _event(
                "notified", _G.MUST, "Your agency was notified of an inspection", P.REQUEST_ANSWER, "notifications"
            ),
            _event("ready_to_sign", _G.MUST, "A report is ready for your inspectorate to sign", P.SIGN_OFF, "signing"),
            _event("called_off", _G.MUST, "An inspection was called off", P.INSPECTION_SEE, "inspection"),
            _event("role_given", _G.TEAM, "A role was given to you", None, "work", "{count} roles were given to you"),
            _event("role_ended", _G.TEAM, "A role of yours was ended", None, "work", "{count} roles of yours ended"),
            _event("put_in_team", _G.TEAM, "You were put in an inspection’s team", P.INSPECTION_SEE, "inspection"),
            _event("lead_given", _G.TEAM, "You now lead an inspection", P.STAGE_MOVE, "inspection"),
            _event("interest_declared", _G.TEAM, "A declared interest waits for a decision", P.INTEREST_DECIDE, "team"),
            _event("interest_decided", _G.TEAM, "An interest that you declared was decided on"),
            _event("agencies_told", _G.TEAM, "The agencies were notified of an inspection", P.TEAM_SEE, "inspection"),
            _event("scope_changed", _G.TEAM, "The scope of an inspection changed", P.INSPECTION_SEE, "inspection"),
            _event("timetable_moved", _G.TEAM, "The timetable of an inspection changed", P.INSPECTION_SEE, "timetable"),
            _event(
                "request_made", _G.REQUESTS, "You are asked for information", P.REQUEST_ANSWER, "request",
                "You are asked for {count} things",
            ),
            _event(
                "request_chased", _G.REQUESTS, "You are asked again for information", P.REQUEST_ANSWER, "request",
                "You are asked again for {count} things",
            ),
            _event("request_sent_back", _G.REQUESTS, "An answer of yours was sent back", P.REQUEST_ANSWER, "request"),
            _event("request_accepted", _G.REQUESTS, "An answer of yours was accepted", P.REQUEST_ANSWER, "request"),
            _event("request_withdrawn", _G.REQUESTS, "A request to you was withdrawn", P.REQUEST_ANSWER, "request"),
            _event("request_due", _G.REQUESTS, "An answer of yours is due", P.REQUEST_ANSWER, "request"),
            _event("request_overdue", _G.REQUESTS, "An answer of yours is overdue", P.REQUEST_ANSWER, "request"),
            _event("asked_due", _G.REQUESTS, "What a notification asks of you is due", P.REQUEST_ANSWER,
                   "notifications"),
            _event("request_answered", _G.REQUESTS, "An agency answered a request", P.REQUEST_MAKE, "request"),
            _event("answer_overdue", _G.REQUESTS, "An agency’s answer is overdue", P.REQUEST_MAKE, "request"),
            _event("to_moderate", _G.DRAFT, "A report is ready for moderation", P.CHALLENGE, "moderation"),
            _event("challenged", _G.DRAFT, "A moderator challenged what was written", P.CHALLENGE_ANSWER, "moderation"),
            _event("challenge_answered", _G.DRAFT, "A challenge was answered", P.CHALLENGE, "moderation"),
            _event("taken_back", _G.DRAFT, "A report was taken back to drafting", P.DRAFT_SEE, "inspection"),
            _event("draft_ready", _G.ACCURACY, "Your draft is ready to be checked for accuracy", P.ACCURACY_POINT,
                   "accuracy"),
            _event("accuracy_due", _G.ACCURACY, "The round for factual accuracy is about to end", P.ACCURACY_POINT,
                   "accuracy"),
            _event("point_made", _G.ACCURACY, "An agency made a point on its draft", P.ACCURACY_REPLY, "accuracy"),
            _event("point_answered", _G.ACCURACY, "A point that your agency made was answered", P.ACCURACY_POINT,
                   "accuracy"),
            _event("signed_off", _G.OUTCOME, "An inspection was signed off", P.INSPECTION_SEE, "inspection"),
            _event("published", _G.OUTCOME, "The report of an inspection was published", P.INSPECTION_SEE,
                   "inspection"),
            _event("corrected", _G.OUTCOME, "The report of an inspection was corrected", P.INSPECTION_SEE,
                   "inspection"),
        )
    )
)  # fmt: skip
"""Every event by its key."""


def get_event(key: str) -> Event:
    """The event of a key."""
    return EVENTS[key]
