"""One world for all the tests of a file, and a server on which whatever is handed in is taken back."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import TransactionTestCase, override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.conftest import on_the_day
from tests.journeys.every_page.world import World, build


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Stands instead of pytest-django's own, whose world lasts for one test."""
    with django_db_blocker.unblock():
        yield
        TransactionTestCase()._fixture_teardown()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def live_server(transactional_db: None) -> Iterator[LiveServer]:
    with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "tests.journeys.every_page.undone.Undone"]):
        server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def world(transactional_db: None) -> Iterator[World]:
    """Built once, on the day of all tests, and told again to the other processes and files that look at it."""
    with override_settings(DEMO=True):
        with on_the_day():
            built = build()
        yield built
