"""Nothing typed is lost: pages that save themselves, sessions that end, forms that arrive after a sign-in."""

import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from licensing.applications.models import Answer, Application
from registry import web
from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.licensing.applications.test_views_two_at_once import NAMES, a_colleague, address, kept, opened
from tests.people import has_shown, person, signed_in
from tests.registry.stories import with_proved_address
from tests.stories import an_application, an_application_answered, holder_of

pytestmark = pytest.mark.django_db


def applicant_of(application: Application) -> Client:
    return signed_in(holder_of(application.organisation))


def autosaved(client: Client, where: str, **typed: Any) -> Any:
    return client.post(where, {**opened(client, where), "autosave": "1", **typed})


# --- pages that save themselves ---


def test_a_page_saves_itself_and_says_when() -> None:
    application = an_application()

    answer = autosaved(applicant_of(application), address(application), **NAMES)

    assert answer.status_code == 200
    assert answer.json()["said"] == "Saved at 10am"
    assert answer.json()["version"] == kept(application).version
    assert kept(application).is_complete


def test_what_is_not_yet_right_is_kept_as_typed_and_not_complained_of() -> None:
    application = an_application()

    answer = autosaved(applicant_of(application), address(application, "tax"), vat_registered="yes", vat_number="12")

    assert answer.json()["said"] == "Saved at 10am"
    assert (kept(application, "tax").data, kept(application, "tax").is_complete) == (
        {"vat_registered": True, "vat_number": "12"},
        False,
    )


def test_what_has_not_changed_is_not_written_again() -> None:
    application = an_application()
    client = applicant_of(application)
    autosaved(client, address(application), **NAMES)
    before = Event.objects.count()

    answer = autosaved(client, address(application), **NAMES)

    assert "said" not in answer.json()
    assert Event.objects.count() == before


def test_to_confirm_a_page_takes_more_than_to_look_at_it() -> None:
    """What a renewal carries over waits to be saved by somebody, and a page saves nothing by itself that nobody changed."""
    application = an_application()
    by = holder_of(application.organisation)
    Answer.objects.create(
        application=application, page="names", data={"legal_name": "Dyffryn Labour Ltd"}, saved_by=by, saved_at=NOW
    )

    autosaved(applicant_of(application), address(application), legal_name="Dyffryn Labour Ltd")

    assert not kept(application).is_complete


def test_a_page_that_saves_itself_saves_over_nobody() -> None:
    application = an_application()
    mine, theirs = applicant_of(application), signed_in(a_colleague(application))
    before = opened(mine, address(application))
    theirs.post(address(application), NAMES | opened(theirs, address(application)))

    answer = mine.post(address(application), NAMES | {"trading_names": "DH", "autosave": "1"} | before)

    assert answer.status_code == 409
    assert "Nia Colleague saved this after you opened it." in answer.json()["said"]
    assert kept(application).data["trading_names"] == ["Dyffryn Harvest"]


def test_the_page_to_sign_does_not_save_itself() -> None:
    application = an_application_answered()
    client = applicant_of(application)

    assert "data-saves-itself" in client.get(address(application)).content.decode()
    assert "data-saves-itself" not in client.get(address(application, "declaration")).content.decode()


def test_a_page_says_when_it_was_last_saved() -> None:
    application = an_application_answered()

    words = applicant_of(application).get(address(application)).content.decode()

    assert "Last saved: 2 November 2026 at 10am" in " ".join(words.split())


# --- the session ends ---


def in_a_session_of(client: Client, *, seconds_left: int) -> Client:
    """As if this person had signed in so long ago that the session ends in so many seconds."""
    session = client.session
    signed_in_at = time.time() - settings.SESSION_COOKIE_AGE + seconds_left
    for record in session["account_authentication_methods"]:
        record["at"] = signed_in_at
    session.save()
    return client


def warned(client: Client, where: str) -> bool:
    found = re.search(r"<div data-ends[^>]*>", client.get(where).content.decode())
    assert found
    return "hidden" not in found[0]


def test_the_page_warns_before_the_session_ends() -> None:
    application = an_application()
    client = applicant_of(application)

    assert not warned(client, address(application))
    assert warned(in_a_session_of(client, seconds_left=600), address(application))


def test_to_sign_in_again_keeps_what_is_typed_and_leads_back_to_the_page() -> None:
    application = an_application()
    user = holder_of(application.organisation)
    client = in_a_session_of(signed_in(user), seconds_left=600)
    typed = {"vat_registered": "yes", "vat_number": "12", "again": "1"} | opened(client, address(application))

    answer = client.post(address(application, "tax"), typed, follow=True)

    assert answer.redirect_chain[-1][0] == f"/account/login/?next={address(application, 'tax')}"
    assert kept(application, "tax").data == {"vat_registered": True, "vat_number": "12"}
    signs_in(client, user)
    assert not warned(client, address(application, "tax"))


def test_twelve_hours_after_signing_in_everybody_signs_in_again_whatever_they_did_meanwhile() -> None:
    """docs/rules.md T18."""
    application = an_application()
    user = holder_of(application.organisation)
    client = signed_in(user)
    before = opened(client, address(application))
    autosaved(client, address(application), **NAMES)
    in_a_session_of(client, seconds_left=0)
    has_shown(session := client.session, user, "password", reauthenticated=True)
    session.save()

    answer = client.post(address(application), NAMES | {"trading_names": "Typed at midnight"} | before)

    assert answer.headers["Location"] == f"/account/login/?next={address(application)}"
    assert not client.session.get("_auth_user_id")
    signs_in(client, user)
    assert "Typed at midnight" in client.get(address(application)).content.decode()


