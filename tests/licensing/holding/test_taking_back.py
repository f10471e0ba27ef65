"""What was told by mistake is taken back by its holder, while nobody has looked at it."""

from typing import Any

import pytest
from django.test import Client

from licensing import queries
from licensing.actions import changes, checks
from licensing.models import Change
from licensing.queries import holding
from registry.errors import Refused
from registry.models import Event, Letter, Licence
from tests.conftest import NOW
from tests.licensing.holding.stories import a_change, somebody_joins, the_holder
from tests.licensing.stories import TODAY, a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence() -> Licence:
    return a_licence()


@pytest.fixture
def told(licence: Licence) -> Change:
    return a_change(licence=licence)


@pytest.fixture
def holder(licence: Licence) -> Client:
    return signed_in(the_holder(licence))


def take_back(change: Change, **given: Any) -> Change:
    return changes.take_back(change, by=the_holder(change.licence), at=NOW, **given)


def refusal(change: Change, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        take_back(change, **given)
    return [reason.code for reason in refused.value.reasons]


def address(change: Change, *, more: str = "take-back/") -> str:
    return f"/licences/{change.licence.number}/changes/{change.reference}/{more}"


# --- the action ---


def test_it_is_over_and_nothing_follows_from_it(told: Change) -> None:
    before = told.organisation.address

    taken = take_back(told, because="We stay where we are.")

    assert (taken.status, taken.because, taken.closed_by) == (
        "taken_back",
        "We stay where we are.",
        the_holder(told.licence),
    )
    told.organisation.refresh_from_db()
    assert told.organisation.address == before
    event = Event.objects.filter(reference=told.reference).latest("number")
    assert (event.verb, event.because) == ("take_back", "We stay where we are.")


def test_it_needs_no_reason(told: Change) -> None:
    assert take_back(told).because == ""


def test_the_same_can_be_told_again_at_once(told: Change) -> None:
    take_back(told)

    again = a_change(licence=told.licence)

    assert again.status == "told"


def test_the_holder_is_written_to_so_that_nobody_does_it_behind_their_back(told: Change) -> None:
    take_back(told, because="We stay where we are.")

    letter = Letter.objects.get(template="licensing/letters/change_taken_back.html")
    assert letter.address == told.organisation.email
    assert letter.facts["because"] == "We stay where we are."


def test_who_was_to_join_does_not(licence: Licence) -> None:
    joins = somebody_joins(licence)

    take_back(joins)

    check = joins.checks.get()
    with pytest.raises(Refused):
        checks.record_result(check, result="nil", evidence="", replied_on=TODAY, by=person("case_officer"), at=NOW)
    assert "Lowri Beynon" not in str(holding.answers_now(licence, queries.scheme_of(licence)))


def test_nothing_that_was_answered_can_be_taken_back(told: Change) -> None:
    changes.accept(told, by=person("case_officer"), at=NOW)

    assert refusal(told) == ["wrong_state"]


def test_nor_what_another_authority_has_replied_about(licence: Licence) -> None:
    joins = somebody_joins(licence)
    checks.record_result(
        joins.checks.get(), result="nil", evidence="", replied_on=TODAY, by=person("case_officer"), at=NOW
    )

    assert refusal(joins) == ["looked_at_already"]


def test_nor_what_holds_since_it_was_told(licence: Licence) -> None:
    joins = somebody_joins(licence)
    changes.accept(_answered(joins), by=person("case_officer"), at=NOW)
    who = holding.leavers(licence, _leaving(licence), _now(licence), today=TODAY)[0]
    leaves = a_change("named_individual_leaves", {}, licence=licence, item=who.name)

    assert refusal(leaves) == ["holds_already"]


def _answered(change: Change) -> Change:
    for check in change.checks.all():
        checks.record_result(check, result="nil", evidence="", replied_on=TODAY, by=person("case_officer"), at=NOW)
    return change


def _now(licence: Licence) -> Any:
    return holding.filled_now(licence, queries.scheme_of(licence))


def _leaving(licence: Licence) -> Any:
    return queries.scheme_of(licence).change_kind("named_individual_leaves")


def test_somebody_elses_cannot_be_taken_back(told: Change) -> None:
    from_elsewhere = signed_in(the_holder(a_licence()))

    assert from_elsewhere.post(address(told), {}).status_code == 404
    told.refresh_from_db()
    assert told.status == "told"


def test_an_officer_cannot_take_it_back(told: Change) -> None:
    assert signed_in(person("case_officer")).post(address(told), {}).status_code == 403


# --- the pages ---


def test_the_receipt_leads_to_it_and_says_afterwards_what_was_done(holder: Client, told: Change) -> None:
    assert f'href="{address(told)}"' in holder.get(address(told, more="")).content.decode()
    assert "Take back what you told us" in holder.get(address(told)).content.decode()

    answer = holder.post(address(told), {"because": "We stay where we are."}, follow=True)

    assert answer.redirect_chain == [(address(told, more=""), 302)]
    words = answer.content.decode()
    assert "You took it back on 2 November 2026. Nothing follows from it." in words
    assert "We stay where we are." in words
    assert address(told) not in words


def test_twice_or_going_back_says_why_not(holder: Client, told: Change) -> None:
    holder.post(address(told), {})

    again = holder.post(address(told), {"because": "Once more"})

    assert again.status_code == 422
    assert Event.objects.filter(reference=told.reference, verb="take_back").count() == 1
    assert "<textarea" not in holder.get(address(told)).content.decode()


def test_too_much_is_refused_and_kept(holder: Client, told: Change) -> None:
    answer = holder.post(address(told), {"because": "x" * 20_001})

    assert answer.status_code == 422
    assert "Write at most 20,000 characters." in answer.content.decode()
    assert "x" * 20_001 in answer.content.decode()


def test_officers_see_it_with_its_reason_and_it_waits_for_nobody(told: Change) -> None:
    take_back(told, because="We stay where we are.")
    officer = signed_in(person("case_officer"))

    page = officer.get(f"/staff/changes/{told.reference}/").content.decode()
    assert "Taken back" in page
    assert "We stay where we are." in page
    assert "Accept the change" not in page
    assert told.reference not in officer.get("/staff/changes/?status=told").content.decode()
    assert told.reference in officer.get("/staff/changes/?status=taken_back").content.decode()
