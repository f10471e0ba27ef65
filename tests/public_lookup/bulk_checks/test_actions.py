"""Lists: begun when their columns are confirmed, answered once, taken up where they were left, forgotten after a week."""

from datetime import timedelta
from typing import Any

import pytest

from public_lookup import jobs, web
from public_lookup.bulk_checks import actions as lists
from public_lookup.bulk_checks.models import KEPT, CheckList, CheckRow, Watched
from public_lookup.bulk_checks.queries import lists as found
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import Confidence
from public_lookup.follows.actions import follows
from public_lookup.follows.models.follows import Follow
from registry import search as index
from registry.errors import Refused
from registry.jobs import send_mail
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.papers import words
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def a_list(*names: str) -> CheckList:
    return lists.make(rows=[[name] for name in names], by=None, at=NOW)


def begun(check_list: CheckList) -> CheckList:
    return lists.begin(check_list, columns=["name"], has_heading=False, by=None, at=NOW)


def checked(*names: str) -> CheckList:
    """A list that was looked up to its end."""
    check_list = begun(a_list(*names))
    rows = found.part_to_check(check_list, len(names))
    return lists.record(
        check_list, rows=rows, answers=web.answered(found.asked_of(rows, check_list), NOW), by=None, at=NOW
    )


def said(check_list: CheckList) -> list[str]:
    return list(check_list.rows.order_by("place").values_list("confidence", flat=True))


def suspend(licence: Licence) -> None:
    told: dict[str, Any] = {"because": "Findings of an inspection.", "by": a_decider(), "at": LATER}
    licences.suspend(licence, starts=LATER.date(), until=LATER.date() + timedelta(days=30), **told)


def test_nothing_is_looked_up_before_the_columns_are_confirmed() -> None:
    check_list = a_list("Harvest Hands Ltd")

    assert jobs.hand_over_lists(at=LATER) == 0
    assert said(check_list) == [""]
    with pytest.raises(Refused):
        lists.begin(check_list, columns=["postcode"], has_heading=False, by=None, at=NOW)


def test_a_list_is_looked_up_in_the_background_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PART", 2)
    a_holder("Harvest Hands Ltd")
    check_list = begun(a_list("Harvest Hands", "Harvst Hands", "Nobody Zxqv", "Harvest Hands", "Harvest Hands"))

    assert jobs.hand_over_lists(at=NOW) == 1
    assert jobs.hand_over_lists(at=NOW) == 0, "somebody has it in hand"
    jobs.check_list.call(check_list.pk)

    check_list.refresh_from_db()
    assert (check_list.checked, check_list.done_at) == (5, NOW)
    assert said(check_list) == ["name", "similar", "nothing", "name", "name"]
    assert jobs.hand_over_lists(at=LATER) == 0


