"""What holds for every operation: pages, tags, limits, who may ask, and mistakes told in plain words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings

from joinedup.service.api import limits
from joinedup.service.api.limits import Buckets, client_of

Ask = Callable[..., Any]


def wrong(answer: Any) -> dict[str, str]:
    """What a problem says of each parameter."""
    return {one["parameter"]: one["message"] for one in answer.json()["errors"]}


class TestPages:
    def test_following_next_gives_every_result_once(self, ask: Ask, client: Client) -> None:
        whole = [area["slug"] for area in ask("areas", page_size=200)["results"]]
        page = ask("areas", page_size=60)
        found = [area["slug"] for area in page["results"]]
        while page["next"]:
            page = client.get(page["next"]).json()
            found += [area["slug"] for area in page["results"]]
        assert found == whole
        assert len(set(whole)) == page["total"] == len(whole)

    def test_previous_leads_back_and_keeps_the_filters(self, ask: Ask, client: Client) -> None:
        first = ask("areas", region=["London", "South East"], page_size=5)
        second = client.get(first["next"]).json()
        assert client.get(second["previous"]).json()["results"] == first["results"]
        assert {area["region"] for area in second["results"]} <= {"London", "South East"}

    def test_a_page_beyond_the_last_is_empty_and_leads_back(self, ask: Ask, client: Client) -> None:
        beyond = ask("areas", page=999)
        assert beyond["results"] == []
        assert beyond["next"] is None
        assert client.get(beyond["previous"]).json()["results"]

    @pytest.mark.parametrize("page_size", ["0", "201", "-1", "5.0", "1_0", " 5", "five", "٥"])
    def test_a_page_is_of_1_to_200(self, client: Client, page_size: str) -> None:
        answer = client.get("/api/v1/areas", {"page_size": page_size})
        assert answer.status_code == 422
        assert set(wrong(answer)) == {"page_size"}


class TestKeeping:
    def test_what_has_not_changed_is_not_sent_again(self, client: Client) -> None:
        first = client.get("/api/v1/outcomes?as_at=2016-11-16")
        assert first["Cache-Control"] == "public, max-age=60"
        for tag in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}'):
            again = client.get("/api/v1/outcomes?as_at=2016-11-16", headers={"if-none-match": tag})
            assert again.status_code == 304
            assert again.content == b""
            assert again["ETag"] == first["ETag"]

    def test_other_parameters_are_another_answer(self, client: Client) -> None:
        tags = {client.get(f"/api/v1/outcomes?as_at={day}")["ETag"] for day in ("2016-11-16", "2016-11-17")}
        assert len(tags) == 2

    @pytest.mark.slow
    def test_another_record_is_another_answer(self, client: Client, request: pytest.FixtureRequest) -> None:
        before = client.get("/api/v1/outcomes")["ETag"]
        request.getfixturevalue("demo")
        after = client.get("/api/v1/outcomes", headers={"if-none-match": before})
        assert after.status_code == 200
        assert after["ETag"] != before

    @pytest.mark.parametrize("address", ["areas?page=0", "areas/nowhere", "no-such-thing"])
    def test_a_mistake_has_no_tag_and_is_not_kept(self, client: Client, address: str) -> None:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code >= 400
        assert "ETag" not in answer
        assert answer["Cache-Control"] == "no-store"


class TestWhoMayAsk:
    def test_any_web_page_may_read(self, client: Client) -> None:
        for address in ("areas", "areas/nowhere", "openapi.json"):
            answer = client.get(f"/api/v1/{address}", headers={"origin": "https://example.org"})
            assert answer["Access-Control-Allow-Origin"] == "*"
            assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert "Access-Control-Allow-Credentials" not in answer

    def test_a_preflight_is_answered(self, client: Client) -> None:
        answer = client.options("/api/v1/areas", headers={"access-control-request-method": "GET"})
        assert answer.status_code == 204
        assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in answer["Access-Control-Allow-Headers"]

    def test_the_head_is_that_of_the_answer(self, client: Client) -> None:
        got, head = client.get("/api/v1/areas/barnsley"), client.head("/api/v1/areas/barnsley")
        assert head.status_code == 200
        assert head.content == b""
        assert head["ETag"] == got["ETag"]

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_nothing_can_be_changed(self, method: str) -> None:
        answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/areas")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
        assert answer["Content-Type"] == "application/problem+json"


class TestMistakes:
    def test_a_parameter_that_there_is_none_of_is_refused_with_those_there_are(self, client: Client) -> None:
        answer = client.get("/api/v1/outcomes?framwork=sif")
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        body = answer.json()
        assert body["status"] == 422
        assert "framework" in wrong(answer)["framwork"]
        assert "framwork" in body["detail"]

    def test_one_value_cannot_be_given_twice(self, client: Client) -> None:
        assert wrong(client.get("/api/v1/areas?page=1&page=2")) == {"page": "this can be given once only"}

    @pytest.mark.parametrize("day", ["16/11/2016", "2016-13-01", "20161116", "1479254400", "yesterday", ""])
    def test_a_day_is_written_one_way(self, client: Client, day: str) -> None:
        answer = client.get("/api/v1/outcomes", {"as_at": day})
        assert wrong(answer) == {"as_at": "a day is written like 2016-11-16"}

    @pytest.mark.parametrize("value", ["yes", "1", "True", "on"])
    def test_yes_is_written_one_way(self, client: Client, value: str) -> None:
        assert wrong(client.get("/api/v1/areas", {"fictional": value})) == {"fictional": "true or false"}

    def test_a_choice_names_the_choices(self, client: Client) -> None:
        answer = client.get("/api/v1/findings?agency=firefighters")
        assert "Police (police)" in wrong(answer)["agency"]

    @pytest.mark.parametrize(
        ("address", "parameter", "told"),
        [
            ("areas/Derby", "slug", "/api/v1/areas?q=Derby finds one by any name or code"),
            ("areas/E06000015/timeline", "slug", "/api/v1/areas?q=E06000015 finds one"),
            ("inspections?area=North+East", "area", "/api/v1/areas?q=North+East finds one"),
            ("bodies/Kent", "key", "small letters and digits"),
            ("frameworks/SIF", "id", "small letters and digits"),
            ("reports/3cbd5", "sha256", "at least the first 12 letters"),
            ("findings/3cbd5", "id", "the SHA-256 of the report's file, a hyphen and its number"),
            ("findings?period=foo", "period", "There is no period 'foo'. There are years (2023)"),
            ("findings?sure_below=0", "sure_below", "more than 0"),
            ("findings?sure_below=1.5", "sure_below", "1 or less"),
            ("findings?polarity=nice", "polarity", "praise (strength); concern (weakness)"),
            ("areas?kind=village", "kind", "it can be county, unitary, metropolitan or london"),
        ],
    )
    def test_what_is_wanted_is_said_in_words_of_the_parameter(
        self, client: Client, address: str, parameter: str, told: str
    ) -> None:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 422
        assert set(wrong(answer)) == {parameter}
        assert told in wrong(answer)[parameter]
        assert "^" not in wrong(answer)[parameter]

    def test_what_must_be_given_is_told(self, client: Client) -> None:
        assert wrong(client.get("/api/v1/search")) == {"q": "this parameter must be given"}
        assert wrong(client.get("/api/v1/changes")) == {"from": "this parameter must be given"}

    def test_all_mistakes_are_told_at_once(self, client: Client) -> None:
        assert set(wrong(client.get("/api/v1/areas?page=0&on=never"))) == {"page", "on"}

    @pytest.mark.parametrize(
        "address",
        [
            "changes?from=2016-01-01&to=2015-01-01",
            "outcomes?framework=sif&judgement=in_care",
            "findings?since=2020-01-01&until=2019-01-01",
            "inspections?since=2020-01-01&until=2019-01-01",
            "search?q=police&since=2020-01-01&until=2019-01-01",
        ],
    )
    def test_parameters_that_contradict_each_other_are_400(self, client: Client, address: str) -> None:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 400
        assert answer.json()["detail"].endswith(".")

    @pytest.mark.parametrize(
        "address",
        [
            "areas/barnslay",
            "inspections?area=nowhere",
            "search?q=x&area=nowhere",
            "search?q=x&theme=nonsense",
            "findings?theme=nonsense",
            "accountability?theme=missing_children&theme=nonsense",
            "accountability/matrix?theme=nonsense",
            f"reports/{'0' * 64}",
            f"findings/{'0' * 64}-1",
            "bodies/police-of-nowhere",
            "frameworks/sif-1999",
            "measures/none/such",
            "observations?measure=none",
            "no-such-thing",
            "areas/%0A/x",
            "",
        ],
    )
    def test_what_there_is_none_of_is_404_as_a_problem(self, client: Client, address: str) -> None:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["title"] == "Not found"

    def test_a_fault_of_ours_tells_nothing_of_how_we_are_made(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*values: Any, **named: Any) -> None:
            raise RuntimeError("the secret place /srv/x")

        monkeypatch.setattr("joinedup.analysis.outcomes", broken)
        answer = client.get("/api/v1/outcomes?as_at=2011-01-01")
        assert answer.status_code == 500
        assert answer["Content-Type"] == "application/problem+json"
        assert b"secret" not in answer.content
        assert "the secret place" in caplog.text


class TestTheLimit:
    @pytest.fixture
    def limited(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        """Twelve requests at once, then one each second, by a clock that the test moves."""
        clock = [1000.0]
        monkeypatch.setattr(limits, "_buckets", Buckets(lambda: clock[0]))
        with override_settings(API_PER_MINUTE=60, API_BURST=12):
            yield clock

    def test_beyond_it_one_waits_and_goes_on(self, client: Client, limited: list[float]) -> None:
        left = [client.get("/api/v1/record")["RateLimit-Remaining"] for _ in range(12)]
        assert left == [str(number) for number in range(11, -1, -1)]
        refused = client.get("/api/v1/record")
        assert refused.status_code == 429
        assert refused["Retry-After"] == "1"
        assert refused["RateLimit-Limit"] == "12"
        assert refused["RateLimit-Remaining"] == "0"
        assert refused["RateLimit-Reset"] == "12"
        assert "Wait 1 second" in refused.json()["detail"]
        limited[0] += 1
        assert client.get("/api/v1/record").status_code == 200
        assert client.get("/api/v1/record").status_code == 429

    def test_it_is_each_clients_own(self, client: Client, limited: list[float]) -> None:
        for _ in range(13):
            last = client.get("/api/v1/record", REMOTE_ADDR="192.0.2.1")
        assert last.status_code == 429
        assert client.get("/api/v1/record", REMOTE_ADDR="192.0.2.2").status_code == 200

    def test_answers_that_are_known_and_mistakes_count_too(self, client: Client, limited: list[float]) -> None:
        tag = client.get("/api/v1/record")["ETag"]
        assert client.get("/api/v1/record", headers={"if-none-match": tag})["RateLimit-Remaining"] == "10"
        assert client.get("/api/v1/areas?page=0")["RateLimit-Remaining"] == "9"

    def test_a_download_counts_as_ten(self, client: Client, limited: list[float]) -> None:
        first = client.get("/data/neighbours.csv")
        assert first["RateLimit-Remaining"] == "2"
        second = client.get("/data/neighbours.csv")
        assert second.status_code == 429
        assert second["Retry-After"] == "8"
        assert "ETag" not in second

    def test_the_pages_have_none(self, client: Client, limited: list[float]) -> None:
        assert {client.get("/api").status_code for _ in range(14)} == {200}

    def test_a_bucket_is_never_fuller_than_full_and_clients_are_forgotten(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "CLIENTS", 2)
        clock = [0.0]
        buckets = Buckets(lambda: clock[0])

        def take(client: str) -> Any:
            return buckets.take(client, cost=1, per_minute=60, most=2)

        assert take("a").remaining == 1
        clock[0] = 3600
        assert take("a").remaining == 1
        assert [take("a").allowed for _ in range(2)] == [True, False]
        take("b")
        take("c")
        assert take("a").allowed, "the one seen longest ago was forgotten"


class TestWhoTheClientIs:
    def request(self, address: str, forwarded: str | None = None) -> HttpRequest:
        headers = {"x-forwarded-for": forwarded} if forwarded else {}
        return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)

    def test_without_proxies_of_ours_nobodys_word_is_believed(self) -> None:
        assert client_of(self.request("192.0.2.1", "198.51.100.9")) == "192.0.2.1"

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "client"),
        [
            (1, "203.0.113.5", "203.0.113.5"),
            (1, "1.1.1.1, 203.0.113.5", "203.0.113.5"),
            (2, "1.1.1.1, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
            (2, "203.0.113.5", "10.0.0.2"),
            (1, None, "10.0.0.2"),
        ],
    )
    def test_with_them_only_what_they_wrote_themselves(self, proxies: int, forwarded: str | None, client: str) -> None:
        with override_settings(PROXIES=proxies):
            assert client_of(self.request("10.0.0.2", forwarded)) == client

    def test_an_address_of_version_6_is_its_network(self) -> None:
        one, other = "2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::9"
        assert client_of(self.request(one)) == client_of(self.request(other)) == "2001:db8:1:2::/64"
        assert client_of(self.request("::ffff:192.0.2.1")) == "192.0.2.1"
