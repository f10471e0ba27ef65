"""No row has a NUL, which PostgreSQL takes in no question: who asks for one is told that there is nothing."""

import pytest
from django.test import Client

from registry.accounts.models import User
from registry.organisations.models import Organisation
from tests.people import person, signed_in
from tests.registry.stories import an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_nothing_is_equal_to_a_text_with_a_nul() -> None:
    firm, rows = an_organisation(), Organisation.objects.all()

    assert not rows.filter(reference="O\0").exists()
    assert not rows.filter(legal_name__iexact="O\0").exists()
    assert not rows.filter(website="\0").exists()
    assert rows.exclude(reference="O\0").get() == firm
    assert rows.get(reference__in=[firm.reference, "O\0"]) == firm
    assert not rows.filter(reference__in={"O\0"}).exists()


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("case_officer", "/staff/applications/A%00/", 404),
        ("case_officer", "/staff/decisions/D%00/notify/", 404),
        ("case_officer", "/account/keys/K%00/revoke/", 404),
        ("applicant", "/apply/A%00/", 404),
        ("labour_user", "/api/v1/suppliers/S%00", 404),
        ("manager", "/staff/who-saw/?reference=%00", 422),
        ("intelligence_analyst", "/staff/referrals/new/?report=%00", 200),
        ("manager", "/staff/campaigns/plan/?again=%00&from=%00", 200),
    ],
)
def test_an_address_with_a_nul_is_no_fault(role: str, address: str, status: int) -> None:
    assert signed_in(person(role)).get(address).status_code == status


def test_the_public_is_answered_as_for_any_number_that_there_is_not(client: Client) -> None:
    for address in ("/check/A%00/", "/api/v1/register/A%00", "/c/%00/"):
        assert client.get(address).status_code == client.get(address.replace("%00", "B")).status_code, address
    assert not User.objects.filter(email="a\0").exists()
