"""What cases are looked for by and that is no column of theirs: the marks follow every change, whoever makes it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from licensing.applications.actions import applications
from licensing.applications.models import Application, CaseMark
from licensing.checks.actions import checks
from licensing.checks.models import Check
from licensing.payments.models import Payment
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_check_answered, a_licence, an_application_checked
from tests.people import person
from tests.races import at_once

Marks = set[tuple[str, bool, Any, date | None]]


def as_they_should_be(case: Application) -> Marks:
    """Worked out a second time, from the case as it is."""
    case.refresh_from_db()
    if case.submitted_at is None:
        return set()
    due: dict[str, date | None] = {f"sector:{code}": None for code in case.facts.get("sectors", [])}
    if (case.fee or 0) > (case.payments.aggregate(sum=Sum("amount"))["sum"] or 0):
        due["unpaid"] = None
    if open_checks := [check.due_on for check in case.checks.all() if not check.result]:
        due["unanswered"] = min(open_checks)
    is_over = case.status in {"granted", "refused", "withdrawn"}
    return {(mark, is_over, case.submitted_at, day) for mark, day in due.items()}


def marks(case: Application) -> Marks:
    return set(case.marks.values_list("mark", "is_over", "submitted_at", "due_on"))


@pytest.mark.django_db
def test_the_marks_of_a_case_follow_it_from_draft_to_licence() -> None:
    case = stories.an_application_answered()
    assert marks(case) == set()

    case = stories.an_application_submitted(sectors=["shellfish", "horticulture"], legal_name="Blodwen Ltd")
    assert {"sector:shellfish", "sector:horticulture", "unpaid", "unanswered"} == {mark for mark, *_rest in marks(case)}
    assert marks(case) == as_they_should_be(case)

    case = stories.an_application_being_assessed(stories.an_application_paid(case))
    first, *others = case.checks.unanswered().order_by("due_on", "pk")
    a_check_answered(first)
    assert marks(case) == as_they_should_be(case)
    assert "unpaid" not in {mark for mark, *_rest in marks(case)}

    for check in others:
        a_check_answered(check)
    assert {mark for mark, *_rest in marks(case)} == {"sector:shellfish", "sector:horticulture"}

    granted = a_licence().applications.get()
    assert marks(granted) == as_they_should_be(granted)
    assert {is_over for _mark, is_over, *_rest in marks(granted)} == {True}


@pytest.mark.django_db
def test_a_case_that_is_withdrawn_is_over_in_its_marks_too() -> None:
    case = stories.an_application_submitted()

    applications.withdraw(case, by=stories.holder_of(case.organisation), because="", at=NOW)

    assert marks(case) == as_they_should_be(case)
    assert {is_over for _mark, is_over, *_rest in marks(case)} == {True}


@pytest.mark.django_db
def test_what_is_changed_past_the_actions_changes_the_marks() -> None:
    case = stories.an_application_submitted()

    for change in (
        lambda: Application.objects.filter(pk=case.pk).update(facts={"sectors": ["processing", "processing"]}),
        lambda: Application.objects.filter(pk=case.pk).update(facts={}),
        lambda: Application.objects.filter(pk=case.pk).update(fee=0),
        lambda: Check.objects.filter(application=case).update(due_on=date(2020, 1, 1)),
        lambda: Check.objects.filter(application=case).delete(),
        lambda: Payment.objects.filter(application=case).delete(),
    ):
        change()
        assert {mark: day for mark, _over, _at, day in marks(case)} == {
            mark: day for mark, _over, _at, day in as_they_should_be(case)
        }


@pytest.mark.django_db
def test_a_case_that_is_deleted_leaves_no_mark() -> None:
    case = stories.an_application_submitted()
    with connection.cursor() as cursor:
        checks = "SELECT id FROM licensing_check WHERE application_id = %s"
        cursor.execute(f"DELETE FROM licensing_reply WHERE asked_id IN ({checks})", [case.pk])
        for table in ("licensing_check", "licensing_answer"):
            cursor.execute(f"DELETE FROM {table} WHERE application_id = %s", [case.pk])
        cursor.execute("DELETE FROM licensing_application WHERE id = %s", [case.pk])

    assert not CaseMark.objects.filter(application_id=case.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_replies_at_once_neither_leaves_the_case_waiting_for_the_other() -> None:
    case = an_application_checked()
    first, second, *_others = case.checks.order_by("pk")
    Check.objects.filter(pk__in=[first.pk, second.pk]).update(result="", replied_on=None)

    def reply(check: Check) -> Any:
        return lambda: checks.record_result(
            check, result="nil", evidence="", replied_on=NOW.date(), by=person("case_officer"), at=NOW
        )

    at_once(reply(first), reply(second))

    assert marks(case) == as_they_should_be(case)
    assert "unanswered" not in {mark for mark, *_rest in marks(case)}
