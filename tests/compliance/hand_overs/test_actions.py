"""A decision on a report reaches someone: it is handed over, acted on, answered and read."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from compliance.hand_overs import actions
from compliance.hand_overs.models import HandOver
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.reports.actions import triage
from licensing.dossiers import actions as dossiers
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.tasks.models import Task
from registry.tasks.queries import faults
from registry.trail.models.events import Event
from tests.compliance.hand_overs.world import (
    BASIS,
    CANARY,
    CLEARED,
    HEARD,
    WHY,
    an_identified_report,
    handed_over,
    report_of,
)
from tests.compliance.reports.world import a_report_begun
from tests.compliance.stories import findings, signed
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.licensing.stories import a_licence, a_suspension_proposed
from tests.people import person

pytestmark = pytest.mark.django_db


def codes(refused: Any) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def officer_of(one: HandOver) -> User:
    """The case officer of its licence, who has the task first."""
    assert one.case_officer is not None
    return one.case_officer


def tasks_of(user: User) -> set[str]:
    return set(Task.objects.open().visible_to(user, NOW.date()).values_list("kind", flat=True))


def a_visit(hand_over: HandOver, *, by: User | None = None) -> Inspection:
    return actions.commission(
        hand_over,
        brief="Ask for the key of the cabinet.",
        inspector=person("inspector"),
        due_on=NOW.date() + timedelta(days=10),
        by=by or person("case_officer"),
        at=NOW,
    )


def made(visit: Inspection, *unmet: str) -> Inspection:
    """The visit, made, reported and confirmed."""
    signed(visit)
    visit = inspections.record_findings(
        visit,
        findings=findings(visit, *unmet),
        summary="At the office.",
        visited_on=NOW.date(),
        by=visit.inspector,
        at=NOW,
    )
    inspections.report(visit, by=visit.inspector, at=NOW)
    return inspections.confirm(visit, by=person("quality_reviewer"), at=NOW)


# --- the decision on the report ---


@pytest.mark.parametrize(
    ("to", "typed", "refusals"),
    [
        ("inspection", {"cleared": " "}, ["no_cleared_text"]),
        ("inspection", {"cleared": f"They say: {HEARD.upper()}"}, ["repeats_report"]),
        ("agency", {"cleared": CLEARED, "basis": "short"}, ["no_agency", "no_basis"]),
    ],
)
def test_what_others_must_act_on_needs_a_text_that_is_cleared_for_them(
    to: str, typed: dict[str, Any], refusals: list[str]
) -> None:
    analyst = person("intelligence_analyst")
    report = an_identified_report(by=analyst)

    with pytest.raises(Refused) as refused:
        triage.decide(report, decision=to, because=WHY, **typed, by=analyst, at=NOW)

    assert codes(refused) == refusals
    assert not HandOver.objects.exists()


def test_a_report_about_no_known_organisation_cannot_go_to_a_visit_or_to_licensing() -> None:
    analyst = person("intelligence_analyst")
    for to in ("inspection", "licensing"):
        with pytest.raises(Refused) as refused:
            triage.decide(a_report_begun(by=analyst), decision=to, because=WHY, cleared=CLEARED, by=analyst, at=NOW)
        assert codes(refused) == ["not_identified"]


@pytest.mark.parametrize(
    ("to", "role", "kind"),
    [
        ("inspection", "case_officer", "handover.commission"),
        ("licensing", "case_officer", "handover.consider"),
        ("agency", "intelligence_analyst", "handover.pass_on"),
    ],
)
def test_the_decision_opens_a_task_for_who_can_act(to: str, role: str, kind: str) -> None:
    one = handed_over(to, agency=an_agency() if to == "agency" else None)

    assert one.organisation is not None
    assert (one.organisation, one.licence_number) == (
        report_of(one).organisation,
        one.organisation.licences.get().number,
    )
    assert kind in tasks_of(officer_of(one) if role == "case_officer" else person(role))
    assert kind not in tasks_of(person("inspector"))
    assert list(faults(NOW)) == []


def test_a_decision_of_the_same_kind_hands_over_once_and_another_takes_it_back() -> None:
    analyst = person("intelligence_analyst")
    one = handed_over(by=analyst)
    triage.decide(report_of(one), decision="inspection", priority="life", because=WHY, by=analyst, at=NOW)
    assert HandOver.objects.count() == 1

    triage.decide(report_of(one), decision="licensing", because=WHY, cleared=CLEARED, by=analyst, at=NOW)

    one.refresh_from_db()
    assert one.status == "closed"
    assert HandOver.objects.open().get().to == "licensing"
    assert list(faults(NOW)) == []


# --- to a visit ---


def test_the_visit_carries_the_cleared_text_and_its_result_comes_back_by_codes() -> None:
    one = handed_over()
    visit = a_visit(one)
    assert visit.brief == f"{CLEARED}\n\nAsk for the key of the cabinet."
    assert not Task.objects.open().filter(kind="handover.commission").exists()

    made(visit, "2.4")

    one.refresh_from_db()
    assert (one.status, one.result, one.standards, one.inspection) == ("answered", "not_met", ["2.4"], visit)
    assert "handover.note" in tasks_of(person("intelligence_analyst"))
    assert list(faults(NOW)) == []


def test_a_visit_that_found_nothing_says_so_and_one_called_off_is_waited_for_again() -> None:
    one, other = handed_over(), handed_over(licence=a_licence(legal_name="Fern Labour Ltd"))
    made(a_visit(one))
    inspections.call_off(a_visit(other), because="The inspector is ill.", by=person("case_officer"), at=NOW)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.result, one.standards) == ("met", [])
    assert (other.status, other.inspection) == ("open", None)
    assert "handover.commission" in tasks_of(officer_of(other))
    assert list(faults(NOW)) == []


def test_no_visit_needs_a_reason_which_the_trail_does_not_keep() -> None:
    one, officer = handed_over(), person("case_officer")
    with pytest.raises(Refused) as refused:
        actions.decline(one, because="No.", by=officer, at=NOW)
    assert codes(refused) == ["no_reason"]

    declined = actions.decline(one, because="It was visited last week.", by=officer, at=NOW)

    assert (declined.status, declined.result, declined.answer_text) == (
        "answered",
        "no_action",
        "It was visited last week.",
    )
    assert "visited last week" not in str(list(Event.objects.filter(kind="handover").values()))


def test_the_task_is_free_for_all_where_the_case_officer_has_a_conflict_of_interest() -> None:
    licence = a_licence()
    officer = officer_of(handed_over(licence=licence))
    conflicts.declare(
        officer,
        organisation=licence.organisation,
        because="My brother works there.",
        since=NOW.date(),
        by=officer,
        at=NOW,
    )

    again = handed_over(licence=licence)

    assert again.case_officer is None
    assert again.reference in set(
        Task.objects.open().visible_to(person("case_officer"), NOW.date()).values_list("reference", flat=True)
    )


# --- to licensing ---


def test_licensing_answers_with_a_proposal_about_the_same_organisation() -> None:
    licence = a_licence()
    one, officer = handed_over("licensing", licence=licence), person("case_officer")
    elsewhere = a_suspension_proposed(a_licence(legal_name="Fern Labour Ltd"), by=officer)
    with pytest.raises(Refused) as refused:
        dossiers.link_proposal(one, decision=elsewhere, by=officer, at=NOW)
    assert codes(refused) == ["other_organisation"]

    proposal = a_suspension_proposed(licence, by=officer)
    answered = dossiers.link_proposal(one, decision=proposal, by=officer, at=NOW)

    assert (answered.status, answered.result, answered.decision) == ("answered", "proposed", proposal.reference)
    assert not Task.objects.open().filter(kind="handover.consider").exists()


def test_who_may_not_act_on_it_cannot() -> None:
    visit, licensing = handed_over(), handed_over("licensing", licence=a_licence(legal_name="Fern Labour Ltd"))
    for person_of in ("intelligence_analyst", "manager", "inspector"):
        with pytest.raises(PermissionDenied):
            actions.decline(visit, because="It was visited last week.", by=person(person_of), at=NOW)
        with pytest.raises(PermissionDenied):
            actions.decline(licensing, because="Nothing to decide.", by=person(person_of), at=NOW)


def test_who_has_a_conflict_of_interest_sees_no_hand_over_and_no_task() -> None:
    one, officer = handed_over(), person("case_officer")
    assert one.organisation is not None
    conflicts.declare(
        officer, organisation=one.organisation, because="My brother works there.", since=NOW.date(), by=officer, at=NOW
    )

    assert not HandOver.objects.visible_to(officer).exists()
    assert "handover.commission" not in tasks_of(officer)
    with pytest.raises(HandOver.DoesNotExist):
        actions.decline(one, because="It was visited last week.", by=officer, at=NOW)


# --- to another authority ---


def test_another_authority_reads_the_cleared_text_and_answers() -> None:
    agency = an_agency()
    partner, stranger = a_partner(agency), a_partner(an_agency("Police of Sampleshire"))
    one, analyst = handed_over("agency", agency=agency), person("intelligence_analyst")
    assert not HandOver.objects.for_partner(partner).exists()

    actions.pass_on(one, by=analyst, at=NOW)

    assert list(HandOver.objects.for_partner(partner)) == [one]
    assert not HandOver.objects.for_partner(stranger).exists()
    assert Task.objects.open().of_agency(partner).get().kind == "handover.answer"
    answered = actions.record_reply(one, because="We visited on Monday.", by=partner, at=NOW)
    assert (answered.result, answered.answer_text) == ("reply", "We visited on Monday.")
    assert "handover.note" in tasks_of(analyst)
    assert list(faults(NOW)) == []


def test_the_answer_of_an_authority_without_accounts_is_written_down() -> None:
    one, analyst = handed_over("agency", agency=an_agency(way="post")), person("intelligence_analyst")
    actions.pass_on(one, by=analyst, at=NOW)
    assert "handover.write_down" in tasks_of(analyst)

    actions.record_reply(one, because="They visited on Monday.", by=analyst, at=NOW)

    assert list(faults(NOW)) == []


# --- and back to the reporter ---


@pytest.mark.parametrize(("language", "is_translated"), [("en-gb", False), ("pl", True), ("cy", True)])
def test_the_reporter_is_told_in_their_language_and_in_words_that_endanger_no_one(
    language: str, is_translated: bool
) -> None:
    analyst = person("intelligence_analyst")
    one = handed_over(by=analyst, language=language)
    visit = made(a_visit(one), "2.4")
    one.refresh_from_db()

    closed = triage.note(one, tell=True, by=analyst, at=NOW)

    message = report_of(one).messages.get()
    assert (closed.status, closed.noted_by) == ("closed", analyst)
    assert message.text.startswith("Thank you for your report.")
    assert hasattr(message, "translation") == is_translated
    if is_translated:
        assert message.translation.text != message.text
    for word in (visit.reference, "2.4", "inspect", "visit"):
        assert word not in message.text
    assert not Task.objects.open().filter(kind="handover.note").exists()


def test_a_reporter_without_a_mailbox_is_not_told_and_the_result_can_still_be_read() -> None:
    analyst = person("intelligence_analyst")
    one = handed_over(by=analyst, contact="none")
    made(a_visit(one))
    one.refresh_from_db()

    with pytest.raises(Refused) as refused:
        triage.note(one, tell=True, by=analyst, at=NOW)
    assert codes(refused) == ["no_mailbox"]
    assert triage.note(one, by=analyst, at=NOW).status == "closed"


# --- nothing of the report goes along ---


def test_no_word_of_the_report_is_in_a_hand_over_a_task_a_visit_or_the_trail() -> None:
    one = handed_over("agency", agency=an_agency())
    analyst = person("intelligence_analyst")
    actions.pass_on(one, by=analyst, at=NOW)
    visit = a_visit(handed_over(licence=a_licence(legal_name="Fern Labour Ltd")))
    made(visit, "2.4")

    for model in (HandOver, Task, Inspection, Event):
        assert CANARY not in str(list(model.objects.values()))
    for kept in (CLEARED, BASIS):
        assert kept not in str(list(Task.objects.values())) + str(list(Event.objects.filter(kind="handover").values()))
