"""The menu of staff: every page that they start from, in groups, for those who may open it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise

from config.queries import menu_of_authority, menu_of_cases
from config.queries.menu_entries import MenuEntry
from registry.accounts.models import User

GROUPS = (*menu_of_cases.CASES, *menu_of_authority.AUTHORITY)


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """`is_here`: the page that is open is this one or one below it."""

    title: str | Promise
    about: str | Promise
    href: str
    is_beside: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class OpenGroup:
    title: str | Promise
    entries: list[OpenEntry]


@dataclass(frozen=True, slots=True)
class Menu:
    groups: list[OpenGroup]

    @property
    def beside(self) -> list[OpenEntry]:
        """The links beside the menu."""
        return [entry for group in self.groups for entry in group.entries if entry.is_beside]


def open_menu(user: User, path: str) -> Menu:
    """The pages that this person may open, group by group, as the page at this path shows them; no empty group."""
    open_to = [(group, [entry for entry in group.entries if _is_open(entry, user)]) for group in GROUPS]
    addresses = [reverse(entry.url_name) for _group, entries in open_to for entry in entries]
    here = max(filter(path.startswith, addresses), key=len, default="")
    return Menu(
        [OpenGroup(group.title, [_opened(one, here) for one in entries]) for group, entries in open_to if entries]
    )


def waiting_beside_tasks(user: User, at: datetime) -> Iterator[tuple[MenuEntry, int]]:
    """The pages of this person on which something waits of which no task says so, each with how much."""
    for entry in (entry for group in GROUPS for entry in group.entries):
        if entry.waiting is not None and _is_open(entry, user) and (number := entry.waiting(user, at)):
            yield entry, number


def _is_open(entry: MenuEntry, user: User) -> bool:
    return any(map(user.has_perm, entry.permissions))


def _opened(entry: MenuEntry, here: str) -> OpenEntry:
    href = reverse(entry.url_name)
    return OpenEntry(entry.title, entry.about, href, entry.is_beside, href == here)
