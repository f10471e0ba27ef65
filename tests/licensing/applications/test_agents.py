"""Agents: what they do for an organisation on its consent, what only its own people do, and what is left when it ends."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from licensing.applications.actions import applications
from licensing.applications.actions import start as start_actions
from licensing.applications.models import Application
from licensing.decisions.actions import hearings
from licensing.holding.actions import changes, renewals, supply, surrenders
from registry.accounts.models import User
from registry.errors import Refused
from registry.licences.models import Licence
from registry.memberships import actions as memberships
from registry.memberships.rules import INVITATIONS_A_DAY
from registry.organisations.models import Organisation
from tests.conftest import NOW, SetClock
from tests.licensing.stories import a_licence, a_refusal_proposed, a_request, answered, notified
from tests.people import person, signed_in
from tests.registry.stories import an_agent, day, the_membership, with_proved_address
from tests.stories import (
    SCHEME,
    a_provider,
    an_application,
    an_application_answered,
    an_application_being_assessed,
    holder_of,
)

pytestmark = pytest.mark.django_db


def refusal_of(action: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        action()
    return [reason.code for reason in refused.value.reasons]


def test_an_agent_fills_in_and_the_organisation_signs_and_sends() -> None:
    application = an_application_answered()
    agent = an_agent(application.organisation)

    applications.save_page(application, page="names", data={}, is_complete=False, by=agent, at=NOW)
    send = partial(applications.submit, application, by=agent, at=NOW)

    assert refusal_of(send) == ["not_for_agents"]
    page = signed_in(agent).get(f"/apply/{application.reference}/check-answers/").content.decode()
    assert (
        "The principal authority or a representative of the organisation must do this." in page
        and "Send the application</button>" not in page
    )
    assert signed_in(agent).post(f"/apply/{application.reference}/submit/").status_code == 422


CLIENT = {"scheme": SCHEME, "organisation": "new", "legal_name": "Client One Farms Ltd", "whose": "client"}


def test_who_starts_is_asked_whose_business_it_is_and_names_who_answers_for_a_client() -> None:
    adviser = signed_in(person("applicant"))

    unsaid = adviser.post("/apply/start/", CLIENT | {"whose": ""})
    assert unsaid.status_code == 422 and "Say whose business it is." in unsaid.content.decode()
    assert (
        "Enter the email of the person who answers for the client."
        in adviser.post("/apply/start/", CLIENT).content.decode()
    )
    assert not Organisation.objects.filter(legal_name=CLIENT["legal_name"]).exists()


def test_an_adviser_who_starts_for_a_client_is_its_agent_and_may_nothing_until_it_consents() -> None:
    sian, owner = person("applicant"), with_proved_address(person("applicant", name="Olwen Owner"))
    adviser = signed_in(sian)

    told = adviser.post("/apply/start/", CLIENT | {"client_email": owner.email}, follow=True).content.decode()
    client = Organisation.objects.get(legal_name=CLIENT["legal_name"])
    (membership,) = client.memberships.all()
    assert (membership.user, membership.kind) == (sian, "agent")
    assert f"We have asked {owner.email}" in told and client.reference not in told.split("<form")[1]
    start = partial(start_actions.start, client, scheme=SCHEME, by=sian, at=NOW)
    with pytest.raises(Organisation.DoesNotExist):
        start()

    memberships.accept_invitation(client.invitations.get(), by=owner, at=NOW)
    assert the_membership(client, owner).kind == "principal_authority"
    memberships.consent(membership, covers=["fill_in"], starts=day(0), by=owner, at=NOW)
    assert start().organisation == client


def test_an_adviser_is_not_their_own_client_and_floods_nobody() -> None:
    sian = person("applicant")
    adviser = signed_in(sian)

    own = adviser.post("/apply/start/", CLIENT | {"client_email": sian.email.upper()})
    assert own.status_code == 422 and "This is your own address" in own.content.decode()
    assert not Organisation.objects.filter(legal_name=CLIENT["legal_name"]).exists()
    for number in range(INVITATIONS_A_DAY):
        name = {"legal_name": f"Client {number} Ltd", "client_email": f"client{number}@example.org"}
        assert adviser.post("/apply/start/", CLIENT | name).status_code == 302
    more = adviser.post("/apply/start/", CLIENT | {"client_email": "one.more@example.org"})
    assert "You have invited many people today" in more.content.decode()


def test_an_agent_does_not_sign_the_declaration() -> None:
    application = an_application_answered()
    agent = an_agent(application.organisation)
    signed = application.answers.get(page="declaration").data
    sign = partial(applications.save_page, application, page="declaration", data={}, is_complete=True, by=agent, at=NOW)
    address = f"/apply/{application.reference}/declaration/"

    assert refusal_of(sign) == ["not_for_agents"]
    page = signed_in(agent).get(address).content.decode()
    assert "The principal authority or a representative of the organisation must do this." in page
    assert 'name="signature"' not in page
    assert signed_in(agent).post(address, signed).status_code == 422
    assert application.answers.get(page="declaration").data == signed


def test_an_agent_neither_withdraws_nor_is_offered_to() -> None:
    application = an_application()
    agent = an_agent(application.organisation)

    assert refusal_of(partial(applications.withdraw, application, because="No.", by=agent, at=NOW)) == [
        "not_for_agents"
    ]
    answer = signed_in(agent).post(f"/apply/{application.reference}/withdraw/", {"because": "We changed our minds."})
    assert answer.status_code == 422
    assert Application.objects.get().status == "draft"


def test_what_the_consent_does_not_cover_is_refused() -> None:
    firm = a_provider()
    application = an_application(firm)
    agent = an_agent(firm, covers=("answer",))

    save = partial(applications.save_page, application, page="names", data={}, is_complete=False, by=agent, at=NOW)
    remove = partial(applications.remove_item, application, page="directors", item="x", by=agent, at=NOW)
    start = partial(start_actions.start, firm, scheme="construction", by=agent, at=NOW)

    assert refusal_of(save) == refusal_of(remove) == refusal_of(start) == ["not_covered"]


def test_an_agent_answers_what_is_asked_if_the_consent_covers_it() -> None:
    request = a_request(an_application_being_assessed())
    clerk = an_agent(request.application.organisation, covers=("fill_in",))
    agent = an_agent(request.application.organisation, covers=("answer",))

    assert refusal_of(partial(answered, request, by=clerk)) == ["not_covered"]
    assert answered(request, by=agent).answered_by == agent


def test_an_agent_replies_to_a_notice_if_the_consent_covers_it() -> None:
    decision = notified(a_refusal_proposed())
    clerk = an_agent(decision.organisation, covers=("fill_in",))
    agent = an_agent(decision.organisation, covers=("reply",))

    assert refusal_of(partial(hearings.represent, decision, text="No.", by=clerk, at=NOW)) == ["not_covered"]
    assert hearings.represent(decision, text="We disagree.", by=agent, at=NOW).by == agent


def test_an_agent_starts_a_renewal() -> None:
    licence = a_licence()
    at = NOW + (licence.valid_until - day(0)) - timedelta(days=20)
    clerk = an_agent(licence.organisation, covers=("answer",))
    agent = an_agent(licence.organisation, covers=("fill_in",))

    assert refusal_of(partial(renewals.start, licence, by=clerk, at=at)) == ["not_covered"]
    assert renewals.start(licence, by=agent, at=at).renews == licence


def addresses(licence: Licence, application: Application) -> list[str]:
    letter = licence.organisation.letters.order_by("pk")[0]
    return [
        f"/licences/{licence.number}/",
        f"/licences/{licence.number}/certificate/",
        f"/licences/letters/{letter.number}/",
        f"/apply/{application.reference}/",
        f"/apply/{application.reference}/check-answers/",
        f"/organisations/{licence.organisation.reference}/people/",
    ]


def seen_by(browser: Client, where: list[str]) -> set[int]:
    return {browser.get(address).status_code for address in where}


@pytest.mark.parametrize("how", ["withdrawn", "over", "removed"])
def test_an_agent_whose_consent_ended_finds_nothing_at_the_next_request(how: str, set_clock: SetClock) -> None:
    licence = a_licence()
    firm: Organisation = licence.organisation
    application = Application.objects.get(licence=licence)
    agent = an_agent(firm, until=day(3))
    browser, where = signed_in(agent), addresses(licence, application)
    principal: User = holder_of(firm)
    assert seen_by(browser, where) == {200}

    if how == "withdrawn":
        memberships.withdraw_consent(the_membership(firm, agent), by=principal, at=NOW)
    elif how == "removed":
        memberships.remove(the_membership(firm, agent), by=principal, at=NOW)
    else:
        set_clock(NOW + timedelta(days=4))
        browser = signed_in(agent)  # no session lasts so long

    assert seen_by(browser, where) == {404}
    assert firm.legal_name not in browser.get("/licences/").content.decode()


def test_a_refusal_without_a_form_is_a_page_with_the_reason() -> None:
    application = an_application_answered()
    item = application.answers.exclude(item="").order_by("pk")[0]
    agent = an_agent(application.organisation, covers=("answer",))

    answer = signed_in(agent).post(f"/apply/{application.reference}/{item.page}/{item.item}/remove/")

    assert answer.status_code == 409
    assert "does not cover this" in answer.content.decode()


def test_an_agent_neither_tells_of_changes_nor_gives_the_licence_up() -> None:
    licence = a_licence()
    agent = an_agent(licence.organisation)

    tell = partial(changes.tell, licence, kind="other", data={}, happened_on=day(0), by=agent, at=NOW)
    begin = partial(supply.tell, licence, began_on=day(0), by=agent, at=NOW)
    give_up = partial(surrenders.ask, licence, takes_effect=day(20), because="x", by=agent, at=NOW)

    assert refusal_of(tell) == ["not_for_agents"]
    assert refusal_of(begin) == ["not_for_agents"]
    assert refusal_of(give_up) == ["not_for_agents"]
