from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from licensing.applications.actions import applications
from licensing.checks.actions import checks
from licensing.checks.models import Check
from registry.errors import Refused
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY, day
from tests.people import person

pytestmark = pytest.mark.django_db


def a_check() -> Check:
    return stories.an_application_submitted().checks.of_others().order_by("pk")[0]


def record(check: Check, **given: Any) -> Check:
    options = {"result": "nil", "evidence": "", "replied_on": TODAY, "by": person("case_officer"), "at": NOW, **given}
    return checks.record_result(check, **options)


def refusal_of(check: Check, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        record(check, **given)
    return [reason.code for reason in refused.value.reasons]


def test_recording_keeps_the_reply_and_who_wrote_it_down() -> None:
    check, officer = a_check(), person("case_officer")

    record(check, result="adverse", evidence="Two returns are missing.", by=officer)

    check.refresh_from_db()
    reply = check.replies.get()
    assert (check.result, check.replied_on) == ("adverse", TODAY)
    assert (reply.result, reply.evidence, reply.recorded_by) == ("adverse", "Two returns are missing.", officer)


def test_the_trail_keeps_that_there_was_a_reply_and_not_what_it_said() -> None:
    check = record(a_check(), result="adverse", evidence="Two returns are missing.")

    event = Event.objects.get(verb="record_check")
    assert (event.kind, event.reference) == ("check", check.reference)
    reply = check.replies.get().reference
    about = {"case": check.case.reference, "check": check.code, "subject": check.subject}
    assert event.facts == {**about, "result": "adverse", "reply": reply}


def test_a_later_reply_replaces_the_first_and_both_are_kept() -> None:
    check = record(a_check(), result="no_reply")

    record(check, result="nil")

    assert list(check.replies.order_by("pk").values_list("result", "replaced_at")) == [("no_reply", NOW), ("nil", None)]

    check.refresh_from_db()
    assert check.result == "nil"
    results = [event.facts["result"] for event in Event.objects.filter(verb="record_check").order_by("number")]
    assert results == ["no_reply", "nil"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"result": "adverse", "evidence": " "}, ["adverse_without_evidence"]),
        ({"result": ""}, ["unknown_result"]),
        ({"result": "splendid"}, ["unknown_result"]),
        ({"replied_on": day(1)}, ["replied_in_the_future"]),
        ({"replied_on": day(-1)}, ["replied_before_sent"]),
        ({"result": "adverse", "replied_on": day(1)}, ["adverse_without_evidence", "replied_in_the_future"]),
    ],
)
def test_recording_refuses_what_cannot_be(given: dict[str, Any], expected: list[str]) -> None:
    assert refusal_of(a_check(), **given) == expected


def test_recording_refuses_when_the_application_is_not_in_hand() -> None:
    check = a_check()
    assert check.application
    by = stories.holder_of(check.application.organisation)
    applications.withdraw(check.application, because="Sold.", by=by, at=NOW)

    assert refusal_of(check) == ["not_in_hand"]


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager", "auditor"])
def test_recording_is_for_case_officers(role: str) -> None:
    with pytest.raises(PermissionDenied):
        record(a_check(), by=person(role))


def test_the_database_keeps_that_a_result_has_a_day_and_a_reply_a_recorder_and_an_adverse_one_evidence() -> None:
    check = record(a_check())
    wrong_replies: list[dict[str, Any]] = [{"recorded_by": None}, {"result": "adverse"}]

    for wrong in wrong_replies:
        with pytest.raises(IntegrityError), transaction.atomic():
            check.replies.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(replied_on=None)
