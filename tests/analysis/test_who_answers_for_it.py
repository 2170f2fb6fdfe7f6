"""From an improvement to the post that answers for it, to whom that post answers, and who the letter names for it."""

import datetime as dt

import pytest

import joinedup.analysis as ja
from joinedup.areas import agencies, areas, posts


def on(day):
    return dt.date.fromisoformat(day)


def answerers(agency, area, day, words=None, framework="jtai", text=None):
    decided, found = ja.answering(agency, area, on(day), words=words, framework=framework, text=text)
    return decided, [one.post.key for one in found]


def above(agency, area, day):
    _, (first, *_) = ja.answering(agency, area, on(day))
    return [post.key for post in first.answers_to], [post.key for post in first.chain]


@pytest.mark.parametrize(
    ("area", "day", "post", "answers_to", "then"),
    [
        ("kent", "2012-11-21", "chief_constable", ["police_authority"], "home_secretary"),
        ("kent", "2012-11-22", "chief_constable", ["police_and_crime_commissioner"], "police_and_crime_panel"),
        ("kent", "2024-01-01", "chief_constable", ["police_and_crime_commissioner"], "electorate"),
        ("salford", "2017-05-07", "chief_constable", ["police_and_crime_commissioner"], "police_and_crime_panel"),
        ("salford", "2017-05-08", "chief_constable", ["mayor_of_greater_manchester"], "police_and_crime_panel"),
        ("leeds", "2021-05-10", "chief_constable", ["mayor_of_west_yorkshire"], "electorate"),
        ("hackney", "2020-01-01", "commissioner_metropolitan",
         ["mayors_office_for_policing_and_crime", "home_secretary"], "london_assembly_police_and_crime_committee"),
    ],
)  # fmt: skip
def test_the_chief_of_police_answers_to_the_elected_commissioner_or_mayor_and_they_to_panel_and_electorate(
    area, day, post, answers_to, then
):
    assert answerers("police", area, day) == ("agency", [post])
    direct, chain = above("police", area, day)
    assert direct == answers_to
    assert then in chain


@pytest.mark.parametrize(
    ("words", "post"),
    [
        ("lead member", "lead_member"),
        ("cabinet member for children", "lead_member"),
        ("leader of the council", "council_leader"),
        ("Chief executive of the council", "chief_executive"),
        ("elected members", "council"),
        ("councillors", "council"),
        ("Political leaders", "council"),
        ("Elected leaders", "council"),
        ("overview and scrutiny committee", "council"),
        ("children’s scrutiny panel", "council"),
    ],
)
def test_leaders_and_members_of_the_council_answer_for_themselves(words, post):
    assert answerers("local_authority", "kent", "2024-01-01", words=words) == ("words", [post])


@pytest.mark.parametrize(
    ("agency", "words", "text", "held"),
    [
        ("local_authority", "elected members", "Reports to senior leaders and elected members are late.", {"council"}),
        ("local_authority", "elected members", "Ensure that elected members and managers know.", {"council"}),
        ("local_authority", "Elected members", "Elected members, officers and partners agree.", {"council"}),
        ("local_authority", "lead member", "The lead member and the DCS meet often.", {"lead_member"}),
        ("local_authority", "DCS", "The DCS and lead member meet often.", {"lead_member"}),
        ("health", "GPs", "There are no referrals from GPs and CAMHS.", {"nhs_trust_chief_executive"}),
        ("health", "CAMHS", "CAMHS or GPs refer them.", {"nhs_trust_chief_executive"}),
    ],
)
def test_who_is_listed_with_the_head_of_an_agency_or_its_people_answers_beside_the_head(agency, words, text, held):
    _, (head,) = answerers(agency, "kent", "2024-01-01")
    decided, found = answerers(agency, "kent", "2024-01-01", words=words, text=text)
    assert (decided, set(found)) == ("words", {head} | held)


def test_of_two_listed_by_name_both_answer():
    text = "Safeguarding practice within CAMHS and the school nursing service is not overseen."
    told = answerers("health", "kent", "2024-01-01", words="CAMHS", text=text)
    assert told == ("words", ["nhs_trust_chief_executive", "director_of_public_health"])


