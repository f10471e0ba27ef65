"""One person with two windows open on one page: only what each has changed is saved, and the second is told."""

import re

import pytest
from django.test import Client

from licensing.applications.models import Application
from tests.licensing.applications.test_views_two_at_once import NAMES, address, kept
from tests.people import signed_in
from tests.stories import an_application, holder_of

pytestmark = pytest.mark.django_db

EMPTY = NAMES | {"trading_names": "", "former_names": ""}
TOLD = "You changed this page in another window too. What you saved there stays:"


@pytest.fixture
def application() -> Application:
    return an_application()


@pytest.fixture
def me(application: Application) -> Client:
    return signed_in(holder_of(application.organisation))


def window(client: Client, where: str) -> dict[str, str]:
    """What a window that is opened now carries unseen."""
    html = client.get(where).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(opened|seal|seen)" value="([^"]*)">', html))


def test_what_the_older_window_did_not_change_stays_as_the_other_saved_it(application: Application, me: Client) -> None:
    where = address(application)
    me.post(where, EMPTY | window(me, where))
    laptop, telephone = window(me, where), window(me, where)

    me.post(where, EMPTY | {"trading_names": "Dyffryn Harvest"} | laptop)
    answer = me.post(where, EMPTY | {"former_names": "Old Dyffryn Ltd"} | telephone, follow=True)

    assert kept(application).data["trading_names"] == ["Dyffryn Harvest"]
    assert kept(application).data["former_names"] == ["Old Dyffryn Ltd"]
    assert TOLD in answer.content.decode()


def test_one_answer_changed_in_both_is_shown_beside_the_other_and_not_overwritten(
    application: Application, me: Client
) -> None:
    where = address(application)
    me.post(where, EMPTY | window(me, where))
    laptop, telephone = window(me, where), window(me, where)
    me.post(where, EMPTY | {"trading_names": "Dyffryn Harvest"} | laptop)

    page = me.post(where, EMPTY | {"trading_names": "DH Workers"} | telephone)

    assert page.status_code == 422 and "Someone changed this page while you had it open" in page.content.decode()
    assert kept(application).data["trading_names"] == ["Dyffryn Harvest"]
    seen = dict(re.findall(r'name="(opened|seal|seen)" value="([^"]*)"', page.content.decode()))
    me.post(where, EMPTY | {"trading_names": "DH Workers"} | seen)
    assert kept(application).data["trading_names"] == ["DH Workers"]


def test_what_a_window_saved_by_itself_it_may_take_back(application: Application, me: Client) -> None:
    where = address(application)
    me.post(where, EMPTY | window(me, where))
    laptop = window(me, where)

    saved = me.post(where, EMPTY | {"trading_names": "Dyffryn Harvest", "autosave": "1"} | laptop).json()
    assert TOLD not in saved["said"]
    me.post(where, EMPTY | laptop | {"opened": str(saved["version"]), "seen": saved["seen"]})

    assert "trading_names" not in kept(application).data


def test_a_window_that_saves_by_itself_is_told_and_never_takes_away_what_the_other_saved(
    application: Application, me: Client
) -> None:
    where = address(application)
    me.post(where, EMPTY | window(me, where))
    laptop, telephone = window(me, where), window(me, where)
    me.post(where, EMPTY | {"trading_names": "Dyffryn Harvest"} | laptop)

    for former in ("Old", "Old Dyffryn Ltd"):
        saved = me.post(where, EMPTY | {"former_names": former, "autosave": "1"} | telephone).json()
        assert TOLD in saved["said"]
        telephone |= {"opened": str(saved["version"]), "seen": saved["seen"]}

    assert kept(application).data["trading_names"] == ["Dyffryn Harvest"]
    assert kept(application).data["former_names"] == ["Old Dyffryn Ltd"]
