"""Campaigns take two; of who comes by one nothing stays but the total of a week, with noise."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from registry import jobs
from registry.campaigns import actions, rules
from registry.campaigns.models import Campaign, CampaignWeek
from registry.campaigns.queries import CampaignLead, counts_of, lead_of, shown, weeks_before, weeks_of
from registry.campaigns.states import CampaignTotal
from registry.errors import Refused
from registry.web.tallies import MOST_WORDS, Tallies, tallies
from tests.conftest import NOW
from tests.people import person
from tests.registry.campaigns.world import STARTS, a_campaign, an_approved_campaign, came, counted

pytestmark = pytest.mark.django_db
#: In the first week of the campaign.
DURING = NOW + timedelta(days=8)


def test_each_minute_costs_two_questions_at_most(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    an_approved_campaign()
    assert jobs.keep_campaign_totals(at=DURING) == len(CampaignTotal)  # of all: the campaign had not begun

    with django_assert_num_queries(2):
        assert jobs.keep_campaign_totals(at=DURING) == 0


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    tallies.clear()


def test_someone_else_approves_or_refuses_it() -> None:
    manager = person("manager")
    one = a_campaign(by=manager)
    for act in (actions.approve_campaign, lambda one, **who: actions.refuse_campaign(one, because="No.", **who)):
        with pytest.raises(Refused) as refused:
            act(one, by=manager, at=NOW)
        assert [each.code for each in refused.value.reasons] == ["same_person"]

    approved = actions.approve_campaign(one, by=person("manager", name="Second Manager"), at=NOW)
    refused_one = actions.refuse_campaign(a_campaign("radio"), because="Too dear.", by=manager, at=NOW)

    assert (approved.status, refused_one.status, refused_one.refused_because) == ("approved", "refused", "Too dear.")
    with pytest.raises(Refused):
        actions.approve_campaign(refused_one, by=manager, at=NOW)


def test_what_was_planned_cannot_be_changed_later() -> None:
    one = an_approved_campaign()
    for change in ("hypothesis = 'As it came.'", "pence = 1", "status = 'refused'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE registry_campaign SET {change} WHERE id = {one.pk}")


def test_a_word_leads_on_from_its_first_day_and_is_read_as_it_is_typed() -> None:
    one = an_approved_campaign()
    a_campaign("planned")

    lead = CampaignLead(one.word, "pl")
    assert lead_of(" HarVest ", STARTS) == lead
    assert lead_of("harvest", STARTS - timedelta(days=1)) is None
    assert lead_of("harvest", STARTS + timedelta(days=900)) == lead  # posters hang on
    assert lead_of("planned", STARTS) is None
    assert lead_of("QQQQQQQQ", STARTS) is None


def test_an_hour_is_added_to_its_week_when_it_is_over() -> None:
    an_approved_campaign()
    came("harvest", "look_up", at=DURING, times=3)
    came("madeup", "look_up", at=DURING)
    came("harvest", "nonsense", at=DURING)

    counted(at=DURING + timedelta(minutes=30))
    assert not CampaignWeek.objects.filter(counted__gt=0).exists()
    counted(at=DURING + timedelta(hours=1))

    rows = CampaignWeek.objects.filter(week=STARTS).values_list("word", "what", "counted")
    assert sorted(rows) == [("", "look_up", 4), ("harvest", "look_up", 3)]


def test_a_week_that_is_over_is_shown_with_noise_and_its_number_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    one = an_approved_campaign()
    monkeypatch.setattr(rules, "noise", lambda: -2)
    came("harvest", "look_up", at=DURING, times=30)
    counted(at=DURING + timedelta(hours=1))
    assert shown("harvest", [STARTS]) == {}

    counted(at=NOW + timedelta(days=14))
    came("harvest", "look_up", at=DURING)  # a file that was found later
    counted(at=NOW + timedelta(days=14, hours=1))

    # Also where no one came: a row that is missing would say so.
    assert shown("harvest", [STARTS]) == {(STARTS, what): 28 if what == "look_up" else -2 for what in CampaignTotal}
    assert set(CampaignWeek.objects.filter(week=STARTS).values_list("counted", flat=True)) == {0}
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignWeek.objects.filter(week=STARTS).update(counted=30)
    assert counts_of(one, STARTS + timedelta(days=7))[0].came == 28


def test_the_weeks_of_a_campaign_are_whole_and_over() -> None:
    one = Campaign(starts_on=date(2026, 11, 11), until=date(2026, 12, 6))

    weeks = weeks_of(one, date(2026, 12, 1))

    assert weeks == [date(2026, 11, 16), date(2026, 11, 23)]
    assert weeks_before(weeks) == [date(2026, 11, 2), date(2026, 11, 9)]
    assert weeks_of(Campaign(starts_on=date(2026, 11, 11), until=date(2026, 11, 13)), TODAY_LATER) == [STARTS]


TODAY_LATER = date(2026, 12, 31)


def test_what_is_counted_says_nothing_of_anyone_and_is_bounded(tmp_path: Path) -> None:
    file = tmp_path / "tallies"
    one, other = Tallies(str(file)), Tallies(str(file))
    for number in range(MOST_WORDS + 50):
        one.add(f"w{number}", "look_up", at=DURING)
    other.add("w1", "look_up", at=DURING)

    assert "127.0.0.1" not in file.read_text()
    (hour,) = one.take(at=DURING + timedelta(hours=1)).values()
    assert hour["w1", "look_up"] == 2
    assert len(hour) == MOST_WORDS
    assert other.take(at=DURING + timedelta(hours=9)) == {}


def test_a_file_that_cannot_be_read_keeps_no_one_from_an_answer(tmp_path: Path) -> None:
    broken = tmp_path / "tallies"
    broken.write_text("{")
    for path in (broken, tmp_path / "tallies" / "below a file"):
        Tallies(str(path)).add("", "look_up", at=DURING)
