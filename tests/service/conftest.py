"""What the tests of the web service share: Django set up with the live service, a client, a server, a browser.

Django is set up here and not in pyproject.toml, so that the tests of the lower floors never import it.
"""

import atexit
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "joinedup.service.settings"
os.environ["JOINEDUP_SECRET_KEY"] = "only for the tests, and long enough to be one, which is fifty letters"
PLACE = Path(tempfile.mkdtemp(prefix="joinedup-tests-"))
atexit.register(shutil.rmtree, PLACE, ignore_errors=True)
os.environ["DATABASE_URL"] = f"sqlite:///{PLACE / 'live.sqlite3'}"
os.environ["JOINEDUP_FILES"] = str(PLACE / "files")
os.environ["JOINEDUP_RECORD"] = str(Path(tempfile.gettempdir()) / "joinedup-tests-have-no-record-here")
for name in (
    "JOINEDUP_FICTIONAL",
    "JOINEDUP_AS_OF",
    "JOINEDUP_HTTPS",
    "JOINEDUP_DEBUG",
    "JOINEDUP_ALLOWED_HOSTS",
    "JOINEDUP_OPERATOR_TOKEN",
):
    os.environ.pop(name, None)

import django  # noqa: E402 the settings above must stand before

django.setup()

import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

# A file, as where the service runs: Django's own choice, a database in memory, has one connection for a live server's
# threads and the test's together, and a transaction of one of them could break the other's.
settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(PLACE / "tests.sqlite3")


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Leave no connection to the next test, once what this one asked for is put away: a question to the service closes
    old connections, and to look at one is refused to a test without the database."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


PAGES = (
    "/",
    "/?as_at=2016-11-16&framework=sif&since=2015-01-01",
    "/?as_at=2009-01-01",
    "/?as_at=no-day&judgement=none",
    "/areas",
    "/areas?q=dorset",
    "/areas?q=zzzz",
    "/areas/barnsley",
    "/areas/dorset-county",
    "/areas/ashmere",
    "/areas/barnslay",
    "/data",
    "/data?area=nowhere",
    "/api",
    "/api/reference",
    "/about",
    "/about/licence",
    "/about/accessibility",
)


@pytest.fixture(params=PAGES)
def address(request: pytest.FixtureRequest) -> str:
    """The address of each sort of page, those of mistakes included."""
    return str(request.param)


@pytest.fixture
def client() -> Client:
    """A client that sees an error of ours as the page with status 500, as people would."""
    return Client(raise_request_exception=False)


@pytest.fixture(scope="session")
def demo_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the demonstration's record has been made."""
    from joinedup.service.demo import prepare

    cache = tmp_path_factory.mktemp("cache")
    prepare(cache / "joinedup" / "demo", say=lambda words: None)
    return cache


@pytest.fixture
def demo(demo_cache: Path) -> Iterator[Path]:
    """The pages show the demonstration's record, with its fictional reports."""
    from joinedup.service.demo import prepare

    record = prepare(demo_cache / "joinedup" / "demo", say=lambda words: None)
    with override_settings(RECORD=str(record)):
        yield record


@pytest.fixture
def place(demo: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the demonstration's record that a test may change."""
    from joinedup.service.site.records import look_again

    copy = tmp_path / "record"
    shutil.copytree(demo, copy)
    with override_settings(RECORD=str(copy)):
        look_again()
        yield copy
    look_again()


@pytest.fixture(scope="session")
def live_address() -> Iterator[str]:
    """The address of a real server in a thread of ours."""
    from joinedup.service.server import address_of, listen, plain_server

    bound = listen("127.0.0.1", 0)
    server = plain_server(bound)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield address_of(bound).rstrip("/")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's own Chromium; the test skips where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("needs Chromium, and there is none on the PATH (Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[object]:
    """One Chromium for all browser tests, with a profile of its own that is thrown away."""
    from playwright.sync_api import sync_playwright

    switches = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
    quiet = ("--disable-component-update", "--disable-sync")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium_path, args=[*switches, *quiet])
        yield found
        found.close()


@pytest.fixture
def open_page(browser: object, live_address: str) -> Iterator[Callable[..., object]]:
    """Opens an address of the live server in a fresh context: `open_page(path, width=1280, scripts=True)`."""
    contexts = []

    def opened(path: str, *, width: int = 1280, scripts: bool = True) -> object:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)  # type: ignore[attr-defined]
        contexts.append(context)
        page = context.new_page()
        page.goto(live_address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
