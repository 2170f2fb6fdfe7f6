"""Server time of each kind of page over a record: a hundred random addresses each, warm; prints JSON.

`python bench/page_times.py RECORD` asks Django in this process, as its server would, and times each answer (ms). An
address is asked for once to warm what is the same for all pages, then a hundred different ones are timed.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.service.settings")
os.environ.setdefault("JOINEDUP_SECRET_KEY", "only for measuring, and long enough to be a key of fifty letters")

FIRST = dt.date(2010, 1, 1)
"""The first day that is asked for."""

WORDS = (
    "missing children", "police", "strategy discussions", "neglect", "domestic abuse", "supervision", "care leavers",
    "school nursing", "thresholds", "return home interviews", "mental health", "private fostering", "MASH", "audit",
)  # fmt: skip


def addresses(record: str, chance: random.Random) -> dict[str, Callable[[], str]]:
    """A maker of random addresses for each kind of page."""
    from joinedup.areas import areas, bodies_of
    from joinedup.attribution import AGENCIES, themes
    from joinedup.record import Steps, open_record

    reports = [row["sha256"] for row in open_record(record).ask(Steps().step("all", "SELECT sha256 FROM reports")).rows]
    slugs = [area.slug for area in areas()]
    kinds = ("police_force", "icb", "probation_region")
    served = sorted({body.key for slug in slugs for kind in kinds for body in bodies_of(slug, kind=kind)})
    keys = [theme.key for theme in themes()]

    def day() -> str:
        return str(FIRST + dt.timedelta(chance.randrange((dt.datetime.now(dt.UTC).date() - FIRST).days)))

    return {
        "england": lambda: f"/?as_at={day()}",
        "area": lambda: f"/areas/{chance.choice(slugs)}?as_at={day()}",
        "indicators": lambda: f"/areas/{chance.choice(slugs)}/indicators?page={chance.randint(1, 3)}",
        "accountability": lambda: f"/accountability?agency={chance.choice(AGENCIES)}&theme={chance.choice(keys)}",
        "report": lambda: f"/reports/{chance.choice(reports)}",
        "agency": lambda: f"/agencies/{chance.choice(served)}",
        "search": lambda: f"/search?q={chance.choice(WORDS).replace(' ', '+')}&area={chance.choice(slugs)}",
    }


def main(record: str, times: int = 100) -> None:
    """Time every kind of page, and search itself."""
    os.environ["JOINEDUP_RECORD"] = record
    import django

    django.setup()
    from django.test import Client

    client, chance = Client(SERVER_NAME="localhost"), random.Random(20161116)
    found: dict[str, dict[str, float]] = {}
    for kind, make in addresses(record, chance).items():
        client.get(make())
        taken = []
        for _ in range(times):
            address = make()
            started = time.perf_counter()
            answer = client.get(address)
            taken.append(1000 * (time.perf_counter() - started))
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
        taken.sort()
        found[kind] = {"median": taken[times // 2], "p95": taken[int(0.95 * times) - 1], "most": taken[-1]}
    print(json.dumps({kind: {name: round(ms, 1) for name, ms in one.items()} for kind, one in found.items()}))


if __name__ == "__main__":
    main(sys.argv[1])
