"""What the tribunal still can do: let a barred authority take part, hear what was sent, undo a condition that was varied already."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from compliance.safeguarding.actions import concerns
from compliance.safeguarding.models.concerns import SafeguardingConcern
from licensing.appeals.actions import appeals
from licensing.appeals.models import Appeal
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import ProposedCondition
from licensing.due_dates.queries.about import dates_of
from licensing.due_dates.queries.due import dates
from licensing.jobs import let_modifications_hold
from licensing.retention.queries import personal, retention
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.licences.actions import conditions
from registry.licences.models import Condition
from tests import stories
from tests.conftest import SetClock
from tests.licensing.appeals.world import (
    DECIDED,
    a_revocation_to_come,
    acknowledged,
    carried_out,
    days,
    ended,
    received,
    replied,
)
from tests.licensing.conditions.test_actions_modifications import HOLDS, WANTED, proposed, taken
from tests.licensing.decisions.test_views import a_day
from tests.licensing.stories import TODAY, a_licence, day, later
from tests.people import person, signed_in
from tests.registry.stories import a_condition

pytestmark = pytest.mark.django_db

LEAVE = later(50)
HEARING = date(2027, 2, 1)


def refusal_of(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.reasons]


# --- leave to take part


def barred() -> Appeal:
    return appeals.bar(acknowledged(), by=person("case_officer"), at=days(29))


def readmitted(appeal: Appeal | None = None, **given: Any) -> Appeal:
    told = {"leave_on": timezone.localdate(LEAVE), "reply_by": day(60), **given}
    return appeals.readmit(appeal or barred(), by=person("case_officer"), at=LEAVE, **told)


def test_a_barred_authority_is_let_take_part_and_replies_by_the_day_of_the_tribunal() -> None:
    appeal = readmitted()
    assert (appeal.status, appeal.barred_on, appeal.reply_by) == ("acknowledged", None, day(60))

    reply = appeals.reply(
        appeal, replied_on=day(55), reply_text="We stand by it.", by=person("case_officer"), at=later(55)
    )

    assert (reply.status, reply.leave_on) == ("with_tribunal", timezone.localdate(LEAVE))


def test_who_misses_that_day_is_barred_again() -> None:
    appeal = readmitted()
    late: dict[str, Any] = {"replied_on": day(61), "reply_text": "x", "by": person("case_officer"), "at": later(61)}

    assert refusal_of(lambda: appeals.reply(appeal, **late)) == ["reply_too_late"]
    assert appeals.bar(appeal, by=person("case_officer"), at=later(61)).barred_on == day(61)


@pytest.mark.parametrize(
    ("given", "code"), [({"leave_on": day(51)}, "in_the_future"), ({"reply_by": day(40)}, "before_leave")]
)
def test_leave_has_been_given_and_leaves_time(given: dict[str, Any], code: str) -> None:
    assert refusal_of(lambda: readmitted(**given)) == [code]


def test_only_whoever_was_barred_needs_leave() -> None:
    appeal = replied()

    assert refusal_of(lambda: readmitted(appeal)) == ["not_barred"]


def test_whoever_has_a_conflict_writes_no_leave_down() -> None:
    appeal, me = barred(), person("case_officer")
    conflicts.declare(
        me, organisation=appeal.organisation, because="It is my own firm.", since=TODAY, by=me, at=DECIDED
    )

    given: dict[str, Any] = {"leave_on": timezone.localdate(LEAVE), "reply_by": day(60), "by": me, "at": LEAVE}
    assert refusal_of(lambda: appeals.readmit(appeal, **given)) == ["conflicted"]


def test_by_sql_too_only_one_that_is_heard_goes_back_to_the_reply() -> None:
    appeal = ended(allowed=False)

    with pytest.raises(IntegrityError, match="not moved so"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(status="acknowledged")


# --- what is sent before a hearing


def listed() -> Appeal:
    return appeals.fix_hearing(replied(), hearing_on=HEARING, by=person("case_officer"), at=DECIDED)


def titles(appeal: Appeal, on: date) -> set[str]:
    return {str(due.title) for due in dates_of(appeal, on=on)}


def test_what_is_not_sent_for_a_hearing_is_late_until_somebody_says_that_it_was() -> None:
    appeal, after = listed(), date(2027, 1, 26)
    late = {str(due.title) for due in dates_of(appeal, on=after) if due.is_overdue}
    assert len(late) == 2

    appeal = appeals.tick_off(
        appeal,
        statements_on=date(2027, 1, 18),
        representations_on=date(2027, 1, 25),
        by=person("case_officer"),
        at=days(70),
    )

    assert not titles(appeal, after) & late
    everything = dates({}, by=person("case_officer"), on=after).page("").rows
    assert not {str(row.title) for row in everything} & late


def test_only_for_a_hearing_is_anything_sent() -> None:
    appeal = replied()

    sent: dict[str, Any] = {"statements_on": day(15), "by": person("case_officer"), "at": DECIDED}
    assert refusal_of(lambda: appeals.tick_off(appeal, **sent)) == ["no_hearing"]


def test_what_was_sent_is_written_down_on_a_page_that_the_appeal_leads_to(set_clock: SetClock) -> None:
    appeal = listed()
    set_clock(days(30))
    officer = signed_in(person("case_officer"))
    page = reverse("tick_off_appeal", args=[appeal.reference])
    assert page in officer.get(reverse("appeal", args=[appeal.reference])).content.decode()

    assert officer.post(page, a_day("statements_on", timezone.localdate(days(30)))).status_code == 302

    appeal.refresh_from_db()
    assert appeal.statements_on == timezone.localdate(days(30))


def test_leave_is_written_down_on_a_page_that_the_appeal_leads_to(set_clock: SetClock) -> None:
    appeal = barred()
    set_clock(LEAVE)
    officer = signed_in(person("case_officer"))
    page = reverse("readmit_appeal", args=[appeal.reference])
    assert page in officer.get(reverse("appeal", args=[appeal.reference])).content.decode()
    assert officer.post(page, {}).status_code == 422

    told = {**a_day("leave_on", timezone.localdate(LEAVE)), **a_day("reply_by", day(60))}
    assert officer.post(page, told).status_code == 302

    appeal.refresh_from_db()
    assert appeal.status == "acknowledged"


# --- a condition that was varied already


def a_late_appeal_allowed() -> tuple[Condition, Decision, Appeal]:
    """The condition was varied when its day had come; then the tribunal gave more time, and allows the appeal."""
    condition = a_condition(a_licence())
    decision = taken(proposed(condition.licence, "vary", condition=condition))
    let_modifications_hold(at=later(HOLDS))
    at = later(HOLDS + 5)
    appeal = received(decision, at=at, extended=True)
    return condition, decision, ended(replied(appeal, at=at), allowed=True, effect_on=day(HOLDS + 10), at=at)


def test_a_condition_that_was_varied_is_varied_back_on_the_day_of_the_outcome() -> None:
    condition, _decision, appeal = a_late_appeal_allowed()
    before = (condition.requirement, condition.due_on)
    condition.refresh_from_db()
    assert condition.requirement == WANTED
    assert refusal_of(lambda: carried_out(appeal, at=later(HOLDS + 9))) == ["not_yet"]

    carried_out(appeal, at=later(HOLDS + 10))

    condition.refresh_from_db()
    assert condition.requirement == before[0]
    # What was due before has passed meanwhile: nobody is late because of an appeal that was allowed.
    assert condition.due_on == (before[1] if before[1] > day(HOLDS + 10) else day(120))


def test_what_was_decided_of_it_since_stays() -> None:
    condition, _decision, appeal = a_late_appeal_allowed()
    conditions.vary(
        condition,
        requirement="Something else.",
        due_on=day(200),
        because="Agreed.",
        by=person("decision_maker"),
        at=later(HOLDS + 6),
    )

    carried_out(appeal, at=later(HOLDS + 10))

    condition.refresh_from_db()
    assert (condition.requirement, condition.due_on) == ("Something else.", day(200))


def test_by_sql_too_what_it_was_before_does_not_change() -> None:
    _condition, decision, _appeal = a_late_appeal_allowed()

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedCondition.objects.filter(decision=decision).update(was_due_on=day(1))


# --- what is held about people


def test_nothing_is_erased_while_an_appeal_is_open() -> None:
    appeal = ended(replied(), allowed=False)
    long_after = TODAY + timedelta(days=365 * 12)
    of_it = {due.subject for due in retention.due_for_erasure(long_after)}
    assert not {one for one in of_it if getattr(one, "organisation_id", None) == appeal.organisation.pk}

    carried_out(appeal)
    for concern in SafeguardingConcern.objects.filter(organisation=appeal.organisation):
        concerns.set_aside(concern, why="adult", by=person("safeguarding_lead"), at=DECIDED)

    of_it = {due.subject for due in retention.due_for_erasure(long_after)}
    assert {one for one in of_it if getattr(one, "organisation_id", None) == appeal.organisation.pk}


def test_who_told_of_an_appeal_finds_it_in_what_is_held_about_them() -> None:
    decision = a_revocation_to_come()
    holder = stories.holder_of(decision.organisation)

    appeal = appeals.tell(decision, sent_on=day(15), by=holder, at=DECIDED)

    assert [one["reference"] for one in personal.export_of(holder)["appeals_told"]] == [appeal.reference]


def test_what_an_appeal_says_of_somebody_is_given_to_them_and_to_nobody_else() -> None:
    decision = a_revocation_to_come()
    first, second = [one.person for one in decision.organisation.roles.exclude(person=None).order_by("pk")][:2]
    assert first and second and first.full_name != second.full_name
    words = f"{first.full_name} was abroad that day."
    received(decision, grounds=words)

    assert [one["grounds"] for one in personal.person_export(first, today=TODAY)["appeals"]] == [words]
    assert personal.person_export(second, today=TODAY)["appeals"] == []
