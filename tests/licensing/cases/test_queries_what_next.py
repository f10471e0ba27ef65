"""What a decision or an appeal waits for: whoever reads its page knows what comes next, and by when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from licensing.appeals.actions import appeals as actions
from licensing.appeals.models import Appeal
from licensing.appeals.queries.what_next import next_of_appeal
from licensing.decisions.queries.what_next import next_of_decision
from tests import stories
from tests.conftest import NOW, SetClock
from tests.licensing.appeals import world as appeals
from tests.licensing.decisions.test_views import officer, text_of
from tests.licensing.stories import TODAY, a_grant_proposed, a_request, a_revocation_proposed, notified
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def test_what_takes_something_away_is_notified_heard_and_decided_by_another() -> None:
    decision = a_revocation_proposed(immediate=False)
    first = next_of_decision(decision, on=TODAY)
    assert first and "is notified" in str(first.text)

    decision = notified(decision)
    heard = next_of_decision(decision, on=TODAY)
    assert heard and decision.reply_by and heard.by == decision.reply_by
    after = next_of_decision(decision, on=decision.reply_by + timedelta(days=1))
    assert after and "did not propose" in str(after.text) and after.by is None


def test_what_takes_nothing_away_is_decided_by_another_at_once() -> None:
    waits = next_of_decision(a_grant_proposed(), on=TODAY)

    assert waits and "did not propose" in str(waits.text)


def test_after_the_decision_only_an_appeal_can_come_and_its_page_says_the_rest() -> None:
    decision = appeals.a_revocation_to_come()
    assert decision.appeal_by
    open_to_appeal = next_of_decision(decision, on=decision.appeal_by)
    assert open_to_appeal and open_to_appeal.by == decision.appeal_by
    assert next_of_decision(decision, on=decision.appeal_by + timedelta(days=1)) is None

    appeals.received(decision)
    appealed = next_of_decision(decision, on=decision.appeal_by)
    assert appealed and "see the appeal for the next step" in str(appealed.text)


def _replied(appeal: Appeal) -> Appeal:
    on = timezone.localdate(appeals.DECIDED)
    by = person("case_officer")
    return actions.reply(appeal, replied_on=on, reply_text="The house is the right one.", by=by, at=appeals.DECIDED)


def test_at_each_step_of_an_appeal_it_is_said_who_acts_and_by_when() -> None:
    appeal = appeals.acknowledged()
    assert appeal.reply_by
    reply = next_of_appeal(appeal, on=appeal.reply_by)
    assert reply and reply.by == appeal.reply_by and not reply.is_late
    late = next_of_appeal(appeal, on=appeal.reply_by + timedelta(days=1))
    assert late and late.is_late and "we are barred" in str(late.text)

    appeal = _replied(appeal)
    fixing = next_of_appeal(appeal, on=TODAY)
    assert fixing and fixing.by == appeal.fix_by

    ended = next_of_appeal(appeals.ended(appeal, allowed=True), on=TODAY)
    assert ended and ended.by and "carries it out" in str(ended.text)


def test_the_pages_say_it_to_whoever_may_do_nothing_about_it() -> None:
    appeal = appeals.ended(allowed=True)

    page = text_of(signed_in(person("auditor")).get(f"/staff/appeals/{appeal.reference}/"))

    assert "What comes next" in page
    assert "What you can do" not in page


def test_a_case_says_whose_turn_it_is_and_by_when() -> None:
    waiting = text_of(officer().get(f"/staff/applications/{stories.an_application_paid().reference}/"))
    assert "A case officer takes the case and begins the assessment." in waiting
    assert "<strong>By " in waiting

    asked = text_of(officer().get(f"/staff/applications/{a_request().application.reference}/"))
    assert "The applicant answers what it was asked." in asked
    assert "something else has happened" not in asked

    proposed = text_of(officer().get(f"/staff/applications/{a_grant_proposed().subject.reference}/"))
    assert "did not propose it and did not inspect" in proposed


def test_once_an_appeal_is_over_nothing_is_said_to_go_on_until_it_is_decided() -> None:
    appeal = appeals.ended(allowed=False)
    page = f"/staff/appeals/{appeal.reference}/"
    assert "Until it is carried out" in text_of(officer().get(page))

    appeals.carried_out(appeal)

    assert "Until it is" not in text_of(officer().get(page))


def test_before_a_notice_goes_out_the_officer_reads_until_when_it_can_be_replied_to(set_clock: SetClock) -> None:
    set_clock(NOW)
    decision = a_revocation_proposed(immediate=False)

    page = text_of(officer().get(f"/staff/decisions/{decision.reference}/notify/"))

    by = notified(decision).reply_by
    assert by and f"it can be replied to until {by:%-d %B %Y}." in page
