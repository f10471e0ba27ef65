"""What a provider has signed is judged whole; what it says of a log-out ends sessions at once; mix-ups end nowhere."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from config.directory.oidc import nonce_of
from registry.accounts.models import User
from registry.directory_service import staff_directory, tokens
from registry.directory_service.provider import ProviderSilent, discover
from registry.trail.models.events import Event
from tests.config.directory.conftest import RunningProvider, at_provider, back, begin, sign_in, words
from tests.config.directory.test_sign_in import MFA

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LOG_OUT = "/account/directory/log-out/"


def claims_of(provider: RunningProvider, **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    said = {"iss": provider.issuer, "aud": "registry", "sub": "sub-of-mair", "iat": now, "exp": now + 60, "nonce": "n"}
    return {**said, **changed}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"algorithm": "none", "key": ""}, "alg"),
        ({"algorithm": "HS256", "key": "the public key of the provider, used as if it were a secret"}, "alg"),
        ({"kid": "another"}, "kid"),
        ({"iss": "https://another.example"}, "InvalidIssuerError"),
        ({"aud": "another"}, "InvalidAudienceError"),
        ({"exp": 1}, "ExpiredSignatureError"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"iat": int(time.time()) + 3600}, "ImmatureSignatureError"),
        ({"nonce": "of another sign-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": ["registry", "other"], "azp": "other"}, "azp"),
    ],
)
def test_an_id_token_is_believed_only_whole(provider: RunningProvider, changed: dict[str, Any], fault: str) -> None:
    directory = staff_directory()
    assert directory is not None
    good = provider.signed(**claims_of(provider))
    assert tokens.id_token_claims(directory, good, nonce="n")["sub"] == "sub-of-mair"
    with pytest.raises(tokens.NotBelieved, match=fault):
        tokens.id_token_claims(directory, provider.signed(**claims_of(provider, **changed)), nonce="n")
    with pytest.raises(tokens.NotBelieved):
        tokens.id_token_claims(directory, good[:-8] + "AAAAAAAA", nonce="n")


@pytest.mark.parametrize("said", [{"nonce": "x"}, {"iss": "https://evil.example"}, {"sub": "sub-of-dewi"}, {"exp": 1}])
def test_a_sign_in_ends_where_the_id_token_is_wrong(provider: RunningProvider, said: dict[str, Any]) -> None:
    """The last but one speaks of another person than userinfo does."""
    provider.put(id_token=said)
    browser = Client()
    answer = sign_in(browser, "mair")
    assert answer.status_code == 403 and "was not for this browser" in words(answer)
    assert not User.objects.filter(email="mair@authority.example").exists()


def test_an_answer_is_for_one_browser_once(provider: RunningProvider) -> None:
    """State, PKCE and the issuer of the answer (RFC 9207)."""
    victim, attacker = Client(), Client()
    going = begin(attacker)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(going).query).items()}
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert len(asked["nonce"]) == len(nonce_of("")) and asked["state"]

    answer = at_provider(going, "mair")
    assert back(victim, answer).status_code == 403
    # The code of one sign-in with the state of another: the verifier of PKCE does not fit.
    state = parse_qs(urlsplit(begin(victim)).query)["state"][0]
    assert back(victim, answer.replace(asked["state"], state)).status_code == 403
    another = at_provider(begin(attacker), "mair")
    assert back(attacker, f"{another}&iss=https://evil.example").status_code == 403

    answer = at_provider(begin(attacker), "mair")
    assert [back(attacker, answer).status_code for _time in range(2)] == [302, 403]


def test_a_provider_that_says_it_is_another_is_not_asked(provider: RunningProvider, settings: Settings) -> None:
    settings.DIRECTORY["directory"]["issuer"] = provider.issuer.replace("127.0.0.1", "localhost")
    directory = staff_directory()
    assert directory is not None
    with pytest.raises(ProviderSilent):
        discover(directory)
    assert Client().post("/account/directory/sign-in/").status_code == 503


def test_nobody_else_begins_or_ends_a_sign_in(provider: RunningProvider, settings: Settings) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/account/directory/sign-in/").status_code == 403
    assert Client().get("/account/directory/sign-in/").status_code == 405
    settings.DIRECTORY = {}
    for address in ("/account/directory/sign-in/", "/account/citizens/sign-in/", LOG_OUT):
        assert Client().post(address).status_code == 404
    assert Client().get("/account/directory/signed-in/").status_code == 404


# --- back-channel log-out


@pytest.fixture
def browsers(provider: RunningProvider) -> tuple[Client, Client]:
    """Two sign-ins of one person at the provider, each with a name of its own."""
    found = []
    for sid in ("first", "second"):
        provider.says(mair={**MFA, "sid": sid})
        browser = Client()
        sign_in(browser, "mair")
        found.append(browser)
    return found[0], found[1]


def are_in(*browsers: Client) -> list[bool]:
    return [browser.get("/staff/").status_code == 200 for browser in browsers]


def test_a_log_out_at_the_provider_ends_the_session_at_once(
    provider: RunningProvider, browsers: tuple[Client, Client]
) -> None:
    assert are_in(*browsers) == [True, True]
    token = provider.log_out_token(sid="first")
    answer = Client(enforce_csrf_checks=True).post(LOG_OUT, {"logout_token": token})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert are_in(*browsers) == [False, True]
    mair = User.objects.get(email="mair@authority.example")
    event = Event.objects.get(verb="sign_out_by_directory", reference=mair.reference)
    assert (event.by_name, event.facts["sessions"]) == ("The directory", 1)

    # Replayed, it ends nothing more; without a name of the sign-in, all of the person's end.
    assert Client().post(LOG_OUT, {"logout_token": token}).status_code == 400
    assert Client().post(LOG_OUT, {"logout_token": provider.log_out_token(sub="sub-of-mair")}).status_code == 200
    assert are_in(*browsers) == [False, False]


NOT_WHOLE: tuple[dict[str, Any], ...] = (
    {"nonce": "n"},
    {"events": {}},
    {"events": None},
    {"iss": "https://evil.example"},
    {"aud": "another"},
    {"iat": int(time.time()) - 3600},
    {"jti": None},
    {"sub": None},
    {"algorithm": "none", "key": ""},
    {"kid": "another"},
)


def test_a_log_out_token_is_believed_only_whole(provider: RunningProvider) -> None:
    browser = Client()
    provider.says(mair={**MFA, "sid": "first"})
    sign_in(browser, "mair")
    for changed in NOT_WHOLE:
        token = provider.log_out_token(**{"sub": "sub-of-mair", **changed})
        assert Client().post(LOG_OUT, {"logout_token": token}).status_code == 400, changed
    assert are_in(browser) == [True]


def test_signing_out_here_leads_to_the_page_of_the_provider(provider: RunningProvider) -> None:
    provider.says(mair=MFA)
    browser = Client()
    sign_in(browser, "mair")
    answer = browser.post("/account/logout/")
    going = urlsplit(answer.headers["Location"])
    asked = {name: values[0] for name, values in parse_qs(going.query).items()}
    assert (answer.status_code, going.path) == (302, "/identity/o/logout")
    assert asked["post_logout_redirect_uri"] == "http://testserver/" and asked["id_token_hint"].count(".") == 2
    assert "_auth_user_id" not in browser.session
