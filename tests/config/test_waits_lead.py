"""A task in the list leads to a page that the person who sees the task may open: a link is no dead end."""

import pytest

from registry.tasks.models import declared_waits
from tests.config.whose import MAY
from tests.config.whose.people import STAFF
from tests.people import person

pytestmark = pytest.mark.django_db
#: On the page of the inspector who is on site; and what is seen in a list of more kinds than its page is open to.
LEADS_ITS_OWNER_ONLY = {
    "stay.check_out",
    "guardedsharing.approve",
    "guardedsharing.share",
    "guardedsharing.read_refusal",
    "referral.correct",
}


def test_who_sees_a_task_may_open_the_page_that_it_leads_to() -> None:
    staff = {role: person(role) for role in STAFF - {"other_inspector"}}
    shut = {
        kind: sorted(role for role, one in staff.items() if one.has_perm(wait.seen_with) and role not in MAY[wait.page])
        for kind, wait in declared_waits().items()
        if wait.page and wait.seen_with
    }

    assert {kind for kind, roles in shut.items() if roles} == LEADS_ITS_OWNER_ONLY, shut
