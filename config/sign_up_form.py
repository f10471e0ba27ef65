"""The form for making an account, which takes as long whether or not the address has an account already."""

from secrets import token_hex
from typing import Any

from allauth.account.forms import SignupForm
from django.db import transaction


class SignUpForm(SignupForm):
    def try_save(self, request: Any) -> Any:
        """For an address that has an account, the work of making one is done and undone: the time says nothing."""
        if self.account_already_exists:
            self._make_and_undo(request)
        return super().try_save(request)

    def _make_and_undo(self, request: Any) -> None:
        typed, self.account_already_exists = self.cleaned_data["email"], False
        self.cleaned_data["email"] = f"{token_hex(16)}@undone.invalid"
        try:
            with transaction.atomic():
                self.save(request)
                transaction.set_rollback(True)
        finally:
            self.cleaned_data["email"], self.account_already_exists = typed, True
