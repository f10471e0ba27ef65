"""Being told of changes of the suppliers of a board: by an ordinary follow of mail or of a webhook."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from public_lookup.board.models.boards import SupplierBoard
from public_lookup.board.models.sharing import BoardAlert
from public_lookup.board.queries.standings import listings_of
from public_lookup.follows.actions import follows, webhooks
from public_lookup.follows.models.follows import Follow, FollowChannel
from public_lookup.follows.models.webhooks import Webhook
from registry.accounts.models import User


@transaction.atomic
def turn_on(board: SupplierBoard, *, by: User, at: datetime) -> BoardAlert:
    """Mail `by` what changes of the suppliers, from now on: the address of an account was confirmed when it was made. Twice is once."""
    board = SupplierBoard.objects.held(board, by)
    kept = BoardAlert.objects.filter(board=board, user=by, follow__stopped_at=None, follow__channel=FollowChannel.EMAIL)
    if alert := kept.first():
        return alert
    follow = Follow.objects.filter(board_id=board.pk, address=by.email, stopped_at=None).first()
    follow = follow or Follow.objects.create(
        board_id=board.pk, channel=FollowChannel.EMAIL, address=by.email, language=by.language, asked_at=at
    )
    follows.confirm(follow, by=None, at=at)
    follows.watch(follow, listings=_listings(board), by=None, at=at)
    return BoardAlert.objects.create(board=board, user=by, follow=follow)


@transaction.atomic
def turn_off(board: SupplierBoard, *, by: User, at: datetime) -> None:
    """Send `by` nothing more about the board, by mail or to a web address. Twice is once."""
    board = SupplierBoard.objects.held(board, by)
    own = BoardAlert.objects.filter(board=board, user=by)
    Follow.objects.filter(board_alert__in=own, stopped_at=None).update(stopped_at=at)


@transaction.atomic
def post_to(board: SupplierBoard, *, webhook: Webhook, by: User, at: datetime) -> BoardAlert:
    """Post what changes of the suppliers to a web address of `by`, from now on. Twice is once.

    Raises `Refused` (too_many_follows).
    """
    board = SupplierBoard.objects.held(board, by)
    follow = webhooks.follow(webhook, board=board.pk, by=by, at=at)
    follows.watch(follow, listings=_listings(board), by=None, at=at)
    alert, _new = BoardAlert.objects.get_or_create(board=board, user=by, follow=follow)
    return alert


@transaction.atomic
def watch_lines(board: SupplierBoard, *, by: None, at: datetime) -> None:
    """Let the follows of a board be about the suppliers that it has now."""
    live = list(Follow.objects.live().filter(board_id=board.pk))
    listings = _listings(board) if live else []
    for follow in live:
        follows.watch(follow, listings=listings, by=None, at=at)


@transaction.atomic
def stop_for_those_who_left(*, by: None, at: datetime) -> int:
    """Send nothing more to those who do not act for the organisation of the board any more. Says to how many."""
    acts = SupplierBoard.objects.acted_for(OuterRef("user")).filter(pk=OuterRef("board"))
    left = BoardAlert.objects.exclude(Q(board__owner__isnull=False) | Q(Exists(acts)))
    left = left | BoardAlert.objects.filter(user__is_active=False)
    over = Follow.objects.filter(stopped_at=None, pk__in=list(left.values_list("follow", flat=True)))
    return over.update(stopped_at=at)


def _listings(board: SupplierBoard) -> list[int]:
    return sorted(set(listings_of(board).values_list("listing", flat=True)))
