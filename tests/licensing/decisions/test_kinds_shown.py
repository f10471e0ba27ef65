"""What the subject and the decision maker read of a kind of decision."""

import pytest
from django.urls import reverse

from registry.letters.models import Letter
from registry.papers import words
from tests.conftest import SetClock
from tests.licensing.conditions.test_actions_modifications import DECIDED_ON, HOLDS, proposed
from tests.licensing.decisions.test_views import a_day, decider, text_of
from tests.licensing.holding.transfers_world import a_refusal_of_transfer_proposed
from tests.licensing.stories import a_licence, day, later, notified
from tests.registry.stories import a_condition

pytestmark = pytest.mark.django_db


def test_the_notice_says_what_is_proposed() -> None:
    condition = a_condition(a_licence())
    decisions = [
        a_refusal_of_transfer_proposed(),
        proposed(a_licence(), "impose"),
        proposed(condition.licence, "vary", condition=condition),
    ]
    for decision in decisions:
        notified(decision)
        letter = words.render(Letter.objects.latest("pk"))

        assert str(decision.row.notice) in letter
        assert "To grant the licence" not in letter


def test_the_first_day_of_a_modification_is_offered_and_can_be_moved(set_clock: SetClock) -> None:
    decision = notified(proposed(a_licence(), "impose"))
    set_clock(later(DECIDED_ON))
    address = reverse("decide", args=[decision.reference])
    typed = {"because": "It is needed.", "concluded_1": "Seen in the files.", "upheld_1": "yes"}

    form = decider().get(address).context["form"]
    assert str(form["from_day"].label) == "First day on which it holds"
    assert form["from_day"].value() == day(HOLDS)
    sent = {**typed, **a_day("from_day", day(HOLDS + 2)), "public_3.1": "A condition was added."}
    answer = decider().post(address, sent)

    assert answer.status_code == 302, text_of(answer)
    decision.refresh_from_db()
    assert decision.takes_effect == day(HOLDS + 2)
