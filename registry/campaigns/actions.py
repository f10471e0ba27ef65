"""Plan a campaign, approve or refuse it, and keep its totals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.campaigns import rules
from registry.campaigns.models import Campaign, CampaignWeek
from registry.campaigns.states import APPROVES, PLANS, CampaignStatus, CampaignTotal
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def plan_campaign(
    *,
    scheme: str,
    title: str,
    word: str,
    places: Sequence[str],
    language: str,
    channel: str,
    pence: int,
    starts_on: date,
    until: date,
    hypothesis: str,
    follows_from: Campaign | None = None,
    by: User,
    at: datetime,
) -> Campaign:
    """Plan a campaign; it runs once someone else has approved it. Raises `Refused` with every reason."""
    permissions.require(by, PLANS)
    word = word.strip().lower()
    taken = Campaign.objects.filter(word=word).exists()
    today = timezone.localdate(at)
    refuse_for(rules.plan_blockers(word=word, is_taken=taken, starts_on=starts_on, until=until, today=today))
    one = Campaign.objects.create(
        reference=new_reference("CP"),
        scheme=scheme,
        title=title,
        word=word,
        places=list(places),
        language=language,
        channel=channel,
        pence=pence,
        starts_on=starts_on,
        until=until,
        hypothesis=hypothesis,
        follows_from=follows_from,
        planned_by=by,
        planned_at=at,
    )
    trail.record(one, "plan_campaign", by=by, at=at, after=CampaignStatus.PLANNED, word=word)
    return one


@transaction.atomic
def approve_campaign(one: Campaign, *, by: User, at: datetime) -> Campaign:
    """Approve it as a second person. Raises `Refused` (wrong_state, same_person)."""
    one = _to_decide(one, "approve_campaign", by=by)
    return trail.move(one, "approve_campaign", by=by, at=at, decided_by=by, decided_at=at)


@transaction.atomic
def refuse_campaign(one: Campaign, *, because: str, by: User, at: datetime) -> Campaign:
    """Refuse it as a second person. Raises `Refused` (wrong_state, same_person)."""
    one = _to_decide(one, "refuse_campaign", by=by)
    return trail.move(
        one, "refuse_campaign", by=by, at=at, decided_by=by, decided_at=at, refused_because=because.strip()
    )


def _to_decide(one: Campaign, move: str, *, by: User) -> Campaign:
    permissions.require(by, APPROVES)
    one = trail.locked(one)
    refuse_for([*one.lifecycle.blockers(one.status, move), *rules.second_person_blockers(one.planned_by_id, by.pk)])
    return one


@transaction.atomic
def add_totals(hours: Mapping[datetime, Mapping[tuple[str, str], int]], *, by: None, at: datetime) -> int:
    """Add what was counted in these hours, by word and kind, to the totals of their weeks; says how many rows were added to.

    Of a word that no campaign has, nothing is kept. It is no act of anyone, so nothing is written into the trail.
    """
    known = {"", *Campaign.objects.approved().values_list("word", flat=True)}
    totals: Counter[tuple[str, date, str]] = Counter()
    for hour, counts in hours.items():
        week = rules.week_of(timezone.localdate(hour))
        for (word, what), number in counts.items():
            if word in known and what in CampaignTotal.values:
                totals[word, week, what] += number
    for (word, week, what), number in sorted(totals.items()):
        row, _new = CampaignWeek.objects.get_or_create(word=word, week=week, what=what)
        # What comes after the week is over, and its number forgotten, is lost.
        CampaignWeek.objects.filter(pk=row.pk, shown=None).update(counted=F("counted") + number)
    return len(totals)


@transaction.atomic
def close_weeks(*, by: None, at: datetime) -> int:
    """Of each week that is over, show the number with noise and forget the number itself; says of how many numbers.

    Of each campaign that ran, and of all together: also where no one came, as a missing row would say so.
    """
    this_week = rules.week_of(timezone.localdate(at))
    last = this_week - rules.ONE_WEEK
    words = ["", *Campaign.objects.begun_by(this_week - rules.ONE_DAY).values_list("word", flat=True)]
    for word in words:
        for what in CampaignTotal:
            CampaignWeek.objects.get_or_create(word=word, week=last, what=what)
    rows = list(CampaignWeek.objects.filter(shown=None, week__lt=this_week).order_by("pk"))
    for row in rows:
        row.shown, row.counted = row.counted + rules.noise(), 0
        row.save(update_fields=["shown", "counted"])
    return len(rows)
