"""What a holder sees: to-dos, licences as the public reads them, the certificate, letters, notices and replies."""

from datetime import timedelta
from typing import cast

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from licensing.decisions.models.decisions import Decision
from registry.errors import PdfUnavailable
from registry.letters.models import Letter
from registry.licences.actions import conditions
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.web import SignedIn, as_pdf
from tests.conftest import NOW, SetClock
from tests.licensing.stories import (
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_request,
    a_revocation_proposed,
    decided,
    notified,
)
from tests.people import person, signed_in
from tests.stories import a_provider, an_application, an_application_submitted, holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def holder(organisation: Organisation) -> Client:
    return signed_in(holder_of(organisation))


def duties(client: Client) -> list[tuple[str, str]]:
    return [(duty.text, duty.href) for duty in client.get("/licences/").context["duties"]]


def with_condition(licence: Licence) -> Licence:
    conditions.impose(
        licence, standard="2.2", requirement="Show payslips.", due_on=timezone.localdate(NOW) + timedelta(days=30),
        on=licence.valid_from, by=person("decision_maker"), at=NOW,
    )  # fmt: skip
    return licence


def test_a_draft_a_fee_and_a_question_wait_for_the_applicant() -> None:
    draft, unpaid, request = an_application(), an_application_submitted(legal_name="Unpaid Ltd"), a_request()

    assert duties(holder(draft.organisation)) == [("Finish the application", f"/apply/{draft.reference}/")]
    assert duties(holder(unpaid.organisation)) == [("Pay the fee", f"/apply/{unpaid.reference}/payments/")]
    address = f"/apply/{request.application.reference}/requests/{request.reference}/answer/"
    assert duties(holder(request.application.organisation)) == [("Answer our question", address)]


def test_a_notice_waits_for_a_reply_until_it_is_given() -> None:
    decision = notified(a_refusal_proposed())
    assert decision.application
    client = holder(decision.application.organisation)
    address = f"/apply/{decision.application.reference}/decisions/{decision.reference}/reply/"

    assert duties(client) == [("Reply to our notice, if you want to", address)]
    client.post(address, {"text": "It is not so.", "is_whole": "on"})

    assert duties(client) == []


def test_a_notice_does_not_wait_when_the_time_is_over(set_clock: SetClock) -> None:
    decision = notified(a_refusal_proposed())
    assert decision.application and decision.reply_by
    set_clock(NOW + (decision.reply_by - timezone.localdate(NOW)) + timedelta(days=1))

    assert duties(holder(decision.application.organisation)) == []


def test_a_condition_waits_until_it_is_met_and_is_late_afterwards(set_clock: SetClock) -> None:
    licence = with_condition(a_licence())

    condition = licence.conditions.get()
    assert duties(holder(licence.organisation)) == [
        ("Tell us once you have started supplying", f"/licences/{licence.number}/supply/"),
        (
            "Meet the condition and send evidence",
            f"/licences/{licence.number}/conditions/{condition.reference}/evidence/",
        ),
    ]
    set_clock(NOW + timedelta(days=31))

    assert "1 day late" in holder(licence.organisation).get("/licences/").content.decode()


@pytest.mark.both
def test_what_is_due_first_is_first() -> None:
    request = a_request()
    by = holder_of(request.application.organisation)
    an_application(a_provider("Second Ltd", by=by))

    assert [text for text, _href in duties(signed_in(by))] == ["Answer our question", "Finish the application"]


@pytest.mark.both
def test_nothing_of_another_employer_is_shown() -> None:
    a_request()
    with_condition(a_licence(a_provider("Licensed Ltd")))

    page = signed_in(person("applicant")).get("/licences/")

    assert page.context["duties"] == [] and page.context["licences"] == []
    assert "There is nothing for you to do." in page.content.decode()


def test_one_list_names_the_scheme_and_the_work_of_licences_and_applications() -> None:
    licence = a_licence()
    draft = an_application(licence.organisation, scheme="construction", at=NOW + timedelta(days=200))
    other = an_application(legal_name="Other Ltd")

    page = holder(licence.organisation).get("/licences/")

    shown = [row.application or row.held.licence for row in page.context["home"].rows]
    assert shown == [draft, licence, licence.applications.get()]
    words = " ".join(page.content.decode().split())
    assert other.reference not in words
    for row in page.context["home"].rows:
        assert row.scheme_title in words
    assert page.context["home"].rows[1].sectors and page.context["home"].rows[1].sectors[0] in words


def test_a_licence_reads_as_the_public_reads_it(set_clock: SetClock) -> None:
    licence = a_licence()
    address = f"/licences/{licence.number}/"

    assert holder(licence.organisation).get(address).context["held"].standing == "licensed"
    set_clock(NOW + timedelta(days=400))

    client = holder(licence.organisation)
    assert client.get(address).context["held"].standing == "expired"
    assert "Download the certificate" not in client.get(address).content.decode()


def test_a_licence_lists_the_letter_that_granted_it_and_speaks_to_its_holder() -> None:
    licence = a_licence()

    page = holder(licence.organisation).get(f"/licences/{licence.number}/")

    granted = Letter.objects.get(template="licensing/letters/granted.html")
    words = page.content.decode()
    assert f"/licences/letters/{granted.number}/" in words
    assert "You may supply workers until the end of" in words


def test_a_licence_shows_dates_work_conditions_and_letters() -> None:
    licence = with_condition(a_licence())

    words = holder(licence.organisation).get(f"/licences/{licence.number}/").content.decode()

    for shown in ("2 November 2026", "Horticulture", "Wales", "Show payslips.", f"/check/{licence.number}/"):
        assert shown in words


