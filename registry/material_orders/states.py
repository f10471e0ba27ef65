"""The kinds of materials, the states of an order on paper, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

HANDLES = "registry.handle_material_orders"


class PrintKind(TextChoices):
    POSTER_A4 = "a4", _("Poster, A4")
    POSTER_A3 = "a3", _("Poster, A3")
    CARD = "card", _("Cards, 10 on a sheet")
    STICKER = "sticker", _("Stickers, 12 on a sheet")
    INSERT = "insert", _("Payslip inserts, 3 on a sheet")


POSTERS = frozenset({PrintKind.POSTER_A4, PrintKind.POSTER_A3})


class MaterialOrderStatus(TextChoices):
    ORDERED = "materials_ordered", _("Waiting to be sent")
    SENT = "materials_sent", _("Sent")
    DECLINED = "materials_declined", _("Declined")


S = MaterialOrderStatus
_HANDLED = ("handled_by", "handled_at")

MATERIAL_ORDER = Lifecycle(
    S.ORDERED,
    move("send_materials", {S.ORDERED}, S.SENT, sets=_HANDLED),
    move("decline_materials", {S.ORDERED}, S.DECLINED, sets=_HANDLED),
    waits=(
        staff_wait(
            "send",
            {S.ORDERED},
            _("Send materials that were ordered, or decline the order"),
            HANDLES,
            organisation="",
            page="material_order",
        ),
        NoWait(S.SENT, "The materials are on their way."),
        NoWait(S.DECLINED, "The person was told why."),
    ),
)
