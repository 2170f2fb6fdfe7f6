"""A local server that behaves like the sites we fetch from, with their manners and their troubles."""

from __future__ import annotations

import hashlib
import json
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from joinedup.fetching import Settings
from joinedup.fetching.polite import Pace


@dataclass
class File:
    """One thing to serve. `plan` is what happens at each request in turn, the last for good."""

    body: bytes
    content_type: str = "application/octet-stream"
    plan: list[str] = field(default_factory=lambda: ["ok"])
    etag: bool = True
    headers: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def step(self) -> str:
        step = self.plan[min(self.asked, len(self.plan) - 1)]
        self.asked += 1
        return step

    @property
    def mark(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:12]}"'


class Site:
    """What is published, and a record of every request: (path with query, its headers, when)."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self.requests: list[tuple[str, dict[str, str], float]] = []
        self.councils: list[tuple[str, str]] = []
        self.rows = 100
        self.base = ""

    def asked_for(self, path):
        """How often a path was asked for."""
        return sum(1 for asked, _, _ in self.requests if asked.split("?")[0] == path)

    def put(self, path, body, **more):
        """Publish a file."""
        self.files[path] = File(body.encode() if isinstance(body, str) else body, **more)
        return self.base + path

    def report(self, number, words="report"):
        """A small PDF at the address that the reports site uses; the body is long enough to break off."""
        body = b"%PDF-1.7\n" + f"{words} {number} ".encode() * 4000 + b"\n%%EOF\n"
        return self.put(f"/v1/file/{number}", body, content_type="application/pdf")

    def council(self, urn, name, *links):
        """A council's page: links are (address, hidden words, date shown)."""
        self.councils.append((urn, name))
        events = "".join(
            f"""<li class="event"><span class="event__title heading--sub"><a class="publication-link" href="{address}"
            target="_blank">Report<span class="nonvisual"> {words}, pdf - {day}</span></a>
            <div class="event__metadata"><time pubdate="">{day}</time></div></span></li>"""
            for address, words, day in links
        )
        self.put(
            f"/provider/44/{urn}",
            f"<!DOCTYPE html><html><body><ul>{events}</ul></body></html>",
            content_type="text/html",
        )

    def search(self, query):
        """The search page: `rows` councils from `start` on."""
        start = int(query.get("start", ["0"])[0])
        shown = self.councils[start : start + min(self.rows, int(query.get("rows", ["10"])[0]))]
        links = "".join(f'<li><h3><a href="/provider/44/{urn}">{name}</a></h3></li>' for urn, name in shown)
        return f"<html><body><ul>{links}</ul><a href='/about'>About</a></body></html>"


