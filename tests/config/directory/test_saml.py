"""Sign-in by a directory that speaks SAML: as by OpenID Connect, but that only the browser of a person can ask it again."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as project
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from pytest_django import Settings

from config import services
from registry.accounts.models import Scope, User
from registry.directory_service import staff_directory
from registry.directory_service.faults import faults
from registry.directory_service.saml import claims
from registry.directory_service.tokens import NotBelieved
from registry.trail.models.events import Event
from tests.config.directory.conftest import words
from tests.config.directory.saml_directory import (
    ENTITY,
    MFA,
    PAGE,
    PASSWORD,
    US,
    Said,
    SamlDirectory,
    encoded,
    hostile,
    question,
)
from tests.config.test_staff_api import a_program
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ANSWER = "/account/directory/saml/"
MAIR = Said()


@pytest.fixture
def directory(tmp_path: Path, settings: Settings) -> Iterator[SamlDirectory]:
    """The directory of this installation speaks SAML."""
    found = SamlDirectory(tmp_path)
    settings.DIRECTORY = {
        "directory": {
            "protocol": "saml",
            "name": "Authority directory",
            "issuer": ENTITY,
            "client_id": US,
            "metadata": str(found.metadata),
            "pages": ["https://login.authority.example"],
            "email_domains": ["authority.example"],
            "groups": {"officers": ["case_officer"], "inspectors": ["inspector"], "deciders": ["decision_maker"]},
            "second_factor": {"acr": [MFA]},
            "break_glass": ["emergency@authority.example"],
        }
    }
    settings.DIRECTORY_PAGES = ["https://login.authority.example"]
    cache.clear()
    yield found


def asked(browser: Client, following: str = "") -> str:
    """Press the button; the address of the directory to which it leads."""
    going = browser.post("/account/directory/sign-in/", {"next": following})
    assert going.status_code == 302 and going.headers["Location"].startswith(PAGE)
    return str(going.headers["Location"])


def posted(browser: Client, answer: str) -> Any:
    """What the browser does with the page of the directory: the post comes without our session, what follows with it."""
    session = browser.cookies.pop("sessionid", None)
    taken = browser.post(ANSWER, {"SAMLResponse": answer})
    if session is not None:
        browser.cookies["sessionid"] = session.value
    return browser.get(taken.headers["Location"]) if taken.status_code == 303 else taken


def sign_in(directory: SamlDirectory, browser: Client, said: Said = MAIR, following: str = "") -> Any:
    return posted(browser, directory.answer(asked(browser, following), said))


def over(browser: Client) -> None:
    """What the directory said is a quarter of an hour old."""
    session = browser.session
    session["directory"] = {**session["directory"], "confirmed_at": session["directory"]["confirmed_at"] - 901}
    session.save()


def test_the_first_sign_in_makes_the_account_with_the_roles_of_the_groups(directory: SamlDirectory) -> None:
    browser = Client()
    assert "Sign in with Authority directory" in words(browser.get("/account/login/"))
    said = replace(MAIR, groups=("officers", *(f"team-{number}" for number in range(300))))

    answer = sign_in(directory, browser, said, following="/staff/people/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/staff/people/")
    mair = User.objects.get(email="mair@authority.example")
    assert (mair.name, mair.roles, mair.has_usable_password()) == ("Mair Officer", frozenset({"case_officer"}), False)
    assert list(Event.objects.filter(reference=mair.reference).order_by("number").values_list("verb", "by_name")) == [
        ("join_by_directory", "The directory"),
        ("change_roles", "The directory"),
    ]
    assert browser.get("/staff/").status_code == 200
    assert browser.get("/staff/people/").status_code == 403
    assert sign_in(directory, Client(), replace(MAIR, email="another@authority.example")).status_code == 302
    assert User.objects.filter(email="another@authority.example").count() == 0


def test_what_is_no_answer_costs_little(directory: SamlDirectory) -> None:
    """Anyone may post to this address: what is not an answer of a directory is refused before its signature is computed."""
    good, provider = directory.response("_q", MAIR), staff_directory()
    assert provider is not None
    claims(provider, encoded(good), origin=project.SITE_ADDRESS)
    for name, text in hostile(good):
        costs = []
        for _time in range(3):
            began = time.process_time()
            with pytest.raises(NotBelieved):
                claims(provider, encoded(text), origin=project.SITE_ADDRESS)
            costs.append(1000 * (time.process_time() - began))
        assert min(costs) < 25, name


def test_an_answer_that_is_signed_twice_is_believed(directory: SamlDirectory) -> None:
    browser = Client()
    page = asked(browser)
    twice = directory.signed(directory.response(question(page)["ID"], MAIR))
    assert twice.count("<ds:Reference ") == 2
    assert posted(browser, encoded(twice)).status_code == 302


def test_an_address_of_another_domain_makes_no_account(directory: SamlDirectory) -> None:
    answer = sign_in(directory, Client(), replace(MAIR, email="mair@elsewhere.example"))
    assert answer.status_code == 403 and "has not verified your email" in words(answer)
    assert not User.objects.filter(email__startswith="mair").exists()


def test_a_factor_that_the_file_does_not_trust_is_asked_for_here(directory: SamlDirectory) -> None:
    assert "RequestedAuthnContext" not in question(asked(Client()))
    for context, asks in ((PASSWORD, True), (MFA, False)):
        browser = Client()
        sign_in(directory, browser, replace(MAIR, context=context))
        answer = browser.get("/staff/")
        asked_here = answer.status_code == 302 and answer.headers["Location"].startswith("/account/2fa/totp/activate/")
        assert asked_here is asks


def test_to_decide_the_factor_is_shown_again_at_the_directory(directory: SamlDirectory) -> None:
    browser = Client()
    sign_in(directory, browser, replace(MAIR, shown=timedelta(hours=2)))
    assert "Sign in with Authority directory" in words(browser.get("/account/step-up/?next=/staff/"))
    going = browser.post("/account/directory/again/", {"next": "/staff/"}).headers["Location"]
    assert question(going)["ForceAuthn"] == "true"
    assert posted(browser, directory.answer(going, MAIR)).headers["Location"] == "/staff/"
    assert browser.get("/account/step-up/?next=/staff/").status_code == 302


# --- the next quarter of an hour


def test_the_browser_asks_again_and_a_group_that_is_removed_ends_access(directory: SamlDirectory) -> None:
    browser = Client()
    said = replace(MAIR, groups=("officers", "inspectors"))
    sign_in(directory, browser, said)
    over(browser)
    going = browser.get("/staff/tasks/?page=2")
    assert going.status_code == 302 and "ForceAuthn" not in question(going.headers["Location"])

    back = posted(browser, directory.answer(going.headers["Location"], replace(said, groups=("officers",))))

    assert back.headers["Location"] == "/staff/tasks/?page=2"
    mair = User.objects.get(email="mair@authority.example")
    assert mair.roles == {"case_officer"}
    over(browser)
    none_left = replace(said, groups=("walkers",))
    refused = posted(browser, directory.answer(browser.get("/staff/").headers["Location"], none_left))
    assert refused.status_code == 403
    assert User.objects.get(pk=mair.pk).roles == frozenset()
    assert browser.get("/staff/").status_code != 200


def test_what_was_typed_waits_while_the_browser_asks_again(directory: SamlDirectory) -> None:
    browser = Client()
    sign_in(directory, browser)
    page = browser.get("/account/name/").content.decode()
    seal = page.split('name="seal" value="')[1].split('"')[0]
    over(browser)
    going = browser.post("/account/name/", {"name": "Mair Typed", "seal": seal})
    assert going.headers["Location"].startswith(PAGE)
    back = posted(browser, directory.answer(going.headers["Location"], MAIR))
    assert back.headers["Location"] == "/account/name/"
    assert 'value="Mair Typed"' in browser.get("/account/name/").content.decode()
    assert User.objects.get(email="mair@authority.example").name == "Mair Officer"


def test_a_session_ends_with_that_of_the_directory(directory: SamlDirectory) -> None:
    browser = Client()
    sign_in(directory, browser, replace(MAIR, session_for=timedelta(seconds=-1), at=timedelta(seconds=-30)))
    assert "_auth_user_id" not in browser.session
    browser = Client()
    sign_in(directory, browser, replace(MAIR, session_for=timedelta(seconds=60)))
    assert browser.get("/staff/").status_code == 200
    session = browser.session
    session["directory"] = {**session["directory"], "until": session["directory"]["until"] - 61}
    session.save()
    assert browser.get("/staff/").headers["Location"].startswith(PAGE)


def test_keys_of_a_person_rest_on_the_last_day(directory: SamlDirectory) -> None:
    browser = Client()
    sign_in(directory, browser)
    mair = User.objects.get(email="mair@authority.example")
    program = a_program(mair, Scope.READ)
    over(browser)  # only a browser can ask, and a program has none
    assert program.get("organisations").status_code == 200
    SocialAccount.objects.update(last_login=timezone.now() - timedelta(days=2))
    assert program.get("organisations").status_code == 401


# --- what is not believed

CHANGES = {
    "no signature": replace(MAIR, signed="nothing"),
    "only around it": replace(MAIR, signed="response"),
    "a weak signature": replace(MAIR, algorithm=Names.RSA_SHA1),
    "of another directory": replace(MAIR, issuer="urn:example:another"),
    "for another service": replace(MAIR, audience="https://elsewhere.example/saml"),
    "for no service": replace(MAIR, audience=None),
    "for another address": replace(MAIR, recipient="https://elsewhere.example/"),
    "sent elsewhere": replace(MAIR, destination="https://elsewhere.example/"),
    "to another question": replace(MAIR, answers="_another"),
    "to no question": replace(MAIR, answers=""),
    "of yesterday": replace(MAIR, at=timedelta(days=-200)),
    "of tomorrow": replace(MAIR, at=timedelta(days=1)),
    "for one visit": replace(MAIR, format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
    "of no one": replace(MAIR, sub=""),
}


@pytest.mark.parametrize("said", CHANGES.values(), ids=CHANGES)
def test_an_answer_is_believed_only_whole(directory: SamlDirectory, said: Said) -> None:
    browser = Client()
    answer = sign_in(directory, browser, said)
    assert answer.status_code == 403 and "Authority directory" in words(answer)
    assert "_auth_user_id" not in browser.session
    assert not User.objects.filter(email="mair@authority.example").exists()


def _of_another_key(directory: SamlDirectory, asked: str, folder: Path) -> str:
    (folder / "other").mkdir()
    return SamlDirectory(folder / "other").response(asked, MAIR)


def _another_person(directory: SamlDirectory, asked: str, _folder: Path) -> str:
    return directory.response(asked, MAIR).replace("mair@", "dewi@")


def _a_comment(directory: SamlDirectory, asked: str, _folder: Path) -> str:
    """The text before a comment is another identity than the whole."""
    return directory.response(asked, replace(MAIR, sub="id-of-mairX")).replace("id-of-mairX", "id-of-mair<!-- -->X")


def _wrapped(directory: SamlDirectory, asked: str, _folder: Path) -> str:
    """The signed assertion is there, and beside it one that was made up."""
    genuine = directory.response(asked, MAIR)
    assertion = (
        "<saml:Assertion" + genuine.split("<saml:Assertion")[1].split("</saml:Assertion>")[0] + "</saml:Assertion>"
    )
    made_up = directory.response(asked, replace(MAIR, sub="id-of-dewi", signed="nothing"))
    evil = "<saml:Assertion" + made_up.split("<saml:Assertion")[1].split("</saml:Assertion>")[0] + "</saml:Assertion>"
    return genuine.replace(assertion, evil.replace('ID="_a1"', 'ID="_a2"') + assertion)


def _hidden(directory: SamlDirectory, asked: str, _folder: Path) -> str:
    """The signed assertion lies inside the made-up one, where its signature still holds."""
    genuine = directory.response(asked, MAIR)
    assertion = (
        "<saml:Assertion" + genuine.split("<saml:Assertion")[1].split("</saml:Assertion>")[0] + "</saml:Assertion>"
    )
    evil = assertion.split("<ds:Signature")[0].replace("id-of-mair", "id-of-dewi").replace('ID="_a1"', 'ID="_evil"')
    rest = assertion.split("</ds:Signature>")[1].replace("id-of-mair", "id-of-dewi")
    inside = rest.replace("<saml:Subject>", f"<saml:Advice>{assertion}</saml:Advice><saml:Subject>", 1)
    return genuine.replace(assertion, evil + inside)


def _entity(directory: SamlDirectory, asked: str, _folder: Path) -> str:
    return f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>{directory.response(asked, MAIR)}'


FORGED = (_of_another_key, _another_person, _a_comment, _wrapped, _hidden, _entity)


@pytest.mark.parametrize("forge", FORGED)
def test_an_answer_that_was_changed_is_not_believed(
    directory: SamlDirectory, tmp_path: Path, forge: Callable[[SamlDirectory, str, Path], str]
) -> None:
    browser = Client()
    forged = forge(directory, question(asked(browser))["ID"], tmp_path)
    answer = posted(browser, encoded(forged))
    people = set(User.objects.filter(email__endswith="@authority.example").values_list("email", flat=True))
    if people:  # a signature holds with a comment in it; then the whole identity counts, and never a part
        assert forge is _a_comment and SocialAccount.objects.get().uid == "id-of-mairX"
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("sent", ["", "x", "%%%", encoded("<a"), encoded("<a/>"), "A" * 300_000])
def test_nonsense_is_answered_in_words(directory: SamlDirectory, sent: str) -> None:
    answer = Client().post(ANSWER, {"SAMLResponse": sent})
    assert answer.status_code == 403 and "Authority directory" in words(answer)
    assert Client().get(ANSWER).status_code == 405


def test_an_answer_is_for_one_browser_once(directory: SamlDirectory) -> None:
    victim, attacker = Client(), Client()
    answer = directory.answer(asked(attacker), MAIR)
    # Of someone else: the attacker wants another person to work under the attacker's name.
    assert posted(victim, answer).status_code == 403
    assert posted(attacker, answer).status_code == 302
    again = Client()
    again.cookies = attacker.cookies
    assert posted(again, answer).status_code == 403
    assert Client().get("/account/directory/saml/answer/").status_code == 403


def test_several_tabs_may_ask(directory: SamlDirectory) -> None:
    browser = Client()
    first, second = asked(browser, "/staff/tasks/"), asked(browser, "/staff/find/")
    assert posted(browser, directory.answer(first, MAIR)).headers["Location"] == "/staff/tasks/"
    assert posted(browser, directory.answer(second, MAIR)).headers["Location"] == "/staff/find/"


def test_following_leads_to_no_other_site(directory: SamlDirectory) -> None:
    assert sign_in(directory, Client(), following="https://elsewhere.example/").headers["Location"] == "/home/"


# --- around it


def test_only_its_own_protocol_is_spoken(directory: SamlDirectory, settings: Settings) -> None:
    assert Client().get("/account/directory/signed-in/").status_code == 404
    assert Client().post("/account/directory/log-out/", {"logout_token": "x"}).status_code == 404
    metadata = Client().get("/account/directory/saml/metadata.xml")
    assert US in metadata.content.decode() and f"{settings.SITE_ADDRESS}{ANSWER}" in metadata.content.decode()
    browser = Client()
    sign_in(directory, browser)
    assert browser.post("/account/logout/").headers["Location"] == "/"

    settings.DIRECTORY = {}
    assert Client().post(ANSWER, {"SAMLResponse": "x"}).status_code == 404
    assert Client().get("/account/directory/saml/metadata.xml").status_code == 404


def test_an_attribute_can_be_the_identity(directory: SamlDirectory, settings: Settings) -> None:
    settings.DIRECTORY["directory"]["subject_claim"] = "id"
    sign_in(directory, Client(), replace(MAIR, format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"))
    assert SocialAccount.objects.get().uid == "e-17"


def test_two_certificates_hold_while_the_directory_changes_them(directory: SamlDirectory, tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    coming = SamlDirectory(tmp_path / "next")
    directory.write_metadata(directory.certificate, coming.certificate)
    assert sign_in(directory, Client()).status_code == 302
    assert sign_in(coming, Client()).status_code == 302
    directory.write_metadata(coming.certificate)
    assert sign_in(directory, Client()).status_code == 403


def test_the_file_is_checked(directory: SamlDirectory, settings: Settings, tmp_path: Path) -> None:
    def found(**said: Any) -> str:
        settings.DIRECTORY = {"directory": {**whole, **said}}
        return " ".join(faults(at=timezone.now()))

    whole = settings.DIRECTORY["directory"]
    assert found() == ""
    assert services.ASKED["directory"]().startswith(f"{ENTITY}, whose certificate holds until 20")
    assert "protocol must be" in found(protocol="kerberos")
    assert "from 60 to 900" in found(ask_again_after=0)
    assert "No such file" in found(metadata=str(tmp_path / "none.xml"))
    assert "metadata is missing" in found(metadata="")
    assert "has no entity urn:another" in found(issuer="urn:another")
    assert "metadata is for SAML alone" in found(protocol="openid", issuer="https://login.authority.example")
    settings.DIRECTORY_PAGES = []
    assert "pages must name https://login.authority.example" in found()
    directory.write_metadata(page="http://login.authority.example/sso")
    assert "does not begin with https://" in found()
    directory.metadata.write_text("no XML")
    assert "is no XML" in found()
    expired = SamlDirectory(tmp_path, days=-200)
    assert "has expired" in found(metadata=str(expired.metadata))


def test_the_nightly_file_off_boards_by_the_same_identity(directory: SamlDirectory, tmp_path: Path) -> None:
    sign_in(directory, Client())
    person("people_administrator", email="emergency@authority.example")
    export = tmp_path / "people.csv"
    export.write_text("sub,email,name,groups,active\nid-of-mair,mair@authority.example,Mair Officer,officers,no\n")
    call_command("import_directory", str(export), "--yes")
    assert not User.objects.get(email="mair@authority.example").is_active
    answer = sign_in(directory, Client())
    assert answer.status_code == 403
