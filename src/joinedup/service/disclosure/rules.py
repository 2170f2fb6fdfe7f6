"""The rules of the look, by name: what each looks for, and what it says to a person."""

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
        "ten digits with a fitting check digit, or ten digits that are called an NHS number",
        "It is one person's for life, and many people can look it up.", nhs_numbers,
    ),
    Rule(
        "upn", "a unique pupil number",
        "a check letter and twelve digits, or eleven digits and a letter in a temporary number",
        "Schools and councils can look the pupil up by it.", pupil_numbers,
    ),
    Rule(
        "birth", "a date that could be a date of birth",
        "a date beside a word of birth, or one by which somebody is 1 to 25 today and that nothing explains",
        "With the area, a date of birth is often enough to find one child.", births,
    ),
    Rule(
        "postcode", "a postcode", "a whole postcode in one of the postal areas",
        "A postcode is some fifteen homes.", postcodes,
    ),
    Rule(
        "telephone", "a telephone number", "nine or ten digits after 0 or +44",
        "It reaches a person, or can be looked up.", telephones,
    ),
    Rule(
        "email", "an e-mail address", "an @ between a name and a domain, save an office's own at a public body",
        "It reaches a person, and most often holds the name.", emails,
    ),
)  # fmt: skip
"""The rules for what identifies somebody by itself: looked for in everything that is written down."""

RULES = (
    *IDENTIFIERS,
    Rule(
        "listed_name", "a name on the list of names that must not appear",
        "a part of a listed name, however it is written; two parts together are certain, one with a slip is a hint",
        "It is on the list because it is a child's.", listed_names,
    ),
    Rule(
        "exact_age", "an age to the month or the day", "an age in years and months, or in months, weeks or days",
        "With the day of the report, the month of birth can be worked out.", exact_ages,
    ),
    Rule(
        "small_number", "a small number of children", "one to four children, by themselves or of a group",
        "Somebody who knows the group could tell who is meant. Say “a few”, or leave the number out.",
        small_numbers, in_its_sentence=True,
    ),
    Rule(
        "only_one", "words that say there is only one such child", "“the only”, “the youngest” and such, of a child",
        "Somebody who knows the school or the street could tell who is meant.", only_ones, in_its_sentence=True,
    ),
)  # fmt: skip
"""Every rule: looked for in what leaves the team."""
