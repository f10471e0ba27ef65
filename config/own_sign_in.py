"""Where signing in differs from allauth: the words of a new address, and whose password the directory of the authority keeps."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.forms import AddEmailForm, ResetPasswordForm
from allauth.account.views import EmailView, signup
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.directory.rules import signs_in_by_directory


class NewEmail(AddEmailForm):
    """Allauth sends the code and tells the old address; other browsers are signed out."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["email"]
        field.label = _("New email address")
        field.error_messages["required"] = _("Enter the new email address.")
        field.error_messages["invalid"] = _("Enter an email address like name@example.com.")


class ResetPassword(ResetPasswordForm):
    """Not for staff who sign in by the directory. The page says the same to all; a mail says where the person signs in."""

    def clean_email(self) -> Any:
        email = super().clean_email()
        self.users = [user for user in self.users if not signs_in_by_directory(user)]
        return email


#: A person who finds a browser signed in cannot take the account over: the password or a passkey is asked for again.
change_email = reauthentication_required(EmailView.as_view())

#: All of a new account, or nothing where the email with the code is not taken.
sign_up = transaction.atomic(signup)
