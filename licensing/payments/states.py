"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait


class CardPaymentStatus(TextChoices):
    CREATED = "created", _("Not handed over yet")
    STARTED = "started", _("Under way")
    SUCCESS = "success", _("Paid")
    FAILED = "failed", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Not finished in time")


C = CardPaymentStatus


UNFINISHED = (C.CREATED, C.STARTED)


# Money that the provider says has come counts, whatever was thought before: its messages may come late, twice, out of order.
CARD_PAYMENT = Lifecycle(
    C.CREATED,
    move("hand_over", {C.CREATED}, C.STARTED, sets=("provider_id",)),
    move("succeed", {C.STARTED, C.FAILED, C.CANCELLED, C.EXPIRED}, C.SUCCESS, sets=("code", "finished_at")),
    move("fail", {C.STARTED}, C.FAILED, sets=("code", "finished_at")),
    move("cancel", {C.STARTED}, C.CANCELLED, sets=("code", "finished_at")),
    move("expire", {C.CREATED, C.STARTED}, C.EXPIRED, sets=("code", "finished_at")),
    waits=(
        NoWait(C.CREATED, "The card provider is asked, or it expires."),
        NoWait(C.STARTED, "The person pays at the card provider, or it expires."),
        NoWait(C.FAILED, "The fee stays owed, which is a task of the application."),
        NoWait(C.CANCELLED, "The fee stays owed, which is a task of the application."),
        NoWait(C.EXPIRED, "The fee stays owed, which is a task of the application."),
    ),
)


class DemandKind(TextChoices):
    INSPECTION = "inspection", _("Charge for an inspection")
    SHORTFALL = "shortfall", _("Difference of the fee")
