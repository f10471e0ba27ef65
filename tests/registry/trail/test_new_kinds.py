"""Kinds of rows that an upgrade covers: what was there is taken in as it is on that day, by an event, and nothing after it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from registry import jobs
from registry.accounts.models import User
from registry.trail.actions import events as trail
from registry.trail.models.events import Event
from registry.trail.queries.beginnings import COVERED_KINDS
from tests import database
from tests.conftest import NOW
from tests.people import person
from tests.registry.integrity.test_covering import commit, faults, rewrite
from tests.registry.stories import a_licence, with_proved_address

pytestmark = pytest.mark.django_db

NEW = ("account.emailaddress", "registry.signin")


@pytest.fixture
def grace() -> User:
    """Someone with a password and an address, in a database in which these were not covered yet."""
    officer = with_proved_address(person("decision_maker", password="correct horse battery staple"))
    commit()
    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_rowdigest WHERE kind IN (%s, %s)", NEW)
        cursor.execute("UPDATE registry_event SET covers = '' WHERE verb = 'set_sign_in'")
    return officer


def rounds(*minutes: int) -> None:
    """Of the worker, so many minutes after the upgrade."""
    for minute in minutes:
        jobs.verify_trail(at=NOW + timedelta(minutes=minute))
        commit()


def named() -> list[str]:
    """What the verification says of rows and of who gets in."""
    return [fault for fault in faults() if fault.startswith(("Rows, account", "Rows, registry.signin", "Agreement"))]


def test_who_could_sign_in_before_is_taken_in_and_the_event_says_so(grace: User) -> None:
    assert trail.cover_new_kinds(at=NOW) >= 2
    commit()

    assert named() == []
    said = Event.objects.get(kind="rule", reference=COVERED_KINDS)
    assert (said.verb, set(NEW) <= set(said.facts["new"])) == ("begin", True)
    assert trail.cover_new_kinds(at=NOW) == 0
    rewrite("UPDATE registry_user SET password = 'x' WHERE id = %s", grace.pk)
    assert [fault.partition(": ")[0] for fault in named()] == [f"Rows, registry.signin {grace.pk}"]


def test_a_way_in_that_was_put_in_after_the_upgrade_has_no_event_and_is_named(grace: User) -> None:
    trail.cover_new_kinds(at=NOW)
    rounds(0, 6)
    assert named() == []

    rewrite(
        'INSERT INTO account_emailaddress (user_id, email, verified, "primary") VALUES (%s, %s, %s, %s)',
        grace.pk, "me@elsewhere.example", True, False,
    )  # fmt: skip
    put_in = EmailAddress.objects.get(email="me@elsewhere.example")

    assert f"Agreement, account.emailaddress {put_in.pk}: no event about {grace.reference} has set it" in named()
    assert trail.cover_new_kinds(at=NOW) == 0
    rounds(7, 60)
    assert f"Rows, account.emailaddress {put_in.pk}: was added without an event" in named()


def test_what_the_code_of_before_writes_until_it_is_gone_is_taken_in(grace: User) -> None:
    trail.cover_new_kinds(at=NOW)
    rewrite("UPDATE registry_user SET password = 'x' WHERE id = %s", grace.pk)
    rewrite("UPDATE account_emailaddress SET verified = %s", False)
    assert len(named()) == 2

    rounds(0)
    assert named() == []
    rewrite("DELETE FROM account_emailaddress")
    rounds(1, 2)
    assert len(named()) == 1
    rounds(6)
    assert named() == []

    rewrite("UPDATE registry_user SET password = 'y' WHERE id = %s", grace.pk)
    rounds(7, 60)
    assert len(named()) == 1
    verbs = Event.objects.filter(reference=COVERED_KINDS).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["begin", "go_on", "end"]


@pytest.mark.parametrize("is_upgraded", [True, False])
def test_a_row_that_is_put_into_a_table_that_was_empty_is_not_taken_in_by_the_next_upgrade(is_upgraded: bool) -> None:
    a_licence()
    commit()
    if is_upgraded:
        trail.cover_new_kinds(at=NOW)
    rounds(0, 6)
    owner = person("decision_maker")
    commit()
    assert not EmailAddress.objects.exists()
    rewrite(
        'INSERT INTO account_emailaddress (user_id, email, verified, "primary") VALUES (%s, %s, %s, %s)',
        owner.pk, "me@elsewhere.example", False, False,
    )  # fmt: skip

    assert trail.cover_new_kinds(at=NOW) == 0
    rounds(7, 13)

    assert len(named()) == 2


def test_a_database_without_a_past_says_nothing() -> None:
    assert trail.cover_new_kinds(at=NOW) == 0
    assert trail.cover_rest(at=NOW) == 0

    assert not Event.objects.exists()