@pytest.mark.parametrize("words", ["midwives", "health visitors", "general practitioners"])
def test_a_list_is_read_to_both_ends(words):
    text = "Records are not shared between midwives, health visitors and general practitioners, nor kept."
    decided, found = answerers("health", "kent", "2024-01-01", words=words, text=text)
    posts = {"nhs_trust_chief_executive", "director_of_public_health", "icb_chief_executive"}
    assert (decided, set(found)) == ("words", posts)


@pytest.mark.parametrize("words", ["Political and corporate leaders", "senior and political leaders"])
def test_political_leaders_together_with_others_are_members_and_officers(words):
    assert answerers("local_authority", "kent", "2024-01-01", words=words) == (
        "words",
        ["director_of_childrens_services", "council"],
    )


@pytest.mark.parametrize("words", ["Leaders", "Senior leaders", "Corporate leaders", "Staff"])
def test_leaders_and_staff_of_a_council_are_the_directors(words):
    assert answerers("local_authority", "kent", "2024-01-01", words=words) == (
        "agency",
        ["director_of_childrens_services"],
    )


@pytest.mark.parametrize(
    ("agency", "words", "text"),
    [
        ("local_authority", "elected members", "Elected members hold senior leaders to account."),
        ("local_authority", "elected members", "Managers brief the elected members. Officers listen."),
        ("local_authority", "lead member", "The lead member and those in schools."),
        ("local_authority", "elected members", "Elected members and meetings between officers help."),
        ("local_authority", "elected members", "School leaders and elected members meet."),
        ("health", "Midwives", "Midwives and children in hospital meet."),
        ("health", "health services", "Some health services, mental health among them, are slow."),
        ("police", "police officers", "Police officers and the police and crime commissioner meet."),
    ],
)
def test_that_somebody_else_is_named_elsewhere_leaves_it_to_who_was_named(agency, words, text):
    alone = answerers(agency, "kent", "2024-01-01", words=words)
    assert answerers(agency, "kent", "2024-01-01", words=words, text=text) == alone


def test_of_several_bodies_that_a_table_names_everybody_answers():
    two = "NHS Kent and Medway Integrated Care Board; Kent Community Health NHS Foundation Trust"
    told = answerers("health", "kent", "2024-01-01", words=two, framework="area-send")
    assert told == ("words", ["icb_chief_executive", "nhs_trust_chief_executive"])
    boards = "NHS Kent and Medway Integrated Care Board; NHS Sussex Integrated Care Board"
    assert answerers("health", "kent", "2024-01-01", words=boards, framework="area-send")[1] == ["icb_chief_executive"]


@pytest.mark.parametrize("words", ["SEND Partnership", "Kent Partnership", "the SEND Improvement Board", "SEND board"])
def test_in_area_send_a_partnership_or_board_of_any_name_is_the_council_and_the_commissioner(words):
    _, found = answerers("partnership", "kent", "2024-01-01", words=words, framework="area-send")
    assert found == ["director_of_childrens_services", "icb_chief_executive"]


@pytest.mark.parametrize("words", ["the board", "its board", "each board", "both boards", "joint board"])
def test_a_board_without_a_name_of_its_own_is_the_safeguarding_partners(words):
    assert answerers("partnership", "kent", "2024-01-01", words=words) == answerers("partnership", "kent", "2024-01-01")


@pytest.mark.parametrize(
    "words",
    ["council leaders", "the leaders of the council", "senior leaders", "chief executive of the children's trust"],
)
def test_leaders_of_whom_the_words_do_not_tell_who_they_are_leave_it_to_the_director(words):
    told = answerers("local_authority", "kent", "2024-01-01", words=words)
    assert told == ("agency", ["director_of_childrens_services"])


@pytest.mark.parametrize(
    ("area", "day", "words", "post", "panel"),
    [
        ("kent", "2024-01-01", "police and crime commissioner", "police_and_crime_commissioner",
         "police_and_crime_panel"),
        ("kent", "2024-01-01", "Office of the Police, Fire and Crime Commissioner", "police_and_crime_commissioner",
         "police_and_crime_panel"),
        ("kent", "2024-01-01", "the OPCC", "police_and_crime_commissioner", "police_and_crime_panel"),
        ("salford", "2017-05-07", "PCC", "police_and_crime_commissioner", "police_and_crime_panel"),
        ("salford", "2017-05-08", "PCC", "mayor_of_greater_manchester", "police_and_crime_panel"),
        ("hackney", "2020-01-01", "MOPAC", "mayors_office_for_policing_and_crime",
         "london_assembly_police_and_crime_committee"),
    ],
)  # fmt: skip
def test_who_holds_the_police_to_account_answers_for_itself_to_panel_and_electorate_and_not_the_chief(
    area, day, words, post, panel
):
    decided, (one,) = ja.answering("police", area, on(day), words=words)
    assert (decided, one.post.key) == ("words", post)
    assert [above.key for above in one.answers_to] == [panel, "electorate"]


