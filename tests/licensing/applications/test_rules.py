"""Each reason that keeps an application from moving, and that nothing else does."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from config.demo.answers import Profile, answers
from licensing.application_form.rules.facts import PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from licensing.applications.rules import applications as rules
from licensing.applications.states import ApplicationStatus
from registry import schemes
from registry.accounts.models import User
from registry.errors import Reason
from tests.conftest import NOW
from tests.people import person
from tests.stories import SCHEME, a_profile

PACK = schemes.in_force(SCHEME, NOW.date())
TODAY = NOW.date()
CLOSED = [ApplicationStatus.GRANTED, ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN]


def an(status: str, **fields: Any) -> Application:
    """A row that is never saved: rules judge what they are given."""
    return Application(status=status, scheme=SCHEME, **fields)


def codes(reasons: Iterable[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


def whole(profile: Profile | None = None, **changed: dict[str, Any]) -> ApplicationForm:
    """Everything answered; a page by its slug with underscores differs."""
    items = [
        PageAnswers(item.page, item.name, changed.get(item.page.replace("-", "_"), item.data), True, NOW)
        for item in answers(PACK, profile or a_profile())
    ]
    return ApplicationForm.of(PACK, items)


def start(*others: Application, legal_name: str = "Dyffryn", scheme: str = SCHEME, offered: bool = True) -> list[str]:
    return codes(rules.start_blockers(others, legal_name=legal_name, scheme=scheme, offered=offered))


@pytest.mark.parametrize("status", sorted(set(ApplicationStatus) - set(CLOSED)))
def test_an_open_application_keeps_another_from_starting(status: str) -> None:
    assert start(an(status)) == ["open_already"]


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_application_does_not(status: str) -> None:
    assert start(an(status)) == []


def test_an_application_under_another_scheme_does_not() -> None:
    assert start(an("draft"), scheme="another") == []


def test_nothing_starts_under_a_scheme_that_is_not_in_force_or_for_nobody() -> None:
    assert start(scheme="nothing", offered=False, legal_name="  ") == ["no_such_scheme", "no_name"]


@pytest.mark.parametrize("status", sorted(set(ApplicationStatus) - {ApplicationStatus.DRAFT}))
def test_what_was_handed_in_is_not_changed(status: str) -> None:
    assert codes(rules.save_blockers(an(status), whole(), page="names")) == ["handed_in"]
    assert codes(rules.remove_blockers(an(status))) == ["handed_in"]


@pytest.mark.parametrize(
    ("page", "item", "found"),
    [
        ("names", "", []),
        ("directors", "another", []),
        ("names", "another", ["not_asked"]),
        ("directors", "", ["not_asked"]),
        ("partners", "one", ["not_asked"]),
        ("no-such-page", "", ["not_asked"]),
    ],
)
def test_only_what_the_answers_call_for_is_saved(page: str, item: str, found: list[str]) -> None:
    assert codes(rules.save_blockers(an("draft"), whole(), page=page, item=item)) == found


def test_a_list_takes_no_more_than_the_pack_says_but_what_is_in_it_may_change() -> None:
    """The pack takes one alternative representative."""
    full = ApplicationForm.of(
        PACK, [*whole().items, PageAnswers("alternative-representative", "one", {"full_name": "Nia"}, True)]
    )

    assert codes(rules.save_blockers(an("draft"), full, page="alternative-representative", item="two")) == [
        "list_is_full"
    ]
    assert codes(rules.save_blockers(an("draft"), full, page="alternative-representative", item="one")) == []


def test_a_complete_and_signed_application_may_be_handed_in() -> None:
    assert codes(rules.submit_blockers(an("draft"), whole(), today=TODAY)) == []


def test_all_that_is_missing_is_said_at_once_each_with_its_page() -> None:
    reasons = list(rules.submit_blockers(an("draft"), whole(transport={"transport": True}, insurance={}), today=TODAY))

    assert [(one.code, one.where) for one in reasons] == [
        ("not_answered", "transport"),
        ("not_answered", "transport"),
        ("not_answered", "transport"),
        ("page_not_started", "vehicles"),
        ("not_answered", "insurance"),
    ]
    assert all(str(one.text) for one in reasons)


@pytest.mark.parametrize("status", sorted(set(ApplicationStatus) - {ApplicationStatus.DRAFT}))
def test_nothing_is_handed_in_twice(status: str) -> None:
    assert codes(rules.submit_blockers(an(status), whole(), today=TODAY)) == ["wrong_state"]


@pytest.mark.parametrize("signature", ["angharad REES", " Rees  Angharad ", "Angharad  Rees"])
def test_the_principal_authority_may_write_the_name_as_people_do(signature: str) -> None:
    assert codes(rules.submit_blockers(an("draft"), whole(a_profile(signature=signature)), today=TODAY)) == []


def test_nobody_else_signs() -> None:
    reasons = list(rules.submit_blockers(an("draft"), whole(a_profile(signature="Gethin Parry")), today=TODAY))

    assert [(one.code, one.where) for one in reasons] == [("signed_by_another", "declaration")]
    assert "Gethin Parry" in str(reasons[0]) and "Angharad Rees" in str(reasons[0])


def test_what_was_changed_after_signing_is_signed_again() -> None:
    signed = whole()
    changed = [item for item in signed.items if item.page != "tax"]
    tax = next(item for item in signed.items if item.page == "tax")
    later = ApplicationForm.of(PACK, [*changed, PageAnswers("tax", "", tax.data, True, NOW + timedelta(minutes=1))])

    reasons = list(rules.submit_blockers(an("draft"), later, today=TODAY))

    assert [(one.code, one.where) for one in reasons] == [("changed_since_signed", "declaration")]


@pytest.mark.django_db
def test_an_unpaid_fee_keeps_an_application_from_being_assessed() -> None:
    unpaid = an("submitted", pk=1, fee=Decimal("1200.00"))

    reasons = list(rules.begin_assessment_blockers(unpaid))

    assert codes(reasons) == ["fee_unpaid"]
    assert "£1,200.00" in str(reasons[0])


@pytest.mark.django_db
@pytest.mark.parametrize("status", sorted(set(ApplicationStatus) - {ApplicationStatus.SUBMITTED}))
def test_only_what_was_handed_in_is_taken_in_hand(status: str) -> None:
    assert codes(rules.begin_assessment_blockers(an(status, pk=1, fee=Decimal(0)))) == ["wrong_state"]


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_application_is_not_withdrawn(status: str) -> None:
    assert codes(rules.withdraw_blockers(an(status))) == ["wrong_state"]


@pytest.fixture
def officer() -> User:
    return person("case_officer")


@pytest.mark.django_db
@pytest.mark.parametrize("status", [*CLOSED, ApplicationStatus.DRAFT])
def test_what_is_not_in_hand_is_given_to_nobody(status: str, officer: User) -> None:
    assert codes(rules.assign_blockers(an(status), case_officer=officer)) == ["not_in_hand"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector"])
def test_a_case_is_given_only_to_those_who_assess(role: str) -> None:
    assert codes(rules.assign_blockers(an("submitted"), case_officer=person(role))) == ["not_an_officer"]


@pytest.mark.django_db
def test_a_case_is_not_given_to_somebody_who_has_left() -> None:
    gone = person("case_officer", is_active=False)

    assert codes(rules.assign_blockers(an("submitted"), case_officer=gone)) == ["not_an_officer"]
    assert codes(rules.assign_blockers(an("submitted"), case_officer=person("case_officer"))) == []
