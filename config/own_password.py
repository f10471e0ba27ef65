"""Asking for a new password: not for staff who sign in by the directory of the authority."""

from typing import Any

from allauth.account.forms import ResetPasswordForm

from registry.directory.rules import signs_in_by_directory


class ResetPassword(ResetPasswordForm):
    """The page says the same to all; a mail says where the person signs in."""

    def clean_email(self) -> Any:
        email = super().clean_email()
        self.users = [user for user in self.users if not signs_in_by_directory(user)]
        return email
