"""What fictional inspectors and agencies write: our own sentences, about nobody."""

from __future__ import annotations

from random import Random

SEEN = {
    "tracked_child": "Followed {child}'s records with the practitioner.",
    "sampled_case": "Read the last six months of a sampled record.",
    "practice_observed": "Sat in on the morning meeting where new contacts are shared.",
    "interview": "Spoke with a manager and two practitioners.",
    "document": "Read the written guidance and the minutes of three meetings.",
    "data": "Looked at twelve months of figures by week.",
    "voice": "Listened to what children and parents said of the help that they had.",
}
"""How an inspector came to know of something, by the kind of source."""

PRAISE = (
    "{who} shared what it knew within the day, and others acted on it the same afternoon.",
    "{who} had asked the child what would help, and the plan used the child's own words.",
    "Staff of {who} knew the family's history well and did not ask for it to be told again.",
    "{who} brought the right person to the meeting, with the authority to decide.",
    "Supervision in {who} was regular, and what was agreed there was done.",
    "{who} checked a month later whether the help had made a difference, and it had.",
)
CONCERN = (
    "{who} was not at the discussion, and what it knew reached the others nine days later.",
    "{who} recorded the visit but not what the child had said.",
    "The plan asked {who} for four things and gave no day for any of them.",
    "Managers in {who} had signed the decision without a reason that could be read.",
    "{who} closed its part when one appointment was missed, and told nobody.",
    "{who} counts how many plans it makes and not whether they help.",
)
NEUTRAL = (
    "{who} has changed its form for contacts since the last inspection.",
    "{who} holds its own list of children who go missing and compares it with the others' each week.",
)

PRAISE_FOUND = (
    "Children are helped sooner because {who} shares what it knows the same day.",
    "Practitioners of {who} know the children well, and plans are written in words that children use.",
)
CONCERN_FOUND = (
    "Children wait too long for decisions because {who} is not at the discussions that need it.",
    "Plans do not say what must change, by when, or how {who} will know that it has.",
)
ASKED = (
    "Take part in every discussion that needs what {who} knows, and send a record of it the same day.",
    "Write plans that say what must change, by when, and how anybody will know.",
)
HOW_PRAISE = "{who} brought what it knew without being asked, and acted on what was agreed."
HOW_CONCERN = "{who} did not send anybody with the authority to decide, and was told of decisions afterwards."
PART = (
    "{who} plays its part in most of the work that was looked at. Where it is present early, children are helped "
    "sooner. Its leaders know which work is weaker and have begun to change it."
)
JUDGED = (
    "The agencies here know their area and want the best for its children. Where they meet early and write down what "
    "each will do, children are safer and say so. Too often one of them is missing when a decision is made, and "
    "nobody looks afterwards at what came of it."
)
EXPLAINED = (
    "The contributions explain this: those who were there early made the difference, and those who were not cost time."
)
AUDITED = "We looked at this together and agreed on it."
VIEWED = "What we saw on the record and heard from the practitioner."


def piece(chance: Random, source: str, tendency: str, who: str, child: str) -> str:
    """The words of one piece of evidence."""
    said = {"praise": PRAISE, "concern": CONCERN, "neutral": NEUTRAL}[tendency]
    start = SEEN.get(source, "Looked at it.").format(child=child or "a child")
    return f"{start} {chance.choice(said).format(who=who)}"
