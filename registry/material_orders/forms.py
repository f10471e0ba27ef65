"""The shape of what is typed when materials are ordered on paper, or an order is declined."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.campaigns.queries import plain_word
from registry.form_fields import a_number, boxes, long_text, radios
from registry.forms import SentOnce
from registry.languages import own_names
from registry.material_orders.states import PrintKind
from registry.web import an_email

_AT_MOST = {"max_length": _("Enter at most 200 characters.")}


class OrderMaterials(SentOnce):
    kind = radios(_("What do you need?"), PrintKind.choices)
    sheets = a_number(
        _("How many sheets?"),
        _("The number of sheets must be a number, like 20."),
        missing=_("Enter how many sheets you need."),
        width="5",
        help_text=_("At most 500. For more, give the PDF to a printer."),
    )
    languages = boxes(_("Languages, up to 4 on one sheet"), own_names, required=_("Choose at least one language."))
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Enter your name."), "max_length": _("Enter at most 120 characters.")},
    )
    organisation = forms.CharField(
        label=_("Organisation they are for"), max_length=200, required=False, error_messages=_AT_MOST
    )
    address = long_text(label=_("Address to send them to"), required=_("Enter the address to send them to."), rows=4)
    email = an_email(
        _("Your email address"), required=_("Enter your email address."), help_text=_("We write when they are sent.")
    )
    word = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def clean_word(self) -> str:
        return plain_word(self.cleaned_data["word"])


class DeclineMaterials(forms.Form):
    because = long_text(
        label=_("Why do you decline the order?"),
        help_text=_("The person reads this."),
        required=_("Write why you decline the order."),
    )
