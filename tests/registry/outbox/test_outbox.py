"""The outbox: one rule of retries, one lease, one order within a queue."""

from datetime import timedelta

import pytest

from registry.outbox.jobs import send_due
from registry.outbox.models import OutboxItem
from registry.outbox.states import FIRST_WAIT, LEASE, LONGEST_WAIT, MOST_FAILURES, OutboxKind, wait_after
from tests.conftest import NOW, SetClock

MINUTE = timedelta(minutes=1)


def an_item(reference: str = "L-1", *, queue: str = "", useful_until: timedelta | None = None) -> OutboxItem:
    until = NOW + useful_until if useful_until else None
    return OutboxItem.objects.add(OutboxKind.WEBHOOK, reference, queue=queue, useful_until=until, at=NOW)


def due(at: timedelta = timedelta(0)) -> list[str]:
    return list(OutboxItem.objects.due(NOW + at).order_by("pk").values_list("reference", flat=True))


# --- the rule ---


def test_the_wait_doubles_from_a_minute_to_four_hours() -> None:
    waits = [wait_after(failures) for failures in range(1, MOST_FAILURES)]

    assert waits[:4] == [minutes * MINUTE for minutes in (1, 2, 4, 8)]
    assert waits[0] == FIRST_WAIT and waits[-1] == LONGEST_WAIT
    assert waits == sorted(wait for wait in waits if wait is not None)


def test_it_is_given_up_after_more_than_five_days() -> None:
    waits = [wait for failures in range(1, MOST_FAILURES) if (wait := wait_after(failures))]

    assert len(waits) == MOST_FAILURES - 1
    assert timedelta(days=5) < sum(waits, timedelta(0)) < timedelta(days=6)
    assert wait_after(MOST_FAILURES) is None and wait_after(MOST_FAILURES + 1) is None


# --- attempts ---


@pytest.mark.django_db
class TestAttempts:
    def test_an_item_is_claimed_once_until_its_lease_is_over(self) -> None:
        item, other = an_item(), OutboxItem.objects.get()

        assert item.claim(NOW) and not other.claim(NOW)
        assert due() == due(LEASE - MINUTE) == []
        assert due(LEASE) == ["L-1"]

    def test_a_worker_whose_lease_ran_out_settles_nothing(self) -> None:
        late = an_item()
        late.claim(NOW)
        other = OutboxItem.objects.get()
        assert other.claim(NOW + LEASE)

        assert not late.fail("no_answer", at=NOW + LEASE)
        assert other.succeed(NOW + LEASE)

        item = OutboxItem.objects.get()
        assert (item.sent_at, item.last_error, item.attempts, item.repeats) == (NOW + LEASE, "", 2, 1)

    def test_what_was_put_back_meanwhile_is_settled_by_no_worker_of_before(self) -> None:
        item = an_item()
        item.claim(NOW)
        OutboxItem.objects.all().put_back(NOW)

        assert not item.succeed(NOW)
        assert due() == ["L-1"]

    def test_a_failure_waits_by_the_rule_and_a_success_ends_it(self) -> None:
        item = an_item()
        item.claim(NOW)
        item.fail("no_answer", at=NOW)
        assert due(FIRST_WAIT - MINUTE / 2) == []
        assert due(FIRST_WAIT) == ["L-1"]

        item.claim(NOW + FIRST_WAIT)
        item.succeed(NOW + FIRST_WAIT)

        assert due(timedelta(days=9)) == []
        item = OutboxItem.objects.get()
        assert (item.attempts, item.failures, item.repeats, item.sent_at) == (2, 0, 0, NOW + FIRST_WAIT)

    def test_after_the_last_failure_it_is_given_up_and_can_be_put_back(self) -> None:
        item = an_item()
        for _each in range(MOST_FAILURES):
            assert item.claim(item.next_try or NOW)
            item.fail("no_answer", at=item.next_try or NOW)
        assert item.failed_at and due(timedelta(days=99)) == []

        OutboxItem.objects.all().put_back(NOW)

        assert due() == ["L-1"]
        assert OutboxItem.objects.get().failures == 0

    def test_what_is_of_no_use_later_is_given_up(self) -> None:
        never, once = an_item("S-1", useful_until=MINUTE), an_item("S-2", useful_until=MINUTE * 3 / 2)
        assert not never.claim(NOW + 2 * MINUTE)
        once.claim(NOW)
        once.fail("no_answer", at=NOW + MINUTE)

        assert due(timedelta(days=1)) == []
        assert set(OutboxItem.objects.values_list("reference", "last_error", "failed_at")) == {
            ("S-1", "too_late", NOW + 2 * MINUTE),
            ("S-2", "no_answer", NOW + MINUTE),
        }

    def test_items_of_a_queue_go_in_order_and_wait_for_the_one_before(self) -> None:
        first, _second, _other = an_item("D-1", queue="W-1"), an_item("D-2", queue="W-1"), an_item("D-3", queue="W-2")
        assert due() == ["D-1", "D-3"]
        first.claim(NOW)
        first.fail("no_answer", at=NOW, for_good=True)
        assert due() == ["D-3"], "what was given up holds the others"

        OutboxItem.objects.filter(pk=first.pk).put_back(NOW)
        first.refresh_from_db()
        first.claim(NOW)
        first.succeed(NOW)
        assert due() == ["D-2", "D-3"]

    def test_what_is_withdrawn_is_neither_tried_nor_undelivered(self) -> None:
        an_item(queue="W-1")
        OutboxItem.objects.all().withdraw()

        assert due(timedelta(days=9)) == []
        assert not OutboxItem.objects.undelivered(NOW + timedelta(days=9)).exists()


# --- the loop ---


@pytest.mark.django_db
class TestLoop:
    def test_the_next_of_a_queue_goes_in_the_same_round(self) -> None:
        for number in range(3):
            an_item(f"D-{number}", queue="W-1")
        came: list[str] = []

        def send(item: OutboxItem, at: object) -> None:
            if item.claim(NOW):
                came.append(item.reference)
                item.succeed(NOW)

        assert send_due(OutboxItem.objects.due, send, at=NOW) == 3
        assert came == ["D-0", "D-1", "D-2"]

    def test_one_that_cannot_be_sent_keeps_no_other(self, set_clock: SetClock) -> None:
        an_item("L-1"), an_item("L-2")

        def send(item: OutboxItem, at: object) -> None:
            item.claim(NOW)
            if item.reference == "L-1":
                raise ValueError("a template is broken")
            item.succeed(NOW)

        assert send_due(OutboxItem.objects.due, send, at=NOW) == 2
        assert due() == [] and due(LEASE) == ["L-1"]

    def test_a_slow_receiver_takes_no_more_than_its_seconds(self) -> None:
        an_item("D-1"), an_item("D-2")

        assert send_due(OutboxItem.objects.due, lambda item, at: None, at=NOW, seconds=-1) == 1
