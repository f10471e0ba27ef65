"""The shape of an agreement by which another authority reads the statistics before the public."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.agencies.models import Agency
from registry.form_fields import a_row, long_text, offer
from registry.reasons import TOO_SHORT


class GiveTables(forms.Form):
    """With which authority it is agreed, on which tables, and what the public reads about it."""

    agency = a_row(
        _("Authority"),
        Agency.objects.asked_now().order_by("name"),
        required=_("Choose an authority."),
        empty_label=_("Choose an authority"),
    )
    scheme = forms.ChoiceField(label=_("Scheme"), required=False)
    post = forms.CharField(
        label=_("Post of the people who read it"),
        help_text=_("The public reads it, with the name of the authority."),
        max_length=200,
        error_messages={"required": _("Enter the post of the people who read it.")},
    )
    because = long_text(
        label=_("Why it cannot wait until the public reads it"),
        help_text=_("The public reads this."),
        required=TOO_SHORT,
    )
    basis = long_text(label=_("Agreement in writing, and its day"), required=_("Enter the agreement and its day."))

    def __init__(self, *args: Any, schemes: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "scheme", [("", _("All schemes")), *schemes])
