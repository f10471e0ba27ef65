"""What is done about an order of materials on paper."""

from django.utils.translation import gettext_lazy as _

from registry.material_orders import actions, forms, rules
from registry.material_orders.models import MaterialOrder
from registry.material_orders.states import HANDLES
from registry.steps import Step, Steps

MATERIAL_ORDER = Steps(
    MaterialOrder,
    "material_order",
    url="staff/material-orders/<str:reference>",
    permission=HANDLES,
    steps=(
        Step(
            "send_materials",
            _("Record that the materials are sent"),
            label=_("They are sent"),
            press=_("They are sent"),
            about=_("The person gets an email. Put the sheets in the post first."),
            blockers=lambda order, by, on: rules.handle_blockers(order, "send_materials"),
            action=actions.send_materials,
            slug="send",
            style="",
            done=_("Order recorded as sent"),
        ),
        Step(
            "decline_materials",
            _("Decline the order"),
            label=_("Decline"),
            form=forms.DeclineMaterials,
            blockers=lambda order, by, on: rules.handle_blockers(order, "decline_materials"),
            action=actions.decline_materials,
            slug="decline",
            done=_("Order declined"),
        ),
    ),
)