def test_a_list_is_let_go_after_a_few_seconds_and_taken_up_where_it_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list must not keep letters waiting; and one whose worker was killed is not lost."""
    monkeypatch.setattr(jobs, "PART", 1)
    monkeypatch.setattr(jobs, "PIECE", 0)
    a_holder("Harvest Hands Ltd")
    check_list = begun(a_list("Harvest Hands", "Nobody Zxqv"))
    rows = found.part_to_check(check_list, 1)
    lists.record(check_list, rows=rows, answers=web.answered(found.asked_of(rows, check_list), NOW), by=None, at=NOW)

    assert jobs.hand_over_lists(at=NOW) == 0
    assert jobs.hand_over_lists(at=NOW + lists.LEASE) == 1
    jobs.check_list.call(check_list.pk)
    assert jobs.hand_over_lists(at=NOW) == 1, "it was let go"
    monkeypatch.setattr(jobs, "PIECE", 10)
    jobs.check_list.call(check_list.pk)

    assert said(check_list) == ["name", "nothing"]


def test_answers_that_come_twice_or_too_late_are_dropped() -> None:
    a_holder("Harvest Hands Ltd")
    check_list = begun(a_list("Harvest Hands", "Nobody Zxqv"))
    rows = found.part_to_check(check_list, 1)
    answers = web.answered(found.asked_of(rows, check_list), NOW)
    lists.record(check_list, rows=rows, answers=answers, by=None, at=NOW)

    again = lists.record(check_list, rows=rows, answers=[many.RowMatch(Confidence.NOTHING)], by=None, at=NOW)

    assert again.checked == 1
    assert said(check_list) == ["name", ""]


def test_a_row_that_a_fault_befalls_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    a_holder("Harvest Hands Ltd")

    def find(text: str, space: str) -> list[index.SearchHit]:
        raise ZeroDivisionError(text)

    monkeypatch.setattr(index, "find", find)
    check_list = checked("Harvest Hands", "Harvst Hands")

    assert said(check_list) == ["name", "cannot_tell"]
    assert [row.outcome for row in check_list.rows.order_by("place")] == ["licensed", "cannot_tell"]


def test_begun_again_the_register_of_then_answers() -> None:
    licence = a_holder("Harvest Hands Ltd")
    check_list = checked("Harvest Hands")
    suspend(licence)

    again = lists.begin(check_list, columns=["name"], has_heading=False, by=None, at=LATER)
    rows = found.part_to_check(again, 1)
    lists.record(again, rows=rows, answers=web.answered(found.asked_of(rows, again), LATER), by=None, at=LATER)

    assert check_list.rows.get().outcome == "not_licensed"


def test_lists_are_removed_after_a_week_unless_somebody_follows_them() -> None:
    a_holder("Harvest Hands Ltd")
    checked("Meadow Crew")
    followed = checked("Harvest Hands")
    a_follow(followed)

    assert jobs.forget_lists(at=NOW + KEPT) == 0
    assert jobs.forget_lists(at=NOW + KEPT + timedelta(seconds=1)) == 1
    assert list(CheckList.objects.all()) == [followed]
    assert {row.check_list for row in CheckRow.objects.all()} == {followed}


def test_a_list_is_removed_at_once_but_not_while_somebody_is_told_of_it() -> None:
    a_holder("Harvest Hands Ltd")
    check_list = checked("Harvest Hands")
    follow = a_follow(check_list)

    with pytest.raises(Refused) as refused:
        lists.remove(check_list, by=None, at=NOW)
    follows.stop(follow, by=None, at=NOW)
    lists.remove(check_list, by=None, at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["followed"]
    assert not CheckRow.objects.exists()
    assert found.list_of(check_list.key) is None
    lists.remove(checked("Meadow Crew"), by=None, at=NOW)
    assert CheckList.objects.count() == 1


# Following


def a_follow(check_list: CheckList, address: str = "buyer@retail.example") -> Follow:
    follow = follows.ask(check_list=check_list, address=address, language="en-gb", by=None, at=NOW)
    follows.confirm(follow, by=None, at=NOW)
    return follow


def told() -> list[str]:
    return [words.text(letter) for letter in Letter.objects.filter(template__endswith="changed.html").order_by("pk")]


def test_a_follower_is_told_once_of_all_the_firms_of_a_list_that_changed() -> None:
    harvest, meadow = a_holder("Harvest Hands Ltd"), a_holder("Meadow Crew Ltd")
    a_holder("Orchard Staff Ltd")
    a_follow(checked("Harvest Hands", "Meadow Crew", "Orchard Staff", "Nobody Zxqv"))
    suspend(harvest)
    suspend(meadow)

    assert jobs.tell_followers(at=LATER) == 1
    assert jobs.tell_followers(at=LATER) == 0
    (text,) = told()
    assert "Harvest Hands Ltd" in text
    assert "Meadow Crew Ltd" in text
    assert "Orchard" not in text


def test_a_similar_one_is_followed_only_if_somebody_said_that_it_is_meant() -> None:
    harvest, meadow = a_holder("Harvest Hands Ltd"), a_holder("Meadow Crew Ltd")
    check_list = checked("Harvst Hands", "Medow Crew")
    lists.pick(check_list, picked={1: [harvest.number, "XXXX0001"], 2: []}, by=None, at=NOW)
    follow = a_follow(check_list)

    suspend(harvest)
    suspend(meadow)
    jobs.tell_followers(at=LATER)

    assert [one.listing_id for one in Watched.objects.filter(follow=follow)] == [harvest.listing.pk]
    (text,) = told()
    assert "Meadow" not in text


def test_one_address_may_follow_two_lists_and_the_same_one_once() -> None:
    a_holder("Harvest Hands Ltd")
    one, other = checked("Harvest Hands"), checked("Harvest Hands")

    assert a_follow(one) == a_follow(one)
    assert a_follow(other) != a_follow(one)


def test_what_was_so_when_it_was_confirmed_is_no_news_and_a_stopped_follow_is_not_told(set_clock: SetClock) -> None:
    licence = a_holder("Harvest Hands Ltd")
    follow = a_follow(checked("Harvest Hands"))
    assert jobs.tell_followers(at=LATER) == 0

    follows.stop(follow, by=None, at=NOW)
    suspend(licence)

    assert jobs.tell_followers(at=LATER) == 0
    send_mail(at=LATER)
    assert "Labour providers of a list: 1" in words.text(Letter.objects.get(template__endswith="confirm.html"))
