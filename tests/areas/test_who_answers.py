"""Agencies, who inspects them, and who answers to whom: by place and day, as the law of the day has it."""

import datetime as dt

import pytest

from joinedup.areas import (
    FactsError,
    UnknownAgencyError,
    UnknownEditionError,
    UnknownPostError,
    agencies,
    answers_to,
    areas,
    chain,
    editions,
    get_agency,
    get_inspectorate,
    get_post,
    inspectorates,
    inspectorates_named_in,
    neighbours,
    posts,
)


def keys(things: object) -> list[str]:
    return [thing.key for thing in things]


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_ten_agencies() -> None:
    assert keys(agencies()) == [
        *("local_authority", "education", "health", "police", "probation"),
        *("youth_justice", "courts", "housing", "voluntary", "partnership"),
    ]


@pytest.mark.parametrize(
    ("agency", "day", "by"),
    [
        ("local_authority", "2024-01-01", ["ofsted"]),
        ("health", "2009-03-31", ["healthcare_commission"]),
        ("health", "2009-04-01", ["cqc"]),
        ("police", "2016-01-01", ["hmicfrs"]),
        ("voluntary", "2024-01-01", []),
        ("partnership", "2014-01-01", ["ofsted"]),
        ("partnership", "2024-01-01", ["ofsted", "cqc", "hmicfrs", "hmi_probation"]),
    ],
)
def test_who_inspects_an_agency(agency: str, day: str, by: list[str]) -> None:
    assert keys(get_agency(agency).inspectorates(on(day))) == by


@pytest.mark.parametrize(
    ("key", "day", "name"),
    [
        ("hmicfrs", "2017-07-18", "Her Majesty's Inspectorate of Constabulary"),
        ("hmicfrs", "2017-07-19", "Her Majesty's Inspectorate of Constabulary and Fire & Rescue Services"),
        ("hmicfrs", "2022-09-08", "His Majesty's Inspectorate of Constabulary and Fire & Rescue Services"),
        ("hmi_probation", "2022-09-07", "Her Majesty's Inspectorate of Probation"),
        ("audit_commission", "2020-01-01", "Audit Commission"),
        ("cqc", "2008-01-01", "Care Quality Commission"),
    ],
)
def test_an_inspectorates_name_on_a_day(key: str, day: str, name: str) -> None:
    assert get_inspectorate(key).name_on(on(day)).name == name


def test_inspectorates_that_there_were_on_a_day() -> None:
    assert "audit_commission" in keys(inspectorates(on("2015-03-31")))
    assert "audit_commission" not in keys(inspectorates(on("2015-04-01")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Care Quality Commission (CQC) and Ofsted", ["cqc", "ofsted"]),
        ("His Majesty’s \nInspectorate of Constabulary and Fire & Rescue Services (HMICFRS)", ["hmicfrs"]),
        ("HMI Constabulary (HMIC), HMI Probation (HMI Prob)", ["hmicfrs", "hmi_probation"]),
        ("Her Majesty's Inspector of Constabulary and Fire and Rescue Services", ["hmicfrs"]),
        ("HM Inspectorate of Prisons, HMCPSI and the Audit Commission", ["hmi_prisons", "hmcpsi", "audit_commission"]),
        ("Lead inspector: His Majesty’s Inspector", []),
    ],
)
def test_inspectorates_named_in_a_text(text: str, found: list[str]) -> None:
    assert keys(inspectorates_named_in(text)) == found


@pytest.mark.parametrize(
    ("area", "day", "post", "above"),
    [
        ("kent", "2012-11-21", "chief_constable", ["police_authority"]),
        ("kent", "2012-11-22", "chief_constable", ["police_and_crime_commissioner"]),
        ("manchester", "2017-05-07", "chief_constable", ["police_and_crime_commissioner"]),
        ("manchester", "2017-05-08", "chief_constable", ["mayor_of_greater_manchester"]),
        ("leeds", "2021-05-10", "chief_constable", ["mayor_of_west_yorkshire"]),
        ("barnsley", "2024-06-01", "chief_constable", ["mayor_of_south_yorkshire"]),
        ("york", "2024-06-01", "chief_constable", ["mayor_of_york_and_north_yorkshire"]),
        ("birmingham", "2024-06-01", "chief_constable", ["police_and_crime_commissioner"]),
        ("hackney", "2011-06-01", "commissioner_metropolitan", ["metropolitan_police_authority", "home_secretary"]),
        (
            "hackney",
            "2020-06-01",
            "commissioner_metropolitan",
            ["mayors_office_for_policing_and_crime", "home_secretary"],
        ),
        ("city-of-london", "2020-06-01", "commissioner_city_of_london", ["city_of_london_police_authority"]),
        ("leeds", "2012-06-01", "designated_nurse", ["pct_chief_executive"]),
        ("leeds", "2022-06-30", "designated_nurse", ["ccg_accountable_officer"]),
        ("leeds", "2022-07-01", "designated_nurse", ["icb_chief_executive"]),
        ("leeds", "2024-01-01", "icb_chief_executive", ["icb_board"]),
        ("leeds", "2017-03-31", "governor", ["national_offender_management_service"]),
        ("leeds", "2017-04-01", "governor", ["prison_and_probation_service"]),
        ("leeds", "2018-01-07", "nhs_england", ["secretary_of_state_for_health"]),
        ("leeds", "2018-01-08", "nhs_england", ["health_secretary"]),
        ("leeds", "2024-01-01", "director_of_childrens_services", ["chief_executive", "lead_member"]),
        ("ashmere", "2024-01-01", "chief_constable", ["police_and_crime_commissioner"]),
    ],
)
def test_whom_a_post_answers_to(area: str, day: str, post: str, above: list[str]) -> None:
    assert keys(answers_to(post, area, on(day))) == above