@pytest.mark.parametrize(
    ("day", "words", "post"),
    [
        ("2012-11-21", "police authority", "police_authority"),
        ("2024-01-01", "police and crime panel", "police_and_crime_panel"),
    ],
)
def test_nor_does_the_chief_of_police_answer_for_the_authority_before_or_the_panel_above_the_commissioner(
    day, words, post
):
    assert answerers("police", "kent", day, words) == ("words", [post])


@pytest.mark.parametrize(
    ("day", "post", "board"),
    [
        ("2012-06-01", "pct_chief_executive", "pct_board"),
        ("2013-04-01", "ccg_accountable_officer", "ccg_governing_body"),
        ("2022-06-30", "ccg_accountable_officer", "ccg_governing_body"),
        ("2022-07-01", "icb_chief_executive", "icb_board"),
    ],
)
def test_the_commissioner_of_health_answers_to_its_board(day, post, board):
    assert answerers("health", "leeds", day) == ("agency", [post])
    assert above("health", "leeds", day)[0] == [board]


def test_an_integrated_care_board_answers_to_nhs_england_and_it_to_parliament():
    assert above("health", "leeds", "2024-01-01")[1] == ["icb_board", "nhs_england", "health_secretary", "parliament"]


@pytest.mark.parametrize("area", ["kent", "derby", "hackney", "salford"])
def test_the_director_of_childrens_services_answers_to_chief_executive_and_lead_member_and_they_to_the_council(area):
    assert answerers("local_authority", area, "2024-01-01") == ("agency", ["director_of_childrens_services"])
    direct, chain = above("local_authority", area, "2024-01-01")
    assert direct == ["chief_executive", "lead_member"]
    assert chain[-2:] == ["council", "electorate"]


def test_where_a_trust_runs_the_services_its_head_answers_beside_the_director():
    both = ["director_of_childrens_services", "trust_chief_executive"]
    assert answerers("local_authority", "bradford", "2023-04-01")[1] == both
    assert answerers("local_authority", "bradford", "2023-03-31")[1] == both[:1]
    trust = ja.answering("local_authority", "bradford", on("2023-04-01"))[1][1]
    assert trust.bodies == (("trust-bradford-children-and-families-trust", "Bradford Children and Families Trust"),)


@pytest.mark.parametrize(
    ("day", "words", "decided", "held"),
    [
        ("2010-06-01", None, "agency", ["probation_trust_chief_executive"]),
        ("2016-06-01", None, "either", ["nps_divisional_director", "crc_chief_executive"]),
        ("2016-06-01", "the CRC", "words", ["crc_chief_executive"]),
        ("2016-06-01", "National Probation Service", "words", ["nps_divisional_director"]),
        ("2021-06-25", None, "either", ["nps_divisional_director", "crc_chief_executive"]),
        ("2021-06-26", None, "agency", ["regional_probation_director"]),
        ("2024-06-01", "the CRC", "agency", ["regional_probation_director"]),
    ],
)
def test_probation_was_two_services_until_2021_and_only_words_tell_which(day, words, decided, held):
    assert answerers("probation", "kent", day, words) == (decided, held)


@pytest.mark.parametrize(
    ("agency", "words", "post"),
    [
        ("health", "hospital staff", "nhs_trust_chief_executive"),
        ("health", "staff in the hospital", "nhs_trust_chief_executive"),
        ("health", "CAMHS", "nhs_trust_chief_executive"),
        ("health", "psychiatric unit", "nhs_trust_chief_executive"),
        ("health", "alcohol and drugs service", "director_of_public_health"),
        ("health", "recovery service", "director_of_public_health"),
        ("health", "new birth visits", "director_of_public_health"),
        ("health", "PCN", "icb_chief_executive"),
        ("health", "school nurses", "director_of_public_health"),
        ("health", "health visitors", "director_of_public_health"),
        ("health", "designated nurse", "designated_nurse"),
        ("health", "the ICB", "icb_chief_executive"),
        ("education", "schools", "school_leader"),
        ("education", "education", "education_director"),
        ("education", "school improvement service", "education_director"),
        ("education", "SENCO", "school_leader"),
        ("courts", "Cafcass", "cafcass_chief_executive"),
        ("courts", "Crown Prosecution Service", "chief_crown_prosecutor"),
        ("courts", "the secure estate", "governor"),
        ("youth_justice", "the youth justice management board", "youth_justice_board_chair"),
        ("housing", "social landlords", "housing_association_chief_executive"),
        ("partnership", "independent scrutiny", "independent_scrutineer"),
    ],
)
def test_the_words_that_hold_an_agency_responsible_tell_which_of_its_posts(agency, words, post):
    assert answerers(agency, "kent", "2024-01-01", words)[1] == [post]