def test_whoever_has_just_signed_up_stays_no_longer_either(monkeypatch: pytest.MonkeyPatch) -> None:
    application = an_application()
    client = signed_in(holder_of(application.organisation), second_factor=False)
    client.get(address(application))
    later = time.time() + settings.SESSION_COOKIE_AGE + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert client.get(address(application)).headers["Location"] == f"/account/login/?next={address(application)}"


# --- signed out, and in again ---


def a_form_sent_after_the_session_ended(application: Application, client: Client, **typed: Any) -> Any:
    before = opened(client, address(application))
    client.logout()
    return client.post(address(application), NAMES | typed | before)


def test_whoever_was_signed_out_finds_after_signing_in_what_was_typed() -> None:
    application = an_application()
    user = holder_of(application.organisation)
    client = signed_in(user)

    answer = a_form_sent_after_the_session_ended(application, client, trading_names="Typed at midnight")
    signs_in(client, user)
    page = client.get(address(application))

    assert answer.headers["Location"] == f"/account/login/?next={address(application)}"
    words = page.content.decode()
    assert "Typed at midnight" in words
    assert "You were signed out before this could be saved." in words
    assert not application.answers.exists()


def signs_in(client: Client, user: User) -> None:
    """By the sign-in page itself: what the session held before must outlive it."""
    user.set_password("correct horse battery staple")
    user.save()
    with_proved_address(user)
    answer = client.post("/account/login/", {"login": user.email, "password": "correct horse battery staple"})
    assert answer.status_code == 302, answer.content.decode()


def test_once_it_is_saved_it_is_not_held_any_more() -> None:
    application = an_application()
    user = holder_of(application.organisation)
    client = signed_in(user)
    a_form_sent_after_the_session_ended(application, client, trading_names="Typed at midnight")
    signs_in(client, user)

    client.post(address(application), NAMES | opened(client, address(application)))

    assert web.HELD not in client.session
    assert "You were signed out" not in client.get(address(application)).content.decode()


def test_nobody_else_finds_it() -> None:
    application = an_application()
    client = applicant_of(application)
    colleague = a_colleague(application)
    a_form_sent_after_the_session_ended(application, client, trading_names="Typed at midnight")
    signs_in(client, colleague)

    words = client.get(address(application)).content.decode()

    assert "Typed at midnight" not in words
    assert web.HELD not in client.session


def test_it_is_held_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    application = an_application()
    user = holder_of(application.organisation)
    client = signed_in(user)
    a_form_sent_after_the_session_ended(application, client, trading_names="Typed at midnight")
    signs_in(client, user)
    later = time.time() + web.HELD_FOR + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert "Typed at midnight" not in client.get(address(application)).content.decode()


def test_what_a_colleague_saved_while_one_was_signed_out_is_shown_beside_it() -> None:
    application = an_application()
    user = holder_of(application.organisation)
    client, theirs = signed_in(user), signed_in(a_colleague(application))
    a_form_sent_after_the_session_ended(application, client, trading_names="Typed at midnight")
    theirs.post(address(application), NAMES | opened(theirs, address(application)))
    signs_in(client, user)

    words = client.get(address(application)).content.decode()

    assert "Saved by Nia Colleague" in words and "Typed at midnight" in words


@pytest.mark.parametrize("seal", ["", "forged", "WzEsICIvIl0:1abc:def"])
def test_nothing_is_held_for_a_stranger(seal: str) -> None:
    application = an_application()
    client = Client()

    client.post(address(application), NAMES | {"seal": seal})

    assert web.HELD not in client.session


def test_a_seal_is_good_for_its_own_page_alone() -> None:
    application = an_application()
    client = applicant_of(application)
    before = opened(client, address(application))
    client.logout()

    client.post(address(application, "tax"), {"utr": "12"} | before)

    assert web.HELD not in client.session


def test_a_form_from_before_signing_in_anew_in_another_window_is_shown_once_more() -> None:
    application = an_application()
    user = holder_of(application.organisation)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    page = client.get(address(application)).content.decode()
    before = dict(re.findall(r'name="(opened|seal)" value="([^"]*)"', page))

    answer = client.post(address(application), NAMES | before | {"csrfmiddlewaretoken": "x" * 64})

    assert answer.headers["Location"] == address(application)
    assert "has not been saved yet" in client.get(address(application)).content.decode()
    assert not application.answers.exists()


def test_a_form_without_a_seal_is_still_refused() -> None:
    application = an_application()
    client = Client(enforce_csrf_checks=True)
    client.force_login(holder_of(application.organisation))

    assert client.post(address(application), NAMES).status_code == 403


def test_somebody_elses_seal_shows_nothing() -> None:
    application = an_application()
    other = person("applicant")
    stranger = signed_in(a_colleague(application))
    theirs = opened(stranger, address(application))
    client = signed_in(other)
    client.logout()
    client.post(address(application), NAMES | theirs)
    client.force_login(application.started_by)

    assert "Dyffryn Harvest" not in client.get(address(application)).content.decode()
