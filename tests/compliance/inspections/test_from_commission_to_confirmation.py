"""One inspection through its pages, by four people: commissioned, visited, returned, corrected and confirmed."""

import pytest

from compliance.inspections.models import Inspection
from compliance.inspections.queries import findings
from compliance.inspections.states import InspectionStatus
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.compliance.stories import an_inspection, signed
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def test_an_inspection_is_carried_out_returned_corrected_and_confirmed() -> None:
    inspector, reviewer, officer = person("inspector"), person("quality_reviewer"), person("case_officer")
    inspection = an_inspection(inspector=inspector, by=officer)
    visiting, reviewing = signed_in(inspector), signed_in(reviewer)
    here = f"/staff/inspections/{inspection.reference}/"

    # The visit, section by section; one payslip is missing, and the evidence is left for the evening.
    for section in findings.sections_of(inspection):
        found = {f"finding-{one.code}": "not_met" if one.code == "2.4" else "met" for one in section.tested}
        found |= {f"evidence-{one.code}": "Seen in the files." for one in section.tested if one.code != "2.4"}
        assert visiting.post(f"{here}findings/{section.number}/", found).status_code == 302
    visit = {"visited_on_day": "2", "visited_on_month": "11", "visited_on_year": "2026", "summary": "At the office."}
    visiting.post(f"{here}visit/", visit)
    early = visiting.post(f"{here}report/")
    others = {f"finding-{code}": "met" for code in ("2.1", "2.2", "2.3", "2.5")}
    others |= {f"evidence-{code}": "Seen in the files." for code in ("2.1", "2.2", "2.3", "2.5")}
    signed(inspection)
    vague = {"finding-2.4": "not_met", "evidence-2.4": "A payslip is missing."}
    visiting.post(f"{here}findings/2/", {**others, **vague})
    reported = visiting.post(f"{here}report/")

    # The reviewer wants to know whose, and gets it.
    returned = reviewing.post(f"{here}return-for-correction/", {"because": "Whose payslip?"})
    exact = {"finding-2.4": "not_met", "evidence-2.4": "The payslip of worker 14 for May is missing."}
    visiting.post(f"{here}findings/2/", {**others, **exact})
    again = visiting.post(f"{here}report/")
    confirmed = reviewing.post(f"{here}confirm/")

    assert early.status_code == 422
    assert [answer.status_code for answer in (reported, returned, again, confirmed)] == [302] * 4
    now = Inspection.objects.get(pk=inspection.pk)
    assert (now.status, now.confirmed_by) == (InspectionStatus.CONFIRMED, reviewer)
    assert findings.unmet(Inspection.objects.confirmed().filter(case=now.case)) == ("2.4",)
    assert findings.score_of(now).points == 8
    shown = signed_in(officer).get(here).content.decode()
    assert "The payslip of worker 14 for May is missing." in shown

    events = Event.objects.filter(reference=inspection.reference).order_by("number")
    done = [event.verb for event in events if event.verb != "record_findings"]
    assert done == ["commission", "sign", "report", "return_for_correction", "report", "lock", "confirm"]
    assert list(trail.faults()) == []
