"""What applicants and holders are told, occasion by occasion: each letter written by the action itself."""

from datetime import date, timedelta
from typing import Any

import pytest

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.checks.actions import checks
from licensing.decisions.actions import hearings, proposals
from licensing.decisions.letters import dropped
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenConclusion, GivenGround, GivenReply
from licensing.decisions.rules.proposals import GivenCondition
from licensing.decisions.states.rows import KINDS
from licensing.holding.actions import changes, surrenders
from licensing.letters.letters import TEMPLATES
from licensing.requests.actions import asking
from licensing.requests.rules import GivenItem
from registry import schemes
from registry.accounts.models import User
from registry.holidays.models import Holiday
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.papers import words as paper_words
from tests.conftest import NOW
from tests.licensing.stories import AT_ONCE, decided
from tests.people import person
from tests.stories import an_application_being_assessed, an_application_submitted, holder_of

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
GROUND = GivenGround("1.1", "The managing director was convicted of an offence.\n\nIt is not spent.", "Court record 42")


@pytest.fixture
def officer() -> User:
    return person("case_officer")


@pytest.fixture
def decider() -> User:
    return person("decision_maker")


def last_letter(about: str) -> Letter:
    return Letter.objects.about(about).order_by("pk").last() or pytest.fail(f"no letter about {about}")


def words(about: str) -> str:
    return paper_words.text(last_letter(about))


def an_application_ready(officer: User, **facts: Any) -> Application:
    application = an_application_being_assessed(case_officer=officer, **facts)
    for check in application.checks.all():
        checks.record_result(check, result="nil", evidence="", replied_on=TODAY, by=officer, at=NOW)
    return application


def a_grant(officer: User, decider: User, **proposal: Any) -> Decision:
    application = an_application_ready(officer)
    decision = proposals.propose(
        application, kind="grant", because="All standards are met.", starts=TODAY, by=officer, at=NOW, **proposal
    )
    return decided(decision, because="Every standard is met.", by=decider, at=NOW)


def a_licence(officer: User, decider: User) -> Licence:
    application = a_grant(officer, decider).application
    assert application is not None
    application.refresh_from_db()
    assert application.licence is not None
    return application.licence


def a_revocation(licence: Licence, officer: User, decider: User, **proposal: Any) -> Decision:
    why = {"immediate_because": AT_ONCE} if proposal.get("immediate") else {}
    proposal = {"takes_effect": date(2027, 1, 15), "grounds": [GROUND], **why, **proposal}
    decision = proposals.propose(licence, kind="revoke", because="Not fit.", by=officer, at=NOW, **proposal)
    hearings.notify(decision, by=officer, at=NOW)
    decision.refresh_from_db()
    assert decision.reply_by is not None
    later = NOW if decision.immediate else NOW + (decision.reply_by - TODAY) + timedelta(days=1)
    return decided(decision, by=decider, at=later)


def test_an_applicant_is_told_what_to_pay_and_how() -> None:
    application = an_application_submitted()

    said = words(application.reference)

    assert f"£{application.fee:,.0f}" in said
    assert str(application.payment_reference) in said
    assert "We have received your application" in said
    assert "The rules and standards of 7 April 2026 apply" in said


def test_a_question_to_the_applicant_carries_the_day_to_answer_by(officer: User) -> None:
    application = an_application_being_assessed(case_officer=officer)
    asking.ask(application, items=[GivenItem(text="Send the contract.")], due_on=date(2026, 11, 16), by=officer, at=NOW)

    said = words(application.reference)

    assert "Send the contract." in said
    assert "Answer by 16 November 2026" in said


def test_a_withdrawal_is_confirmed() -> None:
    application = an_application_submitted()
    applications.withdraw(application, because="Sold", by=holder_of(application.organisation), at=NOW)

    assert "we do nothing more with this application" in words(application.reference)


def test_a_grant_names_the_licence_and_its_days_and_offers_no_appeal(officer: User, decider: User) -> None:
    decision = a_grant(officer, decider)
    assert decision.application is not None
    decision.application.refresh_from_db()
    licence = decision.application.licence
    assert licence is not None

    said = words(decision.application.reference)

    assert said.count(licence.number) == 1
    assert "Valid from: 2 November 2026" in said
    assert "Valid until the end of: 1 November 2027" in said
    assert "Every standard is met." in said
    assert "appeal" not in said.lower()


