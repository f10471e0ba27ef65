from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import Settings

from compliance.inspections import actions as inspections
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.decisions.actions import hearings, proposals, reviews
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenConclusion, GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from licensing.decisions.states.decisions import DECISION
from licensing.holding.actions import changes
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.refusals import actions as refusals
from registry.register.models import Entry
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests import stories
from tests.compliance.stories import an_inspection, an_inspection_reported
from tests.conftest import NOW
from tests.licensing.stories import (
    GROUND,
    TODAY,
    a_check_answered,
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_request,
    a_revocation_proposed,
    a_suspension_proposed,
    an_application_checked,
    an_inspection_of,
    day,
    decided,
    later,
    notified,
)
from tests.people import person

pytestmark = pytest.mark.django_db

CONDITION = GivenCondition("3.1", "Keep records of hours.", TODAY + timedelta(days=60))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def refusal_of(step: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return codes(refused)


def shown(thing: Application | Licence) -> QuerySet[Entry]:
    return Entry.objects.filter(listing__organisation=thing.organisation, shown_until=None)


def standing(thing: Application | Licence, on: date = TODAY) -> str:
    return shown(thing).standing_on(on).get().standing  # type: ignore[attr-defined,no-any-return]


def propose(subject: Application | Licence, **given: Any) -> Decision:
    options = {"kind": "grant", "because": "The standards are met.", "by": person("case_officer"), "at": NOW, **given}
    return proposals.propose(subject, **options)


# --- propose


def test_proposing_keeps_what_is_proposed_and_changes_nothing_else() -> None:
    application = an_application_checked()
    officer = person("case_officer")

    decision = propose(application, starts=day(3), conditions=[CONDITION], by=officer)

    assert (decision.status, decision.kind, decision.starts) == ("proposed", "grant", day(3))
    assert (decision.proposed_by, decision.proposed_at) == (officer, NOW)
    assert [(c.standard, c.requirement, c.due_on) for c in decision.conditions.all()] == [
        ("3.1", "Keep records of hours.", day(60))
    ]
    application.refresh_from_db()
    assert application.status == "assessing"
    assert standing(application) == "applied"


def test_proposing_is_written_on_the_trail() -> None:
    decision = a_grant_proposed()

    event = Event.objects.get(verb="propose")
    assert (event.reference, event.after, event.because) == (decision.reference, "proposed", "The standards are met.")
    assert event.facts["subject"] == decision.subject.reference


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager", "auditor"])
def test_proposing_is_for_case_officers(role: str) -> None:
    application = an_application_checked()

    with pytest.raises(PermissionDenied):
        propose(application, starts=TODAY, by=person(role))


def test_proposing_says_every_reason_at_once() -> None:
    application = stories.an_application_being_assessed()

    assert refusal_of(lambda: propose(application, because=" ")) == ["checks_unanswered", "no_reasons", "no_start"]


def test_proposing_a_grant_refuses_while_a_check_is_unanswered() -> None:
    application = stories.an_application_being_assessed()

    assert refusal_of(lambda: propose(application, starts=TODAY)) == ["checks_unanswered"]


def test_proposing_a_refusal_need_not_wait_for_checks() -> None:
    application = stories.an_application_being_assessed()

    assert propose(application, kind="refuse", grounds=[GROUND]).status == "proposed"


def test_proposing_a_grant_refuses_while_the_applicant_is_asked() -> None:
    request = a_request(an_application_checked())

    assert "request_open" in refusal_of(lambda: propose(request.application, starts=TODAY))


def test_what_the_applicant_is_asked_keeps_no_one_from_refusing() -> None:
    request = a_request(an_application_checked())

    refusal = decided(notified(propose(request.application, kind="refuse", grounds=[GROUND])), at=later(30))

    request.refresh_from_db()
    assert refusal.application is not None
    assert (refusal.application.status, request.status) == ("refused", "withdrawn")


def test_proposing_refuses_while_an_inspection_is_open() -> None:
    application = an_application_checked()
    an_inspection(organisation=application.organisation, case=application.reference)

    assert refusal_of(lambda: propose(application, starts=TODAY)) == ["inspection_open"]


def test_proposing_a_grant_waits_for_the_inspection_that_the_scheme_asks_for(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = "none"  # its papers are accepted at once
    application = an_application_checked(accommodation=True, transport=True)

    assert refusal_of(lambda: propose(application, starts=TODAY)) == ["inspection_wanted"]

    seen = an_inspection_of(application)
    assert propose(application, starts=TODAY, inspections=[seen]).status == "proposed"


def test_an_adverse_reply_calls_for_an_inspection() -> None:
    application = stories.an_application_being_assessed()
    first, *others = application.checks.of_others().order_by("pk")
    a_check_answered(first, "adverse")
    for check in others:
        a_check_answered(check)

    assert refusal_of(lambda: propose(application, starts=TODAY)) == ["inspection_wanted"]


def test_proposing_refuses_a_second_decision_while_one_is_open() -> None:
    decision = a_grant_proposed()

    assert refusal_of(lambda: propose(decision.subject, starts=TODAY)) == ["decision_open"]


def test_proposing_again_after_dropping_is_possible() -> None:
    decision = a_grant_proposed()
    proposals.drop(decision, because="Wrong date.", by=person("case_officer"), at=NOW)

    assert propose(decision.subject, starts=day(5)).status == "proposed"


@pytest.mark.parametrize("status", ["submitted", "granted", "withdrawn"])
def test_proposing_refuses_an_application_that_is_not_being_assessed(status: str) -> None:
    def reach() -> Application:
        if status == "submitted":
            return stories.an_application_submitted()
        if status == "granted":
            return a_licence().applications.get()
        application = an_application_checked()
        return applications.withdraw(
            application, because="Sold.", by=stories.holder_of(application.organisation), at=NOW
        )

    application = reach()

    assert "wrong_state" in refusal_of(lambda: propose(application, kind="refuse", grounds=[GROUND]))


@pytest.mark.parametrize("kind", ["suspend", "revoke", "submit", "ask", "nonsense", ""])
def test_proposing_refuses_what_cannot_be_decided_about_an_application(kind: str) -> None:
    application = an_application_checked()

    assert "wrong_subject" in refusal_of(lambda: propose(application, kind=kind, takes_effect=day(1)))


@pytest.mark.parametrize("kind", ["grant", "refuse", "renew", "surrender", "end", "nonsense", ""])
def test_proposing_refuses_what_cannot_be_decided_about_a_licence(kind: str) -> None:
    licence = a_licence()

    assert "wrong_subject" in refusal_of(
        lambda: propose(licence, kind=kind, starts=day(1), takes_effect=day(1), grounds=[GROUND])
    )


def test_proposing_to_refuse_needs_a_ground() -> None:
    application = an_application_checked()

    assert refusal_of(lambda: propose(application, kind="refuse")) == ["no_ground"]


@pytest.mark.parametrize("ground", [GivenGround("3.1", " ", "Seen."), GivenGround("3.1", "Unsafe.", " ")])
def test_proposing_refuses_a_ground_without_words_or_evidence(ground: GivenGround) -> None:
    application = an_application_checked()

    assert refusal_of(lambda: propose(application, kind="refuse", grounds=[ground])) == ["ground_without_evidence"]


def test_proposing_refuses_a_standard_that_the_scheme_does_not_have() -> None:
    application = an_application_checked()
    grounds = [GivenGround("99.9", "Unsafe.", "Seen.")]
    conditions = [GivenCondition("99.8", "Mend it.", day(30))]

    assert refusal_of(lambda: propose(application, kind="refuse", grounds=grounds)) == ["unknown_standard"]
    assert refusal_of(lambda: propose(application, starts=TODAY, conditions=conditions)) == ["unknown_standard"]


def test_proposing_refuses_conditions_with_anything_but_a_grant() -> None:
    application = an_application_checked()

    assert refusal_of(lambda: propose(application, kind="refuse", grounds=[GROUND], conditions=[CONDITION])) == [
        "conditions_without_grant"
    ]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (GivenCondition("3.1", " ", TODAY + timedelta(days=60)), "condition_without_requirement"),
        (GivenCondition("3.1", "Mend it.", TODAY + timedelta(days=5)), "condition_due_too_early"),
        (GivenCondition("3.1", "Mend it.", TODAY), "condition_due_too_early"),
    ],
)
def test_proposing_refuses_a_condition_that_cannot_be_met(condition: GivenCondition, code: str) -> None:
    application = an_application_checked()

    assert refusal_of(lambda: propose(application, starts=day(5), conditions=[condition])) == [code]


