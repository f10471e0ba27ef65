"""Two workers, or one that was killed and the next: an item goes out once."""

import pytest

from registry.outbox.jobs import send_due
from registry.outbox.models import OutboxItem
from registry.outbox.states import LEASE, OutboxKind
from tests.conftest import NOW
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4


def test_of_several_workers_that_claim_one_item_one_gets_it() -> None:
    OutboxItem.objects.add(OutboxKind.MAIL, "L-1", at=NOW)
    items = [OutboxItem.objects.get() for _each in range(WORKERS)]

    claimed = at_once(*[lambda item=item: item.claim(NOW) for item in items])

    assert sorted(claimed, key=str) == [False] * (WORKERS - 1) + [True]
    assert OutboxItem.objects.get().attempts == 1


@pytest.mark.postgresql
def test_several_workers_send_everything_once_and_each_queue_in_order() -> None:
    for number in range(40):
        OutboxItem.objects.add(OutboxKind.WEBHOOK, f"D-{number}", queue=f"W-{number % 4}", at=NOW)
    came: list[str] = []

    def send(item: OutboxItem, at: object) -> None:
        if item.claim(NOW):
            came.append(item.reference)
            item.succeed(NOW)

    def work() -> int:
        return send_due(OutboxItem.objects.due, send, at=NOW)

    assert all(isinstance(result, int) for result in at_once(*[work] * WORKERS))
    work()

    assert sorted(came) == sorted(f"D-{number}" for number in range(40))
    for queue in range(4):
        numbers = [number for number in (int(one.removeprefix("D-")) for one in came) if number % 4 == queue]
        assert numbers == sorted(numbers)


def test_of_several_workers_after_one_was_killed_one_gets_it_and_that_is_a_repeat() -> None:
    item = OutboxItem.objects.add(OutboxKind.MAIL, "L-1", at=NOW)
    assert item.claim(NOW)  # and is killed
    others = [OutboxItem.objects.get() for _each in range(WORKERS)]

    assert not any(at_once(*[lambda item=one: item.claim(NOW + LEASE / 2) for one in others]))
    claimed = at_once(*[lambda item=one: item.claim(NOW + LEASE) for one in others])

    assert sorted(claimed, key=str) == [False] * (WORKERS - 1) + [True]
    assert OutboxItem.objects.get().repeats == 1
