"""A run of fetching: what is found, what is taken, what is left alone, and what happens when a site is in trouble."""

import dataclasses
import datetime as dt
import errno
import json
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from joinedup.areas import Area, Code
from joinedup.fetching import StoreError, UnknownKindError, fetch
from joinedup.fetching.polite import Pace
from joinedup.fetching.store import Store

REPORTS = ("inspections", "visits", "joint", "send")


@pytest.fixture
def run(tmp_path, settings, pace):
    """One run into a store of its own."""

    def go(**more):
        return fetch(tmp_path / "store", **{"kinds": REPORTS, "settings": settings, "pace": pace} | more)

    return go


class Clock:
    """A clock that goes only while somebody sleeps."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def names(summary):
    """The files' folders and names without the mark at their end."""
    return sorted(f"{path.parent.name}/{path.stem.rsplit('-', 1)[0]}" for path in summary.fetched)


class TestReports:
    """Reports on councils, from the reports site."""

    def test_brings_every_report_once_into_the_folder_of_its_kind(self, councils, run):
        summary = run()
        assert names(summary) == [
            "inspections/80001-ashmere-borough-council-2018-01-19",
            "inspections/80003-kelderby-council-2009-07-03",
            "joint/80002-brackenshire-county-council-2024-01-30",
            "send/80002-brackenshire-county-council-2024-07-12",
            "visits/80001-ashmere-borough-council-2023-11-07",
        ]
        assert summary.found == 5
        assert summary.failed == []
        assert all(path.read_bytes() == councils.files[f"/v1/file/{n}"].body for path, n in self.pairs(summary))

    def pairs(self, summary):
        numbers = {"2018": 50000001, "2023": 50000002, "2024-01": 50000003, "2024-07": 50000004, "2009": 50000005}
        return [(path, n) for path in summary.fetched for day, n in numbers.items() if f"-{day}" in path.stem]

    def test_asks_for_nothing_twice(self, councils, run):
        run()
        asked = councils.asked_for("/v1/file/50000001")
        again = run()
        assert again.fetched == []
        assert again.unchanged == 5
        assert asked == councils.asked_for("/v1/file/50000001") == 1

    def test_reads_a_councils_page_again_only_if_it_has_changed(self, councils, run):
        run()
        run()
        marks = [headers.get("If-None-Match") for path, headers, _ in councils.requests if path == "/provider/44/80001"]
        assert marks == [None, councils.files["/provider/44/80001"].mark]

    def test_finds_what_is_new_on_a_page_that_has_changed(self, councils, run):
        run()
        new = councils.report(50000009)
        councils.councils.clear()
        councils.council("80003", "Kelderby Council", (new, "children's services inspection", "1 August 2026"))
        assert names(run()) == ["inspections/80003-kelderby-council-2026-08-01"]

    def test_turns_the_pages_of_the_search(self, site, run):
        site.rows = 2
        for number in range(5):
            address = site.report(50000100 + number)
            site.council(
                f"8010{number}", f"Council {number}", (address, "children's services inspection", "1 May 2024")
            )
        assert len(run().fetched) == 5

    def test_takes_the_same_file_from_another_address_only_once(self, site, run):
        body = b"%PDF-1.4 the very same"
        addresses = [site.put(f"/v1/file/{number}", body) for number in (1, 2)]
        site.council("80001", "A", *((one, "children's services inspection", "1 May 2024") for one in addresses))
        summary = run()
        assert (len(summary.fetched), summary.same) == (1, 1)

    @pytest.mark.parametrize(
        ("more", "count"),
        [
            ({"kinds": ("joint",)}, 1),
            ({"since": dt.date(2024, 1, 30)}, 2),
            ({"limit": 2}, 2),
            ({"kinds": ("inspections",), "since": dt.date(2010, 1, 1)}, 1),
        ],
    )
    def test_takes_only_what_is_asked_for(self, councils, run, more, count):
        assert len(run(**more).fetched) == count

    def test_the_newest_come_first_and_the_rest_is_named_as_left(self, councils, run):
        summary = run(limit=1)
        assert names(summary) == ["send/80002-brackenshire-county-council-2024-07-12"]
        assert len(summary.left) == 4

    def test_takes_only_the_area_asked_for_by_its_urn(self, councils, run):
        area = dataclasses.replace(blank_area(), codes=(Code("urn", "80002", None, None),))
        assert {path.name.split("-")[0] for path in run(kinds=None, area=area).fetched} == {"80002"}
        assert councils.asked_for("/provider/44/80001") == 0

    def test_finds_no_other_areas_reports_where_the_areas_urn_is_not_known(self, councils, run):
        summary = run(kinds=None, area=blank_area())
        assert (summary.found, councils.requests) == (0, [])
        assert "number of Nowhere is not known" in summary.failed[0][1]

    def test_a_dry_run_downloads_nothing_and_says_what_it_would(self, councils, run):
        summary = run(dry_run=True)
        assert summary.fetched == []
        assert {one["kind"] for one in summary.to_json()["left"]} == set(REPORTS)
        assert not any(path.startswith("/v1/file") for path, _, _ in councils.requests)

    def test_rechecks_what_it_has_and_keeps_both_versions_of_what_was_put_right(self, councils, run):
        first = run()
        councils.report(50000001, words="put right")
        again = run(recheck=True)
        assert (len(again.fetched), again.unchanged) == (1, 4)
        assert all(path.is_file() for path in first.fetched + again.fetched)


