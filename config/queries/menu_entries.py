"""One page in the menu of the staff home, and a group of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from registry.accounts.models import User
from registry.worklists import WorkList


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of the staff: its name in the addresses, who may open it, and what to count for them."""

    title: str | Promise
    about: str | Promise
    url_name: str
    permissions: frozenset[str]
    waiting: Callable[[User, date], int] | None = None


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Doors that belong together, under one heading."""

    title: str | Promise
    doors: tuple[MenuEntry, ...]


def door(work_list: WorkList, *whose: str) -> MenuEntry:
    """The door of a list that is declared; for those of these permissions, where not all who see the list work with it."""
    permissions = frozenset(whose or work_list.permissions)
    return MenuEntry(work_list.title, work_list.about, work_list.name, permissions, work_list.waiting)
