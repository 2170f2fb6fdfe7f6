"""Runs the web service: gunicorn with a worker for each core, or a plain threaded server where there is no gunicorn.

The socket is bound before anything else, so that a port that is taken is known at once and no other program can take
it in between. Nothing here prints: the caller is told when the service answers. The process that serves must not
have used the record before: its libraries run threads that a fork does not take along.
"""

from __future__ import annotations

import importlib
import ipaddress
import os
import secrets
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinedup.errors import JoinedupError, UsageError
from joinedup.service.apart import apart
from joinedup.service.at_the_console import require_ready

if TYPE_CHECKING:
    from wsgiref.simple_server import WSGIServer

THREADS = 4
"""Requests that one worker answers at the same time; each asks DuckDB, which leaves Python's lock while it works."""
MOST_WORKERS = 8
BACKLOG = 128


class PortTakenError(JoinedupError):
    """The address cannot be listened at."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to serve. `record` None is the user's own; `workers` None one a core, eight at most."""

    record: str | None = None
    as_of: str | None = None
    fictional: bool = True
    workers: int | None = None
    demo_database: str | None = None
    """The address of a demonstration's database, in which fictional people may sign in."""


Ready = Callable[[str, Callable[[], None]], None]
"""Told once the service answers: its address, and what to call to stop it (from any thread)."""


def listen(host: str, port: int, *, or_any: bool = False) -> socket.socket:
    """A socket that listens at the address; with `or_any`, at a free port where this one is taken.

    Raises PortTakenError, saying what to do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for attempt in (port, 0) if or_any else (port,):
        bound = socket.socket(family, socket.SOCK_STREAM)
        if os.name != "nt":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, attempt))
            bound.listen(BACKLOG)
        except OSError as error:
            bound.close()
            problem = error
        else:
            return bound
    raise PortTakenError(
        f"cannot listen at {host} port {port} ({problem.strerror or problem}); choose another with --port"
    )


def address_of(bound: socket.socket) -> str:
    """The address for a browser."""
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def serve(bound: socket.socket, plan: Plan, ready: Ready) -> None:
    """Serve until stopped by a signal or through what `ready` is given.

    Raises UsageError for settings that are unsafe or wrong, before any process of the server starts, and where there is
    a live service `at_the_console.NotMigratedError` for a database that is not at this version: pages would fail one by
    one, and people's work with them.
    """
    _set_up(bound.getsockname()[0], plan)
    _check_settings()
    if plan.demo_database is None and os.environ.get("DATABASE_URL"):
        apart(require_ready, os.environ["DATABASE_URL"])
    if sys.platform == "win32":
        _serve_plainly(bound, ready)
    else:
        _serve_with_gunicorn(bound, plan, ready)


def _set_up(host: str, plan: Plan) -> None:
    """The settings that come from how the service was started; those already in the environment stay."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "joinedup.service.settings"
    os.environ["JOINEDUP_FICTIONAL"] = "1" if plan.fictional else "0"
    if plan.record is not None:
        os.environ["JOINEDUP_RECORD"] = plan.record
    if plan.as_of is not None:
        os.environ["JOINEDUP_AS_OF"] = plan.as_of
    if plan.demo_database is not None:
        os.environ.update(DATABASE_URL=plan.demo_database, JOINEDUP_DEMO="1")
    if "JOINEDUP_SECRET_KEY" not in os.environ:
        if not ipaddress.ip_address(host).is_loopback:
            raise UsageError(
                "set JOINEDUP_SECRET_KEY to a long random text, and JOINEDUP_ALLOWED_HOSTS to the names that the "
                "service has, before letting others reach it (see docs/how-to/run-the-service.md)"
            )
        os.environ["JOINEDUP_SECRET_KEY"] = secrets.token_urlsafe(50)


def _check_settings() -> None:
    """Read the settings once here: a worker would tell what is wrong with them among its traceback."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        importlib.import_module("joinedup.service.settings")
    except ImproperlyConfigured as error:
        raise UsageError(str(error)) from error


def _serve_with_gunicorn(bound: socket.socket, plan: Plan, ready: Ready) -> None:
    import signal
    import threading

    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    address = address_of(bound)

    def stop() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    def when_ready(server: Any) -> None:
        ready(address, stop)

    options = {
        "bind": f"fd://{bound.detach()}",  # gunicorn takes it over and closes it
        "workers": plan.workers or min(os.cpu_count() or 1, MOST_WORKERS),
        "worker_class": "gthread",
        "threads": THREADS,
        "loglevel": "warning",
        "proc_name": "joinedup",
        "when_ready": when_ready,
    }

    class Application(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from joinedup.service.wsgi import application

            return application

    assert threading.current_thread() is threading.main_thread(), "gunicorn takes the process's signals"
    parent = os.getpid()
    try:
        Application().run()
    except SystemExit as end:
        # The workers are forks of this process and leave by the same way: only the parent goes on from here.
        if os.getpid() != parent:
            raise
        if end.code not in (0, None):
            raise JoinedupError("the web server stopped by itself; its words above say why") from end


def _serve_plainly(bound: socket.socket, ready: Ready) -> None:
    server = plain_server(bound)
    ready(address_of(bound), server.shutdown)
    try:
        server.serve_forever()
    finally:
        server.server_close()


def plain_server(bound: socket.socket) -> WSGIServer:
    """The standard library's server, a thread a request, on a socket that listens already. Its requests go unlogged."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

    from joinedup.service.wsgi import application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: Any) -> None:
            """Requests are nobody's business here."""

    class Threaded(ThreadingMixIn, WSGIServer):
        daemon_threads = True
        address_family = bound.family

    host, port = bound.getsockname()[:2]
    server = Threaded((host, port), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = bound
    server.server_name, server.server_port = host, port
    server.setup_environ()
    server.set_app(application)
    return server
