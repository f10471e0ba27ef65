"""Conflicts of interest, and those whom they can be about."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
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
