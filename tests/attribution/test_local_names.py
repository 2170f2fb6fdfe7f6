"""Local names of bodies: learnt from a report's own first mentions and from its addressees. All are invented."""

import pytest

from joinedup.attribution import ReportTexts, Statement, attribute_report, attribute_reports
from joinedup.attribution.mentions import find_mentions
from joinedup.attribution.names import learn_names
from joinedup.attribution.words import cut


def mentions(text, *taught, organisations=()):
    words = cut(text)
    found = find_mentions(words, learn_names(taught, organisations).table)
    return [(words.between(one.first, one.last), one.agency) for one in found if one.tier != "practice"]


@pytest.mark.parametrize(
    ("sentence", "short", "agency"),
    [
        ("The Port Rowan Safeguarding Children Partnership (PRSCP) met.", "PRSCP", "partnership"),
        ("Staff of East Kelder NHS Trust (EKT) know this.", "EKT", "health"),
        ("The Brackenshire Early Support Team (BEST) visits.", "BEST", None),
        ("Brackenshire children's social care (BCSC) visits.", "BCSC", "local_authority"),
        ("An education, health and care plan (EHCP) is made.", "EHCP", None),
    ],
)
def test_an_abbreviation_is_learnt_where_its_name_tells_the_agency(sentence, short, agency):
    found = dict(mentions(f"Leaders say that {short} is new.", sentence))
    assert found.get(short) == agency


def test_without_a_first_mention_an_abbreviation_is_nobody():
    assert mentions("The EKT is new.") == []


def test_an_addressees_body_is_known_by_its_whole_name():
    taught = [("Rowan and Bracken Alliance", "health")]
    assert mentions("Rowan and Bracken Alliance has plans.", organisations=taught) == [
        ("Rowan and Bracken Alliance", "health")
    ]


def test_a_proper_name_is_one_mention_of_what_its_end_names():
    assert mentions("Kelder Partnership University NHS Foundation Trust has plans.") == [
        ("Partnership University NHS Foundation Trust", "health")
    ]


@pytest.mark.parametrize(
    "text",
    ["Children held in police stations.", "Children of school age.", "A violent partner.", "A housing need."],
)
def test_words_that_only_look_like_a_body_are_none(text):
    assert mentions(text) == []


def test_the_longest_name_wins():
    assert mentions("School nurses attend.") == [("School nurses", "health")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The Kelder Vale Police Youth Engagement Team visits.", ("Police Youth Engagement Team", "police")),
        ("The Multi-Agency Safeguarding Hub is new.", ("Multi-Agency Safeguarding Hub", "partnership")),
        ("The Early-Help Hub is new.", ("Early-Help Hub", "local_authority")),
    ],
)
def test_capitals_in_a_name_hide_nobody_in_it(text, named):
    assert mentions(text) == [named]


@pytest.mark.parametrize(
    "officers", ["Training officers", "Engagement officers", "Career officers", "Their chief executive officer"]
)
def test_officers_of_another_title_are_no_police(officers):
    assert [agency for _, agency in mentions(f"{officers} visited.")] == ["anyone"]


def test_a_bodys_letters_that_end_in_officers_are_no_police():
    taught = "Referral and screening officers (RSOs) look at each."
    assert ("RSOs", "police") not in mentions("The RSOs are quick.", taught)


@pytest.mark.parametrize(
    ("text", "on_councils", "in_letters"),
    [
        ("Officers know this.", "local_authority", "police"),
        ("The police seldom visit, and officers write little.", "police", "police"),
        ("Social workers and the police visit. Officers write little.", "police", "police"),
        ("The police tell social workers, and officers write little.", "local_authority", "police"),
        ("Councillors ask little of officers.", "local_authority", "local_authority"),
        ("The NPS keeps no plans, and officers write little.", "probation", "probation"),
        ("Schools seldom visit, and officers write little.", "local_authority", "police"),
        ("The police visit. It is late. So it goes. Officers write little.", "local_authority", "police"),
        ("Officers in the hospital write little.", "health", "health"),
    ],
)
def test_officers_are_of_the_body_with_officers_that_was_named_and_else_of_the_one_inspected(
    text, on_councils, in_letters
):
    words = cut(text)
    told = ("ilacs", on_councils), (None, on_councils), ("jtai", in_letters), ("joined-up", in_letters)
    for family, agency in told:
        found = find_mentions(words, learn_names((), (), family).table)
        assert [one.agency for one in found if "officer" in words.plain[one.first : one.last]] == [agency], family


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("The corporate parenting board meets. The board asks little.", "local_authority"),
        ("The youth justice management board meets. This board asks little.", "youth_justice"),
        ("The safeguarding partnership told the corporate parenting board. The board asks little.", "partnership"),
        ("The board asks little.", "partnership"),
    ],
)
def test_the_board_is_the_one_named_before_it(text, agency):
    assert mentions(text)[-1] == ("board", agency)


