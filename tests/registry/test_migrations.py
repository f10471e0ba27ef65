"""The tables are those that the models say: length, uniqueness and constraints of each column."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_no_model_says_anything_that_no_migration_has_made() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