class TestStatistics:
    """GOV.UK's spreadsheets and the statistics API's tables."""

    def test_brings_the_spreadsheets_and_the_data_sets(self, statistics, run):
        summary = run(kinds=("outcomes", "statistics"))
        assert names(summary) == [
            "outcomes/outcomes-2025-2025-09-25",
            "statistics/data-set-1-2025-10-30",
            "statistics/data-set-2-2025-10-30",
        ]
        assert summary.failed == []

    def test_asks_again_only_whether_they_have_changed(self, statistics, run):
        run(kinds=("outcomes", "statistics"))
        again = run(kinds=("outcomes", "statistics"))
        assert (again.fetched, again.unchanged) == ([], 3)

    def test_asks_for_the_version_by_its_number(self, statistics, run):
        run(kinds=("statistics",))
        assert any(path == "/statistics/v1/data-sets/d1/csv?dataSetVersion=1.2" for path, _, _ in statistics.requests)

    @pytest.mark.parametrize("body", ["[]", '{"paging": {"totalPages": "many"}}', "[" * 100_000, '"words"'])
    @pytest.mark.parametrize(
        "path",
        [
            "/api/content/government/collections/childrens-social-care-statistics",
            "/api/content/government/statistics/outcomes-2025",
            "/statistics/v1/publications?page=1&pageSize=40",
            "/statistics/v1/publications/p1/data-sets?page=1&pageSize=20",
        ],
    )
    def test_an_answer_of_another_shape_stops_nothing_else(self, statistics, run, path, body):
        statistics.put(path, body)
        assert {path.parent.name for path in run(kinds=("outcomes", "statistics")).fetched} & {"outcomes", "statistics"}

    def test_a_data_set_without_a_version_is_asked_for_as_it_is(self, statistics, run):
        sets = {"results": [{"id": "d1", "title": "Data set 1", "latestVersion": ["1.2"]}]}
        statistics.put("/statistics/v1/publications/p1/data-sets?page=1&pageSize=20", json.dumps(sets))
        assert names(run(kinds=("statistics",))) == ["statistics/data-set-1"]

    def test_tells_of_a_publication_that_has_gone(self, statistics, run, settings):
        gone = dataclasses.replace(settings, publications=("children-in-need", "old-one"))
        summary = run(kinds=("statistics",), settings=gone)
        assert len(summary.fetched) == 2
        assert "no publication called old-one" in summary.failed[0][1]


