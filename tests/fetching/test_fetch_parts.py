"""The parts of fetching, each for itself: pages, kinds, addresses, pace, robots, checks, settings."""

import contextlib
import datetime as dt
import socket

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from joinedup.fetching import FetchError, settings_from
from joinedup.fetching.addresses import Gate, is_internal
from joinedup.fetching.checks import check_content
from joinedup.fetching.errors import RefusedAddressError, UnexpectedContentError
from joinedup.fetching.found import KINDS, Found, kind_of_report
from joinedup.fetching.pages import councils, read_day, reports
from joinedup.fetching.polite import Pace, Trouble
from joinedup.fetching.robots import read_rules
from joinedup.fetching.web import Marks

HERE = "https://reports.ofsted.gov.uk/search?start=0"


class TestPages:
    """Links as the reports site has them."""

    def test_a_council_is_a_link_to_a_provider_that_ends_in_its_urn(self):
        page = """<a href="/provider/44/80426">Barnsley&nbsp;Council</a> <a href="/about">About</a>
        <a href="/provider/44/80427?tab=1"><b>Bath</b> and more</a> <a href="/provider/44/80426">again</a>"""
        assert [(one.urn, one.name) for one in councils(page, HERE)] == [
            ("80426", "Barnsley Council"),
            ("80427", "Bath and more"),
        ]
        assert councils(page, HERE)[0].address == "https://reports.ofsted.gov.uk/provider/44/80426"

    def test_a_reports_day_is_the_time_beside_it_before_the_one_in_its_hidden_words(self):
        page = """<a class="publication-link x" href="https://files.ofsted.gov.uk/v1/file/50000001">Report
        <span class="nonvisual">Area SEND full inspection, pdf - 12 July 2024</span></a>
        <time datetime="2024-07-15">15 July 2024</time>"""
        [one] = reports(page, HERE)
        assert one.day == dt.date(2024, 7, 15)
        assert one.title == "Report Area SEND full inspection"

    def test_a_report_without_a_time_takes_the_day_of_its_words_and_not_its_neighbours(self):
        page = """<a class="publication-link" href="/v1/file/1">x, pdf - 3 July 2009</a>
        <a class="publication-link" href="/v1/file/2">y, pdf</a><time>4 May 2024</time>"""
        assert [one.day for one in reports(page, HERE)] == [dt.date(2009, 7, 3), dt.date(2024, 5, 4)]

    @given(st.text(alphabet="<>/=\"' aptime-linkpublication&#;0123456789![]:"))
    @example("<![x[ y ]]>")
    @example("<a class='publication-link' href='http://[x'>a link that leads nowhere</a>")
    @example("<a href='https://x]/provider/1/80426'>another</a>")
    def test_no_page_is_too_broken(self, page):
        for reader in (councils, reports):
            with contextlib.suppress(UnexpectedContentError):
                assert isinstance(reader(page, HERE), list)

    def test_a_link_that_was_left_open_does_not_take_the_words_of_the_next(self):
        page = """<a class="publication-link" href="/v1/file/1">Focused visit, pdf - 3 July 2019
        <a class="publication-link" href="/v1/file/2">Area SEND full inspection, pdf - 4 May 2024</a>"""
        assert [one.title for one in reports(page, HERE)] == ["Focused visit", "Area SEND full inspection"]

    @pytest.mark.parametrize(
        ("words", "day"),
        [
            ("pdf - 01 august 2024", dt.date(2024, 8, 1)),
            ("2024-01-30T09:30:00Z", dt.date(2024, 1, 30)),
            ("30 Sept 2019", dt.date(2019, 9, 30)),
            ("31 June 2020", None),
            ("the 3rd of nothing", None),
            ("", None),
        ],
    )
    def test_days(self, words, day):
        assert read_day(words) == day


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("children's services inspection", "inspections"),
        ("Single inspection of LA children’s services and review of the LSCB", "inspections"),
        ("joint area review - progress inspection", "inspections"),
        ("children's services focused visit", "visits"),
        ("children's services monitoring visit", "visits"),
        ("joint area child protection inspection", "joint"),
        ("joint targeted area inspection", "joint"),
        ("area send full inspection", "send"),
        ("adult learning inspection", None),
    ],
)
def test_the_kind_of_a_report_is_told_by_its_links_words(words, kind):
    assert kind_of_report(words) == kind


def test_a_file_name_can_be_read_and_goes_anywhere():
    found = Found("https://x/1", "send", "Area/SEND: “full”", "pdf", dt.date(2024, 7, 12), "St Helen’s & co", "80999")
    assert found.file_name("ab12") == "80999-st-helen-s-co-2024-07-12-ab12.pdf"
    assert found.kind in KINDS


class TestAddresses:
    """Only the sites of the settings, and nothing inside a network."""

    @pytest.fixture
    def gate(self, monkeypatch):
        answers = {"reports.example": "93.184.215.14", "inside.example": "10.0.0.5"}
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: [(2, 1, 6, "", (answers.get(host, host), 0))])
        return Gate(["https://reports.example/search", "https://inside.example"])

    def test_a_site_of_the_settings_may_be_asked(self, gate):
        assert gate.check("https://reports.example/v1/file/1") == "reports.example"

    @pytest.mark.parametrize(
        "address",
        [
            "https://other.example/",
            "http://reports.example/",
            "https://reports.example:8443/",
            "https://reports.example@other.example/",
            "ftp://reports.example/",
            "https:///nowhere",
            "https://reports.example:port/",
            "https://[reports.example/",
        ],
    )
    def test_nothing_else_may(self, gate, address):
        with pytest.raises(RefusedAddressError):
            gate.check(address)

    def test_a_site_that_leads_inside_may_not(self, gate):
        with pytest.raises(RefusedAddressError, match="internal address"):
            gate.check("https://inside.example/")

    def test_an_internal_host_that_the_settings_name_may(self):
        assert Gate(["http://127.0.0.1:9000"]).check("http://127.0.0.1:9000/x") == "127.0.0.1"

    @pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fe80::1"])
    def test_internal_addresses_are_known_as_such(self, host):
        assert is_internal(host)


