"""Every row that a decision, a paper or a public answer rests on leaves its digest in an event, however it is written."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from registry import signing
from registry.accounts.models import User
from registry.integrity import covering, row_contents
from registry.integrity.row_contents import CoveredColumn
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations.models import Person
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.register import queries as register
from registry.register.models import Entry
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.trail.models.covered import CoveredQuerySet, RowDigest, covered_fields, covered_models
from registry.trail.models.events import Counter, Event
from registry.trail.queries import chain
from tests import database
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import a_condition, a_decider, a_licence, a_licence_that_is, an_organisation, day
from tests.tampering import NAMED, chain_entries

pytestmark = pytest.mark.django_db


def faults(published: tuple[int, str] | None = None) -> tuple[str, ...]:
    return verifications.verify_history(published).faults


def commit() -> tuple[int, str]:
    """What a commit does, in a test whose own transaction never comes to one; and the head as it may be printed then."""
    trail.seal()
    covering.sealing()._forget()
    return chain.head()


def rewrite(sql: str, *values: Any) -> None:
    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_kinds_that_decisions_and_papers_rest_on_are_covered() -> None:
    assert {model._meta.label_lower for model in covered_models()} >= NAMED


def test_no_manager_of_a_covered_model_writes_past_the_trail() -> None:
    for model in covered_models():
        for manager in model._meta.managers:
            assert isinstance(manager.get_queryset(), CoveredQuerySet), f"{model.__name__}.{manager.name}"


def save(licence: Licence, fields: tuple[str, ...] | None = None) -> None:
    licence.sectors = ["forestry"]
    licence.save(update_fields=fields)


def update_in_bulk(licence: Licence) -> None:
    licence.sectors = ["forestry"]
    Licence.objects.bulk_update([licence], ["sectors"])


WRITES: dict[str, Callable[[Licence], object]] = {
    "save": save,
    "save of a field": partial(save, fields=("sectors",)),
    "update": lambda licence: Licence.objects.filter(sectors=licence.sectors).update(sectors=["forestry"]),
    "update through a relation": lambda licence: licence.listing.licences.update(sectors=["forestry"]),
    "update by key": lambda licence: Licence.objects.filter(pk=licence.pk).update(sectors=["forestry"]),
    "bulk update": update_in_bulk,
}


@pytest.mark.parametrize("way", WRITES)
def test_a_row_that_is_written_is_in_the_next_event(way: str) -> None:
    licence = a_licence()
    commit()

    WRITES[way](licence)
    event = trail.record(licence, "test", by=None, at=NOW)

    assert list(RowDigest.objects.filter(event=event.number).values_list("kind", "row")) == [
        ("registry.licence", str(licence.pk))
    ]
    assert event.covers == covering.commitment(RowDigest.objects.filter(event=event.number))
    assert list(covering.faults()) == []


def test_a_row_that_is_deleted_is_in_the_next_event() -> None:
    letter = Letter.objects.create(
        number="L-1", template="t", language="en-gb", subject="s", reference="r", at=NOW, trail_number=0,
        trail_hash="", message_id="<1>", outbox=OutboxItem.objects.add(OutboxKind.MAIL, "L-1", at=NOW),
    )  # fmt: skip
    commit()

    Letter.objects.filter(pk=letter.pk).delete()
    event = trail.record(an_organisation("Other Ltd"), "test", by=None, at=NOW)

    gone = RowDigest.objects.get(kind="registry.letter", event__lte=event.number, digest="")
    assert gone.row == str(letter.pk)
    assert list(covering.faults()) == []


def test_columns_on_which_nothing_rests_need_no_event() -> None:
    licence_holder = person("applicant")
    commit()

    User.objects.filter(pk=licence_holder.pk).update(last_login=NOW)
    licence_holder.last_login = NOW
    licence_holder.save(update_fields=["last_login"])

    assert covering.sealing().rows_to_seal == {}


def test_saving_what_has_not_changed_writes_nothing() -> None:
    licence = a_licence()
    number, _hash = commit()

    licence.save()
    trail.seal()

    assert chain.head()[0] == number


def test_what_a_savepoint_takes_back_is_sealed_as_it_is() -> None:
    licence = a_licence()
    commit()
    licence.sectors = ["forestry"]
    licence.save()
    with transaction.atomic():
        trail.record(licence, "test", by=None, at=NOW)
        transaction.set_rollback(True)

    trail.seal()

    assert list(covering.faults()) == []
    assert list(chain.faults()) == []


def test_only_what_was_sealed_in_a_savepoint_is_looked_at_again_when_it_is_taken_back() -> None:
    before, within, inmost = (a_licence(an_organisation(name)) for name in ("First Ltd", "Second Ltd", "Third Ltd"))
    commit()
    waiting = covering.sealing().rows_to_seal

    def sealed(licence: Licence) -> tuple[str, str]:
        licence.sectors = ["forestry"]
        licence.save()
        trail.record(licence, "test", by=None, at=NOW)
        return "registry.licence", str(licence.pk)

    first = sealed(before)
    with transaction.atomic():
        second = sealed(within)
        with transaction.atomic():
            third = sealed(inmost)
            transaction.set_rollback(True)
        assert set(waiting) == {third}
        transaction.set_rollback(True)

    assert set(waiting) == {second, third} and first not in waiting
    trail.seal()
    assert list(covering.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_commit_seals_what_was_written_after_the_last_event() -> None:
    licence = a_licence()
    number, _hash = chain.head()

    with transaction.atomic():
        trail.record(licence, "test", by=None, at=NOW)
        Licence.objects.update(sectors=["forestry"])

    assert list(
        Event.objects.filter(number__gt=number).order_by("number").values_list("verb", "kind", "reference")
    ) == [
        ("test", "licence", licence.number),
        ("seal", "rows", "1"),
    ]
    assert list(covering.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_row_written_outside_of_a_transaction_is_sealed_too() -> None:
    licence = a_licence()
    number, _hash = chain.head()

    licence.sectors = ["forestry"]
    licence.save()

    assert Event.objects.get(number=number + 1).verb == "seal"
    assert list(covering.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_seal_that_fails_takes_the_transaction_back(monkeypatch: pytest.MonkeyPatch) -> None:
    licence = a_licence()
    monkeypatch.setattr(trail, "_write_seal", lambda *_given, **_named: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        Licence.objects.update(sectors=["forestry"])

    monkeypatch.undo()
    assert Licence.objects.get(pk=licence.pk).sectors == licence.sectors
    assert list(covering.faults()) == []


def test_the_digest_of_what_is_gone_can_no_longer_be_guessed() -> None:
    organisation = an_organisation("Erased Ltd")
    commit()
    organisation.legal_name = "—"
    organisation.save()
    commit()

    salts = RowDigest.objects.filter(kind="registry.organisation", row=organisation.pk).order_by("event")
    assert [bool(one.salt) for one in salts] == [False, True]
    assert faults() == ()


def test_a_new_column_with_its_default_changes_no_digest() -> None:
    columns = [CoveredColumn("number", "", False), CoveredColumn("sectors", [], False)]
    more = [*columns, CoveredColumn("new", "", False), CoveredColumn("newer", None, True)]

    before = row_contents.content(columns, ["ABER0001", ["forestry"]], {})
    assert row_contents.content(more, ["ABER0001", ["forestry"], "", None], {}) == before
    assert row_contents.content(more, ["ABER0001", ["forestry"], "x", None], {}) != before


def test_every_column_of_an_entry_is_covered() -> None:
    assert {field.name for field in covered_fields(Entry)} == {field.name for field in Entry._meta.concrete_fields}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registry_rowdigest SET digest = ''",
        "UPDATE registry_rowdigest SET salt = 'x'",
        "UPDATE registry_rowdigest SET event = event + 1",
        "DELETE FROM registry_rowdigest",
    ],
)
def test_sql_cannot_rewrite_digests(statement: str) -> None:
    a_licence()
    for triggers in (nullcontext(), database.triggers_away()):
        with triggers, transaction.atomic(), connection.cursor() as cursor:
            if isinstance(triggers, nullcontext):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(statement)
            else:
                cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        "sectors = '[]'",
        "countries_supplied = '[\"x\"]'",
        "scheme = 'x'",
        "number = 'XXXX0001'",
        "version = '2001-01-01'",
        "granted_at = '2001-01-01 00:00:00+00'",
        "valid_until = '2099-01-01'",
        "suspended_until = '2099-01-01'",
        "status = 'ended', ended_from = '2026-01-01'",
    ],
)
def test_any_column_of_a_licence_that_was_changed_is_found(change: str) -> None:
    licence = a_licence()
    commit()

    rewrite(f"UPDATE registry_licence SET {change} WHERE id = {licence.pk}")

    assert any(f"registry.licence {licence.pk}: is not as event" in fault for fault in faults())


# --- what the review of November 2026 did ---


def test_a_forged_digest_keeps_no_revocation_off_the_register() -> None:
    """`content_hash` was set to that of the content to come: the entry went on saying that it is licensed."""
    licence = a_licence()
    commit()
    with transaction.atomic():
        licences.revoke(licence, takes_effect=day(1), because="Wages withheld.", by=a_decider(), at=NOW)
        to_come = Entry.objects.get(shown_until=None).content_hash
        transaction.set_rollback(True)
    rewrite("UPDATE registry_entry SET content_hash = %s WHERE shown_until IS NULL", to_come)

    assert any("its digest is not that of its content" in fault for fault in faults())
    licences.revoke(licence, takes_effect=day(1), because="Wages withheld.", by=a_decider(), at=NOW)

    assert Entry.objects.get(shown_until=None).revoked_from == day(1)


def test_entries_rewritten_with_all_their_hashes_are_found() -> None:
    licence = a_licence_that_is("revoked")
    printed = commit()
    rewrite("UPDATE registry_entry SET revoked_from = NULL WHERE listing_id = %s", licence.listing_id)
    with database.triggers_away():
        chain_entries()

    assert list(register.faults()) == []
    found = faults(printed)

    assert any("registry.entry" in fault and "is not as event" in fault for fault in found)
    assert any("revoked_from is not that of" in fault for fault in found)


def test_counters_that_were_set_back_are_found() -> None:
    licence = a_licence()
    commit()
    rewrite("UPDATE registry_counter SET value = value - 1 WHERE name LIKE 'licence %%'")

    found = faults()
    assert any(f"counter licence {licence.number[:4]}: is 0, and 1 was given" in fault for fault in found)
    assert any("registry.counter" in fault for fault in found)


def test_a_role_that_was_given_is_found() -> None:
    officer = person("case_officer")
    commit()
    decider = Group.objects.get(name="decision_maker")
    rewrite("INSERT INTO registry_user_groups (user_id, group_id) VALUES (%s, %s)", officer.pk, decider.pk)

    assert any(f"registry.user {officer.pk}: is not as event" in fault for fault in faults())


def test_a_role_that_gives_more_than_it_should_is_found() -> None:
    Group.objects.get(name="case_officer").permissions.add(Permission.objects.get(codename="decide"))

    assert "Agreement, role case_officer: gives licensing.decide" in faults()


def test_a_condition_that_was_taken_out_is_found() -> None:
    condition = a_condition()
    commit()
    with connection.constraint_checks_disabled():
        rewrite("DELETE FROM registry_condition WHERE id = %s", condition.pk)

        found = faults()
        assert any(f"registry.condition {condition.pk}: was deleted without an event" in fault for fault in found)
        assert any("condition_count is not that of" in fault for fault in found)
        transaction.set_rollback(True)


def test_a_licence_that_was_put_in_is_found() -> None:
    licence = a_licence()
    commit()
    columns = ", ".join(
        f'"{field.column}"' for field in Licence._meta.concrete_fields if not field.generated and not field.primary_key
    )
    copied = columns.replace('"number"', "'FAKE0001'")
    rewrite(
        f"INSERT INTO registry_licence ({columns}) SELECT {copied} FROM registry_licence WHERE id = %s",
        licence.pk,
    )

    found = faults()
    assert any("was added without an event" in fault for fault in found)
    assert any("FAKE" in fault for fault in found if "Agreement" in fault)


def test_a_status_that_no_event_has_written_is_found() -> None:
    licence = a_licence_that_is("surrendered")
    commit()
    rewrite("UPDATE registry_licence SET status = 'active', surrendered_from = NULL WHERE id = %s", licence.pk)

    assert f"Agreement, licence {licence.number}: is active, and its last event left it surrendered" in faults()


def test_digests_that_no_event_commits_to_are_found() -> None:
    licence = a_licence()
    commit()
    digest = RowDigest.objects.filter(kind="registry.licence").latest("event")
    rewrite("UPDATE registry_rowdigest SET digest = %s WHERE id = %s", signing.digest("x"), digest.pk)
    assert any(f"{digest.event}: the digests of its rows are not those" in fault for fault in faults())

    rewrite("DELETE FROM registry_rowdigest WHERE event = %s", digest.event)
    assert any(f"{digest.event}: the digests of its rows are missing" in fault for fault in faults())
    assert licence.pk


def test_what_was_there_before_is_covered_once() -> None:
    licence = a_licence()
    with database.triggers_away():
        commit()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM registry_rowdigest WHERE kind = 'registry.licence'")
    assert Counter.objects.exists()

    assert trail.cover_new_kinds(at=NOW) == 1
    assert trail.cover_new_kinds(at=NOW) == 0

    rewrite("UPDATE registry_licence SET sectors = '[]' WHERE id = %s", licence.pk)
    assert any(f"registry.licence {licence.pk}: is not as event" in fault for fault in faults())


def test_an_event_costs_four_statements_more_for_a_row(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    licence = a_licence()
    commit()
    licence.sectors = ["forestry"]
    licence.save()

    # the row, its last digest's salt, the new digest; the counter twice, and the event; and whether the version is frozen,
    # which a process asks no more once it has committed; then the licence as it is, what its tasks depend on, and its tasks;
    # of this one no end of an insurance is known, so whether the holder is late to tell it
    with django_assert_num_queries(14):
        trail.record(licence, "test", by=None, at=NOW)


def test_a_row_that_is_new_is_sealed_without_a_look_for_an_earlier_digest(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    organisation = an_organisation()
    commit()
    made = Person.objects.create(reference="P-1", full_name="Anna Novak")

    # the row and its digest; the counter twice, and the event
    with django_assert_num_queries(5) as asked:
        event = trail.record(organisation, "test", by=None, at=NOW)

    (written,) = (one["sql"] for one in asked.captured_queries if "rowdigest" in one["sql"])
    assert "SELECT" not in written and "UPDATE" not in written
    assert list(RowDigest.objects.filter(event=event.number).values_list("kind", "row")) == [
        ("registry.person", str(made.pk))
    ]
    assert list(covering.faults()) == []


def test_a_digest_that_was_forged_for_a_row_to_come_is_found() -> None:
    organisation = an_organisation()
    commit()
    to_come = str(Person.objects.create(reference="P-1", full_name="Anna Novak").pk + 1)
    forged = covering.first_digest("registry.person", to_come, "{}")
    forged.event = 1
    forged.save()

    assert str(Person.objects.create(reference="P-2", full_name="Emil Toth").pk) == to_come
    trail.record(organisation, "test", by=None, at=NOW)

    assert any(fault.startswith("1:") for fault in covering.faults())
