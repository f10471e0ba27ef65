"""What is said in a mailbox is read by both sides in their own language, beside what was said; and nobody forgets a report."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import gettext, override

from compliance import jobs, passphrases
from compliance.inspection_reports.models import ReportVersion
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.reports.actions import reports, triage
from compliance.reports.models.reports import ReportMessage
from compliance.reports.models.triage import MessageTranslation, ReportReminder
from compliance.reports.queries import reports as reports_queries
from compliance.reports.rules.reports import ENDINGS
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words as paper_words
from registry.trail.models.events import Event
from tests import database
from tests.compliance.reports.world import a_report, a_report_begun, a_report_decided
from tests.compliance.stories import an_inspection_confirmed, an_organisation
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no:
        act()
    return [reason.code for reason in no.value.reasons]


# --- translations ---


def test_what_the_reporter_wrote_is_read_in_english_beside_it_and_found_by_its_words() -> None:
    analyst = person("intelligence_analyst")
    report = a_report_begun(by=analyst, language="bg")
    message = reports.reply(report, once="one", text="Бусът идва в пет.", by=None, at=NOW)

    triage.translate_message(
        message, language="Bulgarian", text="The minibus comes at five.", translator="Interpreter 7", by=analyst, at=NOW
    )

    browser = signed_in(analyst)
    triage.read(report, because="To look into it.", by=analyst, at=NOW)
    page = browser.get(f"/staff/reports/{report.reference}/").content.decode()
    assert "Бусът идва в пет." in page and "The minibus comes at five." in page and "Interpreter 7" in page
    found = reports_queries.reports({"q": "minibus"}, by=analyst, at=NOW).found()
    assert [one.reference for one in found] == [report.reference]
    assert "minibus" not in str([event.facts for event in Event.objects.all()])


def test_what_the_officer_answers_is_read_in_the_mailbox_in_the_reporters_language_with_the_english_below() -> None:
    analyst, words = person("intelligence_analyst"), passphrases.new_passphrase()
    report = a_report_begun(by=analyst, passphrase=words, language="bg")

    reports.ask(
        report, text="Which minibus is it?", translation="Кой бус е?", translator="Interpreter 7", by=analyst, at=NOW
    )

    page = Client().post("/report/mailbox/", {"passphrase": words}).content.decode()
    assert page.index("Кой бус е?") < page.index("Which minibus is it?")
    assert '<p class="govuk-body app-preserve-lines app-break-word" lang="bg" dir="ltr">Кой бус е?</p>' in page
    assert "Interpreter 7" not in page


@pytest.mark.parametrize("ending", sorted(set(ENDINGS) - {"passed_on"}))
def test_at_the_end_the_service_says_the_same_words_to_everyone_in_their_language(ending: str) -> None:
    analyst, words = person("intelligence_analyst"), passphrases.new_passphrase()
    report = a_report_decided(by=analyst, passphrase=words, language="uz")

    reports.close(report, ending=ending, by=analyst, at=NOW)

    with override("uz"):
        said = gettext(ENDINGS[ending])
    assert said != ENDINGS[ending]
    page = unescape(Client().post("/uz/report/mailbox/", {"passphrase": words}).content.decode())
    outcome = page.split("govuk-summary-list__row")[-1].split("</dl>")[0]
    assert said in outcome and "Thank you" not in outcome


def test_that_it_was_passed_on_is_said_only_when_it_was() -> None:
    analyst = person("intelligence_analyst")
    report = a_report_decided(by=analyst)

    assert refused(lambda: reports.close(report, ending="passed_on", by=analyst, at=NOW)) == ["not_passed_on"]


@pytest.mark.parametrize(
    "outcome",
    ["We visited Dyffryn  Labour LTD.", "We have rung Ana.", "Nothing was found under 07700 900123.", "See DYFF0009."],
)
def test_an_outcome_of_its_own_names_no_one(outcome: str) -> None:
    analyst = person("intelligence_analyst")
    report = a_report_decided(by=analyst, contact="direct", about_number="DYFF0009")

    assert refused(lambda: reports.close(report, outcome=outcome, by=analyst, at=NOW)) == ["names_someone"]


def test_after_writing_to_who_gave_a_number_the_officer_is_led_to_reach_them() -> None:
    analyst = person("intelligence_analyst")
    report, browser = a_report_begun(by=analyst, contact="direct"), signed_in(analyst)
    address = f"/staff/reports/{report.reference}/ask/"

    sent = browser.post(address, {"text": "Which minibus is it?"})

    assert sent.headers["Location"] == f"/staff/reports/{report.reference}/reach/"


def test_what_became_of_it_is_told_in_the_reporters_language_too() -> None:
    analyst, words = person("intelligence_analyst"), passphrases.new_passphrase()
    report = a_report_decided(by=analyst, passphrase=words, language="bg")

    reports.close(
        report, outcome="We visited.", translation="Посетихме.", translator="Interpreter 7", by=analyst, at=NOW
    )

    page = Client().post("/report/mailbox/", {"passphrase": words}).content.decode()
    assert "We visited." in page and "Посетихме." in page


def test_nothing_is_sent_untranslated_to_a_reporter_who_wrote_in_another_language() -> None:
    analyst = person("intelligence_analyst")
    report = a_report_begun(by=analyst, language="bg")
    decided = a_report_decided(by=analyst, language="bg")

    assert refused(lambda: reports.ask(report, text="Where?", by=analyst, at=NOW)) == ["not_translated"]
    assert refused(lambda: reports.close(decided, outcome="We visited.", by=analyst, at=NOW)) == ["not_translated"]
    welsh = a_report_begun(by=analyst, language="cy")
    assert reports.ask(welsh, text="Ble?", by=analyst, at=NOW)


def test_who_translated_is_said_and_nothing_is_translated_twice() -> None:
    analyst = person("intelligence_analyst")
    report = a_report_begun(by=analyst)

    def ask(translation: str, translator: str) -> Callable[[], object]:
        return lambda: reports.ask(
            report, text="Where?", translation=translation, translator=translator, by=analyst, at=NOW
        )

    assert refused(ask("Къде?", "")) == ["no_translator"]
    assert refused(ask("", "Interpreter 7")) == ["no_translation"]
    ask("Къде?", "Interpreter 7")()
    message = report.messages.get()
    again: dict[str, Any] = {"language": "bg", "text": "Къде?", "translator": "Interpreter 8", "by": analyst, "at": NOW}
    assert refused(lambda: triage.translate_message(message, **again)) == ["translated_already"]
    assert MessageTranslation.objects.get().translator == "Interpreter 7"
    silent = a_report_decided(by=analyst, contact="none")
    assert refused(
        lambda: reports.close(silent, outcome="Done.", translation="Готово.", translator="I. 7", by=analyst, at=NOW)
    ) == ["no_mailbox"]


def test_a_message_of_either_side_is_translated_on_its_page_by_whoever_may_read_the_report() -> None:
    analyst = person("intelligence_analyst")
    report = a_report_begun(by=analyst, language="bg")
    theirs = reports.reply(report, once="one", text="В пет.", by=None, at=NOW)
    # Sent before a translation was required.
    ours = ReportMessage.objects.create(report=report, from_authority=True, text="Thank you.", by=analyst, at=NOW)
    browser, address = signed_in(analyst), f"/staff/reports/{report.reference}/messages"
    assert browser.get(f"{address}/{theirs.pk}/translate/").status_code == 302, "a reason is asked first"
    triage.read(report, because="To look into it.", by=analyst, at=NOW)

    typed = {"text": "At five.", "translator": "Interpreter 7"}
    assert browser.post(f"{address}/{theirs.pk}/translate/", typed).status_code == 422
    assert browser.post(f"{address}/{theirs.pk}/translate/", {**typed, "language": "Bulgarian"}).status_code == 302
    form = browser.get(f"{address}/{ours.pk}/translate/").context["form"]
    assert set(form.fields) == {"text", "translator"}
    assert browser.post(f"{address}/{ours.pk}/translate/", {**typed, "text": "Благодаря."}).status_code == 302
    assert ours.translation.language == "bg"
    assert browser.get(f"{address}/999999/translate/").status_code == 404


# --- reminders ---


def told() -> list[str]:
    return list(
        Letter.objects.filter(template="compliance/letters/report_overdue.html").values_list("address", flat=True)
    )


def test_when_the_hour_of_a_report_has_passed_those_who_handle_reports_are_told_once_and_no_word_of_it() -> None:
    first, second, _manager = person("intelligence_analyst"), person("intelligence_analyst"), person("manager")
    report = a_report(danger="yes", text="Canarytext of a report.")

    assert jobs.remind_of_reports(at=report.decide_by) == 0
    late = report.decide_by + timedelta(minutes=1)
    assert jobs.remind_of_reports(at=late) == 1 and jobs.remind_of_reports(at=late) == 0

    assert sorted(told()) == sorted([first.email, second.email])
    letter = paper_words.text(Letter.objects.filter(address=first.email).latest("pk"))
    assert report.reference in letter and "Canarytext" not in letter
    assert ReportReminder.objects.get().due == report.decide_by


def test_whoever_has_begun_is_told_alone_and_again_when_the_reporter_was_not_told_in_time() -> None:
    own, _other = person("intelligence_analyst"), person("intelligence_analyst")
    report = a_report_decided(by=own)

    assert jobs.remind_of_reports(at=NOW + timedelta(days=120)) == 1
    assert jobs.remind_of_reports(at=NOW + timedelta(days=121)) == 0

    assert told() == [own.email]
    assert "Telling a reporter" in paper_words.text(Letter.objects.get(reference=report.reference))


def test_nobody_with_a_conflict_of_interest_is_told() -> None:
    own, other = person("intelligence_analyst"), person("intelligence_analyst")
    report = a_report_begun(by=own)
    firm = an_organisation("Told Of Ltd")
    triage.identify(report, organisation=firm, by=own, at=NOW)
    conflicts.declare(
        own, organisation=firm, because="A sister works there.", since=TODAY, by=person("manager"), at=NOW
    )

    jobs.remind_of_reports(at=NOW + timedelta(days=30))

    assert told() == [other.email]


# --- reports that were confirmed before versions were kept ---


def test_an_inspection_that_was_confirmed_before_versions_were_kept_gets_the_one_that_there_is() -> None:
    inspection, reviewer = an_inspection_confirmed("2.4", exhibits=1), person("quality_reviewer")
    digest = inspection.versions.get().digest
    with database.triggers_away(of=["compliance_reportversion"]):
        ReportVersion.objects.all().delete()
    pdf, browser = f"/staff/inspections/{inspection.reference}/report.pdf", signed_in(reviewer)
    assert browser.get(pdf).status_code == 404

    call_command("lock_reports", verbosity=0)
    call_command("lock_reports", verbosity=0)

    version = ReportVersion.objects.get()
    assert (version.inspection, version.number, version.digest) == (inspection, 1, digest)
    assert version.reported_at == Inspection.objects.get(pk=inspection.pk).reported_at
    assert Event.objects.filter(verb="lock").latest("pk").facts["afterwards"] is True
    assert browser.get(pdf).status_code == 200
    call_command("verify_reports")


def test_no_second_version_comes_into_a_confirmed_report() -> None:
    inspection = an_inspection_confirmed("2.4")

    assert inspections.keep_former_version(inspection, by=None, at=NOW) is None
    with pytest.raises(Exception, match="stays as it was handed in"):
        ReportVersion.objects.create(
            inspection=inspection,
            number=2,
            content={},
            digest="0" * 64,
            reported_by=inspection.inspector,
            reported_at=NOW,
        )
