"""Absences with a deputy, and rules that give new tasks to people."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registry.accounts.actions import accounts
from registry.assignment import actions, jobs, queries
from registry.assignment.models import AssignmentRule
from registry.errors import Refused
from registry.tasks.models import Task
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.stories import TODAY
from tests.people import person, signed_in
from tests.stories import an_application_paid

pytestmark = pytest.mark.django_db


def takers() -> list[object]:
    return list(Task.objects.filter(kind="application.take_on").order_by("pk").values_list("owner__name", flat=True))


def a_rule(*names: str, method: str = "round_robin", **only: str) -> AssignmentRule:
    people = [person("case_officer", name=name) for name in names]
    manager = person("manager")
    return actions.make_rule(kind="application.take_on", people=people, method=method, by=manager, at=NOW, **only)


def test_a_rule_gives_new_tasks_in_turn_and_leaves_out_who_is_away() -> None:
    rule = a_rule("Ada", "Bert", "Cleo")
    bert = rule.members.get(person__name="Bert").person
    actions.record_absence(bert, deputy=person("case_officer"), starts=TODAY, until=TODAY, by=bert, at=NOW)
    for number in range(3):
        an_application_paid(legal_name=f"Firm {number} Ltd")
        assert jobs.assign_by_rule(at=NOW + timedelta(minutes=number)) == 1

    assert takers() == ["Ada", "Cleo", "Ada"]
    assert jobs.assign_by_rule(at=NOW) == 0


def test_a_rule_by_load_gives_to_who_has_the_fewest_open_tasks() -> None:
    rule = a_rule("Ada", "Bert", method="load")
    ada = rule.members.get(person__name="Ada").person
    an_inspection(inspector=person("inspector"))
    an_application_paid(legal_name="First Ltd")
    Task.objects.filter(kind="application.take_on").update(owner=ada)
    an_application_paid(legal_name="Second Ltd")

    jobs.assign_by_rule(at=NOW)

    assert takers() == ["Ada", "Bert"]


def test_a_rule_counts_only_for_what_it_names() -> None:
    a_rule("Ada", initials="a b")
    a_rule("Cleo", sector="horticulture")
    an_application_paid(legal_name="Berry Pickers Ltd")
    an_application_paid(legal_name="Zest Ltd")

    jobs.assign_by_rule(at=NOW)

    assert takers() == ["Ada", "Cleo"]


def test_an_ended_rule_and_one_whose_maker_has_left_give_nothing() -> None:
    rule = a_rule("Ada")
    other = a_rule("Bert")
    an_application_paid()
    actions.end_rule(rule, by=rule.made_by, at=NOW)
    accounts.off_board(other.made_by, because="Left the authority.", by=person("people_administrator"), at=NOW)

    assert jobs.assign_by_rule(at=NOW) == 0
    assert takers() == [None]


def test_a_rule_is_not_made_for_people_who_cannot_do_the_task() -> None:
    with pytest.raises(Refused) as refused:
        actions.make_rule(
            kind="application.take_on",
            people=[person("inspector")],
            method="load",
            by=person("manager"),
            at=NOW,
        )
    assert [reason.code for reason in refused.value.reasons] == ["may_not"]


def test_who_leaves_at_once_gives_an_inspection_back_to_who_assigns_it() -> None:
    visit = an_inspection()
    accounts.off_board(visit.inspector, because="Shut out.", at_once=True, by=person("people_administrator"), at=NOW)
    task = Task.objects.open().get(kind="inspection.visit")
    assert task.owner is None
    assert task in Task.objects.visible_to(person("manager"), TODAY)


def test_absences_and_rules_on_their_pages() -> None:
    officer, deputy, manager = (
        person("case_officer", name="Ada"),
        person("case_officer", name="Bert"),
        person("manager"),
    )
    days = {
        "starts_day": "3",
        "starts_month": "11",
        "starts_year": "2026",
        "until_day": "9",
        "until_month": "11",
        "until_year": "2026",
    }
    own = signed_in(officer)

    wrong = own.post(reverse("record_absence"), {**days, "until_year": "9999", "deputy": deputy.reference})
    assert wrong.status_code == 422
    done = own.post(reverse("record_absence"), {**days, "deputy": deputy.reference})
    assert done.status_code == 302
    page = own.get(reverse("absences")).content.decode()
    assert "Bert" in page
    assert "Bert" not in signed_in(person("case_officer")).get(reverse("absences")).content.decode()
    absence = queries.absences(officer, TODAY).get()
    assert signed_in(person("case_officer")).post(reverse("end_absence", args=[absence.pk])).status_code == 404
    assert signed_in(manager).post(reverse("end_absence", args=[absence.pk])).status_code == 302

    client = signed_in(manager)
    typed = {"kind": "application.take_on", "people": [officer.reference], "method": "load"}
    assert client.post(reverse("make_assignment_rule"), typed).status_code == 302
    rule = AssignmentRule.objects.get()
    assert "Ada" in client.get(reverse("assignment_rules")).content.decode()
    assert client.post(reverse("end_assignment_rule", args=[rule.reference])).status_code == 302
    assert "There are no rules" in client.get(reverse("assignment_rules")).content.decode()


def test_a_rule_names_a_sector_of_a_scheme_and_says_in_words_what_it_is_only_for() -> None:
    officer, client = person("case_officer"), signed_in(person("manager"))
    typed = {"kind": "application.take_on", "people": [officer.reference], "method": "load", "nation": "scotland"}

    refused = client.post("/staff/assignment/make/", {**typed, "sector": "no such sector"})
    made = client.post("/staff/assignment/make/", {**typed, "sector": "horticulture"})

    assert (refused.status_code, made.status_code) == (422, 302)
    page = client.get("/staff/assignment/").content.decode()
    assert "Organisations in Scotland" in page
    assert "Sector Horticulture" in page