def test_a_grant_with_conditions_lists_them_and_how_to_appeal(officer: User, decider: User) -> None:
    condition = GivenCondition("1.1", "Give each worker a written agreement.", date(2026, 12, 31))
    decision = a_grant(officer, decider, conditions=[condition])
    assert decision.application is not None

    said = words(decision.application.reference)

    assert "Your licence is granted with conditions" in said
    assert "Give each worker a written agreement." in said
    assert "To be met by 31 December 2026." in said
    assert "Your appeal must be received by 30 November 2026." in said


def test_a_notice_says_what_why_on_what_evidence_and_until_when_to_reply(officer: User) -> None:
    application = an_application_being_assessed(case_officer=officer)
    decision = proposals.propose(
        application, kind="refuse", because="Not fit and proper.", grounds=[GROUND], by=officer, at=NOW
    )
    decision = hearings.notify(decision, by=officer, at=NOW)

    letter = last_letter(application.reference)
    said = paper_words.text(letter)

    assert "To refuse the application" in said
    for sentence in ("Not fit and proper.", "It is not spent.", "Court record 42"):
        assert sentence in said
    assert decision.reply_by is not None
    assert f"Reply by {decision.reply_by:%-d %B %Y}" in said
    assert "The law we rely on" in said


def test_a_refusal_says_by_when_an_appeal_must_arrive_and_where(officer: User, decider: User) -> None:
    application = an_application_being_assessed(case_officer=officer)
    decision = proposals.propose(
        application, kind="refuse", because="Not fit and proper.", grounds=[GROUND], by=officer, at=NOW
    )
    hearings.notify(decision, by=officer, at=NOW)
    hearings.represent(
        decision,
        text="We disagree.",
        to_grounds=[GivenReply(1, "It is spent.")],
        is_whole=True,
        by=holder_of(application.organisation),
        at=NOW,
    )
    conclusions = [GivenConclusion(1, True, "It is spent next year.")]
    decision = decided(decision, because="Nobody else runs the firm.", conclusions=conclusions, by=decider, at=NOW)

    said = words(application.reference)

    assert decision.appeal_by is not None
    assert f"Your appeal must be received by {decision.appeal_by:%-d %B %Y}." in said
    assert "Alexandra House" in said
    assert "We read your reply of 2 November 2026 before we decided." in said
    assert "section 7" in said
    for sentence in (
        "Nobody else runs the firm.",
        "Court record 42",
        "We uphold this ground",
        "It is spent next year.",
    ):
        assert sentence in said


def test_a_supplement_says_what_is_new_and_what_was_said_before(officer: User) -> None:
    application = an_application_being_assessed(case_officer=officer)
    decision = proposals.propose(
        application, kind="refuse", because="Not fit and proper.", grounds=[GROUND], by=officer, at=NOW
    )
    hearings.notify(decision, by=officer, at=NOW)
    another = GivenGround("2.1", "No returns were made.", "The letter of May.")
    proposals.supplement(decision, grounds=[another], by=officer, at=NOW)
    hearings.notify(decision, by=officer, at=NOW + timedelta(days=1))

    said = words(application.reference)

    assert "This is notice 2 of what we propose." in said
    assert said.index("No returns were made.") < said.index("What we told you before") < said.index("Court record 42")
    assert "Reply by 17 November 2026" in said


def test_the_days_to_appeal_are_those_of_the_nation_of_the_holder(officer: User, decider: User) -> None:
    Holiday.objects.get_or_create(nation="scotland", day=date(2026, 11, 30), defaults={"name": "St Andrew's Day"})
    address = {"line_1": "1 Quay", "town": "Oban", "postcode": "PA34 4AA", "country": "Scotland"}
    application = an_application_ready(officer, address=address)
    condition = GivenCondition("1.1", "Give each worker a written agreement.", date(2026, 12, 31))
    decision = proposals.propose(
        application, kind="grant", because="Met.", starts=TODAY, conditions=[condition], by=officer, at=NOW
    )
    decided(decision, by=decider, at=NOW)

    assert "Your appeal must be received by 1 December 2026." in words(application.reference)


def test_a_revocation_says_from_when_and_that_supply_may_go_on_until_then(officer: User, decider: User) -> None:
    licence = a_licence(officer, decider)
    a_revocation(licence, officer, decider)

    said = words(licence.number)

    assert "Revoked from: 15 January 2027" in said
    assert "Until the date given you may supply workers" in said
    assert "Your appeal must be received by" in said


