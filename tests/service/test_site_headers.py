"""What every answer carries: the security policy, what may be kept, and nothing inline."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client, override_settings

import joinedup
from joinedup.service.site.caching import program_digest


class Inline(HTMLParser):
    """Collects what the policy forbids in a page, and every file of ours that it asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.files: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "style" or "style" in named or any(name.startswith("on") for name in named):
            self.forbidden.append(self.get_starttag_text() or tag)
        if tag == "script" and not named.get("src"):
            self.forbidden.append("script without src")
        for name in ("src", "href"):
            value = named.get(name) or ""
            if value.startswith("/static/"):
                self.files.append(value)


def test_the_policy_allows_our_own_files_alone(client: Client, address: str) -> None:
    answer = client.get(address, follow=True)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_page_has_anything_inline_and_all_its_files_are_there(client: Client, address: str) -> None:
    parser = Inline()
    parser.feed(client.get(address, follow=True).content.decode())
    assert parser.forbidden == []
    assert parser.files
    for file in set(parser.files):
        answer = client.get(file)
        sent = b"".join(answer.streaming_content)
        assert answer.status_code == 200, file
        assert sent
        assert "Content-Security-Policy" in answer


def test_static_files_carry_their_contents_digest(client: Client) -> None:
    page = client.get("/").content.decode()
    assert re.search(r'href="/static/govuk/govuk\.css\?v=[0-9a-f]{12}"', page)


@pytest.mark.parametrize("path", ["/", "/england.csv", "/areas/barnsley", "/areas/barnsley/indicators"])
class TestKeeping:
    def test_what_has_not_changed_is_not_sent_again(self, client: Client, path: str) -> None:
        first = client.get(path)
        assert first["Cache-Control"] == "public, max-age=60"
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""

    def test_other_parameters_are_another_answer(self, client: Client, path: str) -> None:
        assert client.get(path)["ETag"] != client.get(path + "?as_at=2016-11-16")["ETag"]

    @pytest.mark.slow
    def test_another_record_is_another_answer(
        self, client: Client, path: str, demo_cache: object, request: pytest.FixtureRequest
    ) -> None:
        before = client.get(path)["ETag"]
        request.getfixturevalue("demo")
        after = client.get(path, headers={"if-none-match": before})
        assert after.status_code == 200
        assert after["ETag"] != before


@pytest.mark.parametrize("setting", [{"OPERATOR_TOKEN": "t" * 32}, {"SHOW_FICTIONAL": False}, {"API_PER_MINUTE": 7}])
def test_a_service_set_up_otherwise_gives_another_answer(client: Client, setting: dict[str, object]) -> None:
    before = client.get("/corrections")["ETag"]
    with override_settings(**setting):
        assert client.get("/corrections", headers={"if-none-match": before}).status_code == 200


@pytest.mark.parametrize("file", ["analysis/outcomes.py", "areas/data/names.csv", "service/site/static/site/who.css"])
def test_another_program_gives_another_answer_whichever_of_its_files_is_another(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joinedup, "__file__", str(tmp_path / "__init__.py"))
    (tmp_path / file).parent.mkdir(parents=True)
    digests = set()
    for words in ("before", "after"):
        (tmp_path / file).write_text(words)
        digests.add(program_digest.__wrapped__())
    assert len(digests) == 2


@pytest.mark.parametrize(
    "path",
    ["/?as_at=x", "/accountability?agency=wizards", "/accountability?page=900", "/areas/S99", "/search?page=9"],
)
def test_what_is_no_page_of_the_record_has_no_tag_and_is_always_told_anew(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "ETag" not in answer
    assert "Cache-Control" not in answer