def test_proposing_refuses_a_start_in_the_past() -> None:
    application = an_application_checked()

    assert refusal_of(lambda: propose(application, starts=day(-1))) == ["starts_in_the_past"]


class TestScore:
    def test_the_score_of_the_inspection_is_kept(self) -> None:
        application = an_application_checked()
        seen = an_inspection_of(application)

        decision = a_grant_proposed(application, inspections=[seen])

        assert (decision.points, decision.score_proposes) == (0, "grant")
        assert list(decision.inspections.all()) == [seen]

    def test_departing_from_the_score_needs_a_reason(self) -> None:
        application = an_application_checked()
        seen = an_inspection_of(application, "2.1")

        assert refusal_of(lambda: propose(application, starts=TODAY, inspections=[seen])) == ["departs_without_reason"]

        because = "It was put right the same day."
        kept = propose(application, starts=TODAY, inspections=[seen], departs_because=because)
        assert kept.departs_because == because
        assert kept.score_proposes != "grant"

    def test_granting_with_conditions_what_the_score_proposes_needs_none(self) -> None:
        application = an_application_checked()
        seen = an_inspection_of(application, an_inspection(case="A-0000-0000").standards[-1])

        decision = propose(application, starts=TODAY, inspections=[seen], conditions=[CONDITION])

        assert decision.score_proposes == "grant_with_conditions"

    def test_a_confirmed_inspection_of_the_application_cannot_be_left_out(self) -> None:
        application = an_application_checked()
        an_inspection_of(application, "2.1")

        assert refusal_of(lambda: propose(application, starts=TODAY)) == ["inspection_left_out"]

    def test_an_inspection_that_nobody_confirmed_cannot_be_relied_on(self) -> None:
        application = an_application_checked()
        seen = an_inspection_reported(organisation=application.organisation, case=application.reference)

        found = refusal_of(lambda: propose(application, starts=TODAY, inspections=[seen]))

        assert "inspection_not_confirmed" in found

    def test_an_inspection_of_another_case_cannot_be_relied_on(self) -> None:
        seen = an_inspection_of(an_application_checked(legal_name="Blodwen Cyf"))
        application = an_application_checked()

        assert refusal_of(lambda: propose(application, starts=TODAY, inspections=[seen])) == [
            "inspection_not_confirmed"
        ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"kind": "revoke"}, ["no_effect_date"]),
        ({"kind": "revoke", "takes_effect": day(-1)}, ["effect_in_the_past", "before_licence"]),
        ({"kind": "revoke", "takes_effect": day(400)}, ["after_expiry"]),
        ({"kind": "suspend", "takes_effect": day(3)}, ["no_end_date"]),
        ({"kind": "suspend", "takes_effect": day(3), "until": day(2)}, ["ends_before_it_starts"]),
        ({"kind": "suspend", "takes_effect": day(400), "until": day(410)}, ["after_expiry"]),
    ],
)
def test_proposing_about_a_licence_refuses_dates_that_cannot_be(given: dict[str, Any], expected: list[str]) -> None:
    licence = a_licence()

    assert refusal_of(lambda: propose(licence, grounds=[GROUND], **given)) == expected