class TestManners:
    """Pace and trouble, with a clock of our own."""

    def test_hosts_do_not_wait_for_one_another(self):
        slept = []
        pace = Pace(1.0, clock=lambda: 100.0, sleep=slept.append)
        pace.wait("a")
        pace.wait("b")
        assert slept == []
        pace.wait("a")
        assert slept == [1.0]

    def test_a_host_can_ask_for_more_time(self):
        slept = []
        pace = Pace(1.0, clock=lambda: 0.0, sleep=slept.append)
        pace.hold("a", 30)
        pace.wait("a")
        assert slept == [30.0]

    def test_a_host_may_not_ask_for_less_than_our_own_gap(self):
        slept = []
        pace = Pace(1.0, clock=lambda: 0.0, sleep=slept.append)
        pace.slow_down("a", 0.1)
        pace.wait("a")
        pace.wait("a")
        assert slept == [1.0]

    def test_one_answer_clears_a_hosts_record(self):
        trouble = Trouble(2)
        trouble.failed("a")
        trouble.worked("a")
        trouble.failed("a")
        assert not trouble.left("a")
        trouble.failed("a")
        assert trouble.left("a")


class TestRobots:
    """What a site asks of programs."""

    def test_rules_for_us_come_before_rules_for_all(self):
        rules = read_rules("User-agent: joinedup\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n", "joinedup/1.0")
        assert rules.allow("joinedup/1.0", "https://x.example/public")
        assert not rules.allow("joinedup/1.0", "https://x.example/private/1")

    def test_a_web_page_in_the_place_of_rules_is_none(self):
        assert read_rules("<!doctype html><html>Disallow: /</html>", "joinedup").allow("joinedup", "https://x.example/")

    @pytest.mark.parametrize("line", ["Crawl-delay: ²", "Disallow: //[x", f"Crawl-delay: {'9' * 5000}"])
    def test_a_line_that_cannot_be_read_costs_only_itself(self, line):
        rules = read_rules(f"User-agent: *\n{line}\nDisallow: /private\nCrawl-delay: 5\n", "joinedup")
        assert not rules.allow("joinedup", "https://x.example/private/1")
        assert rules.delay == 5.0

    def test_an_absurd_delay_is_bounded(self):
        assert read_rules("User-agent: *\nCrawl-delay: 86400\n", "joinedup").delay == 60.0


class TestChecks:
    """Is a file what its address promised?"""

    @pytest.mark.parametrize(
        ("suffix", "content"),
        [
            ("pdf", b"%PDF-1.7\n..."),
            ("pdf", b"\n\n%PDF-1.4"),
            ("ods", b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"),
            ("csv", b"\xef\xbb\xbftime_period,time_identifier\n2025,Reporting year\n"),
        ],
    )
    def test_lets_what_is_right_pass(self, tmp_path, suffix, content):
        path = tmp_path / "file"
        path.write_bytes(content)
        check_content(path, suffix, "https://x.example/1")

    @pytest.mark.parametrize(
        ("suffix", "content", "says"),
        [
            ("pdf", b"", "an empty file"),
            ("pdf", b"<!DOCTYPE html><html>", "a web page instead of a PDF"),
            ("pdf", b"PK\x03\x04", "something else instead of a PDF"),
            ("ods", b"PK\x03\x04 a Word document", "something else instead of an ODS"),
            ("ods", b"%PDF-1.7", "something else instead of an ODS"),
            ("csv", b"<html><body>a,b</body></html>", "a web page instead of a CSV"),
            ("csv", b"\x00\x01,\x02", "something else instead of a CSV"),
        ],
    )
    def test_refuses_what_is_wrong(self, tmp_path, suffix, content, says):
        path = tmp_path / "file"
        path.write_bytes(content)
        with pytest.raises(UnexpectedContentError, match=says):
            check_content(path, suffix, "https://x.example/1")


class TestMarks:
    """By what a version is told from another."""

    def test_a_weak_etag_joins_no_parts(self):
        assert Marks('W/"1"', None).strong is None
        assert Marks('W/"1"', "Mon, 01 Jan 2024 00:00:00 GMT").strong == "Mon, 01 Jan 2024 00:00:00 GMT"
        assert Marks('"1"', None).strong == '"1"'


class TestSettings:
    """Addresses are settings."""

    def test_the_environment_moves_a_site(self):
        settings = settings_from({"JOINEDUP_EES_URL": "https://statistics.api.education.gov.uk/api/"})
        assert settings.ees == "https://statistics.api.education.gov.uk/api"
        assert settings.reports == "https://reports.ofsted.gov.uk"

    @pytest.mark.parametrize("address", ["reports.ofsted.gov.uk", "https://[reports.ofsted.gov.uk", "https://x:port"])
    def test_refuses_what_is_no_address(self, address):
        with pytest.raises(FetchError, match="must begin with https://"):
            settings_from({"JOINEDUP_REPORTS_URL": address})

    def test_refuses_a_contact_that_no_request_can_say(self):
        with pytest.raises(FetchError, match="plain letters"):
            settings_from({"JOINEDUP_CONTACT": "möller@council.example"})

    def test_says_who_we_are_and_where_to_reach_us(self):
        agent = settings_from({"JOINEDUP_CONTACT": "data@council.example"}).user_agent
        assert agent.startswith("joinedup/")
        assert "data@council.example" in agent
