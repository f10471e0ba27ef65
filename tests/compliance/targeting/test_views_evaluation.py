"""The page of evaluation: from confirmed inspections by how they were chosen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from compliance import jobs
from compliance.inspections.states import ChosenHow
from compliance.statistics.models import Tabulation
from compliance.targeting.actions import evaluation as counting
from compliance.targeting.queries import evaluation
from tests.compliance.stories import an_inspection_confirmed
from tests.compliance.targeting.world import (
    a_past_to_try_on,
    a_round,
    a_round_drawn,
    chosen_in,
    explained,
    licences,
    visited,
)
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/staff/targeting/evaluation/"


def test_what_was_found_is_counted_by_how_it_was_chosen() -> None:
    made = licences(5)
    opened = a_round(capacity=3)
    targeted = chosen_in(opened, made[0])
    one, analyst = a_round_drawn(opened), person("intelligence_analyst")
    targeted.refresh_from_db()
    first, second = one.choices.filter(how=ChosenHow.RANDOM).order_by("pk")
    visited(first)
    explained(second)
    visited(targeted, "1.4", "2.2")
    left = next(licence for licence in made if not licence.choices.exists())
    an_inspection_confirmed(
        "1.4", organisation=left.organisation, kind="compliance", case="", licence_number=left.number
    )
    an_inspection_confirmed(organisation=left.organisation)  # for an application: not a visit after the grant

    counting.evaluate(by=None, at=NOW)

    (found,) = [each for each in evaluation.evaluations() if each.name == "gla-food"]
    by = {named.arm.how: (named.arm.visits, named.arm.hits) for named in found.arms}
    assert by == {"targeted": (1, 1), "random": (1, 0), "reactive": (1, 1)}
    selected = {named.arm.how: (named.arm.selected, named.arm.explained, named.arm.waiting) for named in found.arms}
    assert selected == {"targeted": (1, 0, 0), "random": (2, 1, 0), "reactive": (0, 0, 0)}
    assert found.lift and found.lift.value == 1.0
    assert {named.worth.verdict for named in found.signals} == {"unknown"}
    page = signed_in(analyst).get(PAGE)
    assert page.status_code == 200
    assert "Cannot tell yet: the visits count as" in page.content.decode()
    assert signed_in(person("case_officer")).get(PAGE).status_code == 403


def test_of_numbers_that_are_all_the_same_an_interval_is_told_and_ties_are_spoken_of() -> None:
    for one in licences(2):
        an_inspection_confirmed(organisation=one.organisation, kind="compliance", case="", licence_number=one.number)
    counting.evaluate(by=None, at=NOW)
    analyst = person("intelligence_analyst")

    page = " ".join(signed_in(analyst).get(PAGE).content.decode().split())

    assert "(0% to 0%)" not in page
    assert "0% (0% to 66%)" in page
    assert "Cannot tell yet: about 20 visits are needed" in page
    assert "the weights say nothing about that year" in page


def test_the_rate_among_all_licences_is_told_to_staff_and_to_the_public_when_the_round_is_closed() -> None:
    a_past_to_try_on()
    public = Client()
    assert "Cannot tell yet: no round has been closed." in public.get("/how-we-choose/").content.decode()
    counting.evaluate(by=None, at=NOW)

    for page in (signed_in(person("intelligence_analyst")).get(PAGE), public.get("/how-we-choose/")):
        shown = " ".join(page.content.decode().split())
        # Every licence was visited, and 5 of 40 failed: nothing is uncertain.
        assert f'<th scope="row" class="govuk-table__header">{NOW.year}</th>' in shown
        assert "12% (12% to 12%)" in shown or "13% (13% to 13%)" in shown


def test_on_a_phone_the_tables_are_folded_and_each_summary_has_its_key_figure() -> None:
    a_past_to_try_on()
    counting.evaluate(by=None, at=NOW)

    page = " ".join(signed_in(person("intelligence_analyst")).get(PAGE).content.decode().split())

    summaries = [text.split("</span>")[0] for text in page.split('<span class="govuk-details__summary-text">')[1:]]
    assert "What was found: 40 confirmed visits" in summaries
    assert any(text.startswith(f"Share of all licences that would fail a visit: {NOW.year}, 12%") for text in summaries)
    assert any(text.startswith("Signals: ") and " useful and " in text for text in summaries)
    assert any(text.startswith("The present weights on past years: ") for text in summaries)
    before = page.split("<table")[:-1]
    assert all(text.count("<details") > text.count("</details>") for text in accumulated(before))


def accumulated(parts: list[str]) -> list[str]:
    """Of each part all that is before its end."""
    return ["".join(parts[: place + 1]) for place in range(len(parts))]


def test_what_was_counted_before_it_was_counted_as_today_is_left_to_the_next_night() -> None:
    licences(1)
    counting.evaluate(by=None, at=NOW)
    Tabulation.objects.filter(what="targeting").update(tables={"arms": [{"how": "random"}]})

    assert "Nothing has been counted yet" in signed_in(person("intelligence_analyst")).get(PAGE).content.decode()
    assert Client().get("/how-we-choose/").status_code == 200


def test_it_is_counted_once_a_day_and_when_asked_and_the_page_reads_no_visit() -> None:
    left = licences(1)[0]
    analyst = signed_in(person("intelligence_analyst"))
    assert "Nothing has been counted yet" in analyst.get(PAGE).content.decode()
    assert jobs.evaluate_choosing(at=NOW) > 0
    an_inspection_confirmed(
        "1.4", organisation=left.organisation, kind="compliance", case="", licence_number=left.number
    )
    assert jobs.evaluate_choosing(at=NOW + timedelta(minutes=1)) == 0
    assert seen() == 0

    with CaptureQueriesContext(connection) as asked:
        analyst.get(PAGE)
    answer = analyst.post(f"{PAGE}again/", follow=True)

    assert not [one for one in asked.captured_queries if "compliance_inspection" in one["sql"]]
    assert "Everything has been counted again." in answer.content.decode()
    assert seen() == 1
    assert signed_in(person("case_officer")).post(f"{PAGE}again/").status_code == 403
    assert jobs.evaluate_choosing(at=NOW + timedelta(days=1)) > 0


def seen() -> int:
    return sum(named.arm.visits for one in evaluation.evaluations() for named in one.arms)


def test_the_public_reads_how_targeted_visits_compare_with_visits_at_random() -> None:
    """As the record promises: the results of both are compared and shown."""
    public = Client()
    assert "Cannot tell yet: no visit has been counted." in public.get("/how-we-choose/").content.decode()
    made = licences(5)
    opened = a_round(capacity=3)
    targeted = chosen_in(opened, made[0])
    one = a_round_drawn(opened)
    targeted.refresh_from_db()
    visited(targeted, "1.4")
    for choice in one.choices.filter(how=ChosenHow.RANDOM):
        visited(choice)
    counting.evaluate(by=None, at=NOW)

    page = " ".join(public.get("/how-we-choose/").content.decode().split())

    assert "100% (21% to 100%)" in page and "0% (0% to 66%)" in page
    assert "targeted against selected at random: 100 (" in page
    assert page.count("<svg") >= 1
