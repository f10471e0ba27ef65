"""Licence holders are compared with lists: what is found, judged, and not found again."""

from datetime import timedelta
from typing import Any

import pytest

from licensing import jobs
from licensing.decisions.queries.against import against
from licensing.watchlist_matches import actions
from licensing.watchlist_matches.models import WatchlistMatch
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.imports.models import Import
from registry.tasks.models import Task
from registry.watchlists.models import ListedParty
from tests.conftest import NOW
from tests.licensing.phoenix_matches.world import licensed
from tests.licensing.stories import TODAY, a_revocation_proposed
from tests.licensing.watchlist_matches.world import DIRECTOR, LISTED, a_watchlist_match, read_sanctions
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
ANOTHER_DAY = {**LISTED, "properties": {**LISTED["properties"], "birthDate": ["1968-09-22"]}}


def tasks() -> list[str]:
    return [task.kind for task in Task.objects.open().filter(kind__startswith="watchlistmatch.")]


def test_only_parties_of_the_topic_are_read_and_what_cannot_be_read_is_reported_by_line() -> None:
    company: dict[str, Any] = {
        "id": "NK-8",
        "schema": "Company",
        "properties": {"name": ["Hollow Hands"], "registrationNumber": ["445790"], "jurisdiction": ["gb"]},
    }
    elsewhere = {**company, "properties": {**company["properties"], "jurisdiction": ["cy"]}}
    address = {"id": "a-1", "schema": "Address", "properties": {"full": ["Cardiff"]}}
    no_text = {**LISTED, "id": "NK-8", "properties": {"name": ["Half a character \ud800"]}}
    read_sanctions(LISTED, address, "{not json", company, elsewhere, no_text)

    person_listed, company_listed = ListedParty.objects.order_by("line")
    assert person_listed.names == ["Stoyanov Jordan", "Йордан Стоянов"]
    assert (str(person_listed.date_of_birth), person_listed.reference) == ("1968-09-21", "NK-7")
    assert (company_listed.line, company_listed.company_number) == (4, "00445790")
    assert [line for line, _why in Import.objects.get().reported] == [3, 5, 6]

    read_sanctions(LISTED, company, at=LATER, topics=("sanction",))
    assert ListedParty.objects.get().reference == "NK-7"


def test_a_match_is_a_task_that_ends_when_action_has_been_considered() -> None:
    match = a_watchlist_match()
    officer = person("case_officer")

    assert (match.who, match.listed_name, match.found_by) == (DIRECTOR["full_name"], "Stoyanov Jordan", "date_of_birth")
    assert tasks() == ["watchlistmatch.judge"]
    with pytest.raises(Refused, match="no_reason"):
        actions.confirm_match(match, because="Yes.", by=officer, at=NOW)
    match = actions.confirm_match(match, because="The passport number is the same.", by=officer, at=NOW)
    assert tasks() == ["watchlistmatch.consider"]
    assert match.licence
    decision = a_revocation_proposed(match.licence)
    assert [row.sort for row in against(decision, by=officer, on=TODAY) if "Sanctions list" in row.text] == [
        "On a list"
    ]
    match = actions.consider_match(match, because=f"Proposed {decision.reference}.", by=officer, at=NOW)
    assert (match.status, tasks()) == ("match_considered", [])
    assert match.licence
    assert match.licence.status == "active"


def test_another_day_of_birth_is_another_person() -> None:
    licensed(director=DIRECTOR)
    read_sanctions(ANOTHER_DAY)

    assert jobs.screen_holders(at=NOW) == 1
    assert not WatchlistMatch.objects.exists()


def test_what_was_dismissed_is_not_found_again_but_another_entry_is() -> None:
    match = a_watchlist_match()
    actions.dismiss_match(match, because="He was born in another town.", by=person("case_officer"), at=NOW)
    assert (jobs.screen_holders(at=NOW), tasks()) == (0, [])  # compared with this edition

    read_sanctions(LISTED, ANOTHER_DAY, at=LATER)
    assert jobs.screen_holders(at=LATER) == 1
    assert WatchlistMatch.objects.count() == 1

    read_sanctions({**LISTED, "id": "NK-9"}, at=LATER + timedelta(days=1))
    jobs.screen_holders(at=LATER + timedelta(days=1))
    assert tasks() == ["watchlistmatch.judge"]


def test_staff_see_it_on_the_licence_and_no_one_with_a_conflict_does() -> None:
    match = a_watchlist_match()
    officer = person("case_officer")

    assert match.licence
    assert match.reference in signed_in(officer).get(f"/staff/licences/{match.licence.number}/").content.decode()
    page = signed_in(officer).get(f"/staff/watchlist-matches/{match.reference}/").content.decode()
    assert "Is Yordan Stoyanov on the list" in page
    assert signed_in(person("inspector")).get(f"/staff/watchlist-matches/{match.reference}/").status_code in (403, 404)
    conflicts.declare(
        officer,
        organisation=match.organisation,
        because="A cousin of the director.",
        since=TODAY,
        by=person("manager"),
        at=NOW,
    )
    assert signed_in(officer).get(f"/staff/watchlist-matches/{match.reference}/").status_code == 404