class Server(ThreadingHTTPServer):
    """Says nothing of readers that have gone away."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers from the site; the plan of each file says how."""

    protocol_version = "HTTP/1.1"
    drip = 0.0

    def log_message(self, *_):
        """Say nothing."""

    def do_GET(self):
        site: Site = self.server.site
        self.drip = 0.0
        parts = urlsplit(self.path)
        site.requests.append((self.path, dict(self.headers), time.monotonic()))
        if parts.path == "/search":
            self.send(File(site.search(parse_qs(parts.query)).encode(), "text/html"), 200)
            return
        file = site.files.get(self.path) or site.files.get(parts.path)
        if file is None:
            self.send(File(b"not here", "text/plain"), 404)
            return
        self.follow(file, file.step())

    def follow(self, file, step):
        name, _, value = step.partition(":")
        match name:
            case "ok":
                self.serve(file)
            case "status":
                self.send(File(b"no", "text/plain"), int(value), file.headers)
            case "busy":
                self.send(File(b"slow down", "text/plain"), 429, {"Retry-After": value})
            case "redirect":
                self.send(File(b"", "text/plain"), 302, {"Location": value})
            case "html":
                self.send(File(b"<!DOCTYPE html><html><body>Sorry</body></html>", "text/html"), 200)
            case "silence":
                time.sleep(float(value))
                self.close_connection = True
            case "reset":
                self.break_off(file, int(value))
            case "piece":
                piece = file.body[int(value) :]
                place = {"Content-Range": f"bytes {value}-{len(file.body) - 1}/{len(file.body)}", "ETag": file.mark}
                self.send(File(piece, file.content_type), 206, place)
            case "drip":
                self.drip = float(value)
                self.serve(file)

    def serve(self, file):
        if file.etag and self.headers.get("If-None-Match") == file.mark:
            self.send(File(b""), 304, {"ETag": file.mark})
            return
        asked = self.headers.get("Range", "")
        if asked and self.headers.get("If-Range") == file.mark:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            if start >= len(file.body):
                self.send(File(b""), 416, {"Content-Range": f"bytes */{len(file.body)}"})
                return
            place = {"Content-Range": f"bytes {start}-{len(file.body) - 1}/{len(file.body)}", "ETag": file.mark}
            self.send(File(file.body[start:], file.content_type), 206, place)
            return
        self.send(file, 200, {"ETag": file.mark} if file.etag else file.headers)

    def send(self, file, status, headers=None):
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", file.content_type)
            self.send_header("Content-Length", str(len(file.body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if status == 304:
            return
        half = len(file.body) // 2
        self.wfile.write(file.body[:half])
        self.wfile.flush()
        time.sleep(self.drip)
        self.wfile.write(file.body[half:])

    def break_off(self, file, after):
        """Promise the whole file, send the beginning and drop the connection."""
        start = 0
        if self.headers.get("Range") and self.headers.get("If-Range") == file.mark:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", file.content_type)
        self.send_header("Content-Length", str(len(file.body) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(file.body) - 1}/{len(file.body)}")
        if file.etag:
            self.send_header("ETag", file.mark)
        self.end_headers()
        self.wfile.write(file.body[start : start + after])
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def site():
    """The site, served on the loopback."""
    published = Site()
    server = Server(("127.0.0.1", 0), Handler)
    server.site = published
    published.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield published
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def settings(site):
    """Settings that point at the site, with short waits."""
    base = site.base
    return Settings(
        reports=base,
        files=base,
        ees=f"{base}/statistics",
        govuk=base,
        govuk_files=base,
        publications=("children-in-need",),
        first_wait=0.01,
        longest_wait=2.0,
        read_timeout=0.5,
        page_size=100,
    )


@pytest.fixture
def pace():
    """A pace that does not wait."""
    return Pace(0.0)


@pytest.fixture
def councils(site):
    """Three councils with reports of every kind, one report linked twice."""
    one, two, three = (site.report(number) for number in (50000001, 50000002, 50000003))
    four, five = site.report(50000004), site.report(50000005)
    site.council(
        "80001",
        "Ashmere Borough Council",
        (one, "children's services inspection", "19 January 2018"),
        (two, "children's services focused visit", "07 November 2023"),
        (one, "single inspection of LA children's services and review of the LSCB", "19 January 2018"),
    )
    site.council(
        "80002",
        "Brackenshire County Council",
        (three, "joint area child protection inspection", "30 January 2024"),
        (four, "area send full inspection", "12 July 2024"),
    )
    site.council("80003", "Kelderby Council", (five, "joint area review - progress inspection", "3 July 2009"))
    return site


@pytest.fixture
def statistics(site):
    """GOV.UK's collection with one release, and the statistics API with one publication of two data sets."""
    ods = b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" + b"sheet" * 50
    site.put("/media/1/outcomes_31_March_2025.ods", ods)
    release = "/government/statistics/outcomes-2025"
    site.put(
        "/api/content/government/collections/childrens-social-care-statistics",
        json.dumps(
            {
                "links": {
                    "documents": [
                        {"title": "Local authority inspection outcomes, 31 March 2025", "base_path": release},
                        {"title": "Code of practice", "base_path": "/government/statistics/code"},
                    ]
                }
            }
        ),
    )
    site.put(
        f"/api/content{release}",
        json.dumps(
            {
                "title": "Outcomes",
                "public_updated_at": "2025-09-25T09:30:00+01:00",
                "details": {
                    "attachments": [
                        {"title": "Outcomes 2025", "url": f"{site.base}/media/1/outcomes_31_March_2025.ods"},
                        {"title": "Notes", "url": f"{site.base}/media/1/notes.html"},
                    ]
                },
            }
        ),
    )
    publications = [{"id": f"p{n}", "slug": slug} for n, slug in enumerate(("schools", "children-in-need", "exams"))]
    for number, one in enumerate(publications, 1):
        answer = {"paging": {"page": number, "totalPages": 3}, "results": [one]}
        site.put(f"/statistics/v1/publications?page={number}&pageSize=40", json.dumps(answer))
    sets = [
        {
            "id": f"d{n}",
            "title": f"Data set {n}",
            "latestVersion": {"version": "1.2", "published": "2025-10-30T09:30:00Z"},
        }
        for n in (1, 2)
    ]
    site.put(
        "/statistics/v1/publications/p1/data-sets?page=1&pageSize=20",
        json.dumps({"paging": {"page": 1, "totalPages": 1}, "results": sets}),
    )
    for one in sets:
        table = "time_period,time_identifier,geographic_level\n2025,Reporting year," + one["id"] + "\n"
        site.put(f"/statistics/v1/data-sets/{one['id']}/csv", table, content_type="text/csv")
    return site
