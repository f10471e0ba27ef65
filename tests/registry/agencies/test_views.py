"""Other authorities: added, changed and closed by the administrator of people, who also lets their people in."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.licensing.checks.agencies import an_agency
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Revenue of Sampleshire",
    "kind": "authority",
    "way": "account",
    "email": "in@tax.example",
    "basis": "2004 Act, section 19.",
    "remits": ["gla-food/tax"],
}


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def administrator() -> Client:
    return signed_in(person("people_administrator"))


def add(**typed: Any) -> Any:
    return administrator().post(reverse("add_agency"), {**TYPED, **typed})


def test_an_authority_is_added_with_the_checks_it_answers_and_the_power_to_share() -> None:
    answer = add()

    agency = Agency.objects.get()
    assert answer.headers["Location"] == reverse("agency", args=[agency.reference])
    assert [str(remit) for remit in agency.remits.all()] == ["gla-food/tax"]
    assert Event.objects.get(verb="open_for").facts["basis"] == "2004 Act, section 19."
    page = text_of(administrator().get(reverse("agency", args=[agency.reference])))
    assert "HM Revenue and Customs, Tax, National Insurance and VAT" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"remits": []}, "Choose at least one check that it answers."),
        ({"basis": " "}, "Say under which power or agreement information is shared with it."),
        ({"email": ""}, "Enter the email address at which it is told that a check waits."),
        ({"way": "post", "email": ""}, "Enter the address that letters are posted to."),
        ({"public_key": "abc"}, "A public key has 43 characters"),
        ({"name": ""}, "Enter the name of the authority."),
    ],
)
def test_what_is_missing_is_said(typed: dict[str, Any], told: str) -> None:
    answer = add(**typed)

    assert answer.status_code == 422
    assert told in text_of(answer)


@pytest.mark.parametrize("kind", ["council", "union", "charity", "regulator", "police"])
def test_a_body_that_answers_no_checks_can_be_told_something(kind: str) -> None:
    assert add(kind=kind, remits=[]).status_code == 302
    assert Agency.objects.get().kind == kind


def test_two_authorities_do_not_share_a_name() -> None:
    add()

    assert "There is an authority of this name already." in text_of(add())


def test_how_it_is_asked_is_changed() -> None:
    agency = an_agency()
    typed = {**TYPED, "way": "file", "remits": ["gla-food/police"]}

    administrator().post(reverse("change_agency", args=[agency.reference]), typed)

    agency.refresh_from_db()
    assert agency.way == "file"
    assert [str(remit) for remit in agency.remits.all()] == ["gla-food/police"]


def test_it_is_closed_with_a_reason() -> None:
    agency = an_agency()

    administrator().post(reverse("close_agency", args=[agency.reference]), {"because": "The agreement has ended."})

    agency.refresh_from_db()
    assert agency.closed_at is not None
    assert "asked no more" in text_of(administrator().get(reverse("agency", args=[agency.reference])))


def invite(agency: Agency | None, *roles: str) -> User:
    by = person("people_administrator")
    return accounts.invite(email="jo@tax.example", name="Jo", roles=roles, agency=agency, by=by, at=NOW)


def test_somebody_is_let_in_for_one_authority_and_nothing_else() -> None:
    agency = an_agency()

    assert invite(agency, "partner_agency").agency == agency


@pytest.mark.parametrize(
    ("roles", "with_agency", "expected"),
    [
        (["partner_agency"], False, ["no_agency"]),
        (["partner_agency", "auditor"], True, ["only_for_agency"]),
        (["auditor"], True, ["agency_without_role"]),
    ],
)
def test_a_partner_belongs_to_one_authority_and_has_no_other_role(
    roles: list[str], with_agency: bool, expected: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        invite(an_agency() if with_agency else None, *roles)

    assert [reason.code for reason in refused.value.reasons] == expected


def test_who_is_off_boarded_answers_for_nobody_any_more() -> None:
    agency = an_agency()
    partner = person("partner_agency", agency=agency)

    accounts.off_board(partner, because="Left the office.", by=person("people_administrator"), at=NOW)

    partner.refresh_from_db()
    assert partner.agency is None


def test_the_database_keeps_that_an_authority_can_be_written_to_and_on_what_basis() -> None:
    agency = an_agency()
    wrong_ones: list[dict[str, Any]] = [{"email": "", "address": {}}, {"basis": ""}]

    for wrong in wrong_ones:
        with pytest.raises(IntegrityError), transaction.atomic():
            Agency.objects.filter(pk=agency.pk).update(**wrong)
