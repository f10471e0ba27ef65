"""What is due is done without a transaction of a test around it: each action has to bring its own."""

from datetime import timedelta

import pytest

from config.management.commands.run_due import DUE, run_due
from tests.conftest import NOW, SetClock
from tests.licensing.stories import a_grant_proposed, a_refusal_proposed, a_request, an_application_checked, notified
from tests.registry.stories import a_condition, a_licence


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("days", [0, 40, 400])
def test_every_job_writes_inside_a_transaction_of_its_own(days: int, set_clock: SetClock) -> None:
    a_request(an_application_checked())
    notified(a_refusal_proposed())
    a_grant_proposed()
    a_condition(a_licence())
    at = NOW + timedelta(days=days)
    set_clock(at)

    done = run_due(at)

    assert set(done) == set(DUE)
    assert [name for name, count in done.items() if count is None] == []
