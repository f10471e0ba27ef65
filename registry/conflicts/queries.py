"""Conflicts of interest, and those whom they can be about."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from registry import roles as permissions
from registry.accounts.models import User
from registry.conflicts.filters import ConflictFilter
from registry.conflicts.models import Conflict
from registry.errors import Reason, Refused
from registry.organisations.models import Organisation


def conflicts(params: Mapping[str, str], *, by: User) -> ConflictFilter:
    """The conflicts of interest that this person may see: their own, and for whoever manages them, all; the newest first."""
    rows = Conflict.objects.select_related("officer", "organisation", "declared_by", "ended_by")
    mine = rows if by.has_perm("registry.manage_conflicts") else rows.filter(officer=by)
    return ConflictFilter(params, queryset=mine)


def called_by(typed: str) -> Organisation | None:
    """The organisation of this reference or licence number; nothing when there is none."""
    wanted = typed.replace(" ", "").upper()
    return Organisation.objects.filter(Q(reference=wanted) | Q(licences__number=wanted)).distinct().first()


def named(number: str) -> Organisation:
    """The organisation of this reference or licence number, as somebody typed it into the field `number`.

    Raises `Refused` (unknown_organisation).
    """
    found = called_by(number)
    if found is None:
        text = _("There is no organisation with this number or reference.")
        raise Refused([Reason("unknown_organisation", text, "number")])
    return found


def officers() -> "QuerySet[User]":
    """Everybody who works for the authority now, by name."""
    staff = User.objects.filter(is_active=True, groups__name__in=permissions.STAFF_ROLES)
    return staff.distinct().order_by("name", "email")


def letters_kept_from(officer: User) -> "Iterator[QuerySet[Any, Any]]":
    """The keys of letters to others about organisations with which this officer has a conflict of interest.

    Each app names in `letters_about` what knows of them.
    """
    kept = Conflict.objects.organisations_of(officer)
    return (keys for about in _letters_about() for keys in about(kept))


@cache
def _letters_about() -> tuple[Any, ...]:
    paths = (path for config in apps.get_app_configs() for path in getattr(config, "letters_about", ()))
    return tuple(import_string(path) for path in paths)
