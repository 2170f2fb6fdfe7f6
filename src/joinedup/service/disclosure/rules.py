"""The rules of the look, by name: what each says to a person, and the function that says what it looks for."""

from __future__ import annotations

from joinedup.service.disclosure.contacts import emails, postcodes, telephones
from joinedup.service.disclosure.dates import births, exact_ages
from joinedup.service.disclosure.model import Rule
from joinedup.service.disclosure.names import listed_names
from joinedup.service.disclosure.numbers import nhs_numbers, pupil_numbers
from joinedup.service.disclosure.people import only_ones, small_numbers

IDENTIFIERS = (
    Rule(
        "nhs_number", "an NHS number",
        "It is one person's for life, and many people can look it up.", nhs_numbers,
    ),
    Rule(
        "upn", "a unique pupil number",
        "Schools and councils can look the pupil up by it.", pupil_numbers,
    ),
    Rule(
        "birth", "a date that could be a date of birth",
        "With the area, a date of birth is often enough to find one child.", births,
    ),
    Rule(
        "postcode", "a postcode",
        "A postcode is some fifteen homes.", postcodes,
    ),
    Rule(
        "telephone", "a telephone number",
        "It reaches a person, or can be looked up.", telephones,
    ),
    Rule(
        "email", "an e-mail address",
        "It reaches a person, and most often holds the name.", emails,
    ),
)  # fmt: skip
"""The rules for what identifies somebody by itself: looked for in everything that is written down."""

RULES = (
    *IDENTIFIERS,
    Rule(
        "listed_name", "a name on the list of names that must not appear",
        "It is on the list because it is a child's.", listed_names,
    ),
    Rule(
        "exact_age", "an age to the month or the day",
        "With the day of the report, the month of birth can be worked out.", exact_ages,
    ),
    Rule(
        "small_number", "a small number of children",
        "Somebody who knows the group could tell who is meant. Say “a few”, or leave the number out.",
        small_numbers, in_its_sentence=True,
    ),
    Rule(
        "only_one", "words that say there is only one such child",
        "Somebody who knows the school or the street could tell who is meant.", only_ones, in_its_sentence=True,
    ),
)  # fmt: skip
"""Every rule: looked for in what leaves the team."""
