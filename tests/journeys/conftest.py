"""Browsers in which the people of a story sit down. Every journey is in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from registry.accounts.models import User
from tests.journeys.desk import PATIENCE, Desk

SitDown = Callable[..., Desk]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """Started once the database of the tests is a file. pytest-django's own may start before, while it still is in memory:

    all threads would then share one connection, and SQLite crashes.
    """
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def sit_down(browser: Browser, live_server: LiveServer) -> Iterator[SitDown]:
    """`sit_down(user)` is a browser in which this person has signed in; `sit_down()` one in which nobody has."""
    desks: list[Desk] = []

    def sit(user: User | None = None, **options: Any) -> Desk:
        desks.append(Desk(browser, live_server.url, user, **options))
        return desks[-1]

    yield sit
    for desk in desks:
        desk.close()
