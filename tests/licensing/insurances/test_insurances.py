"""The end date of an insurance is a duty of the holder, shown by a document, and an officer's task once it has passed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from licensing.duties.queries.duties import duties_for
from licensing.insurances import actions
from licensing.insurances.models import InsuranceProof
from licensing.insurances.queries import insurances_of
from licensing.jobs import remind_of_duties
from licensing.retention.jobs import erase_due
from registry.conflicts import actions as conflicts
from registry.documents.models import Document
from registry.errors import Refused
from registry.jobs import open_due_tasks
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.papers import words
from registry.retention.models import ERASED
from registry.tasks.jobs import open_missing
from registry.tasks.models import Task
from registry.tasks.queries import faults
from registry.trail.actions.verifications import verify_history
from tests.conftest import NOW, SetClock
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import TODAY, a_licence
from tests.people import person, signed_in
from tests.registry.uploads import pdfs

pytestmark = pytest.mark.django_db
KIND = "licence.insurance"
UNKNOWN = "licence.insurance_unknown"
CODE = "employers_liability"


def insured(days: int = 60) -> Licence:
    """A licence whose form stated that the insurance lasts so many days from today."""
    licence = a_licence()
    known = {"insured": True, "insured_until": TODAY + timedelta(days=days)}
    organisations.write_down(licence.organisation, facts=known, source="application", at=NOW)
    return licence


def on(days: int) -> Any:
    return NOW + timedelta(days=days)


def opened(*days: int) -> None:
    for day in days:
        open_due_tasks(at=on(day))


def kinds_of(licence: Licence, days: int = 0) -> set[str]:
    return {duty.task.kind for duty in duties_for(the_holder(licence), today=TODAY + timedelta(days=days))}


def proof_of(licence: Licence, days: int = 400, *, at: Any = NOW) -> InsuranceProof:
    client = signed_in(the_holder(licence))
    ends = TODAY + timedelta(days=days)
    file = SimpleUploadedFile("certificate.pdf", pdfs.a_pdf())
    parts = {"ends_on_day": ends.day, "ends_on_month": ends.month, "ends_on_year": ends.year}
    sent = client.post(
        f"/licences/{licence.number}/insurance/", {"code": "employers_liability", **parts, "documents": file}
    )
    assert sent.status_code == 302, sent.content.decode()
    return InsuranceProof.objects.latest("pk")


@pytest.mark.both
def test_it_is_a_duty_with_its_last_day_from_the_day_that_the_pack_says() -> None:
    licence = insured(60)
    opened(32)
    assert KIND not in kinds_of(licence, 32)

    opened(33)

    (duty,) = [
        one for one in duties_for(the_holder(licence), today=TODAY + timedelta(days=33)) if one.task.kind == KIND
    ]
    assert duty.due == TODAY + timedelta(days=60)
    assert duty.countdown == "27 days left"
    assert duty.href == f"/licences/{licence.number}/insurance/"
    assert list(faults(on(33))) == []


def test_the_holder_is_reminded_of_it() -> None:
    licence = insured(60)
    opened(33)

    remind_of_duties(at=on(53))

    letter = Letter.objects.get(template="licensing/letters/duties.html", address=the_holder(licence).email, at=on(53))
    assert "Show that you are insured from then on" in str(letter.facts)


def test_the_next_certificate_ends_the_duty_and_an_officer_checks_it(set_clock: SetClock) -> None:
    licence = insured(10)
    opened(0)
    assert KIND in kinds_of(licence)

    proof = proof_of(licence)

    assert KIND not in kinds_of(licence)
    officer = person("case_officer")
    assert Task.objects.open().visible_to(officer, TODAY).filter(kind="insuranceproof.check").exists()
    client = signed_in(officer)
    page = client.get(f"/staff/insurance-proofs/{proof.reference}/").content.decode()
    assert "certificate.pdf" in page
    assert client.post(f"/staff/insurance-proofs/{proof.reference}/accept/", {}).status_code == 302
    proof.refresh_from_db()
    assert proof.status == "accepted"
    assert insurances_of(licence, on=TODAY)[0].ends_on == TODAY + timedelta(days=400)
    assert list(faults(NOW)) == []


def test_a_proof_that_is_refused_makes_it_a_duty_again_and_says_why() -> None:
    licence = insured(10)
    opened(0)
    proof = proof_of(licence)

    actions.refuse_proof(proof, because="It is the certificate of another firm.", by=person("case_officer"), at=NOW)

    assert KIND in kinds_of(licence)
    page = signed_in(the_holder(licence)).get(f"/licences/{licence.number}/insurance/").content.decode()
    assert "It is the certificate of another firm." in page
    letter = Letter.objects.get(template="licensing/letters/insurance_refused.html")
    assert letter.reference == licence.number
    assert "It is the certificate of another firm." in words.text(letter)


def test_once_it_has_passed_an_officer_has_a_task_until_there_is_another_or_a_reason() -> None:
    licence, officer = insured(10), person("case_officer")
    opened(10)
    over = Task.objects.open().visible_to(officer, TODAY).filter(kind="licence.insurance_over")
    assert not over.exists()

    opened(11)

    assert over.get().address == f"/staff/licences/{licence.number}/"
    assert KIND in kinds_of(licence, 11)
    client = signed_in(officer)
    address = f"/staff/licences/{licence.number}/insurance/excuse/"
    assert client.post(address, {"code": "employers_liability", "because": "No."}).status_code == 422
    said = {"code": "employers_liability", "because": "It employs no one any more."}
    assert client.post(address, said).status_code == 302
    assert not over.exists()
    assert KIND not in kinds_of(licence, 11)
    assert list(faults(on(11))) == []


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({"code": "fire"}, ["not_asked", "no_document"]),
        ({"ends_on": TODAY - timedelta(days=1)}, ["over_already", "no_document"]),
        ({"ends_on": None}, ["over_already", "no_document"]),
        ({"ends_on": TODAY + timedelta(days=3000)}, ["day_too_late", "no_document"]),
    ],
)
def test_what_cannot_be_is_refused(told: dict[str, Any], codes: list[str]) -> None:
    licence = insured()
    given: dict[str, Any] = {"code": "employers_liability", "ends_on": TODAY, **told}

    with pytest.raises(Refused) as refused:
        actions.send(licence, by=the_holder(licence), at=NOW, **given)

    assert [reason.code for reason in refused.value.reasons] == codes


def test_an_officer_with_a_conflict_of_interest_does_not_see_it() -> None:
    licence, officer = insured(), person("case_officer")
    proof = proof_of(licence)
    conflicts.declare(
        officer,
        organisation=licence.organisation,
        because="My brother works there.",
        since=TODAY,
        by=officer,
        at=NOW,
    )

    assert signed_in(officer).get(f"/staff/insurance-proofs/{proof.reference}/").status_code == 404
    with pytest.raises(InsuranceProof.DoesNotExist):
        actions.accept_proof(proof, by=officer, at=NOW)


def test_a_holder_whose_form_gave_no_day_has_no_duty() -> None:
    licence = a_licence()
    opened(0)

    assert KIND not in kinds_of(licence)
    assert insurances_of(licence, on=timezone.localdate(NOW))[0].ends_on is None


def test_only_its_own_holder_sees_the_page() -> None:
    licence = insured()
    assert signed_in(person("applicant")).get(f"/licences/{licence.number}/insurance/").status_code == 404
    assert isinstance(insurances_of(licence, on=TODAY)[0].ends_on, date)


@pytest.mark.usefixtures("no_one_approves")
def test_what_was_said_of_an_insurance_goes_with_the_application_of_its_licence() -> None:
    licence = insured()
    proof = proof_of(licence)
    actions.refuse_proof(proof, because="The certificate is of another firm.", by=person("case_officer"), at=NOW)
    file = Document.objects.get(about=proof.reference)

    erase_due(at=NOW + timedelta(days=9 * 366))

    proof.refresh_from_db()
    file.refresh_from_db()
    assert (proof.because, file.status) == (ERASED, "removed")
    assert verify_history().holds


def test_a_proof_that_was_rewritten_past_the_trail_is_found() -> None:
    proof = proof_of(insured())

    with connection.cursor() as cursor:
        cursor.execute("UPDATE licensing_insuranceproof SET ends_on = '2040-01-01'")

    assert f"licensing.insuranceproof {proof.pk}" in " ".join(verify_history().faults)


def test_a_holder_of_whom_no_day_is_known_is_asked_for_it_with_time_to_tell() -> None:
    licence = a_licence()  # it stated that it has none, and was licensed so
    opened(0)
    assert UNKNOWN not in kinds_of(licence)
    organisations.write_down(licence.organisation, facts={"insured": True}, source="application", at=NOW)

    open_missing(at=on(1))

    (duty,) = [one for one in duties_for(the_holder(licence), today=TODAY) if one.task.kind == UNKNOWN]
    assert duty.due == TODAY + timedelta(days=1 + 28)
    assert "We do not know until when you are insured." in (
        signed_in(the_holder(licence)).get(duty.href).content.decode()
    )
    proof_of(licence)
    assert {KIND, UNKNOWN}.isdisjoint(kinds_of(licence))
    assert list(faults(on(1))) == []


def test_a_holder_that_needs_none_is_not_asked_again() -> None:
    licence = a_licence()
    organisations.write_down(licence.organisation, facts={"insured": True}, source="application", at=NOW)
    open_missing(at=NOW)

    actions.excuse(licence, code=CODE, because="It employs no one any more.", by=person("case_officer"), at=NOW)

    assert UNKNOWN not in kinds_of(licence)


def test_an_officer_asks_once_the_day_to_tell_it_has_passed() -> None:
    licence, officer = a_licence(), person("case_officer")
    organisations.write_down(licence.organisation, facts={"insured": True}, source="application", at=NOW)
    open_missing(at=NOW)
    untold = Task.objects.open().visible_to(officer, TODAY).filter(kind="licence.insurance_untold")
    opened(28)
    assert not untold.exists()

    opened(29)

    assert untold.get().address == f"/staff/licences/{licence.number}/"
    assert UNKNOWN in kinds_of(licence, 29)
    proof_of(licence)
    assert not untold.exists()
    assert list(faults(on(29))) == []
