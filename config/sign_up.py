"""What is asked of whoever makes an account, besides what allauth asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Purpose(forms.ChoiceField):
    def clean(self, value: Any) -> Any:
        """Whoever posts without an answer, from a page of before, gets what every account was then."""
        return super().clean(value or self.initial)


class SignUp(forms.Form):
    """The beginning of allauth's own form: what the account is for. The adapter gives the role."""

    field_order = ("purpose", "email", "password1")

    purpose = Purpose(
        label=_("What do you need the account for?"),
        choices=[
            ("applicant", _("To apply for a licence, or look after one")),
            ("labour_user", _("To keep a record of my checks of labour providers whose workers I use")),
        ],
        initial="applicant",
        widget=forms.RadioSelect,
    )

    def signup(self, request: Any, user: Any) -> None:
        """allauth calls this when the account is made: nothing is left to do."""
