"""The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules.

The shape of what is done to several rows of a work list at once."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from registry.accounts.models import User
from registry.form_fields import a_row, long_text, offer_from


class Note(forms.Form):
    text = long_text(label=_("Note"), required=_("Enter the note."))


class Assign(forms.Form):
    case_officer = a_row(
        _("Case officer"),
        User.objects.none(),
        required=_("Choose a person who assesses applications."),
        empty_label=_("Choose a person"),
    )

    def __init__(self, *args: Any, officers: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        offer_from(self, "case_officer", officers)


#: As many as stand on a page, and then some; whoever ticks more has not come from the page.
MOST = 100


class AssignMany(Assign):
    """Which cases, and to whom. `applications` are those that whoever ticks may see."""

    applications = forms.ModelMultipleChoiceField(
        label=_("Applications"),
        queryset=Application.objects.none(),
        to_field_name="reference",
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": _("Tick at least one application."),
            "invalid_choice": _("There is no application %(value)s that you may see."),
        },
    )

    def __init__(self, *args: Any, applications: "QuerySet[Application] | None" = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["case_officer"].label = _("Give the ticked cases to")
        if applications is not None:
            offer_from(self, "applications", applications)

    def clean_applications(self) -> "QuerySet[Application]":
        ticked: QuerySet[Application] = self.cleaned_data["applications"]
        if len(ticked) > MOST:
            raise forms.ValidationError(_("Tick at most %(most)s applications at once.") % {"most": MOST})
        return ticked
