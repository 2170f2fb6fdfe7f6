"""The addresses of planning: the timetable, the team, who is told, and what is asked for."""

from django.urls import path

from joinedup.service.inspections.views import planning, requests, team, telling

ONE = "/<slug:reference>"
urlpatterns = [
    path("", planning.inspections, name="inspections"),
    path("/plan", planning.plan, name="inspection-plan"),
    path(ONE, planning.overview, name="inspection"),
    path(f"{ONE}/scope", planning.scope_change, name="scope-change"),
    path(f"{ONE}/call-off", planning.call_off, name="call-off"),
    path(f"{ONE}/move/<slug:event>", planning.stage_move, name="stage-move"),
    path(f"{ONE}/agencies/<slug:agency>/add", planning.party_add, name="party-add"),
    path(f"{ONE}/inspectorates/add", planning.inspectorate_add, name="inspectorate-add"),
    path(f"{ONE}/timetable", planning.timetable, name="timetable"),
    path(f"{ONE}/timetable/<int:phase>", planning.phase_move, name="phase-move"),
    path(f"{ONE}/team", team.team, name="team"),
    path(f"{ONE}/team/add", team.member_add, name="member-add"),
    path(f"{ONE}/team/declare", team.declare, name="declare"),
    path(f"{ONE}/team/<int:member>/lead", team.member_lead, name="member-lead"),
    path(f"{ONE}/team/<int:member>/leave", team.member_leave, name="member-leave"),
    path(f"{ONE}/team/<int:member>/decide", team.decide, name="interest-decide"),
    path(f"{ONE}/notification", telling.notifications, name="notifications"),
    path(f"{ONE}/notification/send", telling.notify, name="notify"),
    path(f"{ONE}/notification/<int:notification>/read", telling.acknowledge, name="acknowledge"),
    path(f"{ONE}/requests", requests.requests, name="requests"),
    path(f"{ONE}/requests/make", requests.request_make, name="request-make"),
    path(f"{ONE}/requests/chase", requests.requests_chase, name="requests-chase"),
    path(f"{ONE}/requests/files/<int:attachment>", requests.reply_file, name="reply-file"),
    path(f"{ONE}/requests/<int:number>", requests.request_one, name="request"),
    path(f"{ONE}/requests/<int:number>/answer", requests.request_answer, name="request-answer"),
    path(f"{ONE}/requests/<int:number>/accept", requests.request_accept, name="request-accept"),
    path(f"{ONE}/requests/<int:number>/chase", requests.request_chase, name="request-chase"),
    path(f"{ONE}/requests/<int:number>/send-back", requests.request_send_back, name="request-send-back"),
    path(f"{ONE}/requests/<int:number>/withdraw", requests.request_withdraw, name="request-withdraw"),
]
