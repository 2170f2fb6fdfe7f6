"""The demonstration's set: sixteen years of four areas, of recovery and of things asked again.

Ashmere falls to inadequate and climbs to outstanding; Brackenshire stays where it is while the same matters are asked
of it four times; Kelderby slips as its leaders change; Port Rowan is judged well alone and found wanting together.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from joinedup.documents.specimens.maker import Specimen, Wish, make_specimen


@dataclass(frozen=True, slots=True)
class Chapter:
    """One report of the story."""

    area: str
    family: str
    visit: str | None
    start: dt.date
    grade: str | None = None
    outcome: str | None = None
    asked: tuple[str, ...] = ()
    judged: dt.date | None = None
    theme: str | None = None


_DRIFT = ("management-oversight", "supervision-regular", "caseloads")
_MISSING = ("return-interviews", "health-assessments", "performance-data")

STORY: tuple[Chapter, ...] = (
    Chapter("ashmere", "slac", None, dt.date(2010, 9, 13), "requires_improvement", asked=_DRIFT),
    Chapter("brackenshire", "slac", None, dt.date(2011, 2, 28), "requires_improvement", asked=_MISSING),
    Chapter("kelderby", "cpi", None, dt.date(2012, 10, 8), "good"),
    Chapter("port-rowan", "tlac", None, dt.date(2013, 7, 8), "good"),
    Chapter("ashmere", "sif", None, dt.date(2014, 6, 2), "inadequate", asked=_DRIFT),
    Chapter("brackenshire", "sif", None, dt.date(2015, 9, 14), "requires_improvement", asked=_MISSING),
    Chapter("port-rowan", "jtai", None, dt.date(2017, 10, 16), asked=("police-referrals", "partnership-neglect")),
    Chapter("ashmere", "sif", "reinspection", dt.date(2016, 11, 14), "requires_improvement", asked=_DRIFT[:1]),
    Chapter(
        "kelderby",
        "ilacs",
        "standard",
        dt.date(2019, 7, 1),
        "inadequate",
        asked=("workforce-stability", "audit-impact"),
    ),
    Chapter("ashmere", "ilacs", "short", dt.date(2020, 1, 20), "good", asked=("pathway-plans",)),
    Chapter("kelderby", "ilacs", "monitoring", dt.date(2021, 6, 14), judged=dt.date(2019, 8, 27)),
    Chapter("brackenshire", "ilacs", "standard", dt.date(2022, 5, 9), "requires_improvement", asked=_MISSING),
    Chapter(
        "kelderby", "ilacs", "standard", dt.date(2023, 3, 13), "requires_improvement", asked=("workforce-stability",)
    ),
    Chapter(
        "brackenshire",
        "area-send",
        None,
        dt.date(2023, 11, 6),
        outcome="systemic",
        asked=("send-ehc-time", "send-therapies"),
    ),
    Chapter("port-rowan", "jtai", None, dt.date(2024, 1, 22), asked=("police-referrals", "health-records")),
    Chapter("ashmere", "ilacs", "standard", dt.date(2024, 9, 16), "outstanding"),
    Chapter("brackenshire", "ilacs", "focused", dt.date(2025, 6, 2), asked=_MISSING, theme="children in care"),
    Chapter("kelderby", "ilacs", "standard", dt.date(2026, 5, 11), "good", asked=("leavers-in-touch",)),
)


def make_story() -> list[Specimen]:
    """Every report of the story, oldest first."""
    told = sorted(STORY, key=lambda chapter: chapter.start)
    return [
        make_specimen(
            each.family,
            visit=each.visit,
            seed=1,
            year=each.start.year,
            wish=Wish(each.area, each.start, each.grade, each.outcome, each.asked, each.judged, each.theme),
        )
        for each in told
    ]


def make_specimens(folder: Path) -> list[Path]:
    """Writes the demonstration's reports as PDF into a folder, made where it is not there; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for specimen in make_story():
        path = folder / f"{specimen.name}.pdf"
        path.write_bytes(specimen.pdf)
        paths.append(path)
    return paths
