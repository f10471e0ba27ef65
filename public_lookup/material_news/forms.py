"""What someone wants to be told of, and where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import boxes, offer, radios
from registry.languages import own_names
from registry.web import an_email

ALL = ("", _("All sectors"))
WHO = (("reader", _("For myself")), ("organisation", _("For an organisation of workers, to pass on")))


class AskForNews(forms.Form):
    email = an_email(_("Your email address"), required=_("Enter your email address."))
    who = radios(_("Who is it for?"), WHO)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    place = forms.CharField(
        label=_("Place"),
        help_text=_("A town, a county or the beginning of a postcode. Leave this empty for everywhere."),
        max_length=100,
        required=False,
        error_messages={"max_length": _("Enter at most 100 characters.")},
    )
    languages = boxes(_("Languages of the texts to pass on"), own_names)

    def __init__(self, *args: Any, sectors: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "sector", [ALL, *sectors])

    @property
    def wish(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("sector", "place", "languages")}
        return {"address": data["email"], "is_for_organisation": data["who"] == "organisation", **kept}
