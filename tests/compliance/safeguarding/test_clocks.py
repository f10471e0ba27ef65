"""Each step of a referral has a clock and an owner; in an emergency it is sent first; and the person is followed afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from compliance.safeguarding.actions import follow_ups as aftercare
from compliance.safeguarding.actions import referrals as safeguarding
from compliance.safeguarding.models.follow_ups import ReferralFollowUp
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries.follow_ups import counts_of_answers
from registry import schemes
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.tasks import queries as tasks
from registry.tasks.models import Task
from registry.waits import TaskPriority
from tests.compliance.safeguarding.world import (
    TODAY,
    a_referral,
    a_referral_identified,
    a_referral_read,
    a_referral_sent,
    facts,
)
from tests.compliance.stories import SCHEME
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no, transaction.atomic():
        act()
    return [reason.code for reason in no.value.reasons]


def task(kind: str) -> Task:
    found: Task = Task.objects.open().get(kind=f"referral.{kind}")
    return found


@pytest.fixture
def lead() -> User:
    return person("safeguarding_lead", name="Nerys Lead")


@pytest.fixture
def other() -> User:
    return person("safeguarding_lead", name="Olwen Other")


def follow_up(referral: Referral, code: str) -> ReferralFollowUp:
    return ReferralFollowUp.objects.filter(referral=referral, code=code).order_by("-number")[0]


def test_the_second_reading_has_a_clock_in_hours_and_a_child_a_shorter_one() -> None:
    a_referral("given")
    assert (task("second_read").due_at, task("second_read").priority) == (NOW + 24 * HOUR, TaskPriority.NORMAL)
    Task.objects.all().delete()

    a_referral("child")
    assert (task("second_read").due_at, task("second_read").priority) == (NOW + 4 * HOUR, TaskPriority.URGENT)
    assert task("second_read").is_overdue(NOW + 5 * HOUR)


def test_sending_and_the_decisions_of_others_have_a_day(lead: User) -> None:
    read = a_referral_read("child", lead=lead)
    assert task("send").due_at == NOW + 4 * HOUR
    sent = safeguarding.send(read, by=lead, at=NOW)
    assert task("record_grounds").due_on == TODAY + 7 * DAY  # five working days
    safeguarding.decide_reasonable_grounds(sent, decided="yes", on=TODAY, by=lead, at=NOW)
    assert task("record_conclusion").due_on == TODAY + 45 * DAY
    assert list(tasks.faults(NOW)) == []


def test_a_notification_is_sent_within_days_and_not_answered(lead: User) -> None:
    read = a_referral_read("refused", lead=lead)
    assert task("send").due_at == NOW + 30 * DAY
    safeguarding.send(read, by=lead, at=NOW)

    assert not Task.objects.open().filter(kind__startswith="referral.").exists()
    assert list(tasks.faults(NOW)) == []


def test_without_reasonable_grounds_no_conclusion_is_waited_for(lead: User) -> None:
    sent = a_referral_sent(lead=lead)
    safeguarding.decide_reasonable_grounds(sent, decided="no", on=TODAY, by=lead, at=NOW)

    assert not Task.objects.open().filter(kind="referral.record_conclusion").exists()


def test_a_referral_begins_without_a_firm_or_a_visit() -> None:
    made = safeguarding.prepare(
        kind="nrm",
        facts=facts("child"),
        scheme=schemes.in_force(SCHEME, TODAY),
        by=person("inspector"),
        at=NOW,
    )
    assert (made.organisation, made.report, made.inspection) == (None, None, None)
    assert task("second_read").reference == made.reference


# --- the emergency path ---


def test_in_an_emergency_it_is_sent_at_once_and_read_afterwards_by_another(lead: User, other: User) -> None:
    made = a_referral_identified("child", by=lead)  # the only lead on duty prepared it

    sent = safeguarding.send_at_once(made, why="alone", by=lead, at=NOW + HOUR)

    assert (sent.status, sent.at_once_why, sent.read_by) == ("sent_unread", "alone", None)
    assert (task("read_after").due_at, task("read_after").not_by) == (NOW + 25 * HOUR, lead)
    assert refused(lambda: safeguarding.read_after(sent, by=lead, at=NOW)) == ["own_referral"]
    read = safeguarding.read_after(sent, by=other, at=NOW + 2 * HOUR)
    assert (read.status, read.read_by) == ("sent", other)
    assert task("record_grounds").due_on == TODAY + 7 * DAY
    assert list(tasks.faults(NOW)) == []


def test_who_sends_at_once_is_warned_where_no_one_is_left_to_read_it(lead: User, other: User) -> None:
    made = a_referral_identified("child", by=lead)
    address, warning = reverse("send_at_once_referral", args=[made.reference]), "There is no third person"

    assert warning in signed_in(other).get(address).content.decode()
    assert warning not in signed_in(lead).get(address).content.decode()  # the other is left
    person("safeguarding_lead")
    assert warning not in signed_in(other).get(address).content.decode()


def test_whoever_sent_at_once_does_not_read_it_afterwards(lead: User) -> None:
    sent = safeguarding.send_at_once(a_referral_identified("child"), why="danger", by=lead, at=NOW)

    assert refused(lambda: safeguarding.read_after(sent, by=lead, at=NOW)) == ["own_referral"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=sent.pk).update(status="sent", read_by=lead, read_at=NOW)


@pytest.mark.parametrize(
    ("consent", "why", "code"),
    [("refused", "danger", "no_emergency"), ("given", "child", "not_a_child")],
)
def test_what_is_no_emergency_is_refused(lead: User, consent: str, why: str, code: str) -> None:
    made = a_referral("refused") if consent == "refused" else a_referral_identified(consent)

    assert code in refused(lambda: safeguarding.send_at_once(made, why=why, by=lead, at=NOW))


def test_an_adult_is_not_sent_at_once_without_consent_or_identity(lead: User) -> None:
    nameless = a_referral("given")
    assert refused(lambda: safeguarding.send_at_once(nameless, why="danger", by=lead, at=NOW)) == ["no_identity"]
    with pytest.raises(PermissionDenied):
        safeguarding.send_at_once(a_referral_identified(), why="danger", by=person("inspector"), at=NOW)
    unnamed = a_referral("refused")
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=unnamed.pk).update(
            status="sent_unread", at_once_why="danger", sent_by=lead, sent_at=NOW
        )


def test_what_was_sent_at_once_stays_whoever_comes_by_sql(lead: User) -> None:
    sent = safeguarding.send_at_once(a_referral_identified("child"), why="danger", by=lead, at=NOW)

    for change in ({"gender": "male"}, {"at_once_why": "alone"}, {"status": "prepared"}, {"status": "dropped"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Referral.objects.filter(pk=sent.pk).update(**change)


def test_consent_may_be_withdrawn_of_what_was_sent_at_once(lead: User) -> None:
    sent = safeguarding.send_at_once(a_referral_identified(), why="danger", by=lead, at=NOW)

    safeguarding.withdraw_consent(sent, why="withdrawn", by=lead, at=NOW)

    sent.refresh_from_db()
    assert (sent.consent, sent.status) == ("withdrawn", "sent_unread")


# --- afterwards ---


def test_of_a_child_the_childrens_services_and_the_guardian_are_told_by_a_clock(lead: User) -> None:
    made = a_referral("child")
    a_referral("given")

    waiting = Task.objects.open().filter(kind="referralfollowup.record").order_by("due_at")
    assert [(one.reference, one.due_at, one.priority) for one in waiting] == [
        (f"{made.reference}.1", NOW + 8 * HOUR, TaskPriority.URGENT),
        (f"{made.reference}.2", NOW + 24 * HOUR, TaskPriority.URGENT),
    ]
    told = follow_up(made, "children_services")
    assert refused(lambda: aftercare.record_follow_up(told, answer="told", on=TODAY + DAY, by=lead, at=NOW)) == [
        "wrong_day"
    ]
    assert refused(lambda: aftercare.record_follow_up(told, answer="Ilinca", on=TODAY, by=lead, at=NOW)) == [
        "unknown_code"
    ]
    with pytest.raises(PermissionDenied):
        aftercare.record_follow_up(told, answer="told", on=TODAY, by=person("inspector"), at=NOW)

    kept = aftercare.record_follow_up(told, answer="told", on=TODAY, by=lead, at=NOW)

    assert (kept.status, kept.answer, kept.recorded_on, kept.recorded_by) == ("recorded", "told", TODAY, lead)
    assert waiting.all().count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralFollowUp.objects.filter(pk=kept.pk).update(answer="knew")


def test_after_each_decision_it_is_asked_how_the_person_is_and_what_helped(lead: User) -> None:
    sent = a_referral_sent(lead=lead)
    answered = safeguarding.decide_reasonable_grounds(sent, decided="yes", on=TODAY, by=lead, at=NOW)
    assert follow_up(answered, "after_grounds").due_at == NOW + 14 * DAY
    concluded = safeguarding.conclude(answered, decided="yes", on=TODAY, by=lead, at=NOW)

    assert set(concluded.follow_ups.values_list("code", flat=True)) == {
        "after_grounds",
        "outcome",
        "risk",
        "what_helped",
    }
    risk = follow_up(concluded, "risk")
    aftercare.record_follow_up(risk, answer="high", on=TODAY, by=lead, at=NOW)
    assert follow_up(concluded, "risk").due_at == NOW + 30 * DAY  # asked again
    aftercare.record_follow_up(follow_up(concluded, "what_helped"), answer="wages", on=TODAY, by=lead, at=NOW)
    counted = dict(counts_of_answers(schemes.in_force(SCHEME, TODAY), by=lead))
    shown = signed_in(lead).get("/staff/referrals/answers/").content.decode()
    assert "Help to get unpaid wages: 1" in shown
    assert ("Help to get unpaid wages", 1) in counted["Ask the person, if it is safe, what helped most"]
    assert list(tasks.faults(NOW)) == []


def test_that_a_person_is_missing_is_begun_by_hand_and_once(lead: User) -> None:
    made = a_referral_sent("child", lead=lead)
    missing = aftercare.begin_by_hand(made, code="missing", by=lead, at=NOW)

    assert missing.due_at == NOW + HOUR
    assert refused(lambda: aftercare.begin_by_hand(made, code="missing", by=lead, at=NOW)) == ["begun_already"]
    assert refused(lambda: aftercare.begin_by_hand(made, code="risk", by=lead, at=NOW)) == ["unknown_code"]
    aftercare.record_follow_up(missing, answer="police_told", on=TODAY, by=lead, at=NOW)
    assert follow_up(made, "missing").due_at == NOW + DAY


def test_of_a_referral_that_was_dropped_nothing_more_is_recorded(lead: User) -> None:
    made = a_referral("child")
    safeguarding.drop(made, why="twice", by=lead, at=NOW)

    assert not Task.objects.open().exists()
    assert list(tasks.faults(NOW)) == []


def test_a_lead_with_a_conflict_of_interest_records_nothing(lead: User) -> None:
    made = a_referral("child")
    assert made.organisation is not None
    conflicts.declare(
        lead, organisation=made.organisation, because="My sister works there.", since=TODAY, by=lead, at=NOW
    )
    address = f"/staff/referrals/{made.reference}/follow-ups/1/record/"

    assert signed_in(lead).get(address).status_code == 404


def test_leads_do_all_of_it_on_pages(lead: User, other: User) -> None:
    made = a_referral_identified("child")
    first, second = signed_in(lead), signed_in(other)
    page = f"/staff/referrals/{made.reference}/"
    shown = first.get(page).content.decode()
    assert "Read the referral as the second person" in shown
    assert "Tell the children’s services" in shown

    assert first.post(f"{page}send-at-once/", {"why": "child"}).status_code == 302
    assert first.post(f"{page}read-after/").status_code == 422
    assert second.post(f"{page}read-after/").status_code == 302
    day = {"on_day": "2", "on_month": "11", "on_year": "2026"}
    assert first.post(f"{page}follow-ups/1/record/", {"answer": "told", **day}).status_code == 302
    assert first.post(f"{page}follow-ups/begin/", {"code": "missing"}).status_code == 302
    assert "They were told" in first.get(page).content.decode()