@pytest.mark.parametrize("words", ["Healthy Child Programme", "antenatal contacts", "health visitors", "family nurse"])
def test_the_health_of_children_under_five_is_the_councils_to_commission_since_october_2015(words):
    assert answerers("health", "kent", "2015-09-30", words) == ("words", ["nhs_england"])
    assert answerers("health", "kent", "2015-10-01", words) == ("words", ["director_of_public_health"])
    assert answerers("health", "kent", "2012-10-01", words) == ("agency", ["pct_chief_executive"])


@pytest.mark.parametrize("words", ["Dentists", "dental practices", "the dental service"])
def test_dentists_were_nhs_englands_to_commission_until_integrated_care_boards(words):
    assert answerers("health", "kent", "2013-03-31", words) == ("agency", ["pct_chief_executive"])
    assert answerers("health", "kent", "2017-07-14", words) == ("words", ["nhs_england"])
    assert answerers("health", "kent", "2022-07-01", words) == ("agency", ["icb_chief_executive"])
    assert answerers("health", "kent", "2017-07-14", "dental checks") == ("agency", ["ccg_accountable_officer"])


@pytest.mark.parametrize(
    "words", ["CGL managers", "Change Grow Live", "Change, Grow, Live", "Turning Point", "Addaction"]
)
def test_who_treats_the_misuse_of_drugs_is_public_healths_by_whatever_name(words):
    assert answerers("health", "kent", "2018-01-15", words) == ("words", ["director_of_public_health"])


@pytest.mark.parametrize("words", ["adult social care", "adults’ services", "Staff in adult social care services"])
def test_for_adult_social_care_the_director_for_adults_answers_beside_the_director_for_children(words):
    two = ["director_of_childrens_services", "director_of_adult_social_services"]
    assert answerers("local_authority", "kent", "2024-01-01", words) == ("words", two)
    director = ja.answering("local_authority", "kent", on("2024-01-01"), words=words)[1][1]
    assert [above.key for above in director.answers_to] == ["chief_executive"]


@pytest.mark.parametrize("words", ["national crime agency", "CEOP", "British Transport Police"])
def test_no_post_of_an_area_answers_for_the_police_of_the_whole_country(words):
    assert answerers("police", "hackney", "2016-06-29", words) == ("words", [])


@pytest.mark.parametrize("words", ["CRC; NPS", "CRC/NPS", "the NPS and CRC"])
def test_both_probation_services_answer_where_the_words_name_both(words):
    _, found = answerers("probation", "kent", "2016-12-16", words)
    assert sorted(found) == ["crc_chief_executive", "nps_divisional_director"]


@pytest.mark.parametrize(
    "words",
    [
        "Cafcass",
        "CAFCASS",
        "Children and Family Court Advisory and Support Service",
        "Child & Family Courts Advisory Service",
        "children’s and families court\nadvisory and support service",
    ],
)
def test_cafcass_is_known_by_its_full_name_however_that_is_written(words):
    assert answerers("courts", "kent", "2018-01-01", words) == ("words", ["cafcass_chief_executive"])


@pytest.mark.parametrize("words", ["the court", "Courts", "family court", "the judiciary", "a judge", "magistrates"])
def test_no_post_answers_for_a_court_or_a_judge(words):
    assert answerers("courts", "kent", "2018-01-01", words) == ("words", [])


def test_where_the_words_name_neither_court_nor_service_any_of_the_three_may_be_meant():
    three = ["chief_crown_prosecutor", "cafcass_chief_executive", "governor"]
    assert answerers("courts", "kent", "2018-01-01", "leaders") == ("either", three)


