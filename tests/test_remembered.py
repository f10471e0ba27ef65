"""A story that is remembered leaves the world as it was when it was lived; whatever makes it another story has it lived again."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from licensing.applications.models import Application
from licensing.cases.actions import assignment
from licensing.payments.actions import payments
from registry import uploads as files
from registry.accounts.models import User
from registry.documents.models import Document
from registry.integrity import covering
from registry.trail.actions.verifications import verify_history
from registry.uploads import StorageArea
from tests import database, remembered, stories
from tests.compliance.enforcement.world import an_order_on_conviction
from tests.compliance.safeguarding.world import a_referral_sent
from tests.compliance.stories import a_follow_up, an_inspection_reported
from tests.compliance.targeting.world import a_licence_with_a_past
from tests.conftest import NOW
from tests.licensing import stories as cases
from tests.people import person
from tests.public_lookup.stories import one_of_each_standing

pytestmark = pytest.mark.django_db

# To look whether the world is empty, and little more; to live the shortest of the stories takes a hundred.
FEW = 40


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_memories", {})
    monkeypatch.delenv(remembered.SHARED, raising=False)
    remembered.watch(pytest.MonkeyPatch())


def once(story: Callable[[], Any]) -> tuple[dict[str, list[Any]], Any, int]:
    """All that is there after the story, what it gave, and how many statements it took; then it is undone."""
    waiting = dict(covering.sealing().rows_to_seal)
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            gave = story()
        connection.check_constraints()
        found = database.rows(database.filled())
        assert verify_history().holds
        transaction.set_rollback(True)
    covering.sealing().rows_to_seal.clear()
    covering.sealing().rows_to_seal.update(waiting)
    return found, gave, len(asked)


def is_lived(story: Callable[[], Any]) -> bool:
    return once(story)[2] > FEW


@pytest.mark.parametrize(
    "story",
    [
        stories.an_application_answered,
        stories.an_application_submitted,
        cases.an_application_checked,
        cases.a_refusal_proposed,
        cases.a_licence,
        an_inspection_reported,
        a_follow_up,
        a_licence_with_a_past,
        an_order_on_conviction,
        a_referral_sent,
        one_of_each_standing,
    ],
    ids=lambda story: story.__name__,
)
def test_what_is_remembered_is_row_by_row_what_was_lived(story: Callable[[], Any]) -> None:
    lived, gave, _took = once(story)
    again, gives, took = once(story)

    assert again == lived
    assert again["registry_event"]
    assert gives == gave
    assert took < FEW


def test_a_story_is_lived_again_when_it_is_told_otherwise_or_in_another_world(settings: Settings) -> None:
    once(stories.an_application_submitted)

    assert not is_lived(stories.an_application_submitted)
    assert is_lived(lambda: stories.an_application_submitted(legal_name="Nant Glas Labour Ltd"))
    assert is_lived(lambda: stories.an_application_submitted(at=NOW + timedelta(days=1)))
    with translation.override("cy"):
        assert is_lived(stories.an_application_submitted)
    settings.ORGANISATION_NAME = "Another authority"
    assert is_lived(stories.an_application_submitted)


def test_no_story_is_remembered_where_something_has_happened_before() -> None:
    once(stories.an_application_submitted)

    first, second = stories.an_application_submitted(), stories.an_application_submitted()

    assert first.reference != second.reference
    assert Application.objects.count() == 2


def test_no_story_is_remembered_by_whoever_patches_what_it_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    once(stories.an_application_paid)
    monkeypatch.setattr(payments, "record", lambda *given, **told: None)
    remembered.watch(monkeypatch)

    unpaid = stories.an_application_paid()

    assert not unpaid.payments.exists()


def test_another_process_that_shares_the_folder_does_not_live_the_story_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(remembered.SHARED, str(tmp_path))
    lived, gave, _took = once(cases.a_licence)
    monkeypatch.setattr(remembered, "_memories", {})  # as it is in the other

    again, gives, took = once(cases.a_licence)

    assert (again, gives) == (lived, gave)
    assert took < FEW


def test_a_file_of_a_story_within_a_story_comes_back_in_another_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    monkeypatch.setenv(remembered.SHARED, str(tmp_path / "shared"))
    (tmp_path / "shared").mkdir()
    inner = remembered.remembered(a_paper)
    outer = remembered.remembered(lambda: [inner()])
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    once(inner)
    once(outer)
    monkeypatch.setattr(remembered, "_memories", {})
    shutil.rmtree(tmp_path / "documents")

    with transaction.atomic():
        (name,) = outer()
        transaction.set_rollback(True)

    assert files.read(StorageArea.KEPT, name) == b"a paper"


def a_paper() -> str:
    person("case_officer")
    files.keep(StorageArea.KEPT, "D-7KQ2-M9XD", b"a paper")
    return "D-7KQ2-M9XD"


def test_people_who_were_there_before_or_come_after_keep_their_accounts() -> None:
    once(cases.a_licence)

    before = [person("case_officer") for _one in range(3)]
    cases.a_licence()
    after = person("decision_maker")

    assert User.objects.filter(pk__in=[one.pk for one in [*before, after]]).count() == 4
    assert User.objects.count() > 14


def test_what_a_story_goes_on_from_may_be_remembered_and_is_a_thing_of_its_own() -> None:
    once(cases.an_application_checked)

    refused = cases.a_refusal_proposed(cases.an_application_checked())

    assert refused.application and refused.application.case_officer
    assert refused.pk and refused.grounds.get().text == cases.GROUND.text


def of_a_firm_that_houses() -> Application:
    return stories.an_application_submitted(accommodation=True)


def test_files_that_a_test_has_lost_are_there_again() -> None:
    once(of_a_firm_that_houses)
    for path in Path(settings.DOCUMENTS_DIR).rglob("*"):
        if path.is_file():
            path.unlink()

    application = of_a_firm_that_houses()

    papers = Document.objects.filter(organisation=application.organisation)
    assert papers
    assert all(files.digest_of(StorageArea.KEPT, one.stored_as) == one.digest for one in papers)


def test_accounts_of_a_story_that_is_remembered_within_another_come_with_it() -> None:
    once(cases.an_application_checked)
    person("manager", id=50_000_000)
    once(cases.a_refusal_proposed)

    assert not is_lived(cases.a_refusal_proposed)  # where it looks whether all keys lead somewhere


# --- a story that goes on where another has ended ---


@pytest.fixture
def goes_on() -> None:
    if connection.vendor != "sqlite" or not database.TRIGGERS_ON:
        pytest.skip("what a story changes is remembered on SQLite")


def an_application_taken_on(application: Application) -> Application:
    taken_on = assignment.begin_assessment(application, by=person("case_officer"), at=NOW)
    application.refresh_from_db()
    return taken_on


def one_after_the_other() -> tuple[Application, Application]:
    first = stories.an_application_paid()
    return first, remembered.remembered(an_application_taken_on)(first)


def test_what_goes_on_is_row_by_row_what_was_lived_and_the_row_in_hand_is_changed_too(goes_on: None) -> None:
    lived, gave, _took = once(one_after_the_other)
    again, gives, took = once(one_after_the_other)

    assert again == lived
    assert took < FEW
    assert [(one.status, one.case_officer_id) for one in gives] == [(one.status, one.case_officer_id) for one in gave]
    assert all(one.case_officer_id for one in gives)


@pytest.mark.parametrize(
    "something",
    [
        lambda application: Application.objects.update(case_officer=None),
        lambda application: connection.cursor().execute("UPDATE registry_outboxitem SET queue = 'another'"),
    ],
    ids=["by the product", "by hand"],
)
def test_it_is_lived_again_where_something_was_written_in_between(
    goes_on: None, something: Callable[[Application], Any]
) -> None:
    def interrupted() -> Application:
        application = stories.an_application_paid()
        something(application)
        return remembered.remembered(an_application_taken_on)(application)

    once(one_after_the_other)
    assert once(interrupted)[2] > FEW


def test_it_is_lived_again_where_what_came_before_was_undone(goes_on: None) -> None:
    def undone() -> int:
        with transaction.atomic():
            stories.an_application_paid()
            transaction.set_rollback(True)
        stories.an_application_submitted()
        return Application.objects.count()

    once(lambda: (stories.an_application_paid(), stories.an_application_submitted()))
    assert once(undone)[1] == 1


def test_a_row_that_says_something_else_is_told_another_story(goes_on: None) -> None:
    def otherwise() -> Application:
        application = stories.an_application_paid()
        application.signed_name = "Somebody else"
        return remembered.remembered(an_application_taken_on)(application)

    once(one_after_the_other)
    assert once(otherwise)[2] > FEW
