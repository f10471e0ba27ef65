"""The scores of licences: kept, explained, and blind to who anybody is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from compliance import jobs
from compliance.targeting.models import LicenceScore
from compliance.targeting.queries import known as targeting
from registry import schemes
from registry.conflicts import actions as conflicts
from registry.licences.models import Licence
from registry.organisations import actions as facts
from tests.compliance.targeting import recompute
from tests.compliance.targeting.world import a_licence_with_a_past, points_of, scored, stated, told_late
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LIST = "/staff/targeting/"


def page_of(licence: Licence, *, role: str = "intelligence_analyst") -> str:
    return str(signed_in(person(role)).get(f"{LIST}licences/{licence.number}/").content.decode())


def test_a_past_is_told_in_points_and_each_can_be_worked_out_from_the_page() -> None:
    licence = a_licence_with_a_past()

    score = scored(licence)

    assert points_of(score) == {
        "standards_failed": 5,
        "critical_failed": 15,
        "notices_late": 3,
        "sub_suppliers": 6,
        "new_to_supply": 4,
    }
    assert score.points == 33
    page = page_of(licence)
    assert recompute.differences(page) == []
    assert recompute.read(page).total == "33"
    inspection = licence.organisation.inspections.get()
    assert f"/staff/inspections/{inspection.reference}/" in page


def test_a_figure_that_is_wrong_on_the_page_is_found_by_whoever_works_it_out_again() -> None:
    licence = a_licence_with_a_past()
    scored(licence)

    page = page_of(licence).replace('data-given="6"', 'data-given="7"')

    assert recompute.differences(page) == ["sub_suppliers: 7, not 6"]


def test_another_nationality_changes_no_score_and_who_the_people_are_is_not_even_read() -> None:
    licence = a_licence_with_a_past()
    before = scored(licence)
    for key in ("nationality", "worker_countries", "shellfish_nationalities", "languages", "home_country"):
        facts.write_down(licence.organisation, facts={key: "Ruritanian"}, source="application A-2", at=NOW)
    director = {"full_name": "Rosa Ruritania", "nationality": "Ruritanian", "country_of_birth": "Ruritania"}
    facts.name(
        licence.organisation,
        kind="director",
        particulars=director,
        title="",
        since=NOW.date(),
        by=person("case_officer"),
        at=NOW,
    )

    with CaptureQueriesContext(connection) as asked:
        after = scored(licence, at=NOW + timedelta(minutes=1))

    assert after == before and after.signals == before.signals
    tables = {word.strip('"') for query in asked for word in query["sql"].split() if word.startswith('"')}
    assert not tables & {"registry_person", "registry_role", "registry_user", "licensing_answer"}


def test_a_restricted_fact_gives_no_points() -> None:
    licence = a_licence()
    told = {"may_be_shown_to_subject": False}
    facts.write_down(licence.organisation, facts={"loans": True}, source="check C-1", handling=told, at=NOW)

    assert "loans" not in points_of(scored(licence))


def test_a_score_that_comes_to_something_else_is_a_new_one_and_the_former_stays() -> None:
    licence = a_licence()
    first = scored(licence)
    again = scored(licence, at=NOW + timedelta(minutes=1))
    stated(licence.organisation, loans=True)

    second = scored(licence, at=NOW + timedelta(minutes=2))

    assert again == first and again.looked_at > first.looked_at
    assert second.points == first.points + 6
    first.refresh_from_db()
    assert (first.replaced_at, first.signals) == (second.made_at, again.signals)
    assert "Scores before" in page_of(licence) and "4 points from" in page_of(licence)


def test_what_is_known_is_what_was_known_by_then() -> None:
    licence = a_licence()
    told_late(licence.organisation, at=NOW + timedelta(days=2))

    assert "notices_late" not in points_of(scored(licence))
    assert "notices_late" in points_of(scored(licence, at=NOW + timedelta(days=3)))


def test_every_licence_is_scored_once_a_night_and_by_day_none() -> None:
    licence = a_licence()
    night = NOW.replace(hour=2) + timedelta(days=1)

    assert jobs.score_licences(at=NOW) == 0
    assert jobs.score_licences(at=night) == 1
    assert jobs.score_licences(at=night + timedelta(minutes=1)) == 0
    assert LicenceScore.objects.get().licence == licence


def test_what_is_known_of_many_takes_as_many_questions_as_of_one() -> None:
    one, other = a_licence_with_a_past(), a_licence_with_a_past(legal_name="Another Ltd")
    with CaptureQueriesContext(connection) as for_one:
        targeting.known([one], worth={"1A": 6}, worth_by_one=2, at=NOW)

    with CaptureQueriesContext(connection) as for_both:
        known = targeting.known([one, other], worth={"1A": 6}, worth_by_one=2, at=NOW)

    assert len(for_both) == len(for_one)
    assert [len(each.visits) for each in known] == [1, 1]


def test_a_scheme_without_signals_scores_nobody() -> None:
    old = schemes.get("gla-food", "2012-05-01")

    assert old.targeting is None


class TestList:
    def test_the_highest_is_at_the_top_and_filters_leave_what_they_say(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        low, high = a_licence(legal_name="Low Ltd"), a_licence_with_a_past(legal_name="High Ltd")
        jobs.score_all(at=NOW)
        client = signed_in(person("manager"))

        page = client.get(LIST).content.decode()
        assert page.index("High Ltd") < page.index("Low Ltd")
        for query in ("?at_least=5", "?signal=notices_late", "?q=high", f"?q={high.number}"):
            page = client.get(LIST + query).content.decode()
            assert "High Ltd" in page and "Low Ltd" not in page, query
        for wrong in ("?at_least=x", "?signal=nationality"):
            assert client.get(LIST + wrong).status_code == 422
        with django_assert_num_queries(8):
            client.get(LIST)
        assert low.number in client.get(LIST).content.decode()

    @pytest.mark.parametrize("role", ["case_officer", "inspector", "decision_maker", "applicant"])
    def test_others_have_no_such_page(self, role: str) -> None:
        licence = a_licence()
        scored(licence)

        for path in (LIST, f"{LIST}licences/{licence.number}/"):
            assert signed_in(person(role)).get(path).status_code == 403

    def test_whoever_has_a_conflict_of_interest_does_not_see_the_firm(self) -> None:
        licence, analyst = a_licence_with_a_past(), person("intelligence_analyst")
        scored(licence)
        conflicts.declare(
            analyst, organisation=licence.organisation, because="My sister.", since=NOW.date(), by=analyst, at=NOW
        )

        client = signed_in(analyst)
        assert licence.number not in client.get(LIST).content.decode()
        assert client.get(f"{LIST}licences/{licence.number}/").status_code == 404
