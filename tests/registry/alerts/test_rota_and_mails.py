"""The duty rota, urgent tasks by mail, the morning mail, and what each person chooses."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from registry import jobs
from registry.accounts.models import User
from registry.alerts import actions as alerts
from registry.alerts.models import AlertSettings, DutyShift, MorningMail
from registry.assignment import actions as assignment
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.tasks import actions as tasks
from registry.tasks.models import Task
from tests.compliance.safeguarding.world import a_referral
from tests.conftest import LONDON, NOW
from tests.licensing.stories import an_application_checked
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def choose(user: User, *, telephone: str = "+447700900123", urgent: bool = True, morning: bool = True) -> User:
    alerts.choose_alerts(telephone=telephone, gets_urgent_mail=urgent, gets_morning_mail=morning, by=user, at=NOW)
    return user


def mailed(reference: str) -> list[str]:
    found = Letter.objects.filter(template="registry/letters/alert.html", reference=reference)
    return list(found.order_by("pk").values_list("address", flat=True))


def codes(**given: object) -> list[str]:
    shift = {"deputy": None, "starts": NOW, "until": NOW + 12 * HOUR, "by": person("manager"), "at": NOW, **given}
    with pytest.raises(Refused) as no:
        alerts.add_shift(**shift)  # type: ignore[arg-type]
    return [reason.code for reason in no.value.reasons]


def test_the_rota_takes_people_who_may_be_on_duty_and_can_be_reached() -> None:
    lead = choose(person("safeguarding_lead"))

    assert codes(officer=person("safeguarding_lead")) == ["no_telephone"]
    assert codes(officer=choose(person("case_officer"))) == ["may_not"]
    assert codes(officer=lead, deputy=lead) == ["own_deputy"]
    assert codes(officer=lead, until=NOW - HOUR) == ["ends_before", "day_out_of_range"]
    assert codes(officer=lead, until=NOW + 40 * DAY) == ["too_long"]
    with pytest.raises(PermissionDenied):
        alerts.add_shift(officer=lead, deputy=None, starts=NOW, until=NOW + HOUR, by=lead, at=NOW)

    alerts.add_shift(officer=lead, deputy=None, starts=NOW, until=NOW + HOUR, by=person("manager"), at=NOW)
    assert codes(officer=lead) == ["overlaps"]
    assert DutyShift.objects.at(NOW) is not None
    assert DutyShift.objects.at(NOW + HOUR) is None


def test_managers_keep_the_rota_on_its_page() -> None:
    lead, manager = choose(person("safeguarding_lead", name="Nerys Lead")), signed_in(person("manager"))
    day = {"day": "2", "month": "11", "year": "2026"}
    typed = {
        "officer": lead.reference,
        "starts_hour": "10:00",
        "until_hour": "18:00",
        **{f"{name}_day_{part}": value for name in ("starts", "until") for part, value in day.items()},
    }
    assert manager.post("/staff/rota/add/", typed).status_code == 302
    shift = DutyShift.objects.get()
    assert (shift.starts, shift.until) == (NOW, datetime(2026, 11, 2, 18, tzinfo=LONDON))
    assert "Nerys Lead" in manager.get("/staff/rota/").content.decode()
    assert signed_in(lead).get("/staff/rota/add/").status_code == 403
    assert manager.post(f"/staff/rota/{shift.pk}/remove/").status_code == 302
    assert not DutyShift.objects.exists()


def test_an_urgent_task_is_mailed_at_once_to_those_who_may_do_it_and_once() -> None:
    first, second, quiet = (person("safeguarding_lead") for _each in range(3))
    choose(quiet, urgent=False)
    away = person("safeguarding_lead")
    assignment.record_absence(away, deputy=first, starts=NOW.date(), until=NOW.date(), by=away, at=NOW)
    made = a_referral("child", by=second)  # who prepared it does not read it, and records what follows

    assert jobs.alert_of_urgent(at=NOW) == 5
    assert jobs.alert_of_urgent(at=NOW + HOUR) == 0
    assert mailed(made.reference) == [first.email]
    assert mailed(f"{made.reference}.1") == [first.email, second.email]


def test_an_urgent_task_of_one_person_goes_to_that_person_or_their_deputy() -> None:
    lead, deputy = person("safeguarding_lead"), person("safeguarding_lead")
    made = a_referral("child", by=person("inspector"))
    tasks.assign(Task.objects.get(kind="referral.second_read"), owner=lead, by=lead_assigner(), at=NOW)
    assignment.record_absence(lead, deputy=deputy, starts=NOW.date(), until=NOW.date(), by=lead, at=NOW)

    jobs.alert_of_urgent(at=NOW)
    assert mailed(made.reference) == [deputy.email]


def lead_assigner() -> User:
    return person("manager", "safeguarding_lead")


def test_an_urgent_task_that_is_old_is_left_to_the_morning() -> None:
    person("safeguarding_lead")
    a_referral("child", by=person("inspector"))

    assert jobs.alert_of_urgent(at=NOW + 2 * DAY) == 0


def test_of_a_case_that_is_released_the_others_are_told_the_same_hour_however_old_it_is() -> None:
    officer, other = person("case_officer"), person("case_officer")
    case = an_application_checked(case_officer=officer)
    jobs.alert_of_urgent(at=NOW)
    later = NOW + 9 * DAY

    conflicts.declare(
        officer, organisation=case.organisation, because="A cousin works there.", since=NOW.date(), by=officer, at=later
    )

    assert jobs.alert_of_urgent(at=later + HOUR) > 0
    assert jobs.alert_of_urgent(at=later + 2 * HOUR) == 0
    told = mailed(case.reference)
    assert other.email in told and officer.email not in told, "who declared the conflict hears no more of it"


def test_the_morning_mail_lists_what_is_due_and_overdue_once_a_working_day() -> None:
    lead = person("safeguarding_lead")
    made = a_referral("refused", by=person("inspector"))
    task = Task.objects.get(kind="referral.second_read")
    tasks.take(task, by=lead, at=NOW)
    Task.objects.update(due_on=NOW.date(), due_at=None)
    later = NOW + 2 * DAY

    early = later.replace(hour=6, minute=59)
    assert jobs.mail_mornings(at=early) == 0
    assert not MorningMail.objects.exists()
    assert jobs.mail_mornings(at=later) == 1
    assert jobs.mail_mornings(at=later + HOUR) == 0
    letter = Letter.objects.get(template="registry/letters/morning.html")
    assert letter.address == lead.email
    assert (letter.facts["count"], letter.facts["overdue"]) == (1, 1)
    assert letter.facts["tasks"][0]["reference"] == made.reference
    assert jobs.mail_mornings(at=later + DAY) == 1
    saturday = datetime(2026, 11, 7, 10, tzinfo=LONDON)
    assert jobs.mail_mornings(at=saturday) == 0


@pytest.mark.parametrize("why", ["not wanted", "away", "nothing due"])
def test_no_morning_mail(why: str) -> None:
    lead = person("safeguarding_lead")
    a_referral("refused", by=person("inspector"))
    tasks.take(Task.objects.get(kind="referral.second_read"), by=lead, at=NOW)
    if why != "nothing due":
        Task.objects.update(due_on=NOW.date(), due_at=None)
    if why == "not wanted":
        choose(lead, morning=False)
    if why == "away":
        assignment.record_absence(lead, deputy=person("manager"), starts=NOW.date(), until=NOW.date(), by=lead, at=NOW)

    assert jobs.mail_mornings(at=NOW) == 0


def test_each_person_chooses_their_own_alerts() -> None:
    lead = person("safeguarding_lead")
    client = signed_in(lead)

    assert client.post("/staff/alerts/", {"telephone": "12345"}).status_code == 422
    assert client.post("/staff/alerts/", {"telephone": "07700 900123", "gets_morning_mail": "on"}).status_code == 302
    kept = AlertSettings.objects.of(lead)
    assert (kept.telephone, kept.gets_urgent_mail, kept.gets_morning_mail) == ("+447700900123", False, True)
    assert 'value="+447700900123"' in client.get("/staff/alerts/").content.decode()
