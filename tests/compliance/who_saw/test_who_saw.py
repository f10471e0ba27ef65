"""Who saw this? One command answers (docs/rules.md G31)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from compliance.intelligence.actions import intelligence, sources
from compliance.interviews import actions as interviews
from compliance.passed_on import actions as partners
from compliance.reports.actions import reports, triage
from tests.compliance.field.world import Device, an_interview
from tests.compliance.intelligence.sources_world import a_source
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report
from tests.conftest import NOW
from tests.licensing.checks.agencies import an_agency
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

WHY = "To decide what becomes of it."


def said_of(reference: str) -> list[str]:
    out = StringIO()
    call_command("who_saw", reference, stdout=out)
    return out.getvalue().splitlines()


def test_of_a_report_whoever_opened_it_reached_its_reporter_or_took_the_list_away_since() -> None:
    first, second = (person("intelligence_analyst", name=name) for name in ("Non Hughes", "Rhys Parry"))
    signed_in(second).post("/staff/reports/list.csv")
    report, other = a_report(contact="direct"), a_report()
    triage.read(report, because=WHY, by=first, at=NOW)
    triage.read(other, because=WHY, by=second, at=NOW)
    reports.reach(report, because="To agree on a safe place.", by=first, at=NOW)
    signed_in(second).post("/staff/reports/list.csv")

    said = said_of(report.reference.lower())

    assert [line.split("  ")[1:3] for line in said[:-1]] == [
        [f"Non Hughes ({first.reference})", "Read"],
        [f"Non Hughes ({first.reference})", "Contact details opened"],
        [f"Rhys Parry ({second.reference})", "List downloaded"],
    ]
    assert WHY in said[0]
    assert said[-1] == "3 in all."


def test_of_intelligence_the_authority_too_to_which_it_was_passed_on_and_of_a_source_every_look() -> None:
    handler, agency = person("source_handler", name="Rhys Parry"), an_agency("Revenue of Sampleshire")
    partner = person("partner_agency", agency=agency, name="Pia Partner")
    source = a_source(by=handler)
    told = some_intelligence(by=handler, source=source)
    passed = intelligence.pass_on(told, agency=agency, purpose="To protect workers.", by=handler, at=NOW)
    partners.accept_conditions(passed, by=partner, at=NOW)
    sources.look(source, because="To agree on a safe place.", by=handler, at=NOW)

    assert [line.split("  ")[2] for line in said_of(told.reference)[:-1]] == [
        "Recorded",
        "Passed on to another authority",
        "Opened by another authority",
    ]
    assert "Revenue of Sampleshire" in said_of(told.reference)[1]
    looks = said_of(source.reference)
    assert [line.split("  ")[2] for line in looks[:-1]] == ["Source kept", "Identity opened"]
    assert "To agree on a safe place." in looks[1]


def test_of_a_visit_whoever_heard_or_read_what_workers_said_or_took_it_along() -> None:
    device = Device()
    an_interview(device.visit)
    reviewer = person("quality_reviewer", name="Non Hughes")
    interviews.read(device.visit, because=WHY, by=reviewer, at=NOW)

    said = said_of(device.visit.reference)

    assert [line.split("  ")[2] for line in said[:-1]] == [
        "Taken along on a device",
        "Interview saved",
        "Interviews read",
    ]
    assert f"Non Hughes ({reviewer.reference})" in said[2]
    assert WHY in said[2]


def test_of_what_there_is_not_it_says_so() -> None:
    with pytest.raises(CommandError, match="There is no"):
        call_command("who_saw", "R-0000-0000")


def test_an_auditor_reads_the_same_on_a_page_and_is_told_of_what_there_is_not() -> None:
    analyst = person("intelligence_analyst", name="Non Hughes")
    report = a_report()
    triage.read(report, because=WHY, by=analyst, at=NOW)
    auditor = signed_in(person("auditor"))

    page = auditor.get("/staff/who-saw/", {"reference": f" {report.reference.lower()} "}).content.decode()
    none = auditor.get("/staff/who-saw/", {"reference": "R-0000-0000"})

    assert "1 time" in page
    assert all(said in page for said in ("Non Hughes", analyst.reference, "Read", WHY))
    assert "No one has seen anything with this reference" in none.content.decode()
    assert "/staff/who-saw/" in auditor.get("/staff/").content.decode()
    assert signed_in(analyst).get("/staff/who-saw/").status_code == 403
