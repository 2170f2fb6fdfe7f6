"""The words shown for an answer: a body's whole name as printed, and the body that the report is on. All invented."""

import pytest

from joinedup.attribution import Statement, attribute_report


@pytest.mark.parametrize(
    ("text", "agency", "words"),
    [
        ("The Kelder and Rowan Domestic Harm Board does not set targets.", "partnership",
         "Kelder and Rowan Domestic Harm Board"),
        ("The Safer Kelder Partnership does not know the extent of violence.", "partnership",
         "Safer Kelder Partnership"),
        ("Esk, Kelder and Rowan Foundation Trust does not train its staff.", "health",
         "Esk, Kelder and Rowan Foundation Trust"),
        ("Regular Kelder Harm Board meetings have not helped.", "partnership", "Kelder Harm Board"),
        ("However, Kelder Safeguarding Board does not set targets.", "partnership", "Kelder Safeguarding Board"),
        ("The work of the improvement board is too slow.", "partnership", "improvement board"),
        ("The work of the inspection board is too slow.", "partnership", "inspection board"),
        ("Leaders in health do not know how long children wait.", "health", "Leaders in health"),
        ("The police board of Kelder does not set targets.", "police", "police"),
    ],
)  # fmt: skip
def test_a_body_is_shown_by_its_whole_name_and_placed_by_it(judge, text, agency, words):
    answers = {one.agency: one for one in judge(text, kind="finding").agencies}
    one = answers[agency]
    assert (one.words, text[one.start : one.end]) == (words, words)


def test_what_is_only_called_the_board_is_shown_by_the_name_that_it_has_before(judge):
    text = "Good work is done by the Kelder Harm Board. The board has yet to set targets."
    (answer,) = judge(text, kind="finding").agencies
    assert (answer.agency, answer.words) == ("partnership", "Kelder Harm Board")
    assert text[answer.start : answer.end] == answer.words


def test_the_body_whose_whole_name_a_sentence_begins_with_is_shown_before_one_spoken_of_later(judge):
    text = "The Kelder and Rowan Violence Reduction Partnership has no plan. Partners know this."
    answers = {one.agency: one.words for one in judge(text, kind="finding").agencies}
    assert answers["partnership"] == "Kelder and Rowan Violence Reduction Partnership"


def test_letters_of_another_board_than_the_one_for_safeguarding_have_its_name_behind_them(judge):
    text = "The SKP does not challenge its members."
    (answer,) = judge(text, before=("The Safer Kelder Partnership (SKP) has met.",)).agencies
    assert answer.words == "SKP (Safer Kelder Partnership)"
    assert text[answer.start : answer.end] == "SKP"


def test_letters_of_a_service_of_health_have_its_name_behind_them_and_those_of_a_trust_have_not(judge):
    before = ("The Rowan Alcohol and Drugs Service (RADS) is new.", "The Kelder Vale NHS Trust (KVT) is new.")
    (answer,) = judge("RADS does not train its staff.", before=before).agencies
    assert (answer.agency, answer.words) == ("health", "RADS (Rowan Alcohol and Drugs Service)")
    (answer,) = judge("KVT does not train its staff.", before=before).agencies
    assert (answer.agency, answer.words) == ("health", "KVT")


@pytest.mark.parametrize(
    "unit",
    [
        "The Corporate Parenting Board meets often.",
        "Early help services are good.",
        "The fostering service recruits well.",
        "The Children in Care Council meets often.",
        "Other local authorities and another council were visited.",
    ],
)
def test_a_unit_of_the_council_or_a_council_of_children_is_never_shown_as_the_body_inspected(judge, unit):
    ask = "The quality of supervision."
    (answer,) = judge(ask, family="ilacs", before=(unit, "Since then Kelder and Rowan Council has grown.")).agencies
    assert (answer.words, answer.start, answer.rule) == ("Kelder and Rowan Council", None, "default")
    (answer,) = judge(ask, family="ilacs", before=(unit,), section="What needs to improve").agencies
    assert (answer.words, answer.rule) == ("What needs to improve", "default")


@pytest.mark.parametrize("other", ["other local authorities", "neighbouring councils", "a similar authority"])
def test_other_councils_are_never_shown_for_the_one_that_is_inspected(judge, other):
    text = f"Fewer wait here than in {other}. Social workers visit often."
    (answer,) = judge(text, family="ilacs", kind="finding").agencies
    assert answer.words == "Social workers"
    (answer,) = judge(f"Fewer wait here than in {other}.", family="ilacs", before=("Kelder Council grew.",)).agencies
    assert (answer.words, answer.rule) == ("Kelder Council", "default")


def test_an_addressees_organisation_is_a_name_of_the_council(judge):
    taught = (("Kelder Children’s Services", "local_authority"),)
    judged = judge(
        "The quality of supervision.", family="ilacs", before=("Kelder Children’s Services has grown.",),
        organisations=taught,
    )  # fmt: skip
    assert [one.words for one in judged.agencies] == ["Kelder Children’s Services"]


@pytest.mark.parametrize(
    "council", ["children in care council", "care council", "youth council", "School Council", "young carers’ council"]
)
def test_a_council_of_children_is_no_authority(judge, council):
    (answer,) = judge(f"The {council} is well supported.", family="sif", kind="finding").agencies
    assert answer.agency == "local_authority"
    assert answer.rule == "default" or "council" not in answer.words.lower()


@pytest.mark.parametrize(
    "text",
    ["The Safer Kelder Partnership meets.", "Sub-groups of the Safer Kelder Partnership meet.", "Partners meet."],
)
def test_in_a_joint_report_a_statement_that_names_nobody_is_not_given_another_boards_name(text):
    told = attribute_report(
        [
            Statement(text, kind="finding"),
            Statement("The consistency of curiosity.", kind="improvement", section="What needs to improve"),
        ],
        family="jtai",
    )[1]
    assert [(one.words, one.rule) for one in told.agencies] == [("What needs to improve", "default")]
