"""A campaign that is over, with the totals of its weeks, and the next, which waits for a second person; and what was counted."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from compliance import jobs
from config.demo.enforcing import SCHEME
from config.demo.people import person
from registry.campaigns import actions
from registry.campaigns.rules import ONE_WEEK, week_of
from registry.campaigns.states import CampaignTotal

WORD, NEXT_WORD = "cards", "radio"
#: Weeks before it, in which it ran, and after it; and how many searched in each, by it or not.
BEFORE, RAN, AFTER = 4, 4, 2
SEARCHES, BY_IT = (61, 58, 66, 60, 97, 104, 92, 88, 71, 66), (34, 41, 29, 22, 8, 5)
FOLLOWED, REPORTED = (6, 9, 5, 4, 1, 0), (3, 4, 2, 3, 1, 0)
EXPECTED = "One in ten who get a card looks up a provider: about 120 in four weeks."
NEXT_EXPECTED = "Cards were read mostly in the first two weeks. A spot each week should keep searches at 100 a week."


def reach(at: datetime) -> Iterator[object]:
    """Planned by the analyst, approved by the manager; its weeks are counted and closed one after the other."""
    analyst, manager = (person(who) for who in ("analyst", "manager"))
    begins = week_of(timezone.localdate(at)) - ONE_WEEK * (RAN + AFTER)
    planned = _morning(begins - ONE_WEEK * 2)
    given: dict[str, Any] = {"scheme": SCHEME, "places": ["Wisbech", "Spalding"], "language": "pl", "by": analyst}
    cards = actions.plan_campaign(
        title="Cards in packing houses",
        word=WORD,
        channel="card",
        pence=120_000,
        starts_on=begins,
        until=begins + ONE_WEEK * RAN - timedelta(days=1),
        hypothesis=EXPECTED,
        at=planned,
        **given,
    )
    yield actions.approve_campaign(cards, by=manager, at=planned + timedelta(days=1))
    for number, searches in enumerate(SEARCHES):
        yield _week(_morning(begins + ONE_WEEK * (number - BEFORE)), number - BEFORE, searches)
    yield actions.plan_campaign(
        title="Radio in the Fens",
        word=NEXT_WORD,
        channel="radio",
        pence=310_000,
        starts_on=timezone.localdate(at) + ONE_WEEK * 2,
        until=timezone.localdate(at) + ONE_WEEK * 8,
        hypothesis=NEXT_EXPECTED,
        follows_from=cards,
        at=at,
        **given,
    )
    yield jobs.evaluate_choosing(at=at)
    yield jobs.count_prevention(at=at)


def _week(monday: datetime, ran: int, searches: int) -> int:
    counts: dict[tuple[str, str], int] = {("", CampaignTotal.LOOK_UP): searches}
    if ran >= 0:
        own = {CampaignTotal.LOOK_UP: BY_IT, CampaignTotal.FOLLOW: FOLLOWED, CampaignTotal.REPORT: REPORTED}
        counts |= {(WORD, what): numbers[ran] for what, numbers in own.items()}
    actions.add_totals({monday: counts}, by=None, at=monday)
    return actions.close_weeks(by=None, at=monday + ONE_WEEK)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
