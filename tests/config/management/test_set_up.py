"""Setting up can be done again at any time, and does again only what has changed."""

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from pytest_django import Settings

from registry.models import Holiday
from registry.permissions import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_static_file(settings: Settings, tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    file = source / "page.css"
    file.write_text("a {}")
    return file


def set_up() -> str:
    out = StringIO()
    call_command("set_up", stdout=out)
    return out.getvalue()


def test_it_leaves_the_roles_the_holidays_and_the_static_files_in_place(tmp_path: Path) -> None:
    Group.objects.all().delete()
    Holiday.objects.all().delete()

    set_up()

    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert Holiday.objects.exists()
    assert (tmp_path / "collected" / "page.css").read_text() == "a {}"


def test_static_files_that_have_not_changed_are_not_collected_again() -> None:
    set_up()

    assert "collectstatic" not in set_up()


def test_a_static_file_that_has_changed_is_collected_again(one_static_file: Path, tmp_path: Path) -> None:
    set_up()
    one_static_file.write_text("a { color: red }")
    later = time.time() + 5
    os.utime(one_static_file, (later, later))

    assert "collectstatic" in set_up()
    assert (tmp_path / "collected" / "page.css").read_text() == "a { color: red }"
