"""Organisations that sign their people in themselves: against a real OpenID Connect provider, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from joinedup.service.accounts import actions
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.own_providers import for_allauth, read_providers
from joinedup.service.audit.models import Entry

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's own parts warn of each other

FILE = """
[[provider]]
id = "ashmere"
name = "Ashmere Council"
server_url = "{address}"
client_id = "joinedup"
secret_variable = "ASHMERE_SECRET"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider in a thread of its own; whoever is named to it, it vouches for."""
    from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def council(
    provider: str, world: SimpleNamespace, settings: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SimpleNamespace:
    """The council signs its people in itself."""
    monkeypatch.setenv("ASHMERE_SECRET", "a secret between the two")
    (tmp_path / "sign-in.toml").write_text(FILE.format(address=provider), encoding="utf-8")
    found = read_providers(tmp_path / "sign-in.toml")
    settings.OWN_PROVIDERS = found
    settings.SOCIALACCOUNT_PROVIDERS = for_allauth(found)
    world.council.sign_in = "ashmere"
    world.council.save()
    return world


def vouch(provider: str, subject: str, **claims: Any) -> None:
    """Tell the provider what it knows of somebody."""
    httpx.put(f"{provider}/users/{subject}", json=claims).raise_for_status()


def go(client: Client, subject: str, then: str = "") -> Any:
    """Sign in as a browser does: to the provider, in there as the subject, and back."""
    away = client.get(f"/sign-in/with/ashmere?next={then}")
    assert away.status_code == 302, away.content
    assert "code_challenge=" in away.headers["Location"], "the code is bound to this browser (PKCE)"
    back = httpx.post(away.headers["Location"], data={"sub": subject}, follow_redirects=False)
    address = httpx.URL(back.headers["Location"])
    assert address.path == "/sign-in/with/ashmere/done"
    return client.get(address.raw_path.decode())


def inside(client: Client) -> bool:
    """Whether the client has come in."""
    return client.get("/account").status_code == 200


def test_somebody_invited_comes_in_and_needs_no_second_factor_here(provider: str, council: SimpleNamespace) -> None:
    client = Client()
    assert "Ashmere Council" in client.get("/sign-in").content.decode()
    vouch(provider, "connie", email="Connie.Contact@example.org", email_verified=True)
    assert go(client, "connie", then="/account").headers["Location"] == "/account"
    assert inside(client)
    assert Entry.objects.get(action="signed_in").after["way"] == "provider ashmere"
    again = Client()
    go(again, "connie")
    assert inside(again)


@pytest.mark.parametrize(("subject", "claims"), [
    ("nobody", {"email": "nobody@example.org", "email_verified": True}),
    ("unverified", {"email": "connie.contact@example.org", "email_verified": False}),
    ("without", {}),
    ("elsewhere", {"email": "olu.officer@example.org", "email_verified": True}),
])  # fmt: skip
def test_whoever_was_not_invited_by_that_organisation_stays_out(
    provider: str, council: SimpleNamespace, subject: str, claims: dict[str, Any]
) -> None:
    client = Client()
    vouch(provider, subject, **claims)
    answer = go(client, subject)
    assert answer.status_code == 403
    assert "does not know you" in answer.content.decode()
    assert not inside(client)
    assert Entry.objects.get(action="sign_in_failed").after["why"] == "provider ashmere"
    assert not Person.objects.filter(email="nobody@example.org").exists()


def test_whoever_was_let_go_stays_out(provider: str, council: SimpleNamespace) -> None:
    vouch(provider, "connie", email="connie.contact@example.org", email_verified=True)
    actions.deactivate_person(by=council.administrator, person=council.contact)
    client = Client()
    assert go(client, "connie").status_code == 403
    assert not inside(client)


def test_an_address_given_to_somebody_else_is_not_enough(provider: str, council: SimpleNamespace) -> None:
    vouch(provider, "connie", email="connie.contact@example.org", email_verified=True)
    go(Client(), "connie")
    vouch(provider, "successor", email="connie.contact@example.org", email_verified=True)
    client = Client()
    answer = go(client, "successor")
    assert answer.status_code == 403
    assert "somebody else" in answer.content.decode()
    actions.renew_invitation(by=council.administrator, person=council.contact)
    go(client, "successor")
    assert inside(client)


def test_what_comes_back_unasked_lets_nobody_in(provider: str, council: SimpleNamespace) -> None:
    client = Client()
    answer = client.get("/sign-in/with/ashmere/done?code=made-up&state=made-up")
    assert answer.status_code == 403
    assert "did not finish" in answer.content.decode()
    assert not inside(client)
    assert client.get("/sign-in/with/unknown").status_code == 404


def test_an_organisation_with_a_provider_uses_no_password_and_no_link(council: SimpleNamespace) -> None:
    from joinedup.service.accounts.invitations import invited, path_for

    person = actions.invite_person(
        by=council.administrator, organisation=council.council, email="n@example.org", name="N"
    )
    assert invited(*path_for(person).split("/")[2:]) is None


@pytest.mark.parametrize(("was", "becomes", "told"), [
    ('id = "ashmere"', 'id = "Ash mere"', "lower-case"),
    ("http://localhost", "http://login.example", "https://"),
    ('client_id = "joinedup"', "", "client_id"),
    ("ASHMERE_SECRET", "NOT_SET_ANYWHERE", "NOT_SET_ANYWHERE"),
    ('name = "Ashmere Council"', 'name = "Ashmere Council"\nsecret = "in the file"', "nothing else"),
    ("[[provider]]", "[[provider", "TOML"),
])  # fmt: skip
def test_a_file_that_is_wrong_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, becomes: str, told: str
) -> None:
    monkeypatch.setenv("ASHMERE_SECRET", "a secret between the two")
    file = tmp_path / "sign-in.toml"
    file.write_text(FILE.format(address="http://localhost:1").replace(was, becomes), encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=told):
        read_providers(file)
