"""The Django project's settings, every one of them from the environment.

JOINEDUP_SECRET_KEY     required; `joinedup serve` and `joinedup demo` make one for the run on a loopback address
JOINEDUP_ALLOWED_HOSTS  names that the service answers to, with commas; default: this machine's own names only
JOINEDUP_RECORD         the public record, a folder or an s3:// address; default: the user's data folder
JOINEDUP_AS_OF          a date and time (UTC): show the record as it stood then; default: as it stands
JOINEDUP_FICTIONAL      "0" leaves fictional areas out altogether; default: shown in their own part where there are any
JOINEDUP_HTTPS          "1" where the service is reached over HTTPS: tells browsers to come back that way only
JOINEDUP_API_PER_MINUTE how many requests a minute one client may make of the API; 0: no limit; default 300
JOINEDUP_API_BURST      how many of them at once; default 100
JOINEDUP_PROXIES        how many proxies of our own stand in front, whose X-Forwarded-For is believed; default 0
JOINEDUP_OPERATOR_TOKEN a secret of 32 letters or more: whoever has it may correct what was read; default: nobody may
DATABASE_URL            the live service's database, postgres://… or sqlite:///…; default: none, no live service
JOINEDUP_FILES          the folder that keeps the files of inspections; default: `files` beside an SQLite database
JOINEDUP_UPLOAD_MB      megabytes that the files of one request may have together; default 100
JOINEDUP_DEMO           "1" lets the fictional people of a demonstration sign in; set by `joinedup demo` alone
JOINEDUP_SIGN_IN        a TOML file of organisations' own OpenID Connect providers (docs/how-to/run-the-live-service.md)
JOINEDUP_EMAIL_URL      where e-mail is sent through, smtp://…; default: nowhere
JOINEDUP_DEBUG          "1" shows Django's own error pages; never outside a developer's machine

Without DATABASE_URL there is no database, and there are no sessions or accounts: every page reads the public record
alone. With it, the live service is there too.
"""

import datetime as dt
import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def _flag(name: str, default: bool) -> bool:
    """A yes or no from the environment: "1" or "0"."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f'{name} must be "1" or "0", and it is {value!r}')
    return value == "1"


def _whole(name: str, default: int) -> int:
    """A whole number from the environment, 0 or more."""
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, and it is {value!r}")
    return int(value)


def _secret_key() -> str:
    """The key that signs things; there is no default, so that no two installations share one."""
    key = os.environ.get("JOINEDUP_SECRET_KEY", "")
    if not key:
        raise ImproperlyConfigured(
            "JOINEDUP_SECRET_KEY is not set: give the service a long random text of its own, for example from "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return key


DEBUG = _flag("JOINEDUP_DEBUG", False)
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [
    name.strip()
    for name in os.environ.get("JOINEDUP_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    if name.strip()
]


def _moment(name: str) -> dt.datetime | None:
    """A date and time from the environment, in ISO 8601."""
    value = os.environ.get(name)
    try:
        return dt.datetime.fromisoformat(value) if value else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a date and time like 2026-01-31T12:00, not {value!r}") from error


AS_OF = _moment("JOINEDUP_AS_OF")
RECORD = os.environ.get("JOINEDUP_RECORD") or None
SHOW_FICTIONAL = _flag("JOINEDUP_FICTIONAL", True)


def _operator_token() -> str:
    """What the operator shows; too short a one could be guessed. A record shown as it stood stays as it is."""
    token = os.environ.get("JOINEDUP_OPERATOR_TOKEN", "")
    if token and len(token) < 32:
        raise ImproperlyConfigured("JOINEDUP_OPERATOR_TOKEN must have 32 letters or more")
    return "" if AS_OF else token


OPERATOR_TOKEN = _operator_token()

API_PER_MINUTE = _whole("JOINEDUP_API_PER_MINUTE", 300)
API_BURST = _whole("JOINEDUP_API_BURST", 100)
PROXIES = _whole("JOINEDUP_PROXIES", 0)

INSTALLED_APPS = ["django.contrib.staticfiles", "joinedup.service.site", "joinedup.service.api"]
LIVE = bool(os.environ.get("DATABASE_URL"))
DEMO = _flag("JOINEDUP_DEMO", False)
MIDDLEWARE = [
    "joinedup.service.head_requests.without_a_body",
    "django.middleware.security.SecurityMiddleware",
    "joinedup.service.headers.page_headers",
    "joinedup.service.shared_links.without_marks",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "joinedup.service.access.RequireDeclaredAudience",
    "joinedup.service.methods.told_on_a_page",
]
ROOT_URLCONF = "joinedup.service.urls"
WSGI_APPLICATION = "joinedup.service.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["joinedup.service.site.context.every_page"]},
    }
]
DATABASES: dict[str, Any] = {}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
APPEND_SLASH = False

# Served by WhiteNoise from where they lie in the package: a fresh machine needs no collecting step.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

FILE_UPLOAD_HANDLERS = [
    "joinedup.service.uploads.OnlyWhatCouldBeKept",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = _flag("JOINEDUP_HTTPS", False)
CSRF_FAILURE_VIEW = "joinedup.service.site.views.errors.csrf_failure"

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HTTPS = _flag("JOINEDUP_HTTPS", False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

if LIVE:
    from joinedup.service import live_settings

    INSTALLED_APPS = [*live_settings.APPS, *INSTALLED_APPS]
    MIDDLEWARE = live_settings.middleware(MIDDLEWARE)
    DATABASES = {"default": live_settings.database(os.environ["DATABASE_URL"])}
    FILES = live_settings.files(os.environ.get("JOINEDUP_FILES"), DATABASES["default"])
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("joinedup.service.live.every_live_page")  # type: ignore[index]
    UPLOAD_AT_ONCE = _whole("JOINEDUP_UPLOAD_MB", 100) * 1024 * 1024
    globals().update(live_settings.SETTINGS)
    SESSION_COOKIE_SECURE = HTTPS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A page that is not there is the asker's mistake, and no news.
        "django.request": {"level": "ERROR"},
    },
}
