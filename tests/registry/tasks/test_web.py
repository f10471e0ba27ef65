"""My work, the list of tasks, the page of one and the same for programs: who sees what, and that counts are lists."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from licensing.applications.models import Application
from registry import permissions, worklists
from registry.accounts.actions import keys
from registry.accounts.models import User
from registry.accounts.rules import scopes_for
from registry.assignment import actions as assignment
from registry.conflicts import actions as conflicts
from registry.roles import ROLES
from registry.tasks import queries
from registry.tasks.filters import DueFilter
from registry.tasks.models import Task
from registry.trail.models.events import Event
from registry.waits import TaskPriority
from tests.conftest import NOW
from tests.journeys.every_page import world
from tests.licensing.stories import a_grant_proposed, a_licence, an_application_checked
from tests.people import person, signed_in
from tests.registry.stories import a_condition
from tests.registry.tasks.hearing import assert_no_role_hears_of_what_it_may_not_see

pytestmark = pytest.mark.django_db

STAFF = sorted(name for name, role in ROLES.items() if role.is_staff)
LIST = "/staff/tasks/"


def shown(client: Client, query: str = "") -> set[int]:
    """The tasks of all pages of the list."""
    page, found = "1", set()
    while page:
        context = client.get(f"{LIST}{query}{'&' if query else '?'}page={page}").context["page"]
        found |= {row.pk for row in context.rows}
        page = context.following
    return found


def a_task(kind: str) -> Task:
    """The newest open task of a kind."""
    return Task.objects.open().filter(kind=kind).order_by("-pk")[0]


def a_case(**fields: Any) -> Task:
    application = an_application_checked(**fields)
    return Task.objects.open().get(kind="application.assess", reference=application.reference)


# --- counts are lists ---


def test_for_every_role_each_count_is_the_list_that_it_opens_and_no_way_tells_of_what_it_may_not_see() -> None:
    people = world.build().people
    counted, seen, in_programs = 0, {}, {}
    for role in STAFF:
        client = signed_in(people[role])
        seen[role] = shown(client)
        answer = a_program(people[role]).get("/api/staff/v1/tasks").json()
        in_programs[role] = {row["id"] for row in answer.get("items", [])}
        counts = client.get("/staff/").context["counts"]
        for one in counts:
            assert len(shown(client, one.href.removeprefix(LIST))) == one.number, (role, one.href)
            counted += one.number
    assert counted > 60
    assert_no_role_hears_of_what_it_may_not_see(people, seen, in_programs)


# --- my work ---


def test_my_work_has_mine_by_due_day_and_then_what_i_may_take() -> None:
    officer = person("case_officer")
    later, sooner = a_case(case_officer=officer), a_case(case_officer=officer)
    a_case(case_officer=person("case_officer"))
    Task.objects.filter(pk=later.pk).update(due_on=NOW.date() + timedelta(days=9))
    Task.objects.filter(pk=sooner.pk).update(due_on=NOW.date() - timedelta(days=1))
    free = a_case(case_officer=officer)
    Task.objects.filter(pk=free.pk).update(owner=None)

    page = signed_in(officer).get("/staff/")

    assert [row.task for row in page.context["own"]] == [sooner, later]
    assert [row.is_overdue for row in page.context["own"]] == [True, False]
    assert free in [row.task for row in page.context["free"]]
    text = page.content.decode()
    assert "Overdue" in text and f'href="{sooner.address}"' in text
    assert f'action="/staff/tasks/{free.pk}/take/"' in text


def test_what_a_deputy_does_is_marked_with_whose_it_is() -> None:
    away, deputy, manager = person("case_officer", name="Owen"), person("case_officer"), person("manager")
    task = a_case(case_officer=away)
    assert signed_in(deputy).get("/staff/").context["own"] == []

    today = timezone.localdate()
    assignment.record_absence(away, deputy=deputy, starts=today, until=today, by=manager, at=timezone.now())

    page = signed_in(deputy).get("/staff/")
    assert [(row.task, row.deputised) for row in page.context["own"]] == [(task, away)]
    assert "For Owen" in page.content.decode()
    assert shown(signed_in(deputy), "?whose=mine") == {task.pk}


def test_a_danger_is_on_top_and_says_who_responds() -> None:
    officer = person("case_officer")
    task = a_case(case_officer=officer)
    Task.objects.filter(pk=task.pk).update(priority=TaskPriority.DANGER)
    client = signed_in(officer)
    assert [row.task for row in client.get("/staff/").context["dangers"]] == [task]

    answer = client.post(f"/staff/tasks/{task.pk}/acknowledge/", {})

    assert answer.headers["Location"] == "/staff/"
    page = client.get("/staff/")
    assert [row.task.acknowledged_by for row in page.context["dangers"]] == [officer]
    assert page.context["alerts"] == [] and [row.task for row in page.context["own"]] == [task]
    assert Event.objects.latest("number").verb == "acknowledge_task"


def test_what_a_person_worked_on_last_is_one_click_away() -> None:
    officer = person("case_officer")
    proposed = a_grant_proposed(an_application_checked(case_officer=officer), by=officer)
    assert proposed.application is not None
    found = [task.reference for task in signed_in(officer).get("/staff/").context["recent"]]
    assert proposed.application.reference in found


def test_my_work_costs_a_fixed_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    officer = person("case_officer")
    client = signed_in(officer)
    a_case(case_officer=officer)
    client.get("/staff/")
    with django_assert_num_queries(MY_WORK_QUERIES):
        client.get("/staff/")
    for _case in range(3):
        a_case(case_officer=officer)
    with django_assert_num_queries(MY_WORK_QUERIES):
        client.get("/staff/")


MY_WORK_QUERIES = 23  # one of them for open dangers, also those to which someone else responds


# --- who sees what ---


def test_who_has_a_conflict_sees_the_task_nowhere() -> None:
    officer, manager = person("case_officer"), person("manager")
    task = a_case(case_officer=officer)
    assert task.organisation is not None
    clients = {one: (signed_in(one), a_program(one)) for one in (officer, manager)}
    for user, (client, program) in clients.items():
        assert task.pk in everywhere(client, program), user

    for user in (officer, manager):
        conflicts.declare(
            user, organisation=task.organisation, because="My cousin.", since=NOW.date(), by=manager, at=NOW
        )

    for user, (client, program) in clients.items():
        assert task.pk not in everywhere(client, program), user
        assert client.get(f"{LIST}{task.pk}/").status_code == 404
        assert client.post(f"{LIST}{task.pk}/assign/").status_code in (403, 404)
        assert program.get(f"/api/staff/v1/tasks/{task.pk}").status_code == 404


def everywhere(client: Client, program: Client) -> set[int]:
    """The tasks that are in the list, in its CSV, in the API and on the page of one's work; all the same but for the last."""
    answer = client.post(f"{LIST}list.csv")
    rows = csv.DictReader(io.StringIO(b"".join(answer).decode().removeprefix("\ufeff")))
    in_csv = {int(row["Number"]) for row in rows} if answer.status_code == 200 else None
    in_api = {row["id"] for row in program.get("/api/staff/v1/tasks").json()["items"]}
    found = shown(client)
    assert in_csv in (None, found) and in_api == found
    page = client.get("/staff/").context
    assert {row.task.pk for row in (*page["own"], *page["free"], *page["alerts"])} <= found
    return found