@pytest.mark.parametrize(
    "words",
    [
        *("the trust", "hospital trusts", "NHS Foundation Trust", "ambulance service", "paramedics"),
        *("WBHFT", "the WBHFT", "WBHFT’s", "RWash", "XAS"),
    ],
)
def test_a_trust_is_the_trusts_to_answer_for_also_by_its_abbreviation(words):
    assert answerers("health", "kent", "2018-01-01", words) == ("words", ["nhs_trust_chief_executive"])


@pytest.mark.parametrize(
    "words",
    [
        *("CCG", "CCGs", "WCCG", "the CCG’s", "NHS", "NHSE", "WSCB", "GP", "GPs", "DCO", "SALT", "ADHD"),
        *("health", "Health", "GPs and WBHFT", "who"),
    ],
)
def test_commissioners_boards_roles_and_conditions_in_capitals_are_no_trust(words):
    assert answerers("health", "kent", "2018-01-01", words) == ("agency", ["ccg_accountable_officer"])


@pytest.mark.parametrize(
    ("area", "day", "post", "answers_to"),
    [
        ("norfolk", "2025-02-27", "district_director_of_housing", "district_chief_executive"),
        ("worcestershire", "2023-07-14", "district_director_of_housing", "district_chief_executive"),
        ("leeds", "2025-02-27", "director_of_housing", "chief_executive"),
        ("isle-of-wight", "2025-02-27", "director_of_housing", "chief_executive"),
        ("buckinghamshire", "2020-03-31", "district_director_of_housing", "district_chief_executive"),
        ("buckinghamshire", "2020-04-01", "director_of_housing", "chief_executive"),
    ],
)
def test_housing_is_the_districts_where_the_council_is_a_county(area, day, post, answers_to):
    assert answerers("housing", area, day, "housing services") == ("agency", [post])
    assert above("housing", area, day)[0] == [answers_to]


def test_what_the_words_name_must_have_been_there_then():
    assert answerers("health", "kent", "2012-06-01", "school nurses") == ("agency", ["pct_chief_executive"])


@pytest.mark.parametrize(
    ("day", "framework", "held"),
    [
        ("2015-01-01", "sif", ["lscb_chair"]),
        ("2018-09-01", "jtai", ["lscb_chair", "safeguarding_partners"]),
        ("2020-01-01", "jtai", ["safeguarding_partners"]),
        ("2024-01-01", "jtai", ["lead_safeguarding_partners"]),
        ("2024-01-01", "area-send", ["director_of_childrens_services", "icb_chief_executive"]),
    ],
)
def test_who_the_partnership_is_changed_with_the_law_and_is_another_for_special_needs(day, framework, held):
    assert answerers("partnership", "kent", day, framework=framework)[1] == held


@pytest.mark.parametrize(
    ("area", "day", "words", "post", "answers_to"),
    [
        ("kent", "2016-01-01", "Health and Wellbeing Board", "health_and_wellbeing_board", ["council"]),
        ("kent", "2016-01-01", "HWBs", "health_and_wellbeing_board", ["council"]),
        ("kent", "2016-01-01", "CSP", "community_safety_partnership",
         ["chief_executive", "chief_constable", "ccg_accountable_officer", "nps_divisional_director",
          "crc_chief_executive"]),
        ("hackney", "2024-01-01", "Safer Hackney Partnership", "community_safety_partnership",
         ["chief_executive", "commissioner_metropolitan", "icb_chief_executive", "regional_probation_director"]),
        ("kent", "2024-01-01", "KCSP", "community_safety_partnership",
         ["chief_executive", "chief_constable", "icb_chief_executive", "regional_probation_director"]),
        ("kent", "2024-01-01", "MAPPA", "public_protection_authority",
         ["chief_constable", "regional_probation_director", "justice_secretary"]),
    ],
)  # fmt: skip
def test_a_board_or_partnership_with_a_law_of_its_own_answers_and_not_the_head_of_safeguarding(
    area, day, words, post, answers_to
):
    decided, (one,) = ja.answering("partnership", area, on(day), words=words)
    assert (decided, one.post.key) == ("words", post)
    assert [above.key for above in one.answers_to] == answers_to


@pytest.mark.parametrize("words", ["hospital admissions", "admission to hospital", "admitted to hospital"])
def test_being_admitted_to_hospital_names_no_hospital_and_falls_to_the_commissioner(words):
    assert answerers("health", "kent", "2024-01-01", words) == ("agency", ["icb_chief_executive"])


