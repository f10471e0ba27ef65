"""The commands of an installation: roles, the first administrator, holidays, and the proof of history."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection

from registry.accounts.models import User
from registry.holidays.models import Holiday
from registry.roles import ROLES
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests import database
from tests.conftest import NOW, SetClock
from tests.registry.stories import a_licence, an_organisation

pytestmark = pytest.mark.django_db


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out, stderr=out)
    return out.getvalue()


def test_roles_and_groups_are_in_step() -> None:
    Group.objects.get(name="auditor").permissions.clear()
    Group.objects.get(name="inspector").permissions.add(Permission.objects.get(codename="decide"))
    Group.objects.get(name="manager").delete()
    Group.objects.create(name="wheel")

    output = said("sync_roles")

    held = {
        group.name: {
            f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")
        }
        for group in Group.objects.all()
    }
    assert held == {name: set(role.codenames) for name, role in ROLES.items()}
    assert "there is no permission" not in output


def test_the_first_two_administrators_are_appointed_by_a_command_and_no_more() -> None:
    assert "first@people.example" in said("appoint_administrator", "first@people.example", "Ffion First")

    assert User.objects.get(email="first@people.example").roles == {"people_administrator"}
    assert "second@people.example" in said("appoint_administrator", "second@people.example", "Siôn Second")
    with pytest.raises(CommandError):
        said("appoint_administrator", "third@people.example", "Tegan Third")


def test_holidays_are_those_of_each_nation() -> None:
    def is_holiday(nation: str, day: date) -> bool:
        return Holiday.objects.filter(nation=nation, day=day).exists()

    assert is_holiday("scotland", date(2026, 1, 2))
    assert not is_holiday("england_and_wales", date(2026, 1, 2))
    assert is_holiday("northern_ireland", date(2026, 3, 17))
    assert is_holiday("england_and_wales", date(2026, 4, 6))
    assert not is_holiday("scotland", date(2026, 4, 6))
    # A year in which Christmas moves: 25 December 2027 is a Saturday.
    assert is_holiday("england_and_wales", date(2027, 12, 28))


def test_holidays_that_staff_have_taken_out_stay_out() -> None:
    Holiday.objects.filter(nation="scotland", day=date(2026, 1, 2)).delete()

    said("load_holidays")

    assert not Holiday.objects.filter(nation="scotland", day=date(2026, 1, 2)).exists()


def test_later_years_are_added_as_they_come_near(set_clock: SetClock) -> None:
    assert not Holiday.objects.filter(day__year=2032).exists()
    set_clock(NOW.replace(year=2028))

    said("load_holidays")

    assert Holiday.objects.filter(nation="northern_ireland", day=date(2032, 12, 25)).exists()


def test_verify_trail_says_that_history_is_whole_with_its_head() -> None:
    a_licence()

    output = said("verify_trail")

    number, digest = trail.head()
    assert f"Head {number}:{digest}" in output
    assert said("verify_trail", "--published", f"{number}:{digest}") == output


def test_verify_trail_fails_on_a_changed_event() -> None:
    an_organisation()
    changed = Event.objects.get(verb="open_file").number
    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_event SET by_name = 'Nobody' WHERE number = %s", [changed])

    with pytest.raises(CommandError, match="Faults found: 1"):
        said("verify_trail")


def test_verify_trail_fails_on_a_head_that_was_printed_otherwise() -> None:
    an_organisation()

    with pytest.raises(CommandError):
        said("verify_trail", "--published", f"1:{'0' * 64}")
    with pytest.raises(CommandError, match="A head is a number"):
        said("verify_trail", "--published", "yesterday")
