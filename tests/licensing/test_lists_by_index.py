"""Each filter and each order of the work lists is served by the index that is named for it: no scan, no sort."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.inspections.queries import inspections as compliance
from licensing.applications.models import Application
from licensing.cases.queries import work_list
from licensing.checks.models import Check
from licensing.decisions.queries import work_list as work_list_queries
from licensing.licences.queries import work_list as licences_work_list
from registry import filtersets as base
from registry.accounts.models import User
from registry.filtersets import FilterSet
from registry.organisations import queries as registry
from registry.organisations.models import Organisation
from registry.pagination import Walk
from tests.conftest import NOW
from tests.licensing.stories import TODAY
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody before whom there is more than is counted, in tables that the planner knows."""
    monkeypatch.setattr(base, "COUNTED", 25)
    me, applicant = person("case_officer", "auditor", team="North"), person("applicant")
    firms = Organisation.objects.bulk_create(
        Organisation(legal_name=f"Firm {n % 7}", created_at=NOW) for n in range(300)
    )
    cases = Application.objects.bulk_create(
        Application(
            reference=f"A-{n}",
            organisation=firm,
            scheme="gla-food",
            version=TODAY,
            status=("submitted", "assessing", "awaiting_applicant", "refused", "withdrawn")[n % 5],
            started_by=applicant,
            started_at=NOW,
            submitted_at=NOW - timedelta(days=20, hours=n),
            facts={"sectors": ["shellfish" if n % 9 else "processing"]},
            fee=Decimal(400),
            case_officer=me if n % 2 else None,
        )
        for n, firm in enumerate(firms)
    )
    Check.objects.bulk_create(
        Check(
            reference=f"C-{case.pk}",
            application=case,
            code="x",
            subject="x",
            sent_on=TODAY,
            due_on=TODAY - timedelta(3),
        )
        for case in cases[::2]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return me


def plans(found: FilterSet[Any], asked: str = "") -> Iterator[str]:
    """How the queries that put rows in order are carried out."""
    with CaptureQueriesContext(connection) as context:
        assert found.page(asked).rows
    for query in context.captured_queries:
        if " ORDER BY " in query["sql"] and " LIMIT " in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql'].replace('%', '%%')}")
                yield "\n".join(row[-1] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "application_in_hand_first"),
        ({"status": ["refused"]}, "application_by_status"),
        ({"scheme": "gla-food"}, "application_by_scheme"),
        ({"officer": "mine"}, "application_by_officer"),
        ({"officer": "nobody"}, "application_by_officer"),
        ({"officer": "team"}, "application_in_hand_first"),
        ({"turn": "applicant"}, "application_in_hand_first"),
        ({"turn": "authority"}, "application_in_hand_first"),
        ({"turn": "others"}, "application_by_status"),
        ({"age": "10"}, "application_in_hand_first"),
        ({"sector": "shellfish"}, "case_mark_in_hand_first"),
        ({"unpaid": "on"}, "case_mark_in_hand_first"),
        ({"overdue": "on"}, "case_mark_in_hand_first"),
        ({"sort": "name"}, "organisation_by_name"),
        ({"sort": "-name"}, "organisation_by_name"),
        ({"sort": "submitted"}, "application_by_day"),
        ({"sort": "-submitted"}, "application_by_day"),
        ({"sort": "status"}, "application_by_status"),
        ({"sort": "-status"}, "application_by_status"),
        ({"sort": "officer"}, "application_by_officer"),
        ({"sort": "-officer"}, "application_by_officer"),
    ],
)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL reads so small a table as a whole")
def test_cases_are_found_in_order_by_an_index(officer: User, asked: dict[str, Any], index: str) -> None:
    found = work_list.applications(asked, by=officer, on=TODAY)

    first, deep = [*plans(found)], [*plans(found, found._cursor(_last_place(found)))]

    for plan in (*first, *deep):
        assert re.search(rf"USING (COVERING )?INDEX {index}\b", plan), plan
        assert "FOR ORDER BY" not in plan, plan


def _last_place(found: FilterSet[Any]) -> Any:
    return Walk(found.found(), found.order_of(found.found())).stretch(0, base.SIZE)[-1]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL reads so small a table as a whole")
def test_organisations_are_found_in_order_by_an_index(officer: User) -> None:
    assert all("organisation_by_name" in plan for plan in plans(registry.organisations({}, by=officer)))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL reads so small a table as a whole")
def test_the_staff_are_found_without_looking_at_everybody_who_signs_in() -> None:
    person("inspector")
    (theirs,) = person("applicant").groups.all()
    many = User.objects.bulk_create(User(email=f"{n}@firm.example") for n in range(2_000))
    User.groups.through.objects.bulk_create(User.groups.through(user=one, group=theirs) for one in many)
    sql, values = compliance.inspectors().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = "\n".join(row[-1] for row in cursor.fetchall())

    assert "group_id=?" in plan and "SCAN" not in plan, plan


def test_the_other_lists_have_an_order_for_every_heading_that_sorts(officer: User) -> None:
    assert set(work_list_queries.decisions({}, by=officer, on=TODAY).orders) == {
        "",
        "proposed",
        "kind",
        "status",
        "reply",
    }
    assert set(licences_work_list.licences({}, by=person("case_officer"), on=TODAY).orders) == {
        "",
        "number",
        "name",
        "until",
        "status",
    }
    assert set(compliance.inspections({}, by=officer, on=TODAY).orders) == {"", "due", "name", "status", "inspector"}


@pytest.mark.parametrize("asked", [{"sector": "processing"}, {"sector": "shellfish", "unpaid": "on", "overdue": "on"}])
def test_filters_put_together_leave_the_same_cases_in_every_order(officer: User, asked: dict[str, str]) -> None:
    cases = Application.objects.filter(marks__mark=f"sector:{asked['sector']}")
    cases = cases.exclude(checks=None) if "overdue" in asked else cases
    wanted = set(cases.values_list("reference", flat=True))

    for sort in ("", "name", "-name", "submitted", "-status", "officer"):
        found = work_list.applications({**asked, "sort": sort}, by=officer, on=TODAY)
        shown, page = [], found.page("")
        while page.rows:
            shown += [row.reference for row in page.rows]
            page = found.page(page.following) if page.following else base.ListPage([], 0)

        assert len(shown) == len(set(shown))
        assert set(shown) == wanted