def test_a_revocation_at_once_says_to_stop_and_gives_the_shorter_time(officer: User, decider: User) -> None:
    licence = a_licence(officer, decider)
    a_revocation(licence, officer, decider, takes_effect=TODAY, immediate=True)

    said = words(licence.number)

    assert "Your licence is revoked with immediate effect" in said
    assert "Stop supplying workers in the licensed sectors at once." in said
    assert "Your appeal must be received by 16 November 2026." in said
    assert "An appeal does not stop this decision." in said


def test_a_suspension_gives_both_its_days(officer: User, decider: User) -> None:
    licence = a_licence(officer, decider)
    decision = proposals.propose(
        licence,
        kind="suspend",
        because="While the accommodation is put right.",
        takes_effect=TODAY,
        until=date(2026, 11, 20),
        immediate=True,
        immediate_because=AT_ONCE,
        grounds=[GROUND],
        by=officer,
        at=NOW,
    )
    hearings.notify(decision, by=officer, at=NOW)
    decided(decision, by=decider, at=NOW)

    said = words(licence.number)

    assert "Suspended from: 2 November 2026" in said
    assert "Suspended until the end of: 20 November 2026" in said


def test_a_licence_that_ends_with_a_number_says_why(officer: User, decider: User) -> None:
    licence = a_licence(officer, decider)
    changes.change_numbers(licence.organisation, changes={"company_number": "00445791"}, by=officer, at=NOW)

    said = words(licence.number)

    assert "First day without the licence: 2 November 2026" in said
    assert "The company number, the UTR or the VAT number of the holder has changed" in said


def test_a_surrender_is_confirmed(officer: User, decider: User) -> None:
    licence = a_licence(officer, decider)
    asked = surrenders.ask(
        licence, takes_effect=date(2026, 12, 1), because="Retired", by=holder_of(licence.organisation), at=NOW
    )

    decided(asked, by=decider, at=NOW)

    assert "First day without the licence: 1 December 2026" in words(licence.number)


def test_a_proposal_that_is_dropped_after_its_notice_is_taken_back(officer: User) -> None:
    application = an_application_being_assessed(case_officer=officer)
    decision = proposals.propose(application, kind="refuse", because="Not fit.", grounds=[GROUND], by=officer, at=NOW)
    decision = hearings.notify(decision, by=officer, at=NOW)

    dropped(decision, at=NOW)

    assert "We will not make the decision that we proposed on 2 November 2026." in words(application.reference)


def test_a_welsh_speaker_gets_the_letter_in_welsh(officer: User, decider: User) -> None:
    application = an_application_ready(officer)
    organisations.update(application.organisation, changes={"language": "cy"}, by=officer, at=NOW)
    decision = proposals.propose(
        application, kind="grant", because="Bodlonir y safonau.", starts=TODAY, by=officer, at=NOW
    )
    decided(decision, by=decider, at=NOW)

    letter = last_letter(application.reference)
    said = paper_words.text(letter)

    wording = schemes.in_force(application.scheme, TODAY).letter("decision_grant")
    assert letter.subject == wording.title["cy"]
    assert wording.paragraphs[0]["cy"] in said
    assert "2 Tachwedd 2026" in said


def test_a_letter_says_the_same_after_the_world_has_moved_on(officer: User, decider: User) -> None:
    licence = a_licence(officer, decider)
    letter = Letter.objects.get(subject="Your licence is granted")
    before = paper_words.render(letter)
    licences.revoke(licence, takes_effect=TODAY, because="Debt bondage", by=decider, at=NOW)
    organisations.update(licence.organisation, changes={"legal_name": "Another Name Ltd"}, by=officer, at=NOW)

    assert paper_words.render(Letter.objects.get(pk=letter.pk)) == before


@pytest.mark.parametrize("kind", ["grant", "refuse", "suspend", "revoke"])
def test_every_kind_of_decision_has_a_template_and_words_in_every_version(kind: str) -> None:
    assert TEMPLATES[KINDS[kind].wording]
    for name in schemes.names():
        for version in schemes.versions(name):
            assert schemes.get(name, version).letter(KINDS[kind].wording).law


def test_nobody_is_told_of_a_proposal_before_its_notice(officer: User) -> None:
    application = an_application_being_assessed(case_officer=officer)
    before = Letter.objects.count()

    proposals.propose(application, kind="refuse", because="Not fit.", grounds=[GROUND], by=officer, at=NOW)

    assert Letter.objects.count() == before


def test_officers_are_not_named(officer: User, decider: User) -> None:
    # Whoever decides acts for the authority; the trail, and not the letter, keeps who it was.
    decision = a_grant(officer, decider)
    assert decision.application is not None

    said = words(decision.application.reference)

    assert officer.name not in said
    assert decider.name not in said
