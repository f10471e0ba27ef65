"""Complaints about our service: anyone complains, someone answers by a day, someone else looks again, and all are counted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client

from licensing.retention.jobs import erase_due
from registry.accounts.models import User
from registry.complaints import actions
from registry.complaints.models import Complaint
from registry.complaints.queries import release_tables, service_tables
from registry.editions.queries.published import cells_of
from registry.errors import Refused
from registry.jobs import send_mail
from registry.letters.models import Letter
from registry.tasks.models import Task
from registry.trail.models.events import Event
from registry.web import limits
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.complaints.world import (
    ANSWER,
    WORDS,
    a_complaint,
    a_review_asked,
    a_reviewed_complaint,
    an_answered_complaint,
)

pytestmark = pytest.mark.django_db
TYPED = {"kind": "conduct", "about": "visits", "text": WORDS, "name": "Ann Example", "email": "ann@mail.example"}


@pytest.fixture(autouse=True)
def no_limit_left_over() -> None:
    limits.counts.clear()


def waits() -> list[tuple[str, date]]:
    return list(Task.objects.open().filter(kind__startswith="complaint.").values_list("kind", "due_on"))


def test_anyone_complains_without_a_cookie_and_reads_the_answer_at_an_address_that_no_one_can_guess() -> None:
    client = Client()
    answer = client.post("/complain/", TYPED)

    one = Complaint.objects.get()
    assert (answer.status_code, answer.cookies) == (200, {})
    assert one.reference in answer.content.decode()
    assert waits() == [("complaint.answer", date(2026, 11, 30))]  # 20 working days after Monday 2 November
    send_mail(at=NOW)
    (sent,) = mail.outbox
    assert one.key in sent.body and WORDS not in sent.body

    actions.answer_complaint(one, outcome="partly", answer=ANSWER, by=person("manager"), at=NOW)
    page = client.get(f"/complain/{one.key}/").content.decode()
    assert ANSWER in page and "Partly upheld" in page
    assert client.get(f"/complain/{one.pk}-{'0' * 32}/").status_code == 404
    assert waits() == []


def test_a_day_to_answer_that_has_passed_is_not_told_as_one_to_come(set_clock: SetClock) -> None:
    one = a_complaint()
    address = f"/complain/{one.key}/"
    assert "We answer by 30 November 2026." in Client().get(address).content.decode()
    set_clock(NOW + timedelta(days=60))

    said = Client().get(address).content.decode()

    assert "We should have answered by 30 November 2026. We are late." in said
    assert "We answer by" not in said


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_is_kept() -> None:
    answer = Client().post("/complain/", {**TYPED, "kind": "", "email": "ann"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter an email address like name@example.com." in page
    assert WORDS in page and "Ann Example" in page
    assert not Complaint.objects.exists()


def test_it_is_kept_once_however_often_it_is_sent_and_too_much_from_one_connection_is_refused() -> None:
    for _time in range(2):
        assert Client().post("/complain/", {**TYPED, "once": "the-same-form"}).status_code == 200
    assert Complaint.objects.count() == 1
    answers = [Client().post("/complain/", TYPED).status_code for _time in range(10)]
    assert answers[-1] == 429


def test_someone_else_looks_again_because_the_person_asked_for_it() -> None:
    one = an_answered_complaint()
    assert Client().post(f"/complain/{one.key}/", {"because": "No one called."}).status_code == 302
    assert [kind for kind, _due in waits()] == ["complaint.review"]

    first = person("quality_reviewer")
    Complaint.objects.get()
    with pytest.raises(Refused) as refused:
        manager = person("manager")
        own = actions.answer_complaint(a_complaint(), outcome="upheld", answer=ANSWER, by=manager, at=NOW)
        own = actions.ask_for_review(own, because="Still late.", by=None, at=NOW)
        actions.answer_review(own, outcome="upheld", answer=ANSWER, by=manager, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["same_person"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.filter(pk=one.pk).update(
            status="complaint_reviewed", review_outcome="upheld", review_answer="x", reviewed_by=one.answered_by
        )
    assert not first.has_perm("registry.review_complaints")

    reviewed = actions.answer_review(
        Complaint.objects.get(pk=one.pk), outcome="upheld", answer="It is right.", by=person("manager"), at=NOW
    )
    page = Client().get(f"/complain/{one.key}/").content.decode()
    assert reviewed.status == "complaint_reviewed"
    assert "It is right." in page and "Ask for a second look" not in page


def test_who_records_a_complaint_by_telephone_does_not_read_complaints() -> None:
    officer = signed_in(person("case_officer"))
    typed = {**TYPED, "channel": "telephone", "language": "cy"}
    assert officer.post("/staff/complaints/record/", typed).status_code == 302

    one = Complaint.objects.get()
    assert (one.channel, one.language, one.recorded_by and one.recorded_by.pk) == (
        "telephone",
        "cy",
        one.recorded_by_id,
    )
    assert officer.get("/staff/complaints/").status_code == 403
    assert officer.get(f"/staff/complaints/{one.reference}/").status_code == 403
    manager = signed_in(person("manager"))
    assert one.reference in manager.get("/staff/complaints/").content.decode()
    assert WORDS in manager.get(f"/staff/complaints/{one.reference}/").content.decode()


def test_no_word_of_it_is_on_the_trail_and_what_was_said_cannot_be_changed() -> None:
    one = a_reviewed_complaint()

    said = str(list(Event.objects.filter(kind="complaint").values()))
    assert all(word not in said for word in (WORDS, ANSWER, "No one called.", "asked@mail.example"))
    for change in ({"text": "x"}, {"answer": "x"}, {"review_answer": "x"}, {"kind": "other"}, {"outcome": "upheld"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Complaint.objects.filter(pk=one.pk).update(**change)


def test_two_years_after_the_last_answer_the_words_are_erased_and_the_counts_stay() -> None:
    one = a_reviewed_complaint()
    erase_due(at=NOW + timedelta(days=700))
    assert Complaint.objects.get().text == WORDS

    erase_due(at=NOW + timedelta(days=740))

    kept = Complaint.objects.get()
    assert (kept.text, kept.name, kept.email, kept.answer) == ("[erased]", "", "", "[erased]")
    assert (kept.kind, kept.outcome, kept.review_outcome) == ("delay", "not_upheld", "upheld")
    assert not Letter.objects.filter(reference=one.reference).exists()


def test_they_are_counted_by_kind_in_the_release_and_in_the_service_figures() -> None:
    a_complaint(kind="conduct")
    an_answered_complaint("partly")
    a_review_asked()
    a_reviewed_complaint("upheld")

    (released,) = release_tables(date(2026, 12, 31))
    of_year = next(iter(service_tables(NOW.date())))

    both = {"received": 4, "answered": 3, "upheld": 1, "review_asked": 2, "changed": 1}
    assert cells_of(released)["2026-Q4", "all"] == both
    assert cells_of(of_year)["all",] == both
    assert cells_of(of_year)["conduct",] == {**dict.fromkeys(both, 0), "received": 1}
    assert cells_of(next(iter(service_tables(NOW.date() + timedelta(days=366)))))["all",]["received"] == 0


def test_only_who_answers_answers_and_only_who_reviews_looks_again() -> None:
    received, answered, asked = a_complaint(), an_answered_complaint(), a_review_asked()
    said: dict[str, Any] = {"outcome": "upheld", "answer": ANSWER, "at": NOW}
    with pytest.raises(PermissionDenied):
        actions.answer_complaint(received, **said, by=person("inspector"))
    with pytest.raises(PermissionDenied):
        actions.ask_for_review(answered, because="No one called.", by=person("inspector"), at=NOW)
    with pytest.raises(PermissionDenied):
        actions.answer_review(asked, **said, by=person("quality_reviewer"))
    with pytest.raises(PermissionDenied):
        a_complaint_recorded_by(person("applicant"))


def a_complaint_recorded_by(user: User) -> Complaint:
    typed = {"kind": "conduct", "about": "visits", "text": WORDS, "language": "en-gb"}
    return actions.receive_complaint(once="typed in", **typed, by=user, at=NOW)