@pytest.mark.pdf
def test_the_certificate_is_a_pdf_that_is_kept() -> None:
    licence = a_licence()

    answer = holder(licence.organisation).get(f"/licences/{licence.number}/certificate/")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{licence.number}.pdf"'
    assert answer.content.startswith(b"%PDF-")


def test_there_is_no_certificate_of_what_the_register_does_not_show(set_clock: SetClock) -> None:
    licence = a_licence()
    set_clock(NOW + timedelta(days=400))

    page = holder(licence.organisation).get(f"/licences/{licence.number}/certificate/")

    assert page.status_code == 409
    assert "the register does not show a licence today" in page.content.decode()


def test_where_no_pdf_can_be_made_the_page_says_so(rf: RequestFactory) -> None:
    def print_it() -> bytes:
        raise PdfUnavailable

    request = rf.get("/licences/letters/L-1/pdf/")
    request.user = person("applicant")
    page = as_pdf(cast(SignedIn, request), print_it, name="L-1")

    assert page.status_code == 503
    assert "PDFs cannot be made on this machine" in page.content.decode()


def test_a_letter_is_read_on_a_page() -> None:
    application = an_application_submitted()
    letter = Letter.objects.get(reference=application.reference)

    words = holder(application.organisation).get(f"/licences/letters/{letter.number}/").content.decode()

    assert str(application.payment_reference) in words
    assert words.count("<h1") == 1


def test_a_notice_says_grounds_and_evidence_and_takes_a_reply(set_clock: SetClock) -> None:
    licence = a_licence()
    decision = notified(a_revocation_proposed(licence))
    client = holder(licence.organisation)
    address = f"/licences/{licence.number}/decisions/{decision.reference}/reply/"
    ground = decision.grounds.get()

    words = client.get(address).content.decode()
    assert ground.text in words and ground.exhibits.get().text in words

    assert client.post(address, {"text": "  "}).status_code == 422
    client.post(address, {"text": "The payslips are attached."})
    assert decision.representations.get().text == "The payslips are attached."


def test_a_reply_that_is_too_late_says_so_and_is_kept_on_the_page(set_clock: SetClock) -> None:
    decision = notified(a_refusal_proposed())
    assert decision.application
    set_clock(NOW + timedelta(days=90))

    page = holder(decision.application.organisation).post(
        f"/apply/{decision.application.reference}/decisions/{decision.reference}/reply/", {"text": "At last."}
    )

    assert page.status_code == 422
    assert "The time to reply has passed" in page.content.decode()
    assert not decision.representations.exists()


def test_a_proposal_is_not_there_before_it_is_notified() -> None:
    decision = a_refusal_proposed()
    assert decision.application

    page = holder(decision.application.organisation).get(
        f"/apply/{decision.application.reference}/decisions/{decision.reference}/reply/"
    )

    assert page.status_code == 404


def test_a_decision_is_found_only_beside_its_own_subject() -> None:
    licence = a_licence()
    decision = notified(a_revocation_proposed(licence))

    assert (
        holder(licence.organisation).get(f"/licences/XXXX0001/decisions/{decision.reference}/reply/").status_code == 404
    )


@pytest.mark.both
def test_every_page_is_the_holders_alone(client: Client) -> None:
    licence = a_licence()
    decision: Decision = notified(a_revocation_proposed(licence))
    letter = Letter.objects.filter(organisation=licence.organisation).latest("at")
    own = [
        f"/licences/{licence.number}/",
        f"/licences/{licence.number}/certificate/",
        f"/licences/{licence.number}/decisions/{decision.reference}/reply/",
        f"/licences/letters/{letter.number}/",
        f"/licences/letters/{letter.number}/pdf/",
    ]
    stranger, officer = signed_in(person("applicant")), signed_in(person("case_officer"))

    for address in own:
        assert client.get(address).headers["Location"].startswith("/account/login/")
        assert stranger.get(address).status_code == 404
        assert officer.get(address).status_code == 403


def test_a_granted_application_leads_to_its_licence() -> None:
    decision = decided(a_grant_proposed())
    application = decision.application
    assert application
    application.refresh_from_db()
    assert application.licence

    words = holder(application.organisation).get(f"/apply/{application.reference}/").content.decode()

    assert f"/licences/{application.licence.number}/" in words


@pytest.mark.both
def test_the_list_costs_the_same_however_many_licences(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    by = person("applicant")
    client = signed_in(by)
    for number in range(2):
        with_condition(a_licence(a_provider(f"Firm {number}", by=by)))
        an_application(a_provider(f"Draft {number}", by=by))
        client.get("/licences/")
        with django_assert_num_queries(17):  # one of them for the offer of a passkey
            client.get("/licences/")


def test_the_home_of_somebody_who_acts_for_several_shows_all_or_the_one_chosen() -> None:
    by = person("applicant")
    first, second = (with_condition(a_licence(a_provider(f"Firm {number}", by=by))) for number in range(2))
    client = signed_in(by)

    def shown(query: str) -> tuple[set[str], set[str]]:
        context = client.get(f"/licences/{query}").context
        return {held.licence.number for held in context["licences"]}, {duty.about for duty in context["duties"]}

    both = {first.number, second.number}
    waits = {
        f"{one.organisation}, {what}"
        for one in (first, second)
        for what in (one.number, one.conditions.get().reference)
    }
    assert shown("") == (both, waits)
    assert shown(f"?organisation={first.organisation.reference}") == (
        {first.number},
        {one for one in waits if one.startswith("Firm 0")},
    )
    assert shown(f"?organisation={a_provider().reference}") == (both, waits)
