"""`joinedup area`: everything known of one local area."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from joinedup.analysis.asked_again import WhatBecame, what_became
from joinedup.analysis.asked_again_fates import last_looked_at
from joinedup.analysis.asked_again_pairs import Statement
from joinedup.analysis.profile import AreaProfile, area_profile
from joinedup.analysis.visits import ReportRead, Visited
from joinedup.areas import Area, bodies_of, find_area
from joinedup.cli.corrected import fields, grade_and_read, read_as
from joinedup.cli.options import Session, standard
from joinedup.cli.output import OUTCOME_WORDS, grade_words, led, print_json, print_table, print_text, spoken, write_csv
from joinedup.record.schema import GRADE

TABLE_COLUMNS = {
    "": {
        "area": "the slug of the area, or of one whose place it took",
        "framework": "the family of the framework that the inspection or visit was made under",
        "visit": "which sort of visit it was, where the framework knows several",
        "start": "the first day on site",
        "end": "the last day on site",
        "published": "the day of publication",
        "theme": "what a themed inspection or focused visit looked at",
        "corrected": 'the fields of it that a person has corrected ("; " between them)',
        "overall, …": "a column for each judgement of which any of them has a grade: that grade",
    }
}
"""What the columns of the command's table mean."""


@standard(csv=True)
def command(
    session: Session,
    name: Annotated[
        list[str], typer.Argument(metavar="NAME-OR-CODE", help="Any name it has had, or any of its codes.")
    ],
    as_at: Annotated[
        str | None, typer.Option("--as-at", metavar="DATE", help="As it was on that day.  [default: all that is known]")
    ] = None,
) -> int:
    """Everything known of one local area: where it stands, its inspections, reports and indicators, and what was asked
    for again.

    The history of the areas whose place it took stands apart. Status 1 if there is no such area.
    """
    day = session.day(as_at, "--as-at") if as_at is not None else None
    area = find_area(" ".join(name), day)
    record = session.open()
    profile = area_profile(record, area.slug, as_at=day)
    if session.csv:
        write_csv(session.csv, profile.rows(), profile.columns)
    if session.as_json:
        print_json(profile.to_json() | {"asked_again": what_became(record, area.slug, as_at=day).to_json()})
    elif not session.csv:
        _print(profile)
        _print_asked_again(what_became(record, area.slug, as_at=day))
    return 0


def _print(profile: AreaProfile) -> None:
    _print_facts(profile)
    own, before = profile.inspections, profile.before_it
    if own:
        _print_visits("Inspections and visits", own)
    if before:
        names = ", ".join(area.name for area in profile.predecessors)
        _print_visits(f"Before it: {names}", before)
    for report in (*profile.reports, *profile.reports_before_it):
        _print_report(report)
    if profile.indicators:
        _print_indicators(profile)


def _print_facts(profile: AreaProfile) -> None:
    area, day = profile.area, profile.as_at
    codes = ", ".join(filter(None, (area.la_code, area.ons_code)))
    print_text(f"{area.name} ({', '.join(filter(None, (area.kind, area.region, codes)))})")
    print_text(_standing(profile))
    if area.start or area.end:
        print_text(_existence(area))
    for label, others in (("In the place of", profile.predecessors), ("In its place", profile.successors)):
        if others:
            print_text(f"{label}: {'; '.join(other.name for other in others)}")
    on = day or _last_day(area)
    if bodies := bodies_of(area.slug, on):
        print_text(f"Served by: {'; '.join(body.name_on(on) for body in bodies)}")


def _last_day(area: Area) -> dt.date:
    """Today, or the last day on which the area was there."""
    today = dt.datetime.now(dt.UTC).date()
    return min(today, area.end - dt.timedelta(days=1)) if area.end else today


def _standing(profile: AreaProfile) -> str:
    standing = profile.standing
    when = f" on {spoken(profile.as_at)}" if profile.as_at else ""
    if standing is None:
        return f"Not there{when}."
    if standing.framework is None:
        return f"Not judged yet{when}."
    published = f", published {spoken(standing.published)}" if standing.published else ""
    was = read_as(standing.corrections, "overall")
    source = f"{standing.framework.upper()}{published}{f'; {was}' if was else ''}"
    if standing.grade is None:
        return f"Overall{when}: no grade, the latest inspection gives none ({source})"
    return f"Overall{when}: {grade_words(standing.grade)} ({source})"


