"""The addresses of summaries, documents and publication, and of what the public reads."""

from django.urls import path

from joinedup.service.publishing.views import correction, disclosure, documents, inspected, publication, wording

_HERE = "inspections/<slug:reference>"

urlpatterns = [
    path(f"{_HERE}/wording", wording.wording, name="wording"),
    path(f"{_HERE}/wording/change", wording.change, name="wording-change"),
    path(f"{_HERE}/documents", documents.index, name="documents"),
    path(f"{_HERE}/documents/report", documents.report, name="document-report"),
    path(f"{_HERE}/documents/report.pdf", documents.report_pdf, name="document-report-pdf"),
    path(f"{_HERE}/documents/summary.pdf", documents.summary_pdf, name="document-summary-pdf"),
    path(f"{_HERE}/documents/children.pdf", documents.children_pdf, name="document-children-pdf"),
    path(f"{_HERE}/documents/letters/<int:notification>.pdf", documents.letter_pdf, name="document-letter-pdf"),
    path(f"{_HERE}/documents/drafts/<int:party>.pdf", documents.draft_pdf, name="document-draft-pdf"),
    path(f"{_HERE}/documents/drafts/<int:party>.docx", documents.draft_docx, name="document-draft-docx"),
    path(f"{_HERE}/disclosure", disclosure.disclosure, name="disclosure"),
    path(f"{_HERE}/disclosure/decide", disclosure.decide, name="disclosure-decide"),
    path(f"{_HERE}/publishing", publication.publishing, name="publishing"),
    path(f"{_HERE}/publishing/publish", publication.publish, name="publish"),
    path(f"{_HERE}/publishing/complete", publication.complete, name="publish-complete"),
    path(f"{_HERE}/publishing/correct", correction.correct, name="publish-correct"),
    path("inspected/<slug:given>", inspected.page, name="inspected"),
    path("inspected/<slug:given>/report", inspected.report, name="inspected-report"),
    path("inspected/<slug:given>/summary", inspected.summary, name="inspected-summary"),
    path("inspected/<slug:given>/children", inspected.children, name="inspected-children"),
    path("inspected/<slug:given>/<int:number>/<slug:what>.pdf", inspected.file, name="inspected-file"),
]
