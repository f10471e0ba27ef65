"""Campaigns by the real actions, and those who come by one."""

from datetime import date, datetime, timedelta
from typing import Any

from registry import jobs
from registry.accounts.models import User
from registry.campaigns import actions
from registry.campaigns.models import Campaign
from registry.web.tallies import tallies
from tests.conftest import NOW
from tests.people import person

#: A Monday, a week after the day of the tests.
STARTS = date(2026, 11, 9)
EXPECTED = "One in ten who see a card looks up a provider: 40 in four weeks."


def a_campaign(word: str = "harvest", *, by: User | None = None, at: datetime = NOW, **told: Any) -> Campaign:
    given: dict[str, Any] = {
        "scheme": "gla-food",
        "title": "Cards in packing houses",
        "places": ["Wisbech", "Spalding"],
        "language": "pl",
        "channel": "card",
        "pence": 120_000,
        "starts_on": STARTS,
        "until": STARTS + timedelta(days=27),
        "hypothesis": EXPECTED,
    }
    return actions.plan_campaign(word=word, **{**given, **told}, by=by or person("intelligence_analyst"), at=at)


def an_approved_campaign(word: str = "harvest", **told: Any) -> Campaign:
    return actions.approve_campaign(a_campaign(word, **told), by=person("manager"), at=NOW)


def came(word: str, what: str, *, at: datetime, times: int = 1) -> None:
    for _time in range(times):
        for one in {"", word}:
            tallies.add(one, what, at=at)


def counted(*, at: datetime) -> None:
    """As the worker does it each minute: the hours that are over first, then the weeks."""
    jobs.keep_campaign_totals(at=at)
    jobs.keep_campaign_totals(at=at)