def _existence(area: Area) -> str:
    began = f"since {spoken(area.start)}" if area.start else ""
    ended = f"until {spoken(area.end - dt.timedelta(days=1))}, its last day" if area.end else ""
    return f"An area of its own {' '.join(filter(None, (began, ended)))}."


def _print_visits(title: str, visits: tuple[Visited, ...]) -> None:
    print_table(
        title,
        ("Counted on", "Published", "Kind", "Overall", "Other judgements, or theme"),
        [
            (
                one.day,
                one.published,
                " ".join(filter(None, (one.framework, one.visit))),
                grade_and_read(one.grades.get("overall"), one.corrections, "overall"),
                _parts(one) or one.theme,
            )
            for one in visits
        ],
    )


def _parts(one: Visited) -> str:
    """The judgements beside the overall one, in words: "in care: good; leaders: outstanding"."""
    # A grade that somebody corrected to none is none of its grades any more, and told all the same.
    righted = (given.field.removeprefix(GRADE) for given in one.corrections if given.field.startswith(GRADE))
    parts = (
        (key.replace("_", " "), grade_and_read(one.grades.get(key), one.corrections, key))
        for key in dict.fromkeys((*one.grades, *righted))
        if key != "overall"
    )
    return "; ".join(f"{title}: {grade.lower()}" for title, grade in parts)


def _print_report(report: ReportRead) -> None:
    kind = " ".join(filter(None, (report.framework, report.visit, report.theme)))
    when = spoken(report.day) if report.day else "undated"
    of_grades = (given for judged in report.judgements for given in judged.corrections)
    print_text(f"Report: {kind}, {when} ({report.file}{fields((*report.corrections, *of_grades))})")
    if report.outcome:
        key, _, page = report.outcome
        # One that only a person says stands on no page.
        print_text(f"  Outcome: {OUTCOME_WORDS.get(key, key)}{f' (p. {page})' if page else ''}")
    for label, items in (("Priority actions", report.priority_actions), ("Improvements", report.improvements)):
        if items:
            print_text(f"  {label}:")
            for item in items:
                print_text(f"  - {led(item.lead_in, item.text)} (p. {item.page}{fields(item.corrections)})")


def _print_asked_again(became: WhatBecame) -> None:
    """What later reports asked for again, each with both wordings; how sure it is that they are on the same thing.

    In the order of the area's page: what was looked at last first.
    """
    things = [thing for thing in became.things if thing.fate == "asked_again"]
    things.sort(key=lambda thing: last_looked_at(thing.pairs), reverse=True)
    if not things:
        return
    print_text(
        "Asked for again, as told by machine where no person says so (nearly all that are sure are right, over half of "
        "the likely):"
    )
    for thing in things:
        print_text(f"- {led(thing.asked.lead_in, thing.asked.text)} ({_where(thing.asked)})")
        for pair in thing.pairs:
            if pair.relation == "asked_again":
                again = led(pair.later.lead_in, pair.words)
                print_text(f"    again, {pair.how_sure}: {again} ({_where(pair.later)})")


def _where(one: Statement) -> str:
    return f"{(one.framework or 'report').upper()}, inspected {spoken(one.day)}, p. {one.page}"


def _print_indicators(profile: AreaProfile) -> None:
    from joinedup.analysis.indicators import written

    rows = []
    for one in profile.indicators:
        latest = one.latest
        value = written(latest.value) if latest.value is not None else latest.reason
        beside = (None if other is None else written(other) for other in (latest.neighbours, latest.england))
        rows.append((one.title, latest.period, value, *beside, one.polarity))
    print_table(
        "Indicators, newest period",
        ("Measure", "Period", profile.area.name, "Neighbours", "England", "Better"),
        rows,
        caption="Neighbours: the median of its statistical neighbours that have a value",
    )
