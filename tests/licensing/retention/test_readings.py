"""The record of who read what, and reminders: day by day, with a trace; a hold wins."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from licensing.retention import jobs as retention_jobs
from licensing.retention.queries.retention import due_for_erasure
from registry.organisations.models import Organisation
from registry.reading.models import Consultation
from registry.retention import actions as holds
from registry.retention.models import Erasure
from registry.trail.actions.verifications import verify_history
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

SIX_YEARS = NOW + timedelta(days=6 * 366 + 3)
REASON = "The police have asked for it."


def read_an_organisation() -> str:
    organisation = a_licence().organisation
    signed_in(person("case_officer")).get(f"/staff/organisations/{organisation.reference}/")
    assert Consultation.objects.filter(reference=organisation.reference).exists()
    return organisation.reference


def days_due() -> list[str]:
    return [one.reference for one in due_for_erasure(SIX_YEARS.date()) if one.rule == "consultations"]


def test_readings_go_after_six_years_day_by_day_and_the_trail_verifies() -> None:
    read_an_organisation()
    assert [one for one in due_for_erasure((NOW + timedelta(days=2100)).date()) if one.rule == "consultations"] == []
    (day,) = days_due()

    retention_jobs.erase_due(at=SIX_YEARS)

    erasure = Erasure.objects.get(rule="consultations")
    assert not Consultation.objects.exists()
    assert (erasure.kind, erasure.reference, erasure.things >= 1) == ("consultation", day, True)
    assert verify_history().holds
    page = signed_in(person("auditor")).get("/staff/who-saw/").content.decode()
    assert "The record of who read what was erased up to this day:" in page


def test_a_hold_keeps_who_read_of_the_organisation_and_the_rest_of_the_day_goes() -> None:
    reference = read_an_organisation()
    other = read_an_organisation()
    organisation = Consultation.objects.filter(reference=reference).get()
    hold = holds.place(Organisation.objects.get(reference=reference), because=REASON, by=person("manager"), at=NOW)
    retention_jobs.erase_due(at=SIX_YEARS)
    assert set(Consultation.objects.values_list("reference", flat=True)) == {reference}
    assert organisation.reference != other

    holds.lift(hold, because="They are done with it.", by=person("manager"), at=SIX_YEARS)
    retention_jobs.erase_due(at=SIX_YEARS)

    assert not Consultation.objects.filter(reference=reference).exists()
    assert sorted(Erasure.objects.filter(rule="consultations").values_list("reference", flat=True))[1].endswith("/2")
    assert verify_history().holds


def test_no_reading_is_deleted_without_a_trace() -> None:
    read_an_organisation()

    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.all().delete()
