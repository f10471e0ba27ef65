"""Whoever comes by SQL meets the same: what was notified and decided stays, and two hats on one head decide nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from licensing.decisions.actions import hearings, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import ChosenFactor, Exhibit, Ground, Notice
from licensing.decisions.rules.grounds import GivenReply
from registry.accounts.models import User
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import (
    GROUND,
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


def taken(decision: Decision, by: User, *, at: datetime = NOW, **more: Any) -> None:
    given = {"decided_because": "Because.", **more}
    decision.grounds.update(upheld=True, concluded_because="It holds.")
    Decision.objects.filter(pk=decision.pk).update(status="decided", decided_by=by, decided_at=at, **given)


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

    with refused("not moved so|grounds that were notified"), transaction.atomic():
        taken(decision, person("decision_maker"))


def test_nor_as_notified_without_one() -> None:
    decision = a_refusal_proposed()

    with refused("grounds that were notified"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(status="notified", notified_at=NOW, reply_by=TODAY)


def test_nor_before_the_time_to_reply_is_over() -> None:
    decision = notified(a_refusal_proposed())

    with refused("until the subject has been heard"), transaction.atomic():
        taken(decision, person("decision_maker"), at=later(14))
    taken(decision, person("decision_maker"), at=later(15))


def test_nor_after_a_supplement_of_which_nobody_was_told() -> None:
    decision = notified(a_refusal_proposed())
    proposals.supplement(decision, grounds=[GROUND], by=person("case_officer"), at=later(1))

    with refused("not moved so|grounds that were notified"), transaction.atomic():
        taken(decision, person("decision_maker"), at=later(15))
    with refused("grounds that were notified"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(status="notified")


def test_nor_without_reasons() -> None:
    decision = notified(a_refusal_proposed())

    with refused("decision_decided_has_reasons"), transaction.atomic():
        taken(decision, person("decision_maker"), at=later(15), decided_because="")


@pytest.mark.parametrize("upheld", [None, False])
def test_nor_without_a_ground_that_holds(upheld: bool | None) -> None:
    decision = notified(a_refusal_proposed())
    decision.grounds.update(upheld=upheld, concluded_because="" if upheld is None else "Put right.")

    with refused("whether it holds"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            status="decided", decided_by=person("decision_maker"), decided_at=later(15), decided_because="Because."
        )


def test_nothing_begins_as_decided() -> None:
    proposed = a_grant_proposed()

    with refused("begins as a proposal"), transaction.atomic():
        Decision.objects.create(
            reference="D-0000-0000",
            kind="grant",
            application=proposed.application,
            status="decided",
            because="Because.",
            proposed_by=proposed.proposed_by,
            proposed_at=NOW,
            decided_by=person("decision_maker"),
            decided_at=NOW,
            decided_because="Because.",
        )


@pytest.mark.parametrize("move", ["notified", "decided"])
def test_what_was_dropped_stays_dropped(move: str) -> None:
    decision = proposals.drop(a_refusal_proposed(), because="No.", by=person("case_officer"), at=NOW)

    with refused("not moved so|decided_has_decider|grounds that were notified|whether it holds"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(status=move)


def test_another_proposer_cannot_be_put_in_place() -> None:
    decision = a_grant_proposed()

    with refused("who proposed it"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(proposed_by=person("case_officer"))


@pytest.mark.parametrize(
    "change", [{"because": "Worse."}, {"immediate": True}, {"weighed": "More."}, {"notified_at": None}]
)
def test_what_the_notice_said_stays(change: dict[str, Any]) -> None:
    decision = notified(a_refusal_proposed())

    with refused("once the subject has been notified"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


@pytest.mark.parametrize("change", [{"text": "Worse."}, {"number": 7}, {"standard": "1.1"}, {"notice": None}])
def test_a_ground_stays_as_it_was_notified(change: dict[str, Any]) -> None:
    decision = notified(a_refusal_proposed())

    with refused("grounds and evidence do not change"), transaction.atomic():
        decision.grounds.update(**change)


def test_so_does_its_evidence() -> None:
    ground = notified(a_refusal_proposed()).grounds.get()
    steps: list[Callable[[], object]] = [
        lambda: ground.exhibits.update(text="Hearsay."),
        lambda: ground.exhibits.all().delete(),
        lambda: Exhibit.objects.create(ground=ground, kind="note", text="Hearsay."),
    ]

    for step in steps:
        with refused("grounds and evidence do not change"), transaction.atomic():
            step()


def test_a_notified_ground_cannot_be_taken_out() -> None:
    decision = notified(a_refusal_proposed())

    with refused("grounds and evidence do not change|FOREIGN KEY"), transaction.atomic():
        decision.grounds.all()._raw_delete("default")


def test_nor_one_be_put_in_beside_it() -> None:
    decision = notified(a_refusal_proposed())

    with refused("grounds and evidence do not change"), transaction.atomic():
        Ground.objects.create(decision=decision, number=2, standard="1.1", text="Later thought.")


def test_nor_a_factor() -> None:
    decision = notified(a_refusal_proposed())

    with refused("once the subject has been notified"), transaction.atomic():
        ChosenFactor.objects.create(decision=decision, code="repeated")


def test_notices_and_replies_stay_as_they_are() -> None:
    decision = notified(a_refusal_proposed())
    said = hearings.represent(
        decision, text="Wait.", to_grounds=[GivenReply(1, "No.")], by=stories.holder_of(decision.organisation), at=NOW
    )
    steps: list[Callable[[], object]] = [
        lambda: decision.notices.update(reply_by=day(-1)),
        lambda: Notice.objects.all()._raw_delete("default"),
        lambda: decision.representations.update(is_whole=True),
        lambda: said.to_grounds.update(text="Yes."),
        lambda: said.to_grounds.all().delete(),
        lambda: Notice.objects.create(
            decision=decision, number=2, sent_at=NOW, sent_by=decision.proposed_by, reply_by=day(-1)
        ),
    ]

    for step in steps:
        with refused("notices and replies do not change|FOREIGN KEY"), transaction.atomic():
            step()


def test_a_ground_that_was_decided_on_stays_as_it_was_concluded() -> None:
    decision = decided(notified(a_refusal_proposed()), at=later(15))

    with refused("does not change"), transaction.atomic():
        decision.grounds.update(concluded_because="Better words.")


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

    with refused("does not change|not moved so"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


def test_a_decision_that_was_taken_cannot_be_taken_out() -> None:
    decision = decided(a_grant_proposed())

    with refused("does not change"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk)._raw_delete("default")
