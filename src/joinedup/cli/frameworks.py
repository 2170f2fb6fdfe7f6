"""`joinedup frameworks`: the inspection frameworks, or all that is known of one."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

import typer

from joinedup.cli.options import Session, standard
from joinedup.cli.output import print_json, print_table, print_text, spoken
from joinedup.frameworks import Framework, frameworks, get_framework


@standard(as_of=False)
def command(
    session: Session,
    framework: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The id of one framework, such as ilacs-2023.")
    ] = None,
) -> int:
    """The inspection frameworks since 2009; with an id, the judgements, timetable and follow-up of that one."""
    if framework is None:
        every = frameworks()
        if session.as_json:
            print_json([_plain(asdict(one)) for one in every])
        else:
            _print_all(every)
        return 0
    one = get_framework(framework)
    if session.as_json:
        print_json(_plain(asdict(one)))
    else:
        _print_one(one)
    return 0


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _print_all(every: tuple[Framework, ...]) -> None:
    print_table(
        "Inspection frameworks",
        ("Id", "Title", "From", "To", "Status", "Judgements"),
        [(one.id, one.title, one.valid_from, one.valid_to, one.status, len(one.judgements)) for one in every],
        copied=True,
    )


def _print_one(one: Framework) -> None:
    began, ended = (spoken(day) if day else None for day in (one.valid_from, one.valid_to))
    print_text(f"{one.title} ({one.id}): {one.status}" + (f", {began} to {ended or 'now'}" if began else ""))
    print_text(f"Notice: {one.notice.words}")
    if one.judgements:
        rows = [(judgement.key, judgement.title, judgement.parent) for judgement in one.judgements]
        print_table("Judgements", ("Key", "Title", "Part of"), rows)
    if one.outcomes:
        print_table("Outcomes", ("Key", "Title"), [(outcome.key, outcome.title) for outcome in one.outcomes])
    if one.follow_up:
        rows = [(step.title, step.by, _deadline(step.within)) for step in one.follow_up]
        print_table("What follows", ("What", "By whom", "Within"), rows)


def _deadline(within: Any) -> str | None:
    if within is None:
        return None
    about = "about " if within.approximate else ""
    return f"{about}{within.amount} {within.unit.replace('_', ' ')} of the {within.anchor.replace('_', ' ')}"
