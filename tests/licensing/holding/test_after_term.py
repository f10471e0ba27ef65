"""A licence that has run out is a task: an officer sees whether the business has stopped, and what they find is kept with it."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from compliance.reports.models.reports import Report
from licensing.applications.actions import applications
from licensing.holding.actions import after_term
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.jobs import open_due_tasks
from registry.licences.models import Licence
from registry.tasks.models import Task
from registry.tasks.queries import faults
from tests.conftest import NOW, SetClock
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import TODAY, a_licence, a_renewal_handed_in
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
FOUND = "Its website is gone, and its three labour users say that it sent no one since June."


def after(licence: Licence, days: int = 1) -> datetime:
    """Noon, so many days after the last day of the licence."""
    return timezone.make_aware(datetime.combine(licence.valid_until + timedelta(days=days), time(12)))


def tasks_of(licence: Licence) -> set[str]:
    open_ones = Task.objects.open().filter(subject_pk=licence.pk, kind="licence.after_term")
    return {task.address for task in open_ones}


def run_out(set_clock: SetClock) -> Licence:
    """A licence on the day after its last, with its task."""
    licence = a_licence()
    set_clock(after(licence))
    open_due_tasks(at=after(licence))
    return licence


def test_the_question_begins_on_the_day_after_the_last_and_ends_with_the_answer(set_clock: SetClock) -> None:
    licence, page = a_licence(), "/staff/licences/{}/"
    page = page.format(licence.number)
    open_due_tasks(at=after(licence, 0))
    assert not tasks_of(licence)
    open_due_tasks(at=after(licence))
    assert tasks_of(licence) == {page}

    set_clock(after(licence))
    officer = signed_in(person("case_officer"))
    assert "Record that the business has stopped" in officer.get(page).content.decode()
    short = officer.post(f"{page}find-stopped/", {"because": "No."})
    assert short.status_code == 422 and "Say the reason in 10 characters or more." in short.content.decode()
    assert officer.post(f"{page}find-stopped/", {"because": FOUND}).status_code == 302

    assert not tasks_of(licence)
    shown = officer.get(page).content.decode()
    assert "an officer found that the business has stopped supplying" in shown and FOUND in shown
    assert "find-stopped" not in shown and not Report.objects.exists()
    assert list(faults(after(licence))) == []


def test_a_business_that_may_still_supply_is_reported_to_those_who_visit_or_open_a_case(set_clock: SetClock) -> None:
    licence = run_out(set_clock)
    address = f"/staff/licences/{licence.number}/find-supplying/"

    assert signed_in(person("case_officer")).post(address, {"because": FOUND}).status_code == 302

    report = Report.objects.get()
    assert (report.organisation, report.about_number, report.text) == (licence.organisation, licence.number, FOUND)
    assert (report.scheme, report.channel, report.kinds) == (licence.scheme, "officer", ["licence"])
    analyst = person("intelligence_analyst")
    to_do = Task.objects.open().visible_to(analyst, timezone.localdate())
    assert to_do.filter(reference=report.reference).exists()
    assert not tasks_of(licence)
    page = signed_in(person("case_officer")).get(f"/staff/licences/{licence.number}/").content.decode()
    assert "may still supply" in page and FOUND in page and report.reference not in page


def test_it_is_answered_once_after_the_last_day_by_who_has_no_part_in_it(set_clock: SetClock) -> None:
    licence, officer = a_licence(), person("case_officer")
    with pytest.raises(Refused) as early:
        after_term.find_stopped(licence, because=FOUND, by=officer, at=after(licence, 0))
    assert [reason.code for reason in early.value.reasons] == ["still_runs"]

    friend = person("case_officer")
    conflicts.declare(
        friend, organisation=licence.organisation, because="My brother works there.", since=TODAY, by=friend, at=NOW
    )
    with pytest.raises(Refused) as partial:
        after_term.find_stopped(licence, because=FOUND, by=friend, at=after(licence))
    assert [reason.code for reason in partial.value.reasons] == ["conflicted"]

    after_term.find_stopped(licence, because=FOUND, by=officer, at=after(licence))
    with pytest.raises(Refused) as twice:
        after_term.find_supplying(licence, because=FOUND, by=officer, at=after(licence, 2))
    assert [reason.code for reason in twice.value.reasons] == ["seen_already"]


def test_a_page_that_was_opened_before_the_answer_is_refused(set_clock: SetClock) -> None:
    licence = run_out(set_clock)
    address = f"/staff/licences/{licence.number}/find-stopped/"
    officer = signed_in(person("case_officer"))
    version = officer.get(address).context["form"].page_version
    after_term.find_supplying(licence, because=FOUND, by=person("case_officer"), at=after(licence))

    late = officer.post(address, {"because": "I rang them twice.", "version": version})

    assert late.status_code == 409 and "I rang them twice." in late.content.decode()


def test_no_one_is_asked_while_a_renewal_is_decided() -> None:
    application = a_renewal_handed_in()
    licence = application.renews
    assert licence is not None
    open_due_tasks(at=after(licence))
    assert not tasks_of(licence)

    applications.withdraw(application, because="We have stopped.", by=the_holder(licence), at=after(licence))

    assert tasks_of(licence)


def test_a_new_licence_ends_the_question() -> None:
    licence = a_licence()
    open_due_tasks(at=after(licence))
    assert tasks_of(licence)

    a_licence(licence.organisation, at=after(licence, 5))

    open_due_tasks(at=after(licence, 60))
    assert not tasks_of(licence)
    assert list(faults(after(licence, 60))) == []