class TestTrouble:
    """What sites do on bad days."""

    def test_tries_again_after_an_error(self, councils, run):
        councils.files["/v1/file/50000001"].plan = ["status:500", "status:503", "ok"]
        assert len(run().fetched) == 5

    def test_waits_as_long_as_it_is_asked_to(self, councils, run):
        councils.files["/v1/file/50000001"].plan = ["busy:1", "ok"]
        assert len(run().fetched) == 5
        times = [at for path, _, at in councils.requests if path == "/v1/file/50000001"]
        assert times[1] - times[0] >= 1

    def test_leaves_what_asks_for_too_long_a_wait_for_another_run(self, councils, run):
        councils.files["/v1/file/50000001"].plan = ["busy:3600"]
        summary = run()
        assert len(summary.fetched) == 4
        assert councils.asked_for("/v1/file/50000001") == 1
        assert "429" in summary.failed[0][1]

    def test_tries_again_when_a_site_says_nothing(self, councils, run):
        councils.files["/v1/file/50000001"].plan = ["silence:1", "ok"]
        assert len(run().fetched) == 5

    def test_carries_on_where_a_file_broke_off(self, councils, run):
        file = councils.files["/v1/file/50000001"]
        file.plan = ["reset:20000", "reset:20000", "ok"]
        assert len(run().fetched) == 5
        ranges = [headers.get("Range") for path, headers, _ in councils.requests if path == "/v1/file/50000001"]
        assert ranges[0] is None
        starts = [int(one.removeprefix("bytes=").rstrip("-")) for one in ranges[1:]]
        assert 0 < starts[0] < starts[1] < len(file.body)

    def test_starts_over_where_a_file_has_no_marks_to_carry_on_by(self, councils, run):
        file = councils.files["/v1/file/50000001"]
        file.etag, file.plan = False, ["reset:20000", "ok"]
        assert len(run().fetched) == 5
        assert all("Range" not in headers for path, headers, _ in councils.requests if path == "/v1/file/50000001")

    def test_carries_on_in_the_next_run(self, councils, run):
        file = councils.files["/v1/file/50000001"]
        file.plan = ["reset:20000", "status:503"]
        assert len(run().failed) == 1
        file.plan = ["ok"]
        assert names(run()) == ["inspections/80001-ashmere-borough-council-2018-01-19"]
        assert councils.requests[-1][1]["Range"].startswith("bytes=")

    def test_a_page_of_a_character_set_that_nobody_knows_is_read_all_the_same(self, councils, run):
        councils.files["/provider/44/80001"].content_type = "text/html; charset=council-8"
        assert len(run().fetched) == 5

    @pytest.mark.parametrize("told", ["Mon, 01 Jan 2024 00:00:00 -0000", "²", "soon"])
    def test_a_wait_in_strange_words_is_no_mistake_of_ours(self, councils, run, told):
        councils.files["/v1/file/50000001"].plan = [f"busy:{told}", "ok"]
        assert len(run().fetched) == 5

    def test_a_mark_that_no_request_can_show_is_not_kept(self, councils, run):
        file = councils.files["/v1/file/50000001"]
        file.etag, file.headers = False, {"ETag": '"é"'}
        assert len(run().fetched) == 5
        assert run(recheck=True).unchanged == 5

    def test_takes_the_whole_where_the_site_gives_another_piece_than_asked_for(self, councils, run, tmp_path):
        file = councils.files["/v1/file/50000001"]
        file.plan = ["reset:20000", "piece:100", "ok"]
        run()
        [path] = (tmp_path / "store" / "files").rglob("80001-*-2018-01-19-*.pdf")
        assert path.read_bytes() == file.body

    def test_does_not_join_two_versions_of_a_file(self, councils, run, tmp_path):
        file = councils.files["/v1/file/50000001"]
        file.plan = ["reset:20000", "status:503"]
        run()
        councils.report(50000001, words="another")
        [path] = run().fetched
        assert path.read_bytes() == councils.files["/v1/file/50000001"].body

    def test_refuses_a_web_page_instead_of_a_pdf_and_asks_again_next_time(self, councils, run):
        councils.files["/v1/file/50000001"].plan = ["html", "ok"]
        summary = run()
        assert len(summary.fetched) == 4
        assert summary.failed == [
            (
                f"{councils.base}/v1/file/50000001",
                f"{councils.base}/v1/file/50000001 gave a web page instead of a PDF file",
            )
        ]
        assert len(run().fetched) == 1

    @pytest.mark.parametrize(
        ("where", "says"),
        [
            ("http://example.org/report.pdf", "none of the sites"),
            ("http://169.254.169.254/latest/meta-data", "none of the sites"),
            ("file:///etc/passwd", "only http and https"),
            ("http://[bad", "is no address"),
        ],
    )
    def test_follows_no_redirect_to_another_host(self, councils, run, where, says):
        councils.files["/v1/file/50000001"].plan = [f"redirect:{where}"]
        summary = run()
        assert len(summary.fetched) == 4
        assert says in summary.failed[0][1]

    def test_a_link_with_a_letter_that_no_address_has_is_told_and_the_others_are_followed(self, councils, run):
        bad = f"{councils.base}/v1/file/\x7f"
        councils.council("80004", "Dunmarsh Council", (bad, "children's services inspection", "1 May 2024"))
        summary = run()
        assert len(summary.fetched) == 5
        assert "cannot be read" in summary.failed[0][1]

    def test_follows_a_redirect_on_the_same_host(self, councils, run):
        councils.put("/moved/50000001", councils.files["/v1/file/50000001"].body)
        councils.files["/v1/file/50000001"].plan = ["redirect:/moved/50000001"]
        assert len(run().fetched) == 5

    def test_does_not_follow_redirects_for_ever(self, councils, run):
        councils.files["/v1/file/50000001"].plan = ["redirect:/v1/file/50000001"]
        assert "redirect to redirect" in run().failed[0][1]

    def test_refuses_a_file_that_is_too_large(self, councils, run, settings):
        summary = run(settings=dataclasses.replace(settings, file_bytes=30_000))
        assert summary.fetched == []
        assert all("larger than 30,000 bytes" in reason for _, reason in summary.failed)

    def test_one_councils_page_in_trouble_does_not_stop_the_others(self, councils, run):
        councils.files["/provider/44/80001"].plan = ["status:404"]
        summary = run()
        assert len(summary.fetched) == 3
        assert "not there any more (404)" in summary.failed[0][1]

    def test_leaves_a_host_that_keeps_failing(self, councils, run, settings):
        for number in range(1, 6):
            councils.files[f"/v1/file/5000000{number}"].plan = ["status:500"]
        summary = run(settings=dataclasses.replace(settings, failures=2, attempts=2))
        assert len(summary.failed) == 5
        assert sum("failed too often" in reason for _, reason in summary.failed) == 3

    def test_says_so_when_the_search_lists_nothing(self, site, run):
        assert "lists no council" in run().failed[0][1]

    def test_obeys_robots_txt(self, councils, run):
        councils.put("/robots.txt", "User-agent: *\nDisallow: /v1/file/50000001\n", content_type="text/plain")
        summary = run()
        assert len(summary.fetched) == 4
        assert "robots.txt" in summary.failed[0][1]
        assert councils.asked_for("/v1/file/50000001") == 0

    def test_obeys_robots_txt_where_a_redirect_leads(self, councils, run):
        councils.put("/robots.txt", "User-agent: *\nDisallow: /moved\n", content_type="text/plain")
        councils.put("/moved/50000001", councils.files["/v1/file/50000001"].body)
        councils.files["/v1/file/50000001"].plan = ["redirect:/moved/50000001"]
        summary = run()
        assert len(summary.fetched) == 4
        assert "robots.txt" in summary.failed[0][1]
        assert councils.asked_for("/moved/50000001") == 0

    def test_a_robots_txt_that_leads_round_in_circles_is_none(self, councils, run):
        councils.put("/robots.txt", "", plan=["redirect:/rules.txt"])
        councils.put("/rules.txt", "", plan=["redirect:/robots.txt"])
        assert len(run().fetched) == 5

    def test_asks_nothing_of_a_site_that_cannot_give_its_rules(self, councils, run):
        councils.put("/robots.txt", "", plan=["status:503"])
        assert run().fetched == []
        assert {path for path, _, _ in councils.requests} == {"/robots.txt"}


