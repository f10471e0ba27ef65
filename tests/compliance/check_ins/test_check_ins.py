"""An officer checks in to a visit and out of it; who does not is looked for, and no one goes alone where two are needed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from compliance import jobs
from compliance.check_ins import actions
from compliance.check_ins.models import Stay
from compliance.danger import actions as danger
from compliance.danger.models import DangerSign, DangerSource
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from registry.accounts.models import User
from registry.errors import Refused
from registry.tasks.models import Task
from tests.compliance.stories import a_plan, an_inspection, an_inspection_confirmed
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no, transaction.atomic():
        act()
    return [reason.code for reason in no.value.reasons]


def checked_in(inspection: Inspection | None = None, *, by: User | None = None, until: datetime = LATER) -> Stay:
    inspection = inspection or an_inspection()
    return actions.check_in(inspection, expected_at=until, by=by or inspection.inspector, at=NOW)


def missed(stay: Stay, *, minutes: int = 20) -> int:
    return jobs.raise_alarm_for_missing(at=stay.expected_at + timedelta(minutes=minutes))


# --- checking in and out ---


def test_an_officer_checks_in_stays_longer_and_checks_out() -> None:
    stay = checked_in()
    assert (stay.status, stay.expected_at) == ("on_site", LATER)
    (task,) = Task.objects.open().filter(kind="stay.check_out")
    assert (task.owner, task.due_at) == (stay.officer, LATER)

    longer = actions.stay_longer(stay, expected_at=LATER + timedelta(hours=1), by=stay.officer, at=NOW)
    left = actions.check_out(longer, by=stay.officer, at=LATER)

    assert (left.status, left.left_at) == ("left", LATER)
    assert not Task.objects.open().filter(kind="stay.check_out").exists()
    assert missed(left) == 0 and not DangerSign.objects.exists()


def test_where_to_check_out_is_said_before_all_that_is_known_of_the_business() -> None:
    stay = checked_in()

    page = signed_in(stay.officer).get(f"/staff/inspections/{stay.inspection.reference}/").content.decode()

    assert "checked in " in page
    assert page.index("Check out of the visit") < page.index("What was asked")


def test_only_who_goes_checks_in_one_place_at_a_time_and_for_a_time_that_can_be() -> None:
    stay = checked_in()
    other = an_inspection(case="A-0000-0000", inspector=stay.officer)
    colleague = person("inspector", name="Someone Else")

    assert refused(lambda: checked_in(other)) == ["elsewhere"]
    assert refused(lambda: checked_in(other, by=colleague)) == ["does_not_go"]
    actions.check_out(stay, by=stay.officer, at=NOW)
    for wrong in (NOW, NOW - timedelta(days=1), NOW + timedelta(hours=15), NOW.replace(year=9999)):
        assert refused(lambda: checked_in(other, until=wrong)) == ["wrong_time"]  # noqa: B023
    assert refused(lambda: checked_in(an_inspection_confirmed())) == ["wrong_state"]
    with pytest.raises(Stay.DoesNotExist):
        actions.check_out(stay, by=colleague, at=NOW)


def test_who_goes_along_checks_in_too() -> None:
    colleague = person("inspector", name="Someone Else")
    inspection = an_inspection()
    a_plan(inspection, officers=[colleague])

    assert checked_in(inspection, by=colleague).officer == colleague


# --- the alarm ---


def test_who_has_not_checked_out_in_time_is_looked_for_once() -> None:
    stay = checked_in()
    assert missed(stay, minutes=15) == 0

    assert missed(stay) == 1 and missed(stay) == 0

    sign = DangerSign.objects.get()
    assert (sign.source, sign.inspection) == ("check_out", stay.inspection)
    task = Task.objects.open().get(kind="dangersign.respond")
    assert task.priority == 2
    stay.refresh_from_db()
    assert stay.status == "overdue"
    assert actions.check_out(stay, by=stay.officer, at=LATER + timedelta(hours=1)).status == "left"
    assert DangerSign.objects.raised().exists(), "who responds says how it ended"


def test_a_danger_that_was_raised_before_hides_no_missing_officer() -> None:
    stay = checked_in()
    danger.raise_danger(DangerSource.INDICATOR, inspection=stay.inspection, by=None, at=NOW)

    assert missed(stay) == 1

    assert sorted(DangerSign.objects.raised().values_list("source", flat=True)) == ["check_out", "indicator"]


@pytest.mark.both
def test_a_colleague_for_whom_someone_responds_hides_no_missing_officer() -> None:
    inspection, colleague = an_inspection(), person("inspector", name="Someone Else")
    a_plan(inspection, officers=[colleague])
    first, second = checked_in(inspection), checked_in(inspection, by=colleague, until=LATER + timedelta(hours=1))
    lead = person("safeguarding_lead")
    missed(first)
    danger.acknowledge(DangerSign.objects.get(), by=lead, at=LATER + timedelta(minutes=25))

    assert missed(second) == 1

    assert set(DangerSign.objects.raised().values_list("officer", flat=True)) == {first.officer.pk, colleague.pk}
    later = DangerSign.objects.get(officer=colleague)
    assert Task.objects.open().get(kind="dangersign.respond", subject_pk=later.pk).acknowledged_at is None
    assert "Someone Else" in signed_in(lead).get(f"/staff/dangers/{later.reference}/").content.decode()


def test_no_one_writes_a_stay_over() -> None:
    stay = checked_in()
    for change in ({"arrived_at": NOW - timedelta(hours=1)}, {"status": "left"}, {"officer": person("manager")}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Stay.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Stay.objects.all().delete()
    actions.check_out(stay, by=stay.officer, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Stay.objects.update(status="on_site", left_at=None)


def test_who_said_in_time_that_they_stay_longer_is_not_missing() -> None:
    stay = checked_in()
    actions.stay_longer(stay, expected_at=LATER + timedelta(hours=1), by=stay.officer, at=LATER)

    assert refused(lambda: actions.miss_check_out(stay, by=None, at=LATER + timedelta(minutes=20))) == ["not_missing"]


# --- two officers ---


@pytest.mark.parametrize("more", [{"risk": "high", "safety_notes": "A dog."}, {"two_officers": True}])
def test_where_two_are_needed_no_one_is_planned_alone_or_with_another_authority_only(more: dict[str, Any]) -> None:
    inspection, colleague = an_inspection(), person("inspector", name="Someone Else")

    def planned(**given: Any) -> Callable[[], object]:
        return lambda: a_plan(inspection, **{**more, **given})

    assert refused(planned()) == ["two_needed"]
    planned(officers=[colleague])()
    assert checked_in(inspection)


def test_a_visit_that_needs_two_is_not_begun_when_the_second_does_not_come_any_more() -> None:
    inspection, colleague = an_inspection(), person("inspector", name="Someone Else")
    plan = a_plan(inspection, officers=[colleague], two_officers=True)
    plan.joint.all().delete()

    assert refused(lambda: checked_in(inspection)) == ["two_needed"]


def test_who_was_to_go_along_and_is_given_the_inspection_does_not_go_alone() -> None:
    inspection, colleague = an_inspection(), person("inspector", name="Someone Else")
    a_plan(inspection, officers=[colleague], two_officers=True)
    inspections.reassign(
        inspection, inspector=colleague, because="The inspector is ill.", by=person("case_officer"), at=NOW
    )
    inspection.refresh_from_db()

    assert refused(lambda: checked_in(inspection, by=colleague)) == ["two_needed"]


@pytest.mark.parametrize("more", [{"risk": "high", "safety_notes": "A dog."}, {"two_officers": True}])
def test_a_visit_without_a_plan_to_a_business_where_two_were_needed_is_planned_first(more: dict[str, Any]) -> None:
    before, colleague = an_inspection(), person("inspector", name="Someone Else")
    a_plan(before, officers=[colleague], **more)
    inspection = an_inspection(organisation=before.organisation, case="A-0000-0000")

    assert refused(lambda: checked_in(inspection)) == ["two_needed"]
    a_plan(inspection, day=NOW.date() + timedelta(days=2))
    assert checked_in(inspection)


@pytest.mark.parametrize(("source", "codes"), [(DangerSource.OFFICER, ["two_needed"]), (DangerSource.INDICATOR, [])])
def test_a_visit_without_a_plan_where_an_officer_raised_the_alarm_is_planned_first(
    source: DangerSource, codes: list[str]
) -> None:
    before = an_inspection()
    inspection = an_inspection(organisation=before.organisation, case="A-0000-0000")
    danger.raise_danger(source, inspection=before, by=before.inspector, at=NOW)

    if codes:
        assert refused(lambda: checked_in(inspection)) == codes
    else:
        assert checked_in(inspection)


def test_a_visit_without_a_plan_to_another_business_is_begun() -> None:
    assert checked_in(an_inspection())


# --- on pages ---


def test_it_is_done_on_pages(set_clock: SetClock) -> None:
    inspection = an_inspection()
    browser, page = signed_in(inspection.inspector), f"/staff/inspections/{inspection.reference}/"
    assert f"{page}check-in/" in browser.get(page).content.decode()

    assert browser.post(f"{page}check-in/", {"expected": "nonsense"}).status_code == 422
    assert browser.post(f"{page}check-in/", {"expected": "13:00"}).status_code == 302
    stay = Stay.objects.get()
    assert stay.expected_at.isoformat() == "2026-11-02T13:00:00+00:00"
    assert f"{page}check-out/" in browser.get(page).content.decode()
    assert browser.post(f"{page}stay-longer/", {"expected": "00:00"}).status_code == 302
    stay.refresh_from_db()
    assert stay.expected_at.isoformat() == "2026-11-03T00:00:00+00:00"
    assert browser.post(f"{page}check-out/").status_code == 302

    assert f"{page}check-in/" in browser.get(page).content.decode()
    assert browser.get(f"{page}check-out/").status_code == 302


@pytest.mark.parametrize("act", ["reassigned", "planned without them"])
def test_who_is_on_a_visit_checks_out_of_it_when_it_was_given_to_others_meanwhile(act: str) -> None:
    inspection, colleague = an_inspection(), person("inspector", name="Someone Else")
    a_plan(inspection, officers=[colleague])
    stay = checked_in(inspection, by=colleague if act == "planned without them" else None)
    if act == "reassigned":
        inspections.reassign(
            inspection, inspector=colleague, because="The inspector is ill.", by=person("case_officer"), at=NOW
        )
    else:
        a_plan(inspection)
    browser, page = signed_in(stay.officer), f"/staff/inspections/{inspection.reference}/"

    assert browser.get(page).status_code == 404
    assert browser.get(f"{page}stay-longer/").status_code == 200
    left = browser.post(f"{page}check-out/")

    assert (left.status_code, left["Location"]) == (302, "/home/")
    stay.refresh_from_db()
    assert stay.status == "left"