def test_proposing_to_revoke_a_revoked_licence_is_refused() -> None:
    licence = a_licence()
    decided(notified(a_revocation_proposed(licence)))

    assert "wrong_state" in refusal_of(lambda: propose(licence, kind="revoke", takes_effect=day(3), grounds=[GROUND]))


# --- notify


def test_notifying_tells_the_subject_the_grounds_and_the_last_day_to_reply() -> None:
    decision = notified(a_refusal_proposed())

    assert (decision.status, decision.notified_at) == ("notified", NOW)
    assert decision.reply_by == day(14)  # ten working days
    assert [ground.notice and ground.notice.sent_at for ground in decision.grounds.all()] == [NOW]
    letter = Letter.objects.get(template="licensing/letters/notified.html")
    assert letter.reference == decision.subject.reference
    assert GROUND.evidence in str(letter.facts)


def test_notifying_counts_the_holidays_of_the_nation() -> None:
    application = an_application_checked(
        address={
            "line_1": "1 High St",
            "line_2": "",
            "town": "Wick",
            "county": "",
            "postcode": "KW1 4AA",
            "country": "scotland",
        }
    )
    at = NOW + timedelta(days=18)  # 20 November: St Andrew's Day is the 30th
    decision = a_refusal_proposed(application)

    assert hearings.notify(decision, by=person("case_officer"), at=at).reply_by == date(2026, 12, 7)


