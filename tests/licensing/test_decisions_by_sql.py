"""Whoever comes by SQL meets the same: what was notified and decided stays, and two hats on one head decide nothing."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from licensing.models import Decision, Ground
from registry.models import User
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import (
    TODAY,
    a_grant_proposed,
    a_refusal_proposed,
    an_application_checked,
    an_inspection_of,
    day,
    decided,
    later,
    notified,
)
from tests.people import person

pytestmark = pytest.mark.django_db


def taken(decision: Decision, by: User, **more: Any) -> None:
    Decision.objects.filter(pk=decision.pk).update(status="decided", decided_by=by, decided_at=NOW, **more)


def refused(what: str) -> Any:
    return pytest.raises(IntegrityError, match=what)


def test_the_proposer_cannot_be_written_down_as_the_decider() -> None:
    decision = a_grant_proposed()

    with refused("decision_taken_by_another"), transaction.atomic():
        taken(decision, decision.proposed_by)


def test_nor_can_the_case_officer() -> None:
    officer = person("case_officer")
    application = an_application_checked(stories.an_application_being_assessed(case_officer=officer))
    decision = a_grant_proposed(application)

    with refused("neither assessed nor inspected"), transaction.atomic():
        taken(decision, officer)


def test_nor_can_the_inspector() -> None:
    application = an_application_checked()
    inspection = an_inspection_of(application)
    decision = a_grant_proposed(application, inspections=[inspection])

    with refused("neither assessed nor inspected"), transaction.atomic():
        taken(decision, inspection.inspector)


def test_a_refusal_cannot_be_written_down_without_a_notice() -> None:
    decision = a_refusal_proposed()

    with refused("decision_adverse_was_notified|grounds that were notified"), transaction.atomic():
        taken(decision, person("decision_maker"))


def test_nor_with_a_ground_that_was_not_notified() -> None:
    decision = a_refusal_proposed()

    with refused("grounds that were notified"), transaction.atomic():
        taken(decision, person("decision_maker"), notified_at=NOW, reply_by=TODAY)


@pytest.mark.parametrize(
    "change", [{"text": "Worse."}, {"evidence": "Hearsay."}, {"standard": "1.1"}, {"notified_at": later(1)}]
)
def test_a_ground_stays_as_it_was_notified(change: dict[str, Any]) -> None:
    decision = notified(a_refusal_proposed())

    with refused("grounds do not change"), transaction.atomic():
        decision.grounds.update(**change)


def test_a_notified_ground_cannot_be_taken_out() -> None:
    decision = notified(a_refusal_proposed())

    with refused("grounds do not change"), transaction.atomic():
        decision.grounds.all().delete()


def test_before_the_notice_a_ground_can_still_be_put_right() -> None:
    decision = a_refusal_proposed()

    decision.grounds.update(text="Eight to a room.")

    assert Ground.objects.get(decision=decision).text == "Eight to a room."


@pytest.mark.parametrize(
    "change",
    [{"because": "Better words."}, {"starts": day(1)}, {"status": "proposed", "decided_by": None, "decided_at": None}],
)
def test_a_decision_stays_as_it_was_taken(change: dict[str, Any]) -> None:
    decision = decided(a_grant_proposed())

    with refused("does not change"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


def test_a_decision_that_was_taken_cannot_be_taken_out() -> None:
    decision = decided(a_grant_proposed())

    with refused("does not change"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk)._raw_delete("default")
