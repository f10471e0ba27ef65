"""What happens in an office besides the work itself: tasks change hands, people are away, have conflicts, leave and join."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

from django.db.models import QuerySet
from django.utils import timezone

from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.assignment import actions as assignment
from registry.assignment.models import Absence
from registry.conflicts import actions as conflicts
from registry.conflicts.models import Conflict
from registry.organisations.models import Organisation
from registry.roles import ROLES
from registry.tasks import actions as tasks
from registry.tasks import queries
from registry.tasks.models import Task
from tests.people import person

#: How many people of one role there are at least.
FEWEST = 3


def fill_roles() -> None:
    """Where two people must take part, a third has to be left."""
    for name in _roles():
        _at_least(FEWEST, name)


def take_a_task(random: Random, at: datetime) -> None:
    one = random.choice(list(_staff()))
    task = random.choice(list(queries.unassigned_tasks(one, timezone.localdate(at))))
    tasks.take(task, by=one, at=at)


def give_a_task(random: Random, at: datetime) -> None:
    manager = random.choice(list(_holding("manager")))
    task = random.choice(list(Task.objects.open().visible_to(manager, timezone.localdate(at)).order_by("pk")))
    tasks.assign(task, owner=random.choice(list(queries.people_for(task))), by=manager, at=at)


def be_away(random: Random, at: datetime) -> None:
    role = _a_role(random)
    away, deputy = random.sample(_at_least(FEWEST, role), 2)
    today = timezone.localdate(at)
    until = today + timedelta(days=random.choice((1, 7, 20)))
    assignment.record_absence(
        away, deputy=deputy, starts=today, until=until, by=random.choice(list(_holding("manager"))), at=at
    )


def come_back(random: Random, at: datetime) -> None:
    today = timezone.localdate(at)
    absence = random.choice(list(Absence.objects.filter(starts__lte=today, until__gt=today).order_by("pk")))
    assignment.end_absence(absence, by=random.choice(list(_holding("manager"))), at=at)


def declare_a_conflict(random: Random, at: datetime) -> None:
    """Where others of the same role stay free to act."""
    role = _a_role(random)
    organisation = random.choice(list(Organisation.objects.order_by("pk")))
    _at_least(FEWEST + 1, role, free_of=organisation)
    one = random.choice(_free(role, organisation))
    conflicts.declare(
        one,
        organisation=organisation,
        because="My sister works there.",
        since=timezone.localdate(at),
        by=one,
        at=at,
    )


def leave(random: Random, at: datetime) -> None:
    """One who hands their tasks over, or who leaves at once; another joins, where few are left."""
    role = _a_role(random)
    gone, to = random.sample(_at_least(FEWEST + 1, role), 2)
    administrator = random.choice(list(_holding("people_administrator")))
    at_once = random.random() < 0.5
    accounts.off_board(
        gone,
        because="They leave today.",
        hand_over_to=None if at_once else to,
        at_once=at_once,
        by=administrator,
        at=at,
    )


def get_another_role(random: Random, at: datetime) -> None:
    """The tasks that the new role does not allow are free again."""
    role, other = random.sample(_roles(), 2)
    one = random.choice(_at_least(FEWEST + 1, role))
    administrators = [other_one for other_one in _holding("people_administrator") if other_one != one]
    accounts.change_roles(one, roles=[other], by=random.choice(administrators), at=at)


OFFICE: Mapping[str, Callable[[Random, datetime], None]] = {
    one.__name__: one
    for one in (take_a_task, give_a_task, be_away, come_back, declare_a_conflict, leave, get_another_role)
}


def _a_role(random: Random) -> str:
    return random.choice(_roles())


def _roles() -> list[str]:
    return sorted(name for name, role in ROLES.items() if role.is_staff and name != "partner_agency")


def _holding(role: str) -> "QuerySet[User]":
    return _staff().filter(groups__name=role)


def _free(role: str, organisation: Organisation | None) -> list[User]:
    """Those of the role who have no conflict of interest with the organisation."""
    return list(
        _holding(role).exclude(pk__in=Conflict.objects.in_force().filter(organisation=organisation).values("officer"))
    )


def _at_least(number: int, role: str, *, free_of: Organisation | None = None) -> list[User]:
    """The people of the role; others join where they are too few."""
    for _missing in range(number - len(_free(role, free_of))):
        person(role)
    return list(_holding(role))


def _staff() -> "QuerySet[User]":
    return queries.people_who_do_tasks().filter(is_active=True).order_by("pk")