def test_an_immediate_decision_may_follow_the_notice_the_same_day() -> None:
    decision = notified(a_revocation_proposed())

    assert decision.reply_by == TODAY


def test_notifying_refuses_a_grant() -> None:
    decision = a_grant_proposed()

    assert refusal_of(lambda: notified(decision)) == ["no_hearing_needed"]


def test_notifying_twice_is_refused() -> None:
    decision = notified(a_refusal_proposed())

    assert refusal_of(lambda: notified(decision)) == ["wrong_state"]


@pytest.mark.parametrize("role", ["applicant", "inspector", "manager"])
def test_notifying_is_for_those_who_propose_or_decide(role: str) -> None:
    decision = a_refusal_proposed()

    with pytest.raises(PermissionDenied):
        hearings.notify(decision, by=person(role), at=NOW)


# --- represent


def test_the_subject_is_heard() -> None:
    decision = notified(a_refusal_proposed())
    holder = stories.holder_of(decision.organisation)

    said = hearings.represent(decision, text="The beds are gone.", by=holder, at=later(3))

    assert (said.text, said.by, said.received_at) == ("The beds are gone.", holder, later(3))
    decision.refresh_from_db()
    assert decision.status == "notified"


def test_only_the_subject_is_heard() -> None:
    decision = notified(a_refusal_proposed())

    with pytest.raises(Decision.DoesNotExist):
        hearings.represent(decision, text="Me too.", by=person("applicant"), at=NOW)


def test_staff_do_not_speak_for_the_subject_even_if_they_may_apply_themselves() -> None:
    decision = notified(a_refusal_proposed())

    with pytest.raises(Decision.DoesNotExist):
        hearings.represent(decision, text="It is fine.", by=person("case_officer", "applicant"), at=NOW)


def test_the_subject_does_not_know_of_a_proposal() -> None:
    decision = a_refusal_proposed()
    holder = stories.holder_of(decision.organisation)

    assert not Decision.objects.visible_to(holder).exists()
    with pytest.raises(Decision.DoesNotExist):
        hearings.represent(decision, text="What is this?", by=holder, at=NOW)


def test_a_reply_without_words_is_refused() -> None:
    decision = notified(a_refusal_proposed())

    holder = stories.holder_of(decision.organisation)
    assert refusal_of(lambda: hearings.represent(decision, text=" ", by=holder, at=NOW)) == ["nothing_said"]


