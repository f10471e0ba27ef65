"""The pages of those who act for an organisation, and of those who are asked to."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.accounts.models import User
from registry.memberships.models import Consent, Invitation, Membership
from registry.organisations.models import Organisation
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.stories import (
    an_agent,
    an_invitation,
    an_organisation,
    somebody_acting,
    with_proved_address,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = {"starts_day": "2", "starts_month": "11", "starts_year": "2026"}


@pytest.fixture
def principal() -> User:
    return person("applicant", name="Rhian Prosser")


@pytest.fixture
def firm(principal: User) -> Organisation:
    return an_organisation("Dyffryn Labour Ltd", by=principal)


@pytest.fixture
def client(principal: User) -> Client:
    return signed_in(principal)


def people(firm: Organisation) -> str:
    return f"/organisations/{firm.reference}/people/"


def of(firm: Organisation, user: User) -> str:
    return f"{people(firm)}{user.reference}/"


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def kinds(firm: Organisation) -> dict[str, str]:
    return {one.user.name: one.kind for one in firm.memberships.filter(until=None).select_related("user")}


# --- the page of the organisation


def test_the_page_shows_who_acts_as_what_and_who_has_been_asked(client: Client, firm: Organisation) -> None:
    somebody_acting(firm, "representative", user=person("applicant", name="Nia New"))
    an_agent(firm, covers=("fill_in",), user=person("applicant", name="Ceri Clerk"))
    an_invitation(firm, email="waits@people.example")

    page = text(client, people(firm))

    for words in ("Rhian Prosser (you)", "Nia New", "Ceri Clerk", "Start and fill in applications", "waits@people.ex"):
        assert words in page


def test_an_agent_sees_who_acts_but_neither_addresses_nor_buttons(firm: Organisation, principal: User) -> None:
    an_invitation(firm, email="waits@people.example")

    page = text(signed_in(an_agent(firm)), people(firm))

    assert "Rhian Prosser" in page
    assert principal.email not in page
    assert "waits@people.example" not in page
    assert "Invite a person" not in page


def test_the_page_costs_the_same_however_many_act(
    client: Client, firm: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(2):
        an_agent(firm)
        an_invitation(firm, email=f"n{Invitation.objects.count()}@people.example")
        # session, user, groups, two kinds of permissions, the organisation, may they, members, consents, invitations, who
        # acts here
        with django_assert_num_queries(11):
            client.get(people(firm))


def test_inviting_by_the_page(client: Client, firm: Organisation) -> None:
    answer = client.post(f"{people(firm)}invite/", {"email": "nia@people.example", "kind": "representative"})

    assert (answer.status_code, answer.headers["Location"]) == (302, people(firm))
    assert Invitation.objects.get().email == "nia@people.example"


def test_what_was_typed_is_kept_beside_every_reason(client: Client, firm: Organisation) -> None:
    an_invitation(firm, email="nia@people.example")

    empty = client.post(f"{people(firm)}invite/", {"email": "not an address"})
    again = client.post(f"{people(firm)}invite/", {"email": "nia@people.example", "kind": "principal_authority"})

    assert (empty.status_code, again.status_code) == (422, 422)
    assert "not an address" in empty.content.decode()
    assert set(empty.context["form"].errors) == {"email", "kind"}
    assert set(again.context["form"].errors) == {"email", "kind"}


def test_an_invitation_is_sent_again_and_taken_back_by_the_page(client: Client, firm: Organisation) -> None:
    invitation = an_invitation(firm, at=NOW - timedelta(days=2))
    address = f"/organisations/{firm.reference}/invitations/{invitation.reference}/"

    assert invitation.email in text(client, f"{address}resend/")
    assert client.post(f"{address}resend/").status_code == 302
    assert client.post(f"{address}resend/").status_code == 422
    assert client.post(f"{address}withdraw/").status_code == 302
    assert not Invitation.objects.unanswered().exists()
    assert client.post(f"{address}resend/").status_code == 404


def test_what_somebody_is_changes_by_the_page(client: Client, firm: Organisation) -> None:
    nia = somebody_acting(firm, "representative", user=person("applicant", name="Nia New"))

    assert client.post(f"{of(firm, nia)}change-kind/", {"kind": "agent"}).status_code == 302

    assert kinds(firm)["Nia New"] == "agent"


@pytest.mark.both
def test_somebody_is_removed_by_the_page_and_their_next_request_finds_nothing(
    client: Client, firm: Organisation
) -> None:
    nia = somebody_acting(firm, "representative")
    her_browser = signed_in(nia)
    assert her_browser.get(people(firm)).status_code == 200

    client.post(f"{of(firm, nia)}remove/")

    assert her_browser.get(people(firm)).status_code == 404
    assert her_browser.post(f"{people(firm)}invite/", {"email": "a@b.example", "kind": "agent"}).status_code == 404


def test_the_last_who_answers_is_told_why_they_stay(client: Client, firm: Organisation, principal: User) -> None:
    removing = client.post(f"{of(firm, principal)}remove/")
    leaving = client.post(f"/organisations/{firm.reference}/leave/")

    assert (removing.status_code, leaving.status_code) == (422, 422)
    assert "No other representative answers for the organisation" in removing.content.decode()
    assert "No other representative answers for the organisation" in leaving.content.decode()


def test_a_consent_is_recorded_and_withdrawn_by_the_page(client: Client, firm: Organisation) -> None:
    agent = somebody_acting(firm, "agent")
    their_browser = signed_in(agent)
    assert their_browser.get(people(firm)).status_code == 404

    client.post(f"{of(firm, agent)}consent/", {"covers": ["fill_in", "reply"], **TODAY})
    assert Consent.objects.get().covers == ["fill_in", "reply"]
    assert their_browser.get(people(firm)).status_code == 200

    client.post(f"{of(firm, agent)}withdraw-consent/")
    assert their_browser.get(people(firm)).status_code == 404


def test_a_consent_that_makes_no_sense_says_so_at_its_place(client: Client, firm: Organisation) -> None:
    agent = somebody_acting(firm, "agent")
    over = {"covers": ["fill_in"], **TODAY, "until_day": "1", "until_month": "11", "until_year": "2026"}

    answer = client.post(f"{of(firm, agent)}consent/", over)
    nonsense = client.post(f"{of(firm, agent)}consent/", {"covers": ["submit"], "starts_day": "31"})

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"until"})
    assert (nonsense.status_code, set(nonsense.context["form"].errors)) == (422, {"covers", "starts"})


@pytest.mark.parametrize("verb", ["change-kind", "remove", "consent", "withdraw-consent"])
def test_an_agent_changes_nobody_by_any_page(verb: str, firm: Organisation, principal: User) -> None:
    agent = an_agent(firm)
    before = kinds(firm)

    answer = signed_in(agent).post(
        f"{of(firm, principal)}{verb}/", {"kind": "representative", "covers": ["fill_in"], **TODAY}
    )

    assert answer.status_code == 422
    assert "You are an agent" in answer.content.decode()
    assert kinds(firm) == before


@pytest.mark.both
@pytest.mark.parametrize("page", ["", "invite/"])
def test_another_employer_finds_no_such_page(page: str, firm: Organisation) -> None:
    other = person("applicant")
    an_organisation("Somebody Else Ltd", by=other)

    assert signed_in(other).get(f"{people(firm)}{page}").status_code == 404
    assert signed_in(other).post(f"{people(firm)}{page}").status_code in (404, 405)


@pytest.mark.both
def test_nobody_is_found_below_an_organisation_that_is_not_theirs(client: Client, firm: Organisation) -> None:
    elsewhere = somebody_acting(an_organisation("Somebody Else Ltd"), "representative")

    assert client.post(f"{of(firm, elsewhere)}remove/").status_code == 404


def test_staff_and_strangers_have_no_business_there(firm: Organisation) -> None:
    assert Client().get(people(firm)).status_code == 302
    assert signed_in(person("case_officer")).get(people(firm)).status_code == 403


# --- one's own side


def test_an_invitation_waits_on_the_pages_of_whoever_proves_the_address(firm: Organisation) -> None:
    invited = person("labour_user", name="Nia New")
    an_invitation(firm, email=invited.email)
    browser = signed_in(invited)

    assert "You are asked to act for" not in text(browser, "/account/organisations/")
    with_proved_address(invited)

    assert "You are asked to act for Dyffryn Labour Ltd, as: Representative" in text(browser, "/account/organisations/")


def test_accepting_by_the_page_opens_the_organisation(firm: Organisation) -> None:
    invited = with_proved_address(person("labour_user"))
    invitation = an_invitation(firm, email=invited.email)
    browser = signed_in(invited)
    assert "Dyffryn Labour Ltd" in text(browser, f"/account/invitations/{invitation.reference}/accept/")

    assert browser.post(f"/account/invitations/{invitation.reference}/accept/").status_code == 302

    assert browser.get(people(firm)).status_code == 200
    assert "Dyffryn Labour Ltd" in text(browser, "/licences/")


def test_declining_by_the_page(firm: Organisation) -> None:
    invited = with_proved_address(person("applicant"))
    invitation = an_invitation(firm, email=invited.email)

    signed_in(invited).post(f"/account/invitations/{invitation.reference}/decline/")

    assert not Invitation.objects.unanswered().exists()
    assert Membership.objects.filter(user=invited).count() == 0


def test_an_invitation_to_another_address_is_not_to_be_found(firm: Organisation) -> None:
    invitation = an_invitation(firm, email="nia@people.example")
    browser = signed_in(with_proved_address(person("applicant")))

    for verb in ("accept", "decline"):
        assert browser.post(f"/account/invitations/{invitation.reference}/{verb}/").status_code == 404
    assert Invitation.objects.waiting(NOW).count() == 1


def test_an_agent_whose_consent_is_over_sees_that_and_may_leave(firm: Organisation) -> None:
    agent = somebody_acting(firm, "agent")
    browser = signed_in(agent)

    assert "None has been recorded: the agent sees nothing." in text(browser, "/account/organisations/")
    assert browser.post(f"/organisations/{firm.reference}/leave/").status_code == 302
    assert firm.memberships.filter(until=None, user=agent).count() == 0


def test_nobody_leaves_what_they_do_not_act_for(firm: Organisation) -> None:
    assert signed_in(person("applicant")).post(f"/organisations/{firm.reference}/leave/").status_code == 404


def test_the_pages_of_an_agent_say_for_whom(firm: Organisation) -> None:
    agent = an_agent(firm, covers=("answer",))

    page = text(signed_in(agent), people(firm))

    assert "You act for <strong>Dyffryn Labour Ltd</strong> as its agent, on its consent." in page
    assert "Answer what we ask about an application" in page


def test_who_acts_for_one_organisation_as_its_own_is_not_told_so(
    client: Client, firm: Organisation, principal: User
) -> None:
    assert "You act for <strong>" not in text(client, people(firm))
    another = an_organisation("Another Ltd", by=principal)
    assert "You act for <strong>Another Ltd</strong>" in text(client, people(another))
