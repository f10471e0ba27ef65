#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Commands take the time they need: an index of a million names is no page that somebody waits for.
    os.environ.setdefault("STATEMENT_SECONDS", "0")
    os.environ.setdefault("LOCK_SECONDS", "0")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))  # a wrong setting is told in its own words, without a traceback