def test_a_reply_on_the_last_day_is_in_time_and_the_day_after_is_not() -> None:
    decision = notified(a_refusal_proposed())
    holder = stories.holder_of(decision.organisation)

    hearings.represent(decision, text="Wait.", by=holder, at=later(14))
    assert refusal_of(lambda: hearings.represent(decision, text="Wait.", by=holder, at=later(15))) == ["too_late"]


# --- decide: a grant


def test_granting_licenses_the_applicant_in_the_same_transaction() -> None:
    decision = a_grant_proposed(starts=day(3))
    decider = person("decision_maker")

    decided(decision, by=decider)

    decision.refresh_from_db()
    application = decision.application
    assert application and application.licence
    assert (decision.status, decision.decided_by, decision.decided_at) == ("decided", decider, NOW)
    assert (application.status, application.closed_at) == ("granted", NOW)
    assert (application.licence.valid_from, application.licence.valid_until) == (day(3), date(2027, 11, 4))
    assert application.licence.version == application.version
    assert (standing(application), standing(application, day(3))) == ("applied", "licensed")
    assert Letter.objects.filter(template="licensing/letters/granted.html", reference=application.reference).exists()


def test_granting_without_conditions_gives_nothing_to_appeal() -> None:
    assert decided(a_grant_proposed()).appeal_by is None


def test_granting_with_conditions_imposes_and_shows_them() -> None:
    decision = decided(a_grant_proposed(conditions=[CONDITION]))

    assert decision.application and decision.application.licence
    condition = decision.application.licence.conditions.get()
    assert (condition.standard, condition.requirement, condition.due_on, condition.imposed_on) == (
        "3.1",
        "Keep records of hours.",
        day(60),
        TODAY,
    )
    assert standing(decision.application) == "licensed_with_conditions"
    assert decision.appeal_by == date(2026, 11, 30)  # twenty working days


def test_the_decider_chooses_the_first_day() -> None:
    decision = decided(a_grant_proposed(), from_day=day(9))

    assert decision.application and decision.application.licence
    assert (decision.starts, decision.application.licence.valid_from) == (day(9), day(9))


def test_granting_refuses_a_start_in_the_past() -> None:
    decision = a_grant_proposed()

    assert refusal_of(lambda: decided(decision, at=later(1))) == ["starts_in_the_past"]
    assert decided(decision, at=later(1), from_day=day(1)).status == "decided"


def test_granting_refuses_a_first_day_after_a_condition_is_due() -> None:
    decision = a_grant_proposed(conditions=[CONDITION])

    assert refusal_of(lambda: decided(decision, from_day=day(60))) == ["condition_due_too_early"]


def test_deciding_judges_the_case_anew() -> None:
    application = an_application_checked()
    decision = a_grant_proposed(application)
    a_check_answered(application.checks.of_others().order_by("pk")[0], "adverse")

    assert refusal_of(lambda: decided(decision)) == ["inspection_wanted"]


# --- decide: by whom


def test_deciding_refuses_the_proposer() -> None:
    both = person("case_officer", "decision_maker")
    decision = a_grant_proposed(by=both)

    assert refusal_of(lambda: decided(decision, by=both)) == ["same_person"]


def test_deciding_refuses_whoever_assessed_the_application() -> None:
    both = person("case_officer", "decision_maker")
    application = an_application_checked(stories.an_application_being_assessed(case_officer=both))
    decision = a_grant_proposed(application)

    assert refusal_of(lambda: decided(decision, by=both)) == ["assessed"]


def test_deciding_refuses_the_inspector() -> None:
    both = person("inspector", "decision_maker")
    application = an_application_checked()
    decision = a_grant_proposed(application, inspections=[an_inspection_of(application, inspector=both)])

    assert refusal_of(lambda: decided(decision, by=both)) == ["inspected"]


def test_an_inspector_who_never_went_may_decide() -> None:
    both = person("inspector", "decision_maker")
    application = an_application_checked()
    visit = an_inspection(organisation=application.organisation, case=application.reference, inspector=both)
    inspections.call_off(visit, because="No need.", by=person("case_officer"), at=NOW)

    assert decided(a_grant_proposed(application), by=both).status == "decided"


