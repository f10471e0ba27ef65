"""A person who presses Back, is signed out or goes on at another device has answered, in the end, what an undisturbed one has."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.urls import reverse

from licensing.applications.models import Answer, Application
from licensing.applications.queries.applications import form_of
from registry.accounts.models import User
from tests.conftest import NOW
from tests.in_part import state
from tests.licensing.applications.test_one_man_company import typing
from tests.licensing.applications.walking import Walk
from tests.people import signed_in
from tests.stories import an_application, holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

Stored = dict[tuple[str, str], Any]
CHECK = "/check-answers/"
Disturbing = Callable[[Walk, User], Any]


def stored(application: Application) -> Stored:
    found = Answer.objects.filter(application=application).order_by("pk")
    return {(one.page, one.item): (one.data, one.is_complete) for one in found}


def kept(before: Stored, after: Stored) -> Stored:
    """Of what there is after, what was there before; a page that leads on to the next one may add an answer and take none away."""
    return {
        where: ({name: answers.get(name) for name in data}, done)
        for where, (data, _done) in before.items()
        for answers, done in [after.get(where, ({}, False))]
    }


def back(walk: Walk, _user: User) -> Any:
    """The page before is shown with its answers, and sent again as it stands; one that only shows answers is looked at."""
    page = walk.open(walk.seen[-2] if len(walk.seen) > 1 else walk.seen[-1])
    if CHECK in walk.seen[-1]:  # a page that is complete leads to its answers
        return walk.open(walk.seen[0])
    return walk.answer_one(page) if page.xpath("//main//form[@method='post']") else page


def signed_out(walk: Walk, user: User) -> Any:
    """Signed out between two pages; the button that was pressed after that saves nothing, and the page opens again."""
    address = walk.seen[-1]
    walk.client.logout()
    assert walk.client.get(address).headers["Location"].startswith("/account/login/")
    walk.client = signed_in(user)
    return walk.open(address)


def other_device(walk: Walk, user: User) -> Any:
    walk.client = signed_in(user)
    return walk.open(walk.seen[0])


DISTURBING: tuple[Disturbing | None, ...] = (None, None, back, signed_out, other_device)


def walked(*, random: Random | None) -> list[tuple[str, str, bool]]:
    """From the list of tasks to the check; after each page, with `random`, something may come between."""
    application = an_application(legal_name="Kowalska Harvest Ltd")
    user = holder_of(application.organisation)
    walk = Walk(signed_in(user), typing)
    page = walk.open(reverse("application_tasks", args=[application.reference]))
    while CHECK not in walk.seen[-1]:
        before = stored(application)
        if random and (disturb := random.choice(DISTURBING)):
            page = disturb(walk, user)
            assert kept(before, stored(application)) == before, disturb.__name__
        page = walk.answer_one(page)
    assert not list(form_of(application, today=NOW.date()).missing())
    # Each walk has an applicant of its own, and people whose names in the address are drawn.
    return [
        (page, str(data).replace(user.email, "mine"), done) for (page, _), (data, done) in stored(application).items()
    ]


def test_every_answer_survives_back_the_end_of_the_session_and_another_device() -> None:
    undisturbed = sorted(walked(random=None))
    # One that is always walked, and another one whenever something changes.
    for seed in (20261130, state()):
        assert sorted(walked(random=Random(seed))) == undisturbed, seed
