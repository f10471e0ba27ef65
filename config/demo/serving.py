"""How the service does: complaints, a fortnight of questions that the worker asked the look-up, and the figures of today."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from config.demo.people import DOMAIN, person
from public_lookup.service_figures.models import LookUpDay
from public_lookup.service_figures.rules import EVERY
from registry.accounts.models import User
from registry.complaints import actions as complaints
from registry.service_figures import actions

DAYS = 14
COMPLAINTS = (
    {
        "kind": "delay",
        "about": "applications",
        "text": "I rang four times about my renewal and was told four different days.",
    },
    {
        "kind": "information",
        "about": "letters",
        "text": "Your letter used words that our accountant did not understand.",
    },
    {"kind": "access", "about": "look_up", "text": "The page did not open on my telephone on Sunday evening."},
)
ANSWERS = (
    "You were told four different days, and we are sorry. One officer now calls you back.",
    "The letter quotes the law, so its words are fixed.",
    "The words of the law are fixed. The letter should have said in plain words what to do, and from now on it does.",
)
AGAIN = "I did not ask for other words of the law. I asked what I have to do."
#: On this one the worker was restarted, and on this one the look-up did not answer for half an hour.
RESTARTED, DOWN = 5, 9


def service(at: datetime) -> Iterator[object]:
    """The days before, then today's count."""
    for ago in range(1, DAYS + 1):
        asked = timedelta(days=1) // EVERY - 3 * (ago == RESTARTED)
        answered = asked - 6 * (ago == DOWN)
        slow = 10 + ago % 4
        times = {"50": answered - 4 * slow, "75": 3 * slow, "200": slow}
        day = timezone.localdate(at) - timedelta(days=ago)
        yield LookUpDay.objects.create(
            day=day, asked_at=at - timedelta(days=ago), asked=asked, answered=answered, times=times
        )
    yield from _complaints(at)
    yield actions.count_service(by=None, at=at)


def _complaints(at: datetime) -> Iterator[object]:
    """One that waits, one that was answered, and one that two people looked at."""
    manager = person("manager")
    second = User.objects.get(email=f"ravi.menon@authority.{DOMAIN}")
    made = [
        complaints.receive_complaint(
            once=f"sample-{n}", **said, language=settings.LANGUAGE_CODE, by=None, at=at - timedelta(days=9 - n)
        )
        for n, said in enumerate(COMPLAINTS)
    ]
    yield complaints.answer_complaint(
        made[0], outcome="upheld", answer=ANSWERS[0], by=manager, at=at - timedelta(days=5)
    )
    answered = complaints.answer_complaint(
        made[1], outcome="not_upheld", answer=ANSWERS[1], by=second, at=at - timedelta(days=4)
    )
    asked = complaints.ask_for_review(answered, because=AGAIN, by=None, at=at - timedelta(days=3))
    yield complaints.answer_review(asked, outcome="partly", answer=ANSWERS[2], by=manager, at=at - timedelta(days=2))
