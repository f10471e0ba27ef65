"""A campaign with its weeks in the sample data, and the next that waits for a second person."""

from datetime import timedelta

import pytest

from compliance.outreach.queries import results_of
from compliance.statistics.models import Tabulation
from config.demo import loading, reaching
from registry.campaigns.models import Campaign, CampaignWeek
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_a_campaign_has_results_and_the_next_waits() -> None:
    later = NOW + timedelta(days=250)
    list(loading.people(NOW))

    list(reaching.reach(later))

    over, planned = Campaign.objects.order_by("planned_at")
    assert (over.status, planned.status, planned.follows_from) == ("approved", "planned", over)
    found = results_of(over, later.date())
    searches = found.counts[0]
    assert found.weeks == 4 and abs(searches.came - 126) < 40
    assert searches.change and searches.change.said == "more"
    assert not CampaignWeek.objects.filter(shown=None).exists()
    assert set(Tabulation.objects.values_list("what", flat=True)) >= {"targeting", "prevention"}
