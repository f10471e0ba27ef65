"""Appeals as the Gangmasters (Appeals) Regulations 2006 have them: who does what by when, and what follows for licence and register."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client

from licensing.appeals.actions import appeals, endings
from licensing.appeals.models import Appeal
from licensing.applications.actions import grants
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries.decisions import modifications_due
from licensing.decisions.rules.proposals import GivenCondition
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.register.models import Entry
from tests import stories
from tests.conftest import SetClock
from tests.licensing.appeals.world import (
    DECIDED,
    EFFECT,
    WORDS,
    a_revocation_at_once,
    a_revocation_to_come,
    acknowledged,
    carried_out,
    days,
    ended,
    listed,
    received,
    replied,
)
from tests.licensing.conditions.test_actions_modifications import DECIDED_ON, proposed, taken
from tests.licensing.stories import (
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_suspension_proposed,
    an_application_checked,
    day,
    decided,
    later,
    notified,
)
from tests.people import person
from tests.registry.conflicts.test_actions import declared

pytestmark = pytest.mark.django_db


def refusal_of(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.reasons]


def standing(licence: Licence, on: date) -> str:
    return Entry.objects.filter(listing=licence.listing, shown_until=None).standing_on(on).get().standing


def the_licence(appeal: Appeal) -> Licence:
    licence = appeal.decision.licence
    assert licence is not None
    licence.refresh_from_db()
    return licence


# --- while it is heard


def test_an_appeal_keeps_a_revoked_licence_in_force_and_everyone_reads_so(set_clock: SetClock) -> None:
    appeal = received()
    set_clock(DECIDED)
    licence = the_licence(appeal)

    assert (licence.status, licence.revoked_from) == ("active", None)
    assert standing(licence, EFFECT) == standing(licence, EFFECT + timedelta(days=60)) == "revocation_to_come"
    page = Client().get(f"/check/{licence.number}/").content.decode()
    assert "It is licensed until the appeal is decided" in page
    told = Client().get(f"/api/v1/register/{licence.number}").json()
    assert (told["licensed"], told["revoked_from"], told["appealed_from"]) == (True, None, "2026-11-17")


def test_a_late_appeal_with_more_time_from_the_tribunal_brings_back_a_licence_that_was_gone() -> None:
    decision, late = a_revocation_to_come(), days(40)

    assert refusal_of(lambda: received(decision, at=late)) == ["too_late"]
    appeal = received(decision, at=late, extended=True)

    assert standing(the_licence(appeal), date(2027, 1, 5)) == "revocation_to_come"


def test_an_appeal_against_immediate_effect_keeps_nothing_and_is_decided_in_thirty_five_working_days() -> None:
    appeal = received(a_revocation_at_once(), at=later(0))

    assert (appeal.stays, appeal.decide_by) == (False, date(2026, 12, 21))
    assert the_licence(appeal).status == "revoked"


def test_an_appeal_takes_a_suspension_off_until_it_is_dismissed_and_then_it_is_as_long() -> None:
    proposal = a_suspension_proposed()
    Decision.objects.filter(pk=proposal.pk).update(immediate=False, takes_effect=EFFECT, until=EFFECT + timedelta(29))
    decision = decided(notified(Decision.objects.get(kind="suspend")), at=DECIDED, from_day=EFFECT)
    appeal = received(decision)
    assert the_licence(appeal).suspended_from is None

    carried_out(ended(appeal=replied(appeal), allowed=False, effect_on=EFFECT + timedelta(days=9)))

    licence = the_licence(appeal)
    assert (licence.suspended_from, licence.suspended_until) == (EFFECT + timedelta(9), EFFECT + timedelta(38))


def test_the_appellant_is_written_to_and_reads_what_holds_meanwhile() -> None:
    appeal = received()

    letter = Letter.objects.latest("at", "pk")
    assert letter.facts["appeal"] == appeal.reference
    assert "licensed until the appeal is decided" in letter.facts["meanwhile"]


# --- the steps


def test_the_reply_is_due_in_twenty_working_days_that_begin_with_the_day_of_the_copy_and_a_late_one_is_refused() -> (
    None
):
    appeal = acknowledged()
    assert appeal.reply_by == date(2026, 12, 14)

    late = days(29)
    reply: dict[str, Any] = {
        "replied_on": date(2026, 12, 16),
        "reply_text": "We stand by it.",
        "by": person("case_officer"),
    }
    assert refusal_of(lambda: appeals.reply(appeal, at=late, **reply)) == ["reply_too_late"]
    assert refusal_of(lambda: appeals.bar(appeal, by=person("case_officer"), at=DECIDED)) == ["not_late"]

    barred = appeals.bar(appeal, by=person("case_officer"), at=late)
    assert (barred.status, barred.barred_on) == ("with_tribunal", date(2026, 12, 16))


def test_the_days_before_a_hearing_are_counted_back_from_it() -> None:
    appeal = replied()
    assert appeal.fix_by == date(2026, 12, 15)

    hearing = date(2027, 2, 1)
    fixed = appeals.fix_hearing(appeal, hearing_on=hearing, by=person("case_officer"), at=DECIDED)

    assert (fixed.statements_by, fixed.representations_by) == (date(2027, 1, 18), date(2027, 1, 25))


def test_what_a_holder_tells_of_an_appeal_waits_for_an_officer_and_keeps_nothing() -> None:
    decision = a_revocation_to_come()
    holder = stories.holder_of(decision.organisation)
    told = appeals.tell(decision, sent_on=day(15), by=holder, at=DECIDED)

    assert the_licence(told).status == "revoked"
    assert refusal_of(lambda: appeals.tell(decision, sent_on=day(15), by=holder, at=DECIDED)) == ["appeal_open"]
    assert received(decision) == told
    assert the_licence(told).status == "active"


def test_an_appeal_needs_grounds_and_a_decision_that_bears_one() -> None:
    assert refusal_of(lambda: received(grounds=" ")) == ["no_grounds"]
    granted = Decision.objects.filter(kind="grant")[0]
    assert refusal_of(lambda: received(granted, at=later(0))) == ["not_appealable"]


# --- what comes of it


def test_a_dismissed_appeal_takes_the_licence_away_from_the_day_that_was_set() -> None:
    appeal = carried_out(ended(allowed=False, effect_on=date(2027, 1, 4)))
    licence = the_licence(appeal)

    assert (licence.status, licence.revoked_from, licence.appealed_from) == ("revoked", date(2027, 1, 4), None)
    assert [standing(licence, on) for on in (date(2027, 1, 3), date(2027, 1, 4))] == ["revocation_to_come", "revoked"]


@pytest.mark.parametrize("immediate", [False, True])
def test_an_allowed_appeal_sets_the_revocation_aside(immediate: bool) -> None:
    decision = a_revocation_at_once() if immediate else a_revocation_to_come()
    appeal = carried_out(ended(replied(received(decision, at=DECIDED, extended=True)), allowed=True))

    assert the_licence(appeal).status == "active"
    assert standing(the_licence(appeal), EFFECT) == "licensed"


@pytest.mark.parametrize(("on", "holds"), [(0, EFFECT), (40, date(2027, 1, 6))])
def test_a_withdrawal_bites_on_the_sixth_working_day_but_not_before_the_day_that_was_named(
    on: int, holds: date
) -> None:
    appeal = received()
    told: dict[str, Any] = {"ended_on": (days(on)).date(), "by": person("case_officer"), "at": days(on)}
    appeal = carried_out(endings.take_back(appeal, **told), at=days(on))

    assert the_licence(appeal).revoked_from == holds == appeal.effect_on
    same: dict[str, Any] = {"received_on": days(on).date(), "extended": True, "at": days(on)}
    assert refusal_of(lambda: received(appeal.decision, grounds=WORDS.upper(), **same)) == ["same_grounds"]
    assert received(appeal.decision, grounds="Another one.", **same).status == "received"


def test_a_refusal_that_is_allowed_on_appeal_becomes_a_licence() -> None:
    application = an_application_checked()
    refusal = decided(notified(a_refusal_proposed(application)), at=DECIDED)
    appeal = received(refusal)
    assert not appeal.stays

    carried_out(ended(replied(appeal), allowed=True))

    application.refresh_from_db()
    assert application.status == "granted" and application.licence is not None
    assert standing(application.licence, DECIDED.date()) == "licensed"
    decided_by_appeal: dict[str, Any] = {"received_on": DECIDED.date(), "grounds": "More."}
    assert "decided_already" in refusal_of(lambda: received(refusal, **decided_by_appeal))


def test_a_condition_that_is_to_be_added_waits_for_the_appeal() -> None:
    decision, when = taken(proposed(a_licence(), "impose")), later(DECIDED_ON)
    assert decision.takes_effect
    appeal = received(decision, at=when)
    assert not modifications_due(decision.takes_effect).exists()

    carried_out(ended(replied(appeal, at=when), allowed=False, effect_on=decision.takes_effect, at=when), at=when)

    assert modifications_due(decision.takes_effect).get() == decision


def test_only_another_person_carries_out_what_somebody_wrote_down() -> None:
    both = person("case_officer", "decision_maker")
    appeal = ended(allowed=True, by=both)

    assert refusal_of(lambda: carried_out(appeal, by=both)) == ["same_person"]
    with pytest.raises(PermissionDenied):
        carried_out(appeal, by=person("case_officer"))


def test_an_outcome_that_gives_something_back_is_carried_out_on_its_day() -> None:
    appeal = ended(allowed=True, effect_on=EFFECT)

    assert refusal_of(lambda: carried_out(appeal)) == ["not_yet"]


def test_whoever_has_a_conflict_of_interest_takes_no_part() -> None:
    appeal, officer, decider = received(), person("case_officer"), person("decision_maker")
    for one in (officer, decider):
        declared(one, appeal.organisation)

    assert not Appeal.objects.visible_to(officer).exists()
    act = lambda: appeals.acknowledge(appeal, copied_on=day(15), by=officer, at=DECIDED)  # noqa: E731
    assert refusal_of(act) == ["conflicted"]
    assert "conflicted" in refusal_of(lambda: carried_out(ended(replied(appeal), allowed=True), by=decider))


# --- whoever comes by SQL


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE licensing_appeal SET status = 'closed', closed_by_id = ended_by_id, closed_at = ended_at", "another"),
        ("UPDATE licensing_appeal SET outcome = 'dismissed'", "does not change"),
        ("UPDATE licensing_appeal SET status = 'received'", "not moved so"),
        ("DELETE FROM licensing_appeal", "does not change"),
    ],
)
def test_the_database_refuses_it_too(statement: str, says: str) -> None:
    ended(allowed=True)

    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_licence_is_not_given_to_whom_nobody_has_decided_to_give_it() -> None:
    application = an_application_checked()

    assert "not_decided" in refusal_of(
        lambda: grants.issue(application, starts=day(0), by=person("decision_maker"), at=DECIDED)
    )


def test_the_conditions_of_a_grant_are_taken_off_when_the_appeal_is_allowed() -> None:
    granted = decided(a_grant_proposed(conditions=[GivenCondition("3.1", "Fewer to a room.", day(60))]))
    carried_out(ended(replied(received(granted, at=later(0)), at=later(0)), allowed=True, at=later(0)), at=later(0))

    licence = Licence.objects.get()
    assert not licence.conditions.filter(status="open").exists()


# --- days that cannot be


def test_no_appeal_comes_before_the_decision() -> None:
    decision = a_revocation_to_come()
    before = DECIDED.date() - timedelta(days=1)

    assert refusal_of(lambda: received(decision, received_on=before)) == ["day_too_early"]
    assert received(decision, received_on=DECIDED.date()).status == "received"


def test_a_hearing_and_what_comes_of_it_lie_within_two_years() -> None:
    assert refusal_of(lambda: listed(hearing_on=date(9999, 12, 1))) == ["day_too_late"]
    assert refusal_of(lambda: ended(allowed=True, effect_on=date(2031, 1, 1))) == ["day_too_late"]


def test_nothing_is_decided_before_the_day_on_which_it_is_heard() -> None:
    appeal = listed()
    assert appeal.hearing_on is not None

    assert refusal_of(lambda: ended(appeal, allowed=False)) == ["day_too_early"]
    assert ended(appeal, allowed=False, at=days(60)).status == "ended"
