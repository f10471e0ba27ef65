"""Reports, intelligence, sources, visits and referrals come to their end: erased, on the trail, and shown as erased; what keeps them wins."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from compliance import passphrases, vault
from compliance.enforcement.actions import cases, prosecution
from compliance.enforcement.models.prosecution import ProsecutorFile
from compliance.field.models import FieldItem, VisitPart
from compliance.guarded_sharing.models import GuardedSharing
from compliance.hand_overs import actions as hand_overs
from compliance.inspections import actions as inspections
from compliance.intelligence.actions import intelligence, sources, ties
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.sources import SealedIdentity, Source
from compliance.intelligence.models.ties import Entity, Tie
from compliance.intelligence.rules import ComparedName
from compliance.interviews.models import Interview, Signature
from compliance.joint_cases import actions as joint
from compliance.passed_on import actions as partners
from compliance.releases.models import SourceMark, TextReading
from compliance.reports.actions import reports
from compliance.reports.models.contacts import ReportContact
from compliance.reports.models.triage import ReportClue
from compliance.reports.queries import reports as report_queries
from compliance.retention import actions
from compliance.retention.queries import contents, due
from compliance.safeguarding.actions import follow_ups, referrals
from compliance.safeguarding.models.people import SealedPerson, Support
from compliance.sharing_requests import actions as sharing_requests
from licensing.retention import jobs as retention_jobs
from licensing.retention.queries.retention import due_for_erasure
from registry.documents.models import Document
from registry.errors import Refused
from registry.retention import actions as holds
from registry.retention.models import ERASED, Erasure
from registry.trail.actions.verifications import verify_history
from registry.trail.models.covered import RowDigest
from registry.trail.models.events import Event
from tests.compliance.enforcement import world as enforcement
from tests.compliance.enforcement.world import a_file_for_the_prosecutor
from tests.compliance.field.world import Device, an_interview, interview
from tests.compliance.guarded_sharing.world import a_guarded_partner, approved, asked_to_share
from tests.compliance.hand_overs.world import handed_over, report_of
from tests.compliance.intelligence.sources_world import a_source
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.joint_cases.world import a_joint_case
from tests.compliance.reports.world import TOLD, a_report, a_report_done
from tests.compliance.safeguarding.world import a_referral_identified, a_referral_read, a_referral_sent
from tests.compliance.stories import an_exhibit, an_inspection, findings, signed
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner
from tests.people import person, signed_in
from tests.registry.stories import an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_one_approves")]

REASON = "The police have asked for it."
LONG = NOW + timedelta(days=11 * 366)


def months(number: int, *, days: int = 2) -> datetime:
    """So many months and a few days after now."""
    return NOW + timedelta(days=number * 30.5 + days)


def rules_due(at: datetime) -> set[tuple[str, str]]:
    """Of what this room knows how to erase."""
    return {(one.rule, one.reference) for one in due_for_erasure(at.date()) if one.rule in due.FOUND}


def erased_under(rule: str, reference: str) -> bool:
    return Erasure.objects.filter(rule=rule, reference=reference).exists()


def holds_still() -> bool:
    return verify_history().holds


# --- reports ---


def test_a_mailbox_goes_after_two_years_and_the_report_after_seven() -> None:
    words = passphrases.new_passphrase()
    report = a_report_done(passphrase=words)
    assert report_queries.open_mailbox(words) == report

    assert retention_jobs.erase_due(at=months(23)) == 0
    retention_jobs.erase_due(at=months(24))

    report.refresh_from_db()
    assert (erased_under("mailboxes", report.reference), report.text) == (True, TOLD["text"])
    assert report_queries.open_mailbox(words) is None
    assert {one.text for one in report.messages.all()} <= {ERASED}

    retention_jobs.erase_due(at=months(84, days=9))

    report.refresh_from_db()
    assert (report.text, report.about_name, report.outcome, report.about_number) == (ERASED, ERASED, ERASED, "")
    assert (report.reference, report.status, report.kinds) == (report.reference, "done", TOLD["kinds"])
    assert not ReportClue.objects.filter(report=report).exclude(kind="about").exists()
    assert holds_still()
    assert rules_due(LONG) == set()


def test_sealed_contact_details_go_with_the_mailbox() -> None:
    analyst = person("intelligence_analyst", name="Non Hughes")
    report = a_report_done(contact="direct", by=analyst)
    assert ReportContact.objects.filter(report=report).exists()

    retention_jobs.erase_due(at=months(24))

    assert not ReportContact.objects.exists()
    page = signed_in(analyst).post(
        f"/staff/reports/{report.reference}/", {"because": "To see what is left."}, follow=True
    )
    assert page.status_code == 200
    assert "Mailboxes of people who report" in page.content.decode()


def test_an_open_report_is_never_due() -> None:
    a_report()

    assert rules_due(LONG) == set()


def test_a_reporter_who_still_waits_for_an_answer_keeps_the_report() -> None:
    analyst = person("intelligence_analyst", name="Non Hughes")
    report = a_report_done(by=analyst)
    reports.reply(report, text="They have them again.", once="x", by=None, at=NOW)

    assert rules_due(LONG) == set()

    reports.ask(report, text="Thank you: we visit again.", by=analyst, at=NOW)

    assert ("reports", report.reference) in rules_due(LONG)


def test_a_message_in_the_mailbox_begins_the_time_again() -> None:
    analyst = person("intelligence_analyst", name="Non Hughes")
    report = a_report_done(by=analyst)
    reports.ask(report, text="Is it better now?", by=analyst, at=months(20))

    assert rules_due(months(25)) == set()
    assert ("mailboxes", report.reference) in rules_due(months(45))


def test_an_open_hand_over_keeps_the_report_and_goes_itself_after_the_result_was_read() -> None:
    one = handed_over()
    report, analyst = report_of(one), person("intelligence_analyst", name="Non Hughes")
    assert rules_due(LONG) == set()
    hand_overs.decline(one, because="It was seen last week.", by=person("case_officer"), at=NOW)
    one.refresh_from_db()
    hand_overs.note(one, verdict="", by=report.begun_by or analyst, at=NOW)
    reports.close(report, outcome="Nothing more can be done.", by=report.begun_by or analyst, at=NOW)

    retention_jobs.erase_due(at=LONG)

    one.refresh_from_db()
    report.refresh_from_db()
    assert (one.text, one.answer_text, report.text) == (ERASED, ERASED, ERASED)
    assert one.status == "closed"
    assert holds_still()


def test_a_hold_on_the_business_keeps_what_was_reported_of_it() -> None:
    one = handed_over()
    report = report_of(one)
    hand_overs.decline(one, because="It was seen last week.", by=person("case_officer"), at=NOW)
    one.refresh_from_db()
    analyst = report.begun_by
    assert analyst is not None
    hand_overs.note(one, verdict="", by=analyst, at=NOW)
    reports.close(report, outcome="Nothing more can be done.", by=analyst, at=NOW)
    assert report.organisation is not None
    hold = holds.place(report.organisation, because=REASON, by=person("manager"), at=NOW)
    assert rules_due(LONG) == set()

    holds.lift(hold, because="They are done with it.", by=person("manager"), at=NOW)

    assert ("reports", report.reference) in rules_due(LONG)


def test_an_open_referral_keeps_the_report_that_it_came_from() -> None:
    report = a_report_done()
    referral = a_referral_read(lead=person("safeguarding_lead"))
    type(referral).objects.filter(pk=referral.pk).update(report=report)

    assert rules_due(LONG) == set()


# --- intelligence and sources ---


def some_with_a_source() -> tuple[Intelligence, Source]:
    handler = person("source_handler")
    source = a_source(by=handler)
    one = some_intelligence(an_organisation(), source=source, is_released=False, by=person("intelligence_analyst"))
    return one, source


def test_intelligence_goes_with_what_it_connects_and_then_its_source() -> None:
    one, source = some_with_a_source()
    analyst = person("intelligence_analyst")
    tie(one, analyst)

    retention_jobs.erase_due(at=months(73))
    one.refresh_from_db()
    assert (one.source_text, one.sanitised_text, one.source) == (ERASED, ERASED, None)
    assert not Tie.objects.exists()
    assert not Entity.objects.exists()

    retention_jobs.erase_due(at=months(73))
    source.refresh_from_db()
    assert source.about == ERASED
    assert not SealedIdentity.objects.exists()
    assert not SourceMark.objects.exists()
    assert holds_still()


def tie(one: Intelligence, by: Any) -> None:
    ties.tie(
        one,
        first=ComparedName("person", "bodo finchley", "Bodo Finchley"),
        second=ComparedName("vehicle", "ab12cde", "AB12 CDE"),
        how="drives",
        strength=2,
        by=by,
        at=NOW,
    )


def test_what_was_read_passed_on_and_written_between_authorities_goes_with_the_intelligence() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    case = a_joint_case(partner, an_organisation(), by=analyst)
    passed = case.dissemination
    assert passed is not None
    one = passed.intelligence
    partners.respond(passed, kind="result", text="We visited on Monday.", wanted_by=None, by=partner, at=NOW)
    assert rules_due(LONG) == set()
    passed.refresh_from_db()
    partners.note_answer(passed, by=analyst, at=NOW)
    for step in case.steps.order_by("pk"):
        joint.finish_step(step, outcome="Done on Monday.", by=partner if step.side == "partner" else analyst, at=NOW)
    joint.close_joint_case(case, result="Forty workers were paid.", by=analyst, at=NOW)

    retention_jobs.erase_due(at=LONG)

    passed.refresh_from_db()
    case.refresh_from_db()
    assert (passed.text, passed.purpose, case.result) == (ERASED, ERASED, ERASED)
    assert {step.text for step in case.steps.all()} == {step.outcome for step in case.steps.all()} == {ERASED}
    assert {message.text for message in passed.messages.all()} == {ERASED}
    reading = TextReading.objects.get(intelligence=one)
    assert (reading.text, reading.answers) == (ERASED, {})
    assert holds_still()


@pytest.mark.both
def test_what_was_shared_with_a_guarded_authority_goes_with_what_it_was_about() -> None:
    partner, analyst = a_guarded_partner(), person("intelligence_analyst")
    assert partner.agency is not None
    one = some_intelligence()
    sharing = approved(one, partner.agency, "intelligence", by=analyst)
    assert rules_due(LONG) == set(), "it may still be shared"
    passed = intelligence.pass_on(one, agency=partner.agency, purpose="To protect people.", by=analyst, at=NOW)
    passed = partners.accept_conditions(passed, by=partner, at=NOW)
    partners.respond(passed, kind="result", text="We visited on Monday.", wanted_by=None, by=partner, at=NOW)
    partners.note_answer(passed, by=analyst, at=NOW)
    visit = confirmed(an_inspection())
    refused = asked_to_share(visit, partner.agency, "visit", by=person("manager"))
    sharing_requests.refuse_sharing(refused, because="Not needed there.", by=person("safeguarding_lead"), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        GuardedSharing.objects.filter(pk=sharing.pk).update(text=ERASED)

    retention_jobs.erase_due(at=LONG)

    sharing.refresh_from_db()
    refused.refresh_from_db()
    assert (sharing.text, sharing.because, sharing.refused_because) == (ERASED, ERASED, "")
    assert (sharing.status, sharing.basis, sharing.shared_by) == ("shared", "slavery", analyst)
    assert (refused.because, refused.refused_because) == (ERASED, ERASED)
    assert holds_still()


def test_a_reply_that_is_still_awaited_keeps_the_intelligence() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    one = some_intelligence(an_organisation(), by=analyst)
    intelligence.pass_on(one, agency=partner.agency, purpose="To protect workers.", by=analyst, at=NOW)

    assert rules_due(LONG) == set()


def test_no_one_opens_a_source_of_which_the_identity_was_erased() -> None:
    handler = person("source_handler")
    source = a_source(by=handler)
    retention_jobs.erase_due(at=months(73))

    with pytest.raises(Refused) as refused:
        sources.look(source, because="To ask once more.", by=handler, at=months(73))

    assert [reason.code for reason in refused.value.reasons] == ["erased"]
    page = signed_in(handler).get(f"/staff/sources/{source.reference}/")
    assert (page.status_code, "People who give intelligence" in page.content.decode()) == (200, True)


# --- referrals ---


def test_an_open_referral_is_kept_and_one_that_was_dropped_goes_with_who_it_is() -> None:
    lead = person("safeguarding_lead")
    kept, dropped = a_referral_identified(), a_referral_identified()
    referrals.drop(dropped, why="twice", by=lead, at=NOW)

    retention_jobs.erase_due(at=LONG)

    kept.refresh_from_db()
    dropped.refresh_from_db()
    assert list(SealedPerson.objects.values_list("referral", flat=True)) == [kept.pk]
    assert (dropped.gender, dropped.nationality, dropped.natures) == ("erased", "", [])
    assert kept.gender == "female"
    assert holds_still()
    page = signed_in(lead).get(f"/staff/referrals/{dropped.reference}/")
    assert (page.status_code, "Referrals of people who may be victims" in page.content.decode()) == (200, True)


def test_what_was_offered_and_recorded_of_a_person_goes_with_a_referral_that_is_over() -> None:
    lead = person("safeguarding_lead")
    referral = a_referral_sent("refused", lead=lead)
    referrals.offer_support(referral, service="doctor", offered_on=NOW.date(), accepted=True, by=lead, at=NOW)
    missing = follow_ups.begin_by_hand(referral, code="missing", by=lead, at=NOW)
    assert rules_due(LONG) == set()
    follow_ups.record_follow_up(missing, answer="found_safe", on=NOW.date(), by=lead, at=NOW)

    retention_jobs.erase_due(at=LONG)

    referral.refresh_from_db()
    assert referral.age_band == "erased"
    assert not Support.objects.exists()
    assert not referral.follow_ups.exists()
    assert holds_still()


def test_a_joint_case_that_was_rewritten_past_the_trail_is_found() -> None:
    case = a_joint_case(a_partner(), an_organisation())

    with connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_jointstep SET text = 'Do nothing.'")
        cursor.execute("UPDATE compliance_jointcase SET lead = 'partner'")

    faults = " ".join(verify_history().faults)
    assert f"compliance.jointcase {case.pk}" in faults
    assert "compliance.jointstep" in faults


def test_the_same_person_in_two_kinds_goes_from_each_at_its_own_end() -> None:
    lead = person("safeguarding_lead")
    report = a_report_done(text="Ilinca Wrenfield sleeps in the van.")
    referral = a_referral_identified()
    type(referral).objects.filter(pk=referral.pk).update(report=report)
    referrals.drop(referral, why="twice", by=lead, at=NOW)

    retention_jobs.erase_due(at=months(73))
    report.refresh_from_db()
    assert (SealedPerson.objects.exists(), "Wrenfield" in report.text) == (False, True)

    retention_jobs.erase_due(at=months(85))
    report.refresh_from_db()
    assert report.text == ERASED


# --- visits ---


def a_visit_with_everything() -> Any:
    visit = an_inspection()
    Device(visit).write(VisitPart.INTERVIEW, interview(indicators=[], answers={}))
    an_interview(visit, indicators=[], answers={"papers": {"said": "yes", "words": "In my locker."}})
    an_exhibit(visit)
    return confirmed(visit)


def confirmed(visit: Any) -> Any:
    signed(visit)
    inspections.record_findings(
        visit,
        findings=findings(visit),
        summary="Visited the office.",
        business_comments="",
        visited_on=NOW.date(),
        by=visit.inspector,
        at=NOW,
    )
    visit.refresh_from_db()
    inspections.report(visit, by=visit.inspector, at=NOW)
    visit.refresh_from_db()
    return inspections.confirm(visit, by=person("quality_reviewer", name="Rhian Quality"), at=NOW)


def test_interviews_and_exhibits_go_and_the_report_still_verifies() -> None:
    visit = a_visit_with_everything()
    file = Document.objects.get()

    retention_jobs.erase_due(at=months(83))
    assert Interview.objects.exists()
    retention_jobs.erase_due(at=months(85))

    file.refresh_from_db()
    assert not Interview.objects.exists()
    assert not Signature.objects.exists()
    assert not FieldItem.objects.exists()
    assert file.status == "removed"
    assert {step.holder for item in visit.exhibits.all() for step in item.custody.all()} <= {ERASED}
    assert holds_still()
    officer = signed_in(person("inspector", name="Ifan Price"))
    for page in ("", "exhibits/", "report/"):
        assert officer.get(f"/staff/inspections/{visit.reference}/{page}").status_code in (200, 403, 404)
    shown = signed_in(person("case_officer")).get(f"/staff/inspections/{visit.reference}/").content.decode()
    assert "Interviews with workers on visits" in shown


def test_a_case_before_a_court_keeps_what_belongs_to_it_until_its_file_goes() -> None:
    file = a_file_for_the_prosecutor()
    case = file.case
    assert case.report is not None
    assert rules_due(LONG) == set()

    read_and_closed(file)
    # The file is kept for ten years, and everything else with it.
    assert {rule for rule, _ in rules_due(months(100))} == set()

    retention_jobs.erase_due(at=LONG)
    file.refresh_from_db()
    assert file.content == {}
    assert holds_still()
    retention_jobs.erase_due(at=LONG)
    assert case.inspection is not None
    assert erased_under("exhibits", case.inspection.reference)


def read_and_closed(file: ProsecutorFile) -> None:
    case = file.case
    second = person("decision_maker")
    prosecution.read_file(file, by=second, at=NOW)
    cases.refer(case, because="The file is whole.", by=second, at=NOW)
    enforcement.handed_over(case)
    cases.record_result(case, result="acquitted", on=NOW.date(), sentence="", by=case.officer, at=NOW)


# --- attacks ---


def test_a_hold_that_comes_during_the_run_wins() -> None:
    visit = a_visit_with_everything()
    found = [one for one in due_for_erasure(LONG.date()) if one.rule == "interviews"]
    holds.place(visit.organisation, because=REASON, by=person("manager"), at=NOW)

    assert not retention_jobs._erased(found[0], at=LONG)

    assert Interview.objects.exists()
    assert not Erasure.objects.exists()


def test_a_clock_that_was_set_back_erases_nothing() -> None:
    report = a_report_done()

    with pytest.raises(Refused):
        actions.erase(report, rule="reports", by=None, at=NOW - timedelta(days=4000))

    assert not Erasure.objects.exists()


def test_a_run_that_breaks_off_leaves_each_thing_whole_or_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = a_report_done(), a_report_done()
    real: Callable[..., Any] = vault.erase_identity
    source = a_source()

    def broken(*_given: Any) -> int:
        raise OSError("the machine goes down")

    monkeypatch.setattr(vault, "erase_identity", broken)
    retention_jobs.erase_due(at=LONG)
    assert not erased_under("sources", source.reference)
    assert SealedIdentity.objects.exists()
    assert all(erased_under("reports", report.reference) for report in (first, second))

    monkeypatch.setattr(vault, "erase_identity", real)
    assert retention_jobs.erase_due(at=LONG) == 0  # what failed is tried once a night
    assert retention_jobs.erase_due(at=LONG + timedelta(days=1)) == 1
    assert not SealedIdentity.objects.exists()
    assert holds_still()


def test_the_database_lets_nothing_go_without_a_trace() -> None:
    visit = a_visit_with_everything()

    for rows in (Interview.objects.all(), Signature.objects.all(), FieldItem.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.filter(inspection=visit).delete()


def test_no_one_takes_an_erasure_back() -> None:
    a_report_done()
    retention_jobs.erase_due(at=LONG)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_erasure")


def test_an_erased_report_is_not_opened_again() -> None:
    analyst = person("intelligence_analyst", name="Non Hughes")
    report = a_report_done(by=analyst)
    retention_jobs.erase_due(at=LONG)

    with pytest.raises(Refused) as refused:
        reports.reopen(report, because="There is more to it.", by=analyst, at=LONG)

    assert [reason.code for reason in refused.value.reasons] == ["erased"]


def test_what_is_erased_says_so_on_the_trail_with_its_digest_alone() -> None:
    report = a_report_done()
    retention_jobs.erase_due(at=LONG)

    event = Event.objects.get(verb="erase", reference=report.reference, facts__rule="reports")
    erasure = Erasure.objects.get(rule="reports", reference=report.reference)
    assert (event.facts["digest"], event.facts["things"]) == (erasure.digest, erasure.things)
    assert TOLD["text"] not in str(event.facts)


def test_of_what_was_erased_no_digest_is_left_that_anyone_could_try_words_on() -> None:
    report = a_report_done()
    assert verify_history().holds  # seals what was written, as a commit does

    retention_jobs.erase_due(at=LONG)

    assert verify_history().holds
    *before, after = RowDigest.objects.filter(kind="compliance.report", row=str(report.pk)).order_by("event")
    assert ({one.salt for one in before}, bool(after.salt)) == ({""}, True)


def test_every_kind_that_is_found_says_what_goes() -> None:
    assert list(due.FOUND) == sorted(contents.CONTENTS, key=list(due.FOUND).index)


def test_no_identity_is_deleted_without_a_trace() -> None:
    source = a_source()

    with pytest.raises(IntegrityError), transaction.atomic():
        vault.erase_identity(source)


@pytest.mark.postgresql
def test_the_role_of_the_pages_erases_what_it_cannot_read() -> None:
    source, dropped = a_source(), a_referral_identified()
    referrals.drop(dropped, why="twice", by=person("safeguarding_lead"), at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE registry_web_of_a_test NOLOGIN")
        call_command("grant_roles", "registry_web_of_a_test")
        cursor.execute("SET LOCAL ROLE registry_web_of_a_test")
        retention_jobs.erase_due(at=LONG)
        cursor.execute("RESET ROLE")

    assert erased_under("sources", source.reference)
    assert erased_under("referrals", dropped.reference)
    assert not SealedIdentity.objects.exists()
    assert not SealedPerson.objects.exists()
