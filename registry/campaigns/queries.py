"""The campaigns, where a word leads, and the totals of weeks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.campaigns.models import Campaign, CampaignWeek
from registry.campaigns.rules import ONE_WEEK, WORD, ChangedRatio, before_and_after, week_of
from registry.campaigns.states import CampaignTotal


@dataclass(frozen=True, slots=True)
class CampaignLead:
    """Where a word leads: to the look-up in this language."""

    word: str
    language: str


def lead_of(typed: str, on: date) -> CampaignLead | None:
    """Of the approved campaign that has begun with this word, however it is written."""
    word = plain_word(typed)
    found = Campaign.objects.begun_by(on).filter(word=word).values_list("word", "language") if word else ()
    return next((CampaignLead(*one) for one in found), None)


def plain_word(typed: object) -> str:
    """The word as it is counted; empty if it is none."""
    plain = str(typed or "").strip().lower()
    return plain if WORD.fullmatch(plain) else ""


def is_approved(word: str) -> bool:
    """Whether it may be printed: also before its first day."""
    return bool(word) and Campaign.objects.approved().filter(word=word).exists()


def begun_after(day: date, until: date) -> list[Campaign]:
    """The approved campaigns that began after the one day and until the other, the first one first."""
    return list(Campaign.objects.begun_by(until).filter(starts_on__gt=day).order_by("starts_on", "pk"))


def weeks_of(one: Campaign, on: date) -> list[date]:
    """The Mondays of the whole weeks in which it ran, and that are over. A campaign of some days has the week of its first."""
    first = week_of(one.starts_on)
    if first < one.starts_on and one.until - one.starts_on >= ONE_WEEK:
        first += ONE_WEEK
    weeks = []
    while first <= one.until and first + ONE_WEEK <= on:
        weeks.append(first)
        first += ONE_WEEK
    return weeks


def weeks_before(weeks: list[date]) -> list[date]:
    """As many weeks, just before."""
    return [one - ONE_WEEK * len(weeks) for one in weeks]


@dataclass(frozen=True, slots=True)
class CampaignCount:
    """How many of one kind came by the campaign in the weeks that are over, with noise; and of all, what changed."""

    what: CampaignTotal
    came: int
    change: ChangedRatio | None

    @property
    def label(self) -> str:
        return str(self.what.label)


def counts_of(one: Campaign, on: date) -> list[CampaignCount]:
    """Of each kind. What changed is of all who came, by whatever way: while it ran, and as long before."""
    weeks = weeks_of(one, on)
    before = weeks_before(weeks)
    own, everyone = shown(one.word, weeks), shown("", [*before, *weeks])
    return [
        CampaignCount(
            what,
            sum(own.get((week, what), 0) for week in weeks),
            before_and_after(
                [everyone[week, what] for week in before if (week, what) in everyone],
                [everyone[week, what] for week in weeks if (week, what) in everyone],
            ),
        )
        for what in CampaignTotal
    ]


def is_week_to_close(on: date) -> bool:
    """Whether the last week has not been closed, or a row of a past week still has its number."""
    this_week = week_of(on)
    last = CampaignWeek.objects.filter(word="", week=this_week - ONE_WEEK).exclude(shown=None)
    return not last.exists() or CampaignWeek.objects.filter(shown=None, week__lt=this_week).exists()


def shown(word: str, weeks: Iterable[date]) -> dict[tuple[date, CampaignTotal], int]:
    """What is shown of these weeks, by week and kind: only of weeks that are over."""
    rows = CampaignWeek.objects.filter(word=word, week__in=list(weeks)).exclude(shown=None)
    return {
        (week, CampaignTotal(what)): number or 0 for week, what, number in rows.values_list("week", "what", "shown")
    }
