"""Asking a provider which suppliers it uses, and showing one's own suppliers to others by a link that ends."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from public_lookup.board.actions import alerts
from public_lookup.board.actions.writing import BoardWriter
from public_lookup.board.letters import ASKED
from public_lookup.board.models.boards import KEEP, SupplierBoard, SupplierLine
from public_lookup.board.models.sharing import ANSWER_WITHIN, ChainShare, SupplierInvitation
from public_lookup.board.queries.chains import holder_listing
from public_lookup.board.rules.rows import GivenLine
from public_lookup.board.rules.sharing import answer_blockers, ask_blockers, share_blockers, take_blockers
from public_lookup.bulk_checks.queries.matching import RowMatch
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.letters.letters import sending

_DAY = timedelta(days=1)


@transaction.atomic
def ask(
    line: SupplierLine, *, email: str, about: str = "", language: str, by: User, at: datetime
) -> SupplierInvitation:
    """Mail a provider a link by which it says whether it supplies to the site, and through which suppliers. It learns who asks.

    An invitation before it ends with this one. Raises `Refused` (not_a_provider, too_many_today).
    """
    board = SupplierBoard.objects.held(line.site.board, by)
    asked = SupplierInvitation.objects.filter(line__site__board=board, asked_at__gt=at - _DAY).count()
    refuse_for(ask_blockers(asked_today=asked, is_sub_supplier=line.supplier_of_id is not None))
    line.invitations.waiting().update(ended_at=at)
    invitation = SupplierInvitation.objects.create(
        line=line, email=email, about=about, asked_by=by, asked_at=at, expires_at=at + ANSWER_WITHIN
    )
    facts = {
        "user": board.name,
        "person": str(by),
        "site": line.site.name,
        "about": about,
        "until": timezone.localdate(invitation.expires_at),
        "page": f"{settings.SITE_ADDRESS}{_address('supply', invitation.key, language)}",
    }
    with override(language):
        subject = str(_("A labour user asks which businesses you supply workers through"))
        sending.queue(f"{ASKED}.html", to=email, subject=subject, facts=facts, about=invitation.reference, at=at)
    return invitation


@transaction.atomic
def answer(
    invitation: SupplierInvitation,
    *,
    supplies: bool,
    named: Sequence[tuple[str, str]],
    answers: Sequence[RowMatch],
    by: None,
    at: datetime,
) -> None:
    """Keep what a provider says, once: it is shown as what the provider told the user, and each name is looked up.

    Raises `Refused` (invitation_over, too_many_named).
    """
    invitation = SupplierInvitation.objects.select_for_update().get(pk=invitation.pk)
    refuse_for(answer_blockers(invitation, named, at=at))
    invitation.answered_at, invitation.supplies = at, supplies
    invitation.save(update_fields=["answered_at", "supplies"])
    line, on = invitation.line, timezone.localdate(at)
    board = line.site.board
    of = line.name or line.number
    rows = [GivenLine(line.site.name, name, number, max(on, line.starts), of=of) for name, number in named]
    new = [(row, found) for row, found in zip(rows, answers, strict=True) if not _is_known(line, row, found)]
    writer = BoardWriter(board, on=on)
    refuse_for(writer.plan([row for row, _found in new], [found for _row, found in new]))
    for planned in writer.planned:
        planned.told_by_provider = True
    writer.save()
    alerts.watch_lines(board, by=None, at=at)


@transaction.atomic
def share(board: SupplierBoard, *, lines: Sequence[SupplierLine], until: date, by: User, at: datetime) -> ChainShare:
    """Make a link by which anyone who has it sees these suppliers and their standing, until a day.

    Raises `Refused` (no_holder, nothing_chosen, day_over, too_long).
    """
    board = SupplierBoard.objects.held(board, by)
    listing, on = holder_listing(board), timezone.localdate(at)
    refuse_for(share_blockers(lines, until, on=on, has_listing=listing is not None))
    assert listing is not None  # said above
    made = ChainShare.objects.create(board=board, listing=listing, made_by=by, made_at=at, until=until)
    made.lines.set([line for line in lines if line.site.board_id == board.pk])
    return made


@transaction.atomic
def end_share(share: ChainShare, *, by: User, at: datetime) -> None:
    """The link opens no more, from this moment on. Twice is once."""
    SupplierBoard.objects.held(share.board, by)
    ChainShare.objects.filter(pk=share.pk, ended_at=None).update(ended_at=at)


@transaction.atomic
def take(
    board: SupplierBoard,
    *,
    share: ChainShare,
    lines: Sequence[GivenLine],
    answers: Sequence[RowMatch],
    by: User,
    at: datetime,
) -> None:
    """Put a holder with the suppliers that it showed onto the board of a labour user. Raises `Refused` (share_over, named_twice)."""
    board = SupplierBoard.objects.held(board, by)
    on = timezone.localdate(at)
    if share.board_id == board.pk:
        raise PermissionDenied(KEEP)
    writer = BoardWriter(board, on=on)
    refuse_for([*take_blockers(share, on=on), *writer.plan(lines, answers)])
    for planned in writer.planned:
        planned.told_by_provider = planned.supplier_of is not None
    writer.save()
    alerts.watch_lines(board, by=None, at=at)


def _is_known(line: SupplierLine, row: GivenLine, found: RowMatch) -> bool:
    """Whether the user has named this business below the provider already: what stands there is not overwritten by others."""
    listing = found.sure.entry.listing_id if found.sure else None
    return any(
        (sub.listing_id and sub.listing_id == listing) or (sub.name.casefold(), sub.number.casefold()) == row.who
        for sub in line.sub_suppliers.all()
    )


def _address(page: str, key: str, language: str) -> str:
    with override(language):
        return reverse(page, args=[key])
