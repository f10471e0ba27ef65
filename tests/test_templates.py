"""The database that `migrate` makes is the one that Django makes, though it is made in a fifth of the time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import templates
from tests.in_part import WHOLE

#: Every table, index and trigger, in the words in which it was made.
SCHEMA = """
import sqlite3, sys
for row in sorted(map(str, sqlite3.connect(sys.argv[1]).execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))):
    print(row)
"""
#: Not by the command of ours that is quicker.
AS_DJANGO = """
import django; django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0)
"""


def schema(file: Path) -> list[str]:
    command = [sys.executable, "-c", SCHEMA, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.skipif(not os.environ.get(WHOLE), reason="takes a minute and a half: script/test whole")
def test_the_database_is_the_one_that_django_makes(tmp_path: Path) -> None:
    file = tmp_path / "registry.sqlite3"
    given = {"DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", AS_DJANGO], cwd=templates.ROOT, env=os.environ | given, check=True)

    assert len(schema(file)) > 1_000
    assert schema(file) == schema(templates.sqlite())
