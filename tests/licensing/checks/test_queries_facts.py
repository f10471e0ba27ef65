"""What is known of a case besides its answers: the facts that a pack's conditions ask about and no question asks."""

import pytest

from licensing.checks.queries import facts as facts_queries
from licensing.decisions.queries import readiness
from licensing.decisions.rules.proposals import GivenCondition
from registry.organisations.queries import DERIVED_TITLES
from registry.schemes import DERIVED
from tests import stories
from tests.conftest import NOW
from tests.licensing.phoenix_matches.world import handed_in
from tests.licensing.stories import (
    a_check_answered,
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_revocation_proposed,
    an_application_checked,
    an_inspection_of,
    day,
    decided,
    later,
    notified,
)

pytestmark = pytest.mark.django_db

#: Who directs the usual firm.
(GETHIN,) = stories.LISTS["directors"]


def test_every_derived_fact_is_known_of_an_application_or_of_a_licence() -> None:
    application = stories.an_application_submitted(
        address={
            "line_1": "1 Lon Las",
            "line_2": "",
            "town": "Bala",
            "county": "",
            "postcode": "LL23 7AA",
            "country": "wales",
        }
    )
    licence = a_licence(legal_name="Abercwm Ltd")

    known = facts_queries.facts_of(application).keys() | facts_queries.facts_of(licence).keys()

    assert set(DERIVED) == set(DERIVED_TITLES) <= known


@pytest.mark.parametrize(
    ("result", "adverse", "unanswered"), [("nil", False, False), ("adverse", True, False), ("no_reply", False, True)]
)
def test_the_replies_to_the_checks_are_known(result: str, adverse: bool, unanswered: bool) -> None:
    application = stories.an_application_being_assessed()
    a_check_answered(application.checks.of_others().order_by("pk")[0], result)

    facts = facts_queries.facts_of(application)

    assert (facts["adverse_reply"], facts["unanswered_check"]) == (adverse, unanswered)


def test_a_first_application_and_one_after_the_licence_ran_out_renew_nothing() -> None:
    assert facts_queries.facts_of(stories.an_application_submitted())["renewal"] is False
    licence = a_licence(legal_name="Abercwm Ltd")

    too_late = stories.an_application_submitted(licence.organisation, at=later(400))

    assert facts_queries.facts_of(too_late)["renewal"] is False


def test_conditions_that_came_with_the_grant_are_known() -> None:
    condition = GivenCondition("3.1", "Keep records.", day(60))
    decision = decided(a_grant_proposed(conditions=[condition], starts=day(3)))
    assert decision.application and decision.application.licence

    assert facts_queries.facts_of(decision.application.licence)["conditions_at_grant"] is True
    assert facts_queries.facts_of(a_licence(legal_name="Abercwm Ltd"))["conditions_at_grant"] is False


def test_a_former_refusal_of_the_organisation_is_known_of_the_next_application() -> None:
    refused = decided(notified(a_refusal_proposed()), at=later(15)).application
    assert refused

    again = stories.an_application_submitted(refused.organisation, at=later(20))

    assert facts_queries.facts_of(again)["refused_before"] is True
    assert facts_queries.facts_of(refused)["refused_before"] is False


def test_a_former_refusal_of_somebody_in_it_is_known_under_any_other_name_of_the_business() -> None:
    decided(notified(a_refusal_proposed()), at=later(15))

    phoenix = handed_in("Phoenix Labour Ltd", director=GETHIN, at=later(20))

    assert facts_queries.facts_of(phoenix)["refused_before"] is True


def test_a_revocation_of_somebody_in_it_is_known_and_calls_for_an_inspection() -> None:
    decided(notified(a_revocation_proposed(a_licence())))

    phoenix = handed_in("Phoenix Labour Ltd", director=GETHIN)

    assert facts_queries.facts_of(phoenix)["revoked_before"] is True
    assert readiness.readiness(phoenix).inspection_wanted


def test_strangers_have_nothing_to_do_with_a_refusal() -> None:
    refused = decided(notified(a_refusal_proposed()), at=later(15)).application
    assert refused
    stranger = stories.an_application(legal_name="Blodwen Cyf")

    assert facts_queries.facts_of(stranger)["refused_before"] is False


def test_the_inspector_is_given_the_answers_and_not_the_replies() -> None:
    application = stories.an_application_being_assessed()
    a_check_answered(application.checks.of_others().order_by("pk")[0], "adverse")

    facts = facts_queries.facts_for_inspector(application)

    assert facts == application.facts
    assert not facts.keys() & {"adverse_reply", "unanswered_check", "refused_before"}


def test_readiness_counts_what_is_still_open() -> None:
    application = stories.an_application_being_assessed()
    assert readiness.readiness(application).unanswered_checks == application.checks.unanswered().count()

    seen = an_inspection_of(an_application_checked(application))
    ready = readiness.readiness(application)

    assert (ready.unanswered_checks, ready.confirmed, ready.inspections_open) == (0, frozenset({seen.pk}), 0)
    assert application.submitted_at == NOW
