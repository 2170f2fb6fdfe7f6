"""What an inspection says, published as PDF and read back, is the same: fields, judgements, items, numbers, agencies.

Two hundred inspections are drawn, under each framework that can be inspected under, with texts that are hard to print:
long words, hyphens at every kind of place, curly quotes, dashes, ampersands, accents, labels and numbers that look like
the form's own, paragraphs parted by empty lines.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from joinedup.areas import agencies, get_agency, get_inspectorate
from joinedup.documents.inspection import (
    About,
    ContributionGiven,
    Correction,
    FindingGiven,
    GoodPractice,
    ImprovementAsked,
    InspectionReport,
    JudgementGiven,
    Plan,
    example_report,
    published_report,
    to_pdf,
)
from joinedup.frameworks import framework_for, get_framework
from joinedup.reading import Report, read_bytes, to_json
from joinedup.reading.own_form import paragraphs, plain_words
from joinedup.record.attributed import attribute, items_of

FRAMEWORKS = ("jtai-2022", "ilacs-2026", "multi-agency-2012", "joined-up-1")
AREAS = ("kelderby", "ashmere", "brackenshire", "port-rowan", "barnsley", "dorset", "durham", "windsor-and-maidenhead")
AGENCIES = tuple(each.key for each in agencies())
HARD = (
    "multi-agency", "short- and long-term", "and/or", "“the last to know”", "it’s", "O’Hara-Smith", "A&E", "R&D", "–",
    "—", "2024–25", "£1,200", "50%", "(CAMHS)", "e.g.", "12", "3.", "Grade", "Agencies", "Finding F1", "Due", "Élodie",
    "Łukasz", "Ŵyn", "co-ordinated,", "Kelderby & Vale NHS Trust", "Responsible", "-", "…", "•", "'quoted'", '"so"',
    "well-being-led-multi-disciplinary-and-trauma-informed", "https://www.example.org/a-very/long-address/of?page=1&x=y",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2, "<b>", "#let", "*x*", "_y_", "$z$", "\\", "@ref",
)  # fmt: skip

plain = st.text(st.sampled_from("abcdefghijklmnoprstuvwy"), min_size=1, max_size=14)
word = st.one_of(plain, plain, plain, st.sampled_from(HARD))
sentence = st.lists(word, min_size=1, max_size=45).map(" ".join)
text = st.lists(sentence, min_size=1, max_size=3).map("\n\n".join)
line = st.lists(word, min_size=1, max_size=9).map(" ".join)
keys = st.lists(st.sampled_from(AGENCIES), min_size=1, max_size=4, unique=True)
day = st.dates(dt.date(2026, 4, 20), dt.date(2031, 12, 31))


@st.composite
def abouts(draw: st.DrawFn) -> About:
    rules = get_framework(draw(st.sampled_from(FRAMEWORKS)))
    others = [each.key for each in rules.inspectorates if each.role == "member"]
    start = draw(day)
    return About(
        framework=rules.id,
        area=draw(st.sampled_from(AREAS)),
        reference=draw(st.from_regex(r"[A-Z]{3}-20[0-9]{2}-[0-9]{1,3}", fullmatch=True)),
        start=start,
        end=start + dt.timedelta(days=draw(st.integers(0, 30))),
        lead=rules.lead.key,
        visit=draw(st.sampled_from([each.key for each in rules.visits])),
        others=tuple(draw(st.lists(st.sampled_from(others), unique=True))) if others else (),
        lead_inspector=draw(st.none() | line),
        theme=draw(st.none() | line),
        fictional=True,
    )


@st.composite
def reports(draw: st.DrawFn, most: int = 6) -> InspectionReport:
    about = draw(abouts())
    rules = about.rules
    grade = st.sampled_from([each.key for each in rules.grades]) if rules.grades else st.none()
    criteria = st.sampled_from([each.key for each in rules.criteria])
    findings = tuple(
        FindingGiven(
            number,
            draw(st.sampled_from(("praise", "concern"))),
            draw(criteria),
            draw(text),
            tuple((key, draw(st.just("") | sentence)) for key in draw(keys)),
            draw(st.booleans()),
            draw(st.just("") | sentence),
        )
        for number in draw(st.lists(st.integers(1, 300), max_size=most, unique=True))
    )
    numbers = [each.number for each in findings]
    improvements = tuple(
        ImprovementAsked(
            number,
            draw(text),
            draw(st.sampled_from(AGENCIES)),
            draw(line),
            tuple(draw(st.lists(line, max_size=3))),
            draw(st.sampled_from(numbers)),
            draw(st.none() | day),
            draw(st.booleans()),
        )
        for number in (draw(st.lists(st.integers(1, 300), max_size=most, unique=True)) if numbers else ())
    )
    published = about.end + dt.timedelta(days=draw(st.integers(0, 200)))
    version = draw(st.integers(1, 3))
    return InspectionReport(
        about=about,
        published=published,
        judgements=tuple(
            JudgementGiven(
                each.key,
                draw(text),
                draw(st.none() | grade) if each.graded else None,
                draw(st.just("") | text),
                tuple(draw(st.just([]) | keys)),
            )
            for each in rules.judgements
        ),
        contributions=tuple(
            ContributionGiven(key, draw(text), tuple(draw(st.lists(line, max_size=2))), draw(st.none() | grade))
            for key in draw(keys)
        ),
        findings=findings,
        improvements=improvements,
        good_practice=tuple(
            GoodPractice(draw(text), tuple(draw(keys)), draw(st.sampled_from([None, *numbers])))
            for _ in range(draw(st.integers(0, 2)))
        ),
        method=draw(st.just("") | text),
        summary=draw(st.just("") | text),
        plan=draw(st.none() | st.builds(Plan, line, st.none() | day, st.sampled_from(("plan", "statement")))),
        version=version,
        correction=Correction(draw(text), draw(text), published - dt.timedelta(days=3)) if version > 1 else None,
    )


def flat(words: str) -> str:
    return " ".join(paragraphs(words))


def titles(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(get_agency(key).title for key in found)


def expected_items(report: InspectionReport) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """Each kind of item as (number, words, titles of the agencies)."""
    number = 0
    narrative: list[tuple[str, str, tuple[str, ...]]] = []
    told = [part for each in report.judgements for part in ((each.narrative, ()), (each.explains, ()))]
    told += [(each.narrative, titles((each.agency,))) for each in report.contributions]
    for words, of in told:
        for paragraph in paragraphs(words):
            number += 1
            narrative.append((str(number), paragraph, of))
    sorted_out: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {"praise": [], "concern": []}
    for each in report.findings:
        of = titles(tuple(key for key, _ in each.agencies))
        sorted_out[each.tendency].append((f"F{each.number}", flat(each.words), of))
    practice = [
        (f"G{place}", flat(each.words), titles(each.agencies)) for place, each in enumerate(report.good_practice, 1)
    ]
    asked = [
        (each.priority, str(each.number), flat(each.words), titles((each.agency,))) for each in report.improvements
    ]
    return {
        "priority_actions": [tuple(rest) for priority, *rest in asked if priority],
        "improvements": [tuple(rest) for priority, *rest in asked if not priority],
        "strengths": sorted_out["praise"] + practice,
        "findings": narrative + sorted_out["concern"],
    }


def compare(report: InspectionReport) -> Report:
    """Read the report's PDF back; fail where anything differs."""
    read = read_bytes(to_pdf(published_report(report)), "report.pdf")
    assert isinstance(read, Report), read
    about, rules, plan = report.about, report.about.rules, report.plan
    assert read.problems == ()
    assert read.area is not None
    assert read.area.slug == about.area
    assert read.publication is not None
    assert (read.framework, read.publication.framework, read.visit) == (rules.family, about.framework, about.visit)
    assert (read.start, read.end, read.published) == (about.start, about.end, report.published)
    assert read.inspectorates == tuple(
        get_inspectorate(key).names_over_time[-1].short for key in (about.lead, *about.others)
    )
    assert read.lead_inspector == (about.lead_inspector and plain_words(about.lead_inspector))
    assert read.theme == (about.theme and plain_words(about.theme))
    assert read.fictional
    assert (read.publication.reference, read.publication.version) == (about.reference, report.version)
    change = report.correction
    assert read.publication.replaces == (change and change.replaces)
    assert read.publication.changed == (change and flat(change.changed))
    assert read.publication.why == (change and flat(change.why))
    assert read.statement is None if plan is None else read.statement is not None
    if plan and read.statement:
        assert (read.statement.principal_authority, read.statement.due) == (plain_words(plan.by), plan.due)
    assert [(one.key, one.title, one.grade, one.narrative) for one in read.judgements] == [
        (one.key, rules.judgement(one.key).title, one.grade, "\n\n".join(paragraphs(one.narrative)))
        for one in report.judgements
    ]
    for kind, items in expected_items(report).items():
        assert [(one.number, one.text, one.responsible) for one in getattr(read, kind)] == items, kind
    return read


