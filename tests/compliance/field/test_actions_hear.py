"""What was changed in the office after a visit was taken along reaches the device, and the office knows whether it did."""

import json
from datetime import time, timedelta
from typing import Any

import pytest

from compliance.field.actions import copies, field
from compliance.field.models import FieldCopy
from compliance.field.queries.commissions import asked_of
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.compliance.field.world import Device
from tests.compliance.stories import a_plan, an_inspection, an_inspection_confirmed
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
NOT_TOLD = "the device has not been connected since something was changed. Ring Ifan Price."


def hear(device: Device) -> dict[str, Any]:
    """How the visit of this device stands, as the app is told it."""
    asked = {"asked": json.dumps({"device": str(device.key)})}
    told: dict[str, Any] = signed_in(device.by).post("/staff/field/hear/", asked).json()["visits"][0]
    return told


def says(told: dict[str, Any]) -> dict[str, str]:
    return {row["code"]: row["says"] for row in told["asked"]}


def page_of(visit: Inspection) -> str:
    found = signed_in(person("manager")).get(f"/staff/inspections/{visit.reference}/")
    return " ".join(found.content.decode().split())


def test_another_time_and_another_safety_note_reach_the_device_and_the_office_knows_when_they_have() -> None:
    visit = an_inspection()
    a_plan(visit, safety_notes="Two dogs at the gate.")
    device = Device(visit)
    assert NOT_TOLD not in page_of(visit)

    a_plan(visit, starts=time(14), ends=time(17), safety_notes="The owner has threatened officers.")
    assert NOT_TOLD in page_of(visit)
    told = hear(device)

    assert told["standing"] == "open"
    assert says(told)["when"].endswith("2pm–5pm")
    assert says(told)["safety"] == "The owner has threatened officers."
    assert NOT_TOLD not in page_of(visit)
    assert Event.objects.filter(verb="hear", reference=visit.reference).count() == 1


def test_who_hears_the_same_again_leaves_no_second_trace() -> None:
    device = Device(an_inspection())

    hear(device)
    hear(device)

    assert not Event.objects.filter(verb="hear").exists()


def test_a_visit_that_was_called_off_is_told_of_and_nothing_else_of_it() -> None:
    device = Device(an_inspection())
    inspections.call_off(device.visit, because="Withdrawn.", by=person("case_officer"), at=NOW)

    told = hear(device)

    assert (told["standing"], told["asked"]) == ("called_off", [])


def test_whoever_lost_the_visit_to_another_inspector_hears_that_and_no_more_of_what_is_asked() -> None:
    visit = an_inspection()
    device = Device(visit)
    other = person("inspector", name="Nia Hughes")
    inspections.reassign(visit, inspector=other, because="Ill.", by=person("case_officer"), at=NOW)
    assert "Ring Ifan Price." in page_of(visit)

    told = hear(device)

    assert (told["standing"], told["asked"]) == ("anothers", [])
    assert "Ring Ifan Price." not in page_of(visit)


def test_what_is_asked_has_the_same_revision_in_every_language() -> None:
    visit = an_inspection()
    a_plan(visit)
    page = signed_in(visit.inspector)
    english = asked_of(visit)
    device = Device(visit)
    welsh = page.post("/cy/staff/field/hear/", {"asked": json.dumps({"device": str(device.key)})}).json()["visits"][0]

    assert {row["code"]: row["revision"] for row in welsh["asked"]} == {r["code"]: r["revision"] for r in english}
    assert [row["name"] for row in welsh["asked"]] != [row["name"] for row in english]


def test_the_device_has_what_the_briefing_says() -> None:
    former = an_inspection_confirmed()
    visit = an_inspection(organisation=former.organisation, inspector=former.inspector)
    a_plan(visit, interpreters={"Romanian": False}, vehicle="AB12 CDE")
    visit.organisation.telephone = "01632 960123"

    asked = {row["code"]: row["says"] for row in asked_of(visit)}

    assert former.reference in asked["former"]
    assert asked["interpreters"] == "Romanian: interpreter not booked"
    assert (asked["told"], asked["vehicle"]) == ("Unannounced", "AB12 CDE")
    assert asked["telephone"] == "01632 960123"
    assert asked["when"].startswith("Thursday 5 November 2026")


def test_nobody_is_rung_for_what_can_wait_and_the_device_hears_of_it_all_the_same() -> None:
    device = Device(an_inspection())
    organisation, inspector = device.visit.organisation, person("inspector")
    other = an_inspection_confirmed("2.4", inspector=inspector, organisation=organisation, case="A-3333-3333")

    assert NOT_TOLD not in page_of(device.visit)
    assert other.reference in says(hear(device))["former"]


def test_a_device_that_was_signed_out_hears_only_that() -> None:
    device = Device(an_inspection())
    copies.sign_out(device.kept, by=device.by, at=NOW)

    with pytest.raises(Refused) as refused:
        field.hear(device.kept, by=device.by, at=LATER)
    answer = signed_in(device.by).post("/staff/field/hear/", {"asked": json.dumps({"device": str(device.key)})})

    assert [reason.code for reason in refused.value.reasons] == ["signed_out"]
    assert answer.status_code == 410
    assert NOT_TOLD not in page_of(device.visit)


def test_the_device_of_somebody_else_hears_nothing() -> None:
    device = Device(an_inspection())

    answer = signed_in(person("inspector")).post(
        "/staff/field/hear/", {"asked": json.dumps({"device": str(device.key)})}
    )

    assert answer.status_code == 400


def test_a_copy_that_is_gone_is_not_heard_of() -> None:
    device = Device(an_inspection())
    field.finish(device.kept, by=device.by, at=NOW)

    assert field.hear(device.kept, by=device.by, at=LATER) == []
    assert FieldCopy.objects.get().gone_at == NOW
