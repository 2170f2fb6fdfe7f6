"""What the columns mean of the tables that have a statement in each row: one name for one thing in all of them."""

from __future__ import annotations

from collections.abc import Mapping

OF_DEMANDS: dict[str, str] = {
    "area": "the area's slug; empty where the report tells no area",
    "area_name": "its name",
    "region": "its region",
    "framework": "the family of the framework that the inspection was made under",
    "visit": "which sort of visit it was, where the framework knows several",
    "published": "the day of publication",
    "kind": "priority_action, improvement, strength or finding (a paragraph of the main text)",
    "polarity": "praise (strength), concern (weakness), both (mixed) or neither (context)",
    "agency": "an agency that the statement holds responsible (its key); empty where it holds none",
    "words": "the words that decided the agency, or name it; empty where only a person says so",
    "confidence": "how sure the agency is (0 to 1); empty where a person corrected or confirmed it",
    "decided": "what told the posts: the words; the agency alone; or either, where it is one of these and the words do "
    "not tell which. Words without posts name one for whom no post answers, such as a court",
    "posts": 'the titles of the posts that answer for it there and then ("; " between them, " or " where it is one of '
    "them)",
    "bodies": 'the names of the bodies that these posts head there ("; " between them)',
    "people": 'those whom the report names for these posts: name, role, organisation ("; " between them)',
    "answers_to": 'the titles of the posts to which these answer directly ("; " between them)',
    "themes": 'the themes that the statement is about (their keys, "; " between them)',
    "section": "the heading that it stands under",
    "lead_in": "the words before the list that it is a point of; empty where there are none",
    "text": "the report's own words",
    "corrected": 'the fields of it that a person has corrected, as they now stand ("; " between them)',
    "page": "the page of the report on which it begins",
    "file": "the report's file",
    "report": "the report: the SHA-256 of its file",
    "finding": "the statement: the report's SHA-256 and the statement's number",
}
"""Of who must improve what: a row for each statement and agency."""

_AGENCIES = {"agencies": 'the agencies that it holds responsible (their keys, "; " between them)'}

OF_HITS: Mapping[str, str] = {
    name: (OF_DEMANDS | _AGENCIES)[name]
    for name in (
        "area", "area_name", "framework", "published", "kind", "polarity", "agencies", "themes", "page", "text",
        "section", "lead_in", "corrected", "report", "finding",
    )
}  # fmt: skip
"""Of what a search found: a row for each statement."""

_ASKED = {
    "finding": OF_DEMANDS["finding"],
    "report": OF_DEMANDS["report"],
    "framework": OF_DEMANDS["framework"],
    "day": "the first day of the inspection, by which one report is later than another",
    "page": OF_DEMANDS["page"],
    "lead_in": OF_DEMANDS["lead_in"],
    "text": OF_DEMANDS["text"],
}

OF_WHAT_BECAME: Mapping[str, str] = {
    "area": "the area's slug",
    "area_name": OF_DEMANDS["area_name"],
    "fate": "what the latest report that looked at the thing has: asked_again, now_praised, or dropped (neither); "
    "not_looked_at where no later report speaks of it, as far as the words tell; newly_asked where the latest report "
    "that asks for anything is the first to ask for it",
    **_ASKED,
    "said": "what people say of it and of later statements: same:, the later report and its words' hash, and whether "
    'they are on the same thing ("; " between them)',
    "relation": "what the later wording does: asked_again, now_praised, or looked_at (neither); empty, as all that "
    "follow, where there is none",
    "how_sure": "how sure it is that both are on the same thing: sure, fairly sure or likely; or a person says so",
    "sure": "the same as a likelihood (0 to 1); 1 where a person says so",
    "shared": 'what both name, the most telling first (", " between them)',
    **{f"later_{name}": f"the same of the later wording: {meaning}" for name, meaning in _ASKED.items()},
    "later_words": "the words of the later wording that decided: one sentence of a paragraph, or all of it",
}
"""Of what became of what an area was asked for: a row for each thing and each later wording on it."""

OF_CHECKING: Mapping[str, str] = {
    "area_name": "the area's name; empty where the report tells no area",
    **{
        name: (OF_DEMANDS | _AGENCIES)[name]
        for name in ("framework", "published", "page", "kind", "section", "lead_in", "text", "agencies")
    },
    "words": 'the words that decided them ("; " between them)',
    "sure": "how sure the program is that all of them are right (0 to 1)",
    "right": "to fill in: yes if the agencies are right, no if not; a row without it and without right_agencies is "
    "passed over",
    "right_agencies": "to fill in where they are not: all agencies that are right, by key or title, ; between them; "
    "none for no agency",
    "why": "to fill in: how you know; may be left empty; published with a correction",
    "who": "to fill in: your name and role, where it is not the same for all rows; never published",
    "finding": OF_DEMANDS["finding"],
    "file": OF_DEMANDS["file"],
    "mark": "to be left as it is: shows whether a row's finding, text and agencies still belong together",
}
"""Of what people check: a row for each statement that nobody has spoken for, with cells to fill in."""
