"""What a person who ordered materials is written."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from registry.letters.letters import sending
from registry.material_orders.models import MaterialOrder

LETTERS = "registry/letters/materials_"
SUBJECTS = {
    "ordered": _("We have your order"),
    "sent": _("Your posters and cards are on their way"),
    "declined": _("We cannot send what you ordered"),
}


def tell(order: MaterialOrder, template: str, *, at: datetime, **facts: Any) -> None:
    with override(order.language):
        given = {"reference": order.reference, "what": str(order.get_kind_display()), "sheets": order.sheets, **facts}
        sending.queue(
            f"{LETTERS}{template}.html",
            to=order.email,
            subject=SUBJECTS[template],
            facts=given,
            about=order.reference,
            at=at,
        )
