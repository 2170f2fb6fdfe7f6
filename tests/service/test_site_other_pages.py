"""The pages about the pages, and what answers when something is wrong."""

import pytest
from django.test import Client, override_settings


class TestAbout:
    def test_the_method_names_its_sources_and_the_counting_rule(self, client: Client) -> None:
        page = client.get("/about").content.decode()
        assert 'id="counting"' in page
        assert "the first day on site" in page, "the newest framework counts by when the inspection began"
        assert "the day of publication" in page
        assert "as at 31 March 2025" in page

    def test_what_models_tell_is_not_called_counted(self, client: Client) -> None:
        assert "Nothing is estimated" not in client.get("/about").content.decode()

    def test_the_licence_of_the_facts(self, client: Client) -> None:
        page = client.get("/about/licence").content.decode()
        assert "Open Government Licence v3.0" in page
        assert "not part of GOV.UK" in page

    def test_the_accessibility_statement(self, client: Client) -> None:
        assert "What is not yet good" in client.get("/about/accessibility").content.decode()


class TestMachines:
    def test_health_tells_the_snapshot(self, client: Client) -> None:
        answer = client.get("/health")
        assert answer.status_code == 200
        assert answer.content.startswith(b"ok bundled-")

    def test_robots_are_kept_from_every_day_of_every_choice(self, client: Client) -> None:
        assert "Disallow: /*?" in client.get("/robots.txt").content.decode()

    def test_the_icon_is_found_at_its_usual_place(self, client: Client) -> None:
        moved = client.get("/favicon.ico")
        assert moved.status_code == 301
        icon = client.get(moved["Location"])
        icon.close()
        assert icon["Content-Type"] == "image/svg+xml"


class TestMistakes:
    @pytest.mark.parametrize("end", ["", "/", "/asked-again", "/indicators"])
    def test_an_area_that_there_is_none_of_is_told_with_those_near(self, client: Client, end: str) -> None:
        answer = client.get(f"/areas/northumberlnd{end}")
        assert answer.status_code == 404
        assert 'href="/areas/northumberland"' in answer.content.decode()

    @pytest.mark.parametrize("path", ["/reports/0123456789ab/correct", "/agencies/dorset", "/dorset", "/reports/kent"])
    def test_where_no_area_is_asked_for_none_is_suggested(self, client: Client, path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Perhaps you were looking for" not in answer.content.decode()

    @pytest.mark.parametrize("path", ["/" + "x" * 3000, "/areas/%00", "/areas/%ff%fe", "/areas/../../etc/passwd"])
    def test_strange_addresses_are_404(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_a_host_that_is_not_ours_is_refused(self, client: Client) -> None:
        assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400

    @pytest.mark.parametrize("path", ["/", "/england.csv", "/areas", "/areas/barnsley", "/about", "/health"])
    def test_pages_are_read_and_nothing_else(self, client: Client, path: str) -> None:
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200

    def test_a_fault_of_ours_is_a_page_too(self, client: Client) -> None:
        with override_settings(RECORD="ftp://nowhere/record"):
            answer = client.get("/")
        assert answer.status_code == 500
        assert "The fault is ours" in answer.content.decode()
        assert "ftp://" not in answer.content.decode()
