"""The shape of what is done to several rows of a work list at once."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.forms.officer import Assign
from licensing.models import Application

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
            self.fields["applications"].queryset = applications  # type: ignore[attr-defined]

    def clean_applications(self) -> "QuerySet[Application]":
        ticked: QuerySet[Application] = self.cleaned_data["applications"]
        if len(ticked) > MOST:
            raise forms.ValidationError(_("Tick at most %(most)s applications at once.") % {"most": MOST})
        return ticked
