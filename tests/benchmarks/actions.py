"""What the two heaviest actions cost on a register of that size: handing an application in, and deciding one.

`python -m tests.benchmarks.actions`, with the database in DATABASE_URL as for the service. It writes: some cases more.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import time
from collections.abc import Callable
from random import Random

import django

django.setup()

from django.db import connection
from django.utils import timezone

from licensing.applications.actions import applications
from licensing.decisions.actions import decisions
from registry.register.models import Entry
from registry.trail.models.events import Event
from tests import people, stories
from tests.benchmarks import frame
from tests.licensing.stories import a_grant_proposed, an_application_checked

CASES = 20


def measure() -> None:
    random = Random(time.time_ns())
    decider = people.person("decision_maker")
    submitted: list[tuple[float, float]] = []
    decided: list[tuple[float, float]] = []
    for _case in range(CASES + 1):
        at = timezone.now()
        name = f"Measured Hands {random.randrange(10**9)} Ltd"
        by, officer = people.person("applicant"), people.person("case_officer")
        draft = stories.an_application(stories.a_provider(name, by=by, at=at), at=at)
        answered = stories.an_application_answered(draft, at=at)
        submitted.append(_spent(lambda: applications.submit(answered, by=by, at=at)))  # noqa: B023
        answered.refresh_from_db()
        assessed = stories.an_application_being_assessed(
            stories.an_application_paid(answered, at=at), case_officer=officer, at=at
        )
        proposal = a_grant_proposed(an_application_checked(assessed, at=at), by=officer, at=at)
        decided.append(_spent(lambda: decisions.decide(proposal, because="As proposed.", by=decider, at=at)))  # noqa: B023
    frame.table(
        f"Actions on {Entry.objects.filter(shown_until=None).count():,} on the register and {_events():,} events, "
        "milliseconds, commit included",
        ["action", "median", "95% within", "processor, median"],
        [_row("submit an application", submitted[1:]), _row("decide: grant a licence and publish it", decided[1:])],
    )


def _events() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _spent(act: Callable[[], object]) -> tuple[float, float]:
    processor, clock = time.process_time(), time.perf_counter()
    act()
    return time.perf_counter() - clock, time.process_time() - processor


def _row(name: str, times: list[tuple[float, float]]) -> list[str]:
    clock, processor = [one for one, _other in times], [other for _one, other in times]
    return [
        name,
        frame.ms(frame.median(clock)),
        frame.ms(frame.within(clock, 0.95)),
        frame.ms(frame.median(processor)),
    ]


if __name__ == "__main__":
    print(frame.machine())
    measure()
    connection.close()
