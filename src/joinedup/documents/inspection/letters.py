"""The letter by which an accountable post of an agency is told of an inspection: what is asked of it, and by when."""

from __future__ import annotations

from joinedup.areas.sentences import answers_to_whom, listed
from joinedup.documents.inspection import words
from joinedup.documents.inspection.blocks import Block, Document, Heading, Lines, Paragraph, bullets, facts, plain
from joinedup.documents.inspection.content import About, NotificationGiven
from joinedup.documents.inspection.report import about_rows, mark_of
from joinedup.reading.own_form import plain_words


def notification_letter(letter: NotificationGiven) -> Document:
    """The letter as a document."""
    about = letter.about
    who = listed(words.inspectorates(about))
    title = f"Notice of inspection: services for children in {about.place.name}"
    blocks: list[Block] = [
        Lines((plain_words(letter.post), plain_words(letter.organisation), words.day(letter.day))),
        Paragraph(
            f"{who} will inspect how the agencies in {about.place.name} help and protect children. The inspection will"
            f" take place {_when(about)}."
        ),
        Paragraph(
            plain_words(
                f"We write to you because you answer for the part of {letter.organisation}. The report will say what"
                f" part each agency has in what is found, and who must put right what."
            )
        ),
        Heading(2, "What we ask of you"),
        Paragraph(f"Please send or arrange this by {words.day(letter.due)}:"),
        bullets(*letter.asked),
        Heading(2, "The inspection"),
        facts(*about_rows(about)),
        Heading(2, "Who answers for what"),
        Paragraph(_answers(letter)),
    ]
    if letter.contact.strip():
        blocks += [Heading(2, "How to reach us"), *plain(letter.contact)]
    return Document(title, "Letter of notification", title, letter.day, tuple(blocks), mark_of(about))


def _when(about: About) -> str:
    if about.start == about.end:
        return f"on {words.day(about.start)}"
    return f"from {words.day(about.start)} to {words.day(about.end)}"


def _answers(letter: NotificationGiven) -> str:
    above = f", who {answers_to_whom(letter.post, letter.answers_to)}" if letter.answers_to else ""
    return plain_words(
        f"For {words.agency(letter.agency)[:1].lower()}{words.agency(letter.agency)[1:]}, this inspection takes the"
        f" accountable post to be: {letter.post}{above}. If this is wrong, please tell us before the inspection starts."
    )
