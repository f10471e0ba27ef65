"""From the first page to the case officer's desk: what each action does to the world, and whom it refuses."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from config.demo.answers import Profile
from licensing.applications.actions import applications, start
from licensing.applications.models import Answer, Application
from licensing.cases.actions import assignment
from registry import schemes
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations.models import Fact, Organisation
from registry.register.models import Entry, Listing
from registry.register.states import Standing
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.conftest import LONDON, NOW
from tests.licensing.stories import a_refusal_proposed
from tests.people import person
from tests.registry.stories import somebody_acting
from tests.stories import (
    SCHEME,
    a_profile,
    a_provider,
    an_application,
    an_application_answered,
    an_application_being_assessed,
    an_application_paid,
    an_application_submitted,
    holder_of,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
LATER = NOW + timedelta(days=3)


def shown_of(application: Application, *, at: datetime) -> Entry | None:
    listing = Listing.objects.filter(organisation=application.organisation).first()
    return Entry.objects.filter(listing=listing).shown_at(at).standing_on(timezone.localdate(at)).first()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def resubmitted(application: Application, *, at: datetime, **facts: Any) -> Application:
    """The organisation withdraws, and applies anew with other answers."""
    applications.withdraw(application, because="", by=holder_of(application.organisation), at=at)
    return an_application_submitted(application.organisation, at=at, **facts)


# --- start ---


def test_starting_makes_a_draft_of_which_the_public_sees_nothing() -> None:
    provider = a_provider()

    application = start.start(provider, scheme=SCHEME, by=holder_of(provider), at=NOW)

    assert (application.status, application.version) == ("draft", None)
    assert not Entry.objects.exists()
    assert Event.objects.get(kind="application", reference=application.reference).verb == "start"


def test_starting_for_a_new_organisation_opens_its_file() -> None:
    by = person("applicant")

    application = start.start(None, legal_name="Newydd Labour", scheme=SCHEME, by=by, at=NOW)

    assert application.organisation.legal_name == "Newydd Labour"
    assert list(Organisation.objects.acted_for_by(by)) == [application.organisation]


def test_starting_refuses_a_second_open_application() -> None:
    application = an_application()

    with pytest.raises(Refused) as refused:
        start.start(application.organisation, scheme=SCHEME, by=application.started_by, at=NOW)

    assert codes(refused) == ["open_already"]


def test_starting_refuses_an_unknown_scheme_and_opens_no_file() -> None:
    with pytest.raises(Refused) as refused:
        start.start(None, legal_name="Newydd", scheme="nothing", by=person("applicant"), at=NOW)

    assert codes(refused) == ["no_such_scheme"]
    assert not Organisation.objects.exists()


def test_starting_for_somebody_elses_organisation_finds_none() -> None:
    with pytest.raises(Organisation.DoesNotExist):
        start.start(a_provider(), scheme=SCHEME, by=person("applicant"), at=NOW)


@pytest.mark.parametrize("role", ["case_officer", "labour_user", "decision_maker", "inspector"])
def test_only_applicants_start(role: str) -> None:
    with pytest.raises(PermissionDenied):
        start.start(None, legal_name="Newydd", scheme=SCHEME, by=person(role), at=NOW)


# --- saving pages ---


def test_saving_a_page_again_replaces_what_was_there() -> None:
    application = an_application()
    by = application.started_by
    for name in ("One", "Two"):
        applications.save_page(application, page="names", data={"legal_name": name}, is_complete=True, by=by, at=NOW)

    assert Answer.objects.get(application=application, page="names").data == {"legal_name": "Two"}


def test_the_trail_keeps_that_a_page_was_saved_and_nothing_that_was_typed() -> None:
    application = an_application_answered()

    saved = Event.objects.filter(kind="application", reference=application.reference, verb="save_page")

    assert saved.count() == application.answers.count()
    assert "Angharad" not in str(list(saved.values()))


def test_saving_refuses_what_was_handed_in() -> None:
    application = an_application_submitted()

    with pytest.raises(Refused) as refused:
        applications.save_page(application, page="names", data={}, is_complete=True, by=application.started_by, at=NOW)

    assert codes(refused) == ["handed_in"]


def test_saving_for_another_employer_finds_no_application() -> None:
    application = an_application()

    with pytest.raises(Application.DoesNotExist):
        applications.save_page(application, page="names", data={}, is_complete=True, by=person("applicant"), at=NOW)


def test_saving_refuses_a_page_that_the_form_does_not_have() -> None:
    application = an_application()

    with pytest.raises(Refused) as refused:
        applications.save_page(
            application, page="nothing", data={}, is_complete=True, by=application.started_by, at=NOW
        )

    assert codes(refused) == ["not_asked"]


def test_removing_takes_one_thing_off_a_list_and_leaves_the_rest() -> None:
    application = an_application_answered()
    applications.save_page(
        application,
        page="directors",
        item="b",
        data={"full_name": "B"},
        is_complete=True,
        by=application.started_by,
        at=NOW,
    )

    applications.remove_item(application, page="directors", item="b", by=application.started_by, at=NOW)

    assert [answer.item for answer in application.answers.filter(page="directors")] == ["item-1"]


def test_removing_never_removes_a_page_that_is_no_list() -> None:
    application = an_application_answered()

    applications.remove_item(application, page="names", item="", by=application.started_by, at=NOW)

    assert application.answers.filter(page="names").exists()


def test_removing_refuses_what_was_handed_in() -> None:
    application = an_application_submitted()

    with pytest.raises(Refused) as refused:
        applications.remove_item(application, page="directors", item="item-1", by=application.started_by, at=NOW)

    assert codes(refused) == ["handed_in"]
    assert application.answers.filter(page="directors").exists()


# --- submitting ---


def test_submitting_pins_the_scheme_of_the_day_and_its_fee() -> None:
    application = an_application_submitted(turnover="6000000")

    assert application.status == "submitted"
    assert application.version == schemes.in_force(SCHEME, TODAY).version
    assert (application.fee_band, application.fee) == ("B", schemes.in_force(SCHEME, TODAY).fee("B"))
    assert application.submitted_at == NOW
    assert application.signed_name == "Angharad Rees"


@pytest.mark.parametrize(
    ("at", "version", "fee"),
    [
        (datetime(2025, 4, 27, 23, 59, 59, tzinfo=LONDON), "2018-10-01", Decimal(400)),
        (datetime(2025, 4, 28, 0, 0, 0, tzinfo=LONDON), "2025-04-28", None),
        (datetime(2026, 4, 6, 23, 59, 59, tzinfo=LONDON), "2025-04-28", None),
        (datetime(2026, 4, 7, 0, 0, 0, tzinfo=LONDON), "2026-04-07", None),
    ],
)
def test_the_version_is_that_of_the_day_in_london(at: datetime, version: str, fee: Decimal | None) -> None:
    """The drafts of both halves of a summer midnight are one second apart, and an hour before midnight in Greenwich."""
    application = an_application_submitted(at=at)

    assert str(application.version) == version
    assert fee is None or application.fee == fee


def test_a_draft_begun_under_one_version_is_handed_in_under_the_next() -> None:
    before = datetime(2025, 4, 27, 12, tzinfo=LONDON)
    application = an_application_answered(at=before)

    applications.submit(application, by=application.started_by, at=before + timedelta(days=1))

    application.refresh_from_db()
    assert str(application.version) == "2025-04-28"


def test_submitting_keeps_what_was_answered_as_facts_without_the_signature() -> None:
    application = an_application_submitted()

    assert application.facts["sectors"] == ["horticulture"]
    assert application.facts["turnover_band"] == "D"
    assert "signature" not in application.facts


def test_the_trail_keeps_a_digest_of_the_answers_and_none_of_them() -> None:
    application = an_application_submitted(convictions=True, convictions_details="A fine in Bangor, 2011")

    events = Event.objects.filter(kind="application", reference=application.reference)

    assert len(events.get(verb="hand_in_answers").facts["digest"]) == 64
    assert "Bangor, 2011" not in str(list(events.values()))
    assert list(trail.faults()) == []


def test_submitting_writes_the_particulars_into_the_file() -> None:
    organisation = an_application_submitted().organisation
    organisation.refresh_from_db()

    assert (organisation.company_number, organisation.utr) == ("00445790", "1955839661")
    assert organisation.trading_names == ["Dyffryn Harvest"]
    assert organisation.telephone == "+441632960123"


def test_submitting_names_the_people() -> None:
    organisation = an_application_submitted().organisation

    roles = {(role.kind, str(role.person or role.title)) for role in organisation.roles.filter(until=None)}

    assert roles >= {("principal_authority", "Angharad Rees"), ("director", "Gethin Parry")}


def test_submitting_writes_facts_down_with_their_source() -> None:
    application = an_application_submitted(accommodation=True)

    facts = Fact.objects.latest_of(application.organisation)

    assert facts["accommodation"] is True
    assert facts["worker_numbers_now"] == 14
    assert not facts.keys() & {"legal_name", "utr", "signature"}
    assert {fact.source for fact in application.organisation.facts.all()} == {f"application {application.reference}"}


def test_premises_and_vehicles_are_written_down() -> None:
    application = an_application_submitted(accommodation=True, transport=True)

    assert application.organisation.premises.count() == 2, "where the workers live, and where they work"
    assert Fact.objects.latest_of(application.organisation)["vehicles"][0]["registration"] == "AB12 CDE"  # type: ignore[index]


def test_submitting_opens_the_checks_that_the_facts_call_for() -> None:
    plain = {check.code for check in an_application_submitted().checks.of_others()}
    housed = {
        check.code
        for check in an_application_submitted(legal_name="Housing Ltd", accommodation=True).checks.of_others()
    }

    assert "tax" in plain and "companies" in plain
    assert "housing" not in plain
    assert housed - plain == {"housing"}


def test_a_check_on_people_is_opened_for_each_of_them_once() -> None:
    application = an_application_submitted()

    asked = [check.person.full_name for check in application.checks.filter(code="police") if check.person]

    assert sorted(asked) == ["Angharad Rees", "Gethin Parry"]


def test_a_check_carries_its_due_day_and_its_restriction() -> None:
    check = an_application_submitted().checks.get(code="tax")
    pack = schemes.in_force(SCHEME, TODAY).check("tax")

    assert (check.sent_on, check.due_on) == (TODAY, TODAY + timedelta(days=pack.days_due))
    assert check.handling["may_be_shown_to_subject"] is False


def test_submitting_shows_the_applicant_as_not_licensed() -> None:
    entry = shown_of(an_application_submitted(), at=NOW)

    assert entry is not None
    assert entry.standing == Standing.APPLIED
    assert (entry.name, entry.applied_on) == ("Dyffryn Labour Ltd", TODAY)


def test_submitting_confirms_by_letter_what_to_pay() -> None:
    application = an_application_submitted()

    letter = Letter.objects.get(reference=application.reference)

    assert letter.address == "office@dyffryn.example"
    assert letter.facts["payment_reference"] == application.payment_reference


def test_submitting_refuses_with_every_reason_and_changes_nothing() -> None:
    application = an_application()

    with pytest.raises(Refused) as refused:
        applications.submit(application, by=application.started_by, at=NOW)

    application.refresh_from_db()
    assert len(refused.value.reasons) > 20
    assert {reason.where for reason in refused.value.reasons} >= {"legal-status", "names", "declaration"}
    assert (application.status, application.facts) == ("draft", {})
    assert not Letter.objects.exists() and not Entry.objects.exists()


def test_submitting_refuses_the_signature_of_another() -> None:
    application = an_application_answered(profile=a_profile(signature="Gethin Parry"))

    with pytest.raises(Refused) as refused:
        applications.submit(application, by=application.started_by, at=NOW)

    assert codes(refused) == ["signed_by_another"]


def test_submitting_refuses_what_was_changed_since_it_was_signed() -> None:
    application = an_application_answered()
    by = application.started_by
    applications.save_page(application, page="transport", data={"transport": False}, is_complete=True, by=by, at=LATER)

    with pytest.raises(Refused) as refused:
        applications.submit(application, by=by, at=LATER)

    assert codes(refused) == ["changed_since_signed"]


def test_submitting_twice_is_refused_the_second_time() -> None:
    application = an_application_submitted()

    with pytest.raises(Refused) as refused:
        applications.submit(application, by=application.started_by, at=NOW)

    assert codes(refused) == ["wrong_state"]
    assert Letter.objects.filter(reference=application.reference).count() == 1


def test_submitting_for_another_employer_finds_no_application() -> None:
    application = an_application_answered()

    with pytest.raises(Application.DoesNotExist):
        applications.submit(application, by=person("applicant"), at=NOW)


def test_an_answer_given_up_does_not_reach_the_file() -> None:
    """It was a company when the company number was typed, and is a sole trader when it is handed in."""
    application = an_application_answered()
    by = application.started_by
    for page, data in (
        ("legal-status", {"legal_status": "sole_trader"}),
        # A company names its directors; of anyone else it is asked here.
        (
            "principal-authority-role",
            application.answers.get(page="principal-authority-role").data | {"is_director": True},
        ),
        ("declaration", application.answers.get(page="declaration").data),
    ):
        applications.save_page(application, page=page, data=data, is_complete=True, by=by, at=NOW)

    submitted = applications.submit(application, by=by, at=NOW)

    submitted.organisation.refresh_from_db()
    assert submitted.organisation.company_number == ""
    assert not submitted.organisation.roles.filter(kind="director").exists()
    assert "companies" not in {check.code for check in submitted.checks.all()}


def test_who_is_not_named_any_more_stands_down_and_is_not_asked_about() -> None:
    first = an_application_submitted()

    second = resubmitted(first, at=LATER, legal_status="sole_trader")

    director = first.organisation.roles.get(kind="director")
    assert director.until == timezone.localdate(LATER)
    assert [str(check.person) for check in second.checks.filter(code="police")] == ["Angharad Rees"]


def test_what_is_left_empty_the_second_time_leaves_the_file() -> None:
    second = resubmitted(an_application_submitted(), at=LATER, trading_names=[])

    second.organisation.refresh_from_db()
    assert second.organisation.trading_names == []


# --- the desk ---


def test_beginning_takes_the_case_in_hand() -> None:
    officer = person("case_officer")

    application = an_application_being_assessed(case_officer=officer)

    assert (application.status, application.case_officer) == ("assessing", officer)


def test_beginning_waits_for_the_whole_fee() -> None:
    application = an_application_submitted()

    with pytest.raises(Refused) as refused:
        assignment.begin_assessment(application, by=person("case_officer"), at=NOW)

    assert codes(refused) == ["fee_unpaid"]


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "manager", "inspector"])
def test_only_case_officers_begin(role: str) -> None:
    with pytest.raises(PermissionDenied):
        assignment.begin_assessment(an_application_paid(), by=person(role), at=NOW)


def test_a_manager_gives_the_case_to_an_officer() -> None:
    officer = person("case_officer")

    application = assignment.assign(an_application_submitted(), case_officer=officer, by=person("manager"), at=NOW)

    assert application.case_officer == officer
    assert Event.objects.filter(verb="assign", reference=application.reference).exists()


def test_assigning_refuses_somebody_who_does_not_assess() -> None:
    with pytest.raises(Refused) as refused:
        assignment.assign(an_application_submitted(), case_officer=person("inspector"), by=person("manager"), at=NOW)

    assert codes(refused) == ["not_an_officer"]


def test_only_managers_assign() -> None:
    officer = person("case_officer")

    with pytest.raises(PermissionDenied):
        assignment.assign(an_application_submitted(), case_officer=officer, by=officer, at=NOW)


# --- withdrawing ---


def test_withdrawing_takes_the_applicant_off_the_register_and_keeps_the_past() -> None:
    application = an_application_submitted()

    applications.withdraw(application, because="Not needed.", by=application.started_by, at=LATER)

    application.refresh_from_db()
    assert (application.status, application.closed_at) == ("withdrawn", LATER)
    assert shown_of(application, at=LATER) is None
    assert shown_of(application, at=LATER - timedelta(seconds=1)) is not None
    assert Letter.objects.filter(reference=application.reference, at=LATER).count() == 1


def test_withdrawing_a_draft_tells_nobody() -> None:
    application = an_application()

    withdrawn = applications.withdraw(application, because="", by=application.started_by, at=NOW)

    assert withdrawn.status == "withdrawn"
    assert not Letter.objects.exists()


def test_withdrawing_is_possible_once() -> None:
    application = an_application()
    applications.withdraw(application, because="", by=application.started_by, at=NOW)

    with pytest.raises(Refused) as refused:
        applications.withdraw(application, because="", by=application.started_by, at=NOW)

    assert codes(refused) == ["wrong_state"]


def test_withdrawing_is_for_the_applicant_alone() -> None:
    application = an_application_submitted()

    with pytest.raises(Application.DoesNotExist):
        applications.withdraw(application, because="", by=person("applicant"), at=NOW)
    with pytest.raises(PermissionDenied):
        applications.withdraw(application, because="", by=person("case_officer"), at=NOW)


def test_withdrawing_drops_what_was_proposed() -> None:
    """The applicant may not know of it: nothing but the application keeps an application from being withdrawn."""
    decision = a_refusal_proposed()
    assert decision.application
    application = decision.application

    applications.withdraw(application, because="", by=holder_of(application.organisation), at=LATER)

    decision.refresh_from_db()
    assert decision.status == "dropped"


# --- the form in full ---

IN_FULL = NOW


def test_names_and_numbers_from_lists_are_found_in_the_file_too() -> None:
    previous = [{"previous_name": "Old Harvest", "previous_name_town": "Boston", "previous_name_country": "England"}]
    further = [{"paye_number": "456/CD789", "paye_number_since": "2021-04-06"}]
    told = a_profile(paye_registered=True, paye_reference=["123/AB456"], paye_more=True, former_names=["Older Ltd"])
    lists = {**told.lists, "previous-names": previous, "paye-references": further}
    application = an_application_answered(profile=Profile(told.facts, told.people, lists), at=IN_FULL)

    application = applications.submit(application, by=application.started_by, at=IN_FULL)

    assert application.organisation.former_names == ["Older Ltd", "Old Harvest"]
    assert application.organisation.paye_references == ["123/AB456", "456/CD789"]
    assert Entry.objects.get(shown_until=None).former_names == ["Older Ltd", "Old Harvest"]


def test_the_form_in_full_gives_the_fee_band_by_the_turnover_as_before() -> None:
    application = an_application_submitted(at=IN_FULL)

    assert (str(application.version), application.fee_band) == ("2026-04-07", an_application_submitted().fee_band)


KRAKOW = {"line_1": "ul. Długa 12", "town": "Kraków", "county": "Poland", "postcode": "31-147", "country": "elsewhere"}


@pytest.mark.parametrize(("scheme", "sector"), [("gla-food", "agriculture"), ("construction", "building_sites")])
def test_a_company_abroad_hands_in_without_numbers_that_only_companies_here_have(scheme: str, sector: str) -> None:
    at = IN_FULL
    told = a_profile(address=KRAKOW, based_overseas=True, overseas_tax_number="NIP 6762345678", sectors=[sector])
    application = an_application(at=at, scheme=scheme)
    an_application_answered(application, profile=told, at=at)

    application = applications.submit(application, by=application.started_by, at=at)

    assert application.status == "submitted"
    assert not {"utr", "company_number"} & set(application.facts)
    assert (application.organisation.utr, application.organisation.company_number) == ("", "")
    assert application.answers.filter(page="directors").exists(), "a company names its directors, wherever it is"


# --- two people at once ---


def by_a_colleague(application: Application, *, legal_name: str, opened: int | None = 0) -> Answer:
    """Somebody else who acts for the employer saves the page of its names."""
    nia = person("applicant", name="Nia Colleague")
    colleague = somebody_acting(application.organisation, "representative", user=nia)
    data = {"legal_name": legal_name}
    return applications.save_page(
        application, page="names", data=data, is_complete=True, opened=opened, by=colleague, at=NOW
    )


def test_saving_over_what_a_colleague_saved_since_is_refused_and_changes_nothing() -> None:
    application = an_application()
    by_a_colleague(application, legal_name="Theirs")

    with pytest.raises(Refused) as refused:
        applications.save_page(
            application,
            page="names",
            data={"legal_name": "Mine"},
            is_complete=True,
            opened=0,
            by=application.started_by,
            at=NOW,
        )

    assert codes(refused) == ["saved_meanwhile"]
    assert "Nia Colleague" in str(refused.value.reasons[0])
    assert application.answers.get().data == {"legal_name": "Theirs"}


def test_saving_what_was_seen_is_not() -> None:
    application = an_application()
    seen = by_a_colleague(application, legal_name="Theirs")

    saved = applications.save_page(
        application,
        page="names",
        data={"legal_name": "Mine"},
        is_complete=True,
        opened=seen.version,
        by=application.started_by,
        at=NOW,
    )

    assert (saved.version > seen.version, saved.others_version) == (True, seen.version)
    assert Event.objects.get(number=saved.version).verb == "save_page"


def test_putting_back_what_was_removed_since_is_refused() -> None:
    application = an_application_answered()
    by = application.started_by
    kept = application.answers.get(page="directors")
    applications.remove_item(application, page="directors", item=kept.item, by=by, at=NOW)

    with pytest.raises(Refused) as refused:
        applications.save_page(
            application,
            page="directors",
            item=kept.item,
            data=kept.data,
            is_complete=True,
            opened=kept.version,
            by=by,
            at=NOW,
        )

    assert codes(refused) == ["removed_meanwhile"]


def test_removing_what_a_colleague_changed_since_is_refused() -> None:
    application = an_application_answered()
    colleague = somebody_acting(application.organisation, "representative")
    kept = application.answers.get(page="directors")
    data = kept.data | {"full_name": "Somebody Else"}
    applications.save_page(
        application, page="directors", item=kept.item, data=data, is_complete=True, by=colleague, at=NOW
    )

    with pytest.raises(Refused) as refused:
        applications.remove_item(
            application, page="directors", item=kept.item, opened=kept.version, by=application.started_by, at=NOW
        )

    assert codes(refused) == ["saved_meanwhile"]
    assert application.answers.get(page="directors").data["full_name"] == "Somebody Else"
