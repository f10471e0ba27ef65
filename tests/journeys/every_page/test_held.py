"""Every form of staff that outlives its session: it is shown once more with what was typed, and nothing is done by itself."""

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client, RequestFactory

from registry import web
from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.in_part import in_part
from tests.journeys.every_page.views import View
from tests.journeys.every_page.world import World
from tests.people import signed_in

SEAL = '<input type="hidden" name="seal"'
SAID = "You were signed out before this could be sent"


@pytest.mark.once
def test_no_form_that_was_held_is_sent_by_itself(world: World) -> None:
    before = Event.objects.count()
    of_staff = [view for view in world.views if "/staff/" in view.path and not view.begins and view.who in world.people]

    once = in_part({(one.who, one.path): one for one in of_staff}.values(), of=4, named=lambda view: view.path)
    shown = {view.path: _shown_again(world, view) for view in once}

    sealed = {path: page for path, page in shown.items() if SEAL in page}
    assert sealed
    assert [path for path, page in sealed.items() if SAID not in page] == []
    assert Event.objects.count() == before


def _shown_again(world: World, view: View) -> str:
    """The page as its writer finds it after signing in again; what was typed is held with the seal that the page would carry."""
    user, client = world.people[view.who], Client()
    seal = web.seal_of(RequestFactory().get(view.path), who=user.pk)
    client.post(view.path, {"because": "Typed before the session ended", "seal": seal})
    client.force_login(user)
    session = client.session
    session.update({key: value for key, value in _session(user, view.who).items() if key != web.HELD})
    session.save()
    return client.get(view.path).content.decode()


def _session(user: User, who: str) -> SessionBase:
    return signed_in(user, second_factor=who != "no_factor").session