class TestManners:
    """Who we are and how often we ask."""

    def test_says_who_it_is(self, councils, run):
        run()
        assert {headers["User-Agent"].split("/")[0] for _, headers, _ in councils.requests} == {"joinedup"}

    def test_asks_a_host_no_more_than_once_a_second(self, councils, run):
        clock = Clock()
        run(pace=Pace(1.0, clock=clock, sleep=clock.sleep))
        assert clock.now == len(councils.requests) - 1

    def test_slows_down_where_robots_txt_asks_for_it(self, councils, run):
        councils.put("/robots.txt", "User-agent: *\nCrawl-delay: 10\n", content_type="text/plain")
        clock = Clock()
        run(pace=Pace(1.0, clock=clock, sleep=clock.sleep))
        assert clock.now >= 10 * (len(councils.requests) - 2)


class TestStoreRules:
    """The store's own rules."""

    def test_one_run_at_a_time(self, tmp_path, run):
        with Store(tmp_path / "store"), pytest.raises(StoreError, match="in use by another fetch"):
            run()

    def test_a_folder_that_holds_something_else_is_not_said_to_be_in_use(self, tmp_path, run):
        (tmp_path / "store" / "index.sqlite").mkdir(parents=True)
        with pytest.raises(StoreError, match="cannot be used as a store"):
            run()

    def test_a_store_of_another_version_is_let_go_of(self, tmp_path, run):
        run(dry_run=True)
        index = sqlite3.connect(tmp_path / "store" / "index.sqlite", isolation_level=None)
        index.execute("pragma user_version = 99")
        with pytest.raises(StoreError, match="of version 99"):
            run()
        index.execute("pragma user_version = 1")
        index.close()

    def test_a_disk_that_is_full_is_told_in_one_line(self, councils, run, monkeypatch):
        def full(*_):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(StoreError, match="No space left"):
            run()

    def test_a_file_that_somebody_removed_is_brought_again(self, councils, run):
        run().fetched[0].unlink()
        assert len(run().fetched) == 1

    def test_refuses_a_kind_that_there_is_none_of(self, run):
        with pytest.raises(UnknownKindError, match="no kind called gossip; there are inspections"):
            run(kinds=("gossip",))