def test_deciding_says_every_reason_at_once() -> None:
    all_of_it = person("case_officer", "inspector", "decision_maker")
    application = an_application_checked(stories.an_application_being_assessed(case_officer=all_of_it))
    seen = an_inspection_of(application, inspector=all_of_it)
    decision = a_grant_proposed(application, inspections=[seen], by=all_of_it)

    assert refusal_of(lambda: decided(decision, by=all_of_it, at=later(1))) == [
        "same_person",
        "assessed",
        "inspected",
        "starts_in_the_past",
    ]


@pytest.mark.parametrize("role", ["applicant", "case_officer", "inspector", "quality_reviewer", "manager", "auditor"])
def test_deciding_is_for_decision_makers(role: str) -> None:
    decision = a_grant_proposed()

    with pytest.raises(PermissionDenied):
        decided(decision, by=person(role))


def test_the_database_refuses_the_proposer_as_decider() -> None:
    decision = a_grant_proposed()

    with pytest.raises(IntegrityError, match="decision_taken_by_another"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            status="decided", decided_by=decision.proposed_by, decided_at=NOW, decided_because="It is mine."
        )


def test_a_decision_is_taken_once() -> None:
    decision = a_grant_proposed()
    stale = Decision.objects.get(pk=decision.pk)
    decided(decision)

    assert refusal_of(lambda: decided(stale)) == ["wrong_state"]
    assert Licence.objects.count() == 1


def test_a_refused_decision_changes_nothing() -> None:
    decision = a_grant_proposed()
    before = trail.head(), Entry.objects.count(), Letter.objects.count()

    refusal_of(lambda: decided(decision, at=later(1)))

    assert (trail.head(), Entry.objects.count(), Letter.objects.count()) == before


# --- decide: a refusal


def test_refusing_refuses_the_application_and_takes_the_applicant_off_the_register() -> None:
    decision = notified(a_refusal_proposed())

    decided(decision, at=later(15))

    decision.refresh_from_db()
    assert decision.application is not None
    assert (decision.application.status, decision.application.licence) == ("refused", None)
    assert decision.appeal_by == date(2026, 12, 15)  # twenty working days after 17 November
    assert not shown(decision.application).exists()
    assert Letter.objects.filter(template="licensing/letters/refused.html").exists()


def test_refusing_refuses_without_a_notice() -> None:
    decision = a_refusal_proposed()

    assert refusal_of(lambda: decided(decision)) == ["not_notified"]


def test_refusing_waits_for_the_last_day_to_reply() -> None:
    decision = notified(a_refusal_proposed())

    assert refusal_of(lambda: decided(decision, at=later(14))) == ["still_being_heard"]
    assert decided(decision, at=later(15)).status == "decided"


def test_refusing_waits_for_more_unless_the_subject_says_that_this_is_all() -> None:
    decision = notified(a_refusal_proposed())
    holder = stories.holder_of(decision.organisation)

    hearings.represent(decision, text="Wait.", by=holder, at=later(1))
    assert refusal_of(lambda: decided(decision, at=later(2))) == ["still_being_heard"]

    hearings.represent(decision, text="So be it.", is_whole=True, by=holder, at=later(3))
    assert decided(decision, at=later(4)).status == "decided"


