"""What is typed to send a person their own part, and by the person to open and to sign it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import radios, short_text
from registry.web import an_email

EMAIL, PRINT = "email", "print"


class SendAgain(forms.Form):
    """How the link reaches the person. An address is needed or not, as its hint says: it is not optional."""

    all_optional = True
    how = radios(
        _("How does the link reach them?"),
        [(EMAIL, _("We email it to them")), (PRINT, _("You print it and hand it over"))],
        required=_("Choose how the link reaches them."),
    )
    email = an_email(
        _("Their own email address"),
        help_text=_("Only if we email it. Do not use a shared address: its readers can open the answers."),
        max_length=254,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how") == EMAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter their email address, or print the link."))
        return cleaned

    @property
    def address(self) -> str:
        return self.cleaned_data["email"] if self.cleaned_data["how"] == EMAIL else ""


class Send(SendAgain):
    name = short_text(_("Their full name"), 200, required=_("Enter the person’s full name."))

    field_order = ("name", "how", "email")


class FromRegister(forms.Form):
    """A person that the companies register names: one button each, judged by the rules."""

    person = forms.CharField(max_length=200, widget=forms.HiddenInput)
    is_principal = forms.BooleanField(required=False, widget=forms.HiddenInput)


class AnyoneElse(forms.Form):
    """Is there anyone else: a name and a role. The roles are the lists of the form, each with what it means."""

    name = forms.CharField(
        label=_("Full name"),
        help_text=_("To give a person who is named already another role, enter their name again."),
        max_length=200,
        error_messages={"required": _("Enter the person’s full name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, roles: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["page"] = radios(
            _("What is their role?"), list(roles.items()), required=_("Choose the role of the person.")
        )


class Withdraw(forms.Form):
    """Nothing to type: a press of the button."""


class Pin(forms.Form):
    """Judged by the rules, which count what is typed wrongly."""

    all_optional = True
    pin = short_text(
        _("Number"),
        40,
        help_text=_("6 digits"),
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )


class RefusePart(forms.Form):
    """Nothing to type: a press of the button."""


class Sign(forms.Form):
    """Judged by the rules, which know under which name the person answered."""

    all_optional = True
    name = short_text(
        _("Your full name"),
        200,
        help_text=_("To type your name here is to sign."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
