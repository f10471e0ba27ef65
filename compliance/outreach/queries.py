"""What a campaign changed: who came by it, and how many reports came from its places, against other weeks and places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.reports.models.reports import Report
from registry.campaigns.models import Campaign
from registry.campaigns.queries import CampaignCount, counts_of, weeks_before, weeks_of
from registry.campaigns.rules import ONE_WEEK, ChangedRatio, places_and_weeks
from registry.campaigns.states import CampaignChannel, CampaignTotal
from registry.editions.queries.declaring import dimension, in_languages, measures, release_table
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable
from registry.filtersets import midnight

#: Numbers of reports under this are not used: a smaller one could tell of a reporter.
FEWEST = 10
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class CampaignResults:
    """All that is known of one campaign. `reports` is nothing where a number is too small, or it names no place."""

    campaign: Campaign
    weeks: int
    counts: list[CampaignCount]
    reports: ChangedRatio | None

    @property
    def pounds(self) -> float:
        return self.campaign.pence / 100


def results_of(one: Campaign, on: date) -> CampaignResults:
    weeks = weeks_of(one, on)
    return CampaignResults(one, len(weeks), counts_of(one, on), _reports(one, weeks))


def _reports(one: Campaign, weeks: list[date]) -> ChangedRatio | None:
    """Reports that name a place of the campaign, against those that name another: while it ran, and as long before."""
    if not one.places or not weeks:
        return None
    here = Q()
    for place in one.places:
        here |= Q(about_place__icontains=place)
    during, before = (
        Report.objects.filter(_within(each)).exclude(about_place="") for each in (weeks, weeks_before(weeks))
    )
    return places_and_weeks(
        here_before=before.filter(here).count(),
        here_during=during.filter(here).count(),
        elsewhere_before=before.exclude(here).count(),
        elsewhere_during=during.exclude(here).count(),
        fewest=FEWEST,
    )


def _within(weeks: list[date]) -> Q:
    return Q(received_at__gte=midnight(weeks[0]), received_at__lt=midnight(weeks[-1] + ONE_WEEK))


def campaigns() -> list[Campaign]:
    """The newest first."""
    return list(Campaign.objects.select_related("planned_by", "follows_from").order_by("-starts_on", "-pk"))


def days_of(one: Campaign) -> timedelta:
    return one.until - one.starts_on + timedelta(days=1)


# --- what is released ---

MEASURES: dict[str, tuple[str | Promise, str]] = {
    "pounds": (_("Cost"), "pounds"),
    "days": (_("Days"), "days"),
    **{what.value: (what.label, "people") for what in CampaignTotal},
    "searches": (_("All searches, multiplied by"), "times"),
    "searches_low": (_("Lowest"), "times"),
    "searches_high": (_("Highest"), "times"),
    "reports_here": (_("Reports from its places, multiplied by"), "times"),
    "reports_low": (_("Lowest"), "times"),
    "reports_high": (_("Highest"), "times"),
}


def campaign_tables(last_day: date) -> tuple[ReleaseTable, ...]:
    """The campaigns that were over on this day, each with what was expected; none where there is none."""
    on = last_day + timedelta(days=1)
    over = list(Campaign.objects.approved().filter(until__lt=on).order_by("starts_on", "pk"))
    if not over:
        return ()
    return (
        release_table(
            "campaigns",
            CountedThing.PEOPLE,
            title=_("Campaigns"),
            about=_(
                "How many came by the short address of each campaign. Each total has noise: 96 of 100 are at most 6 away from the true number. Searches are compared with as many weeks before, and reports also with other places."
            ),
            dimensions=(
                Dimension(
                    "campaign",
                    in_languages(_("Campaign")),
                    {one.word: dict.fromkeys(_languages(), one.title) for one in over},
                ),
                dimension("channel", _("Channel"), dict(CampaignChannel.choices)),
            ),
            measures=measures(**{code: title for code, (title, _unit) in MEASURES.items()}),
            units={code: unit for code, (_title, unit) in MEASURES.items()},
            rows=tuple(_row(results_of(one, on)) for one in over),
            notes=tuple(_notes(over)),
        ),
    )


def _row(found: CampaignResults) -> tuple[str | Cell, ...]:
    one = found.campaign
    came = {each.what: each for each in found.counts}
    numbers = (came[what].came if found.weeks else Mark.UNKNOWN for what in CampaignTotal)
    changes = (*_cells(came[CampaignTotal.LOOK_UP].change), *_cells(found.reports))
    return (one.word, one.channel, found.pounds, days_of(one).days, *numbers, *changes)


def _cells(change: ChangedRatio | None) -> tuple[Cell, ...]:
    return (round(change.value, 2), round(change.low, 2), round(change.high, 2)) if change else (Mark.UNKNOWN,) * 3


def _notes(over: list[Campaign]) -> Iterator[Words]:
    for one in over:
        yield in_languages(_("%(title)s: what was expected: %(text)s"), title=one.title, text=one.hypothesis)
        if one.follows_from:
            yield in_languages(
                _("%(title)s was planned from the results of %(other)s."), title=one.title, other=one.follows_from.title
            )


def _languages() -> list[str]:
    return [code.split("-")[0] for code in settings.SITE_LANGUAGES]
