"""Server time of each kind of page over a record: a hundred random addresses each, warm; prints JSON.

`python bench/page_times.py RECORD` asks Django in this process, as its server would, and times each answer (ms), as the
clock has it and as processor time. Some addresses are asked for to warm what a server learns once of a record, then a
hundred random ones are timed. What links an area's reports is kept beside the record, by `joinedup ingest` or else from
the first visit to the area on: the first visits are measured apart ("area_first"), then those that follow ("area"). The
picture of a report's page is drawn when it is first asked for, apart from the server, and kept. It is measured as a
file of its own ("picture_first"), for no page waits for it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
import time
from collections.abc import Callable
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.service.settings")
os.environ.setdefault("JOINEDUP_SECRET_KEY", "only for measuring, and long enough to be a key of fifty letters")

FIRST = dt.date(2010, 1, 1)
"""The first day that is asked for."""

WARMED = 20
"""Addresses of a kind that are asked for before any is timed: what a server remembers of a record, it learns once."""

WORDS = (
    "missing children", "police", "strategy discussions", "neglect", "domestic abuse", "supervision", "care leavers",
    "school nursing", "thresholds", "return home interviews", "mental health", "private fostering", "MASH", "audit",
)  # fmt: skip


def addresses(record: str, chance: random.Random, unseen: list[str]) -> dict[str, Callable[[], str]]:
    """A maker of random addresses for each kind of page; `unseen` takes the areas not visited yet."""
    from joinedup.areas import areas, bodies_of
    from joinedup.attribution import AGENCIES, themes
    from joinedup.record import Steps, open_record
    from joinedup.service.site.area_measures import topics_of
    from joinedup.service.site.asking import KINDS, SHOWS, Asking

    opened = open_record(record)
    held = opened.ask(Steps().step("all", "SELECT sha256, pages FROM reports")).rows
    reports = [row["sha256"] for row in held]
    printed = [f"/reports/{row['sha256']}/pages/{number}" for row in held for number in range(1, row["pages"] + 1)]
    unseen_pages = chance.sample(printed, len(printed))
    slugs = [area.slug for area in areas()]
    sorts = ("police_force", "icb", "probation_region")
    served = sorted({body.key for slug in slugs for kind in sorts for body in bodies_of(slug, kind=kind)})
    shows, kinds = list(SHOWS), list(KINDS)
    keys = [theme.key for theme in themes()]
    unseen.extend(chance.sample(slugs, len(slugs)))

    def indicators() -> str:
        slug = chance.choice(slugs)
        topics = list(topics_of(opened, slug, None))
        return f"/areas/{slug}/indicators" + (f"?topic={quote(chance.choice(topics))}" if topics else "")

    def explorer() -> str:
        return f"/accountability{Asking(show=chance.choice(shows), kind=chance.choice(kinds), since=day()).query()}"

    def day() -> dt.date:
        return FIRST + dt.timedelta(chance.randrange((dt.datetime.now(dt.UTC).date() - FIRST).days))

    return {
        "england": lambda: f"/?as_at={day()}",
        "area_first": lambda: f"/areas/{unseen.pop()}",
        "area": lambda: f"/areas/{chance.choice(slugs)}" + chance.choice(("", f"?as_at={day()}")),
        "asked_again": lambda: f"/areas/{chance.choice(slugs)}/asked-again",
        "areas": lambda: "/areas",
        "indicators": indicators,
        "accountability": lambda: f"/accountability?agency={chance.choice(AGENCIES)}&theme={chance.choice(keys)}",
        "explorer": explorer,
        "reports": lambda: f"/reports?year={chance.randint(2013, 2025)}",
        "report": lambda: f"/reports/{chance.choice(reports)}",
        "report_page": lambda: chance.choice(printed),
        "picture_first": lambda: f"{unseen_pages.pop()}.png",
        "agencies": lambda: "/agencies",
        "agency": lambda: f"/agencies/{chance.choice(served)}",
        "search": lambda: f"/search?q={chance.choice(WORDS).replace(' ', '+')}&area={chance.choice(slugs)}",
        "corrections": lambda: "/corrections",
        "data": lambda: "/data",
        "about": lambda: "/about",
    }


def main(record: str, times: int = 100) -> None:
    """Time every kind of page, and search itself."""
    os.environ["JOINEDUP_RECORD"] = record
    import django

    django.setup()
    from django.test import Client

    client, chance = Client(SERVER_NAME="localhost"), random.Random(20161116)
    found: dict[str, dict[str, float]] = {}
    unseen: list[str] = []
    for kind, make in addresses(record, chance, unseen).items():
        for _ in range(WARMED):
            client.get(make()).close()
        taken, worked = [], []
        for _ in range(times):
            address = make()
            started, processor = time.perf_counter(), time.process_time()
            answer = client.get(address)
            answer.close()
            worked.append(1000 * (time.process_time() - processor))
            taken.append(1000 * (time.perf_counter() - started))
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
        found[kind] = {**_told(taken), "processor_p95": _told(worked)["p95"]}
        if kind == "area_first":  # the rest of the areas, so that those that follow were all visited before
            while unseen:
                client.get(f"/areas/{unseen.pop()}")
    print(json.dumps({kind: {name: round(ms, 1) for name, ms in one.items()} for kind, one in found.items()}))


def _told(taken: list[float]) -> dict[str, float]:
    ranked = sorted(taken)
    return {"median": ranked[len(ranked) // 2], "p95": ranked[int(0.95 * len(ranked)) - 1], "most": ranked[-1]}


if __name__ == "__main__":
    main(sys.argv[1])
