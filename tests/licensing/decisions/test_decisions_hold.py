"""What must be impossible, by every way there is: each fault is tried by page, API, action and SQL, and changes nothing.

A control without a fault goes through by each way, so that none of them refuses everything.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from licensing.applications.models import Application
from licensing.decisions.actions import decisions, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenConclusion
from licensing.holding.actions import transfers
from licensing.holding.models import Transfer
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.licences.models import Licence
from tests import stories
from tests.conftest import NOW, SetClock
from tests.licensing.holding.transfers_world import (
    OTHER,
    a_consent_proposed,
    a_refusal_of_transfer_proposed,
    a_transfer_agreed,
)
from tests.licensing.stories import (
    GROUND,
    TODAY,
    a_refusal_proposed,
    an_application_checked,
    an_inspection_of,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries to take which decision, when, and with what reasons."""

    decision: Decision
    by: User
    at: datetime = field(default_factory=lambda: later(15))
    because: str = "It is unsafe."
    conclusions: tuple[GivenConclusion, ...] = (GivenConclusion(1, True, "The photographs show it."),)


class NotDone(Exception):
    """Refused, whatever the way calls that."""


# --- the ways


def by_page(attempt: Attempt) -> None:
    typed: dict[str, Any] = {"because": attempt.because}
    if day := attempt.decision.takes_effect:
        typed |= {"from_day_day": day.day, "from_day_month": day.month, "from_day_year": day.year}
    for one in attempt.conclusions:
        typed |= {f"upheld_{one.number}": "yes" if one.upheld else "no", f"concluded_{one.number}": one.because}
    response = signed_in(attempt.by).post(f"/staff/decisions/{attempt.decision.reference}/decide/", typed)
    if response.status_code != 302:
        assert response.status_code in {403, 404, 422}
        raise NotDone
    assert response.headers["Location"] == f"/staff/decisions/{attempt.decision.reference}/"


def by_api(attempt: Attempt) -> None:
    body = {
        "because": attempt.because,
        "conclusions": [
            {"number": one.number, "upheld": one.upheld, "because": one.because} for one in attempt.conclusions
        ],
        "from_day": None,
    }
    address = f"/api/v1/staff/decisions/{attempt.decision.reference}/decide"
    response = signed_in(attempt.by).post(address, body, content_type="application/json")
    if response.status_code != 200:
        assert response.status_code in {403, 404, 409}
        raise NotDone


def by_action(attempt: Attempt) -> None:
    why, conclusions = attempt.because, attempt.conclusions
    try:
        decisions.decide(attempt.decision, because=why, conclusions=conclusions, by=attempt.by, at=attempt.at)
    except (Refused, PermissionDenied) as refused:
        raise NotDone from refused


