"""Who must act next about a thing, what they must do and by which day: declared beside the lifecycle of the thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class TaskPriority(IntEnum):
    NORMAL = 0
    URGENT = 1
    DANGER = 2

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS = {
    TaskPriority.NORMAL: _("Normal"),
    TaskPriority.URGENT: _("Urgent"),
    TaskPriority.DANGER: _("Danger"),
}


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait: in these states of the thing, this person, organisation or agency must do this, by this day.

    Every text that names a part of the thing is a path with dots, such as "application.case_officer". `states` is empty
    where the thing has no status. `due` names a date or a time of the thing; where it is empty, the scheme says within how
    many working days (`tasks.toml`). `owner` names the person to whom the thing itself is given, `first_owner` the one who has the
    task until it is assigned; without either it belongs to everyone who holds `permission`. Who assigns tasks sees those
    of which they hold `seen_with`, which is `permission` where nothing else is said. The wait begins on the day after `after`, ends with the day of `until`, and holds only if
    `when` (an attribute, or a method without arguments) is true, and if the function at the import path `asks` says so of
    the thing and the day. `not_by` names at most two people who may not do it, because two must take part. `page` is the
    name of an address, made with `args`, or `address` an attribute with the address itself. `priority` names an attribute with a `TaskPriority`.
    `scheme` names the scheme that the thing is about; where it is empty, it is that of the thing itself, or else of the thing
    that names the organisation.

    `others_with` is what anyone but the first owner must hold besides, where only few may see the thing.

    Of a wait for the organisation, `missed` says what happens if it is not done in time. `due_from` is the import path of a
    function of the thing and today that says the day, where the thing has none of its own. A day that `lapses` ends a chance or is
    an estimate: no one is late after it. `is_on_day`: it happens on its day, not by it. `pending` says for whom the organisation itself waits: then it is a wait that it
    may read, and no one's task.
    """

    code: str
    states: frozenset[str]
    todo: str | Promise
    permission: str = ""
    others_with: str = ""
    seen_with: str = ""
    act: str = ""
    owner: str = ""
    first_owner: str = ""
    not_by: tuple[str, ...] = ()
    agency: str = ""
    organisation: str = "organisation"
    scheme: str = ""
    due: str = ""
    due_from: str = ""
    lapses: bool = False
    after: str = ""
    until: str = ""
    when: str = ""
    asks: str = ""
    page: str = ""
    address: str = ""
    args: tuple[str, ...] = ("reference",)
    priority: str = ""
    missed: str | Promise = ""
    is_on_day: bool = False
    pending: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """What a person must hold to take or be given the task."""
        return (self.permission, self.others_with) if self.others_with else (self.permission,)

    @property
    def has_day(self) -> bool:
        """Whether the law, the case or a letter sets its day; the other days are aims of the scheme (`tasks.toml`)."""
        return bool(self.due or self.due_from)

    def day_of(self, thing: models.Model, on: date) -> date | datetime | None:
        """The day or time that the thing has for it, or that is worked out for the thing."""
        if self.due_from:
            found: date | None = import_string(self.due_from)(thing, on)
            return found
        set_on: date | datetime | None = value_at(thing, self.due) if self.due else None
        return set_on

    @property
    def ends_with_its_day(self) -> bool:
        """Whether no one is late after its day: a chance ends with it, or it is an estimate."""
        return self.lapses or bool(self.until)

    @property
    def is_for_holder(self) -> bool:
        """Whether an organisation that applies for or holds a licence must act."""
        return bool(self.act)

    @property
    def is_of_day(self) -> bool:
        """Whether it can begin or end by a day alone, without any event."""
        return bool(self.after or self.until or self.asks)

    def holds(self, thing: models.Model, on: date) -> bool:
        """Whether this is waited for now."""
        if self.states and getattr(thing, "status", None) not in self.states:
            return False
        after, until = day_at(thing, self.after), day_at(thing, self.until)
        if (self.after and (after is None or on <= after)) or (until is not None and on > until):
            return False
        if self.when and not value_at(thing, self.when):
            return False
        return not self.asks or bool(import_string(self.asks)(thing, on))


