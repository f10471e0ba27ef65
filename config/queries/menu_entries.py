"""One page in the menu of staff, and a group of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from registry.accounts.models import User
from registry.worklists import WorkList


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page of the staff: its name in the addresses, and who may open it.

    `is_beside`: there is a link to it beside the menu, too. `waiting` counts what waits on it where no task says so.
    """

    title: str | Promise
    about: str | Promise
    url_name: str
    permissions: frozenset[str]
    is_beside: bool = False
    waiting: Callable[[User, datetime], int] | None = None


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Pages that belong together, under one heading."""

    title: str | Promise
    entries: tuple[MenuEntry, ...]


def list_entry(
    work_list: WorkList,
    *whose: str,
    is_beside: bool = False,
    waiting: Callable[[User, datetime], int] | None = None,
) -> MenuEntry:
    """A list that is declared; for those of these permissions, where not all who see the list work with it."""
    permissions = frozenset(whose or work_list.permissions)
    return MenuEntry(work_list.title, work_list.about, work_list.name, permissions, is_beside, waiting)
