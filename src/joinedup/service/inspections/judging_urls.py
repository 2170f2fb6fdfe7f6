"""The addresses of findings, judgements and all that follows until every inspectorate has signed."""

from django.urls import path

from joinedup.service.inspections.views import accuracy, findings, improvements, judging, meeting, moderation, signing

_HERE = "/<slug:reference>"

urlpatterns = [
    path(f"{_HERE}/findings", findings.findings, name="findings"),
    path(f"{_HERE}/findings/new", findings.new, name="finding-new"),
    path(f"{_HERE}/findings/good-practice", findings.no_good_practice, name="no-good-practice"),
    path(f"{_HERE}/findings/<int:number>", findings.finding, name="finding"),
    path(f"{_HERE}/findings/<int:number>/change", findings.edit, name="finding-change"),
    path(f"{_HERE}/findings/<int:number>/drop", findings.drop, name="finding-drop"),
    path(f"{_HERE}/findings/<int:number>/asks-nothing", improvements.asks_nothing, name="finding-asks-nothing"),
    path(f"{_HERE}/findings/<int:number>/improvements/new", improvements.new, name="improvement-new"),
    path(f"{_HERE}/improvements/<int:number>", improvements.improvement, name="improvement"),
    path(f"{_HERE}/improvements/<int:number>/change", improvements.edit, name="improvement-change"),
    path(f"{_HERE}/improvements/<int:number>/drop", improvements.drop, name="improvement-drop"),
    path(f"{_HERE}/contributions", judging.contributions, name="contributions"),
    path(f"{_HERE}/contributions/<slug:agency>", judging.contribution, name="contribution"),
    path(f"{_HERE}/judgements", judging.judgements, name="judgements"),
    path(f"{_HERE}/judgements/<slug:key>", judging.judgement, name="judgement"),
    path(f"{_HERE}/meeting", meeting.meeting, name="meeting"),
    path(f"{_HERE}/meeting/<slug:key>", meeting.position, name="position"),
    path(f"{_HERE}/sufficiency", signing.sufficiency, name="sufficiency"),
    path(f"{_HERE}/moderation", moderation.moderation, name="moderation"),
    path(f"{_HERE}/moderation/new", moderation.new, name="challenge-new"),
    path(f"{_HERE}/moderation/<int:number>/answer", moderation.answer, name="challenge-answer"),
    path(f"{_HERE}/moderation/<int:number>/close", moderation.close, name="challenge-close"),
    path(f"{_HERE}/moderation/<int:number>/again", moderation.again, name="challenge-again"),
    path(f"{_HERE}/accuracy", accuracy.accuracy, name="accuracy"),
    path(f"{_HERE}/accuracy/<int:party>", accuracy.draft, name="accuracy-draft"),
    path(f"{_HERE}/accuracy/<int:party>/new", accuracy.new, name="accuracy-point"),
    path(f"{_HERE}/accuracy/<int:party>/<int:number>/reply", accuracy.reply, name="accuracy-reply"),
    path(f"{_HERE}/signing", signing.signing, name="signing"),
    path(f"{_HERE}/signing/sign", signing.sign, name="sign"),
]
