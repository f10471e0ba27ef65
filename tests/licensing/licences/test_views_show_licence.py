"""The code on the holder's own screen: another each minute, only while licensed, and only theirs to show."""

import html
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from registry import live_codes as signing
from registry.licences.actions import licences
from registry.licences.models import Licence
from tests.conftest import NOW, SetClock
from tests.licensing.stories import a_licence
from tests.people import person, signed_in
from tests.stories import holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def licence() -> Licence:
    return a_licence()


@pytest.fixture
def client(licence: Licence) -> Client:
    return signed_in(holder_of(licence.organisation))


def shown(client: Client, licence: Licence) -> str:
    """The code on the page, as somebody reads it off the screen."""
    page = client.get(f"/licences/{licence.number}/show/").content.decode()
    groups: list[str] = re.findall(r'<span class="govuk-!-margin-right-2">(\w{4})</span>', page)
    return "".join(groups)


def test_the_code_is_of_this_minute_and_another_in_the_next(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    first = shown(client, licence)
    set_clock(NOW + timedelta(minutes=1))
    second = shown(client, licence)

    assert signing.read_live_code(settings.SECRET_KEY, first) == (licence.listing.code, NOW)
    assert signing.read_live_code(settings.SECRET_KEY, second) == (licence.listing.code, NOW + timedelta(minutes=1))


def test_what_the_holder_shows_is_confirmed_to_whoever_types_it(client: Client, licence: Licence) -> None:
    answer = Client().post("/verify/", {"code": shown(client, licence)})

    assert "The holder shows this code live" in html.unescape(answer.content.decode())


def test_the_page_says_when_its_code_ends_and_draws_its_address(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    set_clock(NOW + timedelta(seconds=48))

    page = client.get(f"/licences/{licence.number}/show/").content.decode()

    assert 'data-live="12"' in page
    assert '<svg role="img"' in page
    assert "<script>" not in page


def test_a_holder_who_is_not_licensed_has_no_code_to_show(client: Client, licence: Licence) -> None:
    told = {"because": "Test.", "by": person("decision_maker"), "at": NOW}
    licences.revoke(licence, takes_effect=timezone.localdate(NOW), **told)  # type: ignore[arg-type]

    answer = client.get(f"/licences/{licence.number}/show/")

    assert answer.status_code == 409
    assert "There is no code to show" in answer.content.decode()


def test_nobody_else_shows_it(licence: Licence) -> None:
    assert signed_in(person("applicant")).get(f"/licences/{licence.number}/show/").status_code == 404
    assert Client().get(f"/licences/{licence.number}/show/").status_code == 302
