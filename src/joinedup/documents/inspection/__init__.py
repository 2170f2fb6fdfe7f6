"""The documents of an inspection, all made from one content: report, letters, drafts and summaries.

Fill an `InspectionReport` (or a `NotificationGiven`); `published_report`, `agency_draft`, `public_summary` and their
like make a `Document` of it; `to_pdf`, `to_html` and `to_docx` write any document.
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
from joinedup.documents.inspection.draft import Point, agency_draft, draft_points
from joinedup.documents.inspection.example import example_documents, example_notification, example_report
from joinedup.documents.inspection.html import to_html
from joinedup.documents.inspection.letters import notification_letter
from joinedup.documents.inspection.pdf import page_count, to_pdf
from joinedup.documents.inspection.report import published_report
from joinedup.documents.inspection.summaries import childrens_summary, public_summary
from joinedup.documents.inspection.word import to_docx
from joinedup.documents.inspection.words import long_sentences

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
    "Point",
    "TeamPart",
    "agency_draft",
    "childrens_summary",
    "draft_points",
    "example_documents",
    "example_notification",
    "example_report",
    "long_sentences",
    "notification_letter",
    "page_count",
    "public_summary",
    "published_report",
    "to_docx",
    "to_html",
    "to_pdf",
]
