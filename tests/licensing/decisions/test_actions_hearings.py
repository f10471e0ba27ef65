"""Ground, evidence, notice, reply and conclusion: each tied to the one before it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from licensing.decisions.actions import hearings, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import Representation
from licensing.decisions.rules.grounds import GivenGround, GivenReply
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.actions import conditions
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import (
    GROUND,
    a_check_answered,
    a_document,
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    an_application_checked,
    an_inspection_of,
    day,
    decided,
    later,
    notified,
)
from tests.people import person

pytestmark = pytest.mark.django_db

LATER_GROUND = GivenGround("2.1", "No returns were made.", "The letter of May.")


def refusal_of(step: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [reason.code for reason in refused.value.reasons]


def a_refusal_on(*grounds: GivenGround, **story: Any) -> Decision:
    return proposals.propose(
        story.pop("application", None) or an_application_checked(**story),
        kind="refuse",
        because="The standards are not met.",
        grounds=grounds,
        by=person("case_officer"),
        at=NOW,
    )


def says(decision: Decision, text: str = "", *, days: int = 1, **more: Any) -> Representation:
    return hearings.represent(decision, text=text, by=stories.holder_of(decision.organisation), at=later(days), **more)


def supplemented(decision: Decision, *grounds: GivenGround, days: int = 1) -> Decision:
    return proposals.supplement(decision, grounds=grounds or [LATER_GROUND], by=person("case_officer"), at=later(days))


# --- evidence


def test_evidence_is_tied_to_what_it_is() -> None:
    application = an_application_checked()
    check = a_check_answered(application.checks.get(code="companies"), "adverse")
    inspection = an_inspection_of(application, "2.1")
    document = a_document(application)
    keys = (f"check:{check.reference}", f"finding:{inspection.reference}:2.1", f"document:{document.reference}")

    decision = proposals.propose(
        application,
        kind="refuse",
        because="Not met.",
        grounds=[GivenGround("2.1", "No returns.", "The director said so.", exhibits=keys)],
        inspections=[inspection],
        departs_because="It hides what it earns.",
        by=person("case_officer"),
        at=NOW,
    )

    check_reply, finding, file, note = decision.grounds.get().exhibits.order_by("pk")
    assert (check_reply.kind, check_reply.check_reply, check_reply.text) == ("check", check, "Two returns are missing.")
    assert "Companies House" in check_reply.source
    assert (finding.kind, finding.finding) == ("finding", inspection.results.get(standard="2.1"))
    assert (file.kind, file.document) == ("document", document)
    assert (note.kind, note.text) == ("note", "The director said so.")


def test_the_subject_is_told_what_the_evidence_said_when_it_was_proposed() -> None:
    application = an_application_checked()
    check = a_check_answered(application.checks.get(code="companies"), "adverse")
    decision = a_refusal_on(
        GivenGround("2.1", "No returns.", exhibits=(f"check:{check.reference}",)), application=application
    )

    a_check_answered(check, "adverse", evidence="Four returns are missing.")
    notified(decision)

    letter = Letter.objects.get(template="licensing/letters/notified.html")
    assert "Two returns are missing." in str(letter.facts)


def test_what_may_not_be_shown_to_the_subject_is_no_ground() -> None:
    application = an_application_checked()
    check = a_check_answered(application.checks.get(code="tax"), "adverse")
    ground = GivenGround("2.1", "No returns.", exhibits=(f"check:{check.reference}",))

    assert refusal_of(lambda: a_refusal_on(ground, application=application)) == ["restricted_evidence"]


def test_evidence_of_another_case_is_no_evidence() -> None:
    another = a_document(an_application_checked(legal_name="Abercwm Ltd"))
    ground = GivenGround("2.1", "No returns.", exhibits=(f"document:{another.reference}",))

    assert refusal_of(lambda: a_refusal_on(ground)) == ["unknown_evidence"]


def test_a_ground_can_rest_on_a_condition_of_the_licence() -> None:
    licence = a_licence()
    condition = a_condition_on(licence)

    decision = revocation_on(
        licence, GivenGround("", "It was not met.", "Nothing came.", condition=condition.reference)
    )

    ground = decision.grounds.get()
    assert (ground.condition, ground.standard) == (condition, condition.standard)


def test_but_not_on_a_condition_of_another() -> None:
    other = a_condition_on(a_licence(legal_name="Abercwm Ltd"))
    ground = GivenGround("", "It was not met.", "Nothing came.", condition=other.reference)

    assert refusal_of(lambda: revocation_on(a_licence(), ground)) == ["unknown_condition"]


def a_condition_on(licence: Any) -> Any:
    return conditions.impose(
        licence,
        standard="7.3",
        requirement="Keep records.",
        due_on=day(30),
        on=day(0),
        by=person("decision_maker"),
        at=NOW,
    )


def revocation_on(licence: Any, *grounds: GivenGround) -> Decision:
    return proposals.propose(
        licence,
        kind="revoke",
        because="A condition was not met.",
        takes_effect=day(60),
        grounds=grounds,
        by=person("case_officer"),
        at=NOW,
    )


# --- what is weighed


def test_what_is_weighed_is_kept_and_told() -> None:
    decision = proposals.propose(
        an_application_checked(),
        kind="refuse",
        because="Not met.",
        grounds=[GROUND],
        factors=["repeated", "cooperates"],
        weighed="It is the third time; the books were opened at once.",
        by=person("case_officer"),
        at=NOW,
    )
    notified(decision)

    facts = Letter.objects.get(template="licensing/letters/notified.html").facts
    assert facts["aggravating"] == ["The same standard has not been met before"]
    assert facts["mitigating"] == ["The business cooperates"]
    assert facts["weighed"] == "It is the third time; the books were opened at once."


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"factors": ["charming"], "weighed": "Very."}, ["unknown_factor"]),
        ({"factors": ["repeated"]}, ["weighed_without_reason"]),
    ],
)
def test_what_is_weighed_is_a_factor_of_the_scheme_with_a_reason(given: dict[str, Any], expected: list[str]) -> None:
    def propose() -> Decision:
        return proposals.propose(
            an_application_checked(),
            kind="refuse",
            because="Not met.",
            grounds=[GROUND],
            by=person("case_officer"),
            at=NOW,
            **given,
        )

    assert refusal_of(propose) == expected


# --- the reply


def test_the_subject_answers_each_ground() -> None:
    decision = notified(a_refusal_on(GROUND, LATER_GROUND))

    said = says(decision, "We disagree.", to_grounds=[GivenReply(2, "They were made in June.")])

    assert [(one.ground.number, one.text) for one in said.to_grounds.all()] == [(2, "They were made in June.")]


def test_an_answer_to_one_ground_is_a_reply() -> None:
    decision = notified(a_refusal_proposed())

    assert says(decision, to_grounds=[GivenReply(1, "The beds are gone.")]).to_grounds.count() == 1


def test_who_has_nothing_to_say_may_say_so() -> None:
    decision = notified(a_refusal_proposed())

    assert says(decision, is_whole=True).is_whole


def test_an_answer_to_a_ground_that_was_not_notified_is_refused() -> None:
    decision = notified(a_refusal_proposed())

    assert refusal_of(lambda: says(decision, "No.", to_grounds=[GivenReply(2, "What?")])) == ["unknown_ground"]


# --- the supplement


def test_a_further_ground_comes_in_a_notice_of_its_own_with_the_whole_time_to_reply() -> None:
    decision = supplemented(notified(a_refusal_proposed()), days=9)
    assert decision.status == "proposed"

    decision = notified(decision, at=later(10))

    first, second = decision.notices.order_by("number")
    assert (first.reply_by, second.reply_by, decision.reply_by) == (day(14), day(24), day(24))
    assert [one.notice for one in decision.grounds.order_by("number")] == [first, second]
    facts = Letter.objects.filter(template="licensing/letters/notified.html").latest("pk").facts
    assert [one["number"] for one in facts["grounds"]] == [2]
    assert [one["number"] for one in facts["earlier"]] == [1]


def test_what_was_all_before_a_supplement_is_not_all_after_it() -> None:
    decision = notified(a_refusal_proposed())
    says(decision, is_whole=True)

    decision = notified(supplemented(decision, days=2), at=later(3))

    assert refusal_of(lambda: decided(decision, at=later(4))) == ["still_being_heard"]
    says(decision, is_whole=True, days=5)
    assert decided(decision, at=later(6)).status == "decided"


def test_between_supplement_and_notice_nothing_is_said_and_nothing_decided() -> None:
    decision = supplemented(notified(a_refusal_proposed()))

    assert "wrong_state" in refusal_of(lambda: says(decision, "Wait."))
    assert refusal_of(lambda: decided(decision, at=later(60))) == ["ground_not_notified"]


def test_a_proposal_can_be_supplemented_before_it_is_notified() -> None:
    decision = notified(supplemented(a_refusal_proposed()), at=later(1))

    assert decision.notices.count() == 1
    assert decision.grounds.filter(notice=None).count() == 0


def test_a_supplement_is_written_on_the_trail() -> None:
    decision = supplemented(notified(a_refusal_proposed()))

    event = Event.objects.get(verb="supplement")
    assert (event.reference, event.before, event.after) == (decision.reference, "notified", "proposed")


def test_a_supplement_needs_a_ground_with_evidence() -> None:
    decision = notified(a_refusal_proposed())

    assert refusal_of(lambda: supplemented(decision, GivenGround("2.1", "No returns."))) == ["ground_without_evidence"]


def test_what_needs_no_hearing_is_not_supplemented() -> None:
    assert "no_hearing_needed" in refusal_of(lambda: supplemented(a_grant_proposed()))


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager"])
def test_supplementing_is_for_those_who_propose(role: str) -> None:
    decision = notified(a_refusal_proposed())

    with pytest.raises(PermissionDenied):
        proposals.supplement(decision, grounds=[LATER_GROUND], by=person(role), at=NOW)
