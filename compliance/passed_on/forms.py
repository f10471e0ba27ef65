"""The shape of what another authority answers, and of what is replied to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.states import PartnerAnswerKind
from registry.form_fields import long_text


class PartnerAnswer(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=PartnerAnswerKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to say.")},
    )
    text = long_text(
        label=_("Answer"),
        help_text=_("For another grade, say which and why."),
        required=_("Write the answer."),
    )


class ReplyToPartner(forms.Form):
    text = long_text(
        label=_("Reply to the other authority"),
        help_text=_("Write nothing that says who told us."),
        required=_("Write the reply."),
    )
