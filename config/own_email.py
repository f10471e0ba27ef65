"""Changing the address with which a person signs in: allauth sends the code and tells the old address; other browsers are signed out."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.forms import AddEmailForm
from allauth.account.views import EmailView
from django.utils.translation import gettext_lazy as _


class NewEmail(AddEmailForm):
    """In our words; allauth does the rest."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["email"]
        field.label = _("New email address")
        field.error_messages["required"] = _("Enter the new email address.")
        field.error_messages["invalid"] = _("Enter an email address like name@example.com.")


#: A person who finds a browser signed in cannot take the account over: the password or a passkey is asked for again.
change = reauthentication_required(EmailView.as_view())