@pytest.mark.parametrize(
    ("day", "decided", "held"),
    [
        ("2018-06-28", "words", ["lscb_chair"]),
        ("2018-06-29", "either", ["lscb_chair", "child_death_review_partners"]),
        ("2019-09-28", "either", ["lscb_chair", "child_death_review_partners"]),
        ("2019-09-29", "words", ["child_death_review_partners"]),
    ],
)
@pytest.mark.parametrize("words", ["Child Death Overview Panel", "the CDOP", "child death review partners"])
def test_childrens_deaths_were_the_boards_to_review_and_are_the_councils_and_the_commissioners(
    words, day, decided, held
):
    assert answerers("partnership", "kent", day, words) == (decided, held)


def test_the_child_death_review_partners_answer_to_the_heads_of_council_and_commissioner_and_not_the_police():
    for day, commissioner in (("2022-06-30", "ccg_accountable_officer"), ("2022-07-01", "icb_chief_executive")):
        _, (one,) = ja.answering("partnership", "kent", on(day), words="CDOP")
        assert [above.key for above in one.answers_to] == ["chief_executive", commissioner]


def test_a_health_and_wellbeing_board_is_the_councils_also_where_special_needs_are_inspected():
    held = answerers("partnership", "kent", "2024-01-01", "health and wellbeing board", "area-send")
    assert held == ("words", ["health_and_wellbeing_board"])


@pytest.mark.parametrize(
    "words",
    [
        *("MARAC", "multi-agency risk assessment conferences", "Violence Reduction Unit", "VRU", "the DSVB", "C&FB’s"),
        *("domestic abuse board", "early help board", "Children’s Trust Board", "strategic boards", "adults’ board"),
        *(
            "Family Justice Board",
            "Youth Crime Executive Board",
            "improvement board",
            "Domestic Abuse Partnership Board",
        ),
        *("Brightshire Together Partnership", "children and young people’s partnership"),
    ],
)
def test_no_post_answers_for_a_board_or_meeting_that_is_not_the_safeguarding_partners_nor_any_laws(words):
    assert answerers("partnership", "kent", "2016-01-01", words) == ("words", [])


@pytest.mark.parametrize(
    "words",
    [
        *("board", "the Board", "board chair", "boards", "local board", "multi-agency board", "executive board"),
        *("BSCB", "RBSCB", "KSB", "safeguarding board", "Safeguarding Partnership Board", "partnership", "agencies"),
        *("The Partnership", "Local Partnership", "Kent Safeguarding Children Partnership", "partnership working"),
        *("exploitation panel", "MASH"),
    ],
)
def test_the_safeguarding_board_and_what_it_brings_together_stay_its_chairs(words):
    assert answerers("partnership", "kent", "2016-01-01", words)[1] == ["lscb_chair"]


@pytest.mark.parametrize("day", ["2010-06-01", "2013-06-01", "2016-06-01", "2019-06-01", "2022-08-01", "2026-06-01"])
def test_somebody_answers_for_every_agency_everywhere_and_in_the_end_to_parliament_or_the_electorate(day):
    for area in areas(on(day), fictional=True):
        for agency in agencies():
            _, found = ja.answering(agency.key, area.slug, on(day))
            assert found, (area.slug, agency.key)
            for one in found:
                assert {"parliament", "electorate"} & {post.key for post in one.chain}, (area.slug, one.post.key)


def test_a_force_a_board_and_a_region_are_named_beside_their_head():
    of = {
        agency: [key for one in ja.answering(agency, "essex", on("2024-01-01"))[1] for key, _ in one.bodies]
        for agency in ("police", "health", "probation")
    }
    assert of["police"] == ["police-essex"]
    assert len(of["health"]) == 3  # three boards divide Essex
    assert of["probation"] == ["probation-east-of-england"]


def test_a_body_stands_beside_its_head_under_the_name_that_it_had_then():
    (then,), (now,) = (ja.answering("police", "hampshire", on(day))[1] for day in ("2016-12-01", "2024-01-01"))
    assert then.bodies == (("police-hampshire", "Hampshire Constabulary"),)
    assert now.bodies == (("police-hampshire", "Hampshire and Isle of Wight Constabulary"),)


