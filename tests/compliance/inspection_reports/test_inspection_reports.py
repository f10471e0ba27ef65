"""Reports of inspections: each version kept, the confirmed one locked, the business given what it may read, and its reply."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from compliance.exhibits import actions as evidence
from compliance.exhibits.models import EvidenceItem
from compliance.inspection_reports import actions as visit_reports
from compliance.inspection_reports import queries, rules
from compliance.inspection_reports.models import ReportReply, ReportSending, ReportVersion, Wording
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.rules import StandardFinding
from compliance.interviews import actions as interviews
from compliance.interviews.models import Interview
from registry import signing
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations.models import Organisation
from registry.papers import words as paper_words
from registry.schemes import Disclosure
from registry.trail.models.events import Event
from tests import stories
from tests.compliance.field.world import TOLD
from tests.compliance.stories import (
    an_exhibit,
    an_inspection,
    an_inspection_confirmed,
    an_inspection_recorded,
    an_inspection_reported,
    findings,
)
from tests.conftest import NOW
from tests.database import triggers_away
from tests.licensing.duties.stories import duties_at
from tests.people import person, signed_in
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
BY = TODAY + timedelta(days=14)


def an_interview(inspection: Inspection, *, notes: str) -> Interview:
    told: Any = {**TOLD, "notes": notes}
    return interviews.keep(inspection, key=uuid.uuid4(), told=told, held_at=NOW, by=inspection.inspector, at=NOW)


def reasons(doing: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        doing()
    return [reason.code for reason in refused.value.reasons]


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def sent(
    inspection: Inspection | None = None, *, reply_by: date = BY, organisation: Organisation | None = None
) -> ReportSending:
    inspection = inspection or an_inspection_confirmed("2.4", organisation=organisation)
    return visit_reports.send(inspection, reply_by=reply_by, by=person("quality_reviewer"), at=NOW)


def corrected(inspection: Inspection, reviewer: User) -> Inspection:
    """Returned, put right, and handed in again."""
    inspections.return_for_correction(inspection, because="Name the payslips.", by=reviewer, at=NOW)
    inspections.record_findings(inspection, findings=findings(inspection), by=inspection.inspector, at=NOW)
    return inspections.report(inspection, by=inspection.inspector, at=NOW)


# --- versions ---


def test_what_is_handed_in_is_kept_whole_with_its_digest() -> None:
    inspection = an_inspection_reported("2.4", exhibits=1)

    version = ReportVersion.objects.get()

    assert version.digest == signing.digest(version.content)
    assert version.content["score"]["points"] > 0
    assert version.content["exhibits"][0]["digest"] == inspection.exhibits.get().digest
    assert {one["standard"]: one["finding"] for one in version.content["findings"]}["2.4"] == "not_met"


def test_a_returned_version_stays_beside_the_corrected_one_with_the_reason() -> None:
    reviewer = person("quality_reviewer")
    inspection = corrected(an_inspection_reported("2.4"), reviewer)

    second, first = queries.versions_of(inspection)

    assert (first.version.returned_by, first.version.returned_because) == (reviewer, "Name the payslips.")
    assert second.version.returned_at is None
    assert [(one.what, one.of, one.before, one.after) for one in second.changes] == [
        ("Finding", "2.4", "Not met", "Met"),
        ("Evidence", "2.4", "Payslips of May show it for 2.4.", "Seen in the files of May: 2.4."),
    ]


def test_what_the_business_says_to_a_standard_is_a_part_of_the_report_and_of_what_changed() -> None:
    reviewer = person("quality_reviewer")
    inspection = an_inspection_reported("2.4")
    before = ReportVersion.objects.get().content
    inspections.return_for_correction(inspection, because="What does it say?", by=reviewer, at=NOW)
    commented: list[StandardFinding] = [
        {**one, "business_comment": "At the farm."} for one in findings(inspection, "2.4")
    ]
    inspections.record_findings(inspection, findings=commented, by=inspection.inspector, at=NOW)
    inspections.confirm(inspections.report(inspection, by=inspection.inspector, at=NOW), by=reviewer, at=NOW)
    visit_reports.send(inspection, reply_by=BY, by=reviewer, at=NOW)

    # A report of before that has no such words keeps the digest that it had.
    assert not any("business_comment" in one for one in before["findings"])
    changes = queries.versions_of(inspection)[0].changes
    assert {(one.what, one.of, one.after) for one in changes} >= {
        ("What the business says to this standard", "2.4", "At the farm.")
    }
    assert not list(queries.faults())
    for client, address in (
        (signed_in(reviewer), f"/staff/inspections/{inspection.reference}/"),
        (signed_in(stories.holder_of(inspection.organisation)), f"/inspections/{inspection.reference}/report/"),
    ):
        assert "At the farm." in text_of(client.get(address))


def test_what_changed_is_shown_side_by_side() -> None:
    reviewer = person("quality_reviewer")
    inspection = corrected(an_inspection_reported("2.4"), reviewer)

    page = text_of(signed_in(reviewer).get(f"/staff/inspections/{inspection.reference}/versions/"))

    assert "Name the payslips." in page
    assert "Payslips of May show it for 2.4." in page


def test_what_was_taken_down_of_people_in_between_is_a_change_too_and_no_word_of_a_worker_is_in_it() -> None:
    reviewer = person("quality_reviewer")
    inspection = an_inspection_recorded("2.4")
    one = an_interview(inspection, notes="Looked at the floor.")
    inspections.report(inspection, by=inspection.inspector, at=NOW)
    inspections.return_for_correction(inspection, because="Only one worker?", by=reviewer, at=NOW)
    by = inspection.inspector
    an_interview(inspection, notes="Was not there in May.")
    interviews.keep(inspection, key=one.key, told={**TOLD, "notes": "Looked at him."}, held_at=NOW, by=by, at=NOW)
    interviews.note_indicator(inspection, code="7", seen=True, evidence="Nine passports.", by=by, at=NOW)
    inspections.report(inspection, by=by, at=NOW)

    found = queries.versions_of(inspection)[0].changes

    assert [(str(one.what), one.of, one.before, one.after) for one in found] == [
        ("Workers interviewed", "", "1", "2"),
        ("What workers said was changed or taken out; it is not shown here", "", "", ""),
        ("Sign of forced labour", "7", "", "Nine passports."),
    ]


def test_a_day_that_was_corrected_is_said_as_a_day() -> None:
    reviewer = person("quality_reviewer")
    inspection = an_inspection_reported("2.4")
    inspections.return_for_correction(inspection, because="Which day?", by=reviewer, at=NOW)
    said = {"summary": inspection.summary, "business_comments": inspection.business_comments}
    inspections.record_visit(inspection, visited_on=TODAY, **said, by=inspection.inspector, at=NOW + timedelta(days=1))
    inspections.report(inspection, by=inspection.inspector, at=NOW + timedelta(days=1))

    days = {(one.before, one.after) for one in queries.versions_of(inspection)[0].changes}

    assert not any("-" in day for pair in days for day in pair)


def test_whoever_confirms_a_corrected_report_reads_why_it_was_returned_and_what_changed() -> None:
    reviewer = person("quality_reviewer")
    inspection = corrected(an_inspection_reported("2.4", exhibits=2), reviewer)

    page = text_of(signed_in(reviewer).get(f"/staff/inspections/{inspection.reference}/confirm/"))

    assert "What was to be corrected" in page
    assert "Name the payslips." in page
    assert "Payslips of May show it for 2.4." in page
    assert 'evidence/">Register of exhibits</a>: 2' in page


def test_an_exhibit_that_was_struck_out_in_between_shows_as_a_change() -> None:
    inspection = an_inspection_reported(exhibits=1)
    inspections.return_for_correction(inspection, because="Twice.", by=person("quality_reviewer"), at=NOW)
    evidence.strike_out(inspection.exhibits.get(), because="Photographed twice.", by=inspection.inspector, at=NOW)
    inspections.report(inspection, by=inspection.inspector, at=NOW)

    second, _first = queries.versions_of(inspection)

    assert [(one.of, one.after) for one in second.changes] == [("1", "Photographed twice.")]


# --- locked ---

SQL: dict[str, str] = {
    "its status": "UPDATE compliance_inspection SET status = 'reported'",
    "its summary": "UPDATE compliance_inspection SET summary = 'All was well.'",
    "a finding": "UPDATE compliance_result SET finding = 'met'",
    "no findings": "DELETE FROM compliance_result",
    "an exhibit": "UPDATE compliance_evidenceitem SET description = 'Nothing.'",
    "no exhibits": "DELETE FROM compliance_evidenceitem",
    "the way of an exhibit": "UPDATE compliance_custody SET holder = 'Somebody'",
    "the version": "UPDATE compliance_reportversion SET digest = 'x'",
    "what it says": "UPDATE compliance_reportversion SET number = 7",
    "that it was not returned": "UPDATE compliance_reportversion SET returned_at = reported_at, returned_by_id = reported_by_id, returned_because = 'x'",
    "no version": "DELETE FROM compliance_reportversion",
    "the words for the business": "UPDATE compliance_wording SET text = 'x'",
    "no words for the business": "DELETE FROM compliance_wording",
    "what was sent": "UPDATE compliance_reportsending SET digest = 'x'",
    "nothing sent": "DELETE FROM compliance_reportsending",
    "the reply": "UPDATE compliance_reportreply SET text = 'We are sorry.'",
    "no reply": "DELETE FROM compliance_reportreply",
}


@pytest.fixture
def locked() -> Inspection:
    return a_report_sent_and_replied_to()


@remembered
def a_report_sent_and_replied_to() -> Inspection:
    organisation = stories.a_provider()
    inspection = an_inspection_recorded("2.4", organisation=organisation, exhibits=1)
    visit_reports.word(inspection, wordings={"2.4": "Hours are not written down."}, by=inspection.inspector, at=NOW)
    inspections.report(inspection, by=inspection.inspector, at=NOW)
    confirmed = inspections.confirm(inspection, by=person("quality_reviewer"), at=NOW)
    sending = sent(confirmed)
    visit_reports.reply(sending, text="We write them down now.", by=stories.holder_of(organisation), at=NOW)
    return confirmed


@pytest.mark.parametrize("statement", SQL.values(), ids=SQL)
def test_a_locked_report_is_not_changed_by_sql(locked: Inspection, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.postgresql
def test_a_locked_report_is_not_changed_by_the_role_of_the_web(locked: Inspection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE registry_web_of_reports NOLOGIN")
        call_command("grant_roles", "registry_web_of_reports")
        cursor.execute("SET LOCAL ROLE registry_web_of_reports")
        for statement in (*SQL.values(), "ALTER TABLE compliance_result DISABLE TRIGGER ALL"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")
    assert list(queries.faults()) == []


def test_a_locked_report_is_not_changed_by_a_page_or_an_action(locked: Inspection) -> None:
    browser, one = signed_in(locked.inspector), f"/staff/inspections/{locked.reference}"

    for page, typed in {"findings/2/": {}, "visit/": {"summary": "All was well."}, "report/": {}}.items():
        assert browser.post(f"{one}/{page}", typed).status_code == 422
    assert reasons(lambda: visit_reports.word(locked, wordings={"summary": "Well."}, by=locked.inspector, at=NOW)) == [
        "wrong_state"
    ]


def test_whoever_confirms_cannot_edit_and_whoever_inspects_cannot_confirm() -> None:
    inspection, reviewer = an_inspection_reported(), person("quality_reviewer")

    with pytest.raises(PermissionDenied):
        inspections.record_findings(inspection, summary="All was well.", by=reviewer, at=NOW)
    with pytest.raises(PermissionDenied):
        inspections.confirm(inspection, by=inspection.inspector, at=NOW)


def test_the_trail_keeps_the_digest_of_what_was_confirmed(locked: Inspection) -> None:
    event = Event.objects.get(kind="inspection", verb="lock", reference=locked.reference)

    assert event.facts["digest"] == ReportVersion.objects.get().digest
    call_command("verify_reports")


CHANGES: dict[str, Callable[[], object]] = {
    "a finding": lambda: Inspection.objects.get().results.filter(standard="2.4").update(finding="met"),
    "the summary": lambda: Inspection.objects.update(summary="All was well."),
    "an exhibit": lambda: EvidenceItem.objects.update(digest="0" * 64),
    "the version that was kept": lambda: ReportVersion.objects.update(content={}),
    "the version and its digest": lambda: ReportVersion.objects.update(content={}, digest=signing.digest({})),
    "the words for the business": lambda: Wording.objects.update(text="Nothing."),
    "no version": lambda: ReportVersion.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_past_the_guards_is_noticed(
    locked: Inspection, change: Callable[[], object], capsys: pytest.CaptureFixture[str]
) -> None:
    with triggers_away():
        change()

    with pytest.raises(CommandError, match="Faults found: "):
        call_command("verify_reports")
    assert locked.reference in capsys.readouterr().err


# --- what the business reads ---


def test_the_business_reads_what_was_worded_for_it_and_no_withheld_exhibit() -> None:
    inspection = an_inspection_recorded("2.4")
    an_exhibit(inspection)
    an_exhibit(inspection, description="Ioana’s own notes.", withheld_because="It gives her away.")
    words = {"2.4": "Hours are not written down.", "summary": "We visited the office."}
    visit_reports.word(inspection, wordings=words, by=inspection.inspector, at=NOW)

    content = rules.disclosable(queries.content_now(inspection), scheme_of(inspection))

    assert content["summary"] == "We visited the office."
    assert "Payslips of May" not in str(content)
    assert "Ioana" not in str(content)
    assert "gives her away" not in str(content)
    assert content["left_out"] == {"exhibits": 1, "words": True, "interviews": False}


def test_nothing_is_said_to_be_left_out_where_nothing_is() -> None:
    inspection = an_inspection_recorded("2.4", exhibits=1)

    content = rules.disclosable(queries.content_now(inspection), scheme_of(inspection))

    assert content["left_out"] == {"exhibits": 0, "words": False, "interviews": False}
    assert "Payslips of May show it for 2.4." in str(content)


def test_whoever_words_the_report_for_the_business_sees_what_was_written() -> None:
    inspection = an_inspection_recorded("2.4")

    page = text_of(
        signed_in(inspection.inspector).get(f"/staff/inspections/{inspection.reference}/for-business/words/")
    )

    assert "You wrote: Payslips of May show it for 2.4." in page


def test_an_empty_wording_takes_the_words_away_again() -> None:
    inspection = an_inspection_recorded("2.4")
    for text in ("Hours are not written down.", " "):
        visit_reports.word(inspection, wordings={"2.4": text}, by=inspection.inspector, at=NOW)

    assert not Wording.objects.exists()
    assert reasons(lambda: visit_reports.word(inspection, wordings={"9.9": "x"}, by=inspection.inspector, at=NOW)) == [
        "not_tested_here"
    ]


@pytest.mark.parametrize(("talked", "told"), [(1, {}), (2, {}), (3, {"held": 3, "declined": 0})])
def test_of_what_workers_said_the_business_reads_that_it_is_left_out_and_of_several_how_many_talked(
    talked: int, told: dict[str, int]
) -> None:
    inspection = an_inspection()
    for _worker in range(talked):
        an_interview(inspection, notes="The foreman keeps passports.")
    content = queries.content_now(inspection)

    form = rules.disclosable(content, scheme_of(inspection))

    assert form["interviews"] == told
    assert form["left_out"]["interviews"]
    assert "passports" not in str(content)


def test_a_scheme_that_does_not_say_from_how_many_on_never_tells_how_many_talked() -> None:
    inspection = an_inspection()
    for _worker in range(12):
        an_interview(inspection, notes="Paid each week.")
    silent = scheme_of(inspection).model_copy(update={"disclosure": Disclosure()})

    assert rules.disclosable(queries.content_now(inspection), silent)["interviews"] == {}


def test_a_change_of_what_a_worker_said_changes_the_digest_of_the_report() -> None:
    inspection = an_inspection()
    interview = an_interview(inspection, notes="The foreman keeps passports.")
    before = signing.digest(queries.content_now(inspection))

    with triggers_away():
        type(interview).objects.update(notes="All is well.")

    assert signing.digest(queries.content_now(inspection)) != before


# --- sending ---


def test_the_business_is_told_by_letter_and_finds_it_among_what_is_to_be_done() -> None:
    organisation = stories.a_provider()
    sending = sent(organisation=organisation)

    letter = Letter.objects.get(reference=sending.inspection.reference)
    assert letter.organisation == organisation
    assert "reply by 16 November 2026" in paper_words.text(letter)
    (duty,) = duties_at(stories.holder_of(organisation), "reportsending.reply")
    assert (duty.due, duty.href) == (BY, f"/inspections/{sending.inspection.reference}/report/")


def test_a_report_is_sent_once_and_only_when_it_was_confirmed() -> None:
    sending = sent()

    assert reasons(lambda: sent(sending.inspection)) == ["sent_already"]
    assert reasons(lambda: sent(an_inspection_reported())) == ["not_confirmed"]


@pytest.mark.parametrize("days", [0, 61])
def test_the_business_has_time_to_reply(days: int) -> None:
    inspection = an_inspection_confirmed()

    assert reasons(lambda: sent(inspection, reply_by=TODAY + timedelta(days=days))) == ["no_time_to_reply"]


def test_whoever_has_a_conflict_of_interest_sends_nothing_and_returns_nothing() -> None:
    reviewer = person("quality_reviewer")
    confirmed, reported = an_inspection_confirmed(), an_inspection_reported(case="A-0000-0000")
    for inspection in (confirmed, reported):
        conflicts.declare(
            reviewer,
            organisation=inspection.organisation,
            because="A sister works there.",
            since=TODAY,
            by=person("manager"),
            at=NOW,
        )

    assert reasons(lambda: visit_reports.send(confirmed, reply_by=BY, by=reviewer, at=NOW)) == ["conflicted"]
    assert "conflicted" in reasons(
        lambda: inspections.return_for_correction(reported, because="No.", by=reviewer, at=NOW)
    )


def test_an_inspector_sends_no_report() -> None:
    inspection = an_inspection_confirmed()

    with pytest.raises(PermissionDenied):
        visit_reports.send(inspection, reply_by=BY, by=inspection.inspector, at=NOW)


# --- replying ---


def test_the_business_replies_on_its_page_and_the_reply_stands_beside_the_report() -> None:
    organisation = stories.a_provider()
    sending = sent(organisation=organisation)
    page = f"/inspections/{sending.inspection.reference}/report/"
    browser = signed_in(stories.holder_of(organisation))

    shown, response = browser.get(page), browser.post(page, {"text": "We write them down now."})

    assert "Payslips of May show it for 2.4." in text_of(shown)
    assert response.headers["Location"] == page
    staff = signed_in(person("case_officer")).get(f"/staff/inspections/{sending.inspection.reference}/for-business/")
    assert "We write them down now." in text_of(staff)
    assert duties_at(stories.holder_of(organisation), "reportsending.reply") == []


def test_the_business_reads_first_what_was_not_met_and_each_evidence_once() -> None:
    organisation = stories.a_provider()
    sending = sent(organisation=organisation)

    page = text_of(
        signed_in(stories.holder_of(organisation)).get(f"/inspections/{sending.inspection.reference}/report/")
    )

    assert page.index("Standards not met") < page.index("Payslips of May show it for 2.4.") < page.index("1.1 ")
    assert page.count("Payslips of May show it for 2.4.") == 1


def test_a_late_reply_is_kept_and_says_that_it_is_late() -> None:
    organisation = stories.a_provider()
    sending = sent(organisation=organisation)

    said = visit_reports.reply(sending, text="Late.", by=stories.holder_of(organisation), at=NOW + timedelta(days=15))

    assert said.is_late
    assert ReportReply.objects.get().text == "Late."


def test_an_empty_reply_says_what_is_missing() -> None:
    organisation = stories.a_provider()
    sending = sent(organisation=organisation)

    response = signed_in(stories.holder_of(organisation)).post(
        f"/inspections/{sending.inspection.reference}/report/", {"text": " "}
    )

    assert response.status_code == 422
    assert "Enter your reply." in text_of(response)


def test_another_business_reads_and_replies_to_nothing() -> None:
    sending = sent(organisation=stories.a_provider())
    other = person("applicant")

    assert signed_in(other).get(f"/inspections/{sending.inspection.reference}/report/").status_code == 404
    with pytest.raises(Organisation.DoesNotExist):
        visit_reports.reply(sending, text="We did not.", by=other, at=NOW)


def test_a_report_that_was_not_sent_is_nowhere_for_the_business() -> None:
    organisation = stories.a_provider()
    inspection = an_inspection_confirmed(organisation=organisation)

    response = signed_in(stories.holder_of(organisation)).get(f"/inspections/{inspection.reference}/report/")

    assert response.status_code == 404


# --- printed ---


@pytest.mark.pdf
def test_the_report_is_printed_in_full_and_for_the_business(locked: Inspection) -> None:
    reviewer = signed_in(person("quality_reviewer"))

    for name in ("report.pdf", "for-business.pdf"):
        response = reviewer.get(f"/staff/inspections/{locked.reference}/{name}")
        assert response.content.startswith(b"%PDF-")
    own = signed_in(stories.holder_of(locked.organisation)).get(f"/inspections/{locked.reference}/report.pdf")
    assert own.content == response.content


def test_what_was_not_handed_in_is_not_printed() -> None:
    inspection = an_inspection_recorded()

    response = signed_in(inspection.inspector).get(f"/staff/inspections/{inspection.reference}/report.pdf")

    assert response.status_code == 404


COUNTS = "Five workers were drawn, one interviewed. The payslips are kept. Two pickers said that they pay rent."


def a_report_that_counts(*, held: int) -> dict[str, Any]:
    """Of a visit on which so many workers talked; the summary and a finding say how many."""
    inspection = an_inspection_recorded("2.4", exhibits=1)
    content = queries.content_now(inspection)
    found = [{**one, "evidence": COUNTS} for one in content["findings"]]
    content = {
        **content,
        "summary": COUNTS,
        "findings": found,
        "interviews": {"held": held, "declined": 0, "digests": []},
    }
    return rules.disclosable(content, scheme_of(inspection))


def test_where_the_number_of_workers_who_talked_is_not_told_no_sentence_tells_it() -> None:
    few = a_report_that_counts(held=1)

    assert few["interviews"] == {} and few["left_out"]["words"]
    assert few["summary"] == "The payslips are kept."
    assert {one["evidence"] for one in few["findings"]} == {"The payslips are kept."}


def test_where_it_is_told_the_sentences_stay() -> None:
    many = a_report_that_counts(held=3)

    assert many["interviews"] == {"held": 3, "declined": 0}
    assert many["summary"] == COUNTS and not many["left_out"]["words"]


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Five drawn, one interviewed.", True),
        ("All workers said the same.", True),
        ("2 members of staff told us of it.", True),
        ("Payslips of eleven workers were missing.", False),
        ("The manager told us that three vans are used.", False),
        ("The workers were paid.", False),
    ],
)
def test_a_sentence_counts_talks_where_it_has_a_number_and_speaks_of_them(sentence: str, counts: bool) -> None:
    assert scheme_of(an_inspection_recorded()).disclosure.counts_talks(sentence) is counts
