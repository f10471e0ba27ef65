"""Every form of staff that outlives its session: it is shown once more with what was typed, and nothing is done by itself."""

import html
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from registry import web
from registry.trail.models.events import Event
from tests.journeys.every_page.world import View, World
from tests.people import signed_in

SEAL = re.compile(r'<input type="hidden" name="seal" value="([^"]+)">')
TYPED = "Typed before the session ended"
FIELD = re.compile(r'<(?:textarea|input)[^>]* name="([^"]+)"')
OWN = {"seal", "csrfmiddlewaretoken"}


@pytest.mark.once
def test_no_form_that_was_held_is_sent_by_itself(world: World) -> None:
    sealed = [*_sealed(world)]
    before = Event.objects.count()

    wrong = [view.path for view, seal, page in sealed if not _is_shown_again(world, view, seal, page)]

    assert len(sealed) > 25
    assert wrong == []
    assert Event.objects.count() == before


def _sealed(world: World) -> Iterator[tuple[View, str, str]]:
    of_staff = (view for view in world.views if "/staff/" in view.path and not view.begins)
    for view in {(view.who, view.path): view for view in of_staff}.values():
        user = world.people.get(view.who)
        page = _client(world, view).get(view.path).content.decode() if user else ""
        if found := SEAL.search(page):
            yield view, found[1], page


def _is_shown_again(world: World, view: View, seal: str, page: str) -> bool:
    typed = dict.fromkeys({html.unescape(name) for name in FIELD.findall(page)} - OWN, TYPED)
    client = Client()
    sent = client.post(view.path, typed | {"seal": seal})
    client.force_login(world.people[view.who])
    session = client.session
    session.update({key: value for key, value in _client(world, view).session.items() if key != web.HELD})
    session.save()
    shown = client.get(view.path).content.decode()
    return sent.status_code == 302 and "You were signed out before this could be sent" in shown


def _client(world: World, view: View) -> Client:
    return signed_in(world.people[view.who], second_factor=view.who != "no_factor")
