"""Every list that is declared: its page and its CSV cost the same however long it is, and a new column is one line."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, path, reverse
from ninja import NinjaAPI

from compliance.enforcement import lists as enforcement
from config.urls import urlpatterns
from licensing.applications.models import Application
from licensing.jobs import ask_authorities
from licensing.messages import actions as messages
from registry import worklists
from registry.accounts.actions import accounts, keys
from registry.accounts.models import User
from registry.api import StaffRouter
from registry.api.lists import add_work_list, row_of
from registry.conflicts import actions as conflicts
from registry.holidays import actions as holidays
from registry.licences.models import Licence
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.worklists import Column, WorkList
from registry.worklists.models import SavedView
from tests.compliance.enforcement.world import a_case, a_notice_of_underpayment, an_undertaking_served
from tests.compliance.guarded_sharing.world import a_guarded_agency, asked_to_share
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report
from tests.compliance.safeguarding.world import a_referral
from tests.compliance.stories import a_follow_up, a_remedy, an_inspection, an_organisation
from tests.compliance.targeting.world import a_round, a_round_closed, a_round_drawn, licences, scored
from tests.compliance.training.world import a_training
from tests.conftest import NOW
from tests.licensing.appeals.world import a_revocation_at_once, received
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.licensing.holding.transfers_world import a_transfer_asked
from tests.licensing.holding.world import a_change
from tests.licensing.phoenix_matches.world import handed_in, revoked
from tests.licensing.stories import FAILING, a_grant_proposed, a_licence, an_inspection_of
from tests.licensing.watchlist_matches.world import a_watchlist_match
from tests.people import person, signed_in
from tests.registry.complaints.world import a_complaint
from tests.registry.editions.world import announced
from tests.registry.material_orders.world import an_order_of_cards
from tests.registry.stories import a_condition, a_listed_place
from tests.registry.take_overs.world import a_question
from tests.registry.yearly_statements.world import an_announced_statement
from tests.stories import an_application_being_assessed

pytestmark = pytest.mark.django_db

#: Names that are not like each other, so that no firm is taken for another.
FIRMS = cycle(
    (
        "Blodwen Ltd",
        "Castle Growers Ltd",
        "Quarry Hands Ltd",
        "Meadow Pickers Ltd",
        "Tidal Shellfish Ltd",
        "Orchard Crews Ltd",
        "Ynys Staffing Ltd",
        "Beacon Packers Ltd",
    )
)
STATEMENT_YEARS = count(1900)
#: Who runs a firm that lost its licence, and the firm that comes back.
DIRECTORS = cycle(
    (
        ("Hristo Zhelyazkov", "1971-02-13", "+441632960777"),
        ("Aoife Brannigan", "1983-10-30", "+441632960112"),
        ("Wiremu Parata", "1966-06-21", "+441632960345"),
        ("Solveig Thorsen", "1990-12-05", "+441632960901"),
    )
)


def a_round_done() -> None:
    """One round at a time: the next is opened when every visit of this one was made."""
    if not Licence.objects.exists():
        licences(4)
    a_round_closed(a_round_drawn(a_round(capacity=2)))


def another_licence() -> Licence:
    return a_licence(legal_name=next(FIRMS))


def another_application() -> Application:
    return an_application_being_assessed(legal_name=next(FIRMS))


def another_message() -> None:
    application = another_application()
    messages.write(application, text="May we send it later?", by=application.started_by, at=NOW)


def another_look_alike() -> None:
    name, born, telephone = next(DIRECTORS)
    runs = {"full_name": name, "date_of_birth": born, "nationality": "Bulgarian"}
    revoked(next(FIRMS), director=runs, telephone=telephone)
    handed_in(next(FIRMS), director=runs, telephone=telephone)


def another_reading() -> None:
    signed_in(person("case_officer")).get(f"/staff/applications/{another_application().reference}/")


def another_access() -> None:
    accounts.change_roles(person("case_officer"), roles=["manager"], by=person("people_administrator"), at=NOW)


def a_partner_of_the_agency() -> User:
    return a_partner(an_agency())


def another_check_put() -> None:
    another_application()
    ask_authorities(at=NOW)


NUMBERS = count(1000)


def another_message_given_up() -> None:
    item = OutboxItem.objects.add(OutboxKind.WEBHOOK, f"D-{next(NUMBERS)}", at=NOW)
    item.claim(NOW)
    item.fail("no_connection", at=NOW, for_good=True)


def another_place() -> None:
    number = next(NUMBERS)
    a_listed_place(approval_number=f"GB {number}", trading_name=f"{next(FIRMS)} {number}")


def another_holiday() -> None:
    day = date(2027, 6, 1) + timedelta(weeks=next(NUMBERS) - 1000)  # a Tuesday
    because = "Proclamation of 1 October 2026."
    holidays.add(calendar="scotland", day=day, name="A day", because=because, by=person("manager"), at=NOW)


def another_conflict() -> None:
    firm, manager = an_organisation(next(FIRMS)), person("manager")
    officer, since = person("case_officer"), NOW.date()
    conflicts.declare(officer, organisation=firm, because="My own firm.", since=since, by=manager, at=NOW)


YEARS = count(2026)


def another_edition() -> None:
    year = next(YEARS)
    announced(code=f"{year}-Q4", publish_at=NOW.replace(year=year + 1, month=2))


#: One row more for each list, and who looks at it: someone with this role, or the person that the function gives.
MORE: dict[str, tuple[str | Callable[[], User], Callable[[], object]]] = {
    "staff_reports": ("intelligence_analyst", a_report),
    "rounds": ("manager", a_round_done),
    "scores": ("manager", lambda: scored(another_licence())),
    "inspections": ("manager", an_inspection),
    "remedies": ("manager", a_remedy),
    "intelligence_list": ("intelligence_analyst", lambda: some_intelligence(an_organisation())),
    "referrals": ("safeguarding_lead", a_referral),
    "follow_ups": ("manager", a_follow_up),
    "guarded_sharings": (
        "manager",
        lambda: asked_to_share(some_intelligence(), a_guarded_agency(f"Border Force of {next(FIRMS)}"), "intelligence"),
    ),
    "hand_overs": ("manager", lambda: handed_over(licence=another_licence())),
    "findings": ("manager", lambda: an_inspection_of(another_licence(), *FAILING)),
    "appeals": ("manager", lambda: received(a_revocation_at_once(licence=another_licence()), at=NOW)),
    "decisions": ("manager", lambda: a_grant_proposed(legal_name=next(FIRMS))),
    "conditions": ("manager", lambda: a_condition(another_licence())),
    "changes": ("manager", lambda: a_change(licence=another_licence())),
    "transfers": ("manager", lambda: a_transfer_asked(another_licence(), has_applied=False)),
    "staff_licences": ("manager", another_licence),
    "look_alikes": ("manager", another_look_alike),
    "watchlist_matches": ("manager", lambda: a_watchlist_match(next(FIRMS))),
    "applications": ("manager", another_application),
    "staff_checks": ("manager", another_application),
    "partner_checks": (a_partner_of_the_agency, another_check_put),
    "messages": ("manager", another_message),
    "dates_due": ("manager", another_application),
    "tasks": ("manager", another_application),
    "unlicensed_cases": ("manager", a_case),
    "undertakings": ("manager", an_undertaking_served),
    "underpayments": ("manager", a_notice_of_underpayment),
    "undelivered": ("case_officer", another_message_given_up),
    "trail": ("auditor", lambda: an_organisation(next(FIRMS))),
    "who_saw": ("auditor", another_reading),
    "access_requests": ("auditor", another_access),
    "editions": ("manager", another_edition),
    "trainings": ("manager", a_training),
    "complaints": ("manager", a_complaint),
    "material_orders": ("manager", an_order_of_cards),
    "organisations": ("manager", lambda: an_organisation(next(FIRMS))),
    "premises": ("manager", another_place),
    "conflicts": ("manager", another_conflict),
    "holidays": ("manager", another_holiday),
    "people": ("people_administrator", lambda: person("inspector")),
    "take_over_questions": ("manager", a_question),
    "yearly_statements": ("manager", lambda: an_announced_statement(str(next(STATEMENT_YEARS)))),
}


def names() -> list[str]:
    return [one.name for one in worklists.declared()]


def looks_at(name: str) -> User:
    who = MORE[name][0]
    return person(who) if isinstance(who, str) else who()


def test_every_declared_list_is_tested_here() -> None:
    assert set(names()) == set(MORE)


@pytest.mark.parametrize("name", MORE)
def test_a_longer_list_costs_no_more_queries(name: str) -> None:
    more = MORE[name][1]
    client = signed_in(looks_at(name))
    work_list = next(one for one in worklists.declared() if one.name == name)
    # What is asked once in a process is asked now; among people is the one who looks.
    before = client.get(reverse(name)).context["page"].count
    more()
    client.get(reverse(name))
    first, page = cost(lambda: client.get(reverse(name)))
    rows = page.context["page"].count  # one thing may have several rows: a case waits for several dates
    assert page.status_code == 200 and rows
    more()
    more()
    second, page = cost(lambda: client.get(reverse(name)))
    longer = before + 3 * (rows - before)
    assert second <= first and page.context["page"].count == longer
    if work_list.preview:
        is_shown_beside(client, work_list, page.context["page"].rows[0])
    if work_list.has_csv:
        taken = cost(lambda: rows_of(client.post(reverse(f"{name}_csv"))))
        # That the trail is taken is on the trail.
        assert len(taken[1]) == 1 + longer + (name == "trail")
        more()
        assert cost(lambda: rows_of(client.post(reverse(f"{name}_csv"))))[0] == taken[0]


def is_shown_beside(client: Client, work_list: WorkList, row: Any) -> None:
    """The row next to the list, with a button that leads to its page; and every row of the list opens so."""
    assert work_list.preview
    key = str(getattr(row, work_list.preview.key))
    answer = client.get(reverse(work_list.name), {"beside": key})
    beside = answer.content.decode().partition('id="beside"')[2].partition("</aside>")[0]
    assert str(getattr(row, "organisation", None) or row) in beside
    assert answer.context["shown"].page_beside in beside and answer.context["shown"].page_beside
    assert f"beside={key}#beside" in answer.content.decode()


@pytest.mark.parametrize("name", MORE)
def test_a_declared_list_names_what_exists(name: str) -> None:
    work_list = next(one for one in worklists.declared() if one.name == name)
    orders = work_list.query({}, looks_at(name), NOW).orders
    headed = {column.name for column in work_list.columns if not column.under}
    for column in work_list.columns:
        assert not column.under or column.under in headed, column.name
        assert not column.sort or column.sort in orders, column.name
        assert not column.link or address_exists(column.link), column.name


def address_exists(name: str) -> bool:
    try:
        reverse(name, args=["X"])
    except NoReverseMatch:
        return False
    return True


def cost(ask: Callable[[], Any]) -> tuple[int, Any]:
    """How many statements it took, but for the one that writes down that this reader was shown rows for the first time."""
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    return len(asked) - sum(one["sql"].startswith('INSERT INTO "registry_consultation"') for one in asked), answer


def rows_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


# --- a column by one line ---

REGION = Column("region", "Region", value=lambda row, on: f"Region of {row.name}", show=("page", "csv", "api"))


@contextmanager
def with_column(column: Column) -> Iterator[WorkList]:
    """A throwaway copy of a declared list with one line more, at addresses of its own."""
    columns = tuple(
        replace(one, show=(*one.show, "api"), may_be_empty=one.name == "officer")
        for one in enforcement.UNLICENSED.columns
    )
    copy = replace(enforcement.UNLICENSED, name="copy", url="copy/", columns=(*columns, column))
    api, router = NinjaAPI(urls_namespace="copy"), StaffRouter()
    add_work_list(router, "copy", copy, row=row_of(copy, "CopyRowOut"), about="A copy.")
    api.add_router("", router)
    with override_settings(ROOT_URLCONF=(*urlpatterns, *copy.urls(), path("api/copy/", api.urls))):
        yield copy


def test_a_column_is_one_line_for_page_csv_and_api() -> None:
    manager, case = person("manager"), a_case()
    key = keys.make(name="Copy", scopes=["read"], days=30, by=manager, at=NOW).secret
    client = signed_in(manager)
    with with_column(REGION):
        page = client.get("/copy/").content.decode()
        assert ">Region</th>" in page and f"Region of {case.name}" in page
        head, row = rows_of(client.post("/copy/list.csv"))
        assert (head[-1], row[-1]) == ("Region", f"Region of {case.name}")
        answer = client.get("/api/copy/copy", headers={"Authorization": f"Bearer {key}"}).json()
        assert answer["items"][0]["region"] == f"Region of {case.name}"
        assert (answer["items"][0]["status"], row[5]) == ("open", "Being looked into")
        fields = client.get("/api/copy/openapi.json").json()["components"]["schemas"]["CopyRowOut"]["properties"]
        assert list(fields)[-1] == "region"


def test_a_column_is_seen_by_those_who_may() -> None:
    manager, case = person("manager"), a_case()
    key = keys.make(name="Copy", scopes=["read"], days=30, by=manager, at=NOW).secret
    client = signed_in(manager)
    with with_column(replace(REGION, permission="registry.read_trail")):
        assert "Region" not in client.get("/copy/").content.decode()
        assert "Region" not in rows_of(client.post("/copy/list.csv"))[0]
        answer = client.get("/api/copy/copy", headers={"Authorization": f"Bearer {key}"}).json()
        assert answer["items"][0]["region"] is None
        assert f"Region of {case.name}" in signed_in(person("auditor")).get("/copy/").content.decode()


def test_what_a_column_needs_is_added_to_the_query() -> None:
    """Without `needs` each row costs a query of its own."""
    client = signed_in(person("manager"))
    proposer = Column("inspector", "Inspected by", value="inspection.inspector.name")

    def grows(column: Column) -> bool:
        with with_column(column):
            before, _page = cost(lambda: client.get("/copy/"))
            a_case(inspection=an_inspection())
            return cost(lambda: client.get("/copy/"))[0] > before

    a_case(inspection=an_inspection())
    assert grows(proposer)
    assert not grows(replace(proposer, needs=("inspection__inspector",)))


def test_a_view_of_a_declared_list_is_saved() -> None:
    client = signed_in(person("manager"))
    assert client.post("/staff/views/keep/unlicensed_cases/?mine=on", {"name": "Mine"}).status_code == 302
    assert [one.get_of_list_display() for one in SavedView.objects.all()] == ["Supply without a licence"]
    assert "Mine" in client.get("/staff/unlicensed/").content.decode()
    assert client.post("/staff/views/keep/no_such_list/?mine=on", {"name": "Mine"}).status_code == 404


# --- cells ---


def test_what_follows_in_a_cell_is_marked_as_below() -> None:
    """On a wide screen rows are one line high: a mark comes where the line ended, or the words would run together."""
    templates = (Path(app).glob("templates/**/*_cell.html") for app in ("compliance", "licensing", "registry"))
    cells = [*(cell for of_app in templates for cell in of_app), Path("registry/templates/registry/outbox/state.html")]
    assert len(cells) > 20
    assert [str(cell) for cell in cells if re.search(r'\S<br>|<br>(?!<span class="app-below)', cell.read_text())] == []
