"""The list of orders of materials on paper."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.material_orders.filters import MaterialOrderFilter
from registry.material_orders.queries import orders
from registry.material_orders.states import HANDLES
from registry.worklists import Column, WorkList, due_column

MATERIAL_ORDERS = WorkList(
    "material_orders",
    _("Orders of posters and cards"),
    url="staff/material-orders/",
    permission=(HANDLES,),
    query=lambda asked, by, at: orders(asked, by=by),
    filters=MaterialOrderFilter,
    columns=(
        Column("reference", _("Order"), "reference", link="material_order"),
        Column("ordered_at", _("Ordered"), "moment"),
        Column("kind", _("What"), value="get_kind_display"),
        Column("sheets", _("Sheets"), "number"),
        due_column(MaterialOrderFilter),
        Column("status", _("Status"), "status", at_end=True),
    ),
    count_in_words=ngettext_lazy("%(how_many)s order", "%(how_many)s orders", "n"),
    nothing=_("There is nothing on this list yet."),
    about=_("Posters, cards, stickers and payslip inserts that someone asked us to send"),
    has_csv=False,
)
