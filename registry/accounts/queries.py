"""People who sign in, and where they are signed in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils.functional import Promise
from django.utils.translation import gettext

from registry import roles as permissions
from registry.accounts import rules as keys_rules
from registry.accounts.filters import AccessFilter, PeopleFilter
from registry.accounts.models import AccessKind, AccessRequest, ApiKey, Scope, User
from registry.errors import Reason
from registry.tasks.models import Task
from registry.trail.queries.history import EVENTS_IN_A_FILE, TimelineEvent, history_of, in_words


def people(params: Mapping[str, str]) -> PeopleFilter:
    """Everybody who may sign in or once could, by name."""
    rows = User.objects.filter(is_system=False).prefetch_related("groups")
    roles = sorted((name, permissions.ROLES[name].title) for name in permissions.GIVEN_ROLES)
    return PeopleFilter(params, queryset=rows, roles=roles)


def roles_of(person: User) -> str:
    """The titles of what this person may do here; that they are gone."""
    return roles_in_words([group.name for group in person.groups.all()]) if person.is_active else gettext("Off-boarded")


def teams() -> list[str]:
    """The teams that somebody is in."""
    return list(User.objects.exclude(team="").order_by("team").values_list("team", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key that somebody has given to a program: what it may be used for, and whether it still lets anything in."""

    key: ApiKey
    scopes: list[str | Promise]
    is_in_force: bool
    may_decide: bool


def keys_of(person: User, *, at: datetime) -> list[KeyRow]:
    """The keys of one person, newest first."""
    return [
        KeyRow(
            key,
            [Scope(scope).label for scope in key.scopes],
            key.is_in_force(at),
            not list(keys_rules.step_up_key_blockers(key, at=at)),
        )
        for key in person.api_keys.order_by("-made_at", "-pk")
    ]


@dataclass(frozen=True, slots=True)
class PersonFile:
    """One person's access: what they are, what was done to it, and why each change of it is not possible now."""

    person: User
    roles: list[permissions.AccountRole]
    has_second_factor: bool
    last_seen: datetime | None
    events: list[TimelineEvent]
    blockers: list[Reason]
    keys: list[KeyRow]
    handed_over: "TasksHandedOver | None"
    waiting: AccessRequest | None


@dataclass(frozen=True, slots=True)
class TasksHandedOver:
    """How many open tasks a person had when they left, and who took them over: no one where they went back to all."""

    count: int
    to: User | None


def person_file(person: User, *, by: User, at: datetime) -> PersonFile:
    return PersonFile(
        person=person,
        roles=[permissions.ROLES[name] for name in sorted(person.roles)],
        has_second_factor=Authenticator.objects.filter(user=person).exists(),
        last_seen=person.last_login,
        events=in_words(history_of(("user", person.reference))[:EVENTS_IN_A_FILE], about=person.reference),
        blockers=list(keys_rules.manage_person_blockers(person, by=by)),
        keys=keys_of(person, at=at),
        handed_over=None if person.is_active else _handed_over(person),
        waiting=person.access_requests.open().first(),
    )


def _handed_over(person: User) -> TasksHandedOver | None:
    left = history_of(("user", person.reference)).filter(verb="off_board").first()
    if left is None or not left.facts.get("tasks"):
        return None
    to = User.objects.filter(reference=left.facts.get("handed_over_to", "")).first()
    return TasksHandedOver(int(left.facts["tasks"]), to)


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """How many open tasks of one kind a person has. Nothing says what they are about: who manages access need not see it."""

    todo: str
    count: int


def open_tasks_of(person: User) -> list[OpenTasks]:
    """What has to be handed over when this person leaves, by kind."""
    counted = Counter(task.todo for task in Task.objects.open().filter(owner=person))
    return [OpenTasks(todo, count) for todo, count in sorted(counted.items())]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which somebody is signed in; since when, if its sign-in was written down."""

    since: datetime | None
    is_here: bool


def sessions_of(user: User, *, here: str, at: datetime) -> list[OpenSession]:
    """The browsers in which this user is signed in, the latest first; `here` is the key of this one."""
    found = [
        OpenSession(_signed_in_at(data), session.session_key == here)
        for session, data in _sessions(user)
        if session.expire_date > at
    ]
    return sorted(found, key=lambda one: one.since or datetime.min.replace(tzinfo=UTC), reverse=True)


def session_keys_of(user: User) -> list[str]:
    return [session.session_key for session, _data in _sessions(user)]


def _sessions(user: User) -> Iterator[tuple[Session, dict[str, Any]]]:
    """Every session is opened to see whose it is: there are few, as none outlives half a day."""
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if data.get("_auth_user_id") == str(user.pk):
            yield session, data


def _signed_in_at(data: dict[str, Any]) -> datetime | None:
    shown = [record["at"] for record in data.get("account_authentication_methods", ()) if "at" in record]
    return datetime.fromtimestamp(min(shown), UTC) if shown else None


# --- access that takes two administrators ---


def access_requests(params: Mapping[str, Any], *, by: User) -> AccessFilter:
    """What a second administrator must approve, or has decided, the newest first."""
    return AccessFilter(params, queryset=AccessRequest.objects.visible_to(by))


def roles_in_words(roles: Iterable[str]) -> str:
    return ", ".join(str(permissions.ROLES[name].title) for name in roles if name in permissions.ROLES)


def access_in_words(request: AccessRequest) -> str:
    """What would hold, and for which person."""
    if request.kind == AccessKind.SECOND_FACTOR:
        said = gettext("Reset the second factor of %(person)s. They are signed out and set up another.")
        return f"{said % {'person': request.person}} {request.because}".strip()
    said = gettext("%(person)s (%(email)s) would hold: %(roles)s.")
    told = {"person": request.person, "email": request.person.email, "roles": roles_in_words(request.roles)}
    return f"{said % told} {request.because}".strip()
