"""The taxonomy of themes: read strictly, written into the documents, and the words that may name them."""

import re
from pathlib import Path

import pytest

from joinedup.attribution import (
    AttributionDataError,
    UnknownThemeError,
    find_theme,
    get_theme,
    theme_title,
    themes,
)
from joinedup.attribution.reference import page
from joinedup.attribution.themes import named, read_theme, start_of
from joinedup.attribution.words import cut
from joinedup.errors import NotFoundError

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "themes.md"
ENTRY = {"title": "A", "description": "B", "source": "C", "patterns": ["alpha"]}


def keys(text):
    return {themes()[number].key for number, _ in named(cut(text))}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Children at risk of sexual exploitation are seen.", "child_sexual_exploitation"),
        ("Neglected children wait.", "neglect"),
        ("Domestic violence is understood.", "domestic_abuse"),
        ("Return home interviews are late.", "missing_children"),
        ("Thresholds are applied well.", "front_door"),
        ("Strategy meetings are timely.", "strategy_discussions"),
        ("Early help is good.", "early_help"),
        ("Supervision is regular.", "supervision"),
        ("Caseloads are high.", "workforce"),
        ("Adopters are prepared.", "permanence_and_adoption"),
        ("Children’s voices are heard.", "childs_voice"),
        ("EHC plans are late.", "send"),
        ("The youth justice service visits.", "youth_justice"),
        ("Elective home education is monitored.", "missing_education"),
    ],
)
def test_a_theme_is_named_by_its_words(text, key):
    assert key in keys(text)


def test_letters_that_are_a_word_too_name_their_theme_in_capitals_alone():
    assert "send" in keys("Children with SEND wait.")
    assert "send" not in keys("The police send a form. Send it.")


def test_words_that_name_a_theme_are_told_with_their_place():
    text = "Neglect and domestic abuse are not always recognised."
    found = {themes()[number].key: span for number, span in named(cut(text))}
    assert {"neglect", "domestic_abuse"} <= set(found)
    start, end = found["domestic_abuse"]
    assert text[start:end] == "domestic abuse"


def test_a_word_within_a_word_names_nothing():
    assert keys("A sendoff.") == set()


def test_the_themes_that_were_asked_for_are_there():
    asked = (
        "child_sexual_exploitation neglect domestic_abuse missing_children front_door strategy_discussions early_help "
        "assessment_and_planning supervision workforce placement_sufficiency permanence_and_adoption care_leavers "
        "corporate_parenting health_of_children_in_care education_of_children_in_care information_sharing childs_voice "
        "quality_assurance governance_and_partnership youth_justice send"
    )
    assert set(asked.split()) <= {theme.key for theme in themes()}


@pytest.mark.parametrize(
    "entry",
    [
        {**ENTRY, "extra": "x"},
        {name: value for name, value in ENTRY.items() if name != "source"},
        {**ENTRY, "title": ""},
        {**ENTRY, "patterns": []},
        {**ENTRY, "patterns": "alpha"},
        {**ENTRY, "patterns": ["(alpha|beta)"]},
        {**ENTRY, "patterns": ["alpha|beta"]},
        {**ENTRY, "patterns": ["alpha("]},
        {**ENTRY, "patterns": [7]},
    ],
)
def test_an_entry_that_is_not_as_it_must_be_is_refused(entry):
    with pytest.raises(AttributionDataError, match="alpha_theme"):
        read_theme("alpha_theme", entry)


def test_a_key_is_a_key():
    with pytest.raises(AttributionDataError, match="no key"):
        read_theme("Alpha Theme", ENTRY)
    with pytest.raises(AttributionDataError, match="no theme"):
        get_theme("alpha")


@pytest.mark.parametrize(
    ("pattern", "start"),
    [
        ("alpha", "alpha"),
        ("alphas?", "alpha"),
        ("alpha( beta|s)", "alpha"),
        ("a|b", ""),
        ("(a)", ""),
        ("al-?pha", "al"),
    ],
)
def test_the_letters_a_pattern_begins_with(pattern, start):
    assert start_of(pattern) == start


def test_every_pattern_matches_only_what_begins_as_it_is_looked_up():
    for theme in themes():
        for pattern in theme.patterns:
            assert re.match(re.escape(start_of(pattern.pattern)), pattern.pattern)


def test_the_page_is_what_the_taxonomy_says():
    assert DOCS.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.key)
def test_every_theme_is_found_by_its_key_and_title_however_they_are_typed(theme):
    for name in (theme.key, theme.title):
        spaced = name.replace("_", " ").replace("-", " ")
        for typed in (name, name.upper(), f"  {name} ", spaced, spaced.replace(" ", "-"), spaced.replace(" ", "_")):
            assert find_theme(typed) is theme
    assert theme_title(theme.key) == theme.title


def test_no_two_themes_have_one_name():
    names = [name.casefold().replace("_", " ") for theme in themes() for name in {theme.key, theme.title.lower()}]
    assert len({find_theme(name).key for name in names}) == len(themes())


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("missing", ("Missing children", "Attendance, exclusion and education out of school")),
        ("negelct", ("Neglect",)),
        ("lived experience", ("The child's voice and lived experience",)),
        ("", ()),
        ("!?", ()),
        ("nonsense", ()),
    ],
)
def test_one_that_there_is_none_of_is_told_with_what_is_near(asked, near):
    with pytest.raises(UnknownThemeError) as told:
        find_theme(asked)
    assert told.value.near == near
    assert isinstance(told.value, NotFoundError)
    for name in near or [theme.key for theme in themes()]:
        assert name in str(told.value)


def test_a_key_that_the_taxonomy_no_longer_has_is_shown_in_words():
    assert theme_title("lamps_and_oil") == "Lamps and oil"
