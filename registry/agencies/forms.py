"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.agencies.models import AgencyChannel, AgencyKind
from registry.form_fields import a_choice, boxes, offer, radios, short_text
from registry.web import an_email


class AgencyParticulars(forms.Form):
    """How another authority is asked, and of what."""

    name = short_text(_("Name of the authority"), 200, required=_("Enter the name of the authority."))
    kind = radios(_("What kind of body is it?"), AgencyKind.choices, required=_("Choose what kind of body it is."))
    way = radios(_("How is it asked?"), AgencyChannel.choices, required=_("Choose how we ask this authority."))
    email = an_email(
        _("Email address"), help_text=_("It is told there that something waits, and never what."), max_length=254
    )
    line_1 = forms.CharField(label=_("Address line 1"), max_length=200, required=False)
    line_2 = forms.CharField(label=_("Address line 2"), max_length=200, required=False)
    town = forms.CharField(label=_("Town or city"), max_length=100, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    basis = forms.CharField(
        label=_("Under which power or agreement is information shared with it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say under which power or agreement information is shared with it.")},
    )
    remits = boxes(_("Which checks does it answer?"))
    guarded_as = a_choice(
        _("Is it of a guarded kind?"),
        required=False,
        help_text=_(
            "Nothing is shared with such an authority without a lawful basis and a second person. "
            "This cannot be taken away later."
        ),
    )
    public_key = short_text(
        _("Public key"), 43, help_text=_("With which the files that it sends are signed: Ed25519, 43 characters.")
    )

    def __init__(
        self, *args: Any, checks: Mapping[str, str], guards: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "guarded_as", [("", _("No")), *guards])
        offer(self, "remits", checks.items())

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = self.cleaned_data
        address = {line: typed[line] for line in ("line_1", "line_2", "town", "postcode") if typed[line]}
        plain = {field: typed[field] for field in ("name", "kind", "way", "email", "basis", "public_key", "guarded_as")}
        remits = [tuple(remit.split("/", 1)) for remit in typed["remits"]]
        return {"particulars": {**plain, "address": address}, "remits": remits}
