"""Two people send the same step from the same page at one instant: one is accepted, the other is told what has changed. On PostgreSQL.

Both steps leave the state of the thing as it is, so that nothing but the version of the page can refuse the second.
"""

import time
from functools import partial
from typing import Any

import pytest
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from licensing.appeals.models import Appeal
from licensing.checks.models import Check
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter, CounterQuerySet, Event
from registry.trail.queries import chain
from tests import stories
from tests.conftest import SetClock
from tests.licensing.appeals.world import DECIDED, ended
from tests.people import person, signed_in
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
CHANGED = "This has changed since you opened the page"


@pytest.fixture(autouse=True)
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause before each step of the trail, so that anyone who is not kept out gets in."""
    save = Counter.save

    def save_slowly(counter: Counter, *args: Any, **kwargs: Any) -> None:
        time.sleep(0.05)
        save(counter, *args, **kwargs)

    monkeypatch.setattr(Counter, "save", save_slowly)


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same code, with the locks taken away."""

    def read_again(thing: models.Model, *, among: models.QuerySet[models.Model] | None = None) -> models.Model:
        return (type(thing)._default_manager.all() if among is None else among).get(pk=thing.pk)

    monkeypatch.setattr(trail, "locked", read_again)
    monkeypatch.setattr(CounterQuerySet, "select_for_update", CounterQuerySet.all)


def sent_at_once(address: str, typed: dict[str, str], *words: dict[str, str]) -> list[HttpResponse]:
    """What each of two officers is answered, who have the same version of the page open and type other words."""
    desks = [signed_in(person("case_officer")) for _words in words]
    versions = {_version(desk, address) for desk in desks}
    assert len(versions) == 1, "both have the same page open"
    version = {"version": str(versions.pop())}
    posts = [partial(desk.post, address, typed | version | own) for desk, own in zip(desks, words, strict=True)]
    answers = at_once(*posts)
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return [answer for answer in answers if isinstance(answer, HttpResponse)]


def _version(desk: Client, address: str) -> int:
    return int(desk.get(address).context["form"].page_version)


def correcting() -> tuple[Appeal, list[HttpResponse]]:
    """A declared step: what the tribunal decided is corrected twice."""
    appeal = ended(outcome="dismissed", by=person("case_officer"))
    on = {"_day": f"{DECIDED.day}", "_month": f"{DECIDED.month}", "_year": f"{DECIDED.year}"}
    days = {f"{name}{part}": value for name in ("ended_on", "effect_on") for part, value in on.items()}
    typed = {"outcome": "dismissed", "because": "A slip.", "rows": "1", **days}
    first, second = {"outcome_because": "Late wages."}, {"outcome_because": "No contracts."}
    address = reverse("correct_outcome_appeal", args=[appeal.reference])
    return appeal, sent_at_once(address, typed, first, second)


def replying() -> tuple[Check, list[HttpResponse]]:
    """A declared step of a part of the case: the reply of another authority is written down twice."""
    check = stories.an_application_being_assessed().checks.of_others()[0]
    typed = {"replied_on_day": "2", "replied_on_month": "11", "replied_on_year": "2026"}
    first = {"result": "nil", "evidence": "Nothing in the register."}
    second = {"result": "adverse", "evidence": "A conviction in 2025."}
    return check, sent_at_once(reverse("record_check", args=[check.reference]), typed, first, second)


def test_of_two_who_send_one_declared_step_one_is_told_what_changed(set_clock: SetClock) -> None:
    set_clock(DECIDED)
    appeal, answers = correcting()

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    said = next(answer for answer in answers if answer.status_code == 409).content.decode()
    assert CHANGED in said and "Outcome corrected" in said
    assert Event.objects.filter(reference=appeal.reference, verb="correct_outcome").count() == 1
    assert list(chain.faults()) == []


def test_of_two_who_send_one_reply_one_is_told_what_changed() -> None:
    check, answers = replying()

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    said = next(answer for answer in answers if answer.status_code == 409).content.decode()
    assert CHANGED in said and "Reply to a check recorded" in said
    assert Check.objects.get(pk=check.pk).result in {"nil", "adverse"}
    assert Event.objects.filter(reference=check.reference, verb="record_check").count() == 1
    assert list(chain.faults()) == []


@pytest.mark.usefixtures("without_locks")
def test_without_the_locks_neither_would_be_told(set_clock: SetClock) -> None:
    set_clock(DECIDED)
    _appeal, answers = correcting()

    assert 409 not in [answer.status_code for answer in answers]
