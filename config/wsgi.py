"""The entry point for WSGI servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from config.logs import WithRequestId

# What is read from here on lives as long as the process: looking through it for garbage took a fifth of the time to start.
gc.disable()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = WithRequestId(get_wsgi_application())

from config.ready import get_ready  # noqa: E402 - models can be imported only now

get_ready()