def test_deciding_gives_reasons_for_the_whole_and_for_each_ground() -> None:
    decision = notified(a_refusal_proposed())
    decider = person("decision_maker")

    decided(decision, because="Nothing was put right.", by=decider, at=later(15))

    decision.refresh_from_db()
    ground = decision.grounds.get()
    assert decision.decided_because == "Nothing was put right."
    assert (ground.upheld, ground.concluded_because) == (True, "It holds.")
    assert Event.objects.get(verb="decide").because == "Nothing was put right."


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"because": " "}, ["no_reasons"]),
        ({"conclusions": []}, ["ground_not_concluded"]),
        ({"conclusions": [GivenConclusion(1, True, " ")]}, ["ground_not_concluded"]),
        ({"conclusions": [GivenConclusion(1, None, "Yes.")]}, ["ground_not_concluded"]),
        ({"conclusions": [GivenConclusion(1, False, "Put right.")]}, ["nothing_upheld"]),
        (
            {"conclusions": [GivenConclusion(1, True, "Yes."), GivenConclusion(2, True, "And this.")]},
            ["unknown_ground"],
        ),
    ],
)
def test_deciding_refuses_without_reasons(given: dict[str, Any], expected: list[str]) -> None:
    decision = notified(a_refusal_proposed())

    assert refusal_of(lambda: decided(decision, at=later(15), **given)) == expected


def test_one_ground_that_holds_is_enough() -> None:
    other = GivenGround("2.1", "No returns were made.", "The letter of May.")
    decision = notified(propose(an_application_checked(), kind="refuse", grounds=[GROUND, other]))

    conclusions = [GivenConclusion(1, False, "Put right."), GivenConclusion(2, True, "Not denied.")]
    decided(decision, conclusions=conclusions, at=later(15))

    assert list(decision.grounds.order_by("number").values_list("upheld", flat=True)) == [False, True]


def test_a_grant_needs_reasons_too() -> None:
    decision = a_grant_proposed()

    assert refusal_of(lambda: decided(decision, because="")) == ["no_reasons"]


def test_refusing_refuses_a_ground_that_was_not_notified() -> None:
    decision = notified(a_refusal_proposed())
    proposals.supplement(decision, grounds=[GROUND], by=person("case_officer"), at=later(1))

    assert refusal_of(lambda: decided(decision, at=later(15))) == ["ground_not_notified"]


# --- decide: a licence


def test_revoking_takes_the_licence_away_from_a_day_on_and_says_so_at_once() -> None:
    licence = a_licence()

    decision = decided(notified(a_revocation_proposed(licence)), from_day=day(3))

    licence.refresh_from_db()
    assert (licence.status, licence.revoked_from, decision.takes_effect) == ("revoked", day(3), day(3))
    assert (standing(licence, day(2)), standing(licence, day(3))) == ("revocation_to_come", "revoked")
    assert decision.appeal_by == day(14)  # ten working days: immediate effect
    assert Letter.objects.filter(template="licensing/letters/revoked.html", reference=licence.number).exists()


def test_revoking_at_once_means_within_the_days_of_the_scheme() -> None:
    decision = notified(a_revocation_proposed())

    assert refusal_of(lambda: decided(decision, from_day=day(8))) == ["effect_too_late"]
    assert decided(decision, from_day=day(7)).status == "decided"  # five working days


def test_revoking_at_once_refuses_a_day_in_the_past() -> None:
    decision = notified(a_revocation_proposed())

    assert refusal_of(lambda: decided(decision, at=later(3))) == ["effect_too_early"]


def test_revoking_otherwise_waits_for_the_time_to_appeal() -> None:
    decision = notified(a_revocation_proposed(immediate=False))
    last_day_to_appeal = date(2026, 12, 15)

    found = refusal_of(lambda: decided(decision, at=later(15), from_day=last_day_to_appeal))
    assert found == ["effect_too_early"]

    taken = decided(decision, at=later(15), from_day=last_day_to_appeal + timedelta(days=1))
    assert taken.appeal_by == last_day_to_appeal


def test_suspending_suspends_until_a_day() -> None:
    licence = a_licence()

    decided(notified(a_suspension_proposed(licence)))

    licence.refresh_from_db()
    assert (licence.status, licence.suspended_from, licence.suspended_until) == ("active", day(1), day(60))
    assert [standing(licence, day(n)) for n in (0, 1, 60, 61)] == ["licensed", "suspended", "suspended", "licensed"]
    assert Letter.objects.filter(template="licensing/letters/suspended.html").exists()


