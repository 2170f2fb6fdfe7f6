"""Coming in: a password and a code, never a hint who is known, a limit to guessing, and sessions that end."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from joinedup.service.accounts import actions
from joinedup.service.accounts.forms import Accept, Code, NewPassword, SignIn
from joinedup.service.accounts.models import Attempt, Person
from joinedup.service.accounts.signed_out import KEPT_BACK
from joinedup.service.audit.models import Entry

PASSWORD = "seven green bicycles"


def code_of(secret: str, ahead: int = 0) -> str:
    """The code of RFC 6238 for now, or for so many half minutes ahead, written from the standard."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + ahead), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture(autouse=True)
def quick_hashes(settings: SimpleNamespace) -> None:
    """Passwords are kept by a quick algorithm: it is the ways in that are tested here, not Argon2."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def known(world: SimpleNamespace) -> Person:
    """Somebody with a password and no second factor yet."""
    person: Person = world.inspector
    actions.change_password(by=person, password=PASSWORD)
    return person


@pytest.fixture
def guarded(known: Person) -> tuple[Person, str]:
    """Somebody with a password and a second factor, and its secret."""
    secret = base64.b32encode(b"twenty bytes of key!").decode()
    actions.set_up_second_factor(by=known, secret=secret)
    return known, secret


def enter(client: Client, email: str, password: str = PASSWORD, then: str = "") -> object:
    """Try to sign in with a password."""
    return client.post("/sign-in", {"email": email, "password": password, "next": then})


def signed_in(client: Client) -> bool:
    """Whether the client may see its own account."""
    return client.get("/account").status_code == 200


def test_whoever_has_not_signed_in_is_led_to_sign_in_and_back(client: Client) -> None:
    assert client.get("/work?x=1").headers["Location"] == "/sign-in?next=/work%3Fx%3D1"


def test_somebody_without_a_second_factor_sets_one_up_before_anything_else(client: Client, known: Person) -> None:
    assert enter(client, "Ivo.Inspector@example.org ").headers["Location"] == "/work"
    for address in ("/work", "/account", "/account/password"):
        assert client.get(address).headers["Location"] == "/account/second-factor"
    page = client.get("/account/second-factor").content.decode()
    secret = re.search(r'<strong class="ju-secret">([A-Z2-7 ]+)</strong>', page).group(1)
    assert client.get("/account/second-factor/picture").headers["Content-Type"] == "image/svg+xml"
    assert client.post("/account/second-factor", {"code": "000000"}).status_code == 422
    done = client.post("/account/second-factor", {"code": code_of(secret)})
    assert done.headers["Location"] == "/account/recovery-codes"
    shown = client.get("/account/recovery-codes").content.decode()
    assert len(re.findall(r"<li><code>\w+</code>", shown)) == 10
    assert client.get("/work").status_code == 200
    assert client.get("/account/second-factor/picture").status_code == 404, "the secret is shown no more"


def test_the_second_step_asks_for_the_code_and_takes_each_once(client: Client, guarded: tuple[Person, str]) -> None:
    person, secret = guarded
    assert enter(client, person.email, then="/account").headers["Location"] == "/sign-in/code"
    assert not signed_in(client)
    assert client.post("/sign-in/code", {"code": "123"}).status_code == 422
    code = code_of(secret)
    assert client.post("/sign-in/code", {"code": code}).headers["Location"] == "/account"
    assert signed_in(client)
    other = Client()
    enter(other, person.email)
    from django.core.cache import cache

    cache.clear()  # another process has a cache of its own
    assert other.post("/sign-in/code", {"code": code}).status_code == 422, "it was used"
    assert not signed_in(other)


def test_a_recovery_code_is_good_once(client: Client, guarded: tuple[Person, str]) -> None:
    from joinedup.service.accounts.second_factor import recovery_codes

    person, _ = guarded
    code = recovery_codes(person)[0]
    enter(client, person.email)
    client.post("/sign-in/code", {"code": f" {code.upper()} "})
    assert signed_in(client)
    other = Client()
    enter(other, person.email)
    assert other.post("/sign-in/code", {"code": code}).status_code == 422
    assert len(recovery_codes(person)) == 9


def test_the_secret_cannot_be_read_from_the_database(guarded: tuple[Person, str]) -> None:
    from allauth.mfa.models import Authenticator

    _, secret = guarded
    assert all(secret not in str(row.data) for row in Authenticator.objects.all())


def test_the_code_cannot_be_asked_for_without_the_password_or_long_after(
    client: Client, guarded: tuple[Person, str]
) -> None:
    person, secret = guarded
    assert client.get("/sign-in/code").headers["Location"] == "/sign-in"
    enter(client, person.email)
    session = client.session
    session["signing_in"] = session["signing_in"] | {"at": time.time() - 601}
    session.save()
    assert client.post("/sign-in/code", {"code": code_of(secret)}).headers["Location"] == "/sign-in"
    assert not signed_in(client)


def test_a_sign_in_begun_before_the_password_changed_cannot_be_ended(
    client: Client, guarded: tuple[Person, str]
) -> None:
    person, secret = guarded
    enter(client, person.email)
    actions.change_password(by=person, password="another long password")
    assert client.post("/sign-in/code", {"code": code_of(secret)}).headers["Location"] == "/sign-in"


def words_of(answer: object) -> str:
    """A page's words without what differs each time, and without what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r'value="[^"]*@[^"]*"', "", page)


def test_a_wrong_password_and_somebody_unknown_are_told_the_same(client: Client, known: Person) -> None:
    wrong = enter(client, known.email, "not it at all")
    unknown = enter(client, "nobody@example.org", "not it at all")
    assert wrong.status_code == unknown.status_code == 422
    assert words_of(wrong) == words_of(unknown)
    assert "The e-mail address or the password is not right" in words_of(wrong)
    assert b"not it at all" not in wrong.content, "a password is not shown again"


@pytest.mark.parametrize("why", ["not active", "own provider", "fictional"])
def test_whoever_may_not_come_in_is_told_the_same(client: Client, known: Person, why: str) -> None:
    match why:
        case "not active":
            Person.objects.filter(pk=known.pk).update(is_active=False)
        case "own provider":
            known.organisation.sign_in = "theirs"
            known.organisation.save()
        case "fictional":
            Person.objects.filter(pk=known.pk).update(fictional=True)
    answer = enter(client, known.email)
    assert answer.status_code == 422
    assert words_of(answer) == words_of(enter(Client(), "nobody@example.org"))


@pytest.mark.parametrize("email", ["ivo.inspector@example.org", "nobody@example.org"])
def test_five_wrong_guesses_about_one_person_lock_them_for_a_quarter_of_an_hour(known: Person, email: str) -> None:
    for _ in range(5):
        assert enter(Client(), email, "wrong").status_code == 422
    locked = enter(Client(), email, PASSWORD)
    assert locked.status_code == 429
    assert "Wait 15 minutes" in words_of(locked)
    assert enter(Client(), "nora.nurse@example.org", "wrong").status_code == 422, "others are not locked out"
    Attempt.objects.update(at=Attempt.objects.earliest("at").at.replace(year=2020))
    right = enter(Client(), known.email)
    assert right.headers["Location"] == "/work"


def test_guesses_from_one_place_about_many_people_end_too(known: Person) -> None:
    for number in range(50):
        assert enter(Client(), f"somebody{number}@example.org").status_code == 422
    assert enter(Client(), "one.more@example.org").status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert enter(elsewhere, "one.more@example.org").status_code == 422


def test_a_whole_office_signs_in_from_one_address_and_their_success_hides_nobodys_guesses(known: Person) -> None:
    for _ in range(60):
        assert enter(Client(), known.email).headers["Location"] == "/work"
    for number in range(49):
        assert enter(Client(), f"somebody{number}@example.org").status_code == 422
        assert enter(Client(), known.email).status_code == 302
    assert enter(Client(), "one.more@example.org").status_code == 422
    assert enter(Client(), "yet.another@example.org").status_code == 429


def test_guessing_the_code_locks_too(client: Client, guarded: tuple[Person, str]) -> None:
    person, secret = guarded
    enter(client, person.email)
    for _ in range(5):
        assert client.post("/sign-in/code", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/code", {"code": code_of(secret)}).status_code == 429


def test_success_forgets_the_failures_before_it(guarded: tuple[Person, str], known: Person) -> None:
    for _ in range(3):
        for _ in range(4):
            enter(Client(), known.email, "wrong")
        assert enter(Client(), known.email).headers["Location"] == "/sign-in/code"


def test_everything_about_signing_in_is_in_the_audit(client: Client, guarded: tuple[Person, str]) -> None:
    person, secret = guarded
    Entry.objects.all().delete()
    from joinedup.service.audit.models import Head

    Head.objects.all().delete()
    enter(client, person.email, "wrong")
    enter(client, "a password typed in the wrong place@example.org".replace(" ", "."), "wrong")
    enter(client, person.email)
    client.post("/sign-in/code", {"code": "000000"})
    client.post("/sign-in/code", {"code": code_of(secret)})
    client.post("/sign-out")
    told = [
        (each.action, each.thing, each.after.get("why") or each.after.get("way"))
        for each in reversed(Entry.objects.all())
    ]
    assert told == [
        ("sign_in_failed", "person", "address or password"),
        ("sign_in_failed", "attempt", "address or password"),
        ("sign_in_failed", "person", "code"),
        ("signed_in", "person", "password and code"),
        ("signed_out", "person", None),
    ]
    assert not any("typed" in str(each.after) for each in Entry.objects.all())


def test_signing_out_takes_a_post(client: Client, guarded: tuple[Person, str]) -> None:
    person, secret = guarded
    enter(client, person.email)
    client.post("/sign-in/code", {"code": code_of(secret)})
    assert client.get("/sign-out").status_code == 405
    assert signed_in(client)
    assert client.post("/sign-out").headers["Location"] == "/sign-in"
    assert not signed_in(client)


@pytest.mark.parametrize(("field", "seconds", "ends"), [
    ("seen", 29 * 60, False),
    ("seen", 31 * 60, True),
    ("started", 11 * 3600, False),
    ("started", 12 * 3600 + 60, True),
])  # fmt: skip
def test_a_session_ends_after_half_an_hour_idle_and_after_twelve_hours(
    world: SimpleNamespace, sign_in: Callable[[Person], Client], field: str, seconds: int, ends: bool
) -> None:
    client = sign_in(world.inspector)
    assert signed_in(client)
    session = client.session
    session[field] -= seconds
    session.save()
    answer = client.get("/account")
    assert (answer.status_code == 302) == ends
    assert not ends or answer.headers["Location"] == "/sign-in?next=/account"
    assert Entry.objects.filter(action="session_ended").exists() == ends


@pytest.mark.parametrize("over", ["idle for long", "gone"])
def test_whoever_sends_a_form_after_the_session_ended_is_shown_what_they_typed(
    world: SimpleNamespace, sign_in: Callable[[Person], Client], over: str
) -> None:
    client = sign_in(world.inspector)
    assert signed_in(client)
    session = client.session
    if over == "gone":
        session.flush()
    else:
        session["seen"] -= 31 * 60
        session.save()
    sent = {"words": "Nobody <rang> back.", "source": "interview", "password": "seven green bicycles"}
    answer = client.post("/inspections/J1/evidence/add", sent)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nobody &lt;rang&gt; back." in page
    assert "/sign-in?next=/inspections/J1/evidence/add" in page
    assert "interview" not in page
    assert "bicycles" not in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert (
        client.post("/inspections/J1/evidence/add", {"source": "interview"}).headers["Location"].startswith("/sign-in")
    )


@pytest.mark.parametrize(("referer", "back"), [
    ("http://testserver/inspections/J1/evidence/3?child=C1", "/inspections/J1/evidence/3%3Fchild%3DC1"),
    ("https://elsewhere.example/inspections/J1/evidence/3", "/inspections/J1/evidence/3/withdraw"),
    ("", "/inspections/J1/evidence/3/withdraw"),
    ("http://[", "/inspections/J1/evidence/3/withdraw"),
])  # fmt: skip
def test_whoever_signs_in_again_comes_back_to_the_page_that_the_form_stood_on(
    world: SimpleNamespace, sign_in: Callable[[Person], Client], referer: str, back: str
) -> None:
    client = sign_in(world.inspector)
    client.session.flush()
    sent = {"why": "It was somebody else."}
    answer = client.post("/inspections/J1/evidence/3/withdraw", sent, headers={"Referer": referer})
    assert f'href="/sign-in?next={back}"' in answer.content.decode()


def test_no_password_is_shown_again_to_whoever_sends_one_after_the_session_ended(
    world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(world.inspector)
    client.session.flush()
    sent = {"old_password": PASSWORD, "new_password": "nine quiet harbours", "again": "nine quiet harbours"}
    answer = client.post("/account/password", sent)
    assert answer.headers["Location"].startswith("/sign-in"), "nothing else was typed"
    fields = {name for form in (SignIn, Code, NewPassword, Accept) for name in form.base_fields} - {"name", "email"}
    assert fields <= KEPT_BACK


def test_changing_the_password_ends_the_sessions_elsewhere(guarded: tuple[Person, str]) -> None:
    person, secret = guarded
    here, there = Client(), Client()
    for client, ahead in ((here, 0), (there, 1)):
        enter(client, person.email)
        client.post("/sign-in/code", {"code": code_of(secret, ahead)})
        assert signed_in(client)
    new = "eight yellow tricycles"
    wrong = {"old_password": "not this", "new_password": new, "again": new}
    assert here.post("/account/password", wrong).status_code == 422
    assert here.post("/account/password", wrong | {"old_password": PASSWORD, "again": "else"}).status_code == 422
    short = {"old_password": PASSWORD, "new_password": "short", "again": "short"}
    assert "at least 12 characters" in here.post("/account/password", short).content.decode()
    assert here.post("/account/password", wrong | {"old_password": PASSWORD}).headers["Location"] == "/account"
    assert signed_in(here)
    assert not signed_in(there)


def test_new_recovery_codes_take_a_code_and_end_the_old(client: Client, guarded: tuple[Person, str]) -> None:
    from joinedup.service.accounts.second_factor import recovery_codes

    person, secret = guarded
    enter(client, person.email)
    client.post("/sign-in/code", {"code": code_of(secret)})
    old = recovery_codes(person)
    page = client.get("/account/recovery-codes").content.decode()
    assert "10 recovery codes left" in page
    assert old[0] not in page
    assert client.post("/account/recovery-codes", {"code": "000000"}).status_code == 422
    assert client.post("/account/recovery-codes", {"code": code_of(secret, 1)}).status_code == 302
    new = recovery_codes(person)
    assert not set(old) & set(new)
    assert new[0] in client.get("/account/recovery-codes").content.decode()


@pytest.mark.parametrize("then", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "work"])
def test_nobody_is_sent_elsewhere_after_signing_in(client: Client, known: Person, then: str) -> None:
    assert enter(client, known.email, then=then).headers["Location"] == "/work"


def test_pages_of_ones_own_are_not_kept_by_browsers(
    world: SimpleNamespace, sign_in: Callable[[Person], Client]
) -> None:
    assert sign_in(world.inspector).get("/account").headers["Cache-Control"] == "no-store"
    assert "no-store" in Client().get("/sign-in").headers["Cache-Control"]


def test_public_pages_set_no_cookie_and_read_no_session(
    world: SimpleNamespace, sign_in: Callable[[Person], Client], django_assert_num_queries: Callable[..., object]
) -> None:
    client = sign_in(world.inspector)
    with django_assert_num_queries(0):
        assert not client.get("/about").cookies


class TestFictionalPeople:
    """They sign in to a demonstration, by a button, and nowhere else."""

    @pytest.fixture
    def fictional(self, world: SimpleNamespace) -> Person:
        Person.objects.filter(pk=world.inspector.pk).update(fictional=True)
        return Person.objects.get(pk=world.inspector.pk)

    def test_in_a_demonstration_by_a_button(self, fictional: Person, settings: SimpleNamespace, client: Client) -> None:
        settings.DEMO = True
        assert "Ivo Inspector" in client.get("/demo/sign-in").content.decode()
        assert client.post("/demo/sign-in", {"person": fictional.pk}).headers["Location"] == "/work"
        assert client.get("/work").status_code == 200

    def test_not_as_somebody_real(self, world: SimpleNamespace, settings: SimpleNamespace, client: Client) -> None:
        settings.DEMO = True
        assert client.post("/demo/sign-in", {"person": world.lead.pk}).status_code == 404
        assert client.post("/demo/sign-in", {"person": "x"}).status_code == 404
        assert client.post("/demo/sign-in", {"person": "9" * 5_000}).status_code == 404

    def test_outside_a_demonstration_the_page_is_not_there(self, fictional: Person, client: Client) -> None:
        assert client.get("/demo/sign-in").status_code == 404
        assert client.post("/demo/sign-in", {"person": fictional.pk}).status_code == 404

    def test_a_session_from_a_demonstration_ends_outside_it(
        self, fictional: Person, sign_in: Callable[[Person], Client]
    ) -> None:
        assert not signed_in(sign_in(fictional))
