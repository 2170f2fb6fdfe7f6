"""The WSGI application, for any server: `gunicorn joinedup.service.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.service.settings")

application = get_wsgi_application()