def test_deciding_about_a_licence_that_was_lost_meanwhile_is_refused() -> None:
    licence = a_licence()
    decision = notified(a_revocation_proposed(licence))
    changes.change_numbers(licence.organisation, changes={"utr": "1234567895"}, by=person("case_officer"), at=NOW)

    assert refusal_of(lambda: decided(decision)) == ["wrong_state"]


# --- drop


def test_dropping_ends_a_proposal() -> None:
    decision = proposals.drop(a_grant_proposed(), because="Wrong date.", by=person("case_officer"), at=NOW)

    assert decision.status == "dropped"
    assert Event.objects.get(verb="drop").because == "Wrong date."
    assert not Letter.objects.filter(template="licensing/letters/dropped.html").exists()


def test_dropping_tells_whoever_had_been_notified() -> None:
    decision = notified(a_refusal_proposed())

    proposals.drop(decision, because="The beds are gone.", by=person("case_officer"), at=NOW)

    assert Letter.objects.get(template="licensing/letters/dropped.html").reference == decision.subject.reference


def test_dropping_needs_a_reason() -> None:
    decision = a_grant_proposed()

    assert refusal_of(lambda: proposals.drop(decision, because="", by=person("case_officer"), at=NOW)) == ["no_reasons"]


def test_dropping_is_for_those_who_propose() -> None:
    decision = a_grant_proposed()

    with pytest.raises(PermissionDenied):
        proposals.drop(decision, because="No.", by=person("decision_maker"), at=NOW)


# --- every status and move

REACH: dict[str, Callable[[], Decision]] = {
    "proposed": a_refusal_proposed,
    "notified": lambda: notified(a_refusal_proposed()),
    "decided": lambda: decided(notified(a_refusal_proposed()), at=later(15)),
    "not_agreed": lambda: reviews.disagree(
        a_refusal_proposed(), because="Not enough.", by=person("decision_maker"), at=NOW
    ),
    "dropped": lambda: proposals.drop(a_refusal_proposed(), because="No.", by=person("case_officer"), at=NOW),
}
MOVES: dict[str, Callable[[Decision], object]] = {
    "notify": notified,
    "represent": lambda decision: hearings.represent(
        decision, text="Wait.", by=stories.holder_of(decision.organisation), at=NOW
    ),
    "decide": lambda decision: decided(decision, at=later(15)),
    "supplement": lambda decision: proposals.supplement(decision, grounds=[GROUND], by=person("case_officer"), at=NOW),
    "give_more_time": lambda decision: hearings.give_more_time(
        decision, reply_by=day(30), because="The accountant is ill.", by=person("case_officer"), at=NOW
    ),
    "read_reason": lambda decision: refusals.read_reason(decision, by=decision.proposed_by, at=NOW),
    "disagree": lambda decision: reviews.disagree(decision, because="Not enough.", by=person("decision_maker"), at=NOW),
    "drop": lambda decision: proposals.drop(decision, because="No.", by=person("case_officer"), at=NOW),
}


def test_the_matrix_knows_every_status_and_move() -> None:
    assert set(REACH) == set(DECISION.statuses)
    assert set(MOVES) == set(DECISION.names)


@pytest.mark.parametrize("status", sorted(REACH))
@pytest.mark.parametrize("move", sorted(MOVES))
def test_each_move_is_possible_from_where_the_table_says(status: str, move: str) -> None:
    decision = REACH[status]()
    # A refusal is decided after it has been notified; that is a rule, not the table.
    allowed = DECISION.allows(status, move) and (status, move) != ("proposed", "decide")

    if allowed:
        MOVES[move](decision)
    else:
        with pytest.raises((Refused, Decision.DoesNotExist)):
            MOVES[move](decision)

    decision.refresh_from_db()
    assert decision.status == (DECISION.after(status, move) if allowed else status)
    assert timezone.is_aware(decision.proposed_at)
