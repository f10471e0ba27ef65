"""By what a person gets in is evidence: each password, factor, key, address and identity was set by an event about that person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db import connection, models
from django.test import Client

from registry.accounts.actions import access, accounts, keys
from registry.accounts.models import ApiKey, SignIn, User
from registry.directory import actions as directory
from registry.integrity import covering
from registry.trail.actions import events as trail
from registry.trail.models.covered import RowDigest, covered_fields, kinds_of
from registry.trail.models.events import Event
from registry.trail.queries import chain
from tests import database
from tests.config.test_sign_in import officer_with_password, sign_in, with_second_factor
from tests.conftest import NOW
from tests.people import person
from tests.registry.integrity.test_covering import commit, faults, rewrite
from tests.registry.stories import with_proved_address
from tests.tampering import Tampering, recompute

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace() -> User:
    """The decision-maker, with a password, an address, an app and recovery codes."""
    officer = officer_with_password("decision_maker")
    with_second_factor(officer)
    commit()
    assert faults() == ()
    return officer


def a_key(owner: User) -> ApiKey:
    return keys.make(name="Desk", scopes=["read"], days=30, by=owner, at=NOW).key


def an_identity(owner: User) -> Any:
    return SocialAccount.objects.create(user=owner, provider="directory", uid="grace")


def put_in(model: type[models.Model], **values: Any) -> str:
    """A row that no action has made, by SQL; says its key."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{fields[name].column}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    prepared = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
    rewrite(f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', *prepared)
    return str(model._base_manager.order_by("-pk")[0].pk)


# --- what someone with the keys of the database does ---


def test_a_password_that_was_put_in_is_named(grace: User) -> None:
    rewrite("UPDATE registry_user SET password = %s WHERE id = %s", make_password("mine and no one else's"), grace.pk)

    assert [fault.split(": ")[0] for fault in faults()] == [f"Rows, registry.signin {grace.pk}"]


def test_a_factor_that_was_put_in_or_changed_is_named(grace: User) -> None:
    mine = with_second_factor(person("applicant"))
    assert mine
    commit()
    secret = Authenticator.objects.exclude(user=grace).get(type="totp").data
    field = Authenticator._meta.get_field("data").get_db_prep_save(secret, connection)
    changed = Authenticator.objects.get(user=grace, type="totp").pk
    rewrite("UPDATE mfa_authenticator SET data = %s WHERE id = %s", field, changed)
    added = put_in(Authenticator, user_id=grace.pk, type="webauthn", data={"name": "Mine"}, created_at=NOW)

    found = faults()
    assert any(fault.startswith(f"Rows, mfa.authenticator {changed}: is not as event") for fault in found)
    assert f"Rows, mfa.authenticator {added}: was added without an event" in found
    assert f"Agreement, mfa.authenticator {added}: no event about {grace.reference} has set it" in found


def test_a_factor_of_another_that_was_moved_is_named(grace: User) -> None:
    other = person("applicant")
    TOTP.activate(other, generate_totp_secret())
    commit()
    rewrite("DELETE FROM mfa_authenticator WHERE user_id = %s", grace.pk)
    rewrite("UPDATE mfa_authenticator SET user_id = %s WHERE user_id = %s", grace.pk, other.pk)
    moved = Authenticator.objects.get(user=grace).pk

    assert f"Agreement, mfa.authenticator {moved}: no event about {grace.reference} has set it" in faults()


def test_an_address_to_which_codes_would_go_is_named(grace: User) -> None:
    mine = put_in(EmailAddress, user_id=grace.pk, email="mine@elsewhere.example", verified=False, primary=False)

    assert f"Agreement, account.emailaddress {mine}: no event about {grace.reference} has set it" in faults()


def test_a_key_that_was_moved_to_someone_else_and_may_decide_is_named(grace: User) -> None:
    key = a_key(person("case_officer"))
    commit()
    rewrite("UPDATE registry_apikey SET user_id = %s, scopes = '[\"decide\"]' WHERE id = %s", grace.pk, key.pk)

    assert any(fault.startswith(f"Rows, registry.apikey {key.pk}: is not as event") for fault in faults())


def test_an_identity_of_the_directory_that_was_put_in_is_named(grace: User) -> None:
    mine = put_in(
        SocialAccount, user_id=grace.pk, provider="directory", uid="me", last_login=NOW, date_joined=NOW, extra_data={}
    )

    assert f"Agreement, socialaccount.socialaccount {mine}: no event about {grace.reference} has set it" in faults()


def test_a_right_that_was_given_past_all_roles_is_named(grace: User) -> None:
    right = Permission.objects.get(codename="manage_people")
    rewrite("INSERT INTO registry_user_user_permissions (user_id, permission_id) VALUES (%s, %s)", grace.pk, right.pk)

    assert any(fault.startswith(f"Rows, registry.signin {grace.pk}: is not as event") for fault in faults())


SECRETS: dict[str, Callable[[User], models.Model]] = {
    "registry.signin": lambda owner: SignIn.objects.get(pk=owner.pk),
    "mfa.authenticator": lambda owner: Authenticator.objects.get(user=owner, type="totp"),
    "account.emailaddress": lambda owner: EmailAddress.objects.get(user=owner),
    "socialaccount.socialaccount": an_identity,
    "registry.apikey": a_key,
}


@pytest.mark.parametrize("kind", SECRETS)
def test_without_the_key_of_the_installation_no_one_makes_a_digest_for_another_secret(
    kind: str, grace: User, settings: Any
) -> None:
    """All digests and chains are recomputed by someone who has not NAMES_KEY: found without a head that was printed."""
    row = SECRETS[kind](grace)
    commit()
    key = settings.NAMES_KEY
    settings.NAMES_KEY = "of someone else"
    with database.triggers_away():
        recompute(Tampering(kind, str(row.pk), "changed"))
    settings.NAMES_KEY = key

    assert any(fault.startswith(f"Rows, {kind} {row.pk}: is not as event") for fault in faults())


def test_of_an_address_that_was_taken_off_no_digest_is_left_that_anyone_could_try_words_on(grace: User) -> None:
    address = EmailAddress.objects.get(user=grace)
    row = str(address.pk)

    address.delete()
    commit()

    before, gone = RowDigest.objects.filter(kind="account.emailaddress", row=row).order_by("event")
    assert (bool(before.digest), before.salt) == (True, "")
    assert (gone.digest, gone.salt) == ("", "")
    assert faults() == ()


def test_columns_that_change_on_each_sign_in_are_left_out() -> None:
    left_out = {
        f"{model._meta.label} {field.name}"
        for model in (User, ApiKey, EmailAddress, Authenticator, SocialAccount)
        for field in model._meta.concrete_fields
        if not any(field in covered_fields(kind) for kind in kinds_of(model))
    }

    assert left_out == {
        "registry.User last_login",
        "registry.User language",
        "registry.User passkey_offer_from",
        "registry.ApiKey last_used_at",
        "mfa.Authenticator last_used_at",
        "socialaccount.SocialAccount last_login",
        "socialaccount.SocialAccount extra_data",
    }


# --- what people do ---


def last_event() -> tuple[str, str]:
    event = Event.objects.order_by("-number")[0]
    return event.verb, event.reference


def test_signing_in_leaves_no_event(grace: User) -> None:
    number, _hash = chain.head()

    sign_in(Client(), grace)
    commit()

    assert chain.head()[0] == number


def test_a_recovery_code_that_was_used_is_an_event_about_the_person(grace: User) -> None:
    codes = RecoveryCodes(Authenticator.objects.get(user=grace, type="recovery_codes"))
    browser = Client()
    sign_in(browser, grace)

    browser.post("/account/2fa/authenticate/", {"code": codes.get_unused_codes()[0]})
    commit()

    assert last_event() == ("set_sign_in", grace.reference)
    assert Event.objects.latest("number").facts == {"rows": [f"mfa.authenticator {codes.instance.pk}"]}
    assert faults() == ()


def test_a_password_that_is_hashed_anew_at_sign_in_is_an_event_about_the_person(settings: Any) -> None:
    officer = officer_with_password()
    commit()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]

    sign_in(Client(), officer)
    commit()

    assert last_event() == ("set_sign_in", officer.reference)
    assert faults() == ()


