"""The shape of a training that is recorded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.training.queries import staff
from registry.accounts.models import User
from registry.form_fields import a_day, a_row, not_chosen, offer, offer_from


class RecordTraining(forms.Form):
    person = a_row(_("Person"), User.objects.none(), empty_label=_("Choose a person"))
    kind = forms.ChoiceField(label=_("Training"), error_messages=not_chosen(_("Training")))
    on = a_day(_("Day of the training"), _("The day of the training"))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", kinds)
        offer_from(self, "person", staff())