@pytest.mark.slow
def test_killed_at_any_moment_it_is_completed_by_the_next_run(councils, settings, tmp_path, run):
    """Killed again and again on its way, the store ends up whole, and no file was brought twice."""
    given = dataclasses.asdict(settings) | {"gap": 0.02}
    script = textwrap.dedent(
        f"""
        from pathlib import Path
        from joinedup.fetching import Settings, fetch
        fetch(Path({str(tmp_path / "store")!r}), kinds={REPORTS!r}, settings=Settings(**{given!r}))
        """
    )
    for number in range(1, 6):
        councils.files[f"/v1/file/5000000{number}"].plan = ["drip:0.2"]  # so that a kill meets a file half-way
    cut_short = 0
    for more in (1, 5, 6, 7, 6, 6):
        before = len(councils.requests)
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL)
        while process.poll() is None and len(councils.requests) < before + more:
            time.sleep(0.005)
        time.sleep(0.1)
        cut_short += process.poll() is None
        process.kill()
        process.wait()
    assert cut_short >= 4
    run()
    files = sorted((tmp_path / "store" / "files").rglob("*.pdf"))
    assert len(files) == 5
    assert {path.read_bytes() for path in files} == {councils.files[f"/v1/file/5000000{n}"].body for n in range(1, 6)}
    assert list((tmp_path / "store" / "partial").iterdir()) == []
    assert run().fetched == []


def blank_area():
    """An area of no particular place."""
    return Area(
        slug="nowhere", name="Nowhere", kind="unitary", la_code=None, ons_code=None, urn=None, region="",
        region_code="",
        ofsted_region="", start=None, end=None, codes=(), aliases=(), predecessors=(), successors=(),
        delivery_bodies=(), tile=(0, 0),
    )  # fmt: skip
