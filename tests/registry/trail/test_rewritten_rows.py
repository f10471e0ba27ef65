"""A row that was rewritten past the trail is not sealed together with the next lawful change: the action is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from config.management.commands import run_due
from registry import jobs
from registry.accounts.models import User
from registry.integrity import covering
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.trail.models.covered import RowDigest
from registry.trail.models.events import Counter, Event
from registry.trail.models.verifications import TrailVerification
from registry.trail.queries import chain
from tests import database
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.integrity.test_covering import commit, faults, rewrite
from tests.registry.stories import a_decider, a_licence, day

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
    before = chain.head()

    with (
        pytest.raises(covering.RowRewritten, match=rf"registry\.licence {licence.pk}: is not as the last event"),
        transaction.atomic(),
    ):
        CHANGES[way](licence)

    assert chain.head() == before
    assert any(f"registry.licence {licence.pk}: is not as event" in fault for fault in faults())


def test_a_rewritten_row_is_not_deleted_by_an_action() -> None:
    letter = Letter.objects.create(
        number="L-1", template="t", language="en-gb", subject="s", reference="r", at=NOW, trail_number=0,
        trail_hash="", message_id="<1>", outbox=OutboxItem.objects.add(OutboxKind.MAIL, "L-1", at=NOW),
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

    # the row with its last digest, the change; the row, the salt, the new digest, the counter twice, the event; and whether
    # the version is frozen, which is asked until the process has once committed; then ten for the tasks of the licence, of
    # which no end of an insurance is known
    with django_assert_num_queries(16):
        licence.valid_until = day(300)
        licence.save(update_fields=["valid_until"])
        trail.record(licence, "test", by=None, at=NOW)


# --- what the authority is told, and how it goes on ---


def rewritten() -> Licence:
    licence = a_licence()
    commit()
    rewrite("UPDATE registry_licence SET sectors = '[]' WHERE id = %s", licence.pk)
    return licence


def refused() -> covering.RowRewritten:
    with pytest.raises(covering.RowRewritten) as raised, transaction.atomic():
        trail.locked(rewritten())
    return raised.value


def test_a_refused_change_is_on_record_and_asks_for_a_verification() -> None:
    fault = refused()

    made = verifications.ask_after_refusal(fault, by=None, at=NOW)

    assert made is not None
    assert "registry.licence" in made.because
    assert Event.objects.get(verb="ask", kind="trailverification").because == made.because
    assert verifications.ask_after_refusal(fault, by=None, at=NOW + timedelta(minutes=50)) is None
    assert verifications.ask_after_refusal(fault, by=None, at=NOW + timedelta(minutes=61)) is not None


def test_an_auditor_reads_which_change_was_refused() -> None:
    verifications.ask_after_refusal(refused(), by=None, at=NOW)
    jobs.verify_asked(at=NOW)

    page = signed_in(person("auditor")).get("/staff/trail/verify/").content.decode()

    assert "A change was refused, because a record was altered outside this service." in page
    assert "Asked for automatically, after a refused change" in page
    assert "is not as the last event about it left it" in page
    assert "The daily verification" not in page


def test_who_tried_reads_that_nothing_was_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = refused()
    administrator = person("people_administrator")
    client = signed_in(administrator)

    def refuse(*_given: object, **_named: object) -> None:
        raise fault

    monkeypatch.setattr("registry.accounts.actions.accounts.invite", refuse)
    page = client.post("/staff/people/invite/", {"email": "x@people.example", "roles": ["inspector"], "name": "X"})

    assert page.status_code == 503
    assert "You cannot make this change" in page.content.decode()
    assert "An auditor of the authority must act" in page.content.decode()
    assert TrailVerification.objects.get().asked_by == administrator


def test_the_worker_keeps_a_refusal_on_record_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = refused()

    def refuse(*, at: datetime) -> int:
        raise fault

    monkeypatch.setitem(run_due.DUE, "letters mailed", refuse)
    done = run_due.run_due(NOW)

    assert done["letters mailed"] is None
    assert done["trail verified"] == 1
    assert TrailVerification.objects.filter(because__contains="registry.licence").exists()


def accept(licence: Licence, by: User, second: User) -> None:
    call_command(
        "accept_row", "registry.licence", str(licence.pk),
        "--by", by.email, "--and-by", second.email, "--because", "Sectors repaired by hand.", stdout=StringIO(),
    )  # fmt: skip


def test_two_people_accept_a_row_as_it_is() -> None:
    licence = rewritten()
    auditor, officer = person("auditor"), person("case_officer")

    for by, second in ((auditor, auditor), (officer, auditor), (auditor, person("applicant"))):
        with pytest.raises(CommandError):
            accept(licence, by, second)
    accept(licence, auditor, officer)

    event = Event.objects.get(verb="accept_row")
    assert (event.by, event.facts["second"], event.facts["row"]) == (
        auditor.reference,
        officer.reference,
        f"registry.licence {licence.pk}",
    )
    covering.sealing()._forget()
    trail.locked(licence)
    assert list(covering.faults()) == []
    with pytest.raises(CommandError, match="is as the last event about it left it"):
        accept(licence, auditor, officer)
