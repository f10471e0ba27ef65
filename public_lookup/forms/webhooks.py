"""What a labour user types to have a web address told of changes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry import identifiers


class Webhook(forms.Form):
    """A web address of a system of theirs."""

    use_required_attribute = False

    address = forms.CharField(
        label=_("Web address of your system"),
        help_text=_("It begins with https://, for example https://example.com/hook"),
        max_length=200,
        error_messages={
            "required": _("Enter the web address of your system."),
            "max_length": _("Enter at most 200 characters."),
        },
    )

    def clean_address(self) -> str:
        try:
            address = identifiers.website(self.cleaned_data["address"])
        except identifiers.Invalid as invalid:
            raise ValidationError(str(invalid)) from None
        if not address.startswith("https://"):
            raise ValidationError(_("Enter an address that begins with https://."))
        if ":" in address.removeprefix("https://").partition("/")[0]:
            raise ValidationError(_("Enter the address without a port: we post to port 443 only."))
        return address