def a_program(by: User) -> Client:
    secret = keys.make(name="Test", scopes=scopes_for(by), days=30, by=by, at=NOW).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_who_may_not_do_a_task_does_not_see_it_nor_that_of_another() -> None:
    officer, other = person("case_officer"), person("case_officer")
    task = a_case(case_officer=officer)
    assert task.pk in shown(signed_in(officer)) and task.pk in shown(signed_in(person("manager")))
    for user in (other, person("inspector"), person("people_administrator"), person("intelligence_analyst")):
        assert task.pk not in shown(signed_in(user))
        assert signed_in(user).get(f"{LIST}{task.pk}/").status_code == 404


def test_the_second_person_sees_the_task_and_the_first_does_not() -> None:
    both = person("case_officer", "decision_maker")
    a_grant_proposed(by=both)
    decide = a_task("decision.decide")
    assert decide.pk not in shown(signed_in(both))
    assert decide.pk in shown(signed_in(person("decision_maker")))


def test_an_applicant_gets_no_page_of_tasks() -> None:
    task = a_case()
    for address in (LIST, f"{LIST}{task.pk}/", f"{LIST}{task.pk}/take/"):
        assert signed_in(person("applicant")).get(address).status_code == 403


# --- what is done with a task ---


def test_a_free_task_is_taken_once() -> None:
    first, second = person("decision_maker"), person("decision_maker")
    a_grant_proposed()
    task = a_task("decision.decide")
    assert signed_in(first).post(f"{LIST}{task.pk}/take/", {}).headers["Location"] == task.address
    task.refresh_from_db()
    assert task.owner == first
    assert signed_in(second).post(f"{LIST}{task.pk}/take/", {}).status_code == 404  # it is another's now


