"""The shape of a training that is recorded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.training.queries import staff
from registry.accounts.models import User
from registry.form_fields import a_day, not_chosen, offer, offer_from


class RecordTraining(forms.Form):
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        to_field_name="reference",
        empty_label=_("Choose a person"),
        error_messages=not_chosen(_("Person")),
    )
    kind = forms.ChoiceField(label=_("Training"), error_messages=not_chosen(_("Training")))
    on = a_day(_("Day of the training"), _("The day of the training"))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", kinds)
        offer_from(self, "person", staff())
