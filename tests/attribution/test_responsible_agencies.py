"""Whom a statement holds responsible: the one spoken of, not everybody mentioned. Every sentence here is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.attribution import AGENCIES, NO_NAMES, ReportTexts, Statement, attribute, attribute_reports


def agencies(judged):
    return {one.agency for one in judged.agencies}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The timeliness of the police response when children go missing.", {"police"}),
        ("Police officers do not always record what children tell them.", {"police"}),
        ("Midwives and health visitors do not routinely ask about domestic abuse.", {"health"}),
        ("How well social workers share what they know with the hospital.", {"local_authority"}),
        ("The youth offending team does not review its plans often enough.", {"youth_justice"}),
        ("The safeguarding children partnership does not evaluate the impact of its training.", {"partnership"}),
        ("Probation practitioners do not consistently check whether adults live with children.", {"probation"}),
        ("All agencies do not yet gather children's views consistently.", {"partnership"}),
    ],
)
def test_a_letter_holds_the_one_spoken_of_responsible(judge, text, expected):
    assert agencies(judge(text)) == expected


def test_two_bodies_named_alike_both_answer(judge):
    assert agencies(judge("The attendance of health and police professionals at meetings about children.")) == {
        "health",
        "police",
    }


def test_the_words_that_decided_stand_where_they_are_said_to(judge):
    text = "The timeliness of the police response when children go missing."
    (answer,) = judge(text).agencies
    assert (answer.words, answer.rule) == ("police", "named")
    assert text[answer.start : answer.end] == answer.words
    assert 0.5 < answer.confidence <= 1


def test_a_body_spoken_of_as_they_is_shown_by_its_name(judge):
    (answer,) = judge("In Kelder the police attend late. They rarely record what children say.").agencies
    assert (answer.agency, answer.words, answer.rule) == ("police", "police", "named")


def test_they_who_stand_for_other_councils_are_not_the_words_for_the_one_inspected(judge):
    text = "When other local authorities place children in Kelder, they tell nobody."
    (answer,) = judge(text, family="ilacs", section="Children in care").agencies
    assert (answer.agency, answer.words, answer.rule) == ("local_authority", "Children in care", "default")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Leaders listen well to foster carers.", "Leaders"),
        ("Senior managers know which plans for care leavers are late.", "Senior managers"),
        ("Since the last visit, most frontline staff have fewer caseloads to carry.", "frontline staff"),
        ("Ensure that managers check the work of social workers.", "managers"),
        ("Political and corporate leaders are ambitious for care leavers.", "Political and corporate leaders"),
        ("Staff are kind. Leaders know the social workers well.", "Staff"),
        ("Leaders know their services.", "Leaders"),
    ],
)
def test_a_councils_people_who_are_the_subject_are_the_words_that_are_shown(judge, text, words):
    (answer,) = judge(text, family="ilacs", section="Care leavers").agencies
    assert (answer.agency, answer.words, answer.rule) == ("local_authority", words, "named")
    assert text[answer.start : answer.end] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Staff turnover among social workers is high.", "social workers"),
        ("Plans are clear to managers and social workers.", "social workers"),
        ("They listen to foster carers.", "foster carers"),
        ("Professionals know the care leavers well.", "care leavers"),
        ("Meetings of political, strategic and operational leaders help foster carers.", "foster carers"),
    ],
)
def test_people_who_are_not_the_subject_or_may_be_anybodys_are_not_shown_for_a_council(judge, text, words):
    (answer,) = judge(text, family="ilacs").agencies
    assert (answer.agency, answer.words) == ("local_authority", words)


def test_who_stands_in_one_list_with_the_subject_is_shown_where_it_names_a_body_of_the_council(judge):
    (answer,) = judge("Senior leaders, managers and elected members are ambitious.", family="ilacs").agencies
    assert answer.words == "elected members"


def test_somebody_is_always_asked(judge):
    assert agencies(judge("Consistency."))


def test_a_local_name_is_learnt_from_its_first_mention(judge):
    taught = judge(
        "The KSCP does not evaluate the impact of its training.",
        before=("The Kelderby Safeguarding Children Partnership (KSCP) meets monthly.",),
    )
    assert {(one.agency, one.words) for one in taught.agencies} == {("partnership", "KSCP")}


def test_the_inspected_council_answers_in_a_report_on_it(judge):
    judged = judge("The quality of plans and the pace of planning.", family="ilacs")
    assert [(one.agency, one.rule) for one in judged.agencies] == [("local_authority", "default")]


def test_who_answers_by_default_is_shown_as_the_report_prints_it(judge):
    judged = judge("The quality of plans.", family="ilacs", before=("Since then Kelderby Council has made progress.",))
    assert [(one.words, one.start, one.rule) for one in judged.agencies] == [("Kelderby Council", None, "default")]


def test_a_heading_that_names_who_answers_is_what_decided(judge):
    heading = "The Local Safeguarding Children Board (LSCB)"
    judged = judge("Evaluate the impact of training.", family="sif", section=heading)
    assert [(one.words, one.rule) for one in judged.agencies] == [(heading, "default")]


def test_with_no_other_words_to_show_the_lists_title_is_shown(judge):
    judged = judge("The quality of plans.", family="ilacs", section="What needs to improve?")
    assert [one.words for one in judged.agencies] == ["What needs to improve?"]


def test_under_a_boards_heading_the_board_answers(judge):
    judged = judge(
        "Evaluate the impact of training.", family="sif", section="The Local Safeguarding Children Board (LSCB)"
    )
    assert agencies(judged) == {"partnership"}


def test_in_a_review_of_a_board_that_was_published_by_itself_the_board_answers():
    said = Statement("Evaluate the impact of training.", kind="improvement", section="Recommendations")
    alone, beside = attribute_reports([ReportTexts([said], "sif", on_board=True), ReportTexts([said], "sif")])
    assert agencies(alone[0]) == {"partnership"}
    assert agencies(beside[0]) == {"local_authority"}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Health visitors do not always attend meetings about children.", {"health"}),
        ("The police do not tell children's social care of domestic abuse quickly enough.", {"police"}),
        ("Partner agencies seldom attend strategy meetings, and social workers do not record why.", {"partnership"}),
        ("Thresholds are well understood by partners, and multi-agency working is strong.", {"partnership"}),
    ],
)
def test_another_body_of_which_a_report_on_a_council_speaks_answers_beside_it(judge, text, others):
    assert agencies(judge(text, family="ilacs", kind="finding")) == {"local_authority", *others}


def test_a_board_answers_for_what_it_does_under_any_heading(judge):
    text = "The LSCB has been slow to evaluate what its training achieves, and its business plan is weak."
    answers = judge(text, family="sif", kind="finding", section="Executive summary").agencies
    assert max(answers, key=lambda one: one.confidence).agency == "partnership"


def test_another_agency_only_mentioned_does_not_answer(judge):
    for text in (
        "Social workers do not always share their assessments with health visitors.",
        "The virtual school tracks children well, and schools value its advice.",
        "Managers do not always challenge schools about exclusions.",
    ):
        assert agencies(judge(text, family="ilacs", kind="finding")) == {"local_authority"}


def test_what_the_council_is_asked_for_stays_its_own(judge):
    text = "Ensure that health visitors are invited to meetings."
    assert "local_authority" in agencies(judge(text, family="sif"))


def test_the_reports_own_table_decides(judge):
    judged = judge(
        "Improve the timeliness of plans.",
        family="area-send",
        responsible=("Kelderby Metropolitan Borough Council", "NHS Kelder Valley Integrated Care Board"),
    )
    assert [(one.agency, one.rule) for one in judged.agencies] == [("local_authority", "table"), ("health", "table")]


def test_all_bodies_of_an_agency_that_the_table_names_are_its_words(judge):
    boards = ("NHS Kelder Valley Integrated Care Board", "NHS Kelder Moor Integrated Care Board")
    judged = judge("Improve the timeliness of plans.", family="area-send", responsible=(*boards, boards[0]))
    assert [(one.agency, one.words) for one in judged.agencies] == [("health", "; ".join(boards))]


@pytest.mark.parametrize("family", ["jtai", "area-send"])
def test_an_agency_that_a_statement_does_not_name_is_shown_by_its_place_and_not_by_some_word(judge, family):
    title = "What needs to improve"
    judged = judge("Young people wait too long for help.", family=family, section=title)
    assert [(one.words, one.start, one.rule) for one in judged.agencies] == [(title, None, "default")]


def test_in_area_send_the_partnership_answers_where_no_table_does(judge):
    assert agencies(judge("Improve the timeliness of plans.", family="area-send")) == {"partnership"}


def test_context_holds_nobody_to_anything(judge):
    text = "A good local authority leads effective services that help children."
    judged = judge(text, family="ilacs", kind="finding", section="What the inspection judgements mean")
    assert (judged.polarity.value, judged.agencies) == ("context", ())


@given(st.text(max_size=300), st.sampled_from(["jtai", "ilacs", "sif", "area-send", None]))
def test_any_text_is_judged_and_every_answer_is_whole(text, family):
    judged = attribute(Statement(text, kind="improvement"), family=family, names=NO_NAMES)
    assert {one.agency for one in judged.agencies} <= set(AGENCIES)
    assert len({one.agency for one in judged.agencies}) == len(judged.agencies) > 0
    for one in judged.agencies:
        assert 0 <= one.confidence <= 1
        assert one.words or not text
        assert one.start is None or text[one.start : one.end] == one.words
    for theme in judged.themes:
        assert text[theme.start : theme.end] == theme.words


def test_the_same_words_get_the_same_answer():
    statement = Statement("Schools and the police share information well with partners.", kind="strength")
    assert attribute(statement, family="jtai") == attribute(statement, family="jtai")


@pytest.mark.parametrize(
    ("text", "kind", "agencies"),
    [
        ("Social workers visit disabled children often.", "strength", ["local_authority"]),
        ("Educational psychologists give timely advice.", "strength", ["local_authority"]),
        ("Health visitors find needs early.", "strength", ["health"]),
        ("Therapists see young children promptly.", "strength", ["health"]),
        ("Schools do not identify needs early enough.", "finding", ["education"]),
        ("Families are helped early.", "strength", ["partnership"]),
        ("Leaders across the partnership do not know how well plans work.", "finding", ["partnership"]),
    ],
)
def test_in_area_send_the_agencies_are_told_apart_from_the_partnership(judge, text, kind, agencies):
    assert [one.agency for one in judge(text, family="area-send", kind=kind).agencies] == agencies


@pytest.mark.parametrize(
    "lead_in",
    [
        "Urgent action is required by the Kelder and Rowan NHS Foundation Trust to assure itself of its own practice:",
        "The Kelder and Rowan NHS Foundation Trust must act on:",
        "The Kelder and Rowan NHS Foundation Trust needs to improve:",
        "The Kelder and Rowan NHS Foundation Trust has to improve:",
    ],
)
@pytest.mark.parametrize(
    "text", ["The failure of senior leaders to have oversight of practice.", "The supervision that health staff have."]
)
def test_the_one_body_that_a_lists_introduction_asks_to_act_answers_for_its_points(judge, lead_in, text):
    (answer,) = judge(text, lead_in=lead_in).agencies
    assert (answer.agency, answer.words, answer.start) == ("health", "Kelder and Rowan NHS Foundation Trust", None)


def test_a_point_that_names_somebody_else_or_a_list_that_asks_several_is_left_to_the_words(judge):
    asked = "Action is required by the Kelder NHS Foundation Trust:"
    assert agencies(judge("The police do not attend meetings.", lead_in=asked)) == {"police"}
    several = "Action is required by the Kelder NHS Foundation Trust and the police:"
    told = judge("The police do not attend meetings.", lead_in=several)
    assert [one.rule for one in told.agencies] == ["named"]
    praised = "Inspectors spoke with the Kelder NHS Foundation Trust:"
    assert agencies(judge("The police do not attend meetings.", lead_in=praised)) == {"police"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In some CRC and NPS cases, plans do not protect children.", "CRC; NPS"),
        ("The NPS does not keep plans. The CRC does not share its own.", "NPS; CRC"),
        ("The National Probation Service (NPS) and the Community Rehabilitation Company (CRC) keep no plans.",
         "National Probation Service; Community Rehabilitation Company"),
        ("The CRC does not share its plans with the NPS.", "CRC"),
        ("Probation officers in Kelder do not visit. The NPS and the CRC know this.", "NPS; CRC"),
        ("In the NPS, plans are poor, and probation officers rarely visit.", "NPS"),
        ("Plans of the NPS and CRC are poor. CRC staff do not visit.", "CRC staff; NPS"),
    ],
)  # fmt: skip
def test_both_probation_services_are_told_where_a_statement_speaks_of_both(judge, text, words):
    (answer,) = judge(text, kind="finding").agencies
    assert (answer.agency, answer.words) == ("probation", words)
    assert text[answer.start : answer.end] == words.partition(";")[0]


@pytest.mark.parametrize("family", ["sif", "ilacs", "joined-up", "jtai", "area-send"])
@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The police should ensure that the council and its partners hear of every arrest of a child.", "police"),
        ("The council must, with the police and its partners, agree when a child is at risk", "local_authority"),
        ("Leaders in health should work with the council and the partnership to cut waits.", "health"),
    ],
)
def test_a_point_that_begins_with_the_one_body_asked_to_act_asks_nobody_else(judge, family, text, asked):
    assert agencies(judge(text, family=family)) == {asked}


def test_a_point_that_asks_two_bodies_or_says_more_afterwards_asks_no_body_alone(judge):
    two = "The police and the partnership should share what they know of children at risk."
    assert agencies(judge(two)) == {"police", "partnership"}
    more = "The police should share what they know. Health visitors do not attend meetings about children."
    assert agencies(judge(more)) == {"police", "health"}


def test_a_table_that_names_nobody_known_leaves_the_answer_to_the_words(judge):
    text = "Health visitors do not carry out every check."
    assert agencies(judge(text, family="area-send", responsible=("To be confirmed",))) == {"health"}
