"""The steps that fill a demonstration, in order. Each is one transaction, done once: an interrupted load goes on where it stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from config.demo import (
    acting,
    afternoons,
    answering,
    asking,
    boards,
    casting,
    checking,
    companies,
    corresponding,
    enforcing,
    following,
    inspecting,
    knowing,
    on_duty,
    parts,
    paying,
    phoenix,
    progress,
    reaching,
    releasing,
    reporting,
    screening,
    serving,
    stories,
    targeting,
    telling,
    together,
    visiting,
    working,
)
from config.demo.people import DOMAIN, SAMPLE_PEOPLE
from registry import schemes
from registry.accounts.models import User
from registry.letters.letters import sending
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind

SCHEME = "gla-food"
YOUNG_SCHEME = "construction"
SEED = 20060406
# Before the first of the stories: the authorities were asked from the beginning.
LONG_AGO = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class LoadingStep:
    """`load(at)` yields once for each thing that it has made, so that whoever waits can see it going on."""

    title: str
    load: Callable[[datetime], Iterator[object]]
    # Enough to show every page: from here on the demonstration can be used.
    comes_first: bool = False
    # After all that is filled in bulk: nobody is told of sample data being made.
    comes_last: bool = False


def people(at: datetime) -> Iterator[object]:
    """The sample people, each with a role and a confirmed address; none has a password."""
    for local_part, role, name in SAMPLE_PEOPLE:
        user = User.objects.create_user(f"{local_part}@{DOMAIN}", name=name)
        user.groups.add(Group.objects.get(name=role))
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        yield user
    yield from asking.authorities(at - LONG_AGO)


def providers_and_applications(at: datetime) -> Iterator[object]:
    """Firms in every standing and applications in every state, each by the real actions, in the order of time."""
    random = Random(SEED)
    cast = parts.cast(SCHEME)
    plan = {**parts.PROVIDERS, **parts.APPLICATIONS}
    firms = list(parts.parts(plan, random, scheme=SCHEME, at=at))
    told = [stories.application(cast, part, random) for part in firms]
    # With a seed of its own, so that the other firms stay who they are.
    drawn = Random(SEED + 3)
    again = phoenix.come_back(firms, drawn, number=User.objects.count() + 1, scheme=SCHEME, at=at)
    told.append(stories.application(cast, again, drawn))
    mornings = asking.days(min(part.began for part in firms))
    yield from casting.play([*told, *_of_the_young_scheme(at), mornings], until=at)


def _of_the_young_scheme(at: datetime) -> Iterator[casting.Story]:
    """A few firms under a second scheme, if it has been in force for as long as their stories take."""
    oldest = max(days for _how_many, _at_least, days in parts.YOUNG.values())
    if schemes.versions(YOUNG_SCHEME)[0] > timezone.localdate(at) - timedelta(days=oldest + 1):
        return
    # A seed of its own, so that the other firms stay who they are.
    random, cast = Random(SEED + 1), parts.cast(YOUNG_SCHEME)
    for part in list(parts.parts(parts.YOUNG, random, scheme=YOUNG_SCHEME, at=at, for_samples=False)):
        yield stories.application(cast, part, random)


def mail(at: datetime) -> Iterator[object]:
    """Mail the letters of the stories: they are due since the days on which they were written."""
    due = OutboxItem.objects.due(at).filter(kind=OutboxKind.MAIL)
    while items := list(due.select_related("letter").order_by("next_try", "pk")[:100]):
        for item in items:
            sending.send(item.letter, at=at)
            yield item


def reports(at: datetime) -> Iterator[object]:
    """What people have reported, in every state."""
    yield from casting.play(reporting.stories(Random(SEED + 2), at=at), until=at)


def officers(at: datetime) -> Iterator[object]:
    """What the officers did since about all that was made up."""
    yield from casting.play([afternoons.days(parts.cast(SCHEME), at - LONG_AGO)], until=at)


STEPS: tuple[LoadingStep, ...] = (
    LoadingStep("People", people, comes_first=True),
    LoadingStep("Labour providers and applications, step by step", providers_and_applications, comes_first=True),
    LoadingStep("Reports of concerns", reports),
    LoadingStep("Intelligence, and a source", knowing.intelligence),
    LoadingStep("Money", paying.money),
    LoadingStep("People who answer for themselves, and paper", answering.answer),
    LoadingStep("Who acts for the sample firms", acting.act, comes_last=True),
    LoadingStep("Followers of the register", following.follow, comes_last=True),
    LoadingStep("Checks by a labour user", checking.check, comes_last=True),
    LoadingStep("A board of suppliers", boards.keep_board, comes_last=True),
    LoadingStep("Messages and decision times", corresponding.correspond, comes_last=True),
    LoadingStep("Two editions of the companies register", companies.snapshot, comes_last=True),
    LoadingStep("A list that names a director", screening.screen, comes_last=True),
    LoadingStep("Teams and views of lists", working.work, comes_last=True),
    LoadingStep("Public statistics as first published", releasing.older_edition, comes_last=True),
    LoadingStep("Choosing visits", targeting.target, comes_last=True),
    LoadingStep("Visits, and what came of one", inspecting.inspect, comes_last=True),
    LoadingStep("A visit that has begun", visiting.visit, comes_last=True),
    LoadingStep("People who may be victims", enforcing.protect, comes_last=True),
    LoadingStep("Supply without a licence", enforcing.enforce, comes_last=True),
    LoadingStep("Public statistics: a correction, a release and a date", releasing.editions, comes_last=True),
    LoadingStep("How the service does", serving.service, comes_last=True),
    LoadingStep("Afternoons of officers", officers, comes_last=True),
    LoadingStep("Reports that were handed over", on_duty.handed_over, comes_last=True),
    LoadingStep("Who is on duty and who is away", on_duty.duty, comes_last=True),
    LoadingStep("Campaigns, and what followed after measures", reaching.reach, comes_last=True),
    LoadingStep("What others are told, and who was trained", telling.tell, comes_last=True),
    LoadingStep("Letters that were sent", mail, comes_last=True),
    LoadingStep("Joint cases, and who is insured", together.together, comes_last=True),
)


def steps_left() -> tuple[LoadingStep, ...]:
    return STEPS[progress.steps_done() :]


def load(step: LoadingStep, *, at: datetime) -> Iterator[object]:
    """Make what the step makes, all of it or nothing."""
    with transaction.atomic():
        yield from step.load(at)
        progress.step_done()
