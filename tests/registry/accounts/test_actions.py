"""Who may sign in, and as what."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from registry.accounts.actions import access, accounts
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations import actions as organisations
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return person("people_administrator", name="Ada Admin")


@pytest.fixture
def officer() -> User:
    return person("case_officer", name="Olive Officer")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def last_event() -> Event:
    return Event.objects.order_by("-number")[0]


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_inviting_lets_somebody_in_with_these_roles_and_writes_to_them(administrator: User) -> None:
    invited = accounts.invite(
        email="New.Officer@people.example", name="Nia New", roles=["case_officer"], by=administrator, at=NOW
    )

    assert invited.email == "new.officer@people.example"
    assert fresh(invited).has_perm("licensing.propose_decision")
    assert not invited.has_usable_password()
    letter = Letter.objects.get(address=invited.email)
    assert letter.facts["roles"] == ["Case officer"]
    event = last_event()
    assert (event.verb, event.reference, event.by) == ("invite", invited.reference, administrator.reference)
    assert event.facts == {"roles": ["case_officer"]}


def test_inviting_needs_the_permission(officer: User) -> None:
    with pytest.raises(PermissionDenied):
        accounts.invite(email="a@people.example", name="A", roles=["auditor"], by=officer, at=NOW)

    assert not User.objects.filter(email="a@people.example").exists()


def test_inviting_refuses_an_address_that_has_access_and_no_role_at_once(administrator: User, officer: User) -> None:
    with pytest.raises(Refused) as refused:
        accounts.invite(email=officer.email.upper(), name="A", roles=[], by=administrator, at=NOW)

    assert codes(refused) == ["known", "no_role"]


def test_somebody_off_boarded_comes_back_under_the_same_reference(administrator: User, officer: User) -> None:
    accounts.off_board(officer, because="Left the authority.", by=administrator, at=NOW)

    back = accounts.invite(email=officer.email, name="Olive O", roles=["auditor"], by=administrator, at=NOW)

    assert back.reference == officer.reference
    assert fresh(back).is_active
    assert fresh(back).roles == {"auditor"}


def test_a_role_that_is_not_for_people_is_a_mistake(administrator: User) -> None:
    with pytest.raises(ValueError, match="system"):
        accounts.invite(email="job@people.example", name="Job", roles=["system"], by=administrator, at=NOW)


def test_changed_roles_hold_from_the_next_request(administrator: User, officer: User) -> None:
    client = signed_in(officer)

    accounts.change_roles(officer, roles=["applicant"], by=administrator, at=NOW)

    assert client.get("/staff/organisations/").status_code == 403
    assert last_event().facts == {"roles": ["applicant"], "roles_before": ["case_officer"]}
    assert Letter.objects.filter(address=officer.email, template="registry/letters/roles_changed.html").exists()


def test_nobody_changes_their_own_access(administrator: User) -> None:
    for act in (accounts.reset_second_factor, accounts.off_board):
        with pytest.raises(Refused) as refused:
            act(administrator, because="I would like to.", by=administrator, at=NOW)
        assert codes(refused) == ["oneself"]
    with pytest.raises(Refused) as refused:
        accounts.change_roles(administrator, roles=["decision_maker"], by=administrator, at=NOW)
    assert codes(refused) == ["oneself"]
    assert fresh(administrator).roles == {"people_administrator"}


def test_changing_roles_refuses_what_is_so_already(administrator: User, officer: User) -> None:
    with pytest.raises(Refused) as refused:
        accounts.change_roles(officer, roles=["case_officer"], by=administrator, at=NOW)

    assert codes(refused) == ["no_change"]


@pytest.mark.parametrize("act", [accounts.change_roles, accounts.reset_second_factor, accounts.off_board])
def test_changing_access_needs_the_permission(act: object, officer: User) -> None:
    other = person("auditor")
    words = {"roles": ["applicant"]} if act is accounts.change_roles else {"because": "They asked me to."}

    with pytest.raises(PermissionDenied):
        act(other, by=officer, at=NOW, **words)  # type: ignore[operator]

    assert fresh(other).roles == {"auditor"}
    assert fresh(other).is_active


def test_resetting_takes_the_second_factor_off_and_ends_every_session(administrator: User, officer: User) -> None:
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "x"})
    Authenticator.objects.create(user=officer, type=Authenticator.Type.RECOVERY_CODES, data={})
    client, bystander = signed_in(officer), signed_in(administrator)

    accounts.reset_second_factor(officer, because="Lost the telephone; spoke to her.", by=administrator, at=NOW)
    access.approve_access(officer.access_requests.get(), by=person("people_administrator"), at=NOW)

    assert not Authenticator.objects.filter(user=officer).exists()
    assert client.get("/account/").headers["Location"].startswith("/account/login/")
    assert bystander.session["_auth_user_id"] == str(administrator.pk)
    assert last_event().because == "Lost the telephone; spoke to her."
    assert Letter.objects.filter(address=officer.email, template="registry/letters/second_factor_reset.html").exists()


def test_off_boarding_shuts_out_at_the_next_request(administrator: User, officer: User) -> None:
    officer.set_password("a password of some length")
    officer.save()
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = signed_in(officer)

    accounts.off_board(officer, because="Left the authority.", by=administrator, at=NOW)

    assert client.get("/account/").headers["Location"].startswith("/account/login/")
    gone = fresh(officer)
    assert (gone.is_active, gone.has_usable_password(), gone.roles) == (False, False, frozenset())
    assert not gone.get_all_permissions()
    assert not Authenticator.objects.filter(user=officer).exists()
    assert last_event().facts == {"roles_before": ["case_officer"]}


def test_off_boarding_ends_what_somebody_acts_for(administrator: User) -> None:
    applicant = person("applicant")
    organisation = organisations.open_file(legal_name="Meadow Hands Ltd", by=applicant, at=NOW)

    accounts.off_board(applicant, because="Asked to be forgotten.", by=administrator, at=NOW)

    assert not type(organisation).objects.acted_for_by(applicant).exists()


def test_an_off_boarded_person_is_not_changed_again(administrator: User, officer: User) -> None:
    accounts.off_board(officer, because="Left the authority.", by=administrator, at=NOW)

    with pytest.raises(Refused) as refused:
        accounts.change_roles(officer, roles=["auditor"], by=administrator, at=NOW)

    assert codes(refused) == ["off_boarded"]


def test_the_first_administrator_is_appointed() -> None:
    first = accounts.appoint_first(email="first@people.example", name="First", by=None, at=NOW)

    assert fresh(first).has_perm("registry.manage_people")


def test_signing_up_gives_no_more_than_an_applicant(administrator: User) -> None:
    joined = accounts.join(User.objects.create_user("joins@people.example"), by=None, at=NOW)

    assert fresh(joined).roles == {"applicant"}
    assert last_event().verb == "join"


def test_the_trail_never_says_a_password(officer: User) -> None:
    accounts.set_password(officer, password="a long enough phrase", by=officer, at=NOW)

    assert fresh(officer).check_password("a long enough phrase")
    assert last_event().facts == {}