def by_sql(attempt: Attempt) -> None:
    """Whoever has the connection of the web role, and writes what the action would write."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for one in attempt.conclusions:
                cursor.execute(
                    "UPDATE licensing_ground SET upheld = %s, concluded_because = %s"
                    " WHERE decision_id = %s AND number = %s",
                    [one.upheld, one.because, attempt.decision.pk, one.number],
                )
            cursor.execute(
                "UPDATE licensing_decision SET status = 'decided', decided_by_id = %s, decided_at = %s,"
                " decided_because = %s WHERE id = %s",
                [
                    attempt.by.pk,
                    connection.ops.adapt_datetimefield_value(attempt.at),
                    attempt.because,
                    attempt.decision.pk,
                ],
            )
    except IntegrityError as refused:
        raise NotDone from refused


WAYS: dict[str, Callable[[Attempt], None]] = {"page": by_page, "api": by_api, "action": by_action, "sql": by_sql}


# --- the faults


def decider(**more: Any) -> User:
    return person("decision_maker", "case_officer", "inspector", **more)


def ripe(**story: Any) -> Decision:
    return notified(a_refusal_proposed(**story))


def by_the_proposer() -> Attempt:
    me = decider()
    return Attempt(ripe(by=me), me)


def by_the_case_officer() -> Attempt:
    me = decider()
    return Attempt(ripe(application=an_application_checked(case_officer=me)), me)


def by_the_inspector() -> Attempt:
    me, application = decider(), an_application_checked()
    inspection = an_inspection_of(application, inspector=me)
    proposal = proposals.propose(
        application,
        kind="refuse",
        because="Unsafe.",
        grounds=[GROUND],
        inspections=[inspection],
        departs_because="It hides what it does.",
        by=person("case_officer"),
        at=NOW,
    )
    return Attempt(notified(proposal), me)


def by_somebody_with_a_conflict() -> Attempt:
    me, decision = decider(), ripe()
    declared(me, decision)
    return Attempt(decision, me)


def proposed_by_somebody_who_declared_one_since() -> Attempt:
    decision = ripe()
    declared(decision.proposed_by, decision)
    return Attempt(decision, decider())


def declared(officer: User, decision: Decision) -> None:
    because = "My sister is the managing director."
    conflicts.declare(
        officer, organisation=decision.organisation, because=because, since=TODAY, by=officer, at=later(1)
    )


def before_any_notice() -> Attempt:
    return Attempt(a_refusal_proposed(), decider())


def on_a_ground_that_was_not_notified() -> Attempt:
    decision = ripe()
    proposals.supplement(decision, grounds=[GROUND], by=person("case_officer"), at=later(1))
    conclusions = (GivenConclusion(1, True, "It holds."), GivenConclusion(2, True, "So does this."))
    return Attempt(decision, decider(), conclusions=conclusions)


def before_the_time_to_reply_is_over() -> Attempt:
    return Attempt(ripe(), decider(), at=later(14))


def without_reasons() -> Attempt:
    return Attempt(ripe(), decider(), because="")


def without_a_conclusion_on_each_ground() -> Attempt:
    return Attempt(ripe(), decider(), conclusions=())


def without_a_ground_that_holds() -> Attempt:
    return Attempt(ripe(), decider(), conclusions=(GivenConclusion(1, False, "Put right."),))


def twice() -> Attempt:
    return Attempt(decided(ripe(), at=later(15)), decider(), at=later(16), because="Better words.")


def after_it_was_dropped() -> Attempt:
    dropped = proposals.drop(ripe(), because="Put right.", by=person("case_officer"), at=later(2))
    return Attempt(dropped, decider())


# --- the same of a transfer: what it is about has two sides


def consent(**story: Any) -> Decision:
    return a_consent_proposed(a_transfer_agreed(**story))


def consenting(decision: Decision, by: User, **more: Any) -> Attempt:
    return Attempt(decision, by, at=NOW, conclusions=(), **more)


def a_consent_by_its_proposer() -> Attempt:
    me = decider()
    return consenting(a_consent_proposed(by=me), me)


def a_consent_by_the_case_officer_of_the_other() -> Attempt:
    me = decider()
    return consenting(consent(application=an_application_checked(case_officer=me, legal_name=OTHER)), me)


def a_consent_by_the_inspector_of_the_other() -> Attempt:
    me, application = decider(), an_application_checked(legal_name=OTHER)
    an_inspection_of(application, inspector=me)
    return consenting(consent(application=application), me)


def a_consent_by_somebody_with_a_conflict_with_the_other() -> Attempt:
    me, decision = decider(), consent()
    conflicts.declare(
        me, organisation=decision.organisations[1], because="My sister's firm.", since=TODAY, by=me, at=NOW
    )
    return consenting(decision, me)


def a_consent_without_reasons() -> Attempt:
    return consenting(consent(), decider(), because="")


def a_consent_that_the_holder_does_not_want_any_more() -> Attempt:
    decision = consent()
    assert decision.transfer is not None
    transfers.retract(decision.transfer, by=stories.holder_of(decision.organisation), at=NOW)
    return consenting(decision, decider())


def a_consent_given_twice() -> Attempt:
    return consenting(decided(consent()), decider(), because="Better words.")


def a_refusal_of_transfer_without_a_hearing() -> Attempt:
    return Attempt(a_refusal_of_transfer_proposed(), decider())


def a_refusal_of_transfer_before_its_holder_has_replied() -> Attempt:
    return Attempt(notified(a_refusal_of_transfer_proposed()), decider(), at=later(14))


OF_TRANSFERS: list[Callable[[], Attempt]] = [
    a_consent_by_its_proposer,
    a_consent_by_the_case_officer_of_the_other,
    a_consent_by_the_inspector_of_the_other,
    a_consent_by_somebody_with_a_conflict_with_the_other,
    a_consent_without_reasons,
    a_consent_that_the_holder_does_not_want_any_more,
    a_consent_given_twice,
    a_refusal_of_transfer_without_a_hearing,
    a_refusal_of_transfer_before_its_holder_has_replied,
]

FAULTS: list[Callable[[], Attempt]] = [
    by_the_proposer,
    by_the_case_officer,
    by_the_inspector,
    by_somebody_with_a_conflict,
    proposed_by_somebody_who_declared_one_since,
    before_any_notice,
    on_a_ground_that_was_not_notified,
    before_the_time_to_reply_is_over,
    without_reasons,
    without_a_conclusion_on_each_ground,
    without_a_ground_that_holds,
    twice,
    after_it_was_dropped,
    *OF_TRANSFERS,
]
CONTROLS: dict[str, Callable[[], Attempt]] = {
    "refusal": lambda: Attempt(ripe(), decider()),
    "consent": lambda: consenting(consent(), decider()),
    "refusal of a transfer": lambda: Attempt(notified(a_refusal_of_transfer_proposed()), decider()),
}


def said(decision: Decision) -> tuple[Any, ...]:
    """The decision, its grounds and what came of it, as the database has them."""
    row = Decision.objects.filter(pk=decision.pk).values().get()
    grounds = list(decision.grounds.order_by("number").values())
    application = Application.objects.filter(decisions=decision).values().first()
    licence = Licence.objects.filter(decisions=decision).values().first()
    return row, grounds, application, licence, list(Transfer.objects.values()), Licence.objects.count()


@remembered
def attempted(fault: Callable[[], Attempt]) -> Attempt:
    """The same for each way."""
    return fault()


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_it_is_refused_and_changes_nothing(fault: Callable[[], Attempt], way: str, set_clock: SetClock) -> None:
    attempt = attempted(fault)
    before = said(attempt.decision)
    set_clock(attempt.at)

    with pytest.raises(NotDone):
        WAYS[way](attempt)

    assert said(attempt.decision) == before


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("control", sorted(CONTROLS))
def test_without_a_fault_each_way_goes_through(control: str, way: str, set_clock: SetClock) -> None:
    attempt = CONTROLS[control]()
    set_clock(attempt.at)

    WAYS[way](attempt)

    attempt.decision.refresh_from_db()
    assert (attempt.decision.status, attempt.decision.decided_by) == ("decided", attempt.by)


# --- nor can somebody with a conflict take another part


def a_conflict(role: str) -> tuple[User, Any]:
    me, application = person(role), stories.an_application_paid()
    because = "I own a share of the firm."
    conflicts.declare(me, organisation=application.organisation, because=because, since=TODAY, by=me, at=NOW)
    return me, application


def test_somebody_with_a_conflict_is_not_given_the_case() -> None:
    me, application = a_conflict("case_officer")

    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        type(application).objects.filter(pk=application.pk).update(case_officer=me)


def test_nor_proposes_by_sql() -> None:
    me, application = a_conflict("case_officer")

    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        Decision.objects.create(
            reference="D-0000-0000",
            kind="refuse",
            application=application,
            because="Because.",
            proposed_by=me,
            proposed_at=timezone.now(),
        )


def test_nor_notifies_by_sql() -> None:
    me = person("case_officer")
    decision = a_refusal_proposed()
    declared(me, decision)

    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        decision.notices.create(number=1, sent_at=NOW, sent_by=me, reply_by=TODAY)
