"""What a demonstration shows of duty, of absence and of reports that were handed over."""

import pytest
from django.contrib.auth.models import Group

from compliance.danger.models import DangerSign
from compliance.hand_overs.models import HandOver
from config.demo import on_duty
from config.demo.people import COLLEAGUES, DOMAIN, SAMPLE_PEOPLE
from registry.accounts.models import User
from registry.alerts import queries as alerts
from registry.assignment.models import Absence, AssignmentRule
from registry.tasks.models import Task
from registry.tasks.queries import faults, own_tasks
from tests.conftest import NOW
from tests.licensing.checks.agencies import an_agency
from tests.licensing.stories import a_grant_proposed, decided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sample_people() -> None:
    people = [(f"{who}@{DOMAIN}", role, name) for who, role, name in SAMPLE_PEOPLE]
    for address, role, name in (*people, *COLLEAGUES):
        User.objects.create_user(email=address, name=name).groups.add(Group.objects.get(name=role))


def sample(who: str) -> User:
    return User.objects.get(email=f"{who}@{DOMAIN}")


def test_an_alarm_was_acknowledged_by_the_officer_on_duty_and_a_colleague_is_away() -> None:
    list(on_duty.duty(NOW))

    sign = DangerSign.objects.get()
    task = Task.objects.open().get(kind="dangersign.respond")
    assert task.acknowledged_by == sample("safeguarding-lead")
    assert sign.status == "raised"
    assert list(alerts.dangers_due(NOW)) == []
    assert Absence.objects.get().deputy == sample("case-officer")
    assert AssignmentRule.objects.get().kind == "application.take_on"
    assert list(faults(NOW)) == []


def test_reports_wait_with_the_case_officer_and_with_the_other_authority() -> None:
    decided(a_grant_proposed(case_officer=sample("case-officer")))
    partner = sample("partner")
    partner.agency = an_agency()
    partner.save(update_fields=["agency"])

    list(on_duty.handed_over(NOW))

    assert sorted(HandOver.objects.values_list("to", "status")) == [
        ("agency", "under_way"),
        ("inspection", "open"),
        ("licensing", "open"),
    ]
    kinds = set(own_tasks(sample("case-officer"), NOW.date()).values_list("kind", flat=True))
    assert {"handover.commission", "handover.consider"} <= kinds
    assert Task.objects.of_agency(partner).filter(kind="handover.answer").exists()


def test_without_a_licence_nothing_is_handed_over() -> None:
    assert list(on_duty.handed_over(NOW)) == []