def test_a_manager_assigns_with_the_number_of_open_tasks_beside_each_name() -> None:
    officer, other, manager = (
        person("case_officer", name="Owen"),
        person("case_officer", name="Fatima"),
        person("manager"),
    )
    task = a_case(case_officer=officer)
    client = signed_in(manager)
    page = client.get(f"{LIST}{task.pk}/assign/").content.decode()
    assert "Owen (1 open)" in page and "Fatima (0 open)" in page and "Grace" not in page

    assert client.post(f"{LIST}{task.pk}/assign/", {"owner": other.reference}).status_code == 302

    task.refresh_from_db()
    assert task.owner == other


def test_a_manager_assigns_several_and_is_told_which_could_not_be_given() -> None:
    officer, other, manager = person("case_officer"), person("case_officer"), person("manager")
    mine = [a_case(case_officer=officer) for _case in range(2)]
    a_grant_proposed()
    decide = a_task("decision.decide")
    client = signed_in(manager)
    asked = {"owner": other.reference, "tasks": [task.pk for task in (*mine, decide)]}

    page = client.post("/staff/tasks/assign/?kind=application.assess", asked, follow=True)

    assert page.redirect_chain[0][0] == "/staff/tasks/?kind=application.assess"
    assert {Task.objects.get(pk=task.pk).owner for task in mine} == {other}
    text = page.content.decode()
    assert "2 tasks were given to" in text and f"{decide.reference}, Decide the proposal: not assigned." in text
    assert client.post("/staff/tasks/assign/", {"owner": other.reference}).status_code == 422
    assert signed_in(officer).post("/staff/tasks/assign/", asked).status_code == 403


def test_a_manager_postpones_what_no_law_sets_a_day_for() -> None:
    task, manager = a_case(), person("manager")
    client, day = signed_in(manager), timezone.localdate() + timedelta(days=30)
    typed = {
        "due_on_day": day.day,
        "due_on_month": day.month,
        "due_on_year": day.year,
        "because": "The firm is abroad.",
    }
    assert client.post(f"{LIST}{task.pk}/postpone/", typed).status_code == 302
    task.refresh_from_db()
    assert task.due_on == day
    assert client.post(f"{LIST}{task.pk}/postpone/", {**typed, "because": ""}).status_code == 422
    assert signed_in(person("case_officer")).post(f"{LIST}{task.pk}/postpone/", typed).status_code == 403


def test_who_has_ended_a_task_is_offered_the_next_one() -> None:
    officer = person("case_officer")
    first, following = a_case(case_officer=officer), a_case(case_officer=officer)
    client = signed_in(officer)

    ask = f"/staff/applications/{first.reference}/ask/"

    page = client.post(f"/staff/applications/{first.reference}/notes/", {"text": "Telephoned."}, follow=True)
    assert page.status_code == 200 and "Next task" not in page.content.decode()  # nothing was ended

    due = timezone.localdate() + timedelta(days=14)
    asked = {
        "rows": "1",
        "item-0-text": "Send the lease.",
        "due_on_day": due.day,
        "due_on_month": due.month,
        "due_on_year": due.year,
    }
    page = client.post(ask, asked, follow=True)
    said = page.content.decode()
    assert f'<a class="govuk-notification-banner__link" href="{following.address}">' in said
    assert banner(said).startswith(f"Applicant asked: {first.reference}. <a")


def test_a_page_after_an_act_says_what_was_done_and_one_after_reading_says_nothing() -> None:
    officer = person("case_officer")
    case = a_case(case_officer=officer)
    client = signed_in(officer)

    page = client.post(f"/staff/applications/{case.reference}/notes/", {"text": "Telephoned."}, follow=True)

    assert banner(page.content.decode()) == f"Note written: {case.reference}"
    assert "govuk-notification-banner" not in client.get(page.request["PATH_INFO"]).content.decode()


def banner(page: str) -> str:
    return page.partition('class="govuk-notification-banner__heading">')[2].partition("</p>")[0]


# --- the list ---


def test_the_list_is_narrowed_by_each_filter() -> None:
    officer, manager = person("case_officer"), person("manager")
    late, urgent = a_case(case_officer=officer), a_case(case_officer=officer)
    a_grant_proposed()
    decide = a_task("decision.decide")
    today = timezone.localdate()
    Task.objects.exclude(pk=late.pk).update(due_on=today + timedelta(days=30))
    Task.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=3))
    Task.objects.filter(pk=urgent.pk).update(priority=TaskPriority.URGENT, due_on=today)
    client = signed_in(manager)

    assert shown(client, "?due=overdue") == {late.pk}
    assert shown(client, "?due=today") == {urgent.pk} == shown(client, "?due=week")
    assert shown(client, "?priority=1") == {urgent.pk}
    assert shown(client, "?kind=decision.decide") == {decide.pk}
    assert shown(client, f"?whose={officer.reference}") == {late.pk, urgent.pk}
    assert shown(client, f"?q={late.reference}") == {late.pk}
    assert client.get(f"{LIST}?kind=nonsense").status_code == 422
    first = client.get(LIST).context["page"].rows[0]
    assert first.pk == urgent.pk  # the urgent one before the day


