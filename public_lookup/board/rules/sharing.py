"""When an invitation may be sent or answered, and how long a chain may be shown."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from public_lookup.board.models.sharing import LONGEST_SHARED, ChainShare, SupplierInvitation
from registry.errors import Reason

#: Mails that a board may have sent in a day, and businesses that one answer may name.
MOST_ASKED_A_DAY = 50
MOST_NAMED = 50


def ask_blockers(*, asked_today: int, is_sub_supplier: bool) -> Iterator[Reason]:
    if is_sub_supplier:
        yield Reason("not_a_provider", _("Ask the provider that it supplies through."))
    if asked_today >= MOST_ASKED_A_DAY:
        yield Reason("too_many_today", _("You have asked 50 providers today. Go on tomorrow."))


def answer_blockers(invitation: SupplierInvitation, named: Sequence[object], *, at: datetime) -> Iterator[Reason]:
    if not invitation.is_open(at):
        yield Reason("invitation_over", _("This link has ended. Ask them to send you another."))
    if len(named) > MOST_NAMED:
        yield Reason("too_many_named", _("Name at most 50 businesses."), "named")


def share_blockers(lines: Sequence[object], until: date, *, on: date, has_listing: bool) -> Iterator[Reason]:
    if not has_listing:
        yield Reason("no_holder", _("Only a business that is on the register can show its suppliers to others."))
    if not lines:
        yield Reason("nothing_chosen", _("Choose at least one supplier to show."), "lines")
    if until < on:
        yield Reason("day_over", _("The last day must be today or later."), "until")
    elif until > on + LONGEST_SHARED:
        yield Reason("too_long", _("The last day can be at most 90 days from today."), "until")


def take_blockers(share: ChainShare, *, on: date) -> Iterator[Reason]:
    if not share.is_open(on):
        yield Reason("share_over", _("This link has ended. Ask them for another."))
