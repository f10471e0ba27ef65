"""The shape of what is typed about a joint case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.joint_cases.states import JointSide
from registry.form_fields import a_day, long_text, radios

BOTH_READ = _("Both read it. Write nothing that says who told us.")


class Lead(forms.Form):
    lead = radios(_("Who leads?"), JointSide.choices, required=_("Choose which authority leads."))


class OpenJointCase(Lead):
    our_step = long_text(label=_("What do we do next?"), help_text=BOTH_READ, required=_("Write what we do next."))
    our_day = a_day(_("By when?"), _("Our day"))
    their_step = long_text(
        label=_("What does the other authority do next?"),
        help_text=BOTH_READ,
        required=_("Write what the other authority does next."),
    )
    their_day = a_day(_("By when does the other authority do it?"), _("The day of the other authority"))


class OwnStep(forms.Form):
    text = long_text(label=_("What is to be done?"), help_text=BOTH_READ, required=_("Write what is to be done."))
    due_on = a_day(_("By when is it to be done?"), _("The day"))


class AddStep(OwnStep):
    side = radios(_("Who does it?"), JointSide.choices, required=_("Choose which authority takes the step."))


class FinishStep(forms.Form):
    outcome = long_text(
        label=_("What was done or found?"), help_text=BOTH_READ, required=_("Write what was done or found.")
    )


class CloseJointCase(forms.Form):
    result = long_text(
        label=_("What did the case lead to?"), help_text=BOTH_READ, required=_("Write what the case led to.")
    )
