"""How a shift is added to the rota."""

from django.utils.translation import gettext_lazy as _

from registry.alerts import actions, forms
from registry.steps import Start

EDITS = "registry.edit_rota"

SHIFT = Start(
    "add_shift",
    _("Add a shift"),
    url="staff/rota/add/",
    permission=EDITS,
    form=forms.AddShift,
    action=actions.add_shift,
    back="rota",
    back_text=_("Duty rota"),
    press=_("Add the shift"),
    is_held=False,
)
