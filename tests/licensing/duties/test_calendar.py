"""The calendar at a private address: it names no one, and ends with the membership."""

import re

import pytest
from django.test import Client

from licensing.duties.models import DutyCalendar
from registry.memberships import actions as memberships
from registry.memberships.models import Membership
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from tests.conftest import NOW
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import a_licence, a_request
from tests.people import person, signed_in
from tests.registry.stories import a_condition, an_agent
from tests.stories import holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address_on(client: Client, organisation: Organisation) -> str:
    client.post(f"/duties/calendar/{organisation.reference}/make/")
    return _address(client)


def _address(client: Client) -> str:
    found = re.search(r"http\S+(/duties/calendar/\w+\.ics)", client.get("/duties/").content.decode())
    return found[1] if found else ""


def test_the_calendar_holds_the_days_and_names_neither_business_nor_licence() -> None:
    licence = a_licence()
    condition = a_condition(licence)
    address = address_on(signed_in(the_holder(licence)), licence.organisation)

    response = Client().get(address)

    file = response.content.decode()
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert f"DTSTART;VALUE=DATE:{condition.due_on:%Y%m%d}" in file
    assert "SUMMARY:Licence duty: Meet the condition and send evidence" in file
    holder = the_holder(licence)
    for secret in (licence.organisation.legal_name, licence.number, condition.reference, holder.name, holder.email):
        assert secret not in file


def test_a_new_address_ends_the_one_before_and_the_calendar_can_be_switched_off() -> None:
    licence = a_licence()
    client = signed_in(the_holder(licence))
    first = address_on(client, licence.organisation)
    second = address_on(client, licence.organisation)
    assert first != second
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)

    client.post(f"/duties/calendar/{licence.organisation.reference}/end/")

    assert Client().get(second).status_code == 404
    assert _address(client) == ""


def test_the_calendar_ends_when_the_person_leaves_or_the_consent_ends() -> None:
    organisation = a_request().application.organisation
    agent = an_agent(organisation, covers=(Act.ANSWER,))
    address = address_on(signed_in(agent), organisation)
    assert "Answer our question" in Client().get(address).content.decode()
    membership = Membership.objects.get(user=agent, until=None)

    memberships.withdraw_consent(membership, by=holder_of(organisation), at=NOW)
    assert Client().get(address).status_code == 404

    memberships.consent(membership, covers=[Act.REPLY], starts=NOW.date(), by=holder_of(organisation), at=NOW)
    assert "Answer our question" not in Client().get(address).content.decode()

    memberships.leave(membership, by=agent, at=NOW)
    assert Client().get(address).status_code == 404


def test_a_person_without_access_has_no_calendar() -> None:
    licence = a_licence()
    holder = the_holder(licence)
    address = address_on(signed_in(holder), licence.organisation)
    holder.is_active = False
    holder.save(update_fields=["is_active"])

    assert Client().get(address).status_code == 404


def test_who_does_not_act_for_the_business_makes_none() -> None:
    licence = a_licence()
    stranger = signed_in(person("applicant"))

    assert stranger.post(f"/duties/calendar/{licence.organisation.reference}/make/").status_code == 404
    assert not DutyCalendar.objects.exists()
    assert Client().get("/duties/calendar/0123456789.ics").status_code == 404
