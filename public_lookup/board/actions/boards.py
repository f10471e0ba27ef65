"""Boards and their sites: begun, marked as seen, told of what has no name, and deleted."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from public_lookup.board import letters
from public_lookup.board.models.boards import KEEP, SupplierBoard, SupplierSite
from public_lookup.board.models.sharing import SupplierInvitation
from public_lookup.board.queries.boards import may_begin
from public_lookup.board.rules.lines import board_blockers, site_blockers
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for


@transaction.atomic
def begin(*, of: str, by: User, at: datetime) -> SupplierBoard:
    """Begin a board for an organisation that `by` acts for, by its reference; or for themselves, where they act for none.

    Twice is once. Raises `PermissionDenied` for any other organisation.
    """
    permissions.require(by, KEEP)
    on = timezone.localdate(at)
    if of not in may_begin(by, on=on):
        own = SupplierBoard.objects.visible_to(by)
        board = (own.filter(organisation__reference=of) if of else own.filter(owner=by)).first()
        if board is None:
            raise PermissionDenied(KEEP)
        return board
    organisation = next(
        (one.organisation for one in permissions.acting(by, on=on) if one.organisation.reference == of), None
    )
    return SupplierBoard.objects.create(organisation=organisation, owner=None if organisation else by, made_at=at)


@transaction.atomic
def mark_seen(board: SupplierBoard, *, by: User, at: datetime) -> None:
    """From now on the board shows what has changed since this moment."""
    board = SupplierBoard.objects.held(board, by)
    board.seen_at = at
    board.save(update_fields=["seen_at"])


@transaction.atomic
def add_site(
    board: SupplierBoard, *, name: str, people: int | None, starts: date | None, by: User, at: datetime
) -> SupplierSite:
    """Put a site on the board before any provider of it is named. Raises `Refused` (site_named_twice, too_many_sites)."""
    board = SupplierBoard.objects.held(board, by)
    names = [site.name for site in board.sites.all()]
    refuse_for([*site_blockers(name, names), *board_blockers(lines=0, sites=len(names) + 1)])
    return SupplierSite.objects.create(
        board=board,
        name=name,
        people_unnamed=people,
        unnamed_from=(starts or timezone.localdate(at)) if people else None,
    )


@transaction.atomic
def report_unnamed(site: SupplierSite, *, people: int, starts: date, by: User, at: datetime) -> None:
    """Keep that people worked at a site and no provider is named: a gap until one is."""
    SupplierBoard.objects.held(site.board, by)
    site.people_unnamed, site.unnamed_from = people, starts
    site.save(update_fields=["people_unnamed", "unnamed_from"])


@transaction.atomic
def remove_site(site: SupplierSite, *, by: User, at: datetime) -> None:
    """Delete a site with all its lines."""
    SupplierBoard.objects.held(site.board, by)
    letters.forget(SupplierInvitation.objects.filter(line__site=site))
    site.delete()


@transaction.atomic
def delete(board: SupplierBoard, *, by: User, at: datetime) -> None:
    """Delete a board and all that belongs to it, with its follows and mails. Receipts stay: they do not say who for."""
    board = SupplierBoard.objects.held(board, by)
    letters.forget(SupplierInvitation.objects.filter(line__site__board=board))
    board.delete()
