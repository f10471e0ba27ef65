"""The steps that fill a demonstration, in order. Each is one transaction, done once: an interrupted load goes on where it stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from config.demo import parts, stories
from config.demo.people import DOMAIN, SAMPLE_PEOPLE
from registry.models import Counter, User

COUNTER = "demo steps"
SCHEME = "gla-food"
SEED = 20060406


@dataclass(frozen=True, slots=True)
class Step:
    """`load(at)` yields once for each thing that it has made, so that whoever waits can see it going on."""

    title: str
    load: Callable[[datetime], Iterator[object]]


def people(at: datetime) -> Iterator[object]:
    """The sample people, each with a role and a confirmed address; none has a password."""
    for local_part, role, name in SAMPLE_PEOPLE:
        user = User.objects.create_user(f"{local_part}@{DOMAIN}", name=name)
        user.groups.add(Group.objects.get(name=role))
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        yield user


def providers_and_applications(at: datetime) -> Iterator[object]:
    """Firms in every standing and applications in every state, each by the real actions, in the order of time."""
    random = Random(SEED)
    cast = parts.cast(SCHEME)
    plan = {**parts.PROVIDERS, **parts.APPLICATIONS}
    firms = list(parts.parts(plan, random, scheme=SCHEME, at=at))
    yield from stories.told((stories.application(cast, part, random) for part in firms), until=at)


STEPS: tuple[Step, ...] = (
    Step("People", people),
    Step("Labour providers and applications, step by step", providers_and_applications),
)


def steps_left() -> tuple[Step, ...]:
    done = Counter.objects.filter(name=COUNTER).values_list("value", flat=True).first() or 0
    return STEPS[done:]


def load(step: Step, *, at: datetime) -> Iterator[object]:
    """Make what the step makes, all of it or nothing."""
    with transaction.atomic():
        yield from step.load(at)
        Counter.objects.draw(COUNTER)
