"""A council's services inspected by one inspectorate, with grades, from planning to sign-off by the pages alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from joinedup.areas import add_working_days
from joinedup.frameworks import get_framework

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = get_framework("ilacs-2026")
GRADE = RULES.grades[1].key


def test_a_council_is_inspected_from_planning_to_sign_off(meet: Callable[..., Any], looking: Any) -> None:
    manager, lead, contact = meet("Mara Whitlock"), meet("Lena Harcourt"), meet("Cal Rook")
    inspector, moderator = meet("Ivo Castell"), meet("Moira Dunne")

    manager.goes("/inspections").follows("Plan an inspection").ticks("framework", RULES.id).presses("Continue")
    manager.ticks("visit", "standard").ticks("counts_from", "notification")
    day = add_working_days(timezone.localdate(), 1).isoformat()
    manager.fills(area="port-rowan", first_day=day).keeps_picture("plan").presses("Plan it").keeps_picture("planned")
    at = manager.page.url.removeprefix(looking.served.address)
    team = ((lead, "lead_inspector"), (inspector, "inspector"), (moderator, "moderator"))
    for somebody, part in team:
        manager.turns_to("Team").follows("Add to the team").ticks("part", part).presses("Look for people")
        manager.page.get_by_label(somebody.name).check()
        manager.presses("Add to the team")
    for somebody, _ in team:
        somebody.goes(f"{at}/team").follows("Declare your interests").ticks("nothing", "yes").presses("Declare")

    lead.goes(at).follows("Notify the agencies").presses("Notify the agencies now")
    contact.goes("/work").keeps_picture("work-of-the-council").goes(f"{at}/notification")
    while contact.page.get_by_role("button", name="I have read it", exact=False).count():
        contact.presses("I have read it", exact=False)
    lead.goes(at).follows("Start fieldwork").presses("Start fieldwork").keeps_picture("fieldwork", phone=True)

    lines = [
        f"{sign} [{criterion.key}; {source}] What was seen of it, by way of {source}."
        for sign, criterion in zip("+-" * len(RULES.criteria), RULES.criteria, strict=False)
        for source in ("interview", "document")
    ]
    inspector.goes(f"{at}/evidence/notes").fills(text="\n\n".join(lines)).ticks("agencies", "local_authority")
    inspector.presses("Show how they are understood").presses(f"Save {len(lines)} notes").turns_to("Coverage")
    assert "Every criterion has enough evidence." in inspector.reads
    lead.goes(at).follows("End fieldwork and start drafting").presses("End fieldwork and start drafting")

    for tendency, words, pieces in (
        ("praise", "Social workers know the children well.", ("1", "2")),
        ("concern", "Plans for care leavers are late.", ("3", "4")),
    ):
        inspector.goes(f"{at}/findings").follows("Write a finding").ticks("tendency", tendency)
        inspector.fills(words=words, criterion=RULES.criteria[0].key).ticks("evidence", *pieces)
        inspector.fills_one("how_local_authority", "In most of what was looked at.")
        inspector.presses("Save")
    inspector.follows("Finding 2").follows("Ask for an improvement")
    inspector.fills(words="Write them in time.", agency="local_authority", post="director_of_childrens_services")
    inspector.fills(due=add_working_days(timezone.localdate(), 90).isoformat()).presses("Save").keeps_picture("concern")
    lead.goes(f"{at}/contributions").follows("Write the contribution of", exact=False)
    lead.fills(narrative="The council knows its children, and is late with plans.", grade=GRADE).presses("Save")
    for judgement in RULES.judgements:
        lead.turns_to("Judgements").follows(f"Write the judgement: {judgement.title}")
        lead.fills(narrative=f"{judgement.title}: good in most of what was looked at.", grade=GRADE).presses("Save")
        lead.goes(f"{at}/meeting/{judgement.key}").ticks("stance", "agreed").presses("Save")
    lead.turns_to("Judgements").keeps_picture("judgements-with-grades")
    lead.turns_to("Team meeting").keeps_picture("meeting")
    assert "Nothing is missing." in lead.turns_to("What is missing").reads

    lead.goes(at).follows("Send to moderation").presses("Send to moderation")
    moderator.goes(f"{at}/moderation").follows("Challenge something")
    moderator.fills(about="finding 2", words="All of them?").presses("Challenge")
    title = "Send to the agencies for factual accuracy"
    assert "Challenge 1 is not answered." in lead.goes(at).keeps_picture("in-the-way").reads
    inspector.goes(f"{at}/moderation/1/answer").fills(answer="Of nine in ten.").presses("Save the answer")
    moderator.turns_to("Moderation").follows("Close challenge 1").presses("Close the challenge")
    lead.goes(at).follows(title).presses(title)
    assert "Plans for care leavers are late." in contact.goes(f"{at}/accuracy").follows("Port Rowan", exact=False).reads
    lead.goes(at).follows("Close the factual-accuracy round").presses("Close the factual-accuracy round")
    lead.turns_to("Sign-off").follows("Read it and sign").keeps_picture("read-and-sign").presses("Sign", status=422)
    assert "Say that you have read it" in lead.reads
    lead.page.get_by_label("We have read the whole text and sign it").check()
    lead.presses("Sign")
    assert "Signed off by every inspectorate" in lead.keeps_picture("signed-off").reads
    assert looking.found == []
    assert "Traceback" not in looking.served.complaints.read_text()
