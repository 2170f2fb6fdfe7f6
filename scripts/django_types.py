"""The settings under which the types of Django's models are checked: the live service, with nothing secret."""

import os

os.environ.setdefault("JOINEDUP_SECRET_KEY", "types are checked without a secret")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("JOINEDUP_FILES", "var/files")

from joinedup.service.settings import *  # noqa: F403
