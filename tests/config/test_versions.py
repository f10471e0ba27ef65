"""Every form that changes a thing carries the version of what its page shows, or has its reason here."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker

from tests.config.test_walk import _world, guarded
from tests.config.walker import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'\baction="([^"]*)"')
VERSION = re.compile(r'<input[^>]*name="(?:version|seen|opened)"')

WITHOUT: dict[str, str] = {}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield _world()
        transaction.set_rollback(True)


def forms_in(world: World) -> Iterator[tuple[str, bool]]:
    """Of every form that a page of someone shows: the address that it is sent to, and whether it carries a version."""
    for route in guarded():
        for name in sorted(world.may.get(route.name, ())):
            visitor = world.visitors.get(name)
            if visitor is None:
                continue
            address = world.address(route)
            with transaction.atomic():
                page = visitor.client.get(address)
                transaction.set_rollback(True)
            if page.status_code == 200 and "html" in page.headers["Content-Type"]:
                for attributes, inside in FORM.findall(page.content.decode()):
                    if 'method="post"' in attributes:
                        action = ACTION.search(attributes)
                        sent_to = urlsplit(urljoin(address, action.group(1) if action else "")).path
                        yield named(sent_to), bool(VERSION.search(inside))
                break


def named(address: str) -> str:
    try:
        return str(resolve(address).url_name)
    except Resolver404:
        return address


def test_every_form_that_changes_a_thing_carries_a_version(world: World) -> None:
    found: dict[str, set[bool]] = defaultdict(set)
    for name, has_version in forms_in(world):
        found[name].add(has_version)

    without = {name for name, has in found.items() if has != {True}}
    with open("/tmp/q1_without.txt", "w") as f:
        f.write("\n".join(sorted(without)) + "\n==with\n" + "\n".join(sorted(set(found) - without)))
    assert without == set(WITHOUT)
