"""What speaks against naming a web address, following more with it, or sending again."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from public_lookup.bulk_checks.models import CheckList
from public_lookup.follows.models.follows import Follow
from public_lookup.follows.models.webhooks import Delivery, Webhook
from registry.errors import Reason

MOST_ADDRESSES = 5
#: Also those that were stopped: nobody has us knock at one door after the other.
MOST_NAMED_IN_A_DAY = 20
MOST_FOLLOWS = 500


def name_blockers(own: list[Webhook], address: str, *, named_today: int) -> Iterator[Reason]:
    """`own`: the webhooks of this person that are not stopped."""
    if any(webhook.address == address for webhook in own):
        yield Reason("named_already", _("You have named this address already."), "address")
    if len(own) >= MOST_ADDRESSES:
        yield Reason("too_many_addresses", _("You have 5 addresses. Stop one of them first."), "address")
    if named_today >= MOST_NAMED_IN_A_DAY:
        yield Reason("too_many_today", _("You have named 20 addresses today. Try again tomorrow."), "address")


def follow_blockers(
    follows: list[Follow], check_list: CheckList | None = None, firms: Sequence[int] = ()
) -> Iterator[Reason]:
    """`firms`: the listings that the list is about, as far as it has been looked up."""
    if check_list and check_list.done_at is None:
        yield Reason("not_done", _("This list is still being looked up. Try again when it is done."), "check_list")
    elif check_list and not firms:
        yield Reason(
            "nobody_found",
            _("None of the rows has been found exactly. Go to the list and tick those that you mean."),
            "check_list",
        )
    if len(follows) >= MOST_FOLLOWS:
        yield Reason(
            "too_many_follows", _("This address is told of 500 things. Take one away, or use the list of changes.")
        )


def test_blockers(webhook: Webhook, waiting: int) -> Iterator[Reason]:
    """`waiting`: how many pings and tests have not been answered."""
    if webhook.paused_at or webhook.given_up_at:
        yield Reason("paused", _("This address is paused. Take it up again first."))
    elif waiting:
        yield Reason("one_waits", _("One is on its way and not answered yet."))


def resend_blockers(webhook: Webhook, delivery: Delivery) -> Iterator[Reason]:
    if webhook.paused_at or webhook.given_up_at:
        yield Reason("paused", _("This address is paused. Take it up again first."))
    if delivery.outbox.sent_at is None:
        yield Reason("not_sent_yet", _("It has not been answered yet. We send it again automatically."))
