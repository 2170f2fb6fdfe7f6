"""The record's tables, declared once: name, what a row is, and every column with its type and meaning.

Everything else reads this declaration: the Delta tables are created from it, the gate gives a query its empty tables
and its column types from it, the bundled facts are written in it, and `docs/reference/record.md` is rendered from it.
"""

from __future__ import annotations

from joinedup.record.columns import Column, Table

LOAD = Column("load", "text", "the load that brought the row (`loads.load`)", needed=True)
BOXES = Column("boxes", "boxes", "where on its pages the words stand, in PDF points from the lower left corner")
REPORT = Column("report", "text", "the report (`reports.sha256`)", needed=True)
CORRECTION = "correction"
"""The kind of a correction's load."""
GRADE = "grade:"
"""Before a judgement's key: its grade, as the field that a correction is of."""
SAME = "same:"
"""Before a later statement, as `joinedup.record.same` names it: whether it is on the same thing as the statement that a
correction is of."""
WITHDRAWN = "withdrawn"
"""How a correction stands that gives what was read, and so takes an earlier one back."""
CONFIRMED = "confirmed"
"""How one stands by which a person, who looked, found right what was read."""
SPOKEN = ("standing", CONFIRMED)
"""How one stands that is a person's word for what is right."""
POST_AFTER = "; "
"""In `responsibilities.words`: between several bodies of one agency (as attribution sets `BETWEEN` them) and, of a
report of ours, between these and the accountable post that it prints."""
ASKS = ("improvement", "priority_action")
"""The kinds of statement that ask for something."""
POLARITY_BY_KIND = {"strength": "strength", "improvement": "weakness", "priority_action": "weakness"}
"""Whether an item of a list is praise or concern, as its list says (what must improve is a concern), by its kind."""
_WHENS = " ".join(f"WHEN '{kind}' THEN '{polarity}'" for kind, polarity in POLARITY_BY_KIND.items())
POLARITY_OF_LIST = f"CASE kind {_WHENS} END"
"""The same of a row of `findings`; empty for the main text."""
POLARITY_TOLD = f"coalesce(polarity, {POLARITY_OF_LIST})"
"""The same for every row: what the reader could not know, the list tells."""
FINDING = Column("finding", "text", "the statement (`findings.id`)", needed=True)
DECIDED_BY = Column("words", "text", "the words that decided it, or name it; empty where only a person says so")
CONFIDENCE = Column("confidence", "number", "how sure, from 0 to 1; empty where a person corrected or confirmed it")

REPORTS = Table(
    "reports",
    "one published report that was read",
    ("sha256",),
    (
        Column("sha256", "text", "the SHA-256 of the file, in hexadecimal: the report's identity", needed=True),
        Column("file", "text", "the path as it was given", needed=True),
        Column("area", "text", "the area's slug; empty where it could not be told"),
        Column("area_name", "text", "the area's name as the report prints it"),
        Column("la_code", "text", "the area's three-digit code of the Department for Education"),
        Column("ons_code", "text", "the area's nine-character code of the Office for National Statistics"),
        Column(
            "framework",
            "text",
            "the framework's family: slac, cpi, tlac, sif, ilacs, jtai, area-send, multi-agency, joined-up",
        ),
        Column("visit", "text", "standard, short, focused, monitoring, reinspection, or empty"),
        Column("start_date", "day", "first day of fieldwork"),
        Column("end_date", "day", "last day of fieldwork"),
        Column("published", "day", "the day it was published"),
        Column("lead_inspector", "text", "the lead inspector's name as printed"),
        Column("inspectorates", "texts", "the inspectorates that took part"),
        Column("theme", "text", "what a themed inspection or focused visit looked at"),
        Column("principal_authority", "text", "who must write the statement that a joint inspection asks for"),
        Column("statement_due", "day", "the day by which that statement is due, as printed"),
        Column(
            "statement_due_computed",
            "day",
            "the same day by the rule: 70 working days after the letter (SI 2015/1792); joint inspections only",
        ),
        Column("outcome", "text", "area SEND: positive, inconsistent or systemic"),
        Column("outcome_text", "text", "the sentence that states the outcome"),
        Column("outcome_page", "whole", "its page"),
        Column("pages", "whole", "how many pages the file has", needed=True),
        Column(
            "sheets",
            "sheets",
            "the part of each page that is shown, in PDF points from its lower left corner, and the quarter turns "
            "clockwise by which it is: what boxes need to be laid over a picture",
        ),
        Column("problems", "page_problems", "what was odd in a file that was read all the same"),
        Column("reference", "text", "the inspection's reference, in a report that a service like this one published"),
        Column("version", "whole", "which version of that report it is, from 1"),
        Column(
            "replaced",
            "day",
            "the day on which a corrected version took its place; told at the moment when a question is asked",
        ),
        Column("fictional", "yes_no", "true for a specimen of our own making", needed=True),
        Column("reader_version", "text", "the version of the reader that read it", needed=True),
        LOAD,
    ),
)

