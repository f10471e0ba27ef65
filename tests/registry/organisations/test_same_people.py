"""Two people of different names with one National Insurance number, birthday and address are pointed out."""

from datetime import date
from typing import Any

import pytest

from registry.conflicts import actions as conflicts
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.organisations.queries import same_people
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db

GETHIN = {
    "full_name": "Gethin Parry",
    "date_of_birth": date(1971, 2, 3),
    "nino": "AA123456C",
    "address": {"line_1": "1 Mill Lane", "postcode": "LL53 5AA"},
}


def named(organisation: Organisation, **particulars: Any) -> Organisation:
    said = {**GETHIN, **particulars}
    organisations.name(organisation, kind="director", since=NOW.date(), particulars=said, by=None, at=NOW)
    return organisation


def test_one_person_under_two_names_is_pointed_out_in_one_file_and_in_two() -> None:
    firm, other = an_organisation("Afon Labour Ltd"), an_organisation("Blodwen Ltd")
    named(firm)
    named(firm, full_name="Geraint Price")
    named(other, full_name="George Power", address={"line_1": "9 High Street", "postcode": "CF10 1AA"})
    officer = person("case_officer")

    told = {(str(one.person), str(one.other), one.whose, one.what) for one in same_people(firm, by=officer)}

    everything = "National Insurance number, date of birth, address"
    assert told == {
        ("Gethin Parry", "Geraint Price", "Afon Labour Ltd", everything),
        ("Gethin Parry", "George Power", "Blodwen Ltd", "National Insurance number, date of birth"),
        ("Geraint Price", "George Power", "Blodwen Ltd", "National Insurance number, date of birth"),
    }
    page = signed_in(officer).get(f"/staff/organisations/{firm.reference}/").content.decode()
    assert "Check whether they are one person under two names." in page


def test_neither_the_same_person_in_two_files_nor_a_twin_elsewhere_is() -> None:
    firm, other = an_organisation("Afon Labour Ltd"), an_organisation("Blodwen Ltd")
    named(firm)
    named(other)
    named(other, full_name="Gwen Parry", nino="AA654321C", address={"line_1": "9 High Street", "postcode": "CF10 1AA"})

    assert same_people(firm, by=person("case_officer")) == []


def test_the_same_birthday_and_address_is_enough_where_no_number_is_known() -> None:
    firm = named(named(an_organisation("Afon Labour Ltd"), nino=""), full_name="Geraint Price", nino="")

    (one,) = same_people(firm, by=person("case_officer"))

    assert one.what == "date of birth, address"


def test_nothing_is_told_of_a_firm_that_this_officer_may_have_nothing_to_do_with() -> None:
    firm, other, officer = an_organisation("Afon Labour Ltd"), an_organisation("Blodwen Ltd"), person("case_officer")
    named(firm)
    named(other, full_name="Geraint Price")
    conflicts.declare(officer, organisation=other, because="My brother's.", since=NOW.date(), by=officer, at=NOW)

    assert same_people(firm, by=officer) == []
