"""The shape of what staff type about people's access."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.permissions import GIVEN_ROLES, ROLES

ROLE_CHOICES = [(name, ROLES[name].title) for name in ROLES if name in GIVEN_ROLES]


class RolesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=ROLE_CHOICES, label=_("Roles"), required=False, **kwargs)


class Invite(forms.Form):
    all_optional = (
        True  # nothing here is: but the rule, not the form, says that a role is missing, with all else at once
    )
    name = forms.CharField(
        label=_("Full name"), max_length=200, error_messages={"required": _("Enter the person's full name.")}
    )
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("They are told there how to choose a password."),
        max_length=254,
        error_messages={
            "required": _("Enter the person's email address."),
            "invalid": _("Enter an email address like name@example.com."),
        },
    )
    roles = RolesField()


class ChangeRoles(forms.Form):
    all_optional = True
    roles = RolesField()


class Because(forms.Form):
    """What changes somebody's access for the worse is done with a reason, which the trail keeps."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The trail keeps it. Say how you know that the request is genuine."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Write the reason."),
            "min_length": _("Say the reason in 10 characters or more."),
        },
    )


class Published(forms.Form):
    """The head of the trail as it stands on a letter or certificate, to compare with."""

    number = forms.IntegerField(label=_("Number of entries"), required=False, min_value=1)
    hash = forms.RegexField(
        r"\s*[0-9a-fA-F]{64}\s*",
        label=_("Hash"),
        help_text=_("64 letters and digits, printed at the foot of every letter and certificate."),
        required=False,
        error_messages={"invalid": _("A hash has 64 characters: digits and the letters a to f.")},
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and (typed.get("number") is None) != (not typed.get("hash")):
            self.add_error(
                "hash" if typed.get("number") else "number", _("Type both the number and the hash, or neither.")
            )
        return typed

    @property
    def head(self) -> tuple[int, str] | None:
        number = self.cleaned_data.get("number")
        return (number, self.cleaned_data["hash"].strip()) if number else None