JUDGEMENTS = Table(
    "judgements",
    "one judgement of one report",
    ("report", "key"),
    (
        REPORT,
        Column("key", "text", "the judgement's key: overall, leaders, help_and_protection, …", needed=True),
        Column("title", "text", "the judgement's name as printed", needed=True),
        Column("grade", "text", "outstanding, good, requires_improvement, inadequate; empty where none is given"),
        Column("page", "whole", "the page it stands on", needed=True),
        BOXES,
        LOAD,
    ),
)

FINDINGS = Table(
    "findings",
    "one statement of one report: an improvement asked for, a priority action, a strength, or a paragraph",
    ("id",),
    (
        Column("id", "text", "the report's sha256 and the statement's ordinal", needed=True),
        REPORT,
        Column("ordinal", "whole", "its place among the report's statements, from 0", needed=True),
        Column("kind", "text", "improvement, priority_action, strength, finding", needed=True),
        Column("section", "text", "the headings above it, joined by ›"),
        Column("lead_in", "text", "the words that introduce the list it stands in"),
        Column("number", "text", "the paragraph's or bullet's number as printed"),
        Column("page", "whole", "the page it begins on", needed=True),
        Column("text", "text", "the report's own words", needed=True),
        Column("polarity", "text", "strength, weakness, mixed, context; empty until attributed"),
        Column(
            "polarity_words",
            "text",
            "the words that decided the polarity: its own, or the title of its list; empty where a person corrected "
            "the polarity or the kind",
        ),
        Column("polarity_confidence", "number", "how sure the polarity is, from 0 to 1; empty likewise"),
        Column("responsible", "texts", "the bodies that the report's own table names for it, as printed"),
        BOXES,
        LOAD,
    ),
)

RESPONSIBILITIES = Table(
    "responsibilities",
    "one agency that a statement holds responsible",
    ("finding", "agency"),
    (
        FINDING,
        Column("agency", "text", "the agency's key: local_authority, police, health, …", needed=True),
        Column(
            "words",
            "text",
            "the words that decided it; where the statement does not name the agency, its heading, its list's "
            "introduction or the name of the body that the report is on; empty where only a person says so",
        ),
        CONFIDENCE,
        LOAD,
    ),
)

THEMES = Table(
    "themes",
    "one theme that a statement is about",
    ("finding", "theme"),
    (
        FINDING,
        Column("theme", "text", "the theme", needed=True),
        DECIDED_BY,
        CONFIDENCE,
        LOAD,
    ),
)

ADDRESSEES = Table(
    "addressees",
    "one person to whom a letter is addressed, or whom an area SEND report names as a leader",
    ("report", "ordinal"),
    (
        REPORT,
        Column("ordinal", "whole", "their place in the list, from 0", needed=True),
        Column("name", "text", "as printed", needed=True),
        Column("role", "text", "as printed"),
        Column("organisation", "text", "as printed"),
        Column("agency", "text", "the agency that the post belongs to, where the words tell"),
        LOAD,
    ),
)

INSPECTIONS = Table(
    "inspections",
    "one published inspection in the official history",
    ("id",),
    (
        Column("id", "text", "area, framework, day of publication (else first day on site) and visit", needed=True),
        Column("area", "text", "the area's slug", needed=True),
        Column("la_code", "text", "the area's three-digit code of the Department for Education"),
        Column("framework", "text", "the framework's family", needed=True),
        Column("visit", "text", "standard, short, focused, monitoring, reinspection, or empty"),
        Column("start_date", "day", "first day on site, where a file gives it"),
        Column("end_date", "day", "last day on site, where a file gives it"),
        Column("published", "day", "the day it was published, where a file gives it"),
        Column("theme", "text", "what a focused visit looked at"),
        Column("grades", "grades", "judgement key to grade; a judgement that the file leaves blank is absent"),
        Column("place", "text", "where in the official file it stands"),
        LOAD,
    ),
)

MEASURES = Table(
    "measures",
    "what is counted in one series of official statistics",
    ("key",),
    (
        Column("key", "text", "stable across releases of the same series", needed=True),
        Column("title", "text", "the measure's name", needed=True),
        Column("source", "text", "who published it, and in what", needed=True),
        Column("unit", "text", "what the values count"),
        Column("polarity", "text", "high or low: which is better, where its publisher says"),
        Column("topic", "text", "what it is about"),
        Column("description", "text", "what its publisher says of it"),
        Column("dimensions", "dimensions", "the breakdown that it is of"),
        LOAD,
    ),
    overlapping=True,
    telling=("unit", "polarity", "topic"),  # one file has the figures, another says what they are
)

OBSERVATIONS = Table(
    "observations",
    "one value of one measure for one place and period, or the reason why there is none",
    ("measure", "geography", "place", "period"),
    (
        Column("measure", "text", "the measure (`measures.key`)", needed=True),
        Column("geography", "text", "area, region, country", needed=True),
        Column("place", "text", "an area's slug, a region's code or England's code", needed=True),
        Column("period", "text", "as printed: 2025, 202425, 2014-16", needed=True),
        Column("year", "whole", "the calendar year in which the period ends", needed=True),
        Column("value", "number", "the value; empty where there is none"),
        Column("reason", "text", "why there is none: suppressed, unavailable, not_applicable, missing, …"),
        Column("symbol", "text", "what the file printed in its place"),
        LOAD,
    ),
    overlapping=True,
)