@pytest.mark.parametrize(
    "text",
    [
        "Children learn to build trust in adults.",
        "Young people in the armed forces write home.",
        "She went on to further education.",
        "The Health and Care Professions Council was told.",
        "The College of Policing has a guide.",
        "Immigration officers wrote.",
        "The fire and rescue service wrote.",
        "Not everybody will trust a stranger.",
        "Much rests on trust, and more on luck.",
        "Young people describe their health and their education.",
        "Children’s health is poor, and so is a young person’s education.",
        "Parents live with mental ill health.",
        "She is missing education.",
        "He went back into education.",
        "They were excluded, and then absent from school.",
        "Families live in supported housing.",
        "Workers advocate for families and are strong advocates.",
        "Carers come from independent fostering agencies.",
        "Young people who are in custody write home.",
        "They live outside the local authority and in a local authority area far away.",
        "Commissioned services help.",
        "The agency holds events for those who wait.",
    ],
)
def test_words_that_hold_a_bodys_name_by_chance_name_nobody(text):
    assert [one for one in mentions(text) if one[1] != "anyone"] == []


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("voluntary and community services", "voluntary"),
        ("homelessness prevention team", "housing"),
        ("agency decision-maker", "local_authority"),
        ("headteacher of the virtual school", "local_authority"),
        ("designated officer", "local_authority"),
        ("executive director", "local_authority"),
        ("executive director of nursing", "health"),
        ("strategic director of public health", "health"),
        ("CAMHs", "health"),
        ("CAHMS", "health"),
        ("alcohol and drugs service", "health"),
        ("health and well-being board", "partnership"),
        ("child death overview panel", "partnership"),
        ("multi-academy trust", "education"),
        ("hospital school", "education"),
        ("Prince’s Trust", "voluntary"),
        ("family drug and alcohol court", "courts"),
        ("agency staff", "local_authority"),
        ("senior probation officer", "probation"),
        ("environmental health officer", "local_authority"),
        ("youth offending officer", "youth_justice"),
        ("complex care nursing team", "health"),
        ("adult mental health trust", "health"),
        ("inclusion support service", "local_authority"),
        ("integrated youth support service", "local_authority"),
        ("EHC plan case worker", "local_authority"),
        ("paedophile online investigation team", "police"),
    ],
)
def test_the_words_of_the_field_name_their_agency(name, agency):
    assert mentions(f"Inspectors met the {name} twice.") == [(name, agency)]


@pytest.mark.parametrize(
    ("text", "on_councils", "in_letters"),
    [
        ("The trust does not train its staff.", "local_authority", "health"),
        ("Trust leaders do not train staff.", "local_authority", "health"),
        ("Kelder NHS Foundation Trust meets. The trust does not train its staff.", "health", "health"),
        ("Kelder Children’s Services Trust meets. The trust keeps no plans.", "local_authority", "local_authority"),
    ],
)
def test_the_trust_is_the_one_named_and_else_a_councils_where_a_council_is_inspected(text, on_councils, in_letters):
    words = cut(text)
    told = ("ilacs", on_councils), ("sif", on_councils), ("jtai", in_letters), ("joined-up", in_letters)
    for family, agency in told:
        found = find_mentions(words, learn_names((), (), family).table)
        assert [one.agency for one in found if "trust" in words.plain[one.first : one.last]][-1] == agency, family


def test_strategic_leaders_are_the_partnerships_but_in_reports_on_a_council_whosever_was_named():
    told = ("jtai", "partnership"), ("area-send", "partnership"), ("joined-up", "partnership"), ("ilacs", "anyone")
    for family, agency in told:
        table = learn_names((), (), family).table
        assert [one.agency for one in find_mentions(cut("Strategic leaders know this."), table)] == [agency]
        assert [one.agency for one in find_mentions(cut("Strategic leadership is weak."), table)] == [agency]


def test_the_agency_is_the_one_named_and_agencies_are_the_partnership():
    assert mentions("The regional adoption agency grew. The agency holds events.")[-1] == ("agency", "local_authority")
    assert mentions("The agencies hold events.") == [("agencies", "partnership")]
    assert mentions("Each agency holds events.") == [("agency", "partnership")]


def test_staff_belong_to_the_body_they_are_in():
    assert ("Staff", "health") in mentions("Staff in the emergency department know this.")
    assert mentions("Leaders in education know this.") == [("Leaders in education", "education")]
    assert mentions("Staff in schools know this.") == [("Staff in schools", "education")]


def test_they_stand_for_the_body_last_named():
    assert mentions("The police attend. They record this.")[-1] == ("They", "police")


def test_an_addressee_named_after_the_place_alone_makes_the_place_no_body():
    taught = [("Port Rowan", "local_authority"), ("Kelder Vale", "police")]
    assert mentions("Children in Port Rowan and Kelder Vale wait.", organisations=taught) == []


def test_an_addressees_own_words_go_before_the_post_of_whom_is_addressed():
    taught = [("Kelder Vale Police", "local_authority")]
    assert mentions("Kelder Vale Police attend.", organisations=taught) == [("Kelder Vale Police", "police")]


def test_initials_of_a_safeguarding_board_need_no_first_mention():
    assert mentions("The KSCB and the PRSCP meet.", "The KSCB and the PRSCP met.") == [
        ("KSCB", "partnership"),
        ("PRSCP", "partnership"),
    ]


def test_who_commissions_a_service_is_named_by_its_adjective():
    assert mentions("A police-commissioned helpline.") == [("police", "police")]


def test_reports_that_are_judged_together_teach_each_other_no_names():
    first = ReportTexts(
        [Statement("Staff of East Kelder NHS Trust (EKT) know this."), Statement("The EKT is slow.")], "jtai"
    )
    second = ReportTexts([Statement("The EKT is slow."), Statement("The police are slow.")], "jtai")
    third = ReportTexts([Statement("Social workers visit often, and the EKT does not.")], "ilacs")
    together = attribute_reports([first, second, third])
    assert together == [attribute_report(each.statements, family=each.family) for each in (first, second, third)]
    assert [one.agency for one in together[0][1].agencies] == ["health"]
    assert [one.agency for one in together[1][0].agencies] != ["health"]
