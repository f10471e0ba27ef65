"""Whoever has a conflict of interest takes no part: sees nothing of it, is given nothing, proposes, inspects and decides nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from compliance.inspections import actions as inspections
from licensing.applications.models import Application
from licensing.cases.actions import assignment as applications
from licensing.checks.actions import checks
from licensing.decisions.actions import hearings, proposals
from licensing.inspections import actions as visits
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.conflicts.models import Conflict
from registry.errors import Refused
from registry.organisations.models import Organisation
from registry.trail.models.events import Event
from tests import stories
from tests.compliance.stories import an_inspection, an_inspection_reported
from tests.conftest import NOW
from tests.licensing.stories import GROUND, TODAY, a_licence, a_refusal_proposed, an_application_checked, day, notified
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

WHY = "My brother is a director of it."


def refusal_of(step: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [reason.code for reason in refused.value.reasons]


def declared(officer: User, organisation: Organisation, *, by: User | None = None, **given: Any) -> Conflict:
    options = {"because": WHY, "since": TODAY, **given}
    return conflicts.declare(officer, organisation=organisation, by=by or officer, at=NOW, **options)


def ended(conflict: Conflict, *, by: User | None = None, because: str = "He has left the firm.") -> Conflict:
    return conflicts.end(conflict, because=because, by=by or person("manager"), at=NOW)


def test_an_officer_declares_their_own() -> None:
    officer, firm = person("case_officer"), stories.a_provider()

    conflict = declared(officer, firm)

    assert (conflict.officer, conflict.organisation, conflict.until) == (officer, firm, None)
    event = Event.objects.get(verb="declare_conflict")
    assert event.facts["organisation"] == firm.reference
    assert WHY not in str(event.facts) + event.because


def test_a_manager_declares_anybodys_and_a_colleague_nobodys() -> None:
    officer, firm = person("inspector"), stories.a_provider()

    with pytest.raises(PermissionDenied):
        declared(officer, firm, by=person("case_officer"))
    assert declared(officer, firm, by=person("manager")).declared_by != officer


@pytest.mark.parametrize(
    ("given", "code"),
    [({"because": "Well."}, "no_reason"), ({"since": day(1)}, "in_the_future")],
)
def test_declaring_says_why_and_since_when(given: dict[str, Any], code: str) -> None:
    assert refusal_of(lambda: declared(person("case_officer"), stories.a_provider(), **given)) == [code]


def test_it_is_declared_once() -> None:
    officer, firm = person("case_officer"), stories.a_provider()
    declared(officer, firm)

    assert refusal_of(lambda: declared(officer, firm)) == ["declared_already"]


def test_only_who_works_for_the_authority_has_one() -> None:
    assert refusal_of(lambda: declared(person("applicant"), stories.a_provider(), by=person("manager"))) == [
        "not_staff"
    ]


def test_a_manager_says_that_it_is_over() -> None:
    officer, firm = person("case_officer"), stories.a_provider()

    conflict = ended(declared(officer, firm))

    assert conflict.until == TODAY
    assert Application.objects.visible_to(officer).count() == 0
    assert not Conflict.objects.in_force().exists()


def test_nobody_frees_themselves() -> None:
    both = person("case_officer", "manager")
    conflict = declared(both, stories.a_provider())

    assert refusal_of(lambda: ended(conflict, by=both)) == ["oneself"]
    with pytest.raises(IntegrityError, match="conflict_ended_by_another"), transaction.atomic():
        Conflict.objects.update(until=TODAY, ended_by=both, ended_because="It is over.")


@pytest.mark.parametrize("change", [{"because": "Nothing."}, {"since": day(-9)}])
def test_it_stays_as_it_was_declared(change: dict[str, Any]) -> None:
    declared(person("case_officer"), stories.a_provider())

    with pytest.raises(IntegrityError, match="stays as it was declared"), transaction.atomic():
        Conflict.objects.update(**change)
    with pytest.raises(IntegrityError, match="stays as it was declared"), transaction.atomic():
        Conflict.objects.all()._raw_delete("default")


# --- what follows


def test_the_cases_are_not_shown_to_them() -> None:
    officer, application = person("case_officer"), an_application_checked()
    decision = a_refusal_proposed(application)
    client = signed_in(officer)
    pages = [
        f"/staff/applications/{application.reference}/",
        f"/staff/decisions/{decision.reference}/",
        f"/staff/organisations/{application.organisation.reference}/",
    ]
    assert {client.get(page).status_code for page in pages} == {200}

    declared(officer, application.organisation)

    assert {client.get(page).status_code for page in pages} == {404}
    for page in ("applications", "decisions", "organisations"):
        found = client.get(f"/staff/{page}/", {"q": application.organisation.legal_name}).content.decode()
        assert application.reference not in found and decision.reference not in found


def test_nor_the_licences_and_inspections() -> None:
    officer, licence = person("case_officer"), a_licence()
    inspection = an_inspection(organisation=licence.organisation, case="", licence_number=licence.number)
    client = signed_in(officer)
    declared(officer, licence.organisation)

    assert client.get(f"/staff/licences/{licence.number}/").status_code == 404
    assert client.get(f"/staff/inspections/{inspection.reference}/").status_code == 404
    assert licence.number not in client.get("/staff/licences/").content.decode()


def test_nor_the_dates_that_run_about_it() -> None:
    officer, decision = person("case_officer"), notified(a_refusal_proposed())
    client = signed_in(officer)
    assert decision.reference in client.get("/staff/dates/").content.decode()

    declared(officer, decision.organisation)

    for page in ("/staff/dates/", "/staff/dates/list.csv"):
        assert decision.reference not in b"".join(client.get(page)).decode()


def test_they_are_not_given_a_case_and_take_none() -> None:
    officer, application = person("case_officer"), stories.an_application_paid()
    declared(officer, application.organisation)

    assert refusal_of(lambda: applications.begin_assessment(application, by=officer, at=NOW)) == ["conflicted"]
    manager = person("manager")
    assert refusal_of(lambda: applications.assign(application, case_officer=officer, by=manager, at=NOW)) == [
        "conflicted"
    ]


def test_they_propose_nothing_and_notify_nobody() -> None:
    officer, application = person("case_officer"), an_application_checked()
    declared(officer, application.organisation)
    given: dict[str, Any] = {"kind": "refuse", "because": "Unsafe.", "grounds": [GROUND]}

    assert refusal_of(lambda: proposals.propose(application, by=officer, at=NOW, **given)) == ["conflicted"]
    decision = a_refusal_proposed(application)
    assert refusal_of(lambda: hearings.notify(decision, by=officer, at=NOW)) == ["conflicted"]
    notified(decision)


def test_they_write_down_no_reply_and_send_nobody() -> None:
    both = person("case_officer", "manager")
    application = stories.an_application_being_assessed()
    check = application.checks.of_others().unanswered().order_by("pk")[0]
    visit: dict[str, Any] = {"brief": "Look.", "inspector": person("inspector"), "due_on": day(9)}
    answered: dict[str, Any] = {"result": "nil", "evidence": "", "replied_on": TODAY}
    declared(both, application.organisation)

    for act in (
        lambda: checks.record_result(check, by=both, at=NOW, **answered),
        lambda: visits.commission(application, by=both, at=NOW, **visit),
        lambda: visits.give(application, trigger="adverse_reply", because="Known.", by=both, at=NOW),
    ):
        assert refusal_of(act) == ["conflicted"]


def test_they_inspect_nothing() -> None:
    inspector = person("inspector")
    inspection = an_inspection(inspector=inspector)
    declared(inspector, inspection.organisation)

    assert refusal_of(lambda: inspections.report(inspection, by=inspector, at=NOW))[0] == "conflicted"
    another = an_inspection(organisation=stories.a_provider("Abercwm Ltd"))
    declared(inspector, another.organisation)
    because = "Ill."
    officer = person("case_officer")
    assert refusal_of(
        lambda: inspections.reassign(another, inspector=inspector, because=because, by=officer, at=NOW)
    ) == ["conflicted"]
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        type(another).objects.filter(pk=another.pk).update(inspector=inspector)


def test_they_confirm_nothing() -> None:
    reviewer = person("quality_reviewer")
    inspection = an_inspection_reported()
    declared(reviewer, inspection.organisation)

    assert refusal_of(lambda: inspections.confirm(inspection, by=reviewer, at=NOW)) == ["conflicted"]


# --- the pages


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


A_DAY = {"since_day": "2", "since_month": "11", "since_year": "2026"}


def test_an_officer_declares_one_by_the_page() -> None:
    officer, firm = person("case_officer"), stories.a_provider()
    client = signed_in(officer)

    asked = client.get("/staff/conflicts/declare/", {"organisation": firm.reference})
    assert f'value="{firm.reference}"' in asked.content.decode()
    sent = {"organisation": firm.reference.lower(), "because": WHY, **A_DAY}
    assert client.post("/staff/conflicts/declare/", sent).headers["Location"] == "/staff/conflicts/"

    page = text_of(client.get("/staff/conflicts/"))
    assert firm.legal_name in page and WHY in page
    assert "Say that it is over" not in page


def test_what_is_typed_wrong_is_said_and_kept() -> None:
    client = signed_in(person("case_officer"))

    response = client.post("/staff/conflicts/declare/", {"organisation": "Nonsense", "because": WHY, **A_DAY})

    assert response.status_code == 422
    assert "There is no organisation or licence of this number." in text_of(response)
    assert WHY in text_of(response)


def test_a_link_fills_in_what_is_one_text_and_a_day_is_passed_over() -> None:
    page = signed_in(person("case_officer")).get("/staff/conflicts/declare/?organisation=ABCD0001&since=2026-11-02")

    assert page.status_code == 200
    assert 'value="ABCD0001"' in page.content.decode()


def test_others_do_not_see_it() -> None:
    conflict = declared(person("case_officer"), stories.a_provider())

    page = text_of(signed_in(person("inspector")).get("/staff/conflicts/"))
    assert WHY not in page
    assert signed_in(person("inspector")).get(f"/staff/conflicts/{conflict.reference}/end/").status_code == 403
    assert signed_in(person("applicant")).get("/staff/conflicts/").status_code == 403


def test_a_manager_declares_and_ends_them_by_the_page() -> None:
    officer, firm, client = person("inspector"), stories.a_provider(), signed_in(person("manager"))
    sent = {"officer": officer.reference, "organisation": firm.reference, "because": WHY, **A_DAY}
    client.post("/staff/conflicts/declare/", sent)
    conflict = Conflict.objects.get(officer=officer)

    address = f"/staff/conflicts/{conflict.reference}/end/"
    assert client.post(address, {"because": "No."}).status_code == 422
    assert client.post(address, {"because": "He has sold his share."}).status_code == 302

    page = text_of(client.get("/staff/conflicts/", {"over": "yes"}))
    assert "He has sold his share." in page


def test_the_list_costs_the_same_however_long_it_is(django_assert_num_queries: Any) -> None:
    officer = person("case_officer")
    for name in ("Abercwm Ltd", "Blodwen Ltd", "Cadwgan Ltd"):
        declared(officer, stories.a_provider(name))
    client = signed_in(officer)

    with django_assert_num_queries(8):
        client.get("/staff/conflicts/")
