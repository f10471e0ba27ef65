"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.conflicts import queries
from registry.form_fields import a_day, a_row
from registry.organisations.models import Organisation


class ConflictOver(forms.Form):
    because = forms.CharField(
        label=_("Why it is over"),
        help_text=_("The trail keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )


class Declare(forms.Form):
    """A conflict of interest: of whom, with which organisation, since when and why."""

    organisation = forms.CharField(
        label=_("Reference of the organisation, or its licence number"),
        max_length=20,
        error_messages={"required": _("Enter the reference of the organisation or its licence number.")},
    )
    because = forms.CharField(
        label=_("What connects you with it"),
        help_text=_("Only you, the other person that it is about and managers read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )

    def __init__(self, *args: Any, officers: "QuerySet[User] | None" = None, **options: Any) -> None:
        super().__init__(*args, **options)
        wrong = _("Choose a person who works for the authority.")
        self.fields["since"] = a_day(_("Since when?"), _("The day"))
        if officers is not None:
            self.fields["officer"] = a_row(
                _("Whose conflict of interest is it?"), officers, required=wrong, empty_label=_("Choose a person")
            )
            self.order_fields(["officer"])

    def clean_organisation(self) -> Organisation:
        found = queries.called_by(self.cleaned_data["organisation"])
        if found is None:
            raise forms.ValidationError(_("There is no organisation or licence of this number."))
        return found
