"""Upgrade the database of an older release and look at all of it: `python -m tests.upgrades FOLDER AT` prints what was found.

A process of its own, as an upgrade is. It begins with the folder that the older release left (`tests.upgrades.unpacked`), and its clock
is AT: the data is as old on any day on which it is tried. `python -m tests.upgrades.make` makes such a folder as an archive. A
third word, `briefly`, leaves out the walk through all pages.
"""

import json
import logging
import os
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.utils import timezone

from tests.upgrades.make import environment

#: Nothing here is about how often one machine asks.
UNLIMITED = 10**9

if __name__ == "__main__":
    folder, at = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    os.environ |= environment(folder, os.environ.get("DATABASE_URL", ""))
    timezone.now = lambda: at
    django.setup()
    import_module("config.migrating").SAYS_EVERY = 0.2  # type: ignore[attr-defined]
    settings.LIMITS = dict.fromkeys(settings.LIMITS, (UNLIMITED, 1))
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a page that one may not see is no news
    steps = import_module("tests.upgrades.upgraded").Upgrade(folder)
    json.dump(steps.all_of_it(with_pages=sys.argv[3:] != ["briefly"]), sys.stdout, indent=1)