def test_without_a_place_or_a_day_no_post_can_be_told():
    assert ja.answering("police", None, on("2024-01-01")) == ("agency", ())
    assert ja.answering("police", "kent", None) == ("agency", ())


# --- Whom the letter names

LETTER = "b" * 64


@pytest.fixture
def letter(make):
    def ask(area, published, *people, agency="police", words=None, start="2016-01-04", framework="jtai"):
        addressees = [
            make.addressee(LETTER, number, f"Person {number}", *person) for number, person in enumerate(people)
        ]
        record = make.record(
            reports=[make.report(area, framework, published=published, start=start, visit=None, sha=LETTER)],
            findings=[make.finding(LETTER, 0)],
            responsibilities=[make.responsibility(LETTER, 0, agency, words)],
            addressees=addressees,
        )
        ((demand,),) = [ja.accountability(record).demands]
        (held,) = demand.agencies
        return held

    return ask


@pytest.mark.parametrize(
    ("area", "published", "role", "organisation", "agency", "post", "standing"),
    [
        ("kent", "2018-08-03", "Chief Constable", "Kent Police", "police", "chief_constable", "holder"),
        ("kent", "2016-08-03", "Chief Constable", "Kent Police", "police", "chief_constable", "holder"),
        ("torbay", "2024-01-30", "Acting Chief Constable", "Devon and Cornwall Police", "police", "chief_constable",
         "acting"),
        ("hackney", "2020-01-01", "Commissioner", "Metropolitan Police Service", "police",
         "commissioner_metropolitan", "holder"),
        ("kent", "2024-01-30", "Director of Children’s Services", "Kent County Council", "local_authority",
         "director_of_childrens_services", "holder"),
        ("kent", "2024-01-30", "Deputy Chief Executive (People) & Statutory Director of Children’s Services", "Kent",
         "local_authority", "director_of_childrens_services", "holder"),
        ("kent", "2024-01-30", "Interim Chief Executive", "NHS Kent and Medway Integrated Care Board", "health",
         "icb_chief_executive", "acting"),
        ("kent", "2018-01-30", "Accountable Officer", "NHS Thanet CCG", "health", "ccg_accountable_officer", "holder"),
        ("kent", "2018-01-30", "CEO", "Kent, Surrey and Sussex Community Rehabilitation Company", "probation",
         "crc_chief_executive", "holder"),
        ("kent", "2018-01-30", "Deputy Director", "National Probation Service", "probation",
         "nps_divisional_director", "holder"),
        ("kent", "2024-01-30", "Manager", "Kent Youth Justice Service", "youth_justice", "head_of_youth_justice",
         "holder"),
        ("kent", "2016-01-30", "Independent Chair", "Kent Safeguarding Children Board", "partnership", "lscb_chair",
         "holder"),
        ("kent", "2016-01-30", "Chief Executive", "Children and Family Court Advisory and Support Service", "courts",
         "cafcass_chief_executive", "holder"),
    ],
)  # fmt: skip
def test_the_person_whom_the_letter_names_for_the_post_stands_beside_it(
    letter, area, published, role, organisation, agency, post, standing
):
    held = letter(area, published, (role, organisation, None), agency=agency)
    people = [person for one in held.posts for person in held.holders(one.post.key)]

    assert [(person.name, person.post, person.standing) for person in people] == [("Person 0", post, standing)]


def test_who_chairs_a_board_is_no_deputy_of_it_by_another_title(letter):
    person = ("Assistant Director, Early Help", "Chair of the Youth Offending Service Strategic Board", "youth_justice")
    (told,) = letter("kent", "2017-07-14", person, agency="youth_justice").named

    assert (told.post, told.standing) == ("youth_justice_board_chair", "holder")


def test_a_director_of_adult_services_holds_that_post_and_one_of_both_the_childrens(letter):
    people = (("Director of Adult Social Services", "Kent County Council", "local_authority"),
              ("Director of Children’s and Adults’ Services", "Kent County Council", "local_authority"))  # fmt: skip
    told = letter("kent", "2017-07-14", *people, agency="local_authority").named

    assert [one.post for one in told] == ["director_of_adult_social_services", "director_of_childrens_services"]


