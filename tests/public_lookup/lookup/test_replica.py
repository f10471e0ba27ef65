"""Which database is read. How a replica is believed or not: tests/serving/."""

import pytest
from django.db import OperationalError, models
from django.test import Client

from public_lookup import web
from public_lookup.follows.models.follows import Follow
from public_lookup.lookup.queries import replica
from public_lookup.lookup.queries.entries import entry
from public_lookup.lookup.queries.replica import REPLICA, Router, place, reading
from registry.register.models import Entry
from registry.search.models import IndexedName
from tests.conftest import NOW
from tests.registry.stories import a_licence


@pytest.mark.parametrize("model", [Entry, IndexedName])
def test_the_register_is_read_where_it_was_chosen_and_only_meanwhile(model: type[models.Model]) -> None:
    assert Router().db_for_read(model) is None

    with reading(REPLICA):
        with reading("register"):
            assert Router().db_for_read(model) == "register"
        assert Router().db_for_read(model) == REPLICA

    assert Router().db_for_read(model) is None


def test_what_the_look_up_writes_is_read_where_it_is_written() -> None:
    with reading(REPLICA):
        assert Router().db_for_read(Follow) is None
        assert Router().db_for_write(Follow) == Router().db_for_write(Entry) == "default"


def test_only_the_database_itself_is_migrated() -> None:
    assert Router().allow_migrate("default", "registry") is None
    assert Router().allow_migrate("register", "registry") is False
    assert Router().allow_migrate(REPLICA, "registry") is False


@pytest.mark.django_db
def test_without_a_replica_all_is_read_from_one_database() -> None:
    licence = a_licence()
    assert place(now=0) == "default"

    with reading("nowhere"), pytest.raises(Exception, match="nowhere"):
        entry(licence.number, at=NOW)
    with reading(place(now=0)):
        assert entry(licence.number, at=NOW).number == licence.number


def test_a_replica_that_fails_while_it_is_read_is_left_alone_and_the_primary_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(replica, "place", lambda now: REPLICA if now >= replica.watch.ask_replica_at else "default")
    monkeypatch.setattr(replica, "watch", replica.ReplicaState())
    read: list[str | None] = []

    def view() -> str:
        read.append(Router().db_for_read(Entry))
        if read[-1] == REPLICA:
            raise OperationalError("it hung")
        return "licensed"

    assert [web.from_register(view), web.from_register(view)] == ["licensed", "licensed"]
    assert read == [REPLICA, "default", "default"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/register/{number}", "/api/v1/register?q=Dyffryn", "/check/{number}/"])
def test_the_api_and_the_page_ask_the_primary_where_the_replica_fails_while_it_is_read(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """What asks the replica finds its connection gone; only the first of the two is such a connection."""
    number = a_licence().number
    monkeypatch.setattr(replica, "place", lambda now: REPLICA if now >= replica.watch.ask_replica_at else "default")
    monkeypatch.setattr(replica, "watch", replica.ReplicaState())
    asked: list[str | None] = []

    def chosen(_self: Router, _model: type[models.Model], **_hints: object) -> str | None:
        asked.append(replica._place.get())
        if asked[-1] == REPLICA:
            raise OperationalError("the connection was closed")
        return None

    monkeypatch.setattr(Router, "db_for_read", chosen)

    answers = [Client().get(address.format(number=number)).status_code for _time in range(2)]

    assert answers == [200, 200]
    assert (asked[0], asked.count(REPLICA)) == (REPLICA, 1)


@pytest.mark.django_db
def test_the_api_cannot_tell_where_the_primary_fails_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "place", lambda _now: REPLICA)
    monkeypatch.setattr(replica, "watch", replica.ReplicaState())

    def chosen(_self: Router, _model: type[models.Model], **_hints: object) -> str | None:
        raise OperationalError("the connection was closed")

    monkeypatch.setattr(Router, "db_for_read", chosen)

    answer = Client().get("/api/v1/register/ABCD0001")

    assert (answer.status_code, answer.json()["licensed"]) == (503, None)