@dataclass(frozen=True, slots=True)
class NoWait:
    """Why no one must act while a thing is in this state, though it is not over."""

    state: str
    because: str


def staff_wait(code: str, states: Iterable[str], todo: str | Promise, permission: str, **how: Any) -> Wait:
    """A wait for people of the authority who hold the permission; for one of them where `owner` names a person."""
    return Wait(code, _states(states), todo, permission=permission, **{"seen_with": permission, **how})


def holder_wait(code: str, states: Iterable[str], todo: str | Promise, act: str, **how: Any) -> Wait:
    """A wait for the organisation: for those of its people who may do `act` (`registry.memberships.states.Act`)."""
    return Wait(code, _states(states), todo, act=str(act), **how)


class Pending(models.TextChoices):
    """For whom an organisation waits, as its own people read it."""

    AUTHORITY = "authority", _("Waiting for us")
    TRIBUNAL = "tribunal", _("Waiting for the tribunal")
    BUSINESS = "business", _("Waiting for the other business")


def pending_wait(code: str, states: Iterable[str], text: str | Promise, pending: str, **how: Any) -> Wait:
    """What the organisation may know that it waits for. Whoever must act has a task of their own, declared beside it."""
    return Wait(code, _states(states), text, pending=str(pending), **how)


def agency_wait(code: str, states: Iterable[str], todo: str | Promise, permission: str, **how: Any) -> Wait:
    """A wait for another authority: for those of its people who hold the permission. `agency` says which authority."""
    return Wait(code, _states(states), todo, permission=permission, **{"agency": "agency", **how})


def waits_of(model: type[models.Model]) -> tuple[Wait, ...]:
    """What things of this model can wait for: from their lifecycle, or from `waits` where they have none."""
    lifecycle = getattr(model, "lifecycle", None)
    waits: tuple[Wait, ...] = lifecycle.waits if lifecycle is not None else getattr(model, "waits", ())
    return waits


def value_at(thing: Any, path: str) -> Any:
    """What the path leads to from the thing, `None` where it breaks off on the way; a method is called."""
    for name in path.split(".") if path else ():
        if thing is None:
            return None
        thing = getattr(thing, name)
    return thing() if callable(thing) else thing


def key_at(thing: Any, path: str) -> int | None:
    """The key of the row that the path leads to. A row that is a column of the last step is not read."""
    if not path:
        return None
    way, _dot, last = path.rpartition(".")
    owner = value_at(thing, way) if way else thing
    if owner is not None and hasattr(type(owner), f"{last}_id"):
        key: int | None = getattr(owner, f"{last}_id")
        return key
    row = value_at(owner, last)
    return None if row is None else row.pk


def address_of(thing: models.Model, wait: Wait) -> str:
    """Of the page where the wait ends, in the language of the service: that of the request could tell who it came from."""
    with translation.override(settings.LANGUAGE_CODE):
        if wait.address:
            return str(value_at(thing, wait.address))
        return reverse(wait.page, args=[str(value_at(thing, path)) for path in wait.args])


def day_at(thing: Any, path: str) -> date | None:
    """The day that the path leads to."""
    return local_day(value_at(thing, path) if path else None)


def local_day(value: date | datetime | None) -> date | None:
    """The day; of a time, the day of it here."""
    return timezone.localdate(value) if isinstance(value, datetime) else value


def _states(states: Iterable[str]) -> frozenset[str]:
    return frozenset(str(state) for state in states)


def scheme_of(thing: models.Model, wait: Wait) -> str:
    """The scheme that the thing or its case is about; empty where it is about none, or its rows do not say."""
    if wait.scheme:
        return str(value_at(thing, wait.scheme) or "")
    holder = value_at(thing, wait.organisation.rpartition(".")[0]) if "." in wait.organisation else None
    about = (thing, holder, getattr(thing, "case", None))
    return next((str(scheme) for one in about if (scheme := getattr(one, "scheme", ""))), "")
