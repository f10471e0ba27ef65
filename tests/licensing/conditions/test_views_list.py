"""The conditions of all licences as one list: what is open and due first at the top; narrowed, taken away as a file, at one cost."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from licensing.decisions.rules.proposals import GivenCondition
from registry.licences.actions import conditions
from registry.licences.models import Condition, Licence
from tests.conftest import NOW, SetClock
from tests.licensing.stories import TODAY, a_grant_proposed, an_application_checked, day, decided
from tests.people import person, signed_in
from tests.registry.conflicts.test_actions import declared
from tests.registry.stories import a_condition

pytestmark = pytest.mark.django_db
LIST = "/staff/conditions/"


def licences_with_conditions() -> Licence:
    """One whose conditions came with its grant, due in ten and in sixty days, and one more that was met."""
    officer = person("case_officer", name="Mair Rees")
    wanted = [GivenCondition("3.1", "Fewer to a room.", day(60)), GivenCondition("1.4", "Payslips.", day(10))]
    granted = decided(a_grant_proposed(an_application_checked(), conditions=wanted, by=officer))
    assert granted.application and granted.application.licence
    licence = granted.application.licence
    met = a_condition(licence)
    conditions.discharge(met, on=TODAY, because="Met.", by=person("decision_maker"), at=NOW)
    return licence


def listed(client: Client, **query: str) -> list[str]:
    return [row.requirement for row in client.get(LIST, query).context["page"].rows]


def test_it_is_narrowed_by_what_is_due_by_standard_and_by_who_proposed_it(set_clock: SetClock) -> None:
    licence = licences_with_conditions()
    officer = signed_in(person("case_officer"))
    met = Condition.objects.get(status="discharged").requirement
    assert listed(officer) == ["Payslips.", "Fewer to a room.", met]
    assert listed(officer, due="soon") == ["Payslips."]
    assert listed(officer, standard="3.1", status="open") == ["Fewer to a room."]
    mair = Condition.objects.get(standard="1.4", status="open").proposals.get().decision.proposed_by
    assert listed(officer, officer=mair.reference) == ["Payslips.", "Fewer to a room."]
    assert listed(officer, officer="mine") == []
    assert listed(officer, q=licence.organisation.legal_name, status="discharged") == [met]

    set_clock(NOW + timedelta(days=11))
    late = signed_in(person("case_officer"))
    assert listed(late, due="overdue") == ["Payslips."]
    assert "Overdue" in late.get(LIST).content.decode()


def test_it_costs_the_same_however_long_it_is_and_is_taken_away_as_a_file(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    licence = licences_with_conditions()
    officer = signed_in(person("case_officer"))
    officer.get(LIST)
    with django_assert_num_queries(11) as counted:
        officer.get(LIST)
    for _more in range(3):
        a_condition(licence)
    with django_assert_num_queries(len(counted)):
        assert officer.get(LIST).context["page"].count == 6
    told = officer.post(f"{LIST}list.csv?due=soon")
    lines = b"".join(told.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len([line for line in lines if "Payslips." in line and "Mair Rees" in line]) == 1
    assert signed_in(person("inspector")).get(LIST).status_code == 403


def test_whoever_has_a_conflict_of_interest_sees_none_of_them() -> None:
    licence, officer = licences_with_conditions(), person("case_officer")
    declared(officer, licence.organisation)

    assert listed(signed_in(officer)) == []
