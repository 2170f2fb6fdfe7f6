"""The frameworks that the package carries: which there are, when each was in force, and what they hold."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from joinedup.areas import agencies, inspectorates
from joinedup.frameworks import (
    Framework,
    UnknownFrameworkError,
    families,
    framework_for,
    frameworks,
    get_framework,
    versions,
)
from joinedup.frameworks.checks import AGENCIES, INSPECTORATES
from joinedup.frameworks.files import framework_ids

EVERY = [
    "slac-2009", "cpi-2012", "multi-agency-2012", "tlac-2013", "sif-2013", "jtai-2016", "ilacs-2018", "jtai-2022",
    "area-send-2023", "ilacs-2023", "ilacs-2026", "joined-up-1",
]  # fmt: skip


def test_every_framework_is_there_in_the_order_in_which_it_began_and_ours_last() -> None:
    assert [one.id for one in frameworks()] == EVERY


def test_families_are_told_from_the_file_names() -> None:
    assert families() == ("area-send", "cpi", "ilacs", "joined-up", "jtai", "multi-agency", "sif", "slac", "tlac")
    assert [one.id for one in versions("ilacs")] == ["ilacs-2018", "ilacs-2023", "ilacs-2026"]


@pytest.mark.parametrize(
    ("family", "day", "id_"),
    [
        ("ilacs", dt.date(2018, 1, 29), "ilacs-2018"),
        ("ilacs", dt.date(2022, 12, 31), "ilacs-2018"),
        ("ilacs", dt.date(2023, 1, 1), "ilacs-2023"),
        ("ilacs", dt.date(2026, 3, 31), "ilacs-2023"),
        ("ilacs", dt.date(2026, 4, 1), "ilacs-2026"),
        ("ilacs", dt.date(2031, 1, 1), "ilacs-2026"),
        ("jtai", dt.date(2020, 2, 24), "jtai-2016"),
        ("jtai", dt.date(2022, 1, 10), "jtai-2022"),
        ("sif", dt.date(2018, 6, 11), "sif-2013"),
    ],
)
def test_an_inspection_belongs_to_the_version_of_its_first_day_of_fieldwork(
    family: str, day: dt.date, id_: str
) -> None:
    assert framework_for(family, day).id == id_


def test_no_version_answers_for_a_day_before_the_first_or_after_the_last() -> None:
    with pytest.raises(
        UnknownFrameworkError, match=r"no version of ilacs was in force on 2017-12-31; there are ilacs-2018"
    ):
        framework_for("ilacs", dt.date(2017, 12, 31))
    with pytest.raises(UnknownFrameworkError, match="no version of sif"):
        framework_for("sif", dt.date(2019, 1, 1))


def test_a_framework_that_was_only_proposed_never_answers_for_a_day() -> None:
    assert get_framework("multi-agency-2012").status == "proposed"
    with pytest.raises(UnknownFrameworkError, match=r"multi-agency-2012 \(never"):
        framework_for("multi-agency", dt.date(2013, 7, 1))


def test_a_slip_in_a_name_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownFrameworkError, match="did you mean ilacs"):
        get_framework("ilacs-2021")
    with pytest.raises(UnknownFrameworkError, match=r"no family of frameworks called 'ilac'; did you mean ilacs"):
        versions("ilac")
    with pytest.raises(UnknownFrameworkError, match="known: area-send"):
        versions("zzzz")


@pytest.mark.parametrize(
    ("id_", "keys"),
    [
        ("slac-2009", ["overall", "looked_after"]),
        ("cpi-2012", ["overall"]),
        ("tlac-2013", ["overall"]),
        (
            "sif-2013",
            ["overall", "help_and_protection", "looked_after", "adoption", "care_leavers", "leadership", "lscb"],
        ),
        ("ilacs-2018", ["overall", "leaders", "help_and_protection", "in_care"]),
        ("ilacs-2023", ["overall", "leaders", "help_and_protection", "in_care", "care_leavers"]),
        ("ilacs-2026", ["leaders", "help_and_protection", "in_care", "care_leavers"]),
        ("jtai-2016", []),
        ("jtai-2022", ["response"]),
        ("joined-up-1", ["overall", "help_and_protection", "quality_of_practice", "leadership"]),
        ("area-send-2023", []),
    ],
)
def test_judgements_bear_the_keys_of_the_contract(id_: str, keys: list[str]) -> None:
    assert [judgement.key for judgement in get_framework(id_).judgements] == keys


def test_the_sub_judgements_of_the_single_inspection_stand_under_looked_after() -> None:
    sif = get_framework("sif-2013")
    assert {j.key for j in sif.judgements if j.parent == "looked_after"} == {"adoption", "care_leavers"}


def test_counts_follow_the_start_for_ilacs_and_publication_elsewhere() -> None:
    by_start = {one.family for one in frameworks() if one.counted_by == "inspection_start"}
    assert by_start == {"ilacs"}


def test_area_send_has_three_outcomes_and_joint_inspections_no_grades() -> None:
    assert [outcome.key for outcome in get_framework("area-send-2023").outcomes] == [
        "positive",
        "inconsistent",
        "systemic",
    ]
    assert all(not one.grades for one in frameworks() if one.family in ("jtai", "area-send"))


def test_the_four_judgements_and_six_inspectorates_of_the_proposal_of_2012() -> None:
    proposal = get_framework("multi-agency-2012")
    assert len(proposal.judgements) == 4
    assert [one.key for one in proposal.inspectorates if one.role == "lead"] == ["ofsted"]
    assert len(proposal.inspectorates) == 6
    assert proposal.notice.working_days == 0


@pytest.mark.parametrize("one", frameworks(), ids=lambda one: one.id)
def test_what_is_only_remembered_says_so(one: Framework) -> None:
    remembered = {source.key for source in one.sources if source.confidence == "memory"}
    assert all("to be checked" in one.source(key).title for key in remembered)


def test_one_family_is_read_without_opening_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from joinedup.frameworks import files

    for id_ in ("sif-2013", "ilacs-2018"):
        (tmp_path / f"{id_}.toml").write_text("this is no TOML", encoding="utf-8")
    (tmp_path / "sif-2013.toml").write_bytes((files.FOLDER / "sif-2013.toml").read_bytes())
    assert [one.id for one in files.load_family("sif", tmp_path)] == ["sif-2013"]
    assert framework_ids(tmp_path) == {"ilacs": ("ilacs-2018",), "sif": ("sif-2013",)}


def test_reading_the_frameworks_does_not_import_pydantic() -> None:
    code = "import sys, joinedup.frameworks as f; f.frameworks(); sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_agencies_and_inspectorates_are_those_that_the_areas_know() -> None:
    assert set(AGENCIES) == {agency.key for agency in agencies()}
    assert set(INSPECTORATES) <= {inspectorate.key for inspectorate in inspectorates()}