def test_tasks_for_programs_are_those_of_the_page() -> None:
    officer, other, manager = person("case_officer"), person("case_officer"), person("manager")
    task, program = a_case(case_officer=officer), a_program(manager)
    address = f"/api/staff/v1/tasks/{task.pk}"
    row = program.get("/api/staff/v1/tasks?kind=application.assess").json()["items"][0]
    assert (row["id"], row["kind"], row["reference"]) == (task.pk, "application.assess", task.reference)
    one = program.get(address).json()
    assert one["owner"]["reference"] == officer.reference and one["done_at"] is None
    assert {move["name"] for move in one["moves"]} == {"assign", "postpone"}

    answer = program.post(f"{address}/assign", {"owner": other.reference}, content_type="application/json")
    assert answer.json()["owner"]["reference"] == other.reference
    wrong = program.post(f"{address}/assign", {"owner": "U-NONE"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["reasons"][0]["code"]) == (409, "unknown_person")
    due = timezone.localdate() + timedelta(days=20)
    answer = program.post(f"{address}/postpone", {"due_on": due, "because": "Abroad."}, content_type="application/json")
    assert answer.json()["due_on"] == due.isoformat()
    assert program.post(f"{address}/acknowledge").json()["acknowledged_at"]
    assert program.post(f"{address}/take").status_code == 409  # another has it


def test_a_partner_sees_what_is_asked_of_it_and_nothing_else() -> None:
    partner = world.build().people["partner_agency"]
    partner.refresh_from_db()
    asked = {task.pk for task in queries.tasks_of_agency(partner)}
    assert asked and shown(signed_in(partner)) == asked
    assert not permissions.is_staff(person("applicant"))


# --- the due column of other lists ---


def test_a_list_says_when_the_next_task_about_each_is_due_and_finds_what_is_overdue() -> None:
    officer = person("case_officer")
    late, soon = a_case(case_officer=officer), a_case(case_officer=officer)
    today = timezone.localdate()
    Task.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=1))
    Task.objects.filter(pk=soon.pk).update(due_on=today + timedelta(days=2))
    client = signed_in(officer)

    rows = {row.reference: row.task_due_on for row in client.get("/staff/applications/").context["page"].rows}
    assert rows[late.reference] == today - timedelta(days=1) and rows[soon.reference] == today + timedelta(days=2)
    for query, expected in (("overdue", {late.reference}), ("today", set()), ("week", {soon.reference})):
        page = client.get(f"/staff/applications/?due={query}")
        assert {row.reference for row in page.context["page"].rows} == expected
    found = a_program(officer).get("/api/staff/v1/applications?due=overdue").json()["items"]
    assert [row["reference"] for row in found] == [late.reference]


def test_every_list_of_what_waits_for_staff_has_a_due_day() -> None:
    # A report has two clocks in one column of its own; no task is about the rows of the others.
    without = {
        "staff_reports",
        "remedies",
        "intelligence_list",
        "staff_licences",
        "messages",
        "who_saw",
        "undelivered",
        "trail",
    }
    # Nothing waits here: people look something up, or choose from it.
    without |= {"organisations", "people", "premises", "conflicts", "holidays", "scores"}
    for work_list in worklists.declared():
        days = {column.name for column in work_list.columns} & {"task_due_on", "due_on"}
        assert bool(days) != (work_list.name in without), work_list.name
        assert ("task_due_on" in days) == issubclass(work_list.filters, DueFilter), work_list.name


# --- by scheme ---


def test_one_filter_by_scheme_narrows_the_page_the_file_and_the_list_of_programs() -> None:
    manager = person("manager")
    case, condition = a_case(), a_condition(a_licence())
    failed = Task.objects.open().get(kind="condition.meet", reference=condition.reference)
    application = Application.objects.get(reference=case.reference)
    assert (case.scheme, failed.scheme) == (application.scheme, condition.licence.scheme)
    client = signed_in(manager)

    assert case.pk in shown(client, f"?scheme={case.scheme}")
    assert case.pk not in shown(client, "?scheme=construction")
    program = a_program(manager)
    for name, is_in in ((case.scheme, True), ("construction", False)):
        rows = b"".join(client.post(f"{LIST}list.csv?scheme={name}")).decode()
        assert (case.reference in rows) is is_in
        found = program.get(f"/api/staff/v1/tasks?scheme={name}").json()["items"]
        assert {row["scheme"] for row in found} <= {name}
        assert (case.pk in {row["id"] for row in found}) is is_in
