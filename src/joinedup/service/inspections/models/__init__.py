"""What an inspection is made of."""

from joinedup.service.inspections.models.children import Child, ChildView, ListedName
from joinedup.service.inspections.models.closing import AccuracyPoint, Challenge, SignOff
from joinedup.service.inspections.models.evidence import Attachment, Evidence, EvidenceRevision
from joinedup.service.inspections.models.inspection import Inspection, Phase
from joinedup.service.inspections.models.judging import Contribution, Finding, Improvement, Judgement, Position
from joinedup.service.inspections.models.parties import InformationRequest, Notification, Party, Reply
from joinedup.service.inspections.models.team import Interest, Member

__all__ = [
    "AccuracyPoint",
    "Attachment",
    "Challenge",
    "Child",
    "ChildView",
    "Contribution",
    "Evidence",
    "EvidenceRevision",
    "Finding",
    "Improvement",
    "InformationRequest",
    "Inspection",
    "Interest",
    "Judgement",
    "ListedName",
    "Member",
    "Notification",
    "Party",
    "Phase",
    "Position",
    "Reply",
    "SignOff",
]