NEIGHBOURS = Table(
    "neighbours",
    "one statistical neighbour of one area",
    ("area", "edition", "rank"),
    (
        Column("area", "text", "the area's slug", needed=True),
        Column("edition", "text", "the model's edition", needed=True),
        Column("rank", "whole", "1 is the nearest", needed=True),
        Column("neighbour", "text", "the neighbour's slug", needed=True),
        Column("closeness", "text", "the model's word for how close"),
        LOAD,
    ),
    overlapping=True,
)

COMPLAINTS = Table(
    "complaints",
    "one published decision of the Ombudsman",
    ("reference",),
    (
        Column("reference", "text", "the Ombudsman's reference", needed=True),
        Column("area", "text", "the area's slug"),
        Column("organisation", "text", "the body complained of, as printed"),
        Column("service", "text", "the service complained of"),
        Column("decided", "day", "the day of the decision"),
        Column("decision", "text", "how it was decided"),
        Column("upheld", "yes_no", "whether it was upheld"),
        Column("fault", "yes_no", "whether fault was found"),
        Column("injustice", "yes_no", "whether the fault caused injustice"),
        Column("remedies", "texts", "what the body agreed or was asked to do"),
        Column("remedied", "day", "the day the remedy was confirmed"),
        Column("summary", "text", "the Ombudsman's own summary"),
        Column("address", "text", "where the decision is published"),
        LOAD,
    ),
    overlapping=True,
)

CORRECTIONS = Table(
    "corrections",
    "one correction of one thing that was read from a report, or of whom a statement holds responsible",
    ("id",),
    (
        Column("id", "text", "the correction's own id", needed=True),
        REPORT,
        Column("page", "whole", "the page that the statement begins on; empty for a field of the report"),
        Column(
            "words",
            "text",
            "hash of the statement as it was read: the first 16 letters of the SHA-256 of its letters a to z and "
            "digits alone, in lower case; empty for a field of the report",
        ),
        Column(
            "field",
            "text",
            "of a statement: kind, polarity, agencies, themes, section, text, or same: and a later statement (the "
            "first 12 letters of its report, a colon, its words' hash), which is on the same thing (yes) or not (no); "
            "of a report: its column, or grade: and a judgement's key",
            needed=True,
        ),
        Column("old", "text", "what was read, when the correction was made; empty where there was none"),
        Column("new", "text", "what is right; empty where there is none. Several values stand with '; ' between them"),
        Column(
            "confirmed",
            "yes_no",
            "true where a person looked and found right what was read: `new` is what was read, and stays right if a "
            "newer reader reads it otherwise",
        ),
        Column("corrected_by", "text", "who corrected or confirmed it", needed=True, withheld=True),
        Column("corrected_at", "moment", "when", needed=True),
        Column("reason", "text", "why", needed=True),
        Column(
            "statements",
            "texts",
            "the statements (`findings.id`) that it corrects as the report is read now; worked out when asked",
        ),
        Column(
            "later",
            "texts",
            "the later statements (`findings.id`) that a field with same: names, as their report is read now; worked "
            "out when asked",
        ),
        Column(
            "standing",
            "text",
            "standing; confirmed, where a person found right what was read; replaced by a later correction; "
            "withdrawn, where `new` is what was read, so that the reading stands again; lost, where nothing with these "
            "words is read any more; or overruled, where a polarity is not what the statement's list says; worked out "
            "when asked",
        ),
        LOAD,
    ),
)

LOADS = Table(
    "loads",
    "one file taken in; the row is written last and makes the file's other rows count",
    ("load",),
    (
        Column("load", "text", "the load's id", needed=True),
        Column("batch", "text", "the batch it was written in: one commit for one or more files", needed=True),
        Column("sha256", "text", "the SHA-256 of the file, in hexadecimal", needed=True),
        Column("file", "text", "the path as it was given; of a correction the word itself", needed=True),
        Column(
            "kind",
            "text",
            "report, refused, correction, or the kind of statistics that it was recognised as",
            needed=True,
        ),
        Column("title", "text", "what the file calls itself"),
        Column("bundled", "yes_no", "true for facts that came with the package", needed=True),
        Column("as_at", "day", "the day as at which the file was drawn up, where it says"),
        Column("reaches", "day", "the newest day its rows speak of; of two files with the same row the further counts"),
        Column("tables", "texts", "the tables that it has rows in"),
        Column("rows", "whole", "how many rows it brought", needed=True),
        Column("reader_version", "text", "the version of the reader or loader", needed=True),
        Column("loaded_at", "moment", "when it was taken in", needed=True),
        Column("problems", "texts", "what was odd or could not be placed; of a refused file, why"),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        REPORTS,
        JUDGEMENTS,
        FINDINGS,
        RESPONSIBILITIES,
        THEMES,
        ADDRESSEES,
        INSPECTIONS,
        MEASURES,
        OBSERVATIONS,
        NEIGHBOURS,
        COMPLAINTS,
        CORRECTIONS,
        LOADS,
    )
}
