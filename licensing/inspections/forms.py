"""The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from django.utils.translation import gettext_lazy as _

from registry.form_fields import ForInspector, a_day, long_text


class Commission(ForInspector):
    field_order = ("brief", "inspector", "due_on")
    brief = long_text(
        label=_("What is the inspector to look at?"),
        required=_("Write what the inspector is to look at."),
        help_text=_("The inspector sees this, and the answers on which the standards depend; not the checks."),
    )
    due_on = a_day(_("By when must it be reported?"), _("The day"))
