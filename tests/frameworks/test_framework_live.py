"""What the live service goes by: which frameworks can be run, their phases, and what must be there before sign-off."""

import datetime as dt
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.areas import agencies, inspectorates
from joinedup.frameworks import (
    EVIDENCE_SOURCES,
    PHASES,
    EvidenceSource,
    Framework,
    FrameworkFileError,
    Phase,
    SufficiencyKind,
    UnknownFrameworkError,
    VisitKey,
    framework_for,
    frameworks,
    get_framework,
    load_file,
)

Spoil = Callable[..., Path]

RUNNABLE = [one for one in frameworks() if one.runnable]
VISITS = [(one, visit.key) for one in RUNNABLE for visit in one.visits if one.demands(visit.key)]


def named(value: object) -> str:
    return value.id if isinstance(value, Framework) else str(value)


def test_these_frameworks_can_be_run() -> None:
    assert {one.id for one in RUNNABLE} == {"multi-agency-2012", "jtai-2022", "ilacs-2026", "joined-up-1"}


@pytest.mark.parametrize(("one", "visit"), VISITS, ids=named)
def test_every_visit_that_can_be_run_has_its_phases_in_order_and_one_ends_before_the_next_begins(
    one: Framework, visit: VisitKey
) -> None:
    steps = one.phases(visit)
    keys = [step.key for step in steps]
    assert keys == [phase for phase in PHASES if phase in keys]
    assert {*PHASES} - {*keys} <= {"audit"}
    for anchor in {step.anchor for step in steps}:
        same = [step for step in steps if step.anchor == anchor and step.unit == "working_days"]
        for earlier, later in pairwise(same):
            assert (earlier.end if earlier.end is not None else earlier.start) < later.start or not later.start


@pytest.mark.parametrize("one", RUNNABLE, ids=named)
def test_a_phase_is_told_to_agencies_by_what_happens_without_remarks_on_earlier_inspections(one: Framework) -> None:
    titles = [step.title for step in one.timetable]
    assert [title for title in titles if re.search(r"\(|median|20\d\d", title)] == []


def test_a_phase_for_one_kind_of_visit_stands_in_place_of_the_one_for_all() -> None:
    ilacs = get_framework("ilacs-2026")
    published = {
        visit: next(s for s in ilacs.phases(visit) if s.key == "publication") for visit in ("short", "focused")
    }
    assert published["short"].visit is None
    assert published["focused"].visit == "focused"
    assert [step.key for step in ilacs.phases("focused")].count("publication") == 1


def test_fieldwork_lasts_as_many_working_days_as_the_sources_say() -> None:
    known: list[tuple[str, VisitKey, int]] = [
        ("ilacs-2026", "standard", 10),
        ("ilacs-2026", "short", 5),
        ("multi-agency-2012", "standard", 10),
        ("jtai-2022", "standard", 5),
        ("joined-up-1", "standard", 10),
    ]
    for id_, visit, days in known:
        step = next(s for s in get_framework(id_).phases(visit) if s.key == "fieldwork")
        assert step.end is not None
        assert step.end - step.start + 1 == days, id_


@pytest.mark.parametrize("one", RUNNABLE, ids=named)
def test_notified_fieldwork_begins_when_the_notice_runs_out(one: Framework) -> None:
    for visit in one.visits:
        step = next(s for s in one.phases(visit.key) if s.key == "fieldwork")
        if step.anchor == "notification":
            assert step.start == one.notice.working_days
        else:
            assert step.start == 0


def test_a_visit_that_gives_no_judgements_does_not_wait_for_any() -> None:
    ilacs = get_framework("ilacs-2026")
    whole = {rule.kind for rule in ilacs.demands("standard")}
    visit = {rule.kind for rule in ilacs.demands("focused")}
    assert whole - visit == {"narrative_given", "criteria_covered", "positions_agreed"}
    assert visit < whole


@pytest.mark.parametrize(("one", "visit"), VISITS, ids=named)
def test_where_several_agencies_are_inspected_every_finding_says_which_it_is_about(
    one: Framework, visit: VisitKey
) -> None:
    kinds = {rule.kind for rule in one.demands(visit)}
    assert ("finding_attributed" in kinds) == (len(one.agencies) > 1)


@pytest.mark.parametrize(("one", "visit"), VISITS, ids=named)
def test_in_every_inspection_findings_rest_on_evidence_and_improvements_have_somebody_who_answers(
    one: Framework, visit: VisitKey
) -> None:
    kinds = {rule.kind for rule in one.demands(visit)}
    assert kinds >= {
        "finding_evidence",
        "agency_assessed",
        "concern_improved",
        "improvement_accountable",
        "challenges_answered",
        "accuracy_answered",
    }


