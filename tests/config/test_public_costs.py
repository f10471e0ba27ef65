"""No client gets more than a tenth of a processor from any public address, and what a limit refuses costs next to nothing.

The table is tests/config/public_costs.csv; `WRITE_PUBLIC_COSTS=1 pytest tests/config/test_public_costs.py` measures it anew. What
costs most, on the data of the demonstration: `python -m tests.benchmarks.public_costs` (docs/measured.md).
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from registry.web import limits
from tests.config.public_costs import BY_ITSELF, MOST, NEXT_TO_NOTHING, SHARE, kept, measured, spent_now, write
from tests.config.walked_world import the_world
from tests.config.walker import World
from tests.config.whose import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: Beyond the table: another machine, and one that is busy, is this much slower.
SLOWER, AND_BEYOND = 4, 40


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with the_world(django_db_blocker) as made:
        yield made


def test_every_public_address_is_in_the_table_by_both_methods() -> None:
    found = {(one.name.rpartition(":")[2], one.method) for one in kept()}

    assert found == {(name, method) for name in PUBLIC for method in ("GET", "POST")}


def test_every_public_address_has_a_limit_or_a_reason_for_none() -> None:
    dear = {one.name for one in kept() if not one.limit and max(one.accepted, one.refused) > NEXT_TO_NOTHING}

    assert dear == set(BY_ITSELF)


def test_what_one_client_may_send_takes_no_more_than_a_tenth_of_a_processor() -> None:
    assert [one for one in kept() if one.limit and one.share > SHARE] == []


def test_the_table_is_true(world: World) -> None:
    """Its limits are those that hold, and nothing costs several times what it says."""
    if os.environ.get("WRITE_PUBLIC_COSTS"):
        write(measured(world, times=3))
    known = {(one.name, one.method): one for one in kept()}
    found = {(one.name, one.method): one for one in measured(world, times=2, with_much=False)}

    assert {key: one.limit for key, one in found.items()} == {key: one.limit for key, one in known.items()}
    dearer = {
        key: (one.accepted, one.refused)
        for key, one in found.items()
        if max(one.accepted, one.refused) > SLOWER * max(known[key].accepted, known[key].refused) + AND_BEYOND
    }
    assert dearer == {}


REFUSED = {
    "read": ("GET", "/"),
    "look_up": ("POST", "/check/"),
    "leave": ("POST", "/check/many/"),
    "report": ("POST", "/report/"),
    "sign_in": ("POST", "/account/login/"),
    "upload": ("POST", "/part/x/"),
    "data": ("GET", "/data/register.csv"),
}


@pytest.mark.parametrize("limit", sorted(REFUSED))
def test_what_a_limit_refuses_costs_at_most_ten_milliseconds(limit: str, settings: Any) -> None:
    """With 900 kB of words, which are not read: the least of ten tries, of processor alone."""
    settings.LIMITS = settings.LIMITS | {limit: (0, 60)}
    limits.counts.clear()
    client, (method, address), costs = Client(), REFUSED[limit], []
    for _time in range(10):
        began = spent_now()
        answer = client.generic(method, address, b"text=" + b"x" * 900_000, "application/x-www-form-urlencoded")
        costs.append(spent_now() - began)
        assert answer.status_code == 429

    assert min(costs) < 0.010


def test_the_limits_are_those_of_the_installation() -> None:
    assert {one.limit.partition(":")[0] for one in kept()} - {""} <= MOST.keys()
