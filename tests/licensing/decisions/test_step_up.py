"""To decide takes a second factor shown within ten minutes; it is asked for without losing what was typed."""

import re
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from pytest_django import Settings

from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from tests.licensing.stories import TODAY, a_grant_proposed
from tests.people import has_shown, person, signed_in

pytestmark = pytest.mark.django_db

MINUTE = 60


def shown(user: User, *, minutes_ago: float, kind: str = "totp") -> Client:
    """A browser in which this person signed in and showed a second factor so long ago."""
    client = signed_in(user, second_factor=False)
    session = client.session
    has_shown(session, user, "mfa", type=kind)
    records = session["account_authentication_methods"]
    records[-1]["at"] = time.time() - minutes_ago * MINUTE
    session.save()
    return client


def typed() -> dict[str, str]:
    day = {"from_day_day": str(TODAY.day), "from_day_month": str(TODAY.month), "from_day_year": str(TODAY.year)}
    return {"because": "All that was asked for is there.", **day}


def address(decision: Decision) -> str:
    return f"/staff/decisions/{decision.reference}/decide/"


def sent(client: Client, decision: Decision) -> Any:
    """The form as the page has it, with what was typed."""
    page = client.get(address(decision)).content.decode()
    return client.post(address(decision), {"seal": seal_in(page), **typed()})


def seal_in(page: str) -> str:
    found = re.search(r'name="seal" value="([^"]+)"', page)
    assert found
    return found[1]


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_nine_minutes_are_recent(kind: str) -> None:
    decision = a_grant_proposed()

    sent(shown(person("decision_maker"), minutes_ago=9, kind=kind), decision)

    decision.refresh_from_db()
    assert decision.status == "decided"


@pytest.mark.parametrize(("minutes_ago", "kind"), [(11, "totp"), (11, "webauthn"), (1, "recovery_codes"), (1, "demo")])
def test_what_is_older_or_weaker_is_not_enough(minutes_ago: int, kind: str) -> None:
    decision = a_grant_proposed()

    response = sent(shown(person("decision_maker"), minutes_ago=minutes_ago, kind=kind), decision)

    assert response.headers["Location"].startswith("/account/step-up/?next=")
    decision.refresh_from_db()
    assert decision.status == "proposed"


def test_the_page_says_so_before_anything_is_typed() -> None:
    decision, decider = a_grant_proposed(), person("decision_maker")

    assert "asked for your second factor again" in text_of(shown(decider, minutes_ago=11).get(address(decision)))
    assert "asked for your second factor again" not in text_of(shown(decider, minutes_ago=1).get(address(decision)))


def test_what_was_typed_is_there_again_after_the_code_of_the_app() -> None:
    decision, decider = a_grant_proposed(), person("decision_maker")
    secret = generate_totp_secret()
    TOTP.activate(decider, secret)
    client = shown(decider, minutes_ago=11)

    step_up = client.get(sent(client, decision).headers["Location"])
    assert "What you typed is kept" in text_of(step_up)
    asked = f"/account/2fa/reauthenticate/?{urlencode({'next': address(decision)})}"
    assert asked in step_up.content.decode()
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    back = client.post(asked, {"code": code, "next": address(decision)})
    assert back.headers["Location"] == address(decision)

    page = client.get(address(decision))
    assert "You were asked to show again that it is you." in text_of(page)
    assert "All that was asked for is there.</textarea>" in text_of(page)
    client.post(address(decision), {"seal": seal_in(page.content.decode()), **typed()})
    decision.refresh_from_db()
    assert (decision.status, decision.decided_because) == ("decided", "All that was asked for is there.")


def test_a_program_is_told_to_show_it_again() -> None:
    decision = a_grant_proposed()
    body: dict[str, Any] = {"because": "All is well.", "conclusions": [], "from_day": None}

    response = shown(person("decision_maker"), minutes_ago=11).post(
        f"/api/v1/staff/decisions/{decision.reference}/decide", body, content_type="application/json"
    )

    assert response.status_code == 409
    assert [reason["code"] for reason in response.json()["reasons"]] == ["step_up"]
    decision.refresh_from_db()
    assert decision.status == "proposed"


class TestInTheDemo:
    def test_the_click_that_signs_in_counts_and_another_shows_it_again(self, settings: Settings) -> None:
        settings.DEMO = True
        decision, decider = a_grant_proposed(), person("decision_maker")
        client = shown(decider, minutes_ago=11, kind="demo")

        to = sent(client, decision).headers["Location"]
        assert "second factor of this sample person" in text_of(client.get(to))
        assert client.post("/account/step-up/", {"next": address(decision)}).headers["Location"] == address(decision)

        sent(client, decision)
        decision.refresh_from_db()
        assert decision.status == "decided"

    def test_elsewhere_there_is_no_such_click(self) -> None:
        client = shown(person("decision_maker"), minutes_ago=11)

        response = client.post("/account/step-up/", {"next": "/staff/"})

        assert response.status_code == 200
        assert "Show again that it is you" in text_of(response)
        assert "sample person" not in text_of(response)


def test_it_leads_nowhere_else() -> None:
    client = shown(person("decision_maker"), minutes_ago=1)

    assert client.get("/account/step-up/", {"next": "https://elsewhere.example/"}).headers["Location"] == "/home/"
