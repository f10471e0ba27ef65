"""Sign-in by the directory: accounts, roles by groups, the second factor, and what holds when the directory is silent."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from config.directory import session as session_of_directory
from registry.accounts.actions import access, accounts
from registry.accounts.models import AccessRequest, User
from registry.directory.actions import ACCOUNT
from registry.directory.models import BreakGlassSignIn
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations import actions as organisations
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests.config.directory.conftest import RunningProvider, at_provider, back, begin, sign_in, words
from tests.config.test_sign_in import PASSWORD
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MFA = {"amr": ["pwd", "mfa"], "auth_time": "now"}


def on_trail(user: User) -> list[tuple[str, str]]:
    return list(Event.objects.filter(reference=user.reference).order_by("number").values_list("verb", "by_name"))


def test_the_first_sign_in_makes_the_account_with_the_roles_of_the_groups(provider: RunningProvider) -> None:
    browser = Client()
    assert "Sign in with Authority directory" in words(browser.get("/account/login/"))
    provider.says(mair=MFA)

    answer = sign_in(browser, "mair", following="/staff/people/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/staff/people/")
    mair = User.objects.get(email="mair@authority.example")
    assert (mair.name, mair.roles, mair.has_usable_password()) == ("Mair Officer", frozenset({"case_officer"}), False)
    assert EmailAddress.objects.get(user=mair).verified
    assert on_trail(mair) == [("join_by_directory", "The directory"), ("change_roles", "The directory")]
    assert browser.get("/staff/").status_code == 200
    assert browser.get("/staff/people/").status_code == 403
    # Nothing is kept of what the provider said, and no token in clear.
    assert SocialAccount.objects.get().extra_data == {}
    assert not any(part in str(dict(browser.session)) for part in ("eyJ", "access_token"))


def test_a_factor_that_the_file_does_not_trust_is_asked_for_here(provider: RunningProvider, settings: Settings) -> None:
    for amr in (["pwd"], ["mfa"]):
        provider.says(mair={**MFA, "amr": amr})
        browser = Client()
        sign_in(browser, "mair")
        answer = browser.get("/staff/")
        asked = answer.status_code == 302 and answer.headers["Location"].startswith("/account/2fa/totp/activate/")
        assert asked is (amr == ["pwd"])

    del settings.DIRECTORY["directory"]["second_factor"]
    browser = Client()
    sign_in(browser, "mair")
    assert browser.get("/staff/").status_code == 302


def test_to_decide_the_factor_is_shown_again_at_the_directory(provider: RunningProvider) -> None:
    provider.says(mair={**MFA, "auth_time": 1})
    browser = Client()
    sign_in(browser, "mair")
    page = browser.get("/account/step-up/?next=/staff/")
    assert "Sign in with Authority directory" in words(page)

    provider.says(mair=MFA)
    going = begin(browser, address="/account/directory/again/", following="/staff/")
    assert "prompt=login" in going and "max_age=0" in going
    assert back(browser, at_provider(going, "mair")).headers["Location"] == "/staff/"
    assert browser.get("/account/step-up/?next=/staff/").status_code == 302


def test_the_identity_is_the_subject_and_not_the_address(provider: RunningProvider) -> None:
    sign_in(Client(), "mair")
    mair = User.objects.get(email="mair@authority.example")

    provider.says(mair={"email": "another@authority.example"}, rhys={"email": mair.email, "groups": ["officers"]})
    assert sign_in(Client(), "mair").status_code == 302
    answer = sign_in(Client(), "rhys")

    assert answer.status_code == 403 and "Another identity" in words(answer)
    assert list(SocialAccount.objects.values_list("uid", "user")) == [("sub-of-mair", mair.pk)]


def test_an_account_of_staff_is_linked_once_and_loses_its_password(provider: RunningProvider) -> None:
    mair = person("case_officer", email="mair@authority.example", password=PASSWORD)
    for _time in range(2):
        sign_in(Client(), "mair")
    assert [verb for verb, _by in on_trail(mair)] == ["link_to_directory", "rename_by_directory"]
    assert not User.objects.get(pk=mair.pk).has_usable_password()


@pytest.mark.parametrize("email_verified", [True, False])
def test_no_account_of_an_applicant_becomes_one_of_staff(provider: RunningProvider, email_verified: bool) -> None:
    provider.says(mair={"email_verified": email_verified})
    applicant = person("applicant", email="mair@authority.example")
    answer = sign_in(Client(), "mair")
    assert answer.status_code == 403
    assert ("A business uses" in words(answer)) is email_verified
    assert User.objects.get(pk=applicant.pk).roles == {"applicant"}
    assert not SocialAccount.objects.exists()


def test_an_address_that_no_one_verified_makes_no_account(provider: RunningProvider, settings: Settings) -> None:
    provider.says(mair={"email_verified": False})
    assert "has not verified your email" in words(sign_in(Client(), "mair"))
    assert not User.objects.filter(email="mair@authority.example").exists()
    settings.DIRECTORY["directory"]["email_domains"] = ["authority.example"]
    assert sign_in(Client(), "mair").status_code == 302


def test_roles_that_must_not_meet_are_refused_as_by_hand(provider: RunningProvider) -> None:
    sign_in(Client(), "mair")
    mair = User.objects.get(email="mair@authority.example")
    provider.says(mair={"groups": ["officers", "deciders"]})
    answer = sign_in(Client(), "mair")
    assert answer.status_code == 403 and "One person must not be both" in words(answer)
    assert User.objects.get(pk=mair.pk).roles == {"case_officer"}
    assert not AccessRequest.objects.exists()


def test_who_acts_for_a_business_gets_no_role_of_staff(provider: RunningProvider) -> None:
    sign_in(Client(), "mair")
    mair = User.objects.get(email="mair@authority.example")
    organisations.open_file(legal_name="Dyffryn Labour Ltd", by=mair, at=NOW)
    mair.groups.clear()
    answer = sign_in(Client(), "mair")
    assert answer.status_code == 403 and "acts for a business" in words(answer)
    assert not User.objects.get(pk=mair.pk).roles


def test_a_role_that_takes_two_waits_for_an_administrator(provider: RunningProvider) -> None:
    provider.says(dewi=MFA)
    browser = Client()
    answer = sign_in(browser, "dewi")
    assert answer.status_code == 403 and "waiting for a second administrator" in words(answer)
    assert browser.get("/staff/").status_code == 302
    sign_in(browser, "dewi")
    request = AccessRequest.objects.get()
    assert (request.asked_by.email, request.roles) == (ACCOUNT, ["decision_maker"])

    access.approve_access(request, by=person("people_administrator"), at=NOW)
    sign_in(browser, "dewi")
    assert browser.get("/staff/").status_code == 200

    # Gone at once with the group; and asked for again with it.
    provider.says(dewi={"groups": ["officers"]})
    assert browser.get("/staff/").status_code == 200
    dewi = User.objects.get(email="dewi@authority.example")
    assert dewi.roles == {"case_officer"}
    provider.says(dewi={"groups": ["deciders"]})
    browser.get("/staff/")
    assert list(AccessRequest.objects.order_by("pk").values_list("status", flat=True)) == ["given", "asked"]


def test_what_was_not_approved_is_not_asked_again(provider: RunningProvider) -> None:
    provider.says(mair=MFA)
    browser = Client()
    sign_in(browser, "mair")
    provider.says(mair={"groups": ["deciders"]})
    assert browser.get("/staff/").status_code == 403
    access.refuse_access(
        AccessRequest.objects.get(),
        because="He has left the unit that decides.",
        by=person("people_administrator"),
        at=NOW,
    )
    assert "not approved" in words(sign_in(browser, "mair"))
    assert AccessRequest.objects.count() == 1
    assert not Letter.objects.filter(address=ACCOUNT).exists()


def test_roles_are_not_changed_by_hand(provider: RunningProvider) -> None:
    sign_in(Client(), "mair")
    mair = User.objects.get(email="mair@authority.example")
    with pytest.raises(Refused) as refused:
        accounts.change_roles(mair, roles=["inspector"], by=person("people_administrator"), at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["by_directory"]


# --- the next request


def test_a_group_that_is_removed_ends_access_at_the_next_request(provider: RunningProvider) -> None:
    provider.says(mair={**MFA, "groups": ["officers", "inspectors"]})
    browser = Client()
    sign_in(browser, "mair")
    assert browser.get("/staff/").status_code == 200

    provider.says(mair={"groups": ["officers"]})
    assert browser.get("/staff/").status_code == 200
    mair = User.objects.get(email="mair@authority.example")
    assert mair.roles == {"case_officer"}

    provider.says(mair={"groups": []})
    answer = browser.get("/staff/")
    assert answer.status_code == 403 and "None of your groups" in words(answer)
    assert (User.objects.get(pk=mair.pk).roles, "_auth_user_id" in browser.session) == (frozenset(), False)
    assert on_trail(mair)[-1] == ("change_roles", "The directory")


def test_rights_are_asked_as_often_as_the_file_says(provider: RunningProvider, settings: Settings) -> None:
    settings.DIRECTORY["directory"]["ask_again_after"] = 60
    provider.says(mair=MFA)
    browser = Client()
    sign_in(browser, "mair")
    provider.says(mair={"groups": []})
    assert browser.get("/staff/").status_code == 200

    session = browser.session
    session["directory"] = {**session["directory"], "confirmed_at": 0}
    session.save()
    assert browser.get("/staff/").status_code == 403


def test_groups_that_only_tokens_name_are_asked_by_refreshing(provider: RunningProvider, settings: Settings) -> None:
    settings.DIRECTORY["directory"]["ask_by"] = "refresh"
    provider.says(mair=MFA)
    browser = Client()
    sign_in(browser, "mair")
    assert [browser.get("/staff/").status_code for _time in range(2)] == [200, 200]
    provider.says(mair={"groups": []})
    assert browser.get("/staff/").status_code == 403


def test_an_access_token_that_has_expired_is_renewed_once(provider: RunningProvider) -> None:
    provider.says(mair=MFA)
    browser = Client()
    sign_in(browser, "mair")
    assert _spoilt(browser, "access").get("/staff/").status_code == 200
    assert _spoilt(browser, "access", "refresh").get("/staff/").headers["Location"].startswith("/account/login/")


def _spoilt(browser: Client, *names: str) -> Client:
    session = browser.session
    session["directory"] = {
        **session["directory"],
        **{name: session_of_directory._sealed("no such token") for name in names},
    }
    session.save()
    return browser


@pytest.mark.parametrize("broken", ["userinfo", ".well-known"])
def test_while_the_directory_is_silent_nothing_is_done(provider: RunningProvider, broken: str) -> None:
    provider.says(mair=MFA)
    browser = Client()
    sign_in(browser, "mair")
    cache.clear()
    provider.put(broken=[broken])
    for answer in (browser.get("/staff/"), browser.post("/account/name/", {"name": "M"})):
        assert answer.status_code == 503 and "directory that confirms your access does not answer" in words(answer)
    assert 'value="M"' in answer.content.decode()
    assert browser.get("/check/").status_code == 200
    assert User.objects.get(email="mair@authority.example").roles == {"case_officer"}

    provider.put(broken=[])
    assert browser.get("/staff/").status_code == 200


# --- by a password


def test_staff_cannot_sign_in_with_a_password_or_get_a_new_one(provider: RunningProvider) -> None:
    officer = person("case_officer", email="mair@authority.example", password=PASSWORD)
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    browser = Client()
    answer = browser.post("/account/login/", {"login": officer.email, "password": PASSWORD})
    assert answer.status_code == 403 and "Members of staff sign in with Authority directory" in words(answer)
    assert "_auth_user_id" not in browser.session

    browser.post("/account/password/reset/", {"email": officer.email})
    assert [one.subject for one in mail.outbox] == ["You sign in with the directory"]

    # A session that a password began before there was a directory ends.
    assert signed_in(officer).get("/staff/").headers["Location"].startswith("/account/login/")
    applicant = person("applicant")
    assert signed_in(applicant).get("/licences/").status_code == 200


def test_an_emergency_account_signs_in_and_everyone_is_told(provider: RunningProvider) -> None:
    first, second = (
        person("people_administrator", email="emergency@authority.example", password=PASSWORD),
        person("people_administrator"),
    )
    EmailAddress.objects.create(user=first, email=first.email, verified=True, primary=True)
    provider.put(broken=["/"])
    browser = Client()
    assert browser.post("/account/login/", {"login": first.email, "password": PASSWORD}).status_code == 302
    assert browser.get("/staff/").headers["Location"].startswith("/account/2fa/totp/activate/")

    sign_in = BreakGlassSignIn.objects.get(person=first)
    assert Event.objects.get(reference=sign_in.reference).verb == "sign_in_past_directory"
    told = Letter.objects.filter(template="registry/letters/break_glass.html")
    assert {letter.address for letter in told} == {first.email, second.email}
    provider.put(broken=[])
    provider.says(mair={"email": first.email})
    assert "This is an emergency account" in words(sign_in_as_mair())

    page = signed_in_past_directory(second, provider)
    assert "Confirm a sign-in with an emergency account" in words(page.get("/staff/"))
    address = f"/staff/emergency-access/{sign_in.reference}/"
    assert page.get(address).status_code == 200
    page.post(f"{address}confirm/", {"because": "The directory was down."})
    sign_in.refresh_from_db()
    assert (sign_in.status, sign_in.confirmed_by, sign_in.used_for) == (
        "glass_confirmed",
        second,
        "The directory was down.",
    )
    assert not Task.objects.open().filter(kind="breakglasssignin.confirm").exists()


def sign_in_as_mair() -> Any:
    return sign_in(Client(), "mair")


def signed_in_past_directory(user: User, provider: RunningProvider) -> Client:
    """A session of an administrator that the directory began."""
    provider.says(dewi={**MFA, "email": user.email, "groups": ["administrators"]})
    browser = Client()
    sign_in(browser, "dewi")
    return browser


# --- citizens


def test_a_citizen_signs_up_as_an_applicant_and_never_as_staff(provider: RunningProvider) -> None:
    provider.says(rhys={"groups": ["officers"]})
    browser = Client()
    assert sign_in(browser, "rhys", kind="citizens").status_code == 302
    rhys = User.objects.get(email="rhys@authority.example")
    assert rhys.roles == {"applicant"}
    assert browser.get("/licences/").status_code == 200

    officer = person("case_officer", email="mair@authority.example")
    answer = sign_in(Client(), "mair", kind="citizens")
    assert answer.status_code == 403 and "Members of staff cannot sign in here" in words(answer)
    assert not SocialAccount.objects.filter(user=officer).exists()
