"""What a tribunal can come to: allowed, dismissed, varied, sent back; its document; and corrections of what was written down."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from licensing.appeals.actions import corrections, endings, outcomes
from licensing.appeals.models import Appeal, PutCondition
from licensing.appeals.queries.appeals import follows
from licensing.decisions.actions import proposals
from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.register.models import Entry
from registry.tasks.models import Task
from tests.conftest import SetClock
from tests.licensing.appeals.test_actions_go_on import refusal_of
from tests.licensing.appeals.world import (
    DECIDED,
    EFFECT,
    a_revocation_at_once,
    a_revocation_to_come,
    acknowledged,
    carried_out,
    days,
    ended,
    received,
    replied,
)
from tests.licensing.stories import (
    a_refusal_proposed,
    a_revocation_proposed,
    a_suspension_proposed,
    an_application_checked,
    decided,
    notified,
)
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
TODAY = DECIDED.date()
ARREARS = PutCondition("2.1", "Pay the arrears.", TODAY + timedelta(days=30))
PAYSLIPS = PutCondition("2.4", "Show the payslips.", TODAY + timedelta(days=60))
CONDITION = {"put_conditions": [ARREARS]}


def put(**changes: Any) -> dict[str, Any]:
    return {"put_conditions": [ARREARS, replace(ARREARS, **changes)]}


def sent_back(appeal: Appeal, **given: Any) -> Appeal:
    return outcomes.send_back(appeal, by=person("decision_maker"), at=given.get("at", DECIDED))


def open_tasks(appeal: Appeal) -> set[str]:
    return set(Task.objects.open().filter(reference=appeal.reference, agency=None).values_list("kind", flat=True))


def a_refusal_appealed() -> Appeal:
    refusal = decided(notified(a_refusal_proposed(an_application_checked())), at=DECIDED)
    return replied(received(refusal))


# --- sent back


def test_a_refusal_that_is_sent_back_is_assessed_again_until_it_is_decided_again() -> None:
    appeal = sent_back(ended(a_refusal_appealed(), outcome="remitted"))
    application = appeal.decision.application
    assert application is not None
    application.refresh_from_db()
    assert (appeal.status, application.status, application.closed_at) == ("sent_back", "assessing", None)
    assert "appeal.decide_again" in open_tasks(appeal)
    assert "sent our decision back to us" in Letter.objects.latest("pk").sheet

    again = proposals.propose(
        application,
        kind="grant",
        starts=TODAY,
        because="The tribunal found that the wages were paid.",
        by=person("case_officer"),
        at=DECIDED,
    )

    assert "appeal.decide_again" not in open_tasks(appeal)
    proposals.drop(again, because="A mistake.", by=person("case_officer"), at=DECIDED)
    assert "appeal.decide_again" in open_tasks(appeal)


@pytest.mark.parametrize("immediate", [False, True])
def test_a_revocation_that_is_sent_back_is_undone(immediate: bool) -> None:
    decision = a_revocation_at_once() if immediate else a_revocation_to_come()
    appeal = sent_back(ended(replied(received(decision, extended=True)), outcome="remitted"))

    assert appeal.decision.licence is not None
    appeal.decision.licence.refresh_from_db()
    assert appeal.decision.licence.status == "active"
    assert "appeal.decide_again" in open_tasks(appeal)


def test_why_it_is_not_decided_again_is_said_by_another_and_told() -> None:
    appeal = sent_back(ended(outcome="remitted", by=(both := person("case_officer", "decision_maker"))))

    def say(by: User) -> Appeal:
        return endings.leave_undecided(appeal, because="The firm has closed.", by=by, at=DECIDED)

    assert refusal_of(lambda: say(both)) == ["same_person"]
    with pytest.raises(PermissionDenied):
        say(person("case_officer"))
    closed = say(person("decision_maker"))

    assert closed.status == "closed" and not open_tasks(closed)
    assert "The firm has closed." in Letter.objects.latest("pk").sheet


def test_what_is_sent_back_is_not_carried_out_as_if_it_were_allowed(set_clock: SetClock) -> None:
    set_clock(DECIDED)
    appeal = ended(outcome="remitted")

    maker = signed_in(person("decision_maker"))
    page = maker.get(f"/staff/appeals/{appeal.reference}/").content.decode()
    assert f"/staff/appeals/{appeal.reference}/send-back/" in page
    assert f"/staff/appeals/{appeal.reference}/carry-out/" not in page
    assert refusal_of(lambda: carried_out(appeal)) == ["other_outcome"]
    allowed = ended(replied(received(a_revocation_at_once(), extended=True)), outcome="allowed")
    assert refusal_of(lambda: sent_back(allowed)) == ["other_outcome"]


# --- varied


def test_a_condition_takes_the_place_of_a_revocation() -> None:
    appeal = ended(outcome="varied", put=CONDITION)
    assert "Pay the arrears." in str(follows(appeal))

    carried_out(appeal)

    licence = appeal.decision.licence
    assert licence is not None
    licence.refresh_from_db()
    given = licence.conditions.get()
    assert (licence.status, given.requirement, given.due_on) == ("active", "Pay the arrears.", ARREARS.due_on)


@pytest.mark.both
@pytest.mark.parametrize("outcome", ["varied", "allowed"])
def test_several_conditions_become_conditions_of_the_licence_followed_and_published(outcome: str) -> None:
    appeal = ended(outcome=outcome, put={"put_conditions": [ARREARS, PAYSLIPS]})
    said = str(follows(appeal))
    assert "Pay the arrears." in said and "Show the payslips." in said

    carried_out(appeal)

    licence = appeal.decision.licence
    assert licence is not None
    given = licence.conditions.order_by("pk")
    assert [(one.standard, one.requirement, one.due_on, one.status) for one in given] == [
        (one.standard, one.requirement, one.due_on, "open") for one in (ARREARS, PAYSLIPS)
    ]
    entry = Entry.objects.get(listing=licence.listing, shown_until=None)
    assert [(one["standard"], one["requirement"]) for one in entry.conditions] == [
        (one.standard, one.requirement) for one in (ARREARS, PAYSLIPS)
    ]
    reasons = [one for one in entry.reasons or () if one["kind"] == "condition"]
    assert [one["standard"] for one in reasons] == ["2.1", "2.4"]


def test_several_conditions_are_written_down_and_corrected_by_the_page(set_clock: SetClock) -> None:
    appeal = replied(received(a_revocation_at_once(), extended=True))
    set_clock(DECIDED)
    desk, address = signed_in(person("case_officer")), f"/staff/appeals/{appeal.reference}/determine/"
    day = {"_day": f"{TODAY.day}", "_month": f"{TODAY.month}", "_year": f"{TODAY.year}"}
    typed = {
        "outcome": "varied",
        "outcome_because": "The evidence.",
        **{f"{name}{part}": value for name in ("ended_on", "effect_on") for part, value in day.items()},
        "rows": "1",
        **_typed(0, ARREARS),
    }
    more = desk.post(address, typed | {"more": "1"}).content.decode()
    assert "Pay the arrears." in more and "Condition put in place 2" in more
    half = desk.post(address, typed | {"rows": "2", "put-1-standard": "2.4"}).content.decode()
    assert "Enter what the business must do." in half and "Enter the day by which it must be met." in half

    assert desk.post(address, typed | {"rows": "2", **_typed(1, PAYSLIPS)}).status_code == 302
    appeal.refresh_from_db()
    assert appeal.put_conditions == [ARREARS, PAYSLIPS]
    correcting = desk.get(f"/staff/appeals/{appeal.reference}/correct-outcome/").content.decode()
    assert "Pay the arrears." in correcting and "Show the payslips." in correcting


def _typed(row: int, put: PutCondition) -> dict[str, str]:
    due = {"day": put.due_on.day, "month": put.due_on.month, "year": put.due_on.year}
    return {
        f"put-{row}-standard": put.standard,
        f"put-{row}-requirement": put.requirement,
        **{f"put-{row}-due_on_{part}": str(value) for part, value in due.items()},
    }


def test_a_shorter_suspension_takes_the_place_of_a_suspension() -> None:
    decision = decided(notified(a_suspension_proposed()))
    assert decision.until is not None
    until = TODAY + timedelta(days=3)
    appeal = ended(replied(received(decision, extended=True)), outcome="varied", put={"put_until": until})

    carried_out(appeal)

    assert decision.licence is not None
    decision.licence.refresh_from_db()
    assert (decision.licence.suspended_from, decision.licence.suspended_until) == (TODAY, until)


def test_a_licence_with_a_condition_takes_the_place_of_a_refusal() -> None:
    appeal = carried_out(ended(a_refusal_appealed(), outcome="varied", put=CONDITION))

    application = appeal.decision.application
    assert application is not None
    application.refresh_from_db()
    assert application.status == "granted" and application.licence is not None
    assert application.licence.conditions.get().requirement == "Pay the arrears."


@pytest.mark.parametrize(
    ("outcome", "put", "reasons"),
    [
        ("varied", {}, ["nothing_put"]),
        ("dismissed", CONDITION, ["not_varied"]),
        ("allowed", {**CONDITION, "put_until": TODAY}, ["not_varied"]),
        ("varied", put(standard="99"), ["no_standard"]),
        ("allowed", put(standard="99"), ["no_standard"]),
        ("varied", put(requirement=" "), ["no_requirement"]),
        ("varied", put(due_on=TODAY - timedelta(days=1)), ["day_too_early"]),
        ("varied", put(due_on=date(9999, 1, 1)), ["day_too_late"]),
        ("varied", {"put_until": TODAY - timedelta(days=1)}, ["day_too_early"]),
        ("varied", {"put_until": date(9999, 1, 1)}, ["day_too_late"]),
    ],
)
def test_what_is_put_in_place_is_possible(outcome: str, put: dict[str, Any], reasons: list[str]) -> None:
    appeal = replied()

    assert refusal_of(lambda: ended(appeal, outcome=outcome, put=put)) == reasons


def test_a_refusal_cannot_become_a_suspension() -> None:
    appeal = a_refusal_appealed()

    put = {"put_until": TODAY + timedelta(days=3)}
    assert refusal_of(lambda: ended(appeal, outcome="varied", put=put)) == ["no_suspension"]


# --- the document of the tribunal


def test_nothing_is_carried_out_before_the_decision_of_the_tribunal_is_on_the_file() -> None:
    appeal = ended(allowed=True, has_document=False)

    assert refusal_of(lambda: carried_out(appeal)) == ["no_document"]


def test_an_appeal_that_was_withdrawn_has_no_decision_of_the_tribunal() -> None:
    appeal = endings.take_back(received(), ended_on=TODAY, by=person("case_officer"), at=DECIDED)

    assert carried_out(appeal).status == "closed"


# --- corrections


def test_an_outcome_is_corrected_until_it_is_carried_out_and_who_corrects_it_does_not_carry_it_out() -> None:
    appeal, both = ended(allowed=True), person("case_officer", "decision_maker")
    given: dict[str, Any] = {"ended_on": TODAY, "effect_on": EFFECT, "outcome_because": "It was dismissed."}

    appeal = endings.correct_outcome(
        appeal, outcome="dismissed", **given, because="I read the wrong page.", by=both, at=DECIDED
    )

    assert (appeal.outcome, appeal.effect_on, appeal.ended_by) == ("dismissed", EFFECT, both)
    assert refusal_of(lambda: carried_out(appeal, by=both)) == ["same_person"]
    closed = carried_out(appeal)
    late = lambda: endings.correct_outcome(closed, outcome="allowed", **given, because="x", by=both, at=DECIDED)  # noqa: E731
    assert refusal_of(late) == ["wrong_state"]


def test_days_of_an_open_appeal_are_corrected_and_those_that_follow_counted_again() -> None:
    appeal = acknowledged(at=days(3))
    was = appeal.reply_by
    assert was is not None

    appeal = corrections.correct(
        appeal,
        received_on=TODAY,
        grounds="The photographs are of another house, and of another year.",
        copied_on=days(1).date(),
        because="The stamp was read wrongly.",
        by=person("case_officer"),
        at=days(3),
    )

    assert appeal.received_on == TODAY and appeal.copied_on == days(1).date()
    assert appeal.reply_by is not None and appeal.reply_by < was
    task = Task.objects.open().get(kind="appeal.reply", reference=appeal.reference)
    assert task.due_on == appeal.reply_by


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        ({"received_on": date(9999, 1, 1)}, ["in_the_future", "too_late", "day_too_early"]),
        ({"received_on": TODAY - timedelta(days=1)}, ["day_too_early"]),
        ({"copied_on": date(9999, 1, 1)}, ["day_too_late"]),
        ({"received_on": TODAY, "copied_on": TODAY - timedelta(days=1)}, ["day_too_early"]),
        ({"because": " "}, ["no_reasons"]),
    ],
)
def test_what_cannot_be_right_is_no_correction(given: dict[str, Any], reasons: list[str]) -> None:
    appeal = acknowledged()
    told: dict[str, Any] = {"received_on": TODAY, "grounds": "g", "copied_on": TODAY, "because": "Why.", **given}

    assert refusal_of(lambda: corrections.correct(appeal, **told, by=person("case_officer"), at=DECIDED)) == reasons


def test_a_day_that_has_not_happened_is_not_entered_as_a_correction() -> None:
    appeal = received()

    appeal = corrections.correct(
        appeal,
        received_on=TODAY,
        grounds="g",
        copied_on=TODAY,
        because="Why.",
        by=person("case_officer"),
        at=DECIDED,
    )

    assert appeal.copied_on is None and appeal.reply_by is None


# --- by SQL


@pytest.mark.parametrize(
    "change",
    [
        "outcome = 'dismissed'",
        "put_requirement = 'Nothing.'",
        "put_more = '[1]'",
        "status = 'closed', outcome = 'dismissed', closed_by_id = received_by_id, closed_at = ended_at",
    ],
)
def test_by_sql_an_outcome_is_changed_by_no_correction(change: str) -> None:
    ended(outcome="varied", put=CONDITION, by=person("case_officer"))

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE licensing_appeal SET {change}")


def test_by_sql_only_what_was_remitted_is_sent_back() -> None:
    ended(outcome="allowed")
    change = "status = 'sent_back', closed_by_id = received_by_id, closed_at = ended_at"

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE licensing_appeal SET {change}")


def test_by_sql_more_time_to_reply_is_waited_for() -> None:
    """The time that was given holds in the database too, not only in the rules."""
    decision = notified(a_revocation_proposed(immediate=False))
    assert decision.reply_by is not None
    late = decision.reply_by + timedelta(days=1)
    Decision.objects.filter(pk=decision.pk).update(reply_by=late)

    with pytest.raises(IntegrityError, match="heard"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE licensing_ground SET upheld = TRUE, concluded_because = 'Yes.'")
        cursor.execute(
            "UPDATE licensing_decision SET status = 'decided', decided_at = %s, decided_by_id = %s, decided_because = 'x'"
            " WHERE id = %s",
            [f"{late} 10:00:00+00:00", person("decision_maker").pk, decision.pk],
        )
