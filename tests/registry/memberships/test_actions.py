"""Who acts for an organisation, as what, and on whose consent."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from registry import permissions
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.letters import sending
from registry.letters.models import Letter
from registry.memberships import actions as memberships
from registry.memberships.models import Consent, Invitation, Membership
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.papers import words
from registry.trail.models.events import Event
from tests.conftest import NOW, SetClock
from tests.people import person
from tests.registry.stories import (
    an_agent,
    an_invitation,
    an_organisation,
    day,
    somebody_acting,
    the_membership,
    with_proved_address,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def principal() -> User:
    return person("applicant", name="Rhian Prosser")


@pytest.fixture
def firm(principal: User) -> Organisation:
    return an_organisation(by=principal)


def refusal_of(action: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        action()
    return [reason.code for reason in refused.value.reasons]


def last_event() -> Event:
    return Event.objects.order_by("-number")[0]


def told(what: str) -> set[str]:
    return {one.address for one in Letter.objects.filter(template__endswith="acting.html") if one.facts["what"] == what}


def sees(user: User, firm: Organisation) -> bool:
    return Organisation.objects.acted_for_by(user).filter(pk=firm.pk).exists()


# --- inviting


def test_inviting_writes_to_the_address_and_lets_nobody_in_yet(firm: Organisation, principal: User) -> None:
    invitation = memberships.invite(firm, email="Nia@People.Example", kind="representative", by=principal, at=NOW)

    assert (invitation.email, invitation.expires_at) == ("nia@people.example", NOW + timedelta(days=14))
    letter = Letter.objects.get(address="nia@people.example")
    assert letter.facts["organisation"] == firm.legal_name
    assert "/account/organisations/" in words.text(letter)
    assert (last_event().verb, last_event().reference) == ("invite", firm.reference)
    assert last_event().facts == {"invitation": invitation.reference, "membership": "representative"}
    assert firm.memberships.count() == 1


def test_the_letter_of_an_invitation_holds_no_key(firm: Organisation) -> None:
    invitation = an_invitation(firm)

    said = words.text(Letter.objects.get(address=invitation.email))

    assert invitation.reference not in said


def test_somebody_with_an_account_is_invited_in_their_language(firm: Organisation) -> None:
    invited = person("applicant", language="cy")
    an_invitation(firm, email=invited.email)

    assert Letter.objects.get(address=invited.email).language == "cy"


def test_nobody_is_invited_twice_nor_who_acts_already(firm: Organisation, principal: User) -> None:
    an_invitation(firm, email="nia@people.example")

    again = partial(memberships.invite, firm, email="NIA@people.example", kind="agent", by=principal, at=LATER)
    oneself = partial(memberships.invite, firm, email=principal.email, kind="agent", by=principal, at=LATER)

    assert refusal_of(again) == ["invited_already"]
    assert refusal_of(oneself) == ["acts_already"]


def test_who_did_not_answer_in_time_can_be_invited_anew(firm: Organisation, principal: User) -> None:
    old = an_invitation(firm)

    memberships.invite(firm, email=old.email, kind="agent", by=principal, at=NOW + timedelta(days=15))

    assert [one.kind for one in Invitation.objects.unanswered()] == ["agent"]


def test_a_second_principal_authority_is_refused(firm: Organisation, principal: User) -> None:
    invite = partial(
        memberships.invite, firm, email="nia@people.example", kind="principal_authority", by=principal, at=NOW
    )

    assert refusal_of(invite) == ["second_principal"]


def test_another_employer_invites_nobody(firm: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        memberships.invite(firm, email="a@people.example", kind="agent", by=person("applicant"), at=NOW)


def test_an_agent_invites_nobody(firm: Organisation) -> None:
    agent = an_agent(firm)

    invite = partial(memberships.invite, firm, email="a@people.example", kind="agent", by=agent, at=NOW)

    assert refusal_of(invite) == ["not_for_agents"]


def test_the_database_keeps_one_open_invitation_to_an_address(firm: Organisation) -> None:
    invitation = an_invitation(firm)
    invitation.pk, invitation.reference = None, "N-OTHER"

    with pytest.raises(IntegrityError):
        invitation.save(force_insert=True)


def test_an_invitation_is_sent_again_with_a_new_time(firm: Organisation, principal: User) -> None:
    invitation = an_invitation(firm)
    at = NOW + timedelta(days=20)

    memberships.resend_invitation(invitation, by=principal, at=at)

    assert Letter.objects.filter(address=invitation.email).count() == 2
    assert Invitation.objects.waiting(at).get() == invitation


def test_nobodys_mailbox_is_flooded(firm: Organisation, principal: User) -> None:
    invitation = an_invitation(firm)
    soon = NOW + timedelta(minutes=59)

    assert refusal_of(partial(memberships.resend_invitation, invitation, by=principal, at=soon)) == ["sent_just_now"]
    for number in range(19):
        an_invitation(firm, email=f"n{number}@people.example")
    one_more = partial(memberships.invite, firm, email="a@people.example", kind="agent", by=principal)
    assert refusal_of(partial(one_more, at=soon)) == ["too_many_today"]
    assert one_more(at=NOW + timedelta(days=1)).email == "a@people.example"


def test_a_withdrawn_invitation_is_neither_accepted_nor_sent_again(firm: Organisation, principal: User) -> None:
    invited = with_proved_address(person("applicant"))
    invitation = an_invitation(firm, email=invited.email)
    memberships.withdraw_invitation(invitation, by=principal, at=NOW)

    assert refusal_of(partial(memberships.accept_invitation, invitation, by=invited, at=NOW)) == ["answered"]
    assert refusal_of(partial(memberships.resend_invitation, invitation, by=principal, at=LATER)) == ["answered"]
    assert told("withdrawn") == {invited.email}


# --- answering


def test_accepting_lets_somebody_act_and_tells_both_sides(firm: Organisation, principal: User) -> None:
    nia = somebody_acting(firm, "representative")

    assert sees(nia, firm)
    assert told("joined") == {principal.email, nia.email}
    assert (last_event().verb, last_event().by) == ("accept_invitation", nia.reference)


def test_a_labour_user_who_accepts_may_apply_too(firm: Organisation) -> None:
    user = somebody_acting(firm, "representative", user=person("labour_user"))

    assert User.objects.get(pk=user.pk).roles == {"labour_user", "applicant"}


def test_an_invitation_waits_for_the_address_that_it_was_sent_to(firm: Organisation) -> None:
    invitation = an_invitation(firm, email="nia@people.example")
    another = with_proved_address(person("applicant"))
    unproved = person("applicant", email="nia@people.example")

    for somebody in (another, unproved):
        assert refusal_of(partial(memberships.accept_invitation, invitation, by=somebody, at=NOW)) == [
            "another_address"
        ]
        assert refusal_of(partial(memberships.decline_invitation, invitation, by=somebody, at=NOW)) == [
            "another_address"
        ]


def test_an_invitation_that_is_too_old_is_not_accepted(firm: Organisation) -> None:
    invited = with_proved_address(person("applicant"))
    invitation = an_invitation(firm, email=invited.email)
    at = invitation.expires_at

    assert refusal_of(partial(memberships.accept_invitation, invitation, by=invited, at=at)) == ["too_late"]


def test_an_invitation_is_accepted_once(firm: Organisation) -> None:
    invited = somebody_acting(firm, "representative")
    invitation = firm.invitations.get()

    accept = partial(memberships.accept_invitation, invitation, by=invited, at=LATER)

    assert refusal_of(accept) == ["answered", "acts_already"]


def test_who_works_for_the_authority_acts_for_nobody(firm: Organisation) -> None:
    officer = with_proved_address(person("case_officer"))
    invitation = an_invitation(firm, email=officer.email)

    accept = partial(memberships.accept_invitation, invitation, by=officer, at=NOW)

    assert refusal_of(accept) == ["works_for_authority"]


def test_declining_tells_those_who_asked(firm: Organisation, principal: User) -> None:
    invited = with_proved_address(person("applicant"))
    memberships.decline_invitation(an_invitation(firm, email=invited.email), by=invited, at=NOW)

    assert not sees(invited, firm)
    assert told("declined") == {principal.email}


# --- removing, leaving, becoming something else


def test_who_is_removed_sees_nothing_at_the_next_request_and_everybody_is_told(
    firm: Organisation, principal: User
) -> None:
    nia = somebody_acting(firm, "representative")

    memberships.remove(the_membership(firm, nia), by=principal, at=LATER)

    assert not sees(nia, firm)
    assert told("removed") == {principal.email, nia.email}
    assert last_event().facts == {"person": nia.reference, "membership": "representative"}


def test_a_representative_may_remove_the_principal_authority(firm: Organisation, principal: User) -> None:
    nia = somebody_acting(firm, "representative")

    memberships.remove(the_membership(firm, principal), by=nia, at=LATER)

    assert not sees(principal, firm)


def test_somebody_who_answers_for_the_organisation_always_stays(firm: Organisation, principal: User) -> None:
    an_agent(firm)
    own = the_membership(firm, principal)

    assert refusal_of(partial(memberships.remove, own, by=principal, at=NOW)) == ["last_one"]
    assert refusal_of(partial(memberships.leave, own, by=principal, at=NOW)) == ["last_one"]
    assert refusal_of(partial(memberships.change_kind, own, kind="agent", by=principal, at=NOW)) == ["last_one"]


def test_who_was_removed_removes_nobody(firm: Organisation, principal: User) -> None:
    nia = somebody_acting(firm, "representative")
    memberships.remove(the_membership(firm, nia), by=principal, at=NOW)

    with pytest.raises(PermissionDenied):
        memberships.remove(the_membership(firm, principal), by=nia, at=NOW)


def test_nobody_is_removed_twice(firm: Organisation, principal: User) -> None:
    membership = the_membership(firm, somebody_acting(firm, "representative"))
    memberships.remove(membership, by=principal, at=NOW)

    for again in (
        partial(memberships.remove, membership, by=principal, at=NOW),
        partial(memberships.change_kind, membership, kind="agent", by=principal, at=NOW),
        partial(memberships.leave, membership, by=membership.user, at=NOW),
        partial(memberships.consent, membership, covers=["fill_in"], starts=day(0), by=principal, at=NOW),
    ):
        assert refusal_of(again) == ["acts_no_more"]


def test_somebody_leaves_by_themselves_and_for_nobody_else(firm: Organisation, principal: User) -> None:
    nia = somebody_acting(firm, "representative")

    with pytest.raises(PermissionDenied):
        memberships.leave(the_membership(firm, nia), by=principal, at=NOW)
    memberships.leave(the_membership(firm, nia), by=nia, at=NOW)

    assert not sees(nia, firm)
    assert told("left") == {principal.email, nia.email}


def test_an_agent_leaves_whether_or_not_a_consent_holds(firm: Organisation) -> None:
    agent = somebody_acting(firm, "agent")

    memberships.leave(the_membership(firm, agent), by=agent, at=NOW)

    assert firm.memberships.filter(until=None).count() == 1


def test_the_principal_authority_hands_over_in_two_steps(firm: Organisation, principal: User) -> None:
    nia = somebody_acting(firm, "representative")
    hers = the_membership(firm, nia)

    early = partial(memberships.change_kind, hers, kind="principal_authority", by=principal, at=NOW)
    assert refusal_of(early) == ["second_principal"]
    memberships.change_kind(the_membership(firm, principal), kind="representative", by=principal, at=NOW)
    memberships.change_kind(hers, kind="principal_authority", by=principal, at=NOW)

    assert the_membership(firm, nia).kind == Membership.Kind.PRINCIPAL_AUTHORITY
    assert told("changed") == {principal.email, nia.email}
    assert last_event().facts["was"] == "representative"


def test_becoming_what_one_is_is_refused(firm: Organisation, principal: User) -> None:
    membership = the_membership(firm, somebody_acting(firm, "representative"))

    change = partial(memberships.change_kind, membership, kind="representative", by=principal, at=NOW)

    assert refusal_of(change) == ["no_change"]


# --- consent


def test_an_agent_sees_nothing_before_a_consent_is_recorded(firm: Organisation) -> None:
    agent = somebody_acting(firm, "agent")

    assert not sees(agent, firm)


def test_an_agent_does_what_the_consent_covers_and_no_more(firm: Organisation, principal: User) -> None:
    agent = an_agent(firm, covers=("fill_in",))

    may = {act for act in Act if not list(permissions.act_blockers(agent, firm, act, on=day(0)))}

    assert sees(agent, firm)
    assert may == {Act.FILL_IN}
    assert told("consented") == {principal.email, agent.email}


def test_no_consent_covers_what_only_the_organisation_itself_may_do(firm: Organisation, principal: User) -> None:
    agent = the_membership(firm, somebody_acting(firm, "agent"))

    with pytest.raises(ValueError, match="submit"):
        memberships.consent(agent, covers=["fill_in", "submit"], starts=day(0), by=principal, at=NOW)


def test_a_consent_holds_from_its_first_day_to_its_last(firm: Organisation, set_clock: SetClock) -> None:
    agent = an_agent(firm, starts=day(2), until=day(4))

    seen = []
    for offset in range(7):
        set_clock(NOW + timedelta(days=offset))
        seen.append(sees(agent, firm))

    assert seen == [False, False, True, True, True, False, False]


def test_a_consent_withdrawn_ends_at_the_next_request(firm: Organisation, principal: User) -> None:
    agent = an_agent(firm)

    memberships.withdraw_consent(the_membership(firm, agent), by=principal, at=NOW)

    assert not sees(agent, firm)
    assert told("consent_withdrawn") == {principal.email, agent.email}
    again = partial(memberships.withdraw_consent, the_membership(firm, agent), by=principal, at=NOW)
    assert refusal_of(again) == ["no_consent"]


def test_a_new_consent_takes_the_place_of_the_one_before(firm: Organisation, principal: User) -> None:
    agent = an_agent(firm, covers=("fill_in",))

    memberships.consent(the_membership(firm, agent), covers=["answer"], starts=day(0), by=principal, at=LATER)

    acting = permissions.acts_for(agent, firm, on=day(1))
    assert acting is not None
    assert [act for act in Act if acting.may(act)] == [Act.ANSWER]
    assert Consent.objects.filter(ended_at=None).count() == 1


def test_a_consent_that_says_nothing_or_is_over_is_refused(firm: Organisation, principal: User) -> None:
    agent = the_membership(firm, somebody_acting(firm, "agent"))
    own = the_membership(firm, principal)

    def consent(membership: Membership, covers: list[str], starts: int, until: int) -> list[str]:
        return refusal_of(
            partial(
                memberships.consent,
                membership,
                covers=covers,
                starts=day(starts),
                until=day(until),
                by=principal,
                at=NOW,
            )
        )

    assert consent(agent, [], 3, 2) == ["covers_nothing", "ends_before_it_starts"]
    assert consent(agent, ["fill_in"], -3, -1) == ["over_already"]
    assert consent(own, ["fill_in"], 0, 3) == ["no_agent"]


def test_who_becomes_a_representative_needs_no_consent_and_as_agent_again_a_new_one(
    firm: Organisation, principal: User
) -> None:
    agent = an_agent(firm)
    membership = the_membership(firm, agent)

    memberships.change_kind(membership, kind="representative", by=principal, at=NOW)
    assert sees(agent, firm)
    memberships.change_kind(membership, kind="agent", by=principal, at=NOW)

    assert not sees(agent, firm)


def test_the_letters_to_an_organisation_without_an_address_never_go_to_its_agent(firm: Organisation) -> None:
    firm.email = ""
    an_agent(firm)

    letter = sending.queue(
        "registry/letters/roles_changed.html", to=firm, subject="Test", facts={"roles": []}, about="", at=NOW
    )

    assert letter.address == firm.memberships.answering().get().user.email


@pytest.mark.parametrize(
    "what", ["invited", "withdrawn", "declined", "joined", "changed", "removed", "left", "consented", "none"]
)
@pytest.mark.parametrize("kind", ["Agent", "Representative"])
def test_every_letter_names_the_organisation(what: str, kind: str) -> None:
    letter = Letter(
        template="registry/letters/acting.html",
        language="en-gb",
        subject="Test",
        at=NOW,
        facts={
            "what": what,
            "organisation": "Dyffryn Labour Ltd",
            "who": "Nia",
            "kind": kind,
            "is_agent": kind == "Agent",
            "by": "Rhian",
            "covers": ["Fill in"],
            "starts": "2026-11-02",
            "until": "2026-12-01",
            "receiver": {"name": "", "address": []},
        },
    )

    assert "Dyffryn Labour Ltd" in words.text(letter)