@pytest.mark.parametrize("one", RUNNABLE, ids=named)
def test_the_reason_shown_names_the_numbers_that_the_rule_applies(one: Framework) -> None:
    for rule in one.sufficiency:
        numbers = {n for n in (rule.pieces, rule.kinds, rule.amount) if n is not None}
        assert {int(figure) for figure in re.findall(r"\d+", rule.text)} == numbers
        assert rule.text.endswith(".")


def test_every_kind_of_evidence_and_every_phase_has_its_name_once() -> None:
    assert tuple(EVIDENCE_SOURCES) == get_args(EvidenceSource)
    assert len(set(EVIDENCE_SOURCES.values())) == len(EVIDENCE_SOURCES) == 7
    assert get_args(Phase) == PHASES
    assert len(get_args(SufficiencyKind)) == 14


def test_ours_looks_at_every_agency_that_there_is() -> None:
    ours = get_framework("joined-up-1")
    assert {agency.key for agency in ours.agencies} == {agency.key for agency in agencies()}
    assert {agency.scope for agency in ours.agencies} == {"always"}


def test_every_inspectorate_of_today_that_inspects_one_of_those_agencies_takes_part_in_ours() -> None:
    today = dt.date(2026, 4, 1)
    inspecting = {one.key for agency in agencies() for one in agency.inspectorates(today)}
    taking_part = {one.key for one in get_framework("joined-up-1").inspectorates}
    assert taking_part == inspecting
    assert taking_part <= {one.key for one in inspectorates(today)}
    assert get_framework("joined-up-1").lead.key == "ofsted"


def test_ours_speaks_in_narratives_under_the_four_headings_of_2012_and_gives_no_grade() -> None:
    ours, proposal = get_framework("joined-up-1"), get_framework("multi-agency-2012")
    assert [(one.key, one.title) for one in ours.judgements] == [(one.key, one.title) for one in proposal.judgements]
    assert not any(one.graded for one in ours.judgements)
    assert not ours.grades
    assert not ours.rules
    assert not ours.outcomes


def test_in_ours_people_from_other_areas_sit_beside_inspectors_and_nowhere_else() -> None:
    assert [one.id for one in frameworks() if one.sector_led] == ["joined-up-1"]


def test_ours_tracks_children_whom_the_agencies_audit_together_and_seeks_good_practice() -> None:
    ours = get_framework("joined-up-1")
    assert ours.children is not None
    assert ours.children.joint_audit
    amounts = {rule.kind: rule.amount for rule in ours.demands("standard")}
    assert amounts["children_tracked"] == ours.children.tracked
    assert amounts["good_practice_sought"] == 2


def test_one_joint_plan_follows_ours_within_seventy_working_days() -> None:
    (plan,) = (one for one in get_framework("joined-up-1").follow_up if one.kind == "plan")
    assert plan.by == "partnership"
    assert plan.within is not None
    assert (plan.within.amount, plan.within.unit, plan.within.anchor) == (70, "working_days", "report")


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_ours_is_never_taken_for_the_framework_of_a_published_report(day: dt.date) -> None:
    assert not get_framework("joined-up-1").covers(day)
    with pytest.raises(UnknownFrameworkError, match=r"joined-up-1 \(never"):
        framework_for("joined-up", day)


def test_what_is_ours_says_where_its_reason_stands() -> None:
    decisions = Path(__file__).resolve().parents[2] / "docs" / "decisions"
    for one in RUNNABLE:
        for source in one.sources:
            if source.confidence == "ours":
                number = re.search(r"docs/decisions/(\d{4})", source.title)
                assert number is not None, one.id
                assert list(decisions.glob(f"{number[1]}-*.md")), one.id


@pytest.mark.parametrize("one", RUNNABLE, ids=named)
def test_a_criterion_of_a_framework_that_can_be_run_belongs_to_a_judgement_where_there_are_several(
    one: Framework,
) -> None:
    if len(one.judgements) > 1:
        assert {criterion.judgement for criterion in one.criteria} == {judgement.key for judgement in one.judgements}


EVIDENCE = 'kind = "finding_evidence"'
PIECES = "pieces = 2\nkinds = 2"


