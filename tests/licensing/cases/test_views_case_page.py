"""The case page: everything one click away, each fact with where it comes from, and notes for who works on the case."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from licensing.applications.models import Application
from licensing.cases.actions import notes
from licensing.cases.models import Note
from licensing.payments.actions import payments
from licensing.phoenix_matches.models import LookAlike
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.stories import QUESTION, a_check_answered, a_request
from tests.people import person, signed_in
from tests.stories import an_application_being_assessed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECRET = "Two years of tax are owed by a company of the same director."


def page(case: Application, client: Client | None = None) -> str:
    answer = (client or signed_in(person("case_officer"))).get(f"/staff/applications/{case.reference}/")
    return answer.content.decode()


def refused(case: Application, text: str, *, by: User) -> list[str]:
    with pytest.raises(Refused) as no:
        notes.write(case, text=text, by=by, at=NOW)
    return [reason.code for reason in no.value.reasons]


def test_every_part_of_the_page_is_one_click_away() -> None:
    case = a_request().application
    client = signed_in(person("case_officer"))

    answer = client.get(f"/staff/applications/{case.reference}/")

    told = answer.content.decode()
    contents = answer.context["contents"].parts
    assert {"facts", "links", "checks", "inspections", "decisions", "requests", "notes", "documents", "history"} <= {
        part.anchor for part in contents
    }
    assert all(told.count(f'id="{part.anchor}"') == 1 and f'href="#{part.anchor}"' in told for part in contents)
    waiting = {part.anchor: part.waiting for part in contents}
    assert waiting["requests"] == 1
    assert waiting["checks"] == case.checks.filter(result="").count()
    assert told.index("What is missing before the next step") < told.index('href="#facts"')


def test_what_is_missing_names_what_waits_and_for_whom() -> None:
    case = a_request().application
    asked = case.requests.get()
    visitor = person("inspector", name="Ifan Price")
    visit = an_inspection(organisation=case.organisation, case=case.reference, inspector=visitor)

    told = page(case)

    missing = told[told.index("What is missing before the next step") : told.index('href="#facts"')]
    assert f"{QUESTION} By {asked.due_on:%-d %B %Y}" in missing
    assert f"{visit.reference}, Ifan Price: {visit.get_status_display()}" in missing


def test_parts_are_folded_with_how_much_is_in_them_and_open_where_something_waits() -> None:
    case = a_request().application
    client = signed_in(person("case_officer"))

    def opened(query: str = "") -> dict[str, bool]:
        told = client.get(f"/staff/applications/{case.reference}/{query}").content.decode()
        parts = re.findall(
            r'<details class="app-part"( open)?>.*?<div class="app-part__body" id="(\w+)">', told, re.DOTALL
        )
        return {anchor: bool(is_open) for is_open, anchor in parts}

    assert opened() == {**dict.fromkeys(opened(), False), "checks": True, "requests": True, **_links_are(case)}
    assert all(opened("?open=all").values())


def _links_are(case: Application) -> dict[str, bool]:
    return {"links": LookAlike.objects.open().filter(organisation=case.organisation).exists()}


def test_the_checks_that_wait_are_named_and_stand_before_those_that_are_answered() -> None:
    case = an_application_being_assessed()
    waiting = list(case.checks.filter(result="").order_by("pk"))
    for check in waiting[1:]:
        a_check_answered(check)

    told = page(case)

    missing = told[told.index("What is missing") : told.index("app-case__contents")]
    assert waiting[0].subject in missing and missing.count("<li>") == 2
    rows = told[told.index('id="checks"') :]
    answered = case.checks.exclude(result="")
    assert all(rows.index(waiting[0].reference) < rows.index(one.reference) for one in answered)


def test_what_is_missing_leads_to_where_it_is_put_right() -> None:
    case = a_request().application

    told = page(case)

    missing = told[told.index("What is missing") : told.index("app-case__contents")]
    assert re.findall('href="#([a-z]+)"', missing) == ["checks", "requests"]


def test_each_fact_says_whom_it_comes_from() -> None:
    case = an_application_being_assessed()
    check = case.checks.unanswered().exclude(agency=None).first() or case.checks.unanswered().order_by("pk")[0]
    a_check_answered(check, "adverse", evidence=SECRET)
    officer = person("case_officer", name="Nia Finder")
    payments.verify_turnover(case, verified=Decimal(900_000), evidence="The accounts.", by=officer, at=NOW)

    client = signed_in(person("auditor"))
    known = client.get(f"/staff/applications/{case.reference}/").context["file"].known

    origins = {fact.origin.value for fact in known}
    assert {"applicant", "partner", "officer", "ourselves"} <= origins
    (found,) = [fact for fact in known if fact.origin == "officer"]
    assert (found.value, found.source, found.on) == ("£900,000", "Nia Finder", NOW.date())
    replied = [fact for fact in known if fact.origin == "partner"]
    assert [str(fact.value) for fact in replied] == ["Adverse"]
    assert SECRET not in page(case, client)


def test_a_note_is_read_by_who_works_on_the_case_and_not_by_its_applicant() -> None:
    case = an_application_being_assessed()
    officer = person("case_officer", name="Nia Finder")
    client = signed_in(officer)

    answer = client.post(f"/staff/applications/{case.reference}/notes/", {"text": "Ring them on Monday."})

    assert answer.headers["Location"] == f"/staff/applications/{case.reference}/#notes"
    assert "Ring them on Monday." in page(case, signed_in(person("decision_maker")))
    event = Event.objects.latest("number")
    assert (event.verb, event.by, "Ring" in str(event.facts)) == ("write_note", officer.reference, False)
    applicant = signed_in(case.organisation.memberships.answering()[0].user)
    own = applicant.get(f"/apply/{case.reference}/", follow=True).content.decode()
    assert "Ring them on Monday." not in own
    assert (
        "Enter the note." in client.post(f"/staff/applications/{case.reference}/notes/", {"text": " "}).content.decode()
    )


def test_a_note_repeats_no_reply_that_not_all_of_its_readers_may_read() -> None:
    case = an_application_being_assessed()
    restricted = next(one for one in case.checks.unanswered().order_by("pk") if not one.handling["may_be_passed_on"])
    a_check_answered(restricted, "adverse", evidence=SECRET)

    assert refused(case, f"They say: {SECRET}", by=person("case_officer")) == ["restricted"]
    assert not Note.objects.exists()


def test_whoever_has_a_conflict_of_interest_writes_no_note() -> None:
    case, officer = an_application_being_assessed(), person("case_officer")
    because = "I own a share."
    conflicts.declare(officer, organisation=case.organisation, because=because, since=NOW.date(), by=officer, at=NOW)

    assert refused(case, "I know them.", by=officer) == ["conflicted"]
    assert signed_in(officer).get(f"/staff/applications/{case.reference}/notes/").status_code == 404


@pytest.mark.both
@pytest.mark.parametrize("statement", ["UPDATE licensing_note SET text = 'Other.'", "DELETE FROM licensing_note"])
def test_a_note_stays_as_it_was_written(statement: str) -> None:
    notes.write(an_application_being_assessed(), text="So it was.", by=person("case_officer"), at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.both
def test_the_page_costs_the_same_however_much_stands_on_it() -> None:
    case = an_application_being_assessed()
    officer = person("case_officer")
    client = signed_in(officer)
    notes.write(case, text="The first.", by=officer, at=NOW)
    first, *others = case.checks.unanswered().order_by("pk")
    a_check_answered(first)
    page(case, client)

    with CaptureQueriesContext(
        connection,
    ) as few:
        page(case, client)
    for number in range(3):
        notes.write(case, text=f"Another, {number}.", by=person("manager"), at=NOW + timedelta(hours=number))
    for check in others:
        a_check_answered(check)
    with CaptureQueriesContext(connection) as many:
        page(case, client)

    assert len(many) <= len(few)
    assert len(few) <= 72
