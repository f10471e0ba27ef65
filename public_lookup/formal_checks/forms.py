"""Who makes a formal check, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import a_choice, offer, short_text

#: Of someone who checks for none of the businesses that they act for.
NONE = "none"


class KeepProof(forms.Form):
    """Which business it is for: asked only of those who act for more than one."""

    organisation = a_choice(_("For which business do you check?"), required=_("Say for which business you check."))

    def __init__(self, *args: Any, businesses: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(businesses) > 1:
            offer(self, "organisation", [("", _("Choose a business")), *businesses, (NONE, _("None of these"))])
        else:
            del self.fields["organisation"]


class FormalCheck(KeepProof):
    business = forms.CharField(
        label=_("Name of your business"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Enter the name of your business.")},
    )
    name = short_text(
        _("Your name"), 200, required=_("Enter your name."), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    telephone = short_text(
        _("Telephone number"),
        40,
        help_text=_("If you give it, we tell them."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    because = forms.CharField(
        label=_("Why do you check?"),
        help_text=_(
            "For example: they offer us workers for the harvest. We keep this for you. We do not tell them, and it is not on the proof."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Enter why you check."),
            "max_length": _("Enter at most 500 characters."),
        },
    )
