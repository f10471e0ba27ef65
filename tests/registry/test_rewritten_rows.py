"""A row that was rewritten past the trail is not sealed together with the next lawful change: the action is refused."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from registry import covering, trail
from registry.actions import licences
from registry.models import Counter, Letter, Licence, RowDigest
from tests import database
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import a_decider, a_licence, day
from tests.registry.test_covering import commit, faults, rewrite

pytestmark = pytest.mark.django_db


def save(licence: Licence) -> None:
    licence.valid_until = day(300)
    licence.save(update_fields=["valid_until"])


def save_all(licence: Licence) -> None:
    save(Licence.objects.get(pk=licence.pk))


def update_in_bulk(licence: Licence) -> None:
    licence.valid_until = day(300)
    Licence.objects.bulk_update([licence], ["valid_until"])


CHANGES: dict[str, Callable[[Licence], object]] = {
    "save of a field": save,
    "save": save_all,
    "update": lambda licence: Licence.objects.filter(pk=licence.pk).update(valid_until=day(300)),
    "update through a relation": lambda licence: licence.listing.licences.update(valid_until=day(300)),
    "bulk update": update_in_bulk,
    "lock": trail.locked,
    "revoke": lambda licence: licences.revoke(licence, takes_effect=day(1), because="Wages.", by=a_decider(), at=NOW),
}


@pytest.mark.parametrize("way", CHANGES)
def test_a_rewritten_row_is_not_changed_by_an_action(way: str) -> None:
    licence = a_licence()
    commit()
    rewrite("UPDATE registry_licence SET sectors = '[]' WHERE id = %s", licence.pk)
    before = trail.head()

    with (
        pytest.raises(covering.RowRewritten, match=rf"registry\.licence {licence.pk}: is not as the last event"),
        transaction.atomic(),
    ):
        CHANGES[way](licence)

    assert trail.head() == before
    assert any(f"registry.licence {licence.pk}: is not as event" in fault for fault in faults())


def test_a_rewritten_row_is_not_deleted_by_an_action() -> None:
    letter = Letter.objects.create(
        number="L-1", template="t", language="en-gb", subject="s", reference="r", at=NOW, trail_number=0,
        trail_hash="", message_id="<1>",
    )  # fmt: skip
    commit()
    rewrite("UPDATE registry_letter SET subject = 'x' WHERE id = %s", letter.pk)

    with pytest.raises(covering.RowRewritten, match=r"registry\.letter"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).delete()


def test_a_row_that_was_added_past_the_trail_is_not_changed() -> None:
    a_licence()
    commit()
    rewrite("INSERT INTO registry_counter (name, value, hash) VALUES ('licence XXXX', 4, '')")

    with pytest.raises(covering.RowRewritten, match="licence XXXX: was added without an event"), transaction.atomic():
        Counter.objects.draw("licence XXXX")


def test_a_counter_that_was_set_back_or_deleted_gives_no_number() -> None:
    licence = a_licence()
    name = f"licence {licence.number[:4]}"
    commit()

    rewrite("UPDATE registry_counter SET value = value - 1 WHERE name = %s", name)
    with pytest.raises(covering.RowRewritten, match=f"{name}: is not as the last event"), transaction.atomic():
        Counter.objects.draw(name)

    covering.sealing()._forget()
    rewrite("DELETE FROM registry_counter WHERE name = %s", name)
    with pytest.raises(covering.RowRewritten, match=f"{name}: was deleted without an event"), transaction.atomic():
        Counter.objects.draw(name)


def test_a_role_that_was_given_past_the_trail_is_not_sealed_with_another() -> None:
    officer = person("case_officer")
    commit()
    decider = Group.objects.get(name="decision_maker")
    rewrite("INSERT INTO registry_user_groups (user_id, group_id) VALUES (%s, %s)", officer.pk, decider.pk)

    with pytest.raises(covering.RowRewritten, match=r"registry\.user"):
        officer.groups.add(Group.objects.get(name="inspector"))


def test_a_row_that_a_savepoint_took_back_is_compared_with_what_is_there() -> None:
    licence = a_licence()
    commit()
    with transaction.atomic():
        save(licence)
        trail.record(licence, "test", by=None, at=NOW)
        transaction.set_rollback(True)

    Licence.objects.filter(pk=licence.pk).update(valid_until=day(200))
    trail.seal()

    assert list(covering.faults()) == []


def test_a_kind_that_is_not_covered_yet_can_be_changed() -> None:
    licence = a_licence()
    commit()
    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_rowdigest WHERE kind = 'registry.licence'")

    save(licence)
    trail.seal()

    assert RowDigest.objects.filter(kind="registry.licence").count() == 1


def test_a_change_of_one_row_costs_no_statement_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """The last digest is read once: before the row is written, and no longer when it is sealed."""
    licence = a_licence()
    commit()

    # the row with its last digest, the change; the row, the salt, the new digest, the counter twice, the event
    with django_assert_num_queries(8):
        licence.valid_until = day(300)
        licence.save(update_fields=["valid_until"])
        trail.record(licence, "test", by=None, at=NOW)
