"""The addresses of children, evidence and coverage."""

from django.urls import path

from joinedup.service.inspections.views import children, coverage, evidence, evidence_files, names, notes

urlpatterns = [
    path("/<slug:reference>/children", children.children, name="children"),
    path("/<slug:reference>/children/add", children.add, name="child-add"),
    path("/<slug:reference>/children/names", names.names, name="child-names"),
    path("/<slug:reference>/children/<slug:name>", children.child, name="child"),
    path("/<slug:reference>/children/<slug:name>/change", children.edit, name="child-change"),
    path("/<slug:reference>/children/<slug:name>/stop", children.stop, name="child-stop"),
    path("/<slug:reference>/children/<slug:name>/again", children.again, name="child-again"),
    path("/<slug:reference>/children/<slug:name>/audit", children.audit, name="child-audit"),
    path("/<slug:reference>/children/<slug:name>/view", children.view, name="child-view"),
    path("/<slug:reference>/evidence", evidence.evidence, name="evidence"),
    path("/<slug:reference>/evidence/add", evidence.add, name="evidence-add"),
    path("/<slug:reference>/evidence/notes", notes.notes, name="evidence-notes"),
    path("/<slug:reference>/evidence/download", evidence.download, name="evidence-download"),
    path("/<slug:reference>/evidence/<int:number>", evidence.piece, name="evidence-piece"),
    path("/<slug:reference>/evidence/<int:number>/change", evidence.edit, name="evidence-change"),
    path("/<slug:reference>/evidence/<int:number>/withdraw", evidence.withdraw, name="evidence-withdraw"),
    path("/<slug:reference>/evidence/<int:number>/restore", evidence.restore, name="evidence-restore"),
    path("/<slug:reference>/evidence/<int:number>/attach", evidence_files.attach, name="evidence-attach"),
    path("/<slug:reference>/evidence/<int:number>/files/<int:pk>", evidence_files.file, name="evidence-file"),
    path("/<slug:reference>/coverage", coverage.coverage, name="coverage"),
]
