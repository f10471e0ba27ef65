"""Where an application stands: whose turn it is, which steps are done, and what its applicant is not told."""

import pytest

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.decisions.actions import hearings
from licensing.progress.queries import whereabouts
from registry.letters.models import Letter
from registry.papers import words
from tests import stories
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.stories import (
    TODAY,
    a_check_answered,
    a_grant_proposed,
    a_refusal_proposed,
    a_request,
    an_application_checked,
    an_inspection_of,
    answered,
    decided,
    notified,
)

pytestmark = pytest.mark.django_db


def turns(application: Application) -> list[str]:
    application.refresh_from_db()
    return [turn.value for turn in whereabouts.whereabouts(application, today=TODAY).turns]


def steps(application: Application) -> dict[str, str]:
    application.refresh_from_db()
    return {step.title: step.state for step in whereabouts.whereabouts(application, today=TODAY).steps}


def test_before_the_fee_has_arrived_it_is_the_applicants_turn() -> None:
    application = stories.an_application_submitted()

    assert turns(application) == ["applicant"]
    assert steps(application) == {
        "You submit it": "completed",
        "The fee arrives": "under_way",
        "A case officer begins to assess it": "to_come",
        "Other authorities reply": "to_come",
        "We decide": "to_come",
    }


def test_a_draft_that_was_withdrawn_was_never_handed_in_nor_paid() -> None:
    draft = stories.an_application()
    applications.withdraw(draft, because="Not now.", by=stories.holder_of(draft.organisation), at=NOW)

    assert steps(draft) == {
        "You submit it": "not_needed",
        "The fee arrives": "not_needed",
        "A case officer begins to assess it": "not_needed",
        "You withdrew it": "completed",
    }


def test_once_paid_it_is_the_authoritys_turn() -> None:
    application = stories.an_application_paid()

    assert turns(application) == ["authority"]
    assert steps(application)["A case officer begins to assess it"] == "under_way"


def test_while_replies_are_open_it_is_other_authorities_turn() -> None:
    application = stories.an_application_being_assessed()
    first, *others = application.checks.of_others().order_by("pk")
    a_check_answered(first)

    [wait] = whereabouts.whereabouts(application, today=TODAY).waits

    assert wait.turn == "others"
    assert wait.text == f"{len(others)} of {len(others) + 1} replies from other authorities are still to come."
    assert wait.due == max(check.due_on for check in others)
    assert steps(application)["Other authorities reply"] == "under_way"


def test_while_a_question_is_open_it_is_the_applicants_turn_until_it_is_answered() -> None:
    asked = a_request()
    assert turns(asked.application) == ["applicant"]
    assert steps(asked.application)["You answer what we ask"] == "under_way"

    answered(asked)

    assert turns(asked.application) == ["others"]
    assert steps(asked.application)["You answer what we ask"] == "completed"


def test_a_visit_is_the_inspectors_turn_and_then_the_authoritys() -> None:
    application = an_application_checked()
    an_inspection(organisation=application.organisation, case=application.reference)
    assert turns(application) == ["inspector"]
    assert steps(application)["An inspector visits"] == "under_way"
    assert steps(application)["We decide"] == "to_come"

    confirmed = an_application_checked(legal_name="Visited Ltd")
    an_inspection_of(confirmed)
    assert turns(confirmed) == ["authority"]
    assert steps(confirmed)["An inspector visits"] == "completed"


def test_what_is_proposed_is_not_told_before_its_notice() -> None:
    application = an_application_checked()
    before = whereabouts.whereabouts(application, today=TODAY)

    proposal = a_refusal_proposed(application)
    assert whereabouts.whereabouts(application, today=TODAY) == before

    notified(proposal)
    assert turns(application) == ["applicant"]
    assert steps(application)["You reply to our notice, if you want"] == "under_way"


def test_after_the_reply_it_is_the_authoritys_turn() -> None:
    application = an_application_checked()
    notice = notified(a_refusal_proposed(application))

    hearings.represent(notice, text="It is put right.", by=stories.holder_of(application.organisation), at=NOW)

    assert turns(application) == ["authority"]
    assert steps(application)["You reply to our notice, if you want"] == "completed"


def test_what_another_authority_replied_is_not_told() -> None:
    nil, adverse = (stories.an_application_being_assessed(legal_name=name) for name in ("Nil Ltd", "Adverse Ltd"))
    for application, result in ((nil, "nil"), (adverse, "adverse")):
        for check in application.checks.of_others().order_by("pk"):
            a_check_answered(check, result)

    of_nil, of_adverse = (whereabouts.whereabouts(one, today=TODAY) for one in (nil, adverse))

    assert [step.title for step in of_nil.steps] == [step.title for step in of_adverse.steps]
    assert [wait.text for wait in of_nil.waits] == [wait.text for wait in of_adverse.waits]


def test_once_granted_nobody_is_waited_for_and_nothing_is_expected() -> None:
    decision = decided(a_grant_proposed())
    assert decision.application

    where = whereabouts.whereabouts(decision.application, today=TODAY)

    assert (where.waits, where.then, where.expected) == ((), "", "")
    assert {step.state for step in where.steps} == {"completed"}


def test_a_letter_says_what_the_page_says_that_day() -> None:
    application = stories.an_application_submitted()
    where = whereabouts.whereabouts(application, today=TODAY)

    said = words.text(Letter.objects.about(application.reference).get())

    assert application.reference in said
    for sentence in (where.waits[0].text, where.then, where.expected):
        assert sentence in said


def test_that_the_assessment_has_begun_is_told_by_mail() -> None:
    application = stories.an_application_being_assessed()

    letter = Letter.objects.about(application.reference).latest("pk")

    assert letter.subject == "We have begun to assess your application"
    assert "replies from other authorities are still to come" in words.text(letter)
