"""What a business is to put right: asked, shown, judged, reminded of; and what workers got back, counted once two have seen it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from compliance import jobs
from compliance.follow_ups import actions as follow_ups
from compliance.follow_ups import queries
from compliance.follow_ups.models import FollowUp, FollowUpAnswer, Remedy
from compliance.follow_ups.states import FollowUpStatus
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from registry import jobs as registry_jobs
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.documents.models import Document
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words as paper_words
from registry.tasks import jobs as tasks
from registry.tasks.filters import waiting_for
from tests import stories
from tests.compliance.stories import (
    a_follow_up,
    a_remedy,
    an_inspection_confirmed,
    an_inspection_reported,
    findings,
    signed,
)
from tests.conftest import NOW
from tests.licensing.duties.stories import duties_at
from tests.people import person, signed_in
from tests.registry.uploads import pdfs
from tests.registry.uploads.corpus import jpeg

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def reasons(doing: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        doing()
    return [reason.code for reason in refused.value.reasons]


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def of_a_provider(**given: Any) -> tuple[FollowUp, User]:
    organisation = stories.a_provider()
    one = a_follow_up(an_inspection_confirmed("2.4", organisation=organisation), **given)
    return one, stories.holder_of(organisation)


def answered() -> FollowUp:
    one, holder = of_a_provider()
    follow_ups.answer(one, text="The sheets are here.", by=holder, at=NOW)
    return FollowUp.objects.get()


# --- asking ---


def test_the_business_is_told_and_finds_it_among_what_it_has_to_do() -> None:
    one, holder = of_a_provider()

    letter = Letter.objects.get(reference=one.inspection.reference)
    assert "Write down the hours of every worker" in paper_words.text(letter)
    (duty,) = duties_at(holder, "followup.answer")
    assert (duty.due, duty.href) == (one.due_on, f"/follow-ups/{one.reference}/")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a standard that is met": ({"standard": "1.1"}, "not_unmet"),
    "nothing said": ({"action": " "}, "no_action"),
    "today": ({"due_on": TODAY}, "due_in_the_past"),
}


@pytest.mark.parametrize(("given", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_asking_is_said(given: dict[str, Any], code: str) -> None:
    inspection = an_inspection_confirmed("2.4")

    assert reasons(lambda: a_follow_up(inspection, **given)) == [code]


def test_only_what_is_confirmed_is_to_be_put_right_and_only_its_inspector_or_a_reviewer_asks() -> None:
    assert "not_confirmed" in reasons(lambda: a_follow_up(an_inspection_reported("2.4")))
    confirmed = an_inspection_confirmed("2.4", case="A-0000-0000")
    assert reasons(lambda: a_follow_up(confirmed, by=person("inspector"))) == ["not_theirs"]
    with pytest.raises(PermissionDenied):
        a_follow_up(confirmed, by=person("decision_maker"))


# --- the whole way ---


def test_the_business_answers_with_a_file_and_it_waits_for_the_authority() -> None:
    one, holder = of_a_provider()
    typed = {"text": "The sheets of December.", "documents": SimpleUploadedFile("sheets.jpg", jpeg())}

    response = signed_in(holder).post(f"/follow-ups/{one.reference}/", typed)

    assert response.headers["Location"] == f"/follow-ups/{one.reference}/"
    one.refresh_from_db()
    assert one.status == FollowUpStatus.ANSWERED
    assert FollowUpAnswer.objects.get().text == "The sheets of December."
    assert Document.objects.about(one.reference).get().organisation == one.inspection.organisation
    assert list(waiting_for(FollowUp.objects.all(), one.inspection.inspector, TODAY)) == [one]
    assert duties_at(holder, "followup.answer") == []


def test_the_business_and_the_inspector_read_why_a_file_was_rejected_later() -> None:
    one, holder = of_a_provider()
    locked = SimpleUploadedFile("sheets.pdf", pdfs.with_password("secret"))
    signed_in(holder).post(f"/follow-ups/{one.reference}/", {"text": "The sheets.", "documents": locked})

    registry_jobs.check_documents(at=NOW)

    words = paper_words.text(Letter.objects.get(template="compliance/letters/file_rejected.html"))
    assert "We could not accept sheets.pdf" in words
    assert "The selected file is password protected." in words
    inspector = signed_in(one.inspection.inspector)
    for client, address in ((signed_in(holder), "/follow-ups/"), (inspector, "/staff/follow-ups/")):
        assert "The selected file is password protected." in text_of(client.get(f"{address}{one.reference}/"))


def test_when_the_business_is_silent_past_the_day_somebody_must_act_unless_a_visit_goes() -> None:
    one, _holder = of_a_provider()
    judge, late = one.inspection.inspector, one.due_on + timedelta(days=1)

    tasks.open_due(at=NOW + (one.due_on - TODAY))
    assert one not in waiting_for(FollowUp.objects.all(), judge, one.due_on)
    tasks.open_due(at=NOW + (late - TODAY))
    assert one in waiting_for(FollowUp.objects.all(), judge, late)

    follow_ups.send_visit(one, inspector=judge, due_on=TODAY + timedelta(days=9), by=person("case_officer"), at=NOW)
    assert one not in waiting_for(FollowUp.objects.all(), judge, late)


def test_what_is_sent_back_is_the_turn_of_the_business_again_with_the_reason() -> None:
    one = answered()

    follow_ups.send_back(one, because="December is missing.", by=one.inspection.inspector, at=NOW)

    holder = stories.holder_of(one.inspection.organisation)
    assert "December is missing." in text_of(signed_in(holder).get(f"/follow-ups/{one.reference}/"))
    assert len(duties_at(holder, "followup.answer")) == 1


@pytest.mark.parametrize(("act", "status"), [("accept", FollowUpStatus.MET), ("fail", FollowUpStatus.NOT_MET)])
def test_what_was_sent_is_judged_with_a_reason_that_the_business_reads(act: str, status: str) -> None:
    one = answered()
    page = f"/staff/follow-ups/{one.reference}/{act}/"

    response = signed_in(person("quality_reviewer")).post(page, {"because": "Every hour is there."})

    assert response.status_code == 302
    one.refresh_from_db()
    assert (one.status, one.judged_because) == (status, "Every hour is there.")
    assert "Every hour is there." in paper_words.text(Letter.objects.order_by("pk").last())  # type: ignore[arg-type]
    assert reasons(lambda: follow_ups.accept(one, because="Again.", by=one.inspection.inspector, at=NOW)) == [
        "wrong_state"
    ]


def test_judging_needs_a_reason_and_the_inspector_or_a_reviewer() -> None:
    one = answered()

    assert reasons(lambda: follow_ups.accept(one, because=" ", by=one.inspection.inspector, at=NOW)) == ["no_reason"]
    assert reasons(lambda: follow_ups.accept(one, because="Yes.", by=person("inspector"), at=NOW)) == ["not_theirs"]
    with pytest.raises(PermissionDenied):
        follow_ups.accept(one, because="Yes.", by=person("case_officer"), at=NOW)


def test_more_time_is_given_with_a_reason_and_only_later() -> None:
    one, _holder = of_a_provider()
    by, later = one.inspection.inspector, one.due_on + timedelta(days=7)

    follow_ups.extend(one, due_on=later, because="The office burnt down.", by=by, at=NOW)

    assert FollowUp.objects.get().due_on == later
    assert reasons(lambda: follow_ups.extend(one, due_on=one.due_on, because="x", by=by, at=NOW)) == ["not_later"]


def test_a_visit_is_sent_and_what_it_found_stands_on_the_page() -> None:
    one, _holder = of_a_provider()
    officer, inspector, first = person("case_officer"), person("inspector"), one.inspection.inspector

    visit = follow_ups.send_visit(one, inspector=inspector, due_on=TODAY + timedelta(days=9), by=officer, at=NOW)

    assert (visit.kind, visit.standards) == ("verification", ["2.4"])
    assert reasons(lambda: follow_ups.send_visit(one, inspector=inspector, due_on=TODAY, by=officer, at=NOW)) == [
        "visited_already"
    ]
    signed(visit)
    inspections.record_findings(
        visit, findings=findings(visit), summary="Seen.", visited_on=TODAY, by=inspector, at=NOW
    )
    inspections.report(visit, by=inspector, at=NOW)
    # Whoever judges need not wait for an answer of the business: somebody has seen it.
    assert one not in waiting_for(FollowUp.objects.all(), first, TODAY)
    inspections.confirm(visit, by=person("quality_reviewer"), at=NOW)
    assert one in waiting_for(FollowUp.objects.all(), first, TODAY)
    file = queries.follow_up_file(FollowUp.objects.get(), on=TODAY)
    assert file.visit_found == "Met"
    page = signed_in(officer).get(f"/staff/inspections/{visit.reference}/").content.decode()
    assert f'<a class="govuk-link" href="/staff/follow-ups/{one.reference}/">{one.reference}</a>' in page
    assert ">Application<" not in page


@pytest.mark.parametrize("act", ["ask", "send_back", "accept", "fail", "extend", "send_visit"])
def test_whoever_has_a_conflict_of_interest_takes_no_step(act: str) -> None:
    one = answered()
    by = person("case_officer", "quality_reviewer")
    conflicts.declare(
        by,
        organisation=one.inspection.organisation,
        because="A sister works there.",
        since=TODAY,
        by=person("manager"),
        at=NOW,
    )
    why: dict[str, Any] = {"because": "Because.", "by": by, "at": NOW}
    later = TODAY + timedelta(days=60)
    doing: dict[str, Callable[[], object]] = {
        "ask": lambda: a_follow_up(one.inspection, by=by),
        "send_back": lambda: follow_ups.send_back(one, **why),
        "accept": lambda: follow_ups.accept(one, **why),
        "fail": lambda: follow_ups.fail(one, **why),
        "extend": lambda: follow_ups.extend(one, due_on=later, **why),
        "send_visit": lambda: follow_ups.send_visit(one, inspector=person("inspector"), due_on=later, by=by, at=NOW),
    }

    assert reasons(doing[act]) == ["conflicted"]
    assert not FollowUp.objects.visible_to(by).exists()


def test_another_business_sees_and_answers_nothing() -> None:
    one, _holder = of_a_provider()
    other = person("applicant")

    assert signed_in(other).get(f"/follow-ups/{one.reference}/").status_code == 404
    with pytest.raises(FollowUp.DoesNotExist):
        follow_ups.answer(one, text="We did.", by=other, at=NOW)


def test_a_file_is_opened_by_the_business_and_by_those_who_see_the_inspection(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = "none"
    one, holder = of_a_provider()
    signed_in(holder).post(
        f"/follow-ups/{one.reference}/",
        {"text": "Sheets.", "documents": SimpleUploadedFile("sheets.jpg", jpeg())},
    )
    assert registry_jobs.check_documents(at=NOW) == 1
    of = Document.objects.get(about=one.reference).reference

    ways = {holder: "follow-ups", one.inspection.inspector: "staff/follow-ups"}
    for who, way in ways.items():
        served = signed_in(who).get(f"/{way}/{one.reference}/files/{of}/")
        assert b"".join(served.streaming_content)  # type: ignore[attr-defined]
    assert signed_in(person("applicant")).get(f"/follow-ups/{one.reference}/files/{of}/").status_code == 404


# --- reminders ---


def test_the_business_is_reminded_a_week_before_and_told_once_that_it_is_late() -> None:
    one, _holder = of_a_provider()
    told = []
    for days in (0, 21, 22, 28, 29, 30):
        jobs.remind_of_follow_ups(at=NOW + timedelta(days=days))
        told.append(Letter.objects.filter(subject__contains="Reminder: corrective action").count())
    late = Letter.objects.filter(subject__contains="has passed")

    assert told == [0, 1, 1, 1, 1, 1]
    assert late.get().organisation == one.inspection.organisation


def test_a_new_day_is_reminded_of_anew() -> None:
    one, _holder = of_a_provider()
    jobs.remind_of_follow_ups(at=NOW + timedelta(days=22))
    follow_ups.extend(one, due_on=one.due_on + timedelta(days=20), because="Snow.", by=one.inspection.inspector, at=NOW)

    assert jobs.remind_of_follow_ups(at=NOW + timedelta(days=42)) == 1


# --- remedies ---


def test_what_workers_got_back_counts_once_a_second_person_has_seen_it() -> None:
    one = a_remedy()
    assert queries.sums(Remedy.objects.all()) == ()

    follow_ups.confirm(one, by=person("quality_reviewer"), at=NOW)

    wages, together = queries.sums(queries.remedies_for(one.inspection.organisation, by=person("manager")))
    assert (wages.title, wages.workers, float(wages.pounds)) == ("Wages paid", 12, 4800.5)
    assert (together.workers, together.pounds) == (wages.workers, wages.pounds)


def test_sums_add_up_over_kinds_and_leave_out_what_was_turned_down() -> None:
    inspection, reviewer = an_inspection_confirmed("2.4"), person("quality_reviewer")
    for kind, pence in (("wages", 100_000), ("fees", 5_000), ("wages", 20_000)):
        follow_ups.confirm(a_remedy(inspection, kind=kind, pence=pence), by=reviewer, at=NOW)
    follow_ups.turn_down(a_remedy(inspection), because="No statement.", by=reviewer, at=NOW)

    assert [(one.workers, float(one.pounds)) for one in queries.sums(inspection.remedies.all())] == [
        (24, 1200.0),
        (12, 50.0),
        (36, 1250.0),
    ]


def test_the_page_of_a_business_has_the_sums_and_each_payment_with_what_shows_it() -> None:
    first, reviewer = an_inspection_confirmed("2.4", exhibits=1), person("quality_reviewer")
    second = an_inspection_confirmed("2.4", organisation=first.organisation, kind="new_business")
    exhibit = first.exhibits.get()
    follow_ups.confirm(a_remedy(first, pence=100_000, exhibit=exhibit), by=reviewer, at=NOW)
    follow_ups.confirm(a_remedy(second, pence=50_050), by=reviewer, at=NOW)
    a_remedy(second, pence=999_900)
    a_remedy(pence=77_700)
    address = f"/staff/organisations/{first.organisation.reference}/remedies/"

    for role in ("quality_reviewer", "manager"):
        page = signed_in(person(role)).get(address).content.decode()
        assert "£1,500.50" in page and "£9,999.00" in page and "£777.00" not in page
        assert f"/staff/inspections/{first.reference}/evidence/{exhibit.number}/" in page
    assert (
        address
        in signed_in(person("case_officer"))
        .get(f"/staff/organisations/{first.organisation.reference}/")
        .content.decode()
    )
    assert signed_in(person("inspector")).get(address).status_code == 403


def test_the_page_of_a_business_is_not_there_for_whoever_has_a_conflict_of_interest() -> None:
    one, officer = a_remedy(), person("case_officer")
    organisation = one.inspection.organisation
    address = f"/staff/organisations/{organisation.reference}/remedies/"
    assert signed_in(officer).get(address).status_code == 200

    conflicts.declare(
        officer, organisation=organisation, because="A sister works there.", since=TODAY, by=person("manager"), at=NOW
    )

    assert signed_in(officer).get(address).status_code == 404


def test_whoever_confirms_payments_finds_them_in_the_menu() -> None:
    assert "Money recovered for workers" in signed_in(person("quality_reviewer")).get("/staff/").content.decode()


def test_nobody_confirms_what_they_wrote_down() -> None:
    both = person("inspector", "quality_reviewer")
    one = a_remedy(by=both)

    assert reasons(lambda: follow_ups.confirm(one, by=both, at=NOW)) == ["same_person"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy.objects.update(confirmed_by=both, confirmed_at=NOW)


REMEDIES: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": ({"workers": 0}, "no_workers"),
    "nothing": ({"pence": 0}, "no_amount"),
    "not shown": ({"shown_by": ""}, "not_shown"),
    "no kind": ({"kind": "thanks"}, "no_kind"),
}


@pytest.mark.parametrize(("given", "code"), REMEDIES.values(), ids=REMEDIES)
def test_what_is_wrong_with_a_remedy_is_said(given: dict[str, Any], code: str) -> None:
    inspection = an_inspection_confirmed("2.4")

    assert reasons(lambda: a_remedy(inspection, **given)) == [code]


@pytest.mark.parametrize("act", ["record", "confirm", "turn_down"])
def test_whoever_has_a_conflict_of_interest_counts_nothing(act: str) -> None:
    one, by = a_remedy(), person("quality_reviewer")
    conflicts.declare(
        by,
        organisation=one.inspection.organisation,
        because="A sister works there.",
        since=TODAY,
        by=person("manager"),
        at=NOW,
    )
    doing: dict[str, Callable[[], object]] = {
        "record": lambda: a_remedy(one.inspection, by=by),
        "confirm": lambda: follow_ups.confirm(one, by=by, at=NOW),
        "turn_down": lambda: follow_ups.turn_down(one, because="No.", by=by, at=NOW),
    }

    assert reasons(doing[act]) == ["conflicted"]


def test_a_remedy_is_written_down_and_confirmed_on_pages() -> None:
    inspection = an_inspection_confirmed("2.4")
    page = f"/staff/inspections/{inspection.reference}"
    typed = {"kind": "wages", "workers": "12", "amount": "4800.50", "shown_by": "Bank statement."}

    wrong = signed_in(inspection.inspector).post(f"{page}/remedies/record/", {**typed, "amount": "much"})
    signed_in(inspection.inspector).post(f"{page}/remedies/record/", typed)
    signed_in(person("manager")).post(f"{page}/remedies/1/confirm/")

    assert "Enter how much they got together, for example 1250.00." in text_of(wrong)
    assert Remedy.objects.get().pence == 480_050
    manager = signed_in(person("manager"))
    assert "£4,800.50" in text_of(manager.get("/staff/remedies/"))
    taken = b"".join(manager.post("/staff/remedies/list.csv").streaming_content)  # type: ignore[attr-defined]
    assert b"4800.5" in taken


# --- what the database keeps ---

SQL: dict[str, str] = {
    "a judgement": "UPDATE compliance_followup SET status = 'open', judged_by_id = NULL, judged_at = NULL",
    "no follow-up": "DELETE FROM compliance_followup",
    "an answer": "UPDATE compliance_followupanswer SET text = 'x'",
    "no answer": "DELETE FROM compliance_followupanswer",
    "a sum": "UPDATE compliance_remedy SET pence = pence + 1",
    "no remedy": "DELETE FROM compliance_remedy",
}


@pytest.mark.parametrize("statement", SQL.values(), ids=SQL)
def test_what_was_judged_answered_and_counted_stays(statement: str) -> None:
    one = answered()
    follow_ups.accept(one, because="Seen.", by=one.inspection.inspector, at=NOW)
    follow_ups.confirm(a_remedy(one.inspection), by=person("manager"), at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- lists ---


def test_the_lists_ask_as_often_for_many_as_for_one() -> None:
    inspection = an_inspection_confirmed("2.4", "2.3")
    browser, counts = signed_in(person("quality_reviewer")), []
    for standard in ("2.4", "2.3"):
        a_follow_up(inspection, standard=standard)
        a_remedy(inspection)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/staff/follow-ups/?overdue=on").status_code == 200
            assert inspection.organisation.legal_name in text_of(browser.get("/staff/follow-ups/"))
            browser.get("/staff/remedies/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_an_inspector_lists_their_own_alone() -> None:
    one = a_follow_up()
    other = person("inspector")

    assert one.reference in text_of(signed_in(one.inspection.inspector).get("/staff/follow-ups/"))
    assert one.reference not in text_of(signed_in(other).get("/staff/follow-ups/"))
    assert signed_in(other).get(f"/staff/follow-ups/{one.reference}/").status_code == 404


def test_what_is_overdue_is_marked_on_the_list() -> None:
    one, _holder = of_a_provider(due_on=TODAY + timedelta(days=1))

    assert list(FollowUp.objects.overdue_on(TODAY + timedelta(days=2))) == [one]
    assert not FollowUp.objects.overdue_on(TODAY + timedelta(days=1)).exists()


def test_of_an_inspection_that_is_to_come_the_business_sees_nothing() -> None:
    organisation = stories.a_provider()
    an_inspection_reported("2.4", organisation=organisation)

    page = text_of(signed_in(stories.holder_of(organisation)).get("/inspections/"))

    assert "We have sent you no report." in page
    assert Inspection.objects.get().reference not in page