@pytest.mark.parametrize(
    ("area", "published", "role", "post"),
    [
        ("hackney", "2020-01-01", "Deputy Mayor for Policing and Crime", "mayors_office_for_policing_and_crime"),
        ("salford", "2023-01-01", "Greater Manchester Deputy Mayor", "mayor_of_greater_manchester"),
        ("leeds", "2022-08-18", "Deputy Mayor for Police and Crime", "mayor_of_west_yorkshire"),
    ],
)
def test_a_deputy_mayor_is_told_as_the_mayors_deputy(letter, area, published, role, post):
    (person,) = letter(area, published, (role, None, "police")).named

    assert (person.post, person.standing) == (post, "deputy")


def test_who_oversees_the_police_is_named_with_the_agency_but_not_as_its_head(letter):
    held = letter("kent", "2018-08-03", ("Kent Police and Crime Commissioner", None, "police"))

    assert [person.post for person in held.named] == ["police_and_crime_commissioner"]
    assert held.holders("chief_constable") == ()
    assert [post.key for post in held.posts[0].answers_to] == ["police_and_crime_commissioner"]


def test_a_role_of_the_agency_without_the_post_is_named_without_it(letter):
    held = letter("kent", "2024-01-30", ("Chief Nurse", "NHS Kent and Medway ICB", "health"), agency="health")

    assert [(person.role, person.post) for person in held.named] == [("Chief Nurse", None)]


def test_a_post_that_ended_between_fieldwork_and_letter_is_told_as_it_was_and_its_successor_answers(letter):
    officer = ("Accountable Officer", "NHS Barnsley Clinical Commissioning Group", "health")
    held = letter("barnsley", "2022-07-18", officer, agency="health", start="2022-05-23")

    assert [one.post.key for one in held.posts] == ["icb_chief_executive"]
    assert [person.post for person in held.named] == ["ccg_accountable_officer"]
    assert held.holders("icb_chief_executive") == ()


@pytest.mark.parametrize(
    ("framework", "post"), [("area-send", "icb_chief_executive"), ("jtai", "nhs_trust_chief_executive")]
)
def test_a_chief_executive_of_health_whom_an_area_send_report_names_is_the_boards(letter, framework, post):
    """Its table has a column for the board; some boards stand in it as "NHS Sussex"."""
    chief = ("Chief Executive", "NHS Kent and Medway", "health")
    (told,) = letter("kent", "2024-01-30", chief, agency="health", framework=framework).named

    assert told.post == post


def test_the_role_tells_the_agency_where_the_reader_took_another(letter):
    nurse = ("Designated Nurse", "Safeguarding Children for NHS Cambridgeshire CCG", "partnership")
    held = letter("kent", "2018-01-30", nurse, agency="health", words="designated nurse")

    assert held.decided == "words"
    assert [person.post for person in held.holders("designated_nurse")] == ["designated_nurse"]


def test_every_post_of_the_table_is_one_that_there_is_and_of_the_agency_it_answers_for():
    from joinedup.analysis.accountability_posts import _tables

    of = {post.key: post.agency for post in posts()}
    send = ("director_of_childrens_services", "ccg_accountable_officer", "icb_chief_executive")
    for entry in _tables().answers:
        for post in (*entry.posts, *(post for words in entry.words for post in words.posts)):
            assert of[post] == entry.agency or (entry.framework == "area-send" and post in send), post
    for role in _tables().roles:
        assert {of[post] for post in role.posts} <= {role.agency}


def test_the_document_tells_the_whole_thread(letter):
    held = letter("salford", "2024-01-30", ("Chief Constable", "Greater Manchester Police", "police")).to_json()

    (post,) = held["posts"]
    assert (held["agency"], held["decided"], post["title"]) == ("police", "agency", "Chief constable")
    assert post["bodies"] == [{"body": "police-greater-manchester", "name": "Greater Manchester Police"}]
    assert [one["name"] for one in post["people"]] == ["Person 0"]
    assert [one["title"] for one in post["answers_to"]] == ["Mayor of Greater Manchester"]
    assert [one["post"] for one in post["chain"]][-1] == "electorate"


def test_the_post_that_a_report_of_ours_prints_behind_the_agency_answers_and_not_the_agencys_head() -> None:
    day = dt.date(2026, 12, 1)
    printed = "Safeguarding partnership; Independent scrutineer"
    decided, found = ja.answering("partnership", "kelderby", day, words=printed)
    assert decided == "words"
    assert [one.post.title for one in found] == ["Independent scrutineer"]
    assert ja.answering("partnership", "kelderby", day)[1] != found
