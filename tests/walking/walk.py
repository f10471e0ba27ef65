"""A walk at random through the work: people open their tasks and press what the pages offer, days pass, people come and go.

After each thing that was done nothing may be as it must never be (docs/decisions/0107-walks-by-the-pages.md).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import Group
from django.db.models import Count
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from config.management.commands import run_due
from registry import permissions
from registry.accounts.models import User
from registry.errors import Refused
from registry.tasks import queries
from registry.tasks.models import Task, TaskQuerySet
from registry.trail.models.events import Event
from tests.conftest import NOW, SetClock
from tests.people import signed_in
from tests.walking.office import OFFICE
from tests.walking.pages import Way, problems, typed, ways

#: How many of those who hold one role take part, and how many clicks one of them makes at a time.
OF_EACH_ROLE, CLICKS = 3, 6
#: For how many days nothing is done, where days pass.
DAYS = (1, 1, 2, 5, 10, 30)
#: Tasks that the last events have raised are looked at more closely.
NEW = 3
#: How often days pass, something happens in the office, and the counts of a person are compared with the lists.
DAYS_PASS, IN_OFFICE, COUNTED = 0.04, 0.04, 0.1


@dataclass(frozen=True, slots=True)
class Sight:
    """The page that is open in a browser."""

    content: bytes
    address: str


@dataclass
class Walk:
    """The clock, the people and what they did; `faults` says what must never be."""

    random: Random
    set_clock: SetClock
    at: datetime = NOW
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    clients: dict[int, Client] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def step(self) -> None:
        chance = self.random.random()
        if chance < DAYS_PASS:
            self.wait(self.random.choice(DAYS))
        elif chance < DAYS_PASS + IN_OFFICE:
            self.happens_in_the_office()
        else:
            self.works(self.a_person())

    def wait(self, days: int) -> None:
        """Until that day, and the background worker has been; who works then signs in again."""
        self.at += timedelta(days=days)
        self.set_clock(self.at)
        self.clients.clear()
        self.story.append(f"{days} days pass")
        for name, count in run_due.run_due(self.at).items():
            if count is None:
                self.fault(f"the background worker failed: {name}")
        self.look(f"{days} days")

    def happens_in_the_office(self) -> None:
        """Someone takes a task, is away, has a conflict of interest, or leaves."""
        name = self.random.choice(sorted(OFFICE))
        self.story.append(f"{self.at:%d %b} {name}")
        try:
            OFFICE[name](self.random, self.at)
        except (Refused, LookupError) as refused:
            self.refused[name, str(refused)[:60]] += 1
        else:
            self.clients.clear()
            self.done[name] += 1
            self.look(name)

    def works(self, person: User) -> None:
        """Opens one of their tasks, and presses what the pages offer until there is nothing more."""
        task = self.a_task_of(person)
        sight = self.opened(person, task.address, f"the task {task}") if task else None
        for _click in range(CLICKS):
            way = self.a_way(sight) if sight else None
            if way is None:
                return
            if way.form is None:
                sight = self.opened(person, way.address, f"“{way.label}”", is_offered=way.is_button)
            else:
                sight = self.sends(person, way)

    def a_person(self) -> User:
        """Of a role, and of those who act for a business, each as often as another."""
        role = self.random.choice(list(Group.objects.order_by("name")))
        people = User.objects.filter(groups=role, is_active=True).order_by("-pk")
        if people and permissions.is_staff(people[0]) and not people[0].agency_id:
            people = people[:OF_EACH_ROLE]
        return self.random.choice(list(people) or list(User.objects.filter(is_active=True).order_by("pk")))

    def a_task_of(self, person: User) -> Task | None:
        """One that this person sees, of each kind as often as of another."""
        seen = self.tasks_of(person)
        kinds = sorted(set(seen.values_list("kind", flat=True)))
        if not kinds:
            return None
        return self.random.choice(list(seen.filter(kind=self.random.choice(kinds)).order_by("pk")))

    def tasks_of(self, person: User) -> TaskQuerySet:
        if permissions.is_staff(person):
            return queries.tasks_seen_by(person, self.today)
        own = [one.organisation for one in person.memberships.acting(self.today).select_related("organisation")]
        return Task.objects.open().for_holder(*own)

    def client(self, person: User) -> Client:
        if person.pk not in self.clients:
            self.clients[person.pk] = signed_in(person)
        return self.clients[person.pk]

    def a_way(self, sight: Sight) -> Way | None:
        """A form before a button, a button before another link below the same address."""
        below = sight.address.split("?")[0]
        weights = {
            way: 6 if way.form is not None else 4 if way.is_button else 2
            for way in ways(sight.content, sight.address)
            if way.form is not None or way.is_button or (way.address.startswith(below) and way.address != below)
        }
        return self.random.choices(list(weights), list(weights.values()))[0] if weights else None

    def opened(self, person: User, address: str, what: str, *, is_offered: bool = True) -> Sight | None:
        """The page; a fault where it was offered to this person and does not open."""
        response = self.client(person).get(address, follow=True)
        if response.status_code >= 500 or (is_offered and response.status_code in (403, 404)):
            self.fault(f"{person.email} is offered {what} at {address}: {response.status_code}")
        if response.redirect_chain:
            address = urlsplit(response.redirect_chain[-1][0])._replace(scheme="", netloc="").geturl()
        return _sight(response, address)

    def sends(self, person: User, way: Way) -> Sight | None:
        name, before = str(resolve(way.address.split("?")[0]).url_name), newest_event()
        data = typed(way.form, self.random, self.today)
        self.story.append(f"{self.at:%d %b} {person.email} {way.address} {_short(data)}")
        response: Any = self.client(person).post(way.address, data)
        if response.status_code >= 400 and response.status_code not in (409, 422):
            self.fault(f"{person.email} sends {way.address}: {response.status_code}")
        if newest_event() == before:
            self.refused[name, problems(response.content) if response.status_code == 422 else ""] += 1
            return None
        self.done[name] += 1
        self.look(name, person)
        return self.opened(person, response.url, "what comes next") if response.status_code == 302 else None

    def look(self, what: str, person: User | None = None) -> None:
        """Whether anything is now as it must never be."""
        for one in (*queries.faults(self.at), *wrong_tasks()):
            self.fault(f"after {what}: {one}")
        if person is not None and permissions.is_staff(person) and self.random.random() < COUNTED:
            self.counts_are_lists(person, what)

    def counts_are_lists(self, person: User, what: str) -> None:
        """What the person's own work counts is what the list that it opens shows."""
        home: Any = self.client(person).get("/staff/")
        for count in (home.context or {}).get("counts", ()):
            listed = self.client(person).get(count.href).context["page"].count
            if listed != count.number:
                self.fault(f"after {what}: {person.email} counts {count.number} at {count.href}, which lists {listed}")

    def report(self, steps: int) -> str:
        done = ", ".join(f"{name} {count}" for name, count in self.done.most_common())
        refused = [f"{count} {name}: {why}" for (name, why), count in self.refused.most_common(20)]
        counts = f"{steps} steps to {self.today}, {self.done.total()} done, {self.refused.total()} refused"
        return "\n".join([counts, done, *refused, f"{len(self.faults)} faults", *self.faults])

    def fault(self, text: str) -> None:
        self.faults.append("\n".join([text, *self.story[-3:]]))


def wrong_tasks() -> Iterator[str]:
    """Two open tasks of one kind about one thing, and tasks that belong to someone who is gone or that no one may do."""
    open_tasks = Task.objects.open()
    for twice in open_tasks.values("kind", "subject_pk").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"two open tasks: {twice}"
    for task in open_tasks.filter(owner__is_active=False):
        yield f"{task} belongs to someone who has left"
    for task in open_tasks.filter(owner=None, agency=None, raised_event__gt=newest_event() - NEW):
        if task.wait.permission and not queries.people_for(task).exists():
            yield f"no one may do {task}"


def newest_event() -> int:
    newest: int | None = Event.objects.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def _sight(response: Any, address: str) -> Sight | None:
    is_page = str(response.headers.get("Content-Type", "")).startswith("text/html") and not response.streaming
    sight = Sight(response.content, address) if is_page and response.status_code == 200 else None
    # What is streamed holds a file open; `close` would close the connection to the database as well.
    for close in response._resource_closers:
        close()
    return sight


def _short(data: dict[str, Any]) -> str:
    own = ("seal", "csrfmiddlewaretoken")
    return ", ".join(f"{name}={str(value)[:40]}" for name, value in data.items() if name not in own)
