"""The person who decides judges: returns with comments, asks for advice, does not agree, decides otherwise, sees what is against."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from compliance.inspections import actions as inspections
from licensing.checks.queries.checks import title_of
from licensing.decisions.actions import hearings, proposals, reviews
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reviews import DecisionReview
from licensing.decisions.queries.against import against
from licensing.decisions.queries.open_matters import open_matters
from licensing.messages import actions as messages
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.refusals import actions as refusals
from registry.tasks import actions as tasks
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests import stories
from tests.compliance.contradictions.world import accept_all, reported
from tests.config.test_staff_api import a_program
from tests.conftest import NOW, SetClock
from tests.licensing.stories import (
    AT_ONCE,
    GROUND,
    TODAY,
    a_check_answered,
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_revocation_proposed,
    a_suspension_proposed,
    an_application_checked,
    day,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
READ = "Read the message of the applicant"


def refusal_of(act: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.reasons]


def returned(decision: Decision, *, by: User | None = None, **given: Any) -> DecisionReview:
    asked = {"comments": "The second ground has no evidence.", "due_on": day(7), **given}
    return reviews.return_to_proposer(decision, **asked, by=by or person("decision_maker"), at=NOW)


def open_kinds(decision: Decision) -> set[str]:
    return set(Task.objects.open().filter(address__contains=decision.reference).values_list("kind", flat=True))


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def a_message_unread(decision: Decision) -> None:
    assert decision.application
    by = stories.holder_of(decision.application.organisation)
    messages.write(decision.application, text="We have moved to the unit next door.", by=by, at=NOW)


class TestReturning:
    def test_a_proposal_waits_for_the_answer_of_who_made_it_and_is_then_decided(self) -> None:
        officer, decider = person("case_officer"), person("decision_maker")
        decision = a_grant_proposed(by=officer)

        review = returned(decision, by=decider)

        assert refusal_of(lambda: decided(decision, by=decider)) == ["returned"]
        task = Task.objects.open().get(kind="decisionreview.answer_comments")
        assert (task.owner, task.due_on) == (officer, day(7))
        assert "decision.decide" not in open_kinds(decision)

        reviews.answer_review(review, answer="I have added the payslips.", by=officer, at=NOW)

        assert "decision.decide" in open_kinds(decision)
        decided(decision, by=decider)

    def test_it_can_be_returned_a_second_time_and_then_decided_otherwise(self) -> None:
        decider = person("decision_maker")
        decision = a_refusal_proposed()
        for answer in ("Here it is.", "And more."):
            assert refusal_of(lambda: returned(returned(decision, by=decider).decision)) == ["returned_already"]
            review = decision.reviews.open().get()
            reviews.answer_review(review, answer=answer, by=decision.proposed_by, at=NOW)

        instead = reviews.decide_otherwise(decision, because="The beds are gone.", starts=TODAY, by=decider, at=NOW)

        decision.refresh_from_db()
        assert (decision.status, decision.not_agreed_by, instead.instead_of) == ("not_agreed", decider, decision)
        assert (instead.kind, instead.proposed_by) == ("grant", decider)
        assert refusal_of(lambda: decided(instead, by=decider)) == ["same_person"]
        decided(instead, by=person("decision_maker"))
        assert instead.application and instead.application.__class__.objects.get(pk=instead.application.pk).licence

    def test_the_one_who_returned_it_may_call_it_off(self) -> None:
        decision, decider = a_grant_proposed(), person("decision_maker")
        review = returned(decision, by=decider)

        reviews.call_off_review(review, by=decider, at=NOW)

        decided(decision, by=decider)

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"comments": " "}, ["no_comments"]),
            ({"due_on": day(-1)}, ["day_too_early"]),
            ({"due_on": date(9999, 12, 31)}, ["day_too_late"]),
        ],
    )
    def test_it_says_what_must_change_and_by_when(self, given: dict[str, Any], expected: list[str]) -> None:
        assert refusal_of(lambda: returned(a_grant_proposed(), **given)) == expected

    def test_only_who_may_decide_returns_and_no_one_answers_themselves(self) -> None:
        decision, decider = a_grant_proposed(), person("decision_maker")
        with pytest.raises(PermissionDenied):
            returned(decision, by=person("case_officer"))
        review = returned(decision, by=decider)
        assert refusal_of(lambda: reviews.answer_review(review, answer="Fine.", by=decider, at=NOW)) == ["own_question"]

    def test_another_officer_may_answer_a_return_and_an_auditor_may_not(self) -> None:
        review = returned(a_grant_proposed())
        auditor, officer = person("auditor"), person("case_officer")

        assert refusal_of(lambda: reviews.answer_review(review, answer="Fine.", by=auditor, at=NOW)) == ["not_asked"]
        assert reviews.answer_review(review, answer="It is there now.", by=officer, at=NOW).status == "answered"

    def test_comments_stay_off_the_trail_and_cannot_be_changed(self) -> None:
        review = returned(a_grant_proposed())

        assert "evidence" not in str(Event.objects.filter(kind="decisionreview").values())
        with pytest.raises(IntegrityError), transaction.atomic():
            DecisionReview.objects.filter(pk=review.pk).update(comments="Nothing.")


class TestAdvice:
    def test_advice_is_asked_of_a_person_and_deciding_without_it_takes_a_reason(self) -> None:
        lawyer, decider = person("auditor"), person("decision_maker")
        decision = a_grant_proposed()
        review = reviews.ask_advice(
            decision, to=lawyer, comments="Is the term right?", due_on=day(3), by=decider, at=NOW
        )
        assert Task.objects.open().get(kind="decisionreview.advise").owner == lawyer

        assert refusal_of(lambda: decided(decision, by=decider, despite="")) == ["open_matters"]
        reviews.answer_review(review, answer="It is.", by=lawyer, at=NOW)

        decided(decision, by=decider, despite="")

    def test_only_who_was_asked_gives_it_or_who_was_given_the_task(self) -> None:
        lawyer, other = person("auditor"), person("auditor")
        review = reviews.ask_advice(
            a_grant_proposed(), to=lawyer, comments="Is it right?", due_on=day(3), by=person("decision_maker"), at=NOW
        )

        for by in (other, person("case_officer")):
            assert refusal_of(lambda by=by: reviews.answer_review(review, answer="Yes.", by=by, at=NOW)) == [
                "not_asked"
            ]
        task = Task.objects.open().get(kind="decisionreview.advise")
        tasks.assign(task, owner=other, by=person("manager"), at=NOW)

        assert reviews.answer_review(review, answer="Yes.", by=other, at=NOW).status == "answered"

    def test_it_is_asked_of_someone_who_can_read_it(self) -> None:
        decision, decider = a_grant_proposed(), person("decision_maker")

        def ask(to: User) -> list[str]:
            asked: dict[str, Any] = {"comments": "Is it right?", "due_on": day(3)}
            return refusal_of(lambda: reviews.ask_advice(decision, to=to, **asked, by=decider, at=NOW))

        assert ask(decider) == ["asks_oneself"]
        assert ask(person("safeguarding_lead")) == ["cannot_read_it"]


class TestDisagreeing:
    def test_the_case_is_open_again_and_who_was_notified_is_told(self) -> None:
        decision = notified(a_refusal_proposed())

        reviews.disagree(decision, because="One bed is no ground.", by=person("decision_maker"), at=NOW)

        decision.refresh_from_db()
        assert (decision.status, decision.not_agreed_because) == ("not_agreed", "One bed is no ground.")
        assert Letter.objects.get(template="licensing/letters/dropped.html").reference == decision.subject.reference
        assert "application.assess" in set(Task.objects.open().values_list("kind", flat=True))
        assert refusal_of(lambda: decided(decision, at=later(15))) == ["wrong_state"]

    def test_the_proposer_has_a_task_until_they_say_that_they_read_the_reason(self) -> None:
        proposer, decider = person("case_officer"), person("decision_maker")
        decision = notified(a_refusal_proposed(by=proposer))
        reviews.disagree(decision, because="One bed is no ground.", by=decider, at=NOW)
        to_read = Task.objects.open().filter(kind="decision.read_reason")
        page = signed_in(proposer).get(reverse("read_reason_decision", args=[decision.reference]))

        assert to_read.get().owner == proposer
        another = person("case_officer")
        assert refusal_of(lambda: refusals.read_reason(decision, by=another, at=NOW)) == ["not_proposer"]
        assert "One bed is no ground." in page.content.decode()
        refusals.read_reason(decision, by=proposer, at=NOW)

        assert not to_read.exists()
        assert refusal_of(lambda: refusals.read_reason(decision, by=proposer, at=NOW)) == ["reason_read"]
        assert "wrong_state" in refusal_of(lambda: refusals.read_reason(a_grant_proposed(), by=proposer, at=NOW))

    def test_the_proposer_cannot_and_a_reason_is_needed(self) -> None:
        both = person("case_officer", "decision_maker")
        decision = a_grant_proposed(by=both)

        assert "same_person" in refusal_of(lambda: reviews.disagree(decision, because="No.", by=both, at=NOW))
        decider = person("decision_maker")
        assert refusal_of(lambda: reviews.disagree(decision, because=" ", by=decider, at=NOW)) == ["no_reasons"]

    def test_what_was_not_agreed_stays_so_in_the_database(self) -> None:
        decision = a_grant_proposed()
        reviews.disagree(decision, because="Not yet.", by=person("decision_maker"), at=NOW)

        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(status="proposed")
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(reason_read_at=NOW, not_agreed_because="Another.")
        refusals.read_reason(decision, by=decision.proposed_by, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(reason_read_at=None)

    def test_only_a_refusal_and_a_revocation_have_something_less(self) -> None:
        decider = person("decision_maker")
        grant = a_grant_proposed()
        assert refusal_of(lambda: reviews.decide_otherwise(grant, because="No.", by=decider, at=NOW)) == [
            "nothing_less"
        ]

        revocation = notified(a_revocation_proposed())
        instead = reviews.decide_otherwise(
            revocation,
            because="A short suspension is enough.",
            takes_effect=TODAY,
            until=day(30),
            immediate=True,
            immediate_because=AT_ONCE,
            grounds=[GROUND],
            by=decider,
            at=NOW,
        )
        assert instead.kind == "suspend"
        notify = Task.objects.open().get(kind="decision.notify")
        assert notify.owner is None, "a decision maker sends no notices"
        notified(instead)
        decided(instead, by=person("decision_maker"))

    def test_if_the_other_decision_cannot_be_the_first_stays(self) -> None:
        decision = a_refusal_proposed()

        codes = refusal_of(
            lambda: reviews.decide_otherwise(
                decision, because="Grant it.", starts=day(-9), by=person("decision_maker"), at=NOW
            )
        )

        assert codes == ["starts_in_the_past"]
        decision.refresh_from_db()
        assert decision.status == "proposed"


class TestMoreTime:
    def test_its_subject_is_told_and_nothing_is_decided_before_the_new_day(self, set_clock: SetClock) -> None:
        decision = notified(a_refusal_proposed())
        hearings.give_more_time(
            decision, reply_by=day(30), because="The accountant is ill.", by=person("case_officer"), at=NOW
        )

        letter = Letter.objects.get(template="licensing/letters/more_time.html")
        assert letter.facts["reply_by"] == day(30).isoformat()
        assert Task.objects.open().get(kind="decision.reply").due_on == day(30)
        set_clock(later(20))
        assert refusal_of(lambda: decided(decision, at=later(20))) == ["still_being_heard"]
        decided(decision, at=later(31))

    @pytest.mark.parametrize(
        ("reply_by", "code"),
        [(day(0), "day_too_early"), (date(9999, 12, 31), "day_too_late"), (day(400), "day_too_late")],
    )
    def test_only_to_a_later_day_that_is_near(self, reply_by: date, code: str) -> None:
        decision = notified(a_refusal_proposed())
        given: dict[str, Any] = {"reply_by": reply_by, "because": "Ill.", "by": person("case_officer"), "at": NOW}

        assert refusal_of(lambda: hearings.give_more_time(decision, **given)) == [code]


class TestAgainst:
    def test_everything_against_is_in_one_place(self) -> None:
        case = stories.an_application_being_assessed()
        first, second, *_rest = case.checks.unanswered().order_by("pk")
        a_check_answered(first, "adverse", evidence="A conviction in 2025.")
        a_check_answered(second, "adverse", evidence="A debt.")
        a_check_answered(second, "nil")
        decision = a_refusal_proposed(an_application_checked(case, judged=False))
        a_message_unread(decision)

        rows = against(decision, by=person("decision_maker"), on=TODAY)

        sorts = [str(row.sort) for row in rows]
        assert sorts.count("Adverse") == 1 and sorts.count("Replaced") == 1 and sorts.count("Not read") == 1
        assert "A conviction in 2025." in {row.about for row in rows}
        (replaced,) = (str(row.text) for row in rows if str(row.sort) == "Replaced")
        assert replaced == f"“Adverse” became “Nil return”: {title_of(second)}, {second.subject}"

    def test_what_a_report_says_against_itself_is_there_with_who_accepted_it(self) -> None:
        licence, reviewer = a_licence(), person("quality_reviewer", name="Rhian Quality")
        visit = reported(organisation=licence.organisation, case="", licence_number=licence.number)
        accept_all(visit, reviewer)
        inspections.confirm(visit, by=reviewer, at=NOW)
        decision = a_suspension_proposed(licence)

        rows = [
            row
            for row in against(decision, by=person("decision_maker"), on=TODAY)
            if row.sort == "Contradiction, accepted"
        ]

        assert len(rows) == 5
        assert {row.href for row in rows} == {f"/staff/inspections/{visit.reference}/contradictions/"}
        (said,) = [row for row in rows if "What a worker said" in str(row.text)]
        assert said.about == "Accepted: The farm next door confirms it by telephone. Rhian Quality, 2 Nov 2026."
        assert "Paszport" not in "".join(row.about for row in rows)

    def test_a_message_that_no_one_has_read_needs_a_reason(self) -> None:
        decision = a_grant_proposed()
        a_message_unread(decision)
        assert open_matters(decision) == (READ,)

        assert refusal_of(lambda: decided(decision, despite=" ")) == ["open_matters"]
        taken = decided(decision, despite="I have read it on paper.")

        assert taken.despite == "I have read it on paper."

    def test_where_nothing_is_open_no_reason_is_asked_or_kept(self) -> None:
        decision, decider = a_grant_proposed(), signed_in(person("decision_maker"))

        assert "although something is open" not in text_of(
            decider.get(f"/staff/decisions/{decision.reference}/decide/")
        )
        assert decided(decision, despite="For nothing.").despite == ""


class TestOwnReasons:
    def test_they_begin_empty_with_those_of_the_proposer_beside(self) -> None:
        decision = a_grant_proposed()

        page = text_of(signed_in(person("decision_maker")).get(f"/staff/decisions/{decision.reference}/decide/"))

        assert 'name="because" cols="40" rows="5"' in page
        own = page[page.index('name="because"') :]
        assert decision.because not in own[: own.index("</textarea>")]
        assert decision.because in page


class TestDays:
    """The date that a notice names agrees with the time to reply, the time to appeal and the licence."""

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"takes_effect": day(20)}, ["day_too_early"]),
            ({"takes_effect": day(200), "immediate": True, "immediate_because": AT_ONCE}, ["day_too_late"]),
            ({"takes_effect": day(1), "immediate": True}, ["no_reason_immediate"]),
            ({"takes_effect": date(9999, 1, 1)}, ["after_expiry"]),
        ],
    )
    def test_a_revocation(self, given: dict[str, Any], expected: list[str]) -> None:
        licence = a_licence()
        proposal = {"kind": "revoke", "because": "Unpaid.", "grounds": [GROUND], **given}

        found = refusal_of(lambda: proposals.propose(licence, **proposal, by=person("case_officer"), at=NOW))

        assert found == expected

    def test_a_suspension_does_not_outlive_the_licence(self) -> None:
        licence = a_licence()
        given = {"takes_effect": day(1), "until": date(2029, 1, 1), "immediate": True, "immediate_because": AT_ONCE}
        proposal = {"kind": "suspend", "because": "Unsafe.", "grounds": [GROUND], **given}

        found = refusal_of(lambda: proposals.propose(licence, **proposal, by=person("case_officer"), at=NOW))

        assert found == ["outlives_licence"]

    def test_a_grant_starts_within_a_year(self) -> None:
        case = an_application_checked()
        given = {"kind": "grant", "because": "Good.", "starts": date(2031, 1, 1)}

        assert refusal_of(lambda: proposals.propose(case, **given, by=person("case_officer"), at=NOW)) == [
            "day_too_late"
        ]

    def test_a_day_in_the_year_9999_is_refused_on_the_page_and_keeps_what_was_typed(self) -> None:
        decision = a_grant_proposed()
        typed = {"because": "Good.", "from_day_day": "31", "from_day_month": "12", "from_day_year": "9999"}

        response = signed_in(person("decision_maker")).post(f"/staff/decisions/{decision.reference}/decide/", typed)

        assert response.status_code == 422
        assert "must have a year from 1900 to 2086" in text_of(response) and "9999" in text_of(response)

    def test_why_it_cannot_wait_is_printed_in_the_notice(self) -> None:
        notified(a_revocation_proposed())

        letter = Letter.objects.get(template="licensing/letters/notified.html")
        assert letter.facts["immediate_because"] == AT_ONCE


def test_a_program_does_the_same() -> None:
    officer, decider = person("case_officer"), person("decision_maker")
    decision = notified(a_refusal_proposed(by=officer))
    asked = {"comments": "The evidence is thin.", "due_on": day(5).isoformat()}

    assert a_program(decider).post(f"decisions/{decision.reference}/return", **asked).status_code == 200
    review = DecisionReview.objects.get()
    assert a_program(decider).post(f"decisions/{decision.reference}/return", **asked).status_code == 409
    answered = a_program(officer).post(f"decisions/reviews/{review.reference}/answer", answer="Here is more.")
    assert answered.json() == {"reference": review.reference, "status": "answered"}
    more = {"reply_by": day(40).isoformat(), "because": "The accountant is ill."}
    assert a_program(officer).post(f"decisions/{decision.reference}/give-more-time", **more).status_code == 200
    late = {"reply_by": "9999-12-31", "because": "The accountant is ill."}
    assert a_program(officer).post(f"decisions/{decision.reference}/give-more-time", **late).status_code == 422
    no = a_program(decider).post(f"decisions/{decision.reference}/disagree", because="Not enough.")
    assert no.json()["status"] == "not_agreed"
    assert a_program(officer).post(f"decisions/{decision.reference}/read-reason").status_code == 200
    assert a_program(officer).post(f"decisions/{decision.reference}/read-reason").status_code == 409


def test_a_program_decides_otherwise_and_nothing_that_has_no_other() -> None:
    decider = person("decision_maker")
    refusal = a_refusal_proposed()
    program = a_program(decider)

    done = program.post(
        f"decisions/{refusal.reference}/decide-otherwise",
        because="The house is not the applicant's.",
        starts=TODAY.isoformat(),
    )

    assert done.status_code == 200, done.content
    granting = Decision.objects.get(instead_of=refusal)
    assert granting.kind == "grant" and granting.proposed_by == decider and granting.starts == TODAY
    again = program.post(f"decisions/{granting.reference}/decide-otherwise", because="No.")
    assert again.status_code == 409 and "no_other_decision" in again.content.decode()
