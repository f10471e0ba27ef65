"""A word of restricted text is looked for wherever a task is told: list, alert, subject line, program and calendar."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from licensing import jobs as licensing_jobs
from registry import jobs
from registry.alerts.models import AlertNotice
from registry.letters.models import Letter
from registry.outbox.models import OutboxItem
from registry.tasks.models import Task
from tests.compliance.field.world import an_interview
from tests.compliance.hand_overs.world import CANARY, HEARD, handed_over
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report
from tests.compliance.safeguarding.world import CANARIES as OF_THE_REFERRAL
from tests.compliance.safeguarding.world import a_referral_identified
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.duties.test_calendar import address_on
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import a_licence
from tests.people import person, signed_in
from tests.registry.stories import a_condition
from tests.registry.tasks.test_web import a_program

pytestmark = pytest.mark.django_db


def test_what_is_restricted_is_in_no_task_alert_subject_or_calendar() -> None:
    licence = a_licence()
    condition, analyst, manager = a_condition(licence), person("intelligence_analyst"), person("manager")
    a_report(danger="yes", text=HEARD, about_place=CANARY)
    some_intelligence(licence.organisation, source_text=HEARD, by=analyst)
    handed_over(licence=licence)
    visit = an_inspection(organisation=licence.organisation)
    an_interview(visit, notes=HEARD)
    a_referral_identified(by=visit.inspector, organisation=licence.organisation)
    lead = person("safeguarding_lead")
    calendar = address_on(signed_in(the_holder(licence)), licence.organisation)
    at = NOW + timedelta(days=1)
    jobs.alert_of_danger(at=at)
    jobs.alert_of_urgent(at=at)
    Task.objects.open().update(due_on=at.date())
    jobs.mail_mornings(at=at)
    licensing_jobs.remind_of_duties(at=at)
    jobs.send_mail(at=at)

    told = [str(row) for model in (Task, AlertNotice, OutboxItem) for row in model.objects.values()]
    told += [str(row) for row in Letter.objects.values_list("subject", "facts", "sheet")]
    told += [f"{one.subject} {one.body}" for one in mail.outbox]
    told += [Client().get(calendar).content.decode()]
    told += [a_program(by).get("/api/staff/v1/tasks").content.decode() for by in (analyst, manager, lead)]
    told += [
        signed_in(by).get(page).content.decode()
        for by in (analyst, manager, lead, visit.inspector)
        for page in ("/staff/", "/staff/tasks/")
    ]
    assert len(told) > 20
    assert condition.reference in str(told)
    assert "referral" in str(told)
    assert [one for one in told if any(word in one for word in (CANARY, *OF_THE_REFERRAL))] == []
