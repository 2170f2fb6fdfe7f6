"""A joined-up inspection from planning to a published report that the public finds by searching.

Eighteen people of fifteen organisations do it in their browsers, and one who has not signed in. Nothing is done but by
the pages. What each sees on the way is kept as pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from joinedup.areas import add_working_days, agencies
from joinedup.frameworks import Framework, frameworks

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Meet = Callable[..., Any]
INSPECTORS = ("Nora Field", "Paul Strand", "Ruth Amadi")
KEPT_OUT, PEER, MODERATOR = "Ivo Castell", "Petra Holm", "Moira Dunne"
CONTACTS = {
    "local_authority": "Connie Vale", "education": "Ed Lyle", "health": "Hana Brook", "police": "Olu Grant",
    "probation": "Rob Ashdown", "youth_justice": "Yusuf Dale", "courts": "Carla Stone", "housing": "Hugh Birch",
    "voluntary": "Vera Moon", "partnership": "Pia Wren",
}  # fmt: skip


@pytest.fixture
def rules() -> Framework:
    """The framework of ours: every agency in scope, sector-led members, narratives alone."""
    return next(each for each in frameworks() if each.runnable and each.status == "ours")


class Journey:
    """The inspection as it goes on: who is there, and its address."""

    def __init__(self, meet: Meet, visit: Callable[[], Any], rules: Framework) -> None:
        self.meet, self.visit, self.rules = meet, visit, rules
        self.people: dict[str, Any] = {}
        self.at = ""

    def __call__(self, name: str) -> Any:
        """Somebody, met once and then where they left off."""
        if name not in self.people:
            self.people[name] = self.meet(name)
        return self.people[name]

    @property
    def lead(self) -> Any:
        return self("Lena Harcourt")

    def planned(self) -> None:
        manager = self("Mara Whitlock")
        manager.goes("/inspections").follows("Plan an inspection")
        manager.ticks("framework", self.rules.id).presses("Continue").keeps_picture("plan")
        manager.presses("Plan it", status=422)
        assert "“Area” needs an answer." in manager.reads
        day = add_working_days(timezone.localdate(), -45).isoformat()  # a report comes after the last day on site
        manager.fills(area="ashmere", scope="How the agencies help children together.", first_day=day)
        manager.ticks("counts_from", "notification").presses("Plan it").keeps_picture("planned")
        self.at = manager.page.url.removeprefix(manager.looking.served.address)
        for name, part in (
            ("Lena Harcourt", "lead_inspector"), *((each, "inspector") for each in (*INSPECTORS, KEPT_OUT)),
            (PEER, "sector_led"), (MODERATOR, "moderator"),
        ):  # fmt: skip
            manager.turns_to("Team").follows("Add to the team")
            manager.ticks("part", part).presses("Look for people")
            manager.page.get_by_label(name).check()
            manager.keeps_picture("add-to-the-team") if name == PEER else None
            manager.presses("Add to the team")
        manager.turns_to("Timetable")

    def declared(self) -> None:
        for name in ("Lena Harcourt", *INSPECTORS, KEPT_OUT, PEER, MODERATOR):
            somebody = self(name)
            somebody.keeps_picture("work-of-a-new-member") if name == PEER else None
            somebody.goes(self.at).turns_to("Team").follows("Declare your interests")
            if name in (KEPT_OUT, PEER):
                worked = "I led a service here until last year." if name == KEPT_OUT else "A visit in 2019."
                somebody.ticks("nothing", "no").fills(words=worked)
            else:
                somebody.ticks("nothing", "yes")
            somebody.presses("Declare")
        manager = self("Mara Whitlock").goes("/work").keeps_picture("work-of-the-manager")
        for name, decision in ((KEPT_OUT, "conflict"), (PEER, "no_conflict")):
            manager.goes(self.at).turns_to("Team").follows(f"Decide on the declaration of {name}")
            manager.ticks("decision", decision).fills(reason="Weighed against how long ago it was.")
            manager.keeps_picture("interest").presses("Decide")
        manager.keeps_picture("team").keeps_picture("team", phone=True)
        self(KEPT_OUT).goes(self.at, status=404)

    def told(self) -> None:
        contact = self("Connie Vale").goes(self.at, status=404).keeps_picture("not-told-yet")
        self.lead.goes("/work").keeps_picture("work-of-the-lead").goes(self.at).keeps_picture("before-notifying")
        self.lead.follows("Notify the agencies").keeps_picture("notify").presses("Notify the agencies now")
        contact.goes("/work").keeps_picture("work-of-an-agency").keeps_picture("work-of-an-agency", phone=True)
        for agency in self.rules.agencies:
            somebody = self(CONTACTS[agency.key]).goes(self.at).turns_to("Notification")
            somebody.presses("I have read it", exact=False)
            assert f"read by {somebody.name}" in somebody.reads
        contact.keeps_picture("read")
        seen = self.lead.turns_to("Notification").keeps_picture("all-have-read").reads
        assert all(f"read by {name}" in seen for name in CONTACTS.values())

    def asked(self) -> None:
        nurse = self("Nora Field").goes(self.at).turns_to("Requests for information").follows("Ask for information")
        for name in ("Ashmere Council (Council)", "Fenwold Police (Police)"):
            nurse.page.get_by_label(name, exact=False).check()
        nurse.fills(
            asks="Who does what\nOn two pages at most.\n\nThe last twelve months by week",
            due=add_working_days(timezone.localdate(), 3).isoformat(),
        )
        nurse.keeps_picture("ask").presses("Ask").keeps_picture("asked")
        for name in ("Connie Vale", "Olu Grant"):
            contact = self(name).turns_to("Requests for information")
            for title in ("Who does what", "The last twelve months by week"):
                contact.follows(title).follows("Answer").fills(words="Here it is.")
                if title != "Who does what":
                    sheet = {"name": "weeks.csv", "mimeType": "text/csv", "buffer": b"week,contacts\n1,40\n2,38\n"}
                    contact.page.set_input_files("[name=uploads]", [sheet])
                contact.presses("Send the answer").follows("All requests")
            contact.keeps_picture("answered")
        for number in (1, 2, 3, 4):
            nurse.goes(f"{self.at}/requests/{number}")
            with_file = "weeks.csv" in nurse.reads
            nurse.keeps_picture("an-answer-with-a-file") if with_file and number < 3 else None
            nurse.presses("Accept the answer")
        assert nurse.turns_to("Requests for information").page.locator("td", has_text="Accepted").count() == 4

    def followed(self) -> None:
        for number in range(1, 6):
            self.lead.turns_to("Children").follows("Follow a child")
            self.lead.ticks("agencies", "local_authority", "police", "health").presses("Follow this child")
            assert f"C{number} is followed now." in self.lead.page.inner_text("main")
        self.lead.goes(self.at).follows("Start fieldwork").presses("Start fieldwork").keeps_picture("fieldwork")
        for number in range(1, 6):
            contact = self("Connie Vale").turns_to("Children").follows(f"Fill in the audit of C{number}")
            self.views(contact, ("strong", "mixed"))
            contact.keeps_picture("audit") if number == 1 else None
            contact.presses("Save")
            seer = self(PEER if number % 2 else "Nora Field").goes(self.at).turns_to("Children")
            self.views(seer.follows(f"Fill in the inspectors’ view of C{number}"), ("mixed", "weak", "strong"))
            seer.presses("Save")
        assert "The inspectors" not in self("Connie Vale").keeps_picture("child-as-agencies-see-it").reads
        self(PEER).keeps_picture("child-as-inspectors-see-it").keeps_picture("child", phone=True)

    def views(self, somebody: Any, strengths: tuple[str, ...]) -> None:
        for number, criterion in enumerate(self.rules.criteria):
            words = {f"{criterion.key}-words": "The record, and what the practitioner said."} if not number else {}
            somebody.fills(**{f"{criterion.key}-strength": strengths[number % len(strengths)]}, **words)

    def gathered(self) -> None:
        policeman = self("Paul Strand").goes(self.at).turns_to("Evidence").keeps_picture("no-evidence")
        policeman.follows("Add evidence")
        for number, words in enumerate(("The morning meeting began without the school.", "Seven were at the meeting.")):
            policeman.fills(words=words, source="practice_observed", criterion=self.rules.criteria[1].key)
            policeman.ticks("agencies", "police", "education").ticks("tendency", "concern")
            policeman.keeps_picture("add-evidence") if not number else None
            policeman.presses("Save and add another" if not number else "Save")
        probation = self("Ruth Amadi").goes(self.at).turns_to("Evidence").follows("Paste several notes")
        signs, every = ("+", "-"), [each.key for each in agencies()]
        probation.fills(
            text="\n\n".join(
                f"{signs[number % 2]} [{criterion.key}; {source}; {every[number % len(every)]}] "
                f"What was seen of it, by way of {source}."
                for number, criterion in enumerate(self.rules.criteria)
                for source in ("interview", "document")
            )
        )
        probation.keeps_picture("notes").presses("Show how they are understood").keeps_picture("notes-understood")
        many = 2 * len(self.rules.criteria)
        probation.presses(f"Save {many} notes").keeps_picture("evidence").keeps_picture("evidence", phone=True)
        probation.turns_to("Coverage").keeps_picture("coverage").keeps_picture("coverage", phone=True)
        assert "Every criterion has enough evidence." in probation.reads
        probation.turns_to("Evidence").follows("E3").follows("Add a file")
        note = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"What the practitioner wrote."}
        probation.page.set_input_files("input[type=file]", [note])
        probation.presses("Keep this file").keeps_picture("a-piece")

    def drafted(self) -> None:
        self.lead.goes(self.at).follows("End fieldwork and start drafting").presses("End fieldwork and start drafting")
        first = self.lead.turns_to("What is missing").keeps_picture("missing").reads
        assert "to put right before it can be signed" in first
        self.found("Nora Field", "praise", "Health knows every child by name.", "health", "E3", "E4")
        self.found("Paul Strand", "praise", "Officers write what the child said.", "police", "E5", "E6")
        self.found("Ruth Amadi", "concern", "Nobody looks at what came of plans.", "local_authority", "E1", "E8")
        self.found(PEER, "concern", "Officers come to the meeting unprepared.", "police", "E2", "E10")
        for number, agency, post in (
            (3, "local_authority", "director_of_childrens_services"),
            (4, "police", "chief_constable"),
        ):
            self.lead.turns_to("Findings").follows(f"Finding {number}").follows("Ask for an improvement")
            day = add_working_days(timezone.localdate(), 90).isoformat()
            self.lead.fills(words=f"Look at what came of it, {number}.", agency=agency, post=post, due=day)
            self.lead.keeps_picture("improvement").presses("Save")
        self.lead.keeps_picture("a-concern").turns_to("Findings").keeps_picture("findings")
        self.lead.turns_to("Findings").keeps_picture("findings", phone=True)

    def found(self, name: str, tendency: str, words: str, agency: str, *pieces: str) -> None:
        somebody = self(name).goes(self.at).turns_to("Findings").follows("Write a finding")
        somebody.ticks("tendency", tendency).fills(words=words, criterion=self.rules.criteria[0].key)
        somebody.ticks("evidence", *(piece.removeprefix("E") for piece in pieces))
        somebody.fills_one(f"how_{agency}", "In most of what was looked at.")
        if tendency == "praise":
            somebody.page.locator("[name=example]").check()
        somebody.keeps_picture("write-a-finding") if name == "Nora Field" else None
        somebody.presses("Save")
        assert words in somebody.reads

    def judged(self) -> None:
        for number, agency in enumerate(self.rules.agencies):
            writer = self(("Lena Harcourt", *INSPECTORS)[number % 4]).goes(f"{self.at}/contributions")
            title = next(each.title for each in agencies() if each.key == agency.key)
            writer.follows(f"Write the contribution of {title}")
            writer.fills(narrative=f"{title} does what it can, and says where that is not enough.").presses("Save")
        self.lead.turns_to("Contributions").keeps_picture("contributions")
        for judgement in self.rules.judgements:
            self.lead.turns_to("Judgements").follows(f"Write the judgement: {judgement.title}")
            self.lead.fills(narrative=f"{judgement.title}: much is done, and it is not looked at together.")
            self.lead.fills(explains="Health and police bring what they know; nobody looks afterwards.")
            self.lead.keeps_picture("write-a-judgement") if judgement == self.rules.judgements[0] else None
            self.lead.presses("Save")
        self.lead.keeps_picture("judgements")
        for name in ("Lena Harcourt", *INSPECTORS):
            for judgement in self.rules.judgements:
                last = name == INSPECTORS[-1] and judgement == self.rules.judgements[-1]
                self.stands(name, judgement, "contested" if last else "agreed", "The police part is stronger." * last)
        self.lead.turns_to("Team meeting").keeps_picture("meeting").keeps_picture("meeting", phone=True)
        assert "contests" in self.lead.turns_to("What is missing").keeps_picture("one-thing-missing").reads
        assert "In the way" in self.lead.turns_to("Overview").keeps_picture("in-the-way").reads
        self.stands(INSPECTORS[-1], self.rules.judgements[-1], "agreed", "")
        said = self.lead.turns_to("What is missing").keeps_picture("nothing-missing").reads
        assert "Nothing is missing." in said

    def stands(self, name: str, judgement: Any, stance: str, words: str) -> None:
        somebody = self(name).goes(f"{self.at}/meeting")
        somebody.follows(f"Say where your inspectorate stands on {judgement.title}")
        somebody.ticks("stance", stance).fills(words=words).presses("Save")

    def moderated(self) -> None:
        self.lead.goes(self.at).follows("Send to moderation").presses("Send to moderation")
        moderator = self(MODERATOR).goes("/work").keeps_picture("work-of-the-moderator").goes(self.at)
        moderator.turns_to("Moderation").keeps_picture("moderation").follows("Challenge something")
        moderator.fills(about="finding 3", words="Is this true of every child that you followed?")
        moderator.keeps_picture("challenge").presses("Challenge")
        answering = self("Ruth Amadi").goes("/work").keeps_picture("work-of-the-challenged").goes(self.at)
        answering.turns_to("Moderation").follows("Answer to challenge 1")
        answering.fills(answer="Of four of the five.").keeps_picture("answer").presses("Save the answer")
        moderator.turns_to("Moderation").follows("Close challenge 1").presses("Close the challenge")
        assert "Closed" in moderator.keeps_picture("challenge-closed").reads

    def checked(self) -> None:
        title = "Send to the agencies for factual accuracy"
        self.lead.goes(self.at).turns_to("Disclosure").keeps_picture("disclosure")
        while self.lead.page.get_by_role("link", name="Decide on", exact=False).count():
            self.lead.follows("Decide on", exact=False).ticks("outcome", "stays").fills(why="It names nobody.")
            self.lead.presses("Keep the decision")
        self.lead.goes(self.at).follows(title).presses(title)
        council, police = self("Connie Vale").goes("/work"), self("Olu Grant")
        council.keeps_picture("work-of-an-agency-with-a-draft").goes(self.at).turns_to("Factual accuracy")
        council.keeps_picture("drafts").follows("Ashmere Council", exact=False)
        police.goes(self.at).turns_to("Factual accuracy").follows("Fenwold Police", exact=False)
        police.keeps_picture("draft-of-the-police").keeps_picture("draft-of-the-police", phone=True)
        ours, theirs = "Nobody looks at what came of plans.", "Officers come to the meeting unprepared."
        assert ours in council.reads
        assert theirs not in council.reads
        assert theirs in police.reads
        assert ours not in police.reads
        address = council.page.url.removeprefix(council.looking.served.address)
        police.goes(address, status=404)
        assert "Findings" not in council.menu
        council.follows("Say what is not right in the contribution").fills(words="It began in the spring.")
        council.keeps_picture("make-a-point").presses("Make the point").keeps_picture("point-made")
        self.lead.goes("/work").keeps_picture("work-with-a-point").goes(address).follows("Reply to point 1")
        self.lead.ticks("outcome", "accepted").fills(reply="You are right; it says so now.").presses("Save")
        self.lead.keeps_picture("point-answered").follows("Put it right", exact=False)
        self.lead.follows("Change the contribution of Council")
        self.lead.fills(narrative="The council began in the spring, and says where that is not enough.").presses("Save")
        council.goes(address).keeps_picture("reply-as-the-agency-sees-it")
        assert "You are right; it says so now." in council.reads
        assert "The council began in the spring" in council.reads

    def signed(self) -> None:
        title = "Close the factual-accuracy round"
        self.lead.goes(self.at).follows(title).presses(title)
        for number, name in enumerate(("Lena Harcourt", *INSPECTORS)):
            somebody = self(name).goes("/work")
            somebody.keeps_picture("work-of-a-signer") if not number else None
            somebody.goes(self.at).turns_to("Sign-off").follows("Read it and sign")
            somebody.keeps_picture("read-and-sign") if not number else None
            somebody.page.get_by_label("We have read the whole text and sign it").check()
            somebody.presses("Sign")
            done = "Signed off by every inspectorate" in somebody.reads
            assert done == (number == len(INSPECTORS))
            somebody.keeps_picture("signed")
        assert "Signed off" in self.lead.goes(self.at).keeps_picture("signed-off").reads
        self.lead.keeps_picture("signed-off", phone=True).turns_to("Evidence")
        assert self.lead.page.get_by_role("link", name="Add evidence").count() == 0
        peer = self(PEER).goes(self.at).turns_to("Sign-off")
        assert peer.page.get_by_text("Read it and sign").count() == 0

    def published(self) -> None:
        self.lead.goes(self.at).turns_to("Publication").keeps_picture("publication")
        self.lead.presses("Publish the report").keeps_picture("published")
        assert "Version 1 is published." in self.lead.page.inner_text("main")

    def found_by_the_public(self) -> None:
        """Somebody who has not signed in looks for what the police were asked, and comes to its words."""
        reader = self.visit().goes("/search").fills(q="Look at what came of it").presses("Search")
        reader.keeps_picture("found-by-search").keeps_picture("found-by-search", phone=True)
        assert "Look at what came of it, 4." in reader.reads
        with reader.page.expect_navigation() as way:
            reader.page.locator("main a[href^='/reports/'][href*='/pages/']").first.click()
        assert way.value.status == 200
        assert "Ashmere" in reader.keeps_picture("the-words-on-the-page").reads
        reader.goes(f"/inspected/{self.at.rpartition('/')[2]}").keeps_picture("inspected")
        assert "Police" in reader.reads
        assert "sign-in" in reader.goes(self.at).page.url

    def looked_over_when_full(self) -> None:
        """Every page of the menu once more, full, on a desk and on a phone."""
        looking = self.lead.looking
        for section in self.lead.menu:
            self.lead.turns_to(section)
            looking.by_the_rules(self.lead.page, 1280)
            looking.in_width(self.lead.page)


def test_a_joined_up_inspection_from_planning_to_a_report_found_by_search(
    meet: Meet, visit: Callable[[], Any], rules: Framework
) -> None:
    it = Journey(meet, visit, rules)
    for step in (
        it.planned, it.declared, it.told, it.asked, it.followed, it.gathered, it.drafted, it.judged, it.moderated,
        it.checked, it.signed, it.published, it.found_by_the_public, it.looked_over_when_full,
    ):  # fmt: skip
        step()
    assert len(it.people) >= 18
    assert it.lead.looking.found == []
    assert "Traceback" not in it.lead.looking.served.complaints.read_text()
