"""An edition is announced ahead, frozen, signed by two people and read from its minute on; a correction is marked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from registry.editions import actions
from registry.editions.models import Edition, EditionTable, EditionVersion
from registry.editions.queries import published as queries
from registry.errors import Refused
from registry.tasks.models import Task
from registry.trail.actions import verifications
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.people import person
from tests.registry.editions.world import ANNOUNCED, CODE, PUBLISHED, WHY, announced, counted, signed

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    counted(monkeypatch)


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused, transaction.atomic():
        act()
    return [reason.code for reason in refused.value.reasons]


def test_a_date_is_announced_four_weeks_ahead_after_the_quarter_and_once() -> None:
    manager = person("manager")

    def announce(code: str, days: int) -> Callable[[], object]:
        at = NOW + timedelta(days=days)
        return lambda: actions.announce_edition(code=code, publish_at=at, by=manager, at=NOW)

    assert codes(announce("2026-Q5", 40)) == ["no_quarter"]
    assert codes(announce("2026-Q4", 40)) == ["before_its_end"]
    assert codes(announce(CODE, 27)) == ["too_soon"]
    announce(CODE, 28)()
    assert codes(announce(CODE, 28)) == ["announced_already"]
    with pytest.raises(PermissionDenied):
        actions.announce_edition(code="2026-Q4", publish_at=NOW, by=person("case_officer"), at=NOW)


def test_the_public_reads_from_the_minute_on_what_two_people_have_signed() -> None:
    edition = signed(announced())

    assert queries.current(PUBLISHED - MINUTE) == []
    assert queries.published_edition(CODE, PUBLISHED - MINUTE) is None
    assert [one.edition.code for one in queries.announced(PUBLISHED - MINUTE)] == [CODE]
    shown = queries.published_edition(CODE, PUBLISHED)
    assert shown is not None
    assert [table.code for table in shown.tables] == ["licences"]
    assert shown.tables[0].rows[-1] == (CODE, 1184, 3)
    assert queries.announced(PUBLISHED) == []
    assert [event.verb for event in Event.objects.filter(kind="edition").order_by("number")] == [
        "announce_edition",
        "freeze_tables",
        "sign_tables",
        "countersign_tables",
    ]
    assert edition.status == "edition_approved"
    assert verifications.verify_history().holds


def test_nothing_unsigned_is_read_at_the_minute_and_lateness_is_said() -> None:
    edition, manager = announced(), person("manager")
    edition = actions.freeze_tables(edition, by=manager, at=NOW)
    edition = actions.sign_tables(edition, by=manager, at=NOW)

    assert codes(lambda: actions.explain_lateness(edition, because=WHY, by=manager, at=NOW)) == ["not_late"]
    assert queries.current(PUBLISHED) == []
    (late,) = queries.announced(PUBLISHED)
    assert (late.is_late, late.edition.late_because) == (True, "")
    actions.explain_lateness(edition, because="A fault in the counts is being looked into.", by=manager, at=PUBLISHED)
    (late,) = queries.announced(PUBLISHED)
    assert late.edition.late_because == "A fault in the counts is being looked into."
    actions.countersign_tables(edition, by=person("manager"), at=PUBLISHED + MINUTE)
    assert queries.current(PUBLISHED) == []
    (shown,) = queries.current(PUBLISHED + MINUTE)
    assert shown.published_at == PUBLISHED + MINUTE


def test_the_one_who_signed_does_not_sign_again_and_the_database_holds_it() -> None:
    manager = person("manager")
    edition = actions.freeze_tables(announced(), by=manager, at=NOW)
    edition = actions.sign_tables(edition, by=manager, at=NOW)

    assert codes(lambda: actions.countersign_tables(edition, by=manager, at=NOW)) == ["same_person"]
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionVersion.objects.update(countersigned_by=manager, countersigned_at=NOW)
    task = Task.objects.get(kind="edition.countersign", done_at=None)
    assert task.not_by == manager


def test_a_frozen_edition_never_changes() -> None:
    signed(announced())

    for statement in (
        "UPDATE registry_editiontable SET digest = 'x'",
        "DELETE FROM registry_editiontable",
        "UPDATE registry_editionversion SET digest = 'x'",
        "UPDATE registry_editionversion SET signed_at = NULL, signed_by_id = NULL",
        "UPDATE registry_editionversion SET countersigned_at = NULL, countersigned_by_id = NULL",
        "DELETE FROM registry_editionversion",
        "UPDATE registry_edition SET code = '2026-Q2'",
        "DELETE FROM registry_edition",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert EditionTable.objects.count() == 1


def test_a_correction_is_signed_by_two_marked_and_both_stay_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    edition, manager = signed(announced()), person("manager")
    after = PUBLISHED + timedelta(days=3)

    assert codes(lambda: actions.correct_tables(edition, because=WHY, by=manager, at=after)) == ["nothing_changes"]
    counted(monkeypatch, held=1186)
    assert codes(lambda: actions.correct_tables(edition, because="", by=manager, at=after)) == ["no_reason"]
    edition = actions.correct_tables(edition, because=WHY, by=manager, at=after)
    (shown,) = queries.current(after)
    assert shown.version.number == 1
    edition = signed(edition, at=after)
    (shown,) = queries.current(after)
    assert (shown.version.number, shown.version.because, shown.published_at) == (2, WHY, after)
    first = queries.published_edition(f"{CODE}-v1", after)
    assert first is not None
    assert first.tables[0].rows[-1] == (CODE, 1184, 3)
    (revision,) = queries.revisions(shown, queries.edition_before(shown, after))
    assert (revision.key, revision.measure, revision.was, revision.now) == ((CODE,), "held", 1184, 1186)
    assert queries.published_edition(CODE, PUBLISHED).version.number == 1  # type: ignore[union-attr]


def test_a_refused_correction_leaves_what_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    edition, manager = signed(announced()), person("manager")
    counted(monkeypatch, held=1)
    edition = actions.correct_tables(edition, because=WHY, by=manager, at=PUBLISHED)

    assert codes(lambda: actions.refuse_tables(edition, because=WHY, by=manager, at=PUBLISHED)) == ["wrong_state"]
    edition = actions.refuse_correction(edition, because="The figure cannot be 1.", by=manager, at=PUBLISHED)

    assert edition.status == "edition_approved"
    (shown,) = queries.current(PUBLISHED)
    assert shown.tables[0].rows[-1] == (CODE, 1184, 3)


def test_refused_tables_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = person("manager")
    edition = actions.freeze_tables(announced(), by=manager, at=NOW)
    edition = actions.refuse_tables(edition, because="A scheme is missing.", by=person("manager"), at=NOW)
    assert edition.status == "edition_announced"
    counted(monkeypatch, held=1190)

    signed(actions.freeze_tables(edition, by=manager, at=NOW), at=NOW)

    (shown,) = queries.current(PUBLISHED)
    assert (shown.version.number, shown.tables[0].rows[-1]) == (1, (CODE, 1190, 3))


def test_a_date_is_moved_to_a_later_one_with_a_public_reason() -> None:
    edition, manager = signed(announced()), person("manager")
    later = PUBLISHED + timedelta(days=7)

    def move(to: object, because: str = "Two schemes were counted late.") -> Callable[[], object]:
        return lambda: actions.move_date(edition, publish_at=to, because=because, by=manager, at=NOW)  # type: ignore[arg-type]

    assert codes(move(PUBLISHED - timedelta(days=1))) == ["earlier"]
    assert codes(move(later, "late")) == ["no_reason"]
    move(later)()
    (one,) = queries.announced(PUBLISHED)
    assert [(moved.was, moved.now) for moved in one.moves] == [(PUBLISHED, later)]
    assert (one.is_late, queries.current(PUBLISHED)) == (False, [])
    assert len(queries.current(later)) == 1
    with pytest.raises(Refused, match="published"):
        actions.move_date(
            Edition.objects.get(), publish_at=later + timedelta(days=9), because=WHY, by=manager, at=later
        )


def test_who_sees_it_before_is_listed_with_post_and_reason() -> None:
    edition, manager = announced(), person("manager")

    assert codes(lambda: actions.add_reader(edition, name="", post="", because="", by=manager, at=NOW)) == [
        "no_name",
        "no_post",
        "no_reason",
    ]
    reader = actions.add_reader(
        edition, name="Ada Lovelace", post="Chief executive", because="To answer questions.", by=manager, at=NOW
    )
    assert [one.post for one in edition.readers.listed()] == ["Chief executive"]
    actions.remove_reader(edition, reader=reader, by=manager, at=NOW)
    assert list(edition.readers.listed()) == []
    assert "Ada" not in str(list(Event.objects.filter(kind="edition").values_list("facts", flat=True)))


def test_tasks_follow_the_edition() -> None:
    edition = announced()
    assert not Task.objects.filter(kind="edition.freeze", done_at=None).exclude(subject_pk=edition.pk).exists()
    manager = person("manager")

    edition = actions.freeze_tables(edition, by=manager, at=NOW)
    task = Task.objects.get(kind="edition.sign", done_at=None)
    assert task.due_at == PUBLISHED
    actions.sign_tables(edition, by=manager, at=NOW)
    assert set(Task.objects.filter(done_at=None, kind__startswith="edition.").values_list("kind", flat=True)) == {
        "edition.countersign"
    }
    assert ANNOUNCED < NOW


def test_what_is_known_to_be_wrong_before_its_minute_is_never_published(monkeypatch: pytest.MonkeyPatch) -> None:
    edition, manager = signed(announced()), person("manager")
    counted(monkeypatch, held=1186)
    edition = actions.correct_tables(edition, because=WHY, by=manager, at=NOW)

    assert edition.sign_by == PUBLISHED
    assert queries.current(PUBLISHED) == []
    assert [one.is_late for one in queries.announced(PUBLISHED)] == [True]
    assert queries.published_edition(f"{CODE}-v1", PUBLISHED) is None
    edition = actions.explain_lateness(edition, because="The correction is read again.", by=manager, at=PUBLISHED)
    signed(edition, at=PUBLISHED + MINUTE)
    (shown,) = queries.current(PUBLISHED + MINUTE)
    assert shown.tables[0].rows[-1] == (CODE, 1186, 3)
    assert shown.version.corrects == ""  # of what no one has read
    assert len(queries.versions_of(edition, PUBLISHED + MINUTE)) == 1
    assert queries.published_edition(f"{CODE}-v1", PUBLISHED + MINUTE) is None


def test_a_slip_in_the_year_is_refused_as_no_date_is_moved_to_an_earlier_one() -> None:
    manager = person("manager")

    def announce(at: datetime) -> Callable[[], object]:
        return lambda: actions.announce_edition(code=CODE, publish_at=at, by=manager, at=NOW)

    for far in (PUBLISHED.replace(year=2062), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)):
        assert codes(announce(far)) == ["too_late"]
    edition = announced()
    assert codes(
        lambda: actions.move_date(edition, publish_at=PUBLISHED.replace(year=2062), because=WHY, by=manager, at=NOW)
    ) == ["too_late"]