ACTS: dict[str, Callable[[User, User], object]] = {
    "set_password": lambda person_, by: accounts.set_password(person_, password="another pass phrase", by=by, at=NOW),
    "make_key": lambda person_, by: a_key(person_),
    "off_board": lambda person_, by: accounts.off_board(person_, because="Left.", by=by, at=NOW),
    "reset_second_factor": lambda person_, by: access.take_off_factor(person_, because="Lost.", by=by, at=NOW),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_an_act_sets_is_in_its_own_event(act: str, grace: User) -> None:
    ACTS[act](grace, person("people_administrator"))
    commit()

    assert Event.objects.filter(verb=act).exists()
    assert not Event.objects.filter(verb="set_sign_in", number__gt=Event.objects.get(verb=act).number).exists()
    assert faults() == ()


def test_an_event_about_something_else_does_not_set_a_way_in(grace: User) -> None:
    """As in an act that lets someone in beside what it is about: the person has an event of their own, by who did it."""
    other = person("people_administrator")
    a_key_of_before = a_key(other)
    commit()
    EmailAddress.objects.get(user=grace).delete()
    with_proved_address(grace)
    event = trail.record(a_key_of_before, "test", by=other, at=NOW)

    set_in = Event.objects.get(number=event.number - 1)
    assert (set_in.verb, set_in.reference, set_in.by) == ("set_sign_in", grace.reference, other.reference)
    assert RowDigest.objects.filter(kind="account.emailaddress").exclude(salt="").get().event == set_in.number
    assert faults() == ()


def test_an_account_by_the_directory_is_set_by_the_event_that_made_it() -> None:
    by = directory.act_as_directory(by=None, at=NOW)
    joined = directory.admit(
        sub="s-1", email="nia@people.example", name="Nia", language="cy", roles=frozenset({"inspector"}), by=by, at=NOW
    )
    commit()

    identity, address = SocialAccount.objects.get(user=joined), EmailAddress.objects.get(user=joined)
    for row in (identity, address):
        event = RowDigest.objects.get(kind=row._meta.label_lower, row=str(row.pk)).event
        assert Event.objects.get(number=event).verb == "join_by_directory"
    directory.note_confirmed(joined, by=by, at=NOW + timedelta(days=1))
    assert covering.sealing().rows_to_seal == {}
    assert faults() == ()


def test_a_key_that_is_used_leaves_no_event(grace: User) -> None:
    key = a_key(grace)
    commit()
    number, _hash = chain.head()

    keys.use(key, by=grace, at=NOW)
    commit()

    assert chain.head()[0] == number