@pytest.mark.parametrize(
    ("agency", "area", "day", "held"),
    [
        ("police", "kent", "2024-01-01",
         ["chief_constable", "police_and_crime_commissioner", "police_and_crime_panel"]),
        ("police", "city-of-london", "2024-01-01", ["commissioner_city_of_london", "city_of_london_police_authority"]),
        ("probation", "kent", "2016-01-01",
         ["nps_divisional_director", "crc_chief_executive", "national_offender_management_service",
          "justice_secretary"]),
        ("probation", "kent", "2024-01-01",
         ["regional_probation_director", "prison_and_probation_service", "justice_secretary"]),
        ("partnership", "kent", "2013-03-31",
         ["lscb_chair", "community_safety_partnership", "public_protection_authority"]),
        ("partnership", "kent", "2013-04-01",
         ["lscb_chair", "community_safety_partnership", "health_and_wellbeing_board", "public_protection_authority"]),
        ("partnership", "kent", "2020-01-01",
         ["independent_scrutineer", "partnership_chair", "safeguarding_partners", "child_death_review_partners",
          "community_safety_partnership", "health_and_wellbeing_board", "public_protection_authority"]),
        ("local_authority", "kent", "2024-01-01",
         ["director_of_childrens_services", "director_of_adult_social_services", "chief_executive",
          "lead_member", "council_leader", "council"]),
    ],
)  # fmt: skip
def test_the_posts_of_an_agency_from_the_front_line_upwards(agency: str, area: str, day: str, held: list[str]) -> None:
    assert keys(posts(agency, area, on(day))) == held


def test_no_post_is_missed_where_the_agency_is_not_named() -> None:
    every = keys(posts(area="kent", on=on("2016-01-01")))
    assert {"chief_constable", "director_of_childrens_services", "ccg_accountable_officer"} <= set(every)


def test_a_trust_adds_its_posts_where_and_while_there_is_one() -> None:
    assert "trust_chief_executive" in keys(posts("local_authority", "bradford", on("2023-04-01")))
    assert "trust_chief_executive" not in keys(posts("local_authority", "bradford", on("2023-03-31")))
    assert "trust_chief_executive" in keys(posts("local_authority", "bradford"))
    assert "trust_chief_executive" not in keys(posts("local_authority", "kent"))


def test_a_countys_housing_posts_are_the_districts_and_a_unitarys_its_own() -> None:
    districts = ["district_director_of_housing", "district_chief_executive", "district_council"]
    before, after = (keys(posts("housing", "buckinghamshire", on(day))) for day in ("2020-03-31", "2020-04-01"))
    assert before[:3] == districts
    assert after[0] == "director_of_housing"
    assert not set(districts) & set(after)
    assert {*districts, "director_of_housing"} <= set(keys(posts("housing", "buckinghamshire")))
    assert "director_of_housing" not in keys(posts("housing", "norfolk"))
    assert not set(districts) & set(keys(posts("housing", "leeds")))


def test_without_a_day_every_post_that_ever_held_in_the_area() -> None:
    assert "police_and_crime_commissioner" not in keys(posts("police", "hackney"))
    assert {"police_and_crime_commissioner", "mayor_of_greater_manchester"} <= set(keys(posts("police", "manchester")))


@pytest.mark.parametrize("day", ["2010-06-01", "2013-06-01", "2016-06-01", "2019-06-01", "2022-08-01", "2026-06-01"])
def test_every_chain_ends_with_parliament_or_the_electorate(day: str) -> None:
    for area in areas(on(day), fictional=True):
        for agency in agencies():
            held = posts(agency.key, area, on(day))
            assert held, (area.slug, agency.key)
            for post in held:
                assert {"parliament", "electorate"} & set(keys(chain(post, area, on(day)))), (area.slug, post.key)


def test_whoever_a_national_post_answers_to_is_national_and_no_area_has_only_national_posts() -> None:
    national = {post.key for post in posts() if post.national}
    assert {
        "education_secretary",
        "health_secretary",
        "regional_director",
        "director_of_public_prosecutions",
    } <= national
    assert not {"director_of_childrens_services", "chief_constable", "regional_probation_director"} & national
    for post in posts():
        assert not post.national or set(post.answers_to) <= national, post.key
    for agency in agencies():
        assert not all(post.national for post in posts(agency.key, "kent", on("2026-06-01"))), agency.key


def test_every_post_says_where_its_facts_come_from() -> None:
    assert all(post.source for post in posts())
    assert all(post.answers_to or post.key in {"parliament", "electorate"} for post in posts())


def test_neighbours_are_ten_and_nearest_first() -> None:
    assert editions() == ("2021", "2025")
    near = neighbours("barnsley")
    assert [(area.slug, closeness) for area, closeness in near[:2]] == [
        ("rotherham", "Very close"),
        ("wakefield", "Very close"),
    ]
    for edition, day in (("2021", "2021-04-01"), ("2025", "2025-04-01")):
        for area in areas(on(day)):
            listed = [other.slug for other, _ in neighbours(area, edition)]
            assert len(set(listed)) == 10, (edition, area.slug)
            assert area.slug not in listed


def test_an_area_without_a_list_has_no_neighbours() -> None:
    assert neighbours("cumberland", "2021") == ()
    assert neighbours("ashmere") == ()


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(UnknownEditionError, match="2021, 2025"):
        neighbours("barnsley", "1999")
    with pytest.raises(UnknownAgencyError, match="local_authority, education"):
        get_agency("council")
    with pytest.raises(UnknownPostError, match="sheriff"):
        get_post("sheriff")
    assert issubclass(FactsError, Exception)
