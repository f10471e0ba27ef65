"""Passing a licence on, on the pages of both sides and of officers."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from licensing.decisions.models.decisions import Decision
from licensing.holding.models import Transfer
from registry.conflicts import actions as conflicts
from tests import stories
from tests.conftest import NOW
from tests.licensing.decisions.test_views import a_day
from tests.licensing.holding.transfers_world import (
    FROM,
    OTHER,
    a_refusal_of_transfer_proposed,
    a_transfer_agreed,
    a_transfer_asked,
    the_other,
)
from tests.licensing.stories import TODAY, a_licence, an_application_checked
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

ASKED = {**a_day("from_day", FROM), "because": "It becomes a company."}


def test_a_holder_asks_on_a_page_that_its_licence_leads_to() -> None:
    licence, application = a_licence(), an_application_checked(legal_name=OTHER)
    holder = signed_in(stories.holder_of(licence.organisation))
    address = reverse("transfer_licence", args=[licence.number])
    assert address in holder.get(reverse("licence", args=[licence.number])).content.decode()

    answer = holder.post(address, {**ASKED, "to_name": OTHER, "number": application.reference})

    assert answer.status_code == 302
    transfer = Transfer.objects.get()
    assert (transfer.status, transfer.application) == ("asked", application)
    assert "asked the other business" in holder.get(address).content.decode()


def test_what_was_typed_stays_when_it_is_refused() -> None:
    licence = a_licence()
    holder = signed_in(stories.holder_of(licence.organisation))

    answer = holder.post(
        reverse("transfer_licence", args=[licence.number]), {**ASKED, "to_name": OTHER, "number": "A-0000-0000"}
    )

    assert answer.status_code == 422
    words = answer.content.decode()
    assert "no application with this number" in words and "It becomes a company." in words


def test_the_other_business_finds_it_among_what_it_must_do_and_agrees() -> None:
    transfer = a_transfer_asked()
    assert transfer.application is not None
    other = signed_in(the_other(transfer))
    address = reverse("answer_transfer", args=[transfer.application.reference, transfer.reference])
    assert address in other.get(reverse("licences")).content.decode()
    assert address in other.get(reverse("application_tasks", args=[transfer.application.reference])).content.decode()

    assert other.post(address, {}).status_code == 422
    assert other.post(address, {"agrees": "yes"}).status_code == 302

    transfer.refresh_from_db()
    assert transfer.status == "agreed"
    words = other.get(address).content.decode()
    assert "You have agreed" in words and "becomes a company" not in words


def test_the_holder_takes_it_back_on_the_same_page() -> None:
    transfer = a_transfer_agreed()
    holder = signed_in(stories.holder_of(transfer.organisation))
    address = reverse("retract_transfer", args=[transfer.licence.number, transfer.reference])

    assert [holder.post(address).status_code for _again in range(2)] == [302, 302]

    transfer.refresh_from_db()
    assert transfer.status == "withdrawn"


def test_an_officer_proposes_to_consent_on_the_page_that_the_licence_leads_to() -> None:
    transfer = a_transfer_agreed()
    officer = signed_in(person("case_officer"))
    address = reverse("propose_allow_transfer", args=[transfer.licence.number])
    assert address in officer.get(reverse("staff_licence", args=[transfer.licence.number])).content.decode()
    assert OTHER in officer.get(address).content.decode()

    assert officer.post(address, {**a_day("takes_effect", FROM), "because": "Both are fit."}).status_code == 302

    assert Decision.objects.get(kind="allow_transfer").transfer == transfer


def test_why_it_cannot_be_consented_to_stands_where_it_would_be_proposed() -> None:
    transfer = a_transfer_asked(has_applied=False)
    officer = signed_in(person("case_officer"))

    page = officer.get(reverse("propose_allow_transfer", args=[transfer.licence.number])).content.decode()

    assert "has not applied for its own licence" in page


def test_whoever_has_a_conflict_with_the_other_side_reads_nothing_of_it() -> None:
    officer, transfer = person("case_officer"), a_transfer_agreed()
    refusal = a_refusal_of_transfer_proposed(transfer)
    conflicts.declare(
        officer,
        organisation=transfer.organisations[1],
        because="It is my own firm.",
        since=TODAY,
        by=officer,
        at=NOW,
    )
    me = signed_in(officer)

    assert OTHER not in me.get(reverse("staff_licence", args=[transfer.licence.number])).content.decode()
    assert OTHER not in me.get(reverse("transfers")).content.decode()
    for name, of in (("propose_allow_transfer", transfer.licence.number), ("decision", refusal.reference)):
        assert me.get(reverse(name, args=[of])).status_code == 404


def test_the_list_and_its_file_say_the_same() -> None:
    transfer = a_transfer_asked()
    officer, address = signed_in(person("case_officer")), reverse("transfers")

    words = officer.get(f"{address}?q={transfer.licence.number}").content.decode()
    file = b"".join(officer.post(reverse("transfers_csv"))).decode()

    assert transfer.reference in words and OTHER in words
    assert transfer.reference in file and OTHER in file
    assert transfer.reference not in officer.get(f"{address}?status=refused").content.decode()


def test_a_list_of_many_costs_what_a_list_of_one_does(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a_transfer_asked()
    officer, address = signed_in(person("case_officer")), reverse("transfers")
    officer.get(address)
    with django_assert_num_queries(9) as counted:
        officer.get(address)

    third = a_licence(legal_name="Third Hands Ltd")
    a_transfer_asked(third, an_application_checked(legal_name="Fourth Hands Ltd"))

    with django_assert_num_queries(len(counted)):
        officer.get(address)
