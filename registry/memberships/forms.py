"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import boxes, radios
from registry.memberships.models import Membership
from registry.permissions import CAN_BE_COVERED
from registry.web import DatePartsField, an_email

# --- who acts for an organisation ---


class InviteToAct(forms.Form):
    email = an_email(
        _("Email address"),
        required=_("Enter the person's email address."),
        help_text=_("We write to this address. Only a person who signs in with it can accept."),
        max_length=254,
    )
    kind = radios(
        _("What will they be?"),
        Membership.Kind.choices,
        required=_("Choose their role."),
        help_text=_(
            "The principal authority and representatives sign, send, and decide who acts. An agent fills in and answers, as far as you consent."
        ),
    )


class ChangeKind(forms.Form):
    kind = radios(_("What are they from now on?"), Membership.Kind.choices, required=_("Choose their role."))


class GiveConsent(forms.Form):
    covers = boxes(
        _("What may the agent do?"),
        [(act.value, act.label) for act in CAN_BE_COVERED],
        required=_("Choose at least one thing that the agent may do."),
        help_text=_("Whatever you choose, only your own people sign and send, withdraw, and give up a licence."),
    )
    starts = DatePartsField(label=_("From which day?"), name=_("The first day"))
    until = DatePartsField(
        label=_("Until which day?"),
        name=_("The last day"),
        required=False,
        help_text=_("The last day. Leave it empty if the consent is to hold until you withdraw it."),
    )
