"""The documents of an inspection, all made from one content: report, letters, drafts and summaries.

Fill an `InspectionReport`; `published_report` and its like make a `Document` of it; `to_pdf` writes that.
"""

from joinedup.documents.inspection.blocks import Document
from joinedup.documents.inspection.content import (
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
    Plan,
    TeamPart,
)
from joinedup.documents.inspection.example import example_notification, example_report
from joinedup.documents.inspection.pdf import page_count, to_pdf
from joinedup.documents.inspection.report import published_report

__all__ = [
    "About",
    "ContributionGiven",
    "Correction",
    "Document",
    "EvidenceBase",
    "FindingGiven",
    "GoodPractice",
    "ImprovementAsked",
    "InspectionReport",
    "JudgementGiven",
    "NotificationGiven",
    "Plan",
    "TeamPart",
    "example_notification",
    "example_report",
    "page_count",
    "published_report",
    "to_pdf",
]