@pytest.mark.parametrize(
    ("id_", "old", "new", "said"),
    [
        ("joined-up-1", EVIDENCE, 'kind = "finding_evidense"', "kind is 'finding_evidense'; it must be one of"),
        ("joined-up-1", PIECES, "pieces = 2", "is 'finding_evidence' and lacks 'kinds'; add it"),
        ("joined-up-1", PIECES, "kinds = 2", "is 'finding_evidence' and lacks 'pieces'; add it"),
        ("joined-up-1", PIECES, "pieces = 3\nkinds = 2", "does not name pieces (3); write the number as a figure"),
        ("joined-up-1", PIECES, "pieces = 0\nkinds = 2", "pieces is 0; it must be at least 1"),
        ("joined-up-1", PIECES, "pieces = 2\nkinds = 2\namount = 2", "amount means nothing for 'finding_evidence'"),
        (
            "joined-up-1",
            'at least 2 kinds of source."\npieces = 2\nkinds = 2',
            'at least 3 kinds of source."\npieces = 2\nkinds = 3',
            "kinds is 3, which 2 pieces cannot have; at most 2",
        ),
        ("joined-up-1", 'kind = "narrative_given"', 'kind = "agency_assessed"', "which stands above already"),
        ("joined-up-1", 'kind = "narrative_given"', 'kind = "grade_explained"', "has no graded judgements; remove"),
        ("joined-up-1", 'kind = "narrative_given"', 'kind = "combination_explained"', "has no [[rules]]; remove the"),
        ("ilacs-2026", 'kind = "accuracy_answered"', 'kind = "grade_explained"', "has no second agency; remove the"),
        ("joined-up-1", "tracked = 5", "tracked = 6", "amount is 5, but [children] tracks 6; make both the same"),
        ("joined-up-1", "tracked = 5", "tracked = 0", "children.tracked is 0; give at least 1"),
        ("joined-up-1", "sampled = 10", "sampled = -1", "children.sampled is -1; give at least 1"),
        ("ilacs-2026", 'visits = ["standard", "short"]\n\n', 'visits = ["long"]\n\n', "'long'; it must be one of"),
        ("jtai-2022", PIECES, PIECES + '\nvisits = ["short"]', "names 'short', which is not a visit"),
        ("joined-up-1", 'key = "moderation"', 'key = "challenge"', "has no 'moderation' for the visit 'standard'; add"),
        ("jtai-2022", 'key = "audit"', 'key = "review"', "has no 'audit' for the visit 'standard'; add it"),
        (
            "joined-up-1",
            "sector_led = true",
            'sector_led = "yes"',
            "team.sector_led is 'yes'; it must be true or false",
        ),
        ("joined-up-1", 'sources = ["lga_solace_2016", "ours"]', "sources = []", "team.sources is empty"),
        ("joined-up-1", 'status = "ours"', 'status = "ours"\nvalid_from = 2026-04-01', "is 'ours', so valid_from and"),
        ("joined-up-1", 'confidence = "ours"', 'confidence = "law"', "is 'law' and has no url; add it"),
    ],
)
def test_a_framework_that_could_not_be_run_as_it_says_is_refused(
    spoil: Spoil, id_: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(FrameworkFileError) as caught:
        load_file(spoil(id_, old, new))
    assert said in str(caught.value)


def test_rules_without_children_or_criteria_to_go_by_are_refused(tmp_path: Path) -> None:
    from joinedup.frameworks.files import FOLDER

    text = (FOLDER / "joined-up-1.toml").read_text(encoding="utf-8")
    for pattern, said in [
        (r"\[children\].*?\n\n", "has no [children]; remove the rule"),
        (r"\[\[criteria\]\].*?\n\n", "criteria is missing"),
        (r"\[\[judgements\]\].*?\n\n", "is not a judgement"),
    ]:
        path = tmp_path / "joined-up-1.toml"
        path.write_text(re.sub(pattern, "", text, flags=re.DOTALL), encoding="utf-8")
        with pytest.raises(FrameworkFileError, match=re.escape(said)):
            load_file(path)


HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "write-a-framework.md"


def test_the_example_in_the_how_to_can_be_run_and_its_slips_are_refused_as_the_page_says(tmp_path: Path) -> None:
    page = HOW_TO.read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    path = tmp_path / "early-help-1.toml"
    path.write_text(example, encoding="utf-8")
    assert load_file(path).runnable
    for old, new in [('key = "drafting"', 'key = "writing"'), ("pieces = 2", "pieces = 3")]:
        path.write_text(example.replace(old, new), encoding="utf-8")
        with pytest.raises(FrameworkFileError) as caught:
            load_file(path)
        assert str(caught.value) in page