@pytest.mark.slow
@settings(
    max_examples=200,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # making a report of pages smaller takes many minutes
)
@given(report=reports())
def test_what_is_published_is_read_back_exactly(report: InspectionReport) -> None:
    compare(report)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_reports_own_statement_decides_who_is_responsible(framework: str) -> None:
    report = example_report(framework, findings=12)
    read = compare(report)
    told = attribute(read)
    for item, attribution in zip(items_of(read), told.attributions, strict=True):
        if not item.responsible:
            continue
        agencies_told = {one.agency for one in attribution.agencies}
        if attribution.polarity.value != "context":
            assert {get_agency(key).title for key in agencies_told} == set(item.responsible)
            assert {one.rule for one in attribution.agencies} == {"table"}
        if item.kind != "finding":
            assert attribution.polarity.value == ("strength" if item.kind == "strength" else "weakness")
        elif item.number and item.number.startswith("F"):
            assert attribution.polarity.value == "weakness"


def test_every_agencys_title_is_known_as_that_agency() -> None:
    from joinedup.attribution import Statement, attribute

    for each in agencies():
        answer = attribute(Statement("Put it right.", "improvement", responsible=(each.title,)), family="jtai")
        assert [(one.agency, one.rule) for one in answer.agencies] == [(each.key, "table")]


def test_the_version_is_the_one_in_force_where_frameworks_have_dates() -> None:
    report = example_report("jtai-2022")
    assert framework_for("jtai", report.about.start).id == compare(report).publication.framework  # type: ignore[union-attr]


@pytest.mark.slow
def test_a_report_of_two_hundred_items_is_read_back_exactly() -> None:
    read = compare(example_report("joined-up-1", findings=200))
    assert len(read.improvements) + len(read.priority_actions) == 100


def test_the_shape_printed_is_that_of_every_report_and_what_ours_say_of_themselves() -> None:
    report = example_report("joined-up-1", version=2)
    printed = to_json(read_bytes(to_pdf(published_report(report)), "report.pdf"))
    assert printed["framework"] == "joined-up"
    assert printed["publication"] == {
        "framework": "joined-up-1",
        "reference": "KEL-2026-1",
        "version": 2,
        "replaces": "2027-01-11",
        "changed": "The day by which improvement 1 is to be done.",
        "why": "It was misprinted.",
    }
