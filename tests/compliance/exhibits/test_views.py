"""The register of exhibits on its pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from compliance.exhibits import actions as evidence
from compliance.exhibits.models import EvidenceItem
from compliance.inspection_reports.queries import content_now
from compliance.inspection_reports.rules import NOT_RELEASED
from compliance.inspections.models import Inspection
from tests.compliance.stories import an_exhibit, an_inspection
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.uploads.corpus import jpeg

pytestmark = pytest.mark.django_db
MADE = {"taken_on_day": "2", "taken_on_month": "11", "taken_on_year": "2026", "taken_time": "09:30"}


def address(inspection: Inspection, page: str = "") -> str:
    return f"/staff/inspections/{inspection.reference}/evidence/{page}"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def entered(inspection: Inspection, browser: Client | None = None, **typed: Any) -> Any:
    about = {
        "kind": "photograph",
        "description": "The rota on the wall.",
        "standards": ["2.4"],
        "for_business": "no",
        "file": SimpleUploadedFile("rota.jpg", jpeg()),
        **MADE,
    }
    browser = browser or signed_in(inspection.inspector)
    return browser.post(address(inspection, "add/"), {**about, **typed})


def test_the_inspector_enters_an_exhibit_and_finds_it_in_the_register() -> None:
    inspection = an_inspection()

    response = entered(inspection)

    assert response.headers["Location"] == address(inspection, "1/")
    item = EvidenceItem.objects.get()
    assert item.taken_at.isoformat() == "2026-11-02T09:30:00+00:00"
    register = text_of(signed_in(inspection.inspector).get(address(inspection)))
    assert "Photograph: The rota on the wall." in register
    assert item.digest in text_of(signed_in(inspection.inspector).get(address(inspection, "1/")))


def test_what_was_typed_is_kept_when_something_is_missing() -> None:
    inspection = an_inspection()

    response = entered(inspection, file="", taken_time="25:00")

    assert response.status_code == 422
    assert "The rota on the wall." in text_of(response)
    assert "Enter a time, for example 14:30." in text_of(response)


def test_a_file_that_is_no_picture_is_refused_with_a_sentence() -> None:
    inspection = an_inspection()

    response = entered(inspection, file=SimpleUploadedFile("rota.jpg", b"no picture"))

    assert "The selected file must be a PDF, JPEG or PNG." in text_of(response)
    assert not EvidenceItem.objects.exists()


def test_the_file_of_an_exhibit_is_for_those_who_see_the_inspection() -> None:
    inspection = an_inspection()
    an_exhibit(inspection)

    for who in (inspection.inspector, person("quality_reviewer")):
        served = signed_in(who).get(address(inspection, "1/file/"))
        assert b"".join(served.streaming_content).startswith(b"\xff\xd8\xff")  # type: ignore[attr-defined]
    assert signed_in(person("inspector")).get(address(inspection, "1/file/")).status_code == 404


def test_an_exhibit_is_put_right_and_struck_out() -> None:
    inspection = an_inspection()
    an_exhibit(inspection)
    browser = signed_in(inspection.inspector)

    browser.post(
        address(inspection, "1/amend/"), {"description": "The rota of June.", "place": "Office", "for_business": "yes"}
    )
    browser.post(address(inspection, "1/strike-out/"), {"because": "Photographed twice."})

    shown = text_of(browser.get(address(inspection)))
    assert "The rota of June." in shown
    assert "Photographed twice." in shown


def test_a_step_of_custody_is_written_down() -> None:
    inspection = an_inspection()
    an_exhibit(inspection, taken_at=inspection.commissioned_at)
    day = inspection.commissioned_at
    when = {"happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year}

    response = signed_in(inspection.inspector).post(
        address(inspection, "1/hand-on/"),
        {"act": "stored", "holder": "Store of exhibits", "seal_number": "S 4711", "happened_time": "23:59", **when},
    )

    assert response.status_code == 422  # later than now
    clock = f"{day:%H:%M}"
    response = signed_in(inspection.inspector).post(
        address(inspection, "1/hand-on/"),
        {"act": "stored", "holder": "Store of exhibits", "seal_number": "S 4711", "happened_time": clock, **when},
    )
    assert response.status_code == 302
    assert "seal S 4711" in text_of(signed_in(inspection.inspector).get(address(inspection, "1/")))


def test_the_register_asks_as_often_for_many_as_for_one() -> None:
    inspection, counts = an_inspection(), []
    browser = signed_in(inspection.inspector)
    browser.get(address(inspection))  # who reads it has been written down
    for _twice in range(2):
        an_exhibit(inspection, kind="object", upload=None)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address(inspection))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_business_may_not_have_an_exhibit_until_someone_says_so() -> None:
    inspection = an_inspection()
    browser = signed_in(inspection.inspector)
    assert 'value="no" checked' in " ".join(
        text.strip() for text in browser.get(address(inspection, "add/")).content.decode().split()
    )
    assert entered(inspection, for_business="").status_code == 422
    both = entered(inspection, for_business="yes", withheld_because="It gives a worker away.")
    assert both.status_code in (409, 422) and "remove the reason" in text_of(both)

    entered(inspection)
    item = EvidenceItem.objects.get()
    assert not item.business_may_have_it and not EvidenceItem.objects.disclosable().exists()

    browser.post(address(inspection, "1/amend/"), {"description": "The rota of June.", "for_business": "yes"})
    assert EvidenceItem.objects.disclosable().get() == item


def test_what_a_device_or_a_program_enters_is_not_for_the_business_either() -> None:
    inspection = an_inspection()

    item = evidence.log(
        inspection, kind="object", description="A ledger.", taken_at=NOW, by=inspection.inspector, at=NOW
    )

    assert not item.business_may_have_it
    assert content_now(inspection)["exhibits"][0]["withheld_because"] == NOT_RELEASED
