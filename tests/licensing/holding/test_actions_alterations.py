"""Altering a licence that goes on: who its principal authority is, and what it covers."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from config.demo.answers import still_to_answer
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.decisions.actions import proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import readiness
from licensing.holding.actions import alterations, renewals
from licensing.holding.queries.holding import filled_now
from licensing.inspections import queries as inspection_queries
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.register.models import Entry
from tests import stories
from tests.conftest import NOW
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import (
    GROUND,
    TODAY,
    a_grant_proposed,
    a_licence,
    an_application_checked,
    an_inspection_of,
    day,
    decided,
    later,
    notified,
    weeks_before_the_end,
)
from tests.people import person
from tests.registry.schemes.drafts import a_later_version

pytestmark = pytest.mark.django_db
NEW = {"full_name": "Mared Ifans", "date_of_birth": "1985-04-09", "job_title": "Operations director"}


def begun(licence: Licence | None = None, kind: str = "principal_authority") -> Application:
    licence = licence or a_licence()
    return alterations.start(licence, kind=kind, by=the_holder(licence), at=NOW)


def handed_in(application: Application | None = None, **facts: Any) -> Application:
    application = application or begun()
    given = {"legal_name": application.organisation.legal_name, "signature": NEW["full_name"], **facts}
    profile = stories.a_profile(**given)
    profile = type(profile)(profile.facts, {"principal_authority": NEW}, profile.lists)
    filled = applications_queries.form_of(application, today=TODAY)
    for minute, one in enumerate(still_to_answer(filled, profile)):
        applications.save_page(
            application,
            page=one.page,
            item=one.name,
            data=one.data,
            is_complete=True,
            by=application.started_by,
            at=NOW + timedelta(minutes=minute),
        )
    return applications.submit(application, by=application.started_by, at=NOW + timedelta(hours=1))


def assessed(application: Application | None = None) -> Application:
    application = application or handed_in()
    return an_application_checked(stories.an_application_being_assessed(application, at=later(1)), at=later(1))


def granted(application: Application) -> Decision:
    inspection = [an_inspection_of(application)] if readiness.readiness(application).inspection_wanted else []
    proposal = a_grant_proposed(application, starts=day(2), inspections=inspection, at=later(2))
    return decided(proposal, from_day=day(2), by=person("decision_maker"), at=later(2))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_it_asks_only_what_it_is_about() -> None:
    application = begun()

    asked = [page.slug for page in applications_queries.form_of(application, today=TODAY).pages()]

    assert asked == [
        "principal-authority",
        "principal-authority-contact",
        "principal-authority-role",
        "principal-authority-declarations",
        "convictions",
        "consent",
        "declaration",
    ]


LATER_FORM = """
[form.pages.workers.questions.lorries]
first = true
kind = "number"
label = { en = "How many lorries?", cy = "Faint o lorïau?" }
"""


def test_nor_does_it_ask_what_a_newer_form_asks_of_everybody(tmp_path: Path) -> None:
    application = begun()
    licence = application.alters
    assert licence is not None
    with a_later_version(tmp_path, LATER_FORM) as in_full:
        lacking = {slug for slug, is_done in filled_now(licence, in_full).done().items() if not is_done}
        (about,) = [kind.pages for kind in in_full.holding.change_kinds if kind.code == "principal_authority"]

        asked = {page.slug for page in applications_queries.form_of(application, today=in_full.version).pages()}

    assert lacking - set(about) == {"workers"}
    assert asked <= {*about, "principal-authority-declarations"}


def test_but_it_asks_what_its_own_answers_call_for() -> None:
    application = begun(kind="work")
    sectors = application.answers.get(page="sectors")
    data = {**sectors.data, "sectors": [*sectors.data["sectors"], "shellfish"]}

    applications.save_page(application, page="sectors", data=data, is_complete=True, by=application.started_by, at=NOW)

    before = {page.slug for page in applications_queries.form_of(begun(kind="work"), today=TODAY).pages()}
    asked = {page.slug for page in applications_queries.form_of(application, today=TODAY).pages()}
    assert {slug for slug in asked - before if "shellfish" in slug}


def test_whoever_takes_the_place_begins_with_empty_pages() -> None:
    application = begun()

    assert not application.answers.filter(page="principal-authority").exists()
    assert application.answers.get(page="names").is_complete


def test_it_costs_nothing_and_asks_other_authorities_about_the_new_person_alone() -> None:
    application = handed_in()

    assert (application.fee, application.payment_reference) == (Decimal(0), None)
    assert {(check.code, check.subject) for check in application.checks.all()} == {
        ("police", "Mared Ifans"),
        ("insolvency", "Mared Ifans"),
    }


def test_handing_it_in_changes_nothing_for_the_public_or_in_the_file() -> None:
    licence = a_licence()
    before = Entry.objects.count()

    handed_in(begun(licence))

    assert Entry.objects.count() == before
    assert licence.organisation.roles.get(kind="principal_authority", until=None).person.full_name == stories.PRINCIPAL  # type: ignore[union-attr]


def test_it_is_not_granted_without_an_inspection_of_its_kind() -> None:
    application = assessed()
    assert inspection_queries.inspection_kind(application) == "change_of_pa"

    with pytest.raises(Refused) as refused:
        a_grant_proposed(application, starts=day(2), at=later(2))

    assert codes(refused) == ["inspection_wanted"]


def test_granted_the_new_person_has_the_place_and_the_licence_goes_on() -> None:
    licence = a_licence()

    granted(assessed(handed_in(begun(licence))))

    licence.refresh_from_db()
    roles = licence.organisation.roles.filter(kind="principal_authority").order_by("pk")
    assert [(role.person.full_name, role.until) for role in roles if role.person] == [
        (stories.PRINCIPAL, day(2)),
        ("Mared Ifans", None),
    ]
    assert (licence.status, licence.valid_from) == ("active", TODAY)
    assert licence.organisation.roles.filter(kind="director", until=None).exists()
    assert Letter.objects.filter(subject="Your licence has been altered").exists()


def test_it_holds_from_the_day_of_the_decision_and_no_other() -> None:
    application = assessed()
    proposal = a_grant_proposed(application, starts=day(2), inspections=[an_inspection_of(application)], at=later(2))

    with pytest.raises(Refused) as refused:
        decided(proposal, from_day=day(9), by=person("decision_maker"), at=later(2))

    assert codes(refused) == ["alters_at_once"]


def test_refused_the_licence_goes_on_as_it_is() -> None:
    licence = a_licence()
    application = assessed(handed_in(begun(licence)))
    proposal = proposals.propose(
        application, kind="refuse", because="Not known here.", grounds=[GROUND], by=person("case_officer"), at=later(2)
    )
    decided(notified(proposal, at=later(2)), by=person("decision_maker"), at=later(60))

    licence.refresh_from_db()
    assert licence.status == "active"
    assert Entry.objects.filter(shown_until=None).standing_on(day(60)).get().standing == "licensed"


def test_more_work_is_covered_once_it_has_been_granted() -> None:
    licence = a_licence()
    application = begun(licence, kind="work")
    by, at = application.started_by, NOW
    for page, data in (
        ("sectors", {"sectors": ["horticulture", "agriculture"]}),
        ("places", {"countries_supplied": ["england", "wales", "scotland"]}),
    ):
        kept = application.answers.get(page=page).data
        applications.save_page(application, page=page, data={**kept, **data}, is_complete=True, by=by, at=at)
    application = handed_in(application, signature=stories.PRINCIPAL)

    granted(assessed(application))

    licence.refresh_from_db()
    assert licence.sectors == ["horticulture", "agriculture"]
    assert Entry.objects.get(listing=licence.listing, shown_until=None).supplies_to == ["england", "wales", "scotland"]


def test_a_sole_trader_is_always_the_principal_authority() -> None:
    licence = a_licence(legal_status="sole_trader")

    with pytest.raises(Refused) as refused:
        begun(licence)

    assert codes(refused) == ["no_such_change"]


def test_one_is_open_at_a_time() -> None:
    licence = a_licence()
    begun(licence)

    with pytest.raises(Refused) as refused:
        begun(licence)

    assert codes(refused) == ["open_already"]


def test_it_does_not_keep_the_licence_from_being_renewed() -> None:
    licence = a_licence()
    begun(licence)

    renewals.start(licence, by=the_holder(licence), at=weeks_before_the_end(licence, 6))

    assert licence.renewals.count() == 1
