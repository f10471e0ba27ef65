"""The menu of the staff home, in groups, and how much waits behind each entry."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise

from config.queries import menu_of_authority, menu_of_cases
from config.queries.menu_entries import MenuEntry
from registry.accounts.models import User

GROUPS = (*menu_of_cases.CASES, *menu_of_authority.AUTHORITY)


@dataclass(frozen=True, slots=True)
class OpenEntry:
    title: str | Promise
    about: str | Promise
    href: str
    waiting: int | None


@dataclass(frozen=True, slots=True)
class OpenGroup:
    title: str | Promise
    doors: list[OpenEntry]


def open_menu(user: User, *, today: date) -> list[OpenGroup]:
    """The doors that this person may open, group by group, with how much waits for them behind each; no empty group."""
    groups = [
        OpenGroup(group.title, [_opened(door, user, today) for door in group.doors if _is_open(door, user)])
        for group in GROUPS
    ]
    return [group for group in groups if group.doors]


def _is_open(door: MenuEntry, user: User) -> bool:
    return any(map(user.has_perm, door.permissions))


def _opened(door: MenuEntry, user: User, today: date) -> OpenEntry:
    waiting = door.waiting(user, today) if door.waiting else None
    return OpenEntry(door.title, door.about, reverse(door.url_name), waiting)
